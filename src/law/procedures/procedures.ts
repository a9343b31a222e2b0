/** All procedures, and walking one: what comes next, what is missing. */
import { AppError } from "../../error.ts";
import { compulsionProcedures } from "./compulsion.ts";
import { penaltyProcedures } from "./penalty.ts";
import type { Procedure, ProcedureStep } from "./procedure.ts";

const procedures: readonly Procedure[] = [...penaltyProcedures, ...compulsionProcedures];

export function listProcedures(): readonly Procedure[] {
  return procedures;
}

/** @throws AppError `unknown_value`, listing the known procedures. */
export function findProcedure(id: string): Procedure {
  const procedure = procedures.find((known) => known.id === id);
  if (procedure) return procedure;
  throw new AppError("unknown_value", {
    say: `没有“${id}”这个程序。可用的有:${procedures.map((known) => `${known.id}(${known.title})`).join("、")}。`,
  });
}

/**
 * The first step in order that is neither done nor skipped; undefined at the end.
 * A step that only applies sometimes is offered with its `onlyIf`: skip it by naming it in `done`.
 *
 * @throws AppError `unknown_value` when `done` names a step the procedure does not have.
 */
export function nextStep(procedure: Procedure, done: readonly string[]): ProcedureStep | undefined {
  for (const id of done) findStep(procedure, id);
  return procedure.steps.find((step) => !done.includes(step.id));
}

/** The documents of a step not among those at hand. Names are compared without spaces. */
export function missingFor(procedure: Procedure, step: string, have: readonly string[]): readonly string[] {
  const held = new Set(have.map((name) => name.replace(/\s/g, "")));
  return findStep(procedure, step).documents.filter((document) => !held.has(document.replace(/\s/g, "")));
}

/** @throws AppError `unknown_value`, listing the procedure's steps. */
export function findStep(procedure: Procedure, id: string): ProcedureStep {
  const step = procedure.steps.find((known) => known.id === id);
  if (step) return step;
  throw new AppError("unknown_value", {
    say: `“${procedure.title}”没有“${id}”这一步。可用的有:${procedure.steps.map((known) => `${known.id}(${known.title})`).join("、")}。`,
  });
}
