/** What the web door adds to a turn, against a bare Fastify route in the same run; and a thousand conversations at once. */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { createWebDoor } from "../../bot/web/server.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";

const SEQUENTIAL = 400;
const CONVERSATIONS = 1000;
/** Sockets open at once; the rest of the thousand wait their turn, as behind any proxy. */
const SOCKETS = 250;
const QUESTION = { text: "收到罚款决定书,不服找谁?" };

export interface Row {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
}

export async function run(): Promise<{ name: string; rows: Row[] }> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-bench-web-"));
  publishShippedData(join(folder, "releases"), { demo: true });
  const app = await createApp(
    readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent" }),
    loadMaterials(folder),
  );
  // The turn itself is measured elsewhere: both routes answer with the same reply, so that the difference is the door's.
  const reply = await app.assistant.reply({
    id: "bench",
    door: "web",
    conversation: "bench",
    person: "bench",
    role: "citizen",
    text: QUESTION.text,
    files: [],
    at: new Date(),
  });
  const plenty = { requests: 1e9, turns: 1e9, personTurns: 1e9 };
  const services = {};
  const still = { ...app, assistant: { reply: async () => reply } };
  const door = await createWebDoor(still, { services, host: "127.0.0.1", port: 0, limits: plenty });
  const whole = await createWebDoor(app, { services, host: "127.0.0.1", port: 0, limits: plenty });
  const bare = Fastify();
  bare.post("/api/turns", async () => reply);
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  try {
    await door.start();
    await whole.start();
    const bareAddress = await bare.listen({ host: "127.0.0.1", port: 0 });
    const bareMs = await oneByOne(agent, bareAddress);
    const doorMs = await oneByOne(agent, door.address());
    const crowd = await allAtOnce(agent, whole.address());
    return {
      name: "web door",
      rows: [
        { label: "bare Fastify route, median", value: at(bareMs, 0.5), unit: "ms" },
        { label: "web door, median", value: at(doorMs, 0.5), unit: "ms" },
        { label: "web door, p99", value: at(doorMs, 0.99), unit: "ms" },
        { label: "door overhead, median", value: at(doorMs, 0.5) - at(bareMs, 0.5), unit: "ms" },
        {
          label: `${CONVERSATIONS} conversations, turns whole`,
          value: CONVERSATIONS / (crowd.tookMs / 1000),
          unit: "turns/s",
        },
        { label: `${CONVERSATIONS} conversations, p99`, value: at(crowd.times, 0.99), unit: "ms" },
        { label: `${CONVERSATIONS} conversations, errors`, value: crowd.errors, unit: "" },
      ],
    };
  } finally {
    agent.destroy();
    await Promise.all([door.stop(), whole.stop(), bare.close()]);
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function oneByOne(agent: Agent, address: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let count = 0; count < SEQUENTIAL; count += 1) {
    const { ms } = await post(agent, address, { conversation: `c${count}`, ...QUESTION });
    // The first quarter warms both up.
    if (count >= SEQUENTIAL / 4) times.push(ms);
  }
  return times;
}

async function allAtOnce(agent: Agent, address: string) {
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: CONVERSATIONS }, (_, index) =>
      post(agent, address, { conversation: `many${index}`, ...QUESTION }),
    ),
  );
  return {
    tookMs: performance.now() - started,
    times: answers.map(({ ms }) => ms),
    errors: answers.filter(({ good }) => !good).length,
  };
}

/** Good: the house answered; a reply whose outcome is `failed` is an error too. */
function post(
  agent: Agent,
  address: string,
  body: object,
): Promise<{ readonly ms: number; readonly good: boolean }> {
  const started = performance.now();
  return new Promise((resolve) => {
    const done = (good: boolean) => resolve({ ms: performance.now() - started, good });
    const request = httpRequest(
      `${address}/api/turns`,
      { method: "POST", agent, headers: { "content-type": "application/json" } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () => done(answer.statusCode === 200 && !text.includes('"outcome":"failed"')));
      },
    );
    request.on("error", () => done(false));
    request.end(JSON.stringify(body));
  });
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
