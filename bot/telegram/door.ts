/** The Telegram door: long polling, or a webhook on the web door's address when a secret is set. */
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { Api, GrammyError } from "grammy";
import type { Update } from "grammy/types";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import type { InboxService, Letter } from "../../src/store/inbox.ts";
import { realClock } from "../clock.ts";
import { organNames } from "../deep-link.ts";
import type { Door, DoorHouse } from "../door.ts";
import { CHAT_TURNS_PER_MINUTE, createPersonLimit } from "../limits.ts";
import { createSupervisor, type SupervisorLimits } from "../supervisor.ts";
import { createAnswers } from "./answer.ts";
import { letterOf, type Me, readUpdate } from "./inbound.ts";
import { openLine } from "./polling.ts";
import { MAX_CHARACTERS, renderReply } from "./render.ts";

export interface TelegramOptions {
  readonly now?: () => Date;
  readonly turnsPerMinute?: number;
  /** The longest wait Telegram may ask for (429 `retry_after`) that is still obeyed. */
  readonly maxWaitSeconds?: number;
  /** How long a poller that died keeps the others waiting. Default 12 s. */
  readonly leaseMs?: number;
  readonly supervisor?: Partial<SupervisorLimits>;
}

export interface TelegramDoor extends Door {
  /** Registers the webhook; only when TELEGRAM_WEBHOOK_SECRET is set. */
  mount(server: FastifyInstance): Promise<void>;
}

const AnyUpdate = z.looseObject({ update_id: z.number().int() });

/** @throws AppError `bad_input` when TELEGRAM_TOKEN, or PUBLIC_URL beside a webhook secret, is missing. */
export function createTelegramDoor(app: DoorHouse, options: TelegramOptions = {}): TelegramDoor {
  const { config, log, inbox } = app;
  const token = config.TELEGRAM_TOKEN;
  if (!token) throw new AppError("bad_input", { say: "缺少 TELEGRAM_TOKEN:请填写机器人令牌。" });
  const secret = config.TELEGRAM_WEBHOOK_SECRET;
  const webhook = secret && { address: webhookAddress(config.PUBLIC_URL), secret };
  const now = options.now ?? (() => new Date());
  const direct = new Api(token, { apiRoot: config.TELEGRAM_API_ROOT });
  let me: Me | undefined;
  let service: InboxService | undefined;
  const answers = createAnswers({
    app,
    token,
    now,
    limit: createPersonLimit(options.turnsPerMinute ?? CHAT_TURNS_PER_MINUTE, now),
    maxWaitSeconds: options.maxWaitSeconds ?? 60,
    async me() {
      me ??= await direct.getMe();
      return me;
    },
  });

  /** What is said to us, in one transaction. */
  async function save(updates: readonly Update[], known: Me): Promise<void> {
    const names = organNames(app.library());
    const letters = updates.flatMap((update): Letter[] => {
      const said = readUpdate(update, known, now(), names);
      return said ? [letterOf(update, said)] : [];
    });
    if (letters.length > 0) await inbox.put("telegram", letters);
  }

  const supervisor = createSupervisor({
    name: "telegram",
    clock: realClock,
    log,
    ...(options.supervisor && { limits: options.supervisor }),
    open: (signals) =>
      openLine(
        {
          api: direct,
          leases: app.leases,
          holder: randomUUID(),
          leaseMs: options.leaseMs ?? 12_000,
          ...(webhook && { webhook }),
          met: (known) => {
            me = known;
          },
          save: (updates) => (me ? save(updates, me) : Promise.reject(new Error("not met"))),
        },
        signals,
      ),
  });

  return {
    name: "telegram",
    manners: {
      buttons: true,
      files: true,
      maxMessage: { amount: MAX_CHARACTERS, unit: "characters" },
      abroad: true,
    },
    state: supervisor.state,
    async mount(server) {
      if (!secret) return;
      server.post("/telegram", { config: { rateLimit: false } }, async (request, reply) => {
        if (!sameSecret(request.headers["x-telegram-bot-api-secret-token"], secret)) {
          return reply.code(401).send({ error: "unauthorized" });
        }
        if (!me || !service) return reply.code(503).send({ error: "starting" });
        // 200 only once it is saved: what fails is delivered again.
        await save([AnyUpdate.parse(request.body) as Update], me);
        return { ok: true };
      });
    },
    /** A token that is refused is told at once; Telegram out of reach is waited for, beside the other doors. */
    async start() {
      try {
        me = await direct.getMe();
      } catch (error) {
        if (isRefused(error)) {
          throw new AppError("bad_input", {
            say: "Telegram 不接受 TELEGRAM_TOKEN:请核对机器人令牌。",
            cause: error,
          });
        }
        log.warn({ err: error }, "telegram not reached; trying again");
      }
      service = inbox.serve("telegram", answers.answer);
      supervisor.start();
    },
    async stop() {
      await supervisor.stop();
      await service?.stop();
      service = undefined;
    },
    async send(address, reply) {
      await answers.deliver(address, renderReply(reply));
    },
  };
}

function webhookAddress(publicUrl: string | undefined): string {
  if (publicUrl) return new URL("/telegram", publicUrl).href;
  throw new AppError("bad_input", {
    say: "缺少 PUBLIC_URL:设置了 TELEGRAM_WEBHOOK_SECRET 时,须写明本站的 https 地址。",
  });
}

function isRefused(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/** Compared by digest, so that neither length nor content shows in the time taken. */
function sameSecret(sent: string | string[] | undefined, secret: string): boolean {
  if (typeof sent !== "string") return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(sent), digest(secret));
}
