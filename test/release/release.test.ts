import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { diffRecords } from "../../knowledge/release/diff.ts";
import { assembleDraft } from "../../knowledge/release/draft.ts";
import { listReleases } from "../../knowledge/release/folder.ts";
import { checkDraft, publishDraft, rollBack } from "../../knowledge/release/publish.ts";
import { publishShippedData, readShipped } from "../../knowledge/release/shipped.ts";
import { restoreRecord, switchTopicOff, withdrawRecord } from "../../knowledge/release/switches.ts";
import { openReleases, readCurrent, readRelease } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";

const today = "2026-11-24";
const at = new Date("2026-11-24T04:00:00Z");
const names = { preparedBy: "甲", publishedBy: "乙" };
const shipped = readShipped({ demo: true });
const power = shipped.find((record) => record.kind === "power");
if (power?.kind !== "power") throw new Error("the demonstration holds powers");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mz-release-"));
  publishShippedData(folder, { demo: true }, at);
});

const journalOf = (releases: string): Record<string, unknown>[] =>
  readFileSync(join(releases, "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const draftOf = (records: readonly PublishedRecord[]) => ({ records, missing: [], importers: [] });

describe("publishing", () => {
  it("publishes the shipped data once and leaves it alone while nothing changed", () => {
    const first = readCurrent(folder);
    publishShippedData(folder, { demo: true }, new Date("2026-11-25T04:00:00Z"));
    expect(readCurrent(folder)).toBe(first);
    expect(readRelease(folder, first).records()).toHaveLength(shipped.length);
  });

  it("never replaces a release that people have published", () => {
    const manifest = publishDraft(folder, draftOf(shipped), names, today, new Date("2026-11-25T00:00:00Z"));
    publishShippedData(folder, { demo: false }, at);
    expect(readCurrent(folder)).toBe(manifest.id);
  });

  it.each([
    ["甲", "甲"],
    ["甲", " 甲 "],
    ["", "乙"],
  ])("refuses %s and %s as the two people", (preparedBy, publishedBy) => {
    expect(() => publishDraft(folder, draftOf(shipped), { preparedBy, publishedBy }, today, at)).toThrow(
      /E41/,
    );
  });

  it("keeps the names without the spaces around them: manifest, journal and records alike", () => {
    const drafts = shipped.map((record) => ({ ...record, status: "draft" }) as PublishedRecord);
    const manifest = publishDraft(
      folder,
      draftOf(drafts),
      { preparedBy: " 甲", publishedBy: "乙 " },
      today,
      new Date("2026-11-25T00:00:00Z"),
    );
    expect(manifest).toMatchObject(names);
    expect(listReleases(folder)[0]).toMatchObject(names);
    expect(readRelease(folder, manifest.id).records()[0]?.source.checkedBy).toBe("乙");
    expect(journalOf(folder).at(-1)).toMatchObject({ did: "publish", ...names });
  });

  it("refuses a publisher who imported part of it", () => {
    expect(() => publishDraft(folder, { ...draftOf(shipped), importers: ["乙"] }, names, today, at)).toThrow(
      /导入过/,
    );
  });

  it.each([" 乙", "乙 "])("refuses the publisher who imported part of it as “%s”", (importer) => {
    const draft = assembleDraft([], shipped, [{ kind: "power", importedBy: importer, records: [] }]);
    expect(() => publishDraft(folder, draft, names, today, at)).toThrow(/导入过/);
  });

  it.each(["未署名", " ", ""])("refuses a draft that nobody (“%s”) says to have imported", (importer) => {
    const draft = assembleDraft([], shipped, [{ kind: "power", importedBy: importer, records: [] }]);
    expect(() => publishDraft(folder, draft, names, today, at)).toThrow(/没有署名.*--by.*重新导入/);
    expect(listReleases(folder)).toHaveLength(1);
  });

  it.each([
    ["未署名", "乙"],
    ["甲", "未署名"],
  ])("refuses %s and %s as two people with names", (preparedBy, publishedBy) => {
    expect(() => publishDraft(folder, draftOf(shipped), { preparedBy, publishedBy }, today, at)).toThrow(
      /E41/,
    );
  });

  it("leaves the live release alone when a record breaks a rule", () => {
    const live = readCurrent(folder);
    const orphan = { ...power, entityId: "ent_demo_nowhere" };
    const broken = shipped.map((record) => (record.id === power.id ? orphan : record));
    expect(() => publishDraft(folder, draftOf(broken), names, today, at)).toThrow(/检查未通过/);
    expect(readCurrent(folder)).toBe(live);
  });

  it("says beforehand of a draft what publication would say", () => {
    const silent = shipped.filter((record) => record.kind !== "supervision");
    const errors = checkDraft(silent, today).errors;
    expect(errors.length).toBeGreaterThan(0);
    const drafts = silent.map((record) => ({ ...record, status: "draft" }) as PublishedRecord);
    expect(checkDraft(drafts, today).errors).toEqual(errors);
  });

  it("refuses a release whose records were altered after publishing", () => {
    const id = readCurrent(folder);
    const file = join(folder, id, "records.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replace("演示市", "演示县"));
    expect(() => readRelease(folder, id)).toThrow(/摘要不一致/);
  });
});

describe("what changes", () => {
  it("matches by organ and code or name, whatever the ids", () => {
    const renamed: PublishedRecord = { ...power, id: "pow_demo_other", note: "改了备注" };
    const difference = diffRecords([power], [renamed], today);
    expect(difference.changed).toMatchObject([{ id: "pow_demo_other", fields: ["note"] }]);
    expect([difference.added, difference.removed]).toEqual([[], []]);
  });

  it("names what ends within thirty days", () => {
    const ending: PublishedRecord = { ...power, validity: { effectiveTo: "2026-12-01" } };
    expect(diffRecords([power], [ending], today).expiring).toHaveLength(1);
  });

  it("keeps what a new list no longer names until somebody agrees to drop it", () => {
    const others = shipped.filter(
      (record) =>
        record.kind === "power" && record.entityId === power.entityId && record.powerType === power.powerType,
    );
    expect(others.length).toBeGreaterThan(1);
    const batch = {
      id: "b1",
      kind: "power",
      importedBy: "丙",
      records: [{ ...power, status: "draft" }],
    } as const;
    const draft = assembleDraft(shipped, [], [batch]);
    expect(draft.missing).toHaveLength(others.length - 1);
    expect(draft.records).toHaveLength(shipped.length);
    expect(assembleDraft(shipped, [], [batch], { removeMissing: true }).records).toHaveLength(
      shipped.length - others.length + 1,
    );
  });
});

describe("a file that is one of many", () => {
  it.each(["annual", "decision", "policy"] as const)(
    "of kind %s leaves the others where they are",
    (kind) => {
      const all = shipped.filter((record) => record.kind === kind);
      const [one] = all;
      const batch = { id: "b1", kind, importedBy: "丙", records: [{ ...one!, status: "draft" } as const] };
      expect(all.length).toBeGreaterThan(1);
      const draft = assembleDraft(shipped, [], [batch], { removeMissing: true });
      expect(draft.missing).toEqual([]);
      expect(draft.records).toHaveLength(shipped.length);
    },
  );
});

describe("a running reader", () => {
  it("sees a rollback, a withdrawal and a topic switch without a restart", () => {
    const first = readCurrent(folder);
    let clock = 0;
    const releases = openReleases(folder, { clock: () => clock });
    const look = () => {
      clock += 10_000;
      return releases.library();
    };
    const second = publishDraft(folder, draftOf(shipped), names, today, new Date("2026-11-26T00:00:00Z"));
    expect(look().release.id).toBe(second.id);
    rollBack(folder, first, { by: "甲", approvedBy: "乙", reason: "新版有误" }, at);
    expect(look().release.id).toBe(first);
    const decision = { by: "甲", reason: "有误", on: today } as const;
    withdrawRecord(folder, power.id, decision, at);
    switchTopicOff(folder, "relief", decision, at);
    expect(
      look()
        .current("power", today)
        .some((record) => record.id === power.id),
    ).toBe(false);
    expect(look().topicsOff.get("relief")).toBe("有误");
    restoreRecord(folder, power.id, decision, at);
    expect(
      look()
        .current("power", today)
        .some((record) => record.id === power.id),
    ).toBe(true);
    expect(listReleases(folder).filter((release) => release.live)).toHaveLength(1);
  });

  it.each([
    ["甲", "甲 "],
    ["甲", ""],
  ])("is not moved back by %s and “%s”, called by what they are", (by, approvedBy) => {
    const live = readCurrent(folder);
    expect(() => rollBack(folder, live, { by, approvedBy, reason: "新版有误" }, at)).toThrow(
      /E41.*经办人与批准人不能是同一人/,
    );
  });

  it.each([
    ["", "有误"],
    ["未署名", "有误"],
    ["甲", " "],
  ])("takes nothing out for %s because of “%s”", (by, reason) => {
    expect(() => withdrawRecord(folder, power.id, { by, reason, on: today }, at)).toThrow(/经办人和理由/);
  });
});
