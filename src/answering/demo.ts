/** The fictional city answers only who names it: to everybody else its records are not there. */
import type { Memory } from "../conversation.ts";
import { createLibrary, type Library, oncePerLibrary } from "../records/library.ts";

interface Demo {
  /** The library without the fictional city. */
  readonly without: Library;
  /** What its places and organs are called. */
  readonly names: readonly string[];
  readonly areas: ReadonlySet<string>;
}

const demoOf = oncePerLibrary((library): Demo => {
  const demo = library.records().filter((record) => library.isDemo(record));
  return {
    without: createLibrary(
      library.release,
      library.records().filter((record) => !library.isDemo(record)),
      library.topicsOff,
      library.published,
    ),
    names: demo.flatMap((record) =>
      record.kind === "area" || record.kind === "entity" ? [record.name] : [],
    ),
    areas: new Set(demo.flatMap((record) => (record.kind === "area" ? [record.code] : []))),
  };
});

/** A number long enough to be a certificate, a document or a matter: it names its record by itself. */
const IDENTIFIER = /(?<![\d.罚款我了])[\dA-Z-]{5,}(?![\d.]*(?:元|块|万|多|左右|年))|〔\d{4}〕/;

/** The records a turn may be answered from. */
export function recordsFor(
  library: Library,
  said: { readonly text: string; readonly choice?: string | undefined; readonly area?: string | undefined },
  memory: Memory,
): Library {
  const { without, names, areas } = demoOf(library);
  if (names.length === 0) return library;
  const spoken = `${said.text} ${memory.pending?.text ?? ""}`;
  const at = [said.area, memory.area].some((code) => code !== undefined && areas.has(code));
  const organ = memory.organ === undefined ? undefined : library.find(memory.organ);
  const chosen = library.find(said.choice?.split(":").at(-1) ?? "");
  const named =
    at ||
    (organ !== undefined && library.isDemo(organ)) ||
    (chosen !== undefined && library.isDemo(chosen)) ||
    memory.last?.certNo !== undefined ||
    IDENTIFIER.test(spoken.normalize("NFKC").replace(/[\s-]/g, "")) ||
    names.some((name) => spoken.includes(name));
  return named ? library : without;
}
