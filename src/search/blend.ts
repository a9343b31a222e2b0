/**
 * The final order: what was learned takes turns with BM25, which learned nothing and so cannot be misled.
 *
 * Where what the words find stands in laws the question memory knows, the re-ranker that uses the memory has two turns
 * to BM25's one. In laws nobody has asked about, a re-ranker without memory is heard as well, and turns are even.
 */
import { FEATURES } from "./features.ts";
import { type Ranker, scoreRow } from "./ranker.ts";

/** Both re-rankers and when to trust the first. */
export interface Rankers {
  /** Knows the question memory. */
  readonly ranker: Ranker;
  /** Knows words and vectors only. */
  readonly strangerRanker: Ranker;
  /** Share (0–1) of the best passages by words in remembered laws from which on `ranker` is heard alone. */
  readonly confidence: number;
}

/** What the legs found for one question; `rows` holds `FEATURES` numbers a candidate. */
export interface Found {
  readonly candidates: readonly number[];
  readonly rows: Float32Array;
  /** Best passages by BM25. */
  readonly lexical: readonly number[];
  /** Share (0–1) of the best passages by words that stand in laws remembered questions were answered from. */
  readonly familiarity: number;
}

/** Passages in their final order, each once, and the score each candidate was ranked by. */
export function blend(
  found: Found,
  rankers: Rankers,
): { readonly order: readonly number[]; readonly scores: ReadonlyMap<number, number> } {
  const { candidates, rows, lexical } = found;
  const familiar = found.familiarity >= rankers.confidence;
  const scores = new Map<number, number>();
  for (const [n, doc] of candidates.entries()) {
    const known = scoreRow(rankers.ranker, rows, n * FEATURES);
    scores.set(doc, familiar ? known : (known + scoreRow(rankers.strangerRanker, rows, n * FEATURES)) / 2);
  }
  const best = [...candidates].sort((a, b) => scores.get(b)! - scores.get(a)! || a - b);
  return { order: interleave(best, lexical, familiar ? 2 : 1), scores };
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
