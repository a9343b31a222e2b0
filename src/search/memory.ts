/**
 * Question memory: which articles questions asked before were answered from.
 *
 * It holds no sentences: of each question its learned vector and the keys of its tokens, and of each article a key
 * made from its law and opening. It speaks for an article when the new question is near to questions the article answered.
 */
import { KeyTable } from "./postings.ts";
import { createRows, type Rows, setRow } from "./scan.ts";
import { encodeQuestion, type StaticVectors } from "./static-vectors.ts";
import { type Tokens, wordKey } from "./tokens.ts";
import { topOf } from "./top.ts";

export interface QuestionMemory {
  /** Distinct token keys of question `i`: `tokens[tokenOffsets[i] … tokenOffsets[i + 1]]`. */
  readonly tokenOffsets: Uint32Array;
  readonly tokens: Uint32Array;
  /** Articles that answered question `i`, as `articleKey`, and the laws they stand in, as `lawKey`. */
  readonly articleOffsets: Uint32Array;
  readonly articles: Uint32Array;
  readonly laws: Uint32Array;
  readonly vectors: Rows;
}

export interface RememberedQuestion {
  readonly tokens: Tokens;
  readonly articles: readonly { readonly law: string; readonly content: string }[];
}

/** Characters of an article's text that make it known again. */
const OPENING = 40;

/**
 * An article is known by its law and how its text begins, not by its number: a revision renumbers articles and puts
 * others in their places, and what was asked of the old text says nothing of the new.
 */
export function articleKey(law: string, text: string): number {
  const han = text
    .replace(/^\s*第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?/, "")
    .replaceAll(/\P{Script=Han}/gu, "");
  return wordKey(`${plainName(law)}/${han.slice(0, OPENING)}`);
}

export function lawKey(title: string): number {
  return wordKey(plainName(title));
}

/** 中华人民共和国行政处罚法 and 行政处罚法 are the same law. */
function plainName(name: string): string {
  return name.replaceAll(/[《》\s]/g, "").replace(/^中华人民共和国/, "");
}

export function createMemory(
  vectors: StaticVectors,
  questions: readonly RememberedQuestion[],
): QuestionMemory {
  const rows = createRows(questions.length, vectors.dimensions);
  const tokens = questions.map((question) => [...keysOf(question.tokens)]);
  for (const [i, question] of questions.entries()) {
    const vector = encodeQuestion(vectors, question.tokens);
    if (vector) setRow(rows, i, vector);
  }
  return {
    tokenOffsets: offsetsOf(tokens),
    tokens: Uint32Array.from(tokens.flat()),
    articleOffsets: offsetsOf(questions.map((question) => question.articles)),
    articles: Uint32Array.from(
      questions.flatMap((q) => q.articles.map(({ law, content }) => articleKey(law, content))),
    ),
    laws: Uint32Array.from(questions.flatMap((q) => q.articles.map(({ law }) => lawKey(law)))),
    vectors: rows,
  };
}

/** What the memory says about one question. */
export interface Recollection {
  /** Cosine of the nearest remembered question by vector, and by shared tokens. */
  readonly nearest: number;
  readonly nearestByTokens: number;
  /** By article key: best and summed nearness of the questions it answered. */
  readonly articles: ReadonlyMap<number, Remembered>;
  /** By law key: summed nearness, all laws together 1. */
  readonly laws: ReadonlyMap<number, number>;
}

export interface Remembered {
  byVector: number;
  byTokens: number;
  sum: number;
}

/** Questions that vote; further ones say nothing. */
const VOTERS = 40;

export function createRecall(memory: QuestionMemory): (tokens: Tokens, vector: Float32Array) => Recollection {
  const count = memory.tokenOffsets.length - 1;
  const { table, starts, holders } = invert(memory);
  const rarity = Float64Array.from({ length: table.size }, (_, id) =>
    Math.log(1 + count / (starts[id + 1]! - starts[id]!)),
  );
  const lengths = new Float32Array(count);
  for (let id = 0; id < table.size; id++) {
    for (let at = starts[id]!; at < starts[id + 1]!; at++) lengths[holders[at]!]! += rarity[id]! ** 2;
  }

  return (tokens, vector) => {
    const byVector = memory.vectors.scan(vector);
    const byTokens = new Float32Array(count);
    let length = 0;
    for (const key of keysOf(tokens)) {
      const id = table.get(key);
      const weight = id < 0 ? Math.log(1 + count) : rarity[id]!;
      length += weight * weight;
      if (id < 0) continue;
      for (let at = starts[id]!; at < starts[id + 1]!; at++) byTokens[holders[at]!]! += weight * weight;
    }
    for (let i = 0; i < count; i++) byTokens[i]! /= Math.sqrt(lengths[i]! * length) || 1;
    return gather(memory, byVector, byTokens);
  };
}

/** Token `id` stands in the questions `holders[starts[id] … starts[id + 1]]`, in their order. */
function invert({ tokenOffsets, tokens }: QuestionMemory) {
  const table = new KeyTable(1 << 15);
  const ids = tokens.map((token) => table.put(token));
  const starts = new Uint32Array(table.size + 1);
  for (const id of ids) starts[id + 1]!++;
  for (let id = 0; id < table.size; id++) starts[id + 1]! += starts[id]!;
  const next = starts.slice();
  const holders = new Uint32Array(ids.length);
  for (let i = 0; i + 1 < tokenOffsets.length; i++) {
    for (let at = tokenOffsets[i]!; at < tokenOffsets[i + 1]!; at++) holders[next[ids[at]!]!++] = i;
  }
  return { table, starts, holders };
}

function gather(memory: QuestionMemory, byVector: Float32Array, byTokens: Float32Array): Recollection {
  const voters = new Set([...topOf(byVector, VOTERS), ...topOf(byTokens, VOTERS / 2)]);
  const articles = new Map<number, Remembered>();
  const laws = new Map<number, number>();
  let nearest = 0;
  let nearestByTokens = 0;
  let votes = 0;
  for (const i of voters) {
    nearest = Math.max(nearest, byVector[i]!);
    nearestByTokens = Math.max(nearestByTokens, byTokens[i]!);
    const vote = Math.exp(8 * byVector[i]!);
    for (let at = memory.articleOffsets[i]!; at < memory.articleOffsets[i + 1]!; at++) {
      const key = memory.articles[at]!;
      const seen = articles.get(key) ?? { byVector: 0, byTokens: 0, sum: 0 };
      seen.byVector = Math.max(seen.byVector, byVector[i]!);
      seen.byTokens = Math.max(seen.byTokens, byTokens[i]!);
      seen.sum += vote;
      articles.set(key, seen);
      laws.set(memory.laws[at]!, (laws.get(memory.laws[at]!) ?? 0) + vote);
      votes += vote;
    }
  }
  for (const seen of articles.values()) seen.sum /= votes;
  for (const [law, sum] of laws) laws.set(law, sum / votes);
  return { nearest, nearestByTokens, articles, laws };
}

function keysOf(tokens: Tokens): Set<number> {
  return new Set([...tokens.words, ...tokens.bigrams].map(({ key }) => key));
}

function offsetsOf(lists: readonly (readonly unknown[])[]): Uint32Array {
  const offsets = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = offsets[i]! + list.length;
  return offsets;
}
