/** What comes in: one thing one person said, on any door. */
import { z } from "zod";

export const doorNames = ["terminal", "web", "telegram", "wechat", "api"] as const;
export type DoorName = (typeof doorNames)[number];

export const roles = ["citizen", "officer"] as const;
export type Role = (typeof roles)[number];

/** At most so many characters of a message are read for their meaning. What is kept of a complaint is kept whole. */
export const READ_CHARACTERS = 1000;
const HEAD = 600;

/** The part of a message that is read: all of it, or its beginning and its end, where long messages put the question. */
export function readable(text: string): string {
  if (text.length <= READ_CHARACTERS) return text;
  return `${text.slice(0, HEAD)}\n${text.slice(text.length - (READ_CHARACTERS - HEAD - 1))}`;
}

/** A file the person sent, already fetched by its door; the house checks type and size again. */
export interface TurnFile {
  readonly name: string;
  /** What the sender claimed; never trusted. */
  readonly claimedType: string;
  readonly bytes: Uint8Array;
}

/** What came when it is not words: told apart so that each gets its own answer. */
export const things = [
  "photo",
  "voice",
  "video",
  "document",
  "location",
  "sticker",
  "contact",
  "other",
] as const;
export type Thing = (typeof things)[number];

export interface Turn {
  /** Stable under redelivery: the same outside message always has the same id. */
  readonly id: string;
  readonly door: DoorName;
  /** One thread of talk; turns in it are answered in order. */
  readonly conversation: string;
  /** Who speaks, as the door knows them (openid, chat id, cookie); personal data. */
  readonly person: string;
  readonly role: Role;
  /** What was typed or transcribed; empty when only a choice or files came. */
  readonly text: string;
  /** A button: the choice id offered by an earlier reply. A typed number or label is resolved in the house. */
  readonly choice?: string;
  readonly files: readonly TurnFile[];
  /** What was sent beside words or without any. A place's name, where the sender's program gives one, is `text`. */
  readonly thing?: Thing;
  /** An earlier message, changed afterwards. */
  readonly edited?: boolean;
  /** When it was written, where the door knows; `at` is when it arrived. */
  readonly sentAt?: Date;
  /** Area code the person chose (GB/T 2260), `140802`. */
  readonly area?: string;
  readonly at: Date;
}

/** What the API and the command line accept for one turn. */
export const TurnInput = z.object({
  conversation: z.string().min(1).max(128),
  text: z.string().max(20_000).optional(),
  choice: z.string().max(200).optional(),
  role: z.enum(roles).optional(),
  area: z.string().max(20).optional(),
});
export type TurnInput = z.infer<typeof TurnInput>;
