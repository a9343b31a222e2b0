/** The only window of an organ under supervision: documents addressed to it, and its own answers. */
import { AppError } from "../error.ts";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Day } from "../law/day.ts";
import type { Store } from "../store/database.ts";
import { requireRole } from "./access.ts";
import type { Account } from "./accounts.ts";
import { appendAudit } from "./audit.ts";
import type { DocumentKind } from "./documents.ts";
import { enqueue } from "./outbox.ts";

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
  parts: { readonly store: Store; readonly keys: Keys },
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
        .where("status", "!=", "draft")
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
        const file = await transaction
          .selectFrom("case_file")
          .select("office")
          .where("id", "=", row.case_id)
          .executeTakeFirst();
        const office = file?.office ?? "tray";
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
