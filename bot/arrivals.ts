/**
 * Messages of a chat door on their way in: each handled once, those of one conversation in the order they came,
 * and none dropped when the door stops.
 */

/** Ids remembered after they were handled; redeliveries come within minutes. */
const REMEMBERED = 20_000;

export interface Arrivals {
  /**
   * Runs `work` for the message `id`, after everything taken earlier in the same `line`.
   * The same id again shares the first run; one that failed may be tried again.
   */
  take(id: string, line: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createArrivals(): Arrivals {
  const runs = new Map<string, Promise<void>>();
  const lines = new Map<string, Promise<void>>();
  const underWay = new Set<Promise<void>>();

  return {
    take(id, line, work) {
      const known = runs.get(id);
      if (known) return known;
      const run = (lines.get(line) ?? Promise.resolve()).then(work);
      const settled = run.then(
        () => {},
        () => {
          runs.delete(id);
        },
      );
      runs.set(id, run);
      const oldest = runs.size > REMEMBERED ? runs.keys().next().value : undefined;
      if (oldest !== undefined) runs.delete(oldest);
      lines.set(line, settled);
      underWay.add(settled);
      settled.then(() => {
        underWay.delete(settled);
        if (lines.get(line) === settled) lines.delete(line);
      });
      return run;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
