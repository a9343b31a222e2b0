/**
 * Signed acknowledgements: proof that an office took a report in, checkable by anybody offline, naming nobody.
 * Text form: `MZACK1.<payload>.<signature>`, both base64url; the payload is JSON.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import QRCode from "qrcode";
import { z } from "zod";
import { AppError } from "../error.ts";

const PREFIX = "MZACK1";

export const AckPayload = z.object({
  v: z.literal(1),
  /** Id of the key that signed. */
  key: z.string(),
  kind: z.enum(["complaint", "correction"]),
  /** SHA-256 of the receipt's verifier: whoever holds the receipt can show the link, nobody else can. */
  receipt: z.string().length(64),
  /** SHA-256 of the report as filed. */
  report: z.string().length(64),
  /** When it was filed, ISO. */
  at: z.iso.datetime(),
  /** The office that took it in. */
  office: z.string(),
});
export type AckPayload = z.infer<typeof AckPayload>;

export interface PublicKeyEntry {
  readonly id: string;
  readonly key: string;
  readonly from: string;
  readonly retired?: string;
}

export interface Acknowledgements {
  sign(payload: Omit<AckPayload, "v" | "key">): string;
  /** Every key that ever signed, for publication; retired ones stay so that old acknowledgements keep verifying. */
  publicKeys(): readonly PublicKeyEntry[];
  /** Signs with a new key from now on. */
  rotate(at: Date): PublicKeyEntry;
}

const PublicKeys = z.object({
  keys: z.array(
    z.object({ id: z.string(), key: z.string(), from: z.string(), retired: z.string().optional() }),
  ),
});

/** Keys live under `<folder>`: one private PEM each (0600) and `public-keys.json`, the file to publish. */
export function openAcknowledgements(folder: string, now: () => Date = () => new Date()): Acknowledgements {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const published = join(folder, "public-keys.json");
  const read = (): PublicKeyEntry[] =>
    existsSync(published) ? PublicKeys.parse(JSON.parse(readFileSync(published, "utf8"))).keys : [];
  const write = (keys: readonly PublicKeyEntry[]) => {
    writeFileSync(`${published}.new`, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o644 });
    renameSync(`${published}.new`, published);
  };
  const rotate = (at: Date): PublicKeyEntry => {
    const pair = generateKeyPairSync("ed25519");
    const der = pair.publicKey.export({ type: "spki", format: "der" });
    const id = createHash("sha256").update(der).digest("hex").slice(0, 12);
    // The private key is on disk before anything may be signed with it.
    writeFileSync(join(folder, `${id}.pem`), pair.privateKey.export({ type: "pkcs8", format: "pem" }), {
      mode: 0o600,
      flag: "wx",
    });
    const entry = { id, key: der.toString("base64"), from: at.toISOString() };
    write([...read().map((key) => (key.retired ? key : { ...key, retired: at.toISOString() })), entry]);
    return entry;
  };
  if (!read().some((key) => !key.retired)) rotate(now());
  const current = (): { id: string; key: KeyObject } => {
    const entry = read().findLast((key) => !key.retired);
    if (!entry) throw new AppError("internal", { detail: { reason: "no signing key" } });
    return { id: entry.id, key: createPrivateKey(readFileSync(join(folder, `${entry.id}.pem`))) };
  };
  return {
    sign(payload) {
      const { id, key } = current();
      const body = Buffer.from(JSON.stringify({ v: 1, key: id, ...payload }));
      return `${PREFIX}.${body.toString("base64url")}.${sign(null, body, key).toString("base64url")}`;
    },
    publicKeys: read,
    rotate,
  };
}

export type AckVerdict =
  | { readonly valid: true; readonly payload: AckPayload }
  | { readonly valid: false; readonly why: string };

/**
 * Checks an acknowledgement against published keys; needs no network and no database.
 *
 * @param text the `MZACK1…` line, alone or within a longer text (the saved file).
 */
export function verifyAcknowledgement(text: string, keys: readonly PublicKeyEntry[]): AckVerdict {
  const found = /MZACK1\.([\w-]+)\.([\w-]+)/.exec(text);
  if (!found) return { valid: false, why: "没有找到受理凭证。凭证以 MZACK1 开头,请完整粘贴。" };
  const body = Buffer.from(found[1] ?? "", "base64url");
  const payload = AckPayload.safeParse(safeJson(body));
  if (!payload.success) return { valid: false, why: "凭证内容不完整或被改动。" };
  const entry = keys.find((key) => key.id === payload.data.key);
  if (!entry) return { valid: false, why: `没有编号为 ${payload.data.key} 的公钥,请取得最新的公钥文件。` };
  const publicKey = createPublicKey({ key: Buffer.from(entry.key, "base64"), format: "der", type: "spki" });
  if (!verify(null, body, publicKey, Buffer.from(found[2] ?? "", "base64url")))
    return { valid: false, why: "签名不符:凭证不是由该机构签发,或被改动。" };
  return { valid: true, payload: payload.data };
}

/** A public-keys file, or one bare base64 key. @throws AppError `bad_input` when it is neither. */
export function parsePublicKeys(text: string, id?: string): readonly PublicKeyEntry[] {
  const parsed = PublicKeys.safeParse(safeJson(Buffer.from(text)));
  if (parsed.success) return parsed.data.keys;
  const bare = text.trim();
  if (id && /^[A-Za-z0-9+/=]{40,}$/.test(bare)) return [{ id, key: bare, from: "" }];
  throw new AppError("bad_input", { say: "公钥文件无法识别,应为 public-keys.json 或一行 base64 公钥。" });
}

/** The key id an acknowledgement names, so that a bare key can be tried under it. */
export function keyIdOf(text: string): string | undefined {
  return payloadIn(text)?.key;
}

/** What an acknowledgement says, signature unchecked; undefined when there is none in the text. */
function payloadIn(text: string): AckPayload | undefined {
  const body = /MZACK1\.([\w-]+)\./.exec(text)?.[1];
  const payload = AckPayload.safeParse(safeJson(Buffer.from(body ?? "", "base64url")));
  return payload.success ? payload.data : undefined;
}

/** The acknowledgement as a QR code, SVG text. */
export function acknowledgementQr(text: string): Promise<string> {
  return QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M" });
}

/**
 * The file handed to the person: what it is, what it proves, how to check it. It holds no receipt.
 *
 * @throws AppError `bad_input` when the text holds no acknowledgement.
 */
export function acknowledgementFile(text: string): string {
  const payload = payloadIn(text);
  if (!payload)
    throw new AppError("bad_input", { say: "受理凭证不完整,应以 MZACK1. 开头,请从登记页面重新下载。" });
  const { office, at } = payload;
  return [
    "受理凭证",
    `登记机构:${office}`,
    `登记时间:${at}`,
    "本凭证证明上述机构在上述时间收到一份材料;不含您的姓名、联系方式和内容。",
    "核验方法:mingzhi complaint verify-ack <本文件> --keys public-keys.json(不需联网)",
    "",
    text,
    "",
  ].join("\n");
}

function safeJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
