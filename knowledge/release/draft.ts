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
  // Only what was there before the batches can be missing, and only when none of them names it.
  const named = new Set(batches.flatMap(({ records }) => records.map(keyOf)));
  const missing = new Map<string, PublishedRecord>();
  for (const batch of batches) {
    const replaces = replacedBy(batch);
    for (const [key, record] of byKey) if (!named.has(key) && replaces(record)) missing.set(key, record);
  }
  for (const record of batches.flatMap(({ records }) => records)) {
    const key = keyOf(record);
    const previous = byKey.get(key);
    byKey.set(key, previous ? { ...record, id: previous.id } : record);
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

/**
 * Whether a record is of the list that a batch is the newer issue of: the same publisher's, for the same organs,
 * and of the same sort where the batch holds one sort only. A sheet 行政处罚 says nothing of 行政许可.
 */
function replacedBy(batch: DraftBatch): (record: PublishedRecord) => boolean {
  const [first] = batch.records;
  if (!first || gathering.has(batch.kind)) return () => false;
  const owners = new Set(batch.records.flatMap(ownersOf));
  const sorts = new Set(batch.records.map(sortOf));
  return (record) => {
    if (record.kind !== batch.kind || record.dataset !== first.dataset) return false;
    if (sorts.size === 1 && !sorts.has(sortOf(record))) return false;
    const mine = ownersOf(record);
    return mine.length > 0
      ? mine.some((owner) => owners.has(owner))
      : first.source.publisher === record.source.publisher;
  };
}

/** By what an organ splits its lists of one kind. */
function sortOf(record: PublishedRecord): string {
  if ("powerType" in record) return record.powerType ?? "";
  if (record.kind === "relief") return record.reliefKind;
  return record.kind === "exemption" ? record.exemptionKind : "";
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
