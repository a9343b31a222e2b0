/** From a Reply to WeChat messages: plain text, numbered choices. Pure. */
import type { Reply } from "../../src/reply.ts";
import { type MessageSize, plainMessages } from "../text/render.ts";

/** 公众号 text content is at most 2048 bytes; the rest is room for the line that offers a waiting answer. */
export const WECHAT_SIZE: MessageSize = { amount: 1900, unit: "bytes" };

export function renderReply(reply: Reply): readonly string[] {
  return plainMessages(reply, WECHAT_SIZE);
}
