/** The shape of a time limit in law: every row of `rules/` is one of these. */
import type { EventKind } from "./event.ts";
import type { SaidRef } from "./legal-ref.ts";

/** `hour` limits are shown as the day they end on. */
export type Unit = "calendarDay" | "workingDay" | "month" | "year" | "hour";

/** How the length is counted. The starting day never counts (民诉法第八十五条第二款). */
export interface Period {
  readonly amount: number;
  readonly unit: Unit;
  /** `backward`: so long BEFORE the event, as 听证七日前通知. */
  readonly direction: "forward" | "backward";
  /** `roll`: a last day that rests moves to the next working day. `hard`: it does not (an organ's own limit). */
  readonly onRestDay: "roll" | "hard";
}

/** Who must act, and so who may rely on the date. */
export const actors = [
  "party",
  "organ",
  "reconsiderationOrgan",
  "court",
  "petitionOrgan",
  "supervisionBody",
  "officer",
] as const;
export type Actor = (typeof actors)[number];

/** What is often said instead (old texts, old amounts), and why it no longer holds. */
export interface StaleBelief {
  readonly said: string;
  readonly now: string;
  readonly basis: SaidRef;
}

/** A possible lengthening: never added by the calculator unless asked. */
export interface Extension {
  readonly amount?: number;
  readonly unit?: Unit;
  /** When and by whom, in words. */
  readonly condition: string;
  readonly times?: number;
}

/** An event the law leads from to the one a rule runs from, by the limit of another rule. */
export interface Derivation {
  readonly from: EventKind;
  /** The counted rule whose last day is the day to run from. Absent: the same day. */
  readonly by?: string;
  /** What that last day is: `视为送达之日`. */
  readonly start: string;
  /** `false`: what is derived is the earliest such day; what may move it later. It never shows that a limit is over. */
  readonly exact: boolean;
  /** Said with the count when not exact. */
  readonly unless?: string;
}

interface RuleFacts {
  /** Stable id: `reconsiderationApply`. */
  readonly id: string;
  /** Row in the table of facts, `A05`. */
  readonly row: string;
  /** 申请行政复议. */
  readonly label: string;
  readonly actor: Actor;
  /** The event it runs from, as asked of a person: `知道处罚决定之日(签收日)`. */
  readonly event: string;
  /** The events whose day it runs from. Empty: its day is never computed from what happened to a person. */
  readonly starts: readonly EventKind[];
  readonly derived?: readonly Derivation[];
  readonly basis: readonly SaidRef[];
  /** Present whenever any basis is `S` or `I`; a citizen may read it. */
  readonly caution?: string;
  readonly commonlyBelieved?: readonly StaleBelief[];
  /** What happens when the day passes. */
  readonly ifMissed?: string;
  /** One next step or warning worth saying with the date. */
  readonly advice?: string;
}

export interface CountedRule extends RuleFacts {
  readonly kind: "counted";
  readonly period: Period;
  readonly extension?: Extension;
  /** Effect of force majeure (不可抗力). Absent: the law provides none. */
  readonly tolling?: "continues" | "excluded" | "suspendedInLastSixMonths";
  /** Posting by the last day is in time (交邮不算过期, 民诉法第八十五条第四款). */
  readonly postingCounts?: boolean;
}

/** Due on a date of the following year, as 年报 by 31 January. */
export interface FixedDateRule extends RuleFacts {
  readonly kind: "fixedDate";
  readonly month: number;
  readonly dayOfMonth: number;
}

/** The law sets no number of days; `whatToDo` says what to do instead. */
export interface NoFixedPeriodRule extends RuleFacts {
  readonly kind: "noFixedPeriod";
  readonly whatToDo: string;
}

export type DeadlineRule = CountedRule | FixedDateRule | NoFixedPeriodRule;
