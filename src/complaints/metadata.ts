/** Takes out of pictures what they say about the camera, the place and the person, without touching the pixels. */

/** JPEG and PNG lose their metadata; other types come back as they are. */
export function stripMetadata(bytes: Buffer, type: string): Buffer {
  if (type === "image/jpeg") return stripJpeg(bytes);
  if (type === "image/png") return stripPng(bytes);
  return bytes;
}

/**
 * Drops APP1–APP15 (Exif, XMP, IPTC, maker notes) and comments; keeps APP0, and APP14, without which some colours turn.
 * Stops at the scan: what follows is the picture.
 */
function stripJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2; // points at a marker's 0xFF
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const personal = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
    if (!personal) kept.push(bytes.subarray(at, end));
    at = end;
  }
  // Phones append further pictures and maps after the end of image; none of it is needed.
  const last = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  kept.push(bytes.subarray(at, last > at ? last + 2 : bytes.length));
  return Buffer.concat(kept);
}

/** Chunks that are needed to draw the picture. */
const drawn = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "iCCP",
  "sBIT",
  "bKGD",
  "pHYs",
]);

function stripPng(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (drawn.has(name)) kept.push(bytes.subarray(at, end));
    at = end;
    if (name === "IEND") break;
  }
  return Buffer.concat(kept);
}
