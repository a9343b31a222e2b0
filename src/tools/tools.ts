/** Every look-up and computation that another program may ask for. Asking the assistant itself is a door's part. */
import { checkGate, computeDeadline, findCompetence } from "./law.ts";
import { verifyOfficer } from "./officer.ts";
import { findPoints } from "./points.ts";
import { findRows } from "./rows.ts";
import type { Tool } from "./tool.ts";

/** What may be asked on behalf of nobody in particular. */
export const lookUps: readonly Tool[] = [findPoints, findRows, computeDeadline, findCompetence, checkGate];

/** All: a certificate is looked up only for someone it can be counted against. */
export const tools: readonly Tool[] = [...lookUps, verifyOfficer];
