import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Evidence, openEvidence } from "../../src/complaints/evidence.ts";
import { stripMetadata } from "../../src/complaints/metadata.ts";
import { NOW } from "../cases/town.ts";

const key = Buffer.alloc(32, 5);
let folder: string;
let evidence: Evidence;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-evidence-"));
  evidence = openEvidence(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const segment = (marker: number, body: string) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
};
const PLACE = "GPS 35.0 N 110.9 E";
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  segment(0xe0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
  segment(0xe1, `Exif\0\0${PLACE}`),
  segment(0xfe, `comment ${PLACE}`),
  segment(0xdb, "quantisation"),
  segment(0xda, "scan"),
  Buffer.from("pixels"),
  Buffer.from([0xff, 0xd9]),
  Buffer.from(`second picture ${PLACE}`),
]);
const chunk = (name: string, body: string) => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([size, Buffer.from(name + body, "latin1"), Buffer.alloc(4)]);
};
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk("IHDR", "0123456789abc"),
  chunk("eXIf", PLACE),
  chunk("tEXt", `Author ${PLACE}`),
  chunk("IDAT", "pixels"),
  chunk("IEND", ""),
]);

describe("metadata of pictures", () => {
  it.each([
    ["image/jpeg", jpeg],
    ["image/png", png],
  ])("%s loses the place and keeps the pixels", (type, bytes) => {
    const clean = stripMetadata(bytes, type).toString("latin1");
    expect(clean).not.toContain("GPS");
    expect(clean).toContain("pixels");
  });

  it("of a picture cut short does no harm", () => {
    for (let length = 2; length < jpeg.length; length += 7) {
      expect(() => stripMetadata(jpeg.subarray(0, length), "image/jpeg")).not.toThrow();
    }
  });
});

describe("evidence files", () => {
  const receive = (name: string, bytes: Uint8Array, door: "web" | "telegram" = "web") =>
    evidence.receive({ name, claimedType: "image/jpeg", bytes }, door, "conversation", key, NOW);

  it("are kept sealed under their hash and open again with the report's key", async () => {
    const kept = await receive("现场.jpg", jpeg);
    if (kept.kind !== "kept") throw new Error(kept.say);
    const stored = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "latin1"))
      .join("");
    expect(stored).not.toContain("pixels");
    expect(JSON.stringify(kept.row)).not.toContain("现场");
    const read = evidence.read(kept.row, key);
    expect(read.name).toBe("现场.jpg");
    expect(read.bytes.toString("latin1")).toContain("pixels");
    expect(() => evidence.read(kept.row, Buffer.alloc(32, 6))).toThrow();
  });

  it.each([
    ["a program", Buffer.from("MZ\x90\0\x03\0\0\0")],
    ["a web page", Buffer.from("<html><script>alert(1)</script>")],
    ["a drawing with scripts", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["nothing", Buffer.alloc(0)],
  ])("refuse %s whatever it calls itself", async (_, bytes) => {
    expect((await receive("照片.jpg", bytes)).kind).toBe("refused");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("have the door's own size limit", async () => {
    const large = Buffer.concat([jpeg, Buffer.alloc(21 * 1024 * 1024)]);
    expect(await receive("大.jpg", large, "telegram")).toMatchObject({ kind: "refused" });
    expect((await receive("大.jpg", large, "web")).kind).toBe("kept");
  });
});
