/**
 * The one secret of an installation, and keys derived from it.
 * It lives in a file of its own (mode 0600), outside the database: a database dump alone opens nothing.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "./error.ts";

export interface Keys {
  /** 32 bytes for one purpose; the same purpose always gives the same key. */
  derive(purpose: string): Buffer;
  /** A keyed digest, hex: stands in for an identifier that must not be stored. */
  digest(purpose: string, value: string): string;
}

/** Opens `<folder>/master.key`, making it on first start. */
export function openKeys(folder: string): Keys {
  const file = join(folder, "master.key");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  const master = Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  if (master.length !== 32)
    throw new AppError("internal", { detail: { file, reason: "master key is not 32 bytes" } });
  return keysFrom(master);
}

export function keysFrom(master: Buffer): Keys {
  const derived = new Map<string, Buffer>();
  const derive = (purpose: string) => {
    let key = derived.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync("sha256", master, "mingzhi", purpose, 32));
      derived.set(purpose, key);
    }
    return key;
  };
  return {
    derive,
    digest: (purpose, value) => createHmac("sha256", derive(purpose)).update(value).digest("hex"),
  };
}

/** AES-256-GCM; `context` binds the box to its place, so a box moved to another row does not open. */
export function seal(key: Buffer, plain: string | Buffer, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

/** @throws when the box was altered, moved, or sealed with another key. */
export function unseal(key: Buffer, box: string, context: string): Buffer {
  const bytes = Buffer.from(box, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}
