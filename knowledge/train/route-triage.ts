/** `mingzhi train-triage`: labelled grievances of `knowledge/questions/triage` → `knowledge/models/triage.json`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { triageFeatures, triageNames } from "../../src/complaints/triage.ts";
import type { Library } from "../../src/records/library.ts";
import { readQuestions, reportOf, type TrainingReport, trainingLibrary } from "./route.ts";
import { crossValidate, type Example, fitClassifier } from "./route-softmax.ts";

export const triageModelPath = join(fileURLToPath(new URL("..", import.meta.url)), "models/triage.json");

export const TriageExample = z.object({ q: z.string(), kind: z.enum(triageNames as [string, ...string[]]) });
export type TriageExample = z.infer<typeof TriageExample>;

export const readTriageExamples = () => readQuestions("triage", TriageExample);

export function triageExamples(library: Library = trainingLibrary()): Example[] {
  return readTriageExamples().map(({ q, kind }) => {
    const text = normaliseQuestion(q);
    const mentions = mentionsOf(text, { library, memory: {}, today: "2026-11-24" });
    return { features: triageFeatures(text, mentions), label: kind };
  });
}

/** Trains, writes the model, and says how well it does on grievances it has not seen (cross-validation). */
export function trainTriage(): TrainingReport {
  const { model, held } = fitClassifier(triageExamples(), triageNames);
  writeFileSync(triageModelPath, `${JSON.stringify(model)}\n`);
  return reportOf(
    readTriageExamples().map(({ q }) => q),
    triageNames,
    model,
    held,
  );
}

/** Recall and precision of each kind on examples held out of training, for `eval`; trains five times, some seconds. */
export function triageScores(): TrainingReport {
  const examples = triageExamples();
  const held = crossValidate(examples, triageNames);
  const right = held.filter((one) => one.said === one.label).length;
  return reportOf(
    readTriageExamples().map(({ q }) => q),
    triageNames,
    { examples: examples.length, accuracy: Number((right / held.length).toFixed(4)), temperature: 1 },
    held,
  );
}
