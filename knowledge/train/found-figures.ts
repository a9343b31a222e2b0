/** Figures of questions put to the finder: how early a right unit comes, and whether confidence keeps its promise. */
import { confidenceOf } from "../../src/answering/finding/confidence.ts";
import type { Found } from "../../src/answering/finding/finder.ts";
import type { Calibration } from "../../src/answering/finding/model.ts";

export interface FoundAt {
  readonly found: readonly Found[];
  /** Place of the first right unit, from 0; -1 where none was found. */
  readonly place: number;
}

export interface FoundFigures {
  readonly asked: number;
  /** Share with a right unit first, among the first three, the first ten, in per cent. */
  readonly first: number;
  readonly three: number;
  readonly ten: number;
  /** Promised against held, in steps of confidence. */
  readonly reliability: readonly {
    readonly promised: number;
    readonly held: number;
    readonly count: number;
  }[];
  /** Mean distance between the two, in points. */
  readonly calibrationError: number;
}

/** @param steps of confidence, fewer where few were asked. */
export function figuresOf(
  results: readonly FoundAt[],
  calibration: Calibration,
  steps: number,
): FoundFigures {
  const asked = Math.max(1, results.length);
  const share = (top: number) =>
    round((100 * results.filter(({ place }) => place >= 0 && place < top).length) / asked);
  const bins = Array.from({ length: steps }, () => ({ promised: 0, held: 0, count: 0 }));
  for (const { found, place } of results) {
    const promised = confidenceOf(found, calibration);
    const bin = bins[Math.min(steps - 1, Math.floor(promised * steps))]!;
    bin.promised += promised;
    bin.held += Number(place === 0);
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
    calibrationError: round((100 * error) / asked),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;
