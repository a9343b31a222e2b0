/** From the city's lists to the records people are answered from: import by one, check, release by another. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayOf } from "../../../src/law/day.ts";
import { readRelease } from "../../../src/records/releases.ts";
import type { PublishedRecord } from "../../../src/records/schema.ts";
import { type ImportResult, importFile } from "../../import/index.ts";
import type { KnownOrgan } from "../../import/organs.ts";
import { assembleDraft, type DraftBatch } from "../../release/draft.ts";
import { publishDraft } from "../../release/publish.ts";
import { readManifest } from "./manifest.ts";
import { entityId, organs } from "./places.ts";

/** The two of the fictional city, and the moment they did it: fixed, so that the same lists give the same records. */
const IMPORTER = "演示录入员甲";
const PUBLISHER = "演示复核员乙";
const AT = new Date("2026-09-01T02:00:00Z");

export interface Released {
  readonly records: readonly PublishedRecord[];
  readonly results: readonly ImportResult[];
}

/**
 * Numbers the city's organs already bear (`ent_demo_cgj`). A list that names a known organ keeps its number, as in any
 * city whose organs are published; all else about them, and every other number, comes from the lists.
 */
const REGISTER: readonly KnownOrgan[] = organs.map(({ key, name, level }) => ({
  id: entityId(key),
  name,
  level,
  aliases: [],
}));

/** @throws AppError `release_broken` when a cross-record rule fails. Opens and removes a temporary folder. */
export async function releaseLists(folder: string): Promise<Released> {
  const results: ImportResult[] = [];
  const batches: DraftBatch[] = [];
  const drafted: PublishedRecord[] = [];
  for (const { file, kind, entity, title, publisher, publishedOn } of readManifest(folder)) {
    const known = drafted.flatMap((record) => (record.kind === "entity" ? [record] : []));
    const result = await importFile({
      file: join(folder, file),
      kind,
      known: known.length > 0 ? known : REGISTER,
      powers: drafted.flatMap((record) => (record.kind === "power" ? [record] : [])),
      dataset: "demo",
      title,
      publisher,
      publishedOn,
      by: IMPORTER,
      at: AT,
      ...(entity ? { entity } : {}),
    });
    results.push(result);
    batches.push({ kind, importedBy: IMPORTER, records: result.records });
    drafted.push(...result.records);
  }
  return { records: release(batches), results };
}

function release(batches: readonly DraftBatch[]): readonly PublishedRecord[] {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-demo-"));
  try {
    const draft = assembleDraft([], [], batches);
    const names = { preparedBy: IMPORTER, publishedBy: PUBLISHER };
    const { id } = publishDraft(folder, draft, names, dayOf(AT), AT);
    return readRelease(folder, id).records();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
