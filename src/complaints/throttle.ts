/**
 * Slows down guessing of receipts. Only wrong receipts are held back, the longer the more of them there were: from one
 * address, and from all together, which also raises an alarm. A right receipt always opens, at once: nobody can lock
 * its holder out, not even from the same address.
 *
 * What bounds guessing is the work of each look-up (Argon2id, two at a time, addresses in turn): at most some 20 a second
 * and worker, about 6e8 a year, against 1e16 receipts.
 */
import { createBuckets } from "../store/buckets.ts";
import type { Store } from "../store/database.ts";

const ADDRESS = { burst: 5, perHour: 20, deepest: 40 };
const EVERYBODY = { burst: 200, perHour: 600, deepest: 400 };
const STEP_MS = 500;
const LONGEST_MS = 8_000;
/** On everybody's wrong receipts while all together guess too much. */
const FLOOD_MS = 2_000;

export interface Throttle {
  /** Counts a wrong receipt: how long its answer is held back, and whether all addresses together guess too much. */
  missed(address: string, at: Date): Promise<{ readonly waitMs: number; readonly flood: boolean }>;
}

export function createThrottle(store: Store): Throttle {
  const buckets = createBuckets(store);
  return {
    async missed(address, at) {
      const flood = (await buckets.take("everybody", EVERYBODY, at)) < 0;
      const over = -(await buckets.take(address, ADDRESS, at)); // above 0 once the burst is used up
      const own = Math.max(0, over) * STEP_MS;
      return { waitMs: Math.min(LONGEST_MS, own + (flood ? FLOOD_MS : 0)), flood };
    },
  };
}
