/** What goes out: one channel-neutral reply. Doors decide how it looks, never what it says. */

import type { Day } from "./law/day.ts";
import type { Deadline } from "./law/deadline.ts";

export const outcomes = [
  "answered",
  "clarify",
  "not_found",
  "not_published",
  "redirected",
  "declined",
  "emergency",
  "filed",
  "handed_over",
  "failed",
] as const;
export type Outcome = (typeof outcomes)[number];

/** `cites` are indexes into the reply's citations: what this block rests on. */
export type Block =
  | { readonly kind: "text"; readonly text: string; readonly cites?: readonly number[] }
  | {
      readonly kind: "card";
      readonly title: string;
      readonly rows: readonly CardRow[];
      readonly cites?: readonly number[];
    }
  | {
      readonly kind: "steps";
      readonly title: string;
      readonly steps: readonly Step[];
      readonly cites?: readonly number[];
    }
  | {
      readonly kind: "table";
      readonly title: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly cites?: readonly number[];
    }
  | {
      readonly kind: "deadline";
      readonly title: string;
      readonly deadline: Deadline;
      readonly cites?: readonly number[];
    }
  | {
      readonly kind: "notice";
      readonly level: "info" | "warn" | "urgent";
      readonly text: string;
      readonly cites?: readonly number[];
    }
  /** Shown once, when a complaint or correction has been filed and committed. */
  | {
      readonly kind: "receipt";
      readonly receipt: string;
      readonly acknowledgement: string;
      readonly text: string;
    };

export interface CardRow {
  readonly label: string;
  readonly value: string;
}

export interface Step {
  readonly title: string;
  readonly text: string;
  readonly actor?: string;
  readonly limit?: string;
  readonly documents?: readonly string[];
  readonly basis?: string;
}

export interface Choice {
  /** Sent back as `turn.choice`; opaque to doors, at most 60 bytes so it fits a Telegram button. */
  readonly id: string;
  readonly label: string;
}

export interface Citation {
  /** The published record, or `law:<key>:<article>` for a rule of law. */
  readonly record: string;
  readonly title: string;
  readonly docNo?: string;
  /** Article or row: `第二十条第一款`, `权责清单.xlsx 第 12 行`. */
  readonly locator?: string;
  readonly issuer?: string;
  readonly effectiveFrom?: Day;
  readonly effectiveTo?: Day;
  /** The date of the list or text relied on. */
  readonly asOf?: string;
  readonly url?: string;
  /** Present when the fact is not read from the text itself. */
  readonly caution?: string;
}

export interface Reply {
  readonly turn: string;
  readonly outcome: Outcome;
  /** One of the intents in `answering/intents.ts`, or `dialogue:<script>`. */
  readonly intent: string;
  /** First block first: its first line alone must be enough for someone in a hurry. */
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  readonly citations: readonly Citation[];
  /** `演示数据`, `自动回答` …: shown with the reply on every door. */
  readonly labels: readonly string[];
  /** The release answered from. */
  readonly release: string;
  /** Reference for support, present when the outcome is `failed`. */
  readonly reference?: string;
}
