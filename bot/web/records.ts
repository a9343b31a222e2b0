/** Searching published records by kind, words and organ, for the API and the look-up pages. */
import type { Day } from "../../src/law/day.ts";
import type { Library } from "../../src/records/library.ts";
import { nameOf } from "../../src/records/name.ts";
import type { PublishedRecord, RecordKind, RecordOf } from "../../src/records/schema.ts";

export const PAGE_SIZE = 20;

export interface Found<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** Records quotable on `day` whose name holds every word of `q`; `entity` narrows to one organ, `type` to one type of power. Pages from 1. */
export function findRecords<K extends RecordKind>(
  library: Library,
  day: Day,
  asked: {
    readonly kind: K;
    readonly q?: string;
    readonly entity?: string;
    readonly type?: string;
    readonly page?: number;
  },
): Found<RecordOf<K>> {
  const words = (asked.q ?? "").normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const owned = asked.entity ? new Set(library.of(asked.kind, asked.entity).map(({ id }) => id)) : undefined;
  const found = library.current(asked.kind, day).filter((record) => {
    if (owned && !owned.has(record.id) && record.id !== asked.entity) return false;
    if (asked.type && !("powerType" in record && record.powerType === asked.type)) return false;
    const name = searchable(record);
    return words.every((word) => name.includes(word));
  });
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, asked.page ?? 1), pages);
  return { items: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), total: found.length, page, pages };
}

function searchable(record: PublishedRecord): string {
  const aliases = "aliases" in record ? record.aliases : [];
  const code = record.kind === "power" ? (record.code?.value ?? "") : "";
  const asked = record.kind === "point" ? [record.topic, ...record.more] : [];
  return [titleOf(record), ...aliases, ...asked, code].join(" ").normalize("NFKC").toLowerCase();
}

/** What a list shows of a record: a little more than its name where the name alone says too little. */
export function titleOf(record: PublishedRecord): string {
  switch (record.kind) {
    case "officer":
      return record.name;
    case "relief":
      return `${record.reliefKind}:${record.body}`;
    case "supervision":
      return `${record.channelKind}:${record.body}`;
    case "decision":
      return `${record.docNo} ${record.party}`;
    case "annual":
      return `${record.year} 年度行政执法统计年报`;
    case "hotline":
      return `${record.number} ${record.name}`;
    default:
      return nameOf(record);
  }
}
