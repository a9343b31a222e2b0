import { describe, expect, it } from "vitest";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { IntakeDraft } from "../../src/complaints/intake-draft.ts";
import { complaintScript, correctionScript, type IntakeFacts } from "../../src/complaints/intake-script.ts";
import { statusScript } from "../../src/complaints/status-script.ts";
import type { DialogueState } from "../../src/conversation.ts";
import { type Advance, advance, open, type Script } from "../../src/dialogue/engine.ts";
import { createLibrary } from "../../src/records/library.ts";
import { Area } from "../../src/records/schema.ts";
import { anEntity, info, records } from "../cases/town.ts";

const areaOf = {
  dataset: "demo",
  status: "published",
  validity: {},
  source: { title: "演示区划", publisher: "演示市人民政府" },
  kind: "area",
};

interface Form {
  readonly colour?: string;
  readonly size?: number;
  readonly note?: string;
}
const form: Script<Form, undefined> = {
  name: "form",
  title: "表格",
  version: 3,
  first: "colour",
  review: "check",
  asks: (text) => text.endsWith("?"),
  parse: (value) => (typeof value === "object" && value !== null ? value : undefined),
  steps: {
    colour: {
      name: "颜色",
      takes: "红或者蓝",
      ask: () => ({ blocks: [{ kind: "text", text: "什么颜色?" }] }),
      read: ({ text }, draft) =>
        ["红", "蓝"].includes(text)
          ? { kind: "take", draft: { ...draft, colour: text } }
          : { kind: "again", because: "只有红、蓝。" },
      next: () => "size",
    },
    size: {
      name: "大小",
      takes: "一个数",
      known: (draft) => draft.size !== undefined,
      ask: () => ({ blocks: [{ kind: "text", text: "多大?" }] }),
      read: ({ text }, draft) => ({ kind: "take", draft: { ...draft, size: Number(text) } }),
      next: () => "note",
    },
    note: {
      name: "备注",
      takes: "几句话",
      prose: ({ text }) => text.startsWith("请问"),
      ask: () => ({ blocks: [{ kind: "text", text: "备注?" }] }),
      read: ({ text }, draft) => ({ kind: "take", draft: { ...draft, note: text } }),
      skip: (draft) => draft,
      next: () => "check",
    },
    check: {
      name: "核对",
      takes: "对",
      ask: (draft) => ({ blocks: [{ kind: "text", text: JSON.stringify(draft) }] }),
      read: ({ text }, draft) =>
        text === "对" ? { kind: "take", draft } : { kind: "again", because: "对不对?" },
      next: () => "end",
    },
  },
};

const say = (state: DialogueState, text: string) => advance(form, state, { text, files: [] }, undefined);
function asked<T>(result: Advance<T>) {
  if (result.kind !== "ask") throw new Error(`expected a question, got ${result.kind}`);
  return result;
}
function through(...answers: string[]) {
  let state = asked(open(form, {}, undefined)).state;
  for (const answer of answers) state = asked(say(state, answer)).state;
  return state;
}

describe("a scripted conversation", () => {
  it("walks its steps in order and ends with the draft", () => {
    const result = say(through("红", "5", "没有别的"), "对");
    expect(result).toMatchObject({ kind: "done", draft: { colour: "红", size: 5, note: "没有别的" } });
  });

  it("passes over what is known already", () => {
    const opened = asked(open(form, { size: 7 }, undefined));
    expect(asked(say(opened.state, "蓝")).step).toBe("note");
  });

  it("says what is allowed and stays when an answer cannot be used", () => {
    const result = asked(say(through(), "绿"));
    expect(result.step).toBe("colour");
    expect(result.prompt.blocks[0]).toMatchObject({ kind: "notice", text: "只有红、蓝。" });
  });

  it("goes back one step, and no further than the first", () => {
    expect(asked(say(through("红", "5"), "上一步")).step).toBe("size");
    expect(asked(say(through(), "上一步")).step).toBe("colour");
  });

  it("corrects one thing by its name and returns to the review", () => {
    const correcting = asked(say(through("红", "5", "x"), "改颜色"));
    expect(correcting.step).toBe("colour");
    expect(asked(say(correcting.state, "蓝"))).toMatchObject({
      step: "check",
      draft: { colour: "蓝", size: 5, note: "x" },
    });
  });

  it("goes on, after a correction half-way, with the step it had not reached", () => {
    const half = asked(say(through("红", "5"), "改颜色"));
    expect(asked(say(half.state, "蓝"))).toMatchObject({ step: "note", draft: { colour: "蓝" } });
  });

  it("lets a question pass as an aside, except where prose is asked for", () => {
    expect(say(through(), "请问怎么申请复议?").kind).toBe("aside");
    expect(asked(say(through("红", "5"), "为什么要罚我?")).step).toBe("check");
  });

  it("answers other things while paused, and resumes where it stood", () => {
    const paused = say(through("红"), "稍后再说");
    if (paused.kind !== "paused") throw new Error(paused.kind);
    expect(say(paused.state, "5").kind).toBe("aside");
    expect(asked(say(paused.state, "继续")).step).toBe("size");
  });

  it("cancels from any step and skips only what may be empty", () => {
    expect(say(through("红"), "取消").kind).toBe("cancelled");
    expect(asked(say(through("红", "5"), "跳过")).step).toBe("check");
    expect(asked(say(through(), "跳过")).step).toBe("colour");
  });

  it("does not guess at a draft of another version", () => {
    expect(say({ ...through("红"), version: 2 }, "5").kind).toBe("stale");
    expect(say({ ...through("红"), draft: "?" }, "5").kind).toBe("stale");
  });
});

describe("the organ's step", () => {
  const known = createLibrary(info, [
    ...records,
    anEntity("ent_xcgj", "演示县城市管理局", { area: "990102", level: "县" }),
    Area.parse({ ...areaOf, aliases: [], id: "are_990102", code: "990102", name: "演示县", level: "县" }),
  ]);
  const facts = {
    library: known,
    today: "2026-11-24",
    door: "web",
    identityAllowed: true,
    mentionsOf: (text: string) => mentionsOf(text, { library: known, memory: {}, today: "2026-11-24" }),
    kindOf: () => "enforcement",
    mattersOf: (text: string) => [text],
    appeal: () => [],
    appealLine: () => "",
    acceptBy: () => "",
  } as const satisfies IntakeFacts;

  it("tells organs of one nickname apart by the place said", () => {
    const draft = IntakeDraft.parse({
      kind: "complaint",
      submission: "s",
      key: "k",
      secrecy: "anonymous",
      what: "城管把我的车扣走了没给单子",
      organName: "城管",
      organOptions: ["ent_cgj", "ent_xcgj"],
    });
    const opened = asked(open(complaintScript, draft, facts));
    expect(opened.step).toBe("organ");
    const next = asked(advance(complaintScript, opened.state, { text: "演示县的", files: [] }, facts));
    expect(next).toMatchObject({ step: "when", draft: { organIds: ["ent_xcgj"] } });
  });
});

describe("the scripts that ship", () => {
  const reach: Record<
    string,
    { script: Script<never, never> | { steps: object; first: string }; by: readonly string[] }
  > = {
    // Reached by what the script's owner does at the end of a stretch: filing, looking up.
    complaint: { script: complaintScript, by: ["receipt", "more"] },
    correction: { script: correctionScript, by: ["receipt"] },
    status: { script: statusScript, by: ["menu", "handOn", "add", "withdraw", "rate", "reopen"] },
  };

  it.each(Object.keys(reach))("%s names every step once and reaches each", (name) => {
    const found = reach[name];
    if (!found) throw new Error(name);
    const steps = Object.entries(found.script.steps) as [string, { name: string }][];
    expect(new Set(steps.map(([, step]) => step.name)).size).toBe(steps.length);
    const text = steps.map(([, step]) => Object.values(step).map(String).join("\n")).join("\n");
    for (const [key] of steps) {
      const led = key === found.script.first || found.by.includes(key) || text.includes(`"${key}"`);
      expect(led, key).toBe(true);
    }
  });
});
