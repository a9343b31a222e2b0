/** Pages of answers that could not be pushed: kept with the conversation until the person asks for them. */
import { nanoid } from "nanoid";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Store } from "./database.ts";

export interface KeptPages {
  keep(conversation: string, pages: readonly string[], at: Date): Promise<void>;
  /** The oldest page not yet given, or the one already given to this very message. */
  take(conversation: string, message: string): Promise<string | undefined>;
  left(conversation: string): Promise<number>;
  forget(conversation: string): Promise<void>;
}

/** So many a conversation; older ones are the answers to what nobody waits for any more. */
const MOST = 20;

export function createKeptPages({ db }: Store, keys: Keys): KeptPages {
  const key = keys.derive("kept-page");
  const lineOf = (conversation: string) => keys.digest("kept-page line", conversation);

  return {
    async keep(conversation, pages, at) {
      const line = lineOf(conversation);
      await db.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom("kept_page")
          .select(({ fn }) => fn.max("no").as("no"))
          .where("conversation", "=", line)
          .executeTakeFirst();
        const first = Number(last?.no ?? 0) + 1;
        const rows = pages.map((page, index) => {
          const id = nanoid();
          return {
            id,
            conversation: line,
            no: first + index,
            page: seal(key, page, `page ${id}`),
            given_to: null,
            at: at.getTime(),
          };
        });
        if (rows.length > 0) await transaction.insertInto("kept_page").values(rows).execute();
        await transaction
          .deleteFrom("kept_page")
          .where("conversation", "=", line)
          .where("no", "<", first + pages.length - MOST)
          .execute();
      });
    },
    async take(conversation, message) {
      const line = lineOf(conversation);
      const asker = keys.digest("kept-page asker", message);
      return db.transaction().execute(async (transaction) => {
        const rows = await transaction
          .selectFrom("kept_page")
          .selectAll()
          .where("conversation", "=", line)
          .orderBy("no")
          .execute();
        const row = rows.find((one) => one.given_to === asker) ?? rows.find((one) => one.given_to === null);
        if (!row) return undefined;
        await transaction
          .updateTable("kept_page")
          .set({ given_to: asker })
          .where("id", "=", row.id)
          .execute();
        // What was given to an earlier message has arrived: the person asked for more.
        await transaction
          .deleteFrom("kept_page")
          .where("conversation", "=", line)
          .where("no", "<", row.no)
          .execute();
        return unseal(key, row.page, `page ${row.id}`).toString();
      });
    },
    async left(conversation) {
      const { count } = await db
        .selectFrom("kept_page")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("conversation", "=", lineOf(conversation))
        .where("given_to", "is", null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async forget(conversation) {
      await db.deleteFrom("kept_page").where("conversation", "=", lineOf(conversation)).execute();
    },
  };
}
