import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import type { Day } from "../../src/law/day.ts";
import { isCurrent } from "../../src/records/library.ts";
import type { Statute } from "../../src/records/schema.ts";
import { codes, run, save, workbook } from "./fixtures.ts";

const at = new Date("2026-11-24T00:00:00Z");
const articles = (last: string) =>
  ["第一条 为了演示,制定本文。", "第二条 演示适用本文。", `第三条 ${last}`].join("\n\n");

async function statute(name: string, head: string, last: string, supersedes?: Statute) {
  const file = save(name, `${head}\n\n${articles(last)}\n`);
  const result = await importFile({ file, kind: "statute", at, ...(supersedes ? { supersedes } : {}) });
  const read = result.records.flatMap((record) => (record.kind === "statute" ? [record] : []));
  return { result, read, columns: result.issues.map(({ column }) => column) };
}

describe("statutes", () => {
  it.each([
    ["# 演示条例\n\n2026年1月2日 中共中央、国务院发布", "党内法规", []],
    ["# 演示条例\n\n2026年1月2日 国务院令第1号公布", "行政法规", []],
    ["# 演示省用水条例\n\n2026年1月2日 演示省人民代表大会常务委员会通过", "地方性法规", []],
    ["# 演示省用水办法\n\n2026年1月2日 演示省人民政府令第1号公布", "政府规章", []],
    ["# 演示用水办法\n\n2026年1月2日 国家演示总局令第1号公布", "部门规章", []],
    ["# 演示条例\n\n2026年1月2日通过", "行政法规", ["效力级别"]],
  ])("rank of %s is %s, said when guessed", async (head, rank, columns) => {
    const given = await statute("文.md", head, "本文自2026年3月1日起施行。");
    expect(given.read).toMatchObject([
      { rank, version: "2026-01-02", validity: { effectiveFrom: "2026-03-01" } },
    ]);
    expect(given.columns).toEqual(columns);
  });

  it("say which sentences a page hides, and do not read them", async () => {
    const lines = [
      "2026年1月2日 国务院令第1号公布",
      ...articles("本条例自2026年3月1日起施行。").split("\n\n"),
    ];
    const hidden = '<p style="display:none">第四条 演示不收费。</p><p hidden>扫一扫</p>';
    const page = `<html><body><h1># 演示条例</h1><p>${lines.join("</p><p>")}</p>${hidden}</body></html>`;
    const result = await importFile({ file: save("文.html", page), kind: "statute", at });
    expect(result.records).toMatchObject([{ articles: [{}, {}, { no: "第三条" }] }]);
    expect(result.issues.filter(({ code }) => code === "E05").map(({ message }) => message)).toEqual([
      expect.stringContaining("段落“第四条 演示不收费。”为隐藏内容,未导入"),
    ]);
  });

  it("do not take the first version's day for an amended one", async () => {
    const given = await statute(
      "文.md",
      "# 演示条例\n\n(2001年1月2日国务院令第1号公布 根据2019年3月4日国务院令第2号修正)",
      "本条例自2001年5月1日起施行。",
    );
    expect(given.read).toMatchObject([{ version: "2019-03-04", docNo: "国务院令第2号" }]);
    expect(given.read[0]?.validity).toEqual({});
    expect(given.columns).toEqual(["施行日期"]);
  });

  it("without a date take the year of the file name and say so", async () => {
    const given = await statute("演示程序规定-2020.md", "# 演示程序规定", "本规定自2009年4月1日起施行。");
    expect(given.read).toMatchObject([{ version: "2020" }]);
    expect(given.columns).toContain("版本日期");
  });

  it("read their end from the front matter", async () => {
    const head =
      "---\nstatus: 已废止\neffective_to: 2025-12-31\n---\n# 演示条例\n\n2001年1月2日 国务院令第1号公布";
    const given = await statute("文.md", head, "本条例自2001年5月1日起施行。");
    expect(given.read).toMatchObject([
      { repealed: true, validity: { effectiveFrom: "2001-05-01", effectiveTo: "2025-12-31" } },
    ]);
  });

  it("close the version they replace", async () => {
    const head = (day: string) => `# 演示条例\n\n${day} 国务院令第1号公布`;
    const older = await statute("旧.md", head("2001年1月2日"), "本条例自2001年5月1日起施行。");
    const newer = await statute("新.md", head("2026年1月2日"), "本条例自2026年3月1日起施行。", older.read[0]);
    expect(newer.read).toMatchObject([
      { repealed: false },
      {
        id: older.read[0]?.id,
        repealed: true,
        supersededById: newer.read[0]?.id,
        validity: { effectiveTo: "2026-02-28" },
      },
    ]);
  });

  it("stay in force until the version that replaces them takes effect", async () => {
    const head = (day: string) => `# 演示条例\n\n${day} 国务院令第1号公布`;
    const older = await statute("旧.md", head("2001年1月2日"), "本条例自2001年5月1日起施行。");
    const newer = await statute(
      "新.md",
      head("2026年10月2日"),
      "本条例自2027年1月1日起施行。",
      older.read[0],
    );
    expect(newer.read[1]).toMatchObject({ repealed: false, validity: { effectiveTo: "2026-12-31" } });
    const published = newer.read.map((record) => ({ ...record, status: "published" as const }));
    const inForce = (day: Day) =>
      published.filter((record) => isCurrent(record, day)).map(({ version }) => version);
    expect(inForce("2026-12-31")).toEqual(["2001-01-02"]);
    expect(inForce("2027-01-01")).toEqual(["2026-10-02"]);
  });

  it("are refused when an article is missing", async () => {
    const file = save(
      "文.md",
      "# 演示条例\n\n2026年1月2日 国务院令第1号公布\n\n第一条 甲。\n\n第三条 乙。\n",
    );
    const result = await importFile({ file, kind: "statute", at });
    expect(result.refused).toBe(true);
  });
});

describe("what has run out", () => {
  it("takes an expired delegation out and an answer past its review in with a warning", async () => {
    const entity = ["序号", "执法主体名称", "主体类别", "委托机关", "委托事项", "委托期限"];
    const expired = await run(
      workbook([
        entity,
        [1, "演示市节水所", "受委托组织", "演示市水务局", "节水检查", "2021.1.1-2023.12.31"],
      ]),
      "entity",
    );
    expect(codes(expired)).toContain("E11");
    expect(expired.records).toEqual([]);
    const faq = ["序号", "问题", "答复内容", "答复单位", "答复日期", "依据"];
    const old = await run(
      workbook([faq, [1, "甲", "乙", "演示市水务局", "2020-03-02", "《演示用水条例》第十条"]]),
      "faq",
    );
    expect(codes(old)).toContain("W42");
    expect(old.records).toHaveLength(1);
  });
});

describe("policy documents", () => {
  it("keep their number out of the title, and a national issuer makes them national", async () => {
    const text =
      "国办发〔2026〕1号 国务院办公厅关于推行 演示制度的通知\n\n一、总体要求\n\n演示。\n\n二、任务\n\n执行。\n";
    const { records, issues } = await importFile({ file: save("通知.txt", text), kind: "policy", at });
    expect(records).toMatchObject([
      {
        title: "国务院办公厅关于推行演示制度的通知",
        docNo: "国办发〔2026〕1号",
        issuer: "国务院办公厅",
        area: "全国",
        clauses: [{ no: "一" }, { no: "二" }],
      },
    ]);
    expect(issues).toEqual([]);
  });

  it.each([
    ["一、总体要求\n(一)事前。公开。\n说明。\n二、主要任务\n（二）事后。公开。", ["(一)", "(二)"]],
    ["一、总体要求\n(一)事前。公开。\n二、主要任务\n(一)事后。公开。", ["一(一)", "二(一)"]],
    ["一、总体要求\n总说。\n3.做好试点。推进。", ["一", "第3项"]],
  ])("number their measures as they are cited", async (body, expected) => {
    const file = save("通知.txt", `演示市人民政府办公室关于演示的通知\n\n${body}\n`);
    const { records } = await importFile({ file, kind: "policy", at });
    expect(
      records.flatMap((record) => (record.kind === "policy" ? record.clauses.map(({ no }) => no) : [])),
    ).toEqual(expected);
  });
});
