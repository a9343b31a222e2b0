/** Cases as rows: reading one, opening one, and writing a move with its event in the caller's transaction. */
import { createHash } from "node:crypto";
import { AppError } from "../error.ts";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { dayOf } from "../law/day.ts";
import type { CaseEventRow, CaseRow, ComplaintRow } from "../store/case-tables.ts";
import type { Database, Transaction } from "../store/database.ts";
import { type Clocks, earliestDue, startClock } from "./clocks.ts";
import { titleOf } from "./documents.ts";
import type { Route } from "./routing.ts";
import {
  type CaseResult,
  finished,
  type Move,
  type MoveFields,
  type MoveName,
  moveNames,
  moves,
  type Status,
} from "./states.ts";
import type { CaseState, Moved } from "./transition.ts";

export interface LoadedCase {
  readonly row: CaseRow;
  readonly state: CaseState;
  readonly excluded: readonly { readonly party: string; readonly why: string }[];
}

/** The report's own key, as the office holds it. */
export function officeKey(keys: Keys, complaint: Pick<ComplaintRow, "id" | "key_for_office">): Buffer {
  return unseal(keys.derive("report-office"), complaint.key_for_office, `report ${complaint.id}`);
}

export function wrapForOffice(keys: Keys, complaint: string, key: Buffer): string {
  return seal(keys.derive("report-office"), key, `report ${complaint}`);
}

export async function findCase(db: Database | Transaction, id: string): Promise<LoadedCase | undefined> {
  const row = await db.selectFrom("case_file").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const excluded = await db
    .selectFrom("case_exclusion")
    .select(["party", "why"])
    .where("case_id", "=", id)
    .execute();
  const documents = await db
    .selectFrom("document")
    .select(["id", "kind", "number"])
    .where("case_id", "=", id)
    .where("status", "=", "issued")
    .orderBy("at")
    .execute();
  const decision = await db
    .selectFrom("case_event")
    .select("actor")
    .where("case_id", "=", id)
    .where("kind", "in", decisive)
    .orderBy("no", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    row,
    excluded,
    state: {
      ...stateOf(row),
      excluded: excluded.map((one) => one.party),
      awaiting: documents.map(({ id: document, kind, number }) => ({
        id: document,
        kind,
        title: titleOf(kind, number),
      })),
      decidedBy: decision?.actor,
    },
  };
}

const decisive = moveNames.filter((name) => (moves[name] as Move).decisive);

function stateOf(row: CaseRow): Omit<CaseState, "excluded" | "awaiting"> {
  return {
    status: row.status as Status,
    kind: row.kind,
    matter: row.matter,
    submitted: dayOf(new Date(row.submitted_at)),
    clocks: JSON.parse(row.clocks) as Clocks,
    assignee: row.assignee ?? undefined,
    office: row.office ?? undefined,
    returns: row.returns,
    result: (row.result as CaseResult | null) ?? undefined,
    satisfaction: row.satisfaction ?? undefined,
  };
}

export interface NewCase {
  readonly id: string;
  readonly complaint: string;
  readonly kind: CaseRow["kind"];
  readonly route: Route;
  readonly organ: string | null;
  /** Officer record ids complained of: never shown the case either. */
  readonly officers: readonly string[];
  readonly matter: string;
  readonly area: string | null;
  readonly secrecy: CaseRow["secrecy"];
}

/** Opens the case with its first event and its clocks. */
export async function insertCase(
  transaction: Transaction,
  fresh: NewCase,
  key: Buffer,
  calendar: Calendar,
  at: Date,
): Promise<void> {
  const day = dayOf(at);
  const discretion = fresh.matter === "discretion";
  const clocks = [
    startClock("accept", discretion, day, calendar),
    startClock("finish", discretion, day, calendar),
  ];
  const event = eventRow(
    {
      case_id: fresh.id,
      no: 1,
      kind: "registered",
      actor: "complainant",
      from_status: "",
      to_status: "registered",
    },
    { rule: fresh.route.rule, reason: fresh.route.reason },
    key,
    "",
    at,
  );
  await transaction
    .insertInto("case_file")
    .values({
      id: fresh.id,
      complaint: fresh.complaint,
      kind: fresh.kind,
      status: "registered",
      version: 1,
      office: fresh.route.office ?? null,
      rule: fresh.route.rule,
      reason: fresh.route.reason,
      organ: fresh.organ,
      matter: fresh.matter,
      area: fresh.area,
      secrecy: fresh.secrecy,
      submitted_at: at.getTime(),
      accepted_at: null,
      closed_at: null,
      due_day: earliestDue(clocks) ?? null,
      clocks: JSON.stringify(clocks),
      assignee: null,
      returns: 0,
      result: null,
      satisfaction: null,
      head: event.hash,
      reminded: "{}",
    })
    .execute();
  const parties = [
    ...fresh.route.excluded,
    ...fresh.officers.map((party) => ({ party, why: "被投诉的执法人员" })),
  ];
  for (const { party, why } of parties) {
    await transaction
      .insertInto("case_exclusion")
      .values({ case_id: fresh.id, party, why })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await transaction.insertInto("case_event").values(event).execute();
}

/**
 * Writes a move: the case as it now stands and the event, or nothing.
 *
 * @throws AppError `conflict` when somebody else moved the case since it was loaded.
 */
export async function recordMove(
  transaction: Transaction,
  before: LoadedCase,
  move: { readonly name: MoveName; readonly given: MoveFields; readonly actor: string },
  moved: Moved,
  key: Buffer,
  at: Date,
): Promise<void> {
  const { row } = before;
  const after = moved.case;
  const { no } = await transaction
    .selectFrom("case_event")
    .select(({ fn }) => fn.max("no").as("no"))
    .where("case_id", "=", row.id)
    .executeTakeFirstOrThrow();
  const event = eventRow(
    {
      case_id: row.id,
      no: Number(no) + 1,
      kind: move.name,
      actor: move.actor,
      from_status: row.status,
      to_status: after.status,
    },
    move.given,
    key,
    row.head,
    at,
  );
  const ended = finished.includes(after.status);
  const changed = await transaction
    .updateTable("case_file")
    .set({
      status: after.status,
      version: row.version + 1,
      office: after.office ?? null,
      assignee: after.assignee ?? null,
      returns: after.returns,
      result: after.result ?? null,
      satisfaction: after.satisfaction ?? null,
      clocks: JSON.stringify(after.clocks),
      due_day: ended ? null : (earliestDue(after.clocks) ?? null),
      accepted_at: row.accepted_at ?? (after.status === "accepted" ? at.getTime() : null),
      closed_at: ended ? (row.closed_at ?? at.getTime()) : null,
      head: event.hash,
    })
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new AppError("conflict");
  await transaction.insertInto("case_event").values(event).execute();
}

export interface CaseEventView {
  readonly no: number;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly from: string;
  readonly to: string;
  readonly fields: MoveFields & Readonly<Record<string, string>>;
}

export async function readEvents(
  db: Database | Transaction,
  caseId: string,
  key: Buffer,
): Promise<readonly CaseEventView[]> {
  const rows = await db
    .selectFrom("case_event")
    .selectAll()
    .where("case_id", "=", caseId)
    .orderBy("no")
    .execute();
  return rows.map((row) => ({
    no: row.no,
    at: new Date(row.at),
    kind: row.kind,
    actor: row.actor,
    from: row.from_status,
    to: row.to_status,
    fields: JSON.parse(unseal(key, row.body, `event ${row.case_id} ${row.no}`).toString()),
  }));
}

/** The first event that does not follow from the one before it, or whose head was cut off; undefined when whole. */
export async function brokenChain(db: Database, caseId: string): Promise<number | undefined> {
  const rows = await db
    .selectFrom("case_event")
    .selectAll()
    .where("case_id", "=", caseId)
    .orderBy("no")
    .execute();
  let previous = "";
  for (const row of rows) {
    if (row.previous !== previous || hashOf(row) !== row.hash) return row.no;
    previous = row.hash;
  }
  const head = await db.selectFrom("case_file").select("head").where("id", "=", caseId).executeTakeFirst();
  return head?.head === previous ? undefined : rows.length + 1;
}

function eventRow(
  facts: Pick<CaseEventRow, "case_id" | "no" | "kind" | "actor" | "from_status" | "to_status">,
  body: Readonly<Record<string, string | undefined>>,
  key: Buffer,
  previous: string,
  at: Date,
): CaseEventRow {
  const row = {
    ...facts,
    at: at.getTime(),
    body: seal(key, JSON.stringify(body), `event ${facts.case_id} ${facts.no}`),
    previous,
  };
  return { ...row, hash: hashOf(row) };
}

function hashOf(row: Omit<CaseEventRow, "hash">): string {
  const facts = [
    row.case_id,
    row.no,
    row.at,
    row.kind,
    row.actor,
    row.from_status,
    row.to_status,
    row.body,
    row.previous,
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
