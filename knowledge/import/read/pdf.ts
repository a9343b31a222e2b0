/** PDFs with a text layer whose columns stand clear; anything less is refused, never guessed. */
import type { Refusal } from "../document.ts";
import type { Document, Row } from "../table.ts";
import { cleanText } from "../text/clean.ts";

interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

/** Points a cell may start beside its column. */
const ALIGNED = 3;
const ADVICE = "PDF 中的表格没有可靠的行列";

/**
 * Lines of three or more pieces form the table; each of them must put exactly one piece at the start of every
 * column of the first. A line that misses or straddles a column refuses the whole file.
 */
export async function readPdf(bytes: Buffer): Promise<Document | Refusal> {
  const { getDocumentProxy } = await import("unpdf");
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const lines: Piece[][] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    lines.push(...linesOf((await page.getTextContent()).items));
  }
  if (lines.length === 0) return { code: "E03", why: "PDF 没有文字层,是扫描件" };
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

/** Pieces of one height, left to right; neighbours without a gap are one piece. */
function linesOf(items: readonly unknown[]): Piece[][] {
  const placed: (Piece & { readonly height: number })[] = [];
  for (const item of items) {
    if (typeof item !== "object" || item === null || !("str" in item) || !("transform" in item)) continue;
    const { str, transform } = item;
    if (typeof str !== "string" || str.trim() === "" || !Array.isArray(transform)) continue;
    const [size, left, height] = [Math.abs(Number(transform[0])), Number(transform[4]), Number(transform[5])];
    const width = "width" in item ? Number(item.width) : 0;
    placed.push({ text: str, left, right: left + width, size, height });
  }
  const lines = new Map<number, Piece[]>();
  for (const piece of placed.sort((a, b) => b.height - a.height)) {
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
