/** What is computed or looked up for the person who asks, beside the points: each is an intent with a composer. */
import type { Intent } from "./intents.ts";

export const services = [
  "relief",
  "litigation",
  "deadline",
  "competence",
  "whoHandles",
  "entityInfo",
  "benchmark",
  "exemption",
  "officerCheck",
  "inspection",
  "serviceGuide",
  "procedure",
  "legalReviewGate",
  "hearingGate",
  "avRecordGate",
  "deliberationGate",
  "supervision",
  "complaint",
  "complaintStatus",
  "correction",
  "otherChannel",
  "lawLookup",
  "outdatedLaw",
  "help",
  "greeting",
  "thanks",
  "outOfScope",
] as const satisfies readonly Intent[];
export type Service = (typeof services)[number];
const known: ReadonlySet<string> = new Set(services);
export const isService = (intent: string): intent is Service => known.has(intent);
