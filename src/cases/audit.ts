/** Who read, revealed, exported or signed in: an append-only log chained by hash. */
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { AuditRow } from "../store/case-tables.ts";
import type { Database, Store, Transaction } from "../store/database.ts";

export interface AuditEntry {
  /** Account id, or `system`. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
}

/** Appends within the caller's transaction; writers queue up so that the chain has no forks. */
export async function appendAudit(
  store: Pick<Store, "kind">,
  transaction: Transaction,
  entry: AuditEntry,
  at: Date,
): Promise<void> {
  // The number is this log's own; PostgreSQL frees it with the transaction. SQLite has one writer anyway.
  if (store.kind === "postgres") await sql`select pg_advisory_xact_lock(4901)`.execute(transaction);
  const last = await transaction
    .selectFrom("audit")
    .select(["no", "hash"])
    .orderBy("no", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const row = { no: last.no + 1, at: at.getTime(), ...entry, previous: last.hash };
  await transaction
    .insertInto("audit")
    .values({ ...row, hash: hashOf(row) })
    .execute();
}

/** The first number at which the chain does not hold; undefined when it is whole. */
export async function brokenAudit(db: Database): Promise<number | undefined> {
  const rows = await db.selectFrom("audit").selectAll().orderBy("no").execute();
  let previous = rows[0]?.hash ?? "";
  for (const row of rows.slice(1)) {
    if (row.previous !== previous || hashOf(row) !== row.hash) return row.no;
    previous = row.hash;
  }
  return undefined;
}

function hashOf(row: Omit<AuditRow, "hash">): string {
  const facts = [row.no, row.at, row.actor, row.action, row.subject, row.reason, row.previous];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
