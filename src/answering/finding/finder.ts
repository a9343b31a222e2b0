/**
 * Finding: a question against every ask and every text of the units, by words, by learned vectors and by what it says
 * of the case; one score for all. Pure: the same question always finds the same.
 */
import { type Leg, scoreLeg, statisticsOf, weigh } from "../../search/lexical.ts";
import { scoreRow, type Tree } from "../../search/ranker.ts";
import { rowOf } from "../../search/scan.ts";
import { encodeQuestion, type StaticVectors } from "../../search/static-vectors.ts";
import { type Tokens, tokenise } from "../../search/tokens.ts";
import { topOf } from "../../search/top.ts";
import type { Role } from "../../turn.ts";
import type { Intent } from "../intents.ts";
import { type AskIndex, type AskTokens, buildAskIndex, distinctKeys } from "./ask-index.ts";
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
  /** Ranks what follows something told before; absent, \`ranker\` does. */
  readonly inTalk?: { readonly ranker: readonly Tree[] };
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

/** @param index of these very units and vectors; made here when none is handed. */
export function createFinder(
  units: readonly Unit[],
  model: FinderModel = {},
  index: AskIndex = buildAskIndex(units, model.vectors),
): Finder {
  const { firstAsk, asked, said, vectors } = index;
  const unitOfAsk = new Uint32Array(firstAsk.at(-1) ?? 0);
  for (const at of units.keys()) unitOfAsk.fill(at, firstAsk[at]!, firstAsk[at + 1]!);
  const services = units.flatMap(({ intent }, at) => (intent ? [{ intent, at }] : []));
  const overlap = createOverlap(index.tokens);
  const overlapInTalk = createOverlap(index.tokens);
  const laws = units.map(lawOf);
  const conditions = units.map(({ when }) => Object.entries(when ?? {}));
  const placeOf = new Map(units.map(({ id }, at) => [id, at]));

  /** How near everything is to a question, by each way of finding. Arrays are by unit, `askNear` by ask. */
  function nearnessOf(text: string, overlapOf: typeof overlap) {
    const question = tokenise(text);
    const legs = {
      words: scoresOf(asked.words, question.words),
      bigrams: scoresOf(asked.bigrams, question.bigrams),
      textWords: scoresOf(said.words, question.words),
      textBigrams: scoresOf(said.bigrams, question.bigrams),
    };
    const vector = model.vectors && encodeQuestion(model.vectors, question);
    const askNear = vector && vectors ? vectors.asks.scan(vector) : new Float32Array(unitOfAsk.length);
    return {
      ...legs,
      lexical: sumOf(legs.words.shares, legs.bigrams.shares),
      textual: sumOf(legs.textWords.shares, legs.textBigrams.shares),
      askNear,
      nearest: nearestAsks(askNear, firstAsk),
      unitNear: vector && vectors ? vectors.units.scan(vector) : new Float32Array(units.length),
      textNear: vector && vectors ? vectors.texts.scan(vector) : new Float32Array(units.length),
      votes: voteOf(askNear, unitOfAsk, units, laws),
      overlaps: overlapOf(question),
    };
  }

  /** How near all is to what was told before, together with the question; undefined outside a talk. */
  function talkOf({ talk, text }: Sought) {
    const at = talk && placeOf.get(talk.unit);
    if (talk === undefined || at === undefined) return undefined;
    const told = units[at]!;
    const joined = nearnessOf(`${talk.asked || (told.asks[0] ?? "")},${text}`, overlapInTalk);
    const near = vectors ? vectors.units.scan(rowOf(vectors.units, at)) : new Float32Array(units.length);
    return { told, at, joined, near, askTop: max(joined.nearest) };
  }
  type Talk = NonNullable<ReturnType<typeof talkOf>>;

  /** What the talk makes likely: found by both together, asked next, or of its topic and near the question. */
  function proposedByTalk({ told, at, joined }: Talk, unitNear: Float32Array): readonly number[] {
    const topics = new Set(told.topics);
    const ofTopic = Float32Array.from(units, ({ topics: own }, n) =>
      own.some((topic) => topics.has(topic)) ? 1 + unitNear[n]! : 0,
    );
    return [
      ...topOf(joined.lexical, FROM_WORDS),
      ...topOf(joined.nearest, FROM_ASKS),
      ...topOf(joined.unitNear, FROM_UNITS),
      ...topOf(ofTopic, FROM_TOPIC),
      ...told.next.flatMap((id) => placeOf.get(id) ?? []),
      at,
    ];
  }

  function find(sought: Sought, top: number): readonly Found[] {
    const near = nearnessOf(sought.text, overlap);
    const byWords = topOf(near.lexical, FROM_WORDS);
    const byAsks = topOf(near.nearest, FROM_ASKS);
    const byUnits = topOf(near.unitNear, FROM_UNITS);
    const byTexts = topOf(near.textual, FROM_TEXTS);
    const routes = [...sought.routed].sort((a, b) => b[1] - a[1]).slice(0, FROM_ROUTES);
    const byRoutes = services.flatMap(({ intent, at }) =>
      routes.some(([routed]) => routed === intent) ? [at] : [],
    );
    const talk = talkOf(sought);
    const nearby = nearbyOf(talk?.told);
    const byTalk = talk ? proposedByTalk(talk, near.unitNear) : [];
    const proposed = [...new Set([...byWords, ...byAsks, ...byUnits, ...byTexts, ...byRoutes, ...byTalk])];
    const ranks = { words: ranksOf(byWords), asks: ranksOf(byAsks), units: ranksOf(byUnits) };
    const askTop = max(near.nearest);
    const unitTop = max(near.unitNear);

    const lawsNamed = sought.places.filter((place) => !place.includes(" "));
    const articlesNamed = sought.places.filter((place) => place.includes(" "));
    const described = proposed.flatMap((at): { readonly unit: Unit; readonly features: Described }[] => {
      const unit = units[at]!;
      const fit = fitOf(conditions[at]!, sought.slots);
      const law = laws[at]!;
      if (fit.conflicts > MOST_CONFLICTS) return [];
      const shared = near.overlaps(firstAsk[at]!, firstAsk[at + 1]!);
      const features: Described = {
        wordShare: near.words.shares[at]!,
        wordScore: near.words.scores[at]!,
        bigramShare: near.bigrams.shares[at]!,
        bigramScore: near.bigrams.scores[at]!,
        textWordShare: near.textWords.shares[at]!,
        textBigramShare: near.textBigrams.shares[at]!,
        lexicalRank: ranks.words.get(at) ?? 0,
        askNear: near.nearest[at]!,
        askNearThree: nearestThree(near.askNear, firstAsk[at]!, firstAsk[at + 1]!),
        askGap: askTop - near.nearest[at]!,
        askRank: ranks.asks.get(at) ?? 0,
        unitNear: near.unitNear[at]!,
        unitGap: unitTop - near.unitNear[at]!,
        unitRank: ranks.units.get(at) ?? 0,
        textNear: near.textNear[at]!,
        covered: shared.covered,
        covers: shared.covers,
        sameTokens: shared.dice,
        topicMass: unit.topic ? (near.votes.topics.get(unit.topic) ?? 0) : 0,
        aspectMass: unit.aspect ? (near.votes.aspects.get(unit.aspect) ?? 0) : 0,
        lawMass: unit.places[0] ? (near.votes.laws.get(law) ?? 0) : 0,
        topicOdds: sought.odds.topic.get(unit.topic ?? "") ?? 0,
        aspectOdds: sought.odds.aspect.get(unit.aspect ?? "") ?? 0,
        lawOdds: sought.odds.law.get(law) ?? 0,
        routed: unit.intent ? (sought.routed.get(unit.intent) ?? 0) : 0,
        routedTop: routes[0]?.[1] ?? 0,
        audience: unit.audience === "both" ? 0.5 : unit.audience === sought.role ? 1 : 0,
        agrees: fit.agrees,
        conflicts: fit.conflicts,
        lawNamed: named(unit, lawsNamed),
        articleNamed: named(unit, articlesNamed),
        corrects: unit.corrects ? Number(unit.corrects.some((word) => sought.text.includes(word))) : 0,
        isService: Number(unit.kind === "service"),
        isFaq: Number(unit.kind === "faq"),
        questionLength: Math.min(60, sought.text.length),
        askCount: Math.log(1 + unit.asks.length),
        often: unit.often,
        ...nearby(unit),
        talkNear: talk?.near[at] ?? 0,
        joinedShare: talk?.joined.lexical[at] ?? 0,
        joinedAskNear: talk?.joined.nearest[at] ?? 0,
        joinedAskGap: talk ? talk.askTop - talk.joined.nearest[at]! : 0,
        joinedUnitNear: talk?.joined.unitNear[at] ?? 0,
        joinedTokens: talk?.joined.overlaps(firstAsk[at]!, firstAsk[at + 1]!).dice ?? 0,
      };
      return [{ unit, features }];
    });
    const ranker = (talk && model.inTalk?.ranker) ?? model.ranker;
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
function fitOf(
  conditions: readonly [name: string, values: readonly string[]][],
  slots: Sought["slots"],
): { readonly agrees: number; readonly conflicts: number } {
  let agrees = 0;
  let conflicts = 0;
  for (const [name, values] of conditions) {
    const said = slots[name];
    if (!said || said.length === 0) continue;
    if (said.some((value) => values.includes(value))) agrees += 1;
    else conflicts += 1;
  }
  return { agrees, conflicts };
}

/** The law a unit chiefly rests on; what it is otherwise. */
export const lawOf = (unit: Unit): string => unit.places[0]?.split(" ")[0] ?? unit.kind;

/** 1 for a unit that rests on one of these, −1 for one that does not, 0 where none is named. */
function named(unit: Unit, wanted: readonly string[]): number {
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
  const shares = new Float32Array(scores.length);
  for (let at = 0; at < scores.length; at += 1) if (scores[at] !== 0) shares[at] = scores[at]! / top;
  return { scores, shares };
}

function sumOf(a: Float32Array, b: Float32Array): Float32Array {
  const sums = new Float32Array(a.length);
  for (let at = 0; at < a.length; at += 1) sums[at] = a[at]! + b[at]!;
  return sums;
}

/** One over the place, by unit. */
const ranksOf = (list: readonly number[]) => new Map(list.map((at, place) => [at, 1 / (1 + place)]));

function max(scores: Float32Array): number {
  let most = 0;
  for (let at = 0; at < scores.length; at += 1) if (scores[at]! > most) most = scores[at]!;
  return most;
}

/** Nearness of each unit's nearest ask. */
function nearestAsks(scores: Float32Array, first: Uint32Array): Float32Array {
  const best = new Float32Array(first.length - 1);
  for (let at = 0; at < best.length; at += 1) {
    const end = first[at + 1]!;
    let most = 0;
    for (let ask = first[at]!; ask < end; ask += 1) if (scores[ask]! > most) most = scores[ask]!;
    best[at] = most;
  }
  return best;
}

/** Mean nearness of the three nearest among the asks `from … to`. */
function nearestThree(scores: Float32Array, from: number, to: number): number {
  let a = 0; // a >= b >= c: the three nearest so far
  let b = 0;
  let c = 0;
  for (let ask = from; ask < to; ask += 1) {
    const score = scores[ask]!;
    if (score <= c) continue;
    c = score <= b ? score : b;
    if (score <= b) continue;
    b = score <= a ? score : a;
    if (score > a) a = score;
  }
  return Math.fround((a + b + c) / 3);
}

/** What the nearest asks are about, as shares. */
function voteOf(
  scores: Float32Array,
  unitOfAsk: Uint32Array,
  units: readonly Unit[],
  lawsOf: readonly string[],
) {
  const topics = new Map<string, number>();
  const aspects = new Map<string, number>();
  const laws = new Map<string, number>();
  const voters = topOf(scores, VOTERS);
  const best = voters[0] === undefined ? 0 : scores[voters[0]]!;
  let total = 0;
  for (const ask of voters) {
    const at = unitOfAsk[ask]!;
    const unit = units[at]!;
    const law = lawsOf[at]!;
    const vote = Math.exp(VOTE_HEAT * (scores[ask]! - best));
    total += vote;
    if (unit.topic) topics.set(unit.topic, (topics.get(unit.topic) ?? 0) + vote);
    if (unit.aspect) aspects.set(unit.aspect, (aspects.get(unit.aspect) ?? 0) + vote);
    laws.set(law, (laws.get(law) ?? 0) + vote);
  }
  for (const map of [topics, aspects, laws]) for (const [key, vote] of map) map.set(key, vote / total);
  return { topics, aspects, laws };
}

/** Weight of a token no ask has. */
const UNKNOWN = 8;

interface Overlap {
  /** How much of the question the ask covers, how much of the ask the question covers, and both in one. */
  readonly covered: number;
  readonly covers: number;
  readonly dice: number;
}

/** Of a question, then of a range of asks: the overlap of the ask most like it. */
function createOverlap({ table, rarity, starts, ids, weights }: AskTokens) {
  const inQuestion = new Float64Array(table.size); // rarity of the question's tokens, elsewhere 0
  let before: readonly number[] = [];
  return ({ words, bigrams }: Tokens) => {
    const keyOf = ({ key }: Tokens["words"][number]) => key;
    const keys = distinctKeys({
      words: Uint32Array.from(words, keyOf),
      bigrams: Uint32Array.from(bigrams, keyOf),
    });
    for (const id of before) inQuestion[id] = 0;
    const known: number[] = [];
    let questionWeight = 0;
    for (const key of keys) {
      const id = table.get(key);
      questionWeight += id < 0 ? UNKNOWN : rarity[id]!;
      if (id < 0) continue;
      inQuestion[id] = rarity[id]!;
      known.push(id);
    }
    before = known;
    return (from: number, to: number): Overlap => {
      let best = { covered: 0, covers: 0, dice: 0 };
      for (let ask = from; ask < to; ask += 1) {
        let shared = 0;
        for (let n = starts[ask]!; n < starts[ask + 1]!; n += 1) shared += inQuestion[ids[n]!]!;
        const dice = (2 * shared) / (questionWeight + weights[ask]! || 1);
        if (dice > best.dice)
          best = { covered: shared / (questionWeight || 1), covers: shared / (weights[ask]! || 1), dice };
      }
      return best;
    };
  };
}
