/** Tables of complaints, cases, accounts and deliveries. Same portable rules as `tables.ts`. */

/** What was filed, as filed; never edited. Nothing in it names a person in clear. */
export interface ComplaintRow {
  id: string;
  kind: "complaint" | "correction";
  /** Found by what Argon2id makes of a receipt; the receipt itself is kept nowhere. */
  verifier: string;
  /** The report's own key, wrapped once for the holder of the receipt and once for the office. */
  key_for_receipt: string;
  key_for_office: string;
  /** Sealed `Filing`. */
  content: string;
  /** SHA-256 of the content as filed: what the acknowledgement vouches for. */
  digest: string;
  /** Keyed digest of the submission's own id: the same submission is filed once. */
  submission: string;
  door: string;
  secrecy: "named" | "confidential" | "anonymous";
  filed_at: number;
}

/** Identity and return address, under a key of their own. A missing row means none was given, or it was deleted. */
export interface VaultRow {
  complaint: string;
  /** Data key of this row, wrapped with the vault's key. */
  wrapped_key: string;
  /** Sealed `Identity`. */
  identity: string | null;
  /** Sealed `ReturnAddress`. */
  address: string | null;
  at: number;
}

export interface EvidenceRow {
  id: string;
  /** Null while the draft is open. */
  complaint: string | null;
  /** Keyed digest of the conversation that sent it, so that abandoned drafts can be swept. */
  conversation: string;
  /** Sealed file name. */
  name: string;
  type: string;
  bytes: number;
  /** SHA-256 of the file as stored before sealing (metadata already stripped). */
  sha256: string;
  at: number;
}

export interface CaseRow {
  id: string;
  complaint: string;
  kind: "complaint" | "correction";
  status: string;
  /** Grows by one with every move; a writer that saw an older one starts over. */
  version: number;
  /** Entity id of the office that supervises; null lies in the human tray. */
  office: string | null;
  /** Routing rule that sent it here, and its reason in words. */
  rule: string;
  reason: string;
  /** Entity id complained of, when known. */
  organ: string | null;
  matter: string;
  area: string | null;
  secrecy: "named" | "confidential" | "anonymous";
  submitted_at: number;
  accepted_at: number | null;
  closed_at: number | null;
  /** Earliest running clock, `YYYY-MM-DD`; null when none runs. */
  due_day: string | null;
  /** JSON `Clocks`. */
  clocks: string;
  assignee: string | null;
  returns: number;
  result: string | null;
  /** 1–5, given by the complainant. */
  satisfaction: number | null;
  /** Hash of the last event. */
  head: string;
  /** Day a reminder, an overdue notice or an escalation was last sent, JSON by kind. */
  reminded: string;
}

/** Who must never see the case: organs and officers, by id. */
export interface CaseExclusionRow {
  case_id: string;
  /** Entity id or officer record id. */
  party: string;
  why: string;
}

export interface CaseEventRow {
  case_id: string;
  no: number;
  at: number;
  kind: string;
  /** Account id, `complainant` or `system`. */
  actor: string;
  from_status: string;
  to_status: string;
  /** Sealed JSON fields. */
  body: string;
  previous: string;
  hash: string;
}

export interface MessageRow {
  id: string;
  case_id: string;
  no: number;
  author: "complainant" | "office";
  /** Account id when the office wrote. */
  account: string | null;
  body: string;
  at: number;
}

export interface DocumentRow {
  id: string;
  case_id: string;
  kind: "inquiry" | "notice" | "opinion" | "decision";
  /** `waived`: no longer waited for, with the reason in the case's history. */
  status: "issued" | "answered" | "waived";
  /** Entity id it is addressed to. */
  recipient: string;
  number: string | null;
  /** Sealed text; a 核查通知 holds nothing of the complaint. */
  body: string;
  /** Sealed answer of the recipient. */
  answer: string | null;
  due_day: string | null;
  at: number;
}

export type DeliveryState = "waiting" | "claimed" | "sent" | "aside" | "skipped";

export interface OutboxRow {
  id: string;
  /** Deliveries of one lane go out in order: the case and recipient. */
  lane: string;
  no: number;
  case_id: string | null;
  channel: "door" | "webhook" | "console";
  /** Sealed address for a door; account or office for the console. */
  recipient: string;
  topic: string;
  /** JSON payload, content-free. */
  payload: string;
  state: DeliveryState;
  tries: number;
  next_at: number;
  claimed_by: string | null;
  lease_until: number;
  last_error: string | null;
  created_at: number;
  sent_at: number | null;
}

/** A trouble someone must see; raised again until acknowledged. */
export interface AlarmRow {
  id: string;
  kind: string;
  subject: string;
  text: string;
  first_at: number;
  last_at: number;
  times: number;
  acknowledged_by: string | null;
  acknowledged_at: number | null;
}

export interface AccountRow {
  id: string;
  name: string;
  display: string;
  password: string;
  /** JSON array of roles. */
  roles: string;
  /** Entity id the person works for; `*` stands for the operator. */
  entity: string;
  /** JSON array of area code prefixes; empty means everywhere in reach of the entity. */
  areas: string;
  /** Officer record id, when the person is also an enforcement officer. */
  officer: string | null;
  disabled: number;
  must_change: number;
  signed_in_at: number | null;
  created_at: number;
}

export interface SessionRow {
  /** Keyed digest of the token. */
  id: string;
  account: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

export interface OfficerCodeRow {
  /** Keyed digest of the one-time code. */
  id: string;
  officer: string;
  issued_by: string;
  expires_at: number;
  used_at: number | null;
}

/** Every read of a case, reveal of an identity, sign-in and export; chained by hash. */
export interface AuditRow {
  no: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  reason: string;
  previous: string;
  hash: string;
}

/** Register of deletions: that something was deleted, never what. */
export interface DeletionRow {
  id: string;
  at: number;
  what: string;
  subject: string;
  rule: string;
}

/** Token buckets against guessing. */
export interface ThrottleRow {
  key: string;
  tokens: number;
  at: number;
}

/** Last number given in a series of documents: office, kind and year. */
export interface NumberingRow {
  series: string;
  last: number;
}

export interface CaseTables {
  complaint: ComplaintRow;
  vault: VaultRow;
  evidence: EvidenceRow;
  case_file: CaseRow;
  case_exclusion: CaseExclusionRow;
  case_event: CaseEventRow;
  message: MessageRow;
  document: DocumentRow;
  numbering: NumberingRow;
  outbox: OutboxRow;
  alarm: AlarmRow;
  account: AccountRow;
  session: SessionRow;
  officer_code: OfficerCodeRow;
  audit: AuditRow;
  deletion: DeletionRow;
  throttle: ThrottleRow;
}
