/** Vague words for days: a range and a question, never a date. Part of `trigger.ts`. */
import { addDays, type Day, makeDay, sayDay, weekdayOf, yearOf } from "./day.ts";
import { addMonths } from "./period.ts";
import {
  type DayReading,
  earlier,
  festivalDay,
  impossible,
  num,
  plainDay,
  YEAR_WORDS,
} from "./trigger-readings.ts";

export function festival(
  { w, f = "", near }: Readonly<Record<string, string>>,
  today: Day,
): DayReading | undefined {
  const year = yearOf(today) + (w ? (YEAR_WORDS[w] ?? 0) : 0);
  let day = festivalDay(f, year);
  if (day && !w && day > today) day = festivalDay(f, year - 1);
  if (!day) return undefined;
  if (near) {
    return {
      kind: "approximate",
      earliest: addDays(day, near === "后" ? 0 : -7),
      latest: earlier(addDays(day, 10), today),
      ask: `${f}${near}具体是哪一天?文书或快递记录上有日期。`,
    };
  }
  return plainDay(day, today, `${f}是${sayDay(day)}`);
}

/** "三天前" is a day; anything rounder is a range. A length with nothing that says "ago" is not a day. */
export function ago(part: Readonly<Record<string, string>>, today: Day): DayReading | undefined {
  const { fuzzy, n = "", more, half, u = "", over, tail } = part;
  if (!tail && !fuzzy) return undefined;
  if (tail === "了" && !fuzzy && /^[天日]$/.test(u) === false && !more && !over && n !== "半")
    return range(num(n), u, today);
  const vague =
    fuzzy !== undefined || more !== undefined || over !== undefined || half !== undefined || /半|几/.test(n);
  const count = n === "半" ? 0.5 : /几/.test(n) ? 5 : num(n);
  if (!Number.isFinite(count) || count === 0) return undefined;
  if (!vague && /^[天日]$/.test(u)) {
    if (count > 400) return undefined;
    const day = addDays(today, -count);
    return { kind: "day", day, assumed: `${count}天前是${sayDay(day)}` };
  }
  return range(count, u, today);
}

function range(count: number, unit: string, today: Day): DayReading | undefined {
  const perUnit = /^[天日]$/.test(unit) ? 1 : /周|星期|礼拜/.test(unit) ? 7 : unit === "月" ? 30.4 : 365;
  if (!Number.isFinite(count) || count * perUnit > 3700) return undefined;
  const middle = Math.round(count * perUnit);
  const slack = Math.max(2, Math.round(middle * 0.3));
  return {
    kind: "approximate",
    earliest: addDays(today, -(middle + slack)),
    latest: addDays(today, -Math.max(0, middle - slack)),
    ask: "差一天都可能影响期限,请告诉我具体日期;文书或快递记录上有。",
  };
}

export function recent(_part: Readonly<Record<string, string>>, today: Day): DayReading {
  return {
    kind: "approximate",
    earliest: addDays(today, -15),
    latest: today,
    ask: "请告诉我具体是哪一天;文书落款或签收记录上有。",
  };
}

export function lastWeek({ w = "" }: Readonly<Record<string, string>>, today: Day): DayReading {
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const back = w.startsWith("上上") ? 14 : w.startsWith("上") ? 7 : 0;
  return {
    kind: "approximate",
    earliest: addDays(monday, -back),
    latest: earlier(addDays(monday, 6 - back), today),
    ask: "请问是那一周的星期几?",
  };
}

export function partOfYear(
  { w, part = "" }: Readonly<Record<string, string>>,
  today: Day,
): DayReading | undefined {
  const year = yearOf(today) + (w ? (YEAR_WORDS[w] ?? 0) : 0);
  const at = (month: number, day: number) => makeDay(year, month, day) ?? today;
  const spans: readonly (readonly [RegExp, Day, Day])[] = [
    [/上半年/, at(1, 1), at(6, 30)],
    [/下半年/, at(7, 1), at(12, 31)],
    [/春/, at(2, 1), at(5, 31)],
    [/夏/, at(5, 1), at(8, 31)],
    [/秋/, at(8, 1), at(11, 30)],
    [/冬/, at(11, 1), at(12, 31)],
    [/初/, at(1, 1), at(2, 28)],
    [/中/, at(5, 1), at(8, 31)],
    [/底|末/, at(11, 1), at(12, 31)],
    [/^$/, at(1, 1), at(12, 31)],
  ];
  const span = spans.find(([pattern]) => pattern.test(part));
  if (!span || span[1] > today) return undefined;
  return {
    kind: "approximate",
    earliest: span[1],
    latest: earlier(span[2], today),
    ask: `${year}年的哪一天?请看文书落款或签收记录。`,
  };
}

export function partOfMonth(
  word: string | undefined,
  month: number,
  part: string | undefined,
  today: Day,
): DayReading {
  if (!(month >= 1 && month <= 12)) return impossible(month, 1);
  const year = yearOf(today) + (word ? (YEAR_WORDS[word] ?? 0) : 0);
  const first = makeDay(year, month, 1) ?? today;
  return rangeInMonth(!word && first > today ? year - 1 : year, month, part, today);
}

export function rangeInMonth(year: number, month: number, part: string | undefined, today: Day): DayReading {
  const first = makeDay(year, month, 1) ?? today;
  const end = addDays(addMonths(first, 1), -1);
  const early = part !== undefined && /初|上旬/.test(part);
  const middle = part !== undefined && /中/.test(part);
  const late = part !== undefined && /底|末|下旬/.test(part);
  const earliest = middle ? addDays(first, 10) : late ? addDays(first, 20) : first;
  const latest = early ? addDays(first, 9) : middle ? addDays(first, 19) : end;
  return {
    kind: "approximate",
    earliest,
    latest: earlier(latest, today),
    ask: `${year}年${month}月的哪一天?请看文书落款或签收记录。`,
  };
}
