/** Pictures are decoded and drawn anew: only pixels go over, turned the way the camera was held. */
import heicDecode from "heic-decode";
import sharp from "sharp";
import { Uncleanable } from "./uncleanable.ts";

/** A phone takes 50 to 108 megapixels at most; more is a trap. */
const MAX_PIXELS = 120_000_000;

const drawn = (bytes: Buffer) =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", animated: false }).autoOrient();

export function cleanJpeg(bytes: Buffer): Promise<Buffer> {
  return drawn(bytes).jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toBuffer();
}

export function cleanPng(bytes: Buffer): Promise<Buffer> {
  return drawn(bytes).png().toBuffer();
}

export function cleanWebp(bytes: Buffer): Promise<Buffer> {
  return drawn(bytes).webp({ quality: 92 }).toBuffer();
}

/** Becomes a JPEG: what is shown in the console must open on any machine. */
export async function cleanHeic(bytes: Buffer): Promise<Buffer> {
  const images = await heicDecode.all({ buffer: bytes });
  try {
    return await drawHeic(images[0]);
  } finally {
    images.dispose();
  }
}

type HeicImage = Awaited<ReturnType<typeof heicDecode.all>>[number];

async function drawHeic(image: HeicImage | undefined): Promise<Buffer> {
  if (!image || image.width * image.height > MAX_PIXELS) throw new Uncleanable("太大,打不开");
  const { width, height, data } = await image.decode();
  return sharp(Buffer.from(data.buffer), {
    raw: { width, height, channels: 4 },
    limitInputPixels: MAX_PIXELS,
  })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

/** Markers a decoder needs; all others (APPn but 0 and 14, comments) tell something about somebody. */
const needed = (marker: number) =>
  marker === 0xe0 ||
  marker === 0xee ||
  marker === 0xdb ||
  marker === 0xdd ||
  (marker >= 0xc0 && marker <= 0xcf);

/** A JPEG within another file, whose colours the other file defines: its segments are sifted, its pixels untouched. */
export function siftJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [Buffer.from([0xff, 0xd8])];
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff) {
      at += 1; // fill bytes before a marker
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) break;
    if (at + 4 > bytes.length) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker !== 0xda) {
      if (needed(marker)) kept.push(bytes.subarray(at, end));
      at = end;
      continue;
    }
    // A scan lasts to the next marker that is neither a stuffed byte nor a restart.
    let next = end;
    while (next + 1 < bytes.length && !(bytes[next] === 0xff && isMarker(bytes[next + 1] ?? 0))) next += 1;
    if (next + 1 >= bytes.length) next = bytes.length;
    kept.push(bytes.subarray(at, next));
    at = next;
  }
  return Buffer.concat([...kept, Buffer.from([0xff, 0xd9])]);
}

const isMarker = (byte: number) => byte !== 0 && byte !== 0xff && !(byte >= 0xd0 && byte <= 0xd7);
