/** Annual reports: 表一 and 表二 on one sheet, on two sheets, on a page; every number held against the others. */
import * as XLSX from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import type { ImportResult } from "../../knowledge/import/index.ts";
import { blocked, codes, type Grid, run, save, workbook } from "./fixtures.ts";

const HEAD = ["单位", "年度", "警告、通报批评", "罚款", "合计(宗)", "罚没金额(万元)", "公布日期"];
const own = ["演示市水务局", 2025, 3, 4, 7, 12.5, "2026-01-20"];
const LICENCES = ["单位", "申请数量", "受理数量", "予以许可数量", "不予许可数量", "撤销许可数量"];
const read = { applied: 20, accepted: 18, granted: 15, refused: 2, revoked: 1 };
const line = (name: string, counts: readonly (string | number)[]) => [name, ...counts];
const good = line("演示市水务局", [20, 18, 15, 2, 1]);

const page = (grids: readonly Grid[]) => {
  const rows = (grid: Grid) =>
    grid.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  return save(
    "年报.html",
    `<html><meta charset="utf-8"><body><h1>2025年度行政执法统计年报</h1>${grids.map((grid) => `<p>表</p><table>${rows(grid)}</table>`).join("")}</body></html>`,
  );
};

const sheets = (grids: readonly Grid[]) => {
  const book = XLSX.utils.book_new();
  grids.forEach((grid, index) => {
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet(grid.map((row) => [...row])),
      `表${index + 1}`,
    );
  });
  return save("年报.xlsx", XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
};

const licenceOf = (result: ImportResult) =>
  result.records.map((record) => (record.kind === "annual" ? record.licence : undefined));
const warned = (result: ImportResult) =>
  result.issues.filter(({ severity }) => severity === "W").map(({ code, row }) => `${code}@${row}`);

describe("表二 of an annual report", () => {
  it.each<[string, () => string]>([
    [
      "on a page",
      () =>
        page([
          [HEAD, own],
          [LICENCES, good],
        ]),
    ],
    [
      "on a second sheet",
      () =>
        sheets([
          [HEAD, own],
          [LICENCES, good],
        ]),
    ],
    [
      "on the sheet before",
      () =>
        sheets([
          [["表二 行政许可实施数量"], LICENCES, good],
          [["表一 行政处罚实施数量"], HEAD, own],
        ]),
    ],
    [
      "under 表一 on one sheet, with its title and a note",
      () =>
        workbook([
          ["2025年度行政执法统计年报"],
          ["表一 行政处罚实施数量"],
          HEAD,
          own,
          ["表二 行政许可实施数量"],
          LICENCES,
          good,
          ["备注:数量单位为宗"],
        ]),
    ],
    [
      "with a header of two levels",
      () =>
        workbook(
          [
            HEAD,
            own,
            ["单位", "行政许可实施数量(宗)", "", "", "", ""],
            ["", "申请", "受理", "许可", "不予许可", "撤销"],
            good,
          ],
          { merges: ["A3:A4", "B3:F3"] },
        ),
    ],
    [
      "of one organ that does not name itself",
      () =>
        sheets([
          [HEAD, own],
          [LICENCES.slice(1), good.slice(1)],
        ]),
    ],
  ])("is read %s", async (_, file) => {
    const result = await run(file(), "annual");
    expect(blocked(result)).toEqual([]);
    expect(warned(result)).toEqual([]);
    expect(licenceOf(result)).toEqual([read]);
  });

  it("leaves out what is no number and says what does not add up", async () => {
    const result = await run(
      sheets([
        [HEAD, own],
        [LICENCES, line("演示市水务局", [10, 12, 11, 3, "/"])],
      ]),
      "annual",
    );
    expect(licenceOf(result)).toEqual([{ applied: 10, accepted: 12, granted: 11, refused: 3, revoked: 0 }]);
    expect(warned(result)).toEqual(["W69@2", "W69@2"]);
    const words = await run(
      sheets([
        [HEAD, own],
        [LICENCES, line("演示市水务局", [10, "若干", 1, 0, 0])],
      ]),
      "annual",
    );
    expect(licenceOf(words)).toEqual([undefined]);
    expect(warned(words)).toEqual(["W69@2"]);
  });

  it("gives each organ its own row, checks the row of sums, and names organs without 表一", async () => {
    const file = sheets([
      [HEAD, own],
      [LICENCES, good, line("演示市林草局", [1, 1, 1, 0, 0]), line("合计", [21, 19, 17, 2, 1])],
    ]);
    const result = await run(file, "annual");
    expect(licenceOf(result)).toEqual([read]);
    expect(warned(result)).toEqual(["W69@4", "W69@3"]);
  });

  it("does not swallow 表三 below it", async () => {
    const third: Grid = [
      ["表三 行政强制实施数量"],
      ["单位", "查封场所", "扣押财物", "冻结存款"],
      ["演示市水务局", 1, 2, 3],
    ];
    const result = await run(workbook([HEAD, own, LICENCES, good, ...third]), "annual");
    expect(licenceOf(result)).toEqual([read]);
    expect(codes(result)).toContain("W56");
  });
});

describe("表一 of several organs", () => {
  it.each([
    [7, []],
    [8, ["W55@3"]],
  ])("holds the row of sums (%i) against the rows above", async (total, expected) => {
    const result = await run(workbook([HEAD, own, ["合计", "", 3, 4, total, 12.5, ""]]), "annual");
    expect(result.counts).toMatchObject({ rows: 1, accepted: 1 });
    expect(blocked(result)).toEqual([]);
    expect(warned(result)).toEqual(expected);
  });
});
