/** A supervisor's queue: what an account may read, narrowed and sorted. */
import { addDays, type Day } from "../law/day.ts";
import type { CaseRow } from "../store/case-tables.ts";
import type { Database } from "../store/database.ts";
import { readable } from "./access.ts";
import type { Account } from "./accounts.ts";
import type { Status } from "./states.ts";

/** Open cases by what they wait for. */
export const queueParts = {
  open: "在办",
  today: "今天到期",
  week: "7 天内到期",
  late: "已超期",
  soon: "3 天内到期",
  unassigned: "未分派",
  tray: "人工分办",
  answered: "文书已答复",
  closing: "待办结审核",
} as const;
export type QueuePart = keyof typeof queueParts;

export interface QueueFilter {
  readonly kind?: CaseRow["kind"];
  readonly status?: Status;
  readonly matter?: string;
  readonly organ?: string;
  readonly area?: string;
  /** Nobody's, or an account's. */
  readonly assignee?: string | "none";
  readonly only?: QueuePart;
  /** Any of these holds: what a search's words were found to name. */
  readonly any?: Sought;
  readonly sort?: "due" | "newest";
  /** From 1. */
  readonly page?: number;
  readonly pageSize?: number;
}

/** Where a search's words stand. */
export interface Sought {
  /** Part of a case's number. */
  readonly number: string;
  readonly organs: readonly string[];
  readonly areas: readonly string[];
  readonly matters: readonly string[];
  readonly assignees: readonly string[];
  /** Cases whose complaint says so. */
  readonly cases: readonly string[];
}

const SOON_DAYS = 3;
const WEEK_DAYS = 7;

/** The rows of one page, and how many there are in all. */
export async function readQueue(
  db: Database,
  account: Account,
  filter: QueueFilter,
  today: Day,
): Promise<{ readonly rows: readonly CaseRow[]; readonly total: number }> {
  const query = narrowed(db, account, filter, today);
  const size = Math.min(filter.pageSize ?? 20, 5000);
  const sorted =
    filter.sort === "newest"
      ? query.orderBy("c.submitted_at", "desc")
      : query.orderBy("c.due_day").orderBy("c.submitted_at");
  const rows = await sorted
    .selectAll("c")
    .limit(size)
    .offset(((filter.page ?? 1) - 1) * size)
    .execute();
  return { rows, total: await countQueue(db, account, filter, today) };
}

export async function countQueue(
  db: Database,
  account: Account,
  filter: QueueFilter,
  today: Day,
): Promise<number> {
  const { total } = await narrowed(db, account, filter, today)
    .select(({ fn }) => fn.countAll().as("total"))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function narrowed(db: Database, account: Account, filter: QueueFilter, today: Day) {
  let query = readable(db, account);
  if (filter.kind) query = query.where("c.kind", "=", filter.kind);
  if (filter.status) query = query.where("c.status", "=", filter.status);
  if (filter.matter) query = query.where("c.matter", "=", filter.matter);
  if (filter.organ) query = query.where("c.organ", "=", filter.organ);
  if (filter.area) query = query.where("c.area", "like", `${filter.area}%`);
  if (filter.assignee === "none") query = query.where("c.assignee", "is", null);
  else if (filter.assignee) query = query.where("c.assignee", "=", filter.assignee);
  const { any } = filter;
  if (any) {
    query = query.where((where) =>
      where.or([
        where("c.id", "like", `%${any.number.replace(/[%_]/g, "")}%`),
        ...any.areas.map((area) => where("c.area", "like", `${area}%`)),
        ...(any.organs.length > 0
          ? [where("c.organ", "in", any.organs), where("c.office", "in", any.organs)]
          : []),
        ...(any.matters.length > 0 ? [where("c.matter", "in", any.matters)] : []),
        ...(any.assignees.length > 0 ? [where("c.assignee", "in", any.assignees)] : []),
        ...(any.cases.length > 0 ? [where("c.id", "in", any.cases)] : []),
      ]),
    );
  }
  if (!filter.only) return query;
  query = query.where("c.closed_at", "is", null);
  const until = (days: number) =>
    query.where("c.due_day", ">=", today).where("c.due_day", "<=", addDays(today, days));
  switch (filter.only) {
    case "open":
      return query;
    case "today":
      return until(0);
    case "week":
      return until(WEEK_DAYS);
    case "soon":
      return until(SOON_DAYS);
    case "late":
      return query.where("c.due_day", "<", today);
    case "unassigned":
      return query.where("c.assignee", "is", null).where("c.office", "is not", null);
    case "tray":
      return query.where((where) =>
        where.or([where("c.office", "is", null), where("c.status", "=", "returned")]),
      );
    case "closing":
      return query.where("c.status", "=", "feedback");
    case "answered":
      // The last thing that happened is the answer: nobody has dealt with it yet.
      return query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom("case_event as e")
            .select("e.no")
            .whereRef("e.case_id", "=", "c.id")
            .whereRef("e.hash", "=", "c.head")
            .where("e.kind", "=", "answered"),
        ),
      );
  }
}
