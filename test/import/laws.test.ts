/** Bases against the statutes of the library: amended, repealed, renumbered. */
import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import type { Statute } from "../../src/records/schema.ts";
import { codes, save, workbook } from "./fixtures.ts";

const at = new Date("2026-11-24T00:00:00Z");
const NUMBERS = ["一", "二", "三", "四", "五"];

async function statute(
  head: string,
  articles: number,
  from: string,
  supersedes?: Statute,
): Promise<readonly Statute[]> {
  const text = NUMBERS.slice(0, articles).map((number) => `第${number}条 演示。`);
  text.push(`第${NUMBERS[articles]}条 本条例自${from}起施行。`);
  const file = save("法.md", `# 演示用水条例\n\n${head} 国务院令第1号公布\n\n${text.join("\n\n")}\n`);
  const { records } = await importFile({ file, kind: "statute", at, ...(supersedes ? { supersedes } : {}) });
  return records.flatMap((record) => (record.kind === "statute" ? [record] : []));
}

async function cited(basis: string, statutes: readonly Statute[], publishedOn?: string) {
  const file = workbook([
    ["序号", "职权类型", "职权名称", "实施依据"],
    [1, "行政处罚", "对甲的处罚", basis],
  ]);
  const result = await importFile({
    file,
    kind: "power",
    entity: "演示市水务局",
    statutes,
    at,
    ...(publishedOn ? { publishedOn } : {}),
  });
  const [power] = result.records;
  return {
    codes: codes(result).filter((code) => code === "W16" || code === "W68"),
    said: result.issues.map(({ message }) => message).join("\n"),
    linked: power?.kind === "power" ? power.basis[0]?.statuteId : undefined,
  };
}

const older = await statute("2001年1月2日", 4, "2001年5月1日");
const both = await statute("2026年1月2日", 2, "2026年3月1日", older[0]);
const current = both.find((version) => !version.repealed)!;
const dead = both.filter((version) => version.repealed);
const law = "《中华人民共和国演示用水条例》";

describe("a basis held against the statute library", () => {
  it.each<[string, string, readonly Statute[], string | undefined, string[], boolean]>([
    ["of the version in force is linked", `${law}第二条`, both, "2026-04-01", [], true],
    ["of a list without a date is linked", `${law}第二条`, both, undefined, [], true],
    ["of a list older than the version", `${law}第二条`, both, "2025-04-01", ["W16"], false],
    ["with an article the version lost", `${law}第五条`, both, "2026-04-01", ["W68"], false],
    ["with a range past the end", `${law}第二条至第五条`, both, "2026-04-01", ["W68"], false],
    ["old and lost", `${law}第五条`, both, "2025-04-01", ["W16", "W68"], false],
    ["of which only a repealed version is held", `${law}第二条`, dead, "2026-04-01", ["W16"], false],
    ["the library does not hold", "《演示河道条例》第九十条", both, "2001-01-01", [], false],
    ["the library holds in part", `${law}第五条`, [partOf(current)], "2026-04-01", [], true],
  ])("%s", async (_, basis, statutes, publishedOn, expected, linked) => {
    const found = await cited(basis, statutes, publishedOn);
    expect(found.codes).toEqual(expected);
    expect(found.linked).toBe(linked ? current.id : undefined);
  });

  it("names the day and the number of articles", async () => {
    expect((await cited(`${law}第二条`, dead)).said).toContain("已于 2026-03-01 修订或废止");
    expect((await cited(`${law}第五条`, both)).said).toContain("第五条在现行版本中不存在(现行版本共 3 条)");
  });

  it.each([
    ["amended since the list", "《行政处罚法》第二条", "2020-01-01", ["W16"]],
    ["amended before the list", "《行政处罚法》第二条", "2022-01-01", []],
    ["repealed", "《市场监督管理投诉举报处理暂行办法》第二条", "2026-10-01", ["W16"]],
  ])("falls back on the built-in table for a law %s", async (_, basis, publishedOn, expected) => {
    expect((await cited(basis, both, publishedOn)).codes).toEqual(expected);
  });

  it("does not trust a library older than the built-in table", async () => {
    const stale: Statute = { ...older[0]!, title: "中华人民共和国行政处罚法" };
    expect((await cited("《行政处罚法》第二条", [stale], "2020-01-01")).codes).toEqual(["W16"]);
  });
});

function partOf(statute: Statute): Statute {
  return { ...statute, articles: statute.articles.slice(1) };
}
