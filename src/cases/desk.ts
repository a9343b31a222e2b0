/** Everything the console and the command line may do with cases. Each call names the account it is done for. */

import { type Evidence, evidenceOf } from "../complaints/evidence.ts";
import { insertMessage } from "../complaints/messages.ts";
import type { Identity, IdentityField, Vault } from "../complaints/vault.ts";
import { AppError } from "../error.ts";
import type { Keys } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { type Day, dayOf } from "../law/day.ts";
import type { Log } from "../log.ts";
import type { Library } from "../records/library.ts";
import type { AlarmRow, AuditRow, OutboxRow } from "../store/case-tables.ts";
import type { Store, Transaction } from "../store/database.ts";
import { hasRole, type OpenedCase, openCase, readable, requireRole } from "./access.ts";
import { type Account, type Accounts, createAccounts } from "./accounts.ts";
import { acknowledgeAlarm, unacknowledged } from "./alarms.ts";
import { appendAudit, brokenAudit } from "./audit.ts";
import { brokenChain, recordMove } from "./case-repository.ts";
import {
  type CaseLine,
  type CaseView,
  lineOf,
  moverOf,
  type NameOf,
  viewCase,
  watermark,
} from "./case-view.ts";
import { createInquiries, type Inquiries } from "./inquiries.ts";
import { issueDocument, outgoingOf, whyWithheld } from "./issue-document.ts";
import { createOfficerCodes, type OfficerCodes } from "./officer-codes.ts";
import { createOutbox, enqueue } from "./outbox.ts";
import { countQueue, type QueueFilter, readQueue } from "./queue.ts";
import { soughtIn } from "./search.ts";
import { type MoveFields, type MoveName, moves } from "./states.ts";
import { type CaseStatistics, statisticsOf } from "./statistics.ts";
import { transition } from "./transition.ts";

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

/** `words`: a case's number, an organ, a place, a matter, an assignee, or words of the complaint. */
export interface QueueSearch extends QueueFilter {
  readonly words?: string;
}

export interface AuditFilter {
  readonly actions?: readonly string[];
  /** Account id. */
  readonly actor?: string;
  /** Part of what it is about: a case's number. */
  readonly subject?: string;
}

/** Rows of the log on one page. */
export const AUDIT_PAGE = 100;
/** Lines of one export at the most. */
const EXPORTED = 5000;

export interface Desk {
  readonly accounts: Accounts;
  readonly officerCodes: OfficerCodes;
  /** What an organ complained of may see: neutral 核查通知 addressed to it, and its own answers. */
  readonly inquiries: Inquiries;
  list(
    account: Account,
    filter?: QueueSearch,
  ): Promise<{ readonly cases: readonly CaseLine[]; readonly total: number }>;
  count(account: Account, filter: QueueFilter): Promise<number>;
  /** Every line of a list, for a spreadsheet; nothing of a complaint's text. That it was taken is audited. */
  listForExport(account: Account, filter: QueueSearch): Promise<readonly CaseLine[]>;
  /** @throws AppError `not_found`, also where the account is in conflict. Every read is audited. */
  load(account: Account, id: string): Promise<CaseView>;
  /** @param version the version the user saw; another one is a `conflict`. */
  act(account: Account, id: string, move: string, fields: MoveFields, version?: number): Promise<void>;
  /** A message to the complainant; a content-free notice goes to the door it came by. */
  write(account: Account, id: string, text: string): Promise<void>;
  /** The document a move would send, without its number; refused for the same reasons as the move. Sends nothing. */
  preview(account: Account, id: string, move: string, fields: MoveFields): Promise<string>;
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
  /** Newest first, `AUDIT_PAGE` at a time. */
  audit(account: Account, page?: number, filter?: AuditFilter): Promise<readonly AuditRow[]>;
  /** Where a chain of events or the access log does not hold; undefined when all is whole. */
  verifyChains(account: Account): Promise<string | undefined>;
}

export function createDesk(parts: DeskParts, now: () => Date = () => new Date()): Desk {
  const { store, keys, vault, evidence } = parts;
  const { db } = store;
  const outbox = createOutbox(store);
  const accounts = createAccounts(store, keys);
  const nameOf: NameOf = (id) => {
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

    async list(account, { words, ...filter } = {}) {
      requireRole(account, "supervisor", "reviewer", "auditor", "editor");
      const today = dayOf(now());
      const { rows, total } = await readQueue(db, account, await withWords(account, filter, words), today);
      return { cases: rows.map((row) => lineOf(row, nameOf, today)), total };
    },
    async count(account, filter) {
      requireRole(account, "supervisor", "reviewer", "auditor", "editor");
      return countQueue(db, account, filter, dayOf(now()));
    },
    async listForExport(account, { words, ...filter }) {
      requireRole(account, "supervisor", "reviewer", "auditor");
      const today = dayOf(now());
      const whole = { ...(await withWords(account, filter, words)), page: 1, pageSize: EXPORTED };
      const { rows, total } = await readQueue(db, account, whole, today);
      await db
        .transaction()
        .execute((transaction) => audit(transaction, account, "queue.export", "", `${total} 件`));
      return rows.map((row) => lineOf(row, nameOf, today));
    },
    async load(account, id) {
      const opened = await change(account, id, async (transaction, found) => {
        await audit(transaction, account, "case.read", id, "");
        return found;
      });
      return viewCase(parts, opened, account, nameOf, dayOf(now()));
    },
    async act(account, id, move, given, version) {
      const at = now();
      const people = await accounts.list();
      const assignee = people.find((one) => one.id === given.assignee || one.name === given.assignee);
      const fields = assignee ? { ...given, assignee: assignee.id } : given;
      await change(account, id, async (transaction, opened) => {
        if (version !== undefined && version !== opened.row.version) throw new AppError("conflict");
        const { moved, outgoing } = await checkMove(transaction, opened, account, move, fields, assignee);
        const name = move as MoveName;
        const number = outgoing && (await issueDocument(transaction, keys, id, outgoing, at));
        await recordMove(
          transaction,
          opened,
          { name, given: number ? { ...fields, number } : fields, actor: account.id },
          moved,
          opened.key,
          at,
        );
        await audit(transaction, account, `case.${name}`, id, number ?? "");
        if (name === "waive") {
          await transaction
            .updateTable("document")
            .set({ status: "waived" })
            .where("id", "=", fields.document ?? "")
            .execute();
        }
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
    async preview(account, id, move, given) {
      const { opened, outgoing } = await db.transaction().execute(async (transaction) => {
        const found = await openCase(transaction, keys, account, id);
        const checked = await checkMove(transaction, found, account, move, given, undefined);
        return { opened: found, ...checked };
      });
      if (!outgoing)
        throw new AppError("bad_input", { say: `“${move}”不发出文书,办件 ${opened.row.id} 没有可预览的。` });
      return outgoing.text(undefined);
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
        await viewCase(parts, opened, account, nameOf, dayOf(now())),
        `${account.display}(${account.name}) ${now().toISOString()}`,
      );
    },
    async statistics(account, from, to) {
      requireRole(account, "supervisor", "reviewer", "auditor", "admin");
      const rows = await readable(db, { ...account, roles: ["auditor"] })
        .selectAll("c")
        .execute();
      const areas = parts.library().all("area");
      return statisticsOf(rows, from, to, dayOf(now()), {
        organ: (id) => nameOf(id) ?? id,
        area: (code) => areas.find((area) => area.code === code)?.name ?? code,
      });
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
    async audit(account, page = 1, { actions, actor, subject } = {}) {
      requireRole(account, "auditor");
      let query = db.selectFrom("audit").selectAll();
      if (actions) query = query.where("action", "in", actions);
      if (actor) query = query.where("actor", "=", actor);
      if (subject) query = query.where("subject", "like", `%${subject.replace(/[%_]/g, "")}%`);
      return query
        .orderBy("no", "desc")
        .limit(AUDIT_PAGE)
        .offset((page - 1) * AUDIT_PAGE)
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

  async function withWords(account: Account, filter: QueueFilter, words: string | undefined) {
    if (!words?.trim()) return filter;
    const house = { db, keys, library: parts.library() };
    return { ...filter, any: await soughtIn(house, account, await accounts.list(), words) };
  }

  /** What a move would do, or why not: by the table, by whom it names, and by what it would tell the other side. */
  async function checkMove(
    transaction: Transaction,
    opened: OpenedCase,
    account: Account,
    move: string,
    fields: MoveFields,
    assignee: Account | undefined,
  ) {
    const at = now();
    const moved = transition(opened.state, move, fields, moverOf(account), dayOf(at), parts.calendar());
    if (moved.kind === "refused") {
      const { because, say, field } = moved;
      throw new AppError(because === "not_yours" ? "forbidden" : "bad_input", { say, detail: { field } });
    }
    checkTargets(opened, move, fields, assignee);
    const outgoing = outgoingOf(nameOf, opened, moved, fields, at);
    const withheld = outgoing && (await whyWithheld(transaction, { vault, nameOf }, opened, fields));
    if (withheld) throw new AppError("bad_input", { say: withheld.say, detail: { field: withheld.field } });
    return { moved, outgoing };
  }

  /** Ids named in fields must exist, and must not be a party to the case. */
  function checkTargets(
    opened: OpenedCase,
    move: string,
    fields: MoveFields,
    assignee: Account | undefined,
  ): void {
    const library = parts.library();
    for (const field of ["referTo", "office", "recipient"] as const) {
      const id = fields[field];
      if (id !== undefined && library.find(id)?.kind !== "entity")
        throw new AppError("unknown_value", { say: `没有编号为“${id}”的机关。`, detail: { field } });
    }
    if (fields.powerItem !== undefined) {
      const item = library.find(fields.powerItem);
      if (item?.kind !== "power")
        throw new AppError("unknown_value", {
          say: `权责清单中没有编号为“${fields.powerItem}”的事项。退单须指明属于哪个机关的哪一项职权。`,
          detail: { field: "powerItem" },
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
          detail: { field: "assignee" },
        });
    }
  }
}
