/**
 * BM25 over words and over character bigrams: two legs with their own statistics over one set of postings.
 *
 * An index is a list of parts. The first holds the release, a later one what was added since; a part is never
 * changed, only its passages are taken out. Statistics (how common a token is, how long texts are) are of all
 * parts together.
 */
import type { Reader, Stored } from "./arrays.ts";
import type { Passage } from "./passage.ts";
import { bytesOf, KeyTable, type Postings, PostingsBuilder, seek, UNITS } from "./postings.ts";
import { eachKey, type Keys, type Token } from "./tokens.ts";

/** BM25's usual constants; tuning them on legal questions gained nothing. */
const K1 = 1.2;
const B = 0.75;

/** How much a token of a field counts, in quarters of one in the text. */
const TITLE_UNITS = 4;
const HEADING_UNITS = 2;
const VARIANT_UNITS = 3;

/** From this many passages on, long lists of common tokens are looked up instead of walked. */
const PRUNE_FROM = 120_000;

/** One immutable part of the index. Passages are numbered from 0 within it. */
export interface Part {
  readonly passages: readonly Passage[];
  readonly words: Leg;
  readonly bigrams: Leg;
}

export interface Leg {
  readonly postings: Postings;
  /** Length of each passage in tokens, fields weighted. */
  readonly lengths: Float32Array;
  /** Sum of `lengths`. */
  readonly totalLength: number;
}

/** Indexes passages. Linear in their text: about 25 µs a passage of 120 characters. */
export function buildPart(
  passages: readonly Pick<Passage, "text" | "title" | "heading" | "variants">[],
): Pick<Part, "words" | "bigrams"> {
  const words = new PostingsBuilder();
  const bigrams = new PostingsBuilder();
  const wordLengths = new Float32Array(passages.length);
  const bigramLengths = new Float32Array(passages.length);
  let doc = 0;
  let units = UNITS;
  const onWord = (key: number): void => {
    words.add(doc, key, units);
    wordLengths[doc]! += units / UNITS;
  };
  const onBigram = (key: number): void => {
    bigrams.add(doc, key, units);
    bigramLengths[doc]! += units / UNITS;
  };
  for (const passage of passages) {
    units = UNITS;
    eachKey(passage.text, onWord, onBigram);
    units = TITLE_UNITS;
    eachKey(passage.title, onWord, onBigram);
    if (passage.heading) {
      units = HEADING_UNITS;
      eachKey(passage.heading, onWord, onBigram);
    }
    units = VARIANT_UNITS;
    for (const variant of passage.variants ?? []) eachKey(variant, onWord, onBigram);
    doc++;
  }
  return { words: legOf(words.freeze(), wordLengths), bigrams: legOf(bigrams.freeze(), bigramLengths) };
}

/** Both legs over documents whose tokens are known already; each is several texts that count alike. */
export function legsOf(documents: readonly (readonly Keys[])[]): Pick<Part, "words" | "bigrams"> {
  const leg = (name: keyof Keys): Leg => {
    const builder = new PostingsBuilder();
    const lengths = new Float32Array(documents.length);
    for (const [doc, texts] of documents.entries()) {
      for (const text of texts) {
        for (const key of text[name]) builder.add(doc, key, UNITS);
        lengths[doc]! += text[name].length;
      }
    }
    return legOf(builder.freeze(), lengths);
  };
  return { words: leg("words"), bigrams: leg("bigrams") };
}

function legOf(postings: Postings, lengths: Float32Array): Leg {
  let totalLength = 0;
  for (const length of lengths) totalLength += length;
  return { postings, lengths, totalLength };
}

/** A leg to be kept, and read back the same. */
export function arraysOfLeg({ postings, lengths }: Leg): Stored[] {
  return [postings.keys.list(), postings.offsets, postings.docs, postings.units, lengths];
}

export function readLeg(read: Reader): Leg {
  const postings = {
    keys: KeyTable.of(read(Uint32Array)),
    offsets: read(Uint32Array),
    docs: read(Uint32Array),
    units: read(Uint8Array),
  };
  return legOf(postings, read(Float32Array));
}

/** Sums over all parts that a leg's scores rest on. */
export interface Statistics {
  readonly passages: number;
  readonly averageLength: number;
}

export function statisticsOf(legs: readonly Leg[]): Statistics {
  let passages = 0;
  let length = 0;
  for (const leg of legs) {
    passages += leg.lengths.length;
    length += leg.totalLength;
  }
  return { passages, averageLength: passages === 0 ? 1 : Math.max(1, length / passages) };
}

/** A question's token with its weight in this index. */
export interface WeighedToken {
  readonly key: number;
  readonly text: string;
  /** Inverse document frequency times how often the question has it. */
  readonly weight: number;
}

/** Distinct tokens of a question, heaviest first; tokens found nowhere are left out. */
export function weigh(
  tokens: readonly Token[],
  legs: readonly Leg[],
  statistics: Statistics,
): WeighedToken[] {
  const times = new Map<number, { text: string; count: number }>();
  for (const token of tokens) {
    const seen = times.get(token.key);
    if (seen) seen.count++;
    else times.set(token.key, { text: token.text, count: 1 });
  }
  const weighed: WeighedToken[] = [];
  for (const [key, { text, count }] of times) {
    let holding = 0;
    for (const { postings } of legs) {
      const term = postings.keys.get(key);
      if (term >= 0) holding += postings.offsets[term + 1]! - postings.offsets[term]!;
    }
    if (holding === 0) continue;
    const idf = Math.log(1 + (statistics.passages - holding + 0.5) / (holding + 0.5));
    weighed.push({ key, text, weight: idf * count });
  }
  return weighed.sort((a, b) => b.weight - a.weight);
}

/**
 * Adds each passage's score to `scores` (as long as the part, zero at the start) and returns the passages touched.
 *
 * `keep` is how many best passages the caller will take. In a large part the lists of common tokens are only looked
 * up for passages that can still be among them (max-score); every passage among the best `keep` has its exact score.
 */
export function scoreLeg(
  leg: Leg,
  tokens: readonly WeighedToken[],
  statistics: Statistics,
  scores: Float32Array,
  keep: number,
): Uint32Array {
  const { keys, offsets, docs, units } = leg.postings;
  const touched = new Uint32Array(leg.lengths.length);
  let count = 0;
  let remaining = 0; // the most that the tokens not yet walked can add
  for (const { weight } of tokens) remaining += weight * (K1 + 1);
  for (const [position, { key, weight }] of tokens.entries()) {
    if (leg.lengths.length >= PRUNE_FROM && count > keep) {
      const bar = kthBest(scores, touched, count, keep);
      if (remaining < bar) {
        lookUp(leg, tokens.slice(position), statistics, scores, touched, count, bar - remaining);
        break;
      }
    }
    remaining -= weight * (K1 + 1);
    const term = keys.get(key);
    if (term < 0) continue;
    for (let i = offsets[term]!; i < offsets[term + 1]!; i++) {
      const doc = docs[i]!;
      const before = scores[doc]!;
      if (before === 0) touched[count++] = doc;
      scores[doc] = before + weight * saturation(units[i]!, leg.lengths[doc]!, statistics.averageLength);
    }
  }
  return touched.subarray(0, count);
}

/** BM25's term frequency part: rises with the frequency, falls with the length, below K1 + 1. */
function saturation(units: number, length: number, averageLength: number): number {
  const frequency = units / UNITS;
  return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * length) / averageLength));
}

function lookUp(
  leg: Leg,
  tokens: readonly WeighedToken[],
  statistics: Statistics,
  scores: Float32Array,
  touched: Uint32Array,
  count: number,
  bar: number,
): void {
  const { keys, offsets, docs, units } = leg.postings;
  const lists = tokens
    .map((token) => ({ token, term: keys.get(token.key) }))
    .filter((list) => list.term >= 0);
  for (let n = 0; n < count; n++) {
    const doc = touched[n]!;
    if (scores[doc]! < bar) continue;
    for (const { token, term } of lists) {
      const at = seek(docs, offsets[term]!, offsets[term + 1]!, doc);
      if (at < 0) continue;
      scores[doc]! += token.weight * saturation(units[at]!, leg.lengths[doc]!, statistics.averageLength);
    }
  }
}

/** A lower bound of the `keep`-th best score, from a histogram of 1 024 steps. */
function kthBest(scores: Float32Array, touched: Uint32Array, count: number, keep: number): number {
  let best = 0;
  for (let n = 0; n < count; n++) best = Math.max(best, scores[touched[n]!]!);
  const steps = new Uint32Array(1025);
  for (let n = 0; n < count; n++) steps[Math.floor((scores[touched[n]!]! / best) * 1024)]!++;
  let above = 0;
  for (let step = 1024; step >= 0; step--) {
    above += steps[step]!;
    if (above >= keep) return (step / 1024) * best;
  }
  return 0;
}

/** Tokens of the question that stand in passage `doc`, strongest first, for explanations. */
export function matching(leg: Leg, tokens: readonly WeighedToken[], doc: number): string[] {
  const { keys, offsets, docs } = leg.postings;
  return tokens
    .filter(({ key }) => {
      const term = keys.get(key);
      return term >= 0 && seek(docs, offsets[term]!, offsets[term + 1]!, doc) >= 0;
    })
    .map(({ text }) => text);
}

export function bytesOfPart(part: Part): number {
  return [part.words, part.bigrams].reduce(
    (sum, leg) => sum + bytesOf(leg.postings) + leg.lengths.byteLength,
    0,
  );
}
