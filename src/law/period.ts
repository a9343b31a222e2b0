/** Counting a period on the calendar, and saying how it was counted. */
import {
  type Calendar,
  holidayName,
  isKnownEpochDay,
  isKnownYear,
  isMakeUpDay,
  isSafelyWorking,
  isWorkingDay,
  isWorkingEpochDay,
  nextWorkingDay,
} from "./calendar.ts";
import {
  addDays,
  type Day,
  daysBetween,
  fromEpochDay,
  makeDay,
  sayDay,
  toEpochDay,
  weekdayOf,
  yearOf,
} from "./day.ts";
import type { Period, Unit } from "./rule.ts";
import { isWithin, mergeSuspensions, type Suspension } from "./suspension.ts";

export type { Suspension } from "./suspension.ts";

/** The result of a count. */
export interface Counted {
  readonly rawLastDay: Day;
  readonly lastDay: Day;
  readonly safeDay: Day;
  readonly projected: boolean;
  readonly count: readonly string[];
}

export const unitWords = {
  calendarDay: "天",
  workingDay: "个工作日",
  month: "个月",
  year: "年",
  hour: "小时",
} as const satisfies Record<Unit, string>;

/** `60天`, `6个月`. */
export function sayLength(amount: number, unit: Unit): string {
  return `${amount}${unitWords[unit]}`;
}

/** The same day of the month `months` later (earlier if negative), or that month's last day (民法典第二百零二条). */
export function addMonths(day: Day, months: number): Day {
  const index = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  for (let dayOfMonth = Number(day.slice(8, 10)); dayOfMonth > 27; dayOfMonth -= 1) {
    const found = makeDay(year, month, dayOfMonth);
    if (found) return found;
  }
  return makeDay(year, month, Number(day.slice(8, 10))) ?? day;
}

/**
 * The last day of `period` from `from`, which is not counted.
 *
 * Days, months and years count every day; only the last day can move, and only where `onRestDay` is `roll`.
 * Working days count offices' open days, make-up days included. Hours end on the day they run out.
 * A count that needs an unpublished year is projected.
 *
 * Source: 民诉法第八十五条, 民法典第二百零一至二百零三条, and each law's own clause on 工作日.
 */
export function countPeriod(
  period: Period,
  from: Day,
  calendar: Calendar,
  suspensions: readonly Suspension[] = [],
): Counted {
  const say = (day: Day) => sayNear(day, from);
  if (period.direction === "backward") return countBack(period, from, calendar, say);
  const obstacles = mergeSuspensions(suspensions);
  if (period.unit === "workingDay") return countWorkingDays(period, from, calendar, obstacles, say);

  const count: string[] = [];
  const start = lengthEnd(period, from);
  const rawLastDay = pushPast(from, start, obstacles, count, say);
  const lastDay = period.onRestDay === "roll" ? nextWorkingDay(rawLastDay, calendar) : rawLastDay;
  const projected = !isKnownYear(yearOf(rawLastDay), calendar) || !isKnownYear(yearOf(lastDay), calendar);
  return finish(
    {
      rawLastDay,
      lastDay,
      projected,
      count: [
        firstLine(period, from, say),
        ...count,
        ...endLines(period, from, rawLastDay, lastDay, calendar, say),
      ],
    },
    from,
    period,
    calendar,
  );
}

type Say = (day: Day) => string;

/** `5月1日`, with the year when it is not the starting day's. */
function sayNear(day: Day, from: Day): string {
  const short = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return yearOf(day) === yearOf(from) ? short : `${yearOf(day)}年${short}`;
}

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const;
const sayWeekday = (day: Day) => `(星期${WEEKDAYS[weekdayOf(day)]})`;

function lengthEnd({ amount, unit }: Period, from: Day): Day {
  switch (unit) {
    case "month":
      return addMonths(from, amount);
    case "year":
      return addMonths(from, amount * 12);
    case "hour":
      return addDays(from, Math.floor(amount / 24));
    default:
      return addDays(from, amount);
  }
}

function firstLine({ amount, unit }: Period, from: Day, say: Say): string {
  if (unit === "hour") return `从事情发生的时刻起算${amount}小时,周末和节假日也算。`;
  if (unit === "workingDay") return `${say(from)}当天不算,从下一个工作日起算第1个工作日。`;
  const next = addDays(from, 1);
  return `${say(from)}当天不算,从${say(next)}起算${unit === "calendarDay" && amount > 0 ? "第1天" : ""}。`;
}

function endLines(
  { amount, unit, onRestDay }: Period,
  from: Day,
  raw: Day,
  last: Day,
  calendar: Calendar,
  say: Say,
): string[] {
  const restsFor = restReason(raw, calendar);
  const onDay = `${say(raw)}${sayWeekday(raw)}`;
  const isClamped = (unit === "month" || unit === "year") && raw.slice(8) !== from.slice(8);
  const clamped = isClamped && addDays(raw, 1).endsWith("-01");
  const where =
    unit === "calendarDay"
      ? `第${amount}天是${onDay}`
      : unit === "hour"
        ? `满${amount}小时是${amount < 24 ? `${onDay}当天(跨零点的,为次日)` : `${onDay}的同一时刻`}`
        : clamped
          ? `${sayLength(amount, unit)}后没有对应的日子,按月末算,是${onDay}`
          : `${sayLength(amount, unit)}后的对应日是${onDay}`;
  if (!restsFor) {
    return [`${where}${isMakeUpDay(raw, calendar) ? ",调休上班,是工作日,不顺延" : ""}。`];
  }
  if (onRestDay === "hard") return [`${where},${restsFor};这个期限不因放假顺延。`];
  const holiday = holidayName(raw, calendar) !== undefined;
  const after = isMakeUpDay(last, calendar) ? "(调休上班)" : "";
  return [
    `${where},${restsFor}。`,
    `顺延到${holiday ? "节后第一个" : "下一个"}工作日:${say(last)}${sayWeekday(last)}${after}。`,
  ];
}

/** Why offices are closed; undefined when they are open. */
function restReason(day: Day, calendar: Calendar): string | undefined {
  if (isWorkingDay(day, calendar)) return undefined;
  const name = holidayName(day, calendar);
  return name ? `${name}放假` : "周末休息";
}

function countWorkingDays(
  period: Period,
  from: Day,
  calendar: Calendar,
  obstacles: readonly Suspension[],
  say: Say,
): Counted {
  const counted: Day[] = [];
  const makeUp: Day[] = [];
  const skipped: { name: string; from: Day; to: Day }[] = [];
  let suspended = 0;
  let projected = false;
  let at = toEpochDay(from);
  while (counted.length < period.amount) {
    at += 1;
    if (!isKnownEpochDay(at, calendar)) projected = true;
    if (obstacles.length > 0 && isWithin(obstacles, fromEpochDay(at))) suspended += 1;
    else if (isWorkingEpochDay(at, calendar)) {
      counted.push(fromEpochDay(at));
      if (calendar.work.has(at)) makeUp.push(fromEpochDay(at));
    } else if (calendar.rest.has(at) || !isKnownEpochDay(at, calendar))
      noteSkipped(skipped, fromEpochDay(at), calendar);
  }
  const day = fromEpochDay(at);
  const count = [firstLine(period, from, say)];
  if (suspended > 0) count.push(`因不可抗力等事由耽误的${suspended}天不算。`);
  if (skipped.length > 0)
    count.push(`${skipped.map((stretch) => sayStretch(stretch, say)).join("、")}放假,不算。`);
  if (makeUp.length > 0) {
    count.push(`${makeUp.map((at) => `${say(at)}${sayWeekday(at)}`).join("、")}调休上班,算工作日。`);
  }
  const listed = counted.length > 1 && counted.length <= 10 ? `依次是${counted.map(say).join("、")};` : "";
  count.push(`${listed}第${period.amount}个工作日是${say(day)}${sayWeekday(day)}。`);
  return finish({ rawLastDay: day, lastDay: day, projected, count }, from, period, calendar);
}

function noteSkipped(skipped: { name: string; from: Day; to: Day }[], day: Day, calendar: Calendar): void {
  const name = holidayName(day, calendar);
  if (!name) return;
  const last = skipped.at(-1);
  if (last?.name === name && daysBetween(last.to, day) === 1) last.to = day;
  else skipped.push({ name, from: day, to: day });
}

function sayStretch({ name, from, to }: { name: string; from: Day; to: Day }, say: Say): string {
  return from === to ? `${name}(${say(from)})` : `${name}(${say(from)}至${say(to)})`;
}

/** Moves a last day past obstacles that began before it ran out: their days are not counted. */
function pushPast(from: Day, last: Day, obstacles: readonly Suspension[], count: string[], say: Say): Day {
  let end = last;
  for (const obstacle of obstacles) {
    const start = obstacle.from > from ? obstacle.from : addDays(from, 1);
    const lost = daysBetween(start, obstacle.removedOn);
    if (lost <= 0 || obstacle.from > end) continue;
    end = addDays(end, lost);
    count.push(
      `${say(start)}至${say(addDays(obstacle.removedOn, -1))}因不可抗力等事由耽误,这${lost}天不算。`,
    );
  }
  return end;
}

/** Counts back from the event: the act must be done no later than the day found. */
function countBack(period: Period, from: Day, calendar: Calendar, say: Say): Counted {
  const passed: Day[] = [];
  let day = from;
  let projected = false;
  if (period.unit === "workingDay") {
    while (passed.length < period.amount) {
      day = addDays(day, -1);
      if (!isKnownYear(yearOf(day), calendar)) projected = true;
      if (isWorkingDay(day, calendar)) passed.push(day);
    }
  } else {
    day =
      period.unit === "calendarDay" || period.unit === "hour"
        ? addDays(from, -(period.unit === "hour" ? Math.ceil(period.amount / 24) : period.amount))
        : addMonths(from, -period.amount * (period.unit === "year" ? 12 : 1));
    projected = !isKnownYear(yearOf(day), calendar);
  }
  const listed = passed.length > 0 && passed.length <= 10 ? `:${passed.map(say).join("、")}` : "";
  const count = [
    `${say(from)}当天不算,往前数${sayLength(period.amount, period.unit)}${listed}。`,
    `最迟${say(day)}${sayWeekday(day)}。`,
  ];
  return finish({ rawLastDay: day, lastDay: day, projected, count }, undefined, period, calendar);
}

/** Adds the safe day and, for a projection, the warning. `from` bounds the safe day; undefined for backward counts. */
function finish(
  result: Omit<Counted, "safeDay">,
  from: Day | undefined,
  period: Period,
  calendar: Calendar,
): Counted {
  let safeDay = result.rawLastDay;
  while (!isSafelyWorking(safeDay, calendar) && (from === undefined || safeDay > from))
    safeDay = addDays(safeDay, -1);
  // A very short period inside a holiday has no working day before its end: then its own last day is all there is.
  if (from !== undefined && safeDay <= from) safeDay = result.rawLastDay;
  if (!result.projected) return { ...result, safeDay };
  const year = [result.rawLastDay, result.lastDay].map(yearOf).find((at) => !isKnownYear(at, calendar));
  const warning =
    period.onRestDay === "hard" && period.unit !== "workingDay"
      ? `${year ?? ""}年的放假安排还没有公布,这个期限不因放假顺延;请最迟在${sayDay(safeDay)}前办好。`
      : `${year ?? "其中一"}年的放假安排还没有公布,以上按周末和法定节日推算,以届时国务院放假通知为准;请最迟在${sayDay(safeDay)}前办好。`;
  return { ...result, safeDay, count: [...result.count, warning.replace(/^年的/, "其中一年的")] };
}
