/** Answers what lies in the inbox, and sends what the house says; what Telegram will not take is said more plainly. */
import { autoRetry } from "@grammyjs/auto-retry";
import { Api, GrammyError } from "grammy";
import type { Update } from "grammy/types";
import { AppError } from "../../src/error.ts";
import type { Answerable } from "../../src/store/inbox.ts";
import type { TurnFile } from "../../src/turn.ts";
import { organNames } from "../deep-link.ts";
import type { DoorHouse } from "../door.ts";
import type { PersonLimit } from "../limits.ts";
import { type FileRef, gather, type Inbound, type Me, readUpdate } from "./inbound.ts";
import { escapeHtml, MAX_CHARACTERS, plainOf, renderReply, type TelegramMessage } from "./render.ts";

/** Bot API: getFile serves files of up to 20 MB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Most answers are there sooner. */
const TYPING_AFTER_MS = 250;
/** A typing sign fades after five seconds. */
const TYPING_EVERY_MS = 4_500;
const UNSENDABLE = "这条答复没有发出去。请换个说法再问一次,或到网页上查询。";

export interface AnswerParts {
  readonly app: DoorHouse;
  readonly token: string;
  readonly now: () => Date;
  readonly limit: PersonLimit;
  readonly maxWaitSeconds: number;
  me(): Promise<Me>;
}

export interface Answers {
  answer(letter: Answerable): Promise<void>;
  /** @throws when Telegram refuses. */
  deliver(chat: number | string, messages: readonly TelegramMessage[], replyTo?: number): Promise<void>;
}

export function createAnswers(parts: AnswerParts): Answers {
  const { app, token, now, limit } = parts;
  const { config, log } = app;
  const client = { apiRoot: config.TELEGRAM_API_ROOT };
  const api = new Api(token, client);
  api.config.use(autoRetry({ maxDelaySeconds: parts.maxWaitSeconds, maxRetryAttempts: 3 }));
  // Signs are worth nothing late.
  const direct = new Api(token, client);
  /** Messages of an answer already sent, while it is being tried again. */
  const sent = new Map<string, number>();

  async function answer(letter: Answerable): Promise<void> {
    const me = await parts.me();
    const names = organNames(app.library());
    const read = letter.bodies.map((body) => readUpdate(body as Update, me, now(), names));
    const said = gather(read.filter((one) => one !== undefined));
    if (!said) return;
    if (said.callback !== undefined) await direct.answerCallbackQuery(said.callback).catch(() => {});
    const stopTyping = showTyping(said.chat);
    try {
      const messages = await messagesFor(said, letter);
      await deliver(said.chat, messages, said.replyTo, letter.id);
      sent.delete(letter.id);
    } catch (error) {
      if (!isGone(error)) throw error;
      log.info({ turn: said.turn.id }, "telegram chat is closed to us");
    } finally {
      stopTyping();
    }
  }

  async function messagesFor(said: Inbound, letter: Answerable): Promise<readonly TelegramMessage[]> {
    if (!sent.has(letter.id)) {
      const allowed = limit.take(said.turn.person);
      if (!allowed.ok) return allowed.first ? [plain(allowed.say)] : [];
    }
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
    // An edit that took the place of what was still unanswered is what was said, not a change of it.
    const { edited: _, ...turn } = said.turn;
    return renderReply(await app.assistant.reply({ ...turn, ...(letter.edited && { edited: true }), files }));
  }

  /** @throws AppError `too_large` */
  async function fetchFile(file: FileRef): Promise<TurnFile> {
    const tooLarge = () => new AppError("too_large", { say: "文件太大:每个不超过 20 MB。请压缩后再发。" });
    if ((file.size ?? 0) > MAX_FILE_BYTES) throw tooLarge();
    const { file_path: path } = await api.getFile(file.id);
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

  /** @param letter when given, a further try goes on where the last one stopped. */
  async function deliver(
    chat: number | string,
    messages: readonly TelegramMessage[],
    replyTo?: number,
    letter?: string,
  ): Promise<void> {
    const before = letter === undefined ? 0 : (sent.get(letter) ?? 0);
    for (const [index, message] of messages.entries()) {
      if (index < before) continue;
      await sendAnyhow(chat, message, index === 0 ? replyTo : undefined);
      if (letter !== undefined) sent.set(letter, index + 1);
    }
  }

  /** A message Telegram finds malformed is sent without its looks, and at the last a sentence says that it could not be. */
  async function sendAnyhow(
    chat: number | string,
    message: TelegramMessage,
    replyTo?: number,
  ): Promise<void> {
    const reply = replyTo !== undefined && {
      reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
    };
    const ways = [
      () =>
        api.sendMessage(chat, message.html, {
          parse_mode: "HTML",
          link_preview_options: { is_disabled: true },
          ...(message.keyboard && { reply_markup: message.keyboard }),
          ...reply,
        }),
      () => api.sendMessage(chat, plainOf(message.html).slice(0, MAX_CHARACTERS)),
      () => api.sendMessage(chat, UNSENDABLE),
    ];
    for (const [index, send] of ways.entries()) {
      try {
        return void (await send());
      } catch (error) {
        if (!isMalformed(error) || index === ways.length - 1) throw error;
        log.error({ err: error }, "telegram finds a message malformed");
      }
    }
  }

  return { answer, deliver: (chat, messages, replyTo) => deliver(chat, messages, replyTo) };
}

function plain(text: string): TelegramMessage {
  return { html: escapeHtml(text) };
}

/** The person blocked the bot, deleted the account, or the group put it out. */
function isGone(error: unknown): boolean {
  if (!(error instanceof GrammyError)) return false;
  return error.error_code === 403 || (error.error_code === 400 && /chat not found/i.test(error.description));
}

function isMalformed(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && !isGone(error);
}
