/** The two lessons of the word vectors: from the articles alone, then from questions. */
import { createRows, setRow } from "../../src/search/scan.ts";
import { topOf } from "../../src/search/top.ts";
import { type Bag, without } from "./bags.ts";
import { step } from "./contrast.ts";
import { cloneEncoder, createEncoder, type Encoder, encode, seededRandom, shuffled } from "./encoder.ts";
import type { Material } from "./material.ts";

export const DIMENSIONS = 256;

type Note = (text: string) => void;

const ARTICLES_A_STEP = 256;

/** First lesson: a sentence belongs to the article it was taken from, title and heading included. */
export function learnFromArticles(material: Material, epochs: number, note: Note): Encoder {
  const random = seededRandom(7);
  const encoder = createEncoder(material.vocabulary.idf, DIMENSIONS, random);
  const numbers = [...material.articles.keys()].filter((number) => material.sentences[number]!.length > 0);
  const size = Math.min(ARTICLES_A_STEP, numbers.length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(numbers, random);
    let loss = 0;
    let steps = 0;
    for (let from = 0; size > 0 && from + size <= order.length; from += size) {
      const pairs = order.slice(from, from + size).map((number) => sentenceAndRest(material, number, random));
      const rate = 0.05 * (1 - (0.7 * epoch) / epochs);
      loss += step(
        encoder,
        {
          questions: pairs.map(([sentence]) => sentence),
          passages: pairs.map(([, rest]) => rest),
          right: pairs.map((_, i) => [i]),
        },
        { rate, temperature: 0.07, drop: 0.2, random },
      );
      steps++;
    }
    note(`法条自学 第 ${epoch + 1}/${epochs} 轮,损失 ${(loss / Math.max(1, steps)).toFixed(3)}`);
  }
  return encoder;
}

function sentenceAndRest(material: Material, number: number, random: () => number): readonly [Bag, Bag] {
  const sentences = material.sentences[number]!;
  const sentence = sentences[Math.floor(random() * sentences.length)]!;
  return [sentence, without(material.passages[number]!, sentence)];
}

const QUESTIONS_A_STEP = 64;
/** Wrong articles a question gets from its nearest forty; random ones for all; sentences so that it forgets nothing. */
const HARD = 8;
const RANDOM = 160;
const SENTENCES = 32;
/** Of so many questions at most the nearest wrong articles are looked up at a time: each costs a scan of them all. */
const MINED = 4000;

/** Second lesson: questions, and their answers, belong to the articles they were answered from. */
export function learnFromQuestions(
  start: Encoder,
  material: Material,
  chosen: readonly number[],
  epochs: number,
  seed: number,
  note: Note,
): Encoder {
  const random = seededRandom(seed);
  const encoder = cloneEncoder(start);
  const hard = new Map<number, readonly number[]>();
  const rounds = Math.ceil(chosen.length / MINED);
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch % 3 === 0) {
      const round = chosen.filter((_, place) => place % rounds === (epoch / 3) % rounds);
      for (const [number, wrong] of nearestWrong(encoder, material, round)) hard.set(number, wrong);
    }
    const order = shuffled(chosen, random);
    let loss = 0;
    let steps = 0;
    for (let from = 0; from < order.length; from += QUESTIONS_A_STEP) {
      const batch = composeBatch(material, order.slice(from, from + QUESTIONS_A_STEP), hard, random);
      const rate = 0.02 * (1 - (0.8 * epoch) / epochs);
      loss += step(encoder, batch, { rate, temperature: 0.05, drop: 0.3, random });
      steps++;
    }
    note(`问题学习 第 ${epoch + 1}/${epochs} 轮,损失 ${(loss / Math.max(1, steps)).toFixed(3)}`);
  }
  return encoder;
}

function composeBatch(
  material: Material,
  numbers: readonly number[],
  hard: ReadonlyMap<number, readonly number[]>,
  random: () => number,
) {
  const places = new Map<number, number>();
  const place = (article: number): number => {
    const at = places.get(article) ?? places.size;
    places.set(article, at);
    return at;
  };
  const questions: Bag[] = [];
  const right: number[][] = [];
  for (const number of numbers) {
    const own = material.gold[number]!.map(place);
    for (const bag of [material.asked[number]!, material.answered[number]!]) {
      if (bag.ids.length === 0) continue;
      questions.push(bag);
      right.push(own);
    }
  }
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  for (const number of numbers) {
    const wrong = hard.get(number) ?? [];
    for (let i = 0; i < HARD && wrong.length > 0; i++) place(pick(wrong));
  }
  for (let i = 0; i < RANDOM; i++) place(Math.floor(random() * material.articles.length));
  const passages = [...places.keys()].map((article) => material.passages[article]!);
  for (let i = 0; i < SENTENCES; i++) {
    const article = Math.floor(random() * material.articles.length);
    if (material.sentences[article]!.length === 0) continue;
    const [sentence, rest] = sentenceAndRest(material, article, random);
    questions.push(sentence);
    right.push([passages.length]);
    passages.push(rest);
  }
  return { questions, passages, right };
}

/** For each question the articles the model wrongly holds nearest. */
function nearestWrong(
  encoder: Encoder,
  material: Material,
  chosen: readonly number[],
): Map<number, readonly number[]> {
  const rows = createRows(material.articles.length, DIMENSIONS);
  const vector = new Float32Array(DIMENSIONS);
  for (const [number, bag] of material.passages.entries()) {
    encode(encoder, "passage", bag, vector, 0);
    setRow(rows, number, vector);
  }
  return new Map(
    chosen.map((number) => {
      encode(encoder, "question", material.asked[number]!, vector, 0);
      const right = new Set(material.gold[number]);
      return [number, topOf(rows.scan(vector), 40).filter((article) => !right.has(article))];
    }),
  );
}
