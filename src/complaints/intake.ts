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
import type { Block, Citation } from "../reply.ts";
import { appealBlocks, appealCitations, appealNotice, sayAppeal } from "./appeal.ts";
import { channelOf } from "./channels.ts";
import type { Complaints, Prepared } from "./complaints.ts";
import { type Contested, contestsOnly, findContested, sayContested, withoutPointing } from "./contested.ts";
import { type Evidence, MAX_FILES } from "./evidence.ts";
import { heardIn, settled } from "./hearing.ts";
import { concernsDecision, type IntakeDraft, learn, learnFromMemory } from "./intake-draft.ts";
import { complaintScript, contestedBy, correctionScript, type IntakeFacts, stays } from "./intake-script.ts";
import { INSIST, noSuchNumber } from "./intake-words.ts";
import { partMatters } from "./matters-apart.ts";
import { sayChanges } from "./putting.ts";
import { receiptChecks, sayReceipt } from "./receipt.ts";
import { openedWith } from "./status-script.ts";
import { TRIAGE_THRESHOLD, type Triager } from "./triage.ts";
import { triageKinds } from "./triage-kinds.ts";

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
        // A few words by themselves are no more than a guess.
        return confidence < (text.length < FEW ? SURE_OF_FEW : TRIAGE_THRESHOLD) ? "enforcement" : kind;
      },
      mattersOf: (text) => partMatters(text, parts.triage, read),
      appeal: (draft) => [appealNotice(draft.day, parts.calendar(), draft.appealTold)],
      appealLine: (draft) => sayAppeal(draft.day, parts.calendar()),
      acceptBy: () => {
        const { due, basis } = startClock("accept", false, today, parts.calendar());
        return `${sayDate(due)}前决定是否受理(${basis})`;
      },
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
      secrecyDone: false,
      appealTold: false,
      begun: false,
      missed: 0,
      nameDone: false,
      contactDone: false,
      more: [],
      tellAppeal: false,
      warned: false,
      ...(context.turn.area ? { area: context.turn.area } : {}),
    };
  }

  /** What the message and the talk before it already say; several matters become several drafts, the first one now. */
  function drafted(context: TurnContext, text: string, known: IntakeFacts, insists = false): IntakeDraft {
    const { memory } = context.conversation;
    const before = (memory.told ?? []).filter(
      (story) => !text.includes(story) && (insists || isOurs(story, known)),
    );
    const heard = (draft: IntakeDraft, said: string): IntakeDraft =>
      heardIn({ text: said, files: [] }, draft, known, "")?.draft ?? draft;
    const begun = { ...fresh("complaint", context), agreed: insists };
    const carries = before.length > 0 && (insists || heard(begun, text).what === undefined);
    const carried = carries ? before.reduce(heard, begun) : begun;
    const told = heard(carried, text);
    const named = told.organDone ? told : learn(told, text, known.mentionsOf, known.library, known.today);
    const remembered = named.triage === "discipline" ? named : learnFromMemory(named, memory, known.library);
    const draft = { ...remembered, begun: true, askedAside: undefined };
    const say = [
      insists && text !== ""
        ? "也可以在这里登记,交给有权监督的机构;上面的电话照样能打。不登记就说“取消”。"
        : "",
      carries && carried.what !== undefined ? `您前面说的“${shortened(carried.what)}”已经写进经过。` : "",
      draft.carried ?? "",
      sayChanges(carried, named, known) ?? "",
    ].join("");
    return { ...settled(fresh("complaint", context), draft), carried: say || undefined };
  }

  async function receive(context: TurnContext, state: DialogueState): Promise<Received> {
    const { turn } = context;
    if (turn.files.length === 0) return { files: [], state, notices: [] };
    const draft = draftOf(state);
    if (!draft || draft.verifier)
      return {
        files: [],
        state,
        notices: [say("这件登记已经提交,刚才的文件没有保存。要补充材料,请发回执编号后选“补充说明或留言”。")],
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
        text: `已保存:${kept.map((one) => one.label).join("、")}。${turn.thing === "voice" ? "语音存作证据,不会转成文字,经过请打字说。" : ""}`,
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
      const { blocks, citations: cited } = channelOf(draft.triage ?? "question", known);
      const appeal = draft.triage === "relief" || concernsDecision(draft);
      return {
        outcome: draft.triage === "emergency" ? "emergency" : "redirected",
        blocks: [
          say("好的,这里没有登记。"),
          ...blocks,
          ...(appeal ? appealBlocks(draft.day, parts.calendar(), cited.length) : []),
        ],
        citations: [...cited, ...(appeal ? appealCitations() : [])],
      };
    }
    if (from === "more" || from === "receipt") {
      const [next, ...more] = draft.more;
      if (from === "more" && next) {
        const { conversation } = context;
        const alone = { ...context, conversation: { ...conversation, memory: {} } };
        const again = { ...drafted(alone, next, known), begun: false, secrecy: draft.secrecy, more };
        return reopened(again, known);
      }
      const typed = from === "receipt" && receiptChecks(context.said.text);
      return {
        outcome: "answered",
        blocks: [
          say(
            typed
              ? "回执已核对,登记完成。在这里可以直接说“办到哪了”“我想补充…”“撤回”;以后随时发回执编号就能再查。"
              : "登记完成。以后发回执编号就能查进度、补充、撤回或评价。",
          ),
        ],
        lodged: true,
        ...(typed ? { state: await openedWith(context.said.text, complaints, context) } : {}),
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
      citations: citations(draft, result.step, known),
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
      (secrecy === "named" && draft.name) || draft.contact
        ? { v: 1 as const, ...(secrecy === "named" && { name: draft.name }), contact: draft.contact }
        : undefined;
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
    const appeal =
      draft.kind === "complaint" && concernsDecision(draft) ? appealBlocks(draft.day, parts.calendar()) : [];
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
      lodged: true,
      citations: appeal.length > 0 ? appealCitations() : [],
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

  function citations(draft: IntakeDraft, step: string, known: IntakeFacts): readonly Citation[] {
    if (step === "agree") return channelOf(draft.triage ?? "question", known).citations;
    return draft.tellAppeal || (step === "summary" && concernsDecision(draft)) ? appealCitations() : [];
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
        if (seed === INSIST) return { draft: stays(drafted(context, said, known, true)) };
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

/** Told earlier in the talk, of this office's business; a bribe or a shop's affair is none. */
function isOurs(story: string, known: IntakeFacts): boolean {
  const kind = known.kindOf(story);
  return triageKinds[kind].intake || kind === "relief";
}

/** Characters below which the classifier is believed only when it is this sure. */
const FEW = 10;
const SURE_OF_FEW = 0.9;

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function draftOf(state: DialogueState): IntakeDraft | undefined {
  let found: IntakeDraft | undefined;
  withDraft(complaintScript, state, (draft) => {
    found = draft;
    return draft;
  });
  return found;
}
