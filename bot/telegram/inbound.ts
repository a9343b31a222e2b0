/** From a Telegram update to a Turn. Pure: files are named here and fetched by the door. */
import type { Message, Update, User } from "grammy/types";
import type { Letter } from "../../src/store/inbox.ts";
import type { Thing, Turn } from "../../src/turn.ts";
import { questionOf } from "../deep-link.ts";

export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly claimedType: string;
  /** Bytes, when Telegram says. */
  readonly size?: number;
}

export interface Inbound {
  readonly turn: Omit<Turn, "files">;
  readonly chat: number;
  readonly files: readonly FileRef[];
  /** The message to answer to, in a group. */
  readonly replyTo?: number;
  /** A pressed button waiting to be told it was heard. */
  readonly callback?: string;
}

export interface Me {
  readonly id: number;
  readonly username: string;
}

/** Shown in the commands menu; each says what a person would have typed. */
export const commands = [
  { command: "appeal", description: "不服处罚,怎么复议、诉讼", question: "不服行政处罚怎么办?" },
  { command: "verify", description: "核验执法人员", question: "核验执法人员" },
  { command: "complain", description: "投诉执法问题", question: "我要投诉" },
  { command: "status", description: "查投诉进度", question: "查投诉进度" },
  { command: "help", description: "能问什么", question: "帮助" },
] as const;

/** @returns undefined for what is not said to us: channels, bots, talk among a group. */
export function readUpdate(
  update: Update,
  me: Me,
  at: Date,
  nameOf: (id: string) => string,
): Inbound | undefined {
  const pressed = update.callback_query;
  if (pressed) {
    if (!pressed.message || pressed.data === undefined) return undefined;
    return {
      turn: {
        ...speaker(update.update_id, pressed.message.chat, pressed.from, at),
        text: "",
        choice: pressed.data,
      },
      chat: pressed.message.chat.id,
      files: [],
      callback: pressed.id,
    };
  }
  const message = update.message ?? update.edited_message;
  if (!message?.from || message.from.is_bot) return undefined;
  const inGroup = message.chat.type !== "private";
  if (inGroup && !isForUs(message, me)) return undefined;
  const said = message.text ?? message.caption ?? message.sticker?.emoji ?? placeOf(message) ?? "";
  const thing = thingOf(message);
  return {
    turn: {
      ...speaker(update.update_id, message.chat, message.from, at),
      text: readText(said, me, nameOf),
      sentAt: new Date((message.edit_date ?? message.date) * 1000),
      ...(thing && { thing }),
      ...(update.edited_message && { edited: true }),
    },
    chat: message.chat.id,
    files: filesOf(message),
    ...(inGroup && { replyTo: message.message_id }),
  };
}

/** An update as the inbox keeps it; undefined for what `readUpdate` leaves alone. */
export function letterOf(update: Update, inbound: Inbound): Letter {
  const message = update.message ?? update.edited_message;
  const words = message && JSON.stringify([message.text, message.caption, inbound.files.map(({ id }) => id)]);
  return {
    id: inbound.turn.id,
    conversation: inbound.turn.conversation,
    no: update.update_id,
    body: update,
    edited: update.edited_message !== undefined,
    ...(message && { source: `telegram:${message.chat.id}:${message.message_id}` }),
    ...(words !== undefined && { words }),
    ...(message?.media_group_id !== undefined && { album: message.media_group_id }),
  };
}

/** Several messages sent as one: the files of all, the words of each. */
export function gather(parts: readonly Inbound[]): Inbound | undefined {
  const [first, ...rest] = parts;
  if (!first || rest.length === 0) return first;
  const texts = parts.map(({ turn }) => turn.text).filter((text) => text !== "");
  return {
    ...first,
    turn: { ...first.turn, text: texts.join("\n") },
    files: parts.flatMap(({ files }) => files),
  };
}

/** In a group each member has a conversation of their own. */
function speaker(update: number, chat: Message["chat"], from: User, at: Date) {
  return {
    id: `telegram:${update}`,
    door: "telegram",
    conversation: chat.type === "private" ? `telegram:${chat.id}` : `telegram:${chat.id}:${from.id}`,
    person: String(from.id),
    role: "citizen",
    at,
  } as const;
}

function isForUs(message: Message, me: Me): boolean {
  if (message.reply_to_message?.from?.id === me.id) return true;
  const said = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  return entities.some((entity) => {
    const word = said.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    const handle = `@${me.username.toLowerCase()}`;
    if (entity.type === "mention") return word === handle;
    if (entity.type === "text_mention") return entity.user.id === me.id;
    // `/help@other` is for another bot; a bare `/help` is for every bot in the group.
    return entity.type === "bot_command" && (!word.includes("@") || word.endsWith(handle));
  });
}

/** Mentions go, commands become the question they stand for. */
function readText(said: string, me: Me, nameOf: (id: string) => string): string {
  const text = said.replaceAll(new RegExp(`(?<![\\w/])@${me.username}\\b`, "gi"), "").trim();
  const command = /^\/(\w+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text);
  if (!command) return text;
  const rest = command[2]?.trim() ?? "";
  if (command[1] === "start") return questionOf(rest, nameOf) ?? (rest === "" ? "你好" : rest);
  const known = commands.find(({ command: name }) => name === command[1]);
  return known ? `${known.question} ${rest}`.trim() : text;
}

function thingOf(message: Message): Thing | undefined {
  if (message.photo) return "photo";
  if (message.voice || message.audio) return "voice";
  if (message.video || message.video_note) return "video";
  // An animation comes with a document beside it.
  if (message.animation || message.sticker) return "sticker";
  if (message.document) return "document";
  if (message.venue || message.location) return "location";
  if (message.contact) return "contact";
  const words = message.text !== undefined || message.caption !== undefined;
  return words ? undefined : "other";
}

/** A venue has a name; a bare location only its coordinates. */
function placeOf({ venue, location }: Message): string | undefined {
  if (venue) return `${venue.address}${venue.title}`;
  return location && `位置 ${location.latitude.toFixed(5)},${location.longitude.toFixed(5)}`;
}

function filesOf(message: Message): readonly FileRef[] {
  const files: FileRef[] = [];
  // Sizes come smallest first; the last is the picture as sent.
  const photo = message.photo?.at(-1);
  if (photo) files.push(named(photo.file_id, photo.file_size, `照片${message.message_id}.jpg`, "image/jpeg"));
  const { document, voice, audio, video, video_note: round } = message;
  if (document)
    files.push(named(document.file_id, document.file_size, document.file_name, document.mime_type));
  if (voice)
    files.push(named(voice.file_id, voice.file_size, `语音${message.message_id}.ogg`, voice.mime_type));
  if (audio) files.push(named(audio.file_id, audio.file_size, audio.file_name, audio.mime_type));
  if (video) files.push(named(video.file_id, video.file_size, video.file_name, video.mime_type));
  if (round) files.push(named(round.file_id, round.file_size, `视频${message.message_id}.mp4`, "video/mp4"));
  return files;
}

function named(
  id: string,
  size: number | undefined,
  name = "未命名",
  type = "application/octet-stream",
): FileRef {
  return { id, name: cleanName(name), claimedType: type, ...(size !== undefined && { size }) };
}

/** The last part of a path, without control and direction marks. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? "";
  return last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "").slice(-120) || "未命名";
}
