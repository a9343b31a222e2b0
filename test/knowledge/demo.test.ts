import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import XLSX from "@e965/xlsx";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { formatRecord, readDataset } from "../../knowledge/data.ts";
import { readManifest } from "../../knowledge/generate/demo/manifest.ts";
import { generateDemo } from "../../knowledge/generate/demo.ts";
import { generateYuncheng } from "../../knowledge/generate/yuncheng.ts";
import { checkIntegrity } from "../../src/records/integrity.ts";
import { nameOf } from "../../src/records/name.ts";
import { powerTypes } from "../../src/records/primitives.ts";
import {
  organNatures,
  type PublishedRecord,
  type RecordKind,
  type RecordOf,
} from "../../src/records/schema.ts";

const folder = fileURLToPath(new URL("../../knowledge/data/demo", import.meta.url));
const demo = generateDemo();
const records = readDataset(folder);
const of = <K extends RecordKind>(kind: K) =>
  records.filter((record): record is RecordOf<K> => record.kind === kind);
const lines = (set: readonly PublishedRecord[]) => set.map(formatRecord).sort();

describe("the fictional city", () => {
  it("comes out of its tables the same, byte for byte", () => {
    for (const [path, bytes] of demo.files) {
      expect(readFileSync(join(folder, "files", path)).equals(bytes), path).toBe(true);
    }
    expect(readManifest(join(folder, "files"))).toEqual(demo.manifest);
  });

  it("is as large as a believable city", () => {
    expect(of("entity").filter((organ) => organ.enforces).length).toBeGreaterThanOrEqual(40);
    expect(new Set(of("entity").map((organ) => organ.nature))).toEqual(new Set(organNatures));
    expect(of("officer")).toHaveLength(400);
    expect(of("power").length).toBeGreaterThanOrEqual(1500);
    expect(new Set(of("power").map((power) => power.powerType))).toEqual(new Set(powerTypes));
    const tiers = of("benchmark").reduce((sum, benchmark) => sum + benchmark.tiers.length, 0);
    expect(tiers).toBeGreaterThanOrEqual(300);
    expect(of("inspection").length).toBeGreaterThanOrEqual(200);
    expect(new Set(of("annual").map((report) => report.year))).toEqual(new Set([2024, 2025]));
    expect(of("annual").filter((report) => report.licence === undefined)).toEqual([]);
  });

  it("has an officer for every way a certificate can stand", () => {
    const today = "2026-11-24";
    const has = (what: string, holds: (officer: RecordOf<"officer">) => boolean) =>
      expect(of("officer").some(holds), what).toBe(true);
    has("valid", (officer) => officer.certState === "有效" && (officer.validUntil ?? "") > today);
    has("expired", (officer) => officer.certState === "有效" && (officer.validUntil ?? "9") < today);
    has("suspended", (officer) => officer.certState === "暂停");
    has("cancelled", (officer) => officer.certState === "注销");
    has("auxiliary", (officer) => officer.auxiliary);
    has("ministry, filed", (officer) => officer.certType === "部委证件" && officer.filedWithJustice === true);
    has(
      "ministry, not filed",
      (officer) => officer.certType === "部委证件" && officer.filedWithJustice === false,
    );
    has("list outdated", (officer) => (officer.validity.reviewBy ?? "9") < today);
    has("valid until a month", (officer) => officer.validUntil?.length === 7);
    has("supervision certificate", (officer) => officer.certType === "行政执法监督证");
  });

  it("has an entrusted organisation in term, one out of term, and an abolished organ carried on by another", () => {
    const terms = of("entity").flatMap((organ) => (organ.delegation ? [organ.delegation.to] : []));
    expect(terms.some((to) => to > "2026-11-24") && terms.some((to) => to < "2026-11-24")).toBe(true);
    expect(of("entity").some((organ) => organ.continuedById !== undefined)).toBe(true);
  });

  it("publishes hearing thresholds for some organs and not for others", () => {
    const enforcing = of("entity").filter((organ) => organ.enforces);
    const published = enforcing.filter((organ) => organ.hearingThreshold).length;
    expect(published).toBeGreaterThan(5);
    expect(published).toBeLessThan(enforcing.length - 5);
  });

  it("is right by every rule but for its documented gaps", () => {
    const organs = new Map(of("entity").map((organ) => [organ.id, organ.name]));
    const say = (id: string) => {
      const record = records.find((each) => each.id === id);
      if (record?.kind === "power") return `职权,${organs.get(record.entityId)}`;
      return record?.kind === "entity" ? record.name : record && nameOf(record);
    };
    const issues = checkIntegrity(records, "2026-11-24", { calendar: loadCalendar() });
    const officers = new Set(of("officer").map((officer) => officer.id));
    const gaps = issues.filter((issue) => !officers.has(issue.record));
    expect([...new Set(gaps.map((issue) => `${issue.rule} ${say(issue.record)}`))].sort()).toEqual([
      "R11 北演县假设镇人民政府",
      "R11 演示市水务局",
      "R12 北演县应急管理局",
      "R12 演示市文化和旅游局",
      "R13 北演县应急管理局",
      "R13 演示市教育局",
      "R14 北演县应急管理局",
      "R15 演示罚〔2026〕18号",
      "R2 演示市道路运输稽查服务站",
      "R3 职权,演示市文化和旅游局",
    ]);
  });

  it("rests no benchmark on a real law", () => {
    expect(of("benchmark").filter((each) => !each.chosenBasis.title.endsWith("(虚构)"))).toEqual([]);
  });

  it("has its records where the files say, row by row", () => {
    const looked = new Set<string>();
    for (const record of records) {
      const { file = "", row = 0 } = record.source;
      const cells = rowsOf(file)?.[row - 1];
      if (!cells) continue;
      looked.add(record.kind);
      const name =
        record.kind === "officer" ? record.certNo : record.kind === "relief" ? record.body : nameOf(record);
      if (record.kind === "annual") expect(cells, file).toContain(String(record.year));
      else expect(cells, `${file} ${row}`).toContain(name);
    }
    expect(looked.size).toBeGreaterThan(10);
  });
});

const read = new Map<string, string[][]>();
const paths = new Map([...demo.files.keys()].map((path) => [basename(path), path]));
/** Rows of a spreadsheet or csv list as they lie in the file; undefined for pages and documents. */
function rowsOf(name: string): string[][] | undefined {
  const path = paths.get(name) ?? "";
  const known = read.get(path);
  const bytes = demo.files.get(path);
  if (known || !bytes) return known;
  let rows: string[][] | undefined;
  if (path.endsWith(".xlsx")) {
    const sheet = XLSX.read(bytes).Sheets["Sheet1"]!;
    rows = XLSX.utils.sheet_to_json(sheet, { header: 1, raw: false, defval: "" });
  } else if (path.endsWith(".csv")) {
    const marked = bytes[0] === 0xef;
    rows = parse(new TextDecoder(marked ? "utf-8" : "gb18030").decode(bytes), { bom: true });
  }
  if (rows) read.set(path, rows);
  return rows;
}

describe("the organs of 运城市", () => {
  it("come out of their tables the same", () => {
    const shipped = readDataset(fileURLToPath(new URL("../../knowledge/data/yuncheng", import.meta.url)));
    const generated = shipped.filter((record) => record.kind === "entity" || record.kind === "area");
    expect(lines(generated)).toEqual(lines(generateYuncheng()));
  });
});
