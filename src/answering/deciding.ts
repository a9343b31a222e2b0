/** From ranked evidence to what is done: answered, answered with others beside it, offered, or nothing held. */
import { confidenceOf } from "./finding/confidence.ts";
import type { Found } from "./finding/finder.ts";
import type { Calibration } from "./finding/model.ts";
import type { Unit } from "./finding/unit.ts";

export type Decision =
  | { readonly kind: "answer"; readonly unit: Unit; readonly beside: readonly Unit[]; readonly sure: number }
  /** Too doubtful to answer: two or three to choose from. */
  | { readonly kind: "offer"; readonly units: readonly Unit[]; readonly sure: number }
  | { readonly kind: "nothing"; readonly nearest: readonly Unit[]; readonly sure: number };

/** From here the first is answered; below, it is said together with the next ones as buttons. */
const ANSWER = 0.22;
/** Below it nothing found is near enough to offer. */
const OFFER = 0.1;
/** A second unit this near the first in score is said beside it. */
const BESIDE = 0.35;
const MOST_OFFERED = 3;

export function decide(found: readonly Found[], calibration: Calibration): Decision {
  const sure = confidenceOf(found, calibration);
  const [first, second] = found;
  const near = found.slice(0, MOST_OFFERED).map(({ unit }) => unit);
  if (!first || sure < OFFER) return { kind: "nothing", nearest: near, sure };
  if (sure < ANSWER) return { kind: "offer", units: near, sure };
  const beside =
    second &&
    first.score - second.score < BESIDE &&
    second.unit.kind === "point" &&
    first.unit.kind === "point"
      ? [second.unit]
      : [];
  return { kind: "answer", unit: first.unit, beside, sure };
}
