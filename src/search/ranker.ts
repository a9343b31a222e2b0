/** The learned re-ranker: a sum of small decision trees over `features.ts`. Trained by `knowledge/train/boost.ts`. */
import { z } from "zod";

/** More features than any ranker here has: a file that names another is broken. */
const MOST_FEATURES = 64;

/** A tree in arrays: node `i` sends a row left when feature ≤ threshold; feature −1 marks a leaf. */
export const Tree = z.object({
  feature: z.array(
    z
      .number()
      .int()
      .min(-1)
      .max(MOST_FEATURES - 1),
  ),
  threshold: z.array(z.number()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  value: z.array(z.number()),
});
export type Tree = z.infer<typeof Tree>;

export type Ranker = readonly Tree[];

/** Score of the row that starts at `rows[at]`; only comparable between candidates of one question. */
export function scoreRow(ranker: Ranker, rows: Float32Array, at: number): number {
  const { roots, feature, threshold, left, right, value } = flatOf(ranker);
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    for (let asked = feature[node]!; asked >= 0; asked = feature[node]!) {
      node = rows[at + asked]! <= threshold[node]! ? left[node]! : right[node]!;
    }
    sum += value[node]!;
  }
  return sum;
}

/** All trees' nodes in one numbering: a hundred trees are walked for each of a hundred candidates. */
interface Flat {
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
}

const flats = new WeakMap<Ranker, Flat>();

function flatOf(ranker: Ranker): Flat {
  const known = flats.get(ranker);
  if (known) return known;
  const roots: number[] = [];
  let size = 0;
  for (const { feature } of ranker) {
    roots.push(size);
    size += feature.length;
  }
  const moved = (side: "left" | "right") =>
    Int32Array.from(ranker.flatMap((tree, n) => tree[side].map((node) => node + roots[n]!)));
  const flat = {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(ranker.flatMap(({ feature }) => feature)),
    threshold: Float64Array.from(ranker.flatMap(({ threshold }) => threshold)),
    left: moved("left"),
    right: moved("right"),
    value: Float64Array.from(ranker.flatMap(({ value }) => value)),
  };
  flats.set(ranker, flat);
  return flat;
}
