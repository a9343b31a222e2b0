/**
 * Taking complaints in, and everything a receipt opens. `prepare` does the slow and outside work; `write` runs inside
 * the caller's transaction, so that a turn, its reply and the complaint stand or fall together.
 */
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { nanoid } from "nanoid";
import { raiseAlarm } from "../cases/alarms.ts";
import {
  findCase,
  insertCase,
  type LoadedCase,
  recordMove,
  wrapForOffice,
} from "../cases/case-repository.ts";
import type { Clock } from "../cases/clocks.ts";
import { enqueue } from "../cases/outbox.ts";
import { recipients } from "../cases/recipients.ts";
import { type Route, routeCase } from "../cases/routing.ts";
import { type MoveFields, type MoveName, type Status, statuses } from "../cases/states.ts";
import { type Mover, permittedMoves, transition } from "../cases/transition.ts";
import { AppError } from "../error.ts";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { dayOf } from "../law/day.ts";
import type { Library } from "../records/library.ts";
import type { ComplaintRow, EvidenceRow } from "../store/case-tables.ts";
import { type Database, isUniqueViolation, type Store, type Transaction } from "../store/database.ts";
import type { DoorName, TurnFile } from "../turn.ts";
import type { Acknowledgements } from "./acknowledgement.ts";
import { sayContested } from "./contested.ts";
import { type Evidence, MAX_FILES } from "./evidence.ts";
import { digestOf, Filing, Submission } from "./filing.ts";
import { insertMessage, type Message, readMessages } from "./messages.ts";
import { createReceiptReader, defaultCost, type ReceiptCost, receiptChecks, receiptFor } from "./receipt.ts";
import { createThrottle } from "./throttle.ts";
import type { Vault } from "./vault.ts";

export interface ComplaintParts {
  readonly store: Store;
  readonly keys: Keys;
  readonly vault: Vault;
  readonly evidence: Evidence;
  readonly acknowledgements: Acknowledgements;
  readonly library: () => Library;
  readonly calendar: () => Calendar;
  /** Tells an official's system by webhook too. */
  readonly webhook: boolean;
  readonly now: () => Date;
  readonly cost?: ReceiptCost;
}

/** Ready to be written; holds the receipt until it has been shown. */
export interface Prepared {
  readonly receipt: string;
  /** What the receipt, typed back, must lead to. */
  readonly verifier: string;
  readonly acknowledgement: string;
  readonly caseId: string;
  readonly route: Route;
  readonly officeName: string;
  readonly write: (transaction: Transaction) => Promise<void>;
}

/** What a right receipt opens. Holds the report's key: keep it in memory or sealed, never in clear. */
export interface Report {
  readonly complaint: string;
  readonly caseId: string;
  readonly key: Buffer;
}

export type Opened =
  | { readonly kind: "open"; readonly report: Report }
  | { readonly kind: "unknown"; readonly say: string };

export interface ReportStatus {
  readonly caseId: string;
  readonly kind: "complaint" | "correction";
  readonly status: Status;
  readonly label: string;
  readonly office: string;
  readonly submittedAt: Date;
  readonly clocks: readonly Clock[];
  readonly result?: string;
  /** What the holder of the receipt may do now. */
  readonly moves: readonly ("withdraw" | "rate" | "reopen")[];
  /** States passed, oldest first; internal notes and findings are not among them. */
  readonly timeline: readonly { readonly at: Date; readonly label: string }[];
  readonly messages: readonly Omit<Message, "account">[];
  readonly files: number;
  readonly filing: Filing;
}

export interface Complaints {
  /** Whether anybody would receive it; asked before the first question. */
  preflight(): Promise<{ readonly open: boolean; readonly say: string }>;
  prepare(submission: Submission, at: Date): Promise<Prepared>;
  /** Keeps the files of a form. @throws AppError `bad_input` naming the file that cannot be kept. */
  keep(
    files: readonly TurnFile[],
    door: DoorName,
    conversation: string,
    at: Date,
  ): Promise<{ readonly key: string; readonly evidence: readonly string[] }>;
  /** `prepare` and `write` in one, for doors without a dialogue. The same submission again gives the same receipt. */
  file(submission: Submission, at: Date): Promise<Prepared>;
  /** @param address who tries: an IP address or chat id; only wrong receipts slow it down. */
  open(receipt: string, address: string, at: Date): Promise<Opened>;
  /** What is stored of a receipt: to compare one typed back. */
  verifierOf(receipt: string): Promise<string>;
  status(report: Report): Promise<ReportStatus>;
  /** Each runs in the given transaction. @throws AppError `conflict` or `bad_input` saying what is allowed now. */
  say(transaction: Transaction, report: Report, text: string, at: Date): Promise<void>;
  attach(transaction: Transaction, report: Report, rows: readonly EvidenceRow[], at: Date): Promise<void>;
  move(
    transaction: Transaction,
    report: Report,
    name: "withdraw" | "rate" | "reopen",
    given: MoveFields,
    at: Date,
  ): Promise<void>;
}

const complainant: Mover = { kind: ["complainant"], id: "complainant" };
/** Longer than any receipt with its spaces; the rest of what was typed is not computed on. */
const MAX_RECEIPT = 60;
const TRAY = "tray";
export const TRAY_NAME = "人工分办台";

export function createComplaints(parts: ComplaintParts): Complaints {
  const { store, keys, vault, acknowledgements } = parts;
  const { db } = store;
  const reader = createReceiptReader(keys, parts.cost);
  const throttle = createThrottle(store);

  async function prepare(input: Submission, at: Date): Promise<Prepared> {
    const parsed = Submission.safeParse(input);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => issue.path.join(".")).join("、");
      throw new AppError("bad_input", { say: `登记内容不完整或过长:${wrong}。` });
    }
    const submission = parsed.data;
    const { filing } = submission;
    const receipt = receiptFor(keys.derive("receipt-draw"), `${submission.id} ${JSON.stringify(filing)}`);
    const secrets = await reader.open(receipt);
    const library = parts.library();
    const { offices } = await recipients(db);
    const route = routeCase(
      { kind: submission.kind, matter: filing.matter, organs: filing.organIds, area: filing.area },
      library,
      dayOf(at),
      (office) => offices.has(office),
    );
    if (route.kind === "channel")
      throw new AppError("bad_input", { say: `${route.reason}。请直接向纪检监察机关反映。` });
    const contested =
      filing.record === undefined ? undefined : sayContested(filing.record, filing.what, library);
    const office = route.office ? library.entity(route.office).name : TRAY_NAME;
    const files = await db
      .selectFrom("evidence")
      .select(["id", "sha256"])
      .where("id", "in", submission.evidence.length > 0 ? submission.evidence : [""])
      .where("complaint", "is", null)
      .orderBy("id")
      .execute();
    const digest = digestOf(
      filing,
      files.map((file) => file.sha256),
    );
    const caseId = newCaseId(submission.kind, at);
    const complaint = nanoid();
    const key = submission.key ? Buffer.from(submission.key, "base64") : randomBytes(32);
    const acknowledgement = acknowledge(submission.kind, secrets.verifier, digest, at, office);
    const row: ComplaintRow = {
      id: complaint,
      kind: submission.kind,
      verifier: secrets.verifier,
      key_for_receipt: seal(secrets.key, key, `report ${complaint}`),
      key_for_office: wrapForOffice(keys, complaint, key),
      content: seal(key, JSON.stringify(filing), `filing ${complaint}`),
      digest,
      submission: keys.digest("submission", submission.id),
      door: submission.door,
      secrecy: submission.secrecy,
      filed_at: at.getTime(),
    };
    const address =
      submission.address && submission.secrecy !== "anonymous"
        ? { v: 1 as const, door: submission.door, address: submission.address }
        : undefined;
    const identity = submission.secrecy === "anonymous" ? undefined : submission.identity;

    async function write(transaction: Transaction): Promise<void> {
      await transaction.insertInto("complaint").values(row).execute();
      await vault.put(transaction, complaint, identity, address, at);
      if (files.length > 0) {
        const ids = files.map((file) => file.id);
        await transaction.updateTable("evidence").set({ complaint }).where("id", "in", ids).execute();
      }
      await insertCase(
        transaction,
        {
          id: caseId,
          complaint,
          kind: submission.kind,
          route,
          organ: filing.organIds[0] ?? contested?.organ ?? null,
          officers: filing.officerIds,
          matter: filing.matter,
          area: filing.area ?? areaOf(library, filing.organIds) ?? null,
          secrecy: submission.secrecy,
        },
        key,
        parts.calendar(),
        at,
      );
      await tellOffice(transaction, caseId, route.office ?? TRAY, "case.registered", at);
      for (const superior of route.tell)
        await tellOffice(transaction, caseId, superior, "case.superiorTold", at);
      if (route.kind === "tray")
        await raiseAlarm(transaction, "tray", caseId, `新登记待人工分办:${route.reason}`, at);
    }
    return { receipt, verifier: secrets.verifier, acknowledgement, caseId, route, officeName: office, write };
  }

  async function tellOffice(
    transaction: Transaction,
    caseId: string,
    office: string,
    topic: string,
    at: Date,
  ) {
    const payload = { case: caseId, office };
    await enqueue(
      transaction,
      { lane: `${caseId} ${office}`, caseId, channel: "console", recipient: office, topic, payload },
      at,
    );
    if (!parts.webhook) return;
    await enqueue(
      transaction,
      { lane: `${caseId} webhook`, caseId, channel: "webhook", recipient: "webhook", topic, payload },
      at,
    );
  }

  async function loaded(source: Database | Transaction, report: Report): Promise<LoadedCase> {
    const found = await findCase(source, report.caseId);
    if (!found) throw new AppError("not_found");
    return found;
  }

  return {
    prepare,
    async preflight() {
      const { open } = await recipients(db);
      return {
        open,
        say: open
          ? ""
          : "本平台目前没有在岗人员接收登记,暂不能受理,以免石沉大海。请直接联系当地司法行政部门或拨打 12345。",
      };
    },
    async keep(files, door, conversation, at) {
      if (files.length > MAX_FILES)
        throw new AppError("bad_input", { say: `一次最多 ${MAX_FILES} 个文件。` });
      const key = randomBytes(32);
      const rows: EvidenceRow[] = [];
      for (const file of files) {
        const received = await parts.evidence.receive(
          file,
          door,
          keys.digest("conversation", conversation),
          key,
          at,
        );
        if (received.kind === "refused") throw new AppError("bad_input", { say: received.say });
        rows.push(received.row);
      }
      if (rows.length > 0) await db.insertInto("evidence").values(rows).execute();
      return { key: key.toString("base64"), evidence: rows.map((row) => row.id) };
    },
    async file(submission, at) {
      const prepared = await prepare(submission, at);
      try {
        await db.transaction().execute((transaction) => prepared.write(transaction));
        return prepared;
      } catch (thrown) {
        if (!isUniqueViolation(thrown)) throw thrown;
        return filedBefore(prepared, submission.id);
      }
    },
    async open(receipt, address, at) {
      const who = keys.digest("throttle", address);
      const soonest = delay((parts.cost ?? defaultCost).floorMs ?? 0);
      const secrets = await reader.open(receipt.slice(0, MAX_RECEIPT), who);
      const row = await db
        .selectFrom("complaint")
        .innerJoin("case_file", "case_file.complaint", "complaint.id")
        .select(["complaint.id", "complaint.key_for_receipt", "case_file.id as case"])
        .where("verifier", "=", secrets.verifier)
        .executeTakeFirst();
      await soonest;
      if (!row) {
        const { flood, waitMs } = await throttle.missed(who, at);
        if (flood) await raiseAlarm(db, "guessing", "receipts", "有人在大量试猜回执编号", at);
        await delay(waitMs);
        return {
          kind: "unknown",
          say: receiptChecks(receipt)
            ? "没有查到这个回执编号。请核对后再输一次。"
            : "回执编号不对:应为 17 位数字。请对照抄下的编号再输一次。",
        };
      }
      const key = unseal(secrets.key, row.key_for_receipt, `report ${row.id}`);
      return { kind: "open", report: { complaint: row.id, caseId: row.case, key } };
    },
    verifierOf: async (receipt) => (await reader.open(receipt)).verifier,
    async status(report) {
      const { row, state } = await loaded(db, report);
      const complaint = await db
        .selectFrom("complaint")
        .select("content")
        .where("id", "=", report.complaint)
        .executeTakeFirstOrThrow();
      const events = await db
        .selectFrom("case_event")
        .select(["at", "from_status", "to_status"])
        .where("case_id", "=", row.id)
        .orderBy("no")
        .execute();
      const messages = await readMessages(db, row.id, report.key);
      const { count } = await db
        .selectFrom("evidence")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("complaint", "=", report.complaint)
        .executeTakeFirstOrThrow();
      const office = row.office ? parts.library().find(row.office) : undefined;
      return {
        caseId: row.id,
        kind: row.kind,
        status: state.status,
        label: statuses[state.status],
        office: office?.kind === "entity" ? office.name : TRAY_NAME,
        submittedAt: new Date(row.submitted_at),
        clocks: state.clocks,
        result: state.result,
        moves: permittedMoves(state, complainant, dayOf(parts.now())).filter(
          (name) => name === "withdraw" || name === "rate" || name === "reopen",
        ),
        timeline: events
          .filter((event) => event.from_status !== event.to_status)
          .map((event) => ({ at: new Date(event.at), label: statuses[event.to_status as Status] })),
        messages: messages.map(({ from, text, at }) => ({ from, text, at })),
        files: Number(count),
        filing: Filing.parse(
          JSON.parse(unseal(report.key, complaint.content, `filing ${report.complaint}`).toString()),
        ),
      };
    },
    async say(transaction, report, text, at) {
      const { row } = await loaded(transaction, report);
      await insertMessage(
        transaction,
        row.id,
        { author: "complainant", account: null },
        text,
        report.key,
        at,
      );
      await tellOffice(transaction, row.id, row.office ?? TRAY, "case.message", at);
    },
    async attach(transaction, report, rows, at) {
      const { row } = await loaded(transaction, report);
      for (const one of rows)
        await transaction
          .insertInto("evidence")
          .values({ ...one, complaint: report.complaint })
          .execute();
      await tellOffice(transaction, row.id, row.office ?? TRAY, "case.evidence", at);
    },
    async move(transaction, report, name: MoveName, given, at) {
      const before = await loaded(transaction, report);
      const moved = transition(before.state, name, given, complainant, dayOf(at), parts.calendar());
      if (moved.kind === "refused") throw new AppError("bad_input", { say: moved.say });
      await recordMove(transaction, before, { name, given, actor: "complainant" }, moved, report.key, at);
      await tellOffice(transaction, before.row.id, before.row.office ?? TRAY, `case.${name}`, at);
    },
  };

  function acknowledge(
    kind: Submission["kind"],
    verifier: string,
    report: string,
    at: Date,
    office: string,
  ): string {
    const receipt = createHash("sha256").update(verifier).digest("hex");
    return acknowledgements.sign({ kind, receipt, report, at: at.toISOString(), office });
  }

  /** The submission is already there: its receipt is drawn from the submission, so it can be given again. */
  async function filedBefore(prepared: Prepared, id: string): Promise<Prepared> {
    const row = await db
      .selectFrom("complaint")
      .innerJoin("case_file", "case_file.complaint", "complaint.id")
      .select(["complaint.verifier", "complaint.kind", "complaint.digest", "complaint.filed_at"])
      .select(["case_file.id as case", "case_file.office"])
      .where("submission", "=", keys.digest("submission", id))
      .executeTakeFirst();
    const { verifier } = await reader.open(prepared.receipt);
    if (!row || row.verifier !== verifier)
      throw new AppError("conflict", { say: "这份内容已经登记过。请用原来的回执查询。" });
    const officeName = row.office ? parts.library().entity(row.office).name : TRAY_NAME;
    const acknowledgement = acknowledge(row.kind, verifier, row.digest, new Date(row.filed_at), officeName);
    return { ...prepared, caseId: row.case, officeName, acknowledgement };
  }
}

/** `TS20261124-7Q3KXM`, `JC…` for a correction: names the case to officials, opens nothing. */
function newCaseId(kind: "complaint" | "correction", at: Date): string {
  const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  const tail = [...randomBytes(6)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return `${kind === "complaint" ? "TS" : "JC"}${dayOf(at).replaceAll("-", "")}-${tail}`;
}

/** Where the organ complained of is, for people who named it and no place. */
function areaOf(library: Library, organs: readonly string[]): string | undefined {
  const record = library.find(organs[0] ?? "");
  return record?.kind === "entity" ? record.area : undefined;
}
