/** Counts over cases, for the console page, the monthly report and the command line. */
import { type Day, dayOf, daysBetween } from "../law/day.ts";
import type { CaseRow } from "../store/case-tables.ts";
import { type Matter, matters } from "./matters.ts";

export interface CaseStatistics {
  readonly from: Day;
  readonly to: Day;
  readonly filed: number;
  readonly closed: number;
  readonly open: number;
  readonly late: number;
  readonly byOrgan: readonly Count[];
  readonly byMatter: readonly Count[];
  readonly byArea: readonly Count[];
  readonly byResult: readonly Count[];
  readonly byMonth: readonly { readonly month: string; readonly filed: number; readonly closed: number }[];
  /** Calendar days from submission. */
  readonly daysToAccept: Spread;
  readonly daysToClose: Spread;
  /** 1–5, of those who gave it. */
  readonly satisfaction?: number;
}
export interface Count {
  readonly label: string;
  readonly count: number;
}
export interface Spread {
  readonly median?: number;
  readonly p90?: number;
  readonly count: number;
}

/** Cases submitted between `from` and `to`, both included; late as of `to`, or of `today` while the time still runs. */
export function statisticsOf(
  all: readonly CaseRow[],
  from: Day,
  to: Day,
  today: Day,
  names: { readonly organ: (id: string) => string; readonly area: (code: string) => string },
): CaseStatistics {
  const asOf = today < to ? today : to;
  const rows = all.filter((row) => within(row.submitted_at, from, to));
  const given = rows.map((row) => row.satisfaction).filter((score) => score !== null);
  const months = new Map<string, { filed: number; closed: number }>();
  const month = (at: number) => {
    const name = dayOf(new Date(at)).slice(0, 7);
    const found = months.get(name) ?? { filed: 0, closed: 0 };
    months.set(name, found);
    return found;
  };
  for (const row of rows) {
    month(row.submitted_at).filed += 1;
    if (row.closed_at !== null) month(row.closed_at).closed += 1;
  }
  return {
    from,
    to,
    filed: rows.length,
    closed: rows.filter((row) => row.closed_at !== null).length,
    open: rows.filter((row) => row.closed_at === null).length,
    late: rows.filter((row) => row.due_day !== null && row.due_day < asOf && row.closed_at === null).length,
    byOrgan: tally(rows, (row) => (row.organ ? names.organ(row.organ) : "未指明")),
    byMatter: tally(rows, (row) => matters[row.matter as Matter] ?? row.matter),
    byArea: tally(rows, (row) => (row.area ? names.area(row.area) : "未指明")),
    byResult: tally(
      rows.filter((row) => row.result !== null),
      (row) => row.result ?? "",
    ),
    byMonth: [...months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, counts]) => ({ month: name, ...counts })),
    daysToAccept: spread(
      rows
        .filter((row) => row.accepted_at !== null)
        .map((row) => days(row.submitted_at, row.accepted_at ?? 0)),
    ),
    daysToClose: spread(
      rows.filter((row) => row.closed_at !== null).map((row) => days(row.submitted_at, row.closed_at ?? 0)),
    ),
    satisfaction: given.length > 0 ? given.reduce((sum, score) => sum + score, 0) / given.length : undefined,
  };
}

function within(at: number, from: Day, to: Day): boolean {
  const day = dayOf(new Date(at));
  return from <= day && day <= to;
}

function days(from: number, to: number): number {
  return daysBetween(dayOf(new Date(from)), dayOf(new Date(to)));
}

function tally(rows: readonly CaseRow[], labelOf: (row: CaseRow) => string): readonly Count[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(labelOf(row), (counts.get(labelOf(row)) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { count: sorted.length, median: at(0.5), p90: at(0.9) };
}
