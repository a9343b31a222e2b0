/**
 * Indexes kept on disk. One is read back while its texts, its model and the code that makes it are the same; else it is
 * made anew: at once where nobody waits yet, in a thread of its own while people are being answered.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { replaceFile } from "../../durable-file.ts";
import type { Log } from "../../log.ts";
import { build, type Job } from "./build.ts";

/** Reads an index from its bytes. @throws when they are not one: a file gone bad is made anew. */
export type Open<T> = (bytes: Buffer) => T;

export interface Indexes {
  /** Keeps the caller waiting: some seconds for a whole release, unless it is on disk. */
  now<T>(job: Job, open: Open<T>): T;
  /** The same in a thread beside; here it takes some hundredths of a second in all. */
  soon<T>(job: Job, open: Open<T>): Promise<T>;
}

/** A release and those before it to go back to, of each kind. */
const KEPT = 4;

/** @param folder where they are kept; without one nothing is. */
export function openIndexes(folder: string | undefined, log: Log): Indexes {
  const notKept = (reason: unknown) => log.warn({ reason: String(reason) }, "index not kept");

  /** Makes room for one more file. */
  function fileOf(job: Job): string | undefined {
    if (!folder) return undefined;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const older = readdirSync(folder)
        .filter((name) => name.startsWith(`${job.kind}-`))
        .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
        .sort((a, b) => b.at - a.at)
        .slice(KEPT - 1);
      for (const { name } of older) rmSync(join(folder, name), { force: true });
      return nameOf(folder, job);
    } catch (failure) {
      notKept(failure);
      return undefined;
    }
  }

  return {
    now(job, open) {
      const kept = folder && orNothing(() => open(readFileSync(nameOf(folder, job))));
      if (kept) return kept;
      const bytes = build(job);
      const file = fileOf(job);
      try {
        if (file) replaceFile(file, bytes);
      } catch (failure) {
        notKept(failure);
      }
      return open(bytes);
    },
    async soon(job, open) {
      const read = folder && (await readFile(nameOf(folder, job)).catch(() => undefined));
      const kept = read && orNothing(() => open(read));
      if (kept) return kept;
      const { bytes, failure } = await inThread(job, fileOf(job));
      if (failure) notKept(failure);
      return open(bytes);
    },
  };
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

interface Built {
  readonly bytes: Buffer;
  /** Why it could not be kept. */
  readonly failure: string | undefined;
}

function inThread(job: Job, file: string | undefined): Promise<Built> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./worker.mjs", import.meta.url), {
      workerData: { job, file },
      execArgv: [],
    });
    thread
      .on("message", ({ bytes, failure }: { bytes: Uint8Array<ArrayBuffer>; failure?: string }) =>
        resolve({ bytes: Buffer.from(bytes.buffer), failure }),
      )
      .on("error", reject)
      .on("exit", (code) => reject(new Error(`the index thread ended with ${code}`)));
  });
}

/** Its name says all it was made of. */
function nameOf(folder: string, job: Job): string {
  const hash = createHash("sha256").update(makers());
  if (job.vectors) {
    // Training moves every weight: the rows themselves need not be read.
    for (const part of [job.vectors.keys, job.vectors.question, job.vectors.passage]) hash.update(part);
  }
  const add = (parts: readonly (string | undefined)[]) => hash.update(`${parts.join("\n")}\0`);
  if (job.kind === "asks") for (const { text, asks } of job.units) add([text, ...asks]);
  else
    for (const { title, heading, text, variants = [] } of job.passages)
      add([title, heading, text, ...variants]);
  return join(folder, `${job.kind}-${hash.digest("hex").slice(0, 32)}.idx`);
}

let makersDigest: string | undefined;

/** A digest of the sources that make indexes, and of the words they cut by: there is no version to forget. */
function makers(): string {
  if (makersDigest) return makersDigest;
  const hash = createHash("sha256");
  const search = fileURLToPath(new URL("../../search/", import.meta.url));
  const asks = fileURLToPath(new URL("../finding/ask-index.ts", import.meta.url));
  for (const file of [
    ...readdirSync(search)
      .sort()
      .map((name) => join(search, name)),
    asks,
  ])
    hash.update(readFileSync(file));
  const { version } = createRequire(import.meta.url)("@node-rs/jieba/package.json") as { version: string };
  makersDigest = hash.update(version).digest("hex");
  return makersDigest;
}
