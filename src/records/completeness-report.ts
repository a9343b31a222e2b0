/** What a supervisor lays on the table: organs, the counties and the city they make up, and what is overdue. */
import { type Day, yearOf } from "../law/day.ts";
import { type Completeness, completenessOfAll, type Line, within } from "./completeness.ts";
import { isCurrent, type Library } from "./library.ts";
import type { PublishedRecord } from "./schema.ts";

/** The organs of a county, or of a city with all its counties, taken together. */
export interface AreaCompleteness {
  readonly area: string;
  readonly name: string;
  readonly organs: number;
  /** Weight met over weight applicable of all its organs, 0–1. */
  readonly score: number;
  /** The three lines that weigh most over all organs that lack them. */
  readonly worst: readonly string[];
}

/** Something that should have been published or looked through again by `due`. */
export interface Overdue {
  readonly entity: string;
  readonly name: string;
  readonly what: string;
  readonly due: Day;
}

export interface CompletenessReport {
  readonly today: Day;
  readonly organs: readonly Completeness[];
  readonly areas: readonly AreaCompleteness[];
  readonly overdue: readonly Overdue[];
}

/** @param area code of a city or county; absent: every area there is */
export function completenessReport(library: Library, today: Day, area?: string): CompletenessReport {
  const organs = completenessOfAll(library, today, area);
  return {
    today,
    organs,
    areas: areasOf(library, organs, area),
    overdue: [...annualReports(organs, today), ...pastReview(library, organs, today)].sort(
      (a, b) => a.due.localeCompare(b.due) || a.name.localeCompare(b.name, "zh"),
    ),
  };
}

function areasOf(library: Library, organs: readonly Completeness[], asked = ""): AreaCompleteness[] {
  return library
    .all("area")
    .filter(({ code, level }) => (level === "市" || level === "县") && code.startsWith(within(asked)))
    .flatMap(({ code, name }): AreaCompleteness[] => {
      const own = organs.filter((organ) => organ.area.startsWith(within(code)));
      if (own.length === 0) return [];
      const sum = (pick: (organ: Completeness) => number) =>
        own.reduce((total, organ) => total + pick(organ), 0);
      const applicable = sum((organ) => organ.applicable);
      const score = applicable === 0 ? 0 : sum((organ) => organ.met) / applicable;
      return [{ area: code, name, organs: own.length, score, worst: commonGaps(own) }];
    })
    .sort((a, b) => a.area.localeCompare(b.area));
}

/** One line of the check over several organs. */
export interface LineOfAll {
  readonly no: number;
  readonly item: string;
  readonly weight: number;
  /** Organs that have published it, of those it applies to. */
  readonly met: number;
  readonly applicable: number;
}

/** Every line of the check, in its order, with how many of `organs` hold it. */
export function linesOfAll(organs: readonly Completeness[]): LineOfAll[] {
  const all = new Map<number, LineOfAll>();
  for (const { no, item, weight, met } of organs.flatMap(({ lines }) => lines)) {
    const seen = all.get(no);
    const [more, applies] = [met === true ? 1 : 0, met === undefined ? 0 : 1];
    all.set(no, {
      no,
      item,
      weight,
      met: (seen?.met ?? 0) + more,
      applicable: (seen?.applicable ?? 0) + applies,
    });
  }
  return [...all.values()].sort((a, b) => a.no - b.no);
}

function commonGaps(organs: readonly Completeness[]): string[] {
  const lacking = new Map<string, { readonly line: Line; count: number }>();
  for (const line of organs.flatMap(({ lines }) => lines)) {
    if (line.met !== false) continue;
    const seen = lacking.get(line.item);
    if (seen) seen.count++;
    else lacking.set(line.item, { line, count: 1 });
  }
  return [...lacking.values()]
    .sort((a, b) => b.count * b.line.weight - a.count * a.line.weight || a.line.no - b.line.no)
    .slice(0, 3)
    .map(({ line, count }) => `${line.item}(${count} 个单位未齐)`);
}

/** 统计年报 was due on 31 January (国办发〔2018〕118号第六项). */
function annualReports(organs: readonly Completeness[], today: Day): Overdue[] {
  const due: Day = `${today.slice(5) > "01-31" ? yearOf(today) : yearOf(today) - 1}-01-31`;
  return organs.flatMap(({ entity, name, lines }) =>
    lines
      .filter(({ item, met }) => item === "统计年报" && met === false)
      .map(({ missing }) => ({ entity, name, what: missing, due })),
  );
}

/** Lists whose 复核日期 has passed, a line for each list of an organ. */
function pastReview(library: Library, organs: readonly Completeness[], today: Day): Overdue[] {
  const names = new Map(organs.map(({ entity, name }) => [entity, name]));
  const lists = new Map<string, Overdue & { count: number }>();
  for (const record of library.records()) {
    const due = record.validity.reviewBy;
    if (due === undefined || due >= today || !isCurrent(record, today)) continue;
    for (const entity of ownersOf(record)) {
      const name = names.get(entity);
      if (name === undefined) continue;
      const key = `${entity}\n${record.source.title}`;
      const seen = lists.get(key);
      const count = (seen?.count ?? 0) + 1;
      const earliest = seen && seen.due < due ? seen.due : due;
      const what = `复核《${record.source.title}》(${count} 条已过复核日期)`;
      lists.set(key, { entity, name, what, due: earliest, count });
    }
  }
  return [...lists.values()].map(({ entity, name, what, due }) => ({ entity, name, what, due }));
}

function ownersOf(record: PublishedRecord): readonly string[] {
  if (record.kind === "entity") return [record.id];
  if ("entityIds" in record) return record.entityIds;
  return "entityId" in record && record.entityId ? [record.entityId] : [];
}

export const csvTables = ["organs", "areas", "overdue"] as const;
export type CsvTable = (typeof csvTables)[number];

/** One table of the report as CSV lines. */
export function completenessCsv(report: CompletenessReport, table: CsvTable): readonly string[] {
  return rowsOf(report, table).map((row) => row.map(cell).join(","));
}

function rowsOf({ organs, areas, overdue }: CompletenessReport, table: CsvTable): string[][] {
  switch (table) {
    case "organs": {
      const items = organs[0]?.lines.map((line) => line.item) ?? [];
      return [
        ["地区", "执法主体", "得分", ...items, "最缺的三项"],
        ...organs.map((one) => [
          one.area,
          one.name,
          one.score.toFixed(3),
          ...one.lines.map(sayLine),
          one.worst.join(";"),
        ]),
      ];
    }
    case "areas":
      return [
        ["地区代码", "地区", "执法主体数", "得分", "最缺的三项"],
        ...areas.map((one) => [
          one.area,
          one.name,
          String(one.organs),
          one.score.toFixed(3),
          one.worst.join(";"),
        ]),
      ];
    case "overdue":
      return [
        ["执法主体", "逾期未做", "应在何日前"],
        ...overdue.map(({ name, what, due }) => [name, what, due]),
      ];
  }
}

const sayLine = ({ met, missing }: Line) => (met === undefined ? "不适用" : met ? "已公示" : `缺${missing}`);

/** A cell that a spreadsheet will not run as a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r\n ]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
