/** Tables of a page with row and column spans from the DOM, and the sentences around them. */
import { parseHTML } from "linkedom";
import type { Cell, Document, Row, Table } from "../table.ts";
import { blank } from "../table.ts";
import { cleanText } from "../text/clean.ts";

export function readHtml(html: string): Document {
  // Line ends of the source are layout, not text; <br> and blocks are.
  const flowed = html.replace(/([^\x00-\xff])\s*[\r\n]+\s*(?=[^\x00-\xff])/g, "$1").replace(/[\r\n]+/g, " ");
  const { document } = parseHTML(flowed.includes("<body") ? flowed : `<html><body>${flowed}</body></html>`);
  for (const br of document.querySelectorAll("br")) br.replaceWith("\n");
  for (const block of document.querySelectorAll("td p,td div,td li,th p,th div")) block.append("\n");
  for (const noise of document.querySelectorAll("script,style,nav,noscript,iframe")) noise.remove();
  // Hidden rows are said; anything else hidden was never there to be read.
  for (const element of document.querySelectorAll("[style],[hidden]"))
    if (element.tagName !== "TR" && isHidden(element)) element.remove();
  const tables: Table[] = [];
  for (const element of document.querySelectorAll("table")) {
    if (element.querySelector("table")) continue;
    const rows = readRows(element);
    if (rows.length > 0)
      tables.push({ sheet: "", rows, hiddenColumns: [], context: captionsBefore(element) });
  }
  for (const element of document.querySelectorAll("table")) element.remove();
  const prose = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6,p,li,dt,dd,pre,div,title")]
    .filter((element) => element.querySelector("p,div,li,h1,h2,h3") === null)
    .flatMap((element) => textOf(element).split("\n"))
    .filter((line) => line !== "");
  return {
    tables: tables.map((table, index) => ({ ...table, sheet: tables.length > 1 ? `表${index + 1}` : "" })),
    prose,
    hiddenSheets: [],
  };
}

interface Span {
  readonly cell: Cell;
  readonly until: number;
}

function readRows(table: Element): Row[] {
  const rows: Row[] = [];
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
    const hidden = isHidden(tr) ? { hidden: true } : {};
    rows.push({ number, ...hidden, cells: Array.from(cells, (cell) => cell ?? blank), found: cells.length });
  }
  return rows;
}

function isHidden(element: Element): boolean {
  const style = element.getAttribute("style") ?? "";
  return element.hasAttribute("hidden") || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);
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
