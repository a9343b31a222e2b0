/** `eval --retrieval`: how well search finds the articles that answer questions. */
import { fileURLToPath } from "node:url";
import { Article, passageOf, Question, readLines } from "../../knowledge/train/material.ts";
import { measure, type Quality } from "../../knowledge/train/recall.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import { type LearnedModel, readModel } from "../../src/search/model.ts";

/** Where the shipped model is, whatever folder the command runs in. */
export const MODEL_FOLDER = fileURLToPath(new URL("../../knowledge/models", import.meta.url));

export interface RetrievalReport extends Quality {
  readonly passages: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** Reading the model, indexing and encoding every article, seconds. */
  readonly buildS: number;
  readonly rssMiB: number;
}

/**
 * Indexes the corpus and asks every question once.
 * @param options.model another model than the shipped one; one that gives none measures BM25 alone
 * @throws AppError naming the line that is not of the shape
 */
export async function evalRetrieval(
  corpusPath: string,
  queriesPath: string,
  options: { readonly model?: () => LearnedModel | undefined } = {},
): Promise<RetrievalReport> {
  const articles = readLines(corpusPath, Article);
  const questions = readLines(queriesPath, Question);
  const began = performance.now();
  const model = options.model ?? (() => readModel(MODEL_FOLDER));
  const index = createSearchIndex(articles.map(passageOf), model);
  index.find("申请", {}, 1); // loads the model and encodes the passages
  const buildS = (performance.now() - began) / 1000;
  const times: number[] = [];
  const results = questions.map(({ q, gold }) => {
    const asked = performance.now();
    const hits = index.find(q, {}, 100);
    times.push(performance.now() - asked);
    return { right: new Set(gold), found: hits.map(({ passage }) => passage.id) };
  });
  times.sort((a, b) => a - b);
  const { queries, recall, mrr10, hit5 } = measure(results);
  return {
    queries,
    passages: articles.length,
    recall,
    mrr10,
    hit5,
    latencyMs: {
      p50: times[Math.floor(times.length / 2)] ?? 0,
      p99: times[Math.floor(times.length * 0.99)] ?? 0,
    },
    buildS,
    rssMiB: process.memoryUsage().rss / 2 ** 20,
  };
}
