/** Every message has a real file that provokes it: what stands here is what an office will one day upload. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as XLSX from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { type ImportOptions, importFile } from "../../knowledge/import/index.ts";
import { mappingFindings, mappingSource, proposeMapping } from "../../knowledge/import/mappings.ts";
import { type Code, codes, type Issue } from "../../knowledge/import/messages.ts";
import type { RecordKind } from "../../src/records/schema.ts";
import { csv, type Grid, save, workbook } from "./fixtures.ts";

const law = "《演示用水条例》第十条";
const POWER = ["序号", "职权编码", "职权类型", "职权名称", "实施依据"];
const power = (name: string, changes: Readonly<Record<number, string | number>> = {}) =>
  [1, "A-1", "行政处罚", name, law].map((cell, index) => changes[index] ?? cell);
const ORGAN = ["序号", "执法主体名称", "主体类别", "统一社会信用代码", "执法依据", "联系电话"];
const OFFICER = ["序号", "姓名", "工作单位", "执法证号", "有效期至"];
const BENCHMARK = ["序号", "违法行为", "处罚依据", "法定处罚标准", "违法程度", "适用条件", "裁量幅度"];
const tier = (grade: string, text: string) => [1, "甲", law, "处1万元以上10万元以下罚款", grade, grade, text];
const tiers = (...texts: string[]): Grid => [
  BENCHMARK,
  ...texts.map((text, index) => tier(["一般", "较重", "严重"][index]!, text)),
];
const RELIEF = ["序号", "救济渠道", "受理机关", "期限", "法律依据"];
const review = "《行政复议法》第二十条";
const INSPECTION = ["序号", "抽查事项", "检查对象", "检查依据", "抽查比例"];
const DECISION = ["序号", "决定书文号", "当事人", "执法类别", "处罚内容", "决定日期", "公示日期"];
const ANNUAL = ["单位", "年度", "警告", "罚款", "合计", "罚没金额(元)", "公布日期"];
const annual = ["演示市水务局", 2025, 1, 2, 3, 5, "2026-01-20"];
const FAQ = ["序号", "问题", "答复内容", "答复单位", "答复日期", "依据"];

interface Case {
  readonly kind?: RecordKind;
  readonly grid?: Grid;
  readonly file?: () => string;
  readonly options?: Partial<ImportOptions> & { readonly unnamed?: true };
  /** Row the finding must stand at. */
  readonly row?: number;
}
const list = (kind: RecordKind, row: number, grid: Grid, options: Partial<ImportOptions> = {}): Case => ({
  kind,
  row,
  grid,
  options,
});

const zip = (entries: Record<string, string | Buffer>) => {
  const archive = XLSX.CFB.utils.cfb_new();
  for (const [path, body] of Object.entries(entries))
    XLSX.CFB.utils.cfb_add(archive, `/${path}`, Buffer.from(body));
  return XLSX.CFB.write(archive, { fileType: "zip", type: "buffer", compression: true }) as Buffer;
};
const withMacros = () => {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([POWER, power("甲")]), "清单");
  const archive = XLSX.CFB.read(XLSX.write(book, { type: "buffer", bookType: "xlsx" }), { type: "buffer" });
  XLSX.CFB.utils.cfb_add(archive, "/xl/vbaProject.bin", Buffer.from("宏"));
  return save("宏.xlsm", XLSX.CFB.write(archive, { fileType: "zip", type: "buffer" }) as Buffer);
};
const twoSheets = (second: Grid) => () => {
  const book = XLSX.utils.book_new();
  for (const [name, grid] of [
    ["甲", [POWER, power("甲")]],
    ["乙", second],
  ] as const)
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(grid.map((row) => [...row])), name);
  return save("两表.xlsx", XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
};
const statutes = async (text: string) =>
  (
    await importFile({
      file: save("法.md", `# 演示用水条例\n\n2026年1月2日 国务院令第1号公布\n\n${text}\n`),
      kind: "statute",
      at: new Date("2026-11-24T00:00:00Z"),
    })
  ).records.flatMap((record) => (record.kind === "statute" ? [record] : []));
const short = await statutes("第一条 甲。\n\n第二条 本条例自2026年3月1日起施行。");

/** Said of a file or folder as a whole: `batch.test.ts` has a file for each. */
type OfBatches = "I83" | "E84" | "E85" | "W86";

const office = { id: "ent_demo_1", name: "演示市林草局", aliases: [], level: "市", area: "990100" } as const;
const cases: Readonly<Record<Exclude<Code, "W70" | "W71" | "I72" | OfBatches>, Case>> = {
  I80: {
    grid: [["演示市林草局权责清单"], POWER, power("甲")],
    options: { known: [office], unnamed: true },
  },
  W81: { grid: [["演示市林草局权责清单"], POWER, power("甲")], options: { known: [office] } },
  W87: list("officer", 2, [
    ["姓名", "工作单位", "执法证号", "证件类型", "证件状态"],
    ["张演", "直属一大队", "99010000001", "行政执法证", "有效"],
  ]),
  E82: { ...list("power", 2, [POWER, power("甲")]), options: { dataset: "demo", unnamed: true } },
  E01: {
    grid: [
      ["甲", "乙"],
      ["一", "二"],
    ],
  },
  E02: {
    grid: [
      [...POWER, "职权名称"],
      [...power("甲"), "乙"],
    ],
    row: 1,
  },
  E03: { file: () => save("图.xlsx", Buffer.from("89504e470d0a1a0a00000000", "hex")) },
  E04: { file: () => save("乱.csv", Buffer.from("ff80ff2cff80ff2cff0a", "hex")) },
  E05: { file: () => workbook([POWER, power("甲")], { hiddenRows: [2] }), row: 2 },
  E06: { file: () => save("清单.csv", `${csv([POWER])}\r\n1,A-1,行政处罚,甲`), row: 2 },
  E07: list("entity", 2, [ORGAN, [1, "", "法定行政机关", "", law, ""]]),
  E08: list("power", 2, [
    [...POWER, "实施主体"],
    [...power("甲"), "演示市林草局"],
  ]),
  E09: list("entity", 2, [ORGAN, [1, "演示市节水所", "二级单位", "", law, ""]]),
  E10: list("entity", 2, [ORGAN, [1, "演示市节水所", "受委托组织", "", law, ""]]),
  E11: list("entity", 2, [
    ["执法主体名称", "主体类别", "执法依据", "委托机关", "委托事项", "委托期限"],
    ["演示市节水所", "受委托组织", law, "演示市水务局", "节水", "2021.1.1-2023.12.31"],
  ]),
  E12: list("power", 2, [POWER, power("甲", { 2: "行政罚款" })]),
  E13: list("power", 2, [POWER, power("甲", { 4: "" })]),
  W14: list("power", 2, [POWER, power("甲", { 4: "《演示用水条例》" })]),
  W15: list("power", 2, [POWER, power("甲", { 4: "【规章】《演示取水条例》(国务院令第3号)第一条" })]),
  W16: list("power", 2, [POWER, power("甲", { 4: "《行政处罚法》第三条" })], { publishedOn: "2019-01-02" }),
  E17: list("power", 3, [POWER, power("甲"), power("乙")]),
  W18: list("power", 2, [POWER, power("甲", { 1: "1234567890" })]),
  W19: list("entity", 2, [ORGAN, [1, "演示市水务局", "法定行政机关", "11330824597209498X", law, ""]]),
  E20: list("entity", 2, [ORGAN, [1, "演示市水务局", "法定行政机关", "11330824597209498I", law, ""]]),
  W21: list("officer", 2, [OFFICER, [1, "张演", "演示市水务局", 4080012348, "2028-12"]]),
  E22: list("officer", 2, [OFFICER, [1, "张演", "演示市水务局", "13800000000", "2028-12"]]),
  E23: list("officer", 3, [
    OFFICER,
    [1, "张演", "演示市水务局", "0408001", "2028-12"],
    [2, "李演", "演示市水务局", "0408001", "2028-12"],
  ]),
  W24: list("officer", 2, [OFFICER, [1, "张演", "演示市水务局", "0408001", "2024-01"]]),
  I25: {
    kind: "officer",
    grid: [
      [...OFFICER, "性别"],
      [1, "张演", "演示市水务局", "0408001", "2028-12", "男"],
    ],
  },
  E26: list("officer", 2, [
    [...OFFICER, "人员类别"],
    [1, "张演", "演示市水务局", "0408001", "2028-12", "执法辅助人员"],
  ]),
  E29: list("relief", 2, [RELIEF, [1, "行政复议", "演示省水利厅", "60日", review]]),
  E30: list("relief", 2, [RELIEF, [1, "行政复议", "演示市人民政府", "15日", review]]),
  E31: list("relief", 2, [RELIEF, [1, "行政诉讼", "演示铁路法院", "6个月", "《行政诉讼法》第四十六条"]]),
  E33: list("benchmark", 3, tiers("处1万元以上4万元以下罚款", "处3万元以上10万元以下罚款")),
  E34: list("benchmark", 2, tiers("处20万元罚款")),
  W35: list("benchmark", 2, tiers("处*-*万元罚款")),
  W36: list("inspection", 2, [INSPECTION, [1, "取水检查", "企业", law, "M50%"]]),
  E37: list("inspection", 2, [INSPECTION, [1, "取水检查", "企业", "", "50%"]]),
  W38: { grid: [["演示市水务局权责清单(共3项)"], POWER, power("甲")] },
  W39: list("entity", 2, [ORGAN, [1, "演示市水务局", "法定行政机关", "", law, "12331"]]),
  E40: list("power", 3, [POWER, power("甲"), power("乙365体育投注", { 1: "A-2" })]),
  W42: list("faq", 2, [FAQ, [1, "甲", "乙", "演示市水务局", "2020-03-02", law]]),
  E43: list("decision", 2, [DECISION, [1, "", "演示商店", "行政处罚", "罚款", "2026-03-02", "2026-03-05"]]),
  E44: list("power", 3, [
    POWER,
    power("甲"),
    [...OFFICER],
    [1, "张演", "演示市水务局", "0408001", "2028-12"],
  ]),
  E45: list("decision", 2, [
    DECISION,
    [1, "甲1号", "演示商店", "行政处罚", "罚款", "2026年3月", "2026-03-05"],
  ]),
  E46: list("power", 2, [POWER, power("對佔用縣鄉道路的處罰")]),
  E47: list("benchmark", 2, tiers("处1万元以上3万元以下罚款", "处20万元罚款")),
  E48: { grid: [POWER] },
  E49: list("hotline", 2, [
    ["热线号码", "热线名称", "受理范围"],
    ["12345", "甲".repeat(61), "政务"],
  ]),
  W50: list("benchmark", 3, [
    BENCHMARK,
    tier("一般", "处1万元罚款"),
    ["", "", "", "", "严重", "严重", "处2万元罚款"],
  ]),
  E78: {
    kind: "faq",
    grid: [FAQ, [1, "甲", "乙", "水务局", "2026-03-02", law]],
    options: { entity: "水务局" },
  },
  W75: list("power", 3, [POWER, power("甲"), power("乙", { 1: "A-2", 4: "同上" })]),
  E76: list("power", 2, [
    [...POWER, "调整意见"],
    [...power("甲"), "取消"],
  ]),
  W77: list("power", 2, [
    [...POWER, "调整意见"],
    [...power("甲"), "承接"],
  ]),
  W51: list("power", 2, [
    [...POWER, "法定时限"],
    [...power("甲"), "尽快"],
  ]),
  W52: {
    kind: "faq",
    grid: [FAQ.slice(0, 3).concat("答复日期", "依据"), [1, "甲", "乙", "2026-03-02", law]],
    options: { entity: "水务局", dataset: "demo" },
  },
  W53: list("benchmark", 2, tiers("处不超过3万元罚款")),
  W54: list("benchmark", 3, tiers("处1万元以上2万元以下罚款", "处3万元以上10万元以下罚款")),
  W55: list("annual", 2, [ANNUAL, annual.with(4, 4)]),
  W56: {
    file: twoSheets([
      ["甲", "乙"],
      ["一", "二"],
    ]),
  },
  W57: list("power", 3, [POWER, power("甲"), power("甲")]),
  W58: list("power", 3, [
    POWER,
    power("甲"),
    POWER.with(3, "实施依据").with(4, "职权名称"),
    power(law, { 1: "A-2", 4: "乙" }),
  ]),
  E74: list("power", 4, [
    POWER,
    power("甲"),
    POWER.with(3, "职权名称").with(4, "权力名称"),
    power("乙", { 1: "A-2" }),
  ]),
  W59: { file: withMacros },
  I60: {
    grid: [
      [...POWER, "附件"],
      [...power("甲"), "一"],
    ],
  },
  I61: { grid: [POWER, power("甲")] },
  W62: list("benchmark", 2, tiers("处2万元罚款"), {
    known: [{ id: "ent_demo_1", name: "演示市水务局", aliases: [], level: "市" }],
    powers: [{ id: "pow_demo_1", entityId: "ent_demo_1", powerType: "行政处罚", name: "对乙的处罚" }],
  }),
  W63: list("benchmark", 2, [
    BENCHMARK,
    tier("一般", "处2万元罚款").with(2, `${law}\n《演示河道条例》第三条`),
  ]),
  W64: list("decision", 2, [
    DECISION,
    [1, "甲1号", "张演示", "行政处罚", "罚款", "2026-03-02", "2026-03-05"],
  ]),
  W65: list("decision", 2, [
    DECISION,
    [1, "甲1号", "演示商店", "行政处罚", "罚款", "2026-03-02", "2026-05-05"],
  ]),
  W66: list("benchmark", 2, [
    BENCHMARK,
    [1, "甲", law, "", "", "(一)一般:初次;\n(二)严重:再次", "(一)处1万元罚款;\n(二)处3万元罚款"],
  ]),
  I67: list("power", 3, [POWER, power("甲"), ["服务电话:0359-2222222", "", "", "", ""]]),
  I73: list("guide", 3, [
    ["事项名称", "实施主体", "受理条件", "法定时限"],
    ["取水许可", "演示市水务局", "有水源", "20个工作日"],
    ["服务电话:0359-2222222", "", "", ""],
  ]),
  W68: list("power", 2, [POWER, power("甲")], { statutes: short }),
  W69: {
    kind: "annual",
    row: 4,
    grid: [ANNUAL, annual, ["申请", "受理", "许可", "不予许可", "撤销"], [1, 2, 1, 0, 0]],
  },
};

async function issuesOf({ kind = "power", grid, file, options = {} }: Case): Promise<readonly Issue[]> {
  const path = file ? file() : workbook(grid!);
  const at = new Date("2026-11-24T00:00:00Z");
  const { unnamed, ...rest } = options;
  const entity = unnamed ? {} : { entity: "演示市水务局" };
  return (await importFile({ file: path, kind, ...entity, at, ...rest })).issues;
}

describe("every message", () => {
  it.each(Object.entries(cases))("%s comes from a real file, at its row", async (code, given) => {
    const found = (await issuesOf(given)).filter((issue) => issue.code === code);
    expect(found.length).toBeGreaterThan(0);
    if (given.row !== undefined) expect(found.map(({ row }) => row)).toContain(given.row);
    // A fact nobody filled in would leave a gap: `“”`, `《》`, a stray brace.
    for (const { message } of found) expect(message).not.toMatch(/[{}]|《》|undefined|NaN/);
  });

  it("of the mapping comes from a list without confirmation, changed, confirmed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-codes-"));
    const source = mappingSource("power", "演示市水务局", "清单.xlsx");
    const at = new Date("2026-11-24T00:00:00Z");
    const read = (head: Grid[number]) =>
      importFile({ file: workbook([head, power("甲")]), kind: "power", entity: "演示市水务局", at });
    const first = await read(POWER);
    proposeMapping(folder, source, first, { by: "甲", at });
    const second = await read(POWER.with(1, "编码"));
    const said = [first, second].flatMap((result) => mappingFindings(folder, source, result));
    expect(new Set(said.map(({ code }) => code))).toEqual(new Set(["W70", "W71"]));
  });

  it("has a file here", () => {
    const here = new Set([...Object.keys(cases), "W70", "W71", "I72", "I83", "E84", "E85", "W86"]);
    expect(codes.filter((code) => !here.has(code))).toEqual([]);
  });

  it("of a zip bomb is a refusal", async () => {
    const file = () => save("弹.xlsx", zip({ "xl/workbook.xml": Buffer.alloc(60_000_000) }));
    expect((await issuesOf({ file })).map(({ code }) => code)).toEqual(["E03"]);
  });
});
