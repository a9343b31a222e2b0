/** What is searched and what is found. A passage is the smallest text that can be quoted with its source. */
import type { Day } from "../law/day.ts";
import type { LawRank } from "../law/legal-ref.ts";

export interface Passage {
  /** Unique in an index; stable over releases: `<record id>` or `<record id>#<article>`. */
  readonly id: string;
  /** The record it belongs to: adding or withdrawing a record moves all its passages. */
  readonly recordId: string;
  /** Record kind: `power`, `statute`, `faq`… the index treats it as an opaque label. */
  readonly kind: string;
  /** Title of the law or list: `行政处罚法`. */
  readonly title: string;
  /** Chapter, section or row caption. */
  readonly heading?: string;
  /** The text itself, as published: never altered by indexing. */
  readonly text: string;
  /** Article name when the passage is one: `行政处罚法第六十三条`. */
  readonly name?: string;
  /** Area code of the dataset it applies in; absent applies everywhere. `140802` lies inside `140800`. */
  readonly area?: string;
  /** Dataset: `national`, `demo`, a city's name. */
  readonly dataset?: string;
  readonly rank?: LawRank;
  /** First day in force, inclusive. Absent: unknown or always. */
  readonly effectiveFrom?: Day;
  /** Last day in force, inclusive. Absent: still in force. */
  readonly effectiveTo?: Day;
  /** Repealed or withdrawn whatever its dates say. */
  readonly repealed?: boolean;
  /** Lay questions this passage answers, attached as data; searched, never quoted. */
  readonly variants?: readonly string[];
  /** Exact identifiers: 文号, 执法证号, 统一代码, 事项编码, record codes. An exact match outranks everything. */
  readonly identifiers?: readonly string[];
}

/** Which part of the search spoke for a hit. */
export type Leg = "identifier" | "words" | "bigrams" | "vectors" | "memory" | "rerank";

export interface Reason {
  readonly leg: Leg;
  /** The leg's own score; legs are not comparable with each other. */
  readonly score: number;
  /** The words that matched, strongest first, where the leg has words. */
  readonly terms?: readonly string[];
}

export interface Hit {
  readonly passage: Passage;
  /** Comparable within one result list only; higher is better. */
  readonly score: number;
  readonly why: readonly Reason[];
}

/** Which passages may be found. An absent field does not restrict. */
export interface Scope {
  readonly kinds?: readonly string[];
  /** Passages of this area, of the areas above it, and passages without an area. */
  readonly area?: string;
  /** In force on this day. */
  readonly on?: Day;
  readonly ranks?: readonly LawRank[];
  readonly datasets?: readonly string[];
  /** Also what is repealed, withdrawn, or outside its dates. Default false: those are never found. */
  readonly includeRepealed?: boolean;
}

/** What an index holds, for operators and benches. */
export interface SearchStats {
  readonly passages: number;
  readonly records: number;
  readonly terms: number;
  /** Bytes of the arrays the index itself holds; the passages' own text is not counted. */
  readonly bytes: number;
  readonly vectors: "none" | "exact" | "hnsw";
}

/** The searchable form of a release. */
export interface SearchIndex {
  /** Best `top` passages inside `scope` for what a person wrote. An empty text finds nothing. */
  find(query: string, scope: Scope, top: number): Hit[];
  /** Adds passages; a passage id already present is replaced. */
  add(passages: readonly Passage[]): void;
  /** Takes every passage of a record out. Returns how many there were. */
  withdraw(recordId: string): number;
  /** The passage with this id, if it is indexed. */
  get(id: string): Passage | undefined;
  stats(): SearchStats;
}
