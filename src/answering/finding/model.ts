/** The finder's learned parts on disk: `finder.bin` (word vectors) and `finder.json` (ranker, classifiers, calibration). */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { broken, readVectors, writeVectors } from "../../search/model.ts";
import { type Ranker, Tree } from "../../search/ranker.ts";
import type { StaticVectors } from "../../search/static-vectors.ts";
import { type Classifier, ClassifierModel, createClassifier } from "../understand/classifier.ts";
import { featureNames } from "./features.ts";

export const oddsNames = ["topic", "aspect", "law"] as const;
export type OddsName = (typeof oddsNames)[number];

/** Logistic regression from signs of a result list to the chance that its first entry answers. */
export const Calibration = z.object({ bias: z.number(), weights: z.array(z.number()) });
export type Calibration = z.infer<typeof Calibration>;

const FinderFile = z.object({
  version: z.literal(1),
  /** The features the ranker was trained with, in order. */
  features: z.array(z.string()),
  ranker: z.array(Tree),
  classifiers: z.object({ topic: ClassifierModel, aspect: ClassifierModel, law: ClassifierModel }),
  /** Signs of conduct; `none` where a message shows none. */
  conduct: ClassifierModel,
  calibration: Calibration,
  /** Of questions that follow what was told before. */
  inTalk: z.object({ ranker: z.array(Tree), calibration: Calibration }),
});
/** All that is learned beside the vectors. */
export type Learned = Omit<z.infer<typeof FinderFile>, "version" | "features">;

export interface LearnedFinder {
  readonly vectors: StaticVectors;
  readonly ranker: Ranker;
  readonly classifiers: Readonly<Record<OddsName, Classifier<string>>>;
  readonly conduct: Classifier<string>;
  readonly calibration: Calibration;
  readonly inTalk: { readonly ranker: Ranker; readonly calibration: Calibration };
}

/** The model in `folder`; undefined when there is none. @throws AppError when it is of another version or cut. */
export function readFinder(folder: string): LearnedFinder | undefined {
  const learned = readLearned(folder);
  return learned && openFinder(readVectors(`${folder}/finder.bin`), learned);
}

/** All but the vectors, as it was written. @throws AppError likewise. */
export function readLearned(folder: string): Learned | undefined {
  const path = `${folder}/finder.json`;
  if (!existsSync(path)) return undefined;
  const parsed = FinderFile.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw broken(path, parsed.error.message);
  if (parsed.data.features.join() !== featureNames.join()) throw broken(path, "other features");
  return parsed.data;
}

const open = (model: ClassifierModel) => createClassifier(model, model.classes);

export const openClassifiers = ({
  topic,
  aspect,
  law,
}: Learned["classifiers"]): LearnedFinder["classifiers"] => ({
  topic: open(topic),
  aspect: open(aspect),
  law: open(law),
});

/** What was learned, ready to be asked. */
export function openFinder(
  vectors: StaticVectors,
  { ranker, classifiers, conduct, calibration, inTalk }: Learned,
): LearnedFinder {
  return {
    vectors,
    ranker,
    classifiers: openClassifiers(classifiers),
    conduct: open(conduct),
    calibration,
    inTalk,
  };
}

export function writeFinder(folder: string, vectors: StaticVectors, learned: Learned): void {
  writeVectors(`${folder}/finder.bin`, vectors);
  writeLearned(folder, learned);
}

/** All but the vectors. */
export function writeLearned(folder: string, learned: Learned): void {
  writeFileSync(
    `${folder}/finder.json`,
    JSON.stringify({ version: 1, features: [...featureNames], ...learned }),
  );
}
