/**
 * Finding: a question against every ask and every text of the units, by words, by learned vectors and by what it says
 * of the case; one score for all. Pure: the same question always finds the same.
 */
import { type Leg, legsOf, scoreLeg, statisticsOf, weigh } from "../../search/lexical.ts";
import { scoreRow, type Tree } from "../../search/ranker.ts";
import { createRows, type Rows, setRow } from "../../search/scan.ts";
import { createKeyEncoder, encodeQuestion, type StaticVectors } from "../../search/static-vectors.ts";
import { type Keys, keysOfText, type Tokens, tokenise } from "../../search/tokens.ts";
import { topOf } from "../../search/top.ts";
import type { Role } from "../../turn.ts";
import type { Intent } from "../intents.ts";
import { type Described, FEATURES, rowsOf } from "./features.ts";
import type { Unit } from "./unit.ts";

/** What is known of a question before it is searched with. */
export interface Sought {
  /** Normalised. */
  readonly text: string;
  readonly role: Role;
  /** Slots of the case, by condition name: `{ act: ["fine"] }`. */
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** Laws named, as units name them: `处罚法`, `处罚法 68`. */
  readonly places: readonly string[];
  /** The router's opinion of services. */
  readonly routed: ReadonlyMap<Intent, number>;
  /** How likely each topic, aspect and law is meant, by the classifiers. */
  readonly odds: Readonly<Record<"topic" | "aspect" | "law", ReadonlyMap<string, number>>>;
}

export interface Found {
  readonly unit: Unit;
  /** The re-ranker's score; comparable within one question. */
  readonly score: number;
  readonly features: Described;
}

export interface Finder {
  /** Best first, at most `top`. */
  find(sought: Sought, top: number): readonly Found[];
  readonly units: readonly Unit[];
}

export interface FinderModel {
  readonly vectors?: StaticVectors;
  readonly ranker?: readonly Tree[];
}

/** How many each way of finding proposes. */
const FROM_WORDS = 40;
const FROM_ASKS = 40;
const FROM_UNITS = 25;
const FROM_TEXTS = 15;
const FROM_ROUTES = 4;
/** Asks that vote on what a question is about. */
const VOTERS = 60;
const VOTE_HEAT = 12;

interface AskTokens {
  readonly keys: Uint32Array;
  readonly weight: number;
}

export function createFinder(units: readonly Unit[], model: FinderModel = {}): Finder {
  const asks = units.flatMap((unit, of) => unit.asks.map((text) => ({ text, of })));
  const firstAsk = firstOf(asks, units.length);
  const askKeys = asks.map(({ text }) => keysOfText(text));
  const textKeys = units.map(({ text }) => keysOfText(text));
  const askPart = legsOf(units.map((_, at) => askKeys.slice(firstAsk[at]!, firstAsk[at + 1]!)));
  const textPart = legsOf(textKeys.map((keys) => [keys]));
  const distinct = askKeys.map(distinctOf);
  const idf = idfOf(distinct);
  const askTokens = distinct.map((keys) => weighedBy(keys, idf));
  const vectors = model.vectors && encodeAll(model.vectors, askKeys, textKeys, firstAsk);

  function find(sought: Sought, top: number): readonly Found[] {
    const question = tokenise(sought.text);
    const words = scoresOf(askPart.words, question.words);
    const bigrams = scoresOf(askPart.bigrams, question.bigrams);
    const textWords = scoresOf(textPart.words, question.words);
    const textBigrams = scoresOf(textPart.bigrams, question.bigrams);
    const tops = { words: max(words), bigrams: max(bigrams), tw: max(textWords), tb: max(textBigrams) };
    const lexical = blendOf(words, tops.words, bigrams, tops.bigrams);
    const textual = blendOf(textWords, tops.tw, textBigrams, tops.tb);
    const vector = model.vectors && encodeQuestion(model.vectors, question);
    const askNear = vector && vectors ? vectors.asks.scan(vector) : new Float32Array(asks.length);
    const unitNear = vector && vectors ? vectors.units.scan(vector) : new Float32Array(units.length);
    const textNear = vector && vectors ? vectors.texts.scan(vector) : new Float32Array(units.length);
    const nearest = nearestAsks(askNear, units.length, firstAsk);
    const votes = voteOf(askNear, asks, units);

    const byWords = topOf(lexical, FROM_WORDS);
    const byAsks = topOf(nearest.best, FROM_ASKS);
    const byUnits = topOf(unitNear, FROM_UNITS);
    const byTexts = topOf(textual, FROM_TEXTS);
    const routes = [...sought.routed].sort((a, b) => b[1] - a[1]).slice(0, FROM_ROUTES);
    const byRoutes = units.flatMap((unit, at) =>
      unit.intent && routes.some(([intent]) => intent === unit.intent) ? [at] : [],
    );
    const chosen = [...new Set([...byWords, ...byAsks, ...byUnits, ...byTexts, ...byRoutes])].filter(
      (at) => !barred(units[at]!, sought),
    );
    const asked = weighedBy(distinctOf(keysOfText(sought.text)), idf);
    const rank = (list: readonly number[]) => new Map(list.map((at, place) => [at, 1 / (1 + place)]));
    const ranks = { words: rank(byWords), asks: rank(byAsks), units: rank(byUnits) };
    const askTop = max(nearest.best);
    const unitTop = max(unitNear);
    const routedTop = routes[0]?.[1] ?? 0;

    const described = chosen.map((at): Described => {
      const unit = units[at]!;
      const overlap = overlapOf(asked, askTokens, firstAsk[at]!, firstAsk[at + 1]!, idf);
      const fit = fitOf(unit, sought.slots);
      return {
        wordShare: words[at]! / (tops.words || 1),
        wordScore: words[at]!,
        bigramShare: bigrams[at]! / (tops.bigrams || 1),
        bigramScore: bigrams[at]!,
        textWordShare: textWords[at]! / (tops.tw || 1),
        textBigramShare: textBigrams[at]! / (tops.tb || 1),
        lexicalRank: ranks.words.get(at) ?? 0,
        askNear: nearest.best[at]!,
        askNearThree: nearest.three[at]!,
        askGap: askTop - nearest.best[at]!,
        askRank: ranks.asks.get(at) ?? 0,
        unitNear: unitNear[at]!,
        unitGap: unitTop - unitNear[at]!,
        unitRank: ranks.units.get(at) ?? 0,
        textNear: textNear[at]!,
        covered: overlap.covered,
        covers: overlap.covers,
        sameTokens: overlap.dice,
        topicMass: unit.topic ? (votes.topics.get(unit.topic) ?? 0) : 0,
        aspectMass: unit.aspect ? (votes.aspects.get(unit.aspect) ?? 0) : 0,
        lawMass: unit.places[0] ? (votes.laws.get(lawOf(unit)) ?? 0) : 0,
        topicOdds: sought.odds.topic.get(unit.topic ?? "") ?? 0,
        aspectOdds: sought.odds.aspect.get(unit.aspect ?? "") ?? 0,
        lawOdds: sought.odds.law.get(lawOf(unit)) ?? 0,
        routed: unit.intent ? (sought.routed.get(unit.intent) ?? 0) : 0,
        routedTop,
        audience: unit.audience === "both" ? 0.5 : unit.audience === sought.role ? 1 : 0,
        agrees: fit.agrees,
        conflicts: fit.conflicts,
        lawNamed: named(unit, sought.places, (place) => !place.includes(" ")),
        articleNamed: named(unit, sought.places, (place) => place.includes(" ")),
        corrects: unit.corrects ? Number(unit.corrects.some((word) => sought.text.includes(word))) : 0,
        isService: Number(unit.kind === "service"),
        isFaq: Number(unit.kind === "faq"),
        questionLength: Math.min(60, sought.text.length),
        askCount: Math.log(1 + unit.asks.length),
        often: unit.often,
      };
    });
    const rows = rowsOf(described);
    const { ranker } = model;
    return chosen
      .map((at, n) => ({
        unit: units[at]!,
        features: described[n]!,
        score: ranker ? scoreRow(ranker, rows, n * FEATURES) : plainScore(described[n]!),
      }))
      .sort((a, b) => b.score - a.score || (a.unit.id < b.unit.id ? -1 : 1))
      .slice(0, top);
  }
  return { find, units };
}

/** Without a trained ranker: shared tokens and nearness, as they stand. */
const plainScore = (of: Described): number => of.wordShare + of.bigramShare + of.sameTokens + 2 * of.askNear;

/** Two slots said otherwise rule a unit out at any score. */
const barred = (unit: Unit, sought: Sought): boolean => fitOf(unit, sought.slots).conflicts > 1;

/** How many conditions of a unit the case says too, and how many it says otherwise. */
function fitOf(unit: Unit, slots: Sought["slots"]): { readonly agrees: number; readonly conflicts: number } {
  let agrees = 0;
  let conflicts = 0;
  for (const [name, values] of Object.entries(unit.when ?? {})) {
    const said = slots[name];
    if (!said || said.length === 0) continue;
    if (said.some((value) => values.includes(value))) agrees += 1;
    else conflicts += 1;
  }
  return { agrees, conflicts };
}

/** The law a unit chiefly rests on; what it is otherwise. */
export const lawOf = (unit: Unit): string => unit.places[0]?.split(" ")[0] ?? unit.kind;

function named(unit: Unit, places: readonly string[], of: (place: string) => boolean): number {
  const wanted = places.filter(of);
  if (wanted.length === 0) return 0;
  return wanted.some((place) => unit.places.some((own) => own === place || own.startsWith(`${place} `)))
    ? 1
    : -1;
}

function scoresOf(leg: Leg, tokens: Tokens["words"]): Float32Array {
  const statistics = statisticsOf([leg]);
  const scores = new Float32Array(leg.lengths.length);
  scoreLeg(leg, weigh(tokens, [leg], statistics), statistics, scores, FROM_WORDS);
  return scores;
}

function blendOf(a: Float32Array, aTop: number, b: Float32Array, bTop: number): Float32Array {
  return a.map((score, at) => score / (aTop || 1) + b[at]! / (bTop || 1));
}

const max = (scores: Float32Array): number =>
  scores.reduce((most, score) => (score > most ? score : most), 0);

/** Position of each unit's first ask, and one past the last. */
function firstOf(asks: readonly { readonly of: number }[], units: number): Uint32Array {
  const first = new Uint32Array(units + 1);
  for (const { of } of asks) first[of + 1]! += 1;
  for (let at = 0; at < units; at += 1) first[at + 1]! += first[at]!;
  return first;
}

/** Nearness of a unit's nearest ask, and the mean of its three nearest. */
function nearestAsks(scores: Float32Array, units: number, first: Uint32Array) {
  const best = new Float32Array(units);
  const three = new Float32Array(units);
  for (let at = 0; at < units; at += 1) {
    let [a, b, c] = [0, 0, 0];
    for (let ask = first[at]!; ask < first[at + 1]!; ask += 1) {
      const score = scores[ask]!;
      if (score > a) [a, b, c] = [score, a, b];
      else if (score > b) [b, c] = [score, b];
      else if (score > c) c = score;
    }
    best[at] = a;
    three[at] = (a + b + c) / 3;
  }
  return { best, three };
}

/** What the nearest asks are about, as shares. */
function voteOf(scores: Float32Array, asks: readonly { readonly of: number }[], units: readonly Unit[]) {
  const topics = new Map<string, number>();
  const aspects = new Map<string, number>();
  const laws = new Map<string, number>();
  const voters = topOf(scores, VOTERS);
  const best = voters[0] === undefined ? 0 : scores[voters[0]]!;
  let total = 0;
  for (const ask of voters) {
    const unit = units[asks[ask]!.of]!;
    const vote = Math.exp(VOTE_HEAT * (scores[ask]! - best));
    total += vote;
    if (unit.topic) topics.set(unit.topic, (topics.get(unit.topic) ?? 0) + vote);
    if (unit.aspect) aspects.set(unit.aspect, (aspects.get(unit.aspect) ?? 0) + vote);
    laws.set(lawOf(unit), (laws.get(lawOf(unit)) ?? 0) + vote);
  }
  for (const map of [topics, aspects, laws]) for (const [key, vote] of map) map.set(key, vote / total);
  return { topics, aspects, laws };
}

function idfOf(all: readonly Uint32Array[]): ReadonlyMap<number, number> {
  const holding = new Map<number, number>();
  for (const keys of all) for (const key of keys) holding.set(key, (holding.get(key) ?? 0) + 1);
  return new Map([...holding].map(([key, count]) => [key, Math.log(1 + all.length / (count + 1))]));
}

/** Each key once, ascending. */
function distinctOf({ words, bigrams }: Keys): Uint32Array {
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

function weighedBy(keys: Uint32Array, idf: ReadonlyMap<number, number>): AskTokens {
  let weight = 0;
  for (const key of keys) weight += idf.get(key) ?? UNKNOWN;
  return { keys, weight };
}

/** Weight of a token no ask has. */
const UNKNOWN = 8;

/** The ask most like the question: how much of the question it covers, how much of it the question covers. */
function overlapOf(
  question: AskTokens,
  asks: readonly AskTokens[],
  from: number,
  to: number,
  idf: ReadonlyMap<number, number>,
) {
  let best = { covered: 0, covers: 0, dice: 0 };
  for (let at = from; at < to; at += 1) {
    const ask = asks[at]!;
    let shared = 0;
    let i = 0;
    let j = 0;
    while (i < question.keys.length && j < ask.keys.length) {
      const a = question.keys[i]!;
      const b = ask.keys[j]!;
      if (a === b) {
        shared += idf.get(a) ?? UNKNOWN;
        i += 1;
        j += 1;
      } else if (a < b) i += 1;
      else j += 1;
    }
    const dice = (2 * shared) / (question.weight + ask.weight || 1);
    if (dice > best.dice)
      best = { covered: shared / (question.weight || 1), covers: shared / (ask.weight || 1), dice };
  }
  return best;
}

function encodeAll(
  vectors: StaticVectors,
  askKeys: readonly Keys[],
  textKeys: readonly Keys[],
  first: Uint32Array,
): { readonly asks: Rows; readonly units: Rows; readonly texts: Rows } {
  const { dimensions } = vectors;
  const encode = createKeyEncoder(vectors);
  const vector = new Float32Array(dimensions);
  const asks = createRows(askKeys.length, dimensions);
  for (const [at, keys] of askKeys.entries()) if (encode([keys], vector)) setRow(asks, at, vector);
  const centres = createRows(textKeys.length, dimensions);
  const texts = createRows(textKeys.length, dimensions);
  for (const [at, own] of textKeys.entries()) {
    if (encode([own], vector)) setRow(texts, at, vector);
    if (encode([...askKeys.slice(first[at]!, first[at + 1]!), own], vector)) setRow(centres, at, vector);
  }
  return { asks, units: centres, texts };
}
