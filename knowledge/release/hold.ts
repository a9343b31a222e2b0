/**
 * Which of the waiting lists can go out: one list's faults hold back that list and what rests on it, never another.
 */
import type { Day } from "../../src/law/day.ts";
import type { IntegrityIssue } from "../../src/records/integrity.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { keyOf } from "./diff.ts";
import { assembleDraft, type Draft, type DraftBatch } from "./draft.ts";
import { checkDraft } from "./publish.ts";

/** An imported list by the name people know it by. */
export interface WaitingList extends DraftBatch {
  readonly id: string;
  readonly file: string;
  /** Why it may not be published whatever its records say: unsigned, its columns unconfirmed. */
  readonly unready?: string;
}

export interface HeldList {
  readonly list: WaitingList;
  readonly reasons: readonly string[];
}

export interface Sorted {
  readonly draft: Draft;
  readonly going: readonly WaitingList[];
  readonly held: readonly HeldList[];
}

/** Takes lists out until what is left breaks no rule that the live release does not break already. */
export function sortLists(
  live: readonly PublishedRecord[],
  shipped: readonly PublishedRecord[],
  lists: readonly WaitingList[],
  today: Day,
  options: { readonly removeMissing?: boolean } = {},
): Sorted {
  const held: HeldList[] = lists.flatMap((list) =>
    list.unready === undefined ? [] : [{ list, reasons: [list.unready] }],
  );
  let going = lists.filter(({ unready }) => unready === undefined);
  const assemble = (some: readonly WaitingList[]) => assembleDraft(live, shipped, some, options);
  const standing = new Set(faults(assemble([]).records, today).map(({ message }) => message));
  const fresh = (some: readonly WaitingList[]) =>
    faults(assemble(some).records, today).filter(({ message }) => !standing.has(message));
  for (;;) {
    const errors = going.length > 0 ? fresh(going) : [];
    if (errors.length === 0) return { draft: assemble(going), going, held };
    const { records } = assemble(going);
    const reasons = new Map<WaitingList, string[]>();
    for (const error of errors) {
      for (const list of listsOf(error, records, going))
        reasons.set(list, [...(reasons.get(list) ?? []), error.message]);
    }
    if (reasons.size === 0) {
      // What a list took away is at no record of its own.
      const [error] = errors;
      reasons.set(
        firstWith(going, (some) => fresh(some).some(sameAs(error!))),
        [error!.message],
      );
    }
    held.push(...[...reasons].map(([list, said]) => ({ list, reasons: said })));
    going = going.filter((list) => !reasons.has(list));
  }
}

/** The list with which a fault comes in when they are laid over one another in order; found by halves. */
function firstWith(
  lists: readonly WaitingList[],
  isFaulty: (some: readonly WaitingList[]) => boolean,
): WaitingList {
  let [sound, faulty] = [0, lists.length]; // the first `sound` lists are without it, the first `faulty` have it
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    if (isFaulty(lists.slice(0, middle))) faulty = middle;
    else sound = middle;
  }
  return lists[faulty - 1]!;
}

const faults = (records: readonly PublishedRecord[], today: Day) => checkDraft(records, today).errors;
const sameAs = (error: IntegrityIssue) => (other: IntegrityIssue) => other.message === error.message;

/** The lists a fault comes from: what an organ lacks for its penalties is a matter of its list of powers. */
function listsOf(
  error: IntegrityIssue,
  records: readonly PublishedRecord[],
  lists: readonly WaitingList[],
): readonly WaitingList[] {
  const record = records.find(({ id }) => id === error.record);
  if (error.rule === "R3" && record?.kind === "entity")
    return lists.filter((list) =>
      list.records.some(
        (power) => power.kind === "power" && power.powerType === "行政处罚" && power.entityId === record.id,
      ),
    );
  const key = record && keyOf(record);
  return lists.filter((list) => list.records.some((one) => one.id === error.record || keyOf(one) === key));
}
