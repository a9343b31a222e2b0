/**
 * Every table, one interface each. Portable rules: instants are milliseconds (bigint), booleans 0/1,
 * structured values JSON text with a version inside, sealed values base64 text.
 */
import type { CaseTables } from "./case-tables.ts";

/** A turn that was answered; the key is a keyed digest, the reply is sealed. Purged after the retention time. */
export interface TurnRow {
  id: string;
  conversation: string;
  /** Sealed Reply. */
  reply: string;
  at: number;
}

/** What a conversation remembers between turns, sealed. */
export interface ConversationRow {
  id: string;
  /** Grows by one with every turn; a writer that saw an older one starts over. */
  version: number;
  /** Sealed ConversationState. */
  state: string;
  at: number;
}

/** A file of the releases folder, gzipped: how releases reach every machine that shares the database. */
export interface ReleaseFileRow {
  /** `current`, `switches.json`, or `<release>/records.jsonl`. */
  name: string;
  body: string;
  at: number;
}

export interface Tables extends CaseTables {
  turn: TurnRow;
  conversation: ConversationRow;
  release_file: ReleaseFileRow;
}
