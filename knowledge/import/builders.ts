/** Which builder reads which kind of list, and which rows belong together. */
import type { RecordKind } from "../../src/records/schema.ts";
import { buildArea, buildFaq, buildHotline } from "./build/answers.ts";
import { buildBenchmark } from "./build/benchmark.ts";
import { buildAvRecord, buildLegalReview } from "./build/catalogues.ts";
import type { Builder } from "./build/context.ts";
import { buildExemption } from "./build/exemption.ts";
import { buildInspection } from "./build/inspection.ts";
import { buildEntity } from "./build/organ.ts";
import { buildOfficer } from "./build/people.ts";
import { buildPower } from "./build/power.ts";
import { buildGuide, buildProcedure } from "./build/process.ts";
import { buildRelief, buildSupervision } from "./build/relief.ts";
import { buildAnnual, buildDecision, buildFiling } from "./build/results.ts";

/** Kinds read from a list; statutes and policies are read as text. */
export const builders: Partial<Record<RecordKind, Builder>> = {
  entity: buildEntity,
  officer: buildOfficer,
  power: buildPower,
  procedure: buildProcedure,
  benchmark: buildBenchmark,
  exemption: buildExemption,
  inspection: buildInspection,
  "legal-review": buildLegalReview,
  "av-record": buildAvRecord,
  relief: buildRelief,
  supervision: buildSupervision,
  guide: buildGuide,
  filing: buildFiling,
  decision: buildDecision,
  annual: buildAnnual,
  hotline: buildHotline,
  faq: buildFaq,
  area: buildArea,
};

/** Fields whose equality or merge makes rows one matter. */
export const groupedBy: Partial<Record<RecordKind, string>> = {
  power: "name",
  benchmark: "violation",
  procedure: "name",
};
