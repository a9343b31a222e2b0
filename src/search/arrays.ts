/**
 * Typed arrays in one run of bytes, little-endian: 8 characters of name, then the arrays one after the other, each
 * with a uint32 count before it and zeros after it up to the next multiple of four. Whoever reads knows their order
 * and kinds.
 */

export type Stored = Uint32Array | Float32Array | Float64Array | Int8Array | Uint8Array;

export function arraysOf(name: string, arrays: readonly Stored[]): Buffer {
  const pieces: Uint8Array[] = [Buffer.from(name, "latin1")];
  for (const array of arrays) {
    pieces.push(new Uint8Array(Uint32Array.of(array.length).buffer));
    pieces.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    pieces.push(new Uint8Array(paddingOf(array.byteLength)));
  }
  return Buffer.concat(pieces);
}

const paddingOf = (bytes: number): number => (4 - (bytes % 4)) % 4;

/** The next array, of the kind asked for: a view of the bytes where it lies on its boundary, else a copy. */
export type Reader = <T extends Stored>(kind: {
  new (buffer: ArrayBufferLike, at: number, length: number): T;
  BYTES_PER_ELEMENT: number;
}) => T;

/** @param broken makes the error that is thrown when the bytes have another name or end too early. */
export function readerOf(file: Buffer, name: string, broken: (reason: string) => Error): Reader {
  if (file.toString("latin1", 0, 8) !== name) throw broken(`expected ${name}`);
  let at = 8;
  return (kind) => {
    if (at + 4 > file.length) throw broken("cut short");
    const count = file.readUInt32LE(at);
    const from = at + 4;
    const end = from + count * kind.BYTES_PER_ELEMENT;
    if (end > file.length) throw broken("cut short");
    at = end + paddingOf(end - from);
    const start = file.byteOffset + from;
    if (start % kind.BYTES_PER_ELEMENT === 0) return new kind(file.buffer, start, count);
    return new kind(new Uint8Array(file.subarray(from, end)).buffer, 0, count);
  };
}
