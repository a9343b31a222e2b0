/** The same findings for a terminal and for a spreadsheet. */
import type { ImportResult } from "./index.ts";

/** CSV with BOM; cells that a spreadsheet would run as formulas are defused. */
export function writeCsvReport(result: ImportResult): string {
  const lines = [
    ["级别", "代码", "工作表", "行", "列", "说明"],
    ...result.issues.map((issue) => [
      issue.severity,
      issue.code,
      issue.sheet,
      issue.row === null ? "" : String(issue.row),
      issue.column ?? "",
      issue.message,
    ]),
  ];
  return `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

export function sayReport(result: ImportResult): string {
  const { counts } = result;
  const shown = result.issues.slice(0, 200).map((issue) => `${issue.code} ${issue.message}`);
  const rest =
    result.issues.length > 200 ? [`另有 ${result.issues.length - 200} 条,请用 --report 导出。`] : [];
  const mapping = Object.entries(result.mapping).map(([header, field]) => `  ${header} → ${field}`);
  return [
    `${result.file}:共 ${counts.rows} 行,可用 ${counts.accepted} 行(其中提醒 ${counts.warned} 行),隔离 ${counts.quarantined} 行。`,
    ...(result.headerRow === null ? [] : [`表头在第 ${result.headerRow} 行,列的对应:`, ...mapping]),
    ...shown,
    ...rest,
  ].join("\n");
}
