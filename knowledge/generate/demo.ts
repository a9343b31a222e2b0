/**
 * The fictional city 演示市, whole: the lists its offices publish and a manifest of them; then the records, which are
 * what the importer makes of those lists and two people release. Run `npx tsx knowledge/generate/demo.ts` after
 * editing the tables in `demo/`.
 */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRecords } from "../data.ts";
import { benchmarkLists } from "./demo/benchmarks.ts";
import { catalogueLists } from "./demo/catalogues.ts";
import { channelLists } from "./demo/channels.ts";
import { fileBytes } from "./demo/files.ts";
import type { ManifestLine } from "./demo/manifest.ts";
import { officerLists } from "./demo/officers.ts";
import { organLists } from "./demo/organs.ts";
import { powerLists } from "./demo/powers.ts";
import { procedureLists } from "./demo/procedures.ts";
import { seeded } from "./demo/random.ts";
import { releaseLists } from "./demo/release.ts";
import { resultLists } from "./demo/results.ts";

const SEED = 20_260_101;

export interface Demo {
  readonly files: ReadonlyMap<string, Buffer>;
  /** In the order of import: a list comes after those whose organs and powers it names. */
  readonly manifest: readonly ManifestLine[];
}

/** Every list of the city. Pure: the same tables give the same bytes. */
export function generateDemo(): Demo {
  const lists = [
    ...organLists(),
    ...procedureLists(),
    ...channelLists(),
    ...powerLists(),
    ...benchmarkLists(),
    ...officerLists(seeded(SEED)),
    ...catalogueLists(seeded(SEED + 1)),
    ...resultLists(seeded(SEED + 2)),
  ];
  const files = new Map<string, Buffer>();
  const manifest = lists.map((list): ManifestLine => {
    const bytes = fileBytes(list);
    if (files.has(list.path)) throw new RangeError(`two lists at ${list.path}`);
    files.set(list.path, bytes);
    const { path: file, kind, entity, title, publisher, publishedOn } = list;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return {
      file,
      kind,
      ...(entity && { entity }),
      title,
      publisher,
      publishedOn,
      sha256,
      rows: list.rows.length,
    };
  });
  return { files, manifest };
}

/** Writes files, manifest and the released records under `folder`, replacing what was there. */
export async function writeDemo(folder: string, demo: Demo): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of demo.files) {
    const target = join(folder, "files", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  writeFileSync(join(folder, "files", "manifest.json"), `${JSON.stringify(demo.manifest, null, 1)}\n`);
  writeRecords(folder, (await releaseLists(join(folder, "files"))).records);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeDemo(fileURLToPath(new URL("../data/demo", import.meta.url)), generateDemo());
}
