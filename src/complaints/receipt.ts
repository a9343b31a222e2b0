/**
 * Receipts: 16 random digits and a check digit. A receipt is the only key its holder needs, so it is kept nowhere:
 * what is stored is what Argon2id makes of it, and that also yields the key of the report.
 *
 * The salt is the installation's own secret, so that one and the same Argon2id is computed whether the receipt is
 * known or not, and the row is then found by index: no early exit, no prefix of the receipt in the database.
 */
import { createHmac, hkdfSync } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import type { Keys } from "../keys.ts";

const DIGITS = 16;

/**
 * The receipt of a submission, 17 digits: drawn from the installation's secret and the submission, so that a repeated
 * submission gets the same receipt although it is kept nowhere. Without the secret it is as good as random.
 */
export function receiptFor(secret: Buffer, submission: string): string {
  const drawn = createHmac("sha256", secret).update(submission).digest();
  const digits = String(drawn.readBigUInt64BE(0) % 10n ** 16n).padStart(DIGITS, "0");
  return digits + checkDigit(digits);
}

/** Whether `number` (spaces and hyphens aside) has 17 digits and the right check digit. */
export function receiptChecks(number: string): boolean {
  const digits = plainReceipt(number);
  return /^\d{17}$/.test(digits) && checkDigit(digits.slice(0, DIGITS)) === digits.slice(DIGITS);
}

/** Digits only; full-width digits become plain ones. */
export function plainReceipt(said: string): string {
  return said.normalize("NFKC").replace(/[\s\-·.]/g, "");
}

/** `1234 5678 9012 3456 7`, as it is shown and read out. */
export function sayReceipt(receipt: string): string {
  return receipt.replace(/(\d{4})(?=\d)/g, "$1 ");
}

/** A receipt standing in a message by itself or within a sentence; undefined when there is none. */
export function findReceipt(text: string): string | undefined {
  for (const match of text.normalize("NFKC").matchAll(/(?<!\d)\d(?:[\s\-·]?\d){16}(?!\d)/g)) {
    if (receiptChecks(match[0])) return plainReceipt(match[0]);
  }
  return undefined;
}

/** Luhn over the digits to the left: catches any single wrong digit and most swapped neighbours. */
function checkDigit(digits: string): string {
  let sum = 0;
  [...digits].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}

/** What a guess must cost. Default 64 MiB and 2 passes, about 0.1 s on one core. */
export interface ReceiptCost {
  readonly memoryKiB: number;
  readonly passes: number;
  /** No look-up is answered sooner: what comes after the computation does not show in the time. Default 400. */
  readonly floorMs?: number;
}
export const defaultCost = { memoryKiB: 64 * 1024, passes: 2, floorMs: 400 } satisfies ReceiptCost;

export interface ReceiptSecrets {
  /** Stored; finds the report. */
  readonly verifier: string;
  /** 32 bytes; opens the report's own key. Never stored. */
  readonly key: Buffer;
}

export interface ReceiptReader {
  /** Same work for every receipt: known, unknown or malformed. Addresses take turns, so that a flood from one delays only itself. */
  open(receipt: string, address?: string): Promise<ReceiptSecrets>;
}

/** At most two computations at a time: a flood of guesses must not take the memory of the machine. */
const MAX_AT_ONCE = 2;

export function createReceiptReader(keys: Keys, cost: ReceiptCost = defaultCost): ReceiptReader {
  const salt = keys.derive("receipt-salt");
  /** Those who wait, by address; the address first in the map is served next. */
  const waiting = new Map<string, (() => void)[]>();
  let running = 0; // 0 <= running <= MAX_AT_ONCE
  async function turn(address: string): Promise<void> {
    if (running < MAX_AT_ONCE) {
      running += 1;
      return;
    }
    await new Promise<void>((go) => waiting.set(address, [...(waiting.get(address) ?? []), go]));
  }
  /** Hands the place on, or gives it up. */
  function done(): void {
    const next = waiting.entries().next().value;
    if (!next) {
      running -= 1;
      return;
    }
    const [address, [go, ...rest]] = next;
    waiting.delete(address);
    if (rest.length > 0) waiting.set(address, rest);
    go?.();
  }
  return {
    async open(receipt, address = "") {
      await turn(address);
      try {
        // The library's default algorithm is Argon2id, version 19.
        const root = await hashRaw(plainReceipt(receipt), {
          salt,
          memoryCost: cost.memoryKiB,
          timeCost: cost.passes,
          parallelism: 1,
          outputLen: 32,
        });
        return {
          verifier: Buffer.from(hkdfSync("sha256", root, "", "receipt verifier", 32)).toString("hex"),
          key: Buffer.from(hkdfSync("sha256", root, "", "report key", 32)),
        };
      } finally {
        done();
      }
    },
  };
}
