/** The lunar calendar (农历) between 1950 and 2099, from the ICU data that ships with the runtime. */
import { addDays, type Day, makeDay, toEpochDay, weekdayOf } from "./day.ts";

export interface LunarDate {
  /** The Gregorian year in which this lunar year began. */
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** A leap month (闰月). */
  readonly leap: boolean;
  /** 1–30. */
  readonly day: number;
}

const format = new Intl.DateTimeFormat("en-u-ca-chinese", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

/** The lunar date of a day. */
export function toLunar(day: Day): LunarDate {
  const parts = new Map<string, string>();
  for (const { type, value } of format.formatToParts(new Date(toEpochDay(day) * 86_400_000)))
    parts.set(type, value);
  const month = parts.get("month") ?? "";
  return {
    year: Number(parts.get("relatedYear")),
    month: Number.parseInt(month, 10),
    leap: month.endsWith("bis"),
    day: Number(parts.get("day")),
  };
}

/** The day of lunar `month`/`dayOfMonth` in the lunar year beginning in `year`; undefined when there is none. */
export function fromLunar(year: number, month: number, dayOfMonth: number, leap = false): Day | undefined {
  // A lunar month m starts 18 to 79 days after the same-numbered Gregorian month's start.
  const start = makeDay(year, month, 1);
  if (!start || dayOfMonth < 1 || dayOfMonth > 30) return undefined;
  for (let offset = 15; offset <= 120; offset += 1) {
    const day = addDays(start, offset);
    const lunar = toLunar(day);
    if (lunar.year === year && lunar.month === month && lunar.leap === leap && lunar.day === dayOfMonth) {
      return day;
    }
  }
  return undefined;
}

/** 清明: valid 1950–2099 (the solar term drifts between 4 and 6 April). */
export function qingming(year: number): Day {
  const dayOfMonth =
    year < 2000 ? 5 : Math.floor(4.81 + 0.2422 * (year - 2000)) - Math.floor((year - 2000) / 4);
  return makeDay(year, 4, dayOfMonth) ?? `${year}-04-05`;
}

/**
 * Statutory holidays fixed by 《全国年节及纪念日放假办法》 (2024) alone, by name: 13 days a year.
 * Used where no notice is published; it knows nothing of moved weekends.
 */
export function statutoryHolidays(year: number): ReadonlyMap<Day, string> {
  const days = new Map<Day, string>();
  const put = (name: string, first: Day | undefined, count: number) => {
    for (let i = 0; first && i < count; i += 1) days.set(addDays(first, i), name);
  };
  const spring = fromLunar(year, 1, 1);
  put("元旦", makeDay(year, 1, 1), 1);
  put("春节", spring && addDays(spring, -1), 4);
  put("清明节", qingming(year), 1);
  put("劳动节", makeDay(year, 5, 1), 2);
  put("端午节", fromLunar(year, 5, 5), 1);
  put("中秋节", fromLunar(year, 8, 15), 1);
  put("国庆节", makeDay(year, 10, 1), 3);
  return days;
}

/**
 * Days that a notice is likely to add to the fixed holidays: eight days at 春节, seven or eight at 国庆,
 * five at 劳动节, three (with the weekend) elsewhere, and a day of margin. Only for choosing a safe day.
 */
export function likelyRest(year: number): ReadonlySet<Day> {
  const after: Readonly<Record<string, number>> = { 春节: 5, 国庆节: 6, 劳动节: 4 };
  const days = new Set<Day>();
  for (const [day, name] of statutoryHolidays(year)) {
    const reach = after[name] ?? 0;
    for (let i = name === "春节" ? -1 : 0; i <= reach; i += 1) days.add(addDays(day, i));
    if (reach > 0) continue;
    // A holiday on Tuesday or Thursday may be bridged to the weekend.
    if (weekdayOf(day) === 2) days.add(addDays(day, -1));
    if (weekdayOf(day) === 4) days.add(addDays(day, 1));
  }
  return days;
}
