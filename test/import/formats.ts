/** The same list in every file format offices publish in. */
import { fileBytes } from "../../knowledge/generate/demo/files.ts";
import type { ListFormat } from "../../knowledge/generate/demo/list.ts";
import { csv, save, workbook } from "./fixtures.ts";
import type { KindList } from "./fixtures-kinds.ts";

export interface Format {
  readonly name: string;
  /** Row of the first data row as the importer counts it. */
  readonly firstRow: number;
  readonly write: (list: KindList) => string;
}

/** A plain list file by the generator of the demonstration city. */
function plain(list: KindList, format: ListFormat): Buffer {
  return fileBytes({
    path: "",
    format,
    kind: list.kind,
    title: "演示市水务局公示清单",
    publisher: "演示市水务局",
    publishedOn: "2026-03-01",
    header: list.header,
    rows: list.rows,
    merges: list.merges ?? [],
  });
}

function spreadsheet(list: KindList, bookType: "xlsx" | "biff8"): string {
  const last = String.fromCharCode(64 + list.header.length);
  const merges = (list.merges ?? []).flatMap(({ from, to, columns }) =>
    Array.from({ length: columns }, (_, column) => {
      const name = String.fromCharCode(65 + column);
      return `${name}${4 + from}:${name}${4 + to}`;
    }),
  );
  const grid = [
    ["演示市水务局公示清单"],
    ["填报单位(盖章):演示市水务局", "", "公布日期:2026-03-01"],
    list.header,
    ...list.rows,
    ["备注:本表由演示市水务局编制"],
  ];
  return workbook(grid, { bookType, merges: [`A1:${last}1`, ...merges] });
}

const gbkPage = (list: KindList) => {
  const utf8 = plain({ ...list }, "html")
    .toString("utf8")
    .replace('charset="utf-8"', 'charset="gb2312"');
  return toGb18030(utf8);
};

/** GB18030 through the generator's own CSV writer, one cell holding the whole text. */
function toGb18030(text: string): Buffer {
  const one: KindList = {
    kind: "faq",
    header: [text.replaceAll('"', "'").replaceAll("\n", " ")],
    rows: [],
    records: [],
    blocked: [],
  };
  const bytes = plain(one, "csv-gb18030");
  const start = bytes[0] === 0x22 ? 1 : 0;
  return bytes.subarray(start, bytes.length - 2 - start);
}

function quotedPrintable(bytes: Buffer): string {
  const encoded = [...bytes].map((byte) =>
    byte >= 33 && byte <= 126 && byte !== 61
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  );
  const lines: string[] = [];
  for (let i = 0; i < encoded.length; i += 24) lines.push(encoded.slice(i, i + 24).join(""));
  return lines.join("=\r\n");
}

const mht = (list: KindList) =>
  [
    "MIME-Version: 1.0",
    'Content-Type: multipart/related; boundary="----demo"',
    "",
    "------demo",
    "Content-Type: text/html; charset=gb2312",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quotedPrintable(gbkPage(list)),
    "------demo--",
    "",
  ].join("\r\n");

export const formats: readonly Format[] = [
  {
    name: "xlsx with title, fill-in, note and merged rows",
    firstRow: 4,
    write: (list) => spreadsheet(list, "xlsx"),
  },
  { name: "xls of the old format", firstRow: 4, write: (list) => spreadsheet(list, "biff8") },
  { name: "csv in UTF-8", firstRow: 2, write: (list) => save("清单.csv", csv([list.header, ...list.rows])) },
  { name: "csv with a byte order mark", firstRow: 2, write: (list) => save("清单.csv", plain(list, "csv")) },
  { name: "csv in GB18030", firstRow: 2, write: (list) => save("清单.csv", plain(list, "csv-gb18030")) },
  {
    name: "a page in UTF-8 with row spans",
    firstRow: 2,
    write: (list) => save("清单.html", plain(list, "html")),
  },
  { name: "a page in GBK saved as xls", firstRow: 2, write: (list) => save("清单.xls", gbkPage(list)) },
  { name: "an MHT archive in GBK", firstRow: 2, write: (list) => save("清单.mht", mht(list)) },
  { name: "docx", firstRow: 2, write: (list) => save("清单.docx", plain(list, "docx")) },
];
