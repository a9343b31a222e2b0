/** The intake with its effects: reads what was said, keeps files, files the report in the turn's transaction. */
import { randomBytes } from "node:crypto";
import { normaliseQuestion } from "../answering/understand/normalise.ts";
import { mentionsOf } from "../answering/understand/understand.ts";
import { startClock } from "../cases/clocks.ts";
import type { DialogueState, TurnContext } from "../conversation.ts";
import { open, withDraft } from "../dialogue/engine.ts";
import { createScripted, type Finished, type Received, type Scripted, say } from "../dialogue/scripted.ts";
import type { Keys } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { sayDate } from "../law/day.ts";
import { computeDeadline, findCountedRule } from "../law/deadline.ts";
import type { Block, Citation } from "../reply.ts";
import type { Complaints, Prepared } from "./complaints.ts";
import { type Contested, contestsOnly, findContested, sayContested, withoutPointing } from "./contested.ts";
import { type Evidence, MAX_FILES } from "./evidence.ts";
import { concernsDecision, type IntakeDraft, learn, learnFromMemory } from "./intake-draft.ts";
import { complaintScript, contestedBy, correctionScript, type IntakeFacts } from "./intake-script.ts";
import { appealBasis, citationsOf, noSuchNumber, redirectOf } from "./intake-words.ts";
import { partMatters } from "./matters-apart.ts";
import { receiptChecks, sayReceipt } from "./receipt.ts";
import { TRIAGE_THRESHOLD, type Triager } from "./triage.ts";

export interface IntakeParts {
  readonly complaints: Complaints;
  readonly evidence: Evidence;
  readonly keys: Keys;
  readonly triage: Triager;
  readonly calendar: () => Calendar;
  /** Whether Telegram may carry identity (TELEGRAM_COMPLAINT_IDENTITY). */
  readonly telegramIdentity: boolean;
}

export function createIntake(parts: IntakeParts): readonly [Scripted, Scripted] {
  const { complaints } = parts;

  async function facts(context: TurnContext, state?: DialogueState): Promise<IntakeFacts> {
    const { turn, library, today, conversation, said } = context;
    const atReceipt = state?.step === "receipt" && receiptChecks(said.text);
    const place = { library, today, memory: conversation.memory, area: turn.area };
    const read = (text: string) => mentionsOf(normaliseQuestion(text), place);
    return {
      door: turn.door,
      identityAllowed: turn.door !== "telegram" || parts.telegramIdentity,
      library,
      today,
      mentionsOf: read,
      kindOf: (text) => {
        // In doubt it is taken in, and a person decides: nobody is sent away by a guess.
        const { kind, confidence } = parts.triage(text, read(text));
        return confidence < TRIAGE_THRESHOLD ? "enforcement" : kind;
      },
      mattersOf: (text) => partMatters(text, parts.triage, read),
      ...(atReceipt ? { typedVerifier: await complaints.verifierOf(said.text) } : {}),
    };
  }

  function fresh(kind: IntakeDraft["kind"], context: TurnContext): IntakeDraft {
    return {
      kind,
      submission: randomBytes(24).toString("base64url"),
      key: randomBytes(32).toString("base64"),
      agreed: false,
      organIds: [],
      organOptions: [],
      organDone: false,
      whenDone: false,
      whereDone: false,
      officerDone: false,
      officerIds: [],
      files: [],
      filesDone: false,
      nameDone: false,
      contactDone: false,
      more: [],
      tellAppeal: false,
      warned: false,
      ...(context.turn.area ? { area: context.turn.area } : {}),
    };
  }

  /** What the message already says; several matters become several drafts, the first one now. */
  function drafted(context: TurnContext, text: string, known: IntakeFacts): IntakeDraft {
    const empty = fresh("complaint", context);
    if (text.trim().length < 8)
      return learnFromMemory(
        learn(empty, text, known.mentionsOf, known.library),
        context.conversation.memory,
      );
    const [first = text, ...more] = known.mattersOf(text);
    // Too little to be a report by itself (“我要投诉城管”): its organ is kept, the story is asked for.
    const story = /^(?:我)?(?:想|要|想要)?(?:投诉|举报)[^,。,]{0,14}$/.test(text.trim()) ? undefined : first;
    const kind = known.kindOf(first);
    const told = {
      ...empty,
      what: story,
      triage: story === undefined ? ("enforcement" as const) : kind,
      more,
    };
    const learnt = learn(told, first, known.mentionsOf, known.library);
    const draft = { ...learnt, tellAppeal: concernsDecision(learnt) };
    return kind === "discipline" ? draft : learnFromMemory(draft, context.conversation.memory);
  }

  async function receive(context: TurnContext, state: DialogueState): Promise<Received> {
    const { turn } = context;
    if (turn.files.length === 0) return { files: [], state, notices: [] };
    const draft = draftOf(state);
    if (!draft || draft.verifier)
      return {
        files: [],
        state,
        notices: [say("这件登记已经提交。要补充材料,请发回执编号后选“补充材料”。")],
      };
    const kept: Extract<Awaited<ReturnType<Evidence["receive"]>>, { kind: "kept" }>[] = [];
    const notices: Block[] = [];
    const key = Buffer.from(draft.key, "base64");
    const conversation = parts.keys.digest("conversation", turn.conversation);
    for (const file of turn.files) {
      if (draft.files.length + kept.length >= MAX_FILES) {
        notices.push({ kind: "notice", level: "warn", text: `最多 ${MAX_FILES} 个文件,其余没有保存。` });
        break;
      }
      const received = await parts.evidence.receive(file, turn.door, conversation, key, turn.at);
      if (received.kind === "refused") notices.push({ kind: "notice", level: "warn", text: received.say });
      else kept.push(received);
    }
    if (kept.length > 0)
      notices.push({
        kind: "notice",
        level: "info",
        text: `已保存:${kept.map((one) => one.label).join("、")}。`,
      });
    const ids = kept.map((one) => one.row.id);
    return {
      files: ids,
      notices,
      state: withDraft(complaintScript, state, (before) => ({ ...before, files: [...before.files, ...ids] })),
      commit: async (transaction) => {
        if (kept.length > 0)
          await transaction
            .insertInto("evidence")
            .values(kept.map((one) => one.row))
            .execute();
      },
    };
  }

  async function finish(
    draft: IntakeDraft,
    from: string,
    context: TurnContext,
    known: IntakeFacts,
  ): Promise<Finished> {
    if (from === "agree") {
      const { say: told, basis } = redirectOf(draft.triage ?? "question");
      const cites = basis.map((_, index) => index);
      return {
        outcome: draft.triage === "emergency" ? "emergency" : "redirected",
        blocks: [
          say("好的,这里没有登记。"),
          { kind: "text", text: told, ...(cites.length > 0 ? { cites } : {}) },
          ...(draft.triage === "relief" ? appealBlocks(draft, basis.length) : []),
        ],
        citations: citationsOf([...basis, ...(draft.triage === "relief" ? appealBasis : [])]),
      };
    }
    if (from === "more" || from === "receipt") {
      const [next, ...more] = draft.more;
      if (from === "more" && next) {
        const again = { ...drafted(context, next, known), secrecy: draft.secrecy, more };
        return reopened(again, known);
      }
      return {
        outcome: "answered",
        blocks: [say("回执已核对,登记完成。随时发回执编号就能查进度、补充或留言。")],
      };
    }
    return file(draft, context);
  }

  async function reopened(draft: IntakeDraft, known: IntakeFacts): Promise<Finished> {
    const result = open(complaintScript, draft, known);
    if (result.kind !== "ask") return { outcome: "failed", blocks: [] };
    return {
      outcome: "clarify",
      blocks: result.prompt.blocks,
      choices: result.prompt.choices,
      citations: citations(draft, result.step),
      state: result.state,
    };
  }

  async function file(draft: IntakeDraft, context: TurnContext): Promise<Finished> {
    const { turn } = context;
    const identityAllowed = turn.door !== "telegram" || parts.telegramIdentity;
    const secrecy = identityAllowed
      ? (draft.secrecy ?? (draft.kind === "correction" ? "confidential" : "anonymous"))
      : "anonymous";
    const identity =
      draft.name || draft.contact ? { v: 1 as const, name: draft.name, contact: draft.contact } : undefined;
    const prepared = await complaints.prepare(
      {
        id: draft.submission,
        kind: draft.kind,
        secrecy,
        door: turn.door,
        key: draft.key,
        evidence: draft.files,
        ...(secrecy !== "anonymous" ? { identity, address: turn.person } : {}),
        filing: {
          v: 1,
          what: draft.what ?? "",
          matter: draft.kind === "correction" ? "correction" : (draft.matter ?? "other"),
          organIds: draft.organIds,
          organName: draft.organName,
          officer: draft.officer,
          officerIds: draft.officerIds,
          when: draft.when,
          day: draft.day,
          where: draft.where,
          area: draft.area,
          amountYuan: draft.amountYuan,
          record: draft.record,
          field: contestedBy(draft, context.library)?.field,
        },
      },
      turn.at,
    );
    const script = draft.kind === "complaint" ? complaintScript : correctionScript;
    const filed = {
      ...draft,
      verifier: prepared.verifier,
      files: [],
      what: undefined,
      name: undefined,
      contact: undefined,
    };
    const appeal = draft.kind === "complaint" && concernsDecision(draft) ? appealBlocks(draft, 0) : [];
    return {
      outcome: "filed",
      blocks: [
        say(`已登记。回执编号:${sayReceipt(prepared.receipt)}`),
        {
          kind: "receipt",
          receipt: prepared.receipt,
          acknowledgement: prepared.acknowledgement,
          text: "请马上抄下或截图。凭它查进度、补充、撤回、评价;系统不保存编号,丢了无法找回。",
        },
        whatNext(prepared, context),
        ...appeal,
        say("请把上面 17 位回执编号输入一遍,确认已经抄好。编号只显示这一次。"),
      ],
      citations: appeal.length > 0 ? citationsOf(appealBasis) : [],
      state: {
        script: script.name,
        version: script.version,
        step: "receipt",
        draft: { data: filed, trail: [] },
      },
      commit: prepared.write,
    };
  }

  function whatNext(prepared: Prepared, context: TurnContext): Block {
    const accept = startClock("accept", false, context.today, parts.calendar());
    return {
      kind: "card",
      title: "接下来",
      rows: [
        { label: "登记编号", value: prepared.caseId },
        { label: "交给", value: prepared.officeName },
        { label: "为什么", value: prepared.route.reason },
        { label: "最迟", value: `${sayDate(accept.due)}前决定是否受理(${accept.basis})` },
      ],
    };
  }

  /** `first` is the index of the appeal citations in the reply. */
  function appealBlocks(draft: IntakeDraft, first: number): Block[] {
    const cites = appealBasis.map((_, index) => first + index);
    const blocks: Block[] = [
      {
        kind: "notice",
        level: "warn",
        text: "别忘了:投诉不会让复议、诉讼的期限停下来。对当场作出的处罚决定不服等情形,要先申请复议才能起诉。",
        cites,
      },
    ];
    if (draft.day) {
      const deadline = computeDeadline(findCountedRule("reconsiderationApply"), draft.day, parts.calendar());
      blocks.push({
        kind: "deadline",
        title: `如果您是 ${sayDate(draft.day)} 知道决定的,申请行政复议最晚到`,
        deadline,
        cites,
      });
    }
    return blocks;
  }

  function citations(draft: IntakeDraft, step: string): readonly Citation[] {
    if (step === "agree") return citationsOf(redirectOf(draft.triage ?? "question").basis);
    return draft.tellAppeal ? citationsOf(appealBasis) : [];
  }

  const shared = { facts, receive, finish };
  return [
    createScripted({
      ...shared,
      script: complaintScript,
      citations,
      begin: async (context, seed, said, known) => {
        const { open: ready, say: closed } = await complaints.preflight();
        if (!ready) return { finished: { outcome: "declined", blocks: [say(closed)] } };
        const draft = drafted(context, said, known);
        const organ = seed ? known.library.find(seed) : undefined;
        return {
          draft: organ?.kind === "entity" ? { ...draft, organIds: [organ.id], organDone: true } : draft,
        };
      },
    }),
    createScripted({
      ...shared,
      script: correctionScript,
      citations: () => [],
      begin: async (context, seed, said) => {
        const { open: ready, say: closed } = await complaints.preflight();
        if (!ready) return { finished: { outcome: "declined", blocks: [say(closed)] } };
        const { library, conversation } = context;
        const contested: Contested = seed
          ? { kind: "record", record: seed }
          : said === ""
            ? { kind: "none" }
            : findContested(said, conversation.memory, library);
        if (contested.kind === "noSuchNumber")
          return { finished: { outcome: "clarify", blocks: [say(noSuchNumber(contested))] } };
        const record =
          contested.kind === "record" && sayContested(contested.record, "", library)
            ? contested.record
            : undefined;
        const told = withoutPointing(said);
        const telegram = context.turn.door === "telegram" && !parts.telegramIdentity;
        const draft: IntakeDraft = {
          ...fresh("correction", context),
          secrecy: telegram ? "anonymous" : "confidential",
          record,
          ...(contestsOnly(told) ? { claim: told } : told.length >= 12 ? { what: told } : {}),
        };
        return { draft };
      },
    }),
  ];
}

function draftOf(state: DialogueState): IntakeDraft | undefined {
  let found: IntakeDraft | undefined;
  withDraft(complaintScript, state, (draft) => {
    found = draft;
    return draft;
  });
  return found;
}
