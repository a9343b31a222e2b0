/** A part of a message as the finder takes it: text, role, slots of the case, what the classifiers hold likely. */
import type { Role } from "../../turn.ts";
import { type Slots, slotsOf } from "../reading/slots.ts";
import type { Router } from "../understand/router.ts";
import type { Mentions } from "../understanding.ts";
import type { Sought } from "./finder.ts";
import type { TalkSoFar } from "./in-talk.ts";
import type { LearnedFinder, OddsName } from "./model.ts";
import { ngramsOf } from "./ngrams.ts";
import { placeOfLaw } from "./places.ts";

/** `text` is normalised. */
export function soughtOf(
  text: string,
  mentions: Mentions,
  role: Role,
  router: Router,
  { classifiers }: Pick<LearnedFinder, "classifiers">,
  talk?: TalkSoFar,
): Sought {
  const features = ngramsOf(text);
  const odds = (name: OddsName) =>
    new Map(classifiers[name].rank(features).map((one) => [one.name, one.confidence]));
  return {
    text,
    role,
    slots: talk ? { ...slotsOf(talk.asked), ...saidIn(slotsOf(text)) } : slotsOf(text),
    places: mentions.laws.flatMap(placeOfLaw),
    routed: new Map(router.rank(text, mentions, role).map((one) => [one.name, one.confidence])),
    odds: { topic: odds("topic"), aspect: odds("aspect"), law: odds("law") },
    ...(talk ? { talk } : {}),
  };
}

/** Only the slots that hold something: they replace what was said before. */
const saidIn = (slots: Slots): Partial<Slots> =>
  Object.fromEntries(Object.entries(slots).filter(([, values]) => values.length > 0));
