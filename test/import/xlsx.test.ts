/** The reader of long workbooks gives what the reader of short ones gives. */
import * as XLSX from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { readWorkbook } from "../../knowledge/import/read/xlsx.ts";
import { isLong, streamWorkbook } from "../../knowledge/import/read/xlsx-stream.ts";
import type { Document } from "../../knowledge/import/table.ts";
import { blocked, run, save } from "./fixtures.ts";

type Sheets = Readonly<Record<string, XLSX.WorkSheet>>;

function bytesOf(sheets: Sheets, change: (part: (name: string) => Part) => void = () => {}): Buffer {
  const book = XLSX.utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) XLSX.utils.book_append_sheet(book, sheet, name);
  const bytes = XLSX.write(book, {
    type: "buffer",
    bookType: "xlsx",
    cellStyles: true,
    bookSST: true,
  }) as Buffer;
  const archive = XLSX.CFB.read(bytes, { type: "buffer" });
  change((name) => ({
    replace: (from, to) => {
      const entry = XLSX.CFB.find(archive, `/xl/${name}`)!;
      const before = Buffer.from(entry.content as Uint8Array).toString();
      const after = before.replace(from, to);
      expect(after).not.toBe(before);
      entry.content = Buffer.from(after) as never;
      entry.size = Buffer.byteLength(after);
    },
  }));
  return XLSX.CFB.write(archive, { fileType: "zip", type: "buffer", compression: true }) as Buffer;
}
interface Part {
  readonly replace: (from: string | RegExp, to: string) => void;
}

/** Rows without the blank cells at their ends, which mean nothing. */
async function plain(document: Document) {
  const tables = [];
  for (const { rows, ...table } of document.tables) {
    const read = [];
    for await (const { cells, ...row } of rows) {
      const last = cells.findLastIndex((cell) => cell.text !== "");
      read.push({ ...row, cells: cells.slice(0, last + 1).map((cell) => (cell.text === "" ? "" : cell)) });
    }
    tables.push({ ...table, rows: read });
  }
  return { ...document, tables };
}

async function both(bytes: Buffer) {
  const [whole, streamed] = [
    await plain(readWorkbook(bytes)),
    await plain({ ...(await streamWorkbook(bytes)) }),
  ];
  expect(streamed).toEqual(whole);
  return streamed;
}

const sheet = (rows: unknown[][]) => XLSX.utils.aoa_to_sheet(rows);
const texts = (document: Awaited<ReturnType<typeof both>>) =>
  document.tables.map(({ rows }) =>
    rows.map(({ cells }) => cells.map((cell) => (typeof cell === "string" ? cell : cell.text))),
  );

describe("long workbooks", () => {
  it("fill merged ranges across and down, past the last row too, and nothing else", async () => {
    const merged = sheet([
      ["标题", "", ""],
      ["甲", "乙", "丙"],
      ["", "丁", ""],
    ]);
    merged["!merges"] = ["A1:C1", "A2:A3", "C3:C5"].map((range) => XLSX.utils.decode_range(range));
    const read = await both(bytesOf({ 清单: merged }));
    expect(texts(read)).toEqual([
      [
        ["标题", "标题", "标题"],
        ["甲", "乙", "丙"],
        ["甲", "丁"],
      ],
    ]);
    expect(read.tables[0]?.rows[2]?.cells[0]).toMatchObject({ merged: { row: 2, column: 0, across: false } });
  });

  it("say which rows, columns and sheets are hidden", async () => {
    const open = sheet([["甲", "乙", "丙"], ["1", "2", "3"], ["4"]]);
    open["!rows"] = [{}, { hidden: true }];
    open["!cols"] = [{}, { hidden: true }, { hidden: true }];
    const bytes = bytesOf({ 清单: open, 内部: sheet([["密"]]) }, (part) =>
      part("workbook.xml").replace('name="内部"', 'name="内部" state="veryHidden"'),
    );
    const read = await both(bytes);
    expect(read.hiddenSheets).toEqual(["内部"]);
    expect(read.tables).toMatchObject([{ hiddenColumns: [1, 2], rows: [{}, { hidden: true }, {}] }]);
  });

  it("keep numbers, days, percentages, truth values, errors and cached results of formulas", async () => {
    const cells = sheet([
      ["0408001", 4080012345, 0.125, 45000, 45000.5, 1e21, -3.5, true],
      ["", "", 1, 2],
    ]);
    cells.C1.z = "0.0%";
    cells.D1.z = 'yyyy"年"m"月"d"日"';
    cells.E1.z = "yyyy-mm-dd hh:mm";
    cells.C2 = { t: "n", v: 3, f: "1+2" };
    cells.D2 = { t: "e", v: 42, w: "#N/A" };
    const read = await both(bytesOf({ 清单: cells }));
    expect(texts(read)[0]).toEqual([
      ["0408001", "4080012345", "12.5%", "2023-03-15", "2023-03-15", "1e+21", "-3.5", "true"],
      ["", "", "3", "#N/A"],
    ]);
    expect(read.tables[0]?.rows[0]?.cells[1]).toEqual({ text: "4080012345", numeric: 4080012345 });
  });

  it.each([
    ["a built-in format of Chinese Excel", "31", "2023-03-15"],
    ["one of the first formats", "14", "2023-03-15"],
    ["a time of day of Chinese Excel", "32", "0:00:00"],
    ["a plain number", "1", "45000"],
  ])("read %s", async (_, id, expected) => {
    const cells = sheet([[45000]]);
    cells.A1.z = "0.000000";
    const bytes = bytesOf({ 清单: cells }, (part) =>
      part("styles.xml").replace(
        /(<cellXfs[\s\S]*?numFmtId="0"[\s\S]*?)numFmtId="\d+"/,
        `$1numFmtId="${id}"`,
      ),
    );
    expect(texts(await both(bytes))).toEqual([[[expected]]]);
  });

  it.each([
    ['0"万元"', 5, "5万元"],
    ['#,##0.0"万元"', 12345.678, "12345.678万元"],
    ['#,##0"元"', -5, "-5元"],
    ['"第"0"条"', 7, "第7条"],
    ['General"元"', 5.5, "5.5元"],
    ['0\\.0,"万元"', 123456, "12.3456万元"],
    ['0,"千元"', 123000, "123千元"],
    ["000000", 81, "000081"],
    ["0000-0000000", 3592222222, "0359-2222222"],
    ["h:mm", 8.5 / 24, "8:30"],
    ['h"时"mm"分"', 8.5 / 24, "8时30分"],
    ["[h]:mm", 25 / 24, "25:00"],
    ["yyyy-mm-dd hh:mm", 45000.5, "2023-03-15"],
    ['m"月"d"日"', 45000, "2023-03-15"],
    ['"¥"#,##0.00', 5, "5"],
    ["#,##0.00", 1234.5, "1234.5"],
  ])("read a number shown by %s as people see it", async (format, value, expected) => {
    const cells = sheet([[value]]);
    cells.A1.z = format;
    expect(texts(await both(bytesOf({ 清单: cells })))).toEqual([[[expected]]]);
  });

  it("count days from 1904 where the workbook does", async () => {
    const cells = sheet([[45000 - 1462]]);
    cells.A1.z = "yyyy-mm-dd";
    const bytes = bytesOf({ 清单: cells }, (part) =>
      part("workbook.xml").replace(/<workbookPr[^>]*>/, '<workbookPr date1904="1"/>'),
    );
    expect(texts(await both(bytes))).toEqual([[["2023-03-15"]]]);
  });

  it("join rich text without its phonetic guide, undo escapes, skip rows that are not there", async () => {
    const cells = sheet([["甲&<乙>\n丙", "占位"], [], [], ["末"]]);
    const bytes = bytesOf({ 清单: cells }, (part) => {
      part("sharedStrings.xml").replace(
        /<si><t[^>]*>占位<\/t><\/si>/,
        '<si><r><t>对</t></r><r><rPr/><t xml:space="preserve">甲_x000D_</t></r><rPh sb="0" eb="1"><t>dui</t></rPh></si>',
      );
      part("worksheets/sheet1.xml").replace(
        /<c r="A4"[^>]*>.*?<\/c>/,
        '<c r="C4" t="inlineStr"><is><t>末</t></is></c>',
      );
    });
    expect(texts(await both(bytes))).toEqual([[["甲&<乙>\n丙", "对甲"], [], [], ["", "", "末"]]]);
  });

  it("take the streaming way only from a certain length, and come out the same through the whole importer", async () => {
    const head = ["序号", "职权类型", "职权名称", "实施依据", "附注"];
    const line = (number: number) => [
      number,
      "行政处罚",
      `对第${number}种行为的处罚`,
      "《演示用水条例》第十条",
      "行政机关应当依照规定处罚。".repeat(2400),
    ];
    const cells = sheet([
      ["演示市水务局权责清单"],
      head,
      ...Array.from({ length: 100 }, (_, index) => line(index + 1)),
    ]);
    cells["!merges"] = [XLSX.utils.decode_range("A1:E1"), XLSX.utils.decode_range("B3:B102")];
    for (let row = 4; row <= 102; row++) cells[`B${row}`] = { t: "s", v: "" };
    cells["!rows"] = [];
    cells["!rows"][50] = { hidden: true };
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, cells, "清单");
    const bytes = XLSX.write(book, {
      type: "buffer",
      bookType: "xlsx",
      cellStyles: true,
      compression: true,
    }) as Buffer;
    expect(isLong(bytes)).toBe(true);
    expect(isLong(bytesOf({ 清单: sheet([["短"]]) }))).toBe(false);
    const result = await run(save("长.xlsx", bytes), "power");
    expect(result.records).toHaveLength(99);
    expect(blocked(result)).toEqual(["E05@51"]);
    expect(result.records.at(-1)).toMatchObject({ powerType: "行政处罚", source: { row: 102 } });
  });

  it("are refused when damaged far down", async () => {
    const cells = sheet(Array.from({ length: 300 }, (_, index) => [index, `${index % 10}`.repeat(30_000)]));
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, cells, "清单");
    const bytes = XLSX.write(book, { type: "buffer", bookType: "xlsx", compression: true }) as Buffer;
    expect(isLong(bytes)).toBe(true);
    const at = bytes.indexOf("xl/worksheets/sheet1.xml");
    bytes[at + 3000]! ^= 0x55;
    const result = await run(save("坏.xlsx", bytes), "power");
    expect(result.refused).toBe(true);
    expect(blocked(result)).toEqual(["E03@null"]);
  });
});
