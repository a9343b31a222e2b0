/** Builds files in the layouts offices really publish; all names are fictional. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as XLSX from "@e965/xlsx";
import { type ImportResult, importFile } from "../../knowledge/import/index.ts";
import type { RecordKind } from "../../src/records/schema.ts";

const folder = mkdtempSync(join(tmpdir(), "mingzhi-import-"));
let files = 0;

export type Grid = readonly (readonly (string | number)[])[];

export function save(name: string, body: string | Uint8Array): string {
  const path = join(folder, `${++files}-${name}`);
  writeFileSync(path, body);
  return path;
}

export function workbook(
  grid: Grid,
  options: {
    merges?: readonly string[];
    hiddenRows?: readonly number[];
    bookType?: "xlsx" | "biff8";
    hiddenSheet?: Grid;
  } = {},
): string {
  const book = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet(grid.map((row) => [...row]));
  sheet["!merges"] = (options.merges ?? []).map((range) => XLSX.utils.decode_range(range));
  if (options.hiddenRows) {
    sheet["!rows"] = [];
    for (const row of options.hiddenRows) sheet["!rows"][row - 1] = { hidden: true };
  }
  XLSX.utils.book_append_sheet(book, sheet, "清单");
  if (options.hiddenSheet) {
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet(options.hiddenSheet.map((row) => [...row])),
      "内部",
    );
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
  }
  const bookType = options.bookType ?? "xlsx";
  return save(
    bookType === "xlsx" ? "清单.xlsx" : "清单.xls",
    XLSX.write(book, { type: "buffer", bookType }) as Buffer,
  );
}

export function csv(grid: Grid): string {
  return grid.map((row) => row.map((cell) => `"${String(cell).replace(/"/g, '""')}"`).join(",")).join("\r\n");
}

export function run(file: string, kind: RecordKind, entity = "演示市水务局"): Promise<ImportResult> {
  return importFile({ file, kind, entity, at: new Date("2026-11-24T00:00:00Z") });
}

/** Code and row of every finding that blocks a row. */
export function blocked(result: ImportResult): string[] {
  return result.issues.filter((issue) => issue.severity === "E").map((issue) => `${issue.code}@${issue.row}`);
}

export const codes = (result: ImportResult) => result.issues.map((issue) => issue.code);
