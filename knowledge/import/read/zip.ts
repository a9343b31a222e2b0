/** Entries of a zip that was sniffed before, unpacked as a stream. */
import { crc32, createInflateRaw } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  /** Bytes unpacked, as the directory says; more is refused while unpacking. */
  readonly size: number;
  readonly packed: number;
  readonly method: number;
  readonly crc: number;
  /** Of the local header. */
  readonly at: number;
}

export function zipEntries(bytes: Buffer): ReadonlyMap<string, ZipEntry> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const entries = new Map<string, ZipEntry>();
  let position = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const nameLength = bytes.readUInt16LE(position + 28);
    const name = bytes.subarray(position + 46, position + 46 + nameLength).toString("utf8");
    entries.set(name, {
      name,
      method: bytes.readUInt16LE(position + 10),
      crc: bytes.readUInt32LE(position + 16),
      packed: bytes.readUInt32LE(position + 20),
      size: bytes.readUInt32LE(position + 24),
      at: bytes.readUInt32LE(position + 42),
    });
    position += 46 + nameLength + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
  }
  return entries;
}

/**
 * The entry's text in pieces of some ten thousand characters.
 *
 * @throws Error when the entry is damaged or not what its directory says.
 */
export async function* textOfEntry(bytes: Buffer, entry: ZipEntry): AsyncGenerator<string> {
  const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const body = bytes.subarray(start, start + entry.packed);
  const decoder = new TextDecoder("utf-8");
  if (entry.method === 0) {
    yield decoder.decode(body);
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  inflate.end(body);
  let unpacked = 0;
  let crc = 0;
  for await (const chunk of inflate) {
    unpacked += (chunk as Buffer).length;
    if (unpacked > entry.size) throw new Error("解压后比目录所写的长");
    crc = crc32(chunk as Buffer, crc);
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  if (unpacked !== entry.size || crc !== entry.crc) throw new Error("压缩内容与校验值不符");
  yield decoder.decode();
}

/** The whole text of a small entry; empty when there is none. */
export async function wholeText(bytes: Buffer, entry: ZipEntry | undefined): Promise<string> {
  if (!entry) return "";
  const parts: string[] = [];
  for await (const part of textOfEntry(bytes, entry)) parts.push(part);
  return parts.join("");
}
