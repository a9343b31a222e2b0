/** Numbers as people type them: 12 (either width), 十二, 二〇二六, 两, 廿三. */

const DIGIT: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  "○": 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  仨: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Character class body for a number. */
export const NUMBER = "0-9零〇○一二两俩三仨四五六七八九十廿卅百";

/** Full-width digits and marks as half-width ones, character for character, so positions stay the same. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (at) => String.fromCharCode(at.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\t]/g, " ");
}

/** The number written, or undefined. 百 is the largest unit read. */
export function parseNumeral(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const spelled = text.replace(/^廿/, "二十").replace(/^卅/, "三十");
  if (!/[十百]/.test(spelled)) {
    const digits = [...spelled].map((at) => DIGIT[at] ?? (/\d/.test(at) ? Number(at) : undefined));
    return digits.length > 0 && digits.every((digit) => digit !== undefined)
      ? Number(digits.join(""))
      : undefined;
  }
  let total = 0;
  let digit: number | undefined;
  for (const at of spelled) {
    if (at === "十" || at === "百") {
      total += (digit ?? 1) * (at === "十" ? 10 : 100);
      digit = undefined;
    } else digit = DIGIT[at] ?? (/\d/.test(at) ? Number(at) : digit);
  }
  return total + (digit ?? 0);
}
