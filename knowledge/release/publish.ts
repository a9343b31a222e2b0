/** Check, publish, roll back: each under two different names, each leaving the earlier releases untouched. */
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../src/error.ts";
import type { Day } from "../../src/law/day.ts";
import { checkIntegrity, type IntegrityIssue } from "../../src/records/integrity.ts";
import { type Manifest, readCurrent, readRelease } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { isSigned, signatureOf } from "../signature.ts";
import { asPublished, type Draft } from "./draft.ts";
import { type Names, setCurrent, writeRelease } from "./folder.ts";

export interface CheckResult {
  readonly records: number;
  readonly errors: readonly IntegrityIssue[];
  readonly warnings: readonly IntegrityIssue[];
}

/** The cross-record rules over the whole set, drafts taken as published. Errors block a release; warnings are published flagged. */
export function checkDraft(records: readonly PublishedRecord[], today: Day): CheckResult {
  const issues = checkIntegrity(records.map(asPublished), today);
  return {
    records: records.length,
    errors: issues.filter((issue) => issue.severity === "E"),
    warnings: issues.filter((issue) => issue.severity !== "E"),
  };
}

/**
 * Publishes a draft and makes it live.
 *
 * @throws AppError `bad_input` when one person would both prepare and publish (E41), or imported any of it, or nobody signed for an import.
 * @throws AppError `release_broken` when a cross-record rule fails that the live release keeps; nothing changes then.
 */
export function publishDraft(folder: string, draft: Draft, given: Names, today: Day, at: Date): Manifest {
  requireTwoPeople("发布人与审核人", given.publishedBy, given.preparedBy);
  const names = {
    ...given,
    preparedBy: signatureOf(given.preparedBy),
    publishedBy: signatureOf(given.publishedBy),
  };
  if (!draft.importers.every(isSigned)) {
    throw new AppError("bad_input", {
      say: "【E41】这一版中有清单导入时没有署名,无法确认发布人不是导入人。请由导入人署名(--by)重新导入原文件,再由另一人发布。",
    });
  }
  if (draft.importers.some((importer) => signatureOf(importer) === names.publishedBy)) {
    throw new AppError("bad_input", {
      say: `【E41】“${names.publishedBy}”导入过这一版中的清单,不能由同一人发布。请由另一人核对后发布。`,
    });
  }
  const records = draft.records.map((record) => publishRecord(record, names, at));
  const standing = standingErrors(folder, today);
  const errors = checkDraft(records, today).errors.filter(({ message }) => !standing.has(message));
  if (errors.length > 0) {
    const first = errors.slice(0, 5).map((issue) => issue.message);
    throw new AppError("release_broken", {
      say: `检查未通过,共 ${errors.length} 处错误,未发布:\n${first.join("\n")}`,
      detail: { errors: errors.length },
    });
  }
  const manifest = writeRelease(folder, records, names, at);
  setCurrent(folder, manifest.id);
  journal(folder, at, { did: "publish", release: manifest.id, ...names });
  return manifest;
}

/** What is wrong with the live release already, as by a day that has passed: no new list makes it better by waiting. */
function standingErrors(folder: string, today: Day): ReadonlySet<string> {
  if (!existsSync(join(folder, "current"))) return new Set();
  const live = readRelease(folder, readCurrent(folder)).records();
  return new Set(checkDraft(live, today).errors.map(({ message }) => message));
}

/** Makes an earlier release live again; takes as long as renaming one file. */
export function rollBack(
  folder: string,
  id: string,
  names: { readonly by: string; readonly approvedBy: string; readonly reason: string },
  at: Date,
): { readonly from: string; readonly to: string } {
  requireTwoPeople("经办人与批准人", names.by, names.approvedBy);
  const [by, approvedBy] = [signatureOf(names.by), signatureOf(names.approvedBy)];
  const from = readCurrent(folder);
  setCurrent(folder, id);
  journal(folder, at, { did: "rollback", from, release: id, by, approvedBy, reason: names.reason });
  return { from, to: id };
}

/** A line for the operator's journal: who changed what is live, when and why. */
export function journal(folder: string, at: Date, entry: Readonly<Record<string, unknown>>): void {
  appendFileSync(join(folder, "journal.jsonl"), `${JSON.stringify({ at: at.toISOString(), ...entry })}\n`, {
    mode: 0o600,
  });
}

/** @param roles both, as the sentence names them. */
function requireTwoPeople(roles: string, first: string, second: string): void {
  if (!isSigned(first) || !isSigned(second) || signatureOf(first) === signatureOf(second)) {
    throw new AppError("bad_input", { say: `【E41】${roles}不能是同一人。请写明两个不同的人。` });
  }
}

/** Drafts become published under the two names; what was already published keeps its own. */
function publishRecord(record: PublishedRecord, names: Names, at: Date): PublishedRecord {
  if (record.status !== "draft" && record.status !== "checked") return record;
  return {
    ...record,
    status: "published",
    source: {
      ...record.source,
      importedBy: record.source.importedBy ?? names.preparedBy,
      importedAt: record.source.importedAt ?? at.toISOString(),
      checkedBy: names.publishedBy,
    },
  };
}
