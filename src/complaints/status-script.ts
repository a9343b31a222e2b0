/** Everything a receipt opens, from any door: progress, messages, additions, withdrawal, rating, reopening. */
import { z } from "zod";
import type { TurnContext } from "../conversation.ts";
import type { Script, Step } from "../dialogue/engine.ts";
import { createScripted, type Finished, type Scripted, say } from "../dialogue/scripted.ts";
import type { Keys } from "../keys.ts";
import { dayOf, sayDate } from "../law/day.ts";
import type { Block, Choice } from "../reply.ts";
import type { Complaints, Report, ReportStatus } from "./complaints.ts";
import type { Evidence } from "./evidence.ts";

const StatusDraft = z.object({
  complaint: z.string().optional(),
  caseId: z.string().optional(),
  key: z.string().optional(),
  /** What was chosen from the menu. */
  action: z.enum(["add", "withdraw", "rate", "reopen", "done"]).optional(),
  text: z.string().optional(),
  /** Files kept in this talk, already part of the report. */
  moves: z.array(z.string()).default([]),
});
type StatusDraft = z.infer<typeof StatusDraft>;
type StatusStep = Step<StatusDraft, undefined>;

const receipt: StatusStep = {
  name: "回执编号",
  expects: /\d/,
  ask: () => ({ blocks: [say("请输入 17 位回执编号。")] }),
  // Whether it is right takes an Argon2id: the caller finds out.
  read: (input, draft) => ({ kind: "take", draft: { ...draft, text: input.text }, to: "look" }),
  next: () => "look",
};

const labels = {
  add: "补充说明或留言",
  withdraw: "撤回",
  rate: "评价",
  reopen: "申请重开",
  done: "看完了",
} as const;

const menu: StatusStep = {
  name: "查询",
  expects: /^(?:补充|留言|撤回|评价|重开|申请重开|看完了|结束|没有了)/,
  ask: () => ({ blocks: [say("请选择要做什么,或发“看完了”。")] }),
  read: (input, draft) => {
    const action = (Object.keys(labels) as (keyof typeof labels)[]).find(
      (one) =>
        input.choice === `status:${one}` ||
        (input.choice === undefined && labels[one].startsWith(input.text.trim().slice(0, 2))),
    );
    if (action === undefined) return { kind: "again", because: "请选择一项,或发“取消”。" };
    if (action === "done") return { kind: "take", draft: { ...draft, action }, to: "end" };
    return { kind: "take", draft: { ...draft, action }, to: action };
  },
  next: () => "end",
};

const add: StatusStep = {
  name: "补充",
  prose: true,
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
  ask: () => ({
    blocks: [say("撤回后不再办理,也不再答复您。确定撤回吗?")],
    choices: [{ id: "withdraw:yes", label: "确定撤回" }],
  }),
  read: (input, draft) =>
    input.choice === "withdraw:yes" || input.text.trim() === "确定撤回"
      ? { kind: "take", draft, to: "act" }
      : { kind: "again", because: "确定撤回请选“确定撤回”,不撤回请发“取消”。" },
  next: () => "act",
};

const rate: StatusStep = {
  name: "评价",
  ask: () => ({
    blocks: [say("请为办理打分:5 非常满意,1 非常不满意。")],
    choices: [5, 4, 3, 2, 1].map((score) => ({ id: `rate:${score}`, label: `${score} 分` })),
  }),
  read: (input, draft) => {
    const score = /^(?:rate:)?([1-5])(?: ?分)?$/.exec(input.choice ?? input.text.trim())?.[1];
    return score
      ? { kind: "take", draft: { ...draft, text: score }, to: "act" }
      : { kind: "again", because: "请选 1 至 5 分。" };
  },
  next: () => "act",
};

const reopen: StatusStep = {
  name: "申请重开",
  prose: true,
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
  steps: { receipt, menu, add, withdraw, rate, reopen },
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

  async function look(receiptText: string, context: TurnContext): Promise<Finished> {
    const opened = await complaints.open(receiptText, context.turn.person, context.turn.at);
    if (opened.kind !== "open") {
      return {
        outcome: opened.kind === "wait" ? "declined" : "not_found",
        blocks: [say(opened.say)],
        state: opened.kind === "wait" ? null : standing("receipt", { moves: [] }),
        choices: [{ id: "dialogue:cancel", label: "取消" }],
      };
    }
    const { report } = opened;
    const draft = {
      complaint: report.complaint,
      caseId: report.caseId,
      key: report.key.toString("base64"),
      moves: [],
    };
    return shown(draft, await complaints.status(report), []);
  }

  function shown(draft: StatusDraft, status: ReportStatus, before: readonly Block[]): Finished {
    const actions: (keyof typeof labels)[] = ["add", ...status.moves, "done"];
    const choices: Choice[] = actions.map((action) => ({ id: `status:${action}`, label: labels[action] }));
    return {
      outcome: "answered",
      blocks: [...before, ...statusBlocks(status)],
      choices,
      state: standing("menu", draft),
    };
  }

  async function finish(draft: StatusDraft, from: string, context: TurnContext): Promise<Finished> {
    if (from === "receipt") return look(draft.text ?? "", context);
    const report = reportOf(draft);
    if (!report || draft.action === "done")
      return { outcome: "answered", blocks: [say("好的。随时发回执编号都能再查。")] };
    const { at } = context.turn;
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
      case undefined:
        return { outcome: "answered", blocks: [say("好的。")] };
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
    begin: async (context, seed) =>
      seed ? { finished: await look(seed, context) } : { draft: { moves: [] } },
    receive: async (context, state) => ({
      files: context.turn.files.map((file) => file.name),
      state,
      notices: [],
    }),
    finish,
  });
}

function standing(step: "receipt" | "menu", draft: StatusDraft) {
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
