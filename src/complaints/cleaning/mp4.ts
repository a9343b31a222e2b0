/**
 * MP4, MOV and M4A, cleaned in place so that no offset moves: boxes that are not needed to play pictures and sound become
 * empty `free` boxes, and the samples of all other tracks (telemetry, text, time codes) are overwritten.
 */
import { Uncleanable } from "./uncleanable.ts";

/** The boxes each container may keep. */
const kept: Readonly<Record<string, ReadonlySet<string>>> = {
  file: new Set(["ftyp", "moov", "mdat", "moof", "mfra", "sidx", "styp"]),
  moov: new Set(["mvhd", "trak", "mvex"]),
  mvex: new Set(["mehd", "trex"]),
  trak: new Set(["tkhd", "edts", "mdia"]),
  edts: new Set(["elst"]),
  mdia: new Set(["mdhd", "hdlr", "minf"]),
  minf: new Set(["vmhd", "smhd", "nmhd", "hdlr", "dinf", "stbl"]),
  dinf: new Set(["dref"]),
  stbl: new Set(
    "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh sdtp sgpd sbgp subs saiz saio".split(" "),
  ),
  moof: new Set(["mfhd", "traf"]),
  traf: new Set(["tfhd", "tfdt", "trun", "sdtp", "sgpd", "sbgp", "subs", "saiz", "saio"]),
};
/** A file that nests deeper or holds more boxes than this was made to hold us up. */
const MAX_BOXES = 200_000;

interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content begins. */
  readonly body: number;
  readonly end: number;
}

export function cleanMp4(given: Buffer): Buffer {
  const bytes = Buffer.from(given);
  const top = boxesIn(bytes, 0, bytes.length);
  const moov = top.find((box) => box.type === "moov");
  if (!moov) throw new Uncleanable("打不开,可能没有录完");
  const fragmented = top.some((box) => box.type === "moof");
  for (const trak of boxesIn(bytes, moov.body, moov.end).filter((box) => box.type === "trak")) {
    if (isAudiovisual(bytes, trak)) continue;
    if (fragmented) throw new Uncleanable("里有去不掉的附加轨道(可能含位置)");
    blankSamples(bytes, trak);
    blank(bytes, trak);
  }
  sift(bytes, "file", 0, bytes.length);
  // What follows the last box belongs to no player.
  return bytes.subarray(0, top.at(-1)?.end ?? 0);
}

function boxesIn(bytes: Buffer, from: number, to: number): readonly Box[] {
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to && boxes.length < MAX_BOXES) {
    let size = bytes.readUInt32BE(at);
    let header = 8;
    if (size === 1) {
      if (at + 16 > to) break;
      const large = bytes.readBigUInt64BE(at + 8);
      if (large > BigInt(to)) break;
      size = Number(large);
      header = 16;
    } else if (size === 0) size = to - at;
    if (size < header || at + size > to) break;
    const type = bytes.toString("latin1", at + 4, at + 8);
    boxes.push({ type, start: at, body: at + header, end: at + size });
    at += size;
  }
  return boxes;
}

function sift(bytes: Buffer, container: string, from: number, to: number): void {
  const allowed = kept[container];
  if (!allowed) return;
  const boxes = boxesIn(bytes, from, to);
  for (const box of boxes) {
    if (!allowed.has(box.type)) blank(bytes, box);
    else if (box.type === "hdlr") bytes.fill(0, Math.min(box.body + 24, box.end), box.end);
    else if (box.type === "dref") blankReferences(bytes, box);
    else sift(bytes, box.type, box.body, box.end);
  }
  if (container !== "file") bytes.fill(0, boxes.at(-1)?.end ?? from, to);
}

function blank(bytes: Buffer, box: Box): void {
  bytes.write("free", box.start + 4, "latin1");
  bytes.fill(0, box.body, box.end);
}

/** A reference longer than a bare header holds the path of a file on somebody's disk. */
function blankReferences(bytes: Buffer, dref: Box): void {
  for (const entry of boxesIn(bytes, dref.body + 8, dref.end)) {
    if (entry.body + 4 < entry.end) bytes.fill(0, entry.body + 4, entry.end);
  }
}

function find(bytes: Buffer, parent: Box, ...path: readonly string[]): Box | undefined {
  let box: Box | undefined = parent;
  for (const type of path) {
    const inside: Box = box;
    box = boxesIn(bytes, inside.body, inside.end).find((one) => one.type === type);
    if (!box) return undefined;
  }
  return box;
}

function isAudiovisual(bytes: Buffer, trak: Box): boolean {
  const hdlr = find(bytes, trak, "mdia", "hdlr");
  if (!hdlr || hdlr.body + 12 > hdlr.end) return false;
  return ["vide", "soun"].includes(bytes.toString("latin1", hdlr.body + 8, hdlr.body + 12));
}

/** Overwrites what a track says, chunk by chunk. ISO/IEC 14496-12, 8.7. */
function blankSamples(bytes: Buffer, trak: Box): void {
  const stbl = find(bytes, trak, "mdia", "minf", "stbl");
  if (!stbl) return;
  const sizes = find(bytes, stbl, "stsz");
  const runs = find(bytes, stbl, "stsc");
  const short = find(bytes, stbl, "stco");
  const offsets = short ?? find(bytes, stbl, "co64");
  if (!sizes || !runs || !offsets) throw new Uncleanable("里有去不掉的附加轨道(可能含位置)");
  const width = short ? 4 : 8;
  const uint = (box: Box, at: number) =>
    box.body + at + 4 <= box.end ? bytes.readUInt32BE(box.body + at) : 0;
  const one = uint(sizes, 4);
  const sizeOf = (sample: number) => one || uint(sizes, 12 + sample * 4);
  const samples = uint(sizes, 8);
  const chunks = Math.min(uint(offsets, 4), (offsets.end - offsets.body) / width);
  let run = 0;
  let sample = 0;
  for (let chunk = 1; chunk <= chunks && sample < samples; chunk += 1) {
    while (run + 1 < uint(runs, 4) && uint(runs, 8 + (run + 1) * 12) <= chunk) run += 1;
    const at = offsets.body + 8 + (chunk - 1) * width;
    if (at + width > offsets.end) break;
    let from = short ? bytes.readUInt32BE(at) : Number(bytes.readBigUInt64BE(at));
    const last = Math.min(samples, sample + uint(runs, 8 + run * 12 + 4));
    for (; sample < last && from < bytes.length; sample += 1) {
      bytes.fill(0, from, Math.min(bytes.length, from + sizeOf(sample)));
      from += sizeOf(sample);
    }
  }
}
