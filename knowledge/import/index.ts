/** One import: sniff → read → find the header → map → build drafts → check, every row accounted for. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "../../src/error.ts";
import type { Calendar } from "../../src/law/calendar.ts";
import { dayOf } from "../../src/law/day.ts";
import {
  type PublishedRecord,
  type RecordKind,
  recordKinds,
  type Statute,
} from "../../src/records/schema.ts";
import { loadCalendar } from "../calendar.ts";
import { dateIn, headersOf, ownOrgan, powerTypeIn, textsAbove, titleOf } from "./around.ts";
import type { Context } from "./build/context.ts";
import { builders } from "./builders.ts";
import { chooseTable } from "./choose.ts";
import { type Refusal, readDocument } from "./document.ts";
import { type Header, type Match, type Recall, readHeaderAgain } from "./header.ts";
import { fieldLabel, kindFields } from "./kinds.ts";
import { knownLaws } from "./laws.ts";
import { partLicences, readLicences } from "./licences.ts";
import { checkMapping } from "./mappings.ts";
import { readMatters } from "./matters.ts";
import { type Code, type Issue, issue } from "./messages.ts";
import {
  createFinder,
  datasetAmong,
  governmentFinder,
  type KnownOrgan,
  type KnownPower,
  organIn,
  placesOf,
} from "./organs.ts";
import type { NamedPlace } from "./places.ts";
import { importProse } from "./prose.ts";
import { withServicePhones } from "./service-line.ts";
import { cellAt, type Document } from "./table.ts";
import { findAdvert, findScramble } from "./text/suspicious.ts";

export interface ImportOptions {
  readonly file: string;
  readonly kind: RecordKind;
  /** The organ of lists without an organ column. Default: the published one that title, sheet, form line or file name. */
  readonly entity?: string;
  /** Organs already published, for names and ids. */
  readonly known?: readonly KnownOrgan[];
  /** Published areas, for the places names begin with; those of the country are known anyway. */
  readonly areas?: readonly NamedPlace[];
  readonly dataset?: string;
  readonly sheet?: string;
  /** 1-based, as the spreadsheet shows it. */
  readonly headerRow?: number;
  /** Field by column heading, or a look-up of what was saved for these headings. */
  readonly mapping?: Recall;
  /** Published powers for links; absent without a library. */
  readonly powers?: readonly KnownPower[];
  /** Every version of every law the library holds, against which bases are held and to which they are linked. */
  readonly statutes?: readonly Statute[];
  /** Published holidays. Default: those shipped. */
  readonly calendar?: Calendar;
  /** For a statute: the version it replaces, closed the day before. */
  readonly supersedes?: Statute;
  readonly title?: string;
  readonly publisher?: string;
  /** Day the list was published, when the file does not say it. */
  readonly publishedOn?: string;
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
  /** How well each heading fits what it was read as. */
  readonly matches: Readonly<Record<string, Match>>;
  /** Every heading of the header row, the signature of the source. */
  readonly headings: readonly string[];
  readonly counts: { rows: number; accepted: number; warned: number; quarantined: number };
  readonly issues: readonly Issue[];
  readonly records: readonly PublishedRecord[];
  readonly dropped: readonly string[];
  readonly sha256: string;
  readonly refused: boolean;
}

/** Columns whose cells show whose place a list is of. */
const PLACE_FIELDS: ReadonlySet<string> = new Set(["entityId", "area"]);

/**
 * @throws AppError `bad_input` for a kind that has no list reader or a mapping that names no field.
 * Memory: a CSV and a long .xlsx are streamed; any other workbook, page or document is held whole (at most `MAX_BYTES`).
 */
export async function importFile(options: ImportOptions): Promise<ImportResult> {
  const source = readSource(options.file);
  checkKind(options);
  const read = await readDocument(options.file, source.bytes, isProseKind(options.kind));
  return importDocument(options, source, read);
}

/** A file as it lies there. */
export interface Source {
  readonly bytes: Buffer;
  readonly sha256: string;
}

export function readSource(path: string): Source {
  const bytes = readFileSync(path);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export const isProseKind = (kind: RecordKind): boolean => kind === "statute" || kind === "policy";

/** One list of a document that was read already: the first whose header fits the kind. */
export async function importDocument(
  options: ImportOptions,
  source: Pick<Source, "sha256">,
  read: Document | Refusal,
): Promise<ImportResult> {
  if (options.kind !== "entity") return importOnce(options, source, read, []);
  // A list of organs names its own: 委托机关 and 上级主管部门 mostly stand in the same list, often further down.
  const { onRecord: _, progress: __, ...quietly } = options;
  const { records } = await importOnce(quietly, source, read, "not read yet");
  return importOnce(
    options,
    source,
    read,
    records.flatMap((record) => (record.kind === "entity" ? [record] : [])),
  );
}

/** @throws AppError `bad_input` for a kind no list is read as, or a mapping that names no field. */
export function checkKind({ kind, mapping }: Pick<ImportOptions, "kind" | "mapping">): void {
  if (kind === "point") {
    throw new AppError("bad_input", {
      say: "要点不从表格导入:要点是 JSON 行文件(.jsonl),每行一个要点,字段见 src/records/point.ts。",
    });
  }
  if (!builders[kind] && !isProseKind(kind)) {
    throw new AppError("bad_input", {
      say: `暂不能导入“${recordKinds[kind].label}”清单。可以导入:${[...Object.keys(builders), "statute", "policy"].join("、")}。`,
    });
  }
  if (mapping && typeof mapping !== "function") checkMapping(kind, mapping);
}

/** @param listed organs the list itself names: good for references, not for what the list leaves out. */
async function importOnce(
  options: ImportOptions,
  { sha256 }: Pick<Source, "sha256">,
  read: Document | Refusal,
  listed: readonly KnownOrgan[] | "not read yet",
): Promise<ImportResult> {
  const { kind } = options;
  const builder = builders[kind];
  const file = basename(options.file);
  const issues: Issue[] = [];
  const add = (code: Code, place: Parameters<typeof issue>[2], facts: Parameters<typeof issue>[3] = {}) =>
    issues.push(issue(file, code, place, facts));
  const refuse = (
    code: Code,
    facts: Parameters<typeof issue>[3] = {},
    place: Parameters<typeof issue>[2] = {},
  ) => {
    add(code, place, facts);
    return { ...nothing, file, kind, sha256, issues };
  };
  if ("code" in read) return refuse(read.code, { v: read.why });
  if (!builder) return importProse(options, read, sha256);
  if (read.macros) add("W59", {});
  for (const name of read.hiddenSheets) add("E05", { sheet: name }, { v: "" });

  const { rest: document, licences } =
    kind === "annual" && !options.sheet ? await partLicences(read) : { rest: read };
  const choice = await chooseTable(kind, document, options);
  if (choice.is === "clash")
    return refuse("E02", choice.clash, { row: choice.row, column: choice.clash.column });
  if (choice.is === "empty") return refuse("E48", { v: choice.labels });
  if (choice.is === "none") {
    const keys = (kindFields[kind] ?? []).filter((field) => field.key).map((field) => field.headers[0]);
    return refuse("E01", { wanted: keys.join("”“"), hint: "" });
  }
  const { table, header, head, rest, after, others } = choice.chosen;
  const sheet = table.sheet;
  for (const name of others) add("W56", { sheet: name });
  const above = textsAbove(choice.chosen);
  const around = [...table.context, ...read.prose.slice(0, 40), ...above];
  const planted = around.map(findAdvert).find((found) => found !== undefined);
  if (planted) return refuse("E40", { v: planted });
  const scramble = findScramble(
    [...around, ...head.flatMap((row) => row.cells.map((cell) => cell.text))].join(""),
  );
  if (scramble) return refuse("E46", { v: scramble });

  const hidden = new Set(table.hiddenColumns);
  const usable = (all: Header["columns"]) => all.filter(({ field, index }) => field && !hidden.has(index));
  const columns = usable(header.columns);
  const dropped = header.columns.filter((column) => column.dropped).map((column) => column.header);
  if (dropped.length > 0) add("I25", { sheet }, { v: dropped.map((name) => `“${name}”`).join("、") });
  for (const column of header.columns) {
    const place = { sheet, column: column.header };
    if (hidden.has(column.index)) add("E05", place, { v: `列“${column.header}”` });
    else if (!column.field && !column.dropped) add("I60", place);
  }

  const known = options.known ?? [];
  const places = placesOf(known, options.areas);
  const filler =
    /(?:填报单位|公布单位|发布单位|发布机构|来源)(?:\([^)]*\))?[::]\s*([\u4e00-\u9fa5]{4,40})/.exec(
      around.join("\n").normalize("NFKC"),
    )?.[1];
  const title = options.title ?? titleOf({ above, captions: table.context, prose: read.prose }) ?? file;
  const inTitle = organIn(
    [
      ["标题", title],
      ["工作表名", sheet],
      ["填报单位", filler ?? ""],
      ["文件名", file.replace(/\.\w+$/, "")],
    ],
    createFinder(known, places),
  );
  const named = [options.entity, inTitle?.organ.name, filler, options.publisher].filter(
    (name) => name !== undefined,
  );
  const showing = columns.filter(
    ({ field }) => PLACE_FIELDS.has(`${field}`) || (kind === "entity" && field === "name"),
  );
  const cells = head.flatMap((row) =>
    row.number > after
      ? showing.map(({ index }) => cellAt(row, index).text).filter((text) => text !== "")
      : [],
  );
  const dataset =
    options.dataset ??
    datasetAmong(named, known, places) ??
    datasetAmong(cells, known, places) ??
    datasetAmong([title], known, places) ??
    datasetAmong([file], known, places);
  if (dataset === undefined) return refuse("E78", { v: named[0] ? `(“${named[0]}”)` : "" });
  const own = options.entity ? ownOrgan(options.entity, known, dataset, places) : inTitle?.organ;
  if (inTitle && !columns.some(({ field }) => field === "entityId")) {
    const { organ, where } = inTitle;
    if (!options.entity) add("I80", {}, { v: organ.name, where });
    else if (own?.id !== organ.id) add("W81", {}, { v: organ.name, where, own: options.entity });
  }
  if (own && !known.some((organ) => organ.id === own.id)) {
    add("I61", {}, { v: own.name });
    if (!places.split(own.name).level)
      add("W52", { column: "行政层级" }, { why: "从机关名称判断不出", v: own.level });
  }
  const publisher =
    options.publisher ?? own?.name ?? /^.{2,40}?(?:局|委员会|厅|政府|办公室)/.exec(title)?.[0] ?? "";
  const publishedOn = options.publishedOn ?? dateIn(around);

  const stated = licences && readLicences(licences);
  for (const { row, why } of stated?.faults ?? []) add("W69", { sheet: licences?.sheet, row }, { why });

  const errors = new Map<number, Code>();
  const warned = new Set<number>();
  const once = new Set<string>();
  const headers = headersOf(columns);
  const context: Context = {
    kind,
    dataset,
    own,
    known,
    places,
    find: createFinder(known, places, own, own?.area ?? places.split(title, dataset).area),
    findListed:
      listed === "not read yet"
        ? (name) => ownOrgan(name, known, dataset, places)
        : createFinder(listed, places),
    governmentOf: governmentFinder(listed === "not read yet" ? known : [...known, ...listed]),
    ...(options.powers ? { powers: options.powers } : {}),
    ...(stated ? { licences: stated.byOrgan } : {}),
    calendar: options.calendar ?? loadCalendar(),
    laws: knownLaws(options.statutes ?? [], dayOf(options.at)),
    heading: title,
    publisher,
    above: around,
    today: dayOf(options.at),
    ...(publishedOn ? { publishedOn } : {}),
    report: (code, row, field, facts) => {
      const named = field ? fieldLabel(kind, field) : undefined;
      const column = field ? (row.headers[field]?.[0] ?? named) : undefined;
      add(code, { sheet, row: row.number, ...(column ? { column } : {}) }, facts);
      if (code.startsWith("E")) errors.set(row.number, code);
      else warned.add(row.number);
    },
    reportOnce: (code, column, facts) => {
      if (once.has(`${code}${column}`)) return;
      once.add(`${code}${column}`);
      add(code, { sheet, column }, facts);
    },
  };

  const records: PublishedRecord[] = [];
  // A certificate that stands twice takes both rows out: officers are handed over when all are read.
  const streamed = kind === "officer" ? undefined : options.onRecord;
  const annuals = new Set<string>();
  const matters = readMatters({
    kind,
    builder,
    context,
    columns,
    headers,
    width: header.width,
    headings: header.columns,
    headerRows: head.filter((row) => row.number >= header.firstRow && row.number <= after),
    headerAgain: (row, next) => {
      const again = readHeaderAgain(kind, row, next, options.mapping);
      if (typeof again === "string") return again;
      return { row: again.row, columns: usable(again.columns), headings: again.columns };
    },
    section: [title, sheet, file].map(powerTypeIn).find(({ powerType }) => powerType) ?? {},
    errors,
    long: options.onRecord !== undefined,
    ...(options.progress ? { progress: options.progress } : {}),
    keep: (record) => {
      if (record.kind === "annual") annuals.add(record.entityId);
      if (streamed) streamed(record);
      else records.push(record);
    },
    takeBack: (id) => {
      const at = records.findIndex((record) => record.id === id);
      if (at >= 0) records.splice(at, 1);
    },
    note: (code, row, facts) => {
      const found = issue(file, code, { sheet, row }, facts);
      issues.push(found);
      return found;
    },
    sourceOf: (first, last) => ({
      file: file.slice(-200),
      ...(sheet ? { sheet: sheet.slice(0, 60) } : {}),
      row: first,
      ...(last > first ? { rowTo: last } : {}),
      title: title.slice(0, 200),
      publisher: (publisher || "未注明发布机关").slice(0, 60),
      ...(publishedOn ? { publishedOn } : {}),
      sha256,
      importedAt: options.at.toISOString(),
      ...(options.by ? { importedBy: options.by } : {}),
    }),
  });
  for (const row of head) if (row.number > after) matters.take(row);
  for (let next = await rest.next(); !next.done; next = await rest.next()) matters.take(next.value);
  matters.finish();
  if (!streamed && options.onRecord) for (const record of records.splice(0)) options.onRecord(record);

  for (const [organ, { row }] of stated?.byOrgan ?? []) {
    const id = organ === "" ? own?.id : context.find(organ)?.id;
    if (annuals.has(id ?? "")) continue;
    const why = organ === "" ? "没有写明单位,未采用" : `的单位“${organ}”在表一中没有对应行,未采用`;
    add("W69", { sheet: licences?.sheet, row }, { why });
  }
  const served = withServicePhones(records, matters.phones, matters.refusedOwners);
  for (const { phone, as, count } of served.used)
    add("I73", { sheet, row: phone.row }, { v: phone.number, n: count, label: as });
  const declared = /共\s*(\d+)\s*(?:项|条|家|人|个|名|件)/.exec([...above, ...table.context].join(" "))?.[1];
  if (declared && Number(declared) !== matters.matters) {
    const row = header.firstRow;
    add("W38", { sheet, row }, { n: Number(declared), m: matters.matters, list: row });
  }
  return {
    file,
    kind,
    sha256,
    sheet,
    headerRow: header.row,
    mapping: Object.fromEntries(columns.map((column) => [column.header, column.field!])),
    matches: Object.fromEntries(
      header.columns.flatMap(({ header, match, index }) =>
        match && !hidden.has(index) ? [[header, match]] : [],
      ),
    ),
    headings: header.columns.map((column) => column.header),
    counts: {
      rows: matters.rows,
      accepted: matters.rows - errors.size,
      warned: [...warned].filter((row) => !errors.has(row)).length,
      quarantined: errors.size,
    },
    issues,
    records: served.records,
    dropped,
    refused: false,
  };
}

const nothing = {
  sheet: "",
  headerRow: null,
  mapping: {},
  matches: {},
  headings: [],
  counts: { rows: 0, accepted: 0, warned: 0, quarantined: 0 },
  records: [],
  dropped: [],
  refused: true,
} satisfies Partial<ImportResult>;
