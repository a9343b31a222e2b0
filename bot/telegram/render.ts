/** From a Reply to Telegram messages. Pure. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Choice, Reply } from "../../src/reply.ts";
import { type Line, layOut, paginate } from "../text/render.ts";

/** UTF-16 units after entities are parsed: Bot API, sendMessage. */
export const MAX_CHARACTERS = 4096;
/** Bot API, InlineKeyboardButton.callback_data. */
const MAX_DATA_BYTES = 64;
/** Two buttons share a row while their labels stay legible on a phone. */
const SHORT_LABEL = 8;

export interface TelegramMessage {
  readonly html: string;
  readonly keyboard?: InlineKeyboardMarkup;
}

/** Choices hang on the last message; one that no button can carry turns them all into numbers. */
export function renderReply(reply: Reply): readonly TelegramMessage[] {
  const buttons = reply.choices.every(({ id }) => Buffer.byteLength(id) <= MAX_DATA_BYTES);
  const pages = paginate(layOut(reply, { numbered: !buttons }), {
    amount: MAX_CHARACTERS,
    unit: "characters",
  });
  return pages.map((lines, index) => ({
    html: lines.map(lineHtml).join("\n"),
    ...(buttons &&
      reply.choices.length > 0 &&
      index === pages.length - 1 && { keyboard: { inline_keyboard: rows(reply.choices) } }),
  }));
}

function lineHtml(line: Line): string {
  return `${line.lead ? `<b>${escapeHtml(line.lead)}</b>` : ""}${escapeHtml(line.text)}`;
}

/** The three characters Telegram's HTML mode reserves in text. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The text of a message, its looks taken away. */
export function plainOf(html: string): string {
  return html
    .replace(/<\/?b>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function rows(choices: readonly Choice[]): { text: string; callback_data: string }[][] {
  const all: { text: string; callback_data: string }[][] = [];
  let pairing = false;
  for (const { id, label } of choices) {
    const button = { text: label, callback_data: id };
    const short = [...label].length <= SHORT_LABEL;
    const row = all.at(-1);
    if (pairing && short && row) {
      row.push(button);
      pairing = false;
    } else {
      all.push([button]);
      pairing = short;
    }
  }
  return all;
}
