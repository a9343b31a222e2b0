/**
 * Clocks of a case, in working days. Those with a basis in law say it; the rest are the office's own promise and say so,
 * because the supervision regulation's periods for complaints could not be read.
 */
import type { Calendar } from "../law/calendar.ts";
import { cite } from "../law/cite.ts";
import type { Day } from "../law/day.ts";
import type { SaidRef } from "../law/legal-ref.ts";
import { countPeriod } from "../law/period.ts";

export const PROMISE = "内部承诺";

interface ClockRule {
  readonly label: string;
  readonly workingDays: number;
  /** Counted from submission, or from the day the move was made. */
  readonly from: "submission" | "move";
  /** A statutory basis, or the word that none is claimed. */
  readonly basis: SaidRef | typeof PROMISE;
  readonly remark?: string;
}

export const clockRules = {
  accept: { label: "决定是否受理", workingDays: 5, from: "submission", basis: PROMISE },
  finish: { label: "办结并答复", workingDays: 30, from: "submission", basis: PROMISE },
  finishDiscretion: {
    label: "办结并答复(裁量权投诉)",
    workingDays: 30,
    from: "submission",
    basis: cite("山西裁量办法", "14.2"),
    remark: "规定自受理之日起算;本机构自登记之日起算,从严",
  },
  refer: { label: "承办机关报告办理情况", workingDays: 15, from: "move", basis: PROMISE },
  inquiry: { label: "答复核查通知", workingDays: 10, from: "move", basis: PROMISE },
  notice: { label: "反馈监督通知书", workingDays: 20, from: "move", basis: PROMISE },
  noticeDiscretion: {
    label: "反馈监督通知书(裁量权)",
    workingDays: 20,
    from: "move",
    basis: cite("山西裁量办法", "15.2"),
  },
  opinion: { label: "反馈监督意见书", workingDays: 20, from: "move", basis: PROMISE },
  decision: { label: "执行监督决定书", workingDays: 20, from: "move", basis: PROMISE },
  feedback: { label: "听取投诉人意见后办结", workingDays: 5, from: "move", basis: PROMISE },
  reopen: { label: "可申请重开", workingDays: 30, from: "move", basis: PROMISE },
} as const satisfies Record<string, ClockRule>;

/** Names moves use; discretion cases run the statutory variant of `finish` and `notice`. */
export type ClockName =
  | "accept"
  | "finish"
  | "refer"
  | "inquiry"
  | "notice"
  | "opinion"
  | "decision"
  | "feedback"
  | "reopen";
type RuleName = keyof typeof clockRules;

export interface Clock {
  readonly name: ClockName;
  readonly rule: RuleName;
  readonly label: string;
  readonly from: Day;
  readonly due: Day;
  /** Printed basis, or 内部承诺. */
  readonly basis: string;
  /** The count passes the published holiday calendar. */
  readonly projected: boolean;
}
export type Clocks = readonly Clock[];

export function startClock(name: ClockName, discretion: boolean, from: Day, calendar: Calendar): Clock {
  const rule: RuleName =
    discretion && name === "finish"
      ? "finishDiscretion"
      : discretion && name === "notice"
        ? "noticeDiscretion"
        : name;
  return runClock(rule, name, from, calendar);
}

/** The same clocks counted again on another calendar. */
export function recount(clocks: Clocks, calendar: Calendar): Clocks {
  return clocks.map((clock) => runClock(clock.rule, clock.name, clock.from, calendar));
}

/** The earliest last day the office owes; the complainant's own window to reopen is none of its dues. */
export function earliestDue(clocks: Clocks): Day | undefined {
  return clocks
    .filter((clock) => clock.name !== "reopen")
    .map((clock) => clock.due)
    .sort()[0];
}

function runClock(rule: RuleName, name: ClockName, from: Day, calendar: Calendar): Clock {
  const facts: ClockRule = clockRules[rule];
  const counted = countPeriod(
    { amount: facts.workingDays, unit: "workingDay", direction: "forward", onRestDay: "roll" },
    from,
    calendar,
  );
  const basis = facts.basis === PROMISE ? PROMISE : facts.basis.text;
  return {
    name,
    rule,
    label: facts.label,
    from,
    due: counted.lastDay,
    basis: facts.remark ? `${basis};${facts.remark}` : basis,
    projected: counted.projected,
  };
}
