/**
 * Numbers of the `keep` highest positive scores among the accepted, best first; ties go to the earlier number.
 * Linear in the scores: a buffer of four times `keep` is sorted whenever it is full.
 */
export function topOf(scores: Float32Array, keep: number, accepted?: (number: number) => boolean): number[] {
  const better = (a: number, b: number): number => scores[b]! - scores[a]! || a - b;
  let best: number[] = [];
  let bar = 0;
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i]! > bar) || (accepted && !accepted(i))) continue;
    best.push(i);
    if (best.length < keep * 4) continue;
    best = best.sort(better).slice(0, keep);
    bar = scores[best[keep - 1]!]!;
  }
  return best.sort(better).slice(0, keep);
}
