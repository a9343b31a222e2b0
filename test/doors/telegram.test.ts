import Fastify from "fastify";
import type { Message, Update } from "grammy/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTelegramDoor, type TelegramDoor } from "../../bot/telegram/door.ts";
import { readUpdate } from "../../bot/telegram/inbound.ts";
import { escapeHtml, MAX_CHARACTERS, plainOf, renderReply } from "../../bot/telegram/render.ts";
import type { Reply } from "../../src/reply.ts";
import { type Delivery, describeDoor, until } from "../contracts/doors.ts";
import { type BotApi, openBotApi, TOKEN } from "./bot-api.ts";
import { CHOICES, type House, openHouse } from "./house.ts";

const PEOPLE: Readonly<Record<string, number>> = { 甲: 10, 乙: 11 };
const at = new Date("2026-11-24T01:00:00Z");
const me = { id: 1, username: "mingzhi_bot" };
const nameOf = (id: string) => (id === "ent_a" ? "演示市城管局" : "");

const from = (id: number) => ({ id, is_bot: false, first_name: "某" });
function message(id: number, rest: Partial<Message>, chat: unknown = { id, type: "private" }): Message {
  return { message_id: 5, date: 0, from: from(id), chat, ...rest } as Message;
}
function toUpdate({ id, person, text, choice, file }: Delivery): Update {
  const who = PEOPLE[person] ?? 99;
  const update_id = Number(id) + 1;
  if (choice !== undefined) {
    return {
      update_id,
      callback_query: {
        id: "q",
        from: from(who),
        chat_instance: "c",
        data: choice,
        message: message(who, {}),
      },
    } as Update;
  }
  const photo = [{ file_id: "F", file_unique_id: "f", width: 1, height: 1 }];
  return { update_id, message: message(who, file ? { photo } : { text }) } as Update;
}

let api: BotApi;
describeDoor("telegram by long polling", {
  async settings() {
    api = await openBotApi();
    return { TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root };
  },
  async open(house) {
    const door = createTelegramDoor(house.app);
    await door.start();
    return {
      deliver: (said) => api.push(toUpdate(said)),
      heard: (person) => api.sent(PEOPLE[person] ?? 99).map(plainOf),
      async close() {
        await door.stop();
        await api.close();
      },
    };
  },
  buttons: true,
  redelivers: true,
  people: "many",
});

describeDoor("telegram by webhook", {
  async settings() {
    api = await openBotApi();
    return {
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_WEBHOOK_SECRET: "S3cret",
      PUBLIC_URL: "https://zf.example.gov.cn",
    };
  },
  async open(house) {
    const door = createTelegramDoor(house.app);
    const server = Fastify();
    await server.register(door.mount);
    await door.start();
    return {
      async deliver(said) {
        const headers = { "x-telegram-bot-api-secret-token": "S3cret" };
        const answer = await server.inject({
          method: "POST",
          url: "/telegram",
          headers,
          payload: toUpdate(said),
        });
        expect(answer.statusCode).toBe(200);
      },
      heard: (person) => api.sent(PEOPLE[person] ?? 99).map(plainOf),
      async close() {
        await door.stop();
        await server.close();
        await api.close();
      },
    };
  },
  buttons: true,
  redelivers: true,
  people: "many",
});

describe("telegram when things go wrong", () => {
  let house: House;
  let door: TelegramDoor;
  beforeEach(async () => {
    api = await openBotApi();
    house = await openHouse({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root });
    door = createTelegramDoor(house.app, { turnsPerMinute: 3, now: () => at });
    await door.start();
  });
  afterEach(async () => {
    await door.stop();
    await api.close();
    await house.close();
  });

  it("waits as long as a 429 asks and then sends", async () => {
    api.fail("sendMessage", { code: 429, description: "Too Many Requests", retryAfter: 1 });
    api.push(toUpdate({ id: "1", person: "甲", text: "问" }));
    await until(() => expect(api.sent(10)).toHaveLength(2));
    expect(house.asked).toEqual(["问"]);
  });

  it("goes on when a person has blocked it", async () => {
    api.fail("sendMessage", { code: 403, description: "Forbidden: bot was blocked by the user" });
    api.push(toUpdate({ id: "1", person: "甲", text: "问" }));
    api.push(toUpdate({ id: "2", person: "乙", text: "也问" }));
    await until(() => expect(api.sent(11).join()).toContain("也问"));
  });

  it("tells the outbox when a push is refused", async () => {
    api.fail("sendMessage", { code: 403, description: "Forbidden: bot was blocked by the user" });
    await expect(door.send("10", aReply({}))).rejects.toThrow("blocked");
    await door.send("10", aReply({}));
    expect(api.sent(10)).toHaveLength(2);
  });

  it("asks for the file again when it cannot be fetched", async () => {
    api.fail("file", { code: 404, description: "gone" });
    api.push(toUpdate({ id: "1", person: "甲", file: { name: "", bytes: Buffer.alloc(0) } }));
    await until(() => expect(api.sent(10).join()).toContain("请重新发送"));
    expect(house.asked).toEqual([]);
  });

  it("asks a hasty person to wait, once", async () => {
    for (let id = 1; id <= 6; id++) api.push(toUpdate({ id: String(id), person: "甲", text: `第${id}` }));
    api.push(toUpdate({ id: "7", person: "乙", text: "我" }));
    await until(() => expect(api.sent(10).filter((text) => text.includes("太频繁"))).toHaveLength(1));
    await until(() => expect(api.sent(11)).toHaveLength(1));
    expect(house.asked.filter((text) => text !== "我")).toEqual(["第1", "第2", "第3"]);
  });

  it("tells a pressed button that it was heard, and lists its commands", async () => {
    api.push(toUpdate({ id: "1", person: "甲", choice: "go:day" }));
    await until(() => expect(api.sent(10)).toHaveLength(1));
    const methods = api.calls.map(({ method }) => method);
    expect(methods).toEqual(expect.arrayContaining(["answerCallbackQuery", "setMyCommands"]));
  });

  it("shows that it is writing while an answer takes long", async () => {
    api.push(toUpdate({ id: "1", person: "甲", text: "慢" }));
    await until(() => expect(api.calls.map(({ method }) => method)).toContain("sendChatAction"));
    house.release();
    await until(() => expect(api.sent(10)).toHaveLength(1));
  });

  it("hangs the choices on the answer as buttons", async () => {
    api.push(toUpdate({ id: "1", person: "甲", text: "选项" }));
    await until(() => expect(api.sent(10)).toHaveLength(1));
    const markup = api.calls.find(({ method }) => method === "sendMessage")?.body["reply_markup"];
    expect(markup).toEqual({
      inline_keyboard: [CHOICES.map(({ id, label }) => ({ text: label, callback_data: id }))],
    });
  });
});

describe("telegram at start", () => {
  it("names the setting that is wrong when the token is refused", async () => {
    api = await openBotApi();
    const house = await openHouse({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root });
    api.fail("getMe", { code: 401, description: "Unauthorized" });
    await expect(createTelegramDoor(house.app).start()).rejects.toThrow("TELEGRAM_TOKEN");
    await house.close();
    await api.close();
  });

  it("does not keep the other doors waiting for a Telegram out of reach, and comes when it can", async () => {
    api = await openBotApi();
    const house = await openHouse({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root });
    api.fail("getMe", { code: 502, description: "Bad Gateway" }, { code: 502, description: "Bad Gateway" });
    const door = createTelegramDoor(house.app, { supervisor: { firstRetryMs: 5 } });
    await door.start();
    api.push(toUpdate({ id: "1", person: "甲", text: "问" }));
    await until(() => expect(api.sent(10)).toHaveLength(1));
    await door.stop();
    await house.close();
    await api.close();
  });
});

describe("the telegram webhook", () => {
  it.each([
    ["a wrong secret", "wrong"],
    ["no secret", undefined],
  ])("turns %s away", async (_name, secret) => {
    api = await openBotApi();
    const house = await openHouse({
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_WEBHOOK_SECRET: "S3cret",
      PUBLIC_URL: "https://zf.example.gov.cn",
    });
    const server = Fastify();
    const door = createTelegramDoor(house.app);
    await server.register(door.mount);
    await door.start();
    const headers = secret === undefined ? {} : { "x-telegram-bot-api-secret-token": secret };
    const payload = toUpdate({ id: "1", person: "甲", text: "伪造" });
    const answer = await server.inject({ method: "POST", url: "/telegram", headers, payload });
    expect(answer.statusCode).toBe(401);
    expect(house.asked).toEqual([]);
    await server.close();
    await house.close();
    await api.close();
  });
});

describe("reading an update", () => {
  const group = { id: -5, type: "group", title: "群" };
  const read = (rest: Partial<Message>, chat?: unknown) =>
    readUpdate({ update_id: 7, message: message(10, rest, chat) } as Update, me, at, nameOf);

  it.each([
    ["/start", "你好"],
    ["/start verify-14080200123", "核验执法证号 14080200123"],
    ["/start complain-ent_a", "我要投诉演示市城管局"],
    ["/start complain-ent_unknown", "我要投诉"],
    ["/start appeal-ent_a", "收到演示市城管局的处罚决定书,不服怎么办?"],
    ["/verify 123", "核验执法人员 123"],
    ["/help@mingzhi_bot", "帮助"],
    ["罚款怎么交", "罚款怎么交"],
  ])("reads %s as %s", (text, question) => {
    expect(read({ text })?.turn).toMatchObject({
      id: "telegram:7",
      conversation: "telegram:10",
      text: question,
    });
  });

  it("answers in a group only when spoken to", () => {
    const mention = [{ type: "mention", offset: 0, length: 12 }] as const;
    expect(read({ text: "大家好" }, group)).toBeUndefined();
    expect(read({ text: "@mingzhi_bot 罚款", entities: [...mention] }, group)).toMatchObject({
      turn: { text: "罚款", conversation: "telegram:-5:10" },
      replyTo: 5,
    });
    const ours = { ...message(1, {}), from: { ...from(1), is_bot: true } };
    expect(read({ text: "那呢", reply_to_message: ours as never }, group)?.turn.text).toBe("那呢");
    const other = [{ type: "bot_command", offset: 0, length: 11 }] as const;
    expect(read({ text: "/help@other", entities: [...other] }, group)).toBeUndefined();
  });

  it("takes an edited message as a new turn, marked as one", () => {
    const edited = { update_id: 8, edited_message: message(10, { text: "改了" }) } as Update;
    expect(readUpdate(edited, me, at, nameOf)?.turn).toMatchObject({
      id: "telegram:8",
      text: "改了",
      edited: true,
    });
    expect(read({ text: "新的" })?.turn.edited).toBeUndefined();
  });

  it("says when a message was sent, in whole seconds", () => {
    expect(read({ text: "早", date: 1_795_000_000 })?.turn.sentAt).toEqual(new Date(1_795_000_000_000));
  });

  const sized = { file_id: "F", file_unique_id: "f", width: 1, height: 1 };
  it.each<[string, Partial<Message>, string]>([
    ["photo", { photo: [sized] }, ""],
    ["voice", { voice: { file_id: "V", file_unique_id: "v", duration: 2 } }, ""],
    ["video", { video: { ...sized, duration: 2 } }, ""],
    ["document", { document: { file_id: "D", file_unique_id: "d" } }, ""],
    ["location", { location: { latitude: 35.02, longitude: 110.99 } }, "位置 35.02000,110.99000"],
    [
      "location",
      { venue: { location: { latitude: 35.02, longitude: 110.99 }, title: "农贸市场", address: "演示路" } },
      "演示路农贸市场",
    ],
    ["contact", { contact: { phone_number: "1", first_name: "某" } }, ""],
    ["other", { poll: {} as never }, ""],
  ])("tells a %s from words", (thing, rest, text) => {
    expect(read(rest)?.turn).toMatchObject({ thing, text });
  });

  it("calls words no thing", () => expect(read({ text: "罚款" })?.turn.thing).toBeUndefined());

  it("keeps paths and direction marks out of file names", () => {
    const document = { file_id: "D", file_unique_id: "d", file_name: "../../\u202e决定.pdf", file_size: 3 };
    expect(read({ document })?.files).toEqual([
      { id: "D", name: "决定.pdf", claimedType: "application/octet-stream", size: 3 },
    ]);
  });
});

describe("rendering for telegram", () => {
  it("escapes exactly what its HTML reserves", () => {
    expect(escapeHtml(`<b>&"'`)).toBe(`&lt;b&gt;&amp;"'`);
  });

  it("never sends a message too long and never cuts a tag or an entity", () => {
    const text = "&<>😀字".repeat(3000);
    const sent = renderReply(aReply({ blocks: [{ kind: "notice", level: "urgent", text }] }));
    for (const { html } of sent) {
      expect(plainOf(html).length).toBeLessThanOrEqual(MAX_CHARACTERS);
      expect(html).not.toMatch(/&(?!amp;|lt;|gt;)|[\ud800-\udbff]$/);
      expect(html.split("<b>").length).toBe(html.split("</b>").length);
    }
    expect(sent.map(({ html }) => plainOf(html)).join("")).toBe(`【紧急】${text}`);
  });

  it("numbers choices that no button can carry", () => {
    const [only] = renderReply(aReply({ choices: [{ id: "很".repeat(22), label: "长" }] }));
    expect(only?.keyboard).toBeUndefined();
    expect(only?.html).toContain("1. 长");
  });

  it("gives a receipt a message of its own", () => {
    const receipt = { kind: "receipt", receipt: "12345678", acknowledgement: "", text: "已登记。" } as const;
    const sent = renderReply(
      aReply({ blocks: [{ kind: "text", text: "前" }, receipt, { kind: "text", text: "后" }] }),
    );
    expect(sent.map(({ html }) => html.split("\n")[0])).toEqual([
      "前",
      "<b>您的回执号(只显示这一次)</b>",
      "后",
    ]);
  });
});

function aReply(rest: Partial<Reply>): Reply {
  return {
    turn: "t",
    outcome: "answered",
    intent: "help",
    blocks: [{ kind: "text", text: "有新进展。" }],
    choices: [],
    citations: [],
    labels: [],
    release: "r",
    ...rest,
  };
}
