/** Sentences about the talk itself. */
import type { ActKind } from "../law/prior-reconsideration.ts";

/** What was done, as people call it. */
const acts: Readonly<Record<ActKind, string>> = {
  onTheSpotPenalty: "当场处罚",
  cameraPenalty: "电子监控处罚",
  penalty: "处罚",
  coerciveMeasure: "查封、扣押等强制措施",
  enforcement: "强制执行、拆除",
  license: "许可",
  inaction: "不履行职责",
  informationRefusal: "不公开信息",
  naturalResources: "自然资源权属",
  taxDispute: "纳税争议",
  customsTax: "海关税款",
  pricePenalty: "价格处罚",
  antitrust: "反垄断",
  filmReview: "电影审查",
  counterEspionage: "反间谍处置",
  detention: "行政拘留",
  other: "其他处理",
};

export const talk = {
  acts,
  inShort: "一句话:",
  next: "接下来多半会问到这些,点一个;都不是的,直接说您的情况。",
  noted: (what: readonly string[]) => `记下了:${what.join(";")}。`,
  heard: "记下了。",
  standsAt: (by: string) =>
    `要申请复议的,最晚${by}前。想知道哪一点直接问,比如“带什么”“去哪交”“要不要先交罚款”。`,
  plainly: (bodies: string | undefined, by: string | undefined) =>
    `一句话:觉得处理错了,可以不花钱请${bodies ?? "上一级政府"}重新审一遍,这叫行政复议,${by ? `最晚${by}前` : "从收到决定书起60天内"}提出。`,
  givenUp: (by: string | undefined) =>
    `好,您自己定。${by ? `要是改了主意,复议最晚${by}前还能提;` : "要是改了主意,复议和起诉都有期限,"}别错过。`,
  told: "您说过的",
  whichOrgan: "决定书上盖的是哪个单位的章",
  whichDay: "哪天收到的",
  missing: (what: readonly string[]) => `还差:${what.join(";")}。告诉我,我接着算。`,
} as const;
