/** Column mappings kept per source: a list with the same headings next month needs no work. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import type { RecordKind } from "../../src/records/schema.ts";
import { kindFields } from "./kinds.ts";

/** Written instead of a field for a column that is not to be read. */
export const IGNORED = "忽略";

const Mapping = z.record(z.string(), z.string());
const SavedMapping = z.object({
  kind: z.string(),
  headers: z.array(z.string()),
  mapping: Mapping,
  by: z.string(),
  at: z.iso.datetime(),
});

/** Same kind and same headings in the same order, same source. */
export function signatureOf(kind: RecordKind, headers: readonly string[]): string {
  return createHash("sha256")
    .update([kind, ...headers].join("\u0000"))
    .digest("hex")
    .slice(0, 20);
}

/** Undefined when this source has not been imported before. */
export function recallMapping(
  dataFolder: string,
  kind: RecordKind,
  headers: readonly string[],
): Record<string, string> | undefined {
  const path = join(dataFolder, "mappings", `${signatureOf(kind, headers)}.json`);
  if (!existsSync(path)) return undefined;
  return SavedMapping.parse(JSON.parse(readFileSync(path, "utf8"))).mapping;
}

export function saveMapping(
  dataFolder: string,
  kind: RecordKind,
  headers: readonly string[],
  mapping: Readonly<Record<string, string>>,
  stamp: { readonly by: string; readonly at: Date },
): void {
  const folder = join(dataFolder, "mappings");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${signatureOf(kind, headers)}.json`);
  const saved = { kind, headers, mapping, by: stamp.by, at: stamp.at.toISOString() };
  writeFileSync(`${path}.new`, `${JSON.stringify(saved, null, 2)}\n`);
  renameSync(`${path}.new`, path);
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
