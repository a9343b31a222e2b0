/** The cross-record rules at import: what a list does to everything that would be published with it. */
import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import { checkWhole } from "../../knowledge/import/whole.ts";
import type { PublishedRecord, RecordKind } from "../../src/records/schema.ts";
import { aCity, today } from "../records/a-city.ts";
import { type Grid, workbook } from "./fixtures.ts";

const law = "《测试市条例》第五条";

async function found(
  kind: RecordKind,
  grid: Grid,
  options: { published?: readonly PublishedRecord[]; waiting?: readonly PublishedRecord[]; of?: string } = {},
) {
  const published = options.published ?? aCity();
  const result = await importFile({
    file: workbook(grid),
    kind,
    entity: options.of ?? "测试市城管局",
    dataset: "demo",
    known: published.flatMap((record) => (record.kind === "entity" ? [record] : [])),
    powers: published.flatMap((record) => (record.kind === "power" ? [record] : [])),
    at: new Date(`${today}T00:00:00Z`),
    by: "甲",
  });
  expect(result.records.length).toBeGreaterThan(0);
  const waiting = (options.waiting ?? []).map((record) => ({
    kind: record.kind,
    importedBy: "甲",
    records: [record],
  }));
  return checkWhole([result], { published, waiting, today })[0]!;
}

const POWER = ["序号", "职权编码", "职权类型", "职权名称", "实施依据"];
const without = (...kinds: RecordKind[]) => aCity().filter((record) => !kinds.includes(record.kind));

describe("cross-record rules in the import report", () => {
  it.each<[string, RecordKind, Grid, Parameters<typeof found>[2], string[]]>([
    [
      "R3: a penalty without benchmark",
      "power",
      [POWER, [1, "CF-9", "行政处罚", "对乱倒的处罚", law]],
      {},
      ["W32@2"],
    ],
    [
      "R3: penalties without procedure and channels",
      "power",
      [POWER, [1, "CF-9", "行政处罚", "对乱倒的处罚", law], [2, "XK-1", "行政许可", "占道许可", law]],
      { published: without("procedure", "relief", "supervision", "benchmark", "power") },
      ["E27@2", "W32@2", "E28@null", "E28@null", "E28@null"],
    ],
    [
      "R2: an expired delegation in the library",
      "power",
      [POWER, [1, "CF-9", "行政检查", "对垃圾的检查", law]],
      { of: "测试市环卫中心", published: expired() },
      ["R2@null", "R11@null"],
    ],
    [
      "R1: an organ nobody published",
      "power",
      [POWER, [1, "XK-1", "行政许可", "占道许可", law]],
      { of: "测试市无名局" },
      ["R1@2"],
    ],
    [
      "R10: one code, two names",
      "power",
      [POWER, [1, "CF-1", "行政许可", "占道许可", law]],
      { of: "测试市司法局" },
      ["R10@2", "R12@null"],
    ],
    [
      "R14: an organ with one officer",
      "officer",
      [
        ["序号", "姓名", "工作单位", "执法证号", "有效期至"],
        [1, "张演", "测试市城管局", "99010000009", "2029-12"],
      ],
      { published: without("officer") },
      ["R14@null"],
    ],
    [
      "R8: a court without a day of review",
      "relief",
      [
        ["序号", "救济渠道", "受理机关", "期限", "法律依据", "管辖公告", "公告日期", "复核日期"],
        [1, "行政诉讼", "测试铁路法院", "6个月", "《行政诉讼法》第四十六条", "管辖公告", "2026-03-01", ""],
      ],
      {},
      ["R8@2"],
    ],
    [
      "R5: a city's benchmark on a national law, without a number",
      "benchmark",
      [
        ["序号", "事项代码", "违法行为", "处罚依据", "违法程度", "裁量幅度"],
        [1, "CF-1", "占道经营", "《行政处罚法》第五十四条", "一般", "罚款500元"],
      ],
      {},
      ["R5@2", "R5@2"],
    ],
    [
      "R17: a law the library holds only dead",
      "power",
      [POWER, [1, "XK-1", "行政许可", "占道许可", "《测试市旧条例》第五条"]],
      { published: [...aCity(), dead()] },
      ["R17@2"],
    ],
    [
      "R17: a law whose last version here has ended",
      "power",
      [POWER, [1, "XK-1", "行政许可", "占道许可", "《测试市旧条例》第五条"]],
      {
        published: [
          ...aCity(),
          { ...dead(), repealed: false, validity: { effectiveTo: "2020-01-01" } } as PublishedRecord,
        ],
      },
      ["R17@2"],
    ],
    ["nothing new", "power", [POWER, [1, "CF-1", "行政处罚", "对占道经营的处罚", law]], {}, []],
  ])("%s", async (_, kind, grid, options, expected) => {
    expect((await found(kind, grid, options)).map(({ code, row }) => `${code}@${row}`)).toEqual(expected);
  });

  it("counts what waits for publication as there, and does not blame this list for what was wrong before", async () => {
    const benchmark = aCity().find((record) => record.kind === "benchmark")!;
    const broken = aCity().map((record) =>
      record.id === "ann_t_1" && record.kind === "annual" ? { ...record, publishedOn: "2026-05-01" } : record,
    );
    const grid: Grid = [POWER, [1, "CF-1", "行政处罚", "对占道经营的处罚", law]];
    const published = broken.filter((record) => record.kind !== "benchmark") as PublishedRecord[];
    expect((await found("power", grid, { published })).map(({ code }) => code)).toEqual(["W32"]);
    const waiting = [{ ...benchmark, status: "draft" as const }];
    expect(await found("power", grid, { published, waiting })).toEqual([]);
  });

  it("says file, sheet and row in the sentence", async () => {
    const [first] = await found("power", [POWER, [1, "CF-9", "行政处罚", "对乱倒的处罚", law]]);
    expect(first).toMatchObject({ severity: "W", sheet: "清单", row: 2 });
    expect(first?.message).toMatch(/^【提醒】文件《.*清单\.xlsx》工作表“清单”第 2 行行政处罚“对乱倒的处罚”/);
  });
});

function expired(): PublishedRecord[] {
  return aCity().map((record) =>
    record.kind === "entity" && record.delegation
      ? { ...record, delegation: { ...record.delegation, to: "2026-06-30" } }
      : record,
  );
}

function dead(): PublishedRecord {
  const [any] = aCity();
  return {
    kind: "statute",
    id: "sta_t_1",
    dataset: "demo",
    status: "published",
    validity: {},
    source: any!.source,
    title: "测试市旧条例",
    rank: "地方性法规",
    version: "2001-01-02",
    repealed: true,
    articles: [{ no: "第一条", text: "旧。" }],
  };
}
