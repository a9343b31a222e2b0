import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answering/answer.ts";
import { gather } from "../../src/answering/gates/evidence.ts";
import { checkAnswer } from "../../src/answering/gates/gates.ts";
import { tokensOf } from "../../src/answering/gates/tokens.ts";
import { PublishedRecord } from "../../src/records/schema.ts";
import type { Block, Citation } from "../../src/reply.ts";
import { libraryOf } from "./house.ts";

const record = (more: Record<string, unknown> = {}) =>
  PublishedRecord.parse({
    kind: "statute",
    id: "sta_test_1",
    dataset: "national",
    status: "published",
    validity: { effectiveFrom: "2024-01-01" },
    source: { title: "测试法", publisher: "测试机关" },
    title: "测试法",
    rank: "法律",
    version: "2023-09-01",
    repealed: false,
    articles: [
      { no: "第二十条", text: "自知道之日起六十日内提出,罚款不超过二百元。联系电话 0359-1234567。" },
    ],
    ...more,
  });
const citation: Citation = { record: "sta_test_1", title: "测试法", locator: "第二十条" };
const answer = (blocks: readonly Block[], more: Partial<Answer> = {}): Answer => ({
  outcome: "answered",
  intent: "lawLookup",
  blocks,
  choices: [],
  citations: [citation],
  remember: {},
  evidence: [],
  history: false,
  ...more,
});
const text = (said: string, cites: readonly number[] = [0]): Block => ({ kind: "text", text: said, cites });
const check = (one: Answer, records = [record()], heard: readonly string[] = []) =>
  checkAnswer(one, libraryOf(records), "2026-11-24", heard);

describe("the number gate", () => {
  it.each([
    ["a number of days the row does not hold", "请在15日内提出。"],
    ["an amount the row does not hold", "最多罚500元。"],
    ["an amount in Chinese numerals", "最多罚五百元。"],
    ["the right number with another unit", "最多罚60元。"],
    ["a working-day limit the row gives in days", "请在90个工作日内提出。"],
    ["an invented phone", "电话 0359-7654321。"],
    ["an invented 文号", "依据测政发〔2026〕9号。"],
    ["an invented date", "最后一天是2026年5月6日。"],
    ["a month and day without a year", "最后一天是5月6日。"],
    ["an article that is not cited", "依据第三十条。"],
    ["an invented certificate number", "证号 99010000777。"],
    ["a percentage", "每日加收3%。"],
    ["a fine in 万元", "最多罚20万元。"],
  ])("holds back %s", (_, said) => {
    const { answer: kept, violations } = check(answer([text(said)]));
    expect(violations.map((one) => one.gate)).toContain("number");
    expect(kept.blocks).toEqual([]);
  });

  it.each([
    ["a number in the cited row", "请在60日内提出。"],
    ["the same number in Chinese numerals", "请在六十日内提出。"],
    ["the amount in the row", "最多罚200元。"],
    ["the phone of the row", "电话 0359-1234567。"],
    ["the article cited", "见第二十条。"],
    ["ordinals and set phrases", "第一步,一次性告知;一般不收费。"],
    ["circled numbers of a list", "①单位;②日期。"],
  ])("lets pass %s", (_, said) => {
    expect(check(answer([text(said)])).violations).toEqual([]);
  });

  it("lets a person's own number be repeated to them", () => {
    expect(check(answer([text("您说的500元。")]), [record()], ["罚了我500元"]).violations).toEqual([]);
  });

  it("takes numbers of calculators with their unit", () => {
    const counted = { amount: 15, unit: "calendarDay" };
    expect(check(answer([text("15日内缴纳。")], { evidence: [counted] })).violations).toEqual([]);
    expect(check(answer([text("15元。")], { evidence: [counted] })).violations).toHaveLength(1);
  });

  it("does not take the row number of a spreadsheet for a fact", () => {
    const numbered = record({ source: { title: "测试法", publisher: "测试机关", row: 77 } });
    expect(check(answer([text("77日内提出。")]), [numbered]).violations).toHaveLength(1);
  });

  it("drops a choice with an unsupported number and keeps the rest", () => {
    const choices = [
      { id: "a", label: "罚900元的" },
      { id: "b", label: "怎么申诉" },
    ];
    expect(check(answer([text("请在60日内提出。")], { choices })).answer.choices).toEqual([choices[1]]);
  });
});

describe("the quotation gate", () => {
  it("lets pass what stands word for word in the cited record", () => {
    expect(check(answer([text("第二十条:「自知道之日起六十日内提出」")])).violations).toEqual([]);
  });

  it.each([
    ["a changed word", "「自收到之日起六十日内提出」"],
    ["a quotation of a record the block does not cite", "「自知道之日起六十日内提出」", []],
    ["a law nobody cited", "依据《胡编乱造法》。"],
  ])("holds back %s", (_, said, cites: readonly number[] = [0]) => {
    const { violations } = check(answer([text(said, cites)]));
    expect(violations.map((one) => one.gate)).toContain("quotation");
  });
});

describe("the validity gate", () => {
  const dead = record({
    repealed: true,
    validity: { effectiveFrom: "2010-01-01", effectiveTo: "2023-12-31" },
  });

  it("holds back what rests on a text out of force", () => {
    const { violations, answer: kept } = check(answer([text("请在60日内提出。")]), [dead]);
    expect(violations.map((one) => one.gate)).toEqual(["validity"]);
    expect(kept.blocks).toEqual([]);
  });

  it("holds back a record that is not in the release, or was withdrawn", () => {
    expect(check(answer([text("可以。")]), []).violations).toHaveLength(1);
    expect(check(answer([text("可以。")]), [record({ status: "withdrawn" })]).violations).toHaveLength(1);
  });

  it("lets history pass only when it says that the text is dead", () => {
    const quoted = text("「自知道之日起六十日内提出」");
    expect(check(answer([text("测试法已失效。"), quoted], { history: true }), [dead]).violations).toEqual([]);
    expect(check(answer([quoted], { history: true }), [dead]).violations).toHaveLength(1);
  });
});

describe("pieces of a text", () => {
  it.each([
    ["六十日", ["day 60"]],
    ["15个工作日", ["workday 15"]],
    ["2026年5月6日", ["date 2026-05-06"]],
    ["3万元", ["yuan 30000"]],
    ["百分之三", ["percent 3"]],
    ["第二十条第一款", ["article 20"]],
    ["运政办发〔2017〕91号", ["docNo 2017-91"]],
    ["0359-1234567", ["identifier 0359-1234567"]],
    ["不少于两人", ["count 2"]],
  ])("reads %s", (said, wanted) => {
    expect(tokensOf(said).map(({ kind, value }) => `${kind} ${value}`)).toEqual(wanted);
  });

  it("finds statute days where the answer says days", () => {
    const evidence = gather([{ amount: 5, unit: "workingDay" }]);
    const [said] = tokensOf("5日内");
    expect(said && evidence.has(said)).toBe(true);
  });
});
