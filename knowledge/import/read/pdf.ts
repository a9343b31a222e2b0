/**
 * PDFs with a text layer. A table is read by the lines ruled around its cells; one without lines must have columns
 * that stand clear. Anything less is refused, never guessed.
 */
import type { Refusal } from "../document.ts";
import { blank, type Cell, type Document, type Row } from "../table.ts";
import { cleanText } from "../text/clean.ts";
import { type Box, type Grid, gridsOf } from "./pdf-grid.ts";
import { segmentsOf } from "./pdf-lines.ts";

interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly size: number;
  /** Of the base line, from the foot of the page. */
  readonly height: number;
}

/** Points a cell may start beside its column. */
const ALIGNED = 3;
/** Adobe's codings of Chinese, named where the font itself is left out. */
const OUTSIDE_FONT = /\/(?:Uni(?:GB|CNS)-|GBK?p?-EUC|GBK2K|GB-)/;
const ADVICE = "PDF 中的表格没有可靠的行列";

export async function readPdf(bytes: Buffer): Promise<Document | Refusal> {
  const pages = await readPages(bytes);
  if (pages.every(({ pieces }) => pieces.length === 0)) {
    // A text written with a font that is not in the file needs that font's own table of codes.
    const why = OUTSIDE_FONT.test(bytes.toString("latin1"))
      ? "PDF 的中文字体没有嵌入文件,文字读不出"
      : "PDF 没有文字层,是扫描件";
    return { code: "E03", why };
  }
  const ruled: RuledPage[] = [];
  for (const { pieces, segments } of pages) {
    const grids = gridsOf(segments);
    if ("code" in grids) return grids;
    ruled.push({ pieces, grids });
  }
  return ruled.some(({ grids }) => grids.length > 0)
    ? readRuled(ruled)
    : readAligned(pages.flatMap(({ pieces }) => linesOf(pieces)));
}

async function readPages(bytes: Buffer) {
  // Node 20 has no such method, and the reader drops a page's drawing without it.
  if (!("transferToFixedLength" in ArrayBuffer.prototype)) {
    Object.defineProperty(ArrayBuffer.prototype, "transferToFixedLength", {
      configurable: true,
      value(this: ArrayBuffer, length = this.byteLength) {
        return this.slice(0, length);
      },
    });
  }
  const { getDocumentProxy, getResolvedPDFJS } = await import("unpdf");
  const { OPS } = await getResolvedPDFJS();
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const pieces = piecesOf((await page.getTextContent()).items);
    pages.push({ pieces, segments: segmentsOf(await page.getOperatorList(), OPS) });
    page.cleanup();
  }
  return pages;
}

function piecesOf(items: readonly unknown[]): Piece[] {
  const pieces: Piece[] = [];
  for (const item of items) {
    if (typeof item !== "object" || item === null || !("str" in item) || !("transform" in item)) continue;
    const { str, transform } = item;
    if (typeof str !== "string" || str.trim() === "" || !Array.isArray(transform)) continue;
    const [size, left, height] = [Math.abs(Number(transform[0])), Number(transform[4]), Number(transform[5])];
    const width = "width" in item ? Number(item.width) : 0;
    pieces.push({ text: str, left, right: left + width, size, height });
  }
  return pieces;
}

/** Pieces of one height, left to right; neighbours without a gap are one piece. */
function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines = new Map<number, Piece[]>();
  for (const piece of [...pieces].sort((a, b) => b.height - a.height)) {
    const near = [...lines.keys()].find((height) => Math.abs(height - piece.height) <= 2);
    const line = lines.get(near ?? piece.height);
    if (line) line.push(piece);
    else lines.set(piece.height, [piece]);
  }
  return [...lines.values()].map((line) => joinTouching(line.sort((a, b) => a.left - b.left)));
}

function joinTouching(line: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of line) {
    const before = joined.at(-1);
    if (before && piece.left - before.right < piece.size * 0.3)
      joined[joined.length - 1] = { ...before, text: before.text + piece.text, right: piece.right };
    else joined.push(piece);
  }
  return joined;
}

/** What a browser prints over a page (`2026/3/2 14:57 标题`) and under it (`https://… 1/3`). */
const PRINTED =
  /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,,]?\s*(?:[上下]午\s*)?\d{1,2}:\d{2}|^(?:https?|file):\/\/\S+\s+\d+\/\d+$/;

const textOf = (line: readonly Piece[]) => cleanText(line.map((piece) => piece.text).join(" "));

interface RuledPage {
  readonly pieces: readonly Piece[];
  readonly grids: readonly Grid[];
}

/** A ruled table, growing page by page. */
interface Ruled {
  readonly columns: number;
  readonly rows: Row[];
  /** Up to three lines over it. */
  readonly context: readonly string[];
}

function readRuled(pages: readonly RuledPage[]): Document | Refusal {
  const tables: Ruled[] = [];
  const prose: string[] = [];
  for (const [index, { pieces, grids }] of pages.entries()) {
    const outside = pieces.filter((piece) => !grids.some((grid) => isInside(piece, grid)));
    const lines = linesOf(outside).filter((line) => !PRINTED.test(textOf(line)));
    if (isTableLike(lines)) return { code: "E03", why: `${ADVICE}(第 ${index + 1} 页有表格内容不在格线内)` };
    let above = Number.POSITIVE_INFINITY;
    for (const [place, grid] of grids.entries()) {
      const rows = rowsOf(grid, pieces);
      if (!rows) return { code: "E03", why: `PDF 第 ${index + 1} 页的表格里有文字压在格线上` };
      const between = lines
        .filter(([piece]) => piece!.height < above && piece!.height > grid.top)
        .map(textOf);
      above = grid.bottom;
      const before = tables.at(-1);
      if (place === 0 && index > 0 && before?.columns === grid.columns) {
        const rest = continued(before.rows, rows);
        if (!rest) return { code: "E03", why: `PDF 第 ${index + 1} 页开头的一行是从上一页断开的` };
        before.rows.push(...rest);
      } else {
        tables.push({ columns: grid.columns, rows, context: between.slice(-3) });
      }
    }
    prose.push(...lines.map(textOf));
  }
  return {
    tables: tables.map(({ rows, context }, index) => ({
      sheet: tables.length > 1 ? `表${index + 1}` : "",
      rows,
      hiddenColumns: [],
      context,
    })),
    prose,
    hiddenSheets: [],
  };
}

const middleOf = ({ left, right, size, height }: Piece) => ({
  x: (left + right) / 2,
  y: height + size * 0.3,
});

function isInside(piece: Piece, box: Box): boolean {
  const { x, y } = middleOf(piece);
  return x > box.left && x < box.right && y < box.top && y > box.bottom;
}

/** Two lines, one under the other, of three pieces at the same places: a table that nobody ruled. */
function isTableLike(lines: readonly (readonly Piece[])[]): boolean {
  return lines.some((line, index) => {
    const next = lines[index + 1];
    if (line.length < 3 || next?.length !== line.length) return false;
    return line.every((piece, place) => Math.abs(piece.left - next[place]!.left) <= ALIGNED);
  });
}

/** The grid's rows; undefined when a text crosses a line. A merged cell stands in every place it covers. */
function rowsOf(grid: Grid, pieces: readonly Piece[]): Row[] | undefined {
  const rows = Array.from({ length: grid.rows }, (): Cell[] => Array(grid.columns).fill(blank));
  for (const cell of grid.cells) {
    const own = pieces.filter((piece) => isInside(piece, cell));
    if (own.some((piece) => piece.left < cell.left - ALIGNED || piece.right > cell.right + ALIGNED))
      return undefined;
    const text = flow(linesOf(own), cell.right);
    const merged = cell.rows > 1 || cell.columns > 1;
    for (let row = cell.row; row < cell.row + cell.rows; row++) {
      for (let column = cell.column; column < cell.column + cell.columns; column++) {
        if (merged)
          rows[row]![column] = {
            text,
            merged: { row: cell.row + 1, column: cell.column, across: cell.columns > 1 },
          };
        else if (text !== "") rows[row]![column] = { text };
      }
    }
  }
  return rows.map((cells, index) => ({ number: index + 1, cells, found: cells.length }));
}

/** Lines of one cell as text: a line that reaches the cell's end was broken by the page, one that stops short was not. */
function flow(lines: readonly (readonly Piece[])[], right: number): string {
  let text = "";
  let full = true;
  for (const line of lines) {
    const said = textOf(line);
    const wordsMeet = /[\x21-\x7e]$/.test(text) && /^[\x21-\x7e]/.test(said);
    text += text === "" ? said : full ? `${wordsMeet ? " " : ""}${said}` : `\n${said}`;
    const last = line.at(-1)!;
    full = right - last.right < 2.5 * last.size;
  }
  return cleanText(text);
}

/**
 * The rows a page adds to the table of the page before: a repeated header left out, and a cell merged over the page
 * end said again. Undefined when the first of them only finishes the last row of the page before.
 */
function continued(before: readonly Row[], rows: readonly Row[]): readonly Row[] | undefined {
  let repeated = 0;
  while (repeated < rows.length && sameTexts(rows[repeated]!, before[repeated])) repeated++;
  const first = rows[repeated];
  if (!first) return [];
  const last = before.at(-1)!;
  const open = first.cells.flatMap(({ text }, column) =>
    text === "" && before.every((row) => row.cells[column]!.text !== "") ? [column] : [],
  );
  if (open.some((column) => !last.cells[column]!.merged)) return undefined;
  const isOpen = (cell: Cell, column: number, row: Row) =>
    open.includes(column) && cell.text === "" && (cell.merged?.row ?? row.number) === first.number;
  const shift = before.length - repeated;
  return rows.slice(repeated).map((row) => ({
    ...row,
    number: row.number + shift,
    cells: row.cells.map((cell, column) => {
      if (isOpen(cell, column, row)) return last.cells[column]!;
      return cell.merged ? { ...cell, merged: { ...cell.merged, row: cell.merged.row + shift } } : cell;
    }),
  }));
}

const sameTexts = (row: Row, other: Row | undefined) =>
  other !== undefined &&
  row.cells.length === other.cells.length &&
  row.cells.every((cell, column) => cell.text === other.cells[column]!.text);

/**
 * Lines of three or more pieces form the table; each of them must put exactly one piece at the start of every
 * column of the first. A line that misses or straddles a column refuses the whole file.
 */
function readAligned(lines: readonly (readonly Piece[])[]): Document | Refusal {
  const first = lines.findIndex((line) => line.length >= 3);
  if (first < 0) {
    const prose = lines.map((line) => line.map((piece) => piece.text).join(""));
    return { tables: [], prose, hiddenSheets: [] };
  }
  const starts = lines[first]!.map((piece) => piece.left);
  const rows: Row[] = [];
  const prose = lines.slice(0, first).map((line) => line.map((piece) => piece.text).join(""));
  let ended = false;
  for (const line of lines.slice(first)) {
    if (isHeaderAgain(line, lines[first]!)) {
      if (rows.length > 0) continue;
    }
    if (line.length === 1 && /^(第?\s*\d+\s*页?|-\s*\d+\s*-|[((]?备注|注[::]|说明[::])/.test(line[0]!.text)) {
      ended ||= !/\d/.test(line[0]!.text);
      continue;
    }
    const aligned =
      line.length === starts.length &&
      line.every((piece, index) => Math.abs(piece.left - starts[index]!) <= ALIGNED) &&
      line.every((piece, index) => index + 1 >= starts.length || piece.right <= starts[index + 1]! + 1);
    if (!aligned || ended) return { code: "E03", why: ADVICE };
    rows.push({
      number: rows.length + 1,
      cells: line.map((piece) => ({ text: cleanText(piece.text) })),
      found: line.length,
    });
  }
  return { tables: [{ sheet: "", rows, hiddenColumns: [], context: prose }], prose, hiddenSheets: [] };
}

function isHeaderAgain(line: readonly Piece[], header: readonly Piece[]): boolean {
  return line.length === header.length && line.every((piece, index) => piece.text === header[index]!.text);
}
