/** From a WeChat message to a Turn. Pure. */
import type { Thing, Turn } from "../../src/turn.ts";
import { questionOf } from "../deep-link.ts";

export interface WechatMessage {
  readonly id: string;
  readonly talker: string;
  readonly room?: string;
  /** Sent by ourselves; puppets echo it. */
  readonly self: boolean;
  readonly ageSeconds: number;
  readonly kind: "text" | "location" | "file" | "other";
  /** What it is, when it is not words. */
  readonly thing?: Thing;
  /** Without the mention, in a room. */
  readonly text: string;
  readonly mentioned: boolean;
}

/** A gateway that comes back may replay a day of messages; whoever asked has long gone elsewhere. */
const TOO_OLD_SECONDS = 600;

/** @returns undefined for what is not said to us, or not said now. */
export function readMessage(
  message: WechatMessage,
  at: Date,
  nameOf: (id: string) => string,
): Omit<Turn, "files"> | undefined {
  if (message.self || message.ageSeconds > TOO_OLD_SECONDS) return undefined;
  if (message.room !== undefined && !message.mentioned) return undefined;
  return {
    id: `wechat:${message.id}`,
    door: "wechat",
    conversation:
      message.room === undefined ? `wechat:${message.talker}` : `wechat:${message.room}:${message.talker}`,
    person: message.talker,
    role: "citizen",
    text: readText(message, nameOf),
    ...(message.thing && { thing: message.thing }),
    sentAt: new Date(at.getTime() - message.ageSeconds * 1000),
    at,
  };
}

function readText(message: WechatMessage, nameOf: (id: string) => string): string {
  const text = message.text.trim();
  switch (message.kind) {
    case "text":
      return questionOf(text, nameOf) ?? text;
    case "location":
      return text === "" ? "" : `我在${text}`;
    default:
      return "";
  }
}
