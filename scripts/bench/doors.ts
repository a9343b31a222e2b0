/** What the Telegram door adds to a turn, against a bare grammY echo bot on the same Bot API in the same run; and the pure parts. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { Bot, webhookCallback } from "grammy";
import type { Update } from "grammy/types";
import type { DoorHouse } from "../../bot/door.ts";
import { createTelegramDoor } from "../../bot/telegram/door.ts";
import { readUpdate } from "../../bot/telegram/inbound.ts";
import { renderReply as renderTelegram } from "../../bot/telegram/render.ts";
import { readMessage } from "../../bot/wechat/inbound.ts";
import { readCallback } from "../../bot/wechat/official-account/message.ts";
import { renderReply as renderWechat } from "../../bot/wechat/render.ts";
import { readConfig } from "../../src/config.ts";
import { keysFrom } from "../../src/keys.ts";
import { createLog } from "../../src/log.ts";
import { createLibrary } from "../../src/records/library.ts";
import type { Reply } from "../../src/reply.ts";
import { openStore } from "../../src/store/database.ts";
import { createInbox } from "../../src/store/inbox.ts";
import { createKeptPages } from "../../src/store/kept-pages.ts";
import { createLeases } from "../../src/store/leases.ts";

const TURNS = 400;
const PURE_TURNS = 5_000;
const TOKEN = "1:bench";
const SECRET = "bench";
const me = { id: 1, username: "bench_bot" };

/** An answer of usual size: a few paragraphs, a card, choices and eight citations. */
const reply: Reply = {
  turn: "bench",
  outcome: "answered",
  intent: "relief",
  blocks: [
    {
      kind: "text",
      text: "请向演示市人民政府申请行政复议。期限60天,从收到决定的第二天起数。",
      cites: [0, 1],
    },
    ...Array.from({ length: 5 }, () => ({ kind: "text", text: "投诉不会让期限停下来。".repeat(5) }) as const),
    {
      kind: "card",
      title: "演示市人民政府",
      rows: Array.from({ length: 6 }, (_, index) => ({ label: `第${index}项`, value: "本机关尚未公示" })),
    },
  ],
  choices: ["找法院", "算日期", "要材料"].map((label, index) => ({ id: `c${index}`, label })),
  citations: Array.from({ length: 8 }, (_, index) => ({
    record: `law:${index}`,
    title: "中华人民共和国行政复议法",
    locator: `第${index + 20}条`,
    effectiveFrom: undefined,
  })),
  labels: ["自动回答"],
  release: "r",
};

export async function run() {
  const botApi = createServer((request, response) => {
    request.resume();
    const method = request.url?.split("/").pop() ?? "";
    const result = method === "getMe" ? { ...me, is_bot: true, first_name: "b" } : { message_id: 1, date: 0 };
    response.setHeader("content-type", "application/json");
    request.on("end", () => response.end(JSON.stringify({ ok: true, result })));
  });
  await new Promise<void>((resolve) => botApi.listen(0, "127.0.0.1", resolve));
  const apiRoot = `http://127.0.0.1:${(botApi.address() as AddressInfo).port}`;

  const info = { id: "r", publishedAt: "", preparedBy: "", publishedBy: "", digest: "", records: 0 };
  const library = createLibrary(info, []);
  const store = await openStore(":memory:");
  const keys = keysFrom(Buffer.alloc(32, 7));
  const log = createLog("silent");
  const house: DoorHouse = {
    config: readConfig({
      TELEGRAM_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: apiRoot,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: "https://bench.example",
    }),
    log,
    library: () => library,
    assistant: { reply: async () => reply },
    inbox: createInbox({ store, keys, log }),
    keptPages: createKeptPages(store, keys),
    leases: createLeases(store, () => new Date()),
  };
  const door = createTelegramDoor(house, { turnsPerMinute: Number.POSITIVE_INFINITY });
  const ours = Fastify();
  await ours.register(door.mount);
  await door.start();

  const echo = new Bot(TOKEN, { client: { apiRoot } });
  echo.on("message:text", (context) => context.reply(context.message.text));
  await echo.init();
  const bare = Fastify();
  bare.post("/telegram", webhookCallback(echo, "fastify", { secretToken: SECRET }));

  try {
    // Turn about, so that whatever else the machine does falls on both.
    const bareMs: number[] = [];
    const doorMs: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const one = await post(bare, turn);
      const other = await post(ours, turn);
      if (turn < TURNS / 4) continue; // The first quarter warms both up.
      bareMs.push(one);
      doorMs.push(other);
    }
    return {
      name: "chat doors",
      rows: [
        { label: "bare grammY echo bot, median", value: at(bareMs, 0.5), unit: "ms" },
        { label: "bare grammY echo bot, p99", value: at(bareMs, 0.99), unit: "ms" },
        { label: "telegram door, median", value: at(doorMs, 0.5), unit: "ms" },
        { label: "telegram door, p99", value: at(doorMs, 0.99), unit: "ms" },
        { label: "telegram overhead, median", value: at(doorMs, 0.5) - at(bareMs, 0.5), unit: "ms" },
        { label: "telegram inbound + render", value: pure(telegramTurn), unit: "ms" },
        { label: "wechat inbound + render", value: pure(wechatTurn), unit: "ms" },
      ],
    };
  } finally {
    await door.stop();
    await Promise.all([ours.close(), bare.close(), store.close()]);
    botApi.closeAllConnections();
    botApi.close();
  }
}

function update(turn: number): Update {
  const from = { id: 10, is_bot: false, first_name: "某" };
  const chat = { id: 10, type: "private", first_name: "某" } as const;
  return {
    update_id: turn,
    message: { message_id: turn, date: 0, from, chat, text: "不服罚款找谁?" },
  } as Update;
}

async function post(server: FastifyInstance, turn: number): Promise<number> {
  const started = performance.now();
  const answer = await server.inject({
    method: "POST",
    url: "/telegram",
    headers: { "x-telegram-bot-api-secret-token": SECRET },
    payload: update(turn),
  });
  if (answer.statusCode !== 200) throw new Error(`webhook answered ${answer.statusCode}`);
  return performance.now() - started;
}

const nobody = () => "";
const now = new Date(0);
const callback =
  "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content><![CDATA[不服罚款找谁?]]></Content><MsgId>1</MsgId></xml>";

function telegramTurn(turn: number): number {
  const said = readUpdate(update(turn), me, now, nobody);
  return (said ? 1 : 0) + renderTelegram(reply).length;
}

function wechatTurn(): number {
  const message = readCallback(callback);
  if (!message) throw new Error("callback not read");
  const facts = {
    id: message.id,
    talker: message.person,
    self: false,
    ageSeconds: 0,
    mentioned: false,
  } as const;
  const said = readMessage({ ...facts, kind: "text", text: message.text }, now, nobody);
  return (said ? 1 : 0) + renderWechat(reply).length;
}

/** Milliseconds a turn, after a warm-up of as many turns. */
function pure(turn: (count: number) => number): number {
  for (let count = 0; count < PURE_TURNS; count += 1) turn(count);
  const started = performance.now();
  for (let count = 0; count < PURE_TURNS; count += 1) turn(count);
  return (performance.now() - started) / PURE_TURNS;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
