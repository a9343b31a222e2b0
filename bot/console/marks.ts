/** 红黄绿: how near a case's next last day is, in words as well as in colour. */
import { type Html, html } from "../web/html.ts";
import type { QueueItem } from "./services.ts";

/** Calendar days before the last day at which green becomes yellow. */
export const SOON = 3;

export function dueMark({ dueDay, daysLeft }: Pick<QueueItem, "dueDay" | "daysLeft">): Html | false {
  if (dueDay === undefined || daysLeft === undefined) return false;
  if (daysLeft < 0) return html`<span class="light light-red">已超期 ${-daysLeft} 天</span>`;
  const said = daysLeft === 0 ? "今天到期" : `还剩 ${daysLeft} 天`;
  return html`<span class="light ${daysLeft <= SOON ? "light-yellow" : "light-green"}">${said}</span>`;
}
