/**
 * Search with the operator's embedding endpoint as its vector leg.
 *
 * The passages are embedded once a release and kept under the data folder. A question waits for the endpoint no longer
 * than its budget; without an answer in time, or while the passages are still being embedded, the learned vectors
 * answer as if there were no endpoint. Nothing the endpoint proposes is shown unless the index holds it, in scope.
 */
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { Hit, Passage, SearchIndex } from "./passage.ts";
import { inScope } from "./scope.ts";
import { openVectors } from "./vector-folder.ts";
import { documentOf, PassageVectorStore } from "./vector-store.ts";

/** Longest a question waits for its vector, ms. */
const QUESTION_BUDGET = 1500;
/** How many passages each side proposes for the fusion. */
const PROPOSALS = 100;
/** Rank constant of reciprocal rank fusion: the usual one. */
const RANK_CONSTANT = 60;

export interface SemanticOptions {
  readonly embeddings: EmbeddingsInterface;
  /** Cache folder of this index's vectors. */
  readonly folder: string;
  /** Release and model together: other vectors in `folder` are not used. */
  readonly stamp: string;
  readonly budgetMs?: number;
  /** Told when the endpoint failed; search goes on without it. */
  readonly onFailure?: (reason: unknown) => void;
}

export interface SemanticSearch {
  /**
   * The index as these questions may use it: their vectors are fetched now, within the budget, and `find` is then as
   * immediate as the index's own. Other questions are answered without the endpoint. Never fails because of it.
   */
  forQuestions(questions: readonly string[]): Promise<SearchIndex>;
  /** Resolves when the passages are embedded or that has failed; true when the endpoint is in use. */
  readonly ready: Promise<boolean>;
}

/** Starts embedding `passages` (those `index` was made from) in the background. */
export function createSemanticSearch(
  index: SearchIndex,
  passages: readonly Passage[],
  options: SemanticOptions,
): SemanticSearch {
  let store: PassageVectorStore | undefined;
  const failed = (reason: unknown): undefined => {
    options.onFailure?.(reason);
    return undefined;
  };
  const { embeddings, folder, stamp, budgetMs = QUESTION_BUDGET } = options;
  const ready = openVectors(folder, stamp, embeddings, () => embed(passages, embeddings)).then(
    (opened) => {
      store = opened;
      return true;
    },
    (reason) => {
      failed(reason);
      return false;
    },
  );
  return {
    ready,
    async forQuestions(questions) {
      const opened = store;
      const asked = [...new Set(questions)].filter((question) => question.trim() !== "");
      if (!opened || asked.length === 0) return index;
      const vectors = await within(
        Promise.all(asked.map((question) => embeddings.embedQuery(question))),
        budgetMs,
      ).catch(failed);
      if (!vectors) return index;
      return { ...index, find: findWith(index, opened, new Map(asked.map((one, i) => [one, vectors[i]!]))) };
    },
  };
}

function findWith(
  index: SearchIndex,
  store: PassageVectorStore,
  vectors: ReadonlyMap<string, number[]>,
): SearchIndex["find"] {
  return (query, scope, top) => {
    const vector = vectors.get(query);
    if (vector?.length !== store.dimensions) return index.find(query, scope, top);
    const near = store.nearest(vector, PROPOSALS, scope).flatMap(([document, score]) => {
      const passage = index.get(document.id ?? "");
      return passage && inScope(passage, scope) ? [{ passage, score }] : [];
    });
    return fuse(index.find(query, scope, Math.max(top, PROPOSALS)), near).slice(0, top);
  };
}

async function embed(
  passages: readonly Passage[],
  embeddings: EmbeddingsInterface,
): Promise<PassageVectorStore> {
  const store = new PassageVectorStore(embeddings);
  const texts = passages.map(({ title, heading, text }) => [title, heading, text].filter(Boolean).join("\n"));
  await store.addVectors(await embeddings.embedDocuments(texts), passages.map(documentOf));
  return store;
}

/** Reciprocal rank fusion; exact identifiers stay in front. */
function fuse(hits: readonly Hit[], near: readonly { passage: Passage; score: number }[]): Hit[] {
  const exact = hits.filter(({ why }) => why.some(({ leg }) => leg === "identifier"));
  const scores = new Map<string, number>();
  const vote = (id: string, rank: number): void => {
    scores.set(id, (scores.get(id) ?? 0) + 1 / (RANK_CONSTANT + rank));
  };
  for (const [rank, { passage }] of hits.entries()) vote(passage.id, rank);
  for (const [rank, { passage }] of near.entries()) vote(passage.id, rank);
  const byId = new Map(hits.map((hit) => [hit.passage.id, hit]));
  for (const { passage, score } of near) {
    const own = byId.get(passage.id)?.why.filter(({ leg }) => leg !== "vectors") ?? [];
    const why = [...own, { leg: "vectors" as const, score: Math.round(score * 1000) / 1000 }];
    byId.set(passage.id, { passage, score: 0, why });
  }
  const front = new Set(exact.map(({ passage }) => passage.id));
  const rest = [...scores].filter(([id]) => !front.has(id)).sort((a, b) => b[1] - a[1]);
  return [...front, ...rest.map(([id]) => id)].map((id, position) => ({
    ...byId.get(id)!,
    score: 1 / (1 + position),
  }));
}

/** @throws Error when `promise` takes longer than `ms`. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`embedding endpoint slower than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
