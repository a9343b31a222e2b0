/** How near a unit is to what a talk is about: what was told last, what people ask next, the words that asked for it. */
import type { Unit } from "./unit.ts";

/** What was talked of before a question, as the finder takes it. */
export interface TalkSoFar {
  /** Id of the unit told last. */
  readonly unit: string;
  /** The words that asked for it, normalised; empty after a button. */
  readonly asked: string;
}

export interface Nearby {
  readonly talkSame: number;
  readonly talkNext: number;
  readonly talkTopic: number;
  readonly talkLaw: number;
  readonly talkArticle: number;
}

const FAR: Nearby = { talkSame: 0, talkNext: 0, talkTopic: 0, talkLaw: 0, talkArticle: 0 };

/** What of one unit belongs to another that was told before; nothing where none was. */
export function nearbyOf(told: Unit | undefined): (unit: Unit) => Nearby {
  if (!told) return () => FAR;
  const next = new Set(told.next);
  const topics = new Set(told.topics);
  const laws = new Set(told.places.map(lawIn));
  return (unit) => ({
    talkSame: Number(unit.id === told.id),
    talkNext: Number(next.has(unit.id)) + 0.5 * Number(unit.next.includes(told.id)),
    talkTopic: Number(unit.topics.some((topic) => topics.has(topic))),
    talkLaw: Number(unit.places.some((place) => laws.has(lawIn(place)))),
    talkArticle: Math.max(0, ...unit.places.flatMap((a) => told.places.map((b) => besideIn(a, b)))),
  });
}

const lawIn = (place: string): string => place.split(" ")[0] ?? place;

/** 1 for the same article, less the farther apart in the same law, 0 from four articles on. */
function besideIn(a: string, b: string): number {
  if (lawIn(a) !== lawIn(b)) return 0;
  if (a === b) return 1;
  const [left, right] = [numberIn(a), numberIn(b)];
  return Number.isNaN(left - right) ? 0 : Math.max(0, 1 - Math.abs(left - right) / 4);
}

const numberIn = (place: string): number => Number.parseInt(place.split(" ")[1] ?? "", 10);
