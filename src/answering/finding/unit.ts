/** What a question can be matched to: a point of law, an office's published answer, or a service that computes. */
import type { Library } from "../../records/library.ts";
import { type Aspect, asksOf, type Point, type When } from "../../records/point.ts";
import type { FaqEntry } from "../../records/schema.ts";
import type { Intent } from "../intents.ts";
import { isService, type Service } from "../services.ts";
import { topicsOf } from "../telling/topics.ts";

export interface Unit {
  /** Record id, or `service:<intent>`. */
  readonly id: string;
  readonly kind: "point" | "faq" | "service";
  /** Ways people ask for it. */
  readonly asks: readonly string[];
  /** What it says. */
  readonly text: string;
  readonly audience: "citizen" | "officer" | "both";
  readonly topic?: string;
  /** Topics of a talk in which it is asked for: a point's own, all of a service's route. */
  readonly topics: readonly string[];
  /** Ids of the points people ask next. */
  readonly next: readonly string[];
  readonly aspect?: Aspect;
  readonly when?: When;
  readonly corrects?: readonly string[];
  /** Laws it rests on, as `处罚法 68`. */
  readonly places: readonly string[];
  readonly intent?: Service;
  /** How often people ask it, 1–4. */
  readonly often: number;
}

/** How people ask for what is computed, by intent and hand. */
export interface ServiceAsk {
  readonly q: string;
  readonly intent: Intent;
  readonly role?: "citizen" | "officer";
}

/** Every unit of a library, services first; whether a record holds on a day is asked of what was found. */
export function unitsOf(library: Library, services: readonly ServiceAsk[]): readonly Unit[] {
  const asked = new Map<Service, string[]>();
  for (const { q, intent } of services) {
    if (!isService(intent)) continue;
    const list = asked.get(intent);
    if (list) list.push(q);
    else asked.set(intent, [q]);
  }
  const served = [...asked].map(
    ([intent, asks]): Unit => ({
      id: `service:${intent}`,
      kind: "service",
      asks,
      text: "",
      audience: "both",
      topics: topicsOf(intent),
      next: [],
      places: [],
      intent,
      often: 3,
    }),
  );
  return [...served, ...library.all("point").map(unitOfPoint), ...library.all("faq").map(unitOfFaq)];
}

function unitOfPoint(point: Point): Unit {
  return {
    id: point.id,
    kind: "point",
    asks: asksOf(point),
    text: [point.lead, ...point.more].join(""),
    audience: point.audience,
    topic: point.topic,
    topics: [point.topic],
    next: point.next ?? [],
    aspect: point.aspect,
    ...(point.when ? { when: point.when } : {}),
    ...(point.corrects ? { corrects: point.corrects } : {}),
    often: point.often ?? 2,
    places: point.basis.map(({ law, article }) => `${law} ${/^[^.(]+/.exec(article)?.[0] ?? article}`),
  };
}

const audiences = { 市民: "citizen", 执法人员: "officer", 皆可: "both" } as const;

function unitOfFaq(entry: FaqEntry): Unit {
  return {
    id: entry.id,
    kind: "faq",
    asks: [entry.question, ...(entry.variants ?? [])],
    text: entry.answer,
    audience: audiences[entry.audience],
    topics: [],
    next: [],
    places: [],
    often: 3,
  };
}
