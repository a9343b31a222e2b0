/** Finds the header row and maps columns to fields, saying why; two-level headers are joined with `/`. */
import type { RecordKind } from "../../src/records/schema.ts";
import { type Field, forbidden, forbiddenForOfficers, kindFields } from "./kinds.ts";
import { distinctTexts, isCovered, type Row } from "./table.ts";
import { keyText } from "./text/clean.ts";

/** Rows looked through for a header. */
export const HEADER_DEPTH = 10;
const MIN_HITS = 3;

/** A mapping given for this run, or looked up by the headings of the row under trial. */
export type Recall =
  | Readonly<Record<string, string>>
  | ((headers: readonly string[]) => Readonly<Record<string, string>> | undefined);

export interface Column {
  readonly index: number;
  /** As published, white space removed; levels joined by `/`. */
  readonly header: string;
  readonly field?: string;
  readonly dropped?: boolean;
  readonly match?: Match;
}

/** How well a column's name fits the field it was read as: 1 for the field's first name, 0 for none of its names. */
export interface Match {
  /** Absent for a column that was read as no field. */
  readonly score?: number;
  /** Read as this field because somebody said so, whatever the score. */
  readonly given?: true;
  /** The best other field, when it scores nearly as well or better, or the column went without a field. */
  readonly rival?: { readonly field: string; readonly score: number };
}

/** A field that scores this much less than the one chosen is still worth a look. */
const CLOSE = 0.1;

export interface Header {
  /** Last row of the header, 1-based. */
  readonly row: number;
  readonly firstRow: number;
  readonly columns: readonly Column[];
  /** Two columns for one field. */
  readonly clash?: { readonly column: string; readonly other: string; readonly field: string };
  readonly width: number;
}

/** A header key for comparison: NFKC, no space; a bracket that is never closed is dropped with what follows it. */
export function headerKey(text: string): string {
  return closedKey(text, "");
}

/** The key with an unclosed bracket and what follows it put as `ending`, which is to close it or to drop it. */
function closedKey(text: string, ending = "$&)"): string {
  return keyText(text)
    .replace(/[**☆★]/g, "")
    .replace(/[::]$/, "")
    .replace(/(?<=.)\([^()]*$/, ending);
}

/**
 * Best header among `rows`; undefined when no row names three known columns and every key field.
 *
 * @param fields those of the kind, or of a second table that belongs to it.
 */
export function findHeader(
  kind: RecordKind,
  rows: readonly Row[],
  saved?: Recall,
  fields: readonly Field[] = kindFields[kind] ?? [],
): Header | undefined {
  let best: Found | undefined;
  for (let i = 0; i < Math.min(rows.length, HEADER_DEPTH); i++) {
    const found = headerAt(kind, fields, rows[i]!, rows[i + 1], saved);
    if (found && (!best || found.hits > best.hits)) best = found;
  }
  return best?.header;
}

interface Found {
  readonly header: Header;
  readonly hits: number;
}

/** The header that begins in this row, of one level or of two. */
function headerAt(
  kind: RecordKind,
  fields: readonly Field[],
  row: Row,
  next: Row | undefined,
  saved?: Recall,
): Found | undefined {
  let best: Found | undefined;
  for (const depth of [1, 2]) {
    const under = depth === 2 ? next : undefined;
    if (depth === 2 && (!under || !isTwoLevel(row, under))) continue;
    const header = readHeader(kind, fields, row, under, saved);
    const hits = header.columns.filter((column) => column.field).length;
    if (hits < MIN_HITS || !hasKeys(fields, header)) continue;
    if (!best || hits > best.hits) best = { header, hits };
  }
  return best;
}

/**
 * The header that begins in a row further down, or in words why it cannot be read.
 *
 * @param next the row under it, for a header of two levels.
 */
export function readHeaderAgain(
  kind: RecordKind,
  row: Row,
  next: Row | undefined,
  saved?: Recall,
): Header | string {
  const fields = kindFields[kind] ?? [];
  const header = headerAt(kind, fields, row, next, saved)?.header;
  if (header?.clash) {
    const { column, other, field } = header.clash;
    return `“${column}”与“${other}”都对应“${field}”`;
  }
  const keys = fields.filter((field) => field.key).map((field) => field.headers[0]);
  return header ?? `认出的列名太少(须有“${keys.join("”“")}”等至少 ${MIN_HITS} 列)`;
}

/** Whether a later row is a header again: mostly known column names. */
export function isHeaderAgain(kind: RecordKind, row: Row): "same" | "other" | undefined {
  const texts = row.cells
    .filter((cell, column) => cell.text !== "" && !isCovered(cell, row.number, column))
    .map((cell) => cell.text);
  if (texts.length < 3 || texts.some((text) => text.length > 16)) return undefined;
  const keys = texts.map(headerKey);
  const share = (names: ReadonlySet<string>) => keys.filter((key) => names.has(key)).length / keys.length;
  const own = namesOf.get(kind);
  if (own && share(own) >= 0.6) return "same";
  return [...namesOf.values()].some((names) => share(names) >= 0.8) ? "other" : undefined;
}

/** Every known column name by kind, in the form compared. */
const namesOf = new Map<string, ReadonlySet<string>>(
  Object.entries(kindFields).map(([kind, fields]) => [
    kind,
    new Set(fields.flatMap((field) => field.headers.map(headerKey))),
  ]),
);

/** `填报单位(盖章):…`, `2026年3月`: what is filled in over a table, never the upper level of its header. */
const FILLED_IN = /(?:单位|部门|机关|时间|日期|人|电话)(?:\([^()]*\))*:|\d{4}年\d{1,2}月/;

function isTwoLevel(row: Row, under: Row): boolean {
  // One text over the whole width is a title; joined to the names it would make them new every month.
  const top = distinctTexts(row);
  if (top.length < 2 || top.some((text) => FILLED_IN.test(keyText(text)))) return false;
  const spans = row.cells.some((cell) => cell.merged !== undefined);
  const numeric = /^[\d一二三四五六七八九十]+$/.test(
    under.cells.find((cell) => cell.text !== "")?.text ?? "",
  );
  const below = under.cells.filter(
    (cell, column) => cell.text !== "" && !isCovered(cell, under.number, column),
  );
  return spans && !numeric && below.length > 0 && below.every((cell) => cell.text.length <= 16);
}

function readHeader(
  kind: RecordKind,
  fields: readonly Field[],
  row: Row,
  under: Row | undefined,
  saved?: Recall,
): Header {
  const width = row.cells.length;
  const columns: { index: number; header: string; leaf: string }[] = [];
  for (let index = 0; index < Math.max(width, under?.cells.length ?? 0); index++) {
    const top = row.cells[index]?.text.replace(/\s+/g, "") ?? "";
    const low = under?.cells[index]?.text.replace(/\s+/g, "") ?? "";
    const header = top && low && top !== low ? `${top}/${low}` : low || top;
    if (header !== "") columns.push({ index, header, leaf: low || top });
  }
  const given = typeof saved === "function" ? saved(columns.map((column) => column.header)) : saved;
  const keys = new Map(
    columns.map((column) => [column.index, [column.header, column.leaf].map((text) => closedKey(text))]),
  );
  const fitOf = (column: { index: number }, field: Field) => {
    const [header = "", leaf = ""] = keys.get(column.index) ?? [];
    return Math.max(scoreOf(field, header), scoreOf(field, leaf) * 0.97);
  };
  const taken = new Map<string, { score: number; header: string }>();
  let clash: Header["clash"];
  const scored = columns
    .flatMap((column) => {
      const dropped = isForbidden(kind, column.leaf) || isForbidden(kind, column.header);
      if (dropped) return [];
      const chosen = given?.[column.header];
      return fields.map((field) => ({
        column,
        field,
        score: chosen === undefined ? fitOf(column, field) : chosen === field.name ? 2 : 0,
      }));
    })
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score);
  const assigned = new Map<number, string>();
  for (const { column, field, score } of scored) {
    if (assigned.has(column.index)) continue;
    const other = taken.get(field.name);
    if (other && !field.many) {
      const alternative = scored.some(
        (entry) => entry.column === column && entry.field !== field && !taken.has(entry.field.name),
      );
      if (!alternative && (other.header === column.header || score >= 0.9))
        clash ??= { column: column.header, other: other.header, field: field.headers[0]! };
      continue;
    }
    taken.set(field.name, { score, header: column.header });
    assigned.set(column.index, field.name);
  }
  const matchOf = (column: (typeof columns)[number]): Match => {
    const fits = fields
      .map((field) => ({ field: field.name, score: Number(fitOf(column, field).toFixed(3)) }))
      .sort((a, b) => b.score - a.score);
    const chosen = assigned.get(column.index);
    const score = fits.find(({ field }) => field === chosen)?.score;
    const rival = fits.find((fit) => fit.field !== chosen && fit.score > 0);
    return {
      ...(score === undefined ? {} : { score }),
      ...(given?.[column.header] === undefined ? {} : { given: true }),
      ...(rival && rival.score >= (score ?? 0) - CLOSE ? { rival } : {}),
    };
  };
  return {
    row: under?.number ?? row.number,
    firstRow: row.number,
    width: Math.max(columns.length, ...columns.map((column) => column.index + 1)),
    columns: columns.map((column) => ({
      index: column.index,
      header: column.header,
      ...(assigned.has(column.index) ? { field: assigned.get(column.index) } : {}),
      ...(isForbidden(kind, column.leaf) || isForbidden(kind, column.header)
        ? { dropped: true }
        : { match: matchOf(column) }),
    })),
    ...(clash ? { clash } : {}),
  };
}

function isForbidden(kind: RecordKind, header: string): boolean {
  const key = headerKey(header);
  return forbidden.test(key) || (kind === "officer" && forbiddenForOfficers.test(key));
}

const fieldKeys = new WeakMap<Field, readonly string[]>();

/** A field's names in the form compared, made once. */
function keysOf(field: Field): readonly string[] {
  const made = fieldKeys.get(field) ?? field.headers.map((name) => closedKey(name));
  fieldKeys.set(field, made);
  return made;
}

/** 1 for the first name, a little less for later ones; 0.8 when only a bracket differs; 0 otherwise. */
function scoreOf(field: Field, key: string): number {
  if (key === "") return 0;
  const names = keysOf(field);
  const index = names.indexOf(key);
  if (index >= 0) return 1 - Math.min(index, 30) * 0.003;
  const bare = key.replace(/\([^()]*\)$/, "");
  if (bare === key || bare === "") return 0;
  const looser = names.indexOf(bare);
  return looser >= 0 ? 0.8 - Math.min(looser, 30) * 0.003 : 0;
}

function hasKeys(fields: readonly Field[], header: Header): boolean {
  const present = new Set(header.columns.map((column) => column.field));
  const keys = fields.filter((field) => field.key).map((field) => field.name);
  return keys.every((name) => present.has(name));
}
