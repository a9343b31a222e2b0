import { describe, expect, it } from "vitest";
import { blocked, codes, csv, run, save, workbook } from "./fixtures.ts";

const POWER = ["序号", "职权类型", "职权名称", "实施依据"];
const law = "《演示用水条例》第十条";

describe("lists of powers", () => {
  it("reads a title row, a fill-in row and a header with an unclosed bracket", async () => {
    const result = await run(
      workbook([
        ["演示市水务局权责清单"],
        ["填报单位(盖章): 填报时间:"],
        ["序号", "权力类型", "权力名称(主项)", "权力名称(子项", "权力编码", "设定依据", "责任对象范围"],
        [1, "行政处罚", "对擅自取水的处罚", "", "xzcf-0001", law, "单位"],
        [2, "行政许可", "取水许可", "", "xzxk-0002", "", "单位"],
      ]),
      "power",
    );
    expect(result.headerRow).toBe(3);
    expect(result.records).toMatchObject([
      { name: "对擅自取水的处罚", powerType: "行政处罚", code: { value: "xzcf-0001" }, source: { row: 4 } },
    ]);
    expect(blocked(result)).toEqual(["E13@5"]);
    expect(result.counts).toEqual({ rows: 2, accepted: 1, warned: 0, quarantined: 1 });
  });

  it("fills a merged type down inside its range and never past it", async () => {
    const result = await run(
      workbook(
        [POWER, [1, "行政处罚", "对甲的处罚", law], [2, "", "对乙的处罚", law], [3, "", "对丙的处罚", law]],
        { merges: ["B2:B3"] },
      ),
      "power",
    );
    expect(result.records.map((record) => record.source.row)).toEqual([2, 3]);
    expect(blocked(result)).toEqual(["E12@4"]);
  });

  it("takes the type from a section title and checks its declared count", async () => {
    const result = await run(
      workbook(
        [
          ["序号", "职权名称", "实施依据", "追责情形"],
          ["一、行政处罚(共3项)", "", "", ""],
          [1, "对甲的处罚", law, "无"],
          [2, "对乙的处罚", law, "无"],
          ["备注:本表由演示市编制", "", "", ""],
        ],
        { merges: ["A2:D2"] },
      ),
      "power",
    );
    expect(result.records.map((record) => (record.kind === "power" ? record.powerType : ""))).toEqual([
      "行政处罚",
      "行政处罚",
    ]);
    expect(result.issues).toContainEqual(expect.objectContaining({ code: "W38", row: 2 }));
  });

  it("keeps one matter of several 办理环节 as one record", async () => {
    const result = await run(
      workbook(
        [
          ["序号", "职权类别", "职权名称", "实施依据", "办理环节", "责任事项"],
          [1, "行政许可", "取水许可", law, "受理", "受理材料"],
          ["", "", "", "", "决定", "作出决定"],
        ],
        { merges: ["A2:A3", "B2:B3", "C2:C3", "D2:D3"] },
      ),
      "power",
    );
    expect(result.records).toMatchObject([
      { duties: [{ stage: "受理" }, { stage: "决定" }], source: { row: 2, rowTo: 3 } },
    ]);
  });

  it("quarantines the second of two different matters with one code", async () => {
    const head = ["序号", "职权编码", "职权类型", "职权名称", "实施依据"];
    const result = await run(
      workbook([
        head,
        [1, "A-01", "行政处罚", "对甲的处罚", law],
        [2, "A-01", "行政处罚", "对乙的处罚", law],
      ]),
      "power",
    );
    expect(result.records).toHaveLength(1);
    expect(blocked(result)).toEqual(["E17@3"]);
  });

  it("does not give one organ's power to another", async () => {
    const head = [...POWER, "实施主体"];
    const result = await run(
      workbook([
        head,
        [1, "行政处罚", "对甲的处罚", law, "市水务局"],
        [2, "行政处罚", "对乙的处罚", law, "演示市林草局"],
      ]),
      "power",
    );
    expect(result.records).toHaveLength(1);
    expect(blocked(result)).toEqual(["E08@3"]);
  });

  it("reads GB18030 text and reports a row whose cells were lost", async () => {
    const grid = [POWER, ["1", "行政处罚", "对甲的处罚", law]];
    const bytes = await gb(`${csv(grid)}\r\n"2","行政处罚","对乙的处罚"\r\n`);
    const result = await run(save("清单.csv", bytes), "power");
    expect(result.records).toHaveLength(1);
    expect(blocked(result)).toEqual(["E06@3"]);
  });

  it("expands row spans of a page and finds rows whose spans were lost", async () => {
    const cell = (text: string, attributes = "") => `<td${attributes}>${text}</td>`;
    const html = `<html><meta charset="utf-8"><body><h1>权责清单</h1><table><tr>${POWER.map((name) => cell(name)).join("")}</tr>
      <tr>${cell("1")}${cell("行政处罚", ' rowspan="2"')}${cell("对甲的处罚")}${cell(law)}</tr><tr>${cell("2")}${cell("对乙的处罚")}${cell(law)}</tr>
      <tr>${cell("3")}${cell("对丙的处罚")}${cell(law)}</tr></table></body></html>`;
    const result = await run(save("清单.xls", html), "power");
    expect(result.records.map((record) => record.source.row)).toEqual([2, 3]);
    expect(blocked(result)).toEqual(["E06@4"]);
  });

  it("leaves hidden rows and sheets out and says so", async () => {
    const result = await run(
      workbook([POWER, [1, "行政处罚", "对甲的处罚", law], [2, "行政处罚", "对乙的处罚", law]], {
        hiddenRows: [3],
        hiddenSheet: [["内部"]],
      }),
      "power",
    );
    expect(result.records).toHaveLength(1);
    expect(blocked(result)).toEqual(["E05@null", "E05@3"]);
  });

  it("isolates a row with planted advertising", async () => {
    const result = await run(
      workbook([POWER, [1, "行政处罚", "对甲的处罚", law], [2, "行政处罚", "对乙365体育投注的处罚", law]]),
      "power",
    );
    expect(blocked(result)).toEqual(["E40@3"]);
  });

  it("names the law that has no article and the tag that cannot be right", async () => {
    const result = await run(
      workbook([POWER, [1, "行政处罚", "对甲的处罚", "【规章】《演示取水条例》(国务院令第3号)"]]),
      "power",
    );
    expect(codes(result)).toEqual(expect.arrayContaining(["W14", "W15"]));
    expect(result.counts).toMatchObject({ accepted: 1, warned: 1 });
  });
});

describe("lists of officers", () => {
  const head = ["序号", "姓名", "性别", "工作单位", "执法证号", "人员类别", "有效期至"];
  it("drops personal columns, ID numbers and auxiliary staff", async () => {
    const result = await run(
      workbook([
        head,
        [1, "张演", "男", "演示市水务局", "04080012345", "在编", "2028-12"],
        [2, "李演", "女", "演示市水务局", "110101199003070000", "在编", "2028-12"],
        [3, "王演", "男", "演示市水务局", "04080012346", "执法辅助人员", "2028-12"],
        [4, "赵演", "男", "演示市水务局", "04080012345", "在编", "2028-12"],
        [5, "钱演", "男", "演示市水务局", "04080012347", "在编", "2024.1"],
        [6, "孙演", "男", "演示市水务局", 4080012348, "在编", "长期"],
      ]),
      "officer",
    );
    expect(blocked(result)).toEqual(["E22@3", "E26@4", "E23@5", "E23@2"]);
    expect(codes(result)).toEqual(expect.arrayContaining(["I25", "W24", "W21"]));
    expect(JSON.stringify(result)).not.toContain("110101199003070000");
    expect(result.records.map((record) => record.source.row)).toEqual([6, 7]);
  });
});

describe("discretion benchmarks", () => {
  const head = ["序号", "违法行为", "处罚依据", "违法程度", "违法情节", "裁量幅度"];
  const basis = "《演示用水条例》第十条:处一万元以上十万元以下的罚款。";
  const tiers = (second: string) =>
    workbook(
      [
        head,
        [1, "擅自取水", basis, "一般", "取水不满100立方米", "处1万元以上3万元以下罚款"],
        ["", "", "", "严重", "取水100立方米以上", second],
      ],
      { merges: ["A2:A3", "B2:B3", "C2:C3"] },
    );

  it("reads tiers with their ends", async () => {
    const result = await run(tiers("处超过3万元10万元以下罚款"), "benchmark");
    expect(result.records).toMatchObject([
      {
        tiers: [
          { fine: { min: 10000, minIncluded: true, max: 30000, maxIncluded: true, unit: "元" } },
          { fine: { min: 30000, minIncluded: false, max: 100000, maxIncluded: true } },
        ],
      },
    ]);
    expect(blocked(result)).toEqual([]);
  });

  it.each([
    ["处2万元以上10万元以下罚款", ["E33@3", "E47@2"]],
    ["处3万元以上20万元以下罚款", ["E34@3", "E47@2"]],
  ])("takes the whole violation out when a tier is wrong: %s", async (second, expected) => {
    const result = await run(tiers(second), "benchmark");
    expect(result.records).toEqual([]);
    expect(blocked(result)).toEqual(expected);
  });

  it("keeps a masked amount out of what may be answered", async () => {
    const result = await run(tiers("处*-*万元罚款"), "benchmark");
    expect(codes(result)).toContain("W35");
    expect(result.records[0]).toMatchObject({ tiers: [{}, { text: "处*-*万元罚款" }] });
    expect(JSON.stringify(result.records[0])).not.toContain('"fine":{"min":null');
  });
});

describe("inspection lists and relief channels", () => {
  it("does not take a damaged ratio for a number", async () => {
    const head = ["序号", "抽查事项", "检查对象", "抽查依据", "抽查比例"];
    const result = await run(
      workbook([
        head,
        [1, "取水检查", "取水单位", law, "=50%"],
        [2, "河道检查", "企业", "", "10-20%"],
        [3, "节水检查", "企业", law, "10-20%"],
      ]),
      "inspection",
    );
    expect(result.records).toMatchObject([
      { ratio: { kind: "text" } },
      { ratio: { kind: "percent", min: 10, max: 20 } },
    ]);
    expect(codes(result)).toContain("W36");
    expect(blocked(result)).toEqual(["E37@3"]);
  });

  it("catches the old superior organ, the wrong limit and a court without its notice", async () => {
    const head = ["序号", "救济渠道", "受理机关", "期限", "法律依据"];
    const result = await run(
      workbook([
        head,
        [1, "行政复议", "演示市人民政府", "60日", "《中华人民共和国行政复议法》第二十条"],
        [2, "行政复议", "演示省水利厅", "60日", "《中华人民共和国行政复议法》第二十条"],
        [3, "行政诉讼", "演示市演东区人民法院", "三个月", "《中华人民共和国行政诉讼法》第四十六条"],
      ]),
      "relief",
    );
    expect(result.records).toHaveLength(1);
    expect(blocked(result)).toEqual(["E29@3", "E30@4", "E31@4"]);
  });

  it.each([
    ["under a heading of its own", ["序号", "渠道类型", "受理机关", "期限", "法律依据"]],
    ["by its name alone", ["序号", "形式", "受理机关", "期限", "法律依据"]],
  ])("takes a court for a suit, %s, even of an organ led from above", async (_, head) => {
    const file = workbook([
      head,
      [1, "行政诉讼", "演示市演东区人民法院", "3个月", "《中华人民共和国行政诉讼法》第四十六条"],
    ]);
    const result = await run(file, "relief", "演示市税务局");
    expect(blocked(result)).toEqual(["E30@2", "E31@2"]);
  });

  it("asks whether a name that is nearly an organ's is that organ", async () => {
    const file = workbook([
      [...POWER, "实施主体"],
      [1, "行政处罚", "对甲的处罚", law, "演示市水务句"],
    ]);
    const { issues } = await run(file, "power");
    expect(issues.find(({ code }) => code === "E08")?.message).toContain("是否为“演示市水务局”?");
  });
});

describe("files that are refused whole", () => {
  it.each([
    ["an empty file", () => save("空.xlsx", ""), "E03"],
    ["a renamed picture", () => save("图.xlsx", Buffer.from("89504e470d0a1a0a00000000", "hex")), "E03"],
    [
      "no header in ten rows",
      () =>
        workbook([
          ...Array.from({ length: 11 }, (_, i) => [`说明${i}`]),
          POWER,
          [1, "行政处罚", "对甲的处罚", law],
        ]),
      "E01",
    ],
    [
      "two columns for one field",
      () =>
        workbook([
          [...POWER, "职权名称"],
          [1, "行政处罚", "对甲的处罚", law, "对乙的处罚"],
        ]),
      "E02",
    ],
  ])("%s", async (_, file, code) => {
    const result = await run(file(), "power");
    expect(result.refused).toBe(true);
    expect(blocked(result).map((text) => text.slice(0, 3))).toEqual([code]);
    expect(result.counts).toEqual({ rows: 0, accepted: 0, warned: 0, quarantined: 0 });
  });
});

/** GB18030 by inverting the decoder over two-byte codes. */
async function gb(text: string): Promise<Buffer> {
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, [number, number]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++)
      if (low !== 0x7f) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  }
  return Buffer.from(
    [...text].flatMap((character) =>
      character < "\u0080" ? [character.charCodeAt(0)] : (table.get(character) ?? [63]),
    ),
  );
}
