/** Dates as precise as they were published: `2021.7`, `2021年7月`, `45231`, `长期`. */
import { fromEpochDay, makeDay } from "../../../src/law/day.ts";

export type ParsedDate =
  | { readonly kind: "date" /** `2021`, `2021-07` or `2021-07-17`. */; readonly text: string }
  | { readonly kind: "longTerm" };

/** Day number 1 of spreadsheets is 1900-01-01, with the 1900 leap-day fault: 25569 is 1970-01-01. */
const SERIAL_OF_1970 = 25_569;

/** Undefined when the text is not exactly one real date. */
export function parseDate(text: string): ParsedDate | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/\s+(?=\d{1,2}:\d{2})/, "T")
    .replace(/\s+/g, "")
    .replace(/T\d{1,2}:\d{2}(:\d{2})?$/, "")
    .replace(/^(?:有效期)?(?:至|到|截至|截止)[::]?/, "")
    .replace(/(?:止|前|起|以前)$/, "");
  if (/^(长期|长期有效|永久|永久有效|无固定期限)$/.test(plain)) return { kind: "longTerm" };
  const parts =
    /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?$/.exec(plain) ??
    /^(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(plain)?.filter((_, index) => index !== 2) ??
    /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(plain) ??
    /^((?:19|20)\d{2})()()$/.exec(plain);
  if (parts) return fromParts(Number(parts[1]), Number(parts[2] || 0), Number(parts[3] || 0));
  if (/^\d{5}(\.\d+)?$/.test(plain)) {
    const serial = Math.floor(Number(plain));
    if (serial >= 25_000 && serial <= 73_050)
      return { kind: "date", text: fromEpochDay(serial - SERIAL_OF_1970) };
  }
  const chinese =
    /^([二〇零一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$/.exec(
      plain,
    );
  if (chinese) return fromParts(chineseDigits(chinese[1]!), small(chinese[2]!), small(chinese[3]!));
  return undefined;
}

/** A whole day, or undefined when the text is less precise or no date. */
export function parseDayText(text: string): string | undefined {
  const parsed = parseDate(text);
  return parsed?.kind === "date" && parsed.text.length === 10 ? parsed.text : undefined;
}

/** Both ends of `2021.1.1-2023.12.31`, `2021年1月1日至2023年12月31日`. */
export function parseDateRange(text: string): { from: string; to: string } | undefined {
  const plain = text.normalize("NFKC").replace(/\s+/g, "");
  const dot = "\\d{4}(?:年\\d{1,2}月\\d{1,2}日|\\.\\d{1,2}\\.\\d{1,2}|/\\d{1,2}/\\d{1,2}|-\\d{1,2}-\\d{1,2})";
  const match = new RegExp(`^自?(${dot})(?:起)?(?:至|到|-|—|–|~|―)+(${dot})(?:止)?$`).exec(plain);
  const from = match && parseDayText(match[1]!);
  const to = match && parseDayText(match[2]!);
  return from && to && from <= to ? { from, to } : undefined;
}

/** The last day a partial date can mean: `2024-12` → `2024-12-31`. */
export function lastDayOf(partial: string): string {
  const [year = "", month, day] = partial.split("-");
  if (day) return partial;
  if (!month) return `${year}-12-31`;
  for (let last = 31; last > 27; last--) {
    const real = makeDay(Number(year), Number(month), last);
    if (real) return real;
  }
  return partial;
}

function fromParts(year: number, month: number, day: number): ParsedDate | undefined {
  if (year < 1949 || year > 2100) return undefined;
  if (month === 0) return { kind: "date", text: String(year) };
  if (month > 12) return undefined;
  const yearMonth = `${year}-${String(month).padStart(2, "0")}`;
  if (day === 0) return { kind: "date", text: yearMonth };
  const real = makeDay(year, month, day);
  return real ? { kind: "date", text: real } : undefined;
}

function chineseDigits(text: string): number {
  return Number(
    [...text].map((digit) => "〇一二三四五六七八九".indexOf(digit === "零" ? "〇" : digit)).join(""),
  );
}

function small(text: string): number {
  const tens = text.indexOf("十");
  const digit = (c: string) => Math.max("〇一二三四五六七八九".indexOf(c), 0);
  if (tens < 0) return digit(text);
  return (tens === 0 ? 1 : digit(text[0]!)) * 10 + (text[tens + 1] ? digit(text[tens + 1]!) : 0);
}
