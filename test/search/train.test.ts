import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { passageOf } from "../../knowledge/train/material.ts";
import { type Training, train } from "../../knowledge/train/train.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import { readModel } from "../../src/search/model.ts";

/** What people say, and what the rule about it is written in. */
const MATTERS = [
  ["摆地摊卖烤串", "占用公共道路从事经营活动"],
  ["半夜打桩睡不着", "夜间施工产生环境噪声"],
  ["开小饭馆", "从事餐饮服务取得经营许可"],
  ["楼上乱搭棚子", "擅自建设建筑物和构筑物"],
  ["车停人行道被贴条", "机动车违反停放规定"],
  ["买到发霉的饼干", "销售超过保质期的食品"],
  ["工厂往河里倒脏水", "向水体排放污染物"],
  ["门口贴小广告", "在建筑物上张贴宣传品"],
] as const;
const STEMS = ["怎么办", "会被罚多少钱", "归谁管", "能不能举报", "有什么规定"];
const RULES = ["责令改正", "处以罚款", "由主管部门负责", "可以向主管部门举报", "应当遵守下列规定"];

const articles = MATTERS.flatMap(([, written], m) =>
  RULES.map((rule, r) => ({
    id: m * 10 + r,
    name: `演示条例${m}第${r}条`,
    law: `演示条例${m}`,
    cat: m < 2 ? "行政法规" : "法律",
    heading: "监督管理",
    content: `${written}的,${rule}。对${written}另有规定的从其规定。`,
  })),
);
const questions = MATTERS.flatMap(([said], m) =>
  STEMS.map((stem, s) => ({
    id: m * 10 + s,
    q: `${said}${stem}`,
    gold: [`演示条例${m}第${s}条`],
    answer: `${said}的,${RULES[s]}。`,
  })),
);

/** Words of our own, which neither the rules nor the asked questions hold. */
const lay = mkdtempSync(join(tmpdir(), "lay-"));
writeFileSync(
  join(lay, "street.jsonl"),
  MATTERS.map(([said], m) =>
    JSON.stringify({
      gold: [`演示条例${m}第0条`],
      q:
        m === 0
          ? ["支个炉子卖羊肉串找哪个", "羊肉串炉子让不让支", "支炉子烤羊肉串", "羊肉串炉子能支在哪"]
          : [`${said}找哪个`],
    }),
  ).join("\n"),
);

function written(items: readonly unknown[], name: string, folder: string): string {
  const path = join(folder, name);
  writeFileSync(path, items.map((item) => JSON.stringify(item)).join("\n"));
  return path;
}

describe("training on a small library", () => {
  const folder = mkdtempSync(join(tmpdir(), "train-"));
  const corpus = written(articles, "corpus.jsonl", folder);
  const pairs = written(questions, "pairs.jsonl", folder);
  let training: Training;
  const notes: string[] = [];

  beforeAll(() => {
    training = train({ corpus, pairs, lay }, join(folder, "one"), (note) => notes.push(note));
  }, 120_000);

  it("reports what it learned from and how well unseen questions are answered", () => {
    expect(training).toMatchObject({ articles: 40, questions: 40, own: 11 });
    const { lexical, learned } = training.crossValidated;
    expect(learned.queries).toBe(40);
    expect(learned.recall["10"]).toBeGreaterThan(lexical.recall["10"]);
    expect(notes.join("\n")).not.toContain("NaN");
  });

  it("finds articles by the words people use, which the articles do not hold", () => {
    const passages = articles.map(passageOf);
    const question = "地摊烤串";
    expect(createSearchIndex(passages).find(question, {}, 5)).toEqual([]);
    const found = createSearchIndex(passages, () => readModel(join(folder, "one"))).find(question, {}, 3);
    expect(found.map(({ passage }) => passage.title)).toContain("演示条例0");
  });

  it("measures a kind of questions apart that it had not learned", () => {
    expect(training.administrative.learned.queries).toBe(10);
    expect(training.unheard.lexical).toEqual(training.administrative.lexical);
  });

  it("learns our own questions, and never measures on them", () => {
    const found = createSearchIndex(articles.map(passageOf), () => readModel(join(folder, "one"))).find(
      "羊肉串炉子",
      {},
      1,
    );
    expect(found.map(({ passage }) => passage.name)).toEqual(["演示条例0第0条"]);
    expect(training.crossValidated.learned.queries).toBe(questions.length);
  });

  it("gives the same model for the same files", () => {
    train({ corpus, pairs, lay }, join(folder, "two"), () => {});
    for (const name of ["vectors.bin", "memory.bin", "ranker.json"]) {
      const [one, two] = ["one", "two"].map((each) => readFileSync(join(folder, each, name)));
      expect(one!.equals(two!)).toBe(true);
    }
  }, 120_000);
});

it.each([
  ["too few questions", questions.slice(0, 3), "至少"],
  ["questions about other articles", questions.map((one) => ({ ...one, gold: ["别的法第一条"] })), "至少"],
])("refuses %s and says what is needed", (_, given, said) => {
  const folder = mkdtempSync(join(tmpdir(), "train-"));
  const corpus = written(articles, "corpus.jsonl", folder);
  const pairs = written(given, "pairs.jsonl", folder);
  expect(() => train({ corpus, pairs }, join(folder, "out"), () => {})).toThrow(said);
});
