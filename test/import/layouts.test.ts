import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as XLSX from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { headerKey } from "../../knowledge/import/header.ts";
import { importFile } from "../../knowledge/import/index.ts";
import {
  mappingSource,
  proposeMapping,
  readMapping,
  recallMapping,
} from "../../knowledge/import/mappings.ts";
import { sayReports, writeCsvReport, writeHtmlReport } from "../../knowledge/import/report.ts";
import { blocked, codes, csv, run, save, workbook } from "./fixtures.ts";
import { pdfOf } from "./pdf.ts";

const law = "《演示用水条例》第十条";
const POWER = ["序号", "职权类型", "职权名称", "实施依据"];
const at = new Date("2026-11-24T00:00:00Z");
const row = (number: number, name: string) => [number, "行政处罚", name, law];

describe("layouts", () => {
  it("joins a header of two levels and reads both its columns", async () => {
    const result = await run(
      workbook(
        [
          ["序号", "职权类型", "职权名称", "", "职权依据"],
          ["", "", "项目", "子项", ""],
          [1, "行政处罚", "对甲的处罚", "对甲一的处罚", law],
        ],
        { merges: ["A1:A2", "B1:B2", "C1:D1", "E1:E2"] },
      ),
      "power",
    );
    expect(result.headerRow).toBe(2);
    expect(result.records).toMatchObject([{ name: "对甲一的处罚", parentName: "对甲的处罚" }]);
  });

  it.each([
    [
      "with two columns for one field",
      ["实施依据", "职权名称", "权力名称", "备注"],
      /“权力名称”与“职权名称”都对应/,
    ],
    ["without a column it needs", ["序号", "实施依据", "职权类型"], /列名太少/],
  ])("refuses the rows under a header further down %s, until one can be read", async (_, broken, why) => {
    const moved = ["序号", "职权名称", "职权类型", "实施依据"];
    const result = await run(
      workbook([
        POWER,
        row(1, "对甲的处罚"),
        broken,
        [1, 2, 3],
        row(2, "对乙的处罚"),
        row(3, "对丙的处罚"),
        moved,
        [4, "对丁的处罚", "行政处罚", law],
      ]),
      "power",
    );
    expect(blocked(result)).toEqual(["E74@5", "E74@6"]);
    expect(result.issues.find(({ code }) => code === "E74")?.message).toMatch(why);
    expect(result.records.map((record) => "name" in record && record.name)).toEqual([
      "对甲的处罚",
      "对丁的处罚",
    ]);
    expect(result.counts).toMatchObject({ rows: 4, accepted: 2, quarantined: 2 });
  });

  it.each([
    ["where it stood", ["项目", "子项"], "对乙一的处罚", "对乙的处罚"],
    ["with its columns moved", ["子项", "项目"], "对乙的处罚", "对乙一的处罚"],
  ])("reads a header of two levels again %s", async (_, low, name, parentName) => {
    const file = workbook(
      [
        ["序号", "职权类型", "职权名称", "", "职权依据"],
        ["", "", "项目", "子项", ""],
        [1, "行政处罚", "对甲的处罚", "对甲一的处罚", law],
        ["序号", "职权类型", "职权名称", "", "职权依据"],
        ["", "", ...low, ""],
        [2, "行政处罚", "对乙的处罚", "对乙一的处罚", law],
      ],
      { merges: ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "A4:A5", "B4:B5", "C4:D4", "E4:E5"] },
    );
    const result = await run(file, "power");
    expect(blocked(result)).toEqual([]);
    expect(result.records).toMatchObject([{ name: "对甲一的处罚" }, { name, parentName }]);
  });

  it("takes the lower names of a header alone, where they stood, for what they are", async () => {
    const result = await run(
      workbook([POWER, row(1, "对甲的处罚"), ["", ...POWER.slice(1)], row(2, "对乙的处罚")]),
      "power",
    );
    expect(blocked(result)).toEqual([]);
    expect(result.records).toHaveLength(2);
  });

  it.each(["职权名称(全称", "职权名称( 主项"])(
    "reads a column named %s, its bracket never closed",
    async (header) => {
      const result = await run(workbook([POWER.with(2, header), row(1, "对甲的处罚")]), "power");
      expect(headerKey(header)).toBe("职权名称");
      expect(result.records).toMatchObject([{ name: "对甲的处罚" }]);
    },
  );

  it("drops a column of identity numbers whose bracket is never closed", async () => {
    const file = workbook([
      [...POWER, "身份证号(18位"],
      [...row(1, "对甲的处罚"), "一二三"],
    ]);
    expect((await run(file, "power")).dropped).toEqual(["身份证号(18位"]);
  });

  it("gives rows under 部门名称 to that organ and the type of the section above", async () => {
    const known = ["演示市水务局", "演示市林业局"].map((name, index) => ({
      id: `ent_demo_${index}`,
      name,
      aliases: [],
      level: "市" as const,
    }));
    const file = workbook(
      [
        ["序号", "职权名称", "实施依据", "责任事项"],
        ["部门名称:演示市林业局(2项)", "", "", ""],
        ["职权类别:行政处罚", "", "", ""],
        [1, "对甲的处罚", law, "立案"],
        [2, "对乙的处罚", law, "立案"],
      ],
      { merges: ["A2:D2", "A3:D3"] },
    );
    const result = await importFile({ file, kind: "power", entity: "演示市水务局", known, at });
    expect(result.records).toMatchObject([
      { entityId: "ent_demo_1", powerType: "行政处罚" },
      { entityId: "ent_demo_1", powerType: "行政处罚" },
    ]);
    expect(blocked(result)).toEqual([]);
  });

  it("reads the phone of a service line without taking it for an item", async () => {
    const result = await run(
      workbook([POWER, row(1, "对甲的处罚"), ["服务电话:0359-2222222 投诉电话:0359-3333333", "", "", ""]]),
      "power",
    );
    expect(result.counts.rows).toBe(1);
    expect(result.issues.filter(({ code }) => code === "I67")).toHaveLength(2);
  });

  it.each([
    ["共2项", []],
    ["3项", ["W38@4"]],
  ])("holds a total row of %s against the rows read", async (total, expected) => {
    const result = await run(
      workbook([POWER, row(1, "对甲的处罚"), row(2, "对乙的处罚"), ["合计", "", total, ""]]),
      "power",
    );
    expect(result.counts).toMatchObject({ rows: 2, accepted: 2 });
    const warned = result.issues.filter(({ severity }) => severity === "W");
    expect(warned.map(({ code, row: at }) => `${code}@${at}`)).toEqual(expected);
  });

  it("gives the phones of a service line to guides that name none, of one organ only", async () => {
    const head = ["事项名称", "实施主体", "受理条件", "咨询电话"];
    const line = ["服务电话:0359-2222222 投诉电话:0359-3333333", "", "", ""];
    const known = ["水务局", "林草局"].map((name, index) => ({
      id: `ent_demo_${index}`,
      name: `演示市${name}`,
      aliases: [],
      level: "市" as const,
    }));
    const read = async (second: string) => {
      const guide = (name: string, organ: string, phone = "") => [name, organ, "有水源", phone];
      const grid = [head, guide("甲许可", "演示市水务局"), guide("乙许可", second, "0359-4444444"), line];
      return (await importFile({ file: workbook(grid), kind: "guide", known, at })).records;
    };
    expect(await read("演示市水务局")).toMatchObject([
      { consultPhones: ["0359-2222222"], complaintPhones: ["0359-3333333"] },
      { consultPhones: ["0359-4444444"], complaintPhones: ["0359-3333333"] },
    ]);
    expect(await read("演示市林草局")).toMatchObject([{ consultPhones: [] }, { complaintPhones: [] }]);
  });

  it.each<[string, readonly string[], string]>([
    ["a guide of another organ", ["乙许可", "演示市林草局", ""], ""],
    ["a guide of an organ nobody knows", ["乙许可", "演示市文旅局", "有水源"], ""],
    ["a guide of the same organ", ["", "演示市水务局", "有水源"], "0359-2222222"],
  ])("judges whose a service line is by the refused rows too: %s", async (_, refused, phone) => {
    const known = ["水务局", "林草局"].map((name, index) => ({
      id: `ent_demo_${index}`,
      name: `演示市${name}`,
      aliases: [],
      level: "市" as const,
    }));
    const file = workbook([
      ["事项名称", "实施主体", "受理条件"],
      ["甲许可", "演示市水务局", "有水源"],
      refused,
      ["服务电话:0359-2222222", "", ""],
    ]);
    const result = await importFile({ file, kind: "guide", known, at });
    expect(blocked(result).map((text) => text.slice(-2))).toEqual(["@3"]);
    expect(result.records).toMatchObject([{ consultPhones: phone === "" ? [] : [phone] }]);
  });

  it("leaves out rows a page hides, saying so, and reads nothing else it hides", async () => {
    const tr = (cells: readonly (string | number)[], attribute = "") =>
      `<tr${attribute}>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
    const hiddenRow = tr(row(2, "对乙的处罚"), ' style="display: none"');
    const hiddenText = row(1, '对甲的处罚<span style="display:none">365体育投注</span>');
    const page = `<html><body><table>${tr(POWER)}${tr(hiddenText)}${hiddenRow}</table></body></html>`;
    const result = await run(save("页.html", page), "power");
    expect(result.records).toMatchObject([{ name: "对甲的处罚" }]);
    expect(blocked(result)).toEqual(["E05@3"]);
  });

  describe("what a page hides is not read, and said", () => {
    const tr = (cells: readonly (string | number)[], hide: readonly string[] = []) =>
      `<tr>${cells.map((cell, index) => `<td${hide[index] ?? ""}>${cell}</td>`).join("")}</tr>`;
    const list = (name: string) => `<table>${tr(POWER)}${tr(row(1, name))}</table>`;
    const read = async (body: string, style = "") =>
      await run(
        save("页.html", `<html><head><style>${style}</style></head><body>${body}</body></html>`),
        "power",
      );

    it.each<[string, string, string]>([
      ["display:none", '<div style="display:none">', ""],
      ["visibility:hidden", '<div style="color:red;visibility: hidden">', ""],
      ["the attribute hidden", "<div hidden>", ""],
      ["a rule of the page", '<div class="pane">', ".pane{display:none}.pane.on{display:block}"],
      ["a tab that is not active", '<div class="tab-content"><div class="tab-pane">', ""],
      ["a panel told to be hidden", '<div role="tabpanel" aria-hidden="true">', ""],
    ])("by %s", async (_, open, style) => {
      const result = await read(`${open}${list("对乙的处罚")}</div></div>${list("对甲的处罚")}`, style);
      expect(result.records).toMatchObject([{ name: "对甲的处罚" }]);
      expect(result.issues.filter(({ code }) => code === "E05")).toMatchObject([
        { sheet: "表1", row: null, message: expect.stringContaining("工作表“表1”为隐藏内容,未导入") },
      ]);
      const alone = await read(`${open}${list("对乙的处罚")}</div></div>`, style);
      expect(blocked(alone)).toEqual(["E05@null", "E01@null"]);
    });

    it.each<[string, string, string]>([
      ["the tab that is active", '<div class="tab-content"><div class="tab-pane active">', ""],
      [
        "a panel a more exact rule shows",
        '<div class="on pane">',
        ".pane.on{display:block}.pane{display:none}",
      ],
      ["a panel its own style shows", '<div class="pane" style="display:block">', ".pane{display:none}"],
      ["what is hidden on paper only", '<div class="pane">', "@media print{.pane{display:none}}"],
      ["a page that a script shows", "<div>", "body{display:none !important}"],
      ["what changes under a pointer", '<div class="pane">', ".pane:hover{visibility:hidden}"],
    ])("but not %s", async (_, open, style) => {
      const result = await read(`${open}${list("对甲的处罚")}</div></div>`, style);
      expect(result.records).toMatchObject([{ name: "对甲的处罚" }]);
      expect(blocked(result)).toEqual([]);
    });

    it("column by column, the others where they stood", async () => {
      const hide = ["", "", ' style="display:none"'];
      const cells = (one: readonly (string | number)[], note: string) =>
        tr([...one.slice(0, 2), note, ...one.slice(2)], hide);
      const result = await read(
        `<table>${cells(POWER, "备注")}${cells(row(1, "对甲的处罚"), "内部")}</table>`,
      );
      expect(result.records).toMatchObject([{ name: "对甲的处罚" }]);
      expect(JSON.stringify(result.records)).not.toContain("内部");
      expect(result.issues.filter(({ code }) => code === "E05")).toMatchObject([{ column: "备注" }]);
    });

    it("row by row, and by the body of a table", async () => {
      const body = `<tbody hidden>${tr(row(2, "对乙的处罚"))}</tbody>`;
      const result = await read(`<table>${tr(POWER)}${tr(row(1, "对甲的处罚"))}${body}</table>`);
      expect(result.records).toMatchObject([{ name: "对甲的处罚" }]);
      expect(blocked(result)).toEqual(["E05@3"]);
    });
  });

  it("reads one matter published as label and value", async () => {
    const page = (values: string[]) =>
      save(
        "页.html",
        `<html><body><table>${["事项名称", "实施主体", "受理条件", "法定时限"]
          .map((label, index) => `<tr><td>${label}</td><td>${values[index] ?? ""}</td></tr>`)
          .join("")}</table></body></html>`,
      );
    const result = await run(page(["取水许可", "演示市水务局", "有水源", "20个工作日"]), "guide");
    expect(result.records).toMatchObject([{ name: "取水许可", conditions: "有水源" }]);
    const empty = await run(page([]), "guide");
    expect(blocked(empty)).toEqual(["E48@null"]);
  });

  it("says when there is a header and nothing under it", async () => {
    expect(blocked(await run(workbook([POWER]), "power"))).toEqual(["E48@null"]);
  });

  it("keeps hidden columns and hidden sheets out", async () => {
    const book = XLSX.utils.book_new();
    const sheet = XLSX.utils.aoa_to_sheet([
      [...POWER, "备注"],
      [...row(1, "对甲的处罚"), "内部"],
    ]);
    sheet["!cols"] = [{}, {}, {}, {}, { hidden: true }];
    XLSX.utils.book_append_sheet(book, sheet, "清单");
    const file = save(
      "隐藏.xlsx",
      XLSX.write(book, { type: "buffer", bookType: "xlsx", cellStyles: true }) as Buffer,
    );
    const result = await run(file, "power");
    expect(codes(result)).toContain("E05");
    expect(JSON.stringify(result.records)).not.toContain("内部");
  });

  it("keeps line breaks and quotes inside csv cells", async () => {
    const body = csv([POWER, ["1", "行政处罚", '对"甲"的处罚', `${law}\n《演示河道条例》第三条`]]);
    const result = await run(save("清单.csv", body), "power");
    expect(result.records).toMatchObject([{ name: '对"甲"的处罚', basis: [{}, { title: "演示河道条例" }] }]);
  });

  it("reads dates as serial numbers, dotted, written and long-term", async () => {
    const head = ["序号", "姓名", "工作单位", "执法证号", "有效期至"];
    const result = await run(
      workbook([
        head,
        [1, "张演", "演示市水务局", "0408001", 47118],
        [2, "李演", "演示市水务局", "0408002", "2029.7"],
        [3, "王演", "演示市水务局", "0408003", "2029年7月1日"],
        [4, "赵演", "演示市水务局", "0408004", "长期"],
      ]),
      "officer",
    );
    expect(result.records.map((record) => (record.kind === "officer" ? record.validUntil : ""))).toEqual([
      "2028-12-31",
      "2029-07",
      "2029-07-01",
      undefined,
    ]);
  });

  it("splits tiers of one cell when text and condition are numbered alike, and not otherwise", async () => {
    const head = ["序号", "违法行为", "处罚依据", "裁量情形", "裁量幅度"];
    const text = "(一)处1万元以上不满3万元罚款;\n(二)处3万元以上5万元以下罚款";
    const good = await run(
      workbook([head, [1, "甲", law, "(一)一般:初次;\n(二)严重:再次", text]]),
      "benchmark",
    );
    expect(good.records).toMatchObject([
      {
        tiers: [
          { grade: "一般", condition: "初次", fine: { max: 30000 } },
          { grade: "严重", fine: { max: 50000 } },
        ],
      },
    ]);
    expect(codes(good)).toContain("W66");
    const bad = await run(workbook([head, [1, "甲", law, "视情节", text]]), "benchmark");
    expect(bad.records).toEqual([]);
    expect(blocked(bad)).toEqual(["E45@2"]);
  });

  it("does not guess the unit of 罚没金额", async () => {
    const head = ["单位", "年度", "罚款", "警告", "合计", "罚没金额", "公布日期"];
    const line = ["演示市水务局", 2025, 1, 2, 3, 5, "2026-01-20"];
    expect(blocked(await run(workbook([head, line]), "annual"))).toEqual(["E45@2"]);
    const said = await run(workbook([["统计表", "单位:万元"], head, line]), "annual");
    expect(said.records).toMatchObject([{ penalty: { confiscated: { amount: 5, unit: "万元" } } }]);
    const off = await run(workbook([head.with(5, "罚没金额(元)"), line.with(4, 4)]), "annual");
    expect(codes(off)).toContain("W55");
  });

  it("says which of several bases the amounts were held against", async () => {
    const head = ["序号", "违法行为", "处罚依据", "违法程度", "裁量幅度"];
    const result = await run(
      workbook([head, [1, "甲", `${law}\n《演示河道条例》第三条`, "一般", "罚款5000元"]]),
      "benchmark",
    );
    expect(codes(result)).toContain("W63");
    expect(result.records).toMatchObject([{ chosenBasis: { title: "演示用水条例" } }]);
  });

  it("links a benchmark to the published power with its code, else its name, and says when there is none", async () => {
    const known = [{ id: "ent_demo_swj", name: "演示市水务局", aliases: [], level: "市" as const }];
    const power = { entityId: "ent_demo_swj", powerType: "行政处罚" };
    const powers = [
      { ...power, id: "pow_demo_1", name: "对甲的处罚", code: { value: "A-1" } },
      { ...power, id: "pow_demo_2", name: "对乙的处罚" },
    ];
    const head = ["序号", "事项代码", "违法行为", "处罚依据", "违法程度", "裁量幅度"];
    const line = (code: string, name: string) => [1, code, name, law, "一般", "罚款5000元"];
    const file = workbook([head, line("A-1", "另名"), line("", "乙"), line("", "丙")]);
    const result = await importFile({ file, kind: "benchmark", entity: "演示市水务局", known, powers, at });
    expect(result.records.slice(0, 2)).toMatchObject([
      { powerIds: ["pow_demo_1"] },
      { powerIds: ["pow_demo_2"] },
    ]);
    expect(result.issues.filter(({ code }) => code === "W62").map(({ row }) => row)).toEqual([4]);
  });

  it("takes today from Beijing", async () => {
    const head = ["序号", "姓名", "工作单位", "执法证号", "有效期至"];
    const file = workbook([head, [1, "张演", "演示市水务局", "0408001", "2026-11-24"]]);
    const late = new Date("2026-11-24T17:00:00Z");
    const result = await importFile({ file, kind: "officer", entity: "演示市水务局", at: late });
    expect(codes(result)).toContain("W24");
  });
});

describe("inspection ratios", () => {
  it.each([
    ["M50%", "text", "W36"],
    ["=50%", "text", "W36"],
    ["〓50%", "text", "W36"],
    ["≥50%", "percent", undefined],
    ["10-20%", "percent", undefined],
    ["全覆盖", "all", undefined],
    ["抽查14—10月", "text", "W51"],
  ])("%s", async (text, kind, code) => {
    const head = ["序号", "抽查事项", "检查对象", "抽查依据", "抽查比例"];
    const result = await run(workbook([head, [1, "取水检查", "单位", law, text]]), "inspection");
    expect(result.records).toMatchObject([{ ratio: { kind } }]);
    expect(codes(result).filter((each) => each === "W36" || each === "W51")).toEqual(code ? [code] : []);
  });
});

describe("files that are refused whole", () => {
  const zip = (entries: Record<string, Buffer>) => {
    const archive = XLSX.CFB.utils.cfb_new();
    for (const [path, body] of Object.entries(entries)) XLSX.CFB.utils.cfb_add(archive, `/${path}`, body);
    return XLSX.CFB.write(archive, { fileType: "zip", type: "buffer", compression: true }) as Buffer;
  };
  const ole = (stream: string) => {
    const archive = XLSX.CFB.utils.cfb_new();
    XLSX.CFB.utils.cfb_add(archive, `/${stream}`, Buffer.alloc(5000));
    return XLSX.CFB.write(archive, { type: "buffer" }) as Buffer;
  };
  it.each<[string, () => string, string]>([
    ["a workbook with a password", () => save("密.xlsx", ole("EncryptedPackage")), "E03"],
    ["an old .doc", () => save("旧.doc", ole("WordDocument")), "E03"],
    ["a zip bomb", () => save("弹.xlsx", zip({ "xl/workbook.xml": Buffer.alloc(60_000_000) })), "E03"],
    ["an archive of other things", () => save("包.xlsx", zip({ "a.txt": Buffer.from("甲") })), "E03"],
    ["a JPEG named .pdf", () => save("图.pdf", Buffer.from("ffd8ffe000104a464946", "hex")), "E03"],
    ["a GIF named .xls", () => save("图.xls", Buffer.from("GIF89a")), "E03"],
    ["rich text", () => save("文.doc", "{\\rtf1 甲}"), "E03"],
    ["a scanned PDF", () => save("扫.pdf", pdfOf([])), "E03"],
    ["a damaged PDF", () => save("坏.pdf", "%PDF-1.4 broken"), "E03"],
    ["a text in no known encoding", () => save("乱.csv", Buffer.from("ff80ff2cff80ff2cff0a", "hex")), "E04"],
    [
      "planted advertising above the table",
      () => workbook([["365体育投注 权责清单"], POWER, row(1, "对甲的处罚")]),
      "E40",
    ],
  ])("%s", async (_, file, code) => {
    const result = await run(file(), "power");
    expect(result.refused).toBe(true);
    expect(result.records).toEqual([]);
    expect(blocked(result).map((text) => text.slice(0, 3))).toEqual([code]);
  });
});

describe("PDFs with a text layer", () => {
  const line = (top: number, cells: readonly string[], shift = 0) =>
    cells.map((text, index) => ({ text, left: 40 + index * 120 + (index === 2 ? shift : 0), top }));

  it("are read when every row keeps to the columns", async () => {
    const file = save(
      "清单.pdf",
      pdfOf([...line(700, POWER), ...line(680, ["1", "行政处罚", "对甲的处罚", law])]),
    );
    expect((await run(file, "power")).records).toMatchObject([
      { name: "对甲的处罚", basis: [{ article: "第十条" }] },
    ]);
  });

  it("are refused when one row strays from them", async () => {
    const file = save(
      "清单.pdf",
      pdfOf([
        ...line(700, POWER),
        ...line(680, ["1", "行政处罚", "对甲的处罚", law]),
        ...line(660, ["2", "行政处罚", "对乙的处罚", law], 30),
      ]),
    );
    const result = await run(file, "power");
    expect(result.refused).toBe(true);
    expect(blocked(result)).toEqual(["E03@null"]);
  });
});

describe("mappings and reports", () => {
  it("are kept per source and used again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-mapping-"));
    const head = ["序号", "类别", "违法名目", "实施依据", "备注"];
    const file = workbook([head, [...row(1, "对甲的处罚"), ""]]);
    const options = { file, kind: "power" as const, entity: "演示市水务局", at };
    expect((await importFile(options)).refused).toBe(true);
    const first = await importFile({ ...options, mapping: readMapping("power", '{"违法名目":"name"}') });
    expect(first.records).toMatchObject([{ name: "对甲的处罚" }]);
    const source = mappingSource("power", "演示市水务局", "清单.xlsx");
    proposeMapping(folder, source, first, { by: "甲", at });
    const again = await importFile({
      ...options,
      mapping: (headings) => recallMapping(folder, source, headings)?.mapping,
    });
    expect(again.records).toEqual(first.records);
  });

  it("show how well each heading fits its field, and what it might be instead", async () => {
    const head = [
      "序号",
      "权力类型",
      "职权名称(项目)",
      "实施依据",
      "违法名目",
      "职权编码",
      "职权编码(旧)",
      "备注",
    ];
    const options = {
      file: workbook([head, [1, "行政处罚", "对甲的处罚", law, "甲", "A-1", "A-0", ""]]),
      kind: "power" as const,
      entity: "演示市水务局",
      at,
    };
    const result = await importFile({ ...options, mapping: { 违法名目: "target", 备注: "忽略" } });
    const said = sayReports([result], [false]).join("\n").split("\n");
    expect(said.filter((line) => line.includes(" → "))).toEqual([
      "  序号 → seq 序号(得分 1.00)",
      "  权力类型 → powerType 职权类型(得分 1.00)",
      "  职权名称(项目) → name 职权名称(得分 0.80)",
      "  实施依据 → basis 实施依据(得分 1.00)",
      "  违法名目 → target 实施对象(按给定的对应,得分 0.00)",
      "  职权编码 → code 职权编码(得分 1.00)",
      "  职权编码(旧) → 忽略(另一可能 code 职权编码 得分 0.80)",
      "  备注 → 忽略(按给定的对应,另一可能 note 备注 得分 1.00)",
    ]);
    expect(writeHtmlReport([result])).toContain(
      "<td>职权编码(旧)</td><td>忽略</td><td>另一可能 code 职权编码 得分 0.80</td>",
    );
  });

  it("refuse a field that does not exist and name those that do", () => {
    expect(() => readMapping("power", '{"名称":"nome"}')).toThrow(/没有字段“nome”.*name.*忽略/);
  });

  it("name the row, and escape what the file said", async () => {
    const result = await run(workbook([POWER, [1, "<b>", "=1+1", ""]]), "power");
    expect(writeHtmlReport([result])).toContain("&#60;b&#62;");
    expect(writeHtmlReport([result])).not.toContain("<b>");
    expect(writeCsvReport([result])).toContain('"E12"');
  });
});
