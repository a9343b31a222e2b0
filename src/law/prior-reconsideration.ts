/** 复议前置: acts that must go to reconsideration before court (复议法第二十三条 and the laws it points to). */
import { cite } from "./cite.ts";
import type { SaidRef } from "./legal-ref.ts";

/** What the organ did; decides 复议前置. */
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

export interface PriorReconsideration {
  /** `yes` 必须先复议 · `no` 可以选择 · `unclear` 先复议最稳妥. */
  readonly required: "yes" | "no" | "unclear";
  readonly why: string;
  /** What it means for the person, one sentence. */
  readonly meaning: string;
  readonly basis: readonly SaidRef[];
  readonly caution?: string;
}

const MUST = "请先申请行政复议;对复议决定不服,收到决定书后15日内再起诉。";
const FREE = "复议和起诉可以选一样;先复议的,对复议决定不服还可以再起诉。";
const SAFE = "先申请复议最稳妥,不会丢掉以后起诉的权利。";

const must = (why: string, ...basis: SaidRef[]): PriorReconsideration => ({
  required: "yes",
  why,
  meaning: MUST,
  basis,
});
const free = (why: string, ...basis: SaidRef[]): PriorReconsideration => ({
  required: "no",
  why,
  meaning: FREE,
  basis: [...basis, cite("行诉法", "44.1")],
});

const table = {
  onTheSpotPenalty: must("当场作出的行政处罚,必须先复议。", cite("复议法", "23.1(1)")),
  naturalResources: must("涉及已依法取得的自然资源所有权、使用权,必须先复议。", cite("复议法", "23.1(2)")),
  inaction: must("认为机关不履行法定职责,必须先复议。", cite("复议法", "23.1(3)")),
  informationRefusal: must("申请信息公开而不予公开,必须先复议。", cite("复议法", "23.1(4)")),
  taxDispute: {
    ...must("纳税争议必须先复议。", cite("税收征管法", "88.1"), cite("复议法", "23.1(5)")),
    meaning: "请先缴清税款、滞纳金或者提供担保,再申请复议;对复议决定不服才能起诉。",
  },
  customsTax: {
    ...must("海关征税争议必须先复议。", cite("关税法", "66"), cite("复议法", "23.1(5)")),
    meaning: "请先向上一级海关申请复议;对复议决定不服才能起诉。",
  },
  pricePenalty: must(
    "价格违法的处罚必须先复议(现多由市场监管部门办理)。",
    cite("价格处罚规定", "20"),
    cite("复议法", "23.1(5)"),
  ),
  antitrust: must(
    "对经营者集中的禁止、附条件等决定不服,必须先复议。",
    cite("反垄断法", "65.1"),
    cite("复议法", "23.1(5)"),
  ),
  filmReview: must(
    "对电影不准予公映的决定不服,必须先复议。",
    cite("电影法", "58"),
    cite("复议法", "23.1(5)"),
  ),
  counterEspionage: {
    required: "unclear",
    why: "反间谍法写的是先复议、不服再在15日内起诉,条文读来是复议前置。",
    meaning: SAFE,
    basis: [cite("反间谍法", "68", "I")],
    caution: "是否属于复议前置为条文推断,待法律人员确认",
  },
  cameraPenalty: {
    required: "unclear",
    why: "电子监控抓拍后在窗口当场开出的处罚,是否算“当场作出”有不同理解。",
    meaning: SAFE,
    basis: [cite("复议法", "23.1(1)", "I"), cite("复议法", "32"), cite("道交程序", "52")],
    caution: "是否属于复议前置为推断,待法律人员确认",
  },
  penalty: free("一般程序作出的处罚,不要求先复议。", cite("复议法", "23.1")),
  detention: free("治安处罚可以复议,也可以起诉;当场作出的除外。", cite("治安法", "121")),
  coerciveMeasure: free("查封、扣押等强制措施,不要求先复议。", cite("复议法", "23.1")),
  enforcement: free("强制执行行为,不要求先复议。", cite("复议法", "23.1")),
  license: free("许可决定,不要求先复议。", cite("复议法", "23.1")),
  other: {
    required: "unclear",
    why: "还不清楚是什么决定;法律、行政法规可能规定必须先复议。",
    meaning: SAFE,
    basis: [cite("复议法", "23.1(5)")],
  },
} as const satisfies Record<ActKind, PriorReconsideration>;

/** Whether an act must go to reconsideration first. An act of unknown kind is `unclear`. */
export function priorReconsideration(kind: ActKind = "other"): PriorReconsideration {
  return table[kind];
}
