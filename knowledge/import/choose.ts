/** Which table of a file holds the list, where its header is, and what stands above it. */
import type { RecordKind } from "../../src/records/schema.ts";
import { findHeader, HEADER_DEPTH, type Header, type Recall } from "./header.ts";
import { tableOfPairs } from "./pairs.ts";
import type { Document, Row, Table } from "./table.ts";

export interface Chosen {
  readonly table: Table;
  readonly header: Header;
  /** Rows already taken from `rest`. */
  readonly head: readonly Row[];
  readonly rest: AsyncIterator<Row>;
  /** Data begins after this row; 0 for a label-and-value page, whose row carries its own number. */
  readonly after: number;
  readonly others: readonly string[];
}

export type Choice =
  | { readonly is: "chosen"; readonly chosen: Chosen }
  | { readonly is: "clash"; readonly clash: NonNullable<Header["clash"]>; readonly row: number }
  | { readonly is: "empty"; readonly labels: string }
  | { readonly is: "none" };

export async function chooseTable(
  kind: RecordKind,
  read: Document,
  wanted: { readonly sheet?: string; readonly headerRow?: number; readonly mapping?: Recall },
): Promise<Choice> {
  const candidates = read.tables.filter(
    (table) => wanted.sheet === undefined || table.sheet === wanted.sheet,
  );
  let found: Omit<Chosen, "others"> | undefined;
  let clash: { clash: NonNullable<Header["clash"]>; row: number } | undefined;
  const others: string[] = [];
  const heads: { table: Table; head: Row[] }[] = [];
  for (const table of candidates) {
    const rest = iterate(table.rows);
    const head: Row[] = [];
    const depth = Math.max(HEADER_DEPTH + 1, (wanted.headerRow ?? 0) + 1);
    while (head.length < depth) {
      const next = await rest.next();
      if (next.done) break;
      head.push(next.value);
    }
    heads.push({ table, head });
    const looked = wanted.headerRow ? head.slice(wanted.headerRow - 1, wanted.headerRow + 1) : head;
    const header = findHeader(kind, looked, wanted.mapping);
    if (header?.clash) clash ??= { clash: header.clash, row: header.row };
    else if (header && !found) {
      found = { table, header, head, rest, after: header.row };
      continue;
    }
    await rest.return?.(undefined);
    if (found && head.some((row) => row.cells.some((cell) => cell.text !== ""))) others.push(table.sheet);
  }
  if (found) {
    const data = found.head.some(
      (row) => row.number > found.after && row.cells.some((cell) => cell.text !== ""),
    );
    const more = data ? { done: true } : await found.rest.next();
    if (!data && more.done)
      return {
        is: "empty",
        labels: found.header.columns
          .map((column) => column.header)
          .join("、")
          .slice(0, 60),
      };
    return { is: "chosen", chosen: { ...found, others } };
  }
  if (clash) return { is: "clash", ...clash };
  return pairsIn(kind, read, heads, wanted.mapping);
}

function pairsIn(
  kind: RecordKind,
  read: Document,
  heads: readonly { table: Table; head: Row[] }[],
  mapping: Recall | undefined,
): Choice {
  const tables = heads.length > 0 ? heads : [{ table: undefined, head: [] }];
  for (const { table } of tables) {
    const rows = table && Array.isArray(table.rows) ? (table.rows as Row[]) : [];
    if (table && rows.length === 0) continue;
    const pairs = tableOfPairs(kind, rows, read.prose);
    if (!pairs) continue;
    const all = [...(pairs.table.rows as Row[])];
    if (pairs.empty)
      return {
        is: "empty",
        labels: all[0]!.cells
          .map((cell) => cell.text)
          .join("、")
          .slice(0, 60),
      };
    const header = findHeader(kind, [all[0]!], mapping);
    if (!header || header.clash) continue;
    const chosen: Chosen = {
      table: { ...pairs.table, sheet: table?.sheet ?? "" },
      header,
      head: [all[1]!],
      rest: iterate([]),
      after: 0,
      others: [],
    };
    return { is: "chosen", chosen };
  }
  return { is: "none" };
}

async function* iterate(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Row> {
  yield* rows;
}
