/** `train-vectors`: from articles and questions to `knowledge/models`, with honest scores on questions not learned. */
import { mkdirSync } from "node:fs";
import { AppError } from "../../src/error.ts";
import { blend } from "../../src/search/blend.ts";
import { buildPart, type Part } from "../../src/search/lexical.ts";
import { writeModel } from "../../src/search/model.ts";
import { type Encoder, seededRandom, shuffled } from "./encoder.ts";
import { exportMemory, exportVectors } from "./export.ts";
import { readLay } from "./lay.ts";
import { learnFromArticles, learnFromQuestions } from "./learn.ts";
import { Article, type Material, passageOf, prepareMaterial, Question, readLines } from "./material.ts";
import { learnRanker, runUnseen, type Unseen } from "./rankers.ts";
import { measure, type Quality } from "./recall.ts";
import { HELD_OUT_GROUPS, heldOutLaws } from "./strangers.ts";

const FOLDS = 5;
const ARTICLE_EPOCHS = 4;
const QUESTION_EPOCHS = 6;
const SEED = 3;

export interface TrainingFiles {
  /** Articles, a JSON line each. */
  readonly corpus: string;
  /** Questions people really asked, with the names of the articles that answer them. */
  readonly pairs: string;
  /** Folder of our own lay questions: learned from, never measured on. */
  readonly lay?: string;
}

/** How questions are found that nothing like them was learned from: BM25 alone, and the model. */
export interface Comparison {
  readonly lexical: Quality;
  readonly learned: Quality;
}

export interface Training {
  readonly articles: number;
  readonly questions: number;
  readonly own: number;
  /** Each asked question ranked by a model that had not learned it; our own are learned in every fold. */
  readonly crossValidated: Comparison;
  /** Administrative questions where no asked one of their kind was learned, only our own. */
  readonly administrative: Comparison;
  /** The same without our own administrative questions: a field nobody has written questions for. */
  readonly unheard: Comparison;
}

/**
 * Learns from articles and questions and writes the model into `folder`. About two hours on one core.
 * The same files give the same model.
 */
export function train(files: TrainingFiles, folder: string, note: (text: string) => void): Training {
  const asked = readLines(files.pairs, Question);
  const own = files.lay === undefined ? [] : readLay(files.lay);
  const material = prepareMaterial(readLines(files.corpus, Article), [...asked, ...own]);
  const all = [...material.questions.keys()];
  const ours = new Set(own);
  const lay = all.filter((number) => ours.has(material.questions[number]!));
  const real = all.filter((number) => !ours.has(material.questions[number]!));
  if (real.length < FOLDS) {
    throw new AppError("bad_input", {
      say: `训练至少要有 ${FOLDS} 个问题,其 gold 写明法条文件里的条文名;现有 ${real.length} 个。`,
    });
  }
  note(`法条 ${material.articles.length} 条,问题 ${real.length} 个,自拟问题 ${lay.length} 个`);
  const start = learnFromArticles(material, ARTICLE_EPOCHS, note);
  const passages = material.articles.map(passageOf);
  const course: Course = { material, part: { passages, ...buildPart(passages) }, start, note };
  const informed = prepareCourse(course, lay);
  const unseen = runFolds(informed, real);
  const strangers = runStrangers(course, lay, real);
  const encoder = learn(informed, real);
  const vectors = exportVectors(encoder, material.vocabulary.keys);
  mkdirSync(folder, { recursive: true });
  const memory = exportMemory(vectors, material, [...real, ...lay]);
  writeModel(folder, { vectors, memory, ranker: learnRanker(unseen, strangers) });
  const uninformed = prepareCourse(
    course,
    lay.filter((number) => !isAdministrative(material, number)),
  );
  return {
    articles: material.articles.length,
    questions: real.length,
    own: lay.length,
    crossValidated: crossValidate(unseen, strangers),
    administrative: compareAdministrative(informed, real, unseen, strangers),
    unheard: compareAdministrative(uninformed, real, unseen, strangers),
  };
}

/** What all lessons share: the material, its index and the encoder that has learned from the articles. */
interface Course {
  readonly material: Material;
  readonly part: Part;
  readonly start: Encoder;
  readonly note: (text: string) => void;
}

/** A course that has also learned our own questions, and remembers them. */
interface Informed extends Course {
  readonly lay: readonly number[];
}

function prepareCourse(course: Course, lay: readonly number[]): Informed {
  if (lay.length === 0) return { ...course, lay };
  course.note(`先学自拟问题 ${lay.length} 个`);
  const { start, material, note } = course;
  return { ...course, start: learnFromQuestions(start, material, lay, QUESTION_EPOCHS, SEED, note), lay };
}

const learn = ({ start, material, note }: Informed, questions: readonly number[]): Encoder =>
  learnFromQuestions(start, material, questions, QUESTION_EPOCHS, SEED, note);

function runFolds(course: Informed, real: readonly number[]): Unseen[] {
  const order = shuffled(real, seededRandom(11));
  return Array.from({ length: FOLDS }, (_, fold) => {
    course.note(`交叉验证 第 ${fold + 1}/${FOLDS} 折`);
    const learned = order.filter((_, place) => place % FOLDS !== fold);
    const test = order.filter((_, place) => place % FOLDS === fold);
    return examine(course, learned, test, fold);
  }).flat();
}

/** Runs `test` through a model that learned `learned` and the course's own questions. */
function examine(
  course: Informed,
  learned: readonly number[],
  test: readonly number[],
  fold: number,
): Unseen[] {
  const { material, part, lay } = course;
  return runUnseen(material, part, learn(course, learned), [...learned, ...lay], test, fold);
}

/** Our own questions to laws of which neither own nor asked questions were learned. */
function runStrangers(course: Course, lay: readonly number[], real: readonly number[]): Unseen[] {
  return Array.from({ length: HELD_OUT_GROUPS }, (_, group) => {
    const { isHeld, examples } = heldOutLaws(course.material, lay, group);
    course.note(`留出法律 第 ${group + 1}/${HELD_OUT_GROUPS} 组`);
    const away = (numbers: readonly number[]) => numbers.filter((number) => !isHeld(number));
    return examine(prepareCourse(course, away(lay)), away(real), examples, FOLDS + 1 + group);
  }).flat();
}

/** The re-ranker, too, is judged on folds it was not learned from. */
export function crossValidate(unseen: readonly Unseen[], strangers: readonly Unseen[]): Comparison {
  const folds = [...new Set(unseen.map(({ fold }) => fold))];
  const orders = folds.flatMap((fold) => {
    const ranker = learnRanker(
      unseen.filter((one) => one.fold !== fold),
      strangers,
    );
    return unseen.filter((one) => one.fold === fold).map((one) => ({ one, found: blend(one, ranker).order }));
  });
  return compare(orders);
}

/** Categories of the articles that make a question an administrative one. */
const ADMINISTRATIVE = new Set(["行政法", "行政法规", "部门规章"]);

function isAdministrative(material: Material, number: number): boolean {
  return material.gold[number]!.some((article) => ADMINISTRATIVE.has(material.articles[article]!.cat ?? ""));
}

/** Asked questions of a kind of which none was asked before; the re-ranker has not seen them either. */
function compareAdministrative(
  course: Informed,
  real: readonly number[],
  unseen: readonly Unseen[],
  strangers: readonly Unseen[],
): Comparison {
  const { material } = course;
  const test = real.filter((number) => isAdministrative(material, number));
  const learned = real.filter((number) => !isAdministrative(material, number));
  if (test.length === 0 || learned.length === 0) return compare([]);
  const others = (list: readonly Unseen[]) =>
    list.filter(({ number }) => !isAdministrative(material, number));
  const ranker = learnRanker(others(unseen), others(strangers));
  return compare(
    examine(course, learned, test, FOLDS).map((one) => ({ one, found: blend(one, ranker).order })),
  );
}

function compare(
  results: readonly { readonly one: Unseen; readonly found: readonly number[] }[],
): Comparison {
  const right = ({ one }: { readonly one: Unseen }) => new Set(one.gold);
  return {
    lexical: measure(results.map((result) => ({ right: right(result), found: result.one.lexical }))),
    learned: measure(results.map((result) => ({ right: right(result), found: result.found }))),
  };
}
