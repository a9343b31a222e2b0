/** A part of the search index with what the learned legs know of it; made of passages, or read back from bytes. */
import { arraysOf, type Reader, type Stored } from "./arrays.ts";
import { arraysOfLeg, buildPart, type Leg, type Part, readLeg } from "./lexical.ts";
import { articleKey, lawKey } from "./memory.ts";
import type { Passage } from "./passage.ts";
import { arraysOfRows, type Rows, readRows } from "./scan.ts";
import { encodePart, type StaticVectors } from "./static-vectors.ts";
import { wordKey } from "./tokens.ts";

/** Parts in one numbering: passage `n` of shelf `s` is `s.from + n`. */
export interface Shelf {
  readonly part: Part;
  readonly from: number;
  readonly titles: Uint32Array;
  readonly headings: Uint32Array;
  readonly articles: Uint32Array;
  /** Made on the first question where it was not laid with vectors. */
  rows?: Rows;
}

/** What of a passage is indexed. */
export type Laid = Pick<Passage, "title" | "heading" | "text" | "variants">;

/** A shelf without its passages: what can be kept. */
export type LaidShelf = Omit<Shelf, "part" | "from"> & { readonly words: Leg; readonly bigrams: Leg };

/** About 80 µs a passage, and as much again for its vector. */
export function layShelf(passages: readonly Laid[], vectors?: StaticVectors): LaidShelf {
  const part = buildPart(passages);
  return { ...part, ...labelsOf(passages), ...(vectors ? { rows: encodePart(vectors, part) } : {}) };
}

export function putOnShelf(
  passages: readonly Passage[],
  { words, bigrams, ...labels }: LaidShelf,
  from: number,
): Shelf {
  return { ...labels, part: { passages, words, bigrams }, from };
}

/** A part as the only shelf. */
export const shelve = (part: Part): Shelf => ({ part, from: 0, ...labelsOf(part.passages) });

function labelsOf(passages: readonly Laid[]): Pick<Shelf, "titles" | "headings" | "articles"> {
  return {
    titles: Uint32Array.from(passages, ({ title }) => lawKey(title)),
    headings: Uint32Array.from(passages, ({ title, heading }) => wordKey(`${title}/${heading ?? ""}`)),
    articles: Uint32Array.from(passages, ({ title, text }) => articleKey(title, text)),
  };
}

export function shelfOf(shelves: readonly Shelf[], doc: number): Shelf {
  return shelves.findLast(({ from }) => from <= doc)!;
}

/** Eight characters: the file's form. */
export const SHELF = "MZSHF001";

export function bytesOfShelf({ words, bigrams, titles, headings, articles, rows }: LaidShelf): Buffer {
  return arraysOf(SHELF, [
    ...arraysOfLeg(words),
    ...arraysOfLeg(bigrams),
    ...[titles, headings, articles],
    Uint32Array.of(rows?.dimensions ?? 0),
    ...(rows ? arraysOfRows(rows) : ([] as Stored[])),
  ]);
}

export function readShelf(read: Reader): LaidShelf {
  const legs = { words: readLeg(read), bigrams: readLeg(read) };
  const keys = { titles: read(Uint32Array), headings: read(Uint32Array), articles: read(Uint32Array) };
  const dimensions = read(Uint32Array)[0] ?? 0;
  return { ...legs, ...keys, ...(dimensions > 0 ? { rows: readRows(read, dimensions) } : {}) };
}
