/** Everything the console and the command line may do with cases. Each call names the account it is done for. */
import { nanoid } from "nanoid";
import { insertMessage, messagesOf } from "../complaints/complaints.ts";
import { type Evidence, evidenceOf } from "../complaints/evidence.ts";
import { Filing } from "../complaints/filing.ts";
import { type Identity, type IdentityField, maskIdentity, type Vault } from "../complaints/vault.ts";
import { AppError } from "../error.ts";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { type Day, dayOf } from "../law/day.ts";
import type { Log } from "../log.ts";
import type { Library } from "../records/library.ts";
import type { AlarmRow, AuditRow, CaseRow, EvidenceRow, OutboxRow } from "../store/case-tables.ts";
import type { Store, Transaction } from "../store/database.ts";
import { hasRole, type OpenedCase, openCase, readable, requireRole } from "./access.ts";
import { type Account, type Accounts, createAccounts } from "./accounts.ts";
import { acknowledgeAlarm, unacknowledged } from "./alarms.ts";
import { appendAudit, brokenAudit } from "./audit.ts";
import { brokenChain, type CaseEventView, readEvents, recordMove } from "./case-repository.ts";
import type { Clock } from "./clocks.ts";
import { type DocumentKind, draftDocument } from "./documents.ts";
import { createInquiries, type Inquiries } from "./inquiries.ts";
import { createOfficerCodes, type OfficerCodes } from "./officer-codes.ts";
import { createOutbox, enqueue } from "./outbox.ts";
import { type Move, type MoveFields, type MoveName, moves, type Status, statuses } from "./states.ts";
import { type CaseStatistics, statisticsOf } from "./statistics.ts";
import { type Mover, permittedMoves, transition } from "./transition.ts";

export interface DeskParts {
  readonly store: Store;
  readonly keys: Keys;
  readonly library: () => Library;
  readonly calendar: () => Calendar;
  readonly vault: Vault;
  readonly evidence: Evidence;
  readonly log: Log;
  readonly webhook: boolean;
}

export interface QueueFilter {
  readonly kind?: CaseRow["kind"];
  readonly status?: Status;
  readonly matter?: string;
  readonly organ?: string;
  readonly area?: string;
  /** Mine, nobody's, or an account's. */
  readonly assignee?: string | "none";
  /** `late`: past its due day; `soon`: due within three calendar days; `tray`: waiting for a person to route it. */
  readonly only?: "open" | "late" | "soon" | "tray";
  readonly sort?: "due" | "newest";
  /** From 1. */
  readonly page?: number;
  readonly pageSize?: number;
}

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
  readonly messages: readonly {
    readonly from: "complainant" | "office";
    readonly account?: string;
    readonly text: string;
    readonly at: Date;
  }[];
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
  readonly status: string;
  readonly recipient: string;
  readonly number?: string;
  readonly text: string;
  readonly answer?: string;
  readonly dueDay?: Day;
  readonly at: Date;
}

export interface Desk {
  readonly accounts: Accounts;
  readonly officerCodes: OfficerCodes;
  /** What an organ complained of may see: neutral 核查通知 addressed to it, and its own answers. */
  readonly inquiries: Inquiries;
  list(
    account: Account,
    filter?: QueueFilter,
  ): Promise<{ readonly cases: readonly CaseLine[]; readonly total: number }>;
  /** @throws AppError `not_found`, also where the account is in conflict. Every read is audited. */
  load(account: Account, id: string): Promise<CaseView>;
  /** @param version the version the user saw; another one is a `conflict`. */
  act(account: Account, id: string, move: string, fields: MoveFields, version?: number): Promise<void>;
  /** A message to the complainant; a content-free notice goes to the door it came by. */
  write(account: Account, id: string, text: string): Promise<void>;
  draft(account: Account, id: string, kind: DocumentKind): Promise<string>;
  file(
    account: Account,
    id: string,
    fileId: string,
  ): Promise<{ readonly name: string; readonly type: string; readonly bytes: Buffer }>;
  /** One identity field, for a reason that is kept with the reader's name. */
  reveal(account: Account, id: string, field: IdentityField, reason: string): Promise<string | undefined>;
  /** The case as text with the reader's name and time on every line; identity masked. */
  export(account: Account, id: string, reason: string): Promise<string>;
  statistics(account: Account, from: Day, to: Day): Promise<CaseStatistics>;
  /** Notices of new and changed cases for the account's office, newest first. */
  inbox(
    account: Account,
    limit?: number,
  ): Promise<readonly Pick<OutboxRow, "id" | "topic" | "case_id" | "created_at">[]>;
  alarms(account: Account): Promise<readonly AlarmRow[]>;
  acknowledge(account: Account, alarm: string): Promise<void>;
  /** Deliveries set aside. */
  stuck(account: Account): Promise<readonly OutboxRow[]>;
  retry(account: Account, delivery: string): Promise<void>;
  audit(account: Account, page?: number): Promise<readonly AuditRow[]>;
  /** Where a chain of events or the access log does not hold; undefined when all is whole. */
  verifyChains(account: Account): Promise<string | undefined>;
}

export function createDesk(parts: DeskParts, now: () => Date = () => new Date()): Desk {
  const { store, keys, vault, evidence } = parts;
  const { db } = store;
  const outbox = createOutbox(store);
  const accounts = createAccounts(store, keys);
  const moverOf = (account: Account): Mover => ({ kind: account.roles, id: account.id });
  const nameOf = (id: string | null | undefined) => {
    const record = id ? parts.library().find(id) : undefined;
    return record?.kind === "entity" ? record.name : undefined;
  };
  const audit = (
    transaction: Transaction,
    account: Account,
    action: string,
    subject: string,
    reason: string,
  ) => appendAudit(store, transaction, { actor: account.id, action, subject, reason }, now());

  function lineOf(row: CaseRow): CaseLine {
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
      late: dueDay !== undefined && dueDay < dayOf(now()),
      assignee: row.assignee ?? undefined,
    };
  }

  async function view(opened: OpenedCase, account: Account): Promise<CaseView> {
    const { row, state, key } = opened;
    const complaint = await db
      .selectFrom("complaint")
      .select("content")
      .where("id", "=", row.complaint)
      .executeTakeFirstOrThrow();
    const messages = await messagesOf(db, row.id);
    const documents = await db
      .selectFrom("document")
      .selectAll()
      .where("case_id", "=", row.id)
      .orderBy("at")
      .execute();
    const files = await evidenceOf(db, row.complaint);
    return {
      ...lineOf(row),
      version: row.version,
      rule: row.rule,
      reason: row.reason,
      filing: Filing.parse(JSON.parse(unseal(key, complaint.content, `filing ${row.complaint}`).toString())),
      clocks: state.clocks,
      returns: row.returns,
      result: state.result,
      satisfaction: state.satisfaction,
      events: await readEvents(db, row.id, key),
      messages: messages.map((message) => ({
        from: message.author,
        account: message.account ?? undefined,
        text: unseal(key, message.body, `message ${message.id}`).toString(),
        at: new Date(message.at),
      })),
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
      moves: permittedMoves(state, moverOf(account), dayOf(now())).map((name) => {
        const move: Move = moves[name];
        return { name, label: move.label, needs: move.needs, may: move.may ?? [] };
      }),
    };
  }

  /** A change within one transaction, the case opened for the account inside it. */
  function change<T>(
    account: Account,
    id: string,
    work: (transaction: Transaction, opened: OpenedCase) => Promise<T>,
  ): Promise<T> {
    return db
      .transaction()
      .execute(async (transaction) => work(transaction, await openCase(transaction, keys, account, id)));
  }

  async function tellComplainant(transaction: Transaction, opened: OpenedCase): Promise<void> {
    const { row } = opened;
    await enqueue(
      transaction,
      {
        lane: `${row.id} person`,
        caseId: row.id,
        channel: "door",
        recipient: row.complaint,
        topic: "case.news",
        payload: {},
      },
      now(),
    );
  }

  return {
    accounts,
    officerCodes: createOfficerCodes(parts, now),
    inquiries: createInquiries(parts, now),

    async list(account, filter = {}) {
      requireRole(account, "supervisor", "reviewer", "auditor", "editor");
      const today = dayOf(now());
      let query = readable(db, account);
      if (filter.kind) query = query.where("c.kind", "=", filter.kind);
      if (filter.status) query = query.where("c.status", "=", filter.status);
      if (filter.matter) query = query.where("c.matter", "=", filter.matter);
      if (filter.organ) query = query.where("c.organ", "=", filter.organ);
      if (filter.area) query = query.where("c.area", "like", `${filter.area}%`);
      if (filter.assignee === "none") query = query.where("c.assignee", "is", null);
      else if (filter.assignee) query = query.where("c.assignee", "=", filter.assignee);
      if (filter.only === "open") query = query.where("c.closed_at", "is", null);
      if (filter.only === "late") query = query.where("c.due_day", "<", today);
      if (filter.only === "soon")
        query = query.where("c.due_day", ">=", today).where("c.due_day", "<=", soon(today));
      if (filter.only === "tray") {
        query = query
          .where((where) => where.or([where("c.office", "is", null), where("c.status", "=", "returned")]))
          .where("c.closed_at", "is", null);
      }
      const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow();
      const size = Math.min(filter.pageSize ?? 20, 200);
      const sorted =
        filter.sort === "newest"
          ? query.orderBy("c.submitted_at", "desc")
          : query.orderBy("c.due_day").orderBy("c.submitted_at");
      const rows = await sorted
        .selectAll("c")
        .limit(size)
        .offset(((filter.page ?? 1) - 1) * size)
        .execute();
      return { cases: rows.map(lineOf), total: Number(total) };
    },
    async load(account, id) {
      const opened = await change(account, id, async (transaction, found) => {
        await audit(transaction, account, "case.read", id, "");
        return found;
      });
      return view(opened, account);
    },
    async act(account, id, move, given, version) {
      const at = now();
      const people = await accounts.list();
      const assignee = people.find((one) => one.id === given.assignee || one.name === given.assignee);
      const fields = assignee ? { ...given, assignee: assignee.id } : given;
      await change(account, id, async (transaction, opened) => {
        if (version !== undefined && version !== opened.row.version) throw new AppError("conflict");
        const moved = transition(opened.state, move, fields, moverOf(account), dayOf(at), parts.calendar());
        if (moved.kind === "refused")
          throw new AppError(moved.because === "not_yours" ? "forbidden" : "bad_input", { say: moved.say });
        checkTargets(opened, move, fields, assignee);
        const name = move as MoveName;
        await recordMove(
          transaction,
          opened,
          { name, given: fields, actor: account.id },
          moved,
          opened.key,
          at,
        );
        if (moved.issues) await issue(transaction, opened, moved.issues, fields, moved.started[0]?.due, at);
        if (fields.toComplainant) {
          await insertMessage(
            transaction,
            id,
            { author: "office", account: account.id },
            fields.toComplainant,
            opened.key,
            at,
          );
        }
        if (moved.tells || fields.toComplainant) await tellComplainant(transaction, opened);
        if (parts.webhook) {
          const payload = { case: id, status: moved.case.status };
          await enqueue(
            transaction,
            {
              lane: `${id} webhook`,
              caseId: id,
              channel: "webhook",
              recipient: "webhook",
              topic: `case.${name}`,
              payload,
            },
            at,
          );
        }
      });
    },
    async write(account, id, text) {
      requireRole(account, "supervisor", "reviewer", "editor");
      if (text.trim() === "" || text.length > 4000)
        throw new AppError("bad_input", { say: "留言应为 1 至 4000 字。" });
      await change(account, id, async (transaction, opened) => {
        await insertMessage(
          transaction,
          id,
          { author: "office", account: account.id },
          text.trim(),
          opened.key,
          now(),
        );
        await tellComplainant(transaction, opened);
      });
    },
    async draft(account, id, kind) {
      const { row, state, key } = await openCase(db, keys, account, id);
      const events = await readEvents(db, id, key);
      return draftDocument({
        kind,
        number: "文号待编",
        office: nameOf(row.office) ?? "(办理机构)",
        recipient: nameOf(row.organ) ?? "(受文机关)",
        matter: row.matter,
        day: dayOf(now()),
        due: state.clocks.find((clock) => clock.name === kind)?.due,
        finding: events.findLast((event) => event.fields.finding)?.fields.finding,
      });
    },
    async file(account, id, fileId) {
      const { opened, row } = await change(account, id, async (transaction, found) => {
        const file = (await evidenceOf(transaction, found.row.complaint)).find((one) => one.id === fileId);
        if (!file) throw new AppError("not_found", { say: "没有这个证据文件。" });
        await audit(transaction, account, "evidence.read", `${id} ${fileId}`, "");
        return { opened: found, row: file };
      });
      return evidence.read(row, opened.key);
    },
    async reveal(account, id, field, reason) {
      requireRole(account, "supervisor", "reviewer");
      if (reason.trim().length < 4)
        throw new AppError("bad_input", { say: "读取身份信息须写明理由(至少 4 个字)。" });
      const complaint = await change(account, id, async (transaction, found) => {
        await audit(transaction, account, `identity.${field}`, id, reason.trim());
        return found.row.complaint;
      });
      const identity: Identity | undefined = await vault.identity(db, complaint);
      return identity?.[field];
    },
    async export(account, id, reason) {
      requireRole(account, "supervisor", "reviewer", "auditor");
      if (reason.trim().length < 4) throw new AppError("bad_input", { say: "导出须写明理由(至少 4 个字)。" });
      const opened = await change(account, id, async (transaction, found) => {
        await audit(transaction, account, "case.export", id, reason.trim());
        return found;
      });
      return watermark(
        await view(opened, account),
        `${account.display}(${account.name}) ${now().toISOString()}`,
      );
    },
    async statistics(account, from, to) {
      requireRole(account, "supervisor", "reviewer", "auditor", "admin");
      const rows = await readable(db, { ...account, roles: ["auditor"] })
        .selectAll("c")
        .execute();
      return statisticsOf(rows, from, to, (id) => nameOf(id) ?? id);
    },
    async inbox(account, limit = 50) {
      requireRole(account, "supervisor", "reviewer", "auditor", "editor", "admin");
      const office = account.entity === "*" ? "tray" : account.entity;
      return db
        .selectFrom("outbox as o")
        .select(["o.id", "o.topic", "o.case_id", "o.created_at"])
        .where("o.channel", "=", "console")
        .where("o.recipient", "=", office)
        .orderBy("o.created_at", "desc")
        .limit(limit)
        .execute();
    },
    async alarms(account) {
      requireRole(account, "supervisor", "reviewer", "auditor", "admin");
      const all = await unacknowledged(db);
      if (account.entity === "*") return all;
      const { cases } = await this.list(account, { pageSize: 200 });
      return all.filter((alarm) => cases.some((one) => one.id === alarm.subject));
    },
    async acknowledge(account, alarm) {
      requireRole(account, "supervisor", "reviewer", "admin");
      await acknowledgeAlarm(db, alarm, account.id, now());
    },
    async stuck(account) {
      requireRole(account, "admin");
      return db.selectFrom("outbox").selectAll().where("state", "=", "aside").orderBy("created_at").execute();
    },
    async retry(account, delivery) {
      requireRole(account, "admin");
      await outbox.retry(delivery, now());
    },
    async audit(account, page = 1) {
      requireRole(account, "auditor");
      return db
        .selectFrom("audit")
        .selectAll()
        .orderBy("no", "desc")
        .limit(100)
        .offset((page - 1) * 100)
        .execute();
    },
    async verifyChains(account) {
      requireRole(account, "auditor", "admin");
      const broken = await brokenAudit(db);
      if (broken !== undefined) return `访问日志第 ${broken} 条与前后不符`;
      for (const { id } of await db.selectFrom("case_file").select("id").execute()) {
        const at = await brokenChain(db, id);
        if (at !== undefined) return `案件 ${id} 第 ${at} 条记录与前后不符`;
      }
      return undefined;
    },
  };

  /** Ids named in fields must exist, and must not be a party to the case. */
  function checkTargets(
    opened: OpenedCase,
    move: string,
    fields: MoveFields,
    assignee: Account | undefined,
  ): void {
    const library = parts.library();
    for (const id of [fields.referTo, fields.office, fields.recipient]) {
      if (id !== undefined && library.find(id)?.kind !== "entity")
        throw new AppError("unknown_value", { say: `没有编号为“${id}”的机关。` });
    }
    if (fields.powerItem !== undefined) {
      const item = library.find(fields.powerItem);
      if (item?.kind !== "power")
        throw new AppError("unknown_value", {
          say: `权责清单中没有编号为“${fields.powerItem}”的事项。退单须指明属于哪个机关的哪一项职权。`,
        });
    }
    if (fields.assignee !== undefined) {
      const conflict = opened.excluded.some(
        ({ party }) => party === assignee?.entity || party === assignee?.officer,
      );
      if (
        !assignee ||
        assignee.disabled ||
        conflict ||
        !hasRole(assignee, "supervisor", "reviewer", "editor")
      )
        throw new AppError("unknown_value", {
          say: `不能${moves[move as MoveName]?.label ?? "分派"}给这个账号:不存在、已停用、无相应角色或需回避。`,
        });
    }
  }

  async function issue(
    transaction: Transaction,
    opened: OpenedCase,
    kind: DocumentKind,
    fields: MoveFields,
    due: Day | undefined,
    at: Date,
  ) {
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
}

function soon(today: Day): Day {
  return dayOf(new Date(Date.parse(`${today}T00:00:00+08:00`) + 3 * 86_400_000));
}

/** Every line carries who printed it and when, so that a leaked page names its source. */
function watermark(view: CaseView, mark: string): string {
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
