/**
 * The learned model on disk: `vectors.bin`, `memory.bin`, `ranker.json` in one folder.
 *
 * A `.bin` file (`arrays.ts`) is named `MZVEC001` or `MZMEM002` and holds the arrays in the order of the writers below.
 * Anything else is refused.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "../error.ts";
import { arraysOf, readerOf, type Stored } from "./arrays.ts";
import type { QuestionMemory } from "./memory.ts";
import { type Ranker, Tree } from "./ranker.ts";
import { arraysOfRows, readRows } from "./scan.ts";
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
    ...arraysOfRows(memory.vectors),
  ]);
}

function readMemory(path: string, dimensions: number): QuestionMemory {
  const read = openArrays(path, "MZMEM002");
  return {
    tokenOffsets: read(Uint32Array),
    tokens: read(Uint32Array),
    articleOffsets: read(Uint32Array),
    articles: read(Uint32Array),
    laws: read(Uint32Array),
    vectors: readRows(read, dimensions),
  };
}

function writeArrays(path: string, name: string, arrays: readonly Stored[]): void {
  writeFileSync(path, arraysOf(name, arrays));
}

function openArrays(path: string, name: string) {
  return readerOf(readFileSync(path), name, (reason) => broken(path, reason));
}

export function broken(path: string, reason: string): AppError {
  return new AppError("release_broken", {
    say: "检索模型文件损坏或版本不符,请重新运行 train-vectors 生成。",
    detail: { path, reason },
  });
}
