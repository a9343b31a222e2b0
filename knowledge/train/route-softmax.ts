/** Fits the classifiers: multinomial logistic regression by AdaGrad, weights kept as bytes, confidence calibrated. */
import { createHash } from "node:crypto";
import type { ClassifierModel } from "../../src/answering/understand/classifier.ts";
import { BUCKETS, type Features } from "../../src/answering/understand/features.ts";

export interface Example {
  readonly features: Features;
  readonly label: string;
}

export interface Held {
  readonly index: number;
  readonly label: string;
  readonly said: string;
  readonly confidence: number;
  readonly scores: Float64Array;
}

const EPOCHS = 14;
const RATE = 0.5;
/** Pull towards zero per step; chosen on held-out folds. */
const DECAY = 2e-5;
const FOLDS = 5;
const TEMPERATURES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2];

interface Fitted {
  readonly classes: readonly string[];
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Trains on everything; accuracy and temperature come from `FOLDS`-fold cross-validation. Deterministic. */
export function fitClassifier(
  examples: readonly Example[],
  classes: readonly string[],
): { model: ClassifierModel; held: readonly Held[] } {
  const held = crossValidate(examples, classes);
  return { held, model: fitOnce(examples, classes, { temperature: calibrate(held, classes), held }) };
}

/** Trains on everything, without a look at how well it does: for odds that a ranker weighs itself. */
export function fitOnce(
  examples: readonly Example[],
  classes: readonly string[],
  seen: { readonly temperature: number; readonly held: readonly Held[] } = { temperature: 1, held: [] },
): ClassifierModel {
  const { temperature, held } = seen;
  const { weights, bias } = fit(examples, classes);
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  const scale = largest / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  const right = held.filter((one) => one.said === one.label).length;
  return {
    version: 1,
    classes: [...classes],
    buckets: BUCKETS,
    weights: Buffer.from(bytes.buffer).toString("base64"),
    scale,
    bias: Array.from(bias, (value) => Number(value.toFixed(5))),
    temperature,
    trainedOn: stampOf(examples),
    examples: examples.length,
    accuracy: held.length === 0 ? 0 : Number((right / held.length).toFixed(4)),
  };
}

/** Changes when a question, a label, or the way texts become numbers changes. */
export function stampOf(examples: readonly Example[]): string {
  const hash = createHash("sha256");
  for (const { features, label } of examples) {
    hash.update(label).update(features.ids.join(","));
    hash.update(features.weights.map((weight) => weight.toFixed(3)).join(","));
  }
  return hash.digest("hex");
}

export function crossValidate(examples: readonly Example[], classes: readonly string[]): Held[] {
  const held: Held[] = [];
  const fold = foldsOf(examples);
  for (let out = 0; out < FOLDS; out++) {
    const fitted = fit(
      examples.filter((_, index) => fold[index] !== out),
      classes,
    );
    examples.forEach((example, index) => {
      if (fold[index] !== out) return;
      const scores = scoresOf(fitted, example.features);
      const best = scores.indexOf(Math.max(...scores));
      held.push({
        index,
        label: example.label,
        said: classes[best] ?? "",
        confidence: softmax(scores, 1)[best] ?? 0,
        scores,
      });
    });
  }
  return held.sort((a, b) => a.index - b.index);
}

/** Each class is spread evenly over the folds. */
function foldsOf(examples: readonly Example[]): number[] {
  const seen = new Map<string, number>();
  return examples.map(({ label }) => {
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    return count % FOLDS;
  });
}

function fit(examples: readonly Example[], classes: readonly string[]): Fitted {
  const size = classes.length;
  const weights = new Float32Array(size * BUCKETS);
  const squares = new Float32Array(size * BUCKETS).fill(0.1);
  const bias = new Float32Array(size);
  const index = new Map(classes.map((name, at) => [name, at]));
  const order = examples.map((_, at) => at);
  const random = seeded(20261124);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at]!;
      const target = index.get(example.label) ?? -1;
      const { ids, weights: values } = example.features;
      const share = softmax(scoresOf({ classes, weights, bias }, example.features), 1);
      for (let k = 0; k < size; k++) {
        const error = share[k]! - (k === target ? 1 : 0);
        if (Math.abs(error) < 1e-3) continue;
        bias[k]! -= 0.02 * error;
        const offset = k * BUCKETS;
        for (let i = 0; i < ids.length; i++) {
          const cell = offset + ids[i]!;
          const slope = error * values[i]! + DECAY * weights[cell]!;
          squares[cell]! += slope * slope;
          weights[cell]! -= (RATE * slope) / Math.sqrt(squares[cell]!);
        }
      }
    }
  }
  return { classes, weights, bias };
}

function scoresOf({ classes, weights, bias }: Fitted, { ids, weights: values }: Features): Float64Array {
  const scores = new Float64Array(classes.length);
  for (let k = 0; k < scores.length; k++) {
    const offset = k * BUCKETS;
    let score = bias[k]!;
    for (let i = 0; i < ids.length; i++) score += weights[offset + ids[i]!]! * values[i]!;
    scores[k] = score;
  }
  return scores;
}

export function softmax(scores: Float64Array, temperature: number): Float64Array {
  const top = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const raised = scores.map((score) => Math.exp((score - top) / temperature));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((value) => value / sum);
}

/** The temperature under which held-out examples were least surprising. */
function calibrate(held: readonly Held[], classes: readonly string[]): number {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  for (const temperature of TEMPERATURES) {
    let loss = 0;
    for (const one of held) {
      const share = softmax(one.scores, temperature)[classes.indexOf(one.label)] ?? 0;
      loss -= Math.log(Math.max(share, 1e-9));
    }
    if (loss < best.loss) best = { temperature, loss };
  }
  return best.temperature;
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/** The same numbers every time (mulberry32), so that training twice gives the same model. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
