/**
 * When and how an answer reaches a 公众号 follower: on the open callback while it waits, else as a
 * customer-service message, else kept with the conversation until the person asks for it by 更多.
 */
import type { Log } from "../../../src/log.ts";
import type { KeptPages } from "../../../src/store/kept-pages.ts";
import type { Clock } from "../../clock.ts";
import type { OfficialApi } from "./api.ts";
import { NO_PERMISSION, OUT_OF_QUOTA, WechatApiError } from "./failure.ts";
import type { OfficialMessage } from "./message.ts";

/** WeChat hangs up after five seconds and delivers again. */
export const PASSIVE_MS = 4_500;
/** Callbacks remembered for redelivery, which comes within fifteen seconds. */
const REMEMBERED = 5_000;
const LATER = "正在为您查询,请稍后回复“更多”查看答复。";

/** What goes back on the callback: a text, or nothing. */
export interface Passive {
  readonly text?: string;
  /** Told once it has gone out, so that later pages do not overtake it. */
  sent(): void;
}

export interface Mailroom {
  /** The callback of a message, held open until there is an answer or no more time; the same id again shares it. */
  open(message: OfficialMessage): { readonly passive: Promise<Passive>; readonly again: boolean };
  /** Lets go of a callback whose message could not be saved. */
  drop(message: OfficialMessage): void;
  /** The page a message asks for, when it asks for one and one waits. */
  pull(message: OfficialMessage): Promise<string | undefined>;
  /** The pages answering a message; none closes its callback without a word. What cannot be sent is kept. */
  answer(message: OfficialMessage, pages: readonly string[]): Promise<void>;
}

interface Slot {
  readonly passive: Promise<Passive>;
  /** Present while the callback waits. */
  resolve?: (text: string | undefined) => void;
  readonly gone: Promise<void>;
}

interface MailroomParts {
  readonly api: OfficialApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly pages: KeptPages;
  readonly now: () => Date;
}

export function createMailroom({ api, clock, log, pages, now }: MailroomParts): Mailroom {
  const slots = new Map<string, Slot>();
  /** Whether customer-service messages are permitted; unknown until the first typing sign is taken or refused. */
  let mayPush: boolean | undefined;

  function open(message: OfficialMessage) {
    const known = slots.get(message.id);
    if (known) return { passive: known.passive, again: true };
    const slot = createSlot();
    slots.set(message.id, slot);
    const oldest = slots.size > REMEMBERED ? slots.keys().next().value : undefined;
    if (oldest !== undefined) slots.delete(oldest);
    // Nobody waits for the sign: an account whose permission is not known yet is told how to ask.
    if (mayPush !== false) void showTyping(message.person);
    const cancel = clock.after(PASSIVE_MS, () => slot.resolve?.(mayPush ? undefined : LATER));
    void slot.passive.then(cancel);
    return { passive: slot.passive, again: false };
  }

  function drop(message: OfficialMessage): void {
    slots.get(message.id)?.resolve?.(undefined);
    slots.delete(message.id);
  }

  /** The sign also shows, early and harmlessly, whether this account may push at all. */
  async function showTyping(person: string): Promise<void> {
    try {
      await api.showTyping(person);
      mayPush = true;
    } catch (error) {
      learn(error);
    }
  }

  async function answer(message: OfficialMessage, answers: readonly string[]): Promise<void> {
    const slot = slots.get(message.id);
    const conversation = conversationOf(message);
    if (!slot?.resolve) {
      await slot?.gone;
      return push(message, answers);
    }
    const [first, ...rest] = answers;
    if (mayPush === false) await pages.keep(conversation, rest, now());
    const text = first === undefined ? undefined : await withHint(conversation, first);
    // Time may have run out meanwhile.
    if (!slot.resolve) return push(message, mayPush === false ? answers.slice(0, 1) : answers);
    slot.resolve(text);
    if (mayPush === false) return;
    await slot.gone;
    await push(message, rest);
  }

  /** Once one page is kept the rest is kept too: they are read in order. */
  async function push(message: OfficialMessage, answers: readonly string[]): Promise<void> {
    const conversation = conversationOf(message);
    let next = 0; // answers[0..next) are sent
    if (answers.length > 0 && mayPush !== false && (await pages.left(conversation)) === 0) {
      try {
        for (; next < answers.length; next += 1) {
          await api.sendText(message.person, answers[next] ?? "");
          mayPush = true;
        }
      } catch (error) {
        learn(error);
      }
    }
    await pages.keep(conversation, answers.slice(next), now());
  }

  function learn(error: unknown): void {
    const errcode = error instanceof WechatApiError ? error.errcode : undefined;
    if (errcode === NO_PERMISSION) mayPush = false;
    if (errcode === OUT_OF_QUOTA)
      log.error("wechat calls of the day are used up; answers wait to be asked for");
    else log.warn({ err: error }, "wechat message not pushed");
  }

  async function withHint(conversation: string, text: string): Promise<string> {
    const left = await pages.left(conversation);
    return left === 0 ? text : `${text}\n——\n还有 ${left} 条答复,回复“更多”查看。`;
  }

  return {
    open,
    drop,
    answer,
    pull: async (message) => (isPull(message) ? pages.take(conversationOf(message), message.id) : undefined),
  };
}

function createSlot(): Slot {
  let sent = () => {};
  const gone = new Promise<void>((resolve) => {
    sent = resolve;
  });
  let settle: (text: string | undefined) => void = () => {};
  const passive = new Promise<Passive>((resolve) => {
    settle = (text) => resolve({ ...(text !== undefined && { text }), sent });
  });
  const slot: Slot = { passive, gone };
  slot.resolve = (text) => {
    delete slot.resolve;
    settle(text);
  };
  return slot;
}

export function conversationOf(message: Pick<OfficialMessage, "person">): string {
  return `wechat:${message.person}`;
}

/** A word, never a digit: digits choose among what was offered last. */
function isPull(message: OfficialMessage): boolean {
  return (
    message.kind === "text" &&
    /^(更多|查看|查看更多|查看答复|继续看)[。!.!]?$/.test(message.text.normalize("NFKC").trim())
  );
}
