/** How many turns one person may take in a minute, the same count on every door. */
const WINDOW_MS = 60_000;
/** Past so many people in one window the oldest are forgotten: memory stays bounded under a flood. */
const MAX_PEOPLE = 50_000;
/** Turns a minute for one person in a chat; nobody types faster. */
export const CHAT_TURNS_PER_MINUTE = 20;

export type Allowed =
  | { readonly ok: true }
  /** `first`: the first refusal of this window, the one worth saying in a chat. */
  | { readonly ok: false; readonly say: string; readonly first: boolean };

export interface PersonLimit {
  take(person: string): Allowed;
}

export function createPersonLimit(max: number, now: () => Date): PersonLimit {
  const windows = new Map<string, { until: number; count: number }>();
  return {
    take(person) {
      const at = now().getTime();
      let window = windows.get(person);
      if (!window || window.until <= at) {
        windows.delete(person);
        window = { until: at + WINDOW_MS, count: 0 };
        windows.set(person, window);
        const oldest = windows.size > MAX_PEOPLE ? windows.keys().next().value : undefined;
        if (oldest !== undefined) windows.delete(oldest);
      }
      window.count += 1;
      if (window.count <= max) return { ok: true };
      const seconds = Math.ceil((window.until - at) / 1000);
      return { ok: false, say: `操作太频繁,请 ${seconds} 秒后再试。`, first: window.count === max + 1 };
    },
  };
}
