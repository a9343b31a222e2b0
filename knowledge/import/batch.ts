/**
 * Everything in a file or a folder as one batch: every list of every file, organs first, each list read with what the
 * ones before it name. Nothing in it is passed over without a word.
 */
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { AppError } from "../../src/error.ts";
import { type PublishedRecord, type RecordKind, recordKinds } from "../../src/records/schema.ts";
import { type Refusal, readDocument } from "./document.ts";
import {
  checkKind,
  type ImportOptions,
  type ImportResult,
  importDocument,
  isProseKind,
  readSource,
  type Source,
} from "./index.ts";
import { type FoundList, guessKinds, KIND_ORDER, kindOf, listsIn } from "./lists.ts";
import { type Code, issue } from "./messages.ts";
import { tableOfPairs } from "./pairs.ts";
import type { Document } from "./table.ts";

export interface BatchOptions extends Omit<ImportOptions, "file" | "kind" | "mapping" | "onRecord"> {
  /** The kind of every list; default: what columns and titles of each show. */
  readonly kind?: RecordKind;
  /** Field by column heading, or a look-up of what was saved for a file's headings. */
  readonly mapping?:
    | ImportOptions["mapping"]
    | ((kind: RecordKind, file: string) => ImportOptions["mapping"]);
}

export interface BatchList {
  /** Path of the file. */
  readonly path: string;
  readonly result: ImportResult;
  /** Whether the kind was said, or shown by columns and title. */
  readonly guessed: boolean;
}

/** One list waiting to be read. */
interface Waiting {
  readonly path: string;
  readonly source: Pick<Source, "sha256">;
  readonly document: Document | Refusal;
  readonly kind: RecordKind | undefined;
  readonly found?: FoundList;
  /** What is said of it beside its rows. */
  readonly remarks: readonly (readonly [code: Code, facts: Readonly<Record<string, string | number>>])[];
}

/** Files of a folder and of those in it, by name; hidden ones and the lock files of open documents are left out. */
export function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/^(?:\.|~\$)|^Thumbs\.db$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param paths files, each read once.
 * @throws AppError `bad_input` for a kind no list is read as, or a mapping that names no field.
 */
export async function importBatch(
  paths: readonly string[],
  options: BatchOptions,
  told: (path: string) => void = () => {},
): Promise<BatchList[]> {
  const { kind, mapping, ...rest } = options;
  if (kind) checkKind({ kind, ...(isPlain(mapping) ? { mapping } : {}) });
  const waiting: Waiting[] = [];
  for (const path of paths) waiting.push(...(await listsOf(path, options)));
  const order = (one: Waiting) => (one.kind ? KIND_ORDER.indexOf(one.kind) : KIND_ORDER.length);
  waiting.sort((a, b) => order(a) - order(b));
  const lists: BatchList[] = [];
  const read = new Map<string, PublishedRecord>();
  for (const one of waiting) {
    told(one.path);
    const recall =
      typeof mapping === "function" && one.kind ? mappingFor(mapping, one.kind, one.path) : mapping;
    const result = one.kind
      ? await importDocument(
          {
            ...rest,
            file: one.path,
            kind: one.kind,
            known: [
              ...(rest.known ?? []),
              ...[...read.values()].flatMap((made) => (made.kind === "entity" ? [made] : [])),
            ],
            areas: [
              ...(rest.areas ?? []),
              ...[...read.values()].flatMap((made) => (made.kind === "area" ? [made] : [])),
            ],
            ...(rest.powers
              ? {
                  powers: [
                    ...rest.powers,
                    ...[...read.values()].flatMap((made) => (made.kind === "power" ? [made] : [])),
                  ],
                }
              : {}),
            ...(recall ? { mapping: recall as NonNullable<ImportOptions["mapping"]> } : {}),
          },
          one.source,
          one.document,
        )
      : unread(one);
    const file = basename(one.path);
    const place = { sheet: one.found?.table.sheet ?? "" };
    const remarks = one.remarks.map(([code, facts]) =>
      issue(file, code, "sheet" in facts ? { sheet: `${facts.sheet}` } : place, facts),
    );
    lists.push({
      path: one.path,
      guessed: !kind,
      result: { ...result, issues: [...remarks, ...result.issues] },
    });
    for (const record of result.records) read.set(record.id, record);
  }
  return withoutContradictions(lists);
}

const isPlain = (mapping: BatchOptions["mapping"]): mapping is Readonly<Record<string, string>> =>
  typeof mapping === "object";

function mappingFor(
  mapping: Exclude<BatchOptions["mapping"], undefined | Readonly<Record<string, string>>>,
  kind: RecordKind,
  path: string,
): ImportOptions["mapping"] {
  return (mapping as (kind: RecordKind, file: string) => ImportOptions["mapping"])(kind, basename(path));
}

/** The lists of one file; a file nothing can be read from is one list that is refused. */
async function listsOf(path: string, options: BatchOptions): Promise<Waiting[]> {
  const source = readSource(path);
  const { kind } = options;
  const keep = { path, source: { sha256: source.sha256 }, remarks: [] };
  const document = await readDocument(path, source.bytes, kind !== undefined && isProseKind(kind));
  const whole = { ...keep, document, kind };
  if ("code" in document || (kind && isProseKind(kind))) return [{ ...whole, kind: kind ?? "power" }];
  const file = basename(path).replace(/\.\w+$/, "");
  const only = {
    ...document,
    tables: document.tables.filter(({ sheet }) => !options.sheet || sheet === options.sheet),
  };
  const saved = isPlain(options.mapping) ? options.mapping : undefined;
  const lists = options.headerRow ? [] : await listsIn(only, file, saved);
  const readable = lists.filter(({ guesses }) =>
    kind ? guesses.some((one) => one.kind === kind) : guesses.length > 0,
  );
  if (readable.length === 0) {
    const shown = kind ?? (await proseKind(path, source, document, file));
    const text = shown && isProseKind(shown) ? await readDocument(path, source.bytes, true) : document;
    return [{ ...whole, document: text, kind: shown }];
  }
  const waiting = lists.flatMap((found): Waiting[] => {
    const shown = kind ? (found.guesses.some((one) => one.kind === kind) ? kind : undefined) : kindOf(found);
    const remarks: Waiting["remarks"] = [
      ...(found.continues === undefined ? [] : [["I83", { v: found.continues || "上一张表" }] as const]),
    ];
    if (!shown && (kind || (found.guesses.length === 0 && (found.rows ?? 3) < 3))) return [];
    if (shown === "annual") return [];
    return [{ ...keep, remarks, found, kind: shown, document: { ...document, tables: [found.table] } }];
  });
  const left = kind ? lists.filter((found) => !readable.includes(found)) : [];
  if (waiting[0] && kind !== "annual")
    waiting[0] = {
      ...waiting[0],
      remarks: [...waiting[0].remarks, ...left.map(({ table }) => ["W56", { sheet: table.sheet }] as const)],
    };
  const annual = lists.filter((found) => (kind ?? kindOf(found)) === "annual");
  if (annual.length > 0) {
    // 表二 has columns of its own: what is no other kind's list goes to the report that it belongs to.
    const others = new Set(waiting.filter((one) => one.kind !== undefined).map(({ found }) => found));
    const tables = lists.filter((found) => !others.has(found)).map(({ table }) => table);
    const rest = waiting.filter(({ found }) => others.has(found));
    return [...once(rest), { ...keep, kind: "annual", found: annual[0]!, document: { ...document, tables } }];
  }
  return once(waiting);
}

/** What a file says of itself as a whole (macros, hidden sheets) is said at its first list only. */
function once(waiting: readonly Waiting[]): Waiting[] {
  return waiting.map((one, index) =>
    index === 0 || "code" in one.document
      ? one
      : { ...one, document: { ...one.document, hiddenSheets: [], macros: false } },
  );
}

/** The kind of a file without a table: a page of labels and values, the text of a law, or a notice. */
async function proseKind(
  path: string,
  source: Source,
  document: Document,
  file: string,
): Promise<RecordKind | undefined> {
  const pairs = KIND_ORDER.flatMap((kind) => {
    if (isProseKind(kind)) return [];
    const rows = document.tables.flatMap(({ rows }) => (Array.isArray(rows) ? rows : []));
    const found = tableOfPairs(kind, rows, document.prose);
    if (!found || !Array.isArray(found.table.rows)) return [];
    return guessKinds(found.table.rows.slice(0, 1), file).filter((guess) => guess.kind === kind);
  }).sort((a, b) => b.score - a.score);
  if (pairs[0]) return pairs[0].kind;
  if (document.tables.some(({ rows }) => !Array.isArray(rows) || rows.length > 2)) return undefined;
  const read = await readDocument(path, source.bytes, true);
  if ("code" in read) return undefined;
  const articles = read.prose.filter((line) => /^\s*第[一二三四五六七八九十百]+条/.test(line)).length;
  if (articles >= 2) return "statute";
  return read.prose.some((line) => /^[一二三四五六七八九十]+、/.test(line)) ? "policy" : undefined;
}

/** A list whose kind nothing shows: named with what it may be, never left out in silence. */
function unread({ path, source, found }: Waiting): ImportResult {
  const file = basename(path);
  const label = ({ kind }: { kind: RecordKind }) => `${recordKinds[kind].label}(${kind})`;
  const may = found?.guesses.slice(0, 3).map(label).join("、") ?? "";
  const facts = { v: may === "" ? "没有一类清单的列名与它相符" : `可能是${may}`, n: found?.rows ?? "" };
  const at = { sheet: found?.table.sheet ?? "" };
  return {
    file,
    kind: found?.guesses[0]?.kind ?? "power",
    sheet: at.sheet,
    headerRow: null,
    mapping: {},
    matches: {},
    headings: [],
    counts: { rows: 0, accepted: 0, warned: 0, quarantined: 0 },
    issues: [issue(file, "E84", at, facts)],
    records: [],
    dropped: [],
    sha256: source.sha256,
    refused: true,
  };
}

/**
 * One matter in two lists of a batch: alike it is kept once; told differently it is taken out of both, since nobody
 * can tell from the lists which is right.
 */
function withoutContradictions(lists: readonly BatchList[]): BatchList[] {
  const bodies = new Map<string, { body: string; at: number }>();
  const against = new Map<string, ReadonlySet<number>>();
  const again = new Map<number, Set<string>>();
  lists.forEach(({ result }, at) => {
    for (const record of result.records) {
      const { source: _, ...rest } = record;
      const body = JSON.stringify(rest);
      const before = bodies.get(record.id);
      if (!before) bodies.set(record.id, { body, at });
      else if (before.body === body) again.set(at, (again.get(at) ?? new Set()).add(record.id));
      else against.set(record.id, new Set([...(against.get(record.id) ?? [before.at]), at]));
    }
  });
  return lists.map((list, at) => {
    const { result } = list;
    const issues = result.records.flatMap((record) => {
      const { sheet, row } = record.source;
      const place = { ...(sheet ? { sheet } : {}), ...(row === undefined ? {} : { row }) };
      const both = [...(against.get(record.id) ?? [])];
      const other = both.find((one) => one !== at) ?? bodies.get(record.id)!.at;
      const facts = { v: nameIn(record), other: `《${lists[other]!.result.file}》` };
      if (both.includes(at)) return [issue(result.file, "E85", place, facts)];
      return again.get(at)?.has(record.id) ? [issue(result.file, "W86", place, facts)] : [];
    });
    const out = (id: string) => against.get(id)?.has(at) || again.get(at)?.has(id);
    const taken = result.records.filter(({ id }) => against.get(id)?.has(at)).length;
    if (issues.length === 0) return list;
    const { accepted, quarantined } = result.counts;
    const counts = { ...result.counts, accepted: accepted - taken, quarantined: quarantined + taken };
    return {
      ...list,
      result: {
        ...result,
        counts,
        issues: [...result.issues, ...issues],
        records: result.records.filter(({ id }) => !out(id)),
      },
    };
  });
}

const nameIn = (record: PublishedRecord): string =>
  ("name" in record ? record.name : "violation" in record ? record.violation : record.id).slice(0, 40);

/** @throws AppError `bad_input` for a path that is neither a file nor a folder, or a folder without files. */
export function checkPath(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() && !found?.isDirectory())
    throw new AppError("bad_input", { say: `没有文件“${path}”。请核对路径和文件名。` });
  const files = filesIn(path);
  if (files.length === 0) throw new AppError("bad_input", { say: `文件夹“${path}”里没有文件。` });
  return files;
}
