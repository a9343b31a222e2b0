/** The published answer to the same question, when there is one: an office's own words come before ours. */
import { isCurrent } from "../records/library.ts";
import type { FaqEntry } from "../records/schema.ts";
import type { Ask, Page } from "./answer.ts";
import { liesIn, placeOf } from "./place.ts";

/** Dice coefficient of two-character pieces from which two questions are the same. */
const SAME = 0.5;

export function openWithFaq(page: Page, ask: Ask, atLeast = SAME): FaqEntry | undefined {
  const found = findFaq(ask, atLeast);
  if (found) page.text(found.answer, found);
  return found;
}

export function findFaq(ask: Ask, atLeast = SAME): FaqEntry | undefined {
  const asked = piecesOf(ask.part.text);
  if (asked.size === 0) return undefined;
  let best: FaqEntry | undefined;
  let most = atLeast;
  for (const { entry, questions } of table(ask)) {
    if (!isCurrent(entry, ask.today) || !fitsPlace(ask, entry) || !fitsRole(ask, entry)) continue;
    for (const pieces of questions) {
      const likeness = dice(asked, pieces);
      if (likeness > most) {
        most = likeness;
        best = entry;
      }
    }
  }
  return best;
}

const fitsRole = (ask: Ask, entry: FaqEntry) =>
  entry.audience === "皆可" || (entry.audience === "执法人员") === (ask.role === "officer");

/** What a city published holds in that city; without a known place only what is national does. */
export function fitsPlace(ask: Ask, entry: { readonly dataset: string }): boolean {
  if (entry.dataset === "national") return true;
  const place = placeOf(ask);
  if (place.kind !== "known") return false;
  return /^\d{6}$/.test(entry.dataset)
    ? liesIn(place.area.code, entry.dataset)
    : place.area.dataset === entry.dataset;
}

interface Row {
  readonly entry: FaqEntry;
  readonly questions: readonly ReadonlySet<string>[];
}
const tables = new WeakMap<object, readonly Row[]>();

function table(ask: Ask): readonly Row[] {
  const known = tables.get(ask.library);
  if (known) return known;
  const made = ask.library.all("faq").map((entry) => ({
    entry,
    questions: [entry.question, ...(entry.variants ?? [])].map(piecesOf),
  }));
  tables.set(ask.library, made);
  return made;
}

function piecesOf(text: string): Set<string> {
  const plain = text.replace(/[^\p{L}\p{N}]/gu, "");
  const pieces = new Set<string>();
  for (let at = 0; at + 2 <= plain.length; at += 1) pieces.add(plain.slice(at, at + 2));
  return pieces;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const piece of a) if (b.has(piece)) shared += 1;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
