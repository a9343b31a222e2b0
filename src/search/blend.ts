/**
 * The final order: what was learned takes turns with BM25, which learned nothing and so cannot be misled.
 *
 * The re-ranker learned from whole laws kept away from vectors and memory as well, so it knows from the share of known
 * laws among the finds how far to trust them.
 */
import { FEATURES } from "./features.ts";
import { type Ranker, scoreRow } from "./ranker.ts";

/** What the legs found for one question; `rows` holds `FEATURES` numbers a candidate. */
export interface Found {
  readonly candidates: readonly number[];
  readonly rows: Float32Array;
  /** Best passages by BM25. */
  readonly lexical: readonly number[];
}

/** Turns of the re-ranker to one of BM25. */
const TURNS = 3;

/** Passages in their final order, each once, and the score each candidate was ranked by. */
export function blend(
  { candidates, rows, lexical }: Found,
  ranker: Ranker,
): { readonly order: readonly number[]; readonly scores: ReadonlyMap<number, number> } {
  const scores = new Map(candidates.map((doc, n) => [doc, scoreRow(ranker, rows, n * FEATURES)]));
  const best = [...candidates].sort((a, b) => scores.get(b)! - scores.get(a)! || a - b);
  return { order: interleave(best, lexical, TURNS), scores };
}

/** `turns` of the first list, one of the second, and so on; each passage once. */
export function interleave(first: readonly number[], second: readonly number[], turns: number): number[] {
  const order = new Set<number>();
  const next = new Map([
    [first, 0],
    [second, 0],
  ]);
  for (let turn = 0; next.get(first)! < first.length || next.get(second)! < second.length; turn++) {
    const list = turn % (turns + 1) < turns ? first : second;
    let at = next.get(list)!;
    while (at < list.length && order.has(list[at]!)) at++;
    if (at < list.length) order.add(list[at++]!);
    next.set(list, at);
  }
  return [...order];
}
