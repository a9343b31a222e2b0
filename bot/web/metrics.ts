/** Counters an operator scrapes. They count turns and outcomes, never people. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Reply } from "../../src/reply.ts";
import type { Gauges } from "./services.ts";

export interface Metrics {
  answered(reply: Reply, door: string, seconds: number): void;
  limited(): void;
  text(gauges: Gauges): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    name: "mingzhi_turns_total",
    help: "Turns by door",
    labelNames: ["door"],
    registers,
  });
  const outcomes = new Counter({
    name: "mingzhi_outcomes_total",
    help: "Replies by outcome",
    labelNames: ["outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "mingzhi_turn_seconds",
    help: "Time to a reply",
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 4],
    registers,
  });
  const limited = new Counter({
    name: "mingzhi_limited_total",
    help: "Requests refused for frequency",
    registers,
  });
  const outbox = new Gauge({
    name: "mingzhi_outbox",
    help: "Deliveries by state",
    labelNames: ["state"],
    registers,
  });
  const inbox = new Gauge({
    name: "mingzhi_inbox",
    help: "Messages of chat platforms by state",
    labelNames: ["state"],
    registers,
  });
  const up = new Gauge({
    name: "mingzhi_door_up",
    help: "1 while a door is up or left to another worker",
    labelNames: ["door"],
    registers,
  });
  const gates = new Gauge({
    name: "mingzhi_gate_violations",
    help: "Phrasings refused, by gate",
    labelNames: ["gate"],
    registers,
  });
  const model = new Gauge({
    name: "mingzhi_model",
    help: "Calls, failures, refusals and tokens of the language model",
    labelNames: ["what"],
    registers,
  });
  return {
    answered(reply, door, took) {
      turns.inc({ door });
      outcomes.inc({ outcome: reply.outcome });
      seconds.observe(took);
    },
    limited: () => limited.inc(),
    text({
      outbox: states = {},
      inbox: letters = {},
      doors = {},
      gateViolations = {},
      model: counters = {},
    }) {
      outbox.reset();
      inbox.reset();
      gates.reset();
      for (const [state, count] of Object.entries(letters)) inbox.set({ state }, count);
      for (const [door, state] of Object.entries(doors)) up.set({ door }, state);
      for (const [state, count] of Object.entries(states)) outbox.set({ state }, count);
      for (const [gate, count] of Object.entries(gateViolations)) gates.set({ gate }, count);
      for (const [what, count] of Object.entries(counters)) model.set({ what }, count);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
