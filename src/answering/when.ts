/** The day a period runs from: what was said first, then what is remembered; a doubt is asked about, never settled. */
import type { Day } from "../law/day.ts";
import type { TriggerEvent } from "../law/trigger.ts";
import type { Ask } from "./answer.ts";

export type When =
  | { readonly kind: "day"; readonly day: Day; readonly event?: TriggerEvent; readonly assumed?: string }
  /** A day was said but cannot be used as it stands; `say` asks or explains. */
  | { readonly kind: "unclear"; readonly say: string; readonly options: readonly Day[] }
  | { readonly kind: "notServed"; readonly say: string }
  | { readonly kind: "none"; readonly say: string };

export function whenOf(ask: Ask): When {
  const { trigger } = ask.part.mentions;
  const { day, event } = ask.memory;
  const remembered: When | undefined = day ? { kind: "day", day, ...(event ? { event } : {}) } : undefined;
  switch (trigger.kind) {
    case "day":
      return {
        kind: "day",
        day: trigger.day,
        ...(trigger.event ? { event: trigger.event } : {}),
        ...(trigger.assumed ? { assumed: trigger.assumed } : {}),
      };
    case "ambiguous":
      if (day && trigger.options.includes(day)) return { kind: "day", day };
      return { kind: "unclear", say: trigger.ask, options: trigger.options };
    case "approximate":
      return remembered && trigger.event === undefined
        ? remembered
        : { kind: "unclear", say: `${trigger.ask}告诉我具体是哪一天,我来算。`, options: [] };
    case "future":
      // “明天就来了” is no day of receipt.
      if (ask.part.followUp && trigger.event === undefined)
        return remembered ?? { kind: "none", say: trigger.why };
      return { kind: "unclear", say: trigger.why, options: [] };
    case "impossible":
      return { kind: "unclear", say: trigger.why, options: [] };
    case "notServed":
      return { kind: "notServed", say: trigger.ask };
    case "none":
      return remembered ?? { kind: "none", say: trigger.ask };
  }
}
