import { EventEmitter } from "node:events";
import { FileBox } from "file-box";
import { describe, expect, it } from "vitest";
import type { impls } from "wechaty-puppet";
import { mock, PuppetMock } from "wechaty-puppet-mock";
import { createWechatDoor, type WechatOptions } from "../../bot/wechat/door.ts";
import { readMessage, type WechatMessage } from "../../bot/wechat/inbound.ts";
import { renderReply, WECHAT_SIZE } from "../../bot/wechat/render.ts";
import { type Delivery, describeDoor, until } from "../contracts/doors.ts";
import { type House, openHouse } from "./house.ts";

interface Said {
  talker(): { readonly id: string };
  text(): string | undefined;
}
/** Contacts and rooms of the mock are emitters, which their types leave out. */
function listen(emitter: object, onMessage: (message: Said) => void): void {
  if (emitter instanceof EventEmitter) emitter.on("message", onMessage);
  else throw new Error("the mock emits nothing");
}

/** One phone that outlives the puppets it is driven through. */
class Phone extends mock.Mocker {
  /** The mock puppet logs its options as JSON, and this one leads back to the puppet. */
  toJSON() {
    return {};
  }
  override set puppet(puppet: PuppetMock) {
    this._puppet = puppet;
  }
  override get puppet(): PuppetMock {
    if (!this._puppet) throw new Error("no puppet yet");
    return this._puppet;
  }
}

/** A WeChat on this machine: logs in by itself, and can be killed. */
async function openWechat(house: House, options: WechatOptions = {}) {
  const mocker = new Phone();
  type Contact = ReturnType<typeof mocker.createContact>;
  let self: Contact | undefined;
  const puppets: PuppetMock[] = [];
  class SelfLogin extends PuppetMock {
    override async onStart() {
      await super.onStart();
      self ??= mocker.createContact({ name: "明执" });
      const id = self.id;
      setImmediate(() => this.login(id));
    }
  }
  const heard = new Map<string, string[]>();
  const people = new Map<string, Contact>();
  const messages = new Map<string, string>();
  const puppet = {
    async make() {
      const made = new SelfLogin({ mocker });
      puppets.push(made);
      return made as unknown as impls.PuppetInterface;
    },
  };
  const door = createWechatDoor(house.app, { puppet, supervisor: { firstRetryMs: 10 }, ...options });
  await door.start();
  await door.ready();
  const person = (name: string) => {
    const known = people.get(name);
    if (known) return known;
    const contact = mocker.createContact({ name });
    people.set(name, contact);
    heard.set(name, []);
    listen(contact, (message) => {
      if (message.talker().id === self?.id) heard.get(name)?.push(message.text() ?? "");
    });
    return contact;
  };
  const bot = () => {
    if (!self) throw new Error("not logged in");
    return self;
  };
  return {
    door,
    mocker,
    puppets,
    person,
    bot,
    deliver({ id, person: name, text, file }: Delivery) {
      const known = messages.get(id);
      if (known) return void puppets.at(-1)?.emit("message", { messageId: known });
      person(name)
        .say(file ? FileBox.fromBase64(file.bytes.toString("base64"), file.name) : text)
        .to(bot());
      const sent = [...mocker.cacheMessagePayload.keys()].at(-1);
      if (sent) messages.set(id, sent);
    },
    heard: (name: string) => heard.get(name) ?? [],
  };
}

describeDoor("wechat through a wechaty puppet", {
  async open(house) {
    const { door, deliver, heard } = await openWechat(house);
    return { deliver, heard, close: () => door.stop() };
  },
  buttons: false,
  redelivers: true,
  people: "many",
});

describe("wechat when the puppet dies", () => {
  it.each([
    ["is logged out", (puppet: PuppetMock) => void puppet.logout("kicked")],
    ["fails", (puppet: PuppetMock) => void puppet.emit("error", { data: "socket closed" })],
  ])("comes back when it %s, and says what it still owed", async (_name, kill) => {
    const house = await openHouse();
    const wechat = await openWechat(house);
    wechat.deliver({ id: "1", person: "甲", text: "慢慢查" });
    await until(() => expect(house.asked).toEqual(["慢慢查"]));
    const [first] = wechat.puppets;
    if (!first) throw new Error("no puppet");
    kill(first);
    await until(() => expect(wechat.puppets).toHaveLength(2));
    house.release();
    await until(() => expect(wechat.heard("甲").join()).toContain("收到「慢慢查」"));
    wechat.deliver({ id: "2", person: "甲", text: "还在吗" });
    await until(() => expect(wechat.heard("甲").join()).toContain("收到「还在吗」"));
    await wechat.door.stop();
    await house.close();
  });

  it("pushes outside a turn, and says so when it cannot", async () => {
    const house = await openHouse();
    const wechat = await openWechat(house);
    const contact = wechat.person("甲");
    const reply = await house.app.assistant.reply({
      id: "x",
      door: "wechat",
      conversation: "x",
      person: "x",
      role: "citizen",
      text: "有新进展",
      files: [],
      at: new Date(),
    });
    await wechat.door.send(contact.id, reply);
    expect(wechat.heard("甲").join()).toContain("有新进展");
    await wechat.door.stop();
    await expect(wechat.door.send(contact.id, reply)).rejects.toThrow();
    await house.close();
  });
});

describe("wechat in a room", () => {
  it("answers only those who call it by name, each in a talk of their own", async () => {
    const house = await openHouse();
    const wechat = await openWechat(house);
    const [one, two] = [wechat.person("甲"), wechat.person("乙")];
    const room = wechat.mocker.createRoom({ topic: "群", memberIdList: [wechat.bot().id, one.id, two.id] });
    const said: string[] = [];
    listen(room, (message) => {
      if (message.talker().id === wechat.bot().id) said.push(message.text() ?? "");
    });
    one.say("大家好").to(room);
    one.say("罚款怎么交", [wechat.bot()]).to(room);
    two.say("我也问", [wechat.bot()]).to(room);
    await until(() => expect(said.join()).toContain("我也问"));
    await until(() => expect(said.join()).toContain("罚款怎么交"));
    expect(house.asked).toHaveLength(2);
    expect(said.join()).not.toMatch(/上一句「(?!无)/);
    await wechat.door.stop();
    await house.close();
  });
});

describe("wechat limits", () => {
  it("asks a hasty person to wait, once", async () => {
    const house = await openHouse();
    const at = new Date();
    const wechat = await openWechat(house, { turnsPerMinute: 2, now: () => at });
    for (const id of ["1", "2", "3", "4"]) wechat.deliver({ id, person: "甲", text: `第${id}` });
    await until(() => expect(wechat.heard("甲").join()).toContain("太频繁"));
    await wechat.door.stop();
    expect(house.asked).toEqual(["第1", "第2"]);
    expect(wechat.heard("甲")).toHaveLength(3);
    await house.close();
  });
});

describe("reading a wechat message", () => {
  const at = new Date("2026-11-24T01:00:00Z");
  const plain: WechatMessage = {
    id: "m",
    talker: "甲",
    self: false,
    ageSeconds: 1,
    kind: "text",
    text: "问",
    mentioned: false,
  };
  const read = (rest: Partial<WechatMessage>) => readMessage({ ...plain, ...rest }, at, () => "演示市城管局");

  it.each<[string, Partial<WechatMessage>]>([
    ["its own words", { self: true }],
    ["messages of long ago", { ageSeconds: 601 }],
    ["talk in a room", { room: "群" }],
  ])("leaves %s alone", (_name, rest) => expect(read(rest)).toBeUndefined());

  it.each<[string, Partial<WechatMessage>, string]>([
    ["a question", {}, "问"],
    ["a scanned badge", { text: "verify-140802" }, "核验执法证号 140802"],
    ["a code at a counter", { text: "complain-ent_a" }, "我要投诉演示市城管局"],
    ["a place", { kind: "location", text: "演示路 1 号" }, "我在演示路 1 号"],
    ["a file", { kind: "file", text: "<xml>" }, ""],
  ])("reads %s", (_name, rest, text) => expect(read(rest)).toMatchObject({ id: "wechat:m", text }));

  it("passes on what was sent that is not words, and when", () => {
    expect(read({ kind: "file", thing: "voice", ageSeconds: 30 })).toMatchObject({
      thing: "voice",
      sentAt: new Date("2026-11-24T00:59:30Z"),
    });
  });
});

describe("rendering for wechat", () => {
  it("keeps every message within its bytes and no character cut", () => {
    const text = "政务公开😀".repeat(900);
    const pages = renderReply({
      turn: "t",
      outcome: "answered",
      intent: "help",
      blocks: [{ kind: "text", text }],
      choices: [],
      citations: [],
      labels: [],
      release: "r",
    });
    expect(pages.join("")).toBe(text);
    for (const page of pages) {
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(WECHAT_SIZE.amount);
      expect(page).not.toContain("\ufffd");
      expect(page).not.toMatch(/[\ud800-\udbff]$/);
    }
  });
});
