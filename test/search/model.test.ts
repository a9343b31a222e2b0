import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../knowledge/train/encoder.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import { articleKey, createMemory, createRecall, lawKey } from "../../src/search/memory.ts";
import { type LearnedModel, readModel, writeModel } from "../../src/search/model.ts";
import type { Passage } from "../../src/search/passage.ts";
import { type Ranker, scoreRow, type Tree } from "../../src/search/ranker.ts";
import { createStaticVectors, encodeQuestion, type StaticVectors } from "../../src/search/static-vectors.ts";
import { tokenise } from "../../src/search/tokens.ts";

const passages: readonly Passage[] = [
  article("摊贩办法第一条", "占用人行道经营的,责令改正。"),
  article("摊贩办法第二条", "流动商贩应当在划定的地点经营。"),
  article("饭馆办法第一条", "开办饭馆应当先取得许可证。"),
  article("噪声办法第一条", "夜间施工产生噪声的,责令停止。"),
];

function article(name: string, text: string): Passage {
  return { id: name, recordId: name, kind: "statute", title: name.slice(0, 4), text, name };
}

/** Random vectors for the words of these texts, the same every time. */
function someVectors(texts: readonly string[]): StaticVectors {
  const keys = [...new Set(texts.flatMap((text) => tokenise(text).words.map(({ key }) => key)))];
  const random = seededRandom(4);
  return createStaticVectors({
    dimensions: 16,
    keys: Uint32Array.from(keys),
    values: Int8Array.from({ length: keys.length * 16 }, () => Math.floor(random() * 255) - 127),
    question: new Float32Array(keys.length).fill(0.01),
    passage: new Float32Array(keys.length).fill(0.01),
  });
}

const remembered = ["推车卖烤红薯被赶走怎么办", "工地半夜打桩睡不着"];
const vectors = someVectors([...passages.map(({ text }) => text), ...remembered]);

const leaf = (value: number): Tree => ({
  feature: [-1],
  threshold: [0],
  left: [0],
  right: [0],
  value: [value],
});
/** Prefers what remembered questions near to this one were answered from (feature 9, memoryVector). */
const byMemory: Ranker = [
  { feature: [9, -1, -1], threshold: [0.5, 0, 0], left: [1, 0, 0], right: [2, 0, 0], value: [0, 0, 5] },
  leaf(0.25),
];

const STALLS = { law: "摊贩办法", content: "流动商贩应当在划定的地点经营。" };

function aModel(): LearnedModel {
  const memory = createMemory(vectors, [
    { tokens: tokenise(remembered[0]!), articles: [STALLS] },
    {
      tokens: tokenise(remembered[1]!),
      articles: [{ law: "噪声办法", content: "夜间施工产生噪声的,责令停止。" }],
    },
  ]);
  return { vectors, memory, ranker: byMemory };
}

const aFolder = (): string => mkdtempSync(join(tmpdir(), "model-"));

describe("the learned model", () => {
  it("answers alike before writing and after reading", () => {
    const folder = aFolder();
    const before = aModel();
    writeModel(folder, before);
    const after = readModel(folder);
    for (const question of [...remembered, "饭馆许可证", "人行道摆摊"]) {
      expect(createSearchIndex(passages, () => after).find(question, {}, 4)).toEqual(
        createSearchIndex(passages, () => before).find(question, {}, 4),
      );
    }
  });

  it("is written alike byte for byte every time", () => {
    const [one, two] = [aFolder(), aFolder()];
    writeModel(one, aModel());
    writeModel(two, aModel());
    for (const name of ["vectors.bin", "memory.bin", "ranker.json"]) {
      expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name)))).toBe(true);
    }
  });

  it("is absent where there is no file", () => {
    expect(readModel(aFolder())).toBeUndefined();
  });

  it.each(["vectors.bin", "memory.bin"])("is refused when %s is cut or of another kind", (name) => {
    const folder = aFolder();
    writeModel(folder, aModel());
    truncateSync(join(folder, name), readFileSync(join(folder, name)).length - 3);
    expect(() => readModel(folder)).toThrow("train-vectors");
    writeFileSync(join(folder, name), "别的文件");
    expect(() => readModel(folder)).toThrow("train-vectors");
  });
});

describe("the question memory", () => {
  const { memory } = aModel();

  it("speaks for the article a like question was answered from", () => {
    const tokens = tokenise("推车卖烤红薯被赶");
    const recalled = createRecall(memory)(tokens, encodeQuestion(vectors, tokens)!);
    const [best] = [...recalled.articles].sort((a, b) => b[1].sum - a[1].sum);
    expect(best?.[0]).toBe(articleKey(STALLS.law, STALLS.content));
    expect(recalled.nearest).toBeGreaterThan(0.5);
    expect([...recalled.laws.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it.each([
    ["中华人民共和国行政处罚法", "行政处罚法"],
    ["《行政处罚法》", "行政处罚法"],
  ])("takes %s for %s", (long, short) => {
    expect(lawKey(long)).toBe(lawKey(short));
    expect(lawKey(short)).not.toBe(lawKey("行政强制法"));
  });

  it.each([
    ["the number stands before the text", "摊贩办法", "第十二条 流动商贩应当在划定的地点经营。", true],
    ["the publisher set other punctuation", "《摊贩办法》", "流动商贩,应当在划定的地点经营", true],
    ["the law was revised and another text has its number", "摊贩办法", "流动商贩应当登记。", false],
    ["another law says the same", "集市办法", STALLS.content, false],
  ])("knows an article by its law and text: %s", (_, law, content, same) => {
    expect(articleKey(law, content) === articleKey(STALLS.law, STALLS.content)).toBe(same);
  });

  it("brings up an article that shares no word with the question", () => {
    const question = "推车卖烤红薯";
    expect(createSearchIndex(passages).find(question, {}, 1)).toEqual([]);
    const [hit] = createSearchIndex(passages, aModel).find(question, {}, 1);
    expect(hit?.passage.id).toBe("摊贩办法第二条");
    expect(hit?.why.map(({ leg }) => leg)).toContain("memory");
  });
});

it("adds up its trees, equal going left", () => {
  const row = new Float32Array(28);
  row[9] = 0.5;
  expect(scoreRow(byMemory, row, 0)).toBe(0.25);
  row[9] = 0.51;
  expect(scoreRow(byMemory, row, 0)).toBe(5.25);
});

it("searches by words alone when there is no model or the question has no known word", () => {
  const words = createSearchIndex(passages).find("饭馆许可证", {}, 4);
  expect(words[0]?.passage.id).toBe("饭馆办法第一条");
  expect(words.flatMap(({ why }) => why.map(({ leg }) => leg))).not.toContain("vectors");
  expect(createSearchIndex(passages, aModel).find("zzz", {}, 4)).toEqual([]);
});

it("puts the same passages in the same order every time", () => {
  const order = (): string[] =>
    createSearchIndex(passages, aModel)
      .find("夜间经营", {}, 4)
      .map(({ passage }) => passage.id);
  expect(order()).toEqual(order());
});
