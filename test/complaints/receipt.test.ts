import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  acknowledgementFile,
  keyIdOf,
  openAcknowledgements,
  parsePublicKeys,
  verifyAcknowledgement,
} from "../../src/complaints/acknowledgement.ts";
import {
  createReceiptReader,
  findReceipt,
  receiptChecks,
  receiptFor,
  sayReceipt,
} from "../../src/complaints/receipt.ts";
import { keysFrom } from "../../src/keys.ts";

const receipts = fc.string().map((text) => receiptFor(Buffer.alloc(32, 1), text));

describe("receipts", () => {
  it("have 17 digits, the last of which catches any one wrong digit", () => {
    fc.assert(
      fc.property(receipts, fc.nat(16), fc.integer({ min: 1, max: 9 }), (receipt, place, by) => {
        expect(receiptChecks(receipt)).toBe(true);
        const digits = [...receipt];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(receiptChecks(digits.join(""))).toBe(false);
      }),
    );
  });

  it("are found as people type them, and not within longer numbers", () => {
    const receipt = receiptFor(Buffer.alloc(32, 1), "x");
    expect(findReceipt(`我的回执是 ${sayReceipt(receipt)},办得怎样了`)).toBe(receipt);
    expect(findReceipt(receipt.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))))).toBe(
      receipt,
    );
    expect(findReceipt(`${receipt}9`)).toBeUndefined();
    expect(findReceipt("12345678901234567")).toBeUndefined();
  });

  it("are the same for the same submission and different for another", () => {
    const secret = Buffer.alloc(32, 2);
    expect(receiptFor(secret, "a")).toBe(receiptFor(secret, "a"));
    expect(receiptFor(secret, "a")).not.toBe(receiptFor(secret, "b"));
  });

  it("lead to a key and a verifier that say nothing of each other", async () => {
    const reader = createReceiptReader(keysFrom(Buffer.alloc(32, 3)), { memoryKiB: 1024, passes: 1 });
    const one = await reader.open("1234 5678 9012 3456 0");
    const same = await reader.open("12345678901234560");
    const other = await reader.open("12345678901234561");
    expect(same).toEqual(one);
    expect(other.verifier).not.toBe(one.verifier);
    expect(one.key.toString("hex")).not.toBe(one.verifier);
  });
});

describe("signed acknowledgements", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mingzhi-ack-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const facts = {
    kind: "complaint",
    receipt: "a".repeat(64),
    report: "b".repeat(64),
    at: "2026-11-24T02:00:00.000Z",
    office: "演示市司法局",
  } as const;

  it("verify from the saved file with the published keys alone", () => {
    const acks = openAcknowledgements(folder);
    const text = acks.sign(facts);
    const file = acknowledgementFile(text);
    const keys = parsePublicKeys(JSON.stringify({ keys: acks.publicKeys() }));
    expect(verifyAcknowledgement(file, keys)).toMatchObject({ valid: true, payload: facts });
    const bare = parsePublicKeys(keys[0]?.key ?? "", keyIdOf(text));
    expect(verifyAcknowledgement(text, bare).valid).toBe(true);
  });

  it("fail when any one character is changed", () => {
    const acks = openAcknowledgements(folder);
    const text = acks.sign(facts);
    // The last character of each base64url part may hold unused bits; all others count.
    for (let at = 7; at < text.length - 1; at += 5) {
      if (text[at] === "." || text[at + 1] === ".") continue;
      const changed = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
      expect(verifyAcknowledgement(changed, acks.publicKeys()).valid, `at ${at}`).toBe(false);
    }
  });

  it("of an old key stay valid after the key was rotated, and new ones name the new key", () => {
    const acks = openAcknowledgements(folder);
    const old = acks.sign(facts);
    const fresh = acks.rotate(new Date("2026-12-01T00:00:00Z"));
    const text = acks.sign(facts);
    expect(keyIdOf(text)).toBe(fresh.id);
    for (const one of [old, text])
      expect(verifyAcknowledgement(one, openAcknowledgements(folder).publicKeys()).valid).toBe(true);
  });

  it("of nobody's key are not believed", () => {
    const text = openAcknowledgements(folder).sign(facts);
    expect(verifyAcknowledgement(text, [])).toMatchObject({ valid: false });
    expect(verifyAcknowledgement("没有凭证", [])).toMatchObject({ valid: false });
  });
});
