/** The small description of a case that gates read. Every fact is optional; a gate asks for what it needs. */
import { AppError } from "../../error.ts";
import type { HearingThreshold } from "../organ.ts";

/** 处罚种类. */
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

export const caseFields = ["general", "publicSecurity", "traffic", "exitEntry", "market"] as const;
export const scenes = [
  "inspection",
  "evidence",
  "hearing",
  "coercion",
  "service",
  "disputedService",
  "interview",
  "onTheSpotPenalty",
  "review",
] as const;

export interface CaseFacts {
  /** `general` when absent. */
  readonly field?: (typeof caseFields)[number];
  readonly decisionKind?: "penalty" | "license" | "other";
  readonly party?: "citizen" | "organization";
  readonly measures?: readonly Measure[];
  readonly fineYuan?: number;
  readonly gainsYuan?: number;
  readonly propertyYuan?: number;
  readonly age?: number;
  readonly mentalIncapacity?: boolean;
  readonly factsClear?: boolean;
  readonly hasStatutoryBasis?: boolean;
  readonly decidedOnTheSpot?: boolean;
  readonly partyObjects?: boolean;
  readonly fullRecording?: boolean;
  readonly hearingThreshold?: HearingThreshold;
  readonly hearingHeld?: boolean;
  readonly minorDetention?: boolean;
  readonly majorPublicInterest?: boolean;
  readonly majorRights?: boolean;
  readonly complexLaw?: boolean;
  readonly inReviewCatalog?: boolean;
  readonly seriousOrComplex?: boolean;
  readonly scene?: (typeof scenes)[number];
  readonly libertyLifeProperty?: boolean;
  readonly textRecordEnough?: boolean;
  readonly pilotUnit?: boolean;
  readonly hardToEnforceLater?: boolean;
  readonly remoteArea?: boolean;
  readonly partyRequests?: boolean;
  readonly nonMotor?: boolean;
  readonly evidenceMayBeLost?: boolean;
  readonly approved?: boolean;
  readonly urgent?: boolean;
  readonly authorizedByLaw?: boolean;
  readonly entrusted?: boolean;
  readonly relatedToCase?: boolean;
  readonly dailyNecessity?: boolean;
  readonly alreadySeized?: boolean;
  readonly slight?: boolean;
  readonly corrected?: boolean;
  readonly harm?: "none" | "slight" | "serious";
  readonly firstTime?: boolean;
  readonly noFaultProved?: boolean;
  readonly crimeSuspected?: boolean;
  readonly publicSecurityRecord?: boolean;
  readonly socialImpact?: boolean;
  readonly inFilingScope?: boolean;
}

export type FactName = keyof CaseFacts;

export type Shape =
  | "boolean"
  | "number"
  | "threshold"
  | readonly string[]
  | { readonly listOf: readonly string[] };

/** What to ask for a fact, and what may be answered. */
export const factQuestions: Readonly<Record<FactName, { readonly ask: string; readonly shape: Shape }>> = {
  field: { ask: "属于一般、治安、道路交通、边检还是市场监管案件?", shape: caseFields },
  decisionKind: { ask: "是处罚、许可,还是其他执法决定?", shape: ["penalty", "license", "other"] },
  party: { ask: "当事人是公民,还是法人或其他组织?", shape: ["citizen", "organization"] },
  measures: { ask: "拟作出哪些处罚(警告、罚款、没收、吊销等)?", shape: { listOf: measures } },
  fineYuan: { ask: "拟罚款多少元?", shape: "number" },
  gainsYuan: { ask: "拟没收违法所得多少元?", shape: "number" },
  propertyYuan: { ask: "拟没收的财物价值多少元?", shape: "number" },
  age: { ask: "当事人多少周岁?", shape: "number" },
  mentalIncapacity: { ask: "当事人行为时是否不能辨认或控制自己的行为?", shape: "boolean" },
  factsClear: { ask: "违法事实是否确凿、当场能查清?", shape: "boolean" },
  hasStatutoryBasis: { ask: "是否有法定处罚依据?", shape: "boolean" },
  decidedOnTheSpot: { ask: "是否当场作出处罚决定?", shape: "boolean" },
  partyObjects: { ask: "当事人对事实、理由、依据或罚款有异议吗?", shape: "boolean" },
  fullRecording: { ask: "是否全程同步录音录像?", shape: "boolean" },
  hearingThreshold: { ask: "本机关公示的“较大数额”标准是多少?", shape: "threshold" },
  hearingHeld: { ask: "是否经过听证?", shape: "boolean" },
  minorDetention: { ask: "是否为可能执行行政拘留的未成年人?", shape: "boolean" },
  majorPublicInterest: { ask: "是否涉及重大公共利益?", shape: "boolean" },
  majorRights: { ask: "是否直接关系当事人或第三人重大权益?", shape: "boolean" },
  complexLaw: { ask: "案情是否疑难复杂、涉及多个法律关系?", shape: "boolean" },
  inReviewCatalog: { ask: "是否列入本机关重大执法决定法制审核目录?", shape: "boolean" },
  seriousOrComplex: { ask: "是否情节复杂或者属于重大违法行为?", shape: "boolean" },
  scene: { ask: "是哪个环节(检查、取证、听证、强制、送达、询问、当场处罚)?", shape: scenes },
  libertyLifeProperty: { ask: "是否直接涉及人身自由、生命健康或重大财产权益?", shape: "boolean" },
  textRecordEnough: { ask: "文字记录能否全面有效记录?", shape: "boolean" },
  pilotUnit: { ask: "是否为2017年三项制度试点单位?", shape: "boolean" },
  hardToEnforceLater: { ask: "不当场收缴,事后是否难以执行?", shape: "boolean" },
  remoteArea: { ask: "是否在边远、水上、交通不便地区,缴款确有困难?", shape: "boolean" },
  partyRequests: { ask: "是否由当事人自己提出当场缴纳?", shape: "boolean" },
  nonMotor: { ask: "当事人是否为行人、乘车人或非机动车驾驶人?", shape: "boolean" },
  evidenceMayBeLost: { ask: "证据是否可能灭失或以后难以取得?", shape: "boolean" },
  approved: { ask: "是否经行政机关负责人批准?", shape: "boolean" },
  urgent: { ask: "是否情况紧急、需要当场实施?", shape: "boolean" },
  authorizedByLaw: { ask: "法律、法规是否授权本机关查封、扣押?", shape: "boolean" },
  entrusted: { ask: "是否由受委托的组织或辅助人员实施?", shape: "boolean" },
  relatedToCase: { ask: "场所、设施或财物是否与违法行为有关?", shape: "boolean" },
  dailyNecessity: { ask: "是否为公民个人及其扶养家属的生活必需品?", shape: "boolean" },
  alreadySeized: { ask: "是否已被其他国家机关查封?", shape: "boolean" },
  slight: { ask: "违法行为是否轻微?", shape: "boolean" },
  corrected: { ask: "是否及时改正?", shape: "boolean" },
  harm: { ask: "危害后果如何(没有、轻微、较重)?", shape: ["none", "slight", "serious"] },
  firstTime: { ask: "是否初次违法?", shape: "boolean" },
  noFaultProved: { ask: "当事人是否有证据足以证明没有主观过错?", shape: "boolean" },
  crimeSuspected: { ask: "是否涉嫌犯罪?", shape: "boolean" },
  publicSecurityRecord: { ask: "是否为违反治安管理的记录?", shape: "boolean" },
  socialImpact: { ask: "处罚决定是否具有一定社会影响?", shape: "boolean" },
  inFilingScope: { ask: "是否达到当地公布的重大行政处罚备案标准?", shape: "boolean" },
};

/** @throws AppError `bad_input` naming the wrong fact and what is allowed. */
export function parseFacts(value: unknown): CaseFacts {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("bad_input", { say: '案情应写成一个对象,例如 {"party":"citizen","fineYuan":200}。' });
  }
  for (const [name, given] of Object.entries(value)) {
    const question = Object.hasOwn(factQuestions, name) ? factQuestions[name as FactName] : undefined;
    if (!question) {
      throw new AppError("bad_input", {
        say: `案情里没有“${name}”这一项。可用的有:${Object.keys(factQuestions).join("、")}。`,
      });
    }
    const allowed = fits(given, question.shape);
    if (allowed !== true) throw new AppError("bad_input", { say: `“${name}”应为${allowed}。` });
  }
  return value as CaseFacts;
}

function fits(given: unknown, shape: Shape): true | string {
  if (shape === "boolean") return typeof given === "boolean" || "true 或 false";
  if (shape === "number") return (typeof given === "number" && given >= 0) || "不小于0的数";
  if (shape === "threshold") return isThreshold(given) || "{ personYuan, organizationYuan, source }";
  if ("listOf" in shape) {
    const ok = Array.isArray(given) && given.every((one) => shape.listOf.includes(String(one)));
    return ok || `由这些组成的列表:${shape.listOf.join("、")}`;
  }
  return (typeof given === "string" && shape.includes(given)) || `其中之一:${shape.join("、")}`;
}

function isThreshold(given: unknown): given is HearingThreshold {
  if (typeof given !== "object" || given === null || !("source" in given)) return false;
  const amounts = ["personYuan", "organizationYuan"].map(
    (key) => Object.entries(given).find(([name]) => name === key)?.[1],
  );
  return amounts.every((amount) => amount === undefined || typeof amount === "number");
}
