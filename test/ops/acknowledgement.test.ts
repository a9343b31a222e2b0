import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  acknowledgementFile,
  openAcknowledgements,
  parsePublicKeys,
  verifyAcknowledgement,
} from "../../src/complaints/acknowledgement.ts";

const NOW = new Date("2026-11-24T01:00:00Z");
const claim = {
  kind: "complaint",
  receipt: "a".repeat(64),
  report: "b".repeat(64),
  at: NOW.toISOString(),
  office: "演示市司法局",
} as const;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-ack-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("an acknowledgement", () => {
  it("is not accepted with any one bit of it changed", () => {
    const acknowledgements = openAcknowledgements(folder, () => NOW);
    const keys = acknowledgements.publicKeys();
    const text = acknowledgements.sign(claim);
    expect(verifyAcknowledgement(text, keys)).toMatchObject({ valid: true, payload: claim });
    const [prefix, body = "", signature = ""] = text.split(".");
    const flipped = (part: string, bit: number) => {
      const bytes = Buffer.from(part, "base64url");
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes.toString("base64url");
    };
    for (let bit = 0; bit < Buffer.from(body, "base64url").length * 8; bit += 1)
      expect(
        verifyAcknowledgement(`${prefix}.${flipped(body, bit)}.${signature}`, keys).valid,
        `${bit}`,
      ).toBe(false);
    for (let bit = 0; bit < 512; bit += 1)
      expect(
        verifyAcknowledgement(`${prefix}.${body}.${flipped(signature, bit)}`, keys).valid,
        `${bit}`,
      ).toBe(false);
  });

  it("goes on verifying after the office has changed its key, and another office's key does not vouch for it", () => {
    const acknowledgements = openAcknowledgements(folder, () => NOW);
    const old = acknowledgements.sign(claim);
    const first = acknowledgements.publicKeys();
    acknowledgements.rotate(NOW);
    const fresh = acknowledgements.sign(claim);
    const published = acknowledgements.publicKeys();
    expect(published).toHaveLength(2);
    expect(verifyAcknowledgement(old, published).valid).toBe(true);
    expect(verifyAcknowledgement(fresh, published).valid).toBe(true);
    expect(verifyAcknowledgement(fresh, first)).toMatchObject({ valid: false });
    const other = openAcknowledgements(join(folder, "other"), () => NOW).publicKeys();
    const disguised = [{ ...other[0], id: first[0]?.id ?? "", key: other[0]?.key ?? "", from: "" }];
    expect(verifyAcknowledgement(old, disguised)).toMatchObject({ valid: false });
  });

  it("is checked at the command line with nothing but the file and the published keys", () => {
    const acknowledgements = openAcknowledgements(join(folder, "office"), () => NOW);
    const file = join(folder, "受理凭证.txt");
    writeFileSync(file, acknowledgementFile(acknowledgements.sign(claim)));
    const published = join(folder, "office", "public-keys.json");
    expect(parsePublicKeys(JSON.stringify({ keys: acknowledgements.publicKeys() }))).toHaveLength(1);
    const mingzhi = fileURLToPath(new URL("../../scripts/mingzhi.mjs", import.meta.url));
    const data = join(folder, "no-data");
    const said = execFileSync(
      process.execPath,
      [mingzhi, "complaint", "verify-ack", file, "--keys", published, "--json"],
      { env: { ...process.env, MINGZHI_DATA: data }, encoding: "utf8" },
    );
    expect(JSON.parse(said)).toMatchObject({ valid: true, payload: { office: claim.office } });
  });
});
