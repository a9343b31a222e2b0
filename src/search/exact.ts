/** The exact path: 文号, 证号, codes. An identifier in the question goes straight to its passages. */
import { normalise } from "./text.ts";

/** Brackets, dashes and spaces of an identifier do not count: 运政办发[2017]91号 is 运政办发〔2017〕91号. */
export function plainIdentifier(text: string): string {
  return normalise(text).replaceAll(/[\s〔〕[\]()【】_‐‑–—―-]/g, "");
}

/** Below this length an identifier only counts when it is the whole question. */
const SHORTEST_INSIDE = 5;

/** Identifiers → passages. Passages are numbered by the caller. */
export interface ExactIndex {
  add(identifier: string, doc: number): void;
  /** Passages whose identifier is the question or stands in it, with the identifier. */
  find(question: string): ReadonlyMap<number, string>;
}

export function createExactIndex(): ExactIndex {
  const docs = new Map<string, { readonly identifier: string; readonly docs: number[] }>();
  const lengths = new Set<number>();
  return {
    add(identifier, doc) {
      const plain = plainIdentifier(identifier);
      if (plain === "") return;
      lengths.add(plain.length);
      const known = docs.get(plain);
      if (known) known.docs.push(doc);
      else docs.set(plain, { identifier, docs: [doc] });
    },
    find(question) {
      const plain = plainIdentifier(question);
      const found = new Map<number, string>();
      for (const length of lengths) {
        if (length > plain.length || (length < SHORTEST_INSIDE && length !== plain.length)) continue;
        for (let from = 0; from + length <= plain.length; from++) {
          if (splitsNumber(plain, from, length)) continue;
          const known = docs.get(plain.slice(from, from + length));
          for (const doc of known?.docs ?? []) found.set(doc, known!.identifier);
        }
      }
      return found;
    },
  };
}

/** 12345 does not stand in 123456: a cut inside a run of letters and digits is no match. */
function splitsNumber(text: string, from: number, length: number): boolean {
  return joins(text, from - 1, from) || joins(text, from + length - 1, from + length);
}

function joins(text: string, left: number, right: number): boolean {
  return /[a-z0-9]/.test(text[left] ?? "") && /[a-z0-9]/.test(text[right] ?? "");
}
