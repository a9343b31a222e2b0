/** What a cross-record rule is given and what it says. */
import type { Calendar } from "../../law/calendar.ts";
import type { Day } from "../../law/day.ts";
import { findSuperseded } from "../../law/superseded.ts";
import { nameOf } from "../name.ts";
import type { Entity, PublishedRecord, RecordKind, RecordOf } from "../schema.ts";

/** `E` stops the release, `W` is released flagged. */
export type Severity = "E" | "W";

export interface IntegrityIssue {
  /** `R4`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Id of the record at fault. */
  readonly record: string;
  /** Chinese: which record, what is wrong, how to cure it. */
  readonly message: string;
}

/** A section heading that said 共N项, and what was read under it. */
export interface DeclaredCount {
  readonly record: string;
  readonly heading: string;
  readonly declared: number;
  readonly found: number;
}

/** What the rules cannot know from the records alone. */
export interface IntegrityOptions {
  /** Counts working days for R15; without it, calendar days with a margin. */
  readonly calendar?: Calendar;
  /** Whether a law named in a basis is no longer in force. Default: the house's list of superseded laws. */
  readonly repealed?: (title: string, today: Day) => string | undefined;
  readonly declaredCounts?: readonly DeclaredCount[];
}

export interface RecordSet {
  readonly records: readonly PublishedRecord[];
  readonly byId: ReadonlyMap<string, PublishedRecord>;
  readonly today: Day;
  readonly options: IntegrityOptions;
  /** Records of one kind that are in use: neither withdrawn nor superseded. */
  of<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  entity(id: string | undefined): Entity | undefined;
}

export interface IntegrityRule {
  readonly id: string;
  /** What must hold, one sentence. */
  readonly holds: string;
  readonly check: (set: RecordSet) => Iterable<Omit<IntegrityIssue, "rule">>;
}

export const inUse = (record: PublishedRecord): boolean =>
  record.status !== "withdrawn" && record.status !== "superseded";

export function recordSet(
  records: readonly PublishedRecord[],
  today: Day,
  options: IntegrityOptions,
): RecordSet {
  const byId = new Map(records.map((record) => [record.id, record]));
  const byKind = new Map<RecordKind, PublishedRecord[]>();
  for (const record of records) {
    if (!inUse(record)) continue;
    const same = byKind.get(record.kind);
    if (same) same.push(record);
    else byKind.set(record.kind, [record]);
  }
  return {
    records,
    byId,
    today,
    options,
    of: <K extends RecordKind>(kind: K) =>
      (byKind.get(kind) ?? []).filter((record): record is RecordOf<K> => record.kind === kind),
    entity: (id) => {
      const record = id === undefined ? undefined : byId.get(id);
      return record?.kind === "entity" ? record : undefined;
    },
  };
}

/** Why a law may not be relied on any more, in words; undefined when nothing is known against it. */
export function repealedReason(set: RecordSet, title: string): string | undefined {
  if (set.options.repealed) return set.options.repealed(title, set.today);
  const dead = findSuperseded(title).find(
    (law) => !law.clause && law.title === `《${title}》` && (!law.effectiveTo || law.effectiveTo < set.today),
  );
  return dead?.now;
}

/** `“对占道经营的处罚”(pow_demo_cgj_001)`. */
export function say(record: PublishedRecord): string {
  return `“${named(record)}”(${record.id})`;
}

/** As those who prepare lists know it; what stands in citations otherwise. */
function named(record: PublishedRecord): string {
  switch (record.kind) {
    case "officer":
      return record.name;
    case "relief":
      return `${record.reliefKind}:${record.body}`;
    case "supervision":
      return record.body;
    case "annual":
      return `${record.year}年统计年报`;
    default:
      return nameOf(record);
  }
}
