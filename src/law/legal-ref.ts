/** A place in a law, and the law's own facts: what every rule, record and answer cites. */
import type { Day } from "./day.ts";

/**
 * How far a fact may be trusted:
 * `T` read in the statute's own text · `S` read in a secondary page · `I` inferred, a lawyer should confirm.
 * `S` and `I` are always shown with that caution. Unverified facts are not shipped at all.
 */
export type Mark = "T" | "S" | "I";

/** One version of one instrument. */
export interface Law {
  /** Stable key used by rules: `行政处罚法`. */
  readonly key: string;
  readonly title: string;
  /** 文号 or decree number when it has one. */
  readonly docNo?: string;
  readonly rank: LawRank;
  readonly issuer: string;
  /** Date of the text that was read. */
  readonly version: Day;
  readonly effectiveFrom: Day;
  readonly effectiveTo?: Day;
  readonly mark: Mark;
  /** What is shaky about it, in words a citizen may read. Present whenever `mark` is not `T`. */
  readonly caution?: string;
}

/** Legal rank, highest first: a higher rank prevails over a lower one (立法法). 党内法规 stands outside the ranking. */
export const lawRanks = [
  "法律",
  "行政法规",
  "地方性法规",
  "司法解释",
  "部门规章",
  "政府规章",
  "规范性文件",
  "党内法规",
] as const;
export type LawRank = (typeof lawRanks)[number];

/** A pinpoint: law key plus article as text, `第六十条第一款`. */
export interface LegalRef {
  readonly law: string;
  readonly article: string;
  readonly mark: Mark;
  readonly note?: string;
}

/** A reference with its printed form, ready to show. */
export type SaidRef = LegalRef & { readonly text: string };

/** `行政复议法第二十条第一款`, with the caution where the fact is not from the text itself. */
export function sayRef(ref: LegalRef): string {
  const caution =
    ref.mark === "I" ? "(推断,待法律人员确认)" : ref.mark === "S" ? "(据二手资料,原文未核)" : "";
  return `《${ref.law}》${ref.article}${caution}`;
}
