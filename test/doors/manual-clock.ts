/** A clock that moves only when told. */
import type { Clock } from "../../bot/clock.ts";

export interface ManualClock extends Clock {
  /** Moves on, running what falls due in order of time. */
  advance(ms: number): void;
  /** Timers set for exactly so long a wait and not yet due. */
  waiting(ms: number): number;
}

export function manualClock(): ManualClock {
  let time = 0;
  const timers = new Set<{ at: number; ms: number; run: () => void }>();
  return {
    after(ms, run) {
      const timer = { at: time + ms, ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const until = time + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        time = next.at;
        next.run();
      }
      time = until;
    },
    waiting: (ms) => [...timers].filter((timer) => timer.ms === ms).length,
  };
}
