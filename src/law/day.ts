/**
 * Days without a time of day, in Beijing's civil calendar, written `YYYY-MM-DD`.
 * Everything in `law/` counts in days; only doors and the store know instants.
 */

/** A calendar day, `2026-03-02`. Built by `parseDay` or `dayOf`; literals type-check as they are. */
export type Day = `${number}-${number}-${number}`;

const MS_PER_DAY = 86_400_000;
const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** The day written in `text`, or undefined when it is not a real day (2026-02-30, 2026-13-01). */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const day = makeDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return day === text ? day : undefined;
}

/** The day with these parts, or undefined when there is none (month 1–12, day 1–31). */
export function makeDay(year: number, month: number, dayOfMonth: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, dayOfMonth));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== dayOfMonth) {
    return undefined;
  }
  return fromEpochDay(at.getTime() / MS_PER_DAY);
}

/** The civil day in Beijing (UTC+8, no summer time) at instant `at`. */
export function dayOf(at: Date): Day {
  return fromEpochDay(Math.floor((at.getTime() + BEIJING_OFFSET_MS) / MS_PER_DAY));
}

/** Days since 1970-01-01; consecutive days differ by one. */
export function toEpochDay(day: Day): number {
  const year = digits(day, 0, 4);
  const month = digits(day, 5, 7);
  // Years that start in March put the leap day last, so a month's offset never depends on the year.
  const shifted = month > 2 ? year : year - 1;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + digits(day, 8, 10) - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + inYear - 719_468;
}

function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i += 1) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

/** Days already spelled, by epoch day: long counts ask for the same few thousand again and again. */
const spelled: Day[] = [];

export function fromEpochDay(epochDay: number): Day {
  const known = spelled[epochDay];
  if (known) return known;
  const day = new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10) as Day;
  if (epochDay >= 0 && epochDay < 60_000) spelled[epochDay] = day;
  return day;
}

/** `day` moved by `count` calendar days (negative moves back). */
export function addDays(day: Day, count: number): Day {
  return fromEpochDay(toEpochDay(day) + count);
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return toEpochDay(to) - toEpochDay(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return (((toEpochDay(day) + 4) % 7) + 7) % 7;
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const;

/** `2026年5月6日(星期三)`, as people write it. */
export function sayDay(day: Day): string {
  return `${sayDate(day)}(星期${WEEKDAYS[weekdayOf(day)]})`;
}

/** `2026年5月6日`. */
export function sayDate(day: Day): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}
