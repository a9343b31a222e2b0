/**
 * Releases as the house reads them: immutable folders `<id>/manifest.json` + `<id>/records.jsonl`, and a file
 * `current` naming the live one. Publishing replaces `current` by rename; a running process sees it at its next turn.
 * `switches.json` takes single records and topics out at once, whatever release is live.
 */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../error.ts";
import { createLibrary, type Library } from "./library.ts";
import { DayField } from "./primitives.ts";
import type { PublishedRecord } from "./schema.ts";

export const Manifest = z.object({
  id: z.string().regex(/^r\d{8}-\d{6}-[0-9a-f]{8}$/),
  publishedAt: z.iso.datetime(),
  preparedBy: z.string().min(1),
  publishedBy: z.string().min(1),
  digest: z.string().length(64),
  records: z.number().int().nonnegative(),
  note: z.string().max(500).optional(),
  /** Stamp of the shipped data, when the release holds nothing else: a newer version of the software may replace it. */
  shipped: z.string().length(64).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

const Decision = z.object({ on: DayField, reason: z.string().min(1), by: z.string().min(1) });

/** Single records and single topics taken out between releases, by record id and by intent. */
export const Switches = z.object({
  records: z.record(z.string(), Decision),
  topics: z.record(z.string(), Decision),
});
export type Switches = z.infer<typeof Switches>;

export interface Releases {
  /** The live library. @throws AppError `release_broken` when there is none or it fails its digest. */
  library(): Library;
}

/** Looks at the pointer at most this often; a switch is picked up within it. */
const LOOK_EVERY_MS = 500;

/** @param clock milliseconds, only to space out looks at the pointer. */
export function openReleases(folder: string, clock: () => number = Date.now): Releases {
  let library: Library | undefined;
  let stamp = "";
  let lookedAt = 0;
  return {
    library() {
      const now = clock();
      if (library && now - lookedAt < LOOK_EVERY_MS) return library;
      lookedAt = now;
      const seen = stampOf(folder);
      if (library && seen === stamp) return library;
      library = readRelease(folder, readCurrent(folder));
      stamp = seen;
      return library;
    },
  };
}

/** The id of the live release. */
export function readCurrent(folder: string): string {
  try {
    return readFileSync(join(folder, "current"), "utf8").trim();
  } catch (cause) {
    throw new AppError("release_broken", { say: "还没有发布任何数据。请先运行 release publish。", cause });
  }
}

/** Reads and verifies one release, switches applied. */
export function readRelease(folder: string, id: string): Library {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, id, "manifest.json"), "utf8")));
  const body = readFileSync(join(folder, id, "records.jsonl"));
  const digest = createHash("sha256").update(body).digest("hex");
  if (digest !== manifest.digest) {
    throw new AppError("release_broken", {
      say: `发布版 ${id} 的内容与登记的摘要不一致,已停止使用。`,
      detail: { id, digest },
    });
  }
  const switches = readSwitches(folder);
  const records = body
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => trusted(JSON.parse(line)));
  return createLibrary(
    manifest,
    records.map((record) => {
      const withdrawn = switches.records[record.id];
      return withdrawn ? { ...record, status: "withdrawn" as const, withdrawn } : record;
    }),
    new Map(Object.entries(switches.topics).map(([topic, decision]) => [topic, decision.reason])),
  );
}

export function readSwitches(folder: string): Switches {
  try {
    return Switches.parse(JSON.parse(readFileSync(join(folder, "switches.json"), "utf8")));
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")
      return { records: {}, topics: {} };
    throw thrown;
  }
}

/**
 * The digest was just verified against a manifest written after every record parsed, so only the tag is checked:
 * a full parse of 10^5 records would cost seconds at start.
 */
function trusted(value: unknown): PublishedRecord {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("id" in value)) {
    throw new AppError("release_broken", { detail: { value } });
  }
  return value as PublishedRecord;
}

function stampOf(folder: string): string {
  return ["current", "switches.json"]
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
    .map((stat) => (stat ? `${stat.mtimeMs}:${stat.size}:${stat.ino}` : "-"))
    .join(" ");
}
