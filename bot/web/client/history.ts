/** Past turns, kept in this browser and nowhere else. */
import type { Reply } from "../../../src/reply.ts";

export interface Entry {
  readonly said: string;
  readonly reply: Reply;
}

const KEY = "mz-history-1";
const MAX_ENTRIES = 40;

export function readHistory(): readonly Entry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept)
      ? (kept as Entry[]).filter((entry) => Array.isArray(entry?.reply?.blocks))
      : [];
  } catch {
    return [];
  }
}

export function remember(entry: Entry): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...readHistory(), entry].slice(-MAX_ENTRIES)));
  } catch {
    // A full or forbidden store only means that nothing is remembered.
  }
}

export function forgetHistory(): void {
  localStorage.removeItem(KEY);
}
