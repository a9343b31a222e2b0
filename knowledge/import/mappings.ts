/**
 * Column mappings kept per source: a list with the same headings next month is read as a person confirmed it.
 * Whoever imports first proposes, somebody else confirms; other headings, or another mapping, ask again.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "../../src/durable-file.ts";
import { AppError } from "../../src/error.ts";
import type { RecordKind } from "../../src/records/schema.ts";
import { isSigned, signatureOf } from "../signature.ts";
import type { ImportResult } from "./index.ts";
import { kindFields } from "./kinds.ts";
import { type Issue, issue } from "./messages.ts";

/** Written instead of a field for a column that is not to be read. */
export const IGNORED = "忽略";

const Mapping = z.record(z.string(), z.string());
const Score = z.number().min(0).max(1);
const MatchOfColumn = z.object({
  score: Score.optional(),
  given: z.literal(true).optional(),
  rival: z.object({ field: z.string(), score: Score }).optional(),
});
const Stamp = z.object({ by: z.string(), at: z.iso.datetime() });
const SavedMapping = z.object({
  kind: z.string(),
  source: z.string(),
  headers: z.array(z.string()),
  /** Field of every heading; `忽略` for those not read. */
  mapping: Mapping,
  /** How well every heading fitted when it was proposed. Default none: kept before scores were. */
  matches: z.record(z.string(), MatchOfColumn).default({}),
  proposed: Stamp,
  confirmed: Stamp.optional(),
});
export type SavedMapping = z.infer<typeof SavedMapping> & { readonly id: string };

/** Whose list of which kind: the organ, else the file's name without its dates and numbers. */
export interface MappingSource {
  readonly kind: RecordKind;
  readonly source: string;
}

export function mappingSource(kind: RecordKind, entity: string | undefined, file: string): MappingSource {
  return { kind, source: entity ?? file.replace(/[\d年月日第季度\s()()._-]+/g, "") };
}

/** Same source, same kind, same headings in the same order. */
function idOf({ kind, source }: MappingSource, headers: readonly string[]): string {
  return createHash("sha256")
    .update([kind, source, ...headers].join("\u0000"))
    .digest("hex")
    .slice(0, 20);
}

/** Undefined when this source has not been imported with these headings before. */
export function recallMapping(
  dataFolder: string,
  source: MappingSource,
  headers: readonly string[],
): SavedMapping | undefined {
  return readSaved(dataFolder, idOf(source, headers));
}

export function listMappings(dataFolder: string): SavedMapping[] {
  const folder = join(dataFolder, "mappings");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => readSaved(dataFolder, name.slice(0, -".json".length)) ?? [])
    .sort((a, b) => a.proposed.at.localeCompare(b.proposed.at));
}

/** What an import read its columns as. */
export type Proposal = Pick<ImportResult, "headings" | "mapping" | "matches">;

/**
 * What an import used, with the columns it left alone: to be confirmed, unless it is what was confirmed already.
 *
 * @returns its id.
 */
export function proposeMapping(
  dataFolder: string,
  source: MappingSource,
  { headings: headers, mapping: used, matches }: Proposal,
  stamp: { readonly by: string; readonly at: Date },
): string {
  const mapping = wholeMapping(headers, used);
  const saved = recallMapping(dataFolder, source, headers);
  if (saved && sameMapping(saved.mapping, mapping)) return saved.id;
  const id = idOf(source, headers);
  write(dataFolder, id, {
    ...source,
    headers: [...headers],
    mapping,
    matches: { ...matches },
    proposed: { by: signatureOf(stamp.by), at: stamp.at.toISOString() },
  });
  return id;
}

/**
 * @throws AppError `not_found` for an unknown id, `bad_input` when the proposer would confirm, or either gave no name.
 */
export function confirmMapping(
  dataFolder: string,
  id: string,
  stamp: { readonly by: string; readonly at: Date },
): SavedMapping {
  const saved = readSaved(dataFolder, id);
  if (!saved)
    throw new AppError("not_found", { say: `没有编号为“${id}”的列名对应,可用 mapping list 查看。` });
  const by = signatureOf(saved.proposed.by);
  const confirmer = signatureOf(stamp.by);
  if (!isSigned(by))
    throw new AppError("bad_input", {
      say: "提出人没有署名,无法确认是两个人。请署名(--by)重新导入后再确认。",
    });
  if (!isSigned(confirmer))
    throw new AppError("bad_input", { say: "【E41】确认人须署真实姓名(--by),不能留空或写“未署名”。" });
  if (by === confirmer)
    throw new AppError("bad_input", { say: `【E41】列名对应由“${by}”提出,须由另一人确认。` });
  const confirmed = { by: confirmer, at: stamp.at.toISOString() };
  const { id: _, ...rest } = saved;
  write(dataFolder, id, { ...rest, confirmed });
  return { ...saved, confirmed };
}

/**
 * Why a list read by this mapping may not be published yet; undefined when a second person confirmed it, or when
 * the file has no columns.
 */
export function whyUnconfirmed(
  dataFolder: string,
  batch: { readonly mapping: Readonly<Record<string, string>>; readonly mappingId?: string | undefined },
): string | undefined {
  if (Object.keys(batch.mapping).length === 0) return undefined;
  const saved = batch.mappingId === undefined ? undefined : readSaved(dataFolder, batch.mappingId);
  if (!saved) return "列的对应没有留存,无法确认。请重新导入原文件。";
  if (!sameMapping(saved.mapping, wholeMapping(saved.headers, batch.mapping)))
    return `列的对应 ${saved.id} 在导入后改过,与这份清单不同。请丢弃后重新导入。`;
  if (saved.confirmed) return undefined;
  return `列的对应 ${saved.id} 尚未由另一人确认。请核对后用 mapping confirm ${saved.id} --by 姓名 确认。`;
}

/** What the report says of the mapping: confirmed by whom, waiting for whom, or what is new in the headings. */
export function mappingFindings(
  dataFolder: string,
  source: MappingSource,
  result: {
    readonly file: string;
    readonly sheet: string;
    readonly headings: readonly string[];
    readonly mapping: Readonly<Record<string, string>>;
  },
): Issue[] {
  const { file, sheet, headings } = result;
  if (headings.length === 0) return [];
  const place = { sheet };
  const saved = recallMapping(dataFolder, source, headings);
  const same = saved && sameMapping(saved.mapping, wholeMapping(headings, result.mapping));
  if (same && saved.confirmed) {
    const { by, at } = saved.confirmed;
    return [issue(file, "I72", place, { by: saved.proposed.by, v: by, date: at.slice(0, 10) })];
  }
  const before = listMappings(dataFolder).findLast(
    (other) => other.kind === source.kind && other.source === source.source && other.id !== saved?.id,
  );
  const name = (list: readonly string[]) => list.map((each) => `“${each}”`).join("、") || "无";
  const findings = [issue(file, "W70", place, { by: same ? `由“${saved.proposed.by}”提出,` : "" })];
  if (!saved && before) {
    const added = headings.filter((heading) => !before.headers.includes(heading));
    const gone = before.headers.filter((heading) => !headings.includes(heading));
    const facts = { date: before.proposed.at.slice(0, 10), added: name(added), gone: name(gone) };
    findings.unshift(issue(file, "W71", place, facts));
  }
  return findings;
}

function wholeMapping(headers: readonly string[], used: Readonly<Record<string, string>>) {
  return Object.fromEntries(headers.map((header) => [header, used[header] ?? IGNORED]));
}

function sameMapping(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys({ ...a, ...b }).every((header) => a[header] === b[header]);
}

function readSaved(dataFolder: string, id: string): SavedMapping | undefined {
  const path = join(dataFolder, "mappings", `${id}.json`);
  if (!/^[0-9a-f]{20}$/.test(id) || !existsSync(path)) return undefined;
  // A file of an earlier form names nobody who could have confirmed it: it asks again.
  const parsed = SavedMapping.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success ? { ...parsed.data, id } : undefined;
}

function write(dataFolder: string, id: string, saved: z.infer<typeof SavedMapping>): void {
  const folder = join(dataFolder, "mappings");
  mkdirSync(folder, { recursive: true });
  replaceFile(join(folder, `${id}.json`), `${JSON.stringify(saved, null, 2)}\n`);
}

/** @throws AppError `bad_input` naming the field that does not exist and those that do. */
export function readMapping(kind: RecordKind, text: string): Record<string, string> {
  let parsed: z.infer<typeof Mapping>;
  try {
    parsed = Mapping.parse(JSON.parse(text));
  } catch {
    throw new AppError("bad_input", { say: '列名对应应为 JSON 对象:{"表中列名":"字段名"}。' });
  }
  checkMapping(kind, parsed);
  return parsed;
}

export function checkMapping(kind: RecordKind, mapping: Readonly<Record<string, string>>): void {
  const allowed = (kindFields[kind] ?? []).map((field) => field.name);
  const unknown = Object.values(mapping).filter((name) => name !== IGNORED && !allowed.includes(name));
  if (unknown.length > 0)
    throw new AppError("bad_input", {
      say: `没有字段“${unknown.join("、")}”。可以是:${[...allowed, IGNORED].join("、")}。`,
    });
}
