/**
 * `mingzhi train-finder`: points, published answers and services with their asks → `knowledge/models/finder.*`.
 * The ranker and the calibration learn from the asks of hands that vectors, classifiers and index had not seen.
 */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type ConductName, conductNames, NO_SIGN } from "../../src/answering/conduct/signs.ts";
import { chanceOf, confidenceSigns, leaningOf } from "../../src/answering/finding/confidence.ts";
import { FEATURES, rowsOf } from "../../src/answering/finding/features.ts";
import { createFinder, type Finder, type Found, lawOf } from "../../src/answering/finding/finder.ts";
import {
  type Calibration,
  type Learned,
  type LearnedFinder,
  oddsNames,
  openClassifiers,
  readFinder,
  readLearned,
  writeFinder,
  writeLearned,
} from "../../src/answering/finding/model.ts";
import { ngramsOf } from "../../src/answering/finding/ngrams.ts";
import { soughtOf } from "../../src/answering/finding/sought.ts";
import { type ServiceAsk, type Unit, unitsOf } from "../../src/answering/finding/unit.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import type { Router } from "../../src/answering/understand/router.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { AppError } from "../../src/error.ts";
import type { Library } from "../../src/records/library.ts";
import { readModel, readVectors } from "../../src/search/model.ts";
import type { StaticVectors } from "../../src/search/static-vectors.ts";
import type { Role } from "../../src/turn.ts";
import { readServiceAsks } from "../service-asks.ts";
import { learnAsks } from "./asks.ts";
import { boost } from "./boost.ts";
import { seededRandom } from "./encoder.ts";
import { exportVectors } from "./export.ts";
import { afterAnything, type Followed, MEASURED_HAND, readFollowUps } from "./follow-ups.ts";
import { type FoundAt, type FoundFigures, figuresOf } from "./found-figures.ts";
import { readQuestions, readRouteExamples } from "./route.ts";
import { fitOnce } from "./route-softmax.ts";
import { measureStrangers, strangerFigures } from "./strangers-asked.ts";

const models = fileURLToPath(new URL("../models", import.meta.url));
const TRAINING_DAY = "2026-11-24";
const EPOCHS = 4;
const SEED = 5;
/** Share of a unit's asks kept from the first lesson where one hand wrote them all. */
const KEPT_BACK = 0.25;
/** How much a question to a rare, an occasional, a common and a daily unit counts. */
const WEIGHTS = [0.3, 0.7, 1.5, 4] as const;
/** How much a stranger's question counts beside one of ours. */
const STRANGER = 4;
/** At most so many kept-back asks teach the ranker: its cost is linear in them. */
const MOST_TAUGHT = 9000;

interface Asked {
  /** How much it counts in the ranker's lesson: common questions come often. */
  readonly weight: number;
  readonly q: string;
  readonly unit: string;
  readonly role: Role;
}

export interface FinderReport extends FoundFigures {
  readonly units: number;
  readonly asks: number;
}

interface Lesson {
  readonly kept: readonly Unit[];
  readonly held: readonly Asked[];
}

/** Units without the asks of `hand` (services and published answers: without a share of theirs), and those asks. */
function holdBack(library: Library, services: readonly ServiceAsk[], hand: string): Lesson {
  const random = seededRandom(SEED);
  const held: Asked[] = [];
  const kept = unitsOf(library, services).map((unit): Unit => {
    const record = library.find(unit.id);
    const own =
      record?.kind === "point" && Object.keys(record.asks).length > 1
        ? new Set(record.asks[hand] ?? [])
        : undefined;
    const away = unit.asks.filter((ask, at) => (own ? own.has(ask) : at > 0 && random() < KEPT_BACK));
    const role: Role = unit.audience === "officer" ? "officer" : "citizen";
    for (const q of away)
      held.push({ q: normaliseQuestion(q), unit: unit.id, role, weight: WEIGHTS[unit.often - 1]! });
    const gone = new Set(away);
    return { ...unit, asks: unit.asks.filter((ask) => !gone.has(ask)) };
  });
  return { kept, held };
}

type Note = (text: string) => void;

interface Legs {
  readonly vectors: StaticVectors;
  readonly classifiers: Learned["classifiers"];
}

/** Vectors and classifiers: all that is learned from the asks alone. */
function learnLegs(units: readonly Unit[], note: Note): Legs {
  const start = readModel(models)?.vectors;
  const { encoder, vocabulary } = learnAsks(units, start, EPOCHS, SEED, note);
  const vectors = exportVectors(encoder, vocabulary.keys);
  const label = { topic: topicOf, aspect: (unit: Unit) => unit.aspect ?? unit.kind, law: lawOf } as const;
  const classifiers = Object.fromEntries(
    oddsNames.map((name) => {
      const classes = [...new Set(units.map(label[name]))].sort();
      const examples = units.flatMap((unit) =>
        unit.asks.map((ask) => ({ features: ngramsOf(ask), label: label[name](unit) })),
      );
      note(`学习 ${name}:${classes.length} 类`);
      return [name, fitOnce(examples, classes)];
    }),
  ) as Legs["classifiers"];
  return { vectors, classifiers };
}

/** Signs of conduct, told from asks that show none. */
function learnConduct(units: readonly Unit[], note: Note): Learned["conduct"] {
  const quiet = units
    .flatMap((unit) => unit.asks)
    .filter((_, at) => at % QUIET_EVERY === 0)
    .map((q) => ({ q, sign: NO_SIGN as string }));
  const routed = readRouteExamples().flatMap(({ q, intent }) => {
    const sign = signOfRoute[intent];
    return sign ? [{ q, sign }] : [];
  });
  const shown = [...readQuestions("conduct", ConductExample), ...routed];
  const conduct = fitOnce(
    [...Array.from({ length: SIGN_WEIGHT }, () => shown).flat(), ...quiet].map(({ q, sign }) => ({
      features: ngramsOf(normaliseQuestion(q)),
      label: sign,
    })),
    [...conductNames, NO_SIGN],
  );
  note("言行已学");
  return conduct;
}

/** One ask in so many stands for those that show no sign, and a sign counts so often: or nothing would ever show one. */
const QUIET_EVERY = 8;
const SIGN_WEIGHT = 3;

/** Routes that are conduct. */
const signOfRoute: Readonly<Record<string, ConductName>> = {
  emergency: "danger",
  namedPerson: "thirdPerson",
  legalOpinion: "verdict",
  insult: "insult",
  injection: "injection",
};

const ConductExample = z.object({
  q: z.string(),
  sign: z.enum([NO_SIGN, ...conductNames]),
});

/** Published answers have no topic and services are their own. */
const topicOf = (unit: Unit): string => unit.topic ?? unit.intent ?? unit.kind;

/** Trains everything and writes it; reports how kept-back asks were found before they were learned. */
export function trainFinder(library: Library, router: Router, hand: string, note: Note): FinderReport {
  const services = readServiceAsks();
  const { kept, held } = holdBack(library, services, hand);
  note(`单元 ${kept.length} 个,留出问法 ${held.length} 条`);
  const random = seededRandom(SEED + 1);
  const shuffledHeld = [...held].sort(() => random() - 0.5);
  const taught = shuffledHeld.slice(0, Math.min(MOST_TAUGHT, Math.floor(held.length * 0.75)));
  const measured = shuffledHeld.slice(taught.length);
  const first = learnLegs(kept, note);
  const learned = { classifiers: openClassifiers(first.classifiers) };
  const foundBy = (finder: Finder, { q, role }: Asked): readonly Found[] => {
    const mentions = mentionsOf(q, { library, memory: {}, today: TRAINING_DAY });
    return finder.find(soughtOf(q, mentions, role, router, learned), MOST_CANDIDATES);
  };
  const plain = createFinder(kept, { vectors: first.vectors });
  const ours = taught.map((asked): Taught => {
    return { right: ({ id }) => id === asked.unit, found: foundBy(plain, asked), weight: asked.weight };
  });
  const theirs = measureStrangers(library, router, learned, plain).map(
    ({ found, wanted }): Taught => ({ right: ({ id }) => wanted.includes(id), found, weight: STRANGER }),
  );
  const ranker = learnRanker([...ours, ...theirs]);
  note("排序已学");
  const ranked = createFinder(kept, { vectors: first.vectors, ranker });
  const results = measured.map((asked): FoundAt => {
    const found = foundBy(ranked, asked);
    return { found, place: found.findIndex(({ unit }) => unit.id === asked.unit) };
  });
  const half = Math.floor(results.length / 2);
  const calibration = calibrate(results.slice(0, half));
  note("校准已学");
  relearn(library, router, ranker, calibration, note);
  return {
    units: kept.length,
    asks: kept.reduce((sum, unit) => sum + unit.asks.length, 0) + held.length,
    ...figuresOf(results.slice(half), calibration, STEPS),
  };
}

/** Steps of confidence in the report on asks of ours. */
const STEPS = 10;

/** Vectors and classifiers anew from every ask, with a ranker and a calibration learned before; then written. */
function relearn(
  library: Library,
  router: Router,
  ranker: LearnedFinder["ranker"],
  before: Calibration,
  note: Note,
): FoundFigures {
  const units = unitsOf(library, readServiceAsks());
  const { vectors, classifiers } = learnLegs(units, note);
  const conduct = learnConduct(units, note);
  const results = measureStrangers(
    library,
    router,
    { classifiers: openClassifiers(classifiers) },
    createFinder(units, { vectors, ranker }),
  );
  const calibration = toStrangers(results, before);
  const { learned: inTalk } = learnInTalk({ library, router, units, vectors, classifiers }, note);
  writeFinder(models, vectors, { classifiers, conduct, ranker: [...ranker], calibration, inTalk });
  return strangerFigures(results, { calibration });
}

/** Only what follow-ups and sentences of conduct change; vectors, classifiers and the ranker of first questions stay. */
export function refreshTalk(library: Library, router: Router, note: Note): FoundFigures {
  const known = readLearned(models);
  if (!known) throw noModelYet();
  const vectors = readVectors(`${models}/finder.bin`);
  const units = unitsOf(library, readServiceAsks());
  const conduct = learnConduct(units, note);
  const { classifiers } = known;
  const { learned: inTalk, figures } = learnInTalk({ library, router, units, vectors, classifiers }, note);
  writeLearned(models, { ...known, conduct, inTalk });
  return figures;
}

interface Ground {
  readonly library: Library;
  readonly router: Router;
  readonly units: readonly Unit[];
  readonly vectors: StaticVectors;
  readonly classifiers: Learned["classifiers"];
}

/**
 * To rank what follows something told before: from follow-ups by two hands, and strangers' whole questions asked after
 * something else. Half of one hand is left out, to calibrate and to measure.
 */
function learnInTalk({ library, router, units, vectors, classifiers }: Ground, note: Note) {
  const random = seededRandom(SEED + 2);
  const learned = { classifiers: openClassifiers(classifiers) };
  const all = [...readFollowUps(units, random)].sort(() => random() - 0.5);
  const left = all.filter(({ hand }, at) => hand === MEASURED_HAND && at % 2 === 0);
  const gone = new Set(left);
  const taught = all.filter((one) => !gone.has(one));
  const foundBy = (finder: Finder, { q, role, talk }: Followed) => {
    const mentions = mentionsOf(q, { library, memory: {}, today: TRAINING_DAY });
    return finder.find(soughtOf(q, mentions, role, router, learned, talk), MOST_CANDIDATES);
  };
  const plain = createFinder(units, { vectors });
  note(`接话 ${taught.length} 条,留出 ${left.length} 条`);
  const ranker = learnRanker([
    ...taught.map((one): Taught => {
      return { right: ({ id }) => one.points.includes(id), found: foundBy(plain, one), weight: 1 };
    }),
    ...measureStrangers(library, router, learned, plain, () => afterAnything(units, random)).map(
      ({ found, wanted }): Taught => ({ right: ({ id }) => wanted.includes(id), found, weight: STRANGER }),
    ),
  ]);
  const ranked = createFinder(units, { vectors, ranker });
  const results = left.map((one): FoundAt => {
    const found = foundBy(ranked, one);
    return { found, place: found.findIndex(({ unit }) => one.points.includes(unit.id)) };
  });
  const half = Math.floor(results.length / 2);
  const calibration = calibrate(results.slice(0, half));
  note("接话的排序已学");
  return { learned: { ranker, calibration }, figures: figuresOf(results.slice(half), calibration, STEPS) };
}

const noModelYet = (): AppError =>
  new AppError("not_found", { say: "还没有检索模型,先运行不带 --refresh、--talk 的 train-finder。" });

/** Only what every new ask changes: the ranker stays. @throws AppError when there is no model yet. */
export function refreshFinder(library: Library, router: Router, note: Note): FoundFigures {
  const learned = readFinder(models);
  if (!learned) throw noModelYet();
  return relearn(library, router, learned.ranker, learned.calibration, note);
}

const MOST_CANDIDATES = 160;

interface Taught {
  readonly right: (unit: Unit) => boolean;
  readonly found: readonly Found[];
  readonly weight: number;
}

function learnRanker(given: readonly Taught[]) {
  const lists = given.filter(({ right, found }) => found.some(({ unit }) => right(unit)));
  const starts = [0];
  for (const { found } of lists) starts.push(starts.at(-1)! + found.length);
  const rows = new Float32Array(starts.at(-1)! * FEATURES);
  const right = new Uint8Array(starts.at(-1)!);
  for (const [at, one] of lists.entries()) {
    rows.set(rowsOf(one.found.map(({ features }) => features)), starts[at]! * FEATURES);
    for (const [n, { unit }] of one.found.entries()) right[starts[at]! + n] = Number(one.right(unit));
  }
  const weights = Float32Array.from(lists, ({ weight }) => weight);
  return boost(
    { rows, features: FEATURES, starts, right, weights },
    { trees: 180, leaves: 14, rate: 0.1, leastRows: 60, ridge: 1, share: 0.6, seed: SEED },
  );
}

/** Logistic regression by gradient descent over the signs of a result list. */
function calibrate(results: readonly FoundAt[]): Calibration {
  const rows = results.map(({ found, place }) => ({
    signs: confidenceSigns(found),
    right: Number(place === 0),
  }));
  const size = rows[0]?.signs.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  let bias = 0;
  for (let step = 0; step < 3000; step += 1) {
    const slope = new Array<number>(size).fill(0);
    let biasSlope = 0;
    for (const { signs, right } of rows) {
      const error = chanceOf(signs.reduce((sum, sign, at) => sum + sign * weights[at]!, bias)) - right;
      biasSlope += error;
      for (const [at, sign] of signs.entries()) slope[at]! += error * sign;
    }
    const rate = 0.5 / rows.length;
    bias -= rate * biasSlope;
    for (const [at, by] of slope.entries()) weights[at]! -= rate * (by + 0.001 * weights[at]!);
  }
  return { bias: round(bias), weights: weights.map(round) };
}

const round = (value: number) => Number(value.toFixed(5));

/** The same signs, their sum stretched and moved until what is promised holds for strangers' questions. */
function toStrangers(results: readonly FoundAt[], before: Calibration): Calibration {
  let stretch = 1;
  let move = 0;
  const rows = results.map(({ found, place }) => ({
    leaning: leaningOf(found, before),
    right: Number(place === 0),
  }));
  for (let step = 0; step < 5000 && rows.length > 0; step += 1) {
    let byStretch = 0;
    let byMove = 0;
    for (const { leaning, right } of rows) {
      const error = chanceOf(stretch * leaning + move) - right;
      byStretch += error * leaning;
      byMove += error;
    }
    stretch -= (0.1 * byStretch) / rows.length;
    move -= (0.1 * byMove) / rows.length;
  }
  return {
    bias: round(stretch * before.bias + move),
    weights: before.weights.map((weight) => round(stretch * weight)),
  };
}
