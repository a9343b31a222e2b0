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

/** Formats of Chinese Excel that the library shows as a day or a time without naming them. */
function formatOf(cell: XLSX.CellObject): string {
  if (typeof cell.z === "string") return cell.z;
  if (/^\d{1,2}:\d{2}:\d{2}$/.test(cell.w ?? "")) return "h:mm:ss";
  return /^\d{1,2}\/\d{1,2}\/\d{2}$/.test(cell.w ?? "") ? "yyyy/m/d" : "General";
}

/** How numbers of a style are shown. */
export interface NumberStyle {
  readonly format: string;
  /** Days counted from 1904-01-01, as some Macintosh workbooks do. */
  readonly date1904: boolean;
}

/**
 * A number as text: a day for a date format, the time for one that shows no day, a percentage as shown, leading zeros
 * and words of the format kept (`5万元`, `000081`), else all its digits. What the format writes out is text, no number.
 */
export function numberCell(value: number, style: NumberStyle | undefined): Cell {
  const { format = "General", date1904 = false } = style ?? {};
  if (XLSX.SSF.is_date(format))
    return {
      text: isTimeOnly(format)
        ? shownBy(format, value)
        : fromEpochDay(Math.floor(value) - 25_569 + (date1904 ? 1462 : 0)),
    };
  // `0\.0,"万元"`: a written point puts what stands before it into units of 10 000.
  const moved = /^[#,0]*0(?:\\\.|!\.|"\.")(0+)(,*)(?=\D*$)/.exec(format);
  if (moved) {
    const [head, zeros = "", thousands = ""] = moved;
    const scaled = value / 10 ** (zeros.length + 3 * thousands.length);
    return numberCell(scaled, { format: `0.${zeros}${format.slice(head.length)}`, date1904 });
  }
  const plain = Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  if (!/["\\%]|[^\u0020-\u007e]|^0[0-]/.test(format)) return { text: plain, numeric: value };
  const shown = shownBy(format, value);
  if (/%$/.test(shown)) return { text: shown, numeric: value };
  const written = asWritten(shown, plain, value);
  return written === undefined ? { text: plain, numeric: value } : { text: written };
}

/** Hours, minutes or seconds, and neither year nor day. */
function isTimeOnly(format: string): boolean {
  const bare = format.replace(/"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]/gi, "");
  return /[hs]/i.test(bare) && !/[yde]/i.test(bare);
}

/** Empty when the library does not know the format. */
function shownBy(format: string, value: number): string {
  const known = format
    .replace(/^G\/通用格式|^General(?=.)/, Number.isInteger(value) ? "0" : "0.0#########")
    .replace(/("[^"]*"|\[[^\]]*\]|\\.)|(\p{Script=Han}+)/gu, (_, kept?: string, words?: string) =>
      words ? `"${words}"` : (kept ?? ""),
    );
  try {
    return cleanText(String(XLSX.SSF.format(XLSX.SSF.is_date(format) ? format : known, value)));
  } catch {
    return "";
  }
}

/** Undefined when the format adds neither words nor leading zeros. Digits it only rounds away are kept. */
function asWritten(shown: string, plain: string, value: number): string | undefined {
  if (/^0[\d-]*\d$/.test(shown) && Number(shown.replaceAll("-", "")) === value)
    return shown === plain ? undefined : shown;
  if (!/\p{L}/u.test(shown)) return undefined;
  const [, before = "", digits = "", after = ""] = /^([^\d-]*)(-?[\d,]+(?:\.\d*)?)(\D*)$/.exec(shown) ?? [];
  const number = Number(digits.replaceAll(",", ""));
  const decimals = digits.split(".")[1]?.length ?? 0;
  const rounded = digits !== "" && Math.abs(number - value) <= 0.5 * 10 ** -decimals + 1e-9;
  const padded = /^0\d/.test(digits);
  return rounded && !padded ? `${before}${plain}${after}` : shown;
}
