/** How many deadlines one core computes in a second, with the count in words. */
import { loadCalendar } from "../../knowledge/calendar.ts";
import { addDays } from "../../src/law/day.ts";
import { computeDeadline, findCountedRule } from "../../src/law/deadline.ts";

const RULES = [
  "reconsiderationApply",
  "litigationDirect",
  "hearingRequest",
  "finePayment",
  "discretionComplaint",
];

export async function run(): Promise<{
  name: string;
  rows: { label: string; value: number; unit: string }[];
}> {
  const calendar = loadCalendar();
  const days = Array.from({ length: 1_000 }, (_, index) => addDays("2024-01-01", index));
  const rows = [];
  for (const id of RULES) {
    const rule = findCountedRule(id);
    for (const day of days) computeDeadline(rule, day, calendar);
    const started = performance.now();
    let done = 0;
    while (performance.now() - started < 500) {
      for (const day of days) computeDeadline(rule, day, calendar);
      done += days.length;
    }
    rows.push({
      label: id,
      value: Math.round(done / ((performance.now() - started) / 1_000)),
      unit: "deadlines/s",
    });
  }
  return { name: "deadlines", rows };
}
