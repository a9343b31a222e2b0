/** A file or a folder is one batch: every sheet, every table, every list, nothing passed over in silence. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as XLSX from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../knowledge/generate/demo/manifest.ts";
import { type BatchOptions, checkPath, importBatch } from "../../knowledge/import/batch.ts";
import { readDocument } from "../../knowledge/import/document.ts";
import { kindOf, listsIn } from "../../knowledge/import/lists.ts";
import { csv, type Grid, save, workbook } from "./fixtures.ts";

const at = new Date("2026-11-24T00:00:00Z");
const law = "《样本用水条例》第十条";
const OFFICE = "云川县水务局";
const POWER = ["序号", "职权名称", "实施依据"];
const organs: Grid = [
  ["执法主体名称", "主体类别", "执法依据"],
  [OFFICE, "法定行政机关", law],
  ["云川县应急管理局", "法定行政机关", law],
];
const areas = [
  { code: "990300", name: "云岭市" },
  { code: "990321", name: "云川县" },
];
const batch = async (paths: readonly string[], options: Partial<BatchOptions> = {}) => {
  const lists = await importBatch(paths, { at, areas, powers: [], ...options });
  return lists.map(({ result }) => ({
    kind: result.kind,
    names: result.records.map((record) =>
      "name" in record ? record.name : "violation" in record ? record.violation : record.kind,
    ),
    issues: result.issues,
    refused: result.refused,
    records: result.records,
  }));
};
const sheets = (named: Readonly<Record<string, Grid>>) => {
  const book = XLSX.utils.book_new();
  for (const [name, grid] of Object.entries(named))
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(grid.map((row) => [...row])), name);
  return save("清单.xlsx", XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
};
const row = (cells: readonly (string | number)[]) =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
const page = (...tables: readonly (readonly [caption: string, grid: Grid])[]) =>
  save(
    "页.html",
    `<html><body>${tables.map(([caption, grid]) => `<p>${caption}</p><table>${grid.map(row).join("")}</table>`).join("")}</body></html>`,
  );
const codesOf = (lists: Awaited<ReturnType<typeof batch>>) =>
  lists.flatMap(({ issues }) => issues.map(({ code }) => code));

describe("the lists of one file", () => {
  it("are all its sheets, the type of power taken from each sheet's name", async () => {
    const lists = await batch(
      [
        sheets({
          行政许可: [POWER, [1, "取水许可", law]],
          行政处罚: [POWER, [1, "对擅自取水的处罚", law]],
          行政检查: [POWER, [1, "对取水的检查", law]],
        }),
      ],
      { entity: OFFICE, dataset: "990300" },
    );
    expect(lists.map(({ kind, names }) => [kind, names])).toEqual([
      ["power", ["取水许可"]],
      ["power", ["对擅自取水的处罚"]],
      ["power", ["对取水的检查"]],
    ]);
    const types = lists.flatMap(({ records }) =>
      records.flatMap((record) => (record.kind === "power" ? [record.powerType] : [])),
    );
    expect(types).toEqual(["行政许可", "行政处罚", "行政检查"]);
  });

  it("are several under one another in one sheet, each with its own header", async () => {
    const grid: Grid = [
      ["云川县水务局行政许可清单"],
      POWER,
      [1, "取水许可", law],
      [],
      ["云川县水务局行政处罚裁量基准"],
      ["序号", "违法行为", "处罚依据", "裁量阶次", "适用条件", "裁量幅度"],
      [1, "擅自取水", law, "一般", "初次", "处2万元以上5万元以下罚款"],
      [],
      ["云川县水务局执法人员名单"],
      ["姓名", "执法证号", "职务"],
      ["张演", "99030000001", "科员"],
    ];
    const lists = await batch([save("公示.csv", csv(grid))], { entity: OFFICE, dataset: "990300" });
    expect(lists.map(({ kind, names }) => [kind, names])).toEqual([["power", ["取水许可"]]]);
    const held = await batch([workbook(grid)], { entity: OFFICE, dataset: "990300" });
    expect(held.map(({ kind, names }) => [kind, names])).toEqual([
      ["power", ["取水许可"]],
      ["officer", ["张演"]],
      ["benchmark", ["擅自取水"]],
    ]);
  });

  it("go on under the columns of the table before, a matter cut in two stays one", async () => {
    const head = ["序号", "违法行为", "处罚依据", "裁量阶次", "适用条件", "裁量幅度"];
    const lists = await batch(
      [
        page(
          ["行政处罚裁量基准", [head, [1, "擅自取水", law, "较轻", "初次", "处2万元以上3万元以下罚款"]]],
          [
            "续表",
            [
              ["", "", "", "较重", "多次", "处3万元以上5万元以下罚款"],
              [2, "擅自打井", law, "一般", "初次", "处1万元罚款"],
            ],
          ],
        ),
      ],
      { entity: OFFICE, dataset: "990300" },
    );
    expect(lists).toHaveLength(1);
    const [first] = lists[0]!.records;
    expect(first?.kind === "benchmark" && first.tiers.map(({ grade }) => grade)).toEqual(["较轻", "较重"]);
    expect(lists[0]!.names).toEqual(["擅自取水", "擅自打井"]);
  });

  it("go on in a sheet without a header, and that is said", async () => {
    const lists = await batch(
      [
        sheets({
          一: [POWER, [1, "取水许可", law]],
          二: [
            [2, "打井许可", law],
            [3, "排水许可", law],
          ],
        }),
      ],
      { entity: OFFICE, dataset: "990300", title: "行政许可清单" },
    );
    expect(lists.map(({ names }) => names)).toEqual([["取水许可"], ["打井许可", "排水许可"]]);
    expect(lists[1]!.records[0]?.source).toMatchObject({ sheet: "二", row: 1 });
    expect(codesOf(lists)).toContain("I83");
  });

  it("that nothing shows a kind of are named, not left out", async () => {
    const lists = await batch([
      sheets({
        甲: [
          ["甲", "乙", "丙"],
          ["一", "二", "三"],
          ["四", "五", "六"],
        ],
      }),
    ]);
    expect(codesOf(lists)).toEqual(["E84"]);
  });
});

describe("the files of a folder", () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), "mingzhi-folder-"));
    mkdirSync(join(path, "水务"));
    const put = (name: string, grid: Grid) => writeFileSync(join(path, name), csv(grid));
    put("水务/1权责清单.csv", [
      ["云川县水务局权责清单"],
      ["序号", "职权类型", "职权名称", "实施依据"],
      [1, "行政处罚", "对擅自取水的处罚", law],
    ]);
    put("水务/2裁量基准.csv", [
      ["云川县水务局行政处罚裁量基准"],
      ["序号", "违法行为", "处罚依据", "裁量阶次", "适用条件", "裁量幅度"],
      [1, "对擅自取水的处罚", law, "一般", "初次", "处2万元以上5万元以下罚款"],
    ]);
    put("执法主体.csv", organs);
    writeFileSync(join(path, ".DS_Store"), "x");
    writeFileSync(join(path, "~$临时.xlsx"), "x");
    return { path, put };
  };

  it("are read organs first, each with what the others name; the organ comes from the title", async () => {
    const { path } = folder();
    const lists = await batch(checkPath(path));
    expect(lists.map(({ kind, names }) => [kind, names])).toEqual([
      ["entity", [OFFICE, "云川县应急管理局"]],
      ["power", ["对擅自取水的处罚"]],
      ["benchmark", ["对擅自取水的处罚"]],
    ]);
    const [, power, benchmark] = lists.map(({ records }) => records[0]);
    expect(benchmark?.kind === "benchmark" && benchmark.powerIds).toEqual([power?.id]);
    expect(new Set(lists.flatMap(({ records }) => records.map(({ dataset }) => dataset)))).toEqual(
      new Set(["990300"]),
    );
    expect(codesOf(lists)).toContain("I80");
    expect(codesOf(lists).filter((code) => code.startsWith("E"))).toEqual([]);
  });

  it("that tell one matter differently are both kept out; alike, it is kept once", async () => {
    const { path, put } = folder();
    const other = ["序号", "职权类型", "职权名称", "实施依据"];
    put("水务/3权责清单(旧).csv", [
      ["云川县水务局权责清单"],
      other,
      [1, "行政处罚", "对擅自取水的处罚", "《样本河道条例》第三条"],
    ]);
    put("执法主体2.csv", organs.slice(0, 2));
    const lists = await batch(checkPath(path));
    const powers = lists.filter(({ kind }) => kind === "power");
    expect(
      powers.map(({ names, issues }) => [names, issues.filter(({ code }) => code === "E85").length]),
    ).toEqual([
      [[], 1],
      [[], 1],
    ]);
    expect(codesOf(lists)).toContain("W86");
    expect(lists.filter(({ kind }) => kind === "entity").flatMap(({ names }) => names)).toEqual([
      OFFICE,
      "云川县应急管理局",
    ]);
  });
});

it("guesses the kind of every list of the fictional city", async () => {
  const files = fileURLToPath(new URL("../../knowledge/data/demo/files/", import.meta.url));
  const wrong: string[] = [];
  for (const { file, kind } of readManifest(files)) {
    const path = join(files, file);
    const document = await readDocument(path, readFileSync(path), false);
    if ("code" in document) throw new Error(file);
    const kinds = (await listsIn(document, "")).map(kindOf);
    // 表二 of an annual report is no list of its own.
    if (kinds[0] !== kind || (kinds.length > 1 && kind !== "annual")) wrong.push(`${file}: ${kinds.join()}`);
  }
  expect(wrong).toEqual([]);
}, 120_000);
