/**
 * A message that tells and asks nothing: an organ, a day, a sum, what was done. It goes into the case, and the case is
 * answered again with what is known by now; the general rule and the next question come where little is known.
 */
import type { Memory } from "../../conversation.ts";
import { actOf } from "../act.ts";
import type { Answer, Ask } from "../answer.ts";
import { composers } from "../composers/registry.ts";
import type { Intent } from "../intents.ts";
import { asks, demands } from "../reading/polarity.ts";
import type { Part } from "../understanding.ts";

/** What is computed anew when a value of the case is told; everything else a person hit by a decision tells leads to relief. */
const goesOn: ReadonlySet<Intent> = new Set([
  "relief",
  "litigation",
  "deadline",
  "finePayment",
  "hearingRight",
  "compensation",
]);

/** The matter the talk is about, as the route that computes it. */
export function openRoute({ talk, pending, intent }: Memory): string | undefined {
  if (pending) return pending.intent;
  if (talk?.unit.startsWith(SERVICE)) return talk.unit.slice(SERVICE.length);
  return intent;
}
const SERVICE = "service:";

/** Whether the talk is about something that was done to the person. */
export const inCase = (memory: Memory): boolean =>
  memory.act !== undefined ||
  memory.amountYuan !== undefined ||
  (memory.events ?? []).length > 0 ||
  goesOn.has(openRoute(memory) as Intent);

/** What a message adds to a case: values, or what was done. */
const adds = ({ text, mentions }: Part): boolean =>
  mentions.organs.length > 0 ||
  mentions.areas.length > 0 ||
  mentions.amountsYuan.length > 0 ||
  mentions.trigger.events.some(({ day }) => day !== undefined) ||
  actOf(text) !== undefined;

/** A message that only tells: of a case under way, or that something was done. */
export function tellsOfCase({ part, memory, role }: Ask): boolean {
  if (role !== "citizen" || asks(part.text) || demands(part.text)) return false;
  return adds(part) && (inCase(memory) || done(part.text));
}

/** Something was done to somebody: an act other than that nothing was done. */
const done = (text: string): boolean => {
  const act = actOf(text);
  return act !== undefined && act !== "inaction" && act !== "informationRefusal" && act !== "license";
};

/** Characters beside the values themselves: with few, the message is values and nothing else. */
const FEW = 4;

/** Whether a message is little more than the values it tells: `盐湖区市监局`, `11月10号签收的`, `罚了三千`. */
export function onlyValues({ text, mentions }: Part): boolean {
  const values = [
    ...mentions.organs.map(({ said }) => said),
    ...mentions.areas.map(({ said }) => said),
    ...mentions.trigger.events.map(({ said }) => said),
    ...("said" in mentions.trigger ? [mentions.trigger.said] : []),
  ];
  const rest = values.reduce((left, value) => left.replace(value, ""), text);
  return rest.replace(SHELL, "").length <= FEW;
}
const SHELL =
  /[^\p{L}]|[零一二两三四五六七八九十百千万]+(?:块钱?|元|万|千|百)?|罚款?|被|让|给|我们?|俺们?|他们?|的|了|是|在|就|签收|签字|收到|拿到|收|送|单位|那个|这个|决定书?|嗯|哦|对|交|票|纸|章子?|盖/gu;

/** The case once more, with what was told: by the matter under way, or to whom and by when. */
export function answerCase(ask: Ask): Answer {
  const route = openRoute(ask.memory) as Intent;
  const named = ask.part.mentions.organs.length > 0;
  const intent: Intent = goesOn.has(route) && !(named && route === "deadline") ? route : "relief";
  const answer = composers[intent]({ ...ask, part: { ...ask.part, intent, followUp: true } });
  // A limit that cannot be told yet is no answer to somebody who only tells.
  return answer.outcome === "clarify" && intent === "deadline"
    ? composers.relief({ ...ask, part: { ...ask.part, intent: "relief", followUp: true } })
    : answer;
}
