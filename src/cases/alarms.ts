/** Troubles a person must see. An alarm is raised again each time until somebody acknowledges it. */
import { nanoid } from "nanoid";
import type { AlarmRow } from "../store/case-tables.ts";
import type { Database, Transaction } from "../store/database.ts";

export async function raiseAlarm(
  db: Database | Transaction,
  kind: string,
  subject: string,
  text: string,
  at: Date,
): Promise<void> {
  const now = at.getTime();
  await db
    .insertInto("alarm")
    .values({
      id: nanoid(),
      kind,
      subject,
      text,
      first_at: now,
      last_at: now,
      times: 1,
      acknowledged_by: null,
      acknowledged_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(["kind", "subject"]).doUpdateSet((row) => ({
        text,
        last_at: now,
        times: row("alarm.times", "+", 1),
        acknowledged_by: null,
        acknowledged_at: null,
      })),
    )
    .execute();
}

/** Oldest first. */
export function unacknowledged(db: Database): Promise<readonly AlarmRow[]> {
  return db
    .selectFrom("alarm")
    .selectAll()
    .where("acknowledged_at", "is", null)
    .orderBy("first_at")
    .execute();
}

export async function acknowledgeAlarm(db: Database, id: string, by: string, at: Date): Promise<void> {
  await db
    .updateTable("alarm")
    .set({ acknowledged_by: by, acknowledged_at: at.getTime() })
    .where("id", "=", id)
    .execute();
}
