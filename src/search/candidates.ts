/** From a question to the passages worth ranking, with what each leg says of them. */
import type { Found } from "./blend.ts";
import { type Candidate, describe, type Evidence } from "./features.ts";
import { type Statistics, scoreLeg, statisticsOf, type WeighedToken, weigh } from "./lexical.ts";
import { createRecall, type QuestionMemory, type Recollection } from "./memory.ts";
import { type Shelf, shelfOf } from "./shelf.ts";
import { encodePart, encodeQuestion, type StaticVectors } from "./static-vectors.ts";
import { normalise } from "./text.ts";
import { type Tokens, tokenise } from "./tokens.ts";
import { topOf } from "./top.ts";

/** The learned legs, prepared for use. */
export interface Learned {
  readonly vectors: StaticVectors;
  readonly recall: (tokens: Tokens, vector: Float32Array) => Recollection;
  /** How many remembered questions each article and each law answered, as log(1 + n) in halves. */
  readonly popularity: ReadonlyMap<number, number>;
  readonly lawPopularity: ReadonlyMap<number, number>;
}

const prepared = new WeakMap<QuestionMemory, Learned>();

/** Once for all indexes that ask the same memory. */
export function prepare(vectors: StaticVectors, memory: QuestionMemory): Learned {
  const known = prepared.get(memory);
  if (known) return known;
  const learned = {
    vectors,
    recall: createRecall(memory),
    popularity: logCounts(memory.articles),
    lawPopularity: logCounts(memory.laws),
  };
  prepared.set(memory, learned);
  return learned;
}

/**
 * In halves: finer, and the re-ranker would learn the very count a law had in one fold and stumble over the same law
 * with some questions more or fewer.
 */
function logCounts(keys: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [key, count] of counts) counts.set(key, Math.round(2 * Math.log(1 + count)) / 2);
  return counts;
}

export interface Search {
  readonly tokens: Tokens;
  readonly weighed: { readonly words: readonly WeighedToken[]; readonly bigrams: readonly WeighedToken[] };
  readonly words: Float32Array;
  readonly bigrams: Float32Array;
  /** Best passages by both lexical legs, each leg brought to a best of 1: the base line. */
  readonly lexical: readonly number[];
  /** Present when the question has a learned vector. */
  readonly learned?: {
    readonly vectors: Float32Array;
    readonly recollection: Recollection;
    readonly candidates: readonly Candidate[];
    readonly rows: Float32Array;
  };
}

/** How many each leg proposes for the re-ranking. */
const FROM_LEXICAL = 100;
const FROM_VECTORS = 150;
const FROM_MEMORY = 40;

/** @param keep how many lexical results are wanted */
export function search(
  shelves: readonly Shelf[],
  total: number,
  text: string,
  keep: number,
  accepted: (doc: number) => boolean,
  learned: Learned | undefined,
): Search {
  const tokens = tokenise(text);
  const wanted = Math.max(keep, FROM_LEXICAL);
  const words = runLeg(shelves, total, tokens, "words", wanted);
  const bigrams = runLeg(shelves, total, tokens, "bigrams", wanted);
  const wordTop = largest(words.scores);
  const bigramTop = largest(bigrams.scores);
  const both = new Float32Array(total);
  for (let doc = 0; doc < total; doc++) {
    both[doc] = words.scores[doc]! / (wordTop || 1) + bigrams.scores[doc]! / (bigramTop || 1);
  }
  const lexical = topOf(both, wanted, accepted);
  const base = {
    tokens,
    weighed: { words: words.weighed, bigrams: bigrams.weighed },
    words: words.scores,
    bigrams: bigrams.scores,
    lexical,
  };
  const vector = learned && encodeQuestion(learned.vectors, tokens);
  if (!learned || !vector) return base;
  const vectors = new Float32Array(total);
  for (const shelf of shelves) {
    shelf.rows ??= encodePart(learned.vectors, shelf.part);
    vectors.set(shelf.rows.scan(vector), shelf.from);
  }
  const recollection = learned.recall(tokens, vector);
  const nearest = topOf(vectors, FROM_VECTORS, accepted);
  const evidence: Evidence = {
    words: words.scores,
    bigrams: bigrams.scores,
    vectors,
    wordTop,
    bigramTop,
    vectorTop: nearest.length > 0 ? vectors[nearest[0]!]! : 0,
    questionText: normalise(text),
    questionTokens: tokens.words.length,
    nearest: recollection.nearest,
    nearestByTokens: recollection.nearestByTokens,
    familiarity: familiarityOf(shelves, lexical, learned),
  };
  const candidates = collect(shelves, lexical, nearest, evidence, recollection, learned, accepted);
  const rows = describe(evidence, candidates);
  return { ...base, learned: { vectors, recollection, candidates, rows } };
}

/** What the legs found, as `blend` takes it. */
export function foundBy(lexical: readonly number[], learned: NonNullable<Search["learned"]>): Found {
  const { candidates, rows } = learned;
  return { candidates: candidates.map(({ doc }) => doc), rows, lexical };
}

/** How many of the best passages by words say whether a question is of a kind that was learned. */
const WITNESSES = 20;

function familiarityOf(shelves: readonly Shelf[], lexical: readonly number[], learned: Learned): number {
  const witnesses = lexical.slice(0, WITNESSES);
  const known = witnesses.filter((doc) => {
    const shelf = shelfOf(shelves, doc);
    return learned.lawPopularity.has(shelf.titles[doc - shelf.from]!);
  });
  return known.length / Math.max(1, witnesses.length);
}

function runLeg(
  shelves: readonly Shelf[],
  total: number,
  tokens: Tokens,
  name: "words" | "bigrams",
  keep: number,
): { readonly scores: Float32Array; readonly weighed: readonly WeighedToken[] } {
  const legs = shelves.map(({ part }) => part[name]);
  const statistics: Statistics = statisticsOf(legs);
  const weighed = weigh(tokens[name], legs, statistics);
  const scores = new Float32Array(total);
  for (const { part, from } of shelves) {
    const own = scores.subarray(from, from + part.passages.length);
    scoreLeg(part[name], weighed, statistics, own, keep);
  }
  return { scores, weighed };
}

function collect(
  shelves: readonly Shelf[],
  lexical: readonly number[],
  nearest: readonly number[],
  evidence: Evidence,
  recollection: Recollection,
  learned: Learned,
  accepted: (doc: number) => boolean,
): Candidate[] {
  const lexicalRanks = new Map(lexical.slice(0, FROM_LEXICAL).map((doc, rank) => [doc, rank]));
  const vectorRanks = new Map(nearest.map((doc, rank) => [doc, rank]));
  const docs = new Set([...lexicalRanks.keys(), ...vectorRanks.keys()]);
  const remembered = [...recollection.articles].sort((a, b) => b[1].sum - a[1].sum).slice(0, FROM_MEMORY);
  for (const shelf of shelves) {
    for (const [key] of remembered) {
      for (const doc of docsOfArticle(shelf, key)) if (accepted(doc)) docs.add(doc);
    }
  }
  return [...docs].map((doc) => {
    const shelf = shelfOf(shelves, doc);
    const at = doc - shelf.from;
    const article = shelf.articles[at]!;
    const title = shelf.titles[at]!;
    let memoryNeighbour = 0;
    let neighbourVector = 0;
    for (const step of [-2, -1, 1, 2]) {
      if (shelf.titles[at + step] !== title) continue;
      const seen = recollection.articles.get(shelf.articles[at + step]!);
      if (seen) memoryNeighbour = Math.max(memoryNeighbour, seen.byVector);
      if (Math.abs(step) === 1) neighbourVector = Math.max(neighbourVector, evidence.vectors[doc + step]!);
    }
    return {
      doc,
      passage: shelf.part.passages[at]!,
      title,
      heading: shelf.headings[at]!,
      length: Math.log(1 + shelf.part.words.lengths[at]!),
      lexicalRank: lexicalRanks.get(doc) ?? 2 * FROM_LEXICAL,
      vectorRank: vectorRanks.get(doc) ?? 2 * FROM_VECTORS,
      memory: recollection.articles.get(article),
      memoryLaw: recollection.laws.get(title) ?? 0,
      memoryNeighbour,
      neighbourVector,
      popularity: learned.popularity.get(article) ?? 0,
      lawPopularity: learned.lawPopularity.get(title) ?? 0,
    };
  });
}

const articleMaps = new WeakMap<Shelf, Map<number, number[]>>();

/** Passages that are this article; a map per part, made on first use. */
function docsOfArticle(shelf: Shelf, key: number): readonly number[] {
  let map = articleMaps.get(shelf);
  if (!map) {
    map = new Map();
    for (const [at, article] of shelf.articles.entries()) {
      const docs = map.get(article);
      if (docs) docs.push(shelf.from + at);
      else map.set(article, [shelf.from + at]);
    }
    articleMaps.set(shelf, map);
  }
  return map.get(key) ?? [];
}

function largest(scores: Float32Array): number {
  let best = 0;
  for (const score of scores) if (score > best) best = score;
  return best;
}
