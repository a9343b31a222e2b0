/** Where imports leave their drafts: `<data folder>/drafts/<batch>.jsonl` beside `<batch>.json`. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "../../src/durable-file.ts";
import { PublishedRecord } from "../../src/records/schema.ts";
import { isSigned } from "../signature.ts";

/** One import: which file, read how, by whom, with what result. */
export const ImportBatch = z.object({
  id: z.string(),
  file: z.string(),
  sha256: z.string().length(64),
  kind: z.string(),
  sheet: z.string(),
  mapping: z.record(z.string(), z.string()),
  /** The saved mapping it was read by, which a second person confirms; none for a file without columns. */
  mappingId: z.string().optional(),
  dropped: z.array(z.string()),
  counts: z.object({ rows: z.number(), accepted: z.number(), warned: z.number(), quarantined: z.number() }),
  by: z.string(),
  at: z.iso.datetime(),
});
export type ImportBatch = z.infer<typeof ImportBatch>;

/**
 * Writes drafts, batch and the original file; the batch appears last, so a half-written import is never read.
 * A signed import takes the place of an unsigned one of the same file and sheet, which nobody could publish.
 */
export function writeDrafts(
  dataFolder: string,
  batch: ImportBatch,
  records: readonly PublishedRecord[],
  original: string,
): void {
  const folder = join(dataFolder, "drafts");
  const originals = join(dataFolder, "originals");
  mkdirSync(folder, { recursive: true });
  mkdirSync(originals, { recursive: true });
  const kept = join(originals, batch.sha256);
  if (!existsSync(kept)) copyFileSync(original, kept);
  replaceFile(
    join(folder, `${batch.id}.jsonl`),
    records.map((record) => `${JSON.stringify(record)}\n`).join(""),
  );
  replaceFile(join(folder, `${batch.id}.json`), `${JSON.stringify(batch, null, 2)}\n`);
  if (!isSigned(batch.by)) return;
  const replaced = readBatches(dataFolder).filter(
    ({ by, kind, sheet, file, sha256 }) =>
      !isSigned(by) &&
      kind === batch.kind &&
      sheet === batch.sheet &&
      (file === batch.file || sha256 === batch.sha256),
  );
  putAside(dataFolder, "replaced", replaced);
}

/** Every batch, oldest first. */
export function readBatches(dataFolder: string): ImportBatch[] {
  const folder = join(dataFolder, "drafts");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ImportBatch.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))))
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** The records one import left. */
export function readDrafts(dataFolder: string, batch: ImportBatch): PublishedRecord[] {
  return readFileSync(join(dataFolder, "drafts", `${batch.id}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => PublishedRecord.parse(JSON.parse(line)));
}

/** Puts batches that a release has taken in aside, so that no later release lays them over newer records again. */
export function settleBatches(dataFolder: string, batches: readonly ImportBatch[]): void {
  putAside(dataFolder, "published", batches);
}

/** Puts one batch aside that nobody wants to publish; it can still be read there. */
export function discardBatch(dataFolder: string, batch: ImportBatch): void {
  putAside(dataFolder, "discarded", [batch]);
}

/** Whether a release has taken this batch in. */
export function isSettled(dataFolder: string, id: string): boolean {
  const folder = join(dataFolder, "drafts", "published");
  return existsSync(folder) && readdirSync(folder).includes(`${id}.json`);
}

function putAside(
  dataFolder: string,
  where: "published" | "replaced" | "discarded",
  batches: readonly ImportBatch[],
): void {
  const aside = join(dataFolder, "drafts", where);
  mkdirSync(aside, { recursive: true });
  for (const { id } of batches) {
    for (const name of [`${id}.json`, `${id}.jsonl`])
      renameSync(join(dataFolder, "drafts", name), join(aside, name));
  }
}

/** `20261124T061500-1a2b3c4d`. */
export function batchId(at: Date, sha256: string): string {
  const stamp = at.toISOString().replace(/[-:]/g, "").slice(0, 15);
  return `${stamp}-${createHash("sha256").update(`${sha256}${at.getTime()}`).digest("hex").slice(0, 8)}`;
}
