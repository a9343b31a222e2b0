/**
 * The learned model on disk: `vectors.bin`, `memory.bin`, `ranker.json` in one folder.
 *
 * A `.bin` file is little-endian: 8 bytes of name (`MZVEC001`, `MZMEM002`), then arrays one after the other, each with
 * a uint32 count before it, in the order of the writers below. Anything else is refused.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "../error.ts";
import type { QuestionMemory } from "./memory.ts";
import { type Ranker, Tree } from "./ranker.ts";
import { createRows } from "./scan.ts";
import { createStaticVectors, type StaticVectors } from "./static-vectors.ts";

export interface LearnedModel {
  readonly vectors: StaticVectors;
  readonly memory: QuestionMemory;
  readonly ranker: Ranker;
}

const RankerFile = z.object({
  version: z.literal(4),
  ranker: z.array(Tree),
});

/** The model in `folder`; undefined when there is none. @throws AppError when a file is of another version or cut. */
export function readModel(folder: string): LearnedModel | undefined {
  if (!existsSync(`${folder}/vectors.bin`)) return undefined;
  const vectors = readVectors(`${folder}/vectors.bin`);
  const ranker = readRanker(`${folder}/ranker.json`);
  return { vectors, memory: readMemory(`${folder}/memory.bin`, vectors.dimensions), ranker };
}

export function writeModel(folder: string, model: LearnedModel): void {
  writeVectors(`${folder}/vectors.bin`, model.vectors);
  writeMemory(`${folder}/memory.bin`, model.memory);
  writeFileSync(`${folder}/ranker.json`, JSON.stringify({ version: 4, ranker: model.ranker }));
}

function readRanker(path: string): Ranker {
  try {
    return RankerFile.parse(JSON.parse(readFileSync(path, "utf8"))).ranker;
  } catch (error) {
    throw broken(path, String(error));
  }
}

export function writeVectors(path: string, vectors: StaticVectors): void {
  writeArrays(path, "MZVEC001", [
    Uint32Array.of(vectors.dimensions),
    vectors.keys,
    vectors.question,
    vectors.passage,
    vectors.values,
  ]);
}

export function readVectors(path: string): StaticVectors {
  const read = openArrays(path, "MZVEC001");
  const dimensions = read(Uint32Array)[0]!;
  return createStaticVectors({
    dimensions,
    keys: read(Uint32Array),
    question: read(Float32Array),
    passage: read(Float32Array),
    values: read(Int8Array),
  });
}

function writeMemory(path: string, memory: QuestionMemory): void {
  writeArrays(path, "MZMEM002", [
    memory.tokenOffsets,
    memory.tokens,
    memory.articleOffsets,
    memory.articles,
    memory.laws,
    memory.vectors.scales,
    memory.vectors.values,
  ]);
}

function readMemory(path: string, dimensions: number): QuestionMemory {
  const read = openArrays(path, "MZMEM002");
  const tokenOffsets = read(Uint32Array);
  const vectors = createRows(tokenOffsets.length - 1, dimensions);
  const memory = {
    tokenOffsets,
    tokens: read(Uint32Array),
    articleOffsets: read(Uint32Array),
    articles: read(Uint32Array),
    laws: read(Uint32Array),
    vectors,
  };
  vectors.scales.set(read(Float32Array));
  vectors.values.set(read(Int8Array));
  return memory;
}

type Stored = Uint32Array | Float32Array | Int8Array;

function writeArrays(path: string, name: string, arrays: readonly Stored[]): void {
  const pieces: Uint8Array[] = [Buffer.from(name, "latin1")];
  for (const array of arrays) {
    pieces.push(new Uint8Array(Uint32Array.of(array.length).buffer));
    pieces.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  writeFileSync(path, Buffer.concat(pieces));
}

function openArrays(path: string, name: string) {
  const file = readFileSync(path);
  if (file.toString("latin1", 0, 8) !== name) throw broken(path, `expected ${name}`);
  let at = 8;
  return <T extends Stored>(kind: {
    new (buffer: ArrayBufferLike, at: number, length: number): T;
    BYTES_PER_ELEMENT: number;
  }): T => {
    if (at + 4 > file.length) throw broken(path, "cut short");
    const count = file.readUInt32LE(at);
    const end = at + 4 + count * kind.BYTES_PER_ELEMENT;
    if (end > file.length) throw broken(path, "cut short");
    // A copy of its own: aligned, and independent of the file's buffer.
    const bytes = new Uint8Array(file.subarray(at + 4, end));
    at = end;
    return new kind(bytes.buffer, 0, count);
  };
}

export function broken(path: string, reason: string): AppError {
  return new AppError("release_broken", {
    say: "检索模型文件损坏或版本不符,请重新运行 train-vectors 生成。",
    detail: { path, reason },
  });
}
