/** What is asked of the talk itself: in plainer words, what comes next, what was told. */

import { sayDate, sayDay } from "../../law/day.ts";
import { findCountedRule } from "../../law/deadline.ts";
import { eventKinds, isOpen } from "../../law/event.ts";
import { actKinds } from "../../law/prior-reconsideration.ts";
import type { Point } from "../../records/point.ts";
import { answers } from "../../wording/answers.ts";
import { talk as words } from "../../wording/talk.ts";
import { type Answer, type Ask, newPage, row } from "../answer.ts";
import { entityInfo } from "../composers/entity-info.ts";
import { competenceOf, reviewersIn } from "../composers/relief.ts";
import { relief as facts } from "../facts/relief.ts";
import { addDayQuestion, addOrganQuestion, waiting } from "../parts.ts";
import { entityOf, organOf } from "../place.ts";
import { asksContact, givesUp, recalls, wantsNext, wantsPlainly } from "../reading/polarity.ts";
import { offerPoint, pointOf, sayPoint } from "../telling/point.ts";
import { openLimitOf, whenOf } from "../when.ts";
import { inCase } from "./told.ts";

/** Undefined where the message asks something of its own, or the talk holds nothing it could be asked of. */
export function answerAside(ask: Ask): Answer | undefined {
  const { text } = ask.part;
  if (asksContact(text) && (ask.memory.last?.organs ?? []).length > 0) return entityInfo(ask);
  if (recalls(text)) return recalled(ask);
  if (givesUp(text) && inCase(ask.memory)) return givenUp(ask);
  if (!wantsPlainly(text) && !wantsNext(text)) return undefined;
  if (ask.role === "citizen" && inCase(ask.memory)) return steps(ask);
  const point = pointOf(ask, ask.memory.talk?.unit);
  if (point && wantsNext(text)) return nextOf(ask, point);
  return point
    ? sayPoint(newPage(ask, "lawLookup"), point, `${words.inShort}${point.lead}`).done("answered", {
        direct: true,
      })
    : undefined;
}

/** What people ask after this point, as buttons; undefined where nothing follows. */
function nextOf(ask: Ask, point: Point): Answer | undefined {
  const next = (point.next ?? []).flatMap((id) => pointOf(ask, id) ?? []);
  if (next.length === 0) return undefined;
  const page = newPage(ask, "lawLookup").text(words.next);
  for (const one of next.slice(0, MOST_NEXT)) offerPoint(page, one);
  return page.done("clarify");
}
const MOST_NEXT = 4;

/** What to do now against what was done: to whom, by when, with what; what is missing is asked. */
function steps(ask: Ask): Answer {
  const page = newPage(ask, "relief");
  const organ = organOf(ask);
  const found = organ.kind === "known" ? competenceOf(ask, organ.entity, undefined) : undefined;
  const reviewers =
    found?.reconsideration.kind === "found" ? reviewersIn(found.reconsideration.options) : undefined;
  const when = whenOf(ask, "reconsiderationApply");
  const limit = openLimitOf(ask, "reconsiderationApply", when);
  if (found) page.use(found);
  page
    .use({ limit }, findCountedRule("reconsiderationApply"))
    .text(
      words.plainly(reviewers?.bodies, limit && sayDay(limit.safeDay)),
      ...(reviewers?.basis ?? []),
      ...facts.general60.basis,
    );
  page.fact(facts.howToApply);
  if (organ.kind !== "known") {
    page.text(when.kind === "day" ? answers.askOrgan : answers.askOrganAndDay);
    waiting(page, ask, "organ");
    if (organ.kind === "choose") addOrganQuestion(page, ask, organ);
  } else addDayQuestion(page, ask, when, answers.askDay);
  return page
    .choice("do:litigation", "到法院起诉怎么办")
    .choice("do:finePayment", "罚款要不要先交")
    .choice("start:complaint", "投诉执法人员")
    .done("answered", { direct: true });
}

/** The person lets it go: theirs to decide; until when they may think better of it. */
function givenUp(ask: Ask): Answer {
  const limit = openLimitOf(ask, "reconsiderationApply");
  return newPage(ask, "thanks")
    .use({ limit })
    .text(words.givenUp(limit && sayDay(limit.safeDay)), ...(limit?.basis ?? []))
    .choice("do:relief", "不服怎么申诉")
    .done("answered", { direct: true });
}

/** What was told so far, and what is still missing. */
function recalled(ask: Ask): Answer {
  const { memory } = ask;
  const page = newPage(ask, "help");
  const organ = entityOf(ask, memory.organ);
  const act = actKinds.find((kind) => kind === memory.act);
  const days = (memory.events ?? []).flatMap(({ event, day }) =>
    day ? [`${sayDate(day)}${isOpen(event) ? "" : eventKinds[event]}`] : [],
  );
  page
    .use({ memory })
    .card(
      words.told,
      [
        row("单位", organ?.name),
        row("什么事", act && words.acts[act]),
        row("日子", days.join(";")),
        row("金额", memory.amountYuan === undefined ? undefined : `${memory.amountYuan}元`),
      ],
      ...(organ ? [organ] : []),
    );
  const missing = [...(organ ? [] : [words.whichOrgan]), ...(days.length > 0 ? [] : [words.whichDay])];
  if (missing.length > 0) page.text(words.missing(missing));
  return page.choice("do:relief", "不服怎么申诉").done("answered", { direct: true });
}
