/** Writes releases: an immutable folder each, and the `current` pointer, both by temporary name and rename. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, writeDurably } from "../../src/durable-file.ts";
import { AppError } from "../../src/error.ts";
import { Manifest, readCurrent } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";

export interface Names {
  readonly preparedBy: string;
  readonly publishedBy: string;
  readonly note?: string;
  /** Stamp of the shipped data, when the release is nothing else. */
  readonly shipped?: string;
}

/** Writes one release and returns its manifest; it is not live until `setCurrent`. */
export function writeRelease(
  folder: string,
  records: readonly PublishedRecord[],
  names: Names,
  at: Date,
): Manifest {
  const body = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const digest = createHash("sha256").update(body).digest("hex");
  const stamp = at.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const manifest: Manifest = {
    id: `r${stamp}-${digest.slice(0, 8)}`,
    publishedAt: at.toISOString(),
    preparedBy: names.preparedBy,
    publishedBy: names.publishedBy,
    digest,
    records: records.length,
    ...(names.note ? { note: names.note } : {}),
    ...(names.shipped ? { shipped: names.shipped } : {}),
  };
  const final = join(folder, manifest.id);
  if (existsSync(final)) return readManifest(folder, manifest.id);
  const temporary = join(folder, `.${manifest.id}-${randomBytes(4).toString("hex")}`);
  mkdirSync(temporary, { recursive: true });
  writeDurably(join(temporary, "records.jsonl"), body);
  writeDurably(join(temporary, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(temporary, final);
  return manifest;
}

/** Makes a written release the live one. */
export function setCurrent(folder: string, id: string): void {
  readManifest(folder, id);
  replaceFile(join(folder, "current"), `${id}\n`);
}

/** @throws AppError `not_found` naming the releases there are. */
export function readManifest(folder: string, id: string): Manifest {
  const file = join(folder, id, "manifest.json");
  if (!existsSync(file)) {
    const known = listReleases(folder).map((release) => release.id);
    throw new AppError("not_found", { say: `没有发布版“${id}”。现有:${known.join("、") || "无"}。` });
  }
  return Manifest.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** Newest first; `live` marks the one being answered from. */
export function listReleases(folder: string): readonly (Manifest & { readonly live: boolean })[] {
  if (!existsSync(folder)) return [];
  const live = existsSync(join(folder, "current")) ? readCurrent(folder) : undefined;
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "manifest.json")) && !name.startsWith("."))
    .map((name) => Manifest.parse(JSON.parse(readFileSync(join(folder, name, "manifest.json"), "utf8"))))
    .map((manifest) => ({ ...manifest, live: manifest.id === live }))
    .sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
}
