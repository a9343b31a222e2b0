/** A question an officer asks before acting, answered from a few facts of the case, with its basis. */
import type { SaidRef } from "../legal-ref.ts";
import type { HearingThreshold } from "../organ.ts";
import { type CaseFacts, type FactName, factQuestions, type Measure } from "./facts.ts";

export { type CaseFacts, type FactName, type Measure, measures } from "./facts.ts";
export type { HearingThreshold };

export interface Question {
  readonly fact: FactName;
  readonly ask: string;
}

export interface GateAnswer {
  readonly gate: string;
  readonly answer: "yes" | "no" | "depends";
  /** Facts still needed, as questions; present when `depends`. */
  readonly on?: readonly Question[];
  /** Short sentences, the deciding one first. */
  readonly reasons: readonly string[];
  readonly basis: readonly SaidRef[];
  readonly documents: readonly string[];
  /** Ids of the time limits that now run. */
  readonly clock?: readonly string[];
  readonly caution?: string;
}

export interface Gate {
  /** Stable id, `onTheSpotPenalty`. */
  readonly id: string;
  /** 能不能当场处罚. */
  readonly title: string;
  /** Facts the gate may read. */
  readonly facts: readonly FactName[];
  readonly decide: (facts: CaseFacts) => Omit<GateAnswer, "gate">;
}

export type Decision = Omit<GateAnswer, "gate">;

type Extra = Partial<Pick<Decision, "documents" | "clock" | "caution">>;

export function yes(
  reasons: string | readonly string[],
  basis: readonly SaidRef[],
  extra: Extra = {},
): Decision {
  return { answer: "yes", reasons: [reasons].flat(), basis, documents: [], ...extra };
}

export function no(
  reasons: string | readonly string[],
  basis: readonly SaidRef[],
  extra: Extra = {},
): Decision {
  return { answer: "no", reasons: [reasons].flat(), basis, documents: [], ...extra };
}

/** It turns on facts not given; each is asked in a fixed sentence. */
export function depends(
  on: readonly FactName[],
  reasons: string | readonly string[],
  basis: readonly SaidRef[],
  extra: Extra = {},
): Decision {
  return {
    answer: "depends",
    on: on.map((fact) => ({ fact, ask: factQuestions[fact].ask })),
    reasons: [reasons].flat(),
    basis,
    documents: [],
    ...extra,
  };
}

/** Those of `names` not given. */
export function missing(facts: CaseFacts, ...names: FactName[]): FactName[] {
  return names.filter((name) => facts[name] === undefined);
}

/** One of the measures is among those planned. */
export function has(facts: CaseFacts, ...wanted: readonly Measure[]): boolean {
  return (facts.measures ?? []).some((measure) => wanted.includes(measure));
}
