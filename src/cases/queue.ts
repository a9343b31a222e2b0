/** A supervisor's queue: what an account may read, narrowed and sorted. */
import { type Day, dayOf } from "../law/day.ts";
import type { CaseRow } from "../store/case-tables.ts";
import type { Database } from "../store/database.ts";
import { readable } from "./access.ts";
import type { Account } from "./accounts.ts";
import type { Status } from "./states.ts";

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

/** The rows of one page, and how many there are in all. */
export async function readQueue(
  db: Database,
  account: Account,
  filter: QueueFilter,
  today: Day,
): Promise<{ readonly rows: readonly CaseRow[]; readonly total: number }> {
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
  return { rows, total: Number(total) };
}

function soon(today: Day): Day {
  return dayOf(new Date(Date.parse(`${today}T00:00:00+08:00`) + 3 * 86_400_000));
}
