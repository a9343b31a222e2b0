/** How sure a result list is of its first entry: calibrated, so that three in four means three in four. */
import type { Found } from "./finder.ts";
import type { Calibration } from "./model.ts";

/** Signs of a list: how far the first is ahead, how near it is, how long the question is. */
export function confidenceSigns(found: readonly Found[]): readonly number[] {
  const [first, second, third] = found;
  if (!first) return [0, 0, 0, 0, 0, 0, 0];
  const gap = (other: Found | undefined) => Math.min(6, first.score - (other?.score ?? first.score - 6));
  return [
    gap(second),
    gap(third),
    Math.max(-6, Math.min(6, first.score)),
    first.features.askNear,
    first.features.sameTokens,
    first.features.covered,
    first.features.topicOdds,
  ];
}

/** Chance, 0–1, that the first entry is what was asked. */
export function confidenceOf(found: readonly Found[], { bias, weights }: Calibration): number {
  if (found.length === 0) return 0;
  const signs = confidenceSigns(found);
  return 1 / (1 + Math.exp(-(bias + signs.reduce((sum, sign, at) => sum + sign * (weights[at] ?? 0), 0))));
}
