/**
 * The deadline book: every make-up day and every holiday edge of 2024–2026 as a last day, a first day and a day inside
 * a count, for each way of counting. The expected day comes from a slow counter here that shares nothing with the code:
 * it walks native dates one by one over the holiday list of another public data set.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { type Day, parseDay } from "../../src/law/day.ts";
import { computeDeadline, findCountedRule } from "../../src/law/deadline.ts";

const calendar = loadCalendar();
const listed = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("chinese-days/dist/chinese-days.json"), "utf8"),
) as { holidays: Record<string, string>; workdays: Record<string, string> };

const iso = (date: Date) => date.toISOString().slice(0, 10);
const at = (text: string) => new Date(`${text}T00:00:00Z`);
const shift = (text: string, days: number) => iso(new Date(at(text).getTime() + days * 86_400_000));

function opens(text: string): boolean {
  if (listed.workdays[text]) return true;
  if (listed.holidays[text]) return false;
  const weekday = at(text).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** Walks forward day by day, crossing off. */
function slowWorkingDays(from: string, count: number): string {
  let day = from;
  for (let left = count; left > 0; ) {
    day = shift(day, 1);
    if (opens(day)) left -= 1;
  }
  return day;
}
function slowBack(from: string, count: number): string {
  let day = from;
  for (let left = count; left > 0; ) {
    day = shift(day, -1);
    if (opens(day)) left -= 1;
  }
  return day;
}
function slowRoll(day: string): string {
  return opens(day) ? day : slowRoll(shift(day, 1));
}
function slowSafe(day: string): string {
  return opens(day) ? day : slowSafe(shift(day, -1));
}
/** Adds months by writing the date out and stepping back while that date is not real. */
function slowMonths(from: string, months: number): string {
  const [year = 0, month = 0, dayOfMonth = 0] = from.split("-").map(Number);
  const total = year * 12 + (month - 1) + months;
  for (let day = dayOfMonth; day > 0; day -= 1) {
    const text = `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    if (!Number.isNaN(at(text).getTime()) && iso(at(text)) === text) return text;
  }
  throw new Error("no such month");
}

/** Days around which something changes: the first and last day of each rest stretch, their neighbours, make-up days. */
const edges = new Set<string>();
for (const entry of calendar.years.filter(({ year }) => year >= 2024)) {
  for (const { from, to } of entry.rest)
    for (const day of [shift(from, -1), from, to, shift(to, 1)]) edges.add(day);
  for (const day of entry.work) for (const near of [shift(day, -1), day, shift(day, 1)]) edges.add(near);
}

interface Case {
  readonly rule: string;
  readonly from: string;
  readonly raw: string;
  readonly last: string;
}
const cases: Case[] = [];
for (const edge of [...edges].sort()) {
  // As the last day of a calendar-day or month period.
  for (const [rule, days] of [
    ["reconsiderationApply", 60],
    ["finePayment", 15],
  ] as const) {
    cases.push({ rule, from: shift(edge, -days), raw: edge, last: slowRoll(edge) });
  }
  for (const [rule, days] of [
    ["seizure", 30],
    ["decisionAfterFiling", 90],
  ] as const) {
    cases.push({ rule, from: shift(edge, -days), raw: edge, last: edge });
  }
  const sixMonthsBack = slowMonths(edge, -6);
  cases.push({
    rule: "litigationDirect",
    from: sixMonthsBack,
    raw: slowMonths(sixMonthsBack, 6),
    last: slowRoll(slowMonths(sixMonthsBack, 6)),
  });
  // As the start of a working-day count, which then crosses the holiday.
  for (const [rule, days] of [
    ["onTheSpotCollectionHandover", 2],
    ["hearingRequest", 5],
    ["decisionService", 7],
    ["demandNotice", 10],
  ] as const) {
    const from = shift(edge, -3);
    const last = slowWorkingDays(from, days);
    if (last < "2027") cases.push({ rule, from, raw: last, last });
  }
  // As the day a count runs back from.
  const back = slowBack(edge, 7);
  cases.push({ rule: "hearingNotice", from: edge, raw: back, last: back });
}

describe("the deadline book", () => {
  it("holds at least 500 cases and touches every make-up day of 2024–2026", () => {
    expect(cases.length).toBeGreaterThanOrEqual(500);
    for (const day of calendar.years.filter(({ year }) => year >= 2024).flatMap(({ work }) => work)) {
      expect(cases.some((one) => one.raw === day)).toBe(true);
    }
  });

  it.each(cases)("$rule 自 $from 到 $last", ({ rule, from, raw, last }) => {
    const start = parseDay(from) as Day;
    const deadline = computeDeadline(findCountedRule(rule), start, calendar);
    expect(deadline.rawLastDay).toBe(raw);
    expect(deadline.lastDay).toBe(last);
    expect(deadline.safeDay).toBe(slowSafe(raw));
    expect(deadline.projected).toBe(false);
  });
});
