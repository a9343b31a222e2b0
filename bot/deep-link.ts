/**
 * What a link or QR code asks: `verify-<certificate>` on a badge, `complain-<organ id>` at a counter,
 * `appeal-<organ id>` on a decision. The words are those a person would type.
 */
import type { Library } from "../src/records/library.ts";

const FORM = /^(verify|complain|appeal)(?:-([\w-]{1,56}))?$/;

export function isDeepLink(payload: string): boolean {
  return FORM.test(payload);
}

/** The question behind a link's payload; undefined when it is none of ours. */
export function questionOf(payload: string, nameOf: (id: string) => string): string | undefined {
  const form = FORM.exec(payload);
  if (!form) return undefined;
  const subject = form[2] ?? "";
  switch (form[1]) {
    case "verify":
      return subject === "" ? "核验执法人员" : `核验执法证号 ${subject}`;
    case "complain":
      return `我要投诉${nameOf(subject)}`;
    default:
      return `收到${nameOf(subject)}的处罚决定书,不服怎么办?`;
  }
}

/** Organ names of the release; an unknown id is left out of the question rather than read aloud. */
export function organNames(library: Library): (id: string) => string {
  return (id) => {
    const record = library.find(id);
    return record?.kind === "entity" ? record.name : "";
  };
}
