/**
 * Long .xlsx workbooks row by row: what `readWorkbook` gives, without holding the sheet.
 *
 * Merged ranges stand behind the rows they cover, so each sheet is gone through twice: once for what stands around the
 * rows, once for the rows. Held in memory: the packed file, the shared strings, and one row.
 */
import { posix } from "node:path";
import * as XLSX from "@e965/xlsx";
import { blank, type Cell, type Document, type Row, type Table } from "../table.ts";
import { cleanText } from "../text/clean.ts";
import { type NumberStyle, numberCell } from "./xlsx.ts";
import { textOfEntry, wholeText, type ZipEntry, zipEntries } from "./zip.ts";

/** A sheet of more XML than this, bytes, is read as a stream; a shorter one is quicker whole. */
export const STREAM_FROM = 8 * 1024 * 1024;
/** Longest row taken, characters of XML. */
const MAX_ROW = 32 * 1024 * 1024;

/** Whether any sheet is long enough to be streamed. */
export function isLong(bytes: Buffer): boolean {
  return [...zipEntries(bytes).values()].some(
    ({ name, size }) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name) && size > STREAM_FROM,
  );
}

/** @throws Error when a part is missing or damaged: each sheet has been gone through once before this returns. */
export async function streamWorkbook(bytes: Buffer): Promise<Document> {
  const entries = zipEntries(bytes);
  const part = (name: string) => wholeText(bytes, entries.get(name));
  const book = await part("xl/workbook.xml");
  const targets = new Map(
    tags(await part("xl/_rels/workbook.xml.rels"), "Relationship").map((tag) => [
      attribute(tag, "Id"),
      posix.join("xl", attribute(tag, "Target").replace(/^\/xl\//, "")),
    ]),
  );
  const date1904 = tags(book, "workbookPr").some((tag) => /^(1|true)$/.test(attribute(tag, "date1904")));
  const styles = readStyles(await part("xl/styles.xml"), date1904);
  const strings = await readStrings(bytes, entries.get("xl/sharedStrings.xml"));
  const tables: Table[] = [];
  const hiddenSheets: string[] = [];
  for (const tag of tags(book, "sheet")) {
    const name = attribute(tag, "name");
    const entry = entries.get(targets.get(attribute(tag, "r:id")) ?? "");
    if (/hidden/i.test(attribute(tag, "state"))) hiddenSheets.push(name);
    else if (entry && /worksheets\//.test(entry.name))
      tables.push(await streamSheet(name, bytes, entry, styles, strings));
  }
  return { tables, prose: [], hiddenSheets };
}

interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** The top-left cell, once its row was read. */
  cell?: Cell;
}

async function streamSheet(
  sheet: string,
  bytes: Buffer,
  entry: ZipEntry,
  styles: readonly NumberStyle[],
  strings: readonly string[],
): Promise<Table> {
  const { before, after } = await readAround(bytes, entry);
  const hiddenColumns = tags(before, "col")
    .filter((tag) => /^(1|true)$/.test(attribute(tag, "hidden")))
    .flatMap((tag) => {
      const from = Number(attribute(tag, "min")) - 1;
      const to = Math.min(Number(attribute(tag, "max")), 16_384);
      return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
    });
  const merges = tags(after, "mergeCell").map((tag): Merge => {
    const { s, e } = XLSX.utils.decode_range(attribute(tag, "ref"));
    return { top: s.r + 1, bottom: e.r + 1, left: s.c, right: e.c };
  });
  const rows = { [Symbol.asyncIterator]: () => readRows(bytes, entry, merges, styles, strings) };
  return { sheet, rows, hiddenColumns, context: [] };
}

/** What stands before the rows (columns) and behind them (merged ranges). */
async function readAround(bytes: Buffer, entry: ZipEntry): Promise<{ before: string; after: string }> {
  let before = "";
  let after = "";
  let held = "";
  let at: "before" | "rows" | "after" = "before";
  for await (const piece of textOfEntry(bytes, entry)) {
    held += piece;
    if (at === "before") {
      const start = held.search(/<(?:\w+:)?sheetData[\s/>]/);
      if (start < 0) continue;
      before = held.slice(0, start);
      held = held.slice(start);
      at = /^<[^>]*\/>/.test(held) ? "after" : "rows";
    }
    if (at === "rows") {
      const end = /<\/(?:\w+:)?sheetData>/.exec(held);
      held = end ? held.slice(end.index) : held.slice(-64);
      if (end) at = "after";
    }
    if (at === "after") {
      after += held;
      held = "";
    }
  }
  return { before, after };
}

async function* readRows(
  bytes: Buffer,
  entry: ZipEntry,
  ranges: readonly Merge[],
  styles: readonly NumberStyle[],
  strings: readonly string[],
): AsyncGenerator<Row> {
  const merges = ranges.map((merge) => ({ ...merge })).sort((a, b) => a.top - b.top);
  let open: Merge[] = [];
  let next = 0;
  let last = 0;
  const finish = (number: number, cells: Cell[], hidden: boolean): Row => {
    while (next < merges.length && merges[next]!.top <= number) open.push(merges[next++]!);
    if (open.length > 0) {
      open = open.filter((merge) => merge.bottom >= number);
      for (const merge of open) {
        if (merge.top === number) merge.cell = cells[merge.left] ?? blank;
        const { cell = blank, top: row, left: column, right } = merge;
        for (let index = column; index <= right; index++)
          cells[index] =
            cell === blank ? blank : { ...cell, merged: { row, column, across: right > column } };
      }
    }
    for (let index = 0; index < cells.length; index++) cells[index] ??= blank;
    last = number;
    return { number, cells, ...(hidden ? { hidden: true } : {}) };
  };
  for await (const { number: stated, hidden, xml } of rowsOf(bytes, entry)) {
    const number = stated ?? last + 1;
    while (last + 1 < number) yield finish(last + 1, [], false);
    yield finish(number, cellsOf(xml, styles, strings), hidden);
  }
}

async function* rowsOf(
  bytes: Buffer,
  entry: ZipEntry,
): AsyncGenerator<{ number: number | undefined; hidden: boolean; xml: string }> {
  const ROW = /<(?:\w+:)?row(?=[\s/>])([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g;
  let held = "";
  for await (const piece of textOfEntry(bytes, entry)) {
    held += piece;
    ROW.lastIndex = 0;
    let taken = 0;
    for (let match = ROW.exec(held); match; match = ROW.exec(held)) {
      taken = ROW.lastIndex;
      const attributes = match[1]!;
      const number = Number(attribute(attributes, "r"));
      yield {
        number: number > 0 ? number : undefined,
        hidden: /^(1|true)$/.test(attribute(attributes, "hidden")),
        xml: match[2] ?? "",
      };
    }
    held = held.slice(taken);
    if (held.length > MAX_ROW) throw new Error("单行内容过长");
  }
}

const CELL = /<(?:\w+:)?c(?=[\s/>])([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;

function cellsOf(xml: string, styles: readonly NumberStyle[], strings: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  for (const [, attributes = "", body] of xml.matchAll(CELL)) {
    const place = /(?:^|\s)r="([A-Z]+)\d+"/.exec(attributes)?.[1];
    const column = place ? columnOf(place) : cells.length;
    if (body === undefined || column > 16_383) continue;
    cells[column] = cellOf(attributes, body, styles, strings);
  }
  return cells;
}

function cellOf(
  attributes: string,
  body: string,
  styles: readonly NumberStyle[],
  strings: readonly string[],
): Cell {
  const type = attribute(attributes, "t");
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(body)?.[1];
  if (type === "inlineStr") return toCell(textIn(body));
  if (value === undefined) return blank;
  switch (type) {
    case "s":
      return toCell(strings[Number(value)] ?? "");
    case "b":
      return { text: value === "1" ? "true" : "false" };
    case "str":
    case "e":
    case "d":
      return toCell(type === "d" ? value.slice(0, 10) : unescaped(value));
    default:
      return numberCell(Number(value), styles[Number(attribute(attributes, "s") || 0)]);
  }
}

function toCell(raw: string): Cell {
  const text = cleanText(raw);
  return text === "" ? blank : { text };
}

function columnOf(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

/** Built-in formats whose look depends on the language of the Excel that wrote them: days and times in Chinese ones. */
const LOCAL_DAYS = new Set("27 28 29 30 31 36 50 51 52 53 54 57 58".split(" "));
const LOCAL_TIMES = new Set("32 33 34 35".split(" "));

/** Number formats by style index. */
function readStyles(xml: string, date1904: boolean): NumberStyle[] {
  const custom = new Map(
    tags(xml, "numFmt").map((tag) => [attribute(tag, "numFmtId"), attribute(tag, "formatCode")]),
  );
  const builtIn = XLSX.SSF.get_table() as Record<string, string>;
  const used = /<(?:\w+:)?cellXfs[\s>]([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(xml)?.[1] ?? "";
  return tags(used, "xf").map((tag) => {
    const id = attribute(tag, "numFmtId");
    return {
      format: custom.get(id) ?? builtIn[id] ?? localFormat(id),
      date1904,
    };
  });
}

function localFormat(id: string): string {
  if (LOCAL_TIMES.has(id)) return "h:mm:ss";
  return LOCAL_DAYS.has(id) ? "yyyy/m/d" : "General";
}

async function readStrings(bytes: Buffer, entry: ZipEntry | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!entry) return strings;
  const ITEM = /<(?:\w+:)?si(?=[\s/>])[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g;
  let held = "";
  for await (const piece of textOfEntry(bytes, entry)) {
    held += piece;
    ITEM.lastIndex = 0;
    let taken = 0;
    for (let match = ITEM.exec(held); match; match = ITEM.exec(held)) {
      taken = ITEM.lastIndex;
      strings.push(textIn(match[1] ?? ""));
    }
    held = held.slice(taken);
  }
  return strings;
}

/** Text runs joined; phonetic guides left out. */
function textIn(xml: string): string {
  const plain = xml.includes("rPh") ? xml.replace(/<(?:\w+:)?rPh[\s\S]*?<\/(?:\w+:)?rPh>/g, "") : xml;
  let text = "";
  for (const [, run = ""] of plain.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g)) text += run;
  return unescaped(text);
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(xml: string): string {
  if (!/[&_\r]/.test(xml)) return xml;
  return xml
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
      if (name) return NAMED[name] ?? whole;
      const code = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/_x([0-9A-F]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Start tags of one name, as written. */
function tags(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?=[\\s/>])[^>]*>`, "g"))].map(([tag]) => tag);
}

function attribute(tag: string, name: string): string {
  const match = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return unescaped(match?.[1] ?? match?.[2] ?? "");
}
