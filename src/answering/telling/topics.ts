/** The route a point's topic belongs to, so that a topic switched off and a follow-up reach points as well. */
import type { Intent } from "../intents.ts";

const routes: Readonly<Record<string, Intent>> = {
  申请复议: "relief",
  复议机关: "relief",
  复议程序: "relief",
  起诉: "litigation",
  法院与被告: "litigation",
  诉讼程序: "litigation",
  国家赔偿: "compensation",
  罚款缴纳: "finePayment",
  当场处罚: "onTheSpotGate",
  处罚程序: "procedure",
  处罚种类与轻重: "benchmark",
  处罚设定: "competence",
  处罚时效: "penaltyTimeLimit",
  听证: "hearingRight",
  陈述申辩: "statementDefense",
  法制审核: "legalReviewGate",
  执法记录: "avRecordGate",
  执法人员与证件: "certificateDuty",
  执法检查: "inspection",
  查封扣押: "coercionGate",
  强制执行: "stayOfExecution",
  强制拆除: "stayOfExecution",
  送达: "procedure",
  移送犯罪: "transferGate",
  信息公开: "informationDisclosure",
  处罚公示: "disclosureDuty",
  行政许可: "serviceGuide",
  裁量基准: "benchmark",
  投诉举报: "complaint",
  信访: "otherChannel",
  执法监督: "supervision",
  随机抽查: "inspection",
  市场监管程序: "procedure",
  管辖与委托: "competence",
  回避: "procedure",
  证据: "procedure",
  期限与日期: "deadline",
  代理与援助: "relief",
};

export const routeOf = (topic: string): Intent => routes[topic] ?? "lawLookup";

/** The topics of a route: what a talk about a service is about. */
export const topicsOf = (intent: string): readonly string[] =>
  Object.entries(routes).flatMap(([topic, route]) => (route === intent ? [topic] : []));
