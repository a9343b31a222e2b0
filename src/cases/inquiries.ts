/** The only window of an organ under supervision: documents addressed to it, and its own answers. */
import { AppError } from "../error.ts";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { type Day, dayOf } from "../law/day.ts";
import type { DocumentRow } from "../store/case-tables.ts";
import type { Store, Transaction } from "../store/database.ts";
import { requireRole } from "./access.ts";
import type { Account } from "./accounts.ts";
import { appendAudit } from "./audit.ts";
import { findCase, officeKey, recordMove } from "./case-repository.ts";
import type { DocumentKind } from "./documents.ts";
import { enqueue } from "./outbox.ts";
import { transition } from "./transition.ts";

export interface Inquiry {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number?: string;
  readonly text: string;
  readonly answer?: string;
  readonly dueDay?: Day;
  readonly at: Date;
}

export interface Inquiries {
  list(account: Account): Promise<readonly Inquiry[]>;
  answer(account: Account, id: string, text: string): Promise<void>;
}

export function createInquiries(
  parts: { readonly store: Store; readonly keys: Keys; readonly calendar: () => Calendar },
  now: () => Date,
): Inquiries {
  const { store, keys } = parts;
  const key = keys.derive("document");
  return {
    async list(account) {
      requireRole(account, "liaison");
      const rows = await store.db
        .selectFrom("document")
        .selectAll()
        .where("recipient", "=", account.entity)
        .orderBy("at", "desc")
        .execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        number: row.number ?? undefined,
        text: unseal(key, row.body, `document ${row.id}`).toString(),
        answer: row.answer ? unseal(key, row.answer, `answer ${row.id}`).toString() : undefined,
        dueDay: (row.due_day as Day | null) ?? undefined,
        at: new Date(row.at),
      }));
    },
    async answer(account, id, text) {
      requireRole(account, "liaison");
      if (text.trim() === "" || text.length > 8000)
        throw new AppError("bad_input", { say: "答复应为 1 至 8000 字。" });
      await store.db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom("document")
          .selectAll()
          .where("id", "=", id)
          .where("recipient", "=", account.entity)
          .executeTakeFirst();
        if (!row) throw new AppError("not_found", { say: "没有这份文书。" });
        if (row.answer) throw new AppError("conflict", { say: "这份文书已经答复。" });
        const office = await noteAnswer(parts, transaction, row, now());
        await transaction
          .updateTable("document")
          .set({ answer: seal(key, text.trim(), `answer ${id}`), status: "answered" })
          .where("id", "=", id)
          .execute();
        await appendAudit(
          store,
          transaction,
          { actor: account.id, action: "document.answer", subject: id, reason: "" },
          now(),
        );
        await enqueue(
          transaction,
          {
            lane: `${row.case_id} ${office}`,
            caseId: row.case_id,
            channel: "console",
            recipient: office,
            topic: "document.answered",
            payload: { case: row.case_id },
          },
          now(),
        );
      });
    },
  };
}

/**
 * The case says in its history that the answer came, and its clock stops.
 *
 * @returns the office to tell.
 */
async function noteAnswer(
  { keys, calendar }: { readonly keys: Keys; readonly calendar: () => Calendar },
  transaction: Transaction,
  document: DocumentRow,
  at: Date,
): Promise<string> {
  const found = await findCase(transaction, document.case_id);
  if (!found) throw new AppError("internal", { detail: { reason: "document without a case" } });
  const { row, state } = found;
  const complaint = await transaction
    .selectFrom("complaint")
    .select(["id", "key_for_office"])
    .where("id", "=", row.complaint)
    .executeTakeFirstOrThrow();
  const given = { document: document.id };
  const system = { kind: ["system"], id: "system" } as const;
  const moved = transition(state, "answered", given, system, dayOf(at), calendar());
  // A waived document may still be answered; it is in the list already and no clock waits for it.
  if (moved.kind === "moved") {
    const move = { name: "answered", given, actor: "system" } as const;
    await recordMove(transaction, found, move, moved, officeKey(keys, complaint), at);
  }
  return row.office ?? "tray";
}
