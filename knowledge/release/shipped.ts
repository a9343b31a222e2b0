/** What comes with the software: national facts, what is public of 运城市, and the fictional city. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCurrent } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { readDataset } from "../data.ts";
import { readManifest, setCurrent, writeRelease } from "./folder.ts";

const dataFolder = fileURLToPath(new URL("../data", import.meta.url));

/** The two who stand for the shipped data: whoever prepared it is not who checked it. */
const shippedNames = { preparedBy: "软件随附数据·整理", publishedBy: "软件随附数据·核对" } as const;

/** Every data set that ships, in a fixed order. */
export function readShipped(options: { readonly demo: boolean }): PublishedRecord[] {
  return datasetFolders(options.demo).flatMap((name) => readDataset(join(dataFolder, name)));
}

/**
 * On a fresh machine, publishes the shipped data so that there is something to answer from. Where the live release is
 * still nothing but shipped data and the software now ships other data, it is replaced; a city's own release never is.
 */
export function publishShippedData(
  folder: string,
  options: { readonly demo: boolean },
  at = new Date(),
): void {
  mkdirSync(folder, { recursive: true });
  const shipped = stampShipped(options.demo);
  if (existsSync(join(folder, "current"))) {
    const live = readManifest(folder, readCurrent(folder));
    if (live.shipped === undefined || live.shipped === shipped) return;
  }
  const manifest = writeRelease(folder, readShipped(options), { ...shippedNames, shipped }, at);
  setCurrent(folder, manifest.id);
}

function datasetFolders(demo: boolean): readonly string[] {
  return readdirSync(dataFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "calendar" && (demo || entry.name !== "demo"))
    .map((entry) => entry.name)
    .sort();
}

/** Digest of the shipped files as they lie on disk: cheap to compare at every start. */
function stampShipped(demo: boolean): string {
  const hash = createHash("sha256");
  for (const name of datasetFolders(demo)) {
    for (const file of readdirSync(join(dataFolder, name)).sort()) {
      if (file.endsWith(".jsonl"))
        hash.update(`${name}/${file}\n`).update(readFileSync(join(dataFolder, name, file)));
    }
  }
  return hash.digest("hex");
}
