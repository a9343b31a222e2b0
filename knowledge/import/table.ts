/** The one shape every reader produces: rows of cells that remember where they stood in the published file. */

export interface Cell {
  /** Cleaned text as published; inner line breaks kept. Empty when blank. */
  readonly text: string;
  /** Stored as a number: in a code column leading zeros may be gone. */
  readonly numeric?: number;
  /** Covered by a merged range whose top-left cell is at this row and column (1-based row, 0-based column). */
  readonly merged?: { readonly row: number; readonly column: number; readonly across: boolean };
}

export interface Row {
  /** As the spreadsheet shows it, 1-based. */
  readonly number: number;
  readonly cells: readonly Cell[];
  readonly hidden?: boolean;
  /** Cells the row really had, where the layout can lose some (csv, html, docx). */
  readonly found?: number;
}

export interface Table {
  readonly sheet: string;
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** 0-based columns hidden in the file. */
  readonly hiddenColumns: readonly number[];
  /** Headings and sentences around the table: title, publisher, dates, phones. */
  readonly context: readonly string[];
}

/** A file after reading: its tables, or prose when there is none. */
export interface Document {
  readonly tables: readonly Table[];
  /** Paragraphs in reading order, tables left out. */
  readonly prose: readonly string[];
  readonly hiddenSheets: readonly string[];
  /** Sentences of a page that it does not show. */
  readonly hiddenProse?: readonly string[];
  readonly encoding?: string;
  readonly macros?: boolean;
  /** Column positions the reader could not trust; the file is refused with this advice. */
  readonly refusal?: string;
}

export const blank: Cell = { text: "" };

/** Cell at a column; blank when the row is shorter. */
export function cellAt(row: Row, column: number): Cell {
  return row.cells[column] ?? blank;
}

/** Different non-empty texts of a row, merged repeats counted once. */
export function distinctTexts(row: Row): string[] {
  return row.cells
    .filter((cell, column) => cell.text !== "" && !isCovered(cell, row.number, column))
    .map((cell) => cell.text);
}

/** Whether this position only repeats the top-left cell of its merged range. */
export function isCovered(cell: Cell, row: number, column: number): boolean {
  return cell.merged !== undefined && (cell.merged.row !== row || cell.merged.column !== column);
}
