/** A procedure as an officer walks it. */
import type { SaidRef } from "../legal-ref.ts";

export interface ProcedureStep {
  /** Unique within the procedure, `filing`. */
  readonly id: string;
  /** 立案. */
  readonly title: string;
  readonly actor: string;
  readonly mustDo: readonly string[];
  /** The time allowed in words; `rule` is the deadline rule that computes it. */
  readonly limit?: { readonly text: string; readonly rule?: string };
  readonly documents: readonly string[];
  readonly basis: readonly SaidRef[];
  /** Only in this case; absent = always. */
  readonly onlyIf?: string;
}

export interface Procedure {
  readonly id: string;
  /** 简易程序(当场处罚). */
  readonly title: string;
  /** When it applies, one sentence. */
  readonly appliesWhen: string;
  /** Gate ids to ask first. */
  readonly gates: readonly string[];
  readonly steps: readonly [ProcedureStep, ...ProcedureStep[]];
  readonly caution?: string;
}
