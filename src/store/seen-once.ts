/** What may be used once: a signature seen with one content is no good for another. */
import type { Transaction } from "./database.ts";

/** Whether `id` is new, or was used for this very content before. */
export async function usedOnceFor(
  transaction: Transaction,
  id: string,
  content: string,
  at: Date,
): Promise<boolean> {
  await transaction
    .insertInto("seen_once")
    .values({ id, content, at: at.getTime() })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  const row = await transaction
    .selectFrom("seen_once")
    .select("content")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return row.content === content;
}
