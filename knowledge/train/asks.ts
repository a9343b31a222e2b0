/** The finder's word vectors: an ask lies near the other asks and the text of its unit, far from all other units. */

import { createRows, setRow } from "../../src/search/scan.ts";
import type { StaticVectors } from "../../src/search/static-vectors.ts";
import { topOf } from "../../src/search/top.ts";
import { type Bag, bagOf, buildVocabulary, type Vocabulary, without } from "./bags.ts";
import { step } from "./contrast.ts";
import { createEncoder, type Encoder, encode, seededRandom, shuffled } from "./encoder.ts";

/** What is learned from: a unit's text and its asks; `wrong` are questions that look like it and belong elsewhere. */
export interface AskedUnit {
  readonly text: string;
  readonly asks: readonly string[];
}

export interface Lessons {
  readonly vocabulary: Vocabulary;
  readonly encoder: Encoder;
}

type Note = (text: string) => void;

const QUESTIONS_A_STEP = 64;
const HARD = 6;
const RANDOM = 128;
/** A token needs so many texts to be learned of. */
const LEAST = 2;
const MOST_TOKENS = 30_000;
const TEXT_WEIGHT = 1;

/** @param start vectors learned elsewhere; their tokens begin where they ended. */
export function learnAsks(
  units: readonly AskedUnit[],
  start: StaticVectors | undefined,
  epochs: number,
  seed: number,
  note: Note,
): Lessons {
  const random = seededRandom(seed);
  const vocabulary = buildVocabulary(
    units.flatMap((unit) => [...unit.asks, ...(unit.text ? [unit.text] : [])]),
    LEAST,
    MOST_TOKENS,
  );
  const encoder = createEncoder(vocabulary.idf, start?.dimensions ?? 256, random);
  if (start) beginAt(encoder, vocabulary, start);
  const bags = units.map((unit) =>
    bagOf(vocabulary, [[unit.text, TEXT_WEIGHT], ...unit.asks.map((ask) => [ask, 1] as const)]),
  );
  const asks = units.flatMap((unit, of) =>
    unit.asks.map((ask) => ({ of, bag: bagOf(vocabulary, [[ask, 1]]) })),
  );
  const byUnit = new Map<number, number[]>();
  for (const [at, { of }] of asks.entries()) {
    const list = byUnit.get(of);
    if (list) list.push(at);
    else byUnit.set(of, [at]);
  }
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  let hard: (readonly number[])[] = [];
  const order = asks.flatMap(({ bag }, at) => (bag.ids.length > 0 ? [at] : []));
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    if (epoch % 2 === 0) hard = nearestWrong(encoder, asks, bags);
    let loss = 0;
    let steps = 0;
    const mixed = shuffled(order, random);
    for (let from = 0; from < mixed.length; from += QUESTIONS_A_STEP) {
      const numbers = mixed.slice(from, from + QUESTIONS_A_STEP);
      const passages: Bag[] = [];
      const owners: number[] = [];
      const add = (bag: Bag, of: number): void => {
        passages.push(bag);
        owners.push(of);
      };
      for (const number of numbers) {
        const { of, bag } = asks[number]!;
        add(without(bags[of]!, bag), of);
        const other = pick(byUnit.get(of)!);
        if (other !== number) add(asks[other]!.bag, of);
        const wrong = hard[number] ?? [];
        for (let i = 0; i < HARD && wrong.length > 0; i += 1) {
          const at = pick(wrong);
          add(random() < 0.5 ? bags[at]! : asks[pick(byUnit.get(at)!)]!.bag, at);
        }
      }
      for (let i = 0; i < RANDOM; i += 1) {
        const at = Math.floor(random() * units.length);
        add(bags[at]!, at);
      }
      const places = new Map<number, number[]>();
      for (const [at, of] of owners.entries()) {
        const list = places.get(of);
        if (list) list.push(at);
        else places.set(of, [at]);
      }
      const right = numbers.map((number) => places.get(asks[number]!.of)!);
      const rate = 0.02 * (1 - (0.8 * epoch) / epochs);
      const questions = numbers.map((number) => asks[number]!.bag);
      loss += step(encoder, { questions, passages, right }, { rate, temperature: 0.06, drop: 0.25, random });
      steps += 1;
    }
    note(`问法学习 第 ${epoch + 1}/${epochs} 轮,损失 ${(loss / Math.max(1, steps)).toFixed(3)}`);
  }
  return { vocabulary, encoder };
}

/** Tokens known before begin with the vector they had, brought to our weights. */
function beginAt(encoder: Encoder, vocabulary: Vocabulary, start: StaticVectors): void {
  const { dimensions } = encoder;
  for (const [id, key] of vocabulary.keys.entries()) {
    const known = start.table.get(key);
    if (known < 0) continue;
    const scale = start.question[known]! / encoder.idf[id]!;
    for (let d = 0; d < dimensions; d += 1)
      encoder.table[id * dimensions + d] = start.values[known * dimensions + d]! * scale;
  }
}

const MOST_HARD = 30;

/** For each ask the units the model wrongly holds nearest. */
function nearestWrong(
  encoder: Encoder,
  asks: readonly { readonly of: number; readonly bag: Bag }[],
  bags: readonly Bag[],
): (readonly number[])[] {
  const rows = createRows(bags.length, encoder.dimensions);
  const vector = new Float32Array(encoder.dimensions);
  for (const [at, bag] of bags.entries()) {
    encode(encoder, "passage", bag, vector, 0);
    setRow(rows, at, vector);
  }
  return asks.map(({ of, bag }) => {
    encode(encoder, "question", bag, vector, 0);
    return topOf(rows.scan(vector), MOST_HARD).filter((at) => at !== of);
  });
}
