/** 表二 of an annual report (行政许可实施数量): found beside or under 表一, its numbers held against one another. */
import type { StatAnnual } from "../../src/records/schema.ts";
import { findHeader, type Header } from "./header.ts";
import { licenceFields } from "./kinds.ts";
import { cellAt, type Document, distinctTexts, type Row, type Table } from "./table.ts";
import { keyText } from "./text/clean.ts";

export type Licences = NonNullable<StatAnnual["licence"]>;

const COUNTS = ["applied", "accepted", "granted", "refused", "revoked"] as const;

export interface LicenceTable {
  readonly sheet: string;
  readonly header: Header;
  readonly rows: readonly Row[];
}

/** The report without its 表二, and 表二. An annual report is small: its tables are read whole. */
export async function partLicences(read: Document): Promise<{ rest: Document; licences?: LicenceTable }> {
  const tables: Table[] = [];
  let licences: LicenceTable | undefined;
  for (const table of read.tables) {
    const rows = await collect(table.rows);
    const at = licences ? -1 : rows.findIndex((_, index) => headerAt(rows, index) !== undefined);
    if (at < 0) {
      tables.push({ ...table, rows });
      continue;
    }
    const header = headerAt(rows, at)!;
    let first = at;
    while (first > 0 && distinctTexts(rows[first - 1]!).length <= 1) first--;
    const body = rows.slice(at).filter((row) => row.number > header.row);
    const length = body.findIndex((row) => !isCounts(row, header));
    const own = length < 0 ? body : body.slice(0, length);
    const after = body.slice(own.length);
    licences = { sheet: table.sheet, header, rows: own };
    const notes = after.every((row) => distinctTexts(row).length <= 1);
    const before = [...rows.slice(0, first), ...(notes ? after : [])];
    if (before.some((row) => distinctTexts(row).length > 1)) tables.push({ ...table, rows: before });
    if (!notes) tables.push({ ...table, rows: after });
  }
  return { rest: { ...read, tables }, ...(licences ? { licences } : {}) };
}

/** A header at this row, of one level or two: further up, its own second level would be taken for a header. */
function headerAt(rows: readonly Row[], index: number): Header | undefined {
  const header = findHeader("annual", rows.slice(index, index + 2), undefined, licenceFields);
  return header?.firstRow === rows[index]!.number && !header.clash ? header : undefined;
}

/** A row of numbers, a row that should be one, or an empty row; a title or another table's header ends 表二. */
function isCounts(row: Row, header: Header): boolean {
  const texts = distinctTexts(row);
  if (texts.length === 0) return true;
  return texts.length > 1 && columnsOf(header).some(({ index }) => /\d/.test(cellAt(row, index).text));
}

const columnsOf = (header: Header) =>
  COUNTS.flatMap((field) => header.columns.filter((column) => column.field === field));

export interface ReadLicences {
  /** By organ as the table names it; `""` where it has no column of organs. */
  readonly byOrgan: ReadonlyMap<string, { readonly row: number; readonly counts: Licences }>;
  readonly faults: readonly { readonly row: number; readonly why: string }[];
}

/** The counts of every organ; a row whose numbers are none is left out and said, one that does not add up is said. */
export function readLicences({ header, rows }: LicenceTable): ReadLicences {
  const byOrgan = new Map<string, { row: number; counts: Licences }>();
  const faults: { row: number; why: string }[] = [];
  const organColumn = header.columns.find((column) => column.field === "entityId")?.index;
  const sums = new Map<string, number>();
  for (const row of rows) {
    if (distinctTexts(row).length === 0) continue;
    const counts = countsIn(row, header);
    if (typeof counts === "string") {
      faults.push({ row: row.number, why: counts });
      continue;
    }
    const organ = organColumn === undefined ? "" : keyText(cellAt(row, organColumn).text);
    const first = keyText(row.cells.find((cell) => cell.text !== "")?.text ?? "");
    if (/^(合计|总计)/.test(organ || first) && byOrgan.size > 0) {
      for (const { field, header: column } of columnsOf(header)) {
        const [stated, sum] = [counts[field as keyof Licences], sums.get(field!) ?? 0];
        if (stated !== sum)
          faults.push({ row: row.number, why: `合计行的“${column}” ${stated} 与各行之和 ${sum} 不一致` });
      }
      continue;
    }
    for (const why of mismatches(counts)) faults.push({ row: row.number, why });
    for (const field of COUNTS) sums.set(field, (sums.get(field) ?? 0) + counts[field]);
    const other = byOrgan.get(organ);
    if (other) faults.push({ row: row.number, why: `与第 ${other.row} 行是同一单位,未采用` });
    else byOrgan.set(organ, { row: row.number, counts });
  }
  return { byOrgan, faults };
}

function countsIn(row: Row, header: Header): Licences | string {
  const counts: Licences = { applied: 0, accepted: 0, granted: 0, refused: 0, revoked: 0 };
  for (const { index, field, header: column } of columnsOf(header)) {
    const { text } = cellAt(row, index);
    const plain = keyText(text).replace(/(?<=\d),(?=\d{3})/g, "");
    if (!/^\d{1,9}$/.test(plain) && !/^[/\\—–-]+$/.test(plain))
      return `“${column}”写作“${text.slice(0, 20)}”,不是非负整数,未采用`;
    counts[field as keyof Licences] = Number(/^\d/.test(plain) ? plain : 0);
  }
  return counts;
}

/** What cannot be within one year, but for matters carried over from the year before. */
function mismatches({ applied, accepted, granted, refused }: Licences): string[] {
  const faults: string[] = [];
  if (accepted > applied) faults.push(`受理 ${accepted} 大于申请 ${applied}`);
  if (granted + refused > accepted)
    faults.push(`许可与不予许可之和 ${granted + refused} 大于受理 ${accepted}`);
  return faults;
}

async function collect(rows: Table["rows"]): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
