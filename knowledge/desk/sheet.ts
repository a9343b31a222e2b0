/** A list as a person looks at it: columns, findings with the cell they speak of, and rows beside what was read of them. */
import { readFileSync } from "node:fs";
import type { ListColumn, ListIssue, ListRow, ListSheet } from "../../src/data-desk.ts";
import { recordKinds } from "../../src/records/schema.ts";
import { readDocument } from "../import/document.ts";
import { fieldLabel } from "../import/kinds.ts";
import { IGNORED } from "../import/mappings.ts";
import type { Issue } from "../import/messages.ts";
import { cellAt, type Row } from "../import/table.ts";
import { distinctName } from "../release/diff.ts";
import type { ReadList } from "./read-list.ts";

const ROWS = 50;
const ISSUES = 500;
const CELL = 200;

export async function sheetOf(
  id: string,
  path: string,
  { result, mapped, lacking }: ReadList,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<ListSheet> {
  const issues = [...result.issues, ...mapped, ...lacking].sort(
    (a, b) => order[a.severity] - order[b.severity] || (a.row ?? 0) - (b.row ?? 0),
  );
  const shown = issues.slice(0, ISSUES);
  const wanted = new Set(shown.flatMap(({ row }) => (row === null ? [] : [row])));
  const lines = result.headings.length > 0 ? await linesOf(path, result, wanted) : [];
  const heads = lines.find(({ number }) => number === result.headerRow);
  const places = result.headings.map((heading) => placeOf(heads, heading));
  const cells = (row: Row | undefined, place: number) =>
    row && place >= 0 ? cellAt(row, place).text.slice(0, CELL) : "";
  const byNumber = new Map(lines.map((row) => [row.number, row]));
  const names = new Map(result.records.map((record) => [record.source.row, distinctName(record)]));
  return {
    id,
    file: result.file,
    kind: result.kind,
    kindLabel: recordKinds[result.kind].label,
    by,
    at: at.toISOString(),
    refused: result.refused,
    counts: result.counts,
    columns: result.headings.map((heading) => columnOf(result.kind, heading, result.mapping, result.matches)),
    issues: shown.map((one) =>
      issueOf(one, result.file, (row, column) =>
        cells(byNumber.get(row), places[result.headings.indexOf(column)] ?? -1),
      ),
    ),
    rows: lines
      .filter(({ number }) => number > (result.headerRow ?? 0))
      .slice(0, ROWS)
      .map((row): ListRow => {
        const readAs = names.get(row.number);
        return {
          number: row.number,
          cells: places.map((place) => cells(row, place)),
          ...(readAs && { readAs }),
        };
      }),
  };
}

const order = { E: 0, W: 1, I: 2 } as const;

function issueOf(
  { severity, code, row, column, message, sheet }: Issue,
  file: string,
  cellOf: (row: number, column: string) => string,
): ListIssue {
  const cell = row !== null && column !== null ? cellOf(row, column) : "";
  // The command line names its own command there; on screen the page beside it does that.
  if (code === "W70")
    return { severity, code, say: "列的对应还没有由另一人确认。保存为草稿后,请另一人在“列名对应”里核对。" };
  const said = message.replace(/^【[^】]*】/, "").replace(`文件《${file}》`, "");
  return {
    severity,
    code,
    say: sheet ? said.replace(`工作表“${sheet}”`, "") : said,
    ...(row !== null && { row }),
    ...(column !== null && { column }),
    ...(cell && { cell }),
  };
}

/** The header, the first rows, and those that something is said of. */
async function linesOf(
  path: string,
  { sheet, headerRow }: ReadList["result"],
  wanted: ReadonlySet<number>,
): Promise<readonly Row[]> {
  const read = await readDocument(path, readFileSync(path), false);
  if ("code" in read) return [];
  const table = read.tables.find((one) => one.sheet === sheet) ?? read.tables[0];
  const lines: Row[] = [];
  let after = 0;
  for await (const row of table?.rows ?? []) {
    if (row.number > (headerRow ?? 0)) after += 1;
    if (after <= ROWS || wanted.has(row.number)) lines.push(row);
  }
  return lines;
}

function placeOf(heads: Row | undefined, heading: string): number {
  const plain = (text: string) => text.normalize("NFKC").replace(/\s+/g, "");
  const all = heads?.cells.map(({ text }) => plain(text)) ?? [];
  const whole = all.indexOf(plain(heading));
  // A heading of two levels stands as 上/下; the header row holds its lower half.
  return whole >= 0 ? whole : all.indexOf(plain(heading.split("/").at(-1) ?? heading));
}

export function columnOf(
  kind: string,
  heading: string,
  mapping: Readonly<Record<string, string>>,
  matches: Readonly<Record<string, { readonly score?: number; readonly rival?: { readonly field: string } }>>,
): ListColumn {
  const field = mapping[heading];
  const { score, rival } = matches[heading] ?? {};
  return {
    heading,
    ...(field && field !== IGNORED && { field: fieldLabel(kind, field) ?? field }),
    ...(score !== undefined && { score }),
    ...(rival && { rival: fieldLabel(kind, rival.field) ?? rival.field }),
  };
}
