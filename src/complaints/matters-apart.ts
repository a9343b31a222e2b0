/** One message may tell of several affairs; each becomes a case or a redirect of its own. */
import type { Mentions } from "../answering/understanding.ts";
import type { TriageName, Triager } from "./triage.ts";

/** Shorter pieces are never an affair by themselves. */
const MIN_CHARACTERS = 8;

/** Kinds that are sides of one and the same affair with an organ: they stay together. */
const sameAffair: ReadonlySet<TriageName> = new Set([
  "enforcement",
  "discretion",
  "relief",
  "compensation",
  "disclosure",
  "emergency",
  "question",
  "legalAid",
  "police",
]);

/**
 * The message in affairs, first one first, in the person's words. What concerns the same organ stays together even when
 * it is of several kinds; what belongs to another door, or to another organ, stands apart.
 */
export function partMatters(
  text: string,
  triage: Triager,
  mentionsOf: (text: string) => Mentions,
): readonly string[] {
  const pieces = triage(text, mentionsOf(text)).matters;
  const affairs: { text: string; organ: string | undefined; foreign: boolean }[] = [];
  for (const piece of pieces) {
    const mentions = mentionsOf(piece);
    const organ = mentions.organs[0]?.entityIds[0];
    const foreign = !sameAffair.has(triage(piece, mentions).kind);
    const home = affairs.find(
      (one) =>
        !foreign && !one.foreign && (organ === undefined || one.organ === undefined || one.organ === organ),
    );
    const joined = home ?? (piece.length < MIN_CHARACTERS ? affairs.at(-1) : undefined);
    if (joined) {
      joined.text += piece;
      joined.organ ??= organ;
    } else affairs.push({ text: piece, organ, foreign });
  }
  // What can be filed here is asked about first.
  return affairs.sort((a, b) => Number(a.foreign) - Number(b.foreign)).map((one) => one.text);
}
