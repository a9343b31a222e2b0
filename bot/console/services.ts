/** What the console needs of the house: accounts, the desk, and switches. Each call is checked again behind it. */

import type { Account, Accounts } from "../../src/cases/accounts.ts";
import type { QueuePart } from "../../src/cases/queue.ts";
import type { FieldName, MoveFields, MoveName, Status } from "../../src/cases/states.ts";
import type { DataDesk } from "../../src/data-desk.ts";

import type { Deed } from "./audit-words.ts";

export type { Account } from "../../src/cases/accounts.ts";

/** One-time codes by which an officer binds a chat account to the certificate. */
export interface Bindings {
  code(by: Account, certNo: string, at: Date): Promise<{ readonly code: string; readonly until: string }>;
}

/** What a list of cases is narrowed to; `words` are searched in everything a reader may see. */
export interface QueueFilter {
  readonly only?: QueuePart;
  readonly kind?: "complaint" | "correction";
  readonly status?: Status;
  readonly matter?: string;
  /** `me`, `none`, or an account's name. */
  readonly assignee?: string;
  readonly words?: string;
  readonly sort?: "due" | "newest";
  readonly page?: number;
}

export interface QueueItem {
  readonly id: string;
  readonly kind: "complaint" | "correction";
  readonly status: Status;
  readonly matter: string;
  readonly organ?: string;
  /** By name. */
  readonly area?: string;
  readonly submitted: string;
  readonly dueDay?: string;
  /** Calendar days until the due day; negative when it has passed. */
  readonly daysLeft?: number;
  readonly late: boolean;
  readonly assignee?: string;
}

export interface CaseView {
  readonly item: QueueItem;
  readonly version: number;
  /** What was filed, in the person's words. */
  readonly text: string;
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    /** Own page of what the value names. */
    readonly href?: string;
  }[];
  /** Routing rule and reason. */
  readonly reason: string;
  /** Who must not see it, and why. */
  readonly excluded: readonly { readonly name: string; readonly why: string }[];
  readonly clocks: readonly {
    readonly label: string;
    readonly due: string;
    readonly basis: string;
    readonly late: boolean;
  }[];
  readonly events: readonly {
    readonly at: string;
    readonly actor: string;
    readonly label: string;
    readonly fields: readonly { readonly label: string; readonly value: string }[];
  }[];
  readonly messages: readonly {
    readonly at: string;
    readonly from: "complainant" | "office";
    readonly text: string;
  }[];
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
  }[];
  /** Exactly what the table permits this account now. */
  readonly moves: readonly MoveName[];
  /** What was issued, and what the other side answered. */
  readonly documents: readonly {
    readonly title: string;
    readonly state: "issued" | "answered" | "waived";
    readonly at: string;
    readonly recipient: string;
    readonly due?: string;
    readonly text: string;
    readonly answer?: string;
  }[];
  /** Values a field of a move may take, where they can be listed. */
  readonly offers: Partial<Record<FieldName, readonly { readonly value: string; readonly label: string }[]>>;
  /** Names an organ field suggests; others may be written. */
  readonly organs: readonly string[];
  /** What stands in a move's fields to begin with. */
  readonly begin: Partial<Record<MoveName, MoveFields>>;
  /** What else this account may do with it; nothing else is shown. */
  readonly may: { readonly write: boolean; readonly reveal: boolean; readonly export: boolean };
  /** Identity fields that exist; their content stays closed until a reason is given. */
  readonly identity: readonly ("name" | "contact")[];
}

/** A document addressed to the reader's own organ. */
export interface Inquiry {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly due?: string;
  readonly late: boolean;
  readonly text: string;
  readonly answer?: string;
}

/** A delivery that was set aside after its last try. */
export interface StuckDelivery {
  readonly id: string;
  readonly at: string;
  readonly topic: string;
  readonly channel: string;
  readonly tries: number;
  readonly error: string;
}

export interface Statistics {
  readonly total: number;
  readonly open: number;
  readonly late: number;
  /** Median calendar days from submission; undefined when nothing was accepted or closed. */
  readonly daysToAccept?: number;
  readonly daysToClose?: number;
  readonly by: readonly {
    readonly title: string;
    readonly rows: readonly { readonly name: string; readonly count: number }[];
  }[];
}

export interface Desk {
  queue(
    by: Account,
    filter: QueueFilter,
    at: Date,
  ): Promise<{
    readonly items: readonly QueueItem[];
    readonly total: number;
    readonly page: number;
    readonly pages: number;
  }>;
  /** How many of a list there are, for the tiles of the first page. */
  count(by: Account, filter: QueueFilter): Promise<number>;
  /** Every line of a list. That it was taken is audited. */
  exportList(by: Account, filter: QueueFilter): Promise<readonly QueueItem[]>;
  /** People who may be given a case. */
  assignees(by: Account): Promise<readonly { readonly value: string; readonly label: string }[]>;
  /** Gives each to one person; what could not be given is named with its reason. */
  assignAll(
    by: Account,
    ids: readonly string[],
    assignee: string,
    at: Date,
  ): Promise<{
    readonly done: number;
    readonly failed: readonly { readonly id: string; readonly say: string }[];
  }>;
  /** Undefined also when this account may not see it. */
  open(by: Account, id: string, at: Date): Promise<CaseView | undefined>;
  /** @throws AppError saying what is allowed; `conflict` when somebody was faster. */
  move(by: Account, id: string, version: number, name: MoveName, fields: MoveFields, at: Date): Promise<void>;
  say(by: Account, id: string, text: string, at: Date): Promise<void>;
  /** The document a move would send, but for its number; refused for the same reasons as the move. */
  preview(by: Account, id: string, name: MoveName, fields: MoveFields, at: Date): Promise<string>;
  /** Logged with its reason. */
  reveal(by: Account, id: string, field: "name" | "contact", reason: string, at: Date): Promise<string>;
  file?(
    by: Account,
    id: string,
    fileId: string,
    at: Date,
  ): Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array } | undefined>;
  alarms(
    by: Account,
  ): Promise<readonly { readonly id: string; readonly at: string; readonly text: string }[]>;
  acknowledge(by: Account, id: string, at: Date): Promise<void>;
  /** The case as text with the reader's name on every line. Logged with its reason. */
  export(by: Account, id: string, reason: string): Promise<string>;
  inquiries(by: Account): Promise<readonly Inquiry[]>;
  answer(by: Account, id: string, text: string): Promise<void>;
  stuck(by: Account): Promise<readonly StuckDelivery[]>;
  retry(by: Account, id: string): Promise<void>;
  /** `month` is `2026-11`. */
  statistics(by: Account, month: string): Promise<Statistics>;
  audit(
    by: Account,
    page: number,
    /** `who` by account or name, `about` part of a case's number. */
    filter: { readonly deed?: Deed; readonly who?: string; readonly about?: string },
  ): Promise<{
    readonly items: readonly {
      readonly at: string;
      readonly who: string;
      readonly what: string;
      readonly about: string;
      readonly reason: string;
    }[];
    readonly page: number;
    readonly more: boolean;
    readonly intact: boolean;
  }>;
}

export interface Switches {
  list(): Promise<{
    readonly topics: readonly { readonly id: string; readonly label: string; readonly off?: string }[];
    readonly withdrawn: readonly { readonly id: string; readonly title: string; readonly reason: string }[];
  }>;
  setTopic(by: Account, topic: string, offReason: string | undefined, at: Date): Promise<void>;
  withdraw(by: Account, record: string, reason: string, at: Date): Promise<void>;
}

export interface ConsoleServices {
  readonly accounts: Accounts;
  /** An organ's id from its id or name. @throws AppError `unknown_value` naming what comes near. */
  organId(written: string): string;
  organName(id: string): string;
  readonly desk: Desk;
  readonly switches?: Switches;
  readonly bindings?: Bindings;
  readonly data?: DataDesk;
}
