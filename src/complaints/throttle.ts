/**
 * Slows down guessing of receipts. Each address has its own bucket; only wrong receipts cost tokens, so a holder who
 * types rightly is never slowed. All addresses together share a wide bucket that raises an alarm when it is dry, and
 * then halves each address's allowance; it locks nobody out.
 *
 * At the full rate one address tries 5 + 20 an hour, about 1.8e5 a year, against 1e16 receipts.
 */
import type { Database } from "../store/database.ts";

const ADDRESS = { burst: 5, perHour: 20 };
const EVERYBODY = { burst: 200, perHour: 600 };
/** Tokens are stored in thousandths. */
const UNIT = 1000;
const HOUR_MS = 3_600_000;

export interface Throttle {
  /** False: this address must wait. */
  mayTry(address: string, at: Date): Promise<boolean>;
  /** Counts a wrong receipt; true when all addresses together guess too much. */
  missed(address: string, at: Date): Promise<{ readonly flood: boolean }>;
}

export function createThrottle(db: Database): Throttle {
  async function level(key: string, limit: typeof ADDRESS, at: Date): Promise<number> {
    const row = await db.selectFrom("throttle").selectAll().where("key", "=", key).executeTakeFirst();
    if (!row) return limit.burst * UNIT;
    const gained = (Math.max(0, at.getTime() - row.at) * limit.perHour * UNIT) / HOUR_MS;
    return Math.min(limit.burst * UNIT, Math.floor(row.tokens + gained));
  }

  async function take(key: string, limit: typeof ADDRESS, amount: number, at: Date): Promise<number> {
    const left = Math.max(0, (await level(key, limit, at)) - amount * UNIT);
    await db
      .insertInto("throttle")
      .values({ key, tokens: left, at: at.getTime() })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ tokens: left, at: at.getTime() }))
      .execute();
    return left;
  }

  return {
    mayTry: async (address, at) => (await level(address, ADDRESS, at)) >= UNIT,
    async missed(address, at) {
      const flood = (await take("everybody", EVERYBODY, 1, at)) < UNIT;
      await take(address, ADDRESS, flood ? 2 : 1, at);
      return { flood };
    },
  };
}
