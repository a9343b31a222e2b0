/** The talk between complainant and office about one case; every body is sealed with the report's key. */
import { nanoid } from "nanoid";
import { seal, unseal } from "../keys.ts";
import type { Database, Transaction } from "../store/database.ts";

export interface Message {
  readonly from: "complainant" | "office";
  /** Whoever wrote for the office. */
  readonly account?: string;
  readonly text: string;
  readonly at: Date;
}

/** Oldest first. */
export async function readMessages(
  db: Database | Transaction,
  caseId: string,
  key: Buffer,
): Promise<readonly Message[]> {
  const rows = await db
    .selectFrom("message")
    .selectAll()
    .where("case_id", "=", caseId)
    .orderBy("no")
    .execute();
  return rows.map((row) => ({
    from: row.author,
    account: row.account ?? undefined,
    text: unseal(key, row.body, `message ${row.id}`).toString(),
    at: new Date(row.at),
  }));
}

/** Appends a message of either side. */
export async function insertMessage(
  transaction: Transaction,
  caseId: string,
  from: { readonly author: "complainant" | "office"; readonly account: string | null },
  text: string,
  key: Buffer,
  at: Date,
): Promise<void> {
  const last = await transaction
    .selectFrom("message")
    .select(({ fn }) => fn.max("no").as("no"))
    .where("case_id", "=", caseId)
    .executeTakeFirst();
  const id = nanoid();
  await transaction
    .insertInto("message")
    .values({
      id,
      case_id: caseId,
      no: Number(last?.no ?? 0) + 1,
      ...from,
      body: seal(key, text, `message ${id}`),
      at: at.getTime(),
    })
    .execute();
}
