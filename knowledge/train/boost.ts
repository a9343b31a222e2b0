/** Gradient-boosted trees for ranking (LambdaMART), small enough to read: histograms of 64 steps, leaf-wise growth. */
import type { Tree } from "../../src/search/ranker.ts";
import { seededRandom } from "./encoder.ts";

/** Candidates of many questions: rows of features, which question each belongs to, and whether it is right. */
export interface RankingData {
  readonly rows: Float32Array;
  readonly features: number;
  /** Rows of question `i` are `starts[i] … starts[i + 1]`. */
  readonly starts: readonly number[];
  readonly right: Uint8Array;
  /** How much each question counts; all alike when absent. */
  readonly weights?: Float32Array;
}

export interface BoostOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  readonly leastRows: number;
  /** L2 on leaf values. */
  readonly ridge: number;
  /** Share of features each tree may use. */
  readonly share: number;
  readonly seed: number;
}

const STEPS = 64;

export function boost(data: RankingData, options: BoostOptions): Tree[] {
  const { features, right } = data;
  const count = right.length;
  const random = seededRandom(options.seed);
  const { bins, edges } = quantise(data);
  const scores = new Float32Array(count);
  const slopes = new Float32Array(count);
  const curves = new Float32Array(count);
  const trees: Tree[] = [];
  for (let t = 0; t < options.trees; t++) {
    lambdas(data, scores, slopes, curves);
    const usable = Array.from({ length: features }, (_, f) => f).filter(() => random() < options.share);
    trees.push(growTree(bins, edges, usable, slopes, curves, scores, options));
  }
  return trees;
}

const SAMPLE = 50_000;

/** The threshold of step b is the highest value in it. */
function quantise({ rows, features, right }: RankingData): { bins: Uint8Array[]; edges: Float32Array[] } {
  const count = right.length;
  const bins: Uint8Array[] = [];
  const edges: Float32Array[] = [];
  for (let f = 0; f < features; f++) {
    const cuts = cutsOf(
      Float32Array.from({ length: Math.min(count, SAMPLE) }, (_, i) => {
        return rows[Math.floor((i * count) / Math.min(count, SAMPLE)) * features + f]!;
      }).sort(),
    );
    const own = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const value = rows[i * features + f]!;
      let low = 0;
      let high = cuts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cuts[middle]! < value) low = middle + 1;
        else high = middle;
      }
      own[i] = low;
    }
    bins.push(own);
    edges.push(Float32Array.from(cuts));
  }
  return { bins, edges };
}

/**
 * Steps of equal frequency, except that a value more common than a step (most candidates have no memory at all) is a
 * step of its own and leaves the others as fine as before.
 */
function cutsOf(sorted: Float32Array): number[] {
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distinct = [...counts.keys()];
  if (distinct.length <= STEPS) return distinct.slice(0, -1);
  const common = distinct
    .filter((value) => counts.get(value)! * STEPS > sorted.length)
    .sort((a, b) => counts.get(b)! - counts.get(a)!)
    .slice(0, STEPS / 4);
  const others = sorted.filter((value) => !common.includes(value));
  const steps = STEPS - 2 * common.length;
  const cuts = new Set(
    common.flatMap((value) => {
      const at = distinct.indexOf(value);
      return at === 0 ? [value] : [distinct[at - 1]!, value];
    }),
  );
  for (let b = 1; b < steps; b++) {
    const cut = others[Math.floor((b * others.length) / steps)];
    if (cut !== undefined) cuts.add(cut);
  }
  cuts.delete(distinct.at(-1)!);
  return [...cuts].sort((a, b) => a - b);
}

/** Only pairs with one of the first so many places are compared: what happens below them, nobody sees. */
const SEEN_PLACES = 10;

/**
 * First and second slopes of the pairwise loss, each pair weighed by what swapping it changes in NDCG. A pair far apart
 * counts less, and so does a question with many pairs, lest a few hard questions lead all trees.
 */
function lambdas(
  { starts, right, weights }: RankingData,
  scores: Float32Array,
  slopes: Float32Array,
  curves: Float32Array,
): void {
  slopes.fill(0);
  curves.fill(1e-6);
  for (let q = 0; q + 1 < starts.length; q++) {
    const from = starts[q]!;
    const to = starts[q + 1]!;
    const order = Array.from({ length: to - from }, (_, i) => from + i).sort(
      (a, b) => scores[b]! - scores[a]!,
    );
    let ideal = 0;
    for (let row = from, rights = 0; row < to; row++) if (right[row]) ideal += discount(rights++);
    const flat = scores[order[0]!] === scores[order.at(-1)!];
    let total = 0;
    for (let first = 0; first < Math.min(SEEN_PLACES, order.length); first++) {
      for (let second = first + 1; second < order.length; second++) {
        const [a, b] = [order[first]!, order[second]!];
        if (right[a] === right[b]) continue;
        const [good, bad] = right[a] ? [a, b] : [b, a];
        const apart = scores[good]! - scores[bad]!;
        const gain = (discount(first) - discount(second)) / ideal;
        const change = flat ? gain : gain / (0.01 + Math.abs(apart));
        const chance = 1 / (1 + Math.exp(apart));
        const slope = change * chance;
        const curve = slope * (1 - chance);
        slopes[good]! += slope;
        slopes[bad]! -= slope;
        curves[good]! += curve;
        curves[bad]! += curve;
        total += 2 * slope;
      }
    }
    if (total === 0) continue;
    const factor = ((weights?.[q] ?? 1) * Math.log2(1 + total)) / total;
    for (let row = from; row < to; row++) {
      slopes[row]! *= factor;
      curves[row]! *= factor;
    }
  }
}

function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}

interface Leaf {
  readonly node: number;
  readonly members: Uint32Array;
  readonly split?: { readonly gain: number; readonly feature: number; readonly bin: number };
}

function growTree(
  bins: readonly Uint8Array[],
  edges: readonly Float32Array[],
  usable: readonly number[],
  slopes: Float32Array,
  curves: Float32Array,
  scores: Float32Array,
  options: BoostOptions,
): Tree {
  const tree: Tree = { feature: [-1], threshold: [0], left: [0], right: [0], value: [0] };
  const open = (node: number, members: Uint32Array): Leaf => ({
    node,
    members,
    split: bestSplit(bins, edges, usable, slopes, curves, members, options),
  });
  const leaves = [open(0, Uint32Array.from(scores.keys()))];
  while (leaves.length < options.leaves) {
    leaves.sort((a, b) => (b.split?.gain ?? 0) - (a.split?.gain ?? 0));
    const leaf = leaves[0]!;
    if (!leaf.split) break;
    leaves.shift();
    const { feature, bin } = leaf.split;
    const own = bins[feature]!;
    const left = tree.feature.length;
    for (let side = 0; side < 2; side++) {
      tree.feature.push(-1);
      for (const list of [tree.threshold, tree.left, tree.right, tree.value]) list.push(0);
    }
    tree.feature[leaf.node] = feature;
    tree.threshold[leaf.node] = edges[feature]![bin]!;
    tree.left[leaf.node] = left;
    tree.right[leaf.node] = left + 1;
    leaves.push(
      open(
        left,
        leaf.members.filter((row) => own[row]! <= bin),
      ),
    );
    leaves.push(
      open(
        left + 1,
        leaf.members.filter((row) => own[row]! > bin),
      ),
    );
  }
  for (const { node, members } of leaves) {
    let slope = 0;
    let curve = options.ridge;
    for (const row of members) {
      slope += slopes[row]!;
      curve += curves[row]!;
    }
    const value = Number(((options.rate * slope) / curve).toPrecision(5));
    tree.value[node] = value;
    for (const row of members) scores[row]! += value;
  }
  return tree;
}

function bestSplit(
  bins: readonly Uint8Array[],
  edges: readonly Float32Array[],
  usable: readonly number[],
  slopes: Float32Array,
  curves: Float32Array,
  members: Uint32Array,
  { leastRows, ridge }: BoostOptions,
): Leaf["split"] {
  if (members.length < 2 * leastRows) return undefined;
  let slope = 0;
  let curve = 0;
  for (const row of members) {
    slope += slopes[row]!;
    curve += curves[row]!;
  }
  const whole = (slope * slope) / (curve + ridge);
  let best: Leaf["split"];
  const slopeOf = new Float64Array(STEPS);
  const curveOf = new Float64Array(STEPS);
  const rowsOf = new Uint32Array(STEPS);
  for (const feature of usable) {
    slopeOf.fill(0);
    curveOf.fill(0);
    rowsOf.fill(0);
    const own = bins[feature]!;
    for (let i = 0; i < members.length; i++) {
      const row = members[i]!;
      const bin = own[row]!;
      slopeOf[bin]! += slopes[row]!;
      curveOf[bin]! += curves[row]!;
      rowsOf[bin]!++;
    }
    let leftSlope = 0;
    let leftCurve = 0;
    let leftRows = 0;
    for (let bin = 0; bin < edges[feature]!.length; bin++) {
      leftSlope += slopeOf[bin]!;
      leftCurve += curveOf[bin]!;
      leftRows += rowsOf[bin]!;
      if (leftRows < leastRows || members.length - leftRows < leastRows) continue;
      const gain =
        leftSlope ** 2 / (leftCurve + ridge) + (slope - leftSlope) ** 2 / (curve - leftCurve + ridge) - whole;
      if (gain > 1e-6 && gain > (best?.gain ?? 0)) best = { gain, feature, bin };
    }
  }
  return best;
}
