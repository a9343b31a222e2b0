/** What a list of powers still lacks before it can be published: procedure, relief, benchmark (R3). */
import type { PublishedRecord } from "../../src/records/schema.ts";
import { type Issue, issue } from "./messages.ts";

/**
 * Checks the new penalties against `published` and one another. Nothing here quarantines a row: the list is right,
 * the release is not yet complete.
 */
export function checkPenalties(
  file: string,
  drafts: readonly PublishedRecord[],
  published: readonly PublishedRecord[],
): Issue[] {
  const all = [...published, ...drafts];
  const issues: Issue[] = [];
  for (const power of drafts) {
    if (power.kind !== "power" || power.powerType !== "行政处罚") continue;
    const place = { ...(power.source.row ? { row: power.source.row } : {}) };
    const procedure = all.some(
      (record) =>
        record.kind === "procedure" &&
        record.powerType === power.powerType &&
        (record.entityId === undefined || record.entityId === power.entityId) &&
        (record.powerIds.length === 0 || record.powerIds.includes(power.id)),
    );
    if (!procedure) issues.push(issue(file, "E27", place, { v: power.name }));
    const relief = (kind: string) =>
      all.some(
        (record) =>
          record.kind === "relief" &&
          record.reliefKind === kind &&
          (record.entityIds.length === 0 || record.entityIds.includes(power.entityId)),
      );
    if (!relief("行政复议") || !relief("行政诉讼")) issues.push(issue(file, "E28", place, { v: power.name }));
    const benchmark = all.some((record) => record.kind === "benchmark" && record.powerIds.includes(power.id));
    if (!benchmark && !power.noDiscretion) issues.push(issue(file, "W32", place, { v: power.name }));
  }
  return issues;
}
