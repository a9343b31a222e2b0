/** The Telegram door: long polling, or a webhook on the web door's address when a secret is set. */
import { createHash, timingSafeEqual } from "node:crypto";
import { autoRetry } from "@grammyjs/auto-retry";
import { type RunnerHandle, run } from "@grammyjs/runner";
import type { FastifyInstance } from "fastify";
import { Api, Bot, GrammyError, HttpError } from "grammy";
import type { Update } from "grammy/types";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import type { Reply } from "../../src/reply.ts";
import type { TurnFile } from "../../src/turn.ts";
import { createArrivals } from "../arrivals.ts";
import { organNames } from "../deep-link.ts";
import type { Door, DoorHouse } from "../door.ts";
import { CHAT_TURNS_PER_MINUTE, createPersonLimit } from "../limits.ts";
import { commands, type FileRef, type Inbound, readUpdate } from "./inbound.ts";
import { escapeHtml, MAX_CHARACTERS, renderReply, type TelegramMessage } from "./render.ts";

export interface TelegramOptions {
  readonly now?: () => Date;
  readonly turnsPerMinute?: number;
  /** The longest wait Telegram may ask for (429 `retry_after`) that is still obeyed. */
  readonly maxWaitSeconds?: number;
  /** Between tries to reach Telegram at start. Default 15 s. */
  readonly reconnectMs?: number;
}

export interface TelegramDoor extends Door {
  /** Registers the webhook; only when TELEGRAM_WEBHOOK_SECRET is set. */
  mount(server: FastifyInstance): Promise<void>;
}

/** Bot API: getFile serves files of up to 20 MB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Most answers are there sooner. */
const TYPING_AFTER_MS = 250;
/** A typing sign fades after five seconds. */
const TYPING_EVERY_MS = 4_500;
/** Between tries to reach Telegram at start. */
const RECONNECT_MS = 15_000;
const UPDATE_KINDS = ["message", "edited_message", "callback_query"] as const;
const AnyUpdate = z.looseObject({ update_id: z.number().int() });

/** @throws AppError `bad_input` when TELEGRAM_TOKEN, or PUBLIC_URL beside a webhook secret, is missing. */
export function createTelegramDoor(app: DoorHouse, options: TelegramOptions = {}): TelegramDoor {
  const { config, log } = app;
  const token = config.TELEGRAM_TOKEN;
  if (!token) throw new AppError("bad_input", { say: "缺少 TELEGRAM_TOKEN:请填写机器人令牌。" });
  const secret = config.TELEGRAM_WEBHOOK_SECRET;
  const webhook = secret && webhookAddress(config.PUBLIC_URL);
  const now = options.now ?? (() => new Date());
  const arrivals = createArrivals();
  const limit = createPersonLimit(options.turnsPerMinute ?? CHAT_TURNS_PER_MINUTE, now);
  const client = { apiRoot: config.TELEGRAM_API_ROOT };
  const bot = new Bot(token, { client });
  bot.api.config.use(autoRetry({ maxDelaySeconds: options.maxWaitSeconds ?? 60, maxRetryAttempts: 3 }));
  // Signs are worth nothing late, and a start that fails is tried again as a whole.
  const direct = new Api(token, client);
  let polling: RunnerHandle | undefined;
  let reconnect: NodeJS.Timeout | undefined;

  bot.use((context) => take(context.update));
  bot.catch(({ error, ctx }) =>
    log.error({ err: error, update: ctx.update.update_id }, "telegram update failed"),
  );

  async function take(update: Update): Promise<void> {
    const said = readUpdate(update, bot.botInfo, now(), organNames(app.library()));
    if (!said) return;
    await arrivals.take(said.turn.id, said.turn.conversation, () => answer(said));
  }

  async function answer(said: Inbound): Promise<void> {
    if (said.callback !== undefined) await direct.answerCallbackQuery(said.callback).catch(() => {});
    const allowed = limit.take(said.turn.person);
    const stopTyping = showTyping(said.chat);
    try {
      const messages = allowed.ok ? await work(said) : allowed.first ? [plain(allowed.say)] : [];
      await deliver(said.chat, messages, said.replyTo);
    } catch (error) {
      if (!isGone(error)) throw error;
      log.info({ turn: said.turn.id }, "telegram chat is closed to us");
    } finally {
      stopTyping();
    }
  }

  async function work(said: Inbound): Promise<readonly TelegramMessage[]> {
    let files: readonly TurnFile[];
    try {
      files = await Promise.all(said.files.map(fetchFile));
    } catch (error) {
      if (!(error instanceof AppError)) {
        log.warn({ err: error, turn: said.turn.id }, "telegram file not fetched");
        return [plain("文件没有收到,请重新发送一次。")];
      }
      return [plain(error.say)];
    }
    return renderReply(await app.assistant.reply({ ...said.turn, files }));
  }

  /** @throws AppError `too_large` */
  async function fetchFile(file: FileRef): Promise<TurnFile> {
    const tooLarge = () => new AppError("too_large", { say: "文件太大:每个不超过 20 MB。请压缩后再发。" });
    if ((file.size ?? 0) > MAX_FILE_BYTES) throw tooLarge();
    const { file_path: path } = await bot.api.getFile(file.id);
    const response = await fetch(`${config.TELEGRAM_API_ROOT}/file/bot${token}/${path}`, {
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw new Error(`file answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge();
    return { name: file.name, claimedType: file.claimedType, bytes };
  }

  /** Shown only to those who would otherwise wonder. */
  function showTyping(chat: number): () => void {
    const sign = () => {
      void direct.sendChatAction(chat, "typing").catch(() => {});
      timer = setTimeout(sign, TYPING_EVERY_MS);
    };
    let timer = setTimeout(sign, TYPING_AFTER_MS);
    return () => clearTimeout(timer);
  }

  async function deliver(
    chat: number | string,
    messages: readonly TelegramMessage[],
    replyTo?: number,
  ): Promise<void> {
    for (const [index, message] of messages.entries()) {
      await bot.api.sendMessage(chat, message.html, {
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
        ...(message.keyboard && { reply_markup: message.keyboard }),
        ...(index === 0 &&
          replyTo !== undefined && {
            reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
          }),
      });
    }
  }

  /** Telegram out of reach is waited for, beside the other doors; a refusal is not. */
  async function connect(): Promise<void> {
    try {
      const me = await direct.getMe();
      await direct.setMyCommands(commands.map(({ command, description }) => ({ command, description })));
      if (secret && webhook) {
        await direct.setWebhook(webhook, { secret_token: secret, allowed_updates: UPDATE_KINDS });
      } else {
        await direct.deleteWebhook();
      }
      bot.botInfo = me;
    } catch (error) {
      if (isRefused(error)) {
        throw new AppError("bad_input", {
          say: "Telegram 不接受 TELEGRAM_TOKEN:请核对机器人令牌。",
          cause: error,
        });
      }
      if (!(error instanceof HttpError || error instanceof GrammyError)) throw error;
      log.warn({ err: error }, "telegram not reached; trying again");
      reconnect = setTimeout(() => {
        connect().catch((refused: unknown) => log.error({ err: refused }, "telegram refused us"));
      }, options.reconnectMs ?? RECONNECT_MS);
      return;
    }
    if (secret) return;
    polling = run(bot, { runner: { fetch: { allowed_updates: UPDATE_KINDS }, silent: true } });
    polling.task()?.catch((error: unknown) => log.error({ err: error }, "telegram polling ended"));
  }

  return {
    name: "telegram",
    manners: {
      buttons: true,
      files: true,
      maxMessage: { amount: MAX_CHARACTERS, unit: "characters" },
      abroad: true,
    },
    async mount(server) {
      if (!secret) return;
      server.post("/telegram", { config: { rateLimit: false } }, async (request, reply) => {
        if (!sameSecret(request.headers["x-telegram-bot-api-secret-token"], secret)) {
          return reply.code(401).send({ error: "unauthorized" });
        }
        if (!bot.isInited()) return reply.code(503).send({ error: "starting" });
        const update = AnyUpdate.parse(request.body);
        // 200 only once it is answered: what fails is delivered again.
        await take(update as Update);
        return { ok: true };
      });
    },
    start: connect,
    async stop() {
      clearTimeout(reconnect);
      if (polling?.isRunning()) await polling.stop();
      await arrivals.idle();
    },
    async send(address: string, reply: Reply) {
      await deliver(address, renderReply(reply));
    },
  };
}

function webhookAddress(publicUrl: string | undefined): string {
  if (publicUrl) return new URL("/telegram", publicUrl).href;
  throw new AppError("bad_input", {
    say: "缺少 PUBLIC_URL:设置了 TELEGRAM_WEBHOOK_SECRET 时,须写明本站的 https 地址。",
  });
}

function plain(text: string): TelegramMessage {
  return { html: escapeHtml(text) };
}

function isRefused(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/** The person blocked the bot, deleted the account, or the group put it out. */
function isGone(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 403;
}

/** Compared by digest, so that neither length nor content shows in the time taken. */
function sameSecret(sent: string | string[] | undefined, secret: string): boolean {
  if (typeof sent !== "string") return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(sent), digest(secret));
}
