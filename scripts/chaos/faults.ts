/** Troubles other than death: sent twice, recipient away, clock set back, disk full, two workers. In a process of its own. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { BACK_OFF_MS } from "../../src/cases/outbox.ts";
import { addClerk, type House, openHouse } from "./house.ts";
import { type Ack, fileForm, poster } from "./jobs.ts";
import { install, tell } from "./killer.ts";
import { openRecipient, type Recipient } from "./recipient.ts";
import { type Outcome, runChild } from "./run.ts";
import { type Found, verify } from "./verify.ts";

const START = Date.UTC(2026, 10, 24, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Scene {
  readonly house: House;
  readonly recipient: Recipient;
  readonly releases: string;
  readonly acks: Ack[];
  readonly now: () => Date;
  /** Moves the clock on, or back. */
  pass(ms: number): void;
  /** Files report `no` and writes down what was acknowledged. */
  file(no: number): Promise<void>;
  deliver(): Promise<number>;
}

type Fault = (scene: Scene, lost: (note: string) => void, doubled: (note: string) => void) => Promise<number>;

/** Each returns how many times the trouble struck. */
const faults: Readonly<Record<string, Fault>> = {
  async redelivered(scene, _lost, doubled) {
    await Promise.all([1, 1, 1, 1, 1].map(scene.file));
    await scene.file(1);
    const assistant = await scene.house.assistant();
    const turn = {
      id: "the same turn",
      door: "web",
      conversation: "talk",
      person: "visitor",
      role: "citizen",
      text: "",
      choice: "start:complaint",
      files: [],
      at: scene.now(),
    } as const;
    const replies = await Promise.all([assistant.reply(turn), assistant.reply(turn)]);
    replies.push(await assistant.reply(turn));
    if (new Set(replies.map((reply) => JSON.stringify(reply))).size > 1) doubled("one turn had two replies");
    return 7;
  },

  /** Away for a day, then for longer than anything is tried: set aside with an alarm, and sent when put back. */
  async recipientDown(scene, lost) {
    const { db } = scene.house.store;
    for (const no of [1, 2, 3]) await scene.file(no);
    scene.recipient.setDown(true);
    let refused = 0;
    const tryAll = async (waits: readonly number[]) => {
      await scene.deliver();
      for (const wait of waits) {
        scene.pass(wait);
        await scene.deliver();
        refused += 3;
      }
    };
    await tryAll(BACK_OFF_MS.slice(0, 3));
    const alarms = await db.selectFrom("alarm").select("id").where("kind", "=", "delivery").execute();
    if (alarms.length < 3) lost("nobody was alarmed");
    scene.recipient.setDown(false);
    scene.pass(DAY);
    await scene.deliver();
    for (const no of [4, 5]) await scene.file(no);
    scene.recipient.setDown(true);
    await tryAll(BACK_OFF_MS);
    scene.recipient.setDown(false);
    const aside = await db.selectFrom("outbox").select("id").where("state", "=", "aside").execute();
    if (aside.length !== 2) lost(`${aside.length} notices set aside instead of 2`);
    for (const { id } of aside) await scene.house.outbox.retry(id, scene.now());
    await scene.deliver();
    return refused;
  },

  async clockSetBack(scene, lost) {
    await scene.file(1);
    scene.pass(-3 * 60 * MINUTE);
    await scene.file(2);
    await scene.deliver();
    // A worker died with a notice in hand, and the clock was set back before its lease ran out.
    scene.pass(6 * 60 * MINUTE);
    await scene.file(3);
    const held = {
      state: "claimed",
      claimed_by: "dead",
      lease_until: scene.now().getTime() + MINUTE,
    } as const;
    await scene.house.store.db.updateTable("outbox").set(held).where("state", "=", "waiting").execute();
    scene.pass(-2 * 60 * MINUTE);
    if ((await scene.deliver()) !== 0) lost("a leased notice was taken from its worker");
    scene.pass(3 * 60 * MINUTE);
    await scene.deliver();
    return 2;
  },

  /** The database, files and all, cannot grow: refused, never half filed, filed when there is room. */
  async diskFull(scene, lost, doubled) {
    const { db } = scene.house.store;
    await scene.file(1);
    const refused = async (no: number) => {
      const before = scene.acks.length;
      try {
        await scene.file(no);
      } catch {
        return scene.acks.length === before;
      }
      return false;
    };
    const size = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql`pragma max_page_count = ${sql.lit(size.rows[0]?.page_count ?? 1)}`.execute(db);
    let no = 2;
    // What is left of the last pages may still hold a report or two; each of those is a report like any other.
    while (no < 40 && !(await refused(no))) no += 1;
    if (no === 40) lost("the full disk was never noticed");
    const before = await count(scene.house);
    if (!(await refused(no))) doubled("a refused report was acknowledged");
    if ((await count(scene.house)) !== before) doubled("a refused report left a case");
    await sql`pragma max_page_count = 1000000`.execute(db);
    await scene.file(no);
    await scene.deliver();
    return 2;
  },

  async twoWorkers(scene, lost, doubled) {
    for (let no = 1; no <= 12; no += 1) await scene.file(no);
    const orders = {
      step: "drain",
      folder: scene.house.folder,
      releases: scene.releases,
      recipient: scene.recipient.url,
      clock: scene.now().getTime(),
      next: 1,
    } as const;
    for (const ended of await Promise.all([runChild(orders, []), runChild(orders, [])])) {
      if (ended.kind !== "lived") lost(`a worker fell: ${JSON.stringify(ended)}`);
    }
    for (const [id, { times }] of scene.recipient.delivered())
      if (times > 1) doubled(`both workers sent ${id}`);
    const clerk = await addClerk(scene.house, scene.now());
    const { cases } = await scene.house.desk.list(clerk);
    const [first] = cases;
    if (!first) throw new Error("no case");
    const move = () => scene.house.desk.act(clerk, first.id, "accept", { note: "同时点了两次" }, 1);
    const clicks = await Promise.allSettled([move(), move()]);
    if (clicks.filter((click) => click.status === "fulfilled").length !== 1)
      doubled("one click counted twice");
    await scene.deliver();
    return 13;
  },
};

async function count(house: House): Promise<number> {
  const rows = await house.store.db.selectFrom("case_file").select("id").execute();
  const reports = await house.store.db.selectFrom("complaint").select("id").execute();
  return rows.length + reports.length;
}

async function strike(name: string, fault: Fault, folder: string, releases: string): Promise<Outcome> {
  const recipient = await openRecipient();
  const acks: Ack[] = [];
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const time = { at: START };
  const now = () => new Date(time.at);
  const scene: Scene = {
    recipient,
    releases,
    acks,
    now,
    pass(ms) {
      time.at += ms;
    },
    house: await openHouse(place, releases, now),
    async file(no) {
      const { receipt, caseId } = await fileForm(scene, no);
      acks.push({ key: `report ${no}`, value: caseId, receipt });
    },
    deliver: () => scene.house.outbox.deliverDue(poster(recipient.url), "worker", scene.now, 500),
  };
  try {
    const notes: string[] = [];
    const counts = { lost: 0, doubled: 0 };
    const points = await fault(
      scene,
      (note) => {
        counts.lost += 1;
        notes.push(`lost: ${note}`);
      },
      (note) => {
        counts.doubled += 1;
        notes.push(`doubled: ${note}`);
      },
    );
    await scene.deliver();
    const found: Found = await verify(scene.house, "delivery", acks, recipient.delivered(), scene.now());
    return {
      points,
      acknowledged: new Set(acks.map((ack) => ack.key)).size,
      lost: counts.lost + found.lost,
      doubled: counts.doubled + found.doubled,
      notes: [...notes, ...found.notes],
    };
  } finally {
    await scene.house.close();
    await recipient.close();
  }
}

const [folder, releases] = process.argv.slice(2);
if (!folder || !releases) throw new Error("a folder and the releases are needed");
install();
for (const [name, fault] of Object.entries(faults))
  tell({ name, outcome: await strike(name, fault, folder, releases) });
