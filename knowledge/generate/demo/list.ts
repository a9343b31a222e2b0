/**
 * A list as an office would publish it: headers, rows, and where each row came to lie.
 * Records keep the `SourceRef` that `add` returns; its `sha256` is filled in once the file's bytes exist.
 */
import type { SourceRef } from "../../../src/records/primitives.ts";
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
  /** The one organ the list is of, when it is of one. */
  readonly entityId?: string;
  readonly header: readonly string[];
}

export interface List extends ListHead {
  readonly rows: readonly (readonly string[])[];
  /** Row groups to merge in the columns given, as spreadsheets do for one matter over several rows. */
  readonly merges: readonly { readonly from: number; readonly to: number; readonly columns: number }[];
  readonly sources: readonly Source[];
}

/** A source that will learn its digest. */
export type Source = SourceRef;

export interface OpenList {
  /** Adds one row and tells where it lies. */
  add(cells: readonly string[]): Source;
  /** Adds rows of one matter; the first `merged` columns are one cell over all of them. */
  addGroup(rows: readonly (readonly string[])[], merged: number): Source;
  readonly list: List;
}

/** Spreadsheet row of the first data row: title and form line stand above the header in xlsx only. */
export function firstDataRow(format: ListFormat): number {
  return format === "xlsx" ? 4 : 2;
}

const SHEET = "Sheet1";
/** The two people of the fictional city who import and check. */
const IMPORTED = {
  importedAt: "2026-09-01T02:00:00Z",
  importedBy: "演示录入员甲",
  checkedBy: "演示复核员乙",
} as const;

export function openList(head: ListHead): OpenList {
  const rows: (readonly string[])[] = [];
  const merges: { from: number; to: number; columns: number }[] = [];
  const sources: Source[] = [];
  const addGroup = (group: readonly (readonly string[])[], merged: number): Source => {
    for (const cells of group) {
      if (cells.length !== head.header.length) {
        throw new RangeError(`${head.path}: ${cells.length} cells under ${head.header.length} headers`);
      }
    }
    const from = rows.length;
    rows.push(...group);
    if (group.length > 1) merges.push({ from, to: rows.length - 1, columns: merged });
    const row = firstDataRow(head.format) + from;
    const source: Source = {
      file: `demo/files/${head.path}`,
      ...(head.format === "xlsx" && { sheet: SHEET }),
      row,
      ...(group.length > 1 && { rowTo: row + group.length - 1 }),
      title: head.title,
      publisher: head.publisher,
      publishedOn: head.publishedOn,
      ...IMPORTED,
    };
    sources.push(source);
    return source;
  };
  return {
    add: (cells) => addGroup([cells], 0),
    addGroup,
    list: { ...head, rows, merges, sources },
  };
}
