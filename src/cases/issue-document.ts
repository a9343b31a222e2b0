/** A document leaves the case: numbered, kept sealed, and its recipient told in the console that one has come. */
import { nanoid } from "nanoid";
import { readMessages } from "../complaints/messages.ts";
import type { Vault } from "../complaints/vault.ts";
import { type Keys, seal } from "../keys.ts";
import { type Day, dayOf } from "../law/day.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { OpenedCase } from "./access.ts";
import { type NameOf, readFiling } from "./case-view.ts";
import { giveAway } from "./disclosure.ts";
import { type DocumentKind, writeDocument } from "./documents.ts";
import { enqueue } from "./outbox.ts";
import type { MoveFields } from "./states.ts";
import type { Moved } from "./transition.ts";

/** How a series of numbers is called: `演示市司法局监通〔2026〕1号`. */
const series = { inquiry: "核查", notice: "监通", opinion: "监意", decision: "监决" } as const;

/** A document as it is about to leave; everything but its number. */
export interface Outgoing {
  readonly kind: DocumentKind;
  readonly office: string;
  readonly recipient: string;
  readonly day: Day;
  readonly due?: Day;
  readonly text: (number: string | undefined) => string;
}

/** Undefined when the move sends nothing. */
export function outgoingOf(
  nameOf: NameOf,
  { row }: OpenedCase,
  moved: Moved,
  fields: MoveFields,
  at: Date,
): Outgoing | undefined {
  const kind = moved.issues;
  if (!kind) return undefined;
  const office = nameOf(row.office) ?? "行政执法监督机构";
  const recipient = fields.recipient ?? "";
  const day = dayOf(at);
  const due = moved.started[0]?.due;
  const facts = {
    kind,
    office,
    recipient: nameOf(recipient) ?? "",
    matter: row.matter,
    day,
    ...(due && { due }),
    // What the other side reads of a 核查通知 is always the neutral text; nothing typed into the case reaches it.
    ...(kind !== "inquiry" && { told: fields.told, demand: fields.demand, legalBasis: fields.legalBasis }),
  };
  return {
    kind,
    office,
    recipient,
    day,
    due,
    text: (number) => writeDocument(number === undefined ? facts : { ...facts, number }),
  };
}

/** Why the text may not leave; undefined when nothing in it points to the complainant. */
export async function whyWithheld(
  db: Database | Transaction,
  { vault, nameOf }: { readonly vault: Vault; readonly nameOf: NameOf },
  opened: OpenedCase,
  fields: MoveFields,
): Promise<{ readonly field: "told" | "demand"; readonly say: string } | undefined> {
  const { row, key } = opened;
  const filing = await readFiling(db, row.complaint, key);
  const messages = await readMessages(db, row.id, key);
  const secrets = {
    caseId: row.id,
    identity: await vault.identity(db, row.complaint),
    words: [filing.what, ...messages.filter(({ from }) => from === "complainant").map(({ text }) => text)],
    names: [nameOf(row.organ) ?? "", nameOf(fields.recipient) ?? "", filing.organName ?? ""],
  };
  for (const field of ["told", "demand"] as const) {
    const say = giveAway(fields[field] ?? "", secrets);
    if (say) return { field, say };
  }
  return undefined;
}

/** @returns the number it got. */
export async function issueDocument(
  transaction: Transaction,
  keys: Keys,
  caseId: string,
  outgoing: Outgoing,
  at: Date,
): Promise<string> {
  const id = nanoid();
  const { kind, recipient, due } = outgoing;
  const number = await nextNumber(transaction, outgoing);
  await transaction
    .insertInto("document")
    .values({
      id,
      case_id: caseId,
      kind,
      status: "issued",
      recipient,
      number,
      body: seal(keys.derive("document"), outgoing.text(number), `document ${id}`),
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
  return number;
}

/** The next number of the office's own series of the year; two documents never get the same one. */
async function nextNumber(transaction: Transaction, { kind, office, day }: Outgoing): Promise<string> {
  const name = `${office}${series[kind]}〔${day.slice(0, 4)}〕`;
  const { last } = await transaction
    .insertInto("numbering")
    .values({ series: name, last: 1 })
    .onConflict((conflict) =>
      conflict.column("series").doUpdateSet((row) => ({ last: row("numbering.last", "+", 1) })),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return `${name}${last}号`;
}
