/** From what a person says to the event and the day a period runs from, or to a question back. */
import { type Day, sayDate } from "./day.ts";
import type { SaidEvent } from "./event.ts";
import { halfWidth } from "./numerals.ts";
import { findSaidDays, type SaidDay } from "./trigger-days.ts";
import { readEvents, type ToldEvent, undatedEvents } from "./trigger-events.ts";

/** What happened on the day (复议条例第十五条). */
export const triggerEvents = [
  "onTheSpot",
  "signed",
  "mailed",
  "posted",
  "publicNotice",
  "notified",
  "notServed",
  "learned",
  "hearingNoticed",
  "reconsiderationDecisionReceived",
  "filed",
  "decided",
] as const;
export type TriggerEvent = (typeof triggerEvents)[number];

/** `span` is [start, end) in the text as given. `said` is that stretch of text. */
interface Matched {
  readonly said: string;
  readonly span: readonly [number, number];
  readonly event?: TriggerEvent;
}

export type TriggerReading = Single & {
  /** Each day of the text with its event; events told without a day stand last. */
  readonly events: readonly SaidEvent[];
};

type Single =
  /** `assumed` says aloud what was filled in, e.g. the year; show it to the person. */
  | ({ readonly kind: "day"; readonly day: Day; readonly assumed?: string } & Matched)
  | ({ readonly kind: "ambiguous"; readonly options: readonly Day[]; readonly ask: string } & Matched)
  | ({
      readonly kind: "approximate";
      readonly earliest?: Day;
      readonly latest?: Day;
      readonly ask: string;
    } & Matched)
  | ({ readonly kind: "impossible"; readonly why: string } & Matched)
  | ({ readonly kind: "future"; readonly day: Day; readonly why: string } & Matched)
  | ({ readonly kind: "notServed"; readonly ask: string } & Matched)
  /** No day in the text; the event may still be known. */
  | { readonly kind: "none"; readonly event?: TriggerEvent; readonly ask: string };

const NOT_SERVED =
  /(?:没有?|未|从来没有?)(?:给|收到|送达?|拿到|发给?|见到|看到|出具)(?:过)?(?:我们?|本人)?(?:任何|什么|处罚|书面|一张|纸质)*(?:书|决定书?|文书|单子|单据|罚单|通知书?|告知书?|手续|东西|材料|条子)|(?:什么|啥)(?:书|文书|单子|手续|东西)?都没(?:有)?(?:给|收到|送|发)|(?:文书|决定书|单子|罚单)(?:一直|也|都|还|从来)?没(?:有)?(?:给|收到|送|发)|没给我书/;

const EVENTS: readonly (readonly [TriggerEvent, RegExp])[] = [
  ["reconsiderationDecisionReceived", /复议(?:机关|局|办)?(?:的)?(?:决定|结果|书)/],
  ["hearingNoticed", /听证(?:权利?)?(?:的)?(?:告知|通知)|告知[^,。]{0,8}听证/],
  ["onTheSpot", /当场|现场(?:就)?(?:罚|开|处罚|决定)|当面(?:罚|开)|(?:路|街|摊)[边上](?:被|就|给)?罚/],
  ["publicNotice", /公告|登报/],
  ["posted", /(?:张)?贴(?:在|了|到|的|着)|留置|门上|塞门/],
  ["mailed", /邮寄|快递|EMS|ems|挂号信|邮政|邮局|寄(?:到|来|给|的)/],
  ["learned", /才知道|才发现|得知|知道|查到|听说|发现/],
  [
    "signed",
    /签收|签(?:了|的|过)?字|签(?:了|的)|收(?:到|的)|拿到|领(?:到|的|取)|取(?:到|回)|给(?:了)?我|送(?:到|来|达)/,
  ],
  ["filed", /立案/],
  ["notified", /告知|通知|打电话/],
  ["decided", /作出|做出|罚(?:的|了|款)|被罚|开的?罚?单|处罚/],
];

/** Words that mark the day of receipt when a sentence names several days. */
const RECEIVED_NEARBY = /签收|收到|收的|拿到|领到|签字|签的|送到|送达/;

/**
 * Reads the triggering day and event from a person's words.
 *
 * A bare month and day is taken as the most recent one, and said in `assumed`; one that is due within a month is
 * asked about, because this year's has not come and last year's is old. A bare weekday is the most recent one.
 * "三月初二" may be lunar or solar: asked. Nothing vague ever becomes a date.
 */
export function readTrigger(text: string, today: Day): TriggerReading {
  const plain = apart(halfWidth(text));
  const days = findSaidDays(plain, today);
  const told = readEvents(plain, days);
  const events = [...told.map(withoutSpan), ...undatedEvents(plain, told)];
  return { ...single(text, plain, days), events };
}

/** A space between words parts them as a comma does (`26是落款 签收是11月3号`); one inside a date does not. */
const apart = (text: string): string =>
  text.replace(/(?<=[\p{Script=Han}])(?<![年月])\s(?=[\p{Script=Han}\d])(?![年月日号])/gu, ",");

const withoutSpan = ({ span, ...event }: ToldEvent): SaidEvent => event;

/** The text without the stretches that tell of dated events: what is left may ask. */
export function withoutEvents(text: string, today: Day): string {
  const plain = apart(halfWidth(text));
  let rest = plain;
  const dated = readEvents(plain, findSaidDays(plain, today)).filter((one) => one.day !== undefined);
  for (const { span } of dated.reverse()) rest = `${rest.slice(0, span[0])},${rest.slice(span[1])}`;
  return rest;
}

/** One day for the whole text, with what is unclear about it. */
function single(text: string, plain: string, days: readonly SaidDay[]): Single {
  const unserved = NOT_SERVED.exec(plain);
  if (unserved) {
    return {
      kind: "notServed",
      event: "notServed",
      ask: "没有送达文书的,期限一般还没有开始算。您是哪一天、怎么知道这个决定内容的?",
      ...matched(text, unserved.index, unserved.index + unserved[0].length),
    };
  }
  const event = EVENTS.find(([, pattern]) => pattern.test(plain))?.[0];
  const found = choose(days, plain);
  if (!found) return { kind: "none", ...(event ? { event } : {}), ask: askFor(event) };
  if (found.length > 1) {
    const several = found.flatMap((one) => (one.reading.kind === "day" ? [one.reading.day] : []));
    const [first] = found;
    const last = found.at(-1) ?? first;
    return {
      kind: "ambiguous",
      options: [...new Set(several)],
      ask: `您说了几个日子:${[...new Set(several)].map(sayDate).join("、")}。哪一天是收到文书的日子?`,
      ...(event ? { event } : {}),
      ...matched(text, first.start, last.end),
    };
  }
  const [{ reading, start, end }] = found;
  return { ...reading, ...(event ? { event } : {}), ...matched(text, start, end) };
}

function matched(text: string, start: number, end: number): Matched {
  return { said: text.slice(start, end), span: [start, end] };
}

type Chosen = readonly [SaidDay, ...SaidDay[]];

/** One reading, or all days when several differ and none is marked as the day of receipt. */
function choose(found: readonly SaidDay[], plain: string): Chosen | undefined {
  const [first, ...others] = found;
  if (!first) return undefined;
  const firm = found.filter((one) => one.reading.kind === "day");
  const days = new Set(firm.map((one) => (one.reading.kind === "day" ? one.reading.day : "")));
  if (days.size <= 1) return [firm[0] ?? first];
  const received = firm.filter((one, index) => {
    const until = firm[index + 1]?.start ?? plain.length;
    return RECEIVED_NEARBY.test(plain.slice(one.end, Math.min(until, one.end + 12)));
  });
  const [marked, ...moreMarked] = received;
  if (marked && moreMarked.length === 0) return [marked];
  const [head, ...rest] = firm;
  return head ? [head, ...rest] : [first, ...others];
}

function askFor(event: TriggerEvent | undefined): string {
  switch (event) {
    case "onTheSpot":
      return "请问当场处罚是哪一天?例如“3月2日”。";
    case "publicNotice":
      return "请问公告落款或贴出的日期是哪一天?公告满30日才算送达。";
    case "mailed":
      return "请问邮件是哪一天签收的?快递记录上能查到。";
    case "posted":
      return "请问文书是哪一天贴出或留下的?";
    default:
      return "请问您是哪一天收到文书的?当场签收、邮寄签收、公告,还是没有收到?";
  }
}
