/** Everything a receipt opens, from any door: progress, messages, additions, withdrawal, rating, reopening. */
import { z } from "zod";
import type { DialogueState, TurnContext } from "../conversation.ts";
import type { Reading, Script, Step } from "../dialogue/engine.ts";
import { createScripted, type Finished, type Scripted, say } from "../dialogue/scripted.ts";
import type { Keys } from "../keys.ts";
import { dayOf, sayDate } from "../law/day.ts";
import type { Block, Choice } from "../reply.ts";
import type { Complaints, Report, ReportStatus } from "./complaints.ts";
import type { Evidence } from "./evidence.ts";
import { asksSomething } from "./form-questions.ts";
import { findReceipt } from "./receipt.ts";
import { LOST, losesReceipt, type Wish, wishIn } from "./status-words.ts";

const StatusDraft = z.object({
  complaint: z.string().optional(),
  caseId: z.string().optional(),
  key: z.string().optional(),
  /** What was chosen from the menu or asked for in words. */
  action: z.enum(["look", "add", "withdraw", "rate", "reopen", "unhappy", "done"]).optional(),
  /** The receipt typed, or the words of the action. */
  text: z.string().optional(),
  /** Words to hand on once the receipt is known. */
  waiting: z.string().optional(),
  /** What the report's state allows now. */
  moves: z.array(z.string()).default([]),
});
type StatusDraft = z.infer<typeof StatusDraft>;
type StatusStep = Step<StatusDraft, undefined>;

/** What was asked for waits until the receipt is known. */
const before: Readonly<Record<NonNullable<StatusDraft["action"]>, string>> = {
  look: "查投诉办到哪一步,凭回执。",
  add: "补充的话,核对回执后转给办理机构。",
  withdraw: "撤回投诉,先核对回执。",
  rate: "评价办理情况,先核对回执。",
  reopen: "申请重开,先核对回执。",
  unhappy: "对办理不满意,先核对回执,看现在能做什么。",
  done: "",
};

const receipt: StatusStep = {
  name: "回执编号",
  takes: "17 位回执编号",
  expects: /\d[\d\s-]{4,}/,
  ask: (draft) => ({
    blocks: [
      say(`${draft.action ? before[draft.action] : ""}请输入 17 位回执编号。编号丢了,直接说“回执丢了”。`),
    ],
  }),
  // Whether it is right takes an Argon2id: the caller finds out.
  read: (input, draft) => ({
    kind: "take",
    draft: { ...draft, text: findReceipt(input.text) ?? input.text },
    to: "look",
  }),
  next: () => "look",
};

const labels = {
  add: "补充说明或留言",
  withdraw: "撤回",
  rate: "评价",
  reopen: "申请重开",
  done: "看完了",
} as const;

const NOT_YET: Readonly<Record<"withdraw" | "rate" | "reopen", string>> = {
  withdraw: "现在的状态不能撤回了。可以补充说明,或者看办理结果。",
  rate: "还没有办结,现在不能评价。可以补充说明或催办,办结以后再评价。",
  reopen: "现在不能申请重开:办结以后、30 个工作日内才可以。",
};
const UNHAPPY =
  "还没有办结,现在能做的:补充说明,或者留言催办(发“补充 …”就转给办理机构)。办结以后不满意,可以评价,也可以申请重开。觉得办理机构本身有问题的,可以打 12345 反映。";

const menu: StatusStep = {
  name: "查询",
  takes: "选一项,或者直接说“办到哪了”“补充 …”“撤回”“评价”",
  prose: (input) => wishIn(input.text) === undefined,
  ask: (draft) => ({
    blocks: [say("请选择要做什么,也可以直接说,或发“看完了”。")],
    choices: choicesOf(draft.moves),
  }),
  read: (input, draft) => {
    const chosen = (Object.keys(labels) as (keyof typeof labels)[]).find(
      (one) => input.choice === `status:${one}`,
    );
    if (input.files.length > 0) return acted({ action: "add", text: input.text.trim(), sure: true }, draft);
    const wish = chosen ? { action: chosen } : input.choice === undefined ? wishIn(input.text) : undefined;
    return wish && acted(wish, draft);
  },
  next: () => "end",
};

function choicesOf(moves: readonly string[]): readonly Choice[] {
  return (Object.keys(labels) as (keyof typeof labels)[])
    .filter((action) => action === "add" || action === "done" || moves.includes(action))
    .map((action) => ({ id: `status:${action}`, label: labels[action] }));
}

/** Where a wish leads from the open report; what its state does not allow is said. */
function acted(wish: Wish, draft: StatusDraft): Reading<StatusDraft> {
  const { action } = wish;
  const wanted = { ...draft, action };
  const allowed = (move: string) => draft.moves.includes(move);
  switch (action) {
    case "look":
    case "done":
      return { kind: "take", draft: wanted, to: "end" };
    case "add":
      return wish.text === undefined
        ? { kind: "take", draft: wanted, to: "add" }
        : { kind: "take", draft: { ...wanted, text: wish.text }, to: wish.sure ? "act" : "handOn" };
    case "unhappy":
      if (allowed("reopen")) return acted({ action: "reopen" }, draft);
      return allowed("rate") ? acted({ action: "rate" }, draft) : { kind: "again", because: UNHAPPY };
    case "withdraw":
    case "rate":
    case "reopen":
      return allowed(action)
        ? { kind: "take", draft: wanted, to: action }
        : { kind: "again", because: NOT_YET[action] };
  }
}

const handOn: StatusStep = {
  name: "转交",
  takes: "选“转给办理机构”或“不用了”",
  ask: (draft) => ({
    blocks: [say(`要把这句话转给办理机构吗?“${draft.text ?? ""}”`)],
    choices: [
      { id: "handOn:yes", label: "转给办理机构" },
      { id: "handOn:no", label: "不用了" },
    ],
  }),
  read: (input, draft) => {
    const text = input.text.trim();
    if (input.choice === "handOn:yes" || /^(?:要|好|转|是|对|可以|行|确[定认])[^不]{0,6}$/.test(text))
      return { kind: "take", draft, to: "act" };
    return input.choice === "handOn:no" || /^(?:不|算了|先不)/.test(text)
      ? { kind: "take", draft: { ...draft, action: undefined, text: undefined }, to: "menu" }
      : undefined;
  },
  next: () => "act",
};

const add: StatusStep = {
  name: "补充",
  takes: "要补充的内容",
  prose: () => false,
  ask: () => ({ blocks: [say("请写下要补充的内容或要问办理机构的话,也可以直接发文件。")] }),
  read: (input, draft) => {
    const text = input.text.trim();
    if (input.files.length > 0) return { kind: "take", draft: { ...draft, text }, to: "act" };
    if (text.length < 2 || text.length > 4000) return { kind: "again", because: "内容应为 2 至 4000 字。" };
    return { kind: "take", draft: { ...draft, text }, to: "act" };
  },
  next: () => "act",
};

const withdraw: StatusStep = {
  name: "撤回",
  takes: "选“确定撤回”,不撤回发“取消”",
  ask: () => ({
    blocks: [say("撤回后不再办理,也不再答复您。确定撤回吗?")],
    choices: [{ id: "withdraw:yes", label: "确定撤回" }],
  }),
  read: (input, draft) =>
    input.choice === "withdraw:yes" ||
    /^(?:确定撤回|确定|确认|是的?|对|撤回?吧?)[。!!]?$/.test(input.text.trim())
      ? { kind: "take", draft, to: "act" }
      : undefined,
  next: () => "act",
};

const rate: StatusStep = {
  name: "评价",
  takes: "1 至 5 分",
  ask: () => ({
    blocks: [say("请为办理打分:5 非常满意,1 非常不满意。")],
    choices: [5, 4, 3, 2, 1].map((score) => ({ id: `rate:${score}`, label: `${score} 分` })),
  }),
  read: (input, draft) => {
    const score = /^(?:rate:)?(?:打|给)?([1-5])(?: ?分)?$/.exec(input.choice ?? input.text.trim())?.[1];
    return score ? { kind: "take", draft: { ...draft, text: score }, to: "act" } : undefined;
  },
  next: () => "act",
};

const reopen: StatusStep = {
  name: "申请重开",
  takes: "没有解决的理由",
  prose: () => false,
  ask: () => ({ blocks: [say("请说明为什么认为没有解决,有新情况请一并写上。")] }),
  read: (input, draft) => {
    const text = input.text.trim();
    return text.length < 4 || text.length > 1000
      ? { kind: "again", because: "理由应为 4 至 1000 字。" }
      : { kind: "take", draft: { ...draft, text }, to: "act" };
  },
  next: () => "act",
};

export const statusScript: Script<StatusDraft, undefined> = {
  name: "status",
  title: "凭回执查询",
  version: 1,
  first: "receipt",
  steps: { receipt, menu, add, handOn, withdraw, rate, reopen },
  marks: /^(?:status|withdraw|rate|handOn):/,
  asks: asksSomething,
  explain: (input) => (losesReceipt(input.text) ? LOST : undefined),
  parse: (value) => {
    const parsed = StatusDraft.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  },
};

export function createStatus(parts: {
  readonly complaints: Complaints;
  readonly evidence: Evidence;
  readonly keys: Keys;
}): Scripted {
  const { complaints } = parts;
  const reportOf = (draft: StatusDraft): Report | undefined =>
    draft.complaint && draft.caseId && draft.key
      ? { complaint: draft.complaint, caseId: draft.caseId, key: Buffer.from(draft.key, "base64") }
      : undefined;

  async function look(draft: StatusDraft, context: TurnContext): Promise<Finished> {
    const opened = await complaints.open(draft.text ?? "", context.turn.person, context.turn.at);
    if (opened.kind !== "open") {
      return {
        outcome: "not_found",
        blocks: [say(opened.say)],
        state: standing("receipt", { ...draft, text: undefined }),
        choices: [{ id: "dialogue:cancel", label: "取消" }],
      };
    }
    const { report } = opened;
    const status = await complaints.status(report);
    const held = heldOf(report, status);
    const wish = draft.action && { action: draft.action, ...(draft.waiting && { text: draft.waiting }) };
    if (!wish || wish.action === "look" || wish.action === "done") return shown(held, status);
    return wished(acted(wish, held), held, status);
  }

  /** What was asked for before the receipt was known: its step, under the state of the report. */
  function wished(reading: Reading<StatusDraft>, held: StatusDraft, status: ReportStatus): Finished {
    const first = shown(held, status);
    if (reading.kind === "again") return { ...first, blocks: [...first.blocks, say(reading.because)] };
    const at = reading.to === "act" ? "handOn" : (reading.to ?? "menu");
    const prompt = statusScript.steps[at]?.ask(reading.draft, undefined);
    return {
      ...first,
      blocks: [...first.blocks, ...(prompt?.blocks ?? [])],
      choices: [...(prompt?.choices ?? []), { id: "dialogue:cancel", label: "取消" }],
      state: standing(at, reading.draft),
    };
  }

  function shown(draft: StatusDraft, status: ReportStatus): Finished {
    return {
      outcome: "answered",
      blocks: statusBlocks(status),
      choices: choicesOf(status.moves),
      state: standing("menu", draft),
      lodged: true,
    };
  }

  async function finish(draft: StatusDraft, from: string, context: TurnContext): Promise<Finished> {
    if (from === "receipt") return look(draft, context);
    const report = reportOf(draft);
    if (!report || draft.action === "done")
      return { outcome: "answered", blocks: [say("好的。随时发回执编号都能再查。")] };
    const { at } = context.turn;
    if (draft.action === undefined || draft.action === "look" || draft.action === "unhappy") {
      const status = await complaints.status(report);
      return shown(heldOf(report, status), status);
    }
    const calm: StatusDraft = { ...draft, action: undefined, text: undefined };
    const done = (text: string, commit: Finished["commit"]): Finished => ({
      outcome: "answered",
      blocks: [say(text)],
      choices: [
        { id: "status:done", label: labels.done },
        { id: "status:add", label: labels.add },
      ],
      state: standing("menu", calm),
      commit,
    });
    switch (draft.action) {
      case "add": {
        const text = draft.text ?? "";
        const kept = await keepFiles(context, report);
        return {
          ...done(
            `已交给办理机构${kept.rows.length > 0 ? `,保存了 ${kept.rows.length} 个文件` : ""}。`,
            async (transaction) => {
              if (text !== "") await complaints.say(transaction, report, text, at);
              if (kept.rows.length > 0) await complaints.attach(transaction, report, kept.rows, at);
            },
          ),
          blocks: [...kept.notices, say("已交给办理机构。")],
        };
      }
      case "withdraw":
        return done("已撤回,不再办理。", (transaction) =>
          complaints.move(transaction, report, "withdraw", {}, at),
        );
      case "rate":
        return done("谢谢评价,已记录。", (transaction) =>
          complaints.move(transaction, report, "rate", { score: draft.text }, at),
        );
      case "reopen":
        return done("已申请重开,办理机构会重新处理,期限重新计算。", (transaction) =>
          complaints.move(transaction, report, "reopen", { reason: draft.text }, at),
        );
    }
  }

  async function keepFiles(context: TurnContext, report: Report) {
    const conversation = parts.keys.digest("conversation", context.turn.conversation);
    const notices: Block[] = [];
    const rows = [];
    for (const file of context.turn.files) {
      const received = await parts.evidence.receive(
        file,
        context.turn.door,
        conversation,
        report.key,
        context.turn.at,
      );
      if (received.kind === "kept") rows.push(received.row);
      else notices.push({ kind: "notice" as const, level: "warn" as const, text: received.say });
    }
    return { rows, notices };
  }

  return createScripted({
    script: statusScript,
    lapses: true,
    facts: async () => undefined,
    citations: () => [],
    begin: async (context, seed, said) => {
      if (seed) return { finished: await look({ text: seed, moves: [] }, context) };
      if (losesReceipt(said)) return { finished: lostReceipt };
      const wish = wishIn(said);
      return {
        draft: {
          moves: [],
          ...(wish && { action: wish.action, ...(wish.text && { waiting: wish.text }) }),
        },
      };
    },
    receive: async (context, state) => ({
      files: context.turn.files.map((file) => file.name),
      state,
      notices: [],
    }),
    finish,
  });
}

/** What the talk holds of an open report; sealed with the conversation. */
function heldOf(report: Report, status: ReportStatus): StatusDraft {
  return {
    complaint: report.complaint,
    caseId: report.caseId,
    key: report.key.toString("base64"),
    moves: [...status.moves],
  };
}

/** The dialogue open on a report whose receipt has just been typed back; undefined when it opens nothing. */
export async function openedWith(
  receiptText: string,
  complaints: Complaints,
  context: TurnContext,
): Promise<DialogueState | undefined> {
  const opened = await complaints.open(receiptText, context.turn.person, context.turn.at);
  if (opened.kind !== "open") return undefined;
  return standing("menu", heldOf(opened.report, await complaints.status(opened.report)));
}

const lostReceipt: Finished = {
  outcome: "answered",
  blocks: [say(LOST)],
  choices: [{ id: "start:complaint", label: "重新登记" }],
};

function standing(step: string, draft: StatusDraft): DialogueState {
  return {
    script: statusScript.name,
    version: statusScript.version,
    step,
    draft: { data: draft, trail: [] },
  };
}

function statusBlocks(status: ReportStatus): Block[] {
  const due = status.clocks
    .filter((clock) => clock.name !== "reopen")
    .sort((a, b) => (a.due < b.due ? -1 : 1))[0];
  const blocks: Block[] = [
    {
      kind: "card",
      title: `${status.caseId} 现在:${status.label}`,
      rows: [
        { label: "登记", value: sayDate(dayOf(status.submittedAt)) },
        { label: "办理机构", value: status.office },
        ...(status.result ? [{ label: "结果", value: status.result }] : []),
        ...(due ? [{ label: due.label, value: `${sayDate(due.due)}前(${due.basis})` }] : []),
        {
          label: "经过",
          value: status.timeline.map(({ at, label }) => `${sayDate(dayOf(at))}${label}`).join(" → "),
        },
      ],
    },
  ];
  const recent = status.messages.slice(-5);
  if (recent.length > 0) {
    blocks.push({
      kind: "table",
      title: "往来留言",
      columns: ["时间", "谁", "内容"],
      rows: recent.map((one) => [
        sayDate(dayOf(one.at)),
        one.from === "office" ? "办理机构" : "您",
        one.text,
      ]),
    });
  }
  return blocks;
}
