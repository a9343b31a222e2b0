/**
 * `mingzhi train-finder`: points, published answers and services with their asks → `knowledge/models/finder.*`.
 * The ranker and the calibration learn from the asks of hands that vectors, classifiers and index had not seen.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type ConductName, conductNames, NO_SIGN } from "../../src/answering/conduct/signs.ts";
import { confidenceSigns } from "../../src/answering/finding/confidence.ts";
import { FEATURES, rowsOf } from "../../src/answering/finding/features.ts";
import { createFinder, type Found, lawOf } from "../../src/answering/finding/finder.ts";
import { type LearnedFinder, oddsOf, readFinder, writeFinder } from "../../src/answering/finding/model.ts";
import { ngramsOf } from "../../src/answering/finding/ngrams.ts";
import { soughtOf } from "../../src/answering/finding/sought.ts";
import { type ServiceAsk, type Unit, unitsOf } from "../../src/answering/finding/unit.ts";
import { createClassifier } from "../../src/answering/understand/classifier.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import type { Router } from "../../src/answering/understand/router.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { AppError } from "../../src/error.ts";
import type { Library } from "../../src/records/library.ts";
import { readModel } from "../../src/search/model.ts";
import type { Role } from "../../src/turn.ts";
import { readServiceAsks } from "../service-asks.ts";
import { learnAsks } from "./asks.ts";
import { boost } from "./boost.ts";
import { seededRandom } from "./encoder.ts";
import { exportVectors } from "./export.ts";
import { readQuestions, readRouteExamples } from "./route.ts";
import { fitOnce } from "./route-softmax.ts";
import { figuresOf, measureStrangers, type StrangerFigures, type StrangerResult } from "./strangers-asked.ts";

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

export interface Asked {
  /** How much it counts in the ranker's lesson: common questions come often. */
  readonly weight: number;
  readonly q: string;
  readonly unit: string;
  readonly role: Role;
}

export interface FinderReport {
  readonly units: number;
  readonly asks: number;
  readonly measured: number;
  readonly first: number;
  readonly three: number;
  readonly ten: number;
  /** Mean distance between what was promised and what held, in points. */
  readonly calibrationError: number;
}

interface Lesson {
  readonly kept: readonly Unit[];
  readonly held: readonly Asked[];
}

/** Units without the asks of `hand` (services and published answers: without a share of theirs), and those asks. */
export function holdBack(library: Library, services: readonly ServiceAsk[], hand: string): Lesson {
  const random = seededRandom(SEED);
  const held: Asked[] = [];
  const kept = unitsOf(library, services, TRAINING_DAY).map((unit): Unit => {
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

function learnLegs(units: readonly Unit[], note: Note) {
  const start = readModel(models)?.vectors;
  const { encoder, vocabulary } = learnAsks(units, start, EPOCHS, SEED, note);
  const vectors = exportVectors(encoder, vocabulary.keys);
  const label = { topic: topicOf, aspect: (unit: Unit) => unit.aspect ?? unit.kind, law: lawOf } as const;
  const files = Object.fromEntries(
    oddsOf.map((name) => {
      const classes = [...new Set(units.map(label[name]))].sort();
      const examples = units.flatMap((unit) =>
        unit.asks.map((ask) => ({ features: ngramsOf(ask), label: label[name](unit) })),
      );
      note(`学习 ${name}:${classes.length} 类`);
      return [name, fitOnce(examples, classes)];
    }),
  ) as Record<(typeof oddsOf)[number], ReturnType<typeof fitOnce>>;
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
  return { vectors, files, conduct };
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

const open = (
  { vectors, files, conduct }: ReturnType<typeof learnLegs>,
  ranker: LearnedFinder["ranker"] = [],
  calibration: LearnedFinder["calibration"] = { bias: 0, weights: [] },
): LearnedFinder => ({
  vectors,
  ranker,
  calibration,
  conduct: createClassifier(conduct, conduct.classes),
  classifiers: {
    topic: createClassifier(files.topic, files.topic.classes),
    aspect: createClassifier(files.aspect, files.aspect.classes),
    law: createClassifier(files.law, files.law.classes),
  },
});

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
  const untrained = open(first);
  const search = (learned: LearnedFinder, units: readonly Unit[], withRanker: boolean) => {
    const finder = createFinder(units, withRanker ? learned : { vectors: learned.vectors });
    return ({ q, role }: Asked): readonly Found[] => {
      const mentions = mentionsOf(q, { library, memory: {}, today: TRAINING_DAY });
      return finder.find(soughtOf(q, mentions, role, router, learned), MOST_CANDIDATES);
    };
  };
  const plainly = search(untrained, kept, false);
  const ours = taught.map((asked): Taught => {
    return { right: ({ id }) => id === asked.unit, found: plainly(asked), weight: asked.weight };
  });
  const theirs = measureStrangers(library, router, { ...untrained, ranker: undefined }, kept).map(
    ({ found, wanted }): Taught => ({ right: ({ id }) => wanted.includes(id), found, weight: STRANGER }),
  );
  const ranker = learnRanker([...ours, ...theirs]);
  note("排序已学");
  const ranked = search(open(first, ranker), kept, true);
  const results = measured.map((asked) => ({ asked, found: ranked(asked) }));
  const half = Math.floor(results.length / 2);
  const calibration = calibrate(results.slice(0, half));
  note("校准已学");
  relearn(library, router, ranker, calibration, note);
  return report(kept, held, results.slice(half), calibration);
}

/** Vectors and classifiers anew from every ask, with a ranker and a calibration learned before; then written. */
function relearn(
  library: Library,
  router: Router,
  ranker: LearnedFinder["ranker"],
  before: LearnedFinder["calibration"],
  note: Note,
): void {
  const units = unitsOf(library, readServiceAsks(), TRAINING_DAY);
  const legs = learnLegs(units, note);
  const learned = open(legs, ranker, before);
  const calibration = toStrangers(measureStrangers(library, router, learned, units), before);
  const { files, vectors, conduct } = legs;
  writeFinder(models, vectors, { ranker: [...ranker], classifiers: files, conduct, calibration });
}

/** Only what every new ask changes: the ranker stays. @throws AppError when there is no model yet. */
export function refreshFinder(library: Library, router: Router, note: Note): StrangerFigures {
  const learned = readFinder(models);
  if (!learned)
    throw new AppError("not_found", { say: "还没有检索模型,先运行不带 --refresh 的 train-finder。" });
  relearn(library, router, learned.ranker, learned.calibration, note);
  const now = readFinder(models) ?? learned;
  return figuresOf(measureStrangers(library, router, now), now);
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

interface Result {
  readonly asked: Asked;
  readonly found: readonly Found[];
}

const isRight = ({ asked, found }: Result) => found[0]?.unit.id === asked.unit;

/** Logistic regression by gradient descent over the signs of a result list. */
function calibrate(results: readonly Result[]): LearnedFinder["calibration"] {
  const rows = results.map((result) => ({
    signs: confidenceSigns(result.found),
    right: isRight(result) ? 1 : 0,
  }));
  const size = rows[0]?.signs.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  let bias = 0;
  for (let step = 0; step < 3000; step += 1) {
    const slope = new Array<number>(size).fill(0);
    let biasSlope = 0;
    for (const { signs, right } of rows) {
      const chance =
        1 / (1 + Math.exp(-(bias + signs.reduce((sum, sign, at) => sum + sign * weights[at]!, 0))));
      const error = chance - right;
      biasSlope += error;
      for (const [at, sign] of signs.entries()) slope[at]! += error * sign;
    }
    const rate = 0.5 / rows.length;
    bias -= rate * biasSlope;
    for (const [at, by] of slope.entries()) weights[at]! -= rate * (by + 0.001 * weights[at]!);
  }
  return { bias: Number(bias.toFixed(5)), weights: weights.map((weight) => Number(weight.toFixed(5))) };
}

/** The same signs, their sum stretched and moved until what is promised holds for strangers' questions. */
function toStrangers(
  results: readonly StrangerResult[],
  { bias, weights }: LearnedFinder["calibration"],
): LearnedFinder["calibration"] {
  let stretch = 1;
  let move = 0;
  const rows = results.map(({ found, right }) => ({
    sum: bias + confidenceSigns(found).reduce((sum, sign, at) => sum + sign * weights[at]!, 0),
    right: Number(right),
  }));
  for (let step = 0; step < 5000 && rows.length > 0; step += 1) {
    let byStretch = 0;
    let byMove = 0;
    for (const { sum, right } of rows) {
      const error = 1 / (1 + Math.exp(-(stretch * sum + move))) - right;
      byStretch += error * sum;
      byMove += error;
    }
    stretch -= (0.1 * byStretch) / rows.length;
    move -= (0.1 * byMove) / rows.length;
  }
  const round = (value: number) => Number(value.toFixed(5));
  return { bias: round(stretch * bias + move), weights: weights.map((weight) => round(stretch * weight)) };
}

function report(
  kept: readonly Unit[],
  held: readonly Asked[],
  results: readonly Result[],
  calibration: LearnedFinder["calibration"],
): FinderReport {
  const places = results.map(({ asked, found }) => found.findIndex(({ unit }) => unit.id === asked.unit));
  const share = (top: number) =>
    Number(((100 * places.filter((place) => place >= 0 && place < top).length) / results.length).toFixed(1));
  const bins = Array.from({ length: 10 }, () => ({ promised: 0, right: 0, count: 0 }));
  for (const result of results) {
    const signs = confidenceSigns(result.found);
    const promised =
      1 /
      (1 +
        Math.exp(
          -(calibration.bias + signs.reduce((sum, sign, at) => sum + sign * calibration.weights[at]!, 0)),
        ));
    const bin = bins[Math.min(9, Math.floor(promised * 10))]!;
    bin.promised += promised;
    bin.right += Number(isRight(result));
    bin.count += 1;
  }
  const error = bins.reduce((sum, bin) => sum + Math.abs(bin.promised - bin.right), 0) / results.length;
  return {
    units: kept.length,
    asks: kept.reduce((sum, unit) => sum + unit.asks.length, 0) + held.length,
    measured: results.length,
    first: share(1),
    three: share(3),
    ten: share(10),
    calibrationError: Number((100 * error).toFixed(1)),
  };
}

export const finderModel = () => readFinder(models);
export const finderModelFolder = join(models);
