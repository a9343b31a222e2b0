/** One wechaty bot over one puppet: opened, watched, closed. wechaty is loaded here and only when needed. */
import type { Message, WechatyBuilder as WechatyBuilderClass } from "wechaty";
import type { impls } from "wechaty-puppet";
import type { Thing, TurnFile } from "../../src/turn.ts";
import type { Connection, Signals } from "../supervisor.ts";
import type { WechatMessage } from "./inbound.ts";

/** A puppet made for the occasion, or the name of a package that has one. */
export type PuppetSource =
  | { readonly make: () => Promise<impls.PuppetInterface> }
  | { readonly name: string; readonly options: Record<string, unknown> };

export interface Target {
  readonly talker: string;
  readonly room?: string;
}

export interface WechatConnection extends Connection {
  /** @throws when the puppet refuses. */
  say(target: Target, text: string): Promise<void>;
}

/** A message whose slow parts are read when its turn comes. */
export interface Incoming extends Target {
  readonly id: string;
  read(): Promise<WechatMessage>;
  /** Undefined when it carries none. */
  file(): Promise<TurnFile | undefined>;
}

type Options = Parameters<typeof WechatyBuilderClass.build>[0];

export async function openConnection(
  source: PuppetSource,
  signals: Signals,
  onMessage: (message: Incoming) => void,
): Promise<WechatConnection> {
  const { log, types, WechatyBuilder } = await import("wechaty");
  log.level("silent");
  const options: unknown =
    "make" in source
      ? { puppet: await source.make() }
      : { puppet: source.name, puppetOptions: source.options };
  // wechaty types the names it ships with; any other package is loaded just the same. No name: no memory file.
  const bot = WechatyBuilder.build(options as Options);

  const files = new Set([
    types.Message.Attachment,
    types.Message.Audio,
    types.Message.Image,
    types.Message.Video,
  ]);
  const kindOf = (type: number): WechatMessage["kind"] => {
    if (type === types.Message.Text) return "text";
    if (type === types.Message.Location) return "location";
    // What the puppet cannot name may still be a document.
    return files.has(type) || type === types.Message.Unknown ? "file" : "other";
  };
  const things: Readonly<Record<number, Thing>> = {
    [types.Message.Attachment]: "document",
    [types.Message.Audio]: "voice",
    [types.Message.Contact]: "contact",
    [types.Message.Emoticon]: "sticker",
    [types.Message.Image]: "photo",
    [types.Message.Location]: "location",
    [types.Message.Video]: "video",
  };
  const thingOf = (type: number): Thing | undefined =>
    type === types.Message.Text ? undefined : (things[type] ?? "other");
  const incoming = (message: Message): Incoming => {
    const room = message.room();
    return {
      id: message.id,
      talker: message.talker().id,
      ...(room && { room: room.id }),
      async read() {
        const thing = thingOf(message.type());
        const mentioned = room !== undefined && (await message.mentionSelf());
        return {
          id: message.id,
          talker: message.talker().id,
          ...(room && { room: room.id }),
          self: message.self(),
          ageSeconds: message.age(),
          kind: kindOf(message.type()),
          ...(thing && { thing }),
          text: mentioned ? await message.mentionText() : message.text(),
          mentioned,
        };
      },
      async file() {
        if (kindOf(message.type()) !== "file") return undefined;
        const box = await message.toFileBox();
        const bytes = await box.toBuffer();
        return { name: box.name, claimedType: box.mediaType, bytes };
      },
    };
  };

  bot.on("login", () => signals.up());
  bot.on("logout", () => signals.down("logged out"));
  bot.on("error", (error) => signals.down(error.message));
  bot.on("scan", (code) => signals.scanning(code));
  bot.on("message", (message) => onMessage(incoming(message)));
  await bot.start();

  return {
    async say({ talker, room: roomId }, text) {
      const contact = await bot.Contact.find({ id: talker });
      if (!contact) throw new Error("no such contact");
      if (roomId === undefined) return void (await contact.say(text));
      const room = await bot.Room.find({ id: roomId });
      if (!room) throw new Error("no such room");
      await room.say(text, contact);
    },
    probe: () =>
      new Promise<void>((resolve) => {
        bot.once("dong", () => resolve());
        bot.ding("alive");
      }),
    close: () => bot.stop(),
  };
}
