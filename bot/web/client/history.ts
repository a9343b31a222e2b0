/** Past turns, kept in this browser and nowhere else. */
import type { Reply } from "../../../src/reply.ts";
import { forget, keep, recallJson } from "./storage.ts";

export interface Entry {
  readonly said: string;
  readonly reply: Reply;
}

const KEY = "mz-history-1";
const MAX_ENTRIES = 40;

export function readHistory(): readonly Entry[] {
  const kept = recallJson(KEY);
  return Array.isArray(kept) ? kept.filter(isEntry) : [];
}

export function remember(entry: Entry): void {
  keep(KEY, JSON.stringify([...readHistory(), entry].slice(-MAX_ENTRIES)));
}

export function forgetHistory(): void {
  forget(KEY);
}

/** Another version of this page may have written it, or another program. */
function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  const reply = entry?.reply as Partial<Reply> | null | undefined;
  return (
    typeof entry?.said === "string" &&
    [reply?.blocks, reply?.choices, reply?.citations, reply?.labels].every(Array.isArray)
  );
}
