/**
 * Working days and rest days, from the State Council's yearly notices.
 *
 * A year is known when its notice is in the calendar. Days of any other year are projected from weekends and
 * the fixed holidays of 《全国年节及纪念日放假办法》; whoever uses them must say so.
 */
import { z } from "zod";
import { AppError } from "../error.ts";
import { addDays, type Day, fromEpochDay, parseDay, toEpochDay, weekdayOf, yearOf } from "./day.ts";
import { likelyRest, statutoryHolidays } from "./lunar.ts";

const DayField = z.string().transform((text, context): Day => {
  const day = parseDay(text);
  if (day) return day;
  context.addIssue({ code: "custom", message: `“${text}”不是真实的日期,应写成 2026-05-01` });
  return z.NEVER;
});

/** The State Council notice a year's data comes from. `mark` `S`: the notice itself was not read. */
const HolidayNotice = z.object({
  title: z.string().min(1),
  docNo: z.string().optional(),
  date: DayField.optional(),
  mark: z.enum(["T", "S", "I"]),
  caution: z.string().optional(),
});
export type HolidayNotice = z.infer<typeof HolidayNotice>;

/** One published year: which days rest, and which weekend days work instead (调休上班). */
const CalendarYear = z
  .object({
    year: z.number().int().min(1950).max(2099),
    /** The yearly notice first, then any that changed it. */
    notices: z.array(HolidayNotice).min(1),
    /** Inclusive stretches; a year's notice may begin in the last days of the year before. */
    rest: z.array(z.object({ name: z.string().min(1), from: DayField, to: DayField })).min(1),
    work: z.array(DayField),
  })
  .superRefine((data, context) => {
    const say = (message: string) => context.addIssue({ code: "custom", message });
    const near = (day: Day) => yearOf(day) === data.year || day >= `${data.year - 1}-12-25`;
    for (const { name, from, to } of data.rest) {
      if (to < from) say(`${name}的结束日 ${to} 早于开始日 ${from}`);
      if (!near(from) || yearOf(to) > data.year) say(`${name} ${from} 至 ${to} 不属于 ${data.year} 年的安排`);
    }
    for (const day of data.work) {
      if (weekdayOf(day) !== 0 && weekdayOf(day) !== 6) say(`调休上班日 ${day} 应是周六或周日`);
      if (!near(day) || yearOf(day) > data.year) say(`调休上班日 ${day} 不属于 ${data.year} 年的安排`);
      if (data.rest.some(({ from, to }) => from <= day && day <= to)) say(`${day} 既放假又上班`);
    }
  });
export type CalendarYear = z.infer<typeof CalendarYear>;

export interface Calendar {
  /** Published years, ascending. Any other year is unknown. */
  readonly years: readonly CalendarYear[];
  /** Epoch day → holiday name, for days off by notice. */
  readonly rest: ReadonlyMap<number, string>;
  /** Epoch days worked by notice (调休上班). */
  readonly work: ReadonlySet<number>;
  readonly known: ReadonlySet<number>;
  /** 1 = rest, 2 = working, 0 = year unknown; for each epoch day from `firstDay`. Asked for every day counted. */
  readonly kinds: Uint8Array;
  readonly firstDay: number;
}

/** @throws AppError `bad_input` naming the file and what is wrong in it. */
export function parseCalendarYear(value: unknown, source: string): CalendarYear {
  const parsed = CalendarYear.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) =>
    [issue.path.join("."), issue.message].filter(Boolean).join(":"),
  );
  throw new AppError("bad_input", { say: `放假安排文件 ${source} 有误:${wrong.join(";")}` });
}

/** A calendar of published years. A year given twice takes the later entry whole (an operator's correction). */
export function buildCalendar(years: readonly CalendarYear[]): Calendar {
  const byYear = new Map(years.map((entry) => [entry.year, entry]));
  const kept = [...byYear.values()].sort((a, b) => a.year - b.year);
  const rest = new Map<number, string>();
  const work = new Set<number>();
  for (const entry of kept) {
    for (const { name, from, to } of entry.rest) {
      for (let at = toEpochDay(from); at <= toEpochDay(to); at += 1) rest.set(at, name);
    }
    for (const day of entry.work) work.add(toEpochDay(day));
  }
  const firstDay = toEpochDay(`${kept[0]?.year ?? 1970}-01-01`);
  const kinds = new Uint8Array(
    kept.length === 0 ? 0 : toEpochDay(`${kept.at(-1)?.year ?? 1970}-12-31`) - firstDay + 1,
  );
  for (const { year } of kept) {
    for (let at = toEpochDay(`${year}-01-01`); at <= toEpochDay(`${year}-12-31`); at += 1) {
      const open = work.has(at) || (!rest.has(at) && weekdayOfEpoch(at) !== 0 && weekdayOfEpoch(at) !== 6);
      kinds[at - firstDay] = open ? 2 : 1;
    }
  }
  return { years: kept, rest, work, known: new Set(byYear.keys()), kinds, firstDay };
}

/** The year's notice is in the calendar. */
export function isKnownYear(year: number, calendar: Calendar): boolean {
  return calendar.known.has(year);
}

/**
 * Offices work on this day: a weekday that is no holiday, or a make-up working day.
 * In an unknown year this is a projection (weekends and fixed holidays only).
 */
export function isWorkingDay(day: Day, calendar: Calendar): boolean {
  return isWorkingEpochDay(toEpochDay(day), calendar);
}

/** `isWorkingDay` for days since 1970-01-01. */
export function isWorkingEpochDay(at: number, calendar: Calendar): boolean {
  const kind = calendar.kinds[at - calendar.firstDay];
  if (kind) return kind === 2;
  if (calendar.work.has(at)) return true;
  const weekday = weekdayOfEpoch(at);
  return weekday !== 0 && weekday !== 6 && holidayName(fromEpochDay(at), calendar) === undefined;
}

/** The day's year is published. */
export function isKnownEpochDay(at: number, calendar: Calendar): boolean {
  return Boolean(calendar.kinds[at - calendar.firstDay]);
}

const weekdayOfEpoch = (at: number) => (((at + 4) % 7) + 7) % 7;

/** A day off by notice, or by 放假办法 in an unknown year. A plain weekend is no holiday. */
export function isHoliday(day: Day, calendar: Calendar): boolean {
  return holidayName(day, calendar) !== undefined;
}

/** 劳动节, 国庆节…; undefined on other days. */
export function holidayName(day: Day, calendar: Calendar): string | undefined {
  const published = calendar.rest.get(toEpochDay(day));
  if (published || calendar.known.has(yearOf(day))) return published;
  return fixedHolidays(yearOf(day)).get(day);
}

/** A weekend day worked by notice (调休上班). */
export function isMakeUpDay(day: Day, calendar: Calendar): boolean {
  return calendar.work.has(toEpochDay(day));
}

/** A working day that no plausible notice can turn into a rest day; in known years, any working day. */
export function isSafelyWorking(day: Day, calendar: Calendar): boolean {
  if (!isWorkingDay(day, calendar)) return false;
  return calendar.known.has(yearOf(day)) || !likelyRestDays(yearOf(day)).has(day);
}

/** The first working day on or after `day`. */
export function nextWorkingDay(day: Day, calendar: Calendar): Day {
  let at = day;
  while (!isWorkingDay(at, calendar)) at = addDays(at, 1);
  return at;
}

const once = <T>(make: (year: number) => T) => {
  const made = new Map<number, T>();
  return (year: number): T => {
    const found = made.get(year) ?? make(year);
    made.set(year, found);
    return found;
  };
};
const fixedHolidays = once(statutoryHolidays);
const likelyRestDays = once(likelyRest);
