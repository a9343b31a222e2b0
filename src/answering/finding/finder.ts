/**
 * Finding: a question against every ask and every text of the units, by words, by learned vectors and by what it says
 * of the case; one score for all. Pure: the same question always finds the same.
 */
import { type Leg, legsOf, scoreLeg, statisticsOf, weigh } from "../../search/lexical.ts";
import { scoreRow, type Tree } from "../../search/ranker.ts";
import { createRows, type Rows, rowOf, setRow } from "../../search/scan.ts";
import { createKeyEncoder, encodeQuestion, type StaticVectors } from "../../search/static-vectors.ts";
import { type Keys, keysOfText, type Tokens, tokenise } from "../../search/tokens.ts";
import { topOf } from "../../search/top.ts";
import type { Role } from "../../turn.ts";
import type { Intent } from "../intents.ts";
import { type Described, FEATURES, rowsOf } from "./features.ts";
import { nearbyOf, type TalkSoFar } from "./in-talk.ts";
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
  readonly talk?: TalkSoFar;
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

/** As many of what was found are worth deciding on. */
export const CANDIDATES = 120;

/** How many each way of finding proposes. */
const FROM_WORDS = 40;
const FROM_ASKS = 40;
const FROM_UNITS = 25;
const FROM_TEXTS = 15;
const FROM_ROUTES = 4;
/** What a talk proposes beside: nearest of its own topic. */
const FROM_TOPIC = 40;
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
  const placeOf = new Map(units.map(({ id }, at) => [id, at]));

  /** How near all is to what was told before, together with the question; undefined outside a talk. */
  function talkOf(sought: Sought) {
    const at = sought.talk && placeOf.get(sought.talk.unit);
    if (sought.talk === undefined || at === undefined) return undefined;
    const told = units[at]!;
    const asked = sought.talk.asked || (told.asks[0] ?? "");
    const joined = nearnessOf(`${asked},${sought.text}`);
    const near = vectors ? vectors.units.scan(rowOf(vectors.units, at)) : new Float32Array(units.length);
    return { told, joined, near, askTop: max(joined.nearest.best) };
  }

  /** How near everything is to a question, by each way of finding. Arrays are by unit, `askNear` by ask. */
  function nearnessOf(text: string) {
    const question = tokenise(text);
    const legs = {
      words: scoresOf(askPart.words, question.words),
      bigrams: scoresOf(askPart.bigrams, question.bigrams),
      textWords: scoresOf(textPart.words, question.words),
      textBigrams: scoresOf(textPart.bigrams, question.bigrams),
    };
    const vector = model.vectors && encodeQuestion(model.vectors, question);
    const askNear = vector && vectors ? vectors.asks.scan(vector) : new Float32Array(asks.length);
    return {
      ...legs,
      lexical: sumOf(legs.words.shares, legs.bigrams.shares),
      textual: sumOf(legs.textWords.shares, legs.textBigrams.shares),
      nearest: nearestAsks(askNear, units.length, firstAsk),
      unitNear: vector && vectors ? vectors.units.scan(vector) : new Float32Array(units.length),
      textNear: vector && vectors ? vectors.texts.scan(vector) : new Float32Array(units.length),
      votes: voteOf(askNear, asks, units),
      tokens: weighedBy(distinctOf(keysOfText(text)), idf),
    };
  }

  type Talk = NonNullable<ReturnType<typeof talkOf>>;

  /** What the talk makes likely: found by both together, asked next, or of its topic and near the question. */
  function proposedByTalk({ told, joined }: Talk, unitNear: Float32Array): readonly number[] {
    const topics = new Set(told.topics);
    const ofTopic = units.map(({ topics: own }, at) =>
      own.some((topic) => topics.has(topic)) ? 1 + unitNear[at]! : 0,
    );
    return [
      ...topOf(joined.lexical, FROM_WORDS),
      ...topOf(joined.nearest.best, FROM_ASKS),
      ...topOf(joined.unitNear, FROM_UNITS),
      ...topOf(Float32Array.from(ofTopic), FROM_TOPIC),
      ...told.next.flatMap((id) => placeOf.get(id) ?? []),
      ...(placeOf.has(told.id) ? [placeOf.get(told.id)!] : []),
    ];
  }

  function find(sought: Sought, top: number): readonly Found[] {
    const near = nearnessOf(sought.text);
    const byWords = topOf(near.lexical, FROM_WORDS);
    const byAsks = topOf(near.nearest.best, FROM_ASKS);
    const byUnits = topOf(near.unitNear, FROM_UNITS);
    const byTexts = topOf(near.textual, FROM_TEXTS);
    const routes = [...sought.routed].sort((a, b) => b[1] - a[1]).slice(0, FROM_ROUTES);
    const byRoutes = units.flatMap((unit, at) =>
      unit.intent && routes.some(([intent]) => intent === unit.intent) ? [at] : [],
    );
    const talk = talkOf(sought);
    const nearby = nearbyOf(talk?.told);
    const byTalk = talk ? proposedByTalk(talk, near.unitNear) : [];
    const proposed = [...new Set([...byWords, ...byAsks, ...byUnits, ...byTexts, ...byRoutes, ...byTalk])];
    const ranks = { words: ranksOf(byWords), asks: ranksOf(byAsks), units: ranksOf(byUnits) };
    const askTop = max(near.nearest.best);
    const unitTop = max(near.unitNear);

    const described = proposed.flatMap((at): { readonly unit: Unit; readonly features: Described }[] => {
      const unit = units[at]!;
      const fit = fitOf(unit, sought.slots);
      if (fit.conflicts > MOST_CONFLICTS) return [];
      const overlap = overlapOf(near.tokens, askTokens, firstAsk[at]!, firstAsk[at + 1]!, idf);
      const features: Described = {
        wordShare: near.words.shares[at]!,
        wordScore: near.words.scores[at]!,
        bigramShare: near.bigrams.shares[at]!,
        bigramScore: near.bigrams.scores[at]!,
        textWordShare: near.textWords.shares[at]!,
        textBigramShare: near.textBigrams.shares[at]!,
        lexicalRank: ranks.words.get(at) ?? 0,
        askNear: near.nearest.best[at]!,
        askNearThree: near.nearest.three[at]!,
        askGap: askTop - near.nearest.best[at]!,
        askRank: ranks.asks.get(at) ?? 0,
        unitNear: near.unitNear[at]!,
        unitGap: unitTop - near.unitNear[at]!,
        unitRank: ranks.units.get(at) ?? 0,
        textNear: near.textNear[at]!,
        covered: overlap.covered,
        covers: overlap.covers,
        sameTokens: overlap.dice,
        topicMass: unit.topic ? (near.votes.topics.get(unit.topic) ?? 0) : 0,
        aspectMass: unit.aspect ? (near.votes.aspects.get(unit.aspect) ?? 0) : 0,
        lawMass: unit.places[0] ? (near.votes.laws.get(lawOf(unit)) ?? 0) : 0,
        topicOdds: sought.odds.topic.get(unit.topic ?? "") ?? 0,
        aspectOdds: sought.odds.aspect.get(unit.aspect ?? "") ?? 0,
        lawOdds: sought.odds.law.get(lawOf(unit)) ?? 0,
        routed: unit.intent ? (sought.routed.get(unit.intent) ?? 0) : 0,
        routedTop: routes[0]?.[1] ?? 0,
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
        inTalk: Number(talk !== undefined),
        ...nearby(unit),
        talkNear: talk?.near[at] ?? 0,
        joinedShare: talk ? talk.joined.lexical[at]! : 0,
        joinedAskNear: talk?.joined.nearest.best[at] ?? 0,
        joinedAskGap: talk ? talk.askTop - talk.joined.nearest.best[at]! : 0,
        joinedUnitNear: talk?.joined.unitNear[at] ?? 0,
        joinedTokens: talk
          ? overlapOf(talk.joined.tokens, askTokens, firstAsk[at]!, firstAsk[at + 1]!, idf).dice
          : 0,
      };
      return [{ unit, features }];
    });
    const { ranker } = model;
    const rows = ranker && rowsOf(described.map(({ features }) => features));
    return described
      .map(({ unit, features }, n) => ({
        unit,
        features,
        score: ranker && rows ? scoreRow(ranker, rows, n * FEATURES) : plainScore(features),
      }))
      .sort((a, b) => b.score - a.score || (a.unit.id < b.unit.id ? -1 : 1))
      .slice(0, top);
  }
  return { find, units };
}

/** Without a trained ranker: shared tokens and nearness, as they stand. */
const plainScore = (of: Described): number => of.wordShare + of.bigramShare + of.sameTokens + 2 * of.askNear;

/** Two slots said otherwise rule a unit out at any score. */
const MOST_CONFLICTS = 1;

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

/** Every document's score in a leg, and the same as a share of the best. */
function scoresOf(leg: Leg, tokens: Tokens["words"]) {
  const statistics = statisticsOf([leg]);
  const scores = new Float32Array(leg.lengths.length);
  scoreLeg(leg, weigh(tokens, [leg], statistics), statistics, scores, FROM_WORDS);
  const top = max(scores) || 1;
  return { scores, shares: scores.map((score) => score / top) };
}

const sumOf = (a: Float32Array, b: Float32Array): Float32Array => a.map((share, at) => share + b[at]!);

/** One over the place, by unit. */
const ranksOf = (list: readonly number[]) => new Map(list.map((at, place) => [at, 1 / (1 + place)]));

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
