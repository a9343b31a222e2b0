/**
 * Releases as the house reads them: immutable folders `<id>/manifest.json` + `<id>/records.jsonl`, and a file
 * `current` naming the live one. Publishing replaces `current` by rename; a running process takes it up once it is ready.
 * `switches.json` takes single records and topics out at once, whatever release is live.
 */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
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

export interface Following {
  /** Milliseconds, only to space out looks at the pointer. */
  readonly clock?: () => number;
  /**
   * Readies what is made of a release. With it a newer release is read and readied beside the turns, and the one
   * before answers until then; without it a newer one is read at once. Switches always count at once.
   */
  readonly prepare?: (library: Library) => Promise<void>;
  /** Told of a newer release that cannot be taken up; the one before goes on answering. */
  readonly onFailure?: (failure: unknown) => void;
}

export function openReleases(folder: string, following: Following = {}): Releases {
  const { clock = Date.now, prepare, onFailure } = following;
  let published: Library | undefined;
  let library: Library | undefined;
  let coming: string | undefined; // the release being readied
  let refused: string | undefined; // one that cannot be taken up: not tried again while the pointer stays
  let stamp = "";
  let lookedAt = 0;

  async function takeUp(id: string, ready: (library: Library) => Promise<void>): Promise<void> {
    coming = id;
    try {
      const next = await readReleaseBeside(folder, id);
      await ready(next);
      // Switches may have moved meanwhile, and so may the pointer: both are looked at again.
      if (readCurrent(folder) === id) published = next;
      refused = undefined;
    } catch (failure) {
      refused = id;
      onFailure?.(failure);
    }
    coming = undefined;
    stamp = "";
  }

  return {
    library() {
      const now = clock();
      if (library && now - lookedAt < LOOK_EVERY_MS) return library;
      lookedAt = now;
      const seen = stampOf(folder);
      if (library && seen === stamp) return library;
      const id = readCurrent(folder);
      if (id === published?.release.id) refused = undefined;
      else if (!published || !prepare) published = readPublished(folder, id);
      else if (coming === undefined && id !== refused) void takeUp(id, prepare);
      library = withSwitches(published, readSwitches(folder));
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
  return withSwitches(readPublished(folder, id), readSwitches(folder));
}

function readPublished(folder: string, id: string): Library {
  const reading = readingOf(folder, id, readFileSync(join(folder, id, "records.jsonl")));
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** Longest it keeps anything else waiting, ms, but for the records' index at the end (3 µs a record). */
const SLICE_MS = 10;

/** The same a little at a time, between the turns. */
async function readReleaseBeside(folder: string, id: string): Promise<Library> {
  const reading = readingOf(folder, id, await readFile(join(folder, id, "records.jsonl")));
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const step = reading.next();
      if (step.done) return step.value;
    }
    await setImmediate();
  }
}

const RECORDS_A_STEP = 20;

function* readingOf(folder: string, id: string, body: Buffer): Generator<undefined, Library> {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, id, "manifest.json"), "utf8")));
  const digest = createHash("sha256").update(body).digest("hex");
  if (digest !== manifest.digest) {
    throw new AppError("release_broken", {
      say: `发布版 ${id} 的内容与登记的摘要不一致,已停止使用。`,
      detail: { id, digest },
    });
  }
  yield;
  const records: PublishedRecord[] = [];
  for (let from = 0; from < body.length; ) {
    const found = body.indexOf("\n", from);
    const end = found < 0 ? body.length : found;
    if (end > from) records.push(trusted(JSON.parse(body.toString("utf8", from, end))));
    from = end + 1;
    if (records.length % RECORDS_A_STEP === 0) yield;
  }
  yield;
  return createLibrary(manifest, records);
}

/** What was switched off since the release was published. */
function withSwitches(published: Library, { records, topics }: Switches): Library {
  if (Object.keys(records).length === 0 && Object.keys(topics).length === 0) return published;
  return createLibrary(
    published.release,
    published.records().map((record) => {
      const withdrawn = records[record.id];
      return withdrawn ? { ...record, status: "withdrawn" as const, withdrawn } : record;
    }),
    new Map(Object.entries(topics).map(([topic, decision]) => [topic, decision.reason])),
    published,
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
