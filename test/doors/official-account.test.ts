import { createHash } from "node:crypto";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import Fastify from "fastify";
import { FileBox } from "file-box";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWechatDoor, type WechatOptions } from "../../bot/wechat/door.ts";
import { createApi } from "../../bot/wechat/official-account/api.ts";
import { menuOf } from "../../bot/wechat/official-account/menu.ts";
import { readCallback } from "../../bot/wechat/official-account/message.ts";
import { PASSIVE_MS } from "../../bot/wechat/official-account/passive.ts";
import { OfficialAccountPuppet } from "../../bot/wechat/official-account/puppet.ts";
import { createTokens } from "../../bot/wechat/official-account/token.ts";
import { type Delivery, describeDoor, until } from "../contracts/doors.ts";
import { type House, LONG_PARAGRAPHS, openHouse } from "./house.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";
import { openWechatApi, type WechatApi } from "./wechat-api.ts";

const TOKEN = "callbacktoken";
const APP_ID = "wxTEST";
const AES_KEY = "a".repeat(43);
const sha1 = (...parts: string[]) => createHash("sha1").update(parts.sort().join("")).digest("hex");
const settingsOf = (base: string) => ({
  WECHAT_APP_ID: APP_ID,
  WECHAT_APP_SECRET: "secret",
  WECHAT_TOKEN: TOKEN,
  WECHAT_API_BASE: base,
});
const fromXml = (xml: string) =>
  /<Content><!\[CDATA\[([\s\S]*)\]\]><\/Content>/.exec(xml)?.[1]?.replaceAll("]]]]><![CDATA[>", "]]>");

interface Posted {
  readonly status: number;
  /** What the person sees, or the bare body. */
  readonly said: string;
}

async function openAccount(house: House, options: WechatOptions = {}, aes = false) {
  const door = createWechatDoor(house.app, options);
  const server = Fastify();
  const shown = new Map<string, string[]>();
  const answered = new Set<string>();
  const show = (person: string, text: string) => shown.set(person, [...(shown.get(person) ?? []), text]);
  api.onPush = show;
  // WeChat shows one passive answer to one message, whatever it was told on which delivery.
  server.addHook("onSend", async (request, _reply, payload) => {
    const id = request.headers["x-test-id"];
    const text = typeof payload === "string" && !aes ? fromXml(payload) : undefined;
    if (text === undefined || typeof id !== "string" || answered.has(id)) return;
    answered.add(id);
    show(decodeURIComponent(String(request.headers["x-test-person"])), text);
  });
  await server.register(door.mount);
  await door.start();
  await door.ready();

  async function post(
    person: string,
    inner: string,
    forge: Partial<Record<string, string>> = {},
  ): Promise<Posted> {
    const timestamp = forge["timestamp"] ?? String(Math.floor(Date.now() / 1000));
    const nonce = forge["nonce"] ?? `n${posts++}`;
    const id = /<MsgId>(\w+)/.exec(inner)?.[1] ?? "event";
    let body = `<xml><ToUserName><![CDATA[gh_x]]></ToUserName><FromUserName><![CDATA[${person}]]></FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime>${inner}</xml>`;
    const query: Record<string, string> = {
      timestamp,
      nonce,
      signature: forge["signature"] ?? sha1(TOKEN, timestamp, nonce),
    };
    if (aes && forge["plain"] === undefined) {
      const sealed = encrypt(AES_KEY, body, forge["appId"] ?? APP_ID);
      body = `<xml><ToUserName>gh_x</ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
      query["msg_signature"] = forge["msg_signature"] ?? getSignature(TOKEN, timestamp, nonce, sealed);
    }
    const answer = await server.inject({
      method: "POST",
      url: "/wechat",
      query,
      headers: { "content-type": "text/xml", "x-test-id": id, "x-test-person": encodeURIComponent(person) },
      payload: forge["body"] ?? body,
    });
    let said = answer.body;
    const sealed = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(said)?.[1];
    if (sealed) said = decrypt(AES_KEY, sealed).message;
    return { status: answer.statusCode, said: fromXml(said) ?? said };
  }
  return {
    door,
    server,
    post,
    shown: (person: string) => shown.get(person) ?? [],
    async close() {
      await door.stop();
      await server.close();
    },
  };
}
type Account = Awaited<ReturnType<typeof openAccount>>;

const text = (content: string, id: string) =>
  `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${id}</MsgId>`;
const event = (name: string, key = "") =>
  `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event><EventKey><![CDATA[${key}]]></EventKey>`;

let api: WechatApi;
/** WeChat draws a new nonce for every call. */
let posts = 0;
describeDoor("a wechat official account", {
  async settings() {
    api = await openWechatApi();
    return settingsOf(api.base);
  },
  async open(house) {
    const account = await openAccount(house);
    return {
      async deliver({ id, person, text: said, file }: Delivery) {
        const inner = file
          ? `<MsgType>image</MsgType><PicUrl>x</PicUrl><MediaId>M</MediaId><MsgId>m${id}</MsgId>`
          : text(said ?? "", `m${id}`);
        expect((await account.post(person, inner)).status).toBe(200);
      },
      heard: account.shown,
      async close() {
        await account.close();
        await api.close();
      },
    };
  },
  buttons: false,
  redelivers: true,
  people: "many",
});

describe("the callback of an official account", () => {
  let house: House;
  let account: Account;
  let clock: ManualClock;
  async function open(extra: Record<string, string> = {}) {
    house = await openHouse({ ...settingsOf(api.base), ...extra });
    clock = manualClock();
    account = await openAccount(house, { clock }, extra["WECHAT_AES_KEY"] !== undefined);
  }
  beforeEach(async () => {
    api = await openWechatApi();
  });
  afterEach(async () => {
    house.release();
    await account.close();
    await house.close();
    await api.close();
  });
  /** Lets the open callback run out of its window. */
  async function runOut(posted: Promise<Posted>): Promise<Posted> {
    await until(() => expect(clock.waiting(PASSIVE_MS)).toBe(1));
    clock.advance(PASSIVE_MS);
    return posted;
  }

  it("proves itself to WeChat, and to nobody else", async () => {
    await open();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const get = (signature: string) =>
      account.server.inject({ url: "/wechat", query: { timestamp, nonce: "n", signature, echostr: "E1" } });
    expect((await get(sha1(TOKEN, timestamp, "n"))).body).toBe("E1");
    expect((await get("forged")).statusCode).toBe(403);
  });

  it("takes no forged, old or broken message", async () => {
    await open();
    const old = String(Math.floor(Date.now() / 1000) - 301);
    expect((await account.post("甲", text("伪造", "1"), { signature: "x" })).status).toBe(403);
    expect((await account.post("甲", text("旧的", "2"), { timestamp: old })).status).toBe(403);
    expect((await account.post("甲", "", { body: "<xml><a>" })).status).toBe(400);
    const entities = `<!DOCTYPE x [<!ENTITY a "b">]><xml></xml>`;
    expect((await account.post("甲", "", { body: entities })).status).toBe(400);
    expect(house.asked).toEqual([]);
  });

  it("speaks safe mode both ways, and takes nothing less", async () => {
    await open({ WECHAT_AES_KEY: AES_KEY });
    expect((await account.post("甲", text("身份证<b>&", "1"))).said).toContain("收到「身份证<b>&」");
    expect((await account.post("甲", text("明文", "2"), { plain: "1" })).status).toBe(403);
    expect((await account.post("甲", text("别家的", "3"), { appId: "wxOTHER" })).status).toBe(403);
    expect((await account.post("甲", text("改过的", "4"), { msg_signature: "x" })).status).toBe(403);
    expect(house.asked).toEqual(["身份证<b>&"]);
  });

  it("answers a slow question later by customer service", async () => {
    await open();
    await account.post("甲", text("热身", "0"));
    await until(() => expect(api.calls.some(({ path }) => path.endsWith("typing"))).toBe(true));
    await account.post("甲", text("热身", "01"));
    expect((await runOut(account.post("甲", text("慢", "1")))).said).toBe("success");
    house.release();
    await until(() => expect(api.pushed("甲").join()).toContain("收到「慢」"));
  });

  it.each([40001, 40014, 42001])("renews the token when the API answers %i", async (code) => {
    await open();
    await runOut(account.post("甲", text("慢", "1")));
    api.refuse("message/custom/send", [code]);
    house.release();
    await until(() => expect(api.pushed("甲").join()).toContain("收到「慢」"));
    const renewals = api.calls.filter(({ path, body }) => path === "stable_token" && body.includes("true"));
    expect(renewals).toHaveLength(1);
  });

  it.each([
    ["without the permission to push (48001)", 48001],
    ["outside the 48 hours (45015)", 45015],
    ["with the day's calls used up (45009)", 45009],
  ])("keeps a late answer to be asked for %s", async (_name, code) => {
    await open();
    const slow = account.post("甲", text("慢", "1"));
    await until(() => expect(api.calls.some(({ path }) => path.endsWith("typing"))).toBe(true));
    await runOut(slow);
    api.refuse("message/custom/send", [code], true);
    house.release();
    await until(() => expect(api.calls.some(({ path }) => path === "message/custom/send")).toBe(true));
    const next = await account.post("甲", text("还在吗", "2"));
    expect(next.said).toContain("收到「还在吗」");
    expect(next.said).toContain("还有 1 条答复,回复“更多”查看");
    expect((await account.post("甲", text("1", "3"))).said).toContain("收到「1」");
    expect((await account.post("甲", text("更多", "4"))).said).toContain("收到「慢」");
    expect((await account.post("甲", text("更多", "5"))).said).toContain("收到「更多」");
  });

  it("tells at once how to get the answer while it may not push, or does not know", async () => {
    api.refuse("message/custom/typing", [48001], true);
    api.refuse("message/custom/send", [48001], true);
    await open();
    expect((await runOut(account.post("甲", text("慢", "1")))).said).toContain("回复“更多”查看");
    house.release();
    await until(() => expect(house.asked).toEqual(["慢"]));
    await until(async () => {
      const pulled = await account.post("甲", text("查看", `p${Math.random()}`.replace(".", "")));
      expect(pulled.said).toContain("收到「慢」");
    });
  });

  it("hands a long answer out page by page when it may not push", async () => {
    api.refuse("message/custom/typing", [48001], true);
    await open();
    await account.post("甲", text("热身", "0"));
    await until(() => expect(api.calls.some(({ path }) => path.endsWith("typing"))).toBe(true));
    const pages = [(await account.post("甲", text("长答", "1"))).said];
    for (let id = 2; pages.at(-1)?.includes("回复“更多”查看"); id++) {
      pages.push((await account.post("甲", text("更多", String(id)))).said);
    }
    for (const page of pages) expect(Buffer.byteLength(page)).toBeLessThanOrEqual(2048);
    const whole = pages.map((page) => page.replace(/\n——\n还有[\s\S]*$/, "")).join("\n");
    for (const paragraph of LONG_PARAGRAPHS) expect(whole).toContain(paragraph);
    expect(api.pushed("甲")).toEqual([]);
  });

  it("takes a digit for the choice it is while pages wait, and gives a page to one message only", async () => {
    api.refuse("message/custom/typing", [48001], true);
    api.refuse("message/custom/send", [48001], true);
    await open();
    await account.post("甲", text("热身", "0"));
    await until(() => expect(api.calls.some(({ path }) => path.endsWith("typing"))).toBe(true));
    await account.post("甲", text("长答", "1"));
    await account.post("甲", text("选项", "2"));
    expect((await account.post("甲", text("1", "3"))).said).toContain("收到「go:court」");
    const second = (await account.post("甲", text("更多", "4"))).said;
    await account.close();
    account = await openAccount(house, { clock });
    // Delivered again to another process: the same page, not the next one.
    expect((await account.post("甲", text("更多", "4"))).said).toBe(second);
    expect((await account.post("甲", text("更多", "5"))).said).not.toBe(second);
  });

  it("answers on the callback in time although the typing sign never comes back", async () => {
    api.hang("message/custom/typing");
    await open();
    const said = (await runOut(account.post("甲", text("慢", "1")))).said;
    expect(said).toContain("更多");
  });

  it("takes a signature for one message only, and that message again", async () => {
    await open();
    const captured = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: "caught" };
    const body = `<xml><ToUserName>gh</ToUserName><FromUserName>甲</FromUserName><CreateTime>${captured.timestamp}</CreateTime>${text("真的", "1")}</xml>`;
    expect((await account.post("甲", "", { ...captured, body })).said).toContain("收到「真的」");
    expect((await account.post("甲", "", { ...captured, body })).said).toContain("收到「真的」");
    const forged = body.replace("真的", "假的").replace(">1<", ">2<").replace("甲", "乙");
    expect((await account.post("乙", "", { ...captured, body: forged })).status).toBe(403);
    expect(house.asked).toEqual(["真的"]);
  });

  it("greets a new follower, and opens the question on a scanned code", async () => {
    await open();
    expect((await account.post("甲", event("subscribe"))).said).toContain("收到「你好」");
    expect((await account.post("乙", event("subscribe", "qrscene_verify-1408"))).said).toContain(
      "核验执法证号 1408",
    );
    expect((await account.post("甲", event("SCAN", "complain-ent_x"))).said).toContain("收到「我要投诉」");
    expect((await account.post("甲", event("CLICK", "怎么申请听证?"))).said).toContain(
      "收到「怎么申请听证?」",
    );
    expect((await account.post("甲", event("unsubscribe"))).said).toBe("success");
    expect((await account.post("甲", event("LOCATION"))).said).toBe("success");
  });

  it("hears a voice by its words and sees a place by its name", async () => {
    await open();
    const voice = `<MsgType>voice</MsgType><MediaId>V</MediaId><Recognition><![CDATA[罚款怎么交]]></Recognition><MsgId>1</MsgId>`;
    expect((await account.post("甲", voice)).said).toContain("收到「罚款怎么交」");
    const place = `<MsgType>location</MsgType><Location_X>1</Location_X><Label><![CDATA[演示路]]></Label><MsgId>2</MsgId>`;
    expect((await account.post("甲", place)).said).toContain("收到「我在演示路」");
    const video = `<MsgType>video</MsgType><MediaId>V</MediaId><MsgId>3</MsgId>`;
    expect((await account.post("甲", video)).said).toContain("有8字节");
  });

  it("asks for a file again that WeChat no longer has", async () => {
    api.refuse("media/get", [40007]);
    await open();
    const image = `<MsgType>image</MsgType><MediaId>V</MediaId><MsgId>3</MsgId>`;
    expect((await account.post("甲", image)).said).toContain("请重新发送");
    expect(house.asked).toEqual([]);
  });

  it("sets its menu, and pushes outside a turn with a reason when refused", async () => {
    await open();
    await until(() => expect(api.calls.some(({ path }) => path === "menu/create")).toBe(true));
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
    await account.door.send("甲", reply);
    expect(api.pushed("甲").join()).toContain("有新进展");
    api.refuse("message/custom/send", [45015]);
    await expect(account.door.send("甲", reply)).rejects.toThrow("48 小时");
  });

  it("takes nothing new while it stops, and still answers what is under way", async () => {
    await open();
    const slow = account.post("甲", text("慢", "1"));
    await until(() => expect(house.asked).toEqual(["慢"]));
    const stopped = account.door.stop();
    expect((await account.post("乙", text("来晚了", "2"))).status).toBe(503);
    house.release();
    await stopped;
    expect((await slow).said).toContain("收到「慢」");
  });

  it("closes the callback at once when there is nothing to say", async () => {
    await open();
    const created = Math.floor(Date.now() / 1000) - 700;
    const body = `<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>${created}</CreateTime>${text("很久以前", "1")}</xml>`;
    expect((await account.post("甲", "", { body })).said).toBe("success");
    expect(house.asked).toEqual([]);
  });

  it("is closed once it has stopped", async () => {
    await open();
    await account.door.stop();
    expect((await account.post("甲", text("有人吗", "1"))).status).toBe(503);
  });

  it("gives the same answer again after a restart", async () => {
    await open();
    const first = await account.post("甲", text("问一次", "1"));
    await account.close();
    account = await openAccount(house, { clock });
    expect((await account.post("甲", text("问一次", "1"))).said).toBe(first.said);
    expect(house.asked).toEqual(["问一次"]);
  });
});

describe("the parts of an official account", () => {
  it("shares one token among callers, and one renewal among the refused", async () => {
    api = await openWechatApi();
    const tokens = createTokens({ base: api.base, appId: "a", secret: "s", now: () => new Date() });
    expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(["T1", "T1"]);
    expect(await Promise.all([tokens.renew("T1"), tokens.renew("T1")])).toEqual(["T2", "T2"]);
    expect(await tokens.renew("T1")).toBe("T2");
    await api.close();
  });

  it("renews a token before it ends", async () => {
    api = await openWechatApi();
    let at = new Date("2026-11-24T00:00:00Z");
    const tokens = createTokens({ base: api.base, appId: "a", secret: "s", now: () => at });
    expect(await tokens.get()).toBe("T1");
    at = new Date("2026-11-24T01:56:00Z");
    expect(await tokens.get()).toBe("T2");
    await api.close();
  });

  it("sends a picture out", async () => {
    api = await openWechatApi();
    const tokens = createTokens({ base: api.base, appId: "a", secret: "s", now: () => new Date() });
    const puppet = new OfficialAccountPuppet({ appId: "a", api: createApi(api.base, tokens), listen() {} });
    await puppet.messageSendFile("甲", FileBox.fromBase64(Buffer.from("PNG").toString("base64"), "图.png"));
    expect(api.calls.find(({ path }) => path === "message/custom/send")?.body).toContain(`"media_id":"M1"`);
    await api.close();
  });

  it("tells events of one person apart that carry no id", () => {
    const id = (name: string, key: string) =>
      readCallback(
        `<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>5</CreateTime>${event(name, key)}</xml>`,
      )?.id;
    expect(new Set([id("SCAN", "a"), id("SCAN", "b"), id("subscribe", "a")]).size).toBe(3);
    expect(id("SCAN", "a")).toBe(id("SCAN", "a"));
  });

  it("offers a menu WeChat accepts: three entries, five below each, short names", () => {
    for (const url of [undefined, "https://zf.example.gov.cn"]) {
      const { button } = menuOf(url);
      expect(button.length).toBeLessThanOrEqual(3);
      for (const entry of button) {
        expect(Buffer.byteLength(entry.name)).toBeLessThanOrEqual(16);
        const below = "sub_button" in entry ? entry.sub_button : [];
        expect(below.length).toBeLessThanOrEqual(5);
        for (const { name } of below) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(60);
      }
    }
  });
});
