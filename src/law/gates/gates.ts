/** All gates, and the way to ask one. */
import { AppError } from "../../error.ts";
import { compulsionGates } from "./compulsion.ts";
import type { CaseFacts, Gate, GateAnswer } from "./gate.ts";
import { penaltyGates } from "./penalty.ts";
import { recordGates } from "./record.ts";

const gates: readonly Gate[] = [...penaltyGates, ...compulsionGates, ...recordGates];

export function listGates(): readonly Gate[] {
  return gates;
}

/** @throws AppError `unknown_value`, listing the known gates. */
export function findGate(id: string): Gate {
  const gate = gates.find((known) => known.id === id);
  if (gate) return gate;
  throw new AppError("unknown_value", {
    say: `没有“${id}”这个判断。可用的有:${gates.map((known) => `${known.id}(${known.title})`).join("、")}。`,
  });
}

/** @throws AppError `unknown_value` for an unknown gate. */
export function askGate(id: string, facts: CaseFacts): GateAnswer {
  return { gate: id, ...findGate(id).decide(facts) };
}
