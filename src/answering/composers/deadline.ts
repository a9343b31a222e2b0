/** Any time limit by its words: `复议决定几天出`, `查封能封多久`, `听证几天前通知`. */
import { type Day, parseDay, sayDay } from "../../law/day.ts";
import { computeDeadline, findRule, listRules } from "../../law/deadline.ts";
import { sayLength } from "../../law/period.ts";
import type { DeadlineRule } from "../../law/rule.ts";
import { answers } from "../../wording/answers.ts";
import { deadlines as words } from "../../wording/relief.ts";
import { type Answer, type Ask, type Composer, newPage, type Page } from "../answer.ts";
import { addDayQuestion, waiting } from "../parts.ts";
import { type When, whenOf } from "../when.ts";
import { hearingRight } from "./before-decision.ts";
import { litigation } from "./court.ts";
import { finePayment } from "./fine.ts";
import { relief, remembered } from "./relief.ts";
import { rulesNamedIn } from "./rule-words.ts";

const USUAL = [
  "reconsiderationApply",
  "litigationDirect",
  "litigationAfterReconsideration",
  "hearingRequest",
  "finePayment",
] as const;

/** Limits with an answer of their own, which says more than the day. */
const fullAnswers: Readonly<Record<string, Composer>> = {
  reconsiderationApply: relief,
  litigationDirect: litigation,
  litigationAfterReconsideration: litigation,
  hearingRequest: hearingRight,
  finePayment,
};

export function deadline(ask: Ask): Answer {
  const page = newPage(ask);
  const rules = rulesFor(ask.part.text, ask.memory.facts?.["rule"], lastAsked(ask));
  const [rule, ...others] = rules;
  const when = rule ? whenFor(ask, rule) : whenOf(ask);
  page.remember(remembered(when));
  // “现在还来得及不”: with a day and a decision, what may still be applied for, or when to pay.
  if (!rule && when.kind === "day" && /罚|处罚|决定|来得及|还能|晚不晚/.test(ask.part.text))
    return /[交缴](?!警|通|管|材料)/.test(ask.part.text) ? finePayment(ask) : relief(ask);
  if (!rule) {
    page.text(words.which);
    for (const id of USUAL) page.choice(`rule:${id}`, findRule(id).label);
    waiting(page, ask);
    return page.done("clarify");
  }
  const fuller = fullAnswers[rule.id];
  if (fuller && when.kind === "day") return fuller(ask);
  addRule(page, ask, rule, when);
  for (const other of others.slice(0, 2)) addRule(page, ask, other, when);
  if (when.kind !== "day" && rule.kind === "counted") {
    page.remember({ facts: { ...ask.memory.facts, rule: rule.id } });
    addDayQuestion(page, ask, when, words.askFrom(rule.event));
  } else page.remember({ pending: undefined });
  return page.done(when.kind === "unclear" ? "clarify" : "answered");
}

/** What is counted back from a day to come may well lie in the future: a hearing is. */
function whenFor(ask: Ask, rule: DeadlineRule): When {
  const { trigger } = ask.part.mentions;
  const backward = rule.kind === "counted" && rule.period.direction === "backward";
  if (backward && trigger.kind === "future") return { kind: "day", day: trigger.day };
  const [lastYears, ...others] = backward && trigger.kind === "ambiguous" ? trigger.options : [];
  const toCome = lastYears && others.length === 0 ? nextYear(lastYears) : undefined;
  return toCome ? { kind: "day", day: toCome } : whenOf(ask);
}

const nextYear = (day: Day) => parseDay(`${Number(day.slice(0, 4)) + 1}${day.slice(4)}`);

function addRule(page: Page, ask: Ask, rule: DeadlineRule, when: ReturnType<typeof whenOf>): void {
  page.use(rule);
  if (rule.kind === "noFixedPeriod") {
    page.text(`${words.noFixed(rule.label)}${rule.whatToDo}`, ...rule.basis);
  } else if (when.kind === "day") {
    const limit = computeDeadline(rule, when.day, ask.calendar);
    const last = limit.projected
      ? words.safe(rule.label, sayDay(limit.safeDay), sayDay(limit.lastDay))
      : words.last(rule.label, sayDay(limit.lastDay));
    page.text(limit.lastDay < ask.today ? `${last}${words.over}` : last, ...limit.basis).deadline(limit);
    if (when.assumed) page.notice("info", answers.asYouSaid(when.assumed)).use(when);
  } else if (rule.kind === "fixedDate") {
    page.text(words.fixed(rule.label, `${rule.month}月${rule.dayOfMonth}日`), ...rule.basis);
  } else {
    const { amount, unit, direction } = rule.period;
    const length = sayLength(amount, unit);
    const say = direction === "backward" ? words.before : words.period;
    page.text(say(rule.label, length, rule.event), ...rule.basis);
    if (rule.extension) page.text(extension(rule.extension), ...rule.basis);
  }
  for (const stale of rule.commonlyBelieved ?? []) {
    if (saysStale(ask.part.text, stale.said)) page.notice("warn", `${stale.now}。`, stale.basis);
  }
  if (rule.advice) page.text(rule.advice, ...rule.basis);
  if (rule.ifMissed) page.text(`过期会怎样:${rule.ifMissed}`, ...rule.basis);
  if (rule.caution) page.notice("info", rule.caution, ...rule.basis);
}

function extension(more: {
  amount?: number;
  unit?: Parameters<typeof sayLength>[1];
  condition: string;
}): string {
  const length = more.amount && more.unit ? `,可延长${sayLength(more.amount, more.unit)}` : "";
  return `${more.condition}${length}。`;
}

/** The stale text's own number was said. */
function saysStale(text: string, stale: string): boolean {
  const number = /\d+/.exec(stale)?.[0];
  return number !== undefined && text.includes(number);
}

/** What was last answered; a suit after reconsideration has a limit of its own. */
const lastAsked = (ask: Ask) =>
  ask.memory.intent === "litigation" && ask.memory.facts?.["afterReview"] === true
    ? "litigationAfterReview"
    : ask.memory.intent;

/** The limit meant when only “最晚哪天” is asked after another answer. */
const byIntent: Readonly<Record<string, string>> = {
  relief: "reconsiderationApply",
  litigation: "litigationDirect",
  litigationAfterReview: "litigationAfterReconsideration",
  hearingRight: "hearingRequest",
  finePayment: "finePayment",
  compensation: "stateCompensationClaim",
};

/** Rules whose words the text holds, best first; a remembered rule answers a bare date. */
export function rulesFor(text: string, remembered: unknown, intent?: string): readonly DeadlineRule[] {
  const matched = rulesNamedIn(text).map((id) => findRule(id));
  if (matched.length > 0) return matched;
  const byLabel = listRules().filter((rule) => text.includes(rule.label));
  if (byLabel.length > 0) return byLabel;
  const before = byIntent[intent ?? ""];
  if (before) return [findRule(before)];
  return typeof remembered === "string" && listRules().some((rule) => rule.id === remembered)
    ? [findRule(remembered)]
    : [];
}
