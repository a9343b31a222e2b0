/** Texts as bags of vocabulary tokens, the form in which everything is learned. */
import { KeyTable } from "../../src/search/postings.ts";
import { eachKey } from "../../src/search/tokens.ts";

/** Distinct vocabulary tokens of a text and how often each occurs. */
export interface Bag {
  readonly ids: Uint32Array;
  readonly counts: Float32Array;
}

/** The tokens that have a vector: everything common enough to learn something about. */
export interface Vocabulary {
  readonly table: KeyTable;
  readonly keys: Uint32Array;
  readonly idf: Float32Array;
}

/**
 * Tokens in at least `least` of the texts, the most common `most` of them.
 * @param texts each an article with title and heading, or a question
 */
export function buildVocabulary(texts: readonly string[], least: number, most: number): Vocabulary {
  const all = new KeyTable(1 << 16);
  const keys: number[] = [];
  const holding: number[] = [];
  const lastText: number[] = [];
  for (const [number, text] of texts.entries()) {
    const count = (key: number): void => {
      const id = all.put(key);
      if (id === keys.length) {
        keys.push(key);
        holding.push(0);
        lastText.push(-1);
      }
      if (lastText[id] === number) return;
      lastText[id] = number;
      holding[id]!++;
    };
    eachKey(text, count, count);
  }
  const chosen = keys
    .map((key, id) => ({ key, holding: holding[id]! }))
    .filter((token) => token.holding >= least)
    .sort((a, b) => b.holding - a.holding || a.key - b.key)
    .slice(0, most);
  const table = new KeyTable(1 << 16);
  for (const { key } of chosen) table.put(key);
  return {
    table,
    keys: Uint32Array.from(chosen, ({ key }) => key),
    idf: Float32Array.from(chosen, (token) => Math.log(1 + texts.length / token.holding)),
  };
}

/** The bag of several weighted texts together; tokens outside the vocabulary are left out. */
export function bagOf(
  vocabulary: Vocabulary,
  texts: readonly (readonly [text: string, weight: number])[],
): Bag {
  const counts = new Map<number, number>();
  for (const [text, weight] of texts) {
    const count = (key: number): void => {
      const id = vocabulary.table.get(key);
      if (id >= 0) counts.set(id, (counts.get(id) ?? 0) + weight);
    };
    eachKey(text, count, count);
  }
  return { ids: Uint32Array.from(counts.keys()), counts: Float32Array.from(counts.values()) };
}

/** `whole` without one occurrence of everything in `part`. */
export function without(whole: Bag, part: Bag): Bag {
  const left = new Map<number, number>();
  for (const [i, id] of whole.ids.entries()) left.set(id, whole.counts[i]!);
  for (const [i, id] of part.ids.entries()) left.set(id, (left.get(id) ?? 0) - part.counts[i]!);
  const kept = [...left].filter(([, count]) => count > 0.01);
  return { ids: Uint32Array.from(kept, ([id]) => id), counts: Float32Array.from(kept, ([, count]) => count) };
}
