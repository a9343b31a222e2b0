/** Both re-rankers, learned from questions whose vectors and memory had not seen them (folds). */
import { prepare, search, shelve } from "../../src/search/candidates.ts";
import { FEATURES, type FeatureName, featureNames } from "../../src/search/features.ts";
import { interleave } from "../../src/search/find.ts";
import type { Part } from "../../src/search/lexical.ts";
import type { Ranker } from "../../src/search/ranker.ts";
import { scoreRow } from "../../src/search/ranker.ts";
import { type BoostOptions, boost } from "./boost.ts";
import type { Encoder } from "./encoder.ts";
import { exportMemory, exportVectors } from "./export.ts";
import type { Material } from "./material.ts";

/** What the legs found for one question that they had not learned. */
export interface Unseen {
  readonly number: number;
  readonly fold: number;
  readonly gold: readonly number[];
  readonly lexical: readonly number[];
  readonly docs: readonly number[];
  readonly rows: Float32Array;
  readonly nearest: number;
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
        lexical: found.lexical,
        docs: found.learned.candidates.map(({ doc }) => doc),
        rows: found.learned.rows,
        nearest: found.learned.recollection.nearest,
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
  trees: 150,
  leaves: 12,
  rate: 0.08,
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
  return fit(unseen, { ...OPTIONS, trees: 100, forbidden });
}

function fit(unseen: readonly Unseen[], options: BoostOptions): Ranker {
  const useful = unseen.filter(({ docs, gold }) => docs.some((doc) => gold.includes(doc)));
  const starts = [0];
  for (const { docs } of useful) starts.push(starts.at(-1)! + docs.length);
  const rows = new Float32Array(starts.at(-1)! * FEATURES);
  const right = new Uint8Array(starts.at(-1)!);
  for (const [q, one] of useful.entries()) {
    rows.set(one.rows, starts[q]! * FEATURES);
    for (const [n, doc] of one.docs.entries()) right[starts[q]! + n] = one.gold.includes(doc) ? 1 : 0;
  }
  return boost({ rows, features: FEATURES, starts, right }, options);
}

/** The order that search would give, as passage numbers. */
export function orderOf(one: Unseen, ranker: Ranker, strangerRanker: Ranker, confidence: number): number[] {
  const sure = one.nearest >= confidence;
  const used = sure ? ranker : strangerRanker;
  const scores = new Map(one.docs.map((doc, n) => [doc, scoreRow(used, one.rows, n * FEATURES)]));
  const best = [...scores.keys()].sort((a, b) => scores.get(b)! - scores.get(a)! || a - b);
  return sure ? best : interleave(best, one.lexical);
}
