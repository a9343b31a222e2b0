/** A small release for reading questions: the city's own organs and areas, and the fictional city's officers. */
import { readFileSync } from "node:fs";
import { readDataset } from "../../../knowledge/data.ts";
import { routeModelPath } from "../../../knowledge/train/route.ts";
import { createRouter } from "../../../src/answering/understand/router.ts";
import { type UnderstandingContext, understand } from "../../../src/answering/understand/understand.ts";
import type { Understanding } from "../../../src/answering/understanding.ts";
import { createLibrary } from "../../../src/records/library.ts";

const kinds = new Set(["entity", "area", "officer", "power"]);
export const library = createLibrary(
  { id: "test", publishedAt: "", preparedBy: "", publishedBy: "", digest: "", records: 0 },
  ["yuncheng", "demo"]
    .flatMap((set) => readDataset(new URL(`../../../knowledge/data/${set}`, import.meta.url).pathname))
    .filter((record) => kinds.has(record.kind)),
);
export const router = createRouter(JSON.parse(readFileSync(routeModelPath, "utf8")));

export function read(text: string, more: Partial<UnderstandingContext> = {}): Understanding {
  return understand(text, { router, library, memory: {}, today: "2026-11-24", role: "citizen", ...more });
}

/** The mentions of the first matter. */
export function mentions(text: string, more: Partial<UnderstandingContext> = {}) {
  const [part] = read(text, more).parts;
  if (!part) throw new Error("a message has at least one matter");
  return part.mentions;
}
