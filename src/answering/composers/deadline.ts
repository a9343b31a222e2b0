/** Any time limit by its words: `复议决定几天出`, `查封能封多久`, `听证几天前通知`. */
import { sayDay } from "../../law/day.ts";
import { deadlineFrom, findRule, listRules } from "../../law/deadline.ts";
import { sayLength } from "../../law/period.ts";
import type { DeadlineRule } from "../../law/rule.ts";
import { answers } from "../../wording/answers.ts";
import { deadlines as words } from "../../wording/relief.ts";
import { type Answer, type Ask, type Composer, newPage, type Page } from "../answer.ts";
import { addDayQuestion, waiting } from "../parts.ts";
import { organOf } from "../place.ts";
import { asksLastDay, isTraffic, rulesAsked, rulesToOffer } from "../reading/actions.ts";
import { remembering, type When, whenOf } from "../when.ts";
import { hearingRight } from "./before-decision.ts";
import { litigation } from "./court.ts";
import { finePayment } from "./fine.ts";
import { relief } from "./relief.ts";

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
  const rules = limitsAsked(ask);
  const [rule, ...others] = rules;
  if (!rule) {
    page.text(words.which);
    for (const id of rulesToOffer([...told(ask), ...said(ask)]))
      page.choice(`rule:${id}`, findRule(id).label);
    waiting(page, ask);
    return page.done("clarify");
  }
  const when = whenOf(ask, rule);
  page.remember({ ...remembering(when), facts: { ...ask.memory.facts, rule: rule.id } });
  const fuller = fullAnswers[rule.id];
  if (fuller && others.length === 0 && when.kind === "day") return fuller(ask);
  // Which event a day belongs to comes before anything said of the limit.
  if (when.kind === "unclear" && when.events) return addDayQuestion(page, ask, when, "").done("clarify");
  addRule(page, ask, rule, when);
  for (const other of others.slice(0, 2)) addRule(page, ask, other, whenOf(ask, other));
  if (when.kind !== "day" && rule.kind === "counted")
    addDayQuestion(page, ask, when, words.askFrom(rule.event));
  else page.remember({ pending: undefined });
  return page.done(when.kind === "unclear" ? "clarify" : "answered");
}

const said = (ask: Ask) => ask.part.mentions.trigger.events;
const told = (ask: Ask) => ask.memory.events ?? [];

/** The limits asked about, best first: by the action asked, else by what the talk is about. */
function limitsAsked(ask: Ask): readonly DeadlineRule[] {
  const organ = organOf(ask);
  const by = organ.kind === "known" ? organ.entity.name : "";
  const chosen = ask.memory.facts?.["rule"];
  const before = byIntent[lastAsked(ask) ?? ""] ?? (typeof chosen === "string" ? chosen : undefined);
  const known = before !== undefined && listRules().some((rule) => rule.id === before);
  return rulesAsked(ask.part.text, {
    today: ask.today,
    said: said(ask),
    told: told(ask),
    traffic: isTraffic(`${ask.part.text}${by}`),
    ...(known ? { before } : {}),
  }).map((id) => findRule(id));
}

/** The answer to another time limit than those a composer tells of, when a last day is asked for. */
export function otherLimit(ask: Ask, own: readonly string[]): Answer | undefined {
  if (!asksLastDay(ask.part.text)) return undefined;
  const [rule] = limitsAsked(ask);
  return rule && !own.includes(rule.id) ? deadline(ask) : undefined;
}

function addRule(page: Page, ask: Ask, rule: DeadlineRule, when: When): void {
  page.use(rule);
  if (rule.kind === "noFixedPeriod") {
    page.text(`${words.noFixed(rule.label)}${rule.whatToDo}`, ...rule.basis);
  } else if (when.kind === "day") {
    const limit = deadlineFrom(rule, when, ask.calendar);
    const last = limit.projected
      ? words.safe(rule.label, sayDay(limit.safeDay), sayDay(limit.lastDay))
      : words.last(rule.label, sayDay(limit.lastDay));
    page.text(limit.lastDay < ask.today ? `${last}${words.over}` : last, ...limit.basis).deadline(limit);
    if (limit.lastDay < ask.today && rule.kind === "counted" && rule.extension)
      page.text(extension(rule.extension), ...rule.basis);
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
