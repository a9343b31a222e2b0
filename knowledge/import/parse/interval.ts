/** Amounts, multiples and quantities with their ends: 以上、以下、以内、不超过 include; 不满、不足、超过 exclude. */
import type { Interval } from "../../../src/records/primitives.ts";
import { NUMERAL, parseNumeral } from "./numeral.ts";

const UNIT =
  "元人民币|元|倍|%|平方米|立方米|公顷|亩|公里|千米|米|吨|公斤|千克|克|人次|人|日|天|次|头|只|株|棵|家|户|件|辆|台|瓶|箱|份|个";
const INCLUSION =
  "(?:\\((?:含|不含|包含|不包含|不包括|包括)(?:本数|本级|[\\d,零〇一二两三四五六七八九十百千]+万?元?)?\\))?";
const QUANTITY = `(?:百分之${NUMERAL}|${NUMERAL}(?:${UNIT})?)`;
const BEFORE_MIN = "超过|高于|大于|多于|逾|不少于|不低于|不小于|至少|≥|>=|>";
const BEFORE_MAX =
  "最高不超过|不超过|未超过|不高于|不大于|不多于|至多|最高|不满|不足|未满|未达到|低于|少于|小于|≤|<=|<";
const AFTER_MIN = "及以上|以上|起";
const AFTER_MAX = "及以下|以下|以内|之内";
const DASH = "至|到|-|—|–|~|―|─";

const MIN_END = `(?:(?<bmin>${BEFORE_MIN})(?<q1>${QUANTITY})(?<i1>${INCLUSION})|(?<q2>${QUANTITY})(?<i2>${INCLUSION})(?:${AFTER_MIN})(?<i2b>${INCLUSION}))`;
const MAX_END = `(?:(?<bmax>${BEFORE_MAX})(?<q3>${QUANTITY})(?<i3>${INCLUSION})|(?<q4>${QUANTITY})(?<i4>${INCLUSION})(?:${AFTER_MAX})(?<i4b>${INCLUSION}))`;
const RANGE = `(?<r1>${QUANTITY})(?<ri1>${INCLUSION})(?:${DASH})(?<r2>${QUANTITY})(?<ri2>${INCLUSION})(?:以下|以内)?`;

const JOIN = `(?:的?[,、且]?(?:但|并且|${DASH})?)`;
const EXPRESSION = new RegExp(
  `${RANGE}|(?:${MIN_END})(?:${JOIN}(?:${MAX_END.replace(/\?<(\w+)>/g, "?<x$1>")}|(?<=${DASH})(?<xq5>${QUANTITY})(?<xi5>${INCLUSION})))?|${MAX_END.replace(/\?<(\w+)>/g, "?<y$1>")}|(?<exact>${QUANTITY})`,
  "gu",
);

export interface FoundInterval {
  readonly interval: Interval;
  /** Position in the text handed in, white space removed. */
  readonly index: number;
  readonly text: string;
  /** Written with 不超过, which some lists use without the end: shown to a person. */
  readonly hedged: boolean;
}

/** The text intervals are searched in: NFKC, no white space. Positions refer to it. */
export function intervalText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "").replace(/[≧]/g, "≥").replace(/[≦]/g, "≤");
}

/** Every interval in `text`, in order. Bare numbers without a unit are left out. */
export function findIntervals(text: string): FoundInterval[] {
  const plain = intervalText(text);
  const found: FoundInterval[] = [];
  for (const match of plain.matchAll(EXPRESSION)) {
    const interval = toInterval(match.groups ?? {});
    if (!interval) continue;
    found.push({
      interval,
      index: match.index,
      text: match[0],
      hedged: /不超过|未超过|不高于|不大于|不多于/.test(match[0]),
    });
  }
  return found;
}

/** The interval when the whole text is one; undefined otherwise. */
export function parseInterval(text: string): Interval | undefined {
  const plain = intervalText(text);
  const found = findIntervals(plain);
  return found.length === 1 && found[0]!.text.length === plain.length ? found[0]!.interval : undefined;
}

/** `1000元以上不满10000元`: reads back as the same interval. */
export function sayInterval(interval: Interval): string {
  const { min, max, unit } = interval;
  if (min !== null && min === max) return `${min}${unit}`;
  const low = min === null ? "" : interval.minIncluded ? `${min}${unit}以上` : `超过${min}${unit}`;
  const high = max === null ? "" : interval.maxIncluded ? `${max}${unit}以下` : `不满${max}${unit}`;
  return `${low}${high}`;
}

interface Quantity {
  readonly value: number;
  readonly unit: string;
  /** Scale word of the number, carried over in `1-3万元`. */
  readonly scale: number;
}

function toInterval(groups: Record<string, string | undefined>): Interval | undefined {
  if (groups.exact !== undefined) {
    const exact = readQuantity(groups.exact);
    if (!exact || exact.unit === "") return undefined;
    return { min: exact.value, minIncluded: true, max: exact.value, maxIncluded: true, unit: exact.unit };
  }
  if (groups.r1 !== undefined && groups.r2 !== undefined) {
    return build(
      { quantity: groups.r1, included: !isExcluded(groups.ri1) },
      { quantity: groups.r2, included: !isExcluded(groups.ri2) },
    );
  }
  const low = groups.q1 ?? groups.q2;
  const high = groups.xq3 ?? groups.xq4 ?? groups.xq5 ?? groups.yq3 ?? groups.yq4;
  return build(
    low === undefined
      ? undefined
      : {
          quantity: low,
          included: included(!/^(超过|高于|大于|多于|逾|>)$/.test(groups.bmin ?? ""), [
            groups.i1,
            groups.i2,
            groups.i2b,
          ]),
        },
    high === undefined
      ? undefined
      : {
          quantity: high,
          included: included(
            !/^(不满|不足|未满|未达到|低于|少于|小于|<)$/.test(groups.xbmax ?? groups.ybmax ?? ""),
            [groups.xi3, groups.xi4, groups.xi4b, groups.xi5, groups.yi3, groups.yi4, groups.yi4b],
          ),
        },
  );
}

interface End {
  readonly quantity: string;
  readonly included: boolean;
}

function build(low: End | undefined, high: End | undefined): Interval | undefined {
  let min = low && readQuantity(low.quantity);
  const max = high && readQuantity(high.quantity);
  if ((low && !min) || (high && !max)) return undefined;
  const unit = max?.unit || min?.unit || "";
  if (unit === "" || (min && max && min.unit !== "" && min.unit !== unit)) return undefined;
  // `1-3万元` means 1万; `5000-1万元` means 5000.
  if (
    min &&
    max &&
    min.unit === "" &&
    min.scale === 1 &&
    max.scale > 1 &&
    min.value < max.value / max.scale
  ) {
    min = { ...min, value: min.value * max.scale };
  }
  if (min && max && min.value > max.value) return undefined;
  return {
    min: min?.value ?? null,
    minIncluded: min ? (low?.included ?? false) : false,
    max: max?.value ?? null,
    maxIncluded: max ? (high?.included ?? false) : false,
    unit,
  };
}

function readQuantity(text: string): Quantity | undefined {
  const percent = new RegExp(`^百分之(${NUMERAL})$`).exec(text);
  if (percent) {
    const value = parseNumeral(percent[1]!);
    return value === undefined ? undefined : { value, unit: "%", scale: 1 };
  }
  const match = new RegExp(`^(${NUMERAL})(${UNIT})?$`).exec(text);
  const value = match && parseNumeral(match[1]!);
  if (!match || value === undefined || value === null) return undefined;
  const unit = match[2] === "元人民币" ? "元" : match[2] === "天" ? "日" : (match[2] ?? "");
  const scale = /万$/.test(match[1]!)
    ? 10_000
    : /亿$/.test(match[1]!)
      ? 100_000_000
      : /\d[百千]$/.test(match[1]!)
        ? match[1]!.endsWith("千")
          ? 1000
          : 100
        : 1;
  return { value, unit, scale };
}

function isExcluded(mark: string | undefined): boolean {
  return mark !== undefined && /不含|不包/.test(mark);
}

function included(byWord: boolean, marks: readonly (string | undefined)[]): boolean {
  const mark = marks.find((text) => text !== undefined && text !== "");
  return mark === undefined ? byWord : !isExcluded(mark);
}
