/** A point told: its lead first, the day where a rule gives one, the organ where it is known, what people ask next. */

import { cite } from "../../law/cite.ts";
import { sayDay } from "../../law/day.ts";
import { findRule } from "../../law/deadline.ts";
import type { SaidRef } from "../../law/legal-ref.ts";
import { isCurrent } from "../../records/library.ts";
import { asksOf, type Point } from "../../records/point.ts";
import { answers } from "../../wording/answers.ts";
import { deadlines as words } from "../../wording/relief.ts";
import { type Answer, type Ask, newPage, type Page } from "../answer.ts";
import { litigation } from "../composers/court.ts";
import { relief } from "../composers/relief.ts";
import { addDayQuestion } from "../parts.ts";
import { organOf } from "../place.ts";
import { limitOf, remembering, whenOf } from "../when.ts";
import { routeOf } from "./topics.ts";

const MOST_NEXT = 3;
/** Longest label of a button that asks for another point. */
const LONGEST_LABEL = 24;

/** @param beside other points worth a sentence, best first. */
export function tellPoint(ask: Ask, point: Point, beside: readonly Point[] = []): Answer {
  const intent = routeOf(point.topic);
  const computed = computedFor(ask, point);
  if (computed) return computed;
  const page = newPage(ask, intent);
  addPoint(page, ask, point);
  for (const other of beside) sayPoint(page, other, other.lead);
  addNext(page, ask, point, beside);
  return page.remember({ last: { point: point.id } }).done("answered", { direct: true });
}

/** Who hears it and which court is computed once the organ is known by name. */
function computedFor(ask: Ask, point: Point): Answer | undefined {
  if (point.compute !== "competence" || ask.part.mentions.organs.length === 0) return undefined;
  if (organOf(ask).kind !== "known") return undefined;
  const intent = routeOf(point.topic);
  const composer = intent === "litigation" ? litigation : relief;
  return composer({ ...ask, part: { ...ask.part, intent } });
}

function addPoint(page: Page, ask: Ask, point: Point): void {
  const rule = point.rule === undefined ? undefined : findRule(point.rule);
  if (rule?.kind !== "counted") {
    sayPoint(page, point, [point.lead, ...point.more].join(""));
    return;
  }
  const when = whenOf(ask, rule);
  const limit = limitOf(ask, rule.id, when);
  if (limit && when.kind === "day") {
    const last = limit.projected
      ? words.safe(rule.label, sayDay(limit.safeDay), sayDay(limit.lastDay))
      : words.last(rule.label, sayDay(limit.lastDay));
    page.text(limit.lastDay < ask.today ? `${last}${words.over}` : last, ...limit.basis);
    page.deadline(limit).remember(remembering(when));
    if (when.assumed) page.notice("info", answers.asYouSaid(when.assumed)).use(when);
    sayPoint(page, point, point.more.join("") || point.lead);
    return;
  }
  sayPoint(page, point, [point.lead, ...point.more].join(""));
  if (ask.role !== "citizen" || rule.actor !== "party") return;
  page.remember({ facts: { ...ask.memory.facts, rule: rule.id } });
  const asking = { ...ask, part: { ...ask.part, intent: "deadline" as const } };
  addDayQuestion(page, asking, when, words.askFrom(rule.event));
}

/** A sentence of a point with the articles it rests on; its numbers are the record's own. */
export function sayPoint(page: Page, point: Point, text: string): Page {
  return page
    .use({ lead: point.lead, more: point.more, numbers: point.basis.map((on) => on.numbers) })
    .text(text, ...refsOf(point));
}

export function refsOf(point: Point): readonly SaidRef[] {
  return point.basis.map(({ law, article, mark }) => cite(law, article, mark));
}

/** Points people ask next, as buttons in the words people use. */
function addNext(page: Page, ask: Ask, point: Point, beside: readonly Point[]): void {
  const shown = new Set([point.id, ...beside.map(({ id }) => id)]);
  const next = (point.next ?? []).flatMap((id) => pointOf(ask, id) ?? []).filter(({ id }) => !shown.has(id));
  for (const one of next.slice(0, MOST_NEXT)) offerPoint(page, one);
}

/** A button that asks for a point, in the words people use. */
export function offerPoint(page: Page, point: Point): Page {
  const label = labelOf(point);
  return page.use(label).choice(`point:${point.id}`, label);
}

/** A current point by id. */
export function pointOf(ask: Pick<Ask, "library" | "today">, id: string | undefined): Point | undefined {
  const found = id === undefined ? undefined : ask.library.find(id);
  return found?.kind === "point" && isCurrent(found, ask.today) ? found : undefined;
}

/** The shortest ask that still says what it is about. */
function labelOf(point: Point): string {
  const asks = [...asksOf(point)].sort((a, b) => a.length - b.length);
  const fitting = asks.find((ask) => ask.length >= 6) ?? asks[0] ?? point.topic;
  return fitting.length > LONGEST_LABEL ? `${fitting.slice(0, LONGEST_LABEL - 1)}…` : fitting;
}
