/**
 * The fictional city 演示市, whole: the lists its offices publish, a manifest of them, and the records
 * those lists hold. Run `npx tsx knowledge/generate/demo.ts` after editing the tables in `demo/`.
 */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join as joinPath } from "node:path";
import { fileURLToPath } from "node:url";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { writeRecords } from "../data.ts";
import { benchmarkDraft } from "./demo/benchmarks.ts";
import { catalogueDraft } from "./demo/catalogues.ts";
import { channelDraft } from "./demo/channels.ts";
import { join } from "./demo/draft.ts";
import { fileBytes } from "./demo/files.ts";
import { officerDraft } from "./demo/officers.ts";
import { organDraft } from "./demo/organs.ts";
import { powerDraft } from "./demo/powers.ts";
import { procedureDraft } from "./demo/procedures.ts";
import { seeded } from "./demo/random.ts";
import { resultDraft } from "./demo/results.ts";

const SEED = 20_260_101;

/** One line of `files/manifest.json`: what an importer must be told about a file. */
export interface ManifestLine {
  readonly file: string;
  readonly kind: string;
  readonly entityId?: string;
  readonly title: string;
  readonly publisher: string;
  readonly publishedOn: string;
  readonly sha256: string;
  readonly rows: number;
}

export interface Demo {
  readonly records: readonly PublishedRecord[];
  readonly files: ReadonlyMap<string, Buffer>;
  readonly manifest: readonly ManifestLine[];
}

/** The whole city. Pure: the same tables give the same bytes. */
export function generateDemo(): Demo {
  const { records, lists } = join(
    organDraft(),
    powerDraft(),
    procedureDraft(),
    benchmarkDraft(),
    channelDraft(),
    officerDraft(seeded(SEED)),
    catalogueDraft(seeded(SEED + 1)),
    resultDraft(seeded(SEED + 2)),
  );
  const files = new Map<string, Buffer>();
  const manifest = lists.map((list): ManifestLine => {
    const bytes = fileBytes(list);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (files.has(list.path)) throw new RangeError(`two lists at ${list.path}`);
    files.set(list.path, bytes);
    for (const source of list.sources) source.sha256 = sha256;
    const { path: file, kind, entityId, title, publisher, publishedOn } = list;
    return { file, kind, entityId, title, publisher, publishedOn, sha256, rows: list.rows.length };
  });
  return { records, files, manifest };
}

/** Writes records, files and manifest under `folder`, replacing what was there. */
export function writeDemo(folder: string, demo: Demo): void {
  rmSync(folder, { recursive: true, force: true });
  writeRecords(folder, demo.records);
  for (const [path, bytes] of demo.files) {
    const target = joinPath(folder, "files", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  writeFileSync(joinPath(folder, "files", "manifest.json"), `${JSON.stringify(demo.manifest, null, 1)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeDemo(fileURLToPath(new URL("../data/demo", import.meta.url)), generateDemo());
}
