import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interleave } from "../../src/search/blend.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import type { Passage } from "../../src/search/passage.ts";

function aPassage(part: Partial<Passage> & { id: string }): Passage {
  return { recordId: part.id, kind: "faq", title: "办事问答", text: "请到政务服务中心办理。", ...part };
}

const shop: readonly Passage[] = [
  aPassage({ id: "stall", title: "占道经营", text: "在人行道摆摊影响通行的,由城市管理部门责令改正。" }),
  aPassage({ id: "food", title: "食品经营", text: "开小饭馆前要先取得食品经营许可证。" }),
  aPassage({ id: "noise", title: "噪声", text: "夜间施工吵到居民的,由生态环境部门处理。" }),
  aPassage({ id: "appeal", title: "行政复议", text: "不服罚款决定可以申请行政复议。" }),
];

describe("finding passages", () => {
  it.each([
    ["摆摊被赶", "stall"],
    ["开饭馆要什么许可证", "food"],
    ["晚上工地施工太吵", "noise"],
    ["对罚款不服怎么申请复议", "appeal"],
    ["對罰款不服怎麼申請復議", "appeal"],
  ])("answers %s with %s first", (question, id) => {
    expect(createSearchIndex(shop).find(question, {}, 3)[0]?.passage.id).toBe(id);
  });

  it("finds everything that was indexed by its own text", () => {
    const characters = [..."城管罚款复议许可证摆摊饭馆施工噪声听证处罚"];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: fc.constantFrom(...characters), minLength: 4, maxLength: 12 }), {
          minLength: 1,
          maxLength: 12,
        }),
        (texts) => {
          const index = createSearchIndex(texts.map((text, n) => aPassage({ id: `p${n}`, title: "", text })));
          for (const [n, text] of texts.entries()) {
            expect(index.find(text, {}, texts.length).map(({ passage }) => passage.id)).toContain(`p${n}`);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("says which words made a hit", () => {
    const [hit] = createSearchIndex(shop).find("夜间施工", {}, 1);
    expect(hit?.why.find(({ leg }) => leg === "words")?.terms).toEqual(
      expect.arrayContaining(["夜间", "施工"]),
    );
  });

  it("finds nothing for an empty question", () => {
    expect(createSearchIndex(shop).find("  ", {}, 5)).toEqual([]);
  });
});

describe("scope", () => {
  const rules: readonly Passage[] = [
    aPassage({ id: "old", text: "摆摊罚款旧规定", effectiveTo: "2020-12-31" }),
    aPassage({ id: "new", text: "摆摊罚款新规定", effectiveFrom: "2021-01-01", area: "140800" }),
    aPassage({ id: "gone", text: "摆摊罚款废止规定", repealed: true }),
    aPassage({
      id: "town",
      text: "摆摊罚款区规定",
      area: "140802",
      kind: "policy",
      dataset: "demo",
      rank: "规范性文件",
    }),
  ];
  const ids = (scope: Parameters<ReturnType<typeof createSearchIndex>["find"]>[1]): string[] =>
    createSearchIndex(rules)
      .find("摆摊罚款", scope, 9)
      .map(({ passage }) => passage.id)
      .sort();

  it("keeps what is not in force on the day out", () => {
    expect(ids({ on: "2026-01-05" })).toEqual(["new", "town"]);
    expect(ids({ on: "2020-12-31" })).toEqual(["old", "town"]);
  });
  it("never finds what is repealed unless asked for", () => {
    expect(ids({})).not.toContain("gone");
    expect(ids({ includeRepealed: true })).toContain("gone");
  });
  it("applies a city's rules in its districts, not a district's in the city", () => {
    expect(ids({ area: "140802" })).toContain("new");
    expect(ids({ area: "140800" })).not.toContain("town");
  });
  it("filters by kind, dataset and rank", () => {
    expect(ids({ kinds: ["policy"] })).toEqual(["town"]);
    expect(ids({ datasets: ["demo"] })).toEqual(["town"]);
    expect(ids({ ranks: ["规范性文件"] })).toEqual(["town"]);
  });
});

describe("identifiers", () => {
  const index = createSearchIndex([
    ...shop,
    aPassage({ id: "notice", text: "公示办法", identifiers: ["演政办发〔2017〕91号"] }),
    aPassage({ id: "officer", text: "执法人员", identifiers: ["14080212345"] }),
  ]);
  it.each([
    ["演政办发[2017]91号里怎么说的罚款", "notice"],
    ["证号 14080212345 是真的吗", "officer"],
  ])("puts the exact match of %s first", (question, id) => {
    const [hit] = index.find(question, {}, 3);
    expect(hit?.passage.id).toBe(id);
    expect(hit?.why[0]?.leg).toBe("identifier");
  });
  it("does not take a part of a longer number for a match", () => {
    expect(
      index.find("140802123456", {}, 3).some(({ why }) => why.some(({ leg }) => leg === "identifier")),
    ).toBe(false);
  });
});

describe("changing the index", () => {
  it("finds what was added and no longer what was withdrawn", () => {
    const index = createSearchIndex(shop);
    index.add([aPassage({ id: "taxi", text: "出租车拒载可以投诉。", recordId: "r-taxi" })]);
    expect(index.find("出租车拒载", {}, 1)[0]?.passage.id).toBe("taxi");
    expect(index.withdraw("r-taxi")).toBe(1);
    expect(index.find("出租车拒载", {}, 5).map(({ passage }) => passage.id)).not.toContain("taxi");
    expect(index.stats().passages).toBe(shop.length);
  });
  it("replaces a passage of the same id", () => {
    const index = createSearchIndex(shop);
    for (let n = 0; n < 9; n++) index.add([aPassage({ id: "stall", text: `第${n}次修改:夜市可以摆摊。` })]);
    expect(index.find("夜市摆摊", {}, 9).filter(({ passage }) => passage.id === "stall")).toHaveLength(1);
    expect(index.get("stall")?.text).toContain("第8次");
  });
});

it("takes two of the first list, then one of the second, each once", () => {
  expect(interleave([1, 2, 3, 4], [9, 2, 8], 2)).toEqual([1, 2, 9, 3, 4, 8]);
});
