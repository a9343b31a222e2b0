/**
 * The day a rule runs from. Only a day of one of its own events will do, or one the law leads from (`derived`); a day
 * that may be of several events is asked about with buttons, never settled.
 */
import { type Day, sayDate, sayDay } from "../law/day.ts";
import { type Deadline, deadlineFrom, findRule, type Start, startFrom } from "../law/deadline.ts";
import { type EventKind, eventKinds, isOpen, mayBe, openKinds, type SaidEvent } from "../law/event.ts";
import type { DeadlineRule } from "../law/rule.ts";
import type { Ask } from "./answer.ts";
import { corrects } from "./reading/polarity.ts";
import { onlyValues } from "./reading/values.ts";

export interface WhenDay extends Start {
  readonly kind: "day";
  /** The words that said it, and what was filled in. */
  readonly said: string;
  readonly assumed?: string;
}
export type When =
  | WhenDay
  /** A day was said but cannot be used as it stands; `say` asks or explains. */
  | {
      readonly kind: "unclear";
      readonly say: string;
      readonly options: readonly Day[];
      /** What the day may be the day of. */
      readonly events?: readonly { readonly event: EventKind; readonly day: Day }[];
    }
  | { readonly kind: "notServed"; readonly say: string }
  | { readonly kind: "none"; readonly say: string };

/** What each day may be besides the rule's own events, when it is asked about: what people most often mean. */
const OFTEN: readonly EventKind[] = [
  "decisionServed",
  "noticeServed",
  "measureTaken",
  "reviewFiled",
  "reviewDecisionServed",
  "caseFiled",
];
const MOST_OPTIONS = 4;

export function whenOf(ask: Ask, rule: DeadlineRule | string): When {
  const wanted = typeof rule === "string" ? findRule(rule) : rule;
  const { trigger } = ask.part.mentions;
  // What is counted back from, a hearing, may lie ahead; nothing else has happened before its day.
  const backward = wanted.kind === "counted" && wanted.period.direction === "backward";
  const usable = (one: SaidEvent): one is Dated =>
    one.day !== undefined && (backward || one.day <= ask.today);
  const said = trigger.events.filter(usable);
  const told = (ask.memory.events ?? []).filter(usable);
  const known = exactly(wanted, told) && !said.some(({ event }) => !isOpen(event) && runsFrom(wanted, event));
  // “打架是9月20”: another day of the story, where the rule's own is known.
  const now = known && !retold(ask) ? undefined : among(ask, wanted, said, true);
  if (now) return now;
  switch (trigger.kind) {
    case "notServed":
      return { kind: "notServed", say: trigger.ask };
    case "impossible":
      return { kind: "unclear", say: trigger.why, options: [] };
    case "ambiguous":
      // Several days, none of which is of this rule.
      if (said.length > 0) break;
      return (
        remembered(told, trigger.options, ask, wanted) ?? {
          kind: "unclear",
          say: trigger.ask,
          options: trigger.options,
        }
      );
    case "approximate": {
      const before = trigger.event === undefined ? among(ask, wanted, told, false) : undefined;
      if (before?.kind === "day") return before;
      if (trigger.event === undefined && said.length > 0) break;
      return { kind: "unclear", say: `${trigger.ask}告诉我具体是哪一天,我来算。`, options: [] };
    }
    case "future":
      // “明天就来了” is no day of receipt.
      if (ask.part.followUp && trigger.event === undefined) break;
      return { kind: "unclear", say: trigger.why, options: [] };
    default:
      break;
  }
  return among(ask, wanted, told, false) ?? { kind: "none", say: askFor(wanted) };
}

/** The rule's own event was told with its day. */
const exactly = (rule: DeadlineRule, told: readonly SaidEvent[]): boolean =>
  told.some(({ event, day }) => day !== undefined && !isOpen(event) && rule.starts.includes(event));

const runsFrom = (rule: DeadlineRule, event: SaidEvent["event"]): boolean =>
  rule.starts.some((start) => start === event) || (rule.derived ?? []).some(({ from }) => from === event);

/** A day meant to replace what was told: a correction, or a message that is hardly more than the day. */
const retold = ({ part }: Ask): boolean => corrects(part.text) || onlyValues(part);

/** The limit of `rule`, when its day is known. */
export function limitOf(ask: Ask, rule: string, when = whenOf(ask, rule)): Deadline | undefined {
  const wanted = findRule(rule);
  return when.kind === "day" && wanted.kind !== "noFixedPeriod"
    ? deadlineFrom(wanted, when, ask.calendar)
    : undefined;
}

/** The same while it runs: undefined where no day is known, or the last day has passed. */
export function openLimitOf(ask: Ask, rule: string, when = whenOf(ask, rule)): Deadline | undefined {
  const limit = limitOf(ask, rule, when);
  return limit && limit.lastDay >= ask.today ? limit : undefined;
}

/** Kept once a day has been taken for an event, so that it is not asked again. */
export const remembering = (when: When): { readonly events?: readonly SaidEvent[] } =>
  when.kind === "day"
    ? {
        events: [
          {
            event: when.event,
            day: when.told,
            said: when.said,
            ...(when.assumed ? { assumed: when.assumed } : {}),
          },
        ],
      }
    : {};

type Dated = SaidEvent & { readonly day: Day };

/** An answer to a day asked about twice (this year's or last year's). */
function remembered(told: readonly Dated[], options: readonly Day[], ask: Ask, rule: DeadlineRule) {
  const same = told.filter((one) => options.includes(one.day));
  const found = same.length > 0 ? among(ask, rule, same, true) : undefined;
  return found?.kind === "day" ? found : undefined;
}

/**
 * The best of several told days: one of the rule's own events, then one that leads to them, then one left open.
 * @param now said in this message, where an open day is taken for the day of the rule that is asked about
 */
function among(
  ask: Ask,
  rule: DeadlineRule,
  told: readonly Dated[],
  now: boolean,
): Extract<When, { kind: "day" | "unclear" }> | undefined {
  const starts = told.flatMap((one) => {
    const start = isOpen(one.event) ? undefined : startFrom(rule, one.event, one.day, ask.calendar);
    return start ? [asDay(one, start)] : [];
  });
  const own = starts.filter((one) => one.count.length === 0);
  const [first, ...others] = own.length > 0 ? own : starts;
  if (first) {
    const last = others.at(-1) ?? first;
    // Of one event told twice the later telling holds; several days of different events are asked about.
    const differ =
      own.length > 0 ? others.filter((one) => one.day !== first.day && one.event !== first.event) : [];
    return differ.length > 0 ? several([first, ...differ]) : passedByGuess(ask, rule, last);
  }
  const possible = told.filter((one) => isOpen(one.event) && leadsTo(rule, one).length > 0);
  // “3月2号罚的,3月5号才收到”: a day of receipt says more than the other.
  const received = possible.filter((one) => one.event === "received");
  const open = received.length > 0 ? received : possible;
  const [one, ...more] = open;
  if (!one) return undefined;
  const days = [...new Set(open.map((each) => each.day))];
  if (days.length > 1 && more.length > 0 && now) {
    const say = `您说了几个日子:${days.map(sayDate).join("、")}。哪一天是${ownLabel(rule)}?`;
    const [event] = leadsTo(rule, one);
    return {
      kind: "unclear",
      say,
      options: [],
      ...(event ? { events: days.map((day) => ({ event, day })) } : {}),
    };
  }
  const latest = more.at(-1) ?? one;
  const [event] = leadsTo(rule, latest);
  const start = event && startFrom(rule, event, latest.day, ask.calendar);
  if (!now || !start) return whichEvent(rule, latest);
  const sure = latest.event === "received" || answersUs(ask);
  const guessed = asDay(latest, { ...start, exact: start.exact && sure });
  return passedByGuess(ask, rule, guessed, latest);
}

const asDay = (one: Dated, start: Start): WhenDay => ({
  kind: "day",
  ...start,
  said: one.said,
  ...(one.assumed ? { assumed: one.assumed } : {}),
});

/** We had asked for this very day. */
const answersUs = (ask: Ask) => ask.part.followUp && ask.memory.last?.asked === "day";

/** The events of the rule an open day may be of, its own before those that lead to it. */
const leadsTo = (rule: DeadlineRule, one: SaidEvent): readonly EventKind[] =>
  [...rule.starts, ...(rule.derived ?? []).map((each) => each.from)].filter((event) =>
    mayBe(one.event, event),
  );

/** A limit is over only by an exact day; from any other day it is asked about. */
function passedByGuess(
  ask: Ask,
  rule: DeadlineRule,
  when: WhenDay,
  open?: Dated,
): Extract<When, { kind: "day" | "unclear" }> {
  if (when.exact || rule.kind !== "counted") return when;
  if (deadlineFrom(rule, when, ask.calendar).lastDay >= ask.today) return when;
  if (open) return whichEvent(rule, open);
  const unless = rule.derived?.find((one) => one.from === when.event)?.unless;
  const say = `只知道${sayDay(when.told)}${eventKinds[when.event]},还定不了“${rule.label}”的最后一天${unless ? `:${unless}` : ""}。${ownLabel(rule)}是哪一天?有文书的请看上面的日期,尽快办。`;
  return { kind: "unclear", say, options: [] };
}

function whichEvent(rule: DeadlineRule, one: Dated): Extract<When, { kind: "unclear" }> {
  const possible = isOpen(one.event) ? (openKinds[one.event] as readonly EventKind[]) : [one.event];
  const likely = [
    ...leadsTo(rule, one).slice(0, 2),
    ...OFTEN,
    ...leadsTo(rule, one),
    ...(one.event === "unsaid" ? [] : possible),
  ];
  const events = [...new Set(likely.filter((event) => possible.includes(event)))].slice(0, MOST_OPTIONS);
  return {
    kind: "unclear",
    say: `${sayDate(one.day)}是${events
      .slice(0, 2)
      .map((event) => eventKinds[event])
      .join(",还是")}${events.length > 2 ? ",还是别的" : ""}?点一下,我来算“${rule.label}”。`,
    options: [],
    events: events.map((event) => ({ event, day: one.day })),
  };
}

function several(days: readonly WhenDay[]): Extract<When, { kind: "unclear" }> {
  const events = days.map(({ event, told }) => ({ event, day: told }));
  const said = events.map(({ event, day }) => `${sayDate(day)}${eventKinds[event]}`).join(",");
  return { kind: "unclear", say: `您说了:${said}。按哪一个算?`, options: [], events };
}

const ownLabel = (rule: DeadlineRule) => {
  const [event] = rule.starts;
  return event ? eventKinds[event] : rule.event;
};

const askFor = (rule: DeadlineRule) => `“${rule.event}”是哪一天?告诉我日期,我来算。`;
