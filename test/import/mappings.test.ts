/** A saved mapping is used again only as it was, says who stands behind it, and asks again when the headings change. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import {
  confirmMapping,
  listMappings,
  mappingFindings,
  mappingSource,
  proposeMapping,
  recallMapping,
} from "../../knowledge/import/mappings.ts";
import { type Grid, workbook } from "./fixtures.ts";

const at = new Date("2026-11-24T00:00:00Z");
const HEAD = ["序号", "职权类型", "职权名称", "实施依据", "备注"];
const source = mappingSource("power", "演示市水务局", "清单.xlsx");

/** One import as the command makes it. */
function office() {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-mapping-"));
  return {
    folder,
    take: async (head: Grid[number], options: { by?: string; mapping?: Record<string, string> } = {}) => {
      const file = workbook([head, [1, "行政处罚", "对甲的处罚", "《演示用水条例》第十条", "内部备注"]]);
      const result = await importFile({
        file,
        kind: "power",
        entity: source.source,
        mapping: options.mapping ?? ((headings) => recallMapping(folder, source, headings)?.mapping),
        at,
      });
      const said = mappingFindings(folder, source, result);
      proposeMapping(folder, source, result, { by: options.by ?? "甲", at });
      return { result, said, codes: said.map(({ code }) => code) };
    },
  };
}

describe("a saved mapping", () => {
  it("waits for a second person, then is used without a word but who confirmed it", async () => {
    const { folder, take } = office();
    expect((await take(HEAD)).codes).toEqual(["W70"]);
    const second = await take(HEAD);
    expect(second.said[0]?.message).toContain("由“甲”提出,尚未由另一人确认");
    confirmMapping(folder, listMappings(folder)[0]!.id, { by: "乙", at });
    const third = await take(HEAD);
    expect(third.said).toMatchObject([
      { code: "I72", message: expect.stringContaining("“乙”于 2026-11-24 确认") },
    ]);
    expect(listMappings(folder)).toMatchObject([{ proposed: { by: "甲" }, confirmed: { by: "乙" } }]);
  });

  it("keeps a column out that was left out on purpose", async () => {
    const { take } = office();
    await take(HEAD, { mapping: { 备注: "忽略" } });
    const again = await take(HEAD);
    expect(JSON.stringify(again.result.records)).not.toContain("内部备注");
  });

  it("asks again when the headings change, naming them", async () => {
    const { folder, take } = office();
    await take(HEAD);
    confirmMapping(folder, listMappings(folder)[0]!.id, { by: "乙", at });
    const changed = await take(HEAD.with(4, "说明"));
    expect(changed.codes).toEqual(["W71", "W70"]);
    expect(changed.said[0]?.message).toContain("新增:“说明”;减少:“备注”");
  });

  it("asks again when another mapping is used for the same headings", async () => {
    const { folder, take } = office();
    await take(HEAD);
    confirmMapping(folder, listMappings(folder)[0]!.id, { by: "乙", at });
    expect((await take(HEAD, { mapping: { 备注: "忽略" }, by: "丙" })).codes).toEqual(["W70"]);
    expect(listMappings(folder)).toMatchObject([{ proposed: { by: "丙" } }]);
    expect(listMappings(folder)[0]).not.toHaveProperty("confirmed");
  });

  it.each([
    ["甲", "甲", /E41.*另一人/],
    ["甲 ", "甲", /E41.*另一人/],
    ["甲", " 甲", /E41.*另一人/],
    ["甲", " ", /确认人.*署名/],
    ["甲", "未署名", /确认人.*署名/],
    ["甲", " 未署名 ", /确认人.*署名/],
    ["未署名", "乙", /提出人没有署名/],
    [" ", "乙", /提出人没有署名/],
  ])("proposed by %s is not confirmed by “%s”", async (proposer, confirmer, why) => {
    const { folder, take } = office();
    await take(HEAD, { by: proposer });
    const { id } = listMappings(folder)[0]!;
    expect(() => confirmMapping(folder, id, { by: confirmer, at })).toThrow(why);
    expect(() => confirmMapping(folder, "../../x", { by: confirmer, at })).toThrow(/没有编号/);
  });

  it("keeps how well each heading fitted when it was proposed, also through its confirmation", async () => {
    const { folder, take } = office();
    await take([...HEAD, "职权名称(旧)"]);
    const matches = {
      职权名称: { score: 1 },
      职权类型: { score: 1 },
      备注: { score: 1 },
      "职权名称(旧)": { rival: { field: "name", score: 0.8 } },
    };
    expect(listMappings(folder)).toMatchObject([{ matches }]);
    confirmMapping(folder, listMappings(folder)[0]!.id, { by: "乙", at });
    await take([...HEAD, "职权名称(旧)"]);
    const [saved] = listMappings(folder);
    expect(saved?.confirmed).toBeDefined();
    expect(saved?.matches).toMatchObject(matches);
    expect(saved?.matches.职权名称).not.toHaveProperty("given");
  });

  it("is of its own source: another organ with the same headings is asked", async () => {
    const { folder, take } = office();
    await take(HEAD);
    expect(recallMapping(folder, mappingSource("power", "演示市林草局", "清单.xlsx"), HEAD)).toBeUndefined();
  });

  it.each([
    ["2026年3月权责清单(1).xlsx", "2026年4月权责清单.xlsx", true],
    ["权责清单.xlsx", "人员名单.xlsx", false],
  ])("takes %s and %s for one source: %s", (one, other, same) => {
    const name = (file: string) => mappingSource("power", undefined, file).source;
    expect(name(one) === name(other)).toBe(same);
  });
});
