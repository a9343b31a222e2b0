/** The zod schema of every published record: the single source of each type. */
import { z } from "zod";
import { lawRanks } from "../law/legal-ref.ts";
import { Point } from "./point.ts";
import {
  AreaCode,
  DayField,
  DocNo,
  Interval,
  LegalBasis,
  Level,
  PartialDate,
  Phone,
  PowerType,
  RecordId,
  recordBase,
  TimeLimit,
  text,
  Uscc,
} from "./primitives.ts";

/** What the organ is in law; decides respondent, reconsideration organ and defendant. */
export const organNatures = [
  "人民政府",
  "工作部门",
  "派出机关",
  "派出机构",
  "授权组织",
  "受委托组织",
  "内设机构",
  "开发区管理机构",
  "国务院部门",
] as const;

export const verticalSystems = ["税务", "海关", "金融", "外汇", "国家安全", "其他"] as const;

/** 执法主体, and the governments and superiors jurisdiction needs. */
export const Entity = z.object({
  kind: z.literal("entity"),
  ...recordBase,
  name: text(60),
  shortName: text(60).optional(),
  /** Old names and nicknames: 原工商局, 城管. */
  aliases: z.array(text(60)),
  nature: z.enum(organNatures),
  /** Whether it is a published enforcement body (false: only there so that jurisdiction can be found). */
  enforces: z.boolean(),
  uscc: Uscc.optional(),
  area: AreaCode,
  level: Level,
  /** The people's government it belongs to (for a government: the next higher government). */
  governmentId: RecordId.optional(),
  /** 上一级主管部门. */
  superiorId: RecordId.optional(),
  /** 垂直领导. */
  vertical: z.enum(verticalSystems).optional(),
  isJustice: z.boolean(),
  /** 派出机构: the department that set it up; whether along administrative divisions; whether it may act in its own name. */
  dispatchedById: RecordId.optional(),
  byDivision: z.boolean().optional(),
  ownNameAuthorized: z.boolean().optional(),
  /** 受委托组织: the entrusting organ and the published terms. */
  delegatedById: RecordId.optional(),
  delegation: z
    .object({
      docNo: text(60).optional(),
      scope: text(1000),
      from: DayField,
      to: DayField,
      noticeUrl: z.url().optional(),
    })
    .optional(),
  /** 撤销后继续行使职权的机关. */
  continuedById: RecordId.optional(),
  legalRepresentative: text(20).optional(),
  duties: text(3000).optional(),
  authorityScope: text(3000).optional(),
  basis: z.array(LegalBasis),
  address: text(120).optional(),
  phones: z.array(Phone),
  officeHours: text(100).optional(),
  postcode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  website: z.url().optional(),
  qualificationNotice: z.object({ title: text(200), docNo: text(60).optional(), date: DayField }).optional(),
  /** 较大数额罚款: the organ's published hearing thresholds in 元. */
  hearingThreshold: z
    .object({ person: z.number().positive(), unit: z.number().positive(), basis: LegalBasis })
    .optional(),
});
export type Entity = z.infer<typeof Entity>;

export const certificateStates = ["有效", "暂停", "注销"] as const;

/** 执法人员. Never stored: sex, ID number, birth, photo, mobile, politics, schooling. */
export const Officer = z.object({
  kind: z.literal("officer"),
  ...recordBase,
  name: text(20),
  certNo: z.string().regex(/^[0-9A-Za-z\u4e00-\u9fa5〔〕()-]{4,24}$/, "执法证号应为 4 至 24 位"),
  certType: z.enum(["行政执法证", "行政执法监督证", "部委证件"]),
  certState: z.enum(certificateStates),
  /** True for 执法辅助人员 named on a published auxiliary list: they may not enforce. */
  auxiliary: z.boolean(),
  issuer: text(40).optional(),
  entityId: RecordId,
  unit: text(60).optional(),
  post: text(30).optional(),
  fields: z.array(text(30)),
  validUntil: PartialDate.optional(),
  filedWithJustice: z.boolean().optional(),
});
export type Officer = z.infer<typeof Officer>;

/** 权责清单 item. */
export const PowerItem = z.object({
  kind: z.literal("power"),
  ...recordBase,
  code: z
    .object({
      value: text(64),
      scheme: z.enum(["GB/T 39554.1-31", "GB/T 39554.1-33", "基本编码12", "省级职权编码", "本地", "未知"]),
    })
    .optional(),
  powerType: PowerType,
  name: text(300),
  parentName: text(300).optional(),
  entityId: RecordId,
  handlingOffice: text(60).optional(),
  coEntityIds: z.array(RecordId),
  level: Level,
  target: text(200).optional(),
  basis: z.array(LegalBasis).min(1),
  duties: z.array(z.object({ stage: text(20), text: text(1500), office: text(60).optional() })),
  accountability: z.array(text(3000)),
  limit: z.object({ statutory: TimeLimit.optional(), promised: TimeLimit.optional() }).optional(),
  fee: z
    .object({ charged: z.boolean(), basis: text(300).optional(), standard: text(300).optional() })
    .optional(),
  procedureIds: z.array(RecordId),
  /** 无裁量空间, said with its basis; otherwise a penalty needs a benchmark. */
  noDiscretion: text(300).optional(),
  note: text(1000).optional(),
});
export type PowerItem = z.infer<typeof PowerItem>;

export const procedureKinds = [
  "简易",
  "普通",
  "听证",
  "强制措施",
  "强制执行",
  "许可",
  "检查",
  "其他",
] as const;

/** 执法程序 / 流程图: typed steps entered or confirmed by the office. */
export const Procedure = z.object({
  kind: z.literal("procedure"),
  ...recordBase,
  entityId: RecordId.optional(),
  name: text(100),
  powerType: PowerType,
  /** Empty: all powers of that type. */
  powerIds: z.array(RecordId),
  procedureKind: z.enum(procedureKinds),
  steps: z
    .array(
      z.object({
        no: z.number().int().positive(),
        name: text(30),
        action: text(600),
        office: text(60),
        limit: TimeLimit.extend({ from: text(40) }).optional(),
        documents: z.array(text(40)),
        partyRights: text(300).optional(),
      }),
    )
    .min(2),
  totalLimit: TimeLimit.optional(),
  /** 当场处罚 must say it. */
  reconsiderationFirst: z.boolean().optional(),
  flowchart: z.object({ file: text(200), alt: text(400) }).optional(),
  basis: z.array(LegalBasis).min(1),
});
export type Procedure = z.infer<typeof Procedure>;

export const reliefKinds = ["行政复议", "行政诉讼", "陈述申辩", "听证", "国家赔偿", "复核"] as const;

/** 救济渠道 as an organ published it. */
export const ReliefChannel = z.object({
  kind: z.literal("relief"),
  ...recordBase,
  entityIds: z.array(RecordId),
  reliefKind: z.enum(reliefKinds),
  /** 复议机关 or 人民法院, full name. */
  body: text(60),
  handledBy: text(60).optional(),
  address: text(120).optional(),
  phones: z.array(Phone),
  online: z.url().optional(),
  methods: z.array(z.enum(["当面", "邮寄", "网上", "口头"])),
  limit: TimeLimit.extend({ from: text(60) }).optional(),
  precondition: z.enum(["复议前置", "选择"]).optional(),
  basis: z.array(LegalBasis).min(1),
  /** Required for 行政诉讼: court places are never derived from an address. */
  jurisdictionNotice: z.object({ title: text(200), docNo: text(60).optional(), date: DayField }).optional(),
  materials: z.array(text(80)),
});
export type ReliefChannel = z.infer<typeof ReliefChannel>;

/** 监督方式. */
export const SupervisionChannel = z.object({
  kind: z.literal("supervision"),
  ...recordBase,
  entityIds: z.array(RecordId),
  channelKind: z.enum(["热线", "信函", "来访", "邮箱", "网站", "监督机关"]),
  body: text(60),
  phones: z.array(Phone),
  address: text(120).optional(),
  postcode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  email: z.email().optional(),
  url: z.url().optional(),
  hours: text(100).optional(),
  accepts: text(500),
  rejects: text(500).optional(),
  acceptWorkingDays: z.number().int().positive().optional(),
  finishWorkingDays: z.number().int().positive().optional(),
  anonymousAllowed: z.boolean().optional(),
});
export type SupervisionChannel = z.infer<typeof SupervisionChannel>;

/** 裁量基准: one violation, its statutory range and its tiers. */
export const DiscretionBenchmark = z.object({
  kind: z.literal("benchmark"),
  ...recordBase,
  powerIds: z.array(RecordId).min(1),
  violation: text(400),
  chosenBasis: LegalBasis,
  statutory: z.object({
    penalties: z.array(text(20)),
    fine: Interval.optional(),
    multiple: Interval.optional(),
    other: text(300).optional(),
  }),
  issuer: text(60),
  issuerLevel: Level,
  docNo: DocNo.optional(),
  tiers: z
    .array(
      z.object({
        code: text(30).optional(),
        grade: text(20),
        order: z.number().int().positive(),
        condition: text(800),
        quantity: z.object({ measure: text(30), range: Interval }).optional(),
        penalties: z.array(text(20)),
        fine: Interval.optional(),
        multiple: Interval.optional(),
        text: text(800),
      }),
    )
    .min(1),
});
export type DiscretionBenchmark = z.infer<typeof DiscretionBenchmark>;

/** 免罚、减轻清单. */
export const ExemptionItem = z.object({
  kind: z.literal("exemption"),
  ...recordBase,
  powerIds: z.array(RecordId),
  violation: text(400),
  exemptionKind: z.enum(["轻微不罚", "首违不罚", "无主观过错", "减轻"]),
  conditions: z.array(text(400)).min(1),
  window: text(60).optional(),
  measures: text(400).optional(),
  issuer: text(60),
  basis: z.array(LegalBasis).min(1),
});
export type ExemptionItem = z.infer<typeof ExemptionItem>;

/** 随机抽查事项. */
export const InspectionItem = z.object({
  kind: z.literal("inspection"),
  ...recordBase,
  entityId: RecordId,
  domain: text(60).optional(),
  name: text(200),
  content: text(1500).optional(),
  basis: z.array(LegalBasis).min(1),
  target: text(200),
  category: z.enum(["一般", "重点"]).optional(),
  methods: z.array(text(30)),
  ratio: z.object({
    kind: z.enum(["percent", "count", "all", "range", "text"]),
    min: z.number().optional(),
    max: z.number().optional(),
    text: text(60),
  }),
  frequency: z.object({
    times: z.number().int().positive().optional(),
    period: z.enum(["年", "季", "月", "周", "日", "不定期"]),
    text: text(60),
  }),
  dateFrom: DayField.optional(),
  dateTo: DayField.optional(),
  partnerNames: z.array(text(60)),
  level: Level,
  joint: z.boolean(),
  capPerEnterprise: z.number().int().positive().optional(),
});
export type InspectionItem = z.infer<typeof InspectionItem>;

/** 重大执法决定法制审核目录 item. */
export const LegalReviewItem = z.object({
  kind: z.literal("legal-review"),
  ...recordBase,
  entityId: RecordId,
  powerType: PowerType,
  matter: text(300),
  threshold: z.object({ person: Interval.optional(), unit: Interval.optional() }).optional(),
  origin: text(60).optional(),
  basis: z.array(LegalBasis),
  materials: z.array(text(120)).min(1),
  points: z.array(text(200)).min(1),
  workingDays: z.number().int().positive().optional(),
});
export type LegalReviewItem = z.infer<typeof LegalReviewItem>;

/** 音像记录事项清单 item. */
export const AvRecordItem = z.object({
  kind: z.literal("av-record"),
  ...recordBase,
  entityId: RecordId,
  powerType: PowerType,
  matter: text(200),
  stage: text(100),
  place: text(100).optional(),
  device: text(100),
  startAt: text(200).optional(),
  endAt: text(200).optional(),
  content: text(500),
  recorder: text(60).optional(),
  wholeProcess: z.boolean(),
  retention: z.object({
    kind: z.enum(["永久", "同案卷", "年限", "未写明"]),
    years: z.number().int().positive().optional(),
  }),
});
export type AvRecordItem = z.infer<typeof AvRecordItem>;

/** 服务指南. */
export const ServiceGuide = z.object({
  kind: z.literal("guide"),
  ...recordBase,
  entityId: RecordId,
  powerId: RecordId.optional(),
  name: text(300),
  accept: text(60),
  approve: text(60),
  conditions: text(2000),
  materials: z.array(
    z.object({
      name: text(120),
      form: z.enum(["原件", "复印件", "电子"]),
      copies: z.number().int().nonnegative(),
      source: text(60).optional(),
    }),
  ),
  process: text(2000),
  statutory: TimeLimit.optional(),
  promised: TimeLimit.optional(),
  fee: text(200),
  result: text(100).optional(),
  consultPhones: z.array(Phone),
  complaintPhones: z.array(Phone),
  place: text(200).optional(),
  hours: text(100).optional(),
});
export type ServiceGuide = z.infer<typeof ServiceGuide>;

/** 重大行政处罚备案规则. */
export const FilingRule = z.object({
  kind: z.literal("filing"),
  ...recordBase,
  entityId: RecordId.optional(),
  what: text(300),
  amountPerson: Interval.optional(),
  amountUnit: Interval.optional(),
  fileTo: text(80),
  within: TimeLimit,
  materials: z.array(text(80)),
  basis: z.array(LegalBasis).min(1),
});
export type FilingRule = z.infer<typeof FilingRule>;

/** 执法决定公示. Natural persons are masked (张某). */
export const DecisionNotice = z.object({
  kind: z.literal("decision"),
  ...recordBase,
  entityId: RecordId,
  docNo: text(60),
  party: text(60),
  powerType: PowerType,
  conclusion: text(1000),
  decidedOn: DayField,
  publishedOn: DayField,
  removeOn: DayField.optional(),
});
export type DecisionNotice = z.infer<typeof DecisionNotice>;

/** 行政执法统计年报. */
export const StatAnnual = z.object({
  kind: z.literal("annual"),
  ...recordBase,
  entityId: RecordId,
  year: z.number().int(),
  publishedOn: DayField,
  penalty: z.object({
    byKind: z.record(z.string(), z.number().int().nonnegative()),
    total: z.number().int().nonnegative(),
    confiscated: z.object({ amount: z.number().nonnegative(), unit: z.enum(["元", "万元"]) }),
  }),
  licence: z
    .object({
      applied: z.number().int(),
      accepted: z.number().int(),
      granted: z.number().int(),
      refused: z.number().int(),
      revoked: z.number().int(),
    })
    .optional(),
  others: z.record(z.string(), z.number()).optional(),
  officers: z.object({ total: z.number().int(), certified: z.number().int() }).optional(),
  narrative: text(4000).optional(),
});
export type StatAnnual = z.infer<typeof StatAnnual>;

/** 热线. */
export const Hotline = z.object({
  kind: z.literal("hotline"),
  ...recordBase,
  number: Phone,
  name: text(60),
  scope: text(500),
  area: z.union([AreaCode, z.literal("全国")]),
  retired: z.boolean(),
  replacedBy: Phone.optional(),
});
export type Hotline = z.infer<typeof Hotline>;

/** 规范性文件, its numbered measures as clauses. */
export const PolicyDocument = z.object({
  kind: z.literal("policy"),
  ...recordBase,
  title: text(200),
  docNo: text(60).optional(),
  issuer: text(60),
  issuedOn: PartialDate.optional(),
  area: z.union([AreaCode, z.literal("全国")]),
  clauses: z.array(z.object({ no: text(20), heading: text(120), text: text(6000) })).min(1),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** 法律、法规、规章, one version, split into articles. */
export const Statute = z.object({
  kind: z.literal("statute"),
  ...recordBase,
  title: text(200),
  rank: z.enum(lawRanks),
  issuer: text(80).optional(),
  docNo: text(80).optional(),
  /** 公布或修订日期 of this version. */
  version: PartialDate,
  repealed: z.boolean(),
  supersededById: RecordId.optional(),
  articles: z.array(z.object({ no: text(20), heading: text(200).optional(), text: text(8000) })).min(1),
});
export type Statute = z.infer<typeof Statute>;

/** 常见问答: an office's own answer, with what it rests on; expires by `validity.reviewBy`. */
export const FaqEntry = z.object({
  kind: z.literal("faq"),
  ...recordBase,
  question: text(200),
  answer: text(2000),
  audience: z.enum(["市民", "执法人员", "皆可"]),
  basis: z.array(LegalBasis).min(1),
  citedIds: z.array(RecordId),
  answeredBy: text(60),
  answeredOn: DayField,
});
export type FaqEntry = z.infer<typeof FaqEntry>;

/** Area names and codes, so that places in questions resolve. */
export const Area = z.object({
  kind: z.literal("area"),
  ...recordBase,
  code: AreaCode,
  name: text(40),
  level: Level,
  parentCode: AreaCode.optional(),
  aliases: z.array(text(40)),
});
export type Area = z.infer<typeof Area>;

export const PublishedRecord = z.discriminatedUnion("kind", [
  Entity,
  Officer,
  PowerItem,
  Procedure,
  ReliefChannel,
  SupervisionChannel,
  DiscretionBenchmark,
  ExemptionItem,
  InspectionItem,
  LegalReviewItem,
  AvRecordItem,
  ServiceGuide,
  FilingRule,
  DecisionNotice,
  StatAnnual,
  Hotline,
  PolicyDocument,
  Statute,
  FaqEntry,
  Area,
  Point,
]);
export type PublishedRecord = z.infer<typeof PublishedRecord>;
export type RecordKind = PublishedRecord["kind"];
export type RecordOf<K extends RecordKind> = Extract<PublishedRecord, { kind: K }>;

/** Every kind with its Chinese name, id prefix and schema. */
export const recordKinds = {
  entity: { label: "执法主体", prefix: "ent", schema: Entity },
  officer: { label: "执法人员", prefix: "off", schema: Officer },
  power: { label: "权责清单", prefix: "pow", schema: PowerItem },
  procedure: { label: "执法程序", prefix: "pro", schema: Procedure },
  relief: { label: "救济渠道", prefix: "rel", schema: ReliefChannel },
  supervision: { label: "监督方式", prefix: "sup", schema: SupervisionChannel },
  benchmark: { label: "裁量基准", prefix: "ben", schema: DiscretionBenchmark },
  exemption: { label: "免罚清单", prefix: "exe", schema: ExemptionItem },
  inspection: { label: "随机抽查事项清单", prefix: "ins", schema: InspectionItem },
  "legal-review": { label: "法制审核目录清单", prefix: "rev", schema: LegalReviewItem },
  "av-record": { label: "音像记录事项清单", prefix: "av", schema: AvRecordItem },
  guide: { label: "服务指南", prefix: "gui", schema: ServiceGuide },
  filing: { label: "重大处罚备案规则", prefix: "fil", schema: FilingRule },
  decision: { label: "执法决定公示", prefix: "dec", schema: DecisionNotice },
  annual: { label: "执法统计年报", prefix: "ann", schema: StatAnnual },
  hotline: { label: "热线", prefix: "hot", schema: Hotline },
  policy: { label: "规范性文件", prefix: "pol", schema: PolicyDocument },
  statute: { label: "法律法规规章", prefix: "sta", schema: Statute },
  faq: { label: "常见问答", prefix: "faq", schema: FaqEntry },
  area: { label: "行政区划", prefix: "are", schema: Area },
  point: { label: "法律要点", prefix: "pt", schema: Point },
} as const satisfies Record<RecordKind, { label: string; prefix: string; schema: z.ZodType }>;
