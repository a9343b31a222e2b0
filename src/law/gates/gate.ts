/** A question an officer asks before acting, answered from facts with its basis. */
import type { SaidRef } from "../legal-ref.ts";
import type { HearingThreshold } from "../organ.ts";

/** 处罚种类 and other measures. */
export const measures = [
  "warning",
  "publicCriticism",
  "fine",
  "confiscateGains",
  "confiscateProperty",
  "suspendLicense",
  "downgradeQualification",
  "revokeLicense",
  "suspendBusiness",
  "closeBusiness",
  "restrictOccupation",
  "detention",
] as const;
export type Measure = (typeof measures)[number];

/** What is known of a case. All optional: a gate says which missing fact decides. */
export interface CaseFacts {
  /** Special procedure field; absent = 一般行政处罚. */
  readonly field?: "general" | "publicSecurity" | "traffic" | "exitEntry" | "market";
  readonly activity?: "penalty" | "license" | "compulsion" | "levy" | "inspection" | "other";
  readonly party?: "citizen" | "organization";
  readonly measures?: readonly Measure[];
  readonly fineYuan?: number;
  readonly gainsYuan?: number;
  readonly propertyYuan?: number;
  readonly age?: number;
  readonly factsClear?: boolean;
  readonly hasStatutoryBasis?: boolean;
  readonly onTheSpot?: boolean;
  readonly officers?: number;
  readonly partyObjects?: boolean;
  readonly fullRecording?: boolean;
  readonly hearingThreshold?: HearingThreshold;
  readonly hearingHeld?: boolean;
  readonly [other: string]: unknown;
}

export interface GateAnswer {
  readonly gate: string;
  readonly answer: "yes" | "no" | "depends";
  /** Facts still needed, as questions; present when `depends`. */
  readonly on?: readonly { readonly fact: string; readonly ask: string }[];
  readonly reasons: readonly string[];
  readonly basis: readonly SaidRef[];
  readonly documents: readonly string[];
  /** Ids of the time limits that now run. */
  readonly clock?: readonly string[];
  readonly caution?: string;
}

export interface Gate {
  /** Stable id, `onTheSpotPenalty`. */
  readonly id: string;
  /** 能不能当场处罚. */
  readonly title: string;
  /** Facts the gate may read. */
  readonly facts: readonly (keyof CaseFacts & string)[];
  readonly decide: (facts: CaseFacts) => GateAnswer;
}
