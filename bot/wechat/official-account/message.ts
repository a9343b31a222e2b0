/** The XML of the callback: read into what a person did, and written as a passive answer. Pure. */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { isDeepLink } from "../../deep-link.ts";

export interface OfficialMessage {
  /** MsgId; for events, which have none, person, time and event together. */
  readonly id: string;
  /** openid */
  readonly person: string;
  /** Our own account, as the sender named it. */
  readonly account: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly kind: "text" | "image" | "voice" | "video" | "location" | "unsubscribe" | "ignored";
  readonly text: string;
  readonly media?: string;
}

const field = z.string().optional();
const Sealed = z.object({ xml: z.object({ Encrypt: z.string() }) });
const Callback = z.object({
  xml: z.object({
    ToUserName: z.string(),
    FromUserName: z.string().min(1),
    CreateTime: z.string().regex(/^\d{1,12}$/),
    MsgType: z.string(),
    MsgId: field,
    Content: field,
    MediaId: field,
    Recognition: field,
    Label: field,
    Title: field,
    Url: field,
    Event: field,
    EventKey: field,
  }),
});
type CallbackXml = z.infer<typeof Callback>["xml"];

const parser = new XMLParser({ parseTagValue: false, processEntities: false, ignoreAttributes: true });

function parseXml(xml: string): unknown {
  // WeChat never sends a document type; whoever does wants entities expanded.
  if (/<!DOCTYPE/i.test(xml)) return undefined;
  try {
    return parser.parse(xml, true);
  } catch {
    return undefined;
  }
}

/** The sealed content of a safe-mode callback. */
export function readSealed(xml: string): string | undefined {
  return Sealed.safeParse(parseXml(xml)).data?.xml.Encrypt;
}

/** Undefined when it is no callback. */
export function readCallback(xml: string): OfficialMessage | undefined {
  const fields = Callback.safeParse(parseXml(xml)).data?.xml;
  if (!fields) return undefined;
  return {
    id: fields.MsgId || [fields.FromUserName, fields.CreateTime, fields.Event, fields.EventKey].join("-"),
    person: fields.FromUserName,
    account: fields.ToUserName,
    created: Number(fields.CreateTime),
    text: "",
    ...contentOf(fields),
  };
}

function contentOf(fields: CallbackXml): Pick<OfficialMessage, "kind"> & Partial<OfficialMessage> {
  switch (fields.MsgType) {
    case "text":
      return { kind: "text", text: fields.Content ?? "" };
    case "image":
    case "video":
    case "shortvideo":
      return { kind: fields.MsgType === "image" ? "image" : "video", media: fields.MediaId ?? "" };
    case "voice":
      // With speech recognition switched on the words come along, and are what was said.
      return fields.Recognition
        ? { kind: "text", text: fields.Recognition }
        : { kind: "voice", media: fields.MediaId ?? "" };
    case "location":
      return { kind: "location", text: fields.Label ?? "" };
    case "link":
      return { kind: "text", text: [fields.Title, fields.Url].filter(Boolean).join(" ") };
    case "event":
      return eventOf(fields.Event ?? "", fields.EventKey ?? "");
    default:
      return { kind: "text", text: "" };
  }
}

/** Scanning opens the question on the code; a menu key is the question itself. */
function eventOf(event: string, key: string): Pick<OfficialMessage, "kind"> & Partial<OfficialMessage> {
  const link = key.replace(/^qrscene_/, "");
  switch (event) {
    case "subscribe":
    case "SCAN":
      return { kind: "text", text: isDeepLink(link) ? link : "你好" };
    case "CLICK":
      return { kind: "text", text: key };
    case "unsubscribe":
      return { kind: "unsubscribe" };
    default:
      return { kind: "ignored" };
  }
}

export function writeAnswer(message: OfficialMessage, text: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<xml><ToUserName>${cdata(message.person)}</ToUserName><FromUserName>${cdata(message.account)}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>${cdata("text")}</MsgType><Content>${cdata(text)}</Content></xml>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
