/** Strangers' questions with the points that answer them: what calibration and figures rest on. */
import { z } from "zod";
import { CANDIDATES, type Finder } from "../../src/answering/finding/finder.ts";
import type { TalkSoFar } from "../../src/answering/finding/in-talk.ts";
import type { LearnedFinder } from "../../src/answering/finding/model.ts";
import { soughtOf } from "../../src/answering/finding/sought.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import type { Router } from "../../src/answering/understand/router.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import type { Library } from "../../src/records/library.ts";
import { roles } from "../../src/turn.ts";
import { type FoundAt, type FoundFigures, figuresOf } from "./found-figures.ts";
import { readQuestions } from "./route.ts";

const DAY = "2026-11-24";

const Stranger = z.object({
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

export interface StrangerResult extends FoundAt {
  /** Ids of the points that would be right. */
  readonly wanted: readonly string[];
}

/** Every labelled question that some unit of the finder answers. */
export function measureStrangers(
  library: Library,
  router: Router,
  learned: Pick<LearnedFinder, "classifiers">,
  finder: Finder,
  talk?: () => TalkSoFar,
): readonly StrangerResult[] {
  const held = new Set(finder.units.map(({ id }) => id));
  return readQuestions("strangers", Stranger).flatMap(({ q, role, points }) => {
    const wanted = points.filter((id) => held.has(id));
    if (wanted.length === 0) return [];
    const text = normaliseQuestion(q);
    const mentions = mentionsOf(text, { library, memory: {}, today: DAY });
    const found = finder.find(soughtOf(text, mentions, role, router, learned, talk?.()), CANDIDATES);
    return [{ found, wanted, place: found.findIndex(({ unit }) => wanted.includes(unit.id)) }];
  });
}

/** Steps of confidence that so few questions fill. */
const STEPS = 5;

export const strangerFigures = (
  results: readonly StrangerResult[],
  { calibration }: Pick<LearnedFinder, "calibration">,
): FoundFigures => figuresOf(results, calibration, STEPS);
