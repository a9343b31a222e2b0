/** Whose city a list is of: what it says itself, else it is asked; never a city it does not name. */
import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import type { RecordKind } from "../../src/records/schema.ts";
import { codes, type Grid, save, workbook } from "./fixtures.ts";

const at = new Date("2026-11-24T00:00:00Z");
const law = "《样本用水条例》第十条";
const take = (kind: RecordKind, grid: Grid, entity?: string) =>
  importFile({ file: workbook(grid), kind, at, ...(entity ? { entity } : {}) });
const organs = (code: string) => [
  ["执法主体名称", "主体类别", "执法依据", "区划代码"],
  ["样本县水务局", "法定行政机关", law, code],
];
const powers = [
  ["序号", "职权类型", "职权名称", "实施依据"],
  [1, "行政许可", "取水许可", law],
];

describe("the data set of a list", () => {
  it.each<[string, RecordKind, Grid, string | undefined, string]>([
    ["the code beside its organs", "entity", organs("331022"), undefined, "331000"],
    ["the organ it is imported for", "power", powers, "运城市盐湖区水务局", "140800"],
    ["its title", "entity", [["绛县行政执法主体清单"], ...organs("")], undefined, "140800"],
    ["the fictional city", "power", powers, "演示市水务局", "demo"],
  ])("comes from %s", async (_, kind, grid, entity, dataset) => {
    const { records } = await take(kind, grid, entity);
    expect(records[0]?.dataset).toBe(dataset);
  });

  it.each<[string, RecordKind, Grid, string | undefined]>([
    ["a county nobody knows", "power", powers, "云川县水务局"],
    ["organs without a code", "entity", organs(""), undefined],
  ])("is asked for when a list is of %s", async (_, kind, grid, entity) => {
    const result = await take(kind, grid, entity);
    expect(result.refused).toBe(true);
    expect(codes(result)).toContain("E78");
    expect(result.records).toEqual([]);
  });

  it("is asked for when a policy names no city", async () => {
    const body =
      "云川县关于优化办事的若干措施\n一、减少材料\n各单位应当减少材料。\n二、压缩时限\n各单位应当压缩时限。";
    const result = await importFile({ file: save("措施.txt", body), kind: "policy", at });
    expect(codes(result)).toContain("E78");
  });
});

it("says that points come as lines of JSON, not as a table", async () => {
  await expect(take("point", powers)).rejects.toMatchObject({ say: expect.stringContaining("JSON 行文件") });
});
