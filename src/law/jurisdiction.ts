/** Who answers, who reviews, who is sued and where (复议法 19、24–28;行诉法 14–18、26). */

import type { Day } from "./day.ts";
import type { SaidRef } from "./legal-ref.ts";
import type { Organ, OrganLookup } from "./organ.ts";

/** What the organ did; decides 复议前置 and notes. */
export const actKinds = [
  "onTheSpotPenalty",
  "cameraPenalty",
  "penalty",
  "coerciveMeasure",
  "enforcement",
  "license",
  "inaction",
  "informationRefusal",
  "naturalResources",
  "taxDispute",
  "customsTax",
  "pricePenalty",
  "antitrust",
  "filmReview",
  "counterEspionage",
  "detention",
  "other",
] as const;
export type ActKind = (typeof actKinds)[number];

export interface Act {
  /** The organ that signed (署名机关). */
  readonly organ: Organ;
  /** Others that signed with it (共同行为). */
  readonly jointOrgans?: readonly Organ[];
  readonly kind?: ActKind;
  /** Organ whose approval a statute requires, when it approved. */
  readonly approvedBy?: Organ;
  /** The decision concerns real estate (不动产). */
  readonly realEstate?: boolean;
  /** Personal liberty was restricted (限制人身自由). */
  readonly liberty?: boolean;
}

/** A published notice of centralised jurisdiction (集中管辖). Without one, no court is named. */
export interface CourtNotice {
  readonly title: string;
  readonly date: Day;
  /** Names the court for a place and level; undefined when the notice does not cover it. */
  readonly courtFor: (area: string, level: CourtLevel) => string | undefined;
}
export type CourtLevel = "基层人民法院" | "中级人民法院";

/** One organ that may be chosen. */
export interface OrganOption {
  readonly organ: Organ;
  /** One sentence: why this one. */
  readonly why: string;
  /** The office that handles it (复议机构), `盐湖区司法局`. */
  readonly office?: string;
  readonly basis: readonly SaidRef[];
}

/** `options` holds one organ, or several of which the person may choose. */
export type Finding =
  | { readonly kind: "found"; readonly options: readonly [OrganOption, ...OrganOption[]] }
  | { readonly kind: "ask"; readonly why: string; readonly ask: string; readonly basis: readonly SaidRef[] }
  | { readonly kind: "human"; readonly why: string; readonly basis: readonly SaidRef[] };

export interface PriorReconsideration {
  /** `yes` 必须先复议 · `no` 可以选择 · `unclear` 先复议最稳妥. */
  readonly required: "yes" | "no" | "unclear";
  readonly why: string;
  /** What it means for the person, one sentence. */
  readonly meaning: string;
  readonly basis: readonly SaidRef[];
}

export interface Litigation {
  readonly situation: "direct" | "upheld" | "changed" | "noDecision";
  readonly label: string;
  readonly defendants: readonly string[];
  readonly level: CourtLevel | "按案件类型确定";
  /** Where, or 管辖法院以公布的通知为准. */
  readonly place: string;
  readonly basis: readonly SaidRef[];
}

export interface Competence {
  readonly respondent: Finding;
  readonly reconsideration: Finding;
  readonly priorReconsideration: PriorReconsideration;
  readonly litigation: readonly Litigation[];
  /** Short extra sentences with basis: where else to hand it in, costs, final rulings. */
  readonly notes: readonly { readonly text: string; readonly basis: readonly SaidRef[] }[];
}

export type Competent = (act: Act, lookup: OrganLookup, courts?: CourtNotice) => Competence;
