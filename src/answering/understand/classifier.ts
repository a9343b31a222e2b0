/** Multinomial logistic regression over hashed features: the form a trained model has, and reading it. */
import { z } from "zod";
import { AppError } from "../../error.ts";
import { BUCKETS, type Features } from "./features.ts";

/** Weights of one class, bucket by bucket, as signed bytes times `scale`; classes one after another, base64. */
export const ClassifierModel = z.object({
  version: z.literal(1),
  classes: z.array(z.string()).min(2),
  buckets: z.literal(BUCKETS),
  weights: z.string(),
  scale: z.number().positive(),
  bias: z.array(z.number()),
  /** Divides the scores before they become probabilities; fitted so that confidence means frequency. */
  temperature: z.number().positive(),
  /** SHA-256 over the featurised examples it was trained on: another one means it is stale. */
  trainedOn: z.string(),
  examples: z.number().int(),
  /** Share right under cross-validation. */
  accuracy: z.number(),
});
export type ClassifierModel = z.infer<typeof ClassifierModel>;

export interface Scored<C extends string> {
  readonly name: C;
  readonly confidence: number;
}

export interface Classifier<C extends string> {
  /** Every class, most likely first; confidences add up to 1. */
  rank(features: Features): readonly Scored<C>[];
}

/**
 * @param classes the closed list the model must speak of, no more and no less.
 * @throws AppError `release_broken` when the model is not of this shape or of other classes.
 */
export function createClassifier<C extends string>(model: unknown, classes: readonly C[]): Classifier<C> {
  const parsed = ClassifierModel.safeParse(model);
  if (!parsed.success) throw new AppError("release_broken", { say: "分类模型文件无法读取,请重新训练。" });
  const { scale, bias, temperature } = parsed.data;
  const known = new Set<string>(classes);
  const names = parsed.data.classes;
  if (names.length !== classes.length || names.some((name) => !known.has(name))) {
    throw new AppError("release_broken", { say: "分类模型与现有类别不一致,请重新训练。" });
  }
  const weights = new Int8Array(Buffer.from(parsed.data.weights, "base64"));
  if (weights.length !== names.length * BUCKETS || bias.length !== names.length) {
    throw new AppError("release_broken", { say: "分类模型文件不完整,请重新训练。" });
  }
  const ordered = names.flatMap((name) => classes.find((one) => one === name) ?? []);
  return {
    rank({ ids, weights: values }) {
      const scores = ordered.map((_, index) => {
        let score = 0;
        const offset = index * BUCKETS;
        for (let i = 0; i < ids.length; i++) score += weights[offset + ids[i]!]! * values[i]!;
        return (score * scale + bias[index]!) / temperature;
      });
      const top = Math.max(...scores);
      const raised = scores.map((score) => Math.exp(score - top));
      const sum = raised.reduce((a, b) => a + b, 0);
      return ordered
        .map((name, index) => ({ name, confidence: raised[index]! / sum }))
        .sort((a, b) => b.confidence - a.confidence);
    },
  };
}
