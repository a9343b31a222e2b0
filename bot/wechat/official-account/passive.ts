/**
 * When and how an answer reaches a 公众号 follower: on the open callback while it waits, else as a
 * customer-service message, else kept until the person asks for it by replying 1.
 */
import type { Log } from "../../../src/log.ts";
import type { Clock } from "../clock.ts";
import type { OfficialApi } from "./api.ts";
import { NO_PERMISSION, OUT_OF_QUOTA, WechatApiError } from "./failure.ts";
import type { OfficialMessage } from "./message.ts";

/** WeChat hangs up after five seconds and delivers again. */
export const PASSIVE_MS = 4_500;
/** Kept answers: so many pages a person, so many people; memory stays bounded. */
const MAX_PAGES = 20;
const MAX_PEOPLE = 5_000;
/** Callbacks remembered for redelivery, which comes within fifteen seconds. */
const REMEMBERED = 5_000;
const LATER = "正在为您查询,请稍后回复 1 查看答复。";

/** What goes back on the callback: a text, or nothing. */
export interface Passive {
  readonly text?: string;
  /** Told once it has gone out, so that later pages do not overtake it. */
  sent(): void;
}

export interface Mailroom {
  /** A message on its way in; the same id again shares the one answer. */
  receive(message: OfficialMessage, listener: (message: OfficialMessage) => void): Promise<Passive>;
  /** The pages answering the message `id`; none closes it without a word. Never throws: what cannot be sent is kept. */
  answer(id: string, pages: readonly string[]): Promise<void>;
}

interface Slot {
  readonly person: string;
  readonly passive: Promise<Passive>;
  /** Present while the callback waits. */
  resolve?: (text: string | undefined) => void;
  readonly gone: Promise<void>;
}

export function createMailroom(parts: { api: OfficialApi; clock: Clock; log: Log }): Mailroom {
  const { api, clock, log } = parts;
  const slots = new Map<string, Slot>();
  const kept = new Map<string, string[]>();
  /** Whether customer-service messages are permitted; unknown until the first typing sign is taken or refused. */
  let mayPush: boolean | undefined;

  function receive(message: OfficialMessage, listener: (message: OfficialMessage) => void): Promise<Passive> {
    const known = slots.get(message.id);
    if (known) return known.passive;
    if (message.kind === "unsubscribe") kept.delete(message.person);
    if (message.kind === "unsubscribe" || message.kind === "ignored") {
      return Promise.resolve({ sent() {} });
    }
    const slot = open(message);
    if (isPull(message) && kept.has(message.person)) {
      slot.resolve?.(takeKept(message.person));
      return slot.passive;
    }
    const typing = mayPush === false ? Promise.resolve() : showTyping(message.person);
    const cancel = clock.after(PASSIVE_MS, async () => {
      await typing;
      slot.resolve?.(mayPush === false ? LATER : undefined);
    });
    void slot.passive.then(cancel);
    listener(message);
    return slot.passive;
  }

  function open(message: OfficialMessage): Slot {
    let sent = () => {};
    const gone = new Promise<void>((resolve) => {
      sent = resolve;
    });
    let settle: (text: string | undefined) => void = () => {};
    const passive = new Promise<Passive>((resolve) => {
      settle = (text) => resolve({ ...(text !== undefined && { text }), sent });
    });
    const slot: Slot = { person: message.person, passive, gone };
    slot.resolve = (text) => {
      delete slot.resolve;
      settle(text);
    };
    slots.set(message.id, slot);
    const oldest = slots.size > REMEMBERED ? slots.keys().next().value : undefined;
    if (oldest !== undefined) slots.delete(oldest);
    return slot;
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

  async function answer(id: string, pages: readonly string[]): Promise<void> {
    const slot = slots.get(id);
    if (!slot) return;
    if (slot.resolve) {
      const [first, ...rest] = pages;
      if (rest.length > 0 && mayPush === false) {
        for (const page of rest) keep(slot.person, page);
        return slot.resolve(withHint(slot.person, first));
      }
      slot.resolve(first === undefined ? undefined : withHint(slot.person, first));
      await slot.gone;
      return push(slot.person, rest);
    }
    await slot.gone;
    await push(slot.person, pages);
  }

  /** Once one page is kept the rest is kept too: they are read in order. */
  async function push(person: string, pages: readonly string[]): Promise<void> {
    for (const page of pages) {
      if (mayPush === false || kept.has(person)) {
        keep(person, page);
        continue;
      }
      try {
        await api.sendText(person, page);
        mayPush = true;
      } catch (error) {
        learn(error);
        keep(person, page);
      }
    }
  }

  function learn(error: unknown): void {
    const errcode = error instanceof WechatApiError ? error.errcode : undefined;
    if (errcode === NO_PERMISSION) mayPush = false;
    if (errcode === OUT_OF_QUOTA)
      log.error("wechat calls of the day are used up; answers wait to be asked for");
    else log.warn({ err: error }, "wechat message not pushed");
  }

  function keep(person: string, page: string): void {
    const pages = kept.get(person) ?? [];
    kept.delete(person);
    kept.set(person, [...pages, page].slice(-MAX_PAGES));
    const oldest = kept.size > MAX_PEOPLE ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
  }

  function takeKept(person: string): string {
    const [first = "", ...rest] = kept.get(person) ?? [];
    if (rest.length > 0) kept.set(person, rest);
    else kept.delete(person);
    return withHint(person, first);
  }

  function withHint(person: string, text = ""): string {
    const left = kept.get(person)?.length ?? 0;
    return left === 0 ? text : `${text}\n——\n还有 ${left} 条答复,回复 1 查看。`;
  }

  return { receive, answer };
}

function isPull(message: OfficialMessage): boolean {
  return message.kind === "text" && ["1", "查看", "查看答复"].includes(message.text.normalize("NFKC").trim());
}
