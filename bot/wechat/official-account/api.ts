/** The few calls of the 公众号 API this door makes. */
import { z } from "zod";
import { AppError } from "../../../src/error.ts";
import type { TurnFile } from "../../../src/turn.ts";
import { NO_PERMISSION, OUT_OF_QUOTA, OUT_OF_WINDOW, tokenRefused, WechatApiError } from "./failure.ts";
import type { Menu } from "./menu.ts";
import type { Tokens } from "./token.ts";

export interface OfficialApi {
  /** A customer-service message. @throws WechatApiError */
  sendText(person: string, text: string): Promise<void>;
  /** @throws WechatApiError */
  sendImage(person: string, image: { readonly name: string; readonly bytes: Buffer }): Promise<void>;
  /** @throws WechatApiError */
  showTyping(person: string): Promise<void>;
  /** What was sent to us. @throws WechatApiError */
  fetchMedia(media: string): Promise<TurnFile>;
  createMenu(menu: Menu): Promise<void>;
}

const Outcome = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default("") });
const Uploaded = z.object({ media_id: z.string() });
const CALL_MS = 5_000;
const MEDIA_MS = 30_000;

export function createApi(base: string, tokens: Tokens): OfficialApi {
  /** Once more with a new token when the old one is refused. */
  async function call(
    path: string,
    request: { body?: unknown; form?: () => FormData; query?: Record<string, string>; ms?: number },
  ): Promise<Response> {
    let token = await tokens.get();
    for (let renewed = false; ; renewed = true) {
      const url = new URL(path, base);
      url.search = new URLSearchParams({ access_token: token, ...request.query }).toString();
      const body =
        request.form?.() ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
      const response = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(request.ms ?? CALL_MS),
      });
      const failure = await failureOf(response.clone());
      if (!failure) return response;
      if (renewed || !tokenRefused.has(failure.errcode)) throw failure;
      token = await tokens.renew(token);
    }
  }

  const sendCustom = (body: unknown) => call("/cgi-bin/message/custom/send", { body });
  return {
    async sendText(person, text) {
      await sendCustom({ touser: person, msgtype: "text", text: { content: text } });
    },
    async sendImage(person, image) {
      const form = () => {
        const data = new FormData();
        data.append("media", new Blob([new Uint8Array(image.bytes)]), image.name);
        return data;
      };
      const uploaded = await call("/cgi-bin/media/upload", { form, query: { type: "image" }, ms: MEDIA_MS });
      const { media_id } = Uploaded.parse(await uploaded.json());
      await sendCustom({ touser: person, msgtype: "image", image: { media_id } });
    },
    async showTyping(person) {
      await call("/cgi-bin/message/custom/typing", { body: { touser: person, command: "Typing" } });
    },
    async fetchMedia(media) {
      const response = await call("/cgi-bin/media/get", { query: { media_id: media }, ms: MEDIA_MS });
      const claimedType = response.headers.get("content-type") ?? "application/octet-stream";
      const named = /filename="?([^";/\\]+)"?/.exec(response.headers.get("content-disposition") ?? "");
      return {
        name: named?.[1] ?? `${media.slice(0, 12)}${extensionOf(claimedType)}`,
        claimedType,
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    },
    async createMenu(menu) {
      await call("/cgi-bin/menu/create", { body: menu });
    },
  };
}

/** Failures come as JSON with status 200; media comes as anything but JSON. */
async function failureOf(response: Response): Promise<WechatApiError | undefined> {
  if (!response.ok) return new WechatApiError(-1, `HTTP ${response.status}`);
  if (!/json|text\/plain/.test(response.headers.get("content-type") ?? "")) return undefined;
  const outcome = Outcome.safeParse(await response.json());
  if (!outcome.success) return new WechatApiError(-1, "unreadable answer");
  return outcome.data.errcode === 0
    ? undefined
    : new WechatApiError(outcome.data.errcode, outcome.data.errmsg);
}

/** For those who push outside a conversation: what happened, in words, and whether to try again. */
export function explain(error: unknown): unknown {
  if (!(error instanceof WechatApiError)) return error;
  const { errcode } = error;
  const options = { detail: { errcode }, cause: error };
  switch (errcode) {
    case OUT_OF_QUOTA:
      return new AppError("too_many", { say: "微信接口今日调用次数已用完,明日再发。", ...options });
    case OUT_OF_WINDOW:
      return new AppError("forbidden", {
        say: "对方超过 48 小时未与公众号互动,微信不允许主动发送。",
        ...options,
      });
    case NO_PERMISSION:
      return new AppError("forbidden", { say: "公众号没有客服消息权限,不能主动发送。", ...options });
    default:
      return new AppError("internal", { say: "微信没有接收这条消息,请稍后再试。", ...options });
  }
}

function extensionOf(type: string): string {
  const known: Readonly<Record<string, string>> = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
  };
  return known[type.split(";")[0] ?? ""] ?? "";
}
