/** What the console needs of the house: accounts, the desk, and switches. Each call is checked again behind it. */

import type { Account, Accounts } from "../../src/cases/accounts.ts";
import type { FieldName, MoveFields, MoveName, Status } from "../../src/cases/states.ts";

export type { Account } from "../../src/cases/accounts.ts";

/** One-time codes by which an officer binds a chat account to the certificate. */
export interface Bindings {
  code(by: Account, certNo: string, at: Date): Promise<{ readonly code: string; readonly until: string }>;
}

export interface QueueFilter {
  readonly view?: "all" | "mine" | "tray" | "corrections";
  readonly status?: Status;
  readonly late?: boolean;
  readonly q?: string;
  readonly page?: number;
}

export interface QueueItem {
  readonly id: string;
  readonly kind: "complaint" | "correction";
  readonly status: Status;
  readonly matter: string;
  readonly organ?: string;
  readonly area?: string;
  readonly submitted: string;
  readonly dueDay?: string;
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

export const documentKinds = {
  inquiry: "核查通知",
  notice: "监督通知书",
  opinion: "监督意见书",
  decision: "监督决定书",
} as const;
export type DocumentKind = keyof typeof documentKinds;

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
  /** Undefined also when this account may not see it. */
  open(by: Account, id: string, at: Date): Promise<CaseView | undefined>;
  /** @throws AppError saying what is allowed; `conflict` when somebody was faster. */
  move(by: Account, id: string, version: number, name: MoveName, fields: MoveFields, at: Date): Promise<void>;
  say(by: Account, id: string, text: string, at: Date): Promise<void>;
  /** A draft from the case, for print. */
  draft(
    by: Account,
    id: string,
    kind: DocumentKind,
    at: Date,
  ): Promise<{ readonly title: string; readonly text: string }>;
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
}
