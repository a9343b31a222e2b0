import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formatRecord, readDataset, writeRecords } from "../../knowledge/data.ts";
import { AppError } from "../../src/error.ts";
import { checkIntegrity } from "../../src/records/integrity.ts";
import { type Entity, type PublishedRecord, recordKinds } from "../../src/records/schema.ts";

const dataFolder = fileURLToPath(new URL("../../knowledge/data", import.meta.url));
const datasets = { national: "national", yuncheng: "140800", demo: "demo" } as const;
const read = Object.fromEntries(
  Object.keys(datasets).map((folder) => [folder, readDataset(join(dataFolder, folder))]),
) as Record<keyof typeof datasets, PublishedRecord[]>;
const everything = Object.values(read).flat();

function say(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.say;
    throw thrown;
  }
  return "";
}

function folderWith(file: string, ...lines: unknown[]): string {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-data-"));
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  writeFileSync(join(folder, file), text);
  return folder;
}

const organ = read.demo.find((record): record is Entity => record.kind === "entity")!;

describe("reading a data set", () => {
  it("names file, line, field and what is allowed when a value is wrong", () => {
    const folder = folderWith("entity.jsonl", organ, { ...organ, status: "live" });
    expect(say(() => readDataset(folder))).toContain(
      "entity.jsonl 第 2 行“status”:应为 draft、checked、published",
    );
  });

  it("names a line that is not JSON", () => {
    expect(say(() => readDataset(folderWith("faq.jsonl", "{"))).trim()).toContain(
      "faq.jsonl 第 1 行:不是完整的 JSON",
    );
  });

  it("refuses a record in another kind's file", () => {
    expect(say(() => readDataset(folderWith("power.jsonl", organ)))).toContain("是 entity,应为 power");
  });

  it("refuses a file of no known kind", () => {
    expect(say(() => readDataset(folderWith("organs.jsonl", organ)))).toContain("organs.jsonl");
  });

  it("writes what it reads, sorted by id", () => {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-data-"));
    const other = { ...organ, id: "ent_a_first" };
    writeRecords(folder, [organ, other]);
    expect(readDataset(folder).map((record) => record.id)).toEqual([other.id, organ.id]);
  });
});

describe.each(Object.entries(datasets))("the shipped data set %s", (folder, dataset) => {
  const records = read[folder as keyof typeof datasets];

  it("labels every record with its data set and publisher", () => {
    expect(records.filter((record) => record.dataset !== dataset || record.source.publisher === "")).toEqual(
      [],
    );
  });

  it("keeps ids with the prefix of their kind", () => {
    expect(records.filter((record) => !record.id.startsWith(`${recordKinds[record.kind].prefix}_`))).toEqual(
      [],
    );
  });

  it("has its lines in schema order and sorted, so that a diff reads like an amendment", () => {
    for (const file of readdirSync(join(dataFolder, folder)).filter((name) => name.endsWith(".jsonl"))) {
      const lines = readFileSync(join(dataFolder, folder, file), "utf8")
        .trimEnd()
        .split("\n");
      const formatted = lines.map((line) => formatRecord(JSON.parse(line)));
      expect(lines, file).toEqual(formatted);
      const ids = lines.map((line) => String(JSON.parse(line).id));
      expect(ids, file).toEqual([...ids].sort());
    }
  });
});

describe("all shipped data together", () => {
  it("has no id twice and no integrity error", () => {
    const errors = checkIntegrity(everything, "2026-11-24").filter((issue) => issue.severity === "E");
    expect(errors.map((issue) => issue.message)).toEqual([]);
  });

  it("has no address and no phone but the hotlines and the plainly invented ones", () => {
    for (const record of everything) {
      if (record.dataset === "demo") {
        const text = JSON.stringify(record);
        for (const phone of text.match(/\b0\d{2,3}-\d{7,8}\b/g) ?? []) expect(phone).toMatch(/^0000-/);
        if ("address" in record && record.address) expect(record.address).toContain("(虚构)");
      } else {
        if ("phones" in record) expect(record.phones, record.id).toEqual([]);
        if ("address" in record) expect(record.address, record.id).toBeUndefined();
      }
    }
  });

  it("names no person outside the fictional city, and nobody there who could be real", () => {
    for (const record of everything) {
      if (record.kind !== "officer") continue;
      expect(record.dataset).toBe("demo");
      expect(record.name).toMatch(/^.[例样][甲乙丙丁戊己庚辛壬癸]$/);
    }
  });

  it("ships no fact that nobody could verify", () => {
    const words = everything
      .filter((record) => record.dataset !== "demo")
      .map((record) => ({ id: record.id, text: JSON.stringify(record) }));
    const unverified: readonly [string, RegExp][] = [
      ["periods under the 2026 rules on market complaints", /投诉举报处理办法[^"]{0,200}\d+个?(工作)?日/],
      ["how long a certificate is valid", /执法证[^"]{0,12}有效期(为|是)?\d+年/],
      ["a hearing threshold in 山西", /山西[^"]{0,20}听证[^"]{0,20}\d+元/],
      ["how long recordings are kept", /(音像记录|录像)[^"]{0,10}保存(期限)?[^"]{0,6}\d+(年|个月)/],
      ["12389", /12389/],
      ["amounts of major penalties to be filed", /备案[^"]{0,30}\d+元以上/],
    ];
    for (const [what, pattern] of unverified) {
      expect(
        words.filter(({ text }) => pattern.test(text)).map(({ id }) => id),
        what,
      ).toEqual([]);
    }
  });

  it("carries a caution on every hotline that is not an emergency number", () => {
    const bare = read.national
      .filter((record) => record.kind === "hotline" && !record.caution)
      .map((record) => (record.kind === "hotline" ? record.number : ""));
    expect(bare.sort()).toEqual(["110", "119", "120", "122"]);
  });

  it("answers at least sixty common questions, each with three other ways of asking", () => {
    const answers = read.national.filter((record) => record.kind === "faq");
    expect(answers.length).toBeGreaterThanOrEqual(60);
    expect(answers.filter((answer) => (answer.variants?.length ?? 0) < 3).map((answer) => answer.id)).toEqual(
      [],
    );
  });

  it("holds the fifteen measures of 运政办发〔2017〕91号 by their number", () => {
    const policy = read.yuncheng.find((record) => record.kind === "policy");
    const numbers = policy?.kind === "policy" ? policy.clauses.map((clause) => clause.no) : [];
    expect(numbers).toEqual(
      expect.arrayContaining(Array.from({ length: 15 }, (_, index) => `第${index + 1}项`)),
    );
  });

  it("knows every county government and justice bureau of 运城市, and that none is called an enforcement body", () => {
    const organs = read.yuncheng.filter((record): record is Entity => record.kind === "entity");
    expect(organs.filter((each) => each.isJustice && each.level === "县")).toHaveLength(13);
    expect(organs.filter((each) => each.nature === "人民政府" && each.level === "县")).toHaveLength(13);
    expect(organs.filter((each) => each.enforces)).toEqual([]);
  });
});
