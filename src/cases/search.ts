/** What a search in the queue may mean: a number, an organ, a place, a matter, a person, or words of the complaint. */
import type { Keys } from "../keys.ts";
import type { Library } from "../records/library.ts";
import type { Database } from "../store/database.ts";
import { readable } from "./access.ts";
import type { Account } from "./accounts.ts";
import { officeKey } from "./case-repository.ts";
import { readFiling } from "./case-view.ts";
import { matters } from "./matters.ts";
import type { Sought } from "./queue.ts";

/** So many of the newest cases are opened for words; older ones are found by everything else. */
const OPENED = 2000;
const SHORTEST = 2;

/** Reads only complaints that the account may read, and shows none of their text. */
export async function soughtIn(
  { db, keys, library }: { readonly db: Database; readonly keys: Keys; readonly library: Library },
  account: Account,
  accounts: readonly Account[],
  words: string,
): Promise<Sought> {
  const said = plain(words);
  const has = (text: string | undefined) => said.length >= SHORTEST && plain(text ?? "").includes(said);
  return {
    number: words.trim(),
    organs: library
      .all("entity")
      .filter((one) => [one.name, one.shortName, ...one.aliases].some(has))
      .map(({ id }) => id),
    areas: library
      .all("area")
      .filter(({ name }) => has(name))
      .map(({ code }) => code.replace(/(?:00)+$/, "")),
    matters: Object.entries(matters).flatMap(([id, label]) => (has(label) ? [id] : [])),
    assignees: accounts.filter(({ name, display }) => has(name) || has(display)).map(({ id }) => id),
    cases: said.length >= SHORTEST ? await casesSaying(db, keys, account, has) : [],
  };
}

async function casesSaying(
  db: Database,
  keys: Keys,
  account: Account,
  has: (text: string | undefined) => boolean,
): Promise<readonly string[]> {
  const rows = await readable(db, account)
    .innerJoin("complaint as p", "p.id", "c.complaint")
    .select(["c.id", "p.id as complaint", "p.key_for_office"])
    .orderBy("c.submitted_at", "desc")
    .limit(OPENED)
    .execute();
  const found: string[] = [];
  for (const row of rows) {
    const key = officeKey(keys, { id: row.complaint, key_for_office: row.key_for_office });
    const filing = await readFiling(db, row.complaint, key);
    if ([filing.what, filing.organName, filing.officer, filing.where].some(has)) found.push(row.id);
  }
  return found;
}

function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}
