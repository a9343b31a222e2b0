/** Tables of a page with row and column spans from the DOM, and the sentences around them; what it hides is only named. */
import { parseHTML } from "linkedom";
import type { Cell, Document, Row, Table } from "../table.ts";
import { blank } from "../table.ts";
import { cleanText } from "../text/clean.ts";
import { hiddenIn, isWithin } from "./html-hidden.ts";

const PART_OF_TABLE = /^(?:TABLE|THEAD|TBODY|TFOOT|TR|TD|TH)$/;

export function readHtml(html: string): Document {
  // Line ends of the source are layout, not text; <br> and blocks are.
  const flowed = html.replace(/([^\x00-\xff])\s*[\r\n]+\s*(?=[^\x00-\xff])/g, "$1").replace(/[\r\n]+/g, " ");
  const { document } = parseHTML(flowed.includes("<body") ? flowed : `<html><body>${flowed}</body></html>`);
  for (const br of document.querySelectorAll("br")) br.replaceWith("\n");
  for (const block of document.querySelectorAll("td p,td div,td li,th p,th div")) block.append("\n");
  const hidden = hiddenIn(document);
  for (const noise of document.querySelectorAll("script,style,nav,noscript,iframe")) noise.remove();
  // What is hidden inside a cell was never there to be read.
  for (const element of hidden)
    if (!PART_OF_TABLE.test(element.tagName) && element.closest("td,th") && !element.querySelector("table"))
      element.remove();
  const tables: (Table & { readonly isHidden: boolean })[] = [];
  for (const element of document.querySelectorAll("table")) {
    if (element.querySelector("table")) continue;
    const read = readTable(element, hidden);
    const isHidden = isWithin(element, hidden);
    if (read.rows.length === 0 || (isHidden && textOf(element) === "")) continue;
    tables.push({ sheet: "", ...read, context: captionsBefore(element), isHidden });
  }
  for (const element of document.querySelectorAll("table")) element.remove();
  const hiddenProse: string[] = [];
  for (const element of hidden) {
    if (!document.contains(element)) continue;
    const text = textOf(element);
    if (text.includes("。")) hiddenProse.push(text);
    element.remove();
  }
  const prose = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6,p,li,dt,dd,pre,div,title")]
    .filter((element) => element.querySelector("p,div,li,h1,h2,h3") === null)
    .flatMap((element) => textOf(element).split("\n"))
    .filter((line) => line !== "");
  const named = tables.map(({ isHidden, ...table }, index) => ({
    isHidden,
    table: { ...table, sheet: tables.length > 1 ? `表${index + 1}` : "" },
  }));
  return {
    tables: named.filter(({ isHidden }) => !isHidden).map(({ table }) => table),
    prose,
    hiddenSheets: named.filter(({ isHidden }) => isHidden).map(({ table }) => table.sheet || "表1"),
    hiddenProse,
  };
}

interface Span {
  readonly cell: Cell;
  readonly until: number;
}

/**
 * Rows and hidden columns. A hidden cell in a column that is seen elsewhere stands nowhere, as in a browser; one in
 * a column hidden from top to bottom keeps its place.
 */
function readTable(
  table: Element,
  hidden: ReadonlySet<Element>,
): Pick<Table, "hiddenColumns"> & { rows: Row[] } {
  for (;;) {
    const { rows, placed } = readRows(table, hidden);
    const seen = new Set(placed.filter(({ td }) => !hidden.has(td)).map(({ column }) => column));
    const unseen = placed.filter(({ td }) => hidden.has(td));
    const stray = unseen.filter(({ column }) => seen.has(column));
    if (stray.length === 0) return { rows, hiddenColumns: [...new Set(unseen.map(({ column }) => column))] };
    for (const { td } of stray) td.remove();
  }
}

/** @returns `placed`: the cells one column wide, by their column. */
function readRows(
  table: Element,
  hidden: ReadonlySet<Element>,
): { rows: Row[]; placed: { td: Element; column: number }[] } {
  const rows: Row[] = [];
  const placed: { td: Element; column: number }[] = [];
  const open = new Map<number, Span>();
  let number = 0;
  for (const tr of table.querySelectorAll("tr")) {
    number++;
    const cells: Cell[] = [];
    let column = 0;
    const fillOpen = () => {
      for (let span = open.get(column); span && span.until >= number; span = open.get(column))
        cells[column++] = span.cell;
    };
    for (const td of tr.querySelectorAll("td,th")) {
      fillOpen();
      const down = spanOf(td, "rowspan");
      const across = spanOf(td, "colspan");
      if (across === 1) placed.push({ td, column });
      const text = textOf(td);
      for (let i = 0; i < across; i++) {
        const cell: Cell =
          down > 1 || across > 1
            ? { text, merged: { row: number, column: column - i, across: across > 1 } }
            : text === ""
              ? blank
              : { text };
        if (down > 1) open.set(column, { cell, until: number + down - 1 });
        cells[column++] = cell;
      }
    }
    fillOpen();
    const isHidden = [tr, tr.parentElement].some((part) => part && part !== table && hidden.has(part));
    rows.push({
      number,
      ...(isHidden ? { hidden: true } : {}),
      cells: Array.from(cells, (cell) => cell ?? blank),
      found: cells.length,
    });
  }
  return { rows, placed };
}

function spanOf(element: Element, name: string): number {
  const value = Number(element.getAttribute(name) ?? 1);
  return Number.isInteger(value) && value > 0 ? Math.min(value, 2000) : 1;
}

function textOf(element: Element): string {
  return cleanText(element.textContent ?? "").replace(/\n{2,}/g, "\n");
}

/** Up to three short texts standing just before a table. */
function captionsBefore(table: Element): string[] {
  const captions: string[] = [];
  let current: Element | null = table;
  while (current && captions.length < 3) {
    const before: Element | null = current.previousElementSibling;
    if (!before || before.tagName === "TABLE") break;
    const text = textOf(before);
    if (text !== "" && text.length < 120) captions.unshift(text);
    current = before;
  }
  return captions;
}
