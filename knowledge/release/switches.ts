/** Takes one record or one topic out at once, everywhere, with a reason; and puts it back. */
import { join } from "node:path";
import { replaceFile } from "../../src/durable-file.ts";
import { AppError } from "../../src/error.ts";
import type { Day } from "../../src/law/day.ts";
import { readSwitches, type Switches } from "../../src/records/releases.ts";
import { isSigned } from "../signature.ts";
import { journal } from "./publish.ts";

export interface Decision {
  readonly by: string;
  readonly reason: string;
  readonly on: Day;
}

/** Takes a published record back; running servers stop quoting it within a second. */
export function withdrawRecord(folder: string, id: string, decision: Decision, at: Date): void {
  change(folder, decision, at, { did: "withdraw", record: id }, (switches) => ({
    ...switches,
    records: { ...switches.records, [id]: decision },
  }));
}

/** @throws AppError `not_found` when it was not withdrawn. */
export function restoreRecord(folder: string, id: string, decision: Decision, at: Date): void {
  change(folder, decision, at, { did: "restore", record: id }, (switches) => ({
    ...switches,
    records: without(switches.records, id, "记录"),
  }));
}

/** Stops answering one intent; people are told so and whom to ask. */
export function switchTopicOff(folder: string, intent: string, decision: Decision, at: Date): void {
  change(folder, decision, at, { did: "topic-off", intent }, (switches) => ({
    ...switches,
    topics: { ...switches.topics, [intent]: decision },
  }));
}

export function switchTopicOn(folder: string, intent: string, decision: Decision, at: Date): void {
  change(folder, decision, at, { did: "topic-on", intent }, (switches) => ({
    ...switches,
    topics: without(switches.topics, intent, "主题"),
  }));
}

function change(
  folder: string,
  decision: Decision,
  at: Date,
  entry: Readonly<Record<string, string>>,
  apply: (switches: Switches) => Switches,
): void {
  if (!isSigned(decision.by) || decision.reason.trim() === "") {
    throw new AppError("bad_input", { say: "请写明经办人和理由。" });
  }
  const switches = apply(readSwitches(folder));
  replaceFile(join(folder, "switches.json"), `${JSON.stringify(switches, null, 2)}\n`);
  journal(folder, at, { ...entry, by: decision.by, reason: decision.reason });
}

function without<T>(entries: Readonly<Record<string, T>>, key: string, what: string): Record<string, T> {
  if (!(key in entries)) {
    throw new AppError("not_found", {
      say: `${what}“${key}”没有被停用。现停用:${Object.keys(entries).join("、") || "无"}。`,
    });
  }
  return Object.fromEntries(Object.entries(entries).filter(([name]) => name !== key));
}
