/**
 * What a text meant for the organ complained of would give away: who complained, or the complaint in its own words.
 * A person wrote the text; this only refuses what could be recognised.
 */
import type { Identity } from "../complaints/vault.ts";

/** So many letters in a row as in the complaint are its own words; set phrases of the law are shorter. */
const OWN_WORDS = 12;
const SHORTEST_CONTACT = 4;
const SHORTEST_NAME = 2;

export interface Secrets {
  readonly caseId: string;
  readonly identity?: Identity | undefined;
  /** The complaint and what the complainant wrote later. */
  readonly words: readonly string[];
  /** Names that both may use freely: the organ's. */
  readonly names: readonly string[];
}

/** One Chinese sentence naming what must not leave; undefined when nothing does. */
export function giveAway(text: string, secrets: Secrets): string | undefined {
  const plain = letters(text);
  const { name, contact } = {
    name: letters(secrets.identity?.name),
    contact: letters(secrets.identity?.contact),
  };
  if (name.length >= SHORTEST_NAME && plain.includes(name))
    return "写出了投诉人的姓名,不能发给对方。请删去。";
  if (contact.length >= SHORTEST_CONTACT && plain.includes(contact))
    return "写出了投诉人的联系方式,不能发给对方。请删去。";
  if (plain.includes(letters(secrets.caseId))) return "写出了办件编号,投诉人也持有它,不能发给对方。请删去。";
  const own = new Set(secrets.words.flatMap((words) => runs(without(letters(words), secrets.names))));
  const shared = runs(without(plain, secrets.names)).find((run) => own.has(run));
  return (
    shared &&
    `“${shared}”与投诉人写的话相同,对方可能据此认出是谁反映的。请只写核查查明的事实,换成自己的说法。`
  );
}

function letters(text: string | undefined): string {
  return (text ?? "").normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
}

/** Names become a mark that no text holds, so that no run goes across one. */
function without(text: string, names: readonly string[]): string {
  return names.map(letters).reduce((rest, name) => (name ? rest.replaceAll(name, "\u0000") : rest), text);
}

function runs(text: string): string[] {
  return text
    .split("\u0000")
    .flatMap((part) =>
      Array.from({ length: Math.max(0, part.length - OWN_WORDS + 1) }, (_, at) =>
        part.slice(at, at + OWN_WORDS),
      ),
    );
}
