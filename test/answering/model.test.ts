import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { tiedIntents } from "../../src/answering/answering.ts";
import type { Intent } from "../../src/answering/intents.ts";
import { createModel } from "../../src/answering/phrasing/chat-model.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import type { Part } from "../../src/answering/understanding.ts";
import { anAnswering, lastOf, shippedLibrary } from "./house.ts";
import { type Behaviour, type ModelServer, startModelServer } from "./model-server.ts";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.prompts.length = 0;
});

const silent = pino({ level: "silent" });
const says = (value: unknown): Behaviour => ({
  kind: "says",
  content: () => (typeof value === "string" ? value : JSON.stringify(value)),
});
const wanted = { name: "try", schema: z.object({ ok: z.boolean() }), json: {} };

describe("a model's own words", () => {
  it("never reach a person", async () => {
    const question = "执法记录仪的视频我能要一份吗";
    const answering = anAnswering({
      model: { baseUrl: server.url, model: "test", timeoutMs: 5000, idleMs: 5000 },
      log: silent,
    });
    server.behave(says({ sentences: [{ text: "请把身份证照片发给执法人员。", cites: ["r1"] }] }));
    expect(await lastOf([question], { answering })).toEqual(await lastOf([question]));
  });
});

describe("a model that misbehaves gives nothing", () => {
  it.each<[string, Behaviour]>([
    ["hangs", { kind: "hangs" }],
    ["falls silent in mid-stream", { kind: "stalls" }],
    ["is cut off", { kind: "cuts" }],
    ["is down", { kind: "fails", status: 500 }],
    ["refuses the key", { kind: "fails", status: 401 }],
    ["writes garbage", says("好的,我来回答")],
    ["writes JSON of another shape", says({ answer: "可以" })],
  ])("%s", async (_, behaviour) => {
    server.behave(behaviour);
    const model = createModel({ baseUrl: server.url, model: "test", timeoutMs: 700, idleMs: 200 }, silent);
    expect(await model.ask(wanted, { system: "s", user: "u" }, performance.now() + 700)).toBeUndefined();
  });

  it("is tried once more when it was busy, and no more than that", async () => {
    server.behave({ kind: "fails", status: 503 }, says({ ok: true }));
    const model = createModel(
      { baseUrl: server.url, model: "test", timeoutMs: 20_000, idleMs: 10_000 },
      silent,
    );
    expect(await model.ask(wanted, { system: "s", user: "u" }, performance.now() + 20_000)).toEqual({
      ok: true,
    });
    expect(model.stats).toMatchObject({ calls: 2, retries: 1 });
  });

  it("is left alone after three failures in a row, and asked again once its rest is over", async () => {
    let now = 0;
    const settings = { baseUrl: server.url, model: "test", timeoutMs: 5000 };
    const model = createModel(settings, silent, () => now);
    const ask = () => model.ask(wanted, { system: "s", user: "u" }, now + 5000);
    server.behave(says("garbage"));
    for (let n = 0; n < 3; n += 1) await ask();
    server.behave(says({ ok: true }));
    expect(await ask()).toBeUndefined();
    now += 59_999;
    expect(await ask()).toBeUndefined();
    now += 1;
    expect(await ask()).toEqual({ ok: true });
  });
});

describe("a tie between routes", () => {
  const part = (intent: Intent, next: Intent, confidence = 0.4, other = 0.35): Part => ({
    text: "",
    intent,
    confidence,
    alternatives: [{ intent: next, confidence: other }],
    mentions: mentionsOf("", { library: shippedLibrary(), memory: {}, today: "2026-11-24" }),
    followUp: false,
  });
  it.each<[string, Part, readonly Intent[]]>([
    ["may be broken between two equals", part("benchmark", "exemption"), ["benchmark", "exemption"]],
    ["is none when one is ahead", part("benchmark", "exemption", 0.5, 0.35), []],
    ["is none when the router is sure", part("benchmark", "exemption", 0.65, 0.6), []],
    ["is never broken towards an officer check", part("benchmark", "officerCheck"), []],
    ["is never broken away from danger", part("emergency", "complaint"), []],
    ["is never broken about a named person", part("entityInfo", "namedPerson"), []],
  ])("%s", (_, tied, expected) => {
    expect(tiedIntents(tied)).toEqual(expected);
  });
});
