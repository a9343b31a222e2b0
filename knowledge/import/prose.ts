/** Statute and policy files: one document, one record, refused whole when an article seems lost. */
import { basename } from "node:path";
import { PublishedRecord } from "../../src/records/schema.ts";
import { idOf } from "./build/context.ts";
import type { ImportOptions, ImportResult } from "./index.ts";
import { type Code, type Issue, issue } from "./messages.ts";
import { parseNumeral } from "./parse/numeral.ts";
import { brokenSequence, readPolicy, readStatute } from "./read/statute.ts";
import { findAdvert } from "./text/suspicious.ts";

export function importProse(options: ImportOptions, lines: readonly string[], sha256: string): ImportResult {
  const file = basename(options.file);
  const issues: Issue[] = [];
  const finish = (records: PublishedRecord[], refused: boolean): ImportResult => ({
    file,
    kind: options.kind,
    sha256,
    sheet: "",
    headerRow: null,
    mapping: {},
    dropped: [],
    issues,
    records,
    refused,
    counts: refused
      ? { rows: 0, accepted: 0, warned: 0, quarantined: 0 }
      : { rows: 1, accepted: 1, warned: issues.length > 0 ? 1 : 0, quarantined: 0 },
  });
  const refuse = (code: Code, v: string) => {
    issues.push(issue(file, code, {}, { v, wanted: "第一条", hint: "" }));
    return finish([], true);
  };
  const advert = findAdvert(lines.join("\n"));
  if (advert) return refuse("E40", advert);
  const dataset = options.dataset ?? (options.kind === "statute" ? "national" : "140800");
  const draft = options.kind === "statute" ? statute() : policy();
  if (typeof draft === "string") return refuse("E46", draft);
  const parsed = PublishedRecord.safeParse(draft);
  if (!parsed.success)
    return refuse("E46", `${parsed.error.issues[0]?.path.join(".")} ${parsed.error.issues[0]?.message}`);
  options.onRecord?.(parsed.data);
  return finish(options.onRecord ? [] : [parsed.data], false);

  function common(title: string, publisher: string) {
    const source = {
      file: file.slice(-200),
      title,
      publisher: options.publisher ?? publisher,
      sha256,
      importedAt: options.at.toISOString(),
      ...(options.by ? { importedBy: options.by } : {}),
    };
    return { kind: options.kind, dataset, status: "draft", source };
  }

  function statute(): Record<string, unknown> | string {
    const read = readStatute(lines, file);
    const broken = brokenSequence(read.articles, parseNumeral);
    if (read.title === "" || read.articles.length === 0) return "没有找到法规名称和条文";
    if (!read.version) return "没有找到公布或修订日期";
    const named = /(?:19|20)\d{2}/.exec(file)?.[0];
    if (named && !read.version.startsWith(named))
      issues.push(
        issue(file, "W52", { column: "版本日期" }, { why: `与文件名的 ${named} 年不一致`, v: read.version }),
      );
    if (broken) return `条文序号不连续(${broken}),可能有缺漏`;
    const national = read.title.startsWith("中华人民共和国");
    const rank = /解释$/.test(read.title)
      ? "司法解释"
      : /^.{2,6}(?:省|自治区)|^.{2,4}市(?!场)/.test(read.title)
        ? /条例$/.test(read.title)
          ? "地方性法规"
          : "政府规章"
        : national && /法$/.test(read.title)
          ? "法律"
          : /条例$/.test(read.title)
            ? "行政法规"
            : /国务院令/.test(read.docNo ?? "")
              ? "行政法规"
              : /令/.test(read.docNo ?? "")
                ? "部门规章"
                : undefined;
    if (!rank)
      issues.push(
        issue(file, "W52", { column: "效力级别" }, { why: "无法从名称和令号判断", v: "规范性文件" }),
      );
    return {
      ...common(read.title, "未注明发布机关"),
      id: idOf("statute", dataset, read.title, read.version),
      title: read.title,
      rank: rank ?? "规范性文件",
      version: read.version,
      repealed: read.repealed,
      ...(read.docNo ? { docNo: read.docNo } : {}),
      articles: read.articles,
      validity: read.effectiveFrom ? { effectiveFrom: read.effectiveFrom } : {},
    };
  }

  function policy(): Record<string, unknown> | string {
    const read = readPolicy(lines);
    if (read.title === "" || read.clauses.length === 0) return "没有找到文件标题和分项内容";
    const issuer =
      options.publisher ??
      options.entity ??
      /^.{2,40}?(?:人民政府办公室|人民政府办公厅|国务院办公厅|人民政府|委员会|厅|局)/.exec(read.title)?.[0] ??
      "未注明发布机关";
    return {
      ...common(read.title, issuer),
      id: idOf("policy", dataset, read.docNo ?? read.title),
      validity: {},
      title: read.title,
      ...(read.docNo ? { docNo: read.docNo } : {}),
      issuer,
      ...(read.issuedOn ? { issuedOn: read.issuedOn } : {}),
      area: dataset === "national" ? "全国" : dataset === "demo" ? "140800" : dataset,
      clauses: read.clauses,
    };
  }
}
