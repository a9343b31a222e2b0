/** Writes the digest and the numbers of each cited article into the shipped points. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LawAlias } from "../../src/law/laws.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { readDataset, writeRecords } from "../data.ts";
import { type Articles, sealed } from "./texts.ts";

const folder = join(fileURLToPath(new URL("../data", import.meta.url)), "national");

/** @returns how many points have every article sealed. */
export function sealPoints(texts: ReadonlyMap<LawAlias, Articles>): number {
  const points = readDataset(folder).flatMap((record): PublishedRecord[] =>
    record.kind === "point" ? [{ ...record, basis: record.basis.map((on) => sealed(on, texts)) }] : [],
  );
  writeRecords(folder, points);
  return points.filter(
    (record) => record.kind === "point" && record.basis.every(({ digest }) => digest !== undefined),
  ).length;
}
