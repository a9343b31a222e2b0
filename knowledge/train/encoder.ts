/**
 * The model being learned: one vector per token, and per side (question, passage) one scalar per token.
 *
 * A text's vector is the sum over its tokens of idf · tf/(tf+1) · scalar · vector, brought to length 1.
 */
import type { Bag } from "./bags.ts";

export type Side = "question" | "passage";

export interface Encoder {
  readonly dimensions: number;
  readonly table: Float32Array;
  readonly idf: Float32Array;
  readonly scalars: Readonly<Record<Side, Float32Array>>;
  /** Row-wise Adagrad: the sum of squared gradients of each vector and scalar. */
  readonly seen: Float32Array;
  readonly seenScalars: Readonly<Record<Side, Float32Array>>;
}

export function createEncoder(idf: Float32Array, dimensions: number, random: () => number): Encoder {
  const size = idf.length;
  const table = new Float32Array(size * dimensions);
  const scale = 1 / Math.sqrt(dimensions);
  for (let i = 0; i < table.length; i++) table[i] = scale * gauss(random);
  return {
    dimensions,
    table,
    idf,
    scalars: { question: new Float32Array(size).fill(1), passage: new Float32Array(size).fill(1) },
    seen: new Float32Array(size),
    seenScalars: { question: new Float32Array(size), passage: new Float32Array(size) },
  };
}

export function cloneEncoder(encoder: Encoder): Encoder {
  return {
    dimensions: encoder.dimensions,
    table: encoder.table.slice(),
    idf: encoder.idf,
    scalars: { question: encoder.scalars.question.slice(), passage: encoder.scalars.passage.slice() },
    seen: new Float32Array(encoder.seen.length),
    seenScalars: {
      question: new Float32Array(encoder.idf.length),
      passage: new Float32Array(encoder.idf.length),
    },
  };
}

/** Writes the unit vector of `bag` to `out[at…]`; returns the length before, 0 for a bag with no known token. */
export function encode(
  encoder: Encoder,
  side: Side,
  bag: Bag,
  out: Float32Array,
  at: number,
  dropped?: Uint8Array,
): number {
  const { dimensions, table, idf } = encoder;
  const scalars = encoder.scalars[side];
  out.fill(0, at, at + dimensions);
  for (let i = 0; i < bag.ids.length; i++) {
    if (dropped?.[i]) continue;
    const id = bag.ids[i]!;
    const count = bag.counts[i]!;
    const weight = ((idf[id]! * count) / (count + 1)) * scalars[id]!;
    const row = id * dimensions;
    for (let d = 0; d < dimensions; d++) out[at + d]! += weight * table[row + d]!;
  }
  let square = 0;
  for (let d = 0; d < dimensions; d++) square += out[at + d]! ** 2;
  const length = Math.sqrt(square);
  if (length > 0) for (let d = 0; d < dimensions; d++) out[at + d]! /= length;
  return length;
}

/**
 * One Adagrad step for `bag`, given the gradient of the loss by its unit vector `unit[at…]`.
 * @param gradient overwritten
 */
export function learn(
  encoder: Encoder,
  side: Side,
  bag: Bag,
  unit: Float32Array,
  at: number,
  length: number,
  gradient: Float32Array,
  rate: number,
  dropped?: Uint8Array,
): void {
  if (length === 0) return;
  const { dimensions, table, idf, seen } = encoder;
  const scalars = encoder.scalars[side];
  const seenScalars = encoder.seenScalars[side];
  let along = 0;
  for (let d = 0; d < dimensions; d++) along += gradient[at + d]! * unit[at + d]!;
  let square = 0;
  for (let d = 0; d < dimensions; d++) {
    const value = (gradient[at + d]! - along * unit[at + d]!) / length;
    gradient[at + d] = value;
    square += value * value;
  }
  square /= dimensions;
  for (let i = 0; i < bag.ids.length; i++) {
    if (dropped?.[i]) continue;
    const id = bag.ids[i]!;
    const count = bag.counts[i]!;
    const base = (idf[id]! * count) / (count + 1);
    const weight = base * scalars[id]!;
    const row = id * dimensions;
    seen[id]! += weight * weight * square;
    const step = (rate * weight) / (Math.sqrt(seen[id]!) + 1e-10);
    let byScalar = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = table[row + d]!;
      const slope = gradient[at + d]!;
      byScalar += slope * value;
      table[row + d] = value - step * slope;
    }
    byScalar *= base;
    seenScalars[id]! += byScalar * byScalar;
    scalars[id]! -= (rate * byScalar) / (Math.sqrt(seenScalars[id]!) + 1e-10);
  }
}

/** mulberry32: training must give the same model twice. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
