/** The finder's learned parts on disk: `finder.bin` (word vectors) and `finder.json` (ranker, classifiers, calibration). */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { broken, readVectors, writeVectors } from "../../search/model.ts";
import { type Ranker, Tree } from "../../search/ranker.ts";
import type { StaticVectors } from "../../search/static-vectors.ts";
import { type Classifier, ClassifierModel, createClassifier } from "../understand/classifier.ts";
import { featureNames } from "./features.ts";

export const oddsOf = ["topic", "aspect", "law"] as const;
export type OddsName = (typeof oddsOf)[number];

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
});
export type FinderFile = z.infer<typeof FinderFile>;

export interface LearnedFinder {
  readonly vectors: StaticVectors;
  readonly ranker: Ranker;
  readonly classifiers: Readonly<Record<OddsName, Classifier<string>>>;
  readonly conduct: Classifier<string>;
  readonly calibration: Calibration;
}

/** The model in `folder`; undefined when there is none. @throws AppError when it is of another version or cut. */
export function readFinder(folder: string): LearnedFinder | undefined {
  const path = `${folder}/finder.json`;
  if (!existsSync(path)) return undefined;
  const parsed = FinderFile.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw broken(path, parsed.error.message);
  const { features, ranker, classifiers, conduct, calibration } = parsed.data;
  if (features.join() !== featureNames.join()) throw broken(path, "other features");
  const open = (name: OddsName) => createClassifier(classifiers[name], classifiers[name].classes);
  return {
    vectors: readVectors(`${folder}/finder.bin`),
    ranker,
    classifiers: { topic: open("topic"), aspect: open("aspect"), law: open("law") },
    conduct: createClassifier(conduct, conduct.classes),
    calibration,
  };
}

export function writeFinder(
  folder: string,
  vectors: StaticVectors,
  file: Omit<FinderFile, "version" | "features">,
): void {
  writeVectors(`${folder}/finder.bin`, vectors);
  writeFileSync(
    `${folder}/finder.json`,
    JSON.stringify({ version: 1, features: [...featureNames], ...file }),
  );
}
