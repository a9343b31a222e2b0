/** Pages that publish one matter as label and value (`实施主体 | 演示市水务局`) turned into a header and one row. */
import type { RecordKind } from "../../src/records/schema.ts";
import { headerKey } from "./header.ts";
import { kindFields } from "./kinds.ts";
import { type Cell, distinctTexts, type Row, type Table } from "./table.ts";

const MIN_PAIRS = 3;

/**
 * The page as a table, or `empty` when it has the labels and no values (a page a script was to fill);
 * undefined when it is no such page.
 */
export function tableOfPairs(
  kind: RecordKind,
  rows: readonly Row[],
  prose: readonly string[],
): { readonly table: Table; readonly empty: boolean } | undefined {
  const names = new Set((kindFields[kind] ?? []).flatMap((field) => field.headers.map(headerKey)));
  const found: { label: string; value: Cell; number: number }[] = [];
  let others = 0;
  for (const row of rows) {
    const cells = row.cells.filter((cell, column) => !cell.merged || cell.merged.column === column);
    if (distinctTexts(row).length === 0) continue;
    if (cells.length > 4 || cells.length < 2) return undefined;
    for (let i = 0; i + 1 < cells.length; i += 2) {
      const label = cells[i]!.text;
      if (names.has(headerKey(label))) found.push({ label, value: cells[i + 1]!, number: row.number });
      else if (label !== "") others++;
    }
  }
  if (rows.length === 0) {
    prose.forEach((line, index) => {
      const pair = /^([^::]{2,16})[::]\s*([\s\S]*)$/.exec(line.trim());
      if (pair && names.has(headerKey(pair[1]!)))
        found.push({ label: pair[1]!, value: { text: pair[2]! }, number: index + 1 });
    });
  }
  if (found.length < MIN_PAIRS || found.length < others) return undefined;
  if (new Set(found.map(({ label }) => headerKey(label))).size !== found.length) return undefined;
  const first = found[0]!.number;
  const line = (cells: Cell[], number: number): Row => ({ number, cells });
  return {
    empty: found.every(({ value }) => value.text === ""),
    table: {
      sheet: "",
      hiddenColumns: [],
      context: [],
      rows: [
        line(
          found.map(({ label }) => ({ text: label })),
          first,
        ),
        line(
          found.map(({ value }) =>
            value.numeric === undefined ? { text: value.text } : { text: value.text, numeric: value.numeric },
          ),
          first,
        ),
      ],
    },
  };
}
