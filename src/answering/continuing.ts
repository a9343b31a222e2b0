/** How a message takes up the talk so far: buttons, bare follow-ups, what is shared by all its matters. */
import type { Memory, TurnContext } from "../conversation.ts";
import { type Day, parseDay } from "../law/day.ts";
import { eventNames, isOpen, mayBe, mergeEvents, type SaidEvent } from "../law/event.ts";
import { actKinds } from "../law/prior-reconsideration.ts";
import { readFact } from "./case-facts.ts";
import { saysNone } from "./declining.ts";
import { type Intent, intentNames } from "./intents.ts";
import { asksLastDay, asksLength, asksWhetherLate, isTraffic, rulesAsked } from "./reading/actions.ts";
import { asks } from "./reading/polarity.ts";
import { isService } from "./services.ts";
import { MORE } from "./telling/fold.ts";
import { mentionsOf } from "./understand/understand.ts";
import type { Part } from "./understanding.ts";

/** “复议找谁?起诉找谁?我是东演区城管罚的”: what is said once holds for all matters of the message. */
export function sharing(parts: readonly Part[]): readonly Part[] {
  const organs = parts.find((part) => part.mentions.organs.length > 0)?.mentions.organs ?? [];
  const areas = parts.find((part) => part.mentions.areas.length > 0)?.mentions.areas ?? [];
  const day = parts.find((part) => part.mentions.trigger.kind === "day")?.mentions.trigger;
  return parts.map((part) => ({
    ...part,
    mentions: {
      ...part.mentions,
      organs: part.mentions.organs.length > 0 ? part.mentions.organs : organs,
      areas: part.mentions.areas.length > 0 ? part.mentions.areas : areas,
      trigger: part.mentions.trigger.kind === "none" && day ? day : part.mentions.trigger,
    },
  }));
}

/** An answer to what was asked back stands together with the question it finishes. */
export function completed(
  part: Part,
  context: Pick<TurnContext, "library" | "today"> & { memory: Memory; area?: string },
): Part {
  const own = settledEvents(part, context.memory);
  return toLimit(joined(own, context), context);
}

function joined(
  part: Part,
  context: Pick<TurnContext, "library" | "today"> & { memory: Memory; area?: string },
): Part {
  const { pending } = context.memory;
  if (!part.followUp || !pending || pending.intent !== part.intent || pending.text === "") return part;
  // A question of its own is no answer to what was asked back.
  if (asks(part.text)) return part;
  const said = part.mentions.areas[0]?.codes;
  const memory = said?.length === 1 ? { ...context.memory, area: said[0] } : context.memory;
  const before = mentionsOf(pending.text, { ...context, memory });
  const own = part.mentions;
  // “那西演区的呢”: the organ of the same name there, not the one named before.
  const elsewhere = own.areas.length > 0 && context.memory.organ !== undefined;
  return {
    ...part,
    text: `${pending.text},${part.text}`,
    mentions: {
      ...before,
      ...own,
      organs: own.organs.length > 0 ? own.organs : elsewhere ? [] : before.organs,
      areas: own.areas.length > 0 ? own.areas : before.areas,
      trigger:
        own.trigger.events.some((one) => one.day) || own.trigger.kind !== "none"
          ? own.trigger
          : before.trigger,
      amountsYuan: own.amountsYuan.length > 0 ? own.amountsYuan : before.amountsYuan,
      laws: own.laws.length > 0 ? own.laws : before.laws,
      certNos: own.certNos.length > 0 ? own.certNos : before.certNos,
    },
  };
}

/** What the person gave before, which may be repeated to them. */
export function rememberedWords(memory: Memory): readonly string[] {
  return [
    ...(memory.events ?? []).flatMap((one) => one.day ?? []),
    memory.amountYuan === undefined ? "" : `${memory.amountYuan}元`,
    ...Object.values(memory.facts ?? {}).map(String),
  ];
}

export function merge(memory: Memory, remember: Partial<Memory>, part: Part): Memory {
  const party = part.mentions.party ?? memory.party;
  const told = mergeEvents(memory.events ?? [], part.mentions.trigger.events);
  const events = mergeEvents(told, remember.events ?? []);
  const next = {
    ...memory,
    last: undefined,
    talk: talkAfter(remember, part) ?? memory.talk,
    ...(party ? { party } : {}),
    ...remember,
    events: events.length > 0 ? events : undefined,
  };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

/** What was told, and the words that asked for it where they say enough alone. */
function talkAfter({ last, intent }: Partial<Memory>, { text }: Part): Memory["talk"] {
  const asked = text.length >= LEAST_ASKED ? text.slice(0, MOST_ASKED) : "";
  if (last?.point) return { unit: last.point, asked };
  return intent !== undefined && isService(intent) && !ofTalkItself.has(intent)
    ? { unit: `service:${intent}`, asked }
    : undefined;
}

/** Fewer characters lean on what was said before; more are not searched with again. */
const LEAST_ASKED = 8;
const MOST_ASKED = 60;
const ofTalkItself: ReadonlySet<string> = new Set(["greeting", "thanks", "help", "outOfScope"]);

interface Chosen {
  readonly intent: Intent;
  readonly text: string;
  readonly memory: Memory;
  /** A point asked for by its button. */
  readonly point?: string;
  /** The last answer once more, unfolded. */
  readonly full?: boolean;
}

/** A button: `do:<intent>` asks something new; the rest gives a fact to the question under way. */
export function applyChoice(choice: string, memory: Memory): Chosen | undefined {
  const at = choice.indexOf(":");
  const [kind, value] = at < 0 ? [choice, ""] : [choice.slice(0, at), choice.slice(at + 1)];
  const pending = intentOf(memory.pending?.intent) ?? intentOf(memory.intent) ?? "help";
  const text = memory.pending?.text ?? "";
  const on = (facts: Partial<Memory>, intent: Intent = pending): Chosen => ({
    intent,
    text,
    memory: { ...memory, ...facts },
  });
  switch (kind) {
    case "do": {
      const intent = intentOf(value);
      return intent ? { intent, text: "", memory: { ...memory, pending: undefined } } : undefined;
    }
    case "point":
      return { intent: "lawLookup", text: "", memory: { ...memory, pending: undefined }, point: value };
    case MORE: {
      const { folded } = memory.last ?? {};
      const intent = intentOf(folded?.intent);
      if (!folded || !intent) return undefined;
      const { text: before, point } = folded;
      return { intent, text: before, memory, full: true, ...(point ? { point } : {}) };
    }
    case "organ":
      return on({ organ: value }, memory.pending ? pending : "entityInfo");
    case "area":
      return on({ area: value });
    case "power":
      return on({ powerId: value });
    case "day": {
      const day = parseDay(value);
      return day
        ? on({ events: mergeEvents(memory.events ?? [], [{ event: "unsaid", day, said: value }]) })
        : undefined;
    }
    case "event": {
      // `event:decisionServed@2026-11-10`: what a day is the day of.
      const [name, said = ""] = value.split("@");
      const event = eventNames.find((known) => known === name);
      const day = parseDay(said);
      if (!event || !day) return undefined;
      const others = (memory.events ?? []).filter((one) => one.day !== day);
      return on({ events: mergeEvents(others, [{ event, day, said }]) });
    }
    case "act":
      return actKinds.some((known) => known === value) ? on({ act: value }) : undefined;
    case "rule":
      return on({ facts: { ...memory.facts, rule: value } }, "deadline");
    case "fact": {
      const fact = readFact(value);
      const [name = "", raw = ""] = value.split("=");
      if (!fact && name !== "procedure" && name !== "done" && name !== "seal") return undefined;
      const facts = { ...memory.facts, [name]: fact?.value ?? raw };
      if (name === "procedure") return on({ facts: { ...facts, done: "" } }, "procedure");
      return on({ facts }, name === "done" ? "procedure" : pending);
    }
    default:
      return undefined;
  }
}

/** “有”, “没有” to a question with two answers is one of its buttons. */
export function impliedChoice(said: string, memory: Memory): string | undefined {
  const fact = /^fact:(.+)$/.exec(memory.last?.asked ?? "")?.[1];
  if (!fact) return undefined;
  const plain = said.replace(/[^\p{L}]/gu, "");
  if (/^(?:有|有的|有啊|是|是的|是啊|对|对的|嗯|会|要|需要)$/.test(plain)) return `fact:${fact}=true`;
  return saysNone(plain) || /^(?:不是|不会|不要|不需要|否|不)$/.test(plain)
    ? `fact:${fact}=false`
    : undefined;
}

/** Intents a question about a last day is never taken from: they answer it themselves, or something comes first. */
const keeps: ReadonlySet<Intent> = new Set([
  "relief",
  "litigation",
  "finePayment",
  "hearingRight",
  "deadline",
  "compensation",
  "complaint",
  "complaintStatus",
  "officerCheck",
  "correction",
  "lawLookup",
  "outdatedLaw",
  "emergency",
  "injection",
  "namedPerson",
  "insult",
  "legalOpinion",
]);

/** A day of something that happened and a question for a last day: a time limit is asked for, whatever the topic. */
function toLimit(part: Part, context: { readonly memory: Memory; readonly today: Day }): Part {
  const said = part.mentions.trigger.events;
  if (keeps.has(part.intent)) return part;
  const told = context.memory.events ?? [];
  const ofDay = said.some((one) => one.day !== undefined);
  const { text } = part;
  // “说先保存,能保存几天” asks how long, not whether it may be done.
  const howLong = part.intent === "coercionGate" && asksLength(text);
  const late = told.some((one) => one.day) && asksWhetherLate(text);
  if (howLong || late || (ofDay && asksLastDay(text))) {
    const [rule] = rulesAsked(text, { today: context.today, said, told, traffic: isTraffic(text) });
    if (rule && (late || ofDay || hasOwnLength.has(rule))) return { ...part, intent: "deadline" };
  }
  // “11月10号签收的”, and no question: what was received can be appealed, whatever was talked of before.
  const received = said.some((one) => one.day !== undefined && tellsOfDecision.has(one.event));
  return received && part.followUp && !ASKED.test(part.text) ? { ...part, intent: "relief" } : part;
}

/** Beside the thirty days of a seizure. */
const hasOwnLength: ReadonlySet<string> = new Set(["evidencePreservation", "trafficSeizureHandling"]);
const tellsOfDecision: ReadonlySet<SaidEvent["event"]> = new Set([
  "received",
  "decisionServed",
  "onTheSpotDecision",
]);
const ASKED = /[?]|吗|呢|哪|谁|几|多少|多久|怎么|咋|什么|啥|能|可以/;

/** “不是,是11月12号”: the day told last was meant otherwise. */
const CORRECTS = /不是|不对|说错|错了|写错|记错|应该是|更正|改成/;

/** Days of this message that the talk says the event of: a correction, or what was handed in. */
function settledEvents(part: Part, memory: Memory): Part {
  const { trigger } = part.mentions;
  const known = memory.events ?? [];
  if (known.length === 0) return part;
  const openDays = known.filter((before) => before.day !== undefined && before.event === "unsaid");
  // “签收了” alone tells of no event; what was signed for is the decision.
  const signed: readonly SaidEvent[] =
    trigger.kind === "none" && trigger.event === "signed"
      ? [{ event: "decisionServed", said: part.text }]
      : [];
  const events = (trigger.events.length > 0 ? trigger.events : signed).map((one): SaidEvent => {
    // “签收了” after “11月10号”: what the day was the day of.
    const [only, ...others] = openDays;
    if (one.day === undefined && only?.day && others.length === 0)
      return { ...one, day: only.day, ...(only.assumed ? { assumed: only.assumed } : {}) };
    if (one.day === undefined || !isOpen(one.event)) return one;
    // “交的” after “复议交上去了”: what was told without its day.
    const waiting = known.filter(
      (before) => before.day === undefined && !isOpen(before.event) && mayBe(one.event, before.event),
    );
    const last = CORRECTS.test(part.text)
      ? known.filter((before) => before.day !== undefined).at(-1)
      : undefined;
    const [event] = waiting.length === 1 ? waiting : last ? [last] : [];
    return event ? { ...one, event: event.event } : one;
  });
  return { ...part, mentions: { ...part.mentions, trigger: { ...trigger, events } } };
}

const intentOf = (name: string | undefined): Intent | undefined =>
  intentNames.find((known) => known === name);

export function chosenPart(
  chosen: Chosen,
  context: Pick<TurnContext, "library" | "today"> & { memory: Memory; area?: string },
): Part {
  const mentions = mentionsOf(chosen.text, { ...context, memory: chosen.memory });
  return {
    text: chosen.text,
    intent: chosen.intent,
    confidence: 1,
    alternatives: [],
    mentions,
    followUp: true,
  };
}
