/**
 * What is deleted when its time is over, and the register that says so. An entry names a case or a number of rows,
 * never a person; it is written in the transaction that deletes, and files go after it: a crash in between leaves a
 * file without a row, which the next run sweeps.
 */
import type { ExpressionBuilder } from "kysely";
import { nanoid } from "nanoid";
import type { Config } from "../config.ts";
import type { Store, Transaction } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";

export interface RetentionParts {
  readonly store: Store;
  readonly config: Pick<Config, "RETAIN_CONVERSATION_DAYS" | "RETAIN_IDENTITY_DAYS">;
}

/** How many of each were deleted, or would be. */
export interface Retained {
  /** Identity and return address of cases closed long enough. */
  readonly identities: number;
  readonly conversations: number;
  readonly turns: number;
  /** Files of reports that were never filed, and files no row knows. Those of a filed report stay with its case. */
  readonly draftFiles: number;
  readonly strayFiles: number;
  /** Sign-ins and one-time codes that ran out. */
  readonly expired: number;
}

const DAY_MS = 86_400_000;
/** A file is written before its row is: younger ones may still get theirs. */
const STRAY_MS = DAY_MS;
/** After it every bucket against guessing is full again. */
const THROTTLE_MS = 12 * 3_600_000;

/** Deletes what is due at `at`, or only counts it. Any number of workers may run it at once. */
export async function runRetention(
  parts: RetentionParts,
  at: Date,
  options: { readonly dryRun?: boolean } = {},
): Promise<Retained> {
  const { db } = parts.store;
  const { RETAIN_CONVERSATION_DAYS: talkDays, RETAIN_IDENTITY_DAYS: identityDays } = parts.config;
  const now = at.getTime();
  const talk = now - talkDays * DAY_MS;

  const cases = await db
    .selectFrom("case_file as c")
    .innerJoin("vault as v", "v.complaint", "c.complaint")
    .select(["c.id", "c.complaint"])
    .where("c.closed_at", "<=", now - identityDays * DAY_MS)
    .execute();
  const drafts = await db
    .selectFrom("evidence")
    .select("id")
    .where("complaint", "is", null)
    .where("at", "<=", talk)
    .execute();
  const strays = await strayFiles(parts, now);
  const count = async (table: "conversation" | "turn") =>
    Number(
      (
        await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as("n"))
          .where("at", "<=", talk)
          .executeTakeFirstOrThrow()
      ).n,
    );
  const rows = async (table: "session" | "officer_code") =>
    Number(
      (
        await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as("n"))
          .where("expires_at", "<=", now)
          .executeTakeFirstOrThrow()
      ).n,
    );
  const due: Retained = {
    identities: cases.length,
    conversations: await count("conversation"),
    turns: await count("turn"),
    draftFiles: drafts.length,
    strayFiles: strays.length,
    expired: (await rows("session")) + (await rows("officer_code")),
  };
  if (options.dryRun) return due;

  let identities = 0;
  for (const one of cases) identities += await purgeIdentity(parts.store, one, identityDays, at);
  const deleted = await db.transaction().execute(async (transaction) => {
    const rule = `RETAIN_CONVERSATION_DAYS=${talkDays}`;
    const gone = {
      conversations: await remove(transaction, "conversation", talk),
      turns: await remove(transaction, "turn", talk),
      draftFiles: 0,
    };
    if (drafts.length > 0) {
      const ids = drafts.map((draft) => draft.id);
      // A report filed in this moment keeps its files.
      const { numDeletedRows } = await transaction
        .deleteFrom("evidence")
        .where("id", "in", ids)
        .where("complaint", "is", null)
        .executeTakeFirst();
      gone.draftFiles = Number(numDeletedRows);
    }
    for (const [what, amount] of Object.entries(gone))
      if (amount > 0) await register(transaction, what, `${amount}`, rule, at);
    if (strays.length > 0) await register(transaction, "strayFiles", `${strays.length}`, "no row", at);
    return gone;
  });
  const gone = [...drafts.map(({ id }) => id), ...strays];
  if (gone.length > 0)
    await db
      .deleteFrom("evidence_chunk")
      .where("evidence", "in", gone)
      .where(({ not, exists, selectFrom }) => not(exists(rowOfChunk(selectFrom))))
      .execute();

  const sessions = await db.deleteFrom("session").where("expires_at", "<=", now).executeTakeFirst();
  const codes = await db.deleteFrom("officer_code").where("expires_at", "<=", now).executeTakeFirst();
  await db
    .deleteFrom("throttle")
    .where("at", "<=", now - THROTTLE_MS)
    .execute();
  return {
    ...deleted,
    identities,
    strayFiles: strays.length,
    expired: Number(sessions.numDeletedRows + codes.numDeletedRows),
  };
}

/** The vault's row of one case, unless the case was reopened since it was looked at. */
function purgeIdentity(
  store: Store,
  found: { readonly id: string; readonly complaint: string },
  days: number,
  at: Date,
): Promise<number> {
  return store.db.transaction().execute(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom("vault")
      .where("complaint", "=", found.complaint)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("case_file")
            .select("id")
            .where("id", "=", found.id)
            .where("closed_at", "<=", at.getTime() - days * DAY_MS),
        ),
      )
      .executeTakeFirst();
    if (numDeletedRows > 0n)
      await register(transaction, "identity", found.id, `RETAIN_IDENTITY_DAYS=${days}`, at);
    return Number(numDeletedRows);
  });
}

async function remove(transaction: Transaction, table: "conversation" | "turn", before: number) {
  const done = await transaction.deleteFrom(table).where("at", "<=", before).executeTakeFirst();
  return Number(done.numDeletedRows);
}

async function register(transaction: Transaction, what: string, subject: string, rule: string, at: Date) {
  await transaction
    .insertInto("deletion")
    .values({ id: nanoid(), at: at.getTime(), what, subject, rule })
    .execute();
}

/** Sealed files without a row, older than a day. */
async function strayFiles(parts: RetentionParts, now: number): Promise<readonly string[]> {
  const rows = await parts.store.db
    .selectFrom("evidence_chunk")
    .select("evidence")
    .where("no", "=", 0)
    .where("at", "<=", now - STRAY_MS)
    .where(({ not, exists, selectFrom }) => not(exists(rowOfChunk(selectFrom))))
    .execute();
  return rows.map((row) => row.evidence);
}

function rowOfChunk(selectFrom: ExpressionBuilder<Tables, "evidence_chunk">["selectFrom"]) {
  return selectFrom("evidence").select("id").whereRef("evidence.id", "=", "evidence_chunk.evidence");
}
