/** Both re-rankers, learned from questions whose vectors and memory had not seen them (folds). */
import type { Found } from "../../src/search/blend.ts";
import { foundBy, prepare, search, shelve } from "../../src/search/candidates.ts";
import { FEATURES, type FeatureName, featureNames } from "../../src/search/features.ts";
import type { Part } from "../../src/search/lexical.ts";
import type { Ranker } from "../../src/search/ranker.ts";
import { type BoostOptions, boost } from "./boost.ts";
import type { Encoder } from "./encoder.ts";
import { exportMemory, exportVectors } from "./export.ts";
import type { Material } from "./material.ts";

/** What the legs found for one question that they had not learned. */
export interface Unseen extends Found {
  readonly number: number;
  readonly fold: number;
  readonly gold: readonly number[];
}

/** Runs `test` questions through legs learned from `train` alone. */
export function runUnseen(
  material: Material,
  part: Part,
  encoder: Encoder,
  train: readonly number[],
  test: readonly number[],
  fold: number,
): Unseen[] {
  const vectors = exportVectors(encoder, material.vocabulary.keys);
  const learned = prepare(vectors, exportMemory(vectors, material, train));
  const shelves = [shelve(part, 0)];
  return test.flatMap((number) => {
    const { q } = material.questions[number]!;
    const found = search(shelves, material.articles.length, q, 100, () => true, learned);
    if (!found.learned) return [];
    return [
      {
        number,
        fold,
        gold: material.gold[number]!,
        ...foundBy(found.lexical, found.learned),
      },
    ];
  });
}

/** What only holds near remembered questions: useless or harmful elsewhere. */
const FAMILIAR: readonly FeatureName[] = [
  "memoryVector",
  "memoryTokens",
  "memorySum",
  "memoryLaw",
  "memoryNeighbour",
  "popularity",
  "lawPopularity",
  "nearest",
  "nearestByTokens",
  "titleLength",
  "fused",
];

const OPTIONS: BoostOptions = {
  trees: 60,
  leaves: 8,
  rate: 0.15,
  leastRows: 60,
  ridge: 1,
  share: 0.6,
  seed: 5,
};

export function learnRanker(unseen: readonly Unseen[]): Ranker {
  return fit(unseen, OPTIONS);
}

export function learnStrangerRanker(unseen: readonly Unseen[]): Ranker {
  const forbidden = new Set(FAMILIAR.map((name) => featureNames.indexOf(name)));
  return fit(unseen, { ...OPTIONS, trees: 50, forbidden });
}

function fit(unseen: readonly Unseen[], options: BoostOptions): Ranker {
  const useful = unseen.filter(({ candidates, gold }) => candidates.some((doc) => gold.includes(doc)));
  const starts = [0];
  for (const { candidates } of useful) starts.push(starts.at(-1)! + candidates.length);
  const rows = new Float32Array(starts.at(-1)! * FEATURES);
  const right = new Uint8Array(starts.at(-1)!);
  for (const [q, one] of useful.entries()) {
    rows.set(one.rows, starts[q]! * FEATURES);
    for (const [n, doc] of one.candidates.entries()) right[starts[q]! + n] = one.gold.includes(doc) ? 1 : 0;
  }
  return boost({ rows, features: FEATURES, starts, right }, options);
}
