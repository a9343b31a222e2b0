/** Questions in a talk: few words that follow what was told, and whole questions asked after something else. */
import { z } from "zod";
import type { TalkSoFar } from "../../src/answering/finding/in-talk.ts";
import type { Unit } from "../../src/answering/finding/unit.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import type { Role } from "../../src/turn.ts";
import { readQuestions } from "./route.ts";

const FollowUp = z.object({
  /** Point told before. */
  after: z.string(),
  q: z.string(),
  /** Points each of which would be a right answer. */
  points: z.array(z.string()).min(1),
  hand: z.string(),
});

/** Half of what this hand wrote is measured and calibrated on, and not taught. */
export const MEASURED_HAND = "b";

export interface Followed {
  readonly q: string;
  readonly role: Role;
  readonly points: readonly string[];
  readonly hand: string;
  readonly talk: TalkSoFar;
}

/** Follow-ups to units that are there, each after one of the ways its unit is asked for. */
export function readFollowUps(units: readonly Unit[], random: () => number): readonly Followed[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return readQuestions("follow-ups", FollowUp).flatMap(({ after, q, points, hand }) => {
    const told = byId.get(after);
    const wanted = points.filter((id) => byId.has(id));
    if (!told || wanted.length === 0) return [];
    const role: Role = told.audience === "officer" ? "officer" : "citizen";
    return [{ q: normaliseQuestion(q), role, points: wanted, hand, talk: talkAfter(told, random) }];
  });
}

/** A whole question asked after something else was told. */
export function afterAnything(units: readonly Unit[], random: () => number): TalkSoFar {
  const points = units.filter(({ kind }) => kind === "point");
  return talkAfter(points[Math.floor(random() * points.length)]!, random);
}

function talkAfter(told: Unit, random: () => number): TalkSoFar {
  const asked = random() < BY_BUTTON ? "" : (told.asks[Math.floor(random() * told.asks.length)] ?? "");
  return { unit: told.id, asked: normaliseQuestion(asked) };
}

/** Share of answers that came by a button, without words. */
const BY_BUTTON = 0.2;
