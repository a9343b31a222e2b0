import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import XLSX from "@e965/xlsx";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { formatRecord, readDataset } from "../../knowledge/data.ts";
import { generateDemo } from "../../knowledge/generate/demo.ts";
import { generateYuncheng } from "../../knowledge/generate/yuncheng.ts";
import { checkIntegrity } from "../../src/records/integrity.ts";
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
    expect(lines(records)).toEqual(lines(demo.records));
    for (const [path, bytes] of demo.files) {
      expect(readFileSync(join(folder, "files", path)).equals(bytes), path).toBe(true);
    }
    const manifest = JSON.parse(readFileSync(join(folder, "files", "manifest.json"), "utf8"));
    expect(manifest).toEqual(JSON.parse(JSON.stringify(demo.manifest)));
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
    const issues = checkIntegrity(records, "2026-11-24", { calendar: loadCalendar() });
    const rules = new Set(
      issues
        .filter((issue) => !issue.record.startsWith("off_"))
        .map((issue) => `${issue.rule} ${issue.record}`),
    );
    const gaps = [...rules].filter((gap) => !gap.startsWith("R3 pow_demo_wlj_"));
    expect(gaps.sort()).toEqual([
      "R11 ent_demo_by_js_zf",
      "R11 ent_demo_swj",
      "R12 ent_demo_by_yjj",
      "R12 ent_demo_wlj",
      "R13 ent_demo_by_yjj",
      "R13 ent_demo_jyj",
      "R14 ent_demo_by_yjj",
      "R15 dec_demo_018",
      "R2 ent_demo_ys",
    ]);
  });

  it("rests no benchmark on a real law", () => {
    expect(of("benchmark").filter((each) => !each.chosenBasis.title.endsWith("(虚构)"))).toEqual([]);
  });

  it("has its records where the files say, row by row", () => {
    for (const record of records.filter((each) => each.kind === "power" || each.kind === "officer")) {
      const { file = "", row = 0 } = record.source;
      const cells = rowsOf(file.replace("demo/files/", ""))?.[row - 1];
      if (!cells) continue;
      const name = record.kind === "power" || record.kind === "officer" ? record.name : "";
      expect(cells, `${file} ${row}`).toContain(name);
    }
  });
});

const read = new Map<string, string[][]>();
/** Rows of a spreadsheet or csv list as they lie in the file; undefined for pages and documents. */
function rowsOf(path: string): string[][] | undefined {
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
