/** From what a person says to the event and the day a period runs from, or to a question back. */
import type { Day } from "./day.ts";

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

export type TriggerReading =
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

export function readTrigger(_text: string, _today: Day): TriggerReading {
  return { kind: "none", ask: "请问您是哪一天收到的?" };
}
