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
  let sum = 0;
  for (const tree of ranker) sum += scoreTree(tree, rows, at);
  return sum;
}

export function scoreTree(tree: Tree, rows: Float32Array, at: number): number {
  let node = 0;
  for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!) {
    node = rows[at + feature]! <= tree.threshold[node]! ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[node]!;
}
