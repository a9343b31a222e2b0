/**
 * Whole laws kept away from a model, to learn how to rank where nothing was learned: in such a field vectors and memory
 * mislead in ways that questions to known laws never show.
 */
import { seededRandom, shuffled } from "./encoder.ts";
import type { Material } from "./material.ts";

/** So many times a share of the laws is kept away, each time another. */
export const HELD_OUT_GROUPS = 2;
const SHARES = 4;
const SEED = 7;
/** Questions taken as examples: so many a law, so that a code does not outweigh a regulation, and so many in all. */
const MOST_A_LAW = 60;
const MOST = 900;

export interface HeldOut {
  /** Whether the model may not learn this question: one of its articles stands in a law kept away. */
  readonly isHeld: (question: number) => boolean;
  /** Our own questions to the laws kept away. */
  readonly examples: readonly number[];
}

/**
 * @param own numbers of our own questions
 * @param group 0 … HELD_OUT_GROUPS − 1
 */
export function heldOutLaws(material: Material, own: readonly number[], group: number): HeldOut {
  const lawOf = (question: number) => material.articles[material.gold[question]![0]!]!.law;
  const laws = shuffled([...new Set(own.map(lawOf))].sort(), seededRandom(SEED));
  const away = new Set(laws.filter((_, place) => place % SHARES === group));
  const isHeld = (question: number) =>
    material.gold[question]!.some((article) => away.has(material.articles[article]!.law));
  const taken = new Map<string, number>();
  const examples = shuffled(own.filter(isHeld), seededRandom(SEED + 1)).filter((question) => {
    const law = lawOf(question);
    taken.set(law, (taken.get(law) ?? 0) + 1);
    return taken.get(law)! <= MOST_A_LAW;
  });
  return { isHeld, examples: examples.slice(0, MOST) };
}
