/** Lists as the files an office would put on its web site. Same list, same bytes. */
import XLSX from "@e965/xlsx";
import { firstDataRow, type List } from "./list.ts";

/** The bytes of a list in its own format. */
export function fileBytes(list: List): Buffer {
  switch (list.format) {
    case "xlsx":
      return spreadsheet(list);
    case "csv":
      return Buffer.from(`\uFEFF${commaSeparated(list)}`, "utf8");
    case "csv-gb18030":
      return gb18030(commaSeparated(list));
    case "html":
      return Buffer.from(page(list), "utf8");
    case "docx":
      return wordDocument(list);
  }
}

function spreadsheet(list: List): Buffer {
  const form = [`填报单位(盖章):${list.publisher}`, "", `公布日期:${list.publishedOn}`];
  const cells = [[list.title], form, [...list.header], ...list.rows.map((row) => [...row])];
  const sheet = XLSX.utils.aoa_to_sheet(cells);
  const first = firstDataRow(list.format) - 1;
  const lastColumn = Math.max(list.header.length - 1, 0);
  sheet["!merges"] = [
    { s: { r: 0, c: 0 }, e: { r: 0, c: lastColumn } },
    ...list.merges.flatMap(({ from, to, columns }) =>
      Array.from({ length: columns }, (_, column) => ({
        s: { r: first + from, c: column },
        e: { r: first + to, c: column },
      })),
    ),
  ];
  // 执法证号 and codes are text, so that no leading zero is lost.
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, "Sheet1");
  if (list.second) {
    const { title, header, rows } = list.second;
    const more = XLSX.utils.aoa_to_sheet([[title], [...header], ...rows.map((row) => [...row])]);
    XLSX.utils.book_append_sheet(book, more, "Sheet2");
  }
  book.Props = { CreatedDate: new Date(Date.UTC(2026, 0, 1)), Title: list.title };
  return XLSX.write(book, { type: "buffer", bookType: "xlsx", compression: true, bookSST: true }) as Buffer;
}

function commaSeparated(list: List): string {
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `${[list.header, ...list.rows].map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
}

/** Node reads GB18030 but does not write it: the table is read backwards, once. */
let encodings: Map<string, readonly number[]> | undefined;
function gb18030(text: string): Buffer {
  encodings ??= readEncodings();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 0x80) bytes.push(code);
    else {
      const pair = encodings.get(character);
      if (!pair) throw new RangeError(`no two-byte GB18030 form of ${character}`);
      bytes.push(...pair);
    }
  }
  return Buffer.from(bytes);
}

function readEncodings(): Map<string, readonly number[]> {
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== "\uFFFD") table.set(character, [lead, trail]);
    }
  }
  return table;
}

const escapeText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A government page with the list in its middle. Rows of one matter share a cell over them. */
function page(list: List): string {
  const spans = new Map<number, { rows: number; columns: number }>();
  const covered = new Map<number, number>();
  for (const { from, to, columns } of list.merges) {
    spans.set(from, { rows: to - from + 1, columns });
    for (let row = from + 1; row <= to; row += 1) covered.set(row, columns);
  }
  const rows = list.rows.map((cells, row) => {
    const span = spans.get(row);
    const tags = cells.flatMap((cell, column) => {
      if (column < (covered.get(row) ?? 0)) return [];
      const over = span && column < span.columns ? ` rowspan="${span.rows}"` : "";
      return [`<td${over}>${escapeText(cell).replaceAll("\n", "<br>")}</td>`];
    });
    return `<tr>${tags.join("")}</tr>`;
  });
  const head = list.header.map((cell) => `<th>${escapeText(cell)}</th>`).join("");
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>${escapeText(list.title)}</title></head>
<body>
<nav>首页 &gt; 信息公开 &gt; 行政执法公示</nav>
<h1>${escapeText(list.title)}</h1>
<p>来源:${escapeText(list.publisher)} 发布时间:${list.publishedOn}</p>
<table border="1">
<tr>${head}</tr>
${rows.join("\n")}
</table>
<footer>演示数据,页面、机关、人员均为虚构</footer>
</body>
</html>
`;
}

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function wordDocument(list: List): Buffer {
  const paragraph = (text: string) =>
    `<w:p><w:r><w:t xml:space="preserve">${escapeText(text)}</w:t></w:r></w:p>`;
  const row = (cells: readonly string[]) =>
    `<w:tr>${cells.map((cell) => `<w:tc><w:tcPr/>${cell.split("\n").map(paragraph).join("")}</w:tc>`).join("")}</w:tr>`;
  const grid = list.header.map(() => '<w:gridCol w:w="1200"/>').join("");
  const table = `<w:tbl><w:tblPr/><w:tblGrid>${grid}</w:tblGrid>${[list.header, ...list.rows].map(row).join("")}</w:tbl>`;
  const body = `${paragraph(list.title)}${paragraph(`公布单位:${list.publisher} 公布日期:${list.publishedOn}`)}${table}<w:p/>`;
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `${DECLARATION}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
  };
  return zip(parts);
}

/** A zip container through the spreadsheet library's own archive writer. */
function zip(parts: Readonly<Record<string, string>>): Buffer {
  const archive = XLSX.CFB.utils.cfb_new();
  for (const [path, content] of Object.entries(parts)) {
    XLSX.CFB.utils.cfb_add(archive, `/${path}`, Buffer.from(content, "utf8"));
  }
  return XLSX.CFB.write(archive, { fileType: "zip", type: "buffer", compression: true }) as Buffer;
}
