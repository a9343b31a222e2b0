/** What finds in a library: the search index of its passages and the finder of its points, each made once. */
import { setImmediate } from "node:timers/promises";
import { type Library, oncePerLibrary } from "../../records/library.ts";
import { passagesOf, passagesOfRecord } from "../../records/passages.ts";
import { readerOf } from "../../search/arrays.ts";
import { createSearchIndex, distinctPassages } from "../../search/find.ts";
import type { Passage, SearchIndex } from "../../search/passage.ts";
import { type LaidShelf, readShelf, SHELF } from "../../search/shelf.ts";
import type { StaticVectors } from "../../search/static-vectors.ts";
import type { Finding } from "../answer-part.ts";
import type { AnsweringParts } from "../answering.ts";
import { ASK_INDEX, type AskIndex, readAskIndex } from "../finding/ask-index.ts";
import { createFinder } from "../finding/finder.ts";
import type { LearnedFinder } from "../finding/model.ts";
import { type Unit, unitsOf } from "../finding/unit.ts";
import type { Job, SentVectors } from "./build.ts";
import { openIndexes } from "./indexes.ts";

export interface Findings {
  searchOf(library: Library): SearchIndex;
  findingOf(library: Library): Finding | undefined;
  /** Makes both for a release beside the answers to others. */
  ready(library: Library): Promise<void>;
}

interface Shelved {
  readonly passages: readonly Passage[];
  readonly laid: LaidShelf;
}

export function openFindings(parts: AnsweringParts): Findings {
  const indexes = openIndexes(parts.indexFolder, parts.log);
  const findings = new WeakMap<Library, Finding>();
  const shelves = new WeakMap<Library, Shelved>();

  const asksOf = (units: readonly Unit[], vectors: StaticVectors): Job => ({
    kind: "asks",
    units: units.map(({ asks, text }) => ({ asks, text })),
    vectors: sent(vectors),
  });
  const textsOf = (passages: readonly Passage[]): Job => {
    const vectors = parts.searchModel?.()?.vectors;
    return {
      kind: "passages",
      passages: passages.map(({ title, heading, text, variants }) => ({
        title,
        text,
        ...(heading === undefined ? {} : { heading }),
        ...(variants === undefined ? {} : { variants }),
      })),
      vectors: vectors && sent(vectors),
    };
  };
  const unitsIn = (published: Library) => unitsOf(published, parts.serviceAsks?.() ?? []);

  function find(
    published: Library,
    units: readonly Unit[],
    learned: LearnedFinder,
    index: AskIndex,
  ): Finding {
    const finding = { finder: createFinder(units, learned, index), learned, router: parts.router() };
    findings.set(published, finding);
    return finding;
  }
  function shelve(published: Library, passages: readonly Passage[], laid: LaidShelf): Shelved {
    const shelved = { passages, laid };
    shelves.set(published, shelved);
    return shelved;
  }

  function shelvedOf(published: Library): Shelved {
    const known = shelves.get(published);
    if (known) return known;
    const passages = distinctPassages(passagesOf(published));
    return shelve(published, passages, indexes.now(textsOf(passages), openShelf));
  }

  return {
    findingOf({ published }) {
      const learned = parts.finder?.();
      const known = findings.get(published);
      if (known || !learned) return known;
      const units = unitsIn(published);
      return find(published, units, learned, indexes.now(asksOf(units, learned.vectors), openAskIndex));
    },
    searchOf: oncePerLibrary((library) =>
      openedWhenAsked(() => {
        const { passages, laid } = shelvedOf(library.published);
        return createSearchIndex(switchedOff(passages, library), parts.searchModel, laid);
      }),
    ),
    async ready({ published }) {
      const learned = parts.finder?.();
      await breath();
      if (learned) {
        const units = unitsIn(published);
        await breath();
        const index = await indexes.soon(asksOf(units, learned.vectors), openAskIndex);
        find(published, units, learned, index);
        await breath();
      }
      const passages = distinctPassages(await passagesBetween(published));
      await breath();
      shelve(published, passages, await indexes.soon(textsOf(passages), openShelf));
    },
  };
}

/** Lets others have a turn. */
export const breath = (): Promise<void> => setImmediate();

/** Longest that making passages keeps others waiting, ms. */
const SLICE_MS = 10;

/** `passagesOf`, with breaths. */
async function passagesBetween(library: Library): Promise<Passage[]> {
  const passages: Passage[] = [];
  let until = performance.now() + SLICE_MS;
  for (const record of library.records()) {
    passages.push(...passagesOfRecord(record, library));
    if (performance.now() < until) continue;
    await breath();
    until = performance.now() + SLICE_MS;
  }
  return passages;
}

function sent({ table: _, ...vectors }: StaticVectors): SentVectors {
  return vectors;
}

const openAskIndex = (bytes: Buffer): AskIndex => readAskIndex(readerOf(bytes, ASK_INDEX, Error));
const openShelf = (bytes: Buffer): LaidShelf => readShelf(readerOf(bytes, SHELF, Error));

/** The same passages, those of records withdrawn since, or not to be answered from, marked so. */
function switchedOff(passages: readonly Passage[], library: Library): readonly Passage[] {
  if (library === library.published) return passages;
  return passages.map((passage) => {
    const record = library.find(passage.recordId);
    return record === undefined || record.withdrawn ? { ...passage, repealed: true } : passage;
  });
}

/** Most questions never search: the index is put up with the first that does. */
function openedWhenAsked(make: () => SearchIndex): SearchIndex {
  let made: SearchIndex | undefined;
  const index = () => {
    made ??= make();
    return made;
  };
  return {
    find: (query, scope, top) => index().find(query, scope, top),
    add: (passages) => index().add(passages),
    withdraw: (recordId) => index().withdraw(recordId),
    get: (id) => index().get(id),
    stats: () => index().stats(),
  };
}
