import { describe, expect, it } from "vitest";
import { layOut, paginate, plainMessages, plainText } from "../../bot/text/render.ts";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { parseDay } from "../../src/law/day.ts";
import { computeDeadline, findCountedRule } from "../../src/law/deadline.ts";
import type { Block, Citation, Reply } from "../../src/reply.ts";

const page = { amount: 4_000, unit: "characters" } as const;
function aReply(blocks: readonly Block[], rest: Partial<Reply> = {}): Reply {
  return {
    turn: "t",
    outcome: "answered",
    intent: "help",
    blocks,
    choices: [],
    citations: [],
    labels: [],
    release: "r",
    ...rest,
  };
}
const citation = (locator: string, rest: Partial<Citation> = {}): Citation => ({
  record: `law:${locator}`,
  title: "行政复议法",
  locator,
  ...rest,
});

describe("a reply as text", () => {
  it("names what it rests on, one text a line, by the numbers in the answer", () => {
    const [only] = plainMessages(
      aReply([{ kind: "text", text: "六十日内。", cites: [0, 2] }], {
        citations: [
          citation("第二十条"),
          citation("第三条", { title: "办法", caution: "据说明推断" }),
          citation("第八十八条"),
        ],
        labels: ["演示数据", "自动回答"],
      }),
      page,
    );
    expect(only).toBe(
      "六十日内。[1][3]\n\n依据:行政复议法 [1] 第二十条、[3] 第八十八条\n依据:办法(提示:据说明推断) [2] 第三条\n\n〔演示数据 · 自动回答〕",
    );
  });

  it("links only to web pages", () => {
    const links = ["https://zf.example.gov.cn/a", "javascript:alert(1)"].map((url) =>
      citation("第一条", { url }),
    );
    const [only] = plainMessages(aReply([], { citations: links }), page);
    expect(only).toContain("https://zf.example.gov.cn/a");
    expect(only).not.toContain("javascript");
  });

  it("puts the last day first, then how it was counted", () => {
    const from = parseDay("2026-03-02");
    if (!from) throw new Error("no day");
    const deadline = computeDeadline(findCountedRule("reconsiderationApply"), from, loadCalendar());
    const [only] = plainMessages(aReply([{ kind: "deadline", title: "申请行政复议", deadline }]), page);
    const lines = only?.split("\n") ?? [];
    expect(lines[0]).toBe("申请行政复议");
    expect(lines[1]).toMatch(/^最后一天:2026年\d+月\d+日/);
    expect(only).toContain("1) ");
  });

  it("numbers steps and choices, and names columns in every row", () => {
    const [only] = plainMessages(
      aReply(
        [
          {
            kind: "steps",
            title: "步骤",
            steps: [{ title: "准备", text: "带好决定书。", limit: "60 日内" }],
          },
          { kind: "table", title: "裁量", columns: ["档次", "幅度"], rows: [["较轻", "200 元以下"]] },
        ],
        { choices: [{ id: "a", label: "找法院" }] },
      ),
      page,
    );
    expect(only).toBe(
      "步骤\n1. 准备\n带好决定书。\n(时限:60 日内)\n\n裁量\n· 档次:较轻,幅度:200 元以下\n\n请回复数字选择:\n1. 找法院",
    );
  });
});

describe("cutting into messages", () => {
  it.each(["characters", "bytes"] as const)("keeps within the size in %s and loses nothing", (unit) => {
    for (const amount of [40, 97, 500]) {
      const texts = Array.from(
        { length: 12 },
        (_, index) => `第${index}段。${"说明理由👨‍👩‍👧;".repeat(index)}`,
      );
      const sections = layOut(aReply(texts.map((text) => ({ kind: "text", text }) as const)), {
        numbered: true,
      });
      const pages = paginate(sections, { amount, unit }).map(plainText);
      for (const one of pages) {
        expect(unit === "bytes" ? Buffer.byteLength(one) : one.length).toBeLessThanOrEqual(amount);
      }
      expect(pages.join("").replace(/\n/g, "")).toBe(texts.join(""));
    }
  });

  it("cuts between blocks where it can", () => {
    const texts = ["甲".repeat(60), "乙".repeat(60)];
    const pages = plainMessages(aReply(texts.map((text) => ({ kind: "text", text }) as const)), {
      amount: 100,
      unit: "characters",
    });
    expect(pages).toEqual(texts);
  });
});
