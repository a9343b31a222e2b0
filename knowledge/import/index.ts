/** One import: sniff → read → find the header → map → build drafts → check, every row accounted for. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "../../src/error.ts";
import { PublishedRecord, type RecordKind, recordKinds } from "../../src/records/schema.ts";
import { buildBenchmark } from "./build/benchmark.ts";
import { buildAvRecord, buildLegalReview } from "./build/catalogues.ts";
import {
  type Builder,
  type Context,
  type DataRow,
  idOf,
  readPowerType,
  type Section,
} from "./build/context.ts";
import { buildInspection } from "./build/inspection.ts";
import { buildEntity, buildOfficer } from "./build/people.ts";
import { buildPower } from "./build/power.ts";
import { buildRelief, buildSupervision } from "./build/relief.ts";
import { decodeText, detectEncoding, readMhtPart } from "./decode.ts";
import { findHeader, HEADER_DEPTH, type Header } from "./header.ts";
import { kindFields } from "./kinds.ts";
import { type Code, type Issue, issue } from "./messages.ts";
import { areaOfName, createFinder, type KnownOrgan, levelOfName } from "./organs.ts";
import { parseDate } from "./parse/date.ts";
import { importProse } from "./prose.ts";
import { looksLikeCsv, readCsv } from "./read/csv.ts";
import { readHtml } from "./read/html.ts";
import { readWorkbook } from "./read/xlsx.ts";
import { classify } from "./rows.ts";
import { sniff } from "./sniff.ts";
import { type Cell, cellAt, type Document, type Row, type Table } from "./table.ts";
import { cleanText } from "./text/clean.ts";
import { findAdvert, findScramble, traditionalIn } from "./text/suspicious.ts";

export interface ImportOptions {
  readonly file: string;
  readonly kind: RecordKind;
  /** The organ of lists without an organ column. */
  readonly entity?: string;
  /** Organs already published, for names and ids. */
  readonly known?: readonly KnownOrgan[];
  readonly dataset?: string;
  readonly sheet?: string;
  /** 1-based, as the spreadsheet shows it. */
  readonly headerRow?: number;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly title?: string;
  readonly publisher?: string;
  readonly by?: string;
  readonly at: Date;
  /** Told every 5 000 rows. */
  readonly progress?: (rows: number) => void;
  /** Called for every accepted draft instead of keeping it in the result. */
  readonly onRecord?: (record: PublishedRecord) => void;
}

export interface ImportResult {
  readonly file: string;
  readonly kind: RecordKind;
  readonly sheet: string;
  readonly headerRow: number | null;
  readonly mapping: Record<string, string>;
  readonly counts: { rows: number; accepted: number; warned: number; quarantined: number };
  readonly issues: readonly Issue[];
  readonly records: readonly PublishedRecord[];
  readonly dropped: readonly string[];
  readonly sha256: string;
  readonly refused: boolean;
}

/** Kinds whose lists can be read today; the others are refused rather than guessed. */
export const builders: Partial<Record<RecordKind, Builder>> = {
  entity: buildEntity,
  officer: buildOfficer,
  power: buildPower,
  benchmark: buildBenchmark,
  inspection: buildInspection,
  "legal-review": buildLegalReview,
  "av-record": buildAvRecord,
  relief: buildRelief,
  supervision: buildSupervision,
};

/** Fields whose equality or merge makes rows one matter. */
const GROUPED: Partial<Record<RecordKind, string>> = { power: "name", benchmark: "violation" };

/** @throws AppError `bad_input` for a kind that has no list reader. */
export async function importFile(options: ImportOptions): Promise<ImportResult> {
  const builder = builders[options.kind];
  const isProse = options.kind === "statute" || options.kind === "policy";
  if (!builder && !isProse) {
    throw new AppError("bad_input", {
      say: `暂不能导入“${recordKinds[options.kind].label}”清单。可以导入:${[...Object.keys(builders), "statute", "policy"].join("、")}。`,
    });
  }
  const file = basename(options.file);
  const bytes = readFileSync(options.file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const issues: Issue[] = [];
  const base = { file, kind: options.kind, sha256 };
  const refuse = (
    code: Code,
    facts: Record<string, string | number> = {},
    place: { row?: number; column?: string } = {},
  ): ImportResult => ({
    ...base,
    sheet: "",
    headerRow: null,
    mapping: {},
    counts: { rows: 0, accepted: 0, warned: 0, quarantined: 0 },
    issues: [...issues, issue(file, code, place, facts)],
    records: [],
    dropped: [],
    refused: true,
  });
  const read = await readDocument(options.file, bytes, isProse);
  if ("code" in read) return refuse(read.code, { v: read.why });
  if (isProse || !builder) return importProse(options, read.prose, sha256);
  if (read.macros) issues.push(issue(file, "W59", {}));
  for (const name of read.hiddenSheets)
    issues.push(issue(file, "E05", { sheet: name }, { v: `工作表“${name}”` }));

  const candidates = read.tables.filter(
    (table) => options.sheet === undefined || table.sheet === options.sheet,
  );
  let chosen: { table: Table; header: Header; head: Row[]; rest: AsyncIterator<Row> } | undefined;
  let clash: Header["clash"];
  let clashRow = 0;
  for (const table of candidates) {
    const rest = iterate(table.rows);
    const head: Row[] = [];
    const depth = Math.max(HEADER_DEPTH + 1, (options.headerRow ?? 0) + 1);
    while (head.length < depth) {
      const next = await rest.next();
      if (next.done) break;
      head.push(next.value);
    }
    const looked = options.headerRow ? head.slice(options.headerRow - 1, options.headerRow + 1) : head;
    const header = findHeader(options.kind, looked, options.mapping);
    if (header?.clash) {
      clash ??= header.clash;
      clashRow = header.row;
    } else if (header && !chosen) {
      chosen = { table, header, head, rest };
      continue;
    }
    if (chosen && head.some((row) => row.cells.some((cell) => cell.text !== "")))
      issues.push(issue(file, "W56", { sheet: table.sheet }, { v: table.sheet }));
  }
  if (!chosen && clash) return refuse("E02", clash, { row: clashRow, column: clash.column });
  if (!chosen) {
    const wanted = (kindFields[options.kind] ?? [])
      .filter((field) => field.key)
      .map((field) => field.headers[0])
      .join("”“");
    return refuse("E01", { wanted, hint: "" });
  }

  const { table, header, head, rest } = chosen;
  const above = head
    .filter((row) => row.number < header.firstRow)
    .flatMap((row) =>
      row.cells.filter((cell, i) => !cell.merged || cell.merged.column === i).map((cell) => cell.text),
    )
    .filter((text) => text !== "");
  const context_ = [...table.context, ...read.prose.slice(0, 40), ...above];
  const planted = [...context_].map(findAdvert).find((found) => found !== undefined);
  if (planted) return refuse("E40", { v: planted });
  const scramble = findScramble(
    [...context_, ...head.flatMap((row) => row.cells.map((cell) => cell.text))].join(""),
  );
  if (scramble) return refuse("E46", { v: scramble });

  const hidden = new Set(table.hiddenColumns);
  const columns = header.columns.filter((column) => column.field && !hidden.has(column.index));
  const dropped = header.columns.filter((column) => column.dropped).map((column) => column.header);
  if (dropped.length > 0)
    issues.push(
      issue(file, "I25", { sheet: table.sheet }, { v: dropped.map((name) => `“${name}”`).join("、") }),
    );
  for (const column of header.columns) {
    if (hidden.has(column.index))
      issues.push(
        issue(file, "E05", { sheet: table.sheet, column: column.header }, { v: `列“${column.header}”` }),
      );
    else if (!column.field && !column.dropped)
      issues.push(issue(file, "I60", { sheet: table.sheet, column: column.header }));
  }

  const dataset = options.dataset ?? ((options.entity ?? "").includes("演示") ? "demo" : "140800");
  const own = ownOrgan(options.entity, options.known ?? [], dataset);
  if (own && !(options.known ?? []).some((organ) => organ.id === own.id))
    issues.push(issue(file, "I61", {}, { v: own.name }));
  const title =
    options.title ?? above[0] ?? read.prose.find((line) => line.length > 4 && line.length < 100) ?? file;
  const publisher =
    options.publisher ??
    own?.name ??
    /^.{2,40}?(?:局|委员会|厅|政府|办公室)/.exec(title)?.[0] ??
    "未注明发布机关";
  const dated = context_
    .map(
      (line) =>
        /(?:发布|公布|填报|印发|成文)?(?:日期|时间)?[::]?\s*(\d{4}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}))/.exec(
          line,
        )?.[1],
    )
    .find((text) => text !== undefined);
  const publishedOn = dated ? parseDate(dated) : undefined;

  const errors = new Map<number, Code>();
  const warned = new Set<number>();
  const once = new Set<string>();
  const headers: Record<string, string[]> = {};
  for (const column of columns) {
    const list = headers[column.field!];
    if (list) list.push(column.header);
    else headers[column.field!] = [column.header];
  }
  const context: Context = {
    kind: options.kind,
    dataset,
    own,
    known: options.known ?? [],
    find: createFinder(options.known ?? [], own),
    heading: title,
    today: options.at.toISOString().slice(0, 10),
    ...(publishedOn?.kind === "date" ? { publishedOn: publishedOn.text } : {}),
    report: (code, row, field, facts) => {
      const column = field
        ? (row.headers[field]?.[0] ??
          kindFields[options.kind]?.find((known) => known.name === field)?.headers[0])
        : undefined;
      issues.push(
        issue(file, code, { sheet: table.sheet, row: row.number, ...(column ? { column } : {}) }, facts),
      );
      if (code.startsWith("E")) errors.set(row.number, code);
      else warned.add(row.number);
    },
    reportOnce: (code, column, facts) => {
      if (once.has(`${code}${column}`)) return;
      once.add(`${code}${column}`);
      issues.push(issue(file, code, { sheet: table.sheet, column }, facts));
    },
  };

  const records: PublishedRecord[] = [];
  const seenIds = new Map<string, { row: number; name: string; body: string }>();
  let total = 0;
  let section: Section = { ...(readPowerTypeIn(title) ? { powerType: readPowerTypeIn(title) } : {}) };
  let sectionCount: { declared: number; row: number; found: number } | undefined;
  let matters = 0;
  let group: DataRow[] = [];
  let foreign = false;

  const finishGroup = () => {
    const [first, ...others] = group;
    group = [];
    if (!first) return;
    matters++;
    if (sectionCount) sectionCount.found++;
    const rows: [DataRow, ...DataRow[]] = [first, ...others];
    const bad = () => rows.find((row) => errors.has(row.number));
    const drafts = bad() ? [] : builder(rows, context);
    if (!bad()) {
      for (const draft of drafts) {
        const last = rows.at(-1)!.number;
        const parsed = PublishedRecord.safeParse({
          dataset,
          status: "draft",
          validity: {},
          source: {
            file: file.slice(-200),
            ...(table.sheet ? { sheet: table.sheet.slice(0, 60) } : {}),
            row: first.number,
            ...(last > first.number ? { rowTo: last } : {}),
            title: title.slice(0, 200),
            publisher: publisher.slice(0, 60),
            ...(publishedOn?.kind === "date" ? { publishedOn: publishedOn.text } : {}),
            sha256,
            importedAt: options.at.toISOString(),
            ...(options.by ? { importedBy: options.by } : {}),
          },
          ...draft,
        });
        if (!parsed.success) {
          const fault = parsed.error.issues[0];
          context.report("E49", first, undefined, {
            v: `${fault?.path.join(".") ?? ""} ${fault?.message ?? ""}`,
          });
        } else keep(parsed.data, first);
      }
    }
    const culprit = bad();
    if (culprit)
      for (const row of rows)
        if (!errors.has(row.number)) context.report("E47", row, undefined, { other: culprit.number });
  };

  const keep = (record: PublishedRecord, row: DataRow) => {
    const { source: _, ...rest } = record;
    const body = JSON.stringify(rest);
    const name = "name" in record ? record.name : "violation" in record ? record.violation : "";
    const before = seenIds.get(record.id);
    if (before) {
      if (before.body === body) context.report("W57", row, undefined, { other: before.row });
      else if (record.kind === "officer")
        context.report("E23", row, "certNo", { v: record.certNo, other: before.row });
      else {
        const code = record.kind === "power" ? record.code?.value : undefined;
        const field = code ? "code" : record.kind === "benchmark" ? "violation" : "name";
        context.report("E17", row, field, { v: code ?? name, other: before.row });
      }
      return;
    }
    seenIds.set(record.id, {
      row: row.number,
      name,
      body: options.onRecord ? createHash("sha1").update(body).digest("base64") : body,
    });
    if (options.onRecord) options.onRecord(record);
    else records.push(record);
  };

  const closeSection = () => {
    finishGroup();
    if (sectionCount && sectionCount.declared !== sectionCount.found)
      issues.push(
        issue(
          file,
          "W38",
          { sheet: table.sheet, row: sectionCount.row },
          { n: sectionCount.declared, m: sectionCount.found, list: sectionCount.row },
        ),
      );
    sectionCount = undefined;
  };

  const take = (row: Row) => {
    const kindOfRow = classify(options.kind, row, header.width);
    if (kindOfRow.is === "section") {
      closeSection();
      section = {
        ...(kindOfRow.section.powerType || section.powerType
          ? { powerType: kindOfRow.section.powerType ?? section.powerType }
          : {}),
        ...kindOfRow.section,
      };
      if (kindOfRow.count !== undefined)
        sectionCount = { declared: kindOfRow.count, row: row.number, found: 0 };
      foreign = false;
      return;
    }
    if (kindOfRow.is === "foreign" && !foreign) {
      finishGroup();
      foreign = true;
      issues.push(issue(file, "E44", { sheet: table.sheet, row: row.number }));
      return;
    }
    if (kindOfRow.is === "header") foreign = false;
    if (kindOfRow.is !== "data") return;
    total++;
    if (total % 5000 === 0) options.progress?.(total);
    const data = toData(row);
    if (foreign) {
      finishGroup();
      context.report("E44", data, undefined);
      return;
    }
    if (row.hidden) context.report("E05", data, undefined, { v: `第 ${row.number} 行` });
    if (
      row.found !== undefined &&
      (row.found < header.width ||
        (row.found > header.width && row.cells.slice(header.width).some((cell) => cell.text !== "")))
    ) {
      context.report("E06", data, undefined, { n: row.found, m: header.width });
    }
    const words = columns.map((column) => cellAt(row, column.index).text).join(" ");
    const advert = findAdvert(row.cells.map((cell) => cell.text).join("\n"));
    if (advert) context.report("E40", data, undefined, { v: advert });
    if (words.includes("\ufffd"))
      context.report("E46", data, undefined, { v: `第 ${row.number} 行含无法显示的字符` });
    const traditional = traditionalIn(words);
    if (traditional.length >= 2)
      context.report("E46", data, undefined, {
        v: `第 ${row.number} 行夹杂繁体字形“${traditional.slice(0, 4).join("")}”,疑为转换文本`,
      });
    if (!continues(data, row)) finishGroup();
    group.push(data);
  };

  let previous: Row | undefined;
  const continues = (data: DataRow, row: Row): boolean => {
    const field = GROUPED[options.kind];
    const before = group.at(-1);
    const last = previous;
    previous = row;
    if (!field || !before || !last) return false;
    const key = data.fields[field]?.[0];
    const keyBefore = before.fields[field]?.[0];
    if (key?.merged && keyBefore?.merged && key.merged.row === keyBefore.merged.row)
      return sameTier(data, before);
    if (!key || key.text === "") {
      const carries =
        options.kind === "benchmark"
          ? (data.fields.text?.[0]?.text ?? "") !== "" && (data.fields.seq?.[0]?.text ?? "") === ""
          : (data.fields.stage?.[0]?.text ?? "") !== "";
      if (!carries) return false;
      context.report("W50", data, field, {
        column: headers[field]?.[0] ?? "",
        v: (group[0]?.fields[field]?.[0]?.text ?? "").slice(0, 20),
      });
      return true;
    }
    const seq = (item: DataRow) => item.fields.seq?.[0]?.text ?? "";
    return options.kind !== "power" || headers.stage
      ? key.text === keyBefore?.text &&
          (seq(data) === "" || seq(data) === seq(before) || options.kind === "benchmark")
      : false;
  };
  /** Under one merged main item, power rows with different sub-items are different matters. */
  const sameTier = (data: DataRow, before: DataRow): boolean => {
    if (options.kind !== "power") return true;
    const sub = (item: DataRow) =>
      `${item.fields.subName?.[0]?.text ?? ""}|${item.fields.code?.[0]?.text ?? ""}`;
    return sub(data) === sub(before) && headers.stage !== undefined;
  };

  const toData = (row: Row): DataRow => {
    const fields: Record<string, Cell[]> = {};
    for (const column of columns) {
      const list = fields[column.field!];
      if (list) list.push(cellAt(row, column.index));
      else fields[column.field!] = [cellAt(row, column.index)];
    }
    return { number: row.number, fields, headers, section };
  };

  for (const row of head) if (row.number > header.row) take(row);
  for (let next = await rest.next(); !next.done; next = await rest.next()) take(next.value);
  closeSection();

  const declared = /共\s*(\d+)\s*项/.exec([...above, ...table.context].join(" "))?.[1];
  if (declared && Number(declared) !== matters)
    issues.push(
      issue(
        file,
        "W38",
        { sheet: table.sheet, row: header.firstRow },
        { n: Number(declared), m: matters, list: header.firstRow },
      ),
    );

  return {
    ...base,
    sheet: table.sheet,
    headerRow: header.row,
    mapping: Object.fromEntries(columns.map((column) => [column.header, column.field!])),
    counts: {
      rows: total,
      accepted: total - errors.size,
      warned: [...warned].filter((row) => !errors.has(row)).length,
      quarantined: errors.size,
    },
    issues,
    records,
    dropped,
    refused: false,
  };
}

type Refusal = { readonly code: Code; readonly why: string };

async function readDocument(path: string, bytes: Buffer, prose: boolean): Promise<Document | Refusal> {
  const kind = sniff(bytes);
  if (kind.kind === "refused") return { code: "E03", why: kind.why };
  try {
    switch (kind.kind) {
      case "xlsx":
      case "xls":
        return { ...readWorkbook(bytes), macros: kind.macros };
      case "docx": {
        const mammoth = await import("mammoth");
        const { value } = await mammoth.default.convertToHtml({ buffer: bytes });
        return { ...readHtml(value), macros: kind.macros };
      }
      case "mht":
      case "html": {
        const part = kind.kind === "mht" ? readMhtPart(bytes) : bytes;
        const decoded = part && decodeText(part);
        return decoded ? readHtml(decoded.text) : { code: "E04", why: "" };
      }
      case "pdf":
        return { code: "E03", why: "PDF 中的表格没有可靠的行列" };
      case "text": {
        const encoding = detectEncoding(bytes);
        if (!encoding) return { code: "E04", why: "" };
        const sample = new TextDecoder(encoding).decode(bytes.subarray(0, 64 * 1024));
        if (!prose && looksLikeCsv(sample))
          return { tables: [readCsv(path, encoding, sample)], prose: [], hiddenSheets: [], encoding };
        return {
          tables: [],
          prose: new TextDecoder(encoding).decode(bytes).split(/\r?\n/).map(cleanText),
          hiddenSheets: [],
          encoding,
        };
      }
    }
  } catch (thrown) {
    return {
      code: "E03",
      why: `文件损坏或受保护(${thrown instanceof Error ? thrown.message.slice(0, 60) : "无法打开"})`,
    };
  }
}

async function* iterate(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Row> {
  yield* rows;
}

function ownOrgan(
  name: string | undefined,
  known: readonly KnownOrgan[],
  dataset: string,
): KnownOrgan | undefined {
  if (!name) return undefined;
  const found = createFinder(known)(name);
  return (
    found ?? {
      id: idOf("entity", dataset, name),
      name,
      aliases: [],
      level: levelOfName(name) ?? "县",
      ...(areaOfName(name) ? { area: areaOfName(name) } : {}),
    }
  );
}

function readPowerTypeIn(title: string): Section["powerType"] {
  const named = title.match(/行政(许可|处罚|强制|征收|给付|检查|确认|奖励|裁决)/g) ?? [];
  return new Set(named).size === 1 ? readPowerType(named[0]!) : undefined;
}
