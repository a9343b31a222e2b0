/** One worker at a time: who holds a named lease does the thing, until it stops renewing. */
import type { Store } from "./database.ts";

export interface Leases {
  /** Takes or renews; false while another holds it. */
  take(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Lets the next one in at once. */
  leave(name: string, holder: string): Promise<void>;
}

export function createLeases({ db }: Store, now: () => Date): Leases {
  return {
    async take(name, holder, forMs) {
      const at = now().getTime();
      const until = at + forMs;
      const taken = await db
        .insertInto("lease")
        .values({ name, holder, until })
        .onConflict((conflict) =>
          conflict
            .column("name")
            .doUpdateSet({ holder, until })
            .where(({ or, eb }) => or([eb("lease.holder", "=", holder), eb("lease.until", "<=", at)])),
        )
        .executeTakeFirst();
      return Number(taken.numInsertedOrUpdatedRows ?? 0) === 1;
    },
    async leave(name, holder) {
      await db.deleteFrom("lease").where("name", "=", name).where("holder", "=", holder).execute();
    },
  };
}
