/** From a rule and a triggering day to a last day, with its count. */
import { AppError } from "../error.ts";
import type { Calendar } from "./calendar.ts";
import type { Day } from "./day.ts";
import type { LegalRef } from "./legal-ref.ts";
import type { CountedRule, DeadlineRule, FixedDateRule } from "./rule.ts";

/** A computed last day with its count. */
export interface Deadline {
  /** Rule id, `reconsiderationApply`. */
  readonly rule: string;
  /** 申请行政复议. */
  readonly label: string;
  /** The triggering day; it is not counted. */
  readonly from: Day;
  /** The last day by bare counting, before any move past a holiday. */
  readonly rawLastDay: Day;
  /** The last day in law, moved past statutory holidays where the rule allows. */
  readonly lastDay: Day;
  /** The last working day on or before `rawLastDay`: act by this day and no reading of the law can hurt. */
  readonly safeDay: Day;
  /** The count runs past the published holiday calendar; `lastDay` is a projection. */
  readonly projected: boolean;
  /** Each step of the count in words a citizen understands. */
  readonly count: readonly string[];
  readonly basis: readonly (LegalRef & { readonly text: string })[];
  /** Present when a basis was inferred or not read in full. */
  readonly caution?: string;
}

/** An obstacle such as 不可抗力: days from `from` up to, not including, `removedOn` are not counted. */
export interface Suspension {
  readonly from: Day;
  readonly removedOn: Day;
}

export interface DeadlineOptions {
  readonly suspensions?: readonly Suspension[];
}

/** All rules, party's first. */
export function listRules(): readonly DeadlineRule[] {
  return [];
}

/** @throws AppError `unknown_rule`, listing the known ids. */
export function findRule(id: string): DeadlineRule {
  throw new AppError("unknown_rule", { say: `没有期限规则“${id}”。` });
}

/** @throws AppError `unknown_rule`; `bad_input` when the law sets no number of days (says what to do instead). */
export function findCountedRule(id: string): CountedRule | FixedDateRule {
  throw new AppError("unknown_rule", { say: `没有期限规则“${id}”。` });
}

export function computeDeadline(
  _rule: CountedRule | FixedDateRule,
  _from: Day,
  _calendar: Calendar,
  _options: DeadlineOptions = {},
): Deadline {
  throw new AppError("internal");
}

/** Additional fine (加处罚款) owed on a day. Amounts in yuan. */
export interface LateFine {
  readonly daysLate: number;
  readonly perDayYuan: number;
  readonly additionalYuan: number;
  readonly totalYuan: number;
  /** The cap (the fine itself) has been reached. */
  readonly capped: boolean;
  /** The day the cap is reached. */
  readonly cappedOn: Day;
  readonly count: readonly string[];
  readonly basis: readonly LegalRef[];
}

export function lateFine(_amountYuan: number, _dueDay: Day, _paidDay: Day): LateFine {
  throw new AppError("internal");
}
