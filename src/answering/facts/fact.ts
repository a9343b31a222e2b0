/** A fact of law said in our own words, with the places it rests on. Numbers in an answer come from these or from rows. */
import type { SaidRef } from "../../law/legal-ref.ts";

export interface LawFact {
  /** One or two plain sentences a citizen understands. */
  readonly say: string;
  readonly basis: readonly [SaidRef, ...SaidRef[]];
}

export function fact(say: string, ...basis: readonly [SaidRef, ...SaidRef[]]): LawFact {
  return { say, basis };
}
