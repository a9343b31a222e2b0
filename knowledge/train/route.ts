/**
 * `mingzhi train-routes`: the route examples of `knowledge/questions/routes` → `knowledge/models/route.json`.
 * Mentions are read with the city's own organs and areas, as they will be when people ask.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { intentNames } from "../../src/answering/intents.ts";
import { featuresOf } from "../../src/answering/understand/features.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import { signsOf } from "../../src/answering/understand/router.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { createLibrary, type Library } from "../../src/records/library.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { roles } from "../../src/turn.ts";
import { readDataset } from "../data.ts";
import { type Example, fitClassifier, type Held } from "./route-softmax.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
export const routeModelPath = join(here, "models/route.json");

export const RouteExample = z.object({
  q: z.string(),
  intent: z.enum(intentNames as [string, ...string[]]),
  role: z.enum(roles).optional(),
});
export type RouteExample = z.infer<typeof RouteExample>;

/** Every line of every `.jsonl` in a folder of `knowledge/questions`, files by name. */
export function readQuestions<T>(folder: string, shape: z.ZodType<T>): T[] {
  const path = join(here, "questions", folder);
  return readdirSync(path)
    .filter((file) => file.endsWith(".jsonl"))
    .sort()
    .flatMap((file) => readFileSync(join(path, file), "utf8").split("\n"))
    .filter((line) => line.trim() !== "")
    .map((line) => shape.parse(JSON.parse(line)));
}

export const readRouteExamples = () => readQuestions("routes", RouteExample);

/** Day against which the examples' dates are read; any fixed day does. */
const TRAINING_DAY = "2026-11-24";

/** Organs and areas the examples' mentions are read with. */
export function trainingLibrary(): Library {
  return libraryOf(
    readDataset(join(here, "data/yuncheng")).filter(
      (record) => record.kind === "entity" || record.kind === "area",
    ),
  );
}

/** Records as a library of no release. */
export const libraryOf = (records: readonly PublishedRecord[]): Library =>
  createLibrary(
    { id: "training", publishedAt: "", preparedBy: "", publishedBy: "", digest: "", records: 0 },
    records,
  );

export function routeExamples(library: Library = trainingLibrary()): Example[] {
  return readRouteExamples().map(({ q, intent, role }) => {
    const text = normaliseQuestion(q);
    const mentions = mentionsOf(text, { library, memory: {}, today: TRAINING_DAY });
    return { features: featuresOf(text, signsOf(mentions, role ?? "citizen")), label: intent };
  });
}

export interface TrainingReport {
  readonly examples: number;
  readonly accuracy: number;
  readonly temperature: number;
  readonly perClass: readonly { name: string; examples: number; recall: number; precision: number }[];
  readonly confusions: readonly { q: string; label: string; said: string; confidence: number }[];
}

/** Trains, writes the model, and says how well it does on questions it has not seen (cross-validation). */
export function trainRoutes(): TrainingReport {
  const examples = routeExamples();
  const { model, held } = fitClassifier(examples, intentNames);
  writeFileSync(routeModelPath, `${JSON.stringify(model)}\n`);
  return reportOf(
    readRouteExamples().map(({ q }) => q),
    intentNames,
    model,
    held,
  );
}

export function reportOf(
  questions: readonly string[],
  classes: readonly string[],
  model: { readonly examples: number; readonly accuracy: number; readonly temperature: number },
  held: readonly Held[],
): TrainingReport {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : Number((part / whole).toFixed(3)));
  return {
    examples: model.examples,
    accuracy: model.accuracy,
    temperature: model.temperature,
    perClass: classes.map((name) => {
      const mine = held.filter((one) => one.label === name);
      const said = held.filter((one) => one.said === name);
      const right = mine.filter((one) => one.said === name).length;
      return {
        name,
        examples: mine.length,
        recall: share(right, mine.length),
        precision: share(right, said.length),
      };
    }),
    confusions: held
      .filter((one) => one.said !== one.label)
      .map((one) => ({
        q: questions[one.index] ?? "",
        label: one.label,
        said: one.said,
        confidence: Number(one.confidence.toFixed(2)),
      })),
  };
}
