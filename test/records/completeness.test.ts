import { describe, expect, it } from "vitest";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { completeness, completenessOfAll } from "../../src/records/completeness.ts";
import { createLibrary } from "../../src/records/library.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";

const today = "2026-11-24";
const shipped = readShipped({ demo: true });
const release = { id: "r", publishedAt: "", preparedBy: "甲", publishedBy: "乙", digest: "", records: 0 };
const libraryOf = (records: readonly PublishedRecord[]) => createLibrary(release, records);
const library = libraryOf(shipped);
const organ = library.entity("ent_demo_cgj");

/** One line's state after the records were changed. */
function lineAfter(no: number, keep: (record: PublishedRecord) => boolean) {
  return completeness(libraryOf(shipped.filter(keep)), organ, today).lines[no - 1];
}

describe("completeness", () => {
  it("weighs 27 lines and scores what is met of what applies", () => {
    const result = completeness(library, organ, today);
    expect(result.lines).toHaveLength(27);
    expect(result.applicable).toBeLessThanOrEqual(34);
    expect(result.score).toBeCloseTo(result.met / result.applicable);
    expect(result.worst.length).toBeLessThanOrEqual(3);
  });

  it.each([
    [4, "officer", "执法人员"],
    [15, "relief", "救济渠道"],
    [16, "supervision", "监督方式"],
    [19, "av-record", "音像记录事项清单"],
    [12, "inspection", "随机抽查事项清单"],
  ] as const)("line %i fails when the organ has published no %s", (no, kind, item) => {
    expect(completeness(library, organ, today).lines[no - 1]).toMatchObject({ item, met: true });
    expect(lineAfter(no, (record) => record.kind !== kind)).toMatchObject({ item, met: false });
  });

  it("counts nothing that is only a draft", () => {
    const drafts = shipped.map((record) =>
      record.kind === "officer" ? { ...record, status: "draft" as const } : record,
    );
    expect(completeness(libraryOf(drafts), organ, today).lines[3]?.met).toBe(false);
  });

  it("asks nothing of an organ for powers it does not hold", () => {
    const none = completeness(libraryOf(shipped.filter((record) => record.kind !== "power")), organ, today);
    expect(none.lines[13]?.met).toBeUndefined();
  });

  it("names the worst organs first, only those that enforce", () => {
    const all = completenessOfAll(library, today, "990100");
    expect(all.length).toBeGreaterThan(20);
    expect(all.map((one) => one.score)).toEqual(all.map((one) => one.score).sort((a, b) => a - b));
    expect(all.every((one) => library.entity(one.entity).enforces)).toBe(true);
  });
});
