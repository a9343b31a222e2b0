/** A wechaty puppet for a 公众号: to wechaty it is a messenger like any other. */
import { FileBox, type FileBoxInterface } from "file-box";
import { Puppet, type payloads, types } from "wechaty-puppet";
import { explain, type OfficialApi } from "./api.ts";
import type { OfficialMessage } from "./message.ts";

export interface PuppetParts {
  readonly appId: string;
  readonly api: OfficialApi;
  /** Hands messages over until it is called with undefined. */
  listen(listener: ((message: OfficialMessage) => void) | undefined): void;
}

/** Messages whose content wechaty may still ask for. */
const HELD = 2_000;
const messageTypes = {
  text: types.Message.Text,
  image: types.Message.Image,
  voice: types.Message.Audio,
  video: types.Message.Video,
  location: types.Message.Location,
  unsubscribe: types.Message.Unknown,
  ignored: types.Message.Unknown,
} as const satisfies Record<OfficialMessage["kind"], number>;

export class OfficialAccountPuppet extends Puppet {
  static override readonly VERSION = "1.0.0";
  readonly #parts: PuppetParts;
  readonly #held = new Map<string, OfficialMessage>();

  constructor(parts: PuppetParts) {
    super();
    this.#parts = parts;
  }

  override name(): string {
    return "OfficialAccountPuppet";
  }
  override version(): string {
    return OfficialAccountPuppet.VERSION;
  }

  override async onStart(): Promise<void> {
    this.login(`gh_${this.#parts.appId}`);
    this.#parts.listen((message) => {
      this.#held.set(message.id, message);
      const oldest = this.#held.size > HELD ? this.#held.keys().next().value : undefined;
      if (oldest !== undefined) this.#held.delete(oldest);
      this.emit("message", { messageId: message.id });
    });
  }
  override async onStop(): Promise<void> {
    this.#parts.listen(undefined);
  }
  /** There is no line to test: WeChat calls us. */
  override ding(data?: string): void {
    this.emit("dong", { data: data ?? "" });
  }

  override async messageRawPayload(id: string): Promise<OfficialMessage> {
    const message = this.#held.get(id);
    if (message) return message;
    throw new Error(`no message ${id}`);
  }
  override async messageRawPayloadParser(message: OfficialMessage): Promise<payloads.Message> {
    return {
      id: message.id,
      type: messageTypes[message.kind],
      talkerId: message.person,
      listenerId: this.currentUserId,
      text: message.text,
      timestamp: message.created,
    };
  }
  override async messageFile(id: string): Promise<FileBoxInterface> {
    const { media } = await this.messageRawPayload(id);
    if (!media) throw new Error(`no file in message ${id}`);
    const file = await this.#parts.api.fetchMedia(media);
    return FileBox.fromBuffer(Buffer.from(file.bytes), file.name);
  }

  override async messageSendText(person: string, text: string): Promise<void> {
    await this.#parts.api.sendText(person, text).catch(rethrow);
  }
  override async messageSendFile(person: string, file: FileBoxInterface): Promise<void> {
    await this.#parts.api.sendImage(person, { name: file.name, bytes: await file.toBuffer() }).catch(rethrow);
  }

  override async contactRawPayload(id: string): Promise<payloads.Contact> {
    const own = id.startsWith("gh_");
    return {
      id,
      // WeChat gives a follower no name, only an openid.
      name: id,
      avatar: "",
      gender: types.ContactGender.Unknown,
      type: own ? types.Contact.Official : types.Contact.Individual,
      phone: [],
    };
  }
  override async contactRawPayloadParser(contact: payloads.Contact): Promise<payloads.Contact> {
    return contact;
  }
  override async contactList(): Promise<string[]> {
    return [];
  }
  override async roomList(): Promise<string[]> {
    return [];
  }
}

function rethrow(error: unknown): never {
  throw explain(error);
}
