/** A case as the people who work it see it: a line of a queue, the whole of it, and the printed copy. */
import { evidenceOf } from "../complaints/evidence.ts";
import { Filing } from "../complaints/filing.ts";
import { type Message, readMessages } from "../complaints/messages.ts";
import { type IdentityField, maskIdentity, type Vault } from "../complaints/vault.ts";
import { type Keys, unseal } from "../keys.ts";
import type { Day } from "../law/day.ts";
import type { CaseRow, DocumentRow, EvidenceRow } from "../store/case-tables.ts";
import type { Database, Store, Transaction } from "../store/database.ts";
import type { OpenedCase } from "./access.ts";
import type { Account } from "./accounts.ts";
import { type CaseEventView, readEvents } from "./case-repository.ts";
import type { Clock } from "./clocks.ts";
import type { DocumentKind } from "./documents.ts";
import { type Move, type MoveName, moves, type Status, statuses } from "./states.ts";
import { type Mover, permittedMoves } from "./transition.ts";

/** A line of a queue: nothing of the complaint's text. */
export interface CaseLine {
  readonly id: string;
  readonly kind: CaseRow["kind"];
  readonly status: Status;
  readonly statusLabel: string;
  readonly organ?: string;
  readonly organName?: string;
  readonly office?: string;
  readonly officeName: string;
  readonly matter: string;
  readonly area?: string;
  readonly secrecy: CaseRow["secrecy"];
  readonly submittedAt: Date;
  readonly dueDay?: Day;
  readonly late: boolean;
  readonly assignee?: string;
}

export interface CaseView extends CaseLine {
  readonly version: number;
  readonly rule: string;
  readonly reason: string;
  readonly filing: Filing;
  readonly clocks: readonly Clock[];
  readonly returns: number;
  readonly result?: string;
  readonly satisfaction?: number;
  readonly events: readonly CaseEventView[];
  readonly messages: readonly Message[];
  readonly documents: readonly CaseDocument[];
  readonly files: readonly Pick<EvidenceRow, "id" | "type" | "bytes" | "sha256">[];
  /** Masked; `reveal` shows one field for a reason. */
  readonly identity: Readonly<Record<IdentityField, string>>;
  readonly excluded: readonly { readonly party: string; readonly why: string }[];
  readonly moves: readonly PermittedMove[];
}

export interface PermittedMove {
  readonly name: MoveName;
  readonly label: string;
  readonly needs: Move["needs"];
  readonly may: Move["needs"];
}

export interface CaseDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly status: DocumentRow["status"];
  readonly recipient: string;
  readonly number?: string;
  readonly text: string;
  readonly answer?: string;
  readonly dueDay?: Day;
  readonly at: Date;
}

/** The published name of an organ's id; undefined where the live release has none. */
export type NameOf = (id: string | null | undefined) => string | undefined;

export interface ViewParts {
  readonly store: Store;
  readonly keys: Keys;
  readonly vault: Vault;
}

export const moverOf = (account: Account): Mover => ({ kind: account.roles, id: account.id });

export function lineOf(row: CaseRow, nameOf: NameOf, today: Day): CaseLine {
  const dueDay = (row.due_day as Day | null) ?? undefined;
  return {
    id: row.id,
    kind: row.kind,
    status: row.status as Status,
    statusLabel: statuses[row.status as Status],
    organ: row.organ ?? undefined,
    organName: nameOf(row.organ),
    office: row.office ?? undefined,
    officeName: nameOf(row.office) ?? "人工分办台",
    matter: row.matter,
    area: row.area ?? undefined,
    secrecy: row.secrecy,
    submittedAt: new Date(row.submitted_at),
    dueDay,
    late: dueDay !== undefined && dueDay < today,
    assignee: row.assignee ?? undefined,
  };
}

/** Everything of an opened case, unsealed; identity stays masked. */
export async function viewCase(
  { store: { db }, keys, vault }: ViewParts,
  opened: OpenedCase,
  account: Account,
  nameOf: NameOf,
  today: Day,
): Promise<CaseView> {
  const { row, state, key } = opened;
  const documents = await db
    .selectFrom("document")
    .selectAll()
    .where("case_id", "=", row.id)
    .orderBy("at")
    .execute();
  const files = await evidenceOf(db, row.complaint);
  return {
    ...lineOf(row, nameOf, today),
    version: row.version,
    rule: row.rule,
    reason: row.reason,
    filing: await readFiling(db, row.complaint, key),
    clocks: state.clocks,
    returns: row.returns,
    result: state.result,
    satisfaction: state.satisfaction,
    events: await readEvents(db, row.id, key),
    messages: await readMessages(db, row.id, key),
    documents: documents.map((document) => ({
      id: document.id,
      kind: document.kind,
      status: document.status,
      recipient: document.recipient,
      number: document.number ?? undefined,
      text: unseal(keys.derive("document"), document.body, `document ${document.id}`).toString(),
      answer: document.answer
        ? unseal(keys.derive("document"), document.answer, `answer ${document.id}`).toString()
        : undefined,
      dueDay: (document.due_day as Day | null) ?? undefined,
      at: new Date(document.at),
    })),
    files: files.map(({ id, type, bytes, sha256 }) => ({ id, type, bytes, sha256 })),
    identity: maskIdentity(await vault.identity(db, row.complaint)),
    excluded: opened.excluded,
    moves: permittedMoves(state, moverOf(account), today).map((name) => {
      const move: Move = moves[name];
      return { name, label: move.label, needs: move.needs, may: move.may ?? [] };
    }),
  };
}

/** What was filed, unsealed with the report's key. */
export async function readFiling(
  db: Database | Transaction,
  complaint: string,
  key: Buffer,
): Promise<Filing> {
  const { content } = await db
    .selectFrom("complaint")
    .select("content")
    .where("id", "=", complaint)
    .executeTakeFirstOrThrow();
  return Filing.parse(JSON.parse(unseal(key, content, `filing ${complaint}`).toString()));
}

/** Every line carries who printed it and when, so that a leaked page names its source. */
export function watermark(view: CaseView, mark: string): string {
  const lines = [
    `案件 ${view.id}  ${view.statusLabel}  ${view.officeName}`,
    `登记 ${view.submittedAt.toISOString()}  期限 ${view.dueDay ?? "无"}`,
    `分办 ${view.rule}:${view.reason}`,
    `投诉人 ${view.identity.name};联系方式 ${view.identity.contact}`,
    ...view.filing.what.split("\n"),
    ...view.events.map(
      (event) => `${event.at.toISOString()} ${event.kind} ${event.actor} ${JSON.stringify(event.fields)}`,
    ),
    ...view.messages.map(
      (message) =>
        `${message.at.toISOString()} ${message.from === "office" ? "机构" : "投诉人"}:${message.text}`,
    ),
  ];
  return lines.map((line) => `${line}  〔${mark}〕`).join("\n");
}
