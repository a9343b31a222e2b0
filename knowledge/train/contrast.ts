/** One step of contrastive learning: each question nearer to its passages than to all others of the batch. */
import type { Bag } from "./bags.ts";
import { type Encoder, encode, learn } from "./encoder.ts";

export interface Batch {
  readonly questions: readonly Bag[];
  /** The passages of the questions and any number of others that are wrong for all. */
  readonly passages: readonly Bag[];
  /** For each question the positions in `passages` that are right; the rest are wrong unless `ignored`. */
  readonly right: readonly (readonly number[])[];
  /** For each question positions that are neither right nor wrong. */
  readonly ignored?: readonly (readonly number[])[];
}

export interface StepOptions {
  readonly rate: number;
  readonly temperature: number;
  /** Share of a text's tokens left out at random, so that no question hangs on one word. */
  readonly drop: number;
  readonly random: () => number;
}

/** Learns from the batch; returns the mean loss before the step. */
export function step(encoder: Encoder, batch: Batch, options: StepOptions): number {
  const { dimensions: D } = encoder;
  const n = batch.questions.length;
  const m = batch.passages.length;
  const q = new Float32Array(n * D);
  const p = new Float32Array(m * D);
  const qDrop = batch.questions.map((bag) => dropMask(bag, options));
  const pDrop = batch.passages.map((bag) => dropMask(bag, options));
  const qLength = batch.questions.map((bag, i) => encode(encoder, "question", bag, q, i * D, qDrop[i]));
  const pLength = batch.passages.map((bag, j) => encode(encoder, "passage", bag, p, j * D, pDrop[j]));
  const qSlope = new Float32Array(n * D);
  const pSlope = new Float32Array(m * D);
  const scores = new Float32Array(m);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const right = batch.right[i]!;
    let max = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < m; j++) {
      scores[j] = dot(q, i * D, p, j * D, D) / options.temperature;
      if (scores[j]! > max) max = scores[j]!;
    }
    for (const j of batch.ignored?.[i] ?? []) scores[j] = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (let j = 0; j < m; j++) {
      scores[j] = Math.exp(scores[j]! - max);
      sum += scores[j]!;
    }
    for (let j = 0; j < m; j++) scores[j]! /= sum;
    // Target: the right passages share the probability equally.
    for (const j of right) {
      loss -= Math.log(scores[j]! + 1e-12) / right.length;
      scores[j]! -= 1 / right.length;
    }
    for (let j = 0; j < m; j++) {
      const pull = scores[j]! / options.temperature / n;
      if (pull < 1e-6 && pull > -1e-6) continue;
      const qi = i * D;
      const pj = j * D;
      for (let d = 0; d < D; d++) {
        qSlope[qi + d]! += pull * p[pj + d]!;
        pSlope[pj + d]! += pull * q[qi + d]!;
      }
    }
  }
  for (const [i, bag] of batch.questions.entries()) {
    learn(encoder, "question", bag, q, i * D, qLength[i]!, qSlope, options.rate, qDrop[i]);
  }
  for (const [j, bag] of batch.passages.entries()) {
    learn(encoder, "passage", bag, p, j * D, pLength[j]!, pSlope, options.rate, pDrop[j]);
  }
  return loss / n;
}

function dropMask(bag: Bag, { drop, random }: StepOptions): Uint8Array | undefined {
  if (drop === 0) return undefined;
  const mask = new Uint8Array(bag.ids.length);
  for (let i = 0; i < mask.length; i++) mask[i] = random() < drop ? 1 : 0;
  return mask;
}

export function dot(a: Float32Array, aAt: number, b: Float32Array, bAt: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let d = 0; d < length; d += 4) {
    s0 += a[aAt + d]! * b[bAt + d]!;
    s1 += a[aAt + d + 1]! * b[bAt + d + 1]!;
    s2 += a[aAt + d + 2]! * b[bAt + d + 2]!;
    s3 += a[aAt + d + 3]! * b[bAt + d + 3]!;
  }
  return s0 + s1 + s2 + s3;
}
