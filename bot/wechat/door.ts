/** The WeChat door: our own 公众号 puppet, or any other wechaty puppet named in the settings. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import type { Reply } from "../../src/reply.ts";
import type { InboxService } from "../../src/store/inbox.ts";
import type { Turn, TurnFile } from "../../src/turn.ts";
import { createArrivals } from "../arrivals.ts";
import { type Clock, realClock } from "../clock.ts";
import { organNames } from "../deep-link.ts";
import type { Door, DoorHouse } from "../door.ts";
import { CHAT_TURNS_PER_MINUTE, createPersonLimit } from "../limits.ts";
import { createSupervisor, type SupervisorLimits } from "../supervisor.ts";
import { type Incoming, openConnection, type PuppetSource, type Target } from "./connection.ts";
import { readMessage } from "./inbound.ts";
import { openOfficialAccount } from "./official-account/account.ts";
import { renderReply, WECHAT_SIZE } from "./render.ts";

export interface WechatOptions {
  /** In place of the one the settings name. */
  readonly puppet?: PuppetSource;
  readonly clock?: Clock;
  readonly now?: () => Date;
  readonly turnsPerMinute?: number;
  readonly supervisor?: Partial<SupervisorLimits>;
}

export interface WechatDoor extends Door {
  /** Registers the 公众号 callback at `/wechat`; nothing for other puppets. */
  mount(server: FastifyInstance): Promise<void>;
  /** Resolves once logged in; a code may have to be scanned first, so `start` does not wait for it. */
  ready(): Promise<void>;
}

const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Answers still unsent so long after a stop is asked for are given up: the connection is not coming back. */
const STOP_GRACE_MS = 10_000;
const PuppetOptions = z.record(z.string(), z.unknown());

/** @throws AppError `bad_input` when neither a 公众号 nor a puppet is configured. */
export function createWechatDoor(app: DoorHouse, options: WechatOptions = {}): WechatDoor {
  const { log } = app;
  const clock = options.clock ?? realClock;
  const now = options.now ?? (() => new Date());
  const limit = createPersonLimit(options.turnsPerMinute ?? CHAT_TURNS_PER_MINUTE, now);
  const arrivals = createArrivals();
  let accepting = false;
  const official =
    options.puppet || app.config.WECHATY_PUPPET
      ? undefined
      : openOfficialAccount(app, clock, now, () => accepting);
  const source = options.puppet ?? official ?? namedPuppet(app);

  const supervisor = createSupervisor({
    name: "wechat",
    open: (signals) => openConnection(source, signals, take),
    clock,
    log,
    ...(options.supervisor && { limits: options.supervisor }),
  });

  function take(message: Incoming): void {
    // The inbox hands over each once and in order, and keeps what fails.
    if (official) {
      answer(message).catch((error: unknown) => official.failed(message.id, error));
      return;
    }
    if (!accepting) return;
    arrivals
      .take(message.id, `${message.room ?? ""}:${message.talker}`, () => answer(message))
      .catch((error: unknown) => log.error({ err: error }, "wechat message not answered"));
  }

  async function answer(message: Incoming): Promise<void> {
    const pages = await pagesFor(message);
    if (official) return official.answer(message.id, pages);
    for (const page of pages) await sayAnyhow(message, page);
  }

  async function pagesFor(message: Incoming): Promise<readonly string[]> {
    const turn = readMessage(await message.read(), now(), organNames(app.library()));
    if (!turn) return [];
    const allowed = limit.take(turn.person);
    if (!allowed.ok) return allowed.first ? [allowed.say] : [];
    return work(turn, message);
  }

  async function work(turn: Omit<Turn, "files">, message: Incoming): Promise<readonly string[]> {
    let file: TurnFile | undefined;
    try {
      file = await message.file();
    } catch (error) {
      log.warn({ err: error }, "wechat file not fetched");
      return ["文件没有收到,请重新发送一次。"];
    }
    if (file && file.bytes.length > MAX_FILE_BYTES) return ["文件太大:每个不超过 20 MB。请压缩后再发。"];
    return renderReply(await app.assistant.reply({ ...turn, files: file ? [file] : [] }));
  }

  /** Says it on this connection, or on the next one when this turns out to be dead. */
  async function sayAnyhow(target: Target, page: string): Promise<void> {
    for (;;) {
      const connection = await supervisor.current();
      try {
        return await connection.say(target, page);
      } catch (error) {
        if (await supervisor.check(connection)) throw error;
      }
    }
  }

  let service: InboxService | undefined;
  return {
    name: "wechat",
    state: supervisor.state,
    manners: { buttons: false, files: true, maxMessage: WECHAT_SIZE, abroad: false },
    async mount(server) {
      await official?.mount(server);
    },
    async start() {
      accepting = true;
      supervisor.start();
      service = official?.serve();
    },
    async ready() {
      await supervisor.current();
    },
    async stop() {
      accepting = false;
      let cancel = () => {};
      const grace = new Promise<void>((resolve) => {
        cancel = clock.after(STOP_GRACE_MS, resolve);
      });
      const done = Promise.all([arrivals.idle(), service?.stop()]);
      await Promise.race([done, grace]);
      cancel();
      await supervisor.stop();
      await done;
    },
    async send(address: string, reply: Reply) {
      const connection = supervisor.now();
      if (!connection) throw new AppError("internal", { detail: { reason: "wechat is down" } });
      for (const page of renderReply(reply)) await connection.say({ talker: address }, page);
    },
  };
}

function namedPuppet({ config }: DoorHouse): PuppetSource {
  if (!config.WECHATY_PUPPET) {
    throw new AppError("bad_input", {
      say: "微信未配置:公众号请填 WECHAT_APP_ID、WECHAT_APP_SECRET、WECHAT_TOKEN,其他接入请填 WECHATY_PUPPET。",
    });
  }
  let options: unknown;
  try {
    options = JSON.parse(config.WECHATY_PUPPET_OPTIONS ?? "{}");
  } catch (cause) {
    throw new AppError("bad_input", { say: "WECHATY_PUPPET_OPTIONS 应为 JSON 对象。", cause });
  }
  const parsed = PuppetOptions.safeParse(options);
  if (!parsed.success) throw new AppError("bad_input", { say: "WECHATY_PUPPET_OPTIONS 应为 JSON 对象。" });
  return { name: config.WECHATY_PUPPET, options: parsed.data };
}
