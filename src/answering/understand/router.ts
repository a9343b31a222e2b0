/** From a sentence and what it mentions to intents with calibrated confidence. */
import type { Role } from "../../turn.ts";
import { type Intent, intentNames } from "../intents.ts";
import type { Mentions } from "../understanding.ts";
import { createClassifier, type Scored } from "./classifier.ts";
import { featuresOf } from "./features.ts";

/** Below it the answer asks back or searches. Measured on held-out questions by `train-routes`. */
export const ROUTE_THRESHOLD = 0.35;

export interface Router {
  /** Every intent, most likely first. `text` is normalised. */
  rank(text: string, mentions: Mentions, role: Role): readonly Scored<Intent>[];
}

/** @param model `knowledge/models/route.json`, parsed. @throws AppError `release_broken` */
export function createRouter(model: unknown): Router {
  const classifier = createClassifier(model, intentNames);
  return { rank: (text, mentions, role) => classifier.rank(featuresOf(text, signsOf(mentions, role))) };
}

/** What was mentioned, as signs for the classifier. */
export function signsOf(mentions: Mentions, role: Role): string[] {
  const signs: string[] = [`role:${role}`];
  if (mentions.organs.length > 0) signs.push("organ");
  if (mentions.areas.length > 0) signs.push("area");
  if (mentions.trigger.kind !== "none") signs.push("day");
  if (mentions.amountsYuan.length > 0) signs.push("amount");
  if (mentions.certNos.length > 0) signs.push("cert");
  if (mentions.docNos.length + mentions.caseNos.length > 0) signs.push("doc");
  if (mentions.codes.length > 0) signs.push("code");
  if (mentions.receipts.length > 0) signs.push("receipt");
  if (mentions.laws.length > 0) signs.push(mentions.laws.some((law) => law.article) ? "article" : "law");
  return signs;
}
