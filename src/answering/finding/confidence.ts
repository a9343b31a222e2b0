/** How sure a result list is of its first entry: calibrated, so that three in four means three in four. */
import type { Found } from "./finder.ts";
import type { Calibration } from "./model.ts";

/** Signs of a list: how far the first is ahead, how near it is, how long the question is. */
export function confidenceSigns(found: readonly Found[]): readonly number[] {
  const [first, second, third] = found;
  if (!first) return [0, 0, 0, 0, 0, 0, 0, 0];
  const gap = (other: Found | undefined) => Math.min(6, first.score - (other?.score ?? first.score - 6));
  return [
    gap(second),
    gap(third),
    Math.max(-6, Math.min(6, first.score)),
    first.features.askNear,
    first.features.sameTokens,
    first.features.covered,
    first.features.topicOdds,
    first.features.talkTopic,
  ];
}

/** The signs of a list weighed by what was learned. */
export const leaningOf = (found: readonly Found[], { bias, weights }: Calibration): number =>
  confidenceSigns(found).reduce((sum, sign, at) => sum + sign * (weights[at] ?? 0), bias);

/** The logistic function: a weighed sum as a chance, 0–1. */
export const chanceOf = (leaning: number): number => 1 / (1 + Math.exp(-leaning));

/** Chance, 0–1, that the first entry is what was asked. */
export const confidenceOf = (found: readonly Found[], calibration: Calibration): number =>
  found.length === 0 ? 0 : chanceOf(leaningOf(found, calibration));
