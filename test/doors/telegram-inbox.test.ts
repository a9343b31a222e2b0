/** What Telegram delivered is answered whatever happens to the process, and the line to it comes back. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Message, Update } from "grammy/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTelegramDoor, type TelegramDoor, type TelegramOptions } from "../../bot/telegram/door.ts";
import type { Turn } from "../../src/turn.ts";
import { until } from "../contracts/doors.ts";
import { type BotApi, openBotApi, TOKEN } from "./bot-api.ts";
import { type House, openHouse } from "./house.ts";

let api: BotApi;
let next = 1;
const person = (id: number) => ({ id, is_bot: false, first_name: "某" });
/** A message of person `who`; the same `message_id` is the same message. */
function update(who: number, rest: Partial<Message>, kind: "message" | "edited_message" = "message"): Update {
  const message = {
    message_id: next,
    date: 0,
    from: person(who),
    chat: { id: who, type: "private" },
    ...rest,
  } as Message;
  return { update_id: next++, [kind]: message } as Update;
}
const photo = (id: string) => ({ photo: [{ file_id: id, file_unique_id: id, width: 1, height: 1 }] });

describe("telegram killed while it answers", () => {
  const child = fileURLToPath(new URL("./telegram-child.ts", import.meta.url));
  const start = (file: string): ChildProcess =>
    fork(child, [api.root, file], { execArgv: ["--import", "tsx"], stdio: "inherit" });
  const killed = async (process: ChildProcess) => {
    process.kill("SIGKILL");
    await once(process, "exit");
  };

  it("answers 10 of 10 photos that were fetched and not yet answered", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-kill-"));
    api = await openBotApi();
    const file = join(folder, "store.sqlite");
    let process = start(file);
    try {
      await until(() => expect(api.calls.map(({ method }) => method)).toContain("getUpdates"));
      api.delayFiles(3_000);
      const people = Array.from({ length: 10 }, (_, index) => 100 + index);
      for (const who of people) api.push(update(who, { ...photo("F"), caption: `罚单${who}` }));
      // All ten are confirmed: Telegram will not deliver them again.
      await until(() => expect(api.confirmed()).toBe(next));
      await killed(process);
      for (const who of people) expect(api.sent(who)).toEqual([]);
      api.delayFiles(0);
      process = start(file);
      await until(() => {
        for (const who of people) expect(api.sent(who).join()).toContain(`收到「罚单${who}」`);
      });
      for (const who of people) expect(api.sent(who)).toHaveLength(1);
    } finally {
      await killed(process);
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the line to telegram", () => {
  let house: House;
  const doors: TelegramDoor[] = [];
  const fast = { firstRetryMs: 10, standbyMs: 20, probeEveryMs: 50 };
  async function open(options: TelegramOptions = {}): Promise<TelegramDoor> {
    const door = createTelegramDoor(house.app, { supervisor: fast, leaseMs: 300, ...options });
    doors.push(door);
    await door.start();
    return door;
  }
  beforeEach(async () => {
    api = await openBotApi();
    house = await openHouse({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root });
  });
  afterEach(async () => {
    house.release();
    for (const door of doors.splice(0)) await door.stop();
    await api.close();
    await house.close();
  });

  it.each([409, 401, 502])(
    "comes back after %i on getUpdates, and says meanwhile that it is down",
    async (code) => {
      api.fail("getUpdates", { code, description: "refused" });
      const door = await open({ supervisor: { ...fast, firstRetryMs: 300 } });
      await until(() => expect(door.state?.()).toMatchObject({ state: "down" }));
      api.push(update(10, { text: "还在吗" }));
      await until(() => expect(api.sent(10).join()).toContain("还在吗"));
      expect(door.state?.()).toMatchObject({ state: "up" });
    },
  );

  it("polls from one worker, and from the next when that one stops", async () => {
    const first = await open();
    await until(() => expect(first.state?.().state).toBe("up"));
    const second = await open();
    await until(() => expect(second.state?.().state).toBe("standby"));
    doors.splice(doors.indexOf(first), 1);
    await first.stop();
    await until(() => expect(second.state?.().state).toBe("up"));
    api.push(update(10, { text: "轮到谁" }));
    await until(() => expect(api.sent(10)).toHaveLength(1));
  });

  it("asks again when saving fails, and loses nothing", async () => {
    const door = await open();
    await until(() => expect(door.state?.().state).toBe("up"));
    const { put } = house.app.inbox;
    let failures = 2;
    Object.assign(house.app.inbox, {
      put: (...given: Parameters<typeof put>) =>
        failures-- > 0 ? Promise.reject(new Error("disk full")) : put(...given),
    });
    api.push(update(10, { text: "存不下" }));
    await until(() => expect(api.sent(10).join()).toContain("存不下"));
  });

  it("takes an edit in place of what is not answered yet", async () => {
    await open();
    api.push(update(10, { text: "慢" }));
    await until(() => expect(house.asked).toEqual(["慢"]));
    api.push(update(10, { message_id: 77, text: "罚款交那里" }));
    api.push(update(10, { message_id: 77, text: "罚款交哪里" }, "edited_message"));
    await until(() => expect(api.confirmed()).toBe(next));
    house.release();
    await until(() => expect(api.sent(10).join()).toContain("罚款交哪里"));
    expect(house.asked).toEqual(["慢", "罚款交哪里"]);
  });

  it("tells the house that an edit changes what was answered, and leaves out one that changes no word", async () => {
    const turns: Turn[] = [];
    const { assistant } = house.app;
    Object.assign(house.app, {
      assistant: { reply: (turn: Turn) => assistant.reply(turns[turns.push(turn) - 1] ?? turn) },
    });
    await open();
    api.push(update(10, { message_id: 78, text: "我的遭遇" }));
    await until(() => expect(api.sent(10)).toHaveLength(1));
    api.push(update(10, { message_id: 78, text: "我的遭遇" }, "edited_message"));
    api.push(update(10, { message_id: 78, text: "我的遭遇,更正" }, "edited_message"));
    api.push(update(10, { text: "下一句" }));
    await until(() => expect(api.sent(10)).toHaveLength(3));
    expect(turns.map(({ text, edited }) => [text, edited])).toEqual([
      ["我的遭遇", undefined],
      ["我的遭遇,更正", true],
      ["下一句", undefined],
    ]);
  });

  it("answers an album once, with all its pictures", async () => {
    await open();
    for (const id of ["A", "B", "C"])
      api.push(update(10, { media_group_id: "g1", ...photo(id), ...(id === "A" && { caption: "现场" }) }));
    api.push(update(10, { text: "然后" }));
    await until(() => expect(api.sent(10)).toHaveLength(2));
    expect(api.sent(10)[0]?.match(/8字节/g)).toHaveLength(3);
    expect(house.asked).toEqual(["现场", "然后"]);
  });

  it("says an answer plainly that Telegram finds malformed, and never nothing", async () => {
    await open();
    const malformed = { code: 400, description: "Bad Request: can't parse entities" };
    api.fail("sendMessage", malformed);
    api.push(update(10, { text: "选项" }));
    await until(() => expect(api.sent(10)).toHaveLength(2));
    expect(api.calls.filter(({ method }) => method === "sendMessage")[1]?.body["parse_mode"]).toBeUndefined();
    api.fail("sendMessage", malformed, malformed);
    api.push(update(11, { text: "问" }));
    await until(() => expect(api.sent(11)[2]).toContain("没有发出去"));
  });

  it("does not send again what was sent when a later page fails", async () => {
    await open({ maxWaitSeconds: 0 });
    api.failAfter("sendMessage", 1, { code: 429, description: "later", retryAfter: 9 });
    api.push(update(10, { text: "长答" }));
    await until(() => expect(api.sent(10).join()).toContain("完60"));
    expect(api.sent(10).filter((text) => text.includes("完1&gt;"))).toHaveLength(1);
  });
});
