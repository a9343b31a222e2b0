/** Recordings: only what is heard goes over. Tags before, between and behind the sound are left out. */
import { Uncleanable } from "./uncleanable.ts";

const BROKEN = "里没有找到能播放的声音";

/** Bits a second in thousands, by version and layer: ISO/IEC 11172-3 and 13818-3. */
const V1L1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const V1L2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const V1L3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2L1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const V2LX = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES = [44_100, 48_000, 32_000];

/** Length of the frame that begins here; undefined when none does. */
function frameLength(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length) return undefined;
  const [sync = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 3; // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5
  const layer = 4 - ((second >> 1) & 3);
  if (version === 1 || layer === 4) return undefined;
  const table = version === 3 ? [V1L1, V1L2, V1L3][layer - 1] : layer === 1 ? V2L1 : V2LX;
  const bitrate = table?.[(third >> 4) - 1];
  const rate = RATES[(third >> 2) & 3];
  if (!bitrate || !rate) return undefined;
  const perSecond = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12_000 * bitrate) / perSecond) + padding) * 4;
  return Math.floor(((layer === 3 && version !== 3 ? 72_000 : 144_000) * bitrate) / perSecond) + padding;
}

/** Frames that stand in a row of at least two; a tag may look like one frame by chance. */
export function cleanMp3(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  let inRow = false;
  while (at < bytes.length) {
    const length = frameLength(bytes, at);
    const end = at + (length ?? 0);
    const joined = length !== undefined && (inRow || frameLength(bytes, end) !== undefined);
    if (!joined || end > bytes.length) {
      at += tagLength(bytes, at);
      inRow = false;
      continue;
    }
    kept.push(bytes.subarray(at, end));
    at = end;
    inRow = true;
  }
  if (kept.length === 0) throw new Uncleanable(BROKEN);
  return Buffer.concat(kept);
}

/** An ID3v2 tag is stepped over whole: pictures in it are full of what looks like sound. */
function tagLength(bytes: Buffer, at: number): number {
  if (at + 10 > bytes.length || bytes.toString("latin1", at, at + 3) !== "ID3") return 1;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10);
  return 10 + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127));
}

/** Bytes of a frame with its header, by mode: RFC 4867; 0 is no mode. */
const AMR = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
const AMR_WIDE = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];

export function cleanAmr(bytes: Buffer): Buffer {
  const wide = bytes.toString("latin1", 0, 9) === "#!AMR-WB\n";
  let end = wide ? 9 : 6;
  for (;;) {
    const length = (wide ? AMR_WIDE : AMR)[((bytes[end] ?? 0x7f) >> 3) & 15] ?? 0;
    if (end >= bytes.length || length === 0 || end + length > bytes.length) break;
    end += length;
  }
  if (end <= 9) throw new Uncleanable(BROKEN);
  return bytes.subarray(0, end);
}

export function cleanWav(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = Math.min(bytes.readUInt32LE(at + 4), bytes.length - at - 8);
    const name = bytes.toString("latin1", at, at + 4);
    if (["fmt ", "fact", "data"].includes(name)) {
      const chunk = Buffer.concat([bytes.subarray(at, at + 8 + size), Buffer.alloc(size % 2)]);
      chunk.writeUInt32LE(size, 4);
      kept.push(chunk);
    }
    at += 8 + size + (size % 2);
  }
  if (kept.length < 2) throw new Uncleanable(BROKEN);
  const body = Buffer.concat([Buffer.from("WAVE"), ...kept]);
  const head = Buffer.from("RIFF\0\0\0\0");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

interface Page {
  readonly serial: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
  /** Lengths of its segments; below 255 ends a packet. */
  readonly laces: readonly number[];
}

/** Comments are overwritten in place, each packet keeping its length; pages are summed anew. RFC 3533, RFC 7845. */
export function cleanOgg(given: Buffer): Buffer {
  const bytes = Buffer.from(given);
  const pages = pagesOf(bytes);
  const last = pages.at(-1);
  if (!last) throw new Uncleanable(BROKEN);
  for (const serial of new Set(pages.map((page) => page.serial))) {
    const places = secondPacket(pages.filter((page) => page.serial === serial));
    const packet = Buffer.concat(places.map(([from, to]) => bytes.subarray(from, to)));
    const blanked = blankComments(packet);
    let at = 0;
    for (const [from, to] of places) {
      blanked.copy(bytes, from, at, at + to - from);
      at += to - from;
    }
  }
  for (const page of pages) sumPage(bytes, page);
  return Buffer.concat(pages.map((page) => bytes.subarray(page.start, page.end)));
}

function pagesOf(bytes: Buffer): readonly Page[] {
  const pages: Page[] = [];
  let at = bytes.indexOf("OggS");
  while (at >= 0 && at + 27 <= bytes.length) {
    const segments = bytes[at + 26] ?? 0;
    const laces = [...bytes.subarray(at + 27, at + 27 + segments)];
    const body = at + 27 + segments;
    const end = body + laces.reduce((sum, lace) => sum + lace, 0);
    if (end > bytes.length) break;
    pages.push({ serial: bytes.readUInt32LE(at + 14), start: at, body, end, laces });
    at = bytes.indexOf("OggS", end);
  }
  return pages;
}

/** Where the second packet of a stream lies: its comments. */
function secondPacket(pages: readonly Page[]): readonly (readonly [from: number, to: number])[] {
  const places: [number, number][] = [];
  let packet = 0;
  for (const page of pages) {
    let at = page.body;
    for (const lace of page.laces) {
      if (packet === 1) places.push([at, at + lace]);
      at += lace;
      if (lace < 255) packet += 1;
      if (packet > 1) return places;
    }
  }
  return places;
}

/** No comments, and a vendor of blanks as long as all that stood there. */
function blankComments(packet: Buffer): Buffer {
  const head =
    packet.toString("latin1", 0, 8) === "OpusTags"
      ? 8
      : packet.toString("latin1", 1, 7) === "vorbis"
        ? 7
        : -1;
  if (head < 0 || packet.length < head + 9) throw new Uncleanable("的格式认不出,去不掉其中的附加信息");
  const blanked = Buffer.alloc(packet.length, " ");
  packet.copy(blanked, 0, 0, head);
  const framing = head === 7 ? 1 : 0;
  blanked.writeUInt32LE(packet.length - head - 8 - framing, head);
  blanked.writeUInt32LE(0, packet.length - 4 - framing);
  if (framing) blanked[packet.length - 1] = 1;
  return blanked;
}

function sumPage(bytes: Buffer, page: Page): void {
  bytes.writeUInt32LE(0, page.start + 22);
  let sum = 0;
  for (let at = page.start; at < page.end; at += 1)
    sum = ((sum << 8) ^ (oggTable[((sum >>> 24) ^ (bytes[at] ?? 0)) & 255] ?? 0)) >>> 0;
  bytes.writeUInt32LE(sum, page.start + 22);
}

/** CRC-32 with polynomial 0x04c11db7, unreflected, as Ogg has it. */
const oggTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});
