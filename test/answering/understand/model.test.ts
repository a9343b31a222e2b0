import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  RouteExample,
  readQuestions,
  readRouteExamples,
  routeExamples,
  routeModelPath,
} from "../../../knowledge/train/route.ts";
import { stampOf } from "../../../knowledge/train/route-softmax.ts";
import {
  readTriageExamples,
  triageExamples,
  triageModelPath,
} from "../../../knowledge/train/route-triage.ts";
import { intentNames } from "../../../src/answering/intents.ts";
import { ClassifierModel, createClassifier } from "../../../src/answering/understand/classifier.ts";
import { normaliseQuestion } from "../../../src/answering/understand/normalise.ts";
import { triageNames } from "../../../src/complaints/triage.ts";

const model = (path: string) => ClassifierModel.parse(JSON.parse(readFileSync(path, "utf8")));

describe("the committed models", () => {
  it("route model was trained on the present questions (else run: npm run mingzhi -- train-routes)", () => {
    expect(model(routeModelPath).trainedOn).toBe(stampOf(routeExamples()));
  });

  it("triage model was trained on the present examples (else run: npm run mingzhi -- train-routes)", () => {
    expect(model(triageModelPath).trainedOn).toBe(stampOf(triageExamples()));
  });

  it("are small enough to live in git", () => {
    expect(statSync(routeModelPath).size).toBeLessThan(1.5e6);
    expect(statSync(triageModelPath).size).toBeLessThan(1.5e6);
  });

  it("say how they did under cross-validation", () => {
    expect(model(routeModelPath).accuracy).toBeGreaterThan(0.82);
    expect(model(triageModelPath).accuracy).toBeGreaterThan(0.85);
  });

  it("are refused when they speak of other classes", () => {
    expect(() => createClassifier(model(routeModelPath), ["a", "b"])).toThrow("不一致");
    expect(() => createClassifier({ version: 1 }, ["a", "b"])).toThrow("重新训练");
  });
});

describe("the examples", () => {
  const examples = readRouteExamples();

  it.each(intentNames)("%s has at least 40", (intent) => {
    expect(examples.filter((one) => one.intent === intent).length).toBeGreaterThanOrEqual(40);
  });

  it.each(triageNames)("%s has at least 20 grievances", (kind) => {
    expect(readTriageExamples().filter((one) => one.kind === kind).length).toBeGreaterThanOrEqual(20);
  });

  it("number at least 400 for triage", () => {
    expect(readTriageExamples().length).toBeGreaterThanOrEqual(400);
  });

  it("are asked by officers too", () => {
    expect(examples.filter((one) => one.role === "officer").length).toBeGreaterThan(500);
  });

  it("never label the same question twice differently", () => {
    const labels = new Map<string, string>();
    const torn: string[] = [];
    for (const { q, intent, role } of examples) {
      const key = `${normaliseQuestion(q)} ${role ?? ""}`;
      const before = labels.get(key);
      if (before !== undefined && before !== intent) torn.push(`${q}: ${before} / ${intent}`);
      labels.set(key, intent);
    }
    expect(torn).toEqual([]);
  });

  it.each(["held", "clean"])("share no question with those of %s", (folder) => {
    const trained = new Set(examples.map((one) => normaliseQuestion(one.q)));
    const asked = readQuestions(folder, RouteExample);
    expect(asked.filter((one) => trained.has(normaliseQuestion(one.q))).length).toBe(0);
  });
});
