/**
 * What a day is the day of: a closed list. A time limit runs from the day of its own event (`starts` of a rule) or of a
 * derivation the law gives, and from no other.
 */
import type { Day } from "./day.ts";

/** Each kind as it is asked about: “11月10日是收到决定书,还是……?” */
export const eventKinds = {
  // the decision
  decisionServed: "收到决定书",
  onTheSpotDecision: "当场处罚",
  decisionLearned: "知道决定内容(没收到文书)",
  decisionMade: "作出决定",
  publicNotice: "公告送达",
  trafficPublicNotice: "交通违法公告送达",
  decisionUndone: "决定被撤销、变更",
  appealRightsLearned: "知道可以复议、起诉",
  obstacleRemoved: "耽误的原因消除",
  // before the decision
  conductDay: "违法行为发生",
  cameraRecorded: "电子眼拍下",
  cameraEntered: "违法信息录入系统",
  recordVerified: "核实电子记录有误",
  clueFound: "发现线索、收到材料",
  caseFiled: "立案",
  noticeServed: "收到处罚告知书",
  hearingNoticed: "被告知可以听证",
  hearingHeld: "开听证会",
  licenceHearingNoticed: "被告知许可听证权利",
  // measures and execution
  measureTaken: "查封、扣押",
  documentsProvided: "交齐证明、补办手续",
  preservationTaken: "先行登记保存",
  freezingDecided: "作出冻结决定",
  frozen: "冻结",
  testResultServed: "收到检验结果",
  broughtIn: "被传唤到案",
  fineCollected: "当场收缴罚款",
  fineReceivedByOrgan: "机关收到罚款",
  finePaid: "交了罚款",
  paymentExpired: "缴款期限届满",
  demandServed: "收到催告书",
  performanceDay: "代履行",
  executed: "强制拆除、强制执行",
  reliefExpired: "复议、起诉期限届满",
  executionApplied: "法院接到执行申请",
  executionAccepted: "法院受理执行申请",
  transferReported: "收到移送报告",
  transferApproved: "批准移送",
  transferReceived: "公安接受移送",
  // reconsideration
  reviewFiled: "交复议申请",
  reviewAccepted: "复议受理",
  reviewCopyServed: "收到复议申请书副本",
  correctionNoticeServed: "收到补正通知",
  reviewHearingHeld: "开复议听证会",
  incidentalReviewAsked: "提出附带审查",
  incidentalReviewForwarded: "收到附带审查转送",
  reviewOfficeNotice: "收到复议机构通知",
  reviewOpinionServed: "收到复议意见书",
  reviewDecisionMade: "作出复议决定",
  reviewDecisionServed: "收到复议决定书",
  reviewRejectionServed: "收到不予受理、驳回复议的文书",
  reviewExpired: "复议期限届满",
  // inaction
  reportMade: "举报、申请履职",
  dutyExpired: "履职期限届满",
  // court
  suitFiled: "交起诉状",
  courtAccepted: "法院立案",
  judgmentServed: "收到判决书",
  rulingServed: "收到裁定书",
  judgmentEffective: "判决、裁定生效",
  appealFiled: "交上诉状",
  // compensation
  damageKnown: "知道权益受到侵害",
  compensationClaimed: "提出赔偿申请",
  compensationDecided: "作出赔偿决定",
  compensationExpired: "赔偿决定期限届满",
  paymentRequested: "申请支付赔偿金",
  paymentForwarded: "财政收到支付申请",
  // licences, information, petitions, supervision
  licenceApplied: "交许可申请",
  licenceAccepted: "受理许可申请",
  licenceGranted: "准予许可",
  licenceHearingAsked: "申请许可听证",
  informationRequested: "申请信息公开",
  informationCorrectionServed: "收到信息公开补正通知",
  informationMade: "信息形成、变更",
  petitionMade: "提出信访",
  petitionForwarded: "收到信访转送",
  petitionAccepted: "受理信访",
  petitionAnswered: "收到信访答复",
  petitionReviewAsked: "请求信访复查",
  petitionReviewAnswered: "收到信访复查意见",
  petitionReReviewAsked: "请求信访复核",
  complaintAccepted: "受理投诉",
  supervisionNoticeServed: "收到监督通知书",
  accusationMade: "提出检举控告",
  accusationClosed: "检举控告办结",
} as const;
export type EventKind = keyof typeof eventKinds;
export const eventNames = Object.keys(eventKinds) as EventKind[];

/** Words that tell of an event and leave open which: what it may be, likeliest first. */
export const openKinds = {
  /** 收到的: something was received. */
  received: [
    "decisionServed",
    "reviewDecisionServed",
    "noticeServed",
    "hearingNoticed",
    "demandServed",
    "reviewRejectionServed",
    "correctionNoticeServed",
    "judgmentServed",
    "rulingServed",
    "petitionAnswered",
    "petitionReviewAnswered",
    "testResultServed",
    "licenceHearingNoticed",
    "reviewCopyServed",
    "supervisionNoticeServed",
  ],
  /** 知道的: something became known. */
  learned: ["decisionLearned", "damageKnown", "appealRightsLearned", "clueFound"],
  /** 被罚的: the decision was made, served, or both at once. */
  penalised: ["decisionServed", "onTheSpotDecision", "decisionMade"],
  /** 交的: something was handed in or paid. */
  handedIn: [
    "reviewFiled",
    "suitFiled",
    "reportMade",
    "informationRequested",
    "compensationClaimed",
    "licenceApplied",
    "appealFiled",
    "finePaid",
  ],
  /** 受理的: somebody accepted something. */
  accepted: ["reviewAccepted", "complaintAccepted", "petitionAccepted", "licenceAccepted", "courtAccepted"],
  /** A day and nothing that says of what. */
  unsaid: eventNames,
} as const satisfies Record<string, readonly EventKind[]>;
export type OpenKind = keyof typeof openKinds;
export type SaidKind = EventKind | OpenKind;

export const isOpen = (kind: SaidKind): kind is OpenKind => kind in openKinds;

/** Whether what was said leaves room for this event. */
export const mayBe = (said: SaidKind, event: EventKind): boolean =>
  said === event || (isOpen(said) && (openKinds[said] as readonly EventKind[]).includes(event));

/** An event somebody told of. Without `day` it happened, but the day is not known. */
export interface SaidEvent {
  readonly event: SaidKind;
  readonly day?: Day;
  /** The words that say the day. */
  readonly said: string;
  /** What was filled in, e.g. the year; shown to the person. */
  readonly assumed?: string;
}

/** Most events kept of one conversation. */
const MOST_KEPT = 12;

/**
 * What is known after more was told. A later day of the same event replaces the earlier one; a day whose event has
 * become known no longer stands open; an event without a day is dropped when its day is told.
 */
export function mergeEvents(before: readonly SaidEvent[], told: readonly SaidEvent[]): readonly SaidEvent[] {
  const out: SaidEvent[] = [];
  for (const one of [...before, ...told]) {
    const same = out.findIndex((known) => replaces(one, known));
    if (same >= 0) out.splice(same, 1);
    const known = out.some((other) => other.day === one.day && !isOpen(other.event) && isOpen(one.event));
    if (!known || one.day === undefined) out.push(one);
  }
  return out.slice(-MOST_KEPT);
}

function replaces(later: SaidEvent, known: SaidEvent): boolean {
  if (known.event === later.event)
    return !isOpen(later.event) ? later.day !== undefined : later.day === known.day;
  if (known.day === undefined || known.day !== later.day) return false;
  return isOpen(known.event) && (!isOpen(later.event) || known.event === "unsaid");
}
