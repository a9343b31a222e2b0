/** What time alone does to cases: clocks recounted on a new calendar, reminders, overdue notices, escalation. */
import type { Keys } from "../keys.ts";
import type { Calendar } from "../law/calendar.ts";
import { type Day, dayOf, daysBetween } from "../law/day.ts";
import type { Store, Transaction } from "../store/database.ts";
import { raiseAlarm } from "./alarms.ts";
import { findCase, type LoadedCase, officeKey, recordMove } from "./case-repository.ts";
import { type Clock, recount } from "./clocks.ts";
import { enqueue } from "./outbox.ts";
import type { MoveName } from "./states.ts";
import { type Moved, transition } from "./transition.ts";

/** Calendar days before the last day at which the office is reminded. */
const REMIND_BEFORE = 2;
/** Calendar days after the last day at which the operator is told. */
const ESCALATE_AFTER = 5;

export interface SweepParts {
  readonly store: Store;
  readonly keys: Keys;
  readonly calendar: () => Calendar;
}

export interface Swept {
  readonly reminded: number;
  readonly overdue: number;
  readonly escalated: number;
  readonly recounted: number;
}

/** Safe to run any number of times a day: each notice goes once for each clock and last day. */
export async function sweepDeadlines(parts: SweepParts, at: Date): Promise<Swept> {
  const { db } = parts.store;
  const open = await db.selectFrom("case_file").select("id").where("closed_at", "is", null).execute();
  const counts = { reminded: 0, overdue: 0, escalated: 0, recounted: 0 };
  for (const { id } of open) {
    await db.transaction().execute(async (transaction) => {
      const stale = await findCase(transaction, id);
      if (!stale || stale.row.closed_at !== null) return;
      const loaded = await recountCase(parts, transaction, stale, at);
      if (loaded !== stale) counts.recounted += 1;
      for (const clock of loaded.state.clocks) {
        const stage = stageOf(clock, dayOf(at));
        if (stage && (await tell(parts, transaction, id, clock, stage, at))) counts[stage] += 1;
      }
    });
  }
  return counts;
}

type Stage = "reminded" | "overdue" | "escalated";

function stageOf(clock: Clock, today: Day): Stage | undefined {
  if (clock.name === "reopen") return undefined;
  const late = daysBetween(clock.due, today);
  if (late > ESCALATE_AFTER) return "escalated";
  if (late > 0) return "overdue";
  return late >= -REMIND_BEFORE ? "reminded" : undefined;
}

async function recountCase(
  parts: SweepParts,
  transaction: Transaction,
  loaded: LoadedCase,
  at: Date,
): Promise<LoadedCase> {
  const clocks = recount(loaded.state.clocks, parts.calendar());
  const moved = clocks.filter((clock, index) => clock.due !== loaded.state.clocks[index]?.due);
  if (moved.length === 0) return loaded;
  const reason = moved
    .map(
      (clock) =>
        `${clock.label}:${loaded.state.clocks.find((one) => one.name === clock.name)?.due} → ${clock.due}`,
    )
    .join(";");
  await bySystem(parts, transaction, loaded, "recount", reason, at, (result) => ({
    ...result,
    case: { ...result.case, clocks },
  }));
  return (await findCase(transaction, loaded.row.id)) ?? loaded;
}

async function tell(
  parts: SweepParts,
  transaction: Transaction,
  id: string,
  clock: Clock,
  stage: Stage,
  at: Date,
): Promise<boolean> {
  const loaded = await findCase(transaction, id);
  if (!loaded) return false;
  const told = JSON.parse(loaded.row.reminded) as Record<string, Stage>;
  const key = `${clock.name} ${clock.due}`;
  if (order.indexOf(told[key] ?? "none") >= order.indexOf(stage)) return false;
  const say = { reminded: "即将到期", overdue: "已逾期", escalated: "逾期超过 5 日,上报" }[stage];
  await bySystem(
    parts,
    transaction,
    loaded,
    stage === "escalated" ? "escalate" : "remind",
    `${clock.label}(${clock.due})${say}`,
    at,
  );
  await transaction
    .updateTable("case_file")
    .set({ reminded: JSON.stringify({ ...told, [key]: stage }) })
    .where("id", "=", id)
    .execute();
  const office = loaded.row.office ?? "tray";
  const payload = { case: id, clock: clock.name, due: clock.due };
  await enqueue(
    transaction,
    {
      lane: `${id} ${office}`,
      caseId: id,
      channel: "console",
      recipient: office,
      topic: `case.${stage}`,
      payload,
    },
    at,
  );
  if (stage !== "reminded")
    await raiseAlarm(transaction, stage, id, `${id} ${clock.label}${say}(应于 ${clock.due} 前)`, at);
  if (stage === "escalated" && office !== "tray") {
    await enqueue(
      transaction,
      {
        lane: `${id} tray`,
        caseId: id,
        channel: "console",
        recipient: "tray",
        topic: "case.escalated",
        payload,
      },
      at,
    );
  }
  return true;
}

const order: readonly string[] = ["none", "reminded", "overdue", "escalated"];

async function bySystem(
  parts: SweepParts,
  transaction: Transaction,
  loaded: LoadedCase,
  name: MoveName,
  reason: string,
  at: Date,
  change: (moved: Moved) => Moved = (moved) => moved,
): Promise<void> {
  const moved = transition(
    loaded.state,
    name,
    { reason },
    { kind: ["system"], id: "system" },
    dayOf(at),
    parts.calendar(),
  );
  if (moved.kind === "refused") return;
  const complaint = await transaction
    .selectFrom("complaint")
    .select(["id", "key_for_office"])
    .where("id", "=", loaded.row.complaint)
    .executeTakeFirstOrThrow();
  const key = officeKey(parts.keys, complaint);
  await recordMove(transaction, loaded, { name, given: { reason }, actor: "system" }, change(moved), key, at);
}
