/** A 公众号 as the door sees it: callbacks in, answers out, and a puppet for wechaty. */
import type { FastifyInstance } from "fastify";
import type { impls } from "wechaty-puppet";
import { AppError } from "../../../src/error.ts";
import type { Clock } from "../../clock.ts";
import type { DoorHouse } from "../../door.ts";
import { createApi } from "./api.ts";
import { mountCallback } from "./callback.ts";
import { createEnvelope } from "./crypto.ts";
import { createDesk, type Desk } from "./desk.ts";
import { menuOf } from "./menu.ts";
import { createMailroom } from "./passive.ts";
import { createTokens } from "./token.ts";

export interface OfficialAccount extends Pick<Desk, "answer" | "failed" | "serve"> {
  mount(server: FastifyInstance): Promise<void>;
  make(): Promise<impls.PuppetInterface>;
}

/**
 * @param accepting what comes while it says no is refused, so that WeChat delivers it again.
 * @returns undefined when no 公众号 is configured.
 * @throws AppError `bad_input` when it is configured by half.
 */
export function openOfficialAccount(
  app: DoorHouse,
  clock: Clock,
  now: () => Date,
  accepting: () => boolean,
): OfficialAccount | undefined {
  const { config, log } = app;
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret, WECHAT_TOKEN: token } = config;
  if (!appId && !secret && !token) return undefined;
  if (!appId || !secret || !token) {
    throw new AppError("bad_input", {
      say: "公众号配置不全:WECHAT_APP_ID、WECHAT_APP_SECRET、WECHAT_TOKEN 须一并填写。",
    });
  }
  const base = config.WECHAT_API_BASE;
  const api = createApi(base, createTokens({ base, appId, secret, now }));
  const mailroom = createMailroom({ api, clock, log, pages: app.keptPages, now });
  const desk = createDesk({ mailroom, inbox: app.inbox, pages: app.keptPages, clock, now });
  const aesKey = config.WECHAT_AES_KEY;
  if (!aesKey)
    log.warn("公众号为明文模式:微信不对消息内容签名。建议在公众平台改用安全模式,并填写 WECHAT_AES_KEY。");

  return {
    answer: desk.answer,
    failed: desk.failed,
    serve: desk.serve,
    mount: (server) =>
      mountCallback(server, {
        token,
        ...(aesKey && { envelope: createEnvelope({ token, aesKey, appId }) }),
        now,
        receive: (message, signature) => (accepting() ? desk.receive(message, signature) : undefined),
      }),
    async make() {
      api
        .createMenu(menuOf(config.PUBLIC_URL))
        .catch((error: unknown) => log.warn({ err: error }, "wechat menu not set"));
      const { OfficialAccountPuppet } = await import("./puppet.ts");
      const puppet: unknown = new OfficialAccountPuppet({ appId, api, listen: desk.listen });
      // wechaty-puppet marks members of its own class private that its interface asks for.
      return puppet as impls.PuppetInterface;
    },
  };
}
