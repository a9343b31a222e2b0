/** 公众号 callback signatures: SHA-1 over token, timestamp and nonce, sorted. Pure. */
import { createHash, timingSafeEqual } from "node:crypto";

/** A captured callback is worthless after so long, and clocks may be off by as much. */
const WINDOW_SECONDS = 300;

export interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

export function isSigned(token: string, sent: Signed, at: Date): boolean {
  if (!/^\d{1,12}$/.test(sent.timestamp)) return false;
  const age = Math.abs(at.getTime() / 1000 - Number(sent.timestamp));
  return age <= WINDOW_SECONDS && sameText(sign(token, sent.timestamp, sent.nonce), sent.signature);
}

export function sign(...parts: readonly string[]): string {
  return createHash("sha1")
    .update([...parts].sort().join(""))
    .digest("hex");
}

/** Compared in constant time. */
export function sameText(expected: string, sent: string): boolean {
  const one = Buffer.from(expected);
  const other = Buffer.from(sent);
  return one.length === other.length && timingSafeEqual(one, other);
}
