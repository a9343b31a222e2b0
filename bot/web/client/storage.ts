/** What this browser remembers. A full, forbidden or damaged store only means that nothing is remembered. */

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is remembered.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was remembered.
  }
}

/** Kept JSON; undefined when there is none or it is damaged. */
export function recallJson(key: string): unknown {
  try {
    return JSON.parse(recall(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
