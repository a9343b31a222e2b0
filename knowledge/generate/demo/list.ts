/** A list as an office would publish it: a title, a header, rows. */
import type { RecordKind } from "../../../src/records/schema.ts";

export type ListFormat = "xlsx" | "csv" | "csv-gb18030" | "html" | "docx";

export interface ListHead {
  /** Path under `knowledge/data/demo/files/`. */
  readonly path: string;
  readonly format: ListFormat;
  readonly kind: RecordKind;
  readonly title: string;
  readonly publisher: string;
  readonly publishedOn: string;
  /** Name of the one organ the list is of, when it is of one. */
  readonly entity?: string;
  readonly header: readonly string[];
  /** Another table of the same workbook, on a sheet of its own: 表二 of an annual report. */
  readonly second?: {
    readonly title: string;
    readonly header: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
}

export interface List extends ListHead {
  readonly rows: readonly (readonly string[])[];
  /** Row groups to merge in the columns given, as spreadsheets do for one matter over several rows. */
  readonly merges: readonly { readonly from: number; readonly to: number; readonly columns: number }[];
}

export interface OpenList {
  /** Adds one row. */
  add(...cells: readonly string[]): void;
  /** Adds rows of one matter; the first `merged` columns are one cell over all of them. */
  addGroup(rows: readonly (readonly string[])[], merged: number): void;
  /** The number the next row will bear: `1` for the first. */
  next(): string;
  readonly list: List;
}

/** Spreadsheet row of the first data row: title and form line stand above the header in xlsx only. */
export function firstDataRow(format: ListFormat): number {
  return format === "xlsx" ? 4 : 2;
}

export function openList(head: ListHead): OpenList {
  const rows: (readonly string[])[] = [];
  const merges: { from: number; to: number; columns: number }[] = [];
  const addGroup = (group: readonly (readonly string[])[], merged: number): void => {
    for (const cells of group) {
      if (cells.length !== head.header.length)
        throw new RangeError(`${head.path}: ${cells.length} cells under ${head.header.length} headers`);
    }
    if (group.length > 1)
      merges.push({ from: rows.length, to: rows.length + group.length - 1, columns: merged });
    rows.push(...group);
  };
  return {
    add: (...cells) => addGroup([cells], 0),
    addGroup,
    next: () => String(rows.length + 1),
    list: { ...head, rows, merges },
  };
}
