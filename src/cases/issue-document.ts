/** A document leaves the case: kept sealed, and its recipient told in the console that one has come. */
import { nanoid } from "nanoid";
import { type Keys, seal } from "../keys.ts";
import { type Day, dayOf } from "../law/day.ts";
import type { Transaction } from "../store/database.ts";
import type { OpenedCase } from "./access.ts";
import type { NameOf } from "./case-view.ts";
import { type DocumentKind, draftDocument } from "./documents.ts";
import { enqueue } from "./outbox.ts";
import type { MoveFields } from "./states.ts";

export async function issueDocument(
  transaction: Transaction,
  { keys, nameOf }: { readonly keys: Keys; readonly nameOf: NameOf },
  opened: OpenedCase,
  { kind, fields, due }: { readonly kind: DocumentKind; readonly fields: MoveFields; readonly due?: Day },
  at: Date,
): Promise<void> {
  const id = nanoid();
  const { row } = opened;
  const recipient = fields.recipient ?? "";
  // What the other side reads is always the neutral draft; nothing typed into the case reaches a 核查通知.
  const text =
    kind === "inquiry"
      ? draftDocument({
          kind,
          number: id.slice(0, 8),
          office: nameOf(row.office) ?? "行政执法监督机构",
          recipient: nameOf(recipient) ?? "",
          matter: row.matter,
          day: dayOf(at),
          due,
        })
      : (fields.text ?? "");
  await transaction
    .insertInto("document")
    .values({
      id,
      case_id: row.id,
      kind,
      status: "issued",
      recipient,
      number: fields.number ?? null,
      body: seal(keys.derive("document"), text, `document ${id}`),
      answer: null,
      due_day: due ?? null,
      at: at.getTime(),
    })
    .execute();
  const notice = {
    lane: `document ${recipient}`,
    caseId: null,
    channel: "console" as const,
    recipient,
    topic: "document.issued",
    payload: { document: id },
  };
  await enqueue(transaction, notice, at);
}
