/** Counts what was lost or doubled, from what is on disk after the last crash, against everything ever acknowledged. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenChain, officeKey } from "../../src/cases/case-repository.ts";
import { evidenceOf } from "../../src/complaints/evidence.ts";
import { Filing } from "../../src/complaints/filing.ts";
import { unseal } from "../../src/keys.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import type { House } from "./house.ts";
import { type Ack, plan, type StepName } from "./jobs.ts";

/** What the recipient of notices got: each body with how often, by event id. */
export type Delivered = ReadonlyMap<string, { readonly bodies: ReadonlySet<string>; readonly times: number }>;

export interface Found {
  lost: number;
  doubled: number;
  /** What exactly, for whoever has to look. */
  readonly notes: string[];
}

export async function verify(
  house: House,
  step: StepName,
  acks: readonly Ack[],
  delivered: Delivered,
  at: Date,
): Promise<Found> {
  const found: Found = { lost: 0, doubled: 0, notes: [] };
  const lost = (note: string) => {
    found.lost += 1;
    found.notes.push(`lost: ${note}`);
  };
  const doubled = (note: string) => {
    found.doubled += 1;
    found.notes.push(`doubled: ${note}`);
  };
  // The same thing is always acknowledged alike: another receipt or reply for it means it was done twice.
  const first = new Map<string, Ack>();
  for (const ack of acks) {
    const before = first.get(ack.key);
    if (before && before.value !== ack.value) doubled(`${ack.key} was acknowledged in two ways`);
    first.set(ack.key, before ?? ack);
  }
  if (step === "publish") {
    verifyReleases(house, [...first.values()], lost, doubled);
    return found;
  }
  if (step === "inbox") {
    await verifyLetters(house, [...first.values()], lost);
    return found;
  }
  await verifyReports(house, [...first.values()], lost, doubled, at);
  if (step === "moves") await verifyMoves(house, [...first.values()], lost, doubled);
  if (step === "delivery") await verifyNotices(house, delivered, lost, doubled);
  return found;
}

type Note = (note: string) => void;

/** Every message that was confirmed to the platform is answered; an answer given twice was the same (see `verify`). */
async function verifyLetters(house: House, acks: readonly Ack[], lost: Note) {
  const answered = new Set(acks.map(({ key }) => key));
  for (const { key } of acks) {
    const letter = /^letter (.+)$/.exec(key)?.[1];
    if (letter && !answered.has(`answer ${letter}`)) lost(`${letter} was confirmed and not answered`);
  }
  const { waiting = 0, claimed = 0, aside = 0 } = await house.inbox.counts();
  if (waiting + claimed + aside > 0) lost(`${waiting + claimed + aside} messages left in the inbox`);
}

/** Every acknowledged receipt opens its case with its text and readable files; no story is in two cases. */
async function verifyReports(house: House, acks: readonly Ack[], lost: Note, doubled: Note, at: Date) {
  const { db } = house.store;
  for (const { key, receipt, value } of acks) {
    if (receipt === undefined) continue;
    const opened = await house.complaints.open(receipt, "verifier", at);
    if (opened.kind !== "open") {
      lost(`${key}: its receipt opens nothing`);
      continue;
    }
    const { report } = opened;
    if (value !== receipt && value !== report.caseId) lost(`${key}: its receipt opens another case`);
    const no = /\d+/.exec(key)?.[0];
    const status = await house.complaints.status(report);
    if (!status.filing.what.startsWith(`第${no}`)) lost(`${key}: its text is another's`);
    if ((await brokenChain(db, report.caseId)) !== undefined) lost(`${key}: its chain of events is broken`);
    const files = await evidenceOf(db, report.complaint);
    if (files.length !== 1) lost(`${key}: ${files.length} files instead of one`);
    for (const file of files) {
      const { bytes } = await house.evidence.read(file, report.key);
      if (createHash("sha256").update(bytes).digest("hex") !== file.sha256)
        lost(`${key}: its file is altered`);
    }
    const told = await db
      .selectFrom("outbox")
      .select("id")
      .where("case_id", "=", report.caseId)
      .where("topic", "=", "case.registered")
      .where("channel", "=", "console")
      .execute();
    if (told.length === 0) lost(`${key}: the office was never told`);
    if (told.length > 1) doubled(`${key}: the office was told ${told.length} times`);
  }
  const cases = await db
    .selectFrom("complaint as p")
    .leftJoin("case_file as c", "c.complaint", "p.id")
    .select(["p.id", "p.content", "p.key_for_office", "c.id as case"])
    .execute();
  const stories = new Map<string, number>();
  for (const row of cases) {
    const filing = Filing.parse(
      JSON.parse(unseal(officeKey(house.keys, row), row.content, `filing ${row.id}`).toString()),
    );
    if (row.case === null) lost(`a report without a case: ${filing.what.slice(0, 8)}`);
    stories.set(filing.what, (stories.get(filing.what) ?? 0) + 1);
  }
  for (const [story, times] of stories) if (times > 1) doubled(`${story.slice(0, 8)} is in ${times} cases`);
}

/** Every acknowledged move stands in the chain once, with its notice and its document. */
async function verifyMoves(house: House, acks: readonly Ack[], lost: Note, doubled: Note) {
  const { db } = house.store;
  const byCase = new Map<string, string[]>();
  for (const { key, value } of acks) {
    const [id, move] = value.split(" ");
    if (key.startsWith("move ") && id && move) byCase.set(id, [...(byCase.get(id) ?? []), move]);
  }
  for (const [id, moves] of byCase) {
    const events = await db.selectFrom("case_event").select("kind").where("case_id", "=", id).execute();
    const topics = await db
      .selectFrom("outbox")
      .select("topic")
      .where("case_id", "=", id)
      .where("channel", "=", "webhook")
      .execute();
    for (const { move } of plan) {
      const times = events.filter((event) => event.kind === move).length;
      if (times === 0 && moves.includes(move)) lost(`${id} ${move}`);
      if (times > 1) doubled(`${id} ${move} stands ${times} times`);
      const told = topics.filter((row) => row.topic === `case.${move}`).length;
      if (told < times) lost(`the notice of ${id} ${move}`);
      if (told > times) doubled(`the notice of ${id} ${move}`);
    }
    if ((await brokenChain(db, id)) !== undefined) lost(`the chain of ${id} is broken`);
  }
  const inquiries = await db.selectFrom("document").select("id").where("kind", "=", "inquiry").execute();
  const inquired = await db.selectFrom("case_event").select("no").where("kind", "=", "inquire").execute();
  if (inquiries.length < inquired.length) lost("an inquiry without its document");
  if (inquiries.length > inquired.length) doubled("an inquiry with two documents");
}

/** Every notice reached the recipient; repeated ones under the same id, word for word. */
async function verifyNotices(house: House, delivered: Delivered, lost: Note, doubled: Note) {
  const rows = await house.store.db
    .selectFrom("outbox")
    .select(["id", "state", "case_id", "topic"])
    .where("channel", "!=", "console")
    .execute();
  for (const row of rows) {
    if (row.state !== "sent" || !delivered.has(row.id)) lost(`the notice ${row.topic} of ${row.case_id}`);
  }
  const named = new Map<string, number>();
  for (const [id, { bodies }] of delivered) {
    if (bodies.size > 1) doubled(`the notice ${id} was sent in two wordings`);
    const row = rows.find((one) => one.id === id);
    if (!row) doubled(`a notice that the house does not know: ${id}`);
    else named.set(`${row.case_id} ${row.topic}`, (named.get(`${row.case_id} ${row.topic}`) ?? 0) + 1);
  }
  for (const [name, times] of named) if (times > 1) doubled(`${name} was sent under ${times} ids`);
}

/** Every acknowledged release is whole, the last one is live, and each stands once in the journal. */
function verifyReleases(house: House, acks: readonly Ack[], lost: Note, doubled: Note) {
  const folder = join(house.folder, "releases");
  for (const { key, value } of acks) {
    if (!existsSync(join(folder, value, "manifest.json"))) lost(key);
    else if (!isWhole(folder, value)) lost(`${key} is half written`);
  }
  const last = acks.at(-1);
  if (last && readCurrent(folder) !== last.value) lost(`${last.key} is not live`);
  const journal = readFileSync(join(folder, "journal.jsonl"), "utf8");
  for (const { key, value } of acks) {
    const times = journal.split(`"release":"${value}"`).length - 1;
    if (times === 0) lost(`the journal of ${key}`);
    if (times > 1) doubled(`the journal of ${key}`);
  }
}

/** Whether what is live right after a crash can be answered from. */
export function isWhole(folder: string, id: string): boolean {
  try {
    readRelease(folder, id);
    return true;
  } catch {
    return false;
  }
}
