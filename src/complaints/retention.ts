/** Deletes what may no longer be kept, and keeps a register of what was deleted: that, when and by which rule, never what. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { nanoid } from "nanoid";
import type { Store, Transaction } from "../store/database.ts";
import type { Evidence } from "./evidence.ts";

export interface RetentionRules {
  /** Days a conversation, its replies and an unfiled draft live. */
  readonly conversationDays: number;
  /** Days a closed case keeps who complained. */
  readonly identityDays: number;
}

export interface Expired {
  readonly turns: number;
  readonly conversations: number;
  readonly draftFiles: number;
  readonly identities: number;
  readonly sessions: number;
}

const DAY_MS = 86_400_000;

export async function expirePersonalData(
  parts: { readonly store: Store; readonly evidence: Evidence },
  rules: RetentionRules,
  at: Date,
): Promise<Expired> {
  const { db } = parts.store;
  const old = at.getTime() - rules.conversationDays * DAY_MS;
  const closed = at.getTime() - rules.identityDays * DAY_MS;

  const drafts = await db
    .selectFrom("evidence")
    .select("id")
    .where("complaint", "is", null)
    .where("at", "<", old)
    .execute();
  const expired = await db.transaction().execute(async (transaction) => {
    const turns = await transaction.deleteFrom("turn").where("at", "<", old).executeTakeFirst();
    const conversations = await transaction
      .deleteFrom("conversation")
      .where("at", "<", old)
      .executeTakeFirst();
    for (const { id } of drafts) {
      await transaction.deleteFrom("evidence").where("id", "=", id).where("complaint", "is", null).execute();
      await register(transaction, "draftFile", id, `未登记草稿满 ${rules.conversationDays} 天`, at);
    }
    const identities = await transaction
      .selectFrom("vault")
      .innerJoin("case_file", "case_file.complaint", "vault.complaint")
      .select(["vault.complaint", "case_file.id as case"])
      .where("case_file.closed_at", "is not", null)
      .where("case_file.closed_at", "<", closed)
      .execute();
    for (const one of identities) {
      await transaction.deleteFrom("vault").where("complaint", "=", one.complaint).execute();
      await register(transaction, "identity", one.case, `办结满 ${rules.identityDays} 天`, at);
    }
    const sessions = await transaction
      .deleteFrom("session")
      .where("expires_at", "<", at.getTime())
      .executeTakeFirst();
    await transaction
      .deleteFrom("officer_code")
      .where("expires_at", "<", at.getTime() - DAY_MS)
      .execute();
    await transaction
      .deleteFrom("throttle")
      .where("at", "<", at.getTime() - DAY_MS)
      .execute();
    return {
      turns: Number(turns.numDeletedRows),
      conversations: Number(conversations.numDeletedRows),
      draftFiles: drafts.length,
      identities: identities.length,
      sessions: Number(sessions.numDeletedRows),
    };
  });
  // Only after the rows are gone: a file without a row is found again next time, a row without a file never is.
  for (const { id } of drafts) parts.evidence.remove(id);
  await sweepOrphans(parts, at);
  return expired;
}

/** Files whose row was never committed, older than a day. */
async function sweepOrphans(
  parts: { readonly store: Store; readonly evidence: Evidence },
  at: Date,
): Promise<void> {
  const { folder } = parts.evidence;
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const id = name.replace(/\.sealed(\.part)?$/, "");
    if (at.getTime() - statSync(join(folder, name)).mtimeMs < DAY_MS) continue;
    const row = await parts.store.db
      .selectFrom("evidence")
      .select("id")
      .where("id", "=", id)
      .executeTakeFirst();
    if (!row) parts.evidence.remove(id);
  }
}

async function register(
  transaction: Transaction,
  what: string,
  subject: string,
  rule: string,
  at: Date,
): Promise<void> {
  await transaction
    .insertInto("deletion")
    .values({ id: nanoid(), at: at.getTime(), what, subject, rule })
    .execute();
}
