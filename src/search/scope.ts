/** Which passages a question may find. */
import type { Passage, Scope } from "./passage.ts";

/** Validity is a gate: without `includeRepealed` nothing repealed, and with `on` nothing outside its dates. */
export function inScope(passage: Passage, scope: Scope): boolean {
  if (scope.kinds && !scope.kinds.includes(passage.kind)) return false;
  if (scope.datasets && !(passage.dataset && scope.datasets.includes(passage.dataset))) return false;
  if (scope.ranks && !(passage.rank && scope.ranks.includes(passage.rank))) return false;
  if (scope.area && passage.area && !appliesIn(passage.area, scope.area)) return false;
  if (scope.includeRepealed) return true;
  if (passage.repealed) return false;
  if (!scope.on) return true;
  if (passage.effectiveFrom && scope.on < passage.effectiveFrom) return false;
  return !(passage.effectiveTo && scope.on > passage.effectiveTo);
}

/** A rule of 140800 applies in 140802 and in 140802103; a rule of 140802 does not apply in 140800. */
function appliesIn(ruleArea: string, area: string): boolean {
  return area.startsWith(ruleArea.replace(/(00)+$/, "").padEnd(2, "0"));
}
