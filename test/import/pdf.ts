/** A one-page PDF with Chinese text at given places, readable through its ToUnicode map. */
export interface Placed {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

/** @param pieces none: a page without a text layer, as a scanner makes. */
export function pdfOf(pieces: readonly Placed[]): Buffer {
  const characters = [...new Set(pieces.flatMap(({ text }) => [...text]))];
  const code = (character: string) => (characters.indexOf(character) + 1).toString(16).padStart(4, "0");
  const unicode = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
  const content = pieces
    .map(({ text, left, top }) => `BT /F1 9 Tf ${left} ${top} Td <${[...text].map(code).join("")}> Tj ET`)
    .join("\n");
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <0000> <ffff> endcodespacerange
${characters.length} beginbfchar
${characters.map((character) => `<${code(character)}> <${unicode(character)}>`).join("\n")}
endbfchar endcmap end end`;
  const stream = (body: string) => `<< /Length ${body.length} >>\nstream\n${body}\nendstream`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    stream(content),
    "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 8 0 R >>",
    stream(map),
    "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
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
