/**
 * A message that tells and asks nothing: an organ, a day, a sum, what was done. It goes into the case, and the case is
 * answered again with what is known by now; the general rule and the next question come where little is known.
 */
import type { Memory } from "../../conversation.ts";
import { sayDay } from "../../law/day.ts";
import { answers } from "../../wording/answers.ts";
import { talk as words } from "../../wording/talk.ts";
import { actOf } from "../act.ts";
import { type Answer, type Ask, newPage } from "../answer.ts";
import { composers } from "../composers/registry.ts";
import type { Intent } from "../intents.ts";
import { waiting } from "../parts.ts";
import { organOf } from "../place.ts";
import { asks, corrects, demands, isElliptic, soundsLikeScam } from "../reading/polarity.ts";
import { slotsOf } from "../reading/slots.ts";
import { onlyValues } from "../reading/values.ts";
import { openLimitOf, whenOf } from "../when.ts";

/** What is computed anew when a value of the case is told; everything else a person hit by a decision tells leads to relief. */
const goesOn: ReadonlySet<Intent> = new Set([
  "relief",
  "litigation",
  "deadline",
  "finePayment",
  "hearingRight",
  "compensation",
]);

/** Routes that go on even where a point of them was told last. */
const goesOnAfterPoint: ReadonlySet<string> = new Set(["litigation", "hearingRight", "compensation"]);

/** The matter the talk is about, as the route that computes it. */
export function openRoute({ talk, pending, intent }: Memory): string | undefined {
  if (pending) return pending.intent;
  if (talk?.unit.startsWith(SERVICE)) return talk.unit.slice(SERVICE.length);
  return intent !== undefined && (talk === undefined || goesOnAfterPoint.has(intent)) ? intent : undefined;
}
const SERVICE = "service:";

/** Whether the talk is about something that was done to the person. */
export const inCase = (memory: Memory): boolean =>
  memory.act !== undefined ||
  memory.amountYuan !== undefined ||
  (memory.events ?? []).length > 0 ||
  goesOn.has(openRoute(memory) as Intent);

/** An organ, a sum or a day; a place where it is not known yet which organ, or is told otherwise. */
const tellsValue = ({ part, memory }: Ask): boolean => {
  const { mentions } = part;
  const place = memory.organ === undefined || corrects(part.text) || onlyValues(part);
  return (
    mentions.organs.length > 0 ||
    (place && mentions.areas.length > 0) ||
    mentions.amountsYuan.length > 0 ||
    mentions.trigger.events.some(({ day }) => day !== undefined)
  );
};

/** What is told at length is read for what it says; it is only taken for the case where no point speaks to it this surely. */
const LONGEST_VALUE = 24;
const SURER_THAN_TOLD = 0.45;
const SURER_THAN_FIRST_TOLD = 0.3;
const SURER_THAN_SHORT = 0.75;

/**
 * A message that only tells: a value of a case under way, or that something was done.
 * @param sure how surely a point was found for its words
 */
export function tellsOfCase(ask: Ask, sure = 0): boolean {
  const { part, memory } = ask;
  if (!onlyTells(ask)) return false;
  const short = part.text.length <= LONGEST_VALUE;
  if (!inCase(memory)) return done(part.text) && sure < (short ? SURER_THAN_SHORT : SURER_THAN_FIRST_TOLD);
  if (corrects(part.text)) return true;
  return (
    (tellsValue(ask) && (short || sure < SURER_THAN_TOLD)) || (done(part.text) && sure < SURER_THAN_TOLD)
  );
}

/** A citizen who tells and asks nothing. */
export const onlyTells = ({ part, role }: Ask): boolean =>
  role === "citizen" &&
  (!asks(part.text) || (isElliptic(part.text) && onlyValues(part))) &&
  !demands(part.text) &&
  !soundsLikeScam(part.text);

/** Something was done to somebody: an act other than that nothing was done. */
const done = (text: string): boolean => {
  const act = actOf(text);
  return act !== undefined && act !== "inaction" && act !== "informationRefusal" && act !== "license";
};

/** Nothing is decided yet: a notice came (拟罚, 告知书), and no decision was told of. */
function onlyNoticed({ part, memory }: Ask): boolean {
  const events = [...(memory.events ?? []), ...part.mentions.trigger.events].map(({ event }) => event);
  const noticed = slotsOf(part.text).stage.includes("noticed") || events.includes("noticeServed");
  return noticed && !events.some((event) => event === "decisionServed" || event === "onTheSpotDecision");
}

/** Noted, and what is still missing is asked; nothing is said again. */
export function heard(ask: Ask): Answer {
  const page = newPage(ask, "relief").text(words.heard);
  const organ = organOf(ask);
  const when = whenOf(ask, "reconsiderationApply");
  const limit = openLimitOf(ask, "reconsiderationApply", when);
  if (limit) page.use({ limit }).text(words.standsAt(sayDay(limit.safeDay)), ...limit.basis);
  if (organ.kind !== "known") waiting(page.text(answers.askOrgan), ask, "organ");
  else if (when.kind !== "day") waiting(page.text(answers.askDay), ask, "day");
  return page
    .choice("do:relief", "不服怎么申诉")
    .choice("do:finePayment", "罚款要不要先交")
    .choice("start:complaint", "投诉执法人员")
    .done("answered", { direct: true });
}

/** The case once more, with what was told: by the matter under way, or to whom and by when. */
export function answerCase(ask: Ask): Answer {
  const route = onlyNoticed(ask) ? "hearingRight" : (openRoute(ask.memory) as Intent);
  const named = ask.part.mentions.organs.length > 0;
  const intent: Intent = goesOn.has(route) && !(named && route === "deadline") ? route : "relief";
  const answer = composers[intent]({ ...ask, part: { ...ask.part, intent, followUp: true } });
  // A limit that cannot be told yet is no answer to somebody who only tells.
  return answer.outcome === "clarify" && intent === "deadline"
    ? composers.relief({ ...ask, part: { ...ask.part, intent: "relief", followUp: true } })
    : answer;
}
