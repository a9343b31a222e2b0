import { inflateSync } from "node:zlib";
import * as XLSX from "@e965/xlsx";
import { unzipSync } from "fflate";
import { fileTypeFromBuffer } from "file-type";
import mammoth from "mammoth";
import sharp from "sharp";
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, it } from "vitest";
import { cleanFile } from "../../src/complaints/cleaning/clean.ts";
import { createFileCleaner } from "../../src/complaints/cleaning/cleaner.ts";
import { PLANTED, type Planted, plantedFiles, SEEN } from "./planted.ts";

/** All that can be read in a file, packed parts unpacked. */
function everything(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const texts = [
    buffer.toString("latin1"),
    buffer.toString("utf16le"),
    buffer.subarray(1).toString("utf16le"),
  ];
  if (buffer.subarray(0, 2).toString() === "PK")
    for (const part of Object.values(unzipSync(buffer))) texts.push(everything(part));
  for (const match of buffer.toString("latin1").matchAll(/stream\r?\n/g)) {
    try {
      texts.push(everything(inflateSync(buffer.subarray(match.index + match[0].length), { finishFlush: 2 })));
    } catch {
      // Not packed, or not a stream.
    }
  }
  // Hexadecimal strings of a PDF, in UTF-16.
  return texts
    .join("\n")
    .replace(/<([0-9A-F]{8,})>/gi, (_, hex: string) => Buffer.from(hex, "hex").swap16().toString("utf16le"));
}

const must = [
  "JPEG",
  "PNG",
  "WEBP",
  "HEIC",
  "MP4",
  "MOV",
  "M4A",
  "MP3",
  "WAV",
  "Opus",
  "Vorbis",
  "AMR",
  "PDF",
  "Word",
  "Excel",
];
let files: readonly Planted[];
beforeAll(async () => {
  files = await plantedFiles();
});

describe("cleaning files", () => {
  it("has a corpus of at least sixty, every kind we take among them, each with something planted", () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
    for (const kind of must) expect(files.some(({ name }) => name.startsWith(kind))).toBe(true);
    for (const { name, bytes } of files)
      expect(everything(bytes).includes(PLANTED) || name.includes("packed text"), name).toBe(true);
  });

  it("leaves nothing planted in what it gives back, and says of the rest that it is not taken", async () => {
    const left: string[] = [];
    const refused: string[] = [];
    for (const { name, type, bytes } of files) {
      expect((await fileTypeFromBuffer(bytes))?.mime.split(";")[0], name).toBe(type);
      const cleaned = await cleanFile(bytes, type);
      if (cleaned.kind === "refused") refused.push(`${name}: ${cleaned.why}`);
      else if (everything(cleaned.bytes).includes(PLANTED)) left.push(name);
    }
    expect(left).toEqual([]);
    expect(refused).toEqual(["Word with a program within: 里嵌有其他文件,去不掉其中的作者等信息"]);
  }, 60_000);

  it("keeps pictures as they look, without Exif, XMP, IPTC or profile", async () => {
    for (const { name, type, bytes } of files.filter((file) => file.type.startsWith("image/"))) {
      const cleaned = await cleanFile(bytes, type);
      if (cleaned.kind === "refused") throw new Error(name);
      const { width, height, exif, xmp, iptc, icc } = await sharp(cleaned.bytes).metadata();
      expect({ name, width, height, exif, xmp, iptc, icc }).toEqual({ name, width: 64, height: 48 });
      const { dominant } = await sharp(cleaned.bytes).stats();
      expect(dominant.r, name).toBeGreaterThan(150);
      expect(dominant.g, name).toBeLessThan(90);
    }
  }, 60_000);

  it("turns a picture the way it was held before it forgets how", async () => {
    const held = await sharp({ create: { width: 30, height: 10, channels: 3, background: "red" } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const cleaned = await cleanFile(held, "image/jpeg");
    if (cleaned.kind === "refused") throw new Error(cleaned.why);
    expect(await sharp(cleaned.bytes).metadata()).toMatchObject({ width: 10, height: 30 });
  });

  it("keeps what is seen and heard at its place in films and recordings", async () => {
    for (const { name, type, bytes } of files) {
      if (!/^(MP4|MOV|M4A|WAV|Opus|Vorbis)/.test(name)) continue;
      const cleaned = await cleanFile(bytes, type);
      if (cleaned.kind === "refused") throw new Error(name);
      const now = Buffer.from(cleaned.bytes).toString("latin1");
      expect(now.includes(SEEN), name).toBe(true);
      if (/^(MP4|MOV|M4A)/.test(name))
        expect(now.indexOf(SEEN), name).toBe(bytes.toString("latin1").indexOf(SEEN));
      expect((await fileTypeFromBuffer(cleaned.bytes))?.mime.split(";")[0], name).toBe(type);
    }
  });

  it("keeps the words of documents readable by the usual programs", async () => {
    for (const { name, type, bytes } of files) {
      const cleaned = await cleanFile(bytes, type);
      if (cleaned.kind === "refused") continue;
      const buffer = Buffer.from(cleaned.bytes);
      if (name.startsWith("Word"))
        expect((await mammoth.extractRawText({ buffer })).value, name).toContain(SEEN);
      if (name.startsWith("Excel"))
        expect(XLSX.utils.sheet_to_csv(XLSX.read(buffer).Sheets["S"] ?? {}), name).toContain(SEEN);
      if (name.startsWith("PDF")) {
        const { text } = await extractText(await getDocumentProxy(new Uint8Array(buffer)), {
          mergePages: true,
        });
        expect(text, name).toContain("SEEN");
      }
    }
  }, 60_000);

  it("never throws and never hangs on files cut short or altered", async () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (const { name, type, bytes } of files) {
      for (let round = 0; round < 4; round += 1) {
        const broken = Buffer.from(bytes.subarray(0, round % 2 ? bytes.length : random(bytes.length)));
        for (let change = 0; change < 5 && broken.length > 0; change += 1)
          broken[random(broken.length)] = random(256);
        const cleaned = await cleanFile(broken, type);
        expect(["clean", "refused"], name).toContain(cleaned.kind);
      }
    }
  }, 120_000);
});

describe("the thread that cleans", () => {
  const cleaner = createFileCleaner();

  it("cleans beside the house, which goes on meanwhile", async () => {
    const large = await sharp({
      create: {
        width: 5000,
        height: 4000,
        channels: 3,
        background: "red",
        noise: { type: "gaussian", mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer();
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 10);
    const cleaned = await cleaner.clean(large, "image/jpeg");
    clearInterval(ticking);
    expect(cleaned.kind).toBe("clean");
    expect(ticks).toBeGreaterThan(5);
  }, 60_000);

  it("refuses what takes too long and cleans the next one", async () => {
    const hasty = createFileCleaner(1);
    const [first] = files;
    if (!first) throw new Error("no files");
    expect((await hasty.clean(first.bytes, first.type)).kind).toBe("refused");
    expect((await cleaner.clean(first.bytes, first.type)).kind).toBe("clean");
  }, 60_000);
});
