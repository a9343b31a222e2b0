/** Turning the parts of a said date into a day, or saying why not. Part of `trigger.ts`. */
import { addDays, type Day, makeDay, sayDate, sayDay, yearOf } from "./day.ts";
import { fromLunar, qingming, toLunar } from "./lunar.ts";
import { parseNumeral } from "./numerals.ts";
import { addMonths } from "./period.ts";

export type DayReading =
  | { readonly kind: "day"; readonly day: Day; readonly assumed?: string }
  | { readonly kind: "ambiguous"; readonly options: readonly Day[]; readonly ask: string }
  | { readonly kind: "approximate"; readonly earliest?: Day; readonly latest?: Day; readonly ask: string }
  | { readonly kind: "impossible"; readonly why: string }
  | { readonly kind: "future"; readonly day: Day; readonly why: string };

export const YEAR_WORDS: Readonly<Record<string, number>> = {
  今年: 0,
  本年: 0,
  去年: -1,
  前年: -2,
  上年: -1,
  明年: 1,
};

export const num = (text: string | undefined) =>
  text === undefined ? Number.NaN : (parseNumeral(text) ?? Number.NaN);

export const weekIndex = (d: string) =>
  "一二三四五六日".indexOf(d) >= 0 ? "一二三四五六日".indexOf(d) : d === "天" ? 6 : Number(d) - 1;

/** 26 → 2026; 98 → 1998. */
export function fullYear(year: number, today: Day): number {
  if (year >= 100) return year;
  return 2000 + year <= yearOf(today) + 1 ? 2000 + year : 1900 + year;
}

export function exact(year: number, month: number, dayOfMonth: number, today: Day): DayReading {
  const day = makeDay(year, month, dayOfMonth);
  if (!day) return impossible(month, dayOfMonth, year);
  return plainDay(day, today);
}

export function plainDay(day: Day, today: Day, assumed?: string): DayReading {
  if (day > today) return { kind: "future", day, why: `${sayDate(day)}还没有到,请核对日期。` };
  return { kind: "day", day, ...(assumed ? { assumed } : {}) };
}

export function impossible(month: number, dayOfMonth: number, year?: number): DayReading {
  const why = !(month >= 1 && month <= 12)
    ? `没有${month}月,请核对日期。`
    : `${year ? `${year}年` : ""}${month}月没有${dayOfMonth}日,请核对日期。`;
  return { kind: "impossible", why };
}

/** The most recent such day; asked about when this year's is due within a month. */
export function monthDay(month: number, dayOfMonth: number, today: Day): DayReading {
  const year = yearOf(today);
  const here = makeDay(year, month, dayOfMonth);
  const before = makeDay(year - 1, month, dayOfMonth);
  if (here && here <= today) return { kind: "day", day: here, assumed: `按${sayDate(here)}理解` };
  if (!here && !before)
    return impossible(month, dayOfMonth, month === 2 && dayOfMonth === 29 ? year : undefined);
  if (here && here <= addDays(today, 31)) {
    return {
      kind: "ambiguous",
      options: before ? [before] : [],
      ask: `今年的${month}月${dayOfMonth}日还没有到。您是说${before ? sayDate(before) : "哪一天"}吗?`,
    };
  }
  if (!before) return impossible(month, dayOfMonth, year - 1);
  return { kind: "day", day: before, assumed: `今年的还没到,按${sayDate(before)}理解` };
}

export function dayOfMonth(day: number, today: Day): DayReading | undefined {
  if (!(day >= 1 && day <= 31)) return undefined;
  for (let back = 0; back <= 2; back += 1) {
    const month = addMonths(`${today.slice(0, 8)}01` as Day, -back);
    const found = makeDay(yearOf(month), Number(month.slice(5, 7)), day);
    if (found && found <= today)
      return { kind: "day", day: found, assumed: `没说几月,按最近的${sayDate(found)}理解` };
  }
  return undefined;
}

const LUNAR_MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 };

function lunarDayNumber(text: string): number {
  return num(text.replace(/^初/, ""));
}

/** The lunar day in the named year, else the most recent one. */
function lunarDay(
  word: string | undefined,
  month: number,
  day: number,
  leap: boolean,
  today: Day,
): Day | undefined {
  const year = toLunar(today).year + (word ? (YEAR_WORDS[word] ?? 0) : 0);
  const here = fromLunar(year, month, day, leap);
  if (word) return here;
  if (here && here <= today) return here;
  return fromLunar(year - 1, month, day, leap) ?? here;
}

export function lunar(
  word: string | undefined,
  month: string,
  day: string,
  leap: boolean,
  today: Day,
): DayReading {
  const found = lunarDay(word, LUNAR_MONTHS[month] ?? num(month), lunarDayNumber(day), leap, today);
  if (!found) return { kind: "impossible", why: `农历${month}月没有${day}这一天,请核对日期。` };
  return plainDay(found, today, `农历${month}月${day}是${sayDay(found)}`);
}

export function lunarOrSolar(month: number, day: string, today: Day): DayReading {
  const byMoon = lunarDay(undefined, month, lunarDayNumber(day), false, today);
  const bySun = monthDay(month, lunarDayNumber(day), today);
  const options = [byMoon, bySun.kind === "day" ? bySun.day : undefined].filter((one) => one !== undefined);
  if (options.length === 0) return impossible(month, lunarDayNumber(day));
  return {
    kind: "ambiguous",
    options,
    ask: `“${month}月${day}”是农历还是公历?农历是${byMoon ? sayDate(byMoon) : "没有这一天"}${bySun.kind === "day" ? `,公历是${sayDate(bySun.day)}` : ""}。`,
  };
}

export function festivalDay(name: string, year: number): Day | undefined {
  if (/^元旦/.test(name)) return makeDay(year, 1, 1);
  if (/^(春节|大年初一)/.test(name)) return fromLunar(year, 1, 1);
  if (/(除夕|年三十)/.test(name)) {
    const spring = fromLunar(year, 1, 1);
    return spring && addDays(spring, -1);
  }
  if (/^元宵/.test(name)) return fromLunar(year, 1, 15);
  if (/^清明/.test(name)) return qingming(year);
  if (/^(五一|劳动节)/.test(name)) return makeDay(year, 5, 1);
  if (/^端午/.test(name)) return fromLunar(year, 5, 5);
  if (/中秋/.test(name)) return fromLunar(year, 8, 15);
  return makeDay(year, 10, 1);
}

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
