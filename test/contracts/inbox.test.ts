/** What the doors rely on in the store, on every engine, with several workers at once. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keysFrom } from "../../src/keys.ts";
import { createLog } from "../../src/log.ts";
import { createBuckets } from "../../src/store/buckets.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { createInbox, type Inbox, type InboxRhythm, type Letter } from "../../src/store/inbox.ts";
import { createKeptPages } from "../../src/store/kept-pages.ts";
import { createLeases } from "../../src/store/leases.ts";
import { until } from "./doors.ts";
import { type Postgres, postgresBinaries, startPostgres } from "./postgres.ts";

const bin = postgresBinaries();
const engines = bin ? (["sqlite", "postgres"] as const) : (["sqlite"] as const);
const keys = keysFrom(Buffer.alloc(32, 4));
const log = createLog("silent");
const fast: Partial<InboxRhythm> = { pollMs: 20, leaseMs: 300, ownMs: 100, retryMs: [10, 10] };
let run = 0;

describe.each(engines)("the inbox on %s", (engine) => {
  let server: Postgres | undefined;
  let folder: string;
  let stores: Store[];
  let inboxes: Inbox[];
  /** Ids of its own for each test: the database is shared. */
  let mark: string;
  const letter = (id: string, conversation = "c", no = Number(id)): Letter => ({
    id: `${mark} ${id}`,
    conversation: `${mark} ${conversation}`,
    no,
    body: { id, conversation },
  });

  beforeAll(async () => {
    if (engine === "postgres" && bin) server = await startPostgres(bin);
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    mark = `run ${run++}`;
    folder = mkdtempSync(join(tmpdir(), "mingzhi-inbox-"));
    const place = server?.url ?? join(folder, "store.sqlite");
    // SQLite waits for its one writer without letting the process go on: here the workers share a connection.
    const first = await openStore(place);
    stores = server ? [first, await openStore(place), await openStore(place)] : [first, first, first];
    inboxes = stores.map((store) => createInbox({ store, keys, log, rhythm: fast }));
  });
  afterEach(async () => {
    for (const store of new Set(stores)) await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers each letter once and each conversation in order, with three workers and everything delivered twice", async () => {
    const door = `${mark} door`;
    const heard: Record<string, number[]> = {};
    const busy = new Set<string>();
    const services = inboxes.map((inbox) =>
      inbox.serve(door, async ({ bodies }) => {
        const { id, conversation } = bodies[0] as { id: string; conversation: string };
        expect(busy.has(conversation)).toBe(false);
        busy.add(conversation);
        await new Promise((resolve) => setTimeout(resolve, 5));
        busy.delete(conversation);
        heard[conversation] = [...(heard[conversation] ?? []), Number(id)];
      }),
    );
    const all = Array.from({ length: 60 }, (_, no) => letter(String(no), `c${no % 6}`));
    await Promise.all(all.map((one, index) => inboxes[index % 3]?.put(door, [one])));
    const again = await inboxes[0]?.put(door, all);
    expect(again?.filter((taken) => taken === "new")).toEqual([]);
    await until(() => expect(Object.values(heard).flat()).toHaveLength(60));
    await Promise.all(services.map((service) => service.stop()));
    for (const numbers of Object.values(heard)) expect(numbers).toHaveLength(10);
    expect(
      Object.values(heard)
        .flat()
        .sort((a, b) => a - b),
    ).toEqual(all.map((_, no) => no));
  });

  it("keeps the order of what one worker took in", async () => {
    const door = `${mark} door`;
    const heard: string[] = [];
    const [inbox] = inboxes;
    await inbox?.put(
      door,
      ["1", "2", "3", "4"].map((id) => letter(id)),
    );
    const service = inbox?.serve(door, async ({ bodies }) => {
      heard.push((bodies[0] as { id: string }).id);
    });
    await until(() => expect(heard).toEqual(["1", "2", "3", "4"]));
    await service?.stop();
  });

  it("tries what fails again, sets it aside in the end, and goes on with the next", async () => {
    const door = `${mark} door`;
    const heard: string[] = [];
    const [inbox] = inboxes;
    const service = inbox?.serve(door, async ({ bodies }) => {
      const { id } = bodies[0] as { id: string };
      heard.push(id);
      if (id === "1") throw new Error("always");
    });
    await inbox?.put(door, [letter("1"), letter("2")]);
    await until(() => expect(heard).toEqual(["1", "1", "1", "2"]));
    await service?.stop();
  });

  it("hands over what a worker that died had in hand, and nothing it still renews", async () => {
    const door = `${mark} door`;
    const [first, second] = inboxes;
    let letGo = () => {};
    const held = first?.serve(door, () => new Promise<void>((resolve) => (letGo = resolve)));
    await first?.put(door, [letter("1")]);
    const heard: string[] = [];
    const service = second?.serve(door, async ({ bodies }) => {
      heard.push((bodies[0] as { id: string }).id);
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(heard).toEqual([]);
    // A dead worker renews nothing.
    await stores[0]?.db
      .updateTable("inbox")
      .set({ claimed_by: "dead", lease_until: 0 })
      .where("door", "=", door)
      .execute();
    await until(() => expect(heard).toEqual(["1"]));
    letGo();
    await held?.stop();
    await service?.stop();
  });

  it("stores no words and no ids in clear, and none at all once answered", async () => {
    const door = `${mark} door`;
    const [inbox] = inboxes;
    await inbox?.put(door, [{ ...letter("1"), conversation: "openid-secret", body: { text: "我的冤情" } }]);
    const rows = () => stores[0]?.db.selectFrom("inbox").selectAll().where("door", "=", door).execute();
    expect(JSON.stringify(await rows())).not.toMatch(/openid|冤情/);
    const service = inbox?.serve(door, async () => {});
    await until(async () => expect(await rows()).toMatchObject([{ state: "done", body: null }]));
    await service?.stop();
  });

  it("gives a lease to one, to it again, and to the next when it is left or over", async () => {
    let now = new Date("2026-11-24T00:00:00Z");
    const [store] = stores;
    if (!store) throw new Error("no store");
    const leases = createLeases(store, () => now);
    const name = `${mark} lease`;
    const taken = await Promise.all(["a", "b", "c"].map((holder) => leases.take(name, holder, 1000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = ["a", "b", "c"][taken.indexOf(true)] ?? "";
    expect(await leases.take(name, holder, 1000)).toBe(true);
    expect(await leases.take(name, "z", 1000)).toBe(false);
    now = new Date(now.getTime() + 1001);
    expect(await leases.take(name, "z", 1000)).toBe(true);
    await leases.leave(name, "z");
    expect(await leases.take(name, "y", 1000)).toBe(true);
  });

  it("counts every token although all workers take at once", async () => {
    const at = new Date("2026-11-24T00:00:00Z");
    const limit = { burst: 10, perHour: 60, deepest: 100 };
    const buckets = stores.map((store) => createBuckets(store));
    await Promise.all(Array.from({ length: 30 }, (_, n) => buckets[n % 3]?.take(mark, limit, at)));
    expect(await buckets[0]?.take(mark, limit, at)).toBe(-21);
    expect(await buckets[1]?.take(mark, limit, new Date(at.getTime() + 3_600_000))).toBe(10 - 1);
  });

  it("hands kept pages out in order, the same one to the same message", async () => {
    const [store] = stores;
    if (!store) throw new Error("no store");
    const pages = createKeptPages(store, keys);
    await pages.keep(mark, ["一", "二"], new Date());
    expect(await pages.left(mark)).toBe(2);
    expect(await pages.take(mark, "m1")).toBe("一");
    expect(await pages.take(mark, "m1")).toBe("一");
    expect(await pages.take(mark, "m2")).toBe("二");
    expect(await pages.take(mark, "m3")).toBeUndefined();
    expect(await pages.left(mark)).toBe(0);
  });
});
