/** A city that has published nothing: its lists are imported by one person, released by another, and answered from. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../knowledge/generate/demo/manifest.ts";
import {
  batchId,
  readBatches,
  readDrafts,
  settleBatches,
  writeDrafts,
} from "../../knowledge/import/drafts.ts";
import { importFile } from "../../knowledge/import/index.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { assembleDraft, type Draft } from "../../knowledge/release/draft.ts";
import { publishDraft } from "../../knowledge/release/publish.ts";
import { publishShippedData, readShipped } from "../../knowledge/release/shipped.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import type { Reply } from "../../src/reply.ts";

const lists = fileURLToPath(new URL("../../knowledge/data/demo/files/", import.meta.url));
/** The lists are imported and released on the day the demonstration's own were; questions come later. */
const DONE = new Date("2026-09-01T02:00:00Z");
const NOW = new Date("2026-11-24T02:00:00Z");

const opened: { folder: string; app?: App }[] = [];
afterAll(async () => {
  for (const { folder, app } of opened) {
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A data folder in which only what comes with the software is published. */
function freshHouse(demo: boolean) {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-lists-"));
  const releases = join(folder, "releases");
  publishShippedData(releases, { demo }, DONE);
  const house: { folder: string; app?: App } = { folder };
  opened.push(house);
  const open = async () => {
    const settings = { MINGZHI_DATA: folder, LOG_LEVEL: "silent", DEMO_DATA: demo ? "1" : "0" };
    house.app = await createApp(readConfig(settings), loadMaterials(folder), { now: () => NOW });
    return house.app;
  };
  return { folder, releases, open };
}

const liveOf = (releases: string) => readRelease(releases, readCurrent(releases)).records();

async function ask(app: App, lines: readonly string[], conversation: string): Promise<Reply> {
  let reply: Reply | undefined;
  for (const [index, text] of lines.entries()) {
    const turn = {
      id: `${conversation}${index}`,
      door: "api",
      conversation,
      person: "p",
      role: "citizen",
    } as const;
    reply = await app.assistant.reply({ ...turn, text, files: [], at: NOW });
  }
  return reply!;
}

/** All of a reply but the numbers of the records and of the release it comes from. */
const said = ({ outcome, intent, blocks, labels, citations }: Reply) => ({
  outcome,
  intent,
  blocks,
  labels,
  citations: citations.map(({ record: _, ...citation }) => citation),
});

describe("lists of a city nobody has published yet", () => {
  const city = freshHouse(false);
  const draft = (): Draft =>
    assembleDraft(
      liveOf(city.releases),
      readShipped({ demo: false }),
      readBatches(city.folder).map((batch) => ({
        kind: batch.kind,
        importedBy: batch.by,
        records: readDrafts(city.folder, batch),
      })),
    );
  let imported: App;
  let shipped: App;

  beforeAll(async () => {
    const known: PublishedRecord[] = [...liveOf(city.releases)];
    for (const [index, { file, kind, entity, title, publisher, publishedOn }] of readManifest(
      lists,
    ).entries()) {
      const at = new Date(DONE.getTime() + index * 1000);
      const result = await importFile({
        file: join(lists, file),
        kind,
        known: known.flatMap((record) => (record.kind === "entity" ? [record] : [])),
        powers: known.flatMap((record) => (record.kind === "power" ? [record] : [])),
        dataset: "demo",
        title,
        publisher,
        publishedOn,
        by: "录入员",
        at,
        ...(entity ? { entity } : {}),
      });
      known.push(...result.records);
      const { sha256, sheet, mapping, dropped, counts, records } = result;
      const batch = { id: batchId(at, sha256), file: result.file, sha256, kind, sheet, mapping, counts };
      writeDrafts(
        city.folder,
        { ...batch, dropped: [...dropped], by: "录入员", at: at.toISOString() },
        records,
        join(lists, file),
      );
      expect(counts, file).toMatchObject({ quarantined: 0 });
    }
  }, 120_000);

  it("wait as drafts and answer nothing", () => {
    expect(readBatches(city.folder)).toHaveLength(readManifest(lists).length);
    expect(liveOf(city.releases).some((record) => record.dataset === "demo")).toBe(false);
  });

  it.each([
    ["录入员", "录入员"],
    ["科长", "录入员"],
  ])(
    "are not published by who imported them (prepared by %s, published by %s)",
    (preparedBy, publishedBy) => {
      const before = readCurrent(city.releases);
      expect(() =>
        publishDraft(city.releases, draft(), { preparedBy, publishedBy }, "2026-09-01", DONE),
      ).toThrow(/E41/);
      expect(readCurrent(city.releases)).toBe(before);
    },
  );

  it("are published by another, whole, with both names on every record", () => {
    const names = { preparedBy: "录入员", publishedBy: "审核员" };
    publishDraft(city.releases, draft(), names, "2026-09-01", DONE);
    settleBatches(city.folder, readBatches(city.folder));
    const records = liveOf(city.releases).filter((record) => record.dataset === "demo");
    expect(records).toHaveLength(
      readShipped({ demo: true }).filter(({ dataset }) => dataset === "demo").length,
    );
    for (const { id, status, source } of records)
      expect({ status, source }, id).toMatchObject({
        status: "published",
        source: { importedBy: "录入员", checkedBy: "审核员" },
      });
    expect(readBatches(city.folder)).toEqual([]);
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      "who hears the appeal and by when",
      ["不服演示市城市管理局的罚款决定找谁复议", "11月10号收到的"],
      /演示市人民政府/,
    ],
    ["whether an officer is real", ["执法证号99010000013是真的吗"], /过期/],
    ["what a fine comes to in a county", ["东演区占道摆摊罚多少"], /50/],
    ["what an auxiliary may do", ["证号演辅00011是执法人员吗"], /辅助/],
    ["who watches the officers", ["南演县执法监督电话是多少"], /0000-/],
  ])("answer %s as the shipped city does", async (name, lines, words) => {
    imported ??= await city.open();
    shipped ??= await freshHouse(true).open();
    const reply = await ask(imported, lines, name);
    expect(JSON.stringify(reply.blocks)).toMatch(words);
    expect(reply.labels).toContain("演示数据");
    expect(said(reply)).toEqual(said(await ask(shipped, lines, name)));
  });
});
