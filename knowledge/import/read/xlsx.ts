/** Excel workbooks, new and old: merged ranges, hidden parts, cached formula values, numbers kept as numbers. */
import * as XLSX from "@e965/xlsx";
import { fromEpochDay } from "../../../src/law/day.ts";
import type { Cell, Document, Row, Table } from "../table.ts";
import { blank } from "../table.ts";
import { cleanText } from "../text/clean.ts";

export function readWorkbook(bytes: Buffer): Document {
  const book = XLSX.read(bytes, {
    cellDates: false,
    cellNF: true,
    cellStyles: true,
    dense: true,
    cellFormula: false,
  });
  const hidden = new Set(
    (book.Workbook?.Sheets ?? []).flatMap((sheet, index) =>
      sheet.Hidden ? [book.SheetNames[index] ?? ""] : [],
    ),
  );
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  return {
    tables: book.SheetNames.filter((name) => !hidden.has(name)).flatMap((name) => {
      const sheet = book.Sheets[name];
      return sheet ? [readSheet(name, sheet, date1904)] : [];
    }),
    prose: [],
    hiddenSheets: [...hidden],
  };
}

function readSheet(name: string, sheet: XLSX.WorkSheet, date1904: boolean): Table {
  const range = XLSX.utils.decode_range(sheet["!ref"] ?? "A1:A1");
  const data = (sheet["!data"] ?? []) as (XLSX.CellObject | undefined)[][];
  // Some writers state a smaller range than they fill.
  range.e.r = Math.max(range.e.r, data.length - 1);
  for (const row of data) range.e.c = Math.max(range.e.c, (row?.length ?? 0) - 1);
  const covered = new Map<string, { row: number; column: number; across: boolean }>();
  for (const merge of sheet["!merges"] ?? []) {
    const across = merge.e.c > merge.s.c;
    for (let r = merge.s.r; r <= Math.min(merge.e.r, range.e.r + 1000); r++) {
      for (let c = merge.s.c; c <= merge.e.c; c++)
        covered.set(`${r},${c}`, { row: merge.s.r + 1, column: merge.s.c, across });
    }
  }
  const rows: Row[] = [];
  for (let r = 0; r <= range.e.r; r++) {
    const cells: Cell[] = [];
    for (let c = 0; c <= range.e.c; c++) {
      const merged = covered.get(`${r},${c}`);
      const source = merged ? data[merged.row - 1]?.[merged.column] : data[r]?.[c];
      const cell = source ? readCell(source, date1904) : blank;
      cells.push(merged && cell !== blank ? { ...cell, merged } : cell);
    }
    rows.push({ number: r + 1, cells, ...(sheet["!rows"]?.[r]?.hidden ? { hidden: true } : {}) });
  }
  const hiddenColumns = (sheet["!cols"] ?? []).flatMap((column, index) => (column?.hidden ? [index] : []));
  return { sheet: name, rows, hiddenColumns, context: [] };
}

function readCell(cell: XLSX.CellObject, date1904: boolean): Cell {
  if (cell.t === "e" || cell.v === undefined || cell.v === null)
    return cell.w ? { text: cleanText(cell.w) } : blank;
  if (cell.t === "n" && typeof cell.v === "number")
    return numberCell(cell.v, { format: formatOf(cell), date1904 });
  return { text: cleanText(String(cell.v)) };
}

/** Formats of Chinese Excel that the library shows as a day without naming them. */
function formatOf(cell: XLSX.CellObject): string {
  if (typeof cell.z === "string") return cell.z;
  return /^\d{1,2}\/\d{1,2}\/\d{2}$/.test(cell.w ?? "") ? "yyyy/m/d" : "General";
}

/** How numbers of a style are shown. */
export interface NumberStyle {
  readonly format: string;
  /** Days counted from 1904-01-01, as some Macintosh workbooks do. */
  readonly date1904: boolean;
}

/** A number as text: a day for a date format, a percentage as shown, else all its digits. */
export function numberCell(value: number, style: NumberStyle | undefined): Cell {
  const { format = "General", date1904 = false } = style ?? {};
  if (XLSX.SSF.is_date(format))
    return { text: fromEpochDay(Math.floor(value) - 25_569 + (date1904 ? 1462 : 0)) };
  const shown = format.includes("%") ? String(XLSX.SSF.format(format, value)) : "";
  const plain = Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return { text: /%$/.test(shown) ? shown : plain, numeric: value };
}
