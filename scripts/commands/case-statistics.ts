/** The monthly report as CSV, as spreadsheets in offices open it: UTF-8 with a byte order mark. */
import type { CaseStatistics, Count } from "../../src/cases/statistics.ts";

export function csvOf(month: string, figures: CaseStatistics): string {
  const counts = (title: string, list: readonly Count[]) =>
    list.map(({ label, count }) => [title, label, count] as const);
  const rows: readonly (readonly (string | number)[])[] = [
    ["项目", "分类", "数值"],
    ["月份", "", month],
    ["登记", "", figures.filed],
    ["办结", "", figures.closed],
    ["在办", "", figures.open],
    ["逾期", "", figures.late],
    ["受理用时中位数(天)", "", figures.daysToAccept.median ?? ""],
    ["办结用时中位数(天)", "", figures.daysToClose.median ?? ""],
    ["办结用时九成以内(天)", "", figures.daysToClose.p90 ?? ""],
    ["满意度", "", figures.satisfaction?.toFixed(1) ?? ""],
    ...counts("按机关", figures.byOrgan),
    ...counts("按事项", figures.byMatter),
    ...counts("按区划", figures.byArea),
    ...counts("按结果", figures.byResult),
  ];
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A name that begins like a formula is not run by the spreadsheet that opens it. */
function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
