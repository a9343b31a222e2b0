/** PDFs with Chinese text at given places, readable through its ToUnicode map, and lines drawn around it. */
export interface Placed {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

export interface Page {
  readonly pieces: readonly Placed[];
  /** Drawing operators, as a content stream has them. */
  readonly drawing?: string;
}

/** @param pieces none: a page without a text layer, as a scanner makes. */
export const pdfOf = (pieces: readonly Placed[]): Buffer => pdfOfPages([{ pieces }]);

export const LEFT = 40;
const WIDTH = 120;
const LINE = 14;

/** A line of the page's own drawing language, stroked. */
export const stroke = (x1: number, y1: number, x2: number, y2: number) => `${x1} ${y1} m ${x2} ${y2} l S`;

/**
 * A ruled table: each cell as the lines its text is broken into. `null` is covered by the cell above it.
 * @param top of its first row
 */
export function ruled(
  top: number,
  rows: readonly (readonly (readonly string[] | null)[])[],
): { readonly pieces: Placed[]; readonly drawing: string; readonly bottom: number } {
  const pieces: Placed[] = [];
  const lines: string[] = [];
  const columns = rows[0]!.length;
  let y = top;
  for (const row of rows) {
    const height = LINE * Math.max(...row.map((cell) => cell?.length ?? 1)) + 6;
    row.forEach((cell, column) => {
      const left = LEFT + column * WIDTH;
      if (cell) lines.push(stroke(left, y, left + WIDTH, y));
      cell?.forEach((text, line) => {
        pieces.push({ text, left: left + 3, top: y - LINE * (line + 1) });
      });
    });
    for (let column = 0; column <= columns; column++)
      lines.push(stroke(LEFT + column * WIDTH, y, LEFT + column * WIDTH, y - height));
    y -= height;
  }
  lines.push(stroke(LEFT, y, LEFT + columns * WIDTH, y));
  return { pieces, drawing: lines.join("\n"), bottom: y };
}

export function pdfOfPages(pages: readonly Page[]): Buffer {
  const pieces = pages.flatMap((page) => page.pieces);
  const characters = [...new Set(pieces.flatMap(({ text }) => [...text]))];
  const code = (character: string) => (characters.indexOf(character) + 1).toString(16).padStart(4, "0");
  const unicode = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
  const contentOf = (page: Page) =>
    [
      page.drawing ?? "",
      ...page.pieces.map(
        ({ text, left, top }) => `BT /F1 9 Tf ${left} ${top} Td <${[...text].map(code).join("")}> Tj ET`,
      ),
    ].join("\n");
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <0000> <ffff> endcodespacerange
${characters.length} beginbfchar
${characters.map((character) => `<${code(character)}> <${unicode(character)}>`).join("\n")}
endbfchar endcmap end end`;
  const stream = (body: string) => `<< /Length ${body.length} >>\nstream\n${body}\nendstream`;
  const fixed = 6;
  const pageNumber = (index: number) => fixed + 1 + index * 2;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${pageNumber(index)} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 6 0 R >>",
    stream(map),
    "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${pageNumber(index) + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(contentOf(page)),
    ]),
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}
