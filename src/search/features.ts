/** What the learned re-ranker sees of a candidate. The order of the names is the order in the model's file. */
import type { Passage } from "./passage.ts";

export const featureNames = [
  "wordScore",
  "wordShare",
  "bigramScore",
  "bigramShare",
  "lexicalRank",
  "vectorScore",
  "vectorGap",
  "vectorRank",
  "fused",
  "memoryVector",
  "memoryTokens",
  "memorySum",
  "memoryLaw",
  "memoryNeighbour",
  "popularity",
  "lawPopularity",
  "lawMass",
  "headingMass",
  "neighbourVector",
  "length",
  "titleNamed",
  "titleLength",
  "questionLength",
  "nearest",
  "nearestByTokens",
  "bestVector",
  "bestLexical",
  "lawVectorRank",
  "familiarity",
] as const;
export type FeatureName = (typeof featureNames)[number];
export const FEATURES = featureNames.length;

/** Everything known about a question before its candidates are compared. Arrays are by passage number. */
export interface Evidence {
  readonly words: Float32Array;
  readonly bigrams: Float32Array;
  readonly vectors: Float32Array;
  readonly wordTop: number;
  readonly bigramTop: number;
  readonly vectorTop: number;
  readonly questionText: string;
  readonly questionTokens: number;
  readonly nearest: number;
  readonly nearestByTokens: number;
  /** Share (0–1) of the best passages by words that stand in laws remembered questions were answered from. */
  readonly familiarity: number;
}

/** One candidate and what the memory knows of it. */
export interface Candidate {
  readonly doc: number;
  readonly passage: Passage;
  readonly title: number;
  readonly heading: number;
  readonly length: number;
  readonly lexicalRank: number;
  readonly vectorRank: number;
  readonly memory: { readonly byVector: number; readonly byTokens: number; readonly sum: number } | undefined;
  readonly memoryLaw: number;
  /** Best memory of the two articles before and after. */
  readonly memoryNeighbour: number;
  /** Best vector score of the articles next to it. */
  readonly neighbourVector: number;
  readonly popularity: number;
  readonly lawPopularity: number;
}

/** A row of `FEATURES` numbers a candidate, in `candidates`' order. */
export function describe(evidence: Evidence, candidates: readonly Candidate[]): Float32Array {
  const rows = new Float32Array(candidates.length * FEATURES);
  const lawMass = new Map<number, number>();
  const headingMass = new Map<number, number>();
  let mass = 0;
  for (const candidate of candidates) {
    const weight = Math.exp(15 * (evidence.vectors[candidate.doc]! - evidence.vectorTop));
    mass += weight;
    lawMass.set(candidate.title, (lawMass.get(candidate.title) ?? 0) + weight);
    headingMass.set(candidate.heading, (headingMass.get(candidate.heading) ?? 0) + weight);
  }
  const lawRanks = rankWithinLaw(evidence, candidates);
  for (const [n, candidate] of candidates.entries()) {
    const { doc, memory } = candidate;
    const words = evidence.words[doc]!;
    const bigrams = evidence.bigrams[doc]!;
    const wordShare = words / (evidence.wordTop || 1);
    const bigramShare = bigrams / (evidence.bigramTop || 1);
    const vector = evidence.vectors[doc]!;
    rows.set(
      [
        words,
        wordShare,
        bigrams,
        bigramShare,
        1 / (1 + candidate.lexicalRank),
        vector,
        evidence.vectorTop - vector,
        1 / (1 + candidate.vectorRank),
        (wordShare + bigramShare) / 2 + vector / (evidence.vectorTop || 1) + (memory?.byVector ?? 0),
        memory?.byVector ?? 0,
        memory?.byTokens ?? 0,
        memory?.sum ?? 0,
        candidate.memoryLaw,
        candidate.memoryNeighbour,
        candidate.popularity,
        candidate.lawPopularity,
        (lawMass.get(candidate.title) ?? 0) / mass,
        (headingMass.get(candidate.heading) ?? 0) / mass,
        candidate.neighbourVector,
        candidate.length,
        evidence.questionText.includes(candidate.passage.title) ? 1 : 0,
        candidate.passage.title.length,
        evidence.questionTokens,
        evidence.nearest,
        evidence.nearestByTokens,
        evidence.vectorTop,
        evidence.wordTop,
        lawRanks[n]!,
        evidence.familiarity,
      ],
      n * FEATURES,
    );
  }
  return rows;
}

/** 1 for a law's nearest candidate, 1/2 for its second… */
function rankWithinLaw(evidence: Evidence, candidates: readonly Candidate[]): Float32Array {
  const order = candidates
    .map((candidate, n) => ({ n, title: candidate.title, score: evidence.vectors[candidate.doc]! }))
    .sort((a, b) => b.score - a.score);
  const seen = new Map<number, number>();
  const ranks = new Float32Array(candidates.length);
  for (const { n, title } of order) {
    const rank = (seen.get(title) ?? 0) + 1;
    seen.set(title, rank);
    ranks[n] = 1 / rank;
  }
  return ranks;
}
