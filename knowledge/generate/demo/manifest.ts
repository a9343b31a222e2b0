/** `files/manifest.json`: what an importer must be told about each list, in the order of import. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type RecordKind, recordKinds } from "../../../src/records/schema.ts";

const Kind = z.custom<RecordKind>((kind) => typeof kind === "string" && kind in recordKinds, {
  error: `应为 ${Object.keys(recordKinds).join("、")} 之一`,
});

export const ManifestLine = z.object({
  /** Path beside the manifest. */
  file: z.string(),
  kind: Kind,
  /** Name of the one organ the list is of, when it is of one. */
  entity: z.string().optional(),
  title: z.string(),
  publisher: z.string(),
  publishedOn: z.string(),
  sha256: z.string().length(64),
  rows: z.number().int().positive(),
});
export type ManifestLine = z.infer<typeof ManifestLine>;

export function readManifest(folder: string): readonly ManifestLine[] {
  return z.array(ManifestLine).parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
}
