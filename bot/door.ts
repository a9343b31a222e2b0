/** A door: where people come in. It turns outside messages into turns and replies into outside messages, nothing else. */
import type { App } from "../src/app.ts";
import type { Reply } from "../src/reply.ts";
import type { DoorName } from "../src/turn.ts";
import type { DoorState } from "./supervisor.ts";

/** All of the house a chat door touches. */
export type DoorHouse = Pick<
  App,
  "config" | "log" | "assistant" | "library" | "inbox" | "leases" | "keptPages"
>;

/** What a door can show; rendering falls back to plain text for the rest. */
export interface DoorManners {
  /** Buttons, or numbered choices in text. */
  readonly buttons: boolean;
  readonly files: boolean;
  /** Longest single message, in the door's own unit. */
  readonly maxMessage: { readonly amount: number; readonly unit: "characters" | "bytes" };
  /** Whether anybody outside the country carries the message. */
  readonly abroad: boolean;
}

export interface Door {
  readonly name: DoorName;
  readonly manners: DoorManners;
  /** For operators. Absent: it is there as long as the process is. */
  readonly state?: () => DoorState;
  start(): Promise<void>;
  /** Stops taking messages, finishes those under way. */
  stop(): Promise<void>;
  /** Sends outside a turn (a late answer, 有新进展). @throws when the outside refuses; the outbox retries. */
  send(address: string, reply: Reply): Promise<void>;
}
