/** Facts that composers say beside what they compute; every other point of law is a row (`records/point.ts`). */
import { cite } from "../../law/cite.ts";
import { enforcement } from "./enforcement.ts";
import { fact } from "./fact.ts";

export const points = {
  marketCaseTime: fact(
    "市场监管案件:90日办不完,经负责人批准可以延长30日;还办不完的,由负责人集体讨论决定是否再延长。听证、公告、检验鉴定的时间不算。",
    cite("市监程序", "64"),
  ),
  unequal: fact(
    "处罚要与违法的事实、性质、情节和危害程度相当。同样情况罚得不一样,可以在陈述申辩、复议时提出,请机关说明适用了裁量基准的哪一档。",
    cite("处罚法", "5.2"),
    cite("处罚法", "34"),
  ),
} as const;

/** About how long a case may take, not about paying. */
export const caseTime = {
  pattern: /(?:案子|案件|办案|结案|查案).{0,12}(?:延期|延长|办不完|超期|多久|几天|期限)|办不完/,
  facts: [enforcement.caseTime, points.marketCaseTime],
} as const;
