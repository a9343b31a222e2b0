/** Office phones, and personal numbers that must not be kept. */
import { Phone } from "../../../src/records/primitives.ts";
import { all, type Context, type DataRow } from "./context.ts";

const RETIRED = new Set([
  "12301",
  "12312",
  "12330",
  "12331",
  "12336",
  "12349",
  "12356",
  "12358",
  "12365",
  "12396",
]);

/** Numbers merged into 12345 or 12315. */
export const isRetiredNumber = (number: string): boolean => RETIRED.has(number);

/** Office phones of a cell; mobile, retired and malformed ones are left out and said. */
export function phonesOf(row: DataRow, field: string, context: Context): string[] {
  const phones: string[] = [];
  for (const text of all(row, field)) {
    for (const part of text.normalize("NFKC").split(/[\s,、;/或]+/)) {
      const plain = part
        .replace(/^[\u4e00-\u9fa5]*[::]?/, "")
        .replace(/[()]/g, (c) => (c === ")" ? "-" : ""))
        .replace(/[—–]/g, "-");
      if (plain === "") continue;
      const good = Phone.safeParse(plain).success && !RETIRED.has(plain) && !/^1[3-9]\d{9}$/.test(plain);
      if (good) phones.push(plain);
      else
        context.report("W39", row, field, {
          v: /^1[3-9]\d{9}$/.test(plain) ? `${plain.slice(0, 3)}********` : part.slice(0, 20),
        });
    }
  }
  return [...new Set(phones)];
}

/** A resident ID number by its check digit, or a mobile number, anywhere in a text. */
export function personalNumberIn(text: string): string | undefined {
  const plain = text.normalize("NFKC").toUpperCase();
  for (const [number] of plain.matchAll(/(?<!\d)\d{17}[\dX](?![\dA-Z])/g)) {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
    if ("10X98765432"[sum % 11] === number[17]) return "居民身份证号";
  }
  return /(?<!\d)1[3-9]\d{9}(?!\d)/.test(plain) ? "手机号码" : undefined;
}
