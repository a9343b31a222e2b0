/** Columns an office may add so that a list says all the house answers from. */
import { describe, expect, it } from "vitest";
import { type ImportResult, importFile } from "../../knowledge/import/index.ts";
import { blocked, codes, type Grid, run, workbook } from "./fixtures.ts";

const law = "《演示用水条例》第十条";
const at = new Date("2026-11-24T00:00:00Z");
const warned = (result: ImportResult) => codes(result).filter((code) => !code.startsWith("I"));

describe("a list of organs", () => {
  const HEAD = [
    "执法主体名称",
    "主体类别",
    "执法依据",
    "区划代码",
    "所属人民政府",
    "上级主管部门",
    "垂直管理系统",
    "设立机关",
    "委托机关",
    "委托事项",
    "委托期限",
    "听证标准(公民)(元)",
    "听证标准(单位)(元)",
    "听证标准依据",
  ];
  const line = (name: string, nature: string, cells: Readonly<Record<string, string>>) => [
    name,
    nature,
    ...HEAD.slice(2).map((column) => cells[column] ?? (column === "执法依据" ? law : "")),
  ];

  it("finds its own organs wherever they stand in it: government, superior, founder and principal", async () => {
    const result = await run(
      workbook([
        HEAD,
        line("演示市样例街道所", "派出机构", {
          设立机关: "演示市水务局",
          所属人民政府: "演示市人民政府",
          区划代码: "990101001",
        }),
        line("演示市节水服务中心", "受委托组织", {
          委托机关: "演示市水务局",
          委托事项: "日常巡查",
          委托期限: "2026-01-01至2028-12-31",
        }),
        line("演示市水务局", "法定行政机关", { 所属人民政府: "演示市人民政府" }),
        line("演示市人民政府", "人民政府", { 区划代码: "990100" }),
      ]),
      "entity",
    );
    expect(blocked(result)).toEqual([]);
    const idOf = (name: string) =>
      result.records.find((record) => record.kind === "entity" && record.name === name)?.id;
    expect(result.records).toMatchObject([
      { dispatchedById: idOf("演示市水务局"), governmentId: idOf("演示市人民政府"), area: "990101001" },
      { delegatedById: idOf("演示市水务局"), delegation: { scope: "日常巡查" } },
      { governmentId: idOf("演示市人民政府") },
      { name: "演示市人民政府", area: "990100" },
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ["a superior nobody knows", { 上级主管部门: "演示省没有厅" }, "E08@2"],
    ["a vertical system there is none of", { 垂直管理系统: "气象" }, "E45@2"],
  ])("refuses %s", async (_, cells, wrong) => {
    expect(
      blocked(await run(workbook([HEAD, line("演示市水务局", "法定行政机关", cells)]), "entity")),
    ).toEqual([wrong]);
  });

  it("takes hearing amounts only with both ends and their basis", async () => {
    const whole = {
      "听证标准(公民)(元)": "2000",
      "听证标准(单位)(元)": "20,000元",
      听证标准依据: "《演示听证办法》第三条",
    };
    const result = await run(
      workbook([
        HEAD,
        line("演示市水务局", "法定行政机关", whole),
        line("演示市教育局", "法定行政机关", { ...whole, "听证标准(单位)(元)": "" }),
      ]),
      "entity",
    );
    expect(result.records).toMatchObject([
      {
        hearingThreshold: { person: 2000, unit: 20_000, basis: { title: "演示听证办法", article: "第三条" } },
      },
      { name: "演示市教育局" },
    ]);
    expect(result.records[1]).not.toHaveProperty("hearingThreshold");
    expect(codes(result)).toContain("W51");
  });

  it.each([
    ["听证标准(公民)(元)", "2000", 2000],
    ["听证标准(公民)(万元)", "0.2", 2000],
    ["听证标准(公民)", "0.2万元", 2000],
    ["听证标准(公民)", "2000", undefined],
  ])("reads a sum in its unit, and none without: %s %s", async (head, cell, person) => {
    const columns = HEAD.map((column) => (column === "听证标准(公民)(元)" ? head : column));
    const cells = line("演示市水务局", "法定行政机关", {
      "听证标准(公民)(元)": cell,
      "听证标准(单位)(元)": "20000",
      听证标准依据: "《演示听证办法》第三条",
    });
    const [organ] = (await run(workbook([columns, cells]), "entity")).records;
    expect(organ?.kind === "entity" && organ.hearingThreshold?.person).toBe(person);
  });

  it.each<[string, string, string | undefined]>([
    ["99010", "990100", "为“99010”,应为 6 位行政区划代码"],
    ["演示市", "990100", "为“演示市”,应为 6 位行政区划代码"],
    ["9901011", "990100", "为“9901011”"],
    ["990101", "990101", undefined],
    ["", "990100", undefined],
  ])("says of a code of area it cannot read (%s) which area it keeps", async (cell, area, said) => {
    const organ = {
      id: "ent_demo_swj",
      name: "演示市水务局",
      aliases: [],
      level: "市",
      area: "990100",
    } as const;
    const file = workbook([HEAD, line(organ.name, "法定行政机关", { 区划代码: cell })]);
    const result = await importFile({ file, kind: "entity", known: [organ], at });
    expect(result.records).toMatchObject([{ area }]);
    const found = result.issues.filter(({ code, column }) => code === "W51" && column === "区划代码");
    expect(found.map(({ message }) => message)).toEqual(
      said === undefined ? [] : [expect.stringMatching(`${said}.*暂记 ${area}`)],
    );
  });

  it("leaves what the library knows of an organ when the list has no such column", async () => {
    const known = [
      { id: "ent_demo_zf", name: "演示市人民政府", aliases: [], level: "市" as const, area: "990100" },
      {
        id: "ent_demo_swj",
        name: "演示市水务局",
        aliases: [],
        level: "市" as const,
        area: "990100",
        governmentId: "ent_demo_zf",
      },
    ];
    const file = workbook([HEAD.slice(0, 3), ["演示市水务局", "法定行政机关", law]]);
    const { records } = await importFile({ file, kind: "entity", known, at });
    expect(records).toMatchObject([{ id: "ent_demo_swj", governmentId: "ent_demo_zf" }]);
  });
});

describe("columns any list may add", () => {
  const HEAD = ["序号", "职权类型", "职权名称", "实施依据", "常见问法", "特别提示", "复核日期"];
  it.each<[string, Grid[number], object, string[]]>([
    [
      "reads how people ask, what to mind and when to look again",
      ["怎么罚;罚多少", "以决定书为准", "2027-08-31"],
      { variants: ["怎么罚", "罚多少"], caution: "以决定书为准", validity: { reviewBy: "2027-08-31" } },
      [],
    ],
    [
      "says of a list past its day",
      ["", "", "2026-01-31"],
      { validity: { reviewBy: "2026-01-31" } },
      ["W42"],
    ],
    ["leaves a day that is none", ["", "", "明年"], { validity: {} }, ["W51"]],
    [
      "leaves a question longer than any",
      ["演示用水怎么罚".repeat(30), "", ""],
      { name: "对甲的处罚" },
      ["W51"],
    ],
  ])("%s", async (_, added, record, said) => {
    const result = await run(workbook([HEAD, [1, "行政处罚", "对甲的处罚", law, ...added]]), "power");
    expect(result.records).toMatchObject([record]);
    expect(warned(result)).toEqual(said);
  });
});

describe("single cells that decide an answer", () => {
  const POWER = ["序号", "职权类型", "职权名称", "实施依据", "备注"];

  it("reads 无裁量空间 from the note and keeps any other note", async () => {
    const { records } = await run(
      workbook([
        POWER,
        [1, "行政处罚", "对甲的处罚", law, "无裁量空间:只有警告一种"],
        [2, "行政处罚", "对乙的处罚", law, "每季公布"],
      ]),
      "power",
    );
    expect(records).toMatchObject([{ noDiscretion: "只有警告一种" }, { note: "每季公布" }]);
    expect(records[0]).not.toHaveProperty("note");
  });

  it("takes auxiliary staff from a list of them only, never from a list of officers", async () => {
    const rows = [
      ["姓名", "工作单位", "岗位", "工作证号"],
      ["张演", "演示市水务局", "执法辅助人员", "演辅00001"],
    ];
    const alone = await run(workbook([["演示市行政执法辅助人员名单"], ...rows]), "officer");
    expect(alone.records).toMatchObject([{ auxiliary: true, certNo: "演辅00001" }]);
    expect(warned(alone)).toEqual([]);
    for (const title of ["演示市行政执法人员名单", "演示市行政执法人员及辅助人员名单"])
      expect(blocked(await run(workbook([[title], ...rows]), "officer"))).toEqual(["E26@3"]);
  });

  it.each([
    ["已向司法局备案", true],
    ["未向司法局备案", false],
    ["否", false],
  ])("reads 备案情况 %s", async (cell, filedWithJustice) => {
    const head = ["姓名", "工作单位", "执法证号", "证件类型", "证件状态", "备案情况"];
    const { records } = await run(
      workbook([head, ["张演", "演示市水务局", "YB-000001", "部委证件", "有效", cell]]),
      "officer",
    );
    expect(records).toMatchObject([{ filedWithJustice }]);
  });

  it("gives a procedure of every organ to none of them", async () => {
    const head = ["程序名称", "执法类别", "执法主体", "环节", "内容", "责任机构", "依据"];
    const step = (who: string, name: string) => ["演示检查程序", "行政检查", who, name, "内容", "科室", law];
    for (const [who, entityId] of [
      ["全市各行政执法机关", undefined],
      ["演示市水务局", expect.any(String)],
    ] as const) {
      const { records } = await run(workbook([head, step(who, "入场"), step(who, "公开")]), "procedure");
      expect(records).toHaveLength(1);
      expect((records[0] as { entityId?: string }).entityId).toEqual(entityId);
    }
  });

  it("binds lower organs of the area to a city's benchmark by code and name together", async () => {
    const organ = (id: string, area: string) => ({ id, name: id, aliases: [], level: "县" as const, area });
    const known = [
      { ...organ("ent_demo_swj", "990100"), name: "演示市水务局", level: "市" as const },
      organ("ent_demo_dy", "990101"),
      organ("ent_demo_far", "980101"),
    ];
    const power = (id: string, entityId: string, name = "对甲的处罚") => ({
      id,
      entityId,
      name,
      powerType: "行政处罚",
      code: { value: "A-1" },
    });
    const powers = [
      power("pow_demo_1", "ent_demo_swj"),
      power("pow_demo_2", "ent_demo_dy"),
      power("pow_demo_3", "ent_demo_dy", "对别的处罚"),
      power("pow_demo_4", "ent_demo_far"),
    ];
    const file = workbook([
      ["演示市水务局行政处罚裁量基准(演裁规〔2026〕1号)"],
      ["序号", "事项代码", "违法行为", "处罚依据", "违法程度", "裁量幅度"],
      [1, "A-1、A-2", "甲", law, "一般", "罚款5000元"],
    ]);
    const { records } = await importFile({
      file,
      kind: "benchmark",
      entity: "演示市水务局",
      known,
      powers,
      at,
    });
    expect(records).toMatchObject([{ powerIds: ["pow_demo_1", "pow_demo_2"], docNo: "演裁规〔2026〕1号" }]);
  });

  it("dates a list that does not date itself as the operator says", async () => {
    const file = workbook([POWER, [1, "行政处罚", "对甲的处罚", law, ""]]);
    const { records } = await importFile({
      file,
      kind: "power",
      entity: "演示市水务局",
      publishedOn: "2026-03-02",
      at,
    });
    expect(records).toMatchObject([{ source: { publishedOn: "2026-03-02" } }]);
  });
});
