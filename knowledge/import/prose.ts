/** Statute and policy files: one document, one record, refused whole when an article seems lost. */
import { basename } from "node:path";
import { addDays, dayOf } from "../../src/law/day.ts";
import { PublishedRecord } from "../../src/records/schema.ts";
import { idOf } from "./build/context.ts";
import type { ImportOptions, ImportResult } from "./index.ts";
import { type Code, type Issue, issue } from "./messages.ts";
import { assumedArea, createFinder, datasetAmong, placesOf } from "./organs.ts";
import { parseNumeral } from "./parse/numeral.ts";
import { rankOfStatute } from "./rank.ts";
import { brokenSequence, readPolicy, readStatute } from "./read/statute.ts";
import type { Document } from "./table.ts";
import { findAdvert } from "./text/suspicious.ts";

export function importProse(options: ImportOptions, read: Document, sha256: string): ImportResult {
  const lines = read.prose;
  const file = basename(options.file);
  const issues: Issue[] = [];
  const known = options.known ?? [];
  const places = placesOf(known, options.areas);
  const finish = (records: PublishedRecord[], refused: boolean): ImportResult => ({
    file,
    kind: options.kind,
    sha256,
    sheet: "",
    headerRow: null,
    mapping: {},
    matches: {},
    headings: [],
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
  for (const text of read.hiddenProse ?? [])
    issues.push(issue(file, "E05", {}, { v: `段落“${text.slice(0, 20)}”` }));
  const advert = findAdvert(lines.join("\n"));
  if (advert) return refuse("E40", advert);
  const shown = options.dataset ?? (options.kind === "statute" ? "national" : ofPolicy());
  if (shown === undefined) return refuse("E78", "");
  const dataset = shown;
  const draft = options.kind === "statute" ? statute() : policy();
  if (typeof draft === "string") return refuse("E46", draft);
  const parsed = PublishedRecord.safeParse(draft);
  if (!parsed.success)
    return refuse("E46", `${parsed.error.issues[0]?.path.join(".")} ${parsed.error.issues[0]?.message}`);
  const records = [parsed.data, ...closed(parsed.data)];
  for (const record of options.onRecord ? records : []) options.onRecord?.(record);
  return finish(options.onRecord ? [] : records, false);

  /** Whose policy it is, by its issuer or its title. */
  function ofPolicy(): string | undefined {
    const { title } = readPolicy(lines);
    const names = [options.entity ?? options.publisher ?? title];
    if (/^(?:国务院|中共中央|中华人民共和国)/.test(names[0]!)) return "national";
    return datasetAmong(names, known, places) ?? datasetAmong([title], known, places);
  }

  /** The version that this one replaces, closed the day before it. */
  function closed(newer: PublishedRecord): PublishedRecord[] {
    const older = options.supersedes;
    if (!older) return [];
    const from = newer.validity.effectiveFrom;
    if (!from)
      issues.push(issue(file, "W52", { column: "失效日期" }, { why: "新版没有写明施行日期", v: "空" }));
    const effectiveTo = from ? addDays(from, -1) : older.validity.effectiveTo;
    return [
      {
        ...older,
        status: "draft",
        // Until the new version takes effect the old one is the law: its last day ends it by itself.
        repealed: older.repealed || from === undefined || from <= dayOf(options.at),
        supersededById: newer.id,
        validity: { ...older.validity, ...(effectiveTo ? { effectiveTo } : {}) },
      },
    ];
  }

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
    if (broken) return `条文序号不连续(${broken}),可能有缺漏`;
    const named = /(?:19|20)\d{2}/.exec(file)?.[0];
    const version = read.version ?? named ?? read.effectiveFrom;
    if (!version) return "没有找到公布或修订日期";
    const flag = (column: string, why: string, v: string) =>
      issues.push(issue(file, "W52", { column }, { why, v }));
    if (!read.version)
      flag("版本日期", named ? "正文没有写明,取自文件名" : "正文没有写明,取施行日期", version);
    else if (named && !version.startsWith(named)) flag("版本日期", `与文件名的 ${named} 年不一致`, version);
    const { rank, certain } = rankOfStatute(read);
    if (!certain) flag("效力级别", "无法从名称、令号和公布机关确定", rank);
    // 修正 leaves the last article's day of the first version standing: it is not this version's.
    const own =
      read.effectiveFrom !== undefined && read.effectiveFrom >= version ? read.effectiveFrom : undefined;
    if (!own) flag("施行日期", "本版没有写明(条文中是最初施行的日期)", "空");
    if (read.repealed && !read.effectiveTo) flag("失效日期", "标为已修订或已废止,但没有写明日期", "空");
    return {
      ...common(read.title, read.issuer ?? "未注明发布机关"),
      id: idOf("statute", dataset, read.title, version),
      title: read.title,
      rank,
      ...(read.issuer ? { issuer: read.issuer } : {}),
      version,
      repealed: read.repealed,
      ...(read.docNo ? { docNo: read.docNo } : {}),
      articles: read.articles,
      validity: {
        ...(own ? { effectiveFrom: own } : {}),
        ...(read.effectiveTo ? { effectiveTo: read.effectiveTo } : {}),
      },
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
      area: areaOfPolicy(read.title, issuer),
      clauses: read.clauses,
    };
  }

  /** The issuing organ's area; the city of the data set only when nothing else shows, and said. */
  function areaOfPolicy(title: string, issuer: string): string {
    if (dataset === "national" || /^(?:国务院|中共中央|中华人民共和国)/.test(issuer)) return "全国";
    const name = options.entity ?? issuer;
    const area =
      createFinder(known, places)(name)?.area ?? places.split(name).area ?? places.split(title).area;
    if (area) return area;
    const assumed = assumedArea(dataset);
    issues.push(issue(file, "W52", { column: "适用地区" }, { why: "没有写明", v: assumed }));
    return assumed;
  }
}
