/** Points of law: refused by name where they are wrong, every article declared, every number proved. */
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDataset } from "../../knowledge/data.ts";
import { changedSince, coverageOf, readDeclared } from "../../knowledge/points/coverage.ts";
import { articlesOf, readTexts, sealed } from "../../knowledge/points/texts.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { checkIntegrity } from "../../src/records/integrity.ts";
import type { Point } from "../../src/records/point.ts";
import { arabicIn, numbersIn } from "../../src/records/point-numbers.ts";

const shipped = readShipped({ demo: false }).filter((record): record is Point => record.kind === "point");
const texts = join(import.meta.dirname, "../../../shared/statutes");

const aPoint = (more: Partial<Point> = {}): Point => ({
  kind: "point",
  id: "pt_test_068_1",
  dataset: "national",
  status: "published",
  validity: {},
  source: { title: "法律要点", publisher: "明执编辑部" },
  topic: "罚款缴纳",
  aspect: "whether",
  audience: "citizen",
  lead: "可以。100元以下的罚款,可以当场收。",
  more: [],
  basis: [{ law: "处罚法", article: "68(1)", digest: "0".repeat(16), numbers: [1, 100, 20] }],
  asks: { a: ["能不能当场交钱", "罚款可以现场给吗"] },
  ...more,
});
const faultsOf = (...points: readonly Point[]) =>
  checkIntegrity(points, "2026-11-24").map(({ rule, message }) => `${rule} ${message}`);

describe("a point is refused", () => {
  const line = (more: object) => {
    const folder = mkdtempSync(join(tmpdir(), "points-"));
    writeFileSync(join(folder, "point.jsonl"), `${JSON.stringify({ ...aPoint(), ...more })}\n`);
    return () => readDataset(folder);
  };
  it.each<[string, object, RegExp]>([
    ["without a basis", { basis: [] }, /第 1 行“basis”/],
    ["resting on a law nobody registered", { basis: [{ law: "某某法", article: "1" }] }, /已登记的法律简称/],
    ["with an unknown condition", { when: { weather: ["rain"] } }, /第 1 行“when”/],
    ["with an unknown value of a condition", { when: { act: ["dance"] } }, /第 1 行“when/],
    ["with a lead too long to be one", { lead: "长".repeat(61) }, /第 1 行“lead”/],
    ["that nobody asks", { asks: { a: [] } }, /第 1 行“asks/],
  ])("%s, by file, line and field", (_, more, expected) => {
    expect(line(more)).toThrow(expected);
  });

  it.each<[string, readonly Point[], string]>([
    ["with a number its article lacks", [aPoint({ lead: "可以。300元以下当场收。" })], "R21"],
    ["with an ask of another point", [aPoint(), aPoint({ id: "pt_test_068_2" })], "R22"],
    ["pointing at a point that is not there", [aPoint({ next: ["pt_test_999_1"] })], "R23"],
    ["under a rule of time that is not there", [aPoint({ rule: "teatime" })], "R23"],
    ["whose number is not its rule's", [aPoint({ rule: "reconsiderationApply" })], "R23"],
  ])("%s before a release", (_, points, rule) => {
    expect(faultsOf(...points).filter((fault) => fault.startsWith(rule))).not.toEqual([]);
  });

  it("not when it is right", () => {
    expect(faultsOf(aPoint())).toEqual([]);
  });
});

describe("numbers", () => {
  it.each([
    ["六十日内,一千元以上五万元以下", [60, 1000, 50_000]],
    ["二百元;百分之三;三十日", [200, 100, 3, 30]],
    ["半年", [0.5]],
    ["10日、2万元", [10, 20_000]],
  ] as const)("are read from %s", (text, expected) => {
    expect(numbersIn(text)).toEqual(expect.arrayContaining([...expected]));
  });
  it("of a point are read with 万", () => {
    expect(arabicIn("罚3万元,15日")).toEqual([30_000, 15]);
  });
});

describe("the shipped points", () => {
  it("cover every article of the laws declared, or say why not", () => {
    const declared = new Set(readDeclared().map(({ law }) => law));
    expect(declared.size).toBeGreaterThanOrEqual(23);
    for (const { law, missing } of coverageOf(shipped).slice(0, declared.size))
      expect({ law, missing }).toEqual({ law, missing: [] });
  });

  it("are clean under the rules of integrity", () => {
    const ids = new Set(shipped.map(({ id }) => id));
    const faults = checkIntegrity(readShipped({ demo: false }), "2026-11-24").filter(({ record }) =>
      ids.has(record),
    );
    expect(faults).toEqual([]);
  });

  it.skipIf(!existsSync(texts))(
    "stand word for number in the articles they cite (skipped without the texts)",
    () => {
      const held = readTexts(texts);
      expect(held.size).toBeGreaterThanOrEqual(23);
      expect(changedSince(shipped, held)).toEqual([]);
      for (const point of shipped) expect(point.basis.map((on) => sealed(on, held))).toEqual(point.basis);
    },
  );
});

describe("a text of law", () => {
  it("is split into articles, with what follows each", () => {
    const articles = articlesOf("# 某法\n\n## 第一章 总则\n\n第一条 甲。\n\n乙。\n\n**第二条**\u3000丙。");
    expect([...articles]).toEqual([
      ["1", "甲。\n乙。"],
      ["2", "丙。"],
    ]);
  });
  it("without articles is split by its numbered headings", () => {
    const articles = articlesOf("# 某意见\n一、总体要求\n甲。\n(一)原则。乙。\n二、任务");
    expect([...articles.keys()]).toEqual(["一", "一(一)", "二"]);
  });
});
