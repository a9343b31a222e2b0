/** What a search for an organ ends in: organs, a question, or a person. */
import type { SaidRef } from "./legal-ref.ts";
import type { Organ } from "./organ.ts";

/** One organ that may be chosen. */
export interface OrganOption {
  readonly organ: Organ;
  /** One sentence: why this one. */
  readonly why: string;
  /** The office that handles it (复议机构). */
  readonly office?: string;
  readonly basis: readonly SaidRef[];
}

/** `options` holds one organ; or several: for joint respondents all of them, for reviewers those one may choose. */
export type Finding =
  | { readonly kind: "found"; readonly options: readonly [OrganOption, ...OrganOption[]] }
  | { readonly kind: "ask"; readonly why: string; readonly ask: string; readonly basis: readonly SaidRef[] }
  | { readonly kind: "human"; readonly why: string; readonly basis: readonly SaidRef[] };

export const found = (organ: Organ, why: string, ...basis: SaidRef[]): Finding => ({
  kind: "found",
  options: [{ organ, why, basis }],
});
export const human = (why: string, ...basis: SaidRef[]): Finding => ({ kind: "human", why, basis });
