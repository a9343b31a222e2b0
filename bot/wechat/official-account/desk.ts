/** A 公众号 message's way: saved before the callback is answered, handed to wechaty from the inbox, answered once. */
import { createHash } from "node:crypto";
import { AppError } from "../../../src/error.ts";
import type { Answerable, Inbox, InboxService } from "../../../src/store/inbox.ts";
import type { KeptPages } from "../../../src/store/kept-pages.ts";
import { usedOnceFor } from "../../../src/store/seen-once.ts";
import type { Clock } from "../../clock.ts";
import type { OfficialMessage } from "./message.ts";
import { conversationOf, type Mailroom, type Passive } from "./passive.ts";

/** A signature that does not cover what it came with: it must not come with anything else. */
export interface Signature {
  readonly text: string;
  readonly body: string;
}

export interface Desk {
  /** Resolves with what goes back, once the message is saved. @throws AppError `forbidden` for a signature used before. */
  receive(message: OfficialMessage, signature: Signature | undefined): Promise<Passive>;
  /** The pages answering the message `id`, from wechaty's side. */
  answer(id: string, pages: readonly string[]): Promise<void>;
  failed(id: string, error: unknown): void;
  /** Where messages are handed over; undefined while wechaty is away. */
  listen(listener: ((message: OfficialMessage) => void) | undefined): void;
  serve(): InboxService;
}

/** wechaty drops what it cannot place without a word; so long after it is handed over again. */
const LOST_MS = 120_000;

interface Pending {
  readonly message: OfficialMessage;
  settle(error?: unknown): void;
}

export function createDesk(parts: {
  readonly mailroom: Mailroom;
  readonly inbox: Inbox;
  readonly pages: KeptPages;
  readonly clock: Clock;
  readonly now: () => Date;
}): Desk {
  const { mailroom, inbox, clock, now } = parts;
  const pending = new Map<string, Pending>();
  let listener: ((message: OfficialMessage) => void) | undefined;
  let arrived = 0;

  async function receive(message: OfficialMessage, signature: Signature | undefined): Promise<Passive> {
    if (message.kind === "unsubscribe") await parts.pages.forget(conversationOf(message));
    if (message.kind === "unsubscribe" || message.kind === "ignored") return { sent() {} };
    const { passive, again } = mailroom.open(message);
    try {
      const letter = {
        id: `wechat:${message.id}`,
        conversation: conversationOf(message),
        // WeChat's own seconds, then the order of arrival within one.
        no: message.created * 1_000_000 + (arrived++ % 1_000_000),
        body: message,
      };
      const [taken] = await inbox.put("wechat", [letter], async (transaction) => {
        if (!signature) return;
        const id = createHash("sha256").update(signature.text).digest("hex");
        const content = createHash("sha256").update(signature.body).digest("hex");
        if (!(await usedOnceFor(transaction, id, content, now()))) throw new AppError("forbidden");
      });
      // Answered by a process that is gone, or by another: the same answer again.
      if (taken === "answered" && !again) handle(message).catch(() => mailroom.answer(message, []));
    } catch (error) {
      if (!again) mailroom.drop(message);
      throw error;
    }
    return passive;
  }

  async function handle(message: OfficialMessage): Promise<void> {
    const page = await mailroom.pull(message);
    if (page !== undefined) return mailroom.answer(message, [page]);
    const hand = listener;
    if (!hand) throw new Error("wechat is not up");
    await new Promise<void>((resolve, reject) => {
      const cancel = clock.after(LOST_MS, () => mine.settle(new Error("handed over and not heard of again")));
      const mine: Pending = {
        message,
        settle(error) {
          cancel();
          if (pending.get(message.id) === mine) pending.delete(message.id);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      pending.set(message.id, mine);
      hand(message);
    });
  }

  return {
    receive,
    async answer(id, pages) {
      const mine = pending.get(id);
      if (!mine) return;
      try {
        await mailroom.answer(mine.message, pages);
        mine.settle();
      } catch (error) {
        mine.settle(error ?? new Error("not answered"));
      }
    },
    failed: (id, error) => pending.get(id)?.settle(error ?? new Error("not answered")),
    listen(next) {
      listener = next;
      if (!next) for (const one of [...pending.values()]) one.settle(new Error("wechat went away"));
    },
    serve: () =>
      inbox.serve("wechat", async (letter: Answerable) => {
        for (const body of letter.bodies) await handle(body as OfficialMessage);
      }),
  };
}
