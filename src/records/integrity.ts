/** The cross-record rules R1–R23, run on the whole set before a release. */
import type { Day } from "../law/day.ts";
import { channelRules } from "./integrity/channels.ts";
import { pointRules } from "./integrity/points.ts";
import { powerRules } from "./integrity/powers.ts";
import { referenceRules } from "./integrity/references.ts";
import {
  type IntegrityIssue,
  type IntegrityOptions,
  type IntegrityRule,
  recordSet,
} from "./integrity/rule.ts";
import type { PublishedRecord } from "./schema.ts";

export type { DeclaredCount, IntegrityIssue, IntegrityOptions, Severity } from "./integrity/rule.ts";

/** Every rule, R1 to R23 in order. */
export const integrityRules: readonly IntegrityRule[] = [
  ...referenceRules,
  ...powerRules,
  ...channelRules,
  ...pointRules,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));

/**
 * What is wrong with the set as a whole, in rule order. Withdrawn and superseded records are looked at only
 * where they are pointed at. Pure: `today` decides expiry, `options` brings calendar and law comparison.
 */
export function checkIntegrity(
  records: readonly PublishedRecord[],
  today: Day,
  options: IntegrityOptions = {},
): IntegrityIssue[] {
  const set = recordSet(records, today, options);
  return integrityRules.flatMap((rule) =>
    Array.from(rule.check(set), (issue) => ({ rule: rule.id, ...issue })),
  );
}
