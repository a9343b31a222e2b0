/** Who is sued and at which level of court (行政诉讼法第十四至十八条、第二十六条). */
import { cite } from "./cite.ts";
import type { Day } from "./day.ts";
import type { SaidRef } from "./legal-ref.ts";
import type { Organ } from "./organ.ts";

export type CourtLevel = "基层人民法院" | "中级人民法院";

/** A published notice of jurisdiction (集中管辖等). Without one, no court is named. */
export interface CourtNotice {
  readonly title: string;
  readonly date: Day;
  /** The court for an area code and level; undefined when the notice does not cover it. */
  readonly courtFor: (area: string, level: CourtLevel) => string | undefined;
}

export interface Litigation {
  readonly situation: "direct" | "upheld" | "changed" | "noDecision";
  /** 不经复议,直接起诉. */
  readonly label: string;
  readonly defendants: readonly string[];
  readonly level: CourtLevel;
  /** Named only from a published notice. */
  readonly place: string;
  readonly basis: readonly SaidRef[];
}

const UNPUBLISHED = "管辖法院以公布的通知为准";

/** Sued in an intermediate court: governments at county level and up, State Council departments, customs (第十五条). */
export function courtLevel(defendant: Organ): CourtLevel {
  const isGovernment = defendant.nature === "government" && defendant.level !== "乡";
  return isGovernment || defendant.nature === "stateCouncilDepartment" || defendant.vertical === "海关"
    ? "中级人民法院"
    : "基层人民法院";
}

/**
 * The ways to court: directly where the law allows, and once for each outcome of a reconsideration.
 * `direct` is `unlessPrior` while the kind of act is unknown. `reviewers` may be empty when unknown.
 */
export function litigationWays(
  defendants: readonly Organ[],
  reviewers: readonly Organ[],
  direct: "allowed" | "unlessPrior" | "barred",
  options: { liberty?: boolean; realEstate?: boolean; courts?: CourtNotice } = {},
): Litigation[] {
  const original = defendants.map((organ) => organ.name);
  const level: CourtLevel = defendants.some((organ) => courtLevel(organ) === "中级人民法院")
    ? "中级人民法院"
    : "基层人民法院";
  const where = placeBasis(options);
  const place = (organ: Organ | undefined, at: CourtLevel) => sayPlace(organ, at, options.courts);
  const reviewer = reviewers.map((organ) => organ.name).join("或") || "复议机关";
  const reviewerLevel = reviewers.some((organ) => courtLevel(organ) === "基层人民法院")
    ? "基层人民法院"
    : "中级人民法院";
  const ways: Litigation[] = [];
  if (direct !== "barred") {
    ways.push({
      situation: "direct",
      label: direct === "allowed" ? "不经复议,直接起诉" : "不属于必须先复议的,直接起诉",
      defendants: original,
      level,
      place: place(defendants[0], level),
      basis: [cite("行诉法", "26.1"), cite("行诉法", level === "中级人民法院" ? "15" : "14"), ...where],
    });
  }
  ways.push(
    {
      situation: "upheld",
      label: "复议维持后起诉",
      defendants: [...original, reviewer],
      level,
      place: place(defendants[0], level),
      basis: [cite("行诉法", "26.2"), cite("行诉解释", "134"), ...where],
    },
    {
      situation: "changed",
      label: "复议改变结果后起诉",
      defendants: [reviewer],
      level: reviewerLevel,
      place: place(reviewers[0], reviewerLevel),
      basis: [cite("行诉法", "26.2"), cite("行诉解释", "22"), cite("行诉法", "15")],
    },
    {
      situation: "noDecision",
      label: "复议机关逾期不决定",
      defendants: [`${original.join("、")}(起诉原行为)`, `${reviewer}(起诉不作为)`],
      level,
      place: place(defendants[0], level),
      basis: [cite("行诉法", "26.3"), cite("行诉法", "45")],
    },
  );
  return ways;
}

function placeBasis({ liberty, realEstate }: { liberty?: boolean; realEstate?: boolean }): SaidRef[] {
  if (realEstate) return [cite("行诉法", "20")];
  if (liberty) return [cite("行诉法", "19"), cite("行诉解释", "8")];
  return [cite("行诉法", "18.1")];
}

function sayPlace(organ: Organ | undefined, level: CourtLevel, courts: CourtNotice | undefined): string {
  const named = organ?.area ? courts?.courtFor(organ.area, level) : undefined;
  return named && courts ? `${named}(据${courts.date}《${courts.title}》)` : UNPUBLISHED;
}
