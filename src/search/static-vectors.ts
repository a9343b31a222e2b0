/**
 * Learned word vectors: a text's vector is the weighted sum of its tokens' vectors, brought to length 1.
 * Trained by `knowledge/train`, stored in `knowledge/models/vectors.bin`.
 */
import type { Part } from "./lexical.ts";
import { KeyTable, UNITS } from "./postings.ts";
import { createRows, type Rows, setRow } from "./scan.ts";
import type { Keys, Tokens } from "./tokens.ts";

export interface StaticVectors {
  readonly dimensions: number;
  readonly keys: Uint32Array;
  /** Key → row. */
  readonly table: KeyTable;
  readonly values: Int8Array;
  /** Weight of each token in a question and in a passage: idf, learned scalar and the row's scale together. */
  readonly question: Float32Array;
  readonly passage: Float32Array;
}

export function createStaticVectors(parts: Omit<StaticVectors, "table">): StaticVectors {
  const table = new KeyTable(1 << 12);
  for (const key of parts.keys) table.put(key);
  return { ...parts, table };
}

/** Unit vector of a question; undefined when no token of it is known. */
export function encodeQuestion(vectors: StaticVectors, tokens: Tokens): Float32Array | undefined {
  return encodeTokens(vectors, tokens, vectors.question);
}

/** Unit vector of a text to be found; undefined when no token of it is known. */
export function encodeText(vectors: StaticVectors, tokens: Tokens): Float32Array | undefined {
  return encodeTokens(vectors, tokens, vectors.passage);
}

function encodeTokens(
  vectors: StaticVectors,
  tokens: Tokens,
  weights: Float32Array,
): Float32Array | undefined {
  const counts = new Map<number, number>();
  for (const { key } of [...tokens.words, ...tokens.bigrams]) {
    const id = vectors.table.get(key);
    if (id >= 0) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const sum = new Float32Array(vectors.dimensions);
  for (const [id, count] of counts) addRow(vectors, id, (weights[id]! * count) / (count + 1), sum, 0);
  return normaliseLength(sum, 0, vectors.dimensions) ? sum : undefined;
}

/**
 * Encodes many texts from their keys: the same vectors as `encodeText`, without spelling or a map for each.
 * @returns a function that writes the unit vector to `out` and says whether any token was known.
 */
export function createKeyEncoder(
  vectors: StaticVectors,
): (texts: readonly Keys[], out: Float32Array) => boolean {
  const counts = new Uint16Array(vectors.keys.length);
  const touched: number[] = [];
  const count = (keys: Uint32Array): void => {
    for (const key of keys) {
      const id = vectors.table.get(key);
      if (id < 0) continue;
      if (counts[id]! === 0) touched.push(id);
      counts[id]!++;
    }
  };
  return (texts, out) => {
    out.fill(0);
    for (const { words, bigrams } of texts) {
      count(words);
      count(bigrams);
    }
    for (const id of touched) {
      const times = counts[id]!;
      addRow(vectors, id, (vectors.passage[id]! * times) / (times + 1), out, 0);
      counts[id] = 0;
    }
    const known = touched.length > 0;
    touched.length = 0;
    return known && normaliseLength(out, 0, vectors.dimensions);
  };
}

/** Passages encoded at a time: bounds the float buffer to 8 MiB at 256 dimensions. */
const CHUNK = 8192;

/**
 * Vectors of every passage of an index part, from its inverted lists: nothing is cut into tokens again.
 * Passages without a known token get a zero row.
 */
export function encodePart(vectors: StaticVectors, part: Pick<Part, "words" | "bigrams">): Rows {
  const { dimensions } = vectors;
  const total = part.words.lengths.length;
  const rows = createRows(total, dimensions);
  const lists = [part.words.postings, part.bigrams.postings].flatMap((postings) =>
    [...vectors.keys].flatMap((key, id) => {
      const term = postings.keys.get(key);
      return term < 0
        ? []
        : [{ postings, id, next: postings.offsets[term]!, end: postings.offsets[term + 1]! }];
    }),
  );
  const sums = new Float32Array(Math.min(CHUNK, total) * dimensions);
  for (let from = 0; from < total; from += CHUNK) {
    const to = Math.min(total, from + CHUNK);
    sums.fill(0);
    for (const list of lists) {
      const { docs, units } = list.postings;
      for (; list.next < list.end && docs[list.next]! < to; list.next++) {
        const count = units[list.next]! / UNITS;
        const weight = (vectors.passage[list.id]! * count) / (count + 1);
        addRow(vectors, list.id, weight, sums, (docs[list.next]! - from) * dimensions);
      }
    }
    for (let doc = from; doc < to; doc++) {
      const at = (doc - from) * dimensions;
      if (normaliseLength(sums, at, dimensions)) setRow(rows, doc, sums, at);
    }
  }
  return rows;
}

function addRow(vectors: StaticVectors, id: number, weight: number, sum: Float32Array, at: number): void {
  const { dimensions, values } = vectors;
  const row = id * dimensions;
  for (let d = 0; d < dimensions; d += 4) {
    sum[at + d]! += weight * values[row + d]!;
    sum[at + d + 1]! += weight * values[row + d + 1]!;
    sum[at + d + 2]! += weight * values[row + d + 2]!;
    sum[at + d + 3]! += weight * values[row + d + 3]!;
  }
}

/** False for a zero vector. */
export function normaliseLength(vector: Float32Array, at: number, dimensions: number): boolean {
  let square = 0;
  for (let d = 0; d < dimensions; d++) square += vector[at + d]! ** 2;
  if (square === 0) return false;
  const length = Math.sqrt(square);
  for (let d = 0; d < dimensions; d++) vector[at + d]! /= length;
  return true;
}
