/**
 * A vector store on disk: a cache that can always be made again, so whatever is not whole is refused, never repaired.
 *
 * It is written into a new folder beside the old one, every file flushed, `stamp.json` with the checksums last, then
 * renamed. A crash leaves the old folder, the new one, or none.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import hnswlib from "hnswlib-node";
import { nanoid } from "nanoid";
import { z } from "zod";
import { createRows } from "./scan.ts";
import { type Entry, PassageVectorStore, type VectorStoreOptions } from "./vector-store.ts";

const VERSION = 1;
const VECTORS = "vectors.bin";
const DOCUMENTS = "documents.jsonl";
const GRAPH = "graph.bin";
const STAMP = "stamp.json";

const StampFile = z.object({
  version: z.literal(VERSION),
  /** What the vectors were made from: release and model. */
  stamp: z.string(),
  dimensions: z.number().int().positive(),
  /** SHA-256 of each file. */
  files: z.record(z.string(), z.string()),
});

const Line = z
  .object({
    id: z.string(),
    label: z.number().int(),
    pageContent: z.string(),
    metadata: z.record(z.string(), z.unknown()),
  })
  .nullable();

/** Writes `store` to `folder`, all of it or nothing. `stamp` says what it was made from. */
export function saveVectors(store: PassageVectorStore, folder: string, stamp: string): void {
  const { dimensions, entries, rows, graph } = store.contents();
  const fresh = `${folder}.${nanoid(8)}.new`;
  mkdirSync(fresh, { recursive: true });
  const lines = entries.map((entry) => {
    if (!entry) return "null";
    const { pageContent, metadata } = entry.document;
    return JSON.stringify({ id: entry.id, label: entry.label, pageContent, metadata });
  });
  const used = entries.length;
  const vectors = Buffer.concat([
    Buffer.from(rows.scales.slice(0, used).buffer),
    Buffer.from(rows.values.slice(0, used * rows.dimensions).buffer),
  ]);
  const files: Record<string, string> = {};
  const write = (name: string, bytes: Buffer): void => {
    writeFileSync(join(fresh, name), bytes);
    files[name] = checksum(bytes);
  };
  write(VECTORS, vectors);
  write(DOCUMENTS, Buffer.from(lines.join("\n")));
  if (graph) {
    graph.writeIndexSync(join(fresh, GRAPH));
    files[GRAPH] = checksum(readFileSync(join(fresh, GRAPH)));
  }
  for (const name of Object.keys(files)) flush(join(fresh, name));
  writeFileSync(join(fresh, STAMP), JSON.stringify({ version: VERSION, stamp, dimensions, files }));
  flush(join(fresh, STAMP));
  flush(fresh);
  const old = `${folder}.${nanoid(8)}.old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  flush(dirname(folder));
  rmSync(old, { recursive: true, force: true });
}

/** The store in `folder`; undefined when there is none, it was made from something else, or a file is not whole. */
export function loadVectors(
  folder: string,
  stamp: string,
  embeddings: EmbeddingsInterface,
  options: VectorStoreOptions = {},
): PassageVectorStore | undefined {
  try {
    const found = StampFile.parse(JSON.parse(readFileSync(join(folder, STAMP), "utf8")));
    if (found.stamp !== stamp) return undefined;
    const read = (name: string): Buffer | undefined => {
      const bytes = readFileSync(join(folder, name));
      return checksum(bytes) === found.files[name] ? bytes : undefined;
    };
    const vectors = read(VECTORS);
    const documents = read(DOCUMENTS);
    if (!vectors || !documents || (found.files[GRAPH] && !read(GRAPH))) return undefined;
    const entries = documents.toString("utf8").split("\n").map(entryOf);
    const width = Math.ceil(found.dimensions / 8) * 8;
    const rows = createRows(entries.length, width);
    new Uint8Array(rows.scales.buffer).set(vectors.subarray(0, entries.length * 4));
    rows.values.set(new Int8Array(vectors.subarray(entries.length * 4)));
    const graph = found.files[GRAPH] ? readGraph(join(folder, GRAPH), found.dimensions) : undefined;
    return PassageVectorStore.restore(
      embeddings,
      { dimensions: found.dimensions, entries, rows, graph },
      options,
    );
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** The store of `stamp`: loaded when it lies whole in `folder`, otherwise made by `build` and saved there. */
export async function openVectors(
  folder: string,
  stamp: string,
  embeddings: EmbeddingsInterface,
  build: () => Promise<PassageVectorStore>,
): Promise<PassageVectorStore> {
  const kept = loadVectors(folder, stamp, embeddings);
  if (kept) return kept;
  const made = await build();
  if (made.size > 0) saveVectors(made, folder, stamp);
  return made;
}

function entryOf(text: string): Entry | undefined {
  const line = Line.parse(JSON.parse(text));
  if (!line) return undefined;
  const { id, label, pageContent, metadata } = line;
  return { id, label, document: new Document({ id, pageContent, metadata }) };
}

function readGraph(path: string, dimensions: number): hnswlib.HierarchicalNSW {
  const graph = new hnswlib.HierarchicalNSW("ip", dimensions);
  graph.readIndexSync(path, true);
  return graph;
}

/** A missing file, text that is not JSON, JSON of another shape. */
function isDamage(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return true;
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function checksum(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function flush(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}
