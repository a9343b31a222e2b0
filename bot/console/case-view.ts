/** One case of the desk as its page shows it. */
import { hasRole } from "../../src/cases/access.ts";
import type { Account } from "../../src/cases/accounts.ts";
import type { CaseLine, CaseView as HouseCase } from "../../src/cases/case-view.ts";
import { basisOf, type DocumentKind, titleOf } from "../../src/cases/documents.ts";
import { fields, type MoveFields, type MoveName, moves } from "../../src/cases/states.ts";
import { sayContested } from "../../src/complaints/contested.ts";
import { maskIdentity } from "../../src/complaints/vault.ts";
import { type Day, dayOf, daysBetween } from "../../src/law/day.ts";
import type { Library } from "../../src/records/library.ts";
import { recordPath } from "../web/blocks.ts";
import { areaName } from "../web/pages/shared.ts";
import { organNameOf } from "./organs.ts";
import type { CaseView, QueueItem } from "./services.ts";

/** How the vault says that nothing was left. */
const absent = maskIdentity(undefined);
const CONTESTED = "被指有误的记录";
const MAX_ORGANS = 400;
/** Moves that issue a document whose findings a person writes. */
const issuing = { issueNotice: "notice", issueOpinion: "opinion", issueDecision: "decision" } as const;

export function toCaseView(
  view: HouseCase,
  reader: Account,
  accounts: readonly Account[],
  library: Library,
  today: Day,
): CaseView {
  const people = new Map(accounts.map(({ id, display }) => [id, display]));
  const names = view.moves.map(({ name }) => name);
  const titles = new Map(view.documents.map(({ id, kind, number }) => [id, titleOf(kind, number)]));
  return {
    item: toItem(view, people, library, today),
    version: view.version,
    text: view.filing.what,
    facts: factsOf(view, library),
    reason: view.reason,
    excluded: view.excluded.map(({ party, why }) => ({ name: organNameOf(library, party), why })),
    clocks: view.clocks.map(({ label, due, basis }) => ({ label, due, basis, late: due < today })),
    events: view.events.map((event) => ({
      at: sayTime(event.at),
      actor: sayActor(event.actor, people),
      label: event.kind in moves ? moves[event.kind as MoveName].label : "登记",
      fields: Object.entries(event.fields).flatMap(([name, value]) =>
        value && name in fields ? [saidField(name as keyof MoveFields, value, people, titles, library)] : [],
      ),
    })),
    messages: view.messages.map(({ at, from, text }) => ({ at: sayTime(at), from, text })),
    files: view.files.map(({ id, type, bytes }) => ({ id, name: `证据 ${id}`, type, bytes })),
    moves: names,
    documents: view.documents.map((one) => ({
      title: titleOf(one.kind, one.number),
      state: one.status,
      at: sayTime(one.at),
      recipient: organNameOf(library, one.recipient),
      ...(one.dueDay && { due: one.dueDay }),
      text: one.text,
      ...(one.answer && { answer: one.answer }),
    })),
    offers: {
      assignee: accounts
        .filter(
          (one) => !one.disabled && hasRole(one, "supervisor", "reviewer", "editor") && reaches(one, view),
        )
        .map(({ name, display }) => ({ value: name, label: `${display}(${name})` })),
      document: view.documents
        .filter(({ status }) => status === "issued")
        .map(({ id }) => ({ value: id, label: titles.get(id) ?? id })),
    },
    organs: organsNear(view, library),
    begin: beginnings(view, names),
    may: {
      write: hasRole(reader, "supervisor", "reviewer", "editor"),
      reveal: hasRole(reader, "supervisor", "reviewer"),
      export: hasRole(reader, "supervisor", "reviewer", "auditor"),
    },
    identity: (["name", "contact"] as const).filter((field) => view.identity[field] !== absent[field]),
  };
}

function factsOf({ filing }: HouseCase, library: Library): CaseView["facts"] {
  const contested =
    filing.record === undefined ? undefined : sayContested(filing.record, filing.what, library);
  const page = filing.record && contested && (recordPath(filing.record) ?? recordPath(contested.organ ?? ""));
  const said: readonly (readonly [string, string | undefined])[] = [
    ["单位(原话)", filing.organName],
    ["人员", filing.officer],
    ["时间", filing.when ?? filing.day],
    ["地点", filing.where],
    ["金额", filing.amountYuan === undefined ? undefined : `${filing.amountYuan} 元`],
    [CONTESTED, contested?.name ?? filing.record],
    ["提出时公布的", filing.field],
    ["出自", contested?.source],
    ["记录编号", contested && filing.record],
  ];
  const shown = said.flatMap(([label, value]) =>
    value ? [{ label, value, ...(page && label === CONTESTED ? { href: page } : {}) }] : [],
  );
  return contested && filing.record
    ? [
        ...shown,
        { label: "核对有误", value: "停用这条记录", href: `/console/switches?record=${filing.record}` },
      ]
    : shown;
}

function saidField(
  name: keyof MoveFields,
  value: string,
  people: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
  library: Library,
): { readonly label: string; readonly value: string } {
  const label = fields[name].label.replace(/编号$|账号$/, "");
  if (name === "document") return { label: "文书", value: titles.get(value) ?? value };
  if (name === "assignee") return { label, value: people.get(value) ?? value };
  const organ = name === "office" || name === "referTo" || name === "recipient";
  return { label, value: organ ? organNameOf(library, value) : value };
}

function reaches(account: Account, { office, excluded }: HouseCase): boolean {
  if (excluded.some(({ party }) => party === account.entity || party === account.officer)) return false;
  return account.entity === "*" || account.entity === office;
}

/** Enforcing and justice organs of the same library of data as the organ complained of. */
function organsNear(view: HouseCase, library: Library): readonly string[] {
  const record = view.organ === undefined ? undefined : library.find(view.organ);
  return library
    .all("entity")
    .filter((one) => record === undefined || one.dataset === record.dataset)
    .slice(0, MAX_ORGANS)
    .map(({ name }) => name);
}

function beginnings(view: HouseCase, names: readonly MoveName[]): CaseView["begin"] {
  const recipient = view.organName === undefined ? {} : { recipient: view.organName };
  const begin: Partial<Record<MoveName, MoveFields>> = {};
  if (names.includes("inquire")) begin.inquire = recipient;
  for (const [move, kind] of Object.entries(issuing) as [keyof typeof issuing, DocumentKind][]) {
    const legalBasis = basisOf(kind, view.matter);
    if (names.includes(move)) begin[move] = { ...recipient, ...(legalBasis && { legalBasis }) };
  }
  return begin;
}

export function toItem(
  line: CaseLine,
  people: ReadonlyMap<string, string>,
  library: Library,
  today: Day,
): QueueItem {
  return {
    id: line.id,
    kind: line.kind,
    status: line.status,
    matter: line.matter,
    ...(line.organName && { organ: line.organName }),
    ...(line.area && { area: areaName(library, line.area) }),
    submitted: dayOf(line.submittedAt),
    ...(line.dueDay && { dueDay: line.dueDay, daysLeft: daysBetween(today, line.dueDay) }),
    late: line.late,
    ...(line.assignee && { assignee: people.get(line.assignee) ?? line.assignee }),
  };
}

export function sayActor(actor: string, people: ReadonlyMap<string, string>): string {
  if (actor === "complainant") return "投诉人";
  return actor === "system" ? "系统" : (people.get(actor) ?? actor);
}

/** `2026-11-24 09:30`, Beijing. */
export function sayTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}
