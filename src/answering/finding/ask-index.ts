/**
 * All that finding needs of the units' asks and texts: inverted lists, each ask's tokens, learned vectors. Made of the
 * texts once, kept on disk as flat arrays, and read back the same.
 */
import { arraysOf, type Reader, type Stored } from "../../search/arrays.ts";
import { arraysOfLeg, type Leg, legsOf, readLeg } from "../../search/lexical.ts";
import { KeyTable } from "../../search/postings.ts";
import { arraysOfRows, createRows, type Rows, readRows, setRow } from "../../search/scan.ts";
import { createKeyEncoder, type StaticVectors } from "../../search/static-vectors.ts";
import { type Keys, keysOfText } from "../../search/tokens.ts";
import type { Unit } from "./unit.ts";

/** Asks are numbered unit after unit. */
export interface AskIndex {
  /** Unit `u` has the asks `firstAsk[u] … firstAsk[u + 1]`. */
  readonly firstAsk: Uint32Array;
  /** A unit's asks as one document, and its text. */
  readonly asked: Legs;
  readonly said: Legs;
  readonly tokens: AskTokens;
  /** Of asks, of units (all asks and the text together) and of texts. */
  readonly vectors?: { readonly asks: Rows; readonly units: Rows; readonly texts: Rows };
}

interface Legs {
  readonly words: Leg;
  readonly bigrams: Leg;
}

/** Each ask's distinct tokens: ask `a` has `ids[starts[a] … starts[a + 1]]`, ascending by key. */
export interface AskTokens {
  /** Key → id. */
  readonly table: KeyTable;
  /** How rare a token is among all asks, by id. */
  readonly rarity: Float64Array;
  readonly starts: Uint32Array;
  readonly ids: Uint32Array;
  /** Sum of an ask's rarities, in the order of its tokens. */
  readonly weights: Float64Array;
}

/** What is indexed of a unit. */
export type Indexed = Pick<Unit, "asks" | "text">;

/** About 40 µs an ask. */
export function buildAskIndex(units: readonly Indexed[], vectors: StaticVectors | undefined): AskIndex {
  const firstAsk = new Uint32Array(units.length + 1);
  for (const [at, { asks }] of units.entries()) firstAsk[at + 1] = firstAsk[at]! + asks.length;
  const askKeys = units.flatMap(({ asks }) => asks.map(keysOfText));
  const textKeys = units.map(({ text }) => keysOfText(text));
  return {
    firstAsk,
    asked: legsOf(units.map((_, at) => askKeys.slice(firstAsk[at]!, firstAsk[at + 1]!))),
    said: legsOf(textKeys.map((keys) => [keys])),
    tokens: tokensOf(askKeys),
    ...(vectors ? { vectors: encodeAll(vectors, askKeys, textKeys, firstAsk) } : {}),
  };
}

function tokensOf(askKeys: readonly Keys[]): AskTokens {
  const distinct = askKeys.map(distinctKeys);
  const table = new KeyTable(1 << 12);
  const starts = new Uint32Array(distinct.length + 1);
  for (const [at, keys] of distinct.entries()) starts[at + 1] = starts[at]! + keys.length;
  const ids = new Uint32Array(starts.at(-1)!);
  for (const [at, keys] of distinct.entries())
    for (let n = 0; n < keys.length; n += 1) ids[starts[at]! + n] = table.put(keys[n]!);
  const holding = new Uint32Array(table.size);
  for (const id of ids) holding[id]! += 1;
  const rarity = Float64Array.from(holding, (count) => Math.log(1 + distinct.length / (count + 1)));
  const weights = Float64Array.from(distinct, (_, at) => {
    let weight = 0;
    for (let n = starts[at]!; n < starts[at + 1]!; n += 1) weight += rarity[ids[n]!]!;
    return weight;
  });
  return { table, rarity, starts, ids, weights };
}

/** Each key once, ascending. */
export function distinctKeys({ words, bigrams }: Keys): Uint32Array {
  const all = new Uint32Array(words.length + bigrams.length);
  all.set(words);
  all.set(bigrams, words.length);
  all.sort();
  let kept = 0;
  for (let at = 0; at < all.length; at += 1) {
    if (at > 0 && all[at] === all[at - 1]) continue;
    all[kept] = all[at]!;
    kept += 1;
  }
  return all.slice(0, kept);
}

function encodeAll(
  vectors: StaticVectors,
  askKeys: readonly Keys[],
  textKeys: readonly Keys[],
  first: Uint32Array,
): NonNullable<AskIndex["vectors"]> {
  const { dimensions } = vectors;
  const encode = createKeyEncoder(vectors);
  const vector = new Float32Array(dimensions);
  const asks = createRows(askKeys.length, dimensions);
  for (const [at, keys] of askKeys.entries()) if (encode([keys], vector)) setRow(asks, at, vector);
  const units = createRows(textKeys.length, dimensions);
  const texts = createRows(textKeys.length, dimensions);
  for (const [at, own] of textKeys.entries()) {
    if (encode([own], vector)) setRow(texts, at, vector);
    if (encode([...askKeys.slice(first[at]!, first[at + 1]!), own], vector)) setRow(units, at, vector);
  }
  return { asks, units, texts };
}

/** Eight characters: the file's form. */
export const ASK_INDEX = "MZASK001";

export function bytesOfAskIndex({ firstAsk, asked, said, tokens, vectors }: AskIndex): Buffer {
  return arraysOf(ASK_INDEX, [
    firstAsk,
    ...[asked, said].flatMap(({ words, bigrams }) => [...arraysOfLeg(words), ...arraysOfLeg(bigrams)]),
    ...[tokens.table.list(), tokens.rarity, tokens.starts, tokens.ids, tokens.weights],
    Uint32Array.of(vectors?.asks.dimensions ?? 0),
    ...(vectors ? [vectors.asks, vectors.units, vectors.texts].flatMap(arraysOfRows) : ([] as Stored[])),
  ]);
}

export function readAskIndex(read: Reader): AskIndex {
  const legs = (): Legs => ({ words: readLeg(read), bigrams: readLeg(read) });
  const firstAsk = read(Uint32Array);
  const asked = legs();
  const said = legs();
  const tokens: AskTokens = {
    table: KeyTable.of(read(Uint32Array)),
    rarity: read(Float64Array),
    starts: read(Uint32Array),
    ids: read(Uint32Array),
    weights: read(Float64Array),
  };
  const dimensions = read(Uint32Array)[0] ?? 0;
  const rows = () => readRows(read, dimensions);
  return {
    firstAsk,
    asked,
    said,
    tokens,
    ...(dimensions > 0 ? { vectors: { asks: rows(), units: rows(), texts: rows() } } : {}),
  };
}
