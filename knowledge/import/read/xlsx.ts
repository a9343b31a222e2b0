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
  return {
    tables: book.SheetNames.filter((name) => !hidden.has(name)).flatMap((name) => {
      const sheet = book.Sheets[name];
      return sheet ? [readSheet(name, sheet)] : [];
    }),
    prose: [],
    hiddenSheets: [...hidden],
  };
}

function readSheet(name: string, sheet: XLSX.WorkSheet): Table {
  const range = XLSX.utils.decode_range(sheet["!ref"] ?? "A1:A1");
  const data = (sheet["!data"] ?? []) as (XLSX.CellObject | undefined)[][];
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
      const cell = source ? readCell(source) : blank;
      cells.push(merged && cell !== blank ? { ...cell, merged } : cell);
    }
    rows.push({ number: r + 1, cells, ...(sheet["!rows"]?.[r]?.hidden ? { hidden: true } : {}) });
  }
  const hiddenColumns = (sheet["!cols"] ?? []).flatMap((column, index) => (column?.hidden ? [index] : []));
  return { sheet: name, rows, hiddenColumns, context: [] };
}

function readCell(cell: XLSX.CellObject): Cell {
  if (cell.t === "e" || cell.v === undefined || cell.v === null)
    return cell.w ? { text: cleanText(cell.w) } : blank;
  if (cell.t === "n" && typeof cell.v === "number") {
    if (typeof cell.z === "string" && XLSX.SSF.is_date(cell.z)) {
      return { text: fromEpochDay(Math.floor(cell.v) - 25_569) };
    }
    const plain =
      Number.isInteger(cell.v) && Math.abs(cell.v) < 1e21 ? BigInt(cell.v).toString() : String(cell.v);
    const shown = cell.w && /%$/.test(cell.w) ? cell.w : plain;
    return { text: shown, numeric: cell.v };
  }
  return { text: cleanText(String(cell.v)) };
}
