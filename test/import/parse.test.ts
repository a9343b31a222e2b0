import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAreaCode } from "../../knowledge/import/parse/area.ts";
import { sayBasis, splitBasis } from "../../knowledge/import/parse/basis.ts";
import { parseDate, parseDateRange } from "../../knowledge/import/parse/date.ts";
import { parseInterval, sayInterval } from "../../knowledge/import/parse/interval.ts";
import { parseYesNo } from "../../knowledge/import/parse/yes-no.ts";
import { fromEpochDay } from "../../src/law/day.ts";

const amount = fc.integer({ min: 1, max: 5_000_000 });
const interval = fc
  .record({
    ends: fc.tuple(amount, amount).filter(([a, b]) => a !== b),
    open: fc.constantFrom("none", "low", "high"),
    minIncluded: fc.boolean(),
    maxIncluded: fc.boolean(),
    unit: fc.constantFrom("元", "倍", "%", "平方米", "吨"),
  })
  .map(({ ends, open, minIncluded, maxIncluded, unit }) => ({
    min: open === "low" ? null : Math.min(...ends),
    minIncluded: open === "low" ? false : minIncluded,
    max: open === "high" ? null : Math.max(...ends),
    maxIncluded: open === "high" ? false : maxIncluded,
    unit,
  }));

describe("what is printed reads back the same", () => {
  it("intervals with their ends", () => {
    fc.assert(
      fc.property(interval, (given) => {
        expect(parseInterval(sayInterval(given))).toEqual(given);
      }),
    );
  });

  it("amounts in 万元 as 元", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (ten) => {
        expect(parseInterval(`${ten / 10}万元以上`)?.min).toBe(ten * 1000);
      }),
    );
  });

  it("days in every way of writing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), (number) => {
        const day = fromEpochDay(number);
        const [year, month, date] = day.split("-").map(Number);
        for (const text of [
          day,
          `${year}年${month}月${date}日`,
          `${year}.${month}.${date}`,
          `${year}/${month}/${date}`,
          day.replaceAll("-", ""),
          String(number + 25_569),
        ])
          expect(parseDate(text)).toEqual({ kind: "date", text: day });
      }),
    );
  });

  it("ranges of days in order only", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 400 }), (number, length) => {
        const [from, to] = [fromEpochDay(number), fromEpochDay(number + length)];
        expect(parseDateRange(`${from}至${to}`)).toEqual({ from, to });
        if (length > 0) expect(parseDateRange(`${to}至${from}`)).toBeUndefined();
      }),
    );
  });

  const digit = fc.constantFrom(..."一二三四五六七八九");
  const basis = fc.record({
    title: fc.constantFrom("演示用水条例", "中华人民共和国演示法", "演示市河道管理办法"),
    article: digit.map((number) => `第${number}十${number}条`),
    paragraph: fc.option(
      digit.map((number) => `第${number}款`),
      { nil: undefined },
    ),
    item: fc.option(
      digit.map((number) => `第(${number})项`),
      { nil: undefined },
    ),
  });

  it.each([["、"], [";"], ["\n"], [""]])("bases joined by “%s”", (join) => {
    fc.assert(
      fc.property(fc.array(basis, { minLength: 1, maxLength: 4 }), (given) => {
        const read = splitBasis(given.map(sayBasis).join(join)).bases;
        expect(read.map(sayBasis)).toEqual(given.map(sayBasis));
      }),
    );
  });
});

it.each([
  ["140802", "140802"],
  ["盐湖区(140802)", "140802"],
  ["140802001", "140802001"],
  ["140802001000", "140802001"],
  ["140802000000", "140802"],
  ["140800-KFQ", "140800-KFQ"],
  ["1408020", undefined],
  ["13800001234", undefined],
  ["盐湖区", undefined],
])("the area code in %s is %s", (text, code) => {
  expect(parseAreaCode(text)).toBe(code);
});

it.each([
  ["是", true],
  ["可以匿名", true],
  ["已备案", true],
  ["√", true],
  ["否", false],
  ["不可以", false],
  ["未备案", false],
  ["/", undefined],
  ["—", undefined],
  ["待备案", undefined],
  ["实名", undefined],
  ["可实名", undefined],
  ["不适用", undefined],
  ["受理匿名举报", true],
  ["不受理匿名投诉", false],
])("%s says %s", (text, said) => {
  expect(parseYesNo(text)).toBe(said);
});
