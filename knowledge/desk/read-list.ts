/** One published list read for a house: with the organs it knows, the mapping it remembers, and what the whole lacks. */
import { basename, join } from "node:path";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import {
  type PublishedRecord,
  type RecordKind,
  recordKinds,
  type Statute,
} from "../../src/records/schema.ts";
import { loadCalendar } from "../calendar.ts";
import { batchId, type ImportBatch, readBatches, readDrafts, writeDrafts } from "../import/drafts.ts";
import { type ImportOptions, type ImportResult, importFile } from "../import/index.ts";
import {
  type MappingSource,
  mappingFindings,
  mappingSource,
  proposeMapping,
  recallMapping,
} from "../import/mappings.ts";
import type { Issue } from "../import/messages.ts";
import { checkWhole } from "../import/whole.ts";
import { assembleDraft, type DraftBatch } from "../release/draft.ts";

/** What a person says of the list; the rest is read from the file. */
export interface ListFacts
  extends Pick<
    ImportOptions,
    "entity" | "dataset" | "sheet" | "title" | "publisher" | "publishedOn" | "headerRow" | "mapping"
  > {
  readonly kind: RecordKind;
  readonly by: string;
  readonly at: Date;
  /** Law of which this is the new version. */
  readonly supersedes?: string;
  readonly progress?: (rows: number) => void;
}

export interface ReadList {
  readonly result: ImportResult;
  readonly source: MappingSource;
  /** What is said of the columns' mapping. */
  readonly mapped: readonly Issue[];
  /** What the whole would lack with this list in it. */
  readonly lacking: readonly Issue[];
}

/** @throws AppError `bad_input` naming the kinds there are. */
export function kindNamed(said: string): RecordKind {
  if (said in recordKinds) return said as RecordKind;
  throw new AppError("bad_input", {
    say: `没有清单类型“${said}”,可以是 ${Object.keys(recordKinds).join("、")}。`,
  });
}

/** @param published what is live; undefined without a library, where organs are known by `entity` alone. */
export async function readList(
  dataFolder: string,
  file: string,
  published: readonly PublishedRecord[] | undefined,
  facts: ListFacts,
): Promise<ReadList> {
  const { kind, at, supersedes, mapping, ...said } = facts;
  const waiting = waitingIn(dataFolder);
  // Organs and powers of lists that wait for the same release are known to the next list.
  const known = published && assembleDraft(published, [], waiting).records;
  const older = supersedes ? statuteOf(published ?? [], supersedes) : undefined;
  const source = mappingSource(kind, facts.entity, basename(file));
  const calendar = loadCalendar(join(dataFolder, "calendar"));
  const result = await importFile({
    ...said,
    file,
    kind,
    at,
    calendar,
    known: (known ?? []).flatMap((record) => (record.kind === "entity" ? [record] : [])),
    areas: (known ?? []).flatMap((record) => (record.kind === "area" ? [record] : [])),
    ...(known ? { powers: known.flatMap((record) => (record.kind === "power" ? [record] : [])) } : {}),
    statutes: (known ?? []).flatMap((record) => (record.kind === "statute" ? [record] : [])),
    ...(older ? { supersedes: older } : {}),
    mapping: mapping ?? ((headings) => recallMapping(dataFolder, source, headings)?.mapping),
  });
  return {
    result,
    source,
    mapped: mappingFindings(dataFolder, source, result),
    lacking: published
      ? checkWhole([result], { published, waiting, today: dayOf(at), options: { calendar } }).flat()
      : [],
  };
}

/** The list waits for publication from now on, its columns for a second person. */
export function keepList(
  dataFolder: string,
  file: string,
  { result, source }: Pick<ReadList, "result" | "source">,
  { by, at }: { readonly by: string; readonly at: Date },
): ImportBatch {
  const { sha256, headings } = result;
  const mappingId = headings.length > 0 ? proposeMapping(dataFolder, source, result, { by, at }) : undefined;
  const batch = {
    id: batchId(at, sha256),
    file: result.file,
    sha256,
    kind: result.kind,
    sheet: result.sheet,
    mapping: result.mapping,
    ...(mappingId ? { mappingId } : {}),
    dropped: [...result.dropped],
    counts: result.counts,
    by,
    at: at.toISOString(),
  };
  writeDrafts(dataFolder, batch, result.records, file);
  return batch;
}

/** Earlier imports that wait for publication, oldest first. */
export function waitingIn(dataFolder: string): DraftBatch[] {
  return readBatches(dataFolder).map((batch) => ({
    kind: batch.kind,
    importedBy: batch.by,
    records: readDrafts(dataFolder, batch),
  }));
}

/** @throws AppError `bad_input` naming the statutes there are. */
export function statuteOf(published: readonly PublishedRecord[], id: string): Statute {
  const found = published.find((record) => record.id === id);
  if (found?.kind === "statute") return found;
  const known = published.flatMap((record) =>
    record.kind === "statute" ? [`${record.id}(${record.title})`] : [],
  );
  throw new AppError("bad_input", {
    say: `没有编号为 ${id} 的法规。已公示的有:${known.slice(0, 20).join("、") || "无"}。`,
  });
}
