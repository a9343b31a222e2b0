/** The re-ranker, learned from questions that vectors and memory had not seen. */
import type { Found } from "../../src/search/blend.ts";
import { foundBy, prepare, search } from "../../src/search/candidates.ts";
import { FEATURES } from "../../src/search/features.ts";
import type { Part } from "../../src/search/lexical.ts";
import type { Ranker } from "../../src/search/ranker.ts";
import { shelve } from "../../src/search/shelf.ts";
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
  const shelves = [shelve(part)];
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

const OPTIONS: BoostOptions = {
  trees: 150,
  leaves: 12,
  rate: 0.08,
  leastRows: 60,
  ridge: 1,
  share: 0.6,
  seed: 5,
};

/** How much a question to a law kept away counts beside an asked one; chosen on the folds. */
const STRANGER = 0.1;

/**
 * @param unseen asked questions, each from a fold that had not learned it
 * @param strangers our own questions to laws of which nothing was learned (`strangers.ts`)
 */
export function learnRanker(unseen: readonly Unseen[], strangers: readonly Unseen[]): Ranker {
  const useful = [...unseen, ...strangers].filter(({ candidates, gold }) =>
    candidates.some((doc) => gold.includes(doc)),
  );
  const known = new Set(unseen);
  const starts = [0];
  for (const { candidates } of useful) starts.push(starts.at(-1)! + candidates.length);
  const rows = new Float32Array(starts.at(-1)! * FEATURES);
  const right = new Uint8Array(starts.at(-1)!);
  for (const [q, one] of useful.entries()) {
    rows.set(one.rows, starts[q]! * FEATURES);
    for (const [n, doc] of one.candidates.entries()) right[starts[q]! + n] = one.gold.includes(doc) ? 1 : 0;
  }
  const weights = Float32Array.from(useful, (one) => (known.has(one) ? 1 : STRANGER));
  return boost({ rows, features: FEATURES, starts, right, weights }, OPTIONS);
}
