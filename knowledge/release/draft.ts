/**
 * The set of records that would be published next: what is live, with the shipped national facts at their newest,
 * and every imported list laid over it. Nothing is dropped silently: what a re-import no longer names stays
 * until somebody says that it may go.
 */
import type { PublishedRecord } from "../../src/records/schema.ts";
import { keyOf } from "./diff.ts";

/** One imported list, as the importer left it. */
export interface DraftBatch {
  readonly kind: string;
  readonly importedBy: string;
  readonly records: readonly PublishedRecord[];
}

export interface Draft {
  readonly records: readonly PublishedRecord[];
  /** Live records of the same organs and kind that the newest list of that source no longer names. */
  readonly missing: readonly PublishedRecord[];
  /** Who imported any of it; none of them may publish it. */
  readonly importers: readonly string[];
}

export function assembleDraft(
  live: readonly PublishedRecord[],
  shipped: readonly PublishedRecord[],
  batches: readonly DraftBatch[],
  options: { readonly removeMissing?: boolean } = {},
): Draft {
  const byKey = new Map(live.map((record) => [keyOf(record), record]));
  for (const record of shipped) byKey.set(keyOf(record), record);
  const missing = new Map<string, PublishedRecord>();
  for (const batch of batches) {
    const named = new Set(batch.records.map(keyOf));
    for (const [key, record] of byKey) {
      if (record.kind === batch.kind && !named.has(key) && sameSource(record, batch))
        missing.set(key, record);
    }
    for (const record of batch.records) {
      const key = keyOf(record);
      const previous = byKey.get(key);
      byKey.set(key, previous ? { ...record, id: previous.id } : record);
      missing.delete(key);
    }
  }
  if (options.removeMissing) for (const key of missing.keys()) byKey.delete(key);
  return {
    records: [...byKey.values()],
    missing: [...missing.values()],
    importers: [...new Set(batches.map((batch) => batch.importedBy))],
  };
}

/** One file of these is one text, one year or one month of many: it says nothing of the others. */
const gathering: ReadonlySet<string> = new Set(["statute", "policy", "annual", "decision"]);

/** A list replaces the earlier list of the same publisher for the same organs, never another organ's. */
function sameSource(record: PublishedRecord, batch: DraftBatch): boolean {
  if (gathering.has(batch.kind)) return false;
  const owners = new Set(batch.records.flatMap(ownersOf));
  const mine = ownersOf(record);
  const first = batch.records[0];
  if (first?.dataset !== record.dataset) return false;
  return mine.length > 0
    ? mine.some((owner) => owners.has(owner))
    : first.source.publisher === record.source.publisher;
}

function ownersOf(record: PublishedRecord): readonly string[] {
  if ("entityIds" in record) return record.entityIds;
  return "entityId" in record && record.entityId ? [record.entityId] : [];
}

/** A record as it would stand after publication, so that a check says beforehand what publication would say. */
export function asPublished(record: PublishedRecord): PublishedRecord {
  if (record.status !== "draft" && record.status !== "checked") return record;
  const source = { ...record.source, importedBy: record.source.importedBy ?? "导入人", checkedBy: "待复核" };
  return { ...record, status: "published", source };
}
