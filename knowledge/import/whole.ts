/** An import against everything that would be published with it: the cross-record rules, said at the rows they concern. */
import type { Day } from "../../src/law/day.ts";
import { checkIntegrity, type IntegrityIssue, type IntegrityOptions } from "../../src/records/integrity.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { asPublished, assembleDraft, type DraftBatch } from "../release/draft.ts";
import type { ImportResult } from "./index.ts";
import { type Issue, issueInWords } from "./messages.ts";

export interface Whole {
  /** What is live. */
  readonly published: readonly PublishedRecord[];
  /** Imports that wait for publication, oldest first. */
  readonly waiting: readonly DraftBatch[];
  readonly today: Day;
  readonly options?: IntegrityOptions;
}

/** Row findings that already say what the rule would say of that row. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  R2: ["E10", "E11"],
  R4: ["E33", "E34", "W54"],
  R7: ["E30"],
  R8: ["E31"],
  R14: ["E23", "W24"],
  R15: ["W65"],
  R16: ["W51", "W55", "W69"],
  R17: ["W16"],
  R19: ["E17"],
};

/**
 * What R1–R20 have to say about the records of this import, and about others because of it. Drafts are looked at as
 * if published and checked by a second person. Nothing here quarantines a row: the list is right, the release is not.
 */
export function checkWhole(
  result: Pick<ImportResult, "file" | "kind" | "records" | "issues" | "sha256">,
  { published, waiting, today, options = {} }: Whole,
): Issue[] {
  if (result.records.length === 0) return [];
  const own: DraftBatch = { kind: result.kind, importedBy: "", records: result.records };
  const check = (batches: readonly DraftBatch[]) => {
    const records = assembleDraft(published, [], batches).records.map(asPublished);
    return { records, issues: checkIntegrity(records, today, options) };
  };
  const before = new Set(check(waiting).issues.map(({ message }) => message));
  const after = check([...waiting, own]);
  const byId = new Map(after.records.map((record) => [record.id, record]));
  const said = new Set(result.issues.map(({ code, row }) => `${code}@${row}`));
  return after.issues.flatMap((found) => {
    const record = byId.get(found.record);
    const mine = record?.source.sha256 === result.sha256 && record.source.file === result.file;
    if (!mine && before.has(found.message)) return [];
    const { sheet, row } = mine ? record.source : {};
    // A warning on the row does not stand for what stops the release.
    const told = SAID[found.rule]?.filter((code) => found.severity === "W" || code.startsWith("E"));
    if (row !== undefined && told?.some((code) => said.has(`${code}@${row}`))) return [];
    const place = { ...(sheet ? { sheet } : {}), ...(row === undefined ? {} : { row }) };
    return [issueInWords(result.file, found.severity, codeOf(found, record), place, found.message)];
  });
}

/** The message table has codes of its own for what a penalty lacks. */
function codeOf({ rule, severity }: IntegrityIssue, record: PublishedRecord | undefined): string {
  if (rule !== "R3") return rule;
  if (record?.kind !== "power") return "E28";
  return severity === "E" ? "E27" : "W32";
}
