/** Chinese and Arabic numerals as they stand in published lists. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  两: 2,
  贰: 2,
  三: 3,
  叁: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SMALL: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** Source text of a regular expression that matches one numeral with its scale: `3万`, `1,000`, `一百二十三`. */
export const NUMERAL =
  "(?:\\d[\\d,]*(?:\\.\\d+)?(?:[十百千]?[万亿]|[百千])?|[零〇一二两三四五六七八九十廿百千万亿]+)";

/**
 * The value of a numeral: `一百二十三` 123, `两百` 200, `廿三` 23, `二〇二六` 2026, `1.5万` 15000, `1,000` 1000.
 * Undefined when the text is not one numeral.
 */
export function parseNumeral(text: string): number | undefined {
  const plain = text.normalize("NFKC").replace(/[\s,]/g, "").replace(/廿/g, "二十");
  const arabic = /^(\d+(?:\.\d+)?)([十百千]?[万亿]|[百千])?$/.exec(plain);
  if (arabic) return round(Number(arabic[1]) * scaleOf(arabic[2] ?? ""));
  if (!/^[零〇一壹二两贰三叁四五六七八九十拾百佰千仟万亿]+$/.test(plain)) return undefined;
  if (/^[零〇一二三四五六七八九]{2,}$/.test(plain)) {
    return Number([...plain].map((digit) => DIGITS[digit]).join(""));
  }
  return parseChinese(plain);
}

function parseChinese(text: string): number | undefined {
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const character of text) {
    const value = DIGITS[character];
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = value;
      continue;
    }
    const small = SMALL[character];
    if (small !== undefined) {
      section += (digit || 1) * small;
      digit = undefined;
      continue;
    }
    total = (total + section + (digit ?? 0)) * (LARGE[character] ?? 1);
    section = 0;
    digit = undefined;
  }
  return total + section + (digit ?? 0);
}

function scaleOf(suffix: string): number {
  let scale = 1;
  for (const character of suffix) scale *= SMALL[character] ?? LARGE[character] ?? 1;
  return scale;
}

/** 1.1 × 10000 must be 11000, not 11000.000000000002. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
