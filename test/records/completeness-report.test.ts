import { expect, it } from "vitest";
import { readShipped } from "../../knowledge/release/shipped.ts";
import {
  completenessCsv,
  completenessReport,
  csvTables,
  linesOfAll,
} from "../../src/records/completeness-report.ts";
import { createLibrary } from "../../src/records/library.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";

const today = "2026-11-24";
const shipped = readShipped({ demo: true });
const release = { id: "r", publishedAt: "", preparedBy: "甲", publishedBy: "乙", digest: "", records: 0 };
const reportOf = (records: readonly PublishedRecord[], area?: string, on: typeof today = today) =>
  completenessReport(createLibrary(release, records), on, area);
const report = reportOf(shipped);

it("lays a city's organs and its counties' organs together", () => {
  const city = report.areas.find(({ name }) => name === "演示市");
  const counties = report.areas.filter(({ area }) => area.startsWith("9901") && area !== city?.area);
  const inside = report.organs.filter(({ area }) => area.startsWith("9901"));
  expect(city?.organs).toBe(inside.length);
  expect(counties.length).toBeGreaterThan(3);
  expect(counties.reduce((sum, one) => sum + one.organs, 0)).toBeLessThan(inside.length);
  const met = inside.reduce((sum, one) => sum + one.met, 0);
  const applicable = inside.reduce((sum, one) => sum + one.applicable, 0);
  expect(city?.score).toBeCloseTo(met / applicable);
  expect(city?.worst).toHaveLength(3);
});

it("counts each of the 27 lines over the organs", () => {
  const lines = linesOfAll(report.organs);
  expect(lines.map(({ no }) => no)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
  const weigh = (pick: (line: (typeof lines)[number]) => number) =>
    lines.reduce((sum, line) => sum + pick(line) * line.weight, 0);
  const over = (pick: (organ: (typeof report.organs)[number]) => number) =>
    report.organs.reduce((sum, organ) => sum + pick(organ), 0);
  expect(weigh(({ met }) => met)).toBe(over(({ met }) => met));
  expect(weigh(({ applicable }) => applicable)).toBe(over(({ applicable }) => applicable));
});

it("keeps to one county when asked", () => {
  const [county] = report.areas.filter(({ name }) => name === "东演区");
  const one = reportOf(shipped, county?.area);
  expect(one.areas.map(({ name }) => name)).toEqual(["东演区"]);
  expect(one.organs.length).toBe(county?.organs);
});

it("names who owes last year's report, and since when", () => {
  const owing = report.overdue.filter(({ what }) => what.includes("年报"));
  expect(owing.map(({ name }) => name)).toContain("演示市公安局");
  expect(owing.map(({ name }) => name)).not.toContain("演示市城市管理局");
  expect(new Set(owing.map(({ due }) => due))).toEqual(new Set(["2026-01-31"]));
});

it.each([
  ["2026-11-23", true],
  ["2026-11-24", false],
] as const)("a list to be looked through by %s is past review on 2026-11-24: %s", (reviewBy, past) => {
  const changed = shipped.map((record) =>
    record.kind === "supervision" && record.entityIds.includes("ent_demo_cgj")
      ? { ...record, validity: { ...record.validity, reviewBy } }
      : record,
  );
  const due = reportOf(changed as PublishedRecord[]).overdue.filter(({ what }) => what.startsWith("复核"));
  const mine = due.filter(({ entity, due: day }) => entity === "ent_demo_cgj" && day === reviewBy);
  expect(mine.length > 0).toBe(past);
});

it.each(csvTables)("writes %s as lines of equal length", (table) => {
  const [head, ...rows] = completenessCsv(report, table).map((line) =>
    line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/),
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head?.length]));
});
