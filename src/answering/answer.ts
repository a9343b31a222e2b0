/**
 * What a composer gets and gives, and the page it writes on: every statement put on a page names what it rests on,
 * so that the gates can check it before anything is sent.
 */
import type { Memory } from "../conversation.ts";
import type { Calendar } from "../law/calendar.ts";
import type { Day } from "../law/day.ts";
import type { Deadline } from "../law/deadline.ts";
import type { SaidRef } from "../law/legal-ref.ts";
import type { Library } from "../records/library.ts";
import type { PublishedRecord } from "../records/schema.ts";
import type { Block, CardRow, Choice, Citation, Outcome, Step } from "../reply.ts";
import type { SearchIndex } from "../search/passage.ts";
import type { Role } from "../turn.ts";
import { citationOfLaw, citationOfRecord } from "./citing.ts";
import type { Consulted } from "./consulting/consultant.ts";
import type { LawFact } from "./facts/fact.ts";
import type { Intent } from "./intents.ts";
import type { Part } from "./understanding.ts";

/** Everything a composer may know; composers are pure functions of it. */
export interface Ask {
  readonly part: Part;
  /** The words of this turn alone; `part.text` may hold the question they finish. */
  readonly said: string;
  readonly memory: Memory;
  readonly library: Library;
  readonly today: Day;
  readonly calendar: Calendar;
  readonly search: SearchIndex;
  readonly role: Role;
  /** A point chosen by its button. */
  readonly chosenPoint?: string;
  /** What a model pointed to, where our own finding was unsure. */
  readonly consulted?: Consulted;
  /** Area the door or the operator's setting assumes when nobody says one. */
  readonly area?: string;
}

export interface Answer {
  readonly outcome: Outcome;
  readonly intent: Intent;
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  readonly citations: readonly Citation[];
  /** Facts to keep; a key set to undefined is forgotten. */
  readonly remember: Partial<Memory>;
  /** Rules, calculator results and counts the answer took numbers from. */
  readonly evidence: readonly unknown[];
  /** Its first line answers the very question; a general published answer must not push it down. */
  readonly direct?: boolean;
  /** Our finding was unsure of it: a second look is worth while, where there is a model. */
  readonly unsure?: true;
  /** Shown with the reply on every door. */
  readonly labels?: readonly string[];
  /** The person asked for an older text: what it cites may be out of force, and the answer says so. */
  readonly history: boolean;
}

export type Composer = (ask: Ask) => Answer;

/** Records by id and legal references: what a block rests on. */
export type Support =
  | PublishedRecord
  | SaidRef
  | { readonly record: PublishedRecord; readonly locator: string };

export interface Page {
  text(text: string, ...on: readonly Support[]): Page;
  notice(level: "info" | "warn" | "urgent", text: string, ...on: readonly Support[]): Page;
  /** Rows without a value are left out; a card without rows too. */
  card(title: string, rows: readonly (CardRow | undefined)[], ...on: readonly Support[]): Page;
  steps(title: string, steps: readonly Step[], ...on: readonly Support[]): Page;
  table(
    title: string,
    columns: readonly string[],
    rows: readonly (readonly string[])[],
    ...on: readonly Support[]
  ): Page;
  deadline(deadline: Deadline, title?: string): Page;
  /** Facts of law in our words, one notice or text each, with their basis. */
  fact(...facts: readonly LawFact[]): Page;
  /** Several facts of law as one card: label and sentence. */
  facts(title: string, rows: readonly (readonly [string, LawFact])[]): Page;
  choice(id: string, label: string): Page;
  remember(facts: Partial<Memory>): Page;
  /** Hands the gates something numbers were taken from. */
  use(...evidence: readonly unknown[]): Page;
  done(outcome: Outcome, options?: { readonly history?: boolean; readonly direct?: boolean }): Answer;
}

export function newPage(ask: Ask, intent: Intent = ask.part.intent): Page {
  const blocks: Block[] = [];
  const choices: Choice[] = [];
  const citations: Citation[] = [];
  const evidence: unknown[] = [];
  let remembered: Partial<Memory> = {};

  const citeOne = (on: Support): number => {
    const citation =
      "law" in on
        ? citationOfLaw(on)
        : "record" in on
          ? citationOfRecord(on.record, ask, on.locator)
          : citationOfRecord(on, ask);
    const at = citations.findIndex(
      (known) => known.record === citation.record && known.locator === citation.locator,
    );
    if (at >= 0) return at;
    return citations.push(citation) - 1;
  };
  const cites = (on: readonly Support[]) => (on.length > 0 ? { cites: [...new Set(on.map(citeOne))] } : {});

  const page: Page = {
    text(text, ...on) {
      blocks.push({ kind: "text", text, ...cites(on) });
      return page;
    },
    notice(level, text, ...on) {
      blocks.push({ kind: "notice", level, text, ...cites(on) });
      return page;
    },
    card(title, rows, ...on) {
      const filled = rows.filter((row): row is CardRow => row !== undefined && row.value !== "");
      if (filled.length > 0) blocks.push({ kind: "card", title, rows: filled, ...cites(on) });
      return page;
    },
    steps(title, steps, ...on) {
      blocks.push({ kind: "steps", title, steps, ...cites(on) });
      return page;
    },
    table(title, columns, rows, ...on) {
      if (rows.length > 0) blocks.push({ kind: "table", title, columns, rows, ...cites(on) });
      return page;
    },
    deadline(deadline, title = deadline.label) {
      evidence.push(deadline);
      blocks.push({ kind: "deadline", title, deadline, ...cites(deadline.basis) });
      return page;
    },
    fact(...facts) {
      for (const fact of facts) {
        evidence.push(fact);
        blocks.push({ kind: "text", text: fact.say, ...cites(fact.basis) });
      }
      return page;
    },
    facts(title, rows) {
      for (const [, fact] of rows) evidence.push(fact);
      blocks.push({
        kind: "card",
        title,
        rows: rows.map(([label, fact]) => ({ label, value: fact.say })),
        ...cites(rows.flatMap(([, fact]) => fact.basis)),
      });
      return page;
    },
    choice(id, label) {
      if (!choices.some((known) => known.id === id)) choices.push({ id, label });
      return page;
    },
    remember(facts) {
      const last = facts.last ? { last: { ...remembered.last, ...facts.last } } : {};
      remembered = { ...remembered, ...facts, ...last };
      return page;
    },
    use(...more) {
      evidence.push(...more);
      return page;
    },
    done(outcome, options = {}) {
      return {
        outcome,
        intent,
        blocks,
        choices,
        citations,
        remember: { intent, ...remembered },
        evidence,
        history: options.history ?? false,
        ...(options.direct ? { direct: true } : {}),
      };
    },
  };
  return page;
}

/** A card row, or none where the record says nothing. */
export function row(label: string, value: string | undefined): CardRow | undefined {
  return value ? { label, value } : undefined;
}
