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

/** What a chat platform delivered: committed before it is confirmed, answered from here. */
export interface InboxRow {
  /** Keyed digest of the platform's own id: delivered again it is the same row. */
  id: string;
  door: string;
  /** Keyed digest of the conversation; its rows are answered one after another. */
  line: string;
  /** The platform's own order within the line. */
  no: number;
  /** Keyed digest of the message, which keeps its name when it is edited. */
  source: string | null;
  /** Keyed digest of the words, to tell an edit from a mere change of looks. */
  mark: string | null;
  /** Keyed digest of the album it belongs to. */
  album: string | null;
  /** Sealed; null once it is answered. */
  body: string | null;
  state: "waiting" | "claimed" | "done" | "aside";
  tries: number;
  due_at: number;
  /** The worker that took it in holds the person's line open, and answers first until `free_at`. */
  receiver: string;
  free_at: number;
  claimed_by: string | null;
  lease_until: number;
  at: number;
}

/** A page that could not be pushed and waits until the person asks for it. */
export interface KeptPageRow {
  id: string;
  /** Keyed digest. */
  conversation: string;
  no: number;
  /** Sealed. */
  page: string;
  /** Keyed digest of the message that asked for it: asked again by the same message it is the same page. */
  given_to: string | null;
  at: number;
}

/** A signature that was used, and for what. */
export interface SeenOnceRow {
  id: string;
  content: string;
  at: number;
}

/** A piece of a sealed evidence file: every worker reads the same. */
export interface EvidenceChunkRow {
  evidence: string;
  no: number;
  body: string;
  at: number;
}

/** What belongs to this database and no other. */
export interface SettingRow {
  name: string;
  value: string;
}

/** Who alone does a thing, and until when. */
export interface LeaseRow {
  name: string;
  holder: string;
  until: number;
}

export interface Tables extends CaseTables {
  inbox: InboxRow;
  kept_page: KeptPageRow;
  seen_once: SeenOnceRow;
  lease: LeaseRow;
  evidence_chunk: EvidenceChunkRow;
  setting: SettingRow;
  turn: TurnRow;
  conversation: ConversationRow;
  release_file: ReleaseFileRow;
}
