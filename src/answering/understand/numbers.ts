/** Chinese and formal numerals, as spoken: 两千五 is 2500, 三万五 is 35 000, 壹仟 is 1000. */

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  俩: 2,
  三: 3,
  叁: 3,
  仨: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const units: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
};
const groups: Readonly<Record<string, number>> = { 万: 10_000, 萬: 10_000, 亿: 100_000_000 };

/** The characters a numeral is made of, for use inside a regular expression's brackets. */
export const NUMERAL = "零〇一二两俩三仨四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬";

/**
 * The value of a Chinese numeral, undefined when it is none. A last bare digit after a unit counts at the next lower
 * unit (三万五 = 35 000, 一百二 = 120) unless 零 stands before it (一百零二 = 102). Digit strings (二〇一七) are read as such.
 */
export function readNumeral(text: string): number | undefined {
  if (text === "") return undefined;
  if ([...text].every((character) => character in digits)) {
    return Number([...text].map((character) => digits[character]).join(""));
  }
  let total = 0;
  let group = 0;
  let digit: number | undefined;
  let lastUnit = 0;
  let afterZero = false;
  for (const character of text) {
    const value = digits[character];
    const unit = units[character];
    const big = groups[character];
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = value;
      afterZero = value === 0 || (afterZero && digit === 0);
      if (value === 0) lastUnit = 1;
    } else if (unit !== undefined) {
      group += (digit ?? (group === 0 ? 1 : 0)) * unit;
      digit = undefined;
      lastUnit = unit;
    } else if (big !== undefined) {
      const before = group + (digit ?? 0);
      if (before === 0 && total === 0) return undefined;
      total = (total + before) * big;
      group = 0;
      digit = undefined;
      lastUnit = big;
    } else return undefined;
  }
  if (digit !== undefined) group += lastUnit >= 100 ? digit * (lastUnit / 10) : digit;
  return total + group;
}
