/** `train-vectors`: from articles and questions to `knowledge/models`, with honest scores on questions not learned. */
import { mkdirSync } from "node:fs";
import { AppError } from "../../src/error.ts";
import { blend } from "../../src/search/blend.ts";
import { buildPart } from "../../src/search/lexical.ts";
import { writeModel } from "../../src/search/model.ts";
import { type Encoder, seededRandom, shuffled } from "./encoder.ts";
import { exportMemory, exportVectors } from "./export.ts";
import { learnFromArticles, learnFromQuestions } from "./learn.ts";
import { Article, type Material, passageOf, prepareMaterial, Question, readLines } from "./material.ts";
import { learnRanker, learnStrangerRanker, runUnseen, type Unseen } from "./rankers.ts";
import { measure, type Quality } from "./recall.ts";

const FOLDS = 5;
const ARTICLE_EPOCHS = 4;
const QUESTION_EPOCHS = 6;
/** Share of the best passages by words in remembered laws from which on the memory is trusted; chosen on the folds. */
const CONFIDENCE = 0.6;
const SEED = 3;

export interface Training {
  readonly articles: number;
  readonly questions: number;
  /** Each question ranked by a model that had not learned it. */
  readonly crossValidated: Quality;
  readonly lexical: Quality;
}

/**
 * Learns from `corpusPath` (articles) and `pairsPath` (questions with the names of their articles) and writes the
 * model into `folder`. About half an hour on one core. The same files give the same model.
 */
export function train(
  corpusPath: string,
  pairsPath: string,
  folder: string,
  note: (text: string) => void,
): Training {
  const material = prepareMaterial(readLines(corpusPath, Article), readLines(pairsPath, Question));
  if (material.questions.length < FOLDS) {
    throw new AppError("bad_input", {
      say: `训练至少要有 ${FOLDS} 个问题,其 gold 写明法条文件里的条文名;现有 ${material.questions.length} 个。`,
    });
  }
  note(`法条 ${material.articles.length} 条,问题 ${material.questions.length} 个`);
  const start = learnFromArticles(material, ARTICLE_EPOCHS, note);
  const unseen = runFolds(material, start, note);
  const all = [...material.questions.keys()];
  const encoder = learnFromQuestions(start, material, all, QUESTION_EPOCHS, SEED, note);
  const vectors = exportVectors(encoder, material.vocabulary.keys);
  mkdirSync(folder, { recursive: true });
  writeModel(folder, {
    vectors,
    memory: exportMemory(vectors, material, all),
    ranker: learnRanker(unseen),
    strangerRanker: learnStrangerRanker(unseen),
    confidence: CONFIDENCE,
  });
  return {
    articles: material.articles.length,
    questions: all.length,
    crossValidated: crossValidate(unseen),
    lexical: measure(unseen.map((one) => ({ right: new Set(one.gold), found: one.lexical }))),
  };
}

function runFolds(material: Material, start: Encoder, note: (text: string) => void): Unseen[] {
  const part = buildPart(material.articles.map(passageOf));
  const order = shuffled([...material.questions.keys()], seededRandom(11));
  return Array.from({ length: FOLDS }, (_, fold) => {
    note(`交叉验证 第 ${fold + 1}/${FOLDS} 折`);
    const learned = order.filter((_, place) => place % FOLDS !== fold);
    const test = order.filter((_, place) => place % FOLDS === fold);
    const encoder = learnFromQuestions(start, material, learned, QUESTION_EPOCHS, SEED, note);
    return runUnseen(material, part, encoder, learned, test, fold);
  }).flat();
}

/** The re-rankers, too, are judged on folds they were not learned from. */
export function crossValidate(unseen: readonly Unseen[]): Quality {
  const results = [...new Set(unseen.map(({ fold }) => fold))].flatMap((fold) => {
    const rest = unseen.filter((one) => one.fold !== fold);
    const rankers = {
      ranker: learnRanker(rest),
      strangerRanker: learnStrangerRanker(rest),
      confidence: CONFIDENCE,
    };
    return unseen
      .filter((one) => one.fold === fold)
      .map((one) => ({ right: new Set(one.gold), found: blend(one, rankers).order }));
  });
  return measure(results);
}
