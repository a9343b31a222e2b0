/** Every look-up and computation that another program may ask for. Asking the assistant itself is a door's part. */
import { checkGate, computeDeadline, findCompetence } from "./law.ts";
import { verifyOfficer } from "./officer.ts";
import { findPoints } from "./points.ts";
import { findRows } from "./rows.ts";
import type { Tool } from "./tool.ts";

export const tools: readonly Tool[] = [
  findPoints,
  findRows,
  computeDeadline,
  findCompetence,
  checkGate,
  verifyOfficer,
];
