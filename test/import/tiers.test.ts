/** Tiers as benchmarks write them: what import says of a row is what publication will say of the record. */
import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import { checkIntegrity } from "../../src/records/integrity.ts";
import { blocked, codes, workbook } from "./fixtures.ts";

const HEAD = ["序号", "违法行为", "处罚依据", "法定处罚标准", "违法程度", "适用条件", "裁量幅度"];
const law = "《演示用水条例》第十条";

async function read(...texts: string[]) {
  const rows = texts.map((text, index) => {
    const grade = ["轻微", "一般", "严重"][index]!;
    return [1, "擅自取水", law, "处5万元以上10万元以下罚款", grade, `情形${grade}`, text];
  });
  const at = new Date("2026-11-24T00:00:00Z");
  const result = await importFile({
    file: workbook([HEAD, ...rows]),
    kind: "benchmark",
    entity: "演示市水务局",
    at,
  });
  const published = result.records.map((record) => ({ ...record, status: "published" as const }));
  const issues = checkIntegrity(published, "2026-11-24").filter(({ rule }) => rule === "R4");
  return { result, issues };
}

describe("tiers", () => {
  it.each<[string, string[], string | undefined, string[]]>([
    [
      "以上…以下 side by side",
      ["处5万元以上6.5万元以下罚款", "处6.5万元以上8.5万元以下罚款", "处8.5万元以上10万元以下罚款"],
      "W54",
      ["W", "W"],
    ],
    ["one end open to the law", ["处5万元以上不满8万元罚款", "处8万元以上罚款"], undefined, ["W"]],
    ["a gap", ["处5万元以上6万元以下罚款", "处8万元以上10万元以下罚款"], "W54", ["W"]],
  ])("%s are a remark at import and at publication", async (_, texts, code, severities) => {
    const { result, issues } = await read(...texts);
    expect(blocked(result)).toEqual([]);
    expect(result.records).toHaveLength(1);
    if (code) expect(codes(result)).toContain(code);
    expect(issues.map(({ severity }) => severity)).toEqual(severities);
  });

  it.each<[string, string[], string]>([
    ["a real overlap", ["处5万元以上8万元以下罚款", "处6万元以上10万元以下罚款"], "E33"],
    ["an amount above the law", ["处5万元以上8万元以下罚款", "处8万元以上20万元以下罚款"], "E34"],
    ["an amount below the law", ["处1万元以上8万元以下罚款", "处8万元以上10万元以下罚款"], "E34"],
  ])("%s never becomes a record", async (_, texts, code) => {
    const { result } = await read(...texts);
    expect(codes(result)).toContain(code);
    expect(result.records).toEqual([]);
  });

  it("are held against each other though the organ is not known", async () => {
    const rows = ["处5万元以上8万元以下罚款", "处6万元以上10万元以下罚款"].map((text, index) => [
      1,
      "擅自取水",
      law,
      "处5万元以上10万元以下罚款",
      ["轻微", "严重"][index]!,
      `情形${index}`,
      text,
    ]);
    const result = await importFile({
      file: workbook([HEAD, ...rows]),
      kind: "benchmark",
      dataset: "demo",
      at: new Date("2026-11-24T00:00:00Z"),
    });
    expect(codes(result)).toEqual(expect.arrayContaining(["E82", "E33"]));
  });
});
