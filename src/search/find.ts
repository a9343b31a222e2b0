/**
 * The search index: exact identifiers, then BM25 over words and bigrams, then, where a learned model is at hand,
 * vectors and question memory, put in order by `blend.ts`.
 */
import { blend } from "./blend.ts";
import { foundBy, type Learned, prepare, type Search, search } from "./candidates.ts";
import { createExactIndex, type ExactIndex } from "./exact.ts";
import { bytesOfPart, matching } from "./lexical.ts";
import type { LearnedModel } from "./model.ts";
import type { Passage, Reason, SearchIndex } from "./passage.ts";
import { inScope } from "./scope.ts";
import { type LaidShelf, layShelf, putOnShelf, type Shelf, shelfOf } from "./shelf.ts";

/** Longest question read; the rest of a longer text is not searched with. */
const LONGEST_QUESTION = 500;
/** A part up to this size is built anew together with what is added. */
const SMALL_PART = 2000;
const MOST_PARTS = 6;

/**
 * Indexes `passages`; where their shelf is laid already, it is put up as it is.
 * @param model asked for once, on the first question; without one the search is BM25
 * @param laid of `distinctPassages(passages)`
 */
export function createSearchIndex(
  passages: readonly Passage[],
  model: () => LearnedModel | undefined = () => undefined,
  laid?: LaidShelf,
): SearchIndex {
  let shelves: Shelf[] = [];
  let exact: ExactIndex = createExactIndex();
  const places = new Map<string, number>(); // passage id → number
  const taken = new Set<number>(); // withdrawn numbers
  let total = 0;
  let learned: { readonly model: LearnedModel; readonly legs: Learned } | undefined | "unasked" = "unasked";

  const append = (added: readonly Passage[], ready?: LaidShelf): void => {
    if (added.length === 0) return;
    shelves.push(putOnShelf(added, ready ?? layShelf(added), total));
    for (const [at, passage] of added.entries()) {
      places.set(passage.id, total + at);
      for (const identifier of passage.identifiers ?? []) exact.add(identifier, total + at);
    }
    total += added.length;
  };
  const passageOf = (doc: number): Passage => {
    const shelf = shelfOf(shelves, doc);
    return shelf.part.passages[doc - shelf.from]!;
  };
  const live = (): Passage[] => [...places.values()].sort((a, b) => a - b).map(passageOf);
  const rebuild = (all: readonly Passage[]): void => {
    shelves = [];
    exact = createExactIndex();
    places.clear();
    taken.clear();
    total = 0;
    append(all);
  };
  const withdrawPassage = (id: string): void => {
    const doc = places.get(id);
    if (doc === undefined) return;
    taken.add(doc);
    places.delete(id);
  };
  const add = (added: readonly Passage[]): void => {
    const latest = distinctPassages(added);
    for (const { id } of latest) withdrawPassage(id);
    if (taken.size > total / 3 || shelves.length >= MOST_PARTS) {
      rebuild([...live(), ...latest]);
      return;
    }
    const last = shelves.at(-1);
    if (!last || shelves.length === 1 || last.part.passages.length + latest.length > SMALL_PART) {
      append(latest);
      return;
    }
    const kept = last.part.passages.flatMap((passage, at) =>
      passage && !taken.has(last.from + at) ? [passage] : [],
    );
    for (let at = 0; at < last.part.passages.length; at++) taken.delete(last.from + at);
    shelves.pop();
    total = last.from;
    append([...kept, ...latest]);
  };
  const askModel = () => {
    if (learned === "unasked") {
      const given = model();
      learned = given && { model: given, legs: prepare(given.vectors, given.memory) };
    }
    return learned;
  };
  append(distinctPassages(passages), laid);

  return {
    add,
    withdraw(recordId) {
      const ids = [...places.keys()].filter((id) => passageOf(places.get(id)!).recordId === recordId);
      for (const id of ids) withdrawPassage(id);
      return ids.length;
    },
    get(id) {
      const doc = places.get(id);
      return doc === undefined ? undefined : passageOf(doc);
    },
    find(query, scope, top) {
      const text = query.slice(0, LONGEST_QUESTION);
      if (text.trim() === "" || total === 0 || top < 1) return [];
      const accepted = (doc: number): boolean => !taken.has(doc) && inScope(passageOf(doc), scope);
      const known = [...exact.find(text)].filter(
        ([doc]) => accepted(doc) && places.get(passageOf(doc).id) === doc,
      );
      const trained = askModel();
      const found = search(shelves, total, text, top, accepted, trained?.legs);
      const ranked =
        trained && found.learned && blend(foundBy(found.lexical, found.learned), trained.model.ranker);
      const order = [...new Set([...known.map(([doc]) => doc), ...(ranked?.order ?? found.lexical)])].slice(
        0,
        top,
      );
      const identifiers = new Map(known);
      return order.map((doc, position) => ({
        passage: passageOf(doc),
        score: 1 / (1 + position),
        why: explain(doc, shelves, found, identifiers.get(doc), ranked?.scores.get(doc)),
      }));
    },
    stats() {
      return {
        passages: places.size,
        records: new Set(live().map((passage) => passage.recordId)).size,
        terms: shelves.reduce(
          (sum, { part }) => sum + part.words.postings.keys.size + part.bigrams.postings.keys.size,
          0,
        ),
        bytes: shelves.reduce(
          (sum, { part, rows }) => sum + bytesOfPart(part) + (rows?.values.byteLength ?? 0),
          0,
        ),
        vectors: shelves.some(({ rows }) => rows) ? "exact" : "none",
      };
    },
  };
}

/** An id counts once, as it comes last. */
export function distinctPassages(passages: readonly Passage[]): Passage[] {
  return [...new Map(passages.map((passage) => [passage.id, passage])).values()];
}

/** Terms named in an explanation. */
const MOST_TERMS = 8;

function explain(
  doc: number,
  shelves: readonly Shelf[],
  found: Search,
  identifier: string | undefined,
  rerank: number | undefined,
): Reason[] {
  const shelf = shelfOf(shelves, doc);
  const at = doc - shelf.from;
  const why: Reason[] = [];
  if (identifier !== undefined) why.push({ leg: "identifier", score: 1, terms: [identifier] });
  for (const leg of ["words", "bigrams"] as const) {
    if (found[leg][doc]! <= 0) continue;
    const terms = matching(shelf.part[leg], found.weighed[leg], at).slice(0, MOST_TERMS);
    why.push({ leg, score: round(found[leg][doc]!), terms });
  }
  if (!found.learned) return why;
  const remembered = found.learned.recollection.articles.get(shelf.articles[at]!);
  why.push({ leg: "vectors", score: round(found.learned.vectors[doc]!) });
  if (remembered) why.push({ leg: "memory", score: round(remembered.byVector) });
  if (rerank !== undefined) why.push({ leg: "rerank", score: round(rerank) });
  return why;
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
