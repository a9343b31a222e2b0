import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unacknowledged } from "../../src/cases/alarms.ts";
import {
  BACK_OFF_MS,
  createOutbox,
  enqueue,
  type Notice,
  type Outbox,
  signedEvent,
} from "../../src/cases/outbox.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { NOW } from "./town.ts";

let store: Store;
let outbox: Outbox;
let clock: Date;
beforeEach(async () => {
  store = await openStore(":memory:");
  outbox = createOutbox(store);
  clock = NOW;
});
afterEach(() => store.close());

const put = (lane: string, topic = "case.news", more: Partial<Notice> = {}) =>
  store.db
    .transaction()
    .execute((transaction) =>
      enqueue(
        transaction,
        { lane, caseId: lane, channel: "door", recipient: lane, topic, payload: {}, ...more },
        clock,
      ),
    );
const later = (ms: number) => {
  clock = new Date(clock.getTime() + ms);
};
const run = (
  deliver: (row: { lane: string; topic: string; id: string }) => Promise<"sent" | "skipped">,
  worker = "w",
) => outbox.deliverDue(deliver, worker, () => clock);

describe("the outbox", () => {
  it("tries again after 5 minutes, 30 minutes, 2 hours and a day, then sets the item aside", async () => {
    await put("a");
    let tries = 0;
    const refuse = async () => {
      tries += 1;
      throw new Error("down");
    };
    await run(refuse);
    for (const wait of BACK_OFF_MS) {
      later(wait - 1);
      await run(refuse);
      const before = tries;
      later(1);
      await run(refuse);
      expect(tries).toBe(before + 1);
    }
    expect(tries).toBe(5);
    expect(await outbox.counts()).toEqual({ aside: 1 });
  });

  it("raises an alarm that comes back after it was acknowledged", async () => {
    await put("a");
    const refuse = async () => {
      throw new Error("down");
    };
    for (const wait of [0, ...BACK_OFF_MS]) {
      later(wait);
      await run(refuse);
    }
    const [alarm] = await unacknowledged(store.db);
    expect(alarm).toMatchObject({ kind: "delivery", times: 3 });
  });

  it("does not let one bad item hold up others, and keeps the order of its own case", async () => {
    await put("bad", "first");
    await put("bad", "second");
    await put("good");
    const sent: string[] = [];
    const deliver = async (row: { lane: string; topic: string }) => {
      if (row.topic === "first" && clock === NOW) throw new Error("down");
      sent.push(`${row.lane} ${row.topic}`);
      return "sent" as const;
    };
    await run(deliver);
    expect(sent).toEqual(["good case.news"]);
    later(BACK_OFF_MS[0]);
    await run(deliver);
    expect(sent).toEqual(["good case.news", "bad first", "bad second"]);
  });

  it("sends everything in order after the recipient was down for a day, without a storm", async () => {
    for (let n = 0; n < 5; n += 1) await put("a", `news ${n}`);
    const up = NOW.getTime() + 24 * 3_600_000;
    const sent: string[] = [];
    let tries = 0;
    for (let minute = 0; minute < 60 * 30; minute += 5) {
      await run(async (row) => {
        tries += 1;
        if (clock.getTime() < up) throw new Error("down");
        sent.push(row.topic);
        return "sent";
      });
      later(5 * 60_000);
    }
    expect(sent).toEqual(["news 0", "news 1", "news 2", "news 3", "news 4"]);
    expect(tries).toBeLessThanOrEqual(10);
  });

  it("takes up what a dead worker had claimed, once its lease has run out", async () => {
    await put("a");
    await store.db
      .updateTable("outbox")
      .set({ state: "claimed", claimed_by: "dead", lease_until: clock.getTime() + 60_000 })
      .execute();
    const sent: string[] = [];
    const deliver = async (row: { id: string }) => {
      sent.push(row.id);
      return "sent" as const;
    };
    await run(deliver);
    expect(sent).toHaveLength(0);
    later(60_001);
    await run(deliver);
    expect(sent).toHaveLength(1);
  });

  it("signs events so that a changed body is noticed", () => {
    const row = {
      id: "e1",
      topic: "case.accept",
      payload: '{"case":"TS1"}',
      created_at: NOW.getTime(),
      case_id: "TS1",
    };
    const { body, headers } = signedEvent(row, "https://zf.example", "secret");
    expect(JSON.parse(body)).toMatchObject({
      specversion: "1.0",
      id: "e1",
      type: "mingzhi.case.accept",
      data: { case: "TS1" },
    });
    expect(headers["x-mingzhi-signature"]).toBe(
      `sha256=${createHmac("sha256", "secret").update(body).digest("hex")}`,
    );
  });
});
