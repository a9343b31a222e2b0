/** The same findings for a terminal and for a spreadsheet. */
import { recordKinds } from "../../src/records/schema.ts";
import type { Match } from "./header.ts";
import type { ImportResult } from "./index.ts";
import { fieldLabel } from "./kinds.ts";
import { IGNORED } from "./mappings.ts";

/** CSV with BOM; cells that a spreadsheet would run as formulas are defused. */
export function writeCsvReport(results: readonly ImportResult[]): string {
  const lines = [
    ["级别", "代码", "工作表", "行", "列", "说明"],
    ...results
      .flatMap(({ issues }) => issues)
      .map((issue) => [
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

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** One self-contained page: counts, the mapping to confirm, every finding with where and what to do. */
export function writeHtmlReport(results: readonly ImportResult[]): string {
  const title = results.map(({ file }) => file);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>导入报告:${escapeHtml([...new Set(title)].join("、").slice(0, 200))}</title>
<style>body{font-family:sans-serif;margin:1rem auto;max-width:72rem;padding:0 1rem;line-height:1.6;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1em 0}thead{display:table-header-group}tr{break-inside:avoid}
td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top;min-width:3em}.issues td:last-child{min-width:14em}</style></head><body>
${results.map(htmlOf).join("\n")}
</body></html>
`;
}

function htmlOf(result: ImportResult): string {
  const { counts } = result;
  const cells = (tag: "td" | "th", texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  const mapping = mappingRows(result.kind, result.mapping, result.matches).map((row) => cells("td", row));
  const issues = result.issues.map((issue) =>
    cells("td", [
      issue.code,
      issue.sheet,
      issue.row === null ? "" : String(issue.row),
      issue.column ?? "",
      issue.message,
    ]),
  );
  return `<h1>导入报告:${escapeHtml(result.file)}</h1>
<p>${result.refused ? "文件未被接受。" : `共 ${counts.rows} 行,可用 ${counts.accepted} 行(其中提醒 ${counts.warned} 行),隔离 ${counts.quarantined} 行。`}</p>
<p>校验值 ${result.sha256}</p>
<h2>列的对应</h2><div class="scroll"><table><thead>${cells("th", ["表中列名", "字段", "得分"])}</thead>${mapping.join("")}</table></div>
${result.dropped.length > 0 ? `<p>已丢弃的列:${escapeHtml(result.dropped.join("、"))}</p>` : ""}
<h2>问题</h2><div class="scroll"><table class="issues"><thead>${cells("th", ["代码", "工作表", "行", "列", "说明"])}</thead>${issues.join("\n")}</table></div>`;
}

/** One report of everything imported together: a line for every list, what each was taken for, the sum, then the findings. */
export function sayReports(results: readonly ImportResult[], guessed: readonly boolean[]): string[] {
  const lists = results.map((result, index) => ({ result, guessed: guessed[index] === true }));
  const [only] = results;
  if (only && results.length === 1)
    return guessed[0] ? [sayKind(only, true), sayReport(only)] : [sayReport(only)];
  const sum = (name: keyof ImportResult["counts"]) =>
    results.reduce((before, { counts }) => before + counts[name], 0);
  const refused = results.filter((result) => result.refused).length;
  return [
    `共 ${new Set(results.map(({ file }) => file)).size} 个文件、${results.length} 份清单(未被接受 ${refused} 份):${sum("rows")} 行,可用 ${sum("accepted")} 行(其中提醒 ${sum("warned")} 行),隔离 ${sum("quarantined")} 行。`,
    ...lists.map(({ result, guessed: shown }) => sayKind(result, shown)),
    ...results.map(sayReport),
  ];
}

/** `水务.xlsx(行政许可)→ power 权责清单(按列名辨认):12 行,可用 12 行,隔离 0 行`. */
function sayKind({ file, sheet, kind, counts, refused }: ImportResult, guessed: boolean): string {
  const name = `${file}${sheet ? `(${sheet})` : ""}`;
  if (refused) return `  ${name}:未被接受`;
  const label = isKind(kind) ? recordKinds[kind].label : kind;
  const how = guessed ? "(按列名和标题辨认,不对的请用 --kind 写明)" : "";
  return `  ${name} → ${kind} ${label}${how}:${counts.rows} 行,可用 ${counts.accepted} 行,隔离 ${counts.quarantined} 行`;
}

const isKind = (kind: string): kind is keyof typeof recordKinds => kind in recordKinds;

function sayReport(result: ImportResult): string {
  const { counts } = result;
  const shown = result.issues.slice(0, 200).map((issue) => `${issue.code} ${issue.message}`);
  const rest =
    result.issues.length > 200 ? [`另有 ${result.issues.length - 200} 条,请用 --report 导出。`] : [];
  const mapping = sayMapping(result.kind, result.mapping, result.matches);
  return [
    `${result.file}:共 ${counts.rows} 行,可用 ${counts.accepted} 行(其中提醒 ${counts.warned} 行),隔离 ${counts.quarantined} 行。`,
    ...(result.headerRow === null ? [] : [`表头在第 ${result.headerRow} 行,列的对应:`, ...mapping]),
    ...shown,
    ...rest,
  ].join("\n");
}

/** One line a column: `权力名称 → name 职权名称(得分 1.00)`. */
export function sayMapping(
  kind: string,
  mapping: Readonly<Record<string, string>>,
  matches: Readonly<Record<string, Match>>,
): string[] {
  return mappingRows(kind, mapping, matches).map(
    ([header, field, score]) => `  ${header} → ${field}${score === "" ? "" : `(${score})`}`,
  );
}

/** Heading, field, and how well they fit; also of headings that lost their field to another. */
function mappingRows(
  kind: string,
  mapping: Readonly<Record<string, string>>,
  matches: Readonly<Record<string, Match>>,
): [header: string, field: string, score: string][] {
  const lost = Object.keys(matches).filter((header) => !(header in mapping) && matches[header]?.rival);
  return [...Object.keys(mapping), ...lost].map((header) => [
    header,
    named(kind, mapping[header] ?? IGNORED),
    scoreIn(kind, matches[header]),
  ]);
}

/** A field as a mapping file names it, and in words; `忽略` is both. */
function named(kind: string, field: string): string {
  const label = fieldLabel(kind, field);
  return label ? `${field} ${label}` : field;
}

function scoreIn(kind: string, match: Match | undefined): string {
  const parts = [
    match?.given ? "按给定的对应" : "",
    match?.score === undefined ? "" : `得分 ${match.score.toFixed(2)}`,
    match?.rival ? `另一可能 ${named(kind, match.rival.field)} 得分 ${match.rival.score.toFixed(2)}` : "",
  ];
  return parts.filter((part) => part !== "").join(",");
}
