/** 要点: one row that answers one thing people ask, in our own words, with the articles it rests on. */
import { z } from "zod";
import { type LawAlias, lawAliases } from "../law/laws.ts";
import { recordBase, text } from "./primitives.ts";

/** What a question wants to know of its matter. */
export const aspects = {
  whether: "能不能、是不是、要不要",
  howLong: "多久、哪天",
  who: "谁、哪个机关",
  where: "去哪里",
  howMuch: "多少、几倍",
  how: "怎么办、步骤",
  papers: "材料、文书、手续",
  consequence: "不这样会怎样",
  exception: "例外、特殊情况",
  what: "是什么、有哪些",
} as const;
export type Aspect = keyof typeof aspects;
const aspectNames = Object.keys(aspects) as [Aspect, ...Aspect[]];

/** Slots of a case under which alone a point holds; a slot the question says otherwise rules the point out. */
export const conditions = {
  stage: {
    investigating: "调查中",
    noticed: "已告知、未决定",
    decided: "已决定",
    reviewing: "复议中",
    reviewed: "复议之后",
    suing: "诉讼中",
    overdue: "期限已过",
    enforcing: "强制执行中",
  },
  act: {
    warning: "警告",
    fine: "罚款",
    confiscation: "没收",
    suspension: "停产停业",
    licence: "许可证照",
    detention: "行政拘留",
    seizure: "查封扣押",
    preservation: "先行登记保存",
    demolition: "拆除",
    onTheSpot: "当场处罚",
    camera: "电子监控",
    inaction: "不作为",
    disclosure: "信息公开",
    expropriation: "征收",
    inspection: "检查",
  },
  party: { person: "个人", organization: "单位", minor: "未成年人", elder: "老年人", foreigner: "外国人" },
  organ: {
    police: "公安",
    traffic: "交警",
    tax: "税务",
    customs: "海关",
    justice: "司法行政",
    market: "市场监管",
    cityManagement: "城管",
    town: "乡镇",
    street: "街道",
    dispatched: "派出机构",
    entrusted: "受委托组织",
    vertical: "垂直领导",
    government: "人民政府",
    court: "法院",
  },
} as const;
export type ConditionName = keyof typeof conditions;
const oneOf = <T extends object>(table: T) => z.enum(Object.keys(table) as [string, ...string[]]);

const When = z.strictObject({
  stage: z.array(oneOf(conditions.stage)).min(1).optional(),
  act: z.array(oneOf(conditions.act)).min(1).optional(),
  party: z.array(oneOf(conditions.party)).min(1).optional(),
  organ: z.array(oneOf(conditions.organ)).min(1).optional(),
});
export type When = z.infer<typeof When>;

/** Subjects of the law of enforcement, for browsing and as a sign of what a question is about. */
export const topics = [
  ..."申请复议 复议机关 复议程序 起诉 法院与被告 诉讼程序 国家赔偿 罚款缴纳 当场处罚 处罚程序".split(" "),
  ..."处罚种类与轻重 处罚设定 处罚时效 听证 陈述申辩 法制审核 执法记录 执法人员与证件 执法检查".split(" "),
  ..."查封扣押 强制执行 强制拆除 送达 移送犯罪 信息公开 处罚公示 个人信息 行政许可 治安行为".split(" "),
  ..."治安程序 拘留 交通行为 交通程序 交通事故 车辆与驾驶证 电子监控 裁量基准 投诉举报 信访".split(" "),
  ..."执法监督 随机抽查 市场监管程序 民营企业权益 营商环境 回避 证据 期限与日期 代理与援助".split(" "),
  ..."管辖与委托 食品药品 产品与消费 价格与收费 广告与竞争 登记与执照 安全与消防".split(" "),
  ..."道路运输与公路 城乡规划与土地 市容与城管 环境 劳动 文化旅游 建设与房屋 农业与动物 税务 其他".split(" "),
] as const;

/** What a composer adds beside a point when the question gives what it needs. */
export const computes = {
  competence: "复议机关、被告和法院",
  officerCheck: "核对执法人员",
  legalReviewGate: "是否要法制审核",
  hearingGate: "是否要告知听证",
  avRecordGate: "是否要音像记录",
  deliberationGate: "是否要集体讨论",
  procedure: "程序的步骤",
  benchmark: "裁量档次",
} as const;
export type Compute = keyof typeof computes;

/** Where a point's words stand. `article` as cited: `68(1)`, `64.1(2)`, `二(四)`. */
const PointBasis = z.strictObject({
  law: z.custom<LawAlias>((value) => typeof value === "string" && lawAliases.has(value), {
    error: "应为已登记的法律简称(src/law/laws.ts)",
  }),
  article: text(40),
  /** `I` an inference, `S` from a second hand; absent is read in the text itself. */
  mark: z.enum(["T", "S", "I"]).optional(),
  /** First 16 hex digits of the SHA-256 of the article's text in the version in force, blanks left out. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{16}$/, "应为 16 位十六进制")
    .optional(),
  /** Every number of the article, so that a point's numbers can be proved without its text. */
  numbers: z.array(z.number()).optional(),
});
export type PointBasis = z.infer<typeof PointBasis>;

export const Point = z.object({
  kind: z.literal("point"),
  ...recordBase,
  topic: z.enum(topics as unknown as [string, ...string[]]),
  aspect: z.enum(aspectNames),
  audience: z.enum(["citizen", "officer", "both"]),
  /** Answers in its first words; true standing alone. */
  lead: text(60),
  more: z.array(text(120)).max(3),
  when: When.optional(),
  /** Words of a stale belief that must stand in the question for this row to speak. */
  corrects: z.array(text(40)).optional(),
  basis: z.array(PointBasis).min(1),
  /** Id of the counted rule of law whose period this is. */
  rule: text(60).optional(),
  compute: z.enum(Object.keys(computes) as [Compute, ...Compute[]]).optional(),
  /** How often people ask it: 4 daily, 3 common, 2 now and then, 1 rare. */
  often: z.number().int().min(1).max(4).optional(),
  /** Ways people ask it, by the hand that wrote them. */
  asks: z.record(text(20), z.array(text(80)).min(1)),
  /** Questions that look like it and belong to another point. */
  nearMisses: z.array(z.strictObject({ q: text(80), point: text(64).optional() })).optional(),
  /** Points people ask next. */
  next: z.array(text(64)).optional(),
  /** By which reading each point was held against its article: `二读 2026-11-24`. */
  checked: text(60).optional(),
});
export type Point = z.infer<typeof Point>;

/** Every ask of a point, whoever wrote it. */
export const asksOf = (point: Point): readonly string[] => Object.values(point.asks).flat();
