/** Rows under a header to matters to draft records; every data row ends accepted or with an error. */
import { createHash } from "node:crypto";
import { PublishedRecord, type RecordKind } from "../../src/records/schema.ts";
import { headersOf } from "./around.ts";
import { readAside } from "./build/aside.ts";
import type { Builder, Context, DataRow, Section } from "./build/context.ts";
import { groupedBy } from "./builders.ts";
import { type Column, headerKey } from "./header.ts";
import type { Code, Issue } from "./messages.ts";
import { classify } from "./rows.ts";
import { ownerOfRow, type ServicePhone } from "./service-line.ts";
import { type Cell, cellAt, distinctTexts, type Row } from "./table.ts";
import { keyText } from "./text/clean.ts";
import { findAdvert, traditionalIn } from "./text/suspicious.ts";

export interface MatterOptions {
  readonly kind: RecordKind;
  readonly builder: Builder;
  readonly context: Context;
  readonly columns: readonly Column[];
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly width: number;
  /** Every column of the header, those that are not read too. */
  readonly headings: readonly Column[];
  /** The header's rows, one or two. */
  readonly headerRows: readonly Row[];
  /** A row that is a header again, with the row under it; in words why it cannot be read. */
  readonly headerAgain: (row: Row, next: Row | undefined) => HeaderAgain | string;
  readonly section: Section;
  /** Rows with an error, by number. */
  readonly errors: ReadonlyMap<number, Code>;
  /** The source of a matter's rows. */
  readonly sourceOf: (first: number, last: number) => Record<string, unknown>;
  readonly note: (code: Code, row: number, facts: Readonly<Record<string, string | number>>) => Issue;
  readonly keep: (record: PublishedRecord) => void;
  /** Takes a kept record back: a later row shows that one of the two is wrong. */
  readonly takeBack: (id: string) => void;
  /** Bodies of records are kept as digests on long lists. */
  readonly long: boolean;
  readonly progress?: (rows: number) => void;
}

export interface HeaderAgain {
  /** The last row that belongs to it, 1-based. */
  readonly row: number;
  readonly columns: readonly Column[];
  readonly headings: readonly Column[];
}

export interface Matters {
  take(row: Row): void;
  finish(): void;
  readonly rows: number;
  readonly matters: number;
  /** Phones of service lines and notes. */
  readonly phones: readonly ServicePhone[];
  /** Whose the rows are that were not taken; undefined among them for a row that shows nobody's name. */
  readonly refusedOwners: ReadonlySet<string | undefined>;
}

/** `=VLOOKUP(A2,…)`, `=Sheet2!A1`: what a text file keeps of a cell that was never worked out. */
const FORMULA =
  /^[=+@-]+\s*(?:[A-Za-z][A-Za-z0-9.]*\(|[^\s!]+!\$?[A-Z]{1,3}\$?\d|\$?[A-Z]{1,3}\$?\d+(?:$|[-+*/&,:]))/;

/** `同上` and its marks: the cell above holds the text. */
const DITTO = /^(?:同上(?:行|栏|格|一行)?|同前|上同|[〃″]|["”]{1,2}|々)$/;
/** Columns whose blank cells carry on from above where a table lost its merged cells; a blank basis does not. */
const CARRIED: readonly string[] = ["entityId", "powerType"];
/** Whether an item stays is written beside it, in a column of this name or in the remarks. */
const ADJUSTED = /^(?:调整|清理|处理)(?:意见|情况|方式|类型|结果)/;

/** The column that names a record, and what it says. */
function calledBy(record: PublishedRecord): readonly [field: string, text: string] {
  if ("name" in record) return ["name", record.name];
  if ("violation" in record) return ["violation", record.violation];
  return "body" in record ? ["body", record.body] : ["name", record.id];
}

export function readMatters(options: MatterOptions): Matters {
  const { kind, context, errors } = options;
  let { columns, headers, headings } = options;
  const top = options.headerRows[0] ? distinctTexts(options.headerRows[0]) : [];
  /** A header again, until the row under it is seen. */
  let again: Row | undefined;
  let unreadable: { row: number; why: string } | undefined;
  const seen = new Map<string, { row: number; body: string }>();
  const served: ServicePhone[] = [];
  const refusedOwners = new Set<string | undefined>();
  const sums = new Map<number, number>();
  let section = options.section;
  let counted: { declared: number; row: number; found: number } | undefined;
  let total = 0;
  let matters = 0;
  let group: DataRow[] = [];
  let foreign = false;
  let previous = false;
  let above: DataRow | undefined;

  function finishGroup(): void {
    const [first, ...others] = group;
    group = [];
    if (!first) return;
    matters++;
    if (counted) counted.found++;
    const rows: [DataRow, ...DataRow[]] = [first, ...others];
    const bad = () => rows.find((row) => errors.has(row.number));
    const drafts = bad() ? [] : options.builder(rows, context);
    if (!bad()) {
      if (drafts.length === 0) context.report("E49", first, undefined, { v: "没有可以成立的内容" });
      const aside = readAside(first, context);
      for (const draft of drafts) parse({ ...aside, ...draft }, first, rows.at(-1)!.number);
    }
    const culprit = bad();
    if (!culprit) return;
    for (const row of rows) {
      if (!errors.has(row.number)) context.report("E47", row, undefined, { other: culprit.number });
      refusedOwners.add(ownerOfRow(row, context));
    }
  }

  function parse(draft: Record<string, unknown>, first: DataRow, last: number): void {
    const parsed = PublishedRecord.safeParse({
      dataset: context.dataset,
      status: "draft",
      validity: {},
      source: options.sourceOf(first.number, last),
      ...draft,
    });
    if (parsed.success) {
      keep(parsed.data, first);
      return;
    }
    const fault = parsed.error.issues[0];
    context.report("E49", first, undefined, { v: `${fault?.path.join(".") ?? ""} ${fault?.message ?? ""}` });
  }

  function keep(record: PublishedRecord, row: DataRow): void {
    const { source: _, ...rest } = record;
    const body = JSON.stringify(rest);
    const digest = options.long ? createHash("sha1").update(body).digest("base64") : body;
    const before = seen.get(record.id);
    if (!before) {
      seen.set(record.id, { row: row.number, body: digest });
      options.keep(record);
    } else if (before.body === digest) context.report("W57", row, undefined, { other: before.row });
    else if (record.kind === "officer") {
      // Nobody can tell from the list whose certificate it is: neither may be shown as an officer.
      context.report("E23", row, "certNo", { v: record.certNo, other: before.row });
      if (!errors.has(before.row)) {
        const first = { ...row, number: before.row };
        context.report("E23", first, "certNo", { v: record.certNo, other: row.number });
        options.takeBack(record.id);
      }
    } else {
      const code = record.kind === "power" ? record.code?.value : undefined;
      const [field, v] = code ? ["code", code] : calledBy(record);
      context.report("E17", row, field, { v, other: before.row });
    }
  }

  function finish(): void {
    if (again) readAgain(again, undefined);
    closeSection();
  }

  function closeSection(): void {
    finishGroup();
    if (counted && counted.declared !== counted.found)
      options.note("W38", counted.row, { n: counted.declared, m: counted.found, list: counted.row });
    counted = undefined;
  }

  function take(row: Row): void {
    if (again) {
      const last = readAgain(again, row);
      again = undefined;
      if (row.number <= last) return;
    }
    if (sameNames(distinctTexts(row), top)) {
      foreign = false;
      again = row;
      return;
    }
    const what = classify(kind, row, options.width);
    switch (what.is) {
      case "section":
        closeSection();
        above = undefined;
        section = {
          ...(section.powerType ? { powerType: section.powerType } : {}),
          ...(section.organ && !what.section.organ && what.section.powerType ? { organ: section.organ } : {}),
          ...what.section,
        };
        if (what.count !== undefined) counted = { declared: what.count, row: row.number, found: 0 };
        foreign = false;
        return;
      case "note":
        for (const { label, number } of what.phones) options.note("I67", row.number, { v: number, label });
        served.push(...what.phones.map((phone) => ({ ...phone, row: row.number })));
        return;
      case "total": {
        const count = /(?:^|[^\d.])(\d+)\s*(?:大?项|条|家|人|个|名|件)/.exec(
          distinctTexts(row).join(" "),
        )?.[1];
        finishGroup();
        if (count && Number(count) !== matters)
          options.note("W38", row.number, { n: Number(count), m: matters, list: row.number });
        return;
      }
      case "foreign":
        if (!foreign) {
          finishGroup();
          foreign = true;
          options.note("E44", row.number, {});
        }
        return;
      case "header":
        foreign = false;
        again = row;
        return;
      case "data":
        if (kind === "annual" && matters + group.length > 0 && /^(合计|总计)/.test(keyText(firstText(row))))
          checkSums(row);
        else takeData(row);
    }
  }

  /**
   * A header further down whose columns stand elsewhere: the rows under it are read by it, or refused when it cannot be read.
   *
   * @returns its last row.
   */
  function readAgain(row: Row, next: Row | undefined): number {
    const found = options.headerAgain(row, next);
    if (typeof found === "string") {
      if (!standsInPlace(row, headings)) {
        finishGroup();
        unreadable = { row: row.number, why: found };
      }
      return row.number;
    }
    unreadable = undefined;
    headings = found.headings;
    if (sameColumns(found.columns, columns)) return found.row;
    finishGroup();
    columns = found.columns;
    headers = headersOf(columns);
    options.note("W58", row.number, {});
    return found.row;
  }

  /** The last row of an annual report of several organs: each column against the rows above. */
  function checkSums(row: Row): void {
    finishGroup();
    for (const column of columns) {
      const sum = sums.get(column.index);
      const stated = numberIn(cellAt(row, column.index).text);
      if (sum === undefined || stated === undefined || Math.abs(stated - sum) < 1e-6) continue;
      options.note("W55", row.number, { v: `“${column.header}” ${stated}`, n: Number(sum.toFixed(6)) });
    }
  }

  function takeData(row: Row): void {
    total++;
    if (total % 5000 === 0) options.progress?.(total);
    let data = resolveDitto(toData(row));
    if (foreign) {
      finishGroup();
      context.report("E44", data, undefined);
      refusedOwners.add(undefined);
      return;
    }
    if (unreadable) {
      finishGroup();
      context.report("E74", data, undefined, { other: unreadable.row, why: unreadable.why });
      refusedOwners.add(undefined);
      return;
    }
    checkRow(row, data);
    for (const { index, field } of kind === "annual" ? columns : []) {
      const number = field === "year" || field === "seq" ? undefined : numberIn(cellAt(row, index).text);
      if (number !== undefined) sums.set(index, (sums.get(index) ?? 0) + number);
    }
    if (!continues(data)) {
      finishGroup();
      data = carryDown(data);
    }
    above = data;
    group.push(data);
  }

  function checkRow(row: Row, data: DataRow): void {
    if (row.hidden) context.report("E05", data, undefined, { v: `第 ${row.number} 行` });
    const beyond = row.cells.slice(options.width).some((cell) => cell.text !== "");
    if (row.found !== undefined && (row.found < options.width || (row.found > options.width && beyond)))
      context.report("E06", data, undefined, { n: row.found, m: options.width });
    const advert = findAdvert(row.cells.map((cell) => cell.text).join("\n"));
    if (advert) context.report("E40", data, undefined, { v: advert });
    const formula = row.cells.find(({ text }) => FORMULA.test(text))?.text;
    if (formula)
      context.report("E46", data, undefined, {
        v: `第 ${row.number} 行有没有算出结果的公式“${formula.slice(0, 20)}”`,
      });
    checkAdjusted(row, data);
    const words = columns.map((column) => cellAt(row, column.index).text).join(" ");
    if (words.includes("\ufffd"))
      context.report("E46", data, undefined, { v: `第 ${row.number} 行含无法显示的字符` });
    const traditional = traditionalIn(words);
    if (traditional.length >= 2)
      context.report("E46", data, undefined, {
        v: `第 ${row.number} 行夹杂繁体字形“${traditional.slice(0, 4).join("")}”,疑为转换文本`,
      });
  }

  /** 取消 and 下放 take an item out, 承接 is said: the words beside it, never what else the column holds. */
  function checkAdjusted(row: Row, data: DataRow): void {
    const beside = headings
      .filter(({ header }) => ADJUSTED.test(headerKey(header)))
      .map(({ header, index }) => ({ column: header, text: keyText(cellAt(row, index).text) }));
    const notes = (data.fields.note ?? []).map(({ text }) => ({
      column: headers.note?.[0] ?? "备注",
      text: /^(?:已|拟)?(?:取消|下放|承接|划转|移交)/.test(keyText(text)) ? keyText(text) : "",
    }));
    for (const { column, text } of [...beside, ...notes]) {
      if (/不(?:予|再)?(?:取消|下放|划转|移交)/.test(text)) continue;
      const taken = /承接|接收/.exec(text)?.[0];
      const gone = /取消|废止|下放|划转|移交|移出/.exec(text)?.[0];
      if (taken) context.report("W77", data, undefined, { column, v: taken });
      else if (gone) context.report("E76", data, undefined, { column, v: gone });
    }
  }

  /** 同上 read as what it stands for; with nothing above it the cell cannot be read. */
  function resolveDitto(data: DataRow): DataRow {
    const fields: Record<string, readonly Cell[]> = {};
    for (const [field, cells] of Object.entries(data.fields)) {
      fields[field] = cells.map((cell, index) => {
        const said = cell.text.replace(/\s/g, "");
        if (!DITTO.test(said)) return cell;
        const meant = above?.fields[field]?.[index];
        const column = headers[field]?.[index] ?? "";
        if (!meant || meant.text === "") {
          context.report("E45", data, field, { column, v: said, cure: "上一行没有内容可沿用,请写全。" });
          return cell;
        }
        context.report("W75", data, field, { column, said, v: meant.text.slice(0, 20) });
        return { ...cell, text: meant.text };
      });
    }
    return { ...data, fields };
  }

  /** A new matter whose organ or type is blank under one that is not: the table lost its merged cells. */
  function carryDown(data: DataRow): DataRow {
    const fields = { ...data.fields };
    for (const field of CARRIED) {
      const meant = above?.fields[field];
      const v = meant?.map(({ text }) => text).join("") ?? "";
      if (!headers[field] || v === "" || fields[field]?.some(({ text }) => text !== "")) continue;
      // Where the table kept its merged cells, a blank beyond them is one.
      if (meant?.some(({ merged }) => merged)) continue;
      context.report("W50", data, field, { column: headers[field]?.[0] ?? "", v: v.slice(0, 20) });
      fields[field] = meant ?? [];
    }
    return { ...data, fields };
  }

  /** Whether a row belongs to the matter before it: one merged cell, the same name, or a blank name that carries on. */
  function continues(data: DataRow): boolean {
    const field = groupedBy[kind];
    const before = group.at(-1);
    const hadRow = previous;
    previous = true;
    if (!field || !before || !hadRow) return false;
    const key = data.fields[field]?.[0];
    const keyBefore = before.fields[field]?.[0];
    const textOf = (row: DataRow, name: string) => row.fields[name]?.[0]?.text ?? "";
    if (key?.merged && keyBefore?.merged && key.merged.row === keyBefore.merged.row) {
      if (kind !== "power") return true;
      const sub = (row: DataRow) => `${textOf(row, "subName")}|${textOf(row, "code")}`;
      return sub(data) === sub(before) && headers.stage !== undefined;
    }
    if (!key || key.text === "") {
      const carrier = kind === "benchmark" ? "text" : kind === "procedure" ? "stepName" : "stage";
      if (textOf(data, carrier) === "" || (kind === "benchmark" && textOf(data, "seq") !== "")) return false;
      context.report("W50", data, field, {
        column: headers[field]?.[0] ?? "",
        v: textOf(group[0]!, field).slice(0, 20),
      });
      return true;
    }
    if (kind === "power" && !headers.stage) return false;
    const sameSeq = textOf(data, "seq") === "" || textOf(data, "seq") === textOf(before, "seq");
    return key.text === keyBefore?.text && (sameSeq || kind !== "power");
  }

  function toData(row: Row): DataRow {
    const fields: Record<string, Cell[]> = {};
    for (const column of columns) {
      const list = fields[column.field!];
      if (list) list.push(cellAt(row, column.index));
      else fields[column.field!] = [cellAt(row, column.index)];
    }
    return { number: row.number, fields, headers, section };
  }

  return {
    take,
    finish,
    get rows() {
      return total;
    },
    get matters() {
      return matters;
    },
    phones: served,
    refusedOwners,
  };
}

const firstText = (row: Row) => row.cells.find((cell) => cell.text !== "")?.text ?? "";

/** The same column names, whatever their order. */
function sameNames(texts: readonly string[], names: readonly string[]): boolean {
  if (texts.length === 0 || texts.length !== names.length || texts.some((text) => text.length > 60))
    return false;
  const keys = (all: readonly string[]) => all.map(headerKey).sort().join("\n");
  return keys(texts) === keys(names);
}

/** Whether a row only repeats names of the header where they stood. */
function standsInPlace(row: Row, headings: readonly Column[]): boolean {
  const at = new Map(headings.map(({ index, header }) => [index, header.split("/").map(headerKey)]));
  return row.cells.every(({ text }, index) => text === "" || at.get(index)?.includes(headerKey(text)));
}

function numberIn(text: string): number | undefined {
  const plain = keyText(text).replace(/(?<=\d),(?=\d{3})/g, "");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

function sameColumns(a: readonly Column[], b: readonly Column[]): boolean {
  const placed = (columns: readonly Column[]) =>
    columns
      .map(({ index, field }) => `${index} ${field}`)
      .sort()
      .join();
  return placed(a) === placed(b);
}
