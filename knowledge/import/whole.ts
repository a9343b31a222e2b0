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

type Read = Pick<ImportResult, "file" | "kind" | "records" | "issues" | "sha256" | "sheet">;

/**
 * What R1–R23 have to say about the records of one import, list by list, and about others because of it (said at its
 * last list). Drafts are looked at as if published and checked by a second person. Nothing here quarantines a row: the
 * lists are right, the release is not.
 */
export function checkWhole(
  results: readonly Read[],
  { published, waiting, today, options = {} }: Whole,
): Issue[][] {
  const said: Issue[][] = results.map(() => []);
  const own = results.map(({ kind, records }): DraftBatch => ({ kind, importedBy: "", records }));
  if (own.every(({ records }) => records.length === 0)) return said;
  const check = (batches: readonly DraftBatch[]) => {
    const records = assembleDraft(published, [], batches).records.map(asPublished);
    return { records, issues: checkIntegrity(records, today, options) };
  };
  const before = new Set(check(waiting).issues.map(({ message }) => message));
  const after = check([...waiting, ...own]);
  const byId = new Map(after.records.map((record) => [record.id, record]));
  const told = results.map(({ issues }) => new Set(issues.map(({ code, row }) => `${code}@${row}`)));
  for (const found of after.issues) {
    const record = byId.get(found.record);
    const mine = results.findIndex(
      ({ sha256, file, sheet }) =>
        record?.source.sha256 === sha256 &&
        record.source.file === file &&
        (record.source.sheet ?? "") === sheet.slice(0, 60),
    );
    if (mine < 0 && before.has(found.message)) continue;
    const at = mine < 0 ? results.length - 1 : mine;
    const { sheet, row } = mine < 0 ? {} : record!.source;
    // A warning on the row does not stand for what stops the release.
    const codes = SAID[found.rule]?.filter((code) => found.severity === "W" || code.startsWith("E"));
    if (row !== undefined && codes?.some((code) => told[at]!.has(`${code}@${row}`))) continue;
    const place = { ...(sheet ? { sheet } : {}), ...(row === undefined ? {} : { row }) };
    const { file } = results[at]!;
    said[at]!.push(issueInWords(file, found.severity, codeOf(found, record), place, found.message));
  }
  return said;
}

/** The message table has codes of its own for what a penalty lacks. */
function codeOf({ rule, severity }: IntegrityIssue, record: PublishedRecord | undefined): string {
  if (rule !== "R3") return rule;
  if (record?.kind !== "power") return "E28";
  return severity === "E" ? "E27" : "W32";
}
