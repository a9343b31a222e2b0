/** A release as the house reads it: every record by id and kind, names resolved, nothing withdrawn quoted as current. */

import { AppError } from "../error.ts";
import type { Day } from "../law/day.ts";
import type { Organ } from "../law/organ.ts";
import { toOrgan } from "./organ.ts";
import type { Entity, PublishedRecord, RecordKind, RecordOf } from "./schema.ts";

export interface ReleaseInfo {
  readonly id: string;
  readonly publishedAt: string;
  readonly preparedBy: string;
  readonly publishedBy: string;
  /** SHA-256 over the records file. */
  readonly digest: string;
  readonly records: number;
}

/** Immutable; a newer release or a withdrawal makes a new one. */
export interface Library {
  readonly release: ReleaseInfo;
  /** The release before anything was switched off: the same texts, so that what is made of them is made once. */
  readonly published: Library;
  /** Topics (intents) switched off by the office, with the reason people are told. */
  readonly topicsOff: ReadonlyMap<string, string>;
  /** Every record, in the order of the release. */
  records(): readonly PublishedRecord[];
  /** All records of a kind, current or not. */
  all<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  /** Those that may be quoted as current on `day`. */
  current<K extends RecordKind>(kind: K, day: Day): readonly RecordOf<K>[];
  find(id: string): PublishedRecord | undefined;
  /** @throws AppError `not_found` */
  entity(id: string): Entity;
  /** Exact name, short name or alias, white space ignored; several organs may share a nickname. */
  entitiesNamed(name: string): readonly Entity[];
  organ(id: string): Organ | undefined;
  /** Records that belong to an organ, by kind. */
  of<K extends RecordKind>(kind: K, entityId: string): readonly RecordOf<K>[];
  /** Whether anything currently published comes from a city's own lists rather than the demonstration. */
  isDemo(record: PublishedRecord): boolean;
}

export function createLibrary(
  release: ReleaseInfo,
  records: readonly PublishedRecord[],
  topicsOff: ReadonlyMap<string, string> = new Map(),
  published?: Library,
): Library {
  const byId = new Map<string, PublishedRecord>();
  const byKind = new Map<RecordKind, PublishedRecord[]>();
  const byName = new Map<string, Entity[]>();
  const byOwner = new Map<string, PublishedRecord[]>();
  for (const record of records) {
    byId.set(record.id, record);
    push(byKind, record.kind, record);
    if (record.kind === "entity") {
      for (const name of new Set([record.name, record.shortName ?? record.name, ...record.aliases])) {
        push(byName, plainName(name), record);
      }
    }
    for (const owner of ownersOf(record)) push(byOwner, `${record.kind} ${owner}`, record);
  }
  const organs = new Map<string, Organ>();
  const all = <K extends RecordKind>(kind: K) => (byKind.get(kind) ?? []) as RecordOf<K>[];
  const library: Library = {
    release,
    topicsOff,
    get published() {
      return published ?? library;
    },
    records: () => records,
    all,
    current: (kind, day) => all(kind).filter((record) => isCurrent(record, day)),
    find: (id) => byId.get(id),
    entity: (id) => {
      const found = byId.get(id);
      if (found?.kind !== "entity") throw new AppError("not_found", { say: `没有编号为“${id}”的执法主体。` });
      return found;
    },
    entitiesNamed: (name) => byName.get(plainName(name)) ?? [],
    organ: (id) => {
      const known = organs.get(id);
      if (known) return known;
      const record = byId.get(id);
      if (record?.kind !== "entity") return undefined;
      const organ = toOrgan(record, byId);
      organs.set(id, organ);
      return organ;
    },
    of: <K extends RecordKind>(kind: K, entityId: string) =>
      (byOwner.get(`${kind} ${entityId}`) ?? []) as RecordOf<K>[],
    isDemo: (record) => record.dataset === "demo",
  };
  return library;
}

/** Published, inside its dates, not taken back. What fails this is never quoted as current. */
export function isCurrent(record: PublishedRecord, day: Day): boolean {
  const { effectiveFrom, effectiveTo } = record.validity;
  if (record.status !== "published" || record.withdrawn) return false;
  if (effectiveFrom !== undefined && day < effectiveFrom) return false;
  if (effectiveTo !== undefined && day > effectiveTo) return false;
  return !(record.kind === "statute" && record.repealed);
}

/** What is made of a library is made once, when it is first needed. */
export function oncePerLibrary<T>(make: (library: Library) => T): (library: Library) => T {
  const made = new WeakMap<Library, { readonly value: T }>();
  return (library) => {
    const known = made.get(library) ?? { value: make(library) };
    made.set(library, known);
    return known.value;
  };
}

/** Names compare without white space and brackets' width. */
export function plainName(name: string): string {
  return name.normalize("NFKC").replace(/\s+/g, "");
}

function ownersOf(record: PublishedRecord): readonly string[] {
  if ("entityIds" in record) return record.entityIds;
  if ("entityId" in record && record.entityId !== undefined) return [record.entityId];
  if ("powerIds" in record) return record.powerIds;
  return [];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
