/**
 * What chat platforms deliver, committed before it is confirmed to them and answered from here: nothing is lost when the
 * process dies, what is delivered again is the same row, and the rows of one conversation are answered in their order by
 * one worker at a time. An answer that was sent but not yet noted when the process died is sent again, word for word.
 */
import { randomUUID } from "node:crypto";
import { type SelectQueryBuilder, sql } from "kysely";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Log } from "../log.ts";
import type { Store, Transaction } from "./database.ts";
import type { InboxRow, Tables } from "./tables.ts";

/** One thing a platform delivered. Ids are the platform's own; only digests of them are stored. */
export interface Letter {
  readonly id: string;
  readonly conversation: string;
  /** The platform's own order within the conversation. */
  readonly no: number;
  readonly body: unknown;
  /** The message it is, or is an edit of. */
  readonly source?: string;
  /** Its words: an edit that leaves them alone is none. */
  readonly words?: string;
  readonly edited?: boolean;
  /** Several messages sent as one; they are answered together once no more come. */
  readonly album?: string;
}

/** `known`, `answered`: delivered before. `replaced`: an edit took the place of what was still unanswered. */
export type Taken = "new" | "known" | "answered" | "replaced";

export interface Answerable {
  /** The platform's id of the first letter. */
  readonly id: string;
  /** One letter, or an album's, in order. */
  readonly bodies: readonly unknown[];
  /** It changes the words of a message that was answered or is being answered. */
  readonly edited: boolean;
}

export interface InboxService {
  /** Resolves when nothing taken up is under way; what is not taken up waits for the next start. */
  stop(): Promise<void>;
}

export interface Inbox {
  /** Commits all of it at once, or none. */
  put(
    door: string,
    letters: readonly Letter[],
    alongside?: (transaction: Transaction) => Promise<void>,
  ): Promise<readonly Taken[]>;
  /** Answers what lies there and what comes. A failure is tried again, and set aside in the end. */
  serve(door: string, answer: (letter: Answerable) => Promise<void>): InboxService;
  /** Forgets what was answered before `before`. */
  purge(before: Date): Promise<number>;
  counts(): Promise<Readonly<Record<string, number>>>;
}

export interface InboxRhythm {
  /** How soon work of another worker, or of a dead one, is looked for. */
  readonly pollMs: number;
  /** A worker that stops renewing loses what it took up after so long. */
  readonly leaseMs: number;
  /** The worker that received a letter has it to itself for so long. */
  readonly ownMs: number;
  /** An album is whole when nothing has come for so long. */
  readonly albumMs: number;
  /** Conversations answered at once by one worker. */
  readonly most: number;
  /** Before each further try; afterwards it is set aside. */
  readonly retryMs: readonly number[];
}
export const usualRhythm: InboxRhythm = {
  pollMs: 1_000,
  leaseMs: 15_000,
  ownMs: 6_000,
  albumMs: 1_000,
  most: 64,
  retryMs: [1_000, 5_000, 30_000, 120_000, 600_000],
};

/** What the process has died of so often is not touched again. */
const MOST_TRIES = 20;

interface Parts {
  readonly store: Store;
  readonly keys: Keys;
  readonly log: Log;
  readonly rhythm?: Partial<InboxRhythm>;
}

export function createInbox(parts: Parts): Inbox {
  const { store, keys } = parts;
  const { db } = store;
  const rhythm = { ...usualRhythm, ...parts.rhythm };
  const worker = randomUUID();
  const services = new Map<string, () => void>();
  const rows = rowsOf(keys, worker, rhythm);

  return {
    async put(door, letters, alongside) {
      const taken = await db.transaction().execute(async (transaction) => {
        await alongside?.(transaction);
        const results: Taken[] = [];
        for (const letter of letters) results.push(await putOne(transaction, rows, door, letter));
        return results;
      });
      services.get(door)?.();
      return taken;
    },
    serve(door, answer) {
      const service = serveDoor({ ...parts, rhythm, worker, rows, door, answer });
      services.set(door, service.wake);
      return {
        async stop() {
          services.delete(door);
          await service.stop();
        },
      };
    },
    async purge(before) {
      const gone = await db
        .deleteFrom("inbox")
        .where("at", "<=", before.getTime())
        .where("state", "in", ["done", "aside"])
        .executeTakeFirst();
      await db.deleteFrom("kept_page").where("at", "<=", before.getTime()).execute();
      await db.deleteFrom("seen_once").where("at", "<=", before.getTime()).execute();
      return Number(gone.numDeletedRows);
    },
    async counts() {
      const found = await db
        .selectFrom("inbox")
        .select(["state", ({ fn }) => fn.countAll().as("count")])
        .groupBy("state")
        .execute();
      return Object.fromEntries(found.map((row) => [row.state, Number(row.count)]));
    },
  };
}

type Rows = ReturnType<typeof rowsOf>;

/** Letters as rows: ids digested, bodies sealed with their place. */
function rowsOf(keys: Keys, worker: string, rhythm: InboxRhythm) {
  const key = keys.derive("inbox");
  const digest = (what: string, value: string | undefined) =>
    value === undefined ? null : keys.digest(`inbox ${what}`, value);
  const sealed = (id: string, letter: Letter, edited: boolean) =>
    seal(key, JSON.stringify({ id: letter.id, body: letter.body, edited }), `inbox ${id}`);
  return {
    id: (letter: Letter) => keys.digest("inbox id", letter.id),
    source: (letter: Letter) => digest("source", letter.source),
    mark: (letter: Letter) => digest("words", letter.words),
    sealed,
    open(row: Pick<InboxRow, "id" | "body">): {
      readonly id: string;
      readonly body: unknown;
      readonly edited: boolean;
    } {
      return JSON.parse(unseal(key, row.body ?? "", `inbox ${row.id}`).toString());
    },
    row(door: string, letter: Letter, edited: boolean, now: number): InboxRow {
      const id = this.id(letter);
      return {
        id,
        door,
        line: keys.digest("inbox line", letter.conversation),
        no: letter.no,
        source: this.source(letter),
        mark: this.mark(letter),
        album: digest("album", letter.album),
        body: sealed(id, letter, edited),
        state: "waiting",
        tries: 0,
        due_at: letter.album === undefined ? now : now + rhythm.albumMs,
        receiver: worker,
        free_at: now + rhythm.ownMs,
        claimed_by: null,
        lease_until: 0,
        at: now,
      };
    },
  };
}

async function putOne(transaction: Transaction, rows: Rows, door: string, letter: Letter): Promise<Taken> {
  const original = letter.edited ? await lastOf(transaction, rows.source(letter)) : undefined;
  const mark = rows.mark(letter);
  if (original && original.mark === mark) return "known";
  if (original?.state === "waiting") {
    const body = rows.sealed(original.id, letter, false);
    await transaction.updateTable("inbox").set({ body, mark }).where("id", "=", original.id).execute();
    return "replaced";
  }
  const row = rows.row(door, letter, original !== undefined, Date.now());
  const inserted = await transaction
    .insertInto("inbox")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  if (Number(inserted.numInsertedOrUpdatedRows ?? 0) === 0) {
    const before = await transaction
      .selectFrom("inbox")
      .select("state")
      .where("id", "=", row.id)
      .executeTakeFirst();
    return before?.state === "done" ? "answered" : "known";
  }
  if (row.album !== null) {
    await transaction
      .updateTable("inbox")
      .set({ due_at: row.due_at })
      .where("line", "=", row.line)
      .where("album", "=", row.album)
      .where("state", "=", "waiting")
      .execute();
  }
  return "new";
}

/** The message of this name as it was last delivered. */
function lastOf(transaction: Transaction, source: string | null) {
  return transaction
    .selectFrom("inbox")
    .select(["id", "state", "mark"])
    .where("source", "=", source)
    .orderBy("no", "desc")
    .executeTakeFirst();
}

interface ServiceParts extends Parts {
  readonly rhythm: InboxRhythm;
  readonly worker: string;
  readonly rows: Rows;
  readonly door: string;
  readonly answer: (letter: Answerable) => Promise<void>;
}

/** Takes up what is due whenever it is woken, something ends, or a while has passed. */
function serveDoor(parts: ServiceParts) {
  const { store, rhythm, log } = parts;
  const underWay = new Map<string, Promise<void>>();
  let stopped = false;
  let looking: Promise<void> | undefined;
  let again = false;

  function wake(): void {
    again = true;
    looking ??= look().finally(() => {
      looking = undefined;
      if (again) wake();
    });
  }
  async function look(): Promise<void> {
    while (again && !stopped) {
      again = false;
      try {
        const room = rhythm.most - underWay.size;
        if (room <= 0) return;
        for (const batch of await takeUp(parts, room, new Set(underWay.keys()))) {
          const head = batch[0]?.id ?? "";
          const run = work(parts, batch)
            .catch((err: unknown) => log.error({ err }, "inbox not written"))
            .finally(() => {
              underWay.delete(head);
              wake();
            });
          underWay.set(head, run);
        }
      } catch (err) {
        log.error({ err, door: parts.door }, "inbox not read");
        return;
      }
    }
    again = false;
  }
  const poll = setInterval(wake, rhythm.pollMs);
  const renew = setInterval(() => {
    if (underWay.size === 0) return;
    store.db
      .updateTable("inbox")
      .set({ lease_until: Date.now() + rhythm.leaseMs })
      .where("claimed_by", "=", parts.worker)
      .where("door", "=", parts.door)
      .where("state", "=", "claimed")
      .execute()
      .catch((err: unknown) => log.error({ err }, "inbox leases not renewed"));
  }, rhythm.leaseMs / 3);
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(poll);
      await looking;
      await Promise.all(underWay.values());
      clearInterval(renew);
    },
  };
}

type Batch = readonly InboxRow[];

/** The first unanswered row of each conversation that is due, with the rest of its album. */
async function takeUp(
  parts: ServiceParts,
  room: number,
  mine: ReadonlySet<string>,
): Promise<readonly Batch[]> {
  const { store, worker, rhythm } = parts;
  const now = Date.now();
  const claimed = { state: "claimed" as const, claimed_by: worker, lease_until: now + rhythm.leaseMs };
  return store.db.transaction().execute(async (transaction) => {
    let due = heads(transaction, parts.door, worker, now).limit(room);
    if (store.kind === "postgres") due = due.modifyEnd(sql`for update of due skip locked`);
    const batches: Batch[] = [];
    for (const head of await due.execute()) {
      if (mine.has(head.id)) continue;
      const rest =
        head.album === null
          ? []
          : await transaction
              .selectFrom("inbox")
              .selectAll()
              .where("line", "=", head.line)
              .where("album", "=", head.album)
              .where("state", "in", ["waiting", "claimed"])
              .where("id", "!=", head.id)
              .orderBy("no")
              .execute();
      batches.push([head, ...rest]);
    }
    const ids = batches.flat().map((row) => row.id);
    if (ids.length > 0)
      await transaction
        .updateTable("inbox")
        .set(({ eb }) => ({ ...claimed, tries: eb("tries", "+", 1) }))
        .where("id", "in", ids)
        .execute();
    return batches;
  });
}

function heads(
  transaction: Transaction,
  door: string,
  worker: string,
  now: number,
): SelectQueryBuilder<Tables & { due: InboxRow }, "due", InboxRow> {
  return transaction
    .selectFrom("inbox as due")
    .selectAll("due")
    .where("due.door", "=", door)
    .where(({ or, and, eb }) =>
      or([
        and([
          eb("due.state", "=", "waiting"),
          eb("due.due_at", "<=", now),
          or([eb("due.receiver", "=", worker), eb("due.free_at", "<=", now)]),
        ]),
        and([eb("due.state", "=", "claimed"), eb("due.lease_until", "<=", now)]),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("inbox as earlier")
            .select("earlier.id")
            .whereRef("earlier.line", "=", "due.line")
            .whereRef("earlier.no", "<", "due.no")
            .where("earlier.state", "in", ["waiting", "claimed"]),
        ),
      ),
    )
    .orderBy("due.no") as SelectQueryBuilder<Tables & { due: InboxRow }, "due", InboxRow>;
}

async function work(parts: ServiceParts, batch: Batch): Promise<void> {
  const { rows, rhythm, log } = parts;
  const tries = batch[0]?.tries ?? 0; // Tries before this one; one the process died in counts.
  if (tries >= MOST_TRIES) {
    log.error({ door: parts.door, tries }, "message set aside: the process dies of it");
    return finish(parts, batch, { state: "aside" });
  }
  try {
    const letters = batch.map(rows.open);
    const [first] = letters;
    if (first)
      await parts.answer({
        id: first.id,
        bodies: letters.map((letter) => letter.body),
        edited: first.edited,
      });
  } catch (err) {
    const wait = rhythm.retryMs[tries];
    log.error({ err, door: parts.door, tries, aside: wait === undefined }, "message not answered");
    if (wait !== undefined) return finish(parts, batch, { state: "waiting", due_at: Date.now() + wait });
    return finish(parts, batch, { state: "aside" });
  }
  await finish(parts, batch, { state: "done", body: null });
}

async function finish(parts: ServiceParts, batch: Batch, values: Partial<InboxRow>): Promise<void> {
  await parts.store.db
    .updateTable("inbox")
    .set({ ...values, claimed_by: null, lease_until: 0 })
    .where(
      "id",
      "in",
      batch.map((row) => row.id),
    )
    .where("claimed_by", "=", parts.worker)
    .execute();
}
