/**
 * Token buckets shared by every worker. A bucket may be overdrawn: how far is how long its owner is held back,
 * so that whoever guesses is slowed and nobody is shut out.
 */
import type { Store, Transaction } from "./database.ts";

export interface BucketLimit {
  /** Tokens a full bucket holds. */
  readonly burst: number;
  readonly perHour: number;
  /** A bucket is never overdrawn further. */
  readonly deepest: number;
}

export interface Buckets {
  /** Takes one token; how many are left, negative when overdrawn. */
  take(key: string, limit: BucketLimit, at: Date): Promise<number>;
  /** Full again. */
  fill(key: string): Promise<void>;
}

/** Tokens are stored in thousandths. */
const UNIT = 1000;
const HOUR_MS = 3_600_000;

export function createBuckets({ db, kind }: Store): Buckets {
  async function row(transaction: Transaction, key: string) {
    const query = transaction.selectFrom("throttle").selectAll().where("key", "=", key);
    return (kind === "postgres" ? query.forUpdate() : query).executeTakeFirstOrThrow();
  }
  return {
    take: (key, limit, at) =>
      db.transaction().execute(async (transaction) => {
        const now = at.getTime();
        await transaction
          .insertInto("throttle")
          .values({ key, tokens: limit.burst * UNIT, at: now })
          .onConflict((conflict) => conflict.column("key").doNothing())
          .execute();
        const before = await row(transaction, key);
        // A clock set back gains nothing and loses nothing.
        const gained = (Math.max(0, now - before.at) * limit.perHour * UNIT) / HOUR_MS;
        const level = Math.min(limit.burst * UNIT, Math.floor(before.tokens + gained));
        const tokens = Math.max(-limit.deepest * UNIT, level - UNIT);
        await transaction.updateTable("throttle").set({ tokens, at: now }).where("key", "=", key).execute();
        return tokens / UNIT;
      }),
    async fill(key) {
      await db.deleteFrom("throttle").where("key", "=", key).execute();
    },
  };
}
