/**
 * Inverted lists in flat arrays: for each token the passages it stands in, ascending, with how often.
 * Built once (`PostingsBuilder`), then read only. Ten bytes a posting while building, five after.
 */

/** Frequencies are counted in quarters, so that a heading may count for less than the text. At most 63.75. */
export const UNITS = 4;

export class PostingsBuilder {
  readonly keys = new KeyTable(1 << 12);
  private terms = new Uint32Array(1 << 14);
  private docs = new Uint32Array(1 << 14);
  private units = new Uint8Array(1 << 14);
  private counts = new Uint32Array(1 << 12);
  /** Where the term's latest posting is; valid when that posting is of the current passage. */
  private latest = new Uint32Array(1 << 12);
  private size = 0;

  /** Counts token `key` in passage `doc` once more. Passages must come in ascending order. */
  add(doc: number, key: number, units: number): void {
    const term = this.keys.put(key);
    if (term >= this.counts.length) {
      this.counts = grown(this.counts);
      this.latest = grown(this.latest);
    }
    const at = this.latest[term]!;
    if (this.counts[term]! > 0 && this.docs[at] === doc) {
      this.units[at] = Math.min(255, this.units[at]! + units);
      return;
    }
    if (this.size === this.terms.length) {
      this.terms = grown(this.terms);
      this.docs = grown(this.docs);
      this.units = grown(this.units);
    }
    this.terms[this.size] = term;
    this.docs[this.size] = doc;
    this.units[this.size] = units;
    this.latest[term] = this.size++;
    this.counts[term]!++;
  }

  /** Sorts by term. Passages stay ascending within a term because they came so. */
  freeze(): Postings {
    const terms = this.keys.size;
    const offsets = new Uint32Array(terms + 1);
    for (let term = 0; term < terms; term++) offsets[term + 1] = offsets[term]! + this.counts[term]!;
    const next = offsets.slice(0, terms);
    const docs = new Uint32Array(this.size);
    const units = new Uint8Array(this.size);
    for (let i = 0; i < this.size; i++) {
      const to = next[this.terms[i]!]!++;
      docs[to] = this.docs[i]!;
      units[to] = this.units[i]!;
    }
    return { keys: this.keys, offsets, docs, units };
  }
}

export interface Postings {
  readonly keys: KeyTable;
  /** The postings of term `t` are `offsets[t] … offsets[t + 1]`. */
  readonly offsets: Uint32Array;
  readonly docs: Uint32Array;
  readonly units: Uint8Array;
}

export function bytesOf(postings: Postings): number {
  return (
    postings.offsets.byteLength + postings.docs.byteLength + postings.units.byteLength + postings.keys.bytes
  );
}

/** Where passage `doc` stands in the list `from … to`, or -1. */
export function seek(docs: Uint32Array, from: number, to: number, doc: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low < to && docs[low] === doc ? low : -1;
}

/** 32-bit keys → consecutive numbers, open addressing, at most three quarters full. */
export class KeyTable {
  size = 0;
  private slots: Uint32Array;
  private numbers: Uint32Array;

  constructor(capacity: number) {
    this.slots = new Uint32Array(capacity); // 0 = empty; a power of two long
    this.numbers = new Uint32Array(capacity);
  }

  /** Numbers `keys` in their order; none may come twice. */
  static of(keys: Uint32Array): KeyTable {
    let capacity = 1 << 12;
    while (keys.length * 4 > capacity * 3) capacity *= 2;
    const table = new KeyTable(capacity);
    for (const key of keys) table.put(key);
    return table;
  }

  /** Every key, by its number. */
  list(): Uint32Array {
    const keys = new Uint32Array(this.size);
    for (const [slot, key] of this.slots.entries()) if (key !== 0) keys[this.numbers[slot]!] = key;
    return keys;
  }

  get bytes(): number {
    return this.slots.byteLength + this.numbers.byteLength;
  }

  /** The number of `key`, or -1. */
  get(key: number): number {
    const mask = this.slots.length - 1;
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot]!;
      if (found === key) return this.numbers[slot]!;
      if (found === 0) return -1;
    }
  }

  put(key: number): number {
    const mask = this.slots.length - 1;
    let slot = key & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.slots[slot] === key) return this.numbers[slot]!;
    }
    this.slots[slot] = key;
    this.numbers[slot] = this.size;
    if (++this.size * 4 > this.slots.length * 3) this.double();
    return this.size - 1;
  }

  private double(): void {
    const { slots, numbers } = this;
    this.slots = new Uint32Array(slots.length * 2);
    this.numbers = new Uint32Array(slots.length * 2);
    const mask = this.slots.length - 1;
    for (let i = 0; i < slots.length; i++) {
      if (slots[i] === 0) continue;
      let slot = slots[i]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = slots[i]!;
      this.numbers[slot] = numbers[i]!;
    }
  }
}

function grown<T extends Uint32Array | Uint8Array>(array: T): T {
  const next = new (array.constructor as new (length: number) => T)(array.length * 2);
  next.set(array);
  return next;
}
