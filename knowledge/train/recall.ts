/** Recall and reciprocal rank: how good an order of passages is. */

export const CUTS = [1, 3, 5, 10, 100] as const;

export interface Quality {
  readonly queries: number;
  /** Mean share of the right passages among the first k, 0–1. */
  readonly recall: Readonly<Record<"1" | "3" | "5" | "10" | "100", number>>;
  /** Mean reciprocal rank of the first right passage among ten. */
  readonly mrr10: number;
  /** Share of questions with a right passage among the first five. */
  readonly hit5: number;
}

export function measure<T>(
  results: readonly { readonly right: ReadonlySet<T>; readonly found: readonly T[] }[],
): Quality {
  const recall = { "1": 0, "3": 0, "5": 0, "10": 0, "100": 0 };
  let mrr10 = 0;
  let hit5 = 0;
  for (const { right, found } of results) {
    for (const cut of CUTS) {
      const hits = found.slice(0, cut).filter((one) => right.has(one)).length;
      recall[`${cut}`] += hits / Math.max(1, right.size) / results.length;
    }
    const first = found.findIndex((one) => right.has(one));
    if (first >= 0 && first < 10) mrr10 += 1 / (first + 1) / results.length;
    if (first >= 0 && first < 5) hit5 += 1 / results.length;
  }
  return { queries: results.length, recall, mrr10, hit5 };
}
