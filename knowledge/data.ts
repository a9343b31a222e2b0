/**
 * Data sets as they lie in git: `knowledge/data/<dataset>/<kind>.jsonl`, one record a line,
 * keys in schema order, lines sorted by id, so that a diff reads like an amendment.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { z } from "zod";
import { AppError } from "../src/error.ts";
import { PublishedRecord, type RecordKind, recordKinds } from "../src/records/schema.ts";

/** At most so many faults are named in one error; the rest is counted. */
const MAX_FAULTS = 20;

/**
 * Every record of a data set, files by name, lines as they stand.
 *
 * @param folder a folder of `<kind>.jsonl` files; other files and folders in it are left alone.
 * @throws AppError `release_broken` naming file, line, field and what is allowed.
 */
export function readDataset(folder: string): PublishedRecord[] {
  if (!existsSync(folder)) throw new AppError("not_found", { say: `没有数据集文件夹 ${folder}。` });
  const records: PublishedRecord[] = [];
  const faults: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".jsonl")) continue;
    const kind = file.slice(0, -".jsonl".length);
    if (!(kind in recordKinds)) {
      faults.push(`${file}:文件名应为 ${Object.keys(recordKinds).join("、")} 之一`);
      continue;
    }
    readLines(join(folder, file), kind as RecordKind, records, faults);
  }
  if (faults.length === 0) return records;
  const rest = faults.length > MAX_FAULTS ? `(另有 ${faults.length - MAX_FAULTS} 处)` : "";
  throw new AppError("release_broken", {
    say: `数据集 ${basename(folder)} 有 ${faults.length} 处错误:\n${faults.slice(0, MAX_FAULTS).join("\n")}${rest}`,
    detail: { folder, faults: faults.length },
  });
}

function readLines(path: string, kind: RecordKind, records: PublishedRecord[], faults: string[]): void {
  const file = basename(path);
  readFileSync(path, "utf8")
    .split("\n")
    .forEach((line, index) => {
      if (line.trim() === "") return;
      const where = `${file} 第 ${index + 1} 行`;
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        faults.push(`${where}:不是完整的 JSON,应为一行一条记录`);
        return;
      }
      const parsed = PublishedRecord.safeParse(value);
      if (!parsed.success) {
        for (const issue of parsed.error.issues) faults.push(`${where}${sayIssue(issue)}`);
      } else if (parsed.data.kind !== kind) {
        faults.push(`${where}“kind”:是 ${parsed.data.kind},应为 ${kind}`);
      } else {
        records.push(parsed.data);
      }
    });
}

/** `“status”:应为 draft、checked、published…`. */
function sayIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.length > 0 ? `“${issue.path.join(".")}”` : "";
  switch (issue.code) {
    case "invalid_value":
      return `${field}:应为 ${issue.values.map(String).join("、")}`;
    case "invalid_type":
      return `${field}:应为 ${issue.expected}`;
    case "too_small":
      return `${field}:不能少于 ${issue.minimum}`;
    case "too_big":
      return `${field}:不能多于 ${issue.maximum}`;
    case "invalid_union":
      return issue.discriminator
        ? `${field}:应为 ${Object.keys(recordKinds).join("、")}`
        : `${field}:${issue.message}`;
    default:
      return `${field}:${issue.message}`;
  }
}

/** The record as its one line in a data file: keys in schema order, nothing the schema does not know. */
export function formatRecord(record: unknown): string {
  return JSON.stringify(PublishedRecord.parse(record));
}

/** Writes one file for every kind among `records`, lines sorted by id; files of other kinds are left alone. */
export function writeRecords(folder: string, records: readonly PublishedRecord[]): void {
  mkdirSync(folder, { recursive: true });
  for (const kind of Object.keys(recordKinds)) {
    const lines = records
      .filter((record) => record.kind === kind)
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
      .map(formatRecord);
    if (lines.length > 0) writeFileSync(join(folder, `${kind}.jsonl`), `${lines.join("\n")}\n`);
  }
}
