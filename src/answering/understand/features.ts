/** A text as numbers for the classifiers: character n-grams, concepts and their pairs, what was mentioned. */
import { conceptNames, concepts } from "./concepts.ts";

/** Buckets n-grams are hashed into. A change needs both models trained anew. */
export const BUCKETS = 1 << 14;
/** Characters beyond this add length, not meaning. */
const MAX_CHARACTERS = 400;
const NGRAM_MAX = 2;
const CONCEPT_WEIGHT = 2.5;
const PAIR_WEIGHT = 0.8;
const SIGN_WEIGHT = 1;

export interface Features {
  readonly ids: readonly number[];
  /** Same length as `ids`; the vector has length 1. */
  readonly weights: readonly number[];
}

/**
 * @param text normalised.
 * @param signs what else is known of it: `organ`, `amount`, `role:officer` …
 */
export function featuresOf(text: string, signs: readonly string[]): Features {
  const sums = new Map<number, number>();
  const add = (name: string, weight: number) => {
    const id = bucket(name);
    sums.set(id, (sums.get(id) ?? 0) + weight);
  };
  const plain = `^${text
    .slice(0, MAX_CHARACTERS)
    .replace(/\d+/g, "0")
    .replace(/[^\p{L}\p{N}]+/gu, "")}$`;
  for (let at = 0; at < plain.length; at++) {
    for (let size = 1; size <= NGRAM_MAX && at + size <= plain.length; size++) {
      add(plain.slice(at, at + size), size === 1 ? 0.5 : 1);
    }
  }
  const present = conceptNames.filter((name) => concepts[name]?.test(text));
  for (const name of present) add(`c:${name}`, CONCEPT_WEIGHT);
  for (let i = 0; i < present.length; i++) {
    for (let j = i + 1; j < present.length; j++) add(`c:${present[i]}+${present[j]}`, PAIR_WEIGHT);
  }
  for (const sign of signs) add(`s:${sign}`, SIGN_WEIGHT);
  add(`len:${Math.min(6, Math.floor(Math.log2(plain.length)))}`, SIGN_WEIGHT);
  return unit(sums);
}

/** Repeated n-grams count less and less; concepts of long texts do not drown. */
function unit(sums: ReadonlyMap<number, number>): Features {
  const ids: number[] = [];
  const weights: number[] = [];
  let square = 0;
  for (const [id, sum] of sums) {
    const weight = Math.log1p(sum);
    ids.push(id);
    weights.push(weight);
    square += weight * weight;
  }
  const length = Math.sqrt(square) || 1;
  return { ids, weights: weights.map((weight) => weight / length) };
}

function bucket(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % BUCKETS;
}
