/**
 * What must be told to somebody outside the transaction that decided it. A row is written with the decision, sent later,
 * and tried again until it goes: at once, 5 min, 30 min, 2 h, 1 d. Rows of one lane (case and recipient) go in order;
 * a row that never goes is set aside with an alarm, and the lanes of others do not wait for it.
 */
import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { nanoid } from "nanoid";
import type { OutboxRow } from "../store/case-tables.ts";
import type { Database, Store, Transaction } from "../store/database.ts";
import { raiseAlarm } from "./alarms.ts";

/** Waits before each further try, ms. After the last one the row is set aside. */
export const BACK_OFF_MS = [5 * 60_000, 30 * 60_000, 2 * 3_600_000, 24 * 3_600_000] as const;
const LEASE_MS = 60_000;

export interface Notice {
  readonly lane: string;
  readonly caseId: string | null;
  readonly channel: OutboxRow["channel"];
  /** Complaint id for a door (the address stays in the vault), entity id for the console, `webhook`. */
  readonly recipient: string;
  readonly topic: string;
  /** Content-free: ids and states, never what was said. */
  readonly payload: Readonly<Record<string, string>>;
}

/** Writes a notice in the caller's transaction. Console notices need no sending: the console reads them here. */
export async function enqueue(transaction: Transaction, notice: Notice, at: Date): Promise<void> {
  const last = await transaction
    .selectFrom("outbox")
    .select(({ fn }) => fn.max("no").as("no"))
    .where("lane", "=", notice.lane)
    .executeTakeFirst();
  const now = at.getTime();
  await transaction
    .insertInto("outbox")
    .values({
      id: nanoid(),
      lane: notice.lane,
      no: Number(last?.no ?? 0) + 1,
      case_id: notice.caseId,
      channel: notice.channel,
      recipient: notice.recipient,
      topic: notice.topic,
      payload: JSON.stringify(notice.payload),
      state: notice.channel === "console" ? "sent" : "waiting",
      tries: 0,
      next_at: now,
      claimed_by: null,
      lease_until: 0,
      last_error: null,
      created_at: now,
      sent_at: notice.channel === "console" ? now : null,
    })
    .execute();
}

/** How a row leaves. @throws when the outside refuses: the row is tried again. */
export type Deliver = (row: OutboxRow) => Promise<"sent" | "skipped">;

export interface Outbox {
  /** Sends what is due; returns how many rows went out. Any number of workers may call it at once. */
  deliverDue(deliver: Deliver, worker: string, now: () => Date, limit?: number): Promise<number>;
  /** Puts a row that was set aside back in line. */
  retry(id: string, at: Date): Promise<void>;
  counts(): Promise<Readonly<Record<string, number>>>;
}

export function createOutbox(store: Store): Outbox {
  const { db } = store;
  return {
    async deliverDue(deliver, worker, now, limit = 50) {
      let sent = 0;
      for (let n = 0; n < limit; n += 1) {
        const row = await claim(store, worker, now());
        if (!row) break;
        if (await attempt(db, row, deliver, worker, now)) sent += 1;
      }
      return sent;
    },
    async retry(id, at) {
      await db
        .updateTable("outbox")
        .set({ state: "waiting", tries: 0, next_at: at.getTime() })
        .where("id", "=", id)
        .where("state", "=", "aside")
        .execute();
    },
    async counts() {
      const rows = await db
        .selectFrom("outbox")
        .select(["state", ({ fn }) => fn.countAll().as("count")])
        .groupBy("state")
        .execute();
      return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
    },
  };
}

/** One row, leased to this worker: due, and nothing of its lane still before it. An expired lease is free again. */
async function claim(store: Store, worker: string, at: Date): Promise<OutboxRow | undefined> {
  const now = at.getTime();
  return store.db.transaction().execute(async (transaction) => {
    let due = transaction
      .selectFrom("outbox as due")
      .selectAll("due")
      .where((where) =>
        where.or([
          where.and([where("due.state", "=", "waiting"), where("due.next_at", "<=", now)]),
          where.and([where("due.state", "=", "claimed"), where("due.lease_until", "<=", now)]),
        ]),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("outbox as earlier")
              .select("earlier.id")
              .whereRef("earlier.lane", "=", "due.lane")
              .whereRef("earlier.no", "<", "due.no")
              .where("earlier.state", "in", ["waiting", "claimed"]),
          ),
        ),
      )
      .orderBy("due.next_at")
      .orderBy("due.created_at")
      .limit(1);
    if (store.kind === "postgres") due = due.modifyEnd(sql`for update of due skip locked`);
    const row = await due.executeTakeFirst();
    if (!row) return undefined;
    const claimed = { state: "claimed" as const, claimed_by: worker, lease_until: now + LEASE_MS };
    await transaction.updateTable("outbox").set(claimed).where("id", "=", row.id).execute();
    return { ...row, ...claimed };
  });
}

async function attempt(
  db: Database,
  row: OutboxRow,
  deliver: Deliver,
  worker: string,
  now: () => Date,
): Promise<boolean> {
  const finish = (values: Partial<OutboxRow>, with_: Database | Transaction = db) =>
    with_
      .updateTable("outbox")
      .set({ ...values, claimed_by: null, lease_until: 0 })
      .where("id", "=", row.id)
      .where("claimed_by", "=", worker)
      .execute();
  try {
    const state = await deliver(row);
    await finish({ state, sent_at: now().getTime(), tries: row.tries + 1 });
    return state === "sent";
  } catch (thrown) {
    const tries = row.tries + 1;
    const wait = BACK_OFF_MS[tries - 1];
    const error = (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);
    await db.transaction().execute(async (transaction) => {
      await finish(
        wait === undefined
          ? { state: "aside", tries, last_error: error }
          : { state: "waiting", tries, last_error: error, next_at: now().getTime() + wait },
        transaction,
      );
      if (tries >= 3) {
        await raiseAlarm(
          transaction,
          "delivery",
          row.id,
          `通知连续 ${tries} 次未送达(${row.channel})`,
          now(),
        );
      }
    });
    return false;
  }
}

/** A CloudEvents 1.0 JSON envelope and its HMAC-SHA256, hex, as sent to an official's system. */
export function signedEvent(
  row: Pick<OutboxRow, "id" | "topic" | "payload" | "created_at" | "case_id">,
  source: string,
  secret: string,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = JSON.stringify({
    specversion: "1.0",
    id: row.id,
    source,
    type: `mingzhi.${row.topic}`,
    subject: row.case_id,
    time: new Date(row.created_at).toISOString(),
    datacontenttype: "application/json",
    data: JSON.parse(row.payload),
  });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return {
    body,
    headers: { "content-type": "application/cloudevents+json", "x-mingzhi-signature": `sha256=${signature}` },
  };
}
