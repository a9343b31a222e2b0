/** A text as hashed character runs, for the classifiers of topic, aspect and law. */
import { BUCKETS, type Features } from "../understand/features.ts";

const LONGEST = 200;
const SIZES = [1, 2, 3] as const;
const WEIGHTS = [0.5, 1, 0.8] as const;

/** `text` is normalised. The ends count: 吗, 几天, 谁 close a question. */
export function ngramsOf(text: string): Features {
  const plain = `^${text
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .replace(/\d+/g, "0")
    .slice(0, LONGEST)}$`;
  const sums = new Map<number, number>();
  for (let at = 0; at < plain.length; at += 1) {
    for (const [index, size] of SIZES.entries()) {
      if (at + size > plain.length) break;
      const id = bucketOf(plain, at, size);
      sums.set(id, (sums.get(id) ?? 0) + WEIGHTS[index]!);
    }
  }
  const ids = [...sums.keys()];
  const raw = ids.map((id) => Math.log1p(sums.get(id)!));
  const length = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { ids, weights: raw.map((value) => value / length) };
}

function bucketOf(text: string, at: number, size: number): number {
  let hash = 0x811c9dc5 ^ size;
  for (let i = at; i < at + size; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % BUCKETS;
}
