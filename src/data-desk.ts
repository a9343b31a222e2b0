/** The desk where published lists come in, are looked at, and go out as releases: what console and command line may ask of it. */
import type { Account } from "./cases/accounts.ts";

/** A list as a person looks at it before it is anybody's data. */
export interface ListSheet {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  readonly kindLabel: string;
  /** Who brought it in. */
  readonly by: string;
  readonly at: string;
  /** The file as a whole was not accepted; `issues` say why. */
  readonly refused: boolean;
  readonly counts: {
    readonly rows: number;
    readonly accepted: number;
    readonly warned: number;
    readonly quarantined: number;
  };
  /** What each column was read as; without `field` it is not read. */
  readonly columns: readonly ListColumn[];
  readonly issues: readonly ListIssue[];
  /** The first rows, as the file has them and as they were read. */
  readonly rows: readonly ListRow[];
}

export interface ListColumn {
  readonly heading: string;
  readonly field?: string;
  /** 0–1. */
  readonly score?: number;
  readonly rival?: string;
}

export interface ListIssue {
  readonly severity: "E" | "W" | "I";
  readonly code: string;
  readonly row?: number;
  readonly column?: string;
  /** What the cell says, where the row and the column are known. */
  readonly cell?: string;
  readonly say: string;
}

export interface ListRow {
  readonly number: number;
  /** By heading, in the order of `columns`. */
  readonly cells: readonly string[];
  /** Name of the record it became; undefined for a row set aside. */
  readonly readAs?: string;
}

/** A list that waits for publication. */
export interface WaitingLine {
  readonly id: string;
  readonly file: string;
  readonly kindLabel: string;
  readonly by: string;
  readonly at: string;
  readonly records: number;
  /** Why it cannot go out yet; empty when it can. */
  readonly held: readonly string[];
  /** Mapping that a second person has still to confirm. */
  readonly mapping?: string;
}

export interface MappingLine {
  readonly id: string;
  readonly kindLabel: string;
  readonly source: string;
  readonly by: string;
  readonly at: string;
  readonly columns: readonly ListColumn[];
  readonly confirmedBy?: string;
}

export interface ChangedRecord {
  readonly id: string;
  readonly kindLabel: string;
  readonly name: string;
  /** What it says now and what it would say; empty for added and removed. */
  readonly fields: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

/** What would be published next, against what is live. */
export interface NextRelease {
  readonly lists: readonly WaitingLine[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly added: readonly ChangedRecord[];
  readonly changed: readonly ChangedRecord[];
  readonly removed: readonly ChangedRecord[];
  /** Named by no new list, and kept unless the proposal says to remove them. */
  readonly missing: readonly ChangedRecord[];
}

/** What one person asks for and another does. */
export interface Proposal {
  readonly what: "publish" | "rollback";
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  /** Lists that go out, by id. */
  readonly lists: readonly string[];
  /** Release to go back to. */
  readonly release?: string;
  readonly removeMissing: boolean;
  /** The reader asked for it, and so may not do it. */
  readonly mine: boolean;
}

export interface ReleaseLine {
  readonly id: string;
  readonly at: string;
  readonly records: number;
  readonly preparedBy: string;
  readonly publishedBy: string;
  readonly note?: string;
  readonly live: boolean;
}

/** What a person says of an upload; the rest is read from the file. */
export interface UploadFacts {
  readonly kind: string;
  /** Organ of lists without an organ column. */
  readonly entity?: string;
  readonly dataset?: string;
  readonly title?: string;
  readonly publisher?: string;
  readonly publishedOn?: string;
}

/** Each call is done for an account in the role of 数据编辑 or 审核 and stands in the audit log. */
export interface DataDesk {
  readonly kinds: readonly { readonly id: string; readonly label: string }[];
  /** Read and looked at; nobody's data yet. @returns the sheet's id. */
  upload(
    by: Account,
    file: { readonly name: string; readonly bytes: Uint8Array },
    facts: UploadFacts,
  ): Promise<string>;
  uploads(by: Account): readonly ListSheet[];
  /** @throws AppError `not_found` */
  sheet(by: Account, id: string): ListSheet;
  /** The upload becomes a draft that waits for publication. */
  keep(by: Account, id: string): Promise<void>;
  drop(by: Account, id: string): Promise<void>;
  discard(by: Account, list: string, reason: string): Promise<void>;
  mappings(by: Account): readonly MappingLine[];
  /** @throws AppError `bad_input` for the person who brought the list in. */
  confirmMapping(by: Account, id: string): Promise<void>;
  waitingLists(by: Account): readonly WaitingLine[];
  next(by: Account): NextRelease;
  proposal(by: Account): Proposal | undefined;
  proposePublish(by: Account, reason: string, removeMissing: boolean): Promise<void>;
  proposeRollback(by: Account, release: string, reason: string): Promise<void>;
  /** By a person other than the proposer. @returns the release that is now live. */
  approve(by: Account): Promise<string>;
  refuse(by: Account): Promise<void>;
  releases(by: Account): readonly ReleaseLine[];
  /** What waits for anybody in this role. */
  waiting(by: Account): {
    readonly uploads: number;
    readonly lists: number;
    readonly mappings: number;
    readonly proposals: number;
  };
}
