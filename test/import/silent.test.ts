/** Values that read well and mean something else: each is read as meant, asked, or kept out, and said. */
import { describe, expect, it } from "vitest";
import { blocked, codes, type Grid, run, workbook } from "./fixtures.ts";

const law = "《演示用水条例》第十条";

describe("no value is silently another", () => {
  it("keeps the limit of each stage with the stage", async () => {
    const head = ["序号", "职权类型", "职权名称", "实施依据", "办理环节", "责任事项", "承诺时限"];
    const stage = (name: string, limit: string) => [
      1,
      "行政许可",
      "取水许可",
      law,
      name,
      `${name}申请`,
      limit,
    ];
    const grid = [head, stage("受理", "1个工作日"), stage("审查", "5个工作日"), stage("决定", "1个工作日")];
    const { records, issues } = await run(workbook(grid), "power");
    expect(records).toMatchObject([
      { duties: [{ text: "受理申请\n承诺时限:1个工作日" }, { text: "审查申请\n承诺时限:5个工作日" }, {}] },
    ]);
    expect(records[0]).not.toHaveProperty("limit");
    expect(issues.map(({ message }) => message).join()).toContain("不是全程时限");
    const merged = await run(workbook([head, ...grid.slice(1)], { merges: ["G2:G4", "C2:C4"] }), "power");
    expect(merged.records).toMatchObject([{ limit: { promised: { amount: 1, unit: "工作日" } } }]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["每半年一次", { times: 2, period: "年", text: "每半年一次" }],
    ["每两年一次", { period: "不定期", text: "每两年一次" }],
    ["每3年1次", { period: "不定期", text: "每3年1次" }],
    ["每季度一次", { times: 1, period: "季", text: "每季度一次" }],
    ["每年至少2次", { times: 2, period: "年", text: "每年至少2次" }],
    ["1年1次", { times: 1, period: "年", text: "1年1次" }],
    ["每月1次", { times: 1, period: "月", text: "每月1次" }],
    ["每三个月一次", { period: "不定期", text: "每三个月一次" }],
  ])("reads how often: %s", async (said, frequency) => {
    const head = ["序号", "抽查事项", "检查对象", "检查依据", "抽查比例", "抽查频次"];
    const result = await run(workbook([head, [1, "取水检查", "企业", law, "50%", said]]), "inspection");
    expect((result.records[0] as { frequency?: unknown }).frequency).toEqual(frequency);
    expect(codes(result).includes("W51")).toBe(frequency.period === "不定期");
  });

  it("reads 同上 as the cell above and says so; with nothing above it asks", async () => {
    const head = ["序号", "执法类别", "审核事项", "审核重点", "提交材料"];
    const result = await run(
      workbook([
        head,
        [1, "行政处罚", "责令停产", "主体是否合法", "同上"],
        [2, "行政处罚", "吊销执照", "程序是否合法", "卷宗"],
        [3, "行政处罚", "较大罚款", "同上", "同上"],
      ]),
      "legal-review",
    );
    expect(blocked(result)).toEqual(["E45@2"]);
    expect(result.records).toMatchObject([
      { matter: "吊销执照" },
      { matter: "较大罚款", points: ["程序是否合法"], materials: ["卷宗"] },
    ]);
    expect(codes(result).filter((code) => code === "W75")).toHaveLength(2);
  });

  it("carries the type and the organ of the row above into unmerged blanks, never a basis", async () => {
    const head = ["序号", "实施主体", "职权类型", "职权名称", "实施依据"];
    const result = await run(
      workbook([
        head,
        [1, "水务局", "行政许可", "取水许可", law],
        [2, "", "", "排水许可", law],
        [3, "", "", "打井许可", ""],
      ]),
      "power",
    );
    expect(result.records).toMatchObject([{ name: "取水许可" }, { name: "排水许可", powerType: "行政许可" }]);
    expect(blocked(result)).toEqual(["E13@4"]);
    expect(codes(result)).toContain("W50");
  });

  it("leaves blank what stands beyond a merged cell", async () => {
    const head = ["序号", "职权类型", "职权名称", "实施依据"];
    const rows = [1, 2, 3].map((no) => [no, no === 1 ? "行政许可" : "", `甲${no}许可`, law]);
    const result = await run(workbook([head, ...rows], { merges: ["B2:B3"] }), "power");
    expect(blocked(result)).toEqual(["E12@4"]);
  });

  it.each([
    ["调整意见", "取消", ["E76@2"]],
    ["调整意见", "下放至乡镇", ["E76@2"]],
    ["备注", "已取消", ["E76@2"]],
    ["调整意见", "承接省级下放", []],
    ["调整意见", "保留", []],
    ["调整意见", "不予取消", []],
  ])("honours what stands under %s: %s", async (column, said, errors) => {
    const head = ["序号", "职权类型", "职权名称", "实施依据", column];
    const result = await run(workbook([head, [1, "行政许可", "取水许可", law, said]]), "power");
    expect(blocked(result)).toEqual(errors);
    expect(codes(result).includes("W77")).toBe(said.includes("承接"));
  });

  it.each<[string, string, readonly string[], unknown]>([
    ["数额标准", "5000元", ["E45@2"], undefined],
    ["数额标准", "5000元以上", [], { min: 5000, minIncluded: true, max: null }],
  ])("asks what a single sum means: %s %s", async (_, said, errors, amount) => {
    const head = ["备案事项", "公民数额标准", "备案机关", "备案时限", "依据"];
    const result = await run(workbook([head, ["较大罚款", said, "演示市人民政府", "15日", law]]), "filing");
    expect(blocked(result)).toEqual(errors);
    if (amount) expect(result.records).toMatchObject([{ amountPerson: amount }]);
  });

  const PEOPLE = ["姓名", "工作单位", "执法证号", "人员性质", "职务"];
  const person = (name: string, cert: string, kind: string, post = "科员") => [
    name,
    "演示市水务局",
    cert,
    kind,
    post,
  ];
  it.each(["编外聘用", "合同制", "临聘", "聘用人员", "非编"])(
    "takes nobody who is %s for an officer",
    async (kind) => {
      const grid: Grid = [PEOPLE, person("张演", "0408001", kind), person("李演", "0408002", "行政编制")];
      const result = await run(workbook(grid), "officer");
      expect(blocked(result)).toEqual(["E26@2"]);
      expect(result.records).toMatchObject([{ name: "李演" }]);
    },
  );

  it("takes out both of two people with one certificate", async () => {
    const grid: Grid = [
      PEOPLE,
      person("张演", "0408001", "公务员"),
      person("李演", "0408001", "公务员"),
      person("王演", "0408003", "聘任制公务员"),
    ];
    const result = await run(workbook(grid), "officer");
    expect(blocked(result).sort()).toEqual(["E23@2", "E23@3"]);
    expect(result.records).toMatchObject([{ name: "王演" }]);
    expect(result.counts).toMatchObject({ accepted: 1, quarantined: 2 });
  });
});
