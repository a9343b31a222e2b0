/** Strangers' questions with the points that answer them: what calibration and figures rest on. */
import { z } from "zod";
import { confidenceOf } from "../../src/answering/finding/confidence.ts";
import { createFinder, type Found } from "../../src/answering/finding/finder.ts";
import type { LearnedFinder } from "../../src/answering/finding/model.ts";
import { soughtOf } from "../../src/answering/finding/sought.ts";
import { type Unit, unitsOf } from "../../src/answering/finding/unit.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import type { Router } from "../../src/answering/understand/router.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import type { Library } from "../../src/records/library.ts";
import { roles } from "../../src/turn.ts";
import { readServiceAsks } from "../service-asks.ts";
import { readQuestions } from "./route.ts";

const DAY = "2026-11-24";
const CANDIDATES = 120;

export const Stranger = z.object({
  id: z.string(),
  q: z.string(),
  role: z.enum(roles),
  /** What a right answer must hold, and must not say. */
  facts: z.array(z.string()),
  mustNot: z.array(z.string()),
  /** Points each of which alone would be a right first answer; none where the law held has none. */
  points: z.array(z.string()),
  missing: z.string().optional(),
});

export interface StrangerResult {
  readonly q: string;
  readonly found: readonly Found[];
  /** Ids of the points that would be right. */
  readonly wanted: readonly string[];
  /** Place of the first right point, from 0; -1 where none was found. */
  readonly place: number;
  readonly right: boolean;
}

/** Every labelled question that some point answers, through the finder. */
export function measureStrangers(
  library: Library,
  router: Router,
  learned: Omit<LearnedFinder, "ranker"> & { readonly ranker?: LearnedFinder["ranker"] },
  units: readonly Unit[] = unitsOf(library, readServiceAsks(), DAY),
): readonly StrangerResult[] {
  const finder = createFinder(units, learned);
  const held = new Set(units.map(({ id }) => id));
  return readQuestions("strangers", Stranger).flatMap(({ q, role, points }) => {
    const wanted = points.filter((id) => held.has(id));
    if (wanted.length === 0) return [];
    const text = normaliseQuestion(q);
    const mentions = mentionsOf(text, { library, memory: {}, today: DAY });
    const found = finder.find(soughtOf(text, mentions, role, router, learned), CANDIDATES);
    const place = found.findIndex(({ unit }) => wanted.includes(unit.id));
    return [{ q, found, wanted, place, right: place === 0 }];
  });
}

export interface StrangerFigures {
  readonly asked: number;
  /** Share with a right point first, among the first three, the first ten, in per cent. */
  readonly first: number;
  readonly three: number;
  readonly ten: number;
  /** Promised against held, in five steps of confidence. */
  readonly reliability: readonly {
    readonly promised: number;
    readonly held: number;
    readonly count: number;
  }[];
  /** Mean distance between the two, in points. */
  readonly calibrationError: number;
}

const STEPS = 5;

export function figuresOf(
  results: readonly StrangerResult[],
  { calibration }: LearnedFinder,
): StrangerFigures {
  const share = (top: number) =>
    round(
      (100 * results.filter(({ place }) => place >= 0 && place < top).length) / Math.max(1, results.length),
    );
  const bins = Array.from({ length: STEPS }, () => ({ promised: 0, held: 0, count: 0 }));
  for (const { found, right } of results) {
    const promised = confidenceOf(found, calibration);
    const bin = bins[Math.min(STEPS - 1, Math.floor(promised * STEPS))]!;
    bin.promised += promised;
    bin.held += Number(right);
    bin.count += 1;
  }
  const error = bins.reduce((sum, { promised, held }) => sum + Math.abs(promised - held), 0);
  return {
    asked: results.length,
    first: share(1),
    three: share(3),
    ten: share(10),
    reliability: bins.map(({ promised, held, count }) => ({
      promised: round(promised / Math.max(1, count)),
      held: round(held / Math.max(1, count)),
      count,
    })),
    calibrationError: round((100 * error) / Math.max(1, results.length)),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;
