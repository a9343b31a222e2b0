/** What was filed, as filed: the report's content, its digest, and the submission that carried it. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { matterNames } from "../cases/matters.ts";
import { DayField } from "../records/primitives.ts";
import { doorNames } from "../turn.ts";
import { Identity } from "./vault.ts";

export const secrecyLevels = ["named", "confidential", "anonymous"] as const;
export type Secrecy = (typeof secrecyLevels)[number];

export const Filing = z.object({
  v: z.literal(1),
  /** What happened, in the person's own words. */
  what: z.string().trim().min(4).max(8000),
  matter: z.enum(matterNames as [(typeof matterNames)[number], ...(typeof matterNames)[number][]]),
  /** Entity ids complained of, where recognised; otherwise only the name as said. */
  organIds: z.array(z.string()).max(5).default([]),
  organName: z.string().max(100).optional(),
  /** Name or certificate number, as said. */
  officer: z.string().max(60).optional(),
  /** Officer record ids recognised. */
  officerIds: z.array(z.string()).max(5).default([]),
  when: z.string().max(100).optional(),
  day: DayField.optional(),
  where: z.string().max(200).optional(),
  area: z.string().max(20).optional(),
  amountYuan: z.number().nonnegative().optional(),
  /** Record contested, for a correction. */
  record: z.string().max(64).optional(),
  /** Its field spoken of, as published when it was contested: `电话:0350-0000000`. */
  field: z.string().max(400).optional(),
});
export type Filing = z.infer<typeof Filing>;

export const Submission = z.object({
  /** Unguessable and stable under repetition: the turn's id, or what a form drew (at least 22 characters). */
  id: z.string().min(22).max(300),
  kind: z.enum(["complaint", "correction"]),
  filing: Filing,
  secrecy: z.enum(secrecyLevels),
  identity: Identity.optional(),
  door: z.enum(doorNames),
  /** Where a content-free notice may be pushed; left out when the person wants none or is anonymous. */
  address: z.string().max(200).optional(),
  /** Base64 key the draft's files were sealed with; a fresh one when there were none. */
  key: z.string().optional(),
  evidence: z.array(z.string()).max(20).default([]),
});
export type Submission = z.input<typeof Submission>;

/** SHA-256 over the content and the files' hashes, in a fixed order of keys. */
export function digestOf(filing: Filing, evidenceHashes: readonly string[]): string {
  const ordered = Object.fromEntries(Object.entries(filing).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash("sha256")
    .update(JSON.stringify([ordered, evidenceHashes]))
    .digest("hex");
}
