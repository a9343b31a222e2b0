/** What lists a file holds: every sheet, every table, several under one another in one sheet, tables that go on in the next. */
import type { RecordKind } from "../../src/records/schema.ts";
import { builders } from "./builders.ts";
import { findHeader, HEADER_DEPTH, type Header, headerKey, type Recall } from "./header.ts";
import { kindFields } from "./kinds.ts";
import { type Document, distinctTexts, type Row, type Table } from "./table.ts";
import { keyText } from "./text/clean.ts";

/** One list of a file, with the kinds it may be, best first; none when nothing in it is a header. */
export interface FoundList {
  readonly table: Table;
  readonly guesses: readonly Guess[];
  readonly title: string;
  /** Rows that hold anything; undefined for a table too long to be held. */
  readonly rows?: number;
  /** The table whose columns go on here, where this one has no header of its own. */
  readonly continues?: string;
}

export interface Guess {
  readonly kind: RecordKind;
  /** Share of the columns that are the kind's, and half a point for a title that names it. */
  readonly score: number;
}

/** Lists are imported in this order, those that others refer to first. */
export const KIND_ORDER: readonly RecordKind[] = [
  ...(["area", "entity", "power", "procedure"] as const),
  ...(Object.keys(builders) as RecordKind[]).filter(
    (kind) => !["area", "entity", "power", "procedure"].includes(kind),
  ),
  "statute",
  "policy",
];

/** What titles, sheets and files call each kind of list. */
const TITLES: readonly (readonly [RegExp, RecordKind])[] = [
  [/免罚|不予(?:行政)?处罚|首违|轻微违法|减轻处罚/, "exemption"],
  [/裁量/, "benchmark"],
  [/抽查|双随机|检查计划/, "inspection"],
  [/法制审核/, "legal-review"],
  [/音像|全过程记录|执法记录/, "av-record"],
  [/救济|复议.*诉讼/, "relief"],
  [/监督(?:方式|渠道|电话)|投诉(?:举报)?(?:方式|渠道|电话)/, "supervision"],
  [/程序|流程/, "procedure"],
  [/(?:服务|办事)指南/, "guide"],
  [/备案/, "filing"],
  [/双公示|处罚(?:决定|信息|结果)|许可(?:决定|信息|结果)|执法(?:决定|结果)/, "decision"],
  [/年报|统计|年度.*数据/, "annual"],
  [/执法人员|持证人员|人员(?:名单|名录|名册|公示|信息)/, "officer"],
  [/执法主体|主体(?:名单|名录|公示|清单)|执法机关(?:名单|名录)/, "entity"],
  [/问答|答疑|常见问题|来信|问题解答/, "faq"],
  [/热线/, "hotline"],
  [/区划/, "area"],
  [/权责|权力|职权|执法事项|(?:许可|处罚|强制|检查|确认|征收|给付|奖励|裁决)(?:事项)?(?:清单|目录)/, "power"],
];

const KINDS = Object.keys(builders) as RecordKind[];

/** Kinds whose header stands in the first rows of a list. */
export function guessKinds(rows: readonly Row[], title: string, saved?: Recall): Guess[] {
  const named = TITLES.find(([pattern]) => pattern.test(keyText(title)))?.[1];
  return KINDS.flatMap((kind) => {
    const header = findHeader(kind, rows, saved);
    if (!header || header.clash) return [];
    const columns = header.columns.filter(({ field, dropped }) => field !== "seq" && !dropped);
    const fit = columns.reduce((sum, { match, field }) => sum + (field ? (match?.score ?? 1) : 0), 0);
    return [{ kind, score: fit / Math.max(columns.length, 1) + (kind === named ? 0.5 : 0) }];
  }).sort((a, b) => b.score - a.score);
}

/** Nearer than this two kinds fit alike, and somebody has to say which it is. */
const NEAR = 0.05;

/** The kind of a list, when its columns and its title leave no doubt. */
export function kindOf({ guesses: [best, next] }: FoundList): RecordKind | undefined {
  return best && (!next || best.score - next.score > NEAR) ? best.kind : undefined;
}

/** @param file its name, for lists that have no title of their own. */
export async function listsIn(document: Document, file: string, saved?: Recall): Promise<FoundList[]> {
  const lists: FoundList[] = [];
  for (const table of document.tables) {
    if (!Array.isArray(table.rows)) {
      const head = await headOf(table.rows);
      const title = `${titleAbove(table, head)} ${file}`;
      if (head.length > 0) lists.push({ table, title, guesses: guessKinds(head, title, saved) });
      continue;
    }
    for (const rows of segments(table.rows, file, saved)) {
      if (rows.every((row) => distinctTexts(row).length === 0)) continue;
      const part = { ...table, rows };
      const title = `${titleAbove(part, rows)} ${file}`;
      const found = { table: part, title, guesses: guessKinds(rows, title, saved), rows: filled(rows) };
      const before = lists.at(-1);
      if (before && (found.guesses.length === 0 || isContinued(part, rows))) {
        const joined = goOn(before, part, rows);
        if (joined) {
          if (joined.instead) lists.pop();
          lists.push(joined.list);
          continue;
        }
      }
      lists.push(found);
    }
  }
  return lists;
}

const filled = (rows: readonly Row[]) => rows.filter((row) => distinctTexts(row).length > 0).length;

async function headOf(rows: Table["rows"]): Promise<Row[]> {
  const head: Row[] = [];
  for await (const row of rows) {
    head.push(row);
    if (head.length > HEADER_DEPTH) break;
  }
  return head;
}

/** Sheet, caption and the lines over the header. */
function titleAbove(table: Table, rows: readonly Row[]): string {
  const above = rows.slice(0, HEADER_DEPTH).findIndex((row) => distinctTexts(row).length > 2);
  const lines = rows.slice(0, Math.max(above, 0)).flatMap(distinctTexts);
  return [table.sheet, ...table.context, ...lines].join(" ");
}

/** A sheet cut where another kind's header begins, with the title over it. */
function segments(rows: readonly Row[], file: string, saved?: Recall): (readonly Row[])[] {
  const cuts: number[] = [];
  let kind: RecordKind | undefined;
  for (let i = 0; i < rows.length; i++) {
    const texts = distinctTexts(rows[i]!);
    if (texts.length < 3 || texts.some((text) => text.length > 20) || !isHeaderOfAny(texts)) continue;
    const pair = rows.slice(i, i + 2);
    const from = titleStart(rows, i);
    const title = rows.slice(from, i).flatMap(distinctTexts).join(" ");
    const [best] = guessKinds(pair, kind === undefined ? `${title} ${file}` : title, saved);
    if (!best) continue;
    const same = kind !== undefined && (best.kind === kind || findHeader(kind, pair, saved) !== undefined);
    const isNamed = best.score > 1 && best.kind !== kind;
    if (kind !== undefined && (!same || isNamed)) cuts.push(from);
    if (kind === undefined || !same || isNamed) kind = best.kind;
  }
  return [0, ...cuts].map((from, index) => rows.slice(from, cuts[index] ?? rows.length));
}

/** The first of the lines that stand over a header with no blank row between. */
function titleStart(rows: readonly Row[], header: number): number {
  let first = header;
  while (first > 0) {
    const texts = distinctTexts(rows[first - 1]!);
    if (texts.length === 0 || texts.length > 2 || /^(?:备注|注|说明)[::]/.test(keyText(texts[0]!))) break;
    first--;
  }
  return first;
}

const KNOWN_NAMES: ReadonlySet<string> = new Set(
  Object.values(kindFields).flatMap((fields) => fields.flatMap(({ headers }) => headers.map(headerKey))),
);
const isHeaderOfAny = (texts: readonly string[]) =>
  texts.filter((text) => KNOWN_NAMES.has(headerKey(text))).length >= Math.max(2, texts.length * 0.5);

/** `续表` over a table whose header is repeated. */
const isContinued = (table: Table, rows: readonly Row[]) => /续表|[((]续[))]/.test(titleAbove(table, rows));

/**
 * A table under the columns of the one before it: of a page or document its rows are put under the others, so that a
 * matter may go on; a sheet keeps its own row numbers under the header it lacks.
 */
function goOn(
  before: FoundList,
  table: Table,
  rows: readonly Row[],
): { readonly list: FoundList; readonly instead: boolean } | undefined {
  const [guess] = before.guesses;
  if (!guess || !Array.isArray(before.table.rows)) return undefined;
  const held = before.table.rows as readonly Row[];
  const header = findHeader(guess.kind, held);
  const first = rows.find((row) => distinctTexts(row).length > 0);
  if (!header || !first || !fits(header, rows)) return undefined;
  if (/^表\d+$/.test(table.sheet)) {
    const last = held.at(-1)!.number;
    const moved = rows.map((row) => moveDown(row, last));
    const joined: Table = { ...before.table, rows: [...held, ...moved] };
    return { list: { ...before, table: joined, rows: (before.rows ?? 0) + filled(rows) }, instead: true };
  }
  const over = held.filter((row) => row.number <= header.row).map((row) => moveDown(row, -header.row));
  return {
    list: {
      ...before,
      table: { ...table, rows: [...over, ...rows] },
      rows: filled(rows),
      continues: before.table.sheet,
    },
    instead: false,
  };
}

/** As wide as the columns over it, and filled as a table is. */
function fits(header: Header, rows: readonly Row[]): boolean {
  const data = rows.filter((row) => distinctTexts(row).length >= 2);
  const width = Math.max(...rows.map((row) => row.cells.findLastIndex(({ text }) => text !== "") + 1));
  return (
    data.length > 0 && width <= header.width && width >= header.width - 2 && data.length * 2 >= filled(rows)
  );
}

function moveDown(row: Row, by: number): Row {
  return {
    ...row,
    number: row.number + by,
    cells: row.cells.map((cell) =>
      cell.merged ? { ...cell, merged: { ...cell.merged, row: cell.merged.row + by } } : cell,
    ),
  };
}
