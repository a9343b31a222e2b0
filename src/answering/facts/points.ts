/** Narrow points people ask about in the middle of something wider: each answered first, whatever the answer is about. */
import { cite } from "../../law/cite.ts";
import type { Intent } from "../intents.ts";
import { changed } from "./changed.ts";
import { enforcement } from "./enforcement.ts";
import { fact, type LawFact } from "./fact.ts";
import { relief } from "./relief.ts";

export const points = {
  decisionSeal: fact(
    "决定书必须盖有作出处罚决定的机关的印章;当场处罚的决定书由执法人员签名或者盖章。没有的,可以要求说明,申请复议时一并提出。",
    cite("处罚法", "59.2"),
    cite("处罚法", "52.2"),
  ),
  payThreat: fact(
    "不交罚款的后果是加处罚款和依法强制执行,不是封店。查封要另有法律、法规依据,并当场交给您决定书和清单。",
    cite("处罚法", "72.1"),
    cite("强制法", "24.1"),
  ),
  noDiscount: fact(
    "罚款数额没有打折的规定。有经济困难的可以申请延期或者分期;采取补救措施的,加处的罚款可以在执行协议里减免。",
    cite("处罚法", "66.2"),
    cite("强制法", "42.1"),
  ),
  noCrime: fact(
    "行政处罚不是刑事处罚,不是犯罪记录。有一定社会影响的处罚决定会依法公开;治安违法记录要封存。",
    cite("处罚法", "48.1"),
    cite("治安法", "136"),
    cite("处罚法", "2", "I"),
  ),
  lostPaper: fact(
    "决定书丢了,照样可以申请复议、起诉。处罚过程的材料机关要归档保存,可以向它要复印件。",
    cite("处罚法", "47", "I"),
  ),
  seizure30: fact(
    "扣押不得超过30日,情况复杂经批准最多再延长30日,延长要书面告诉您理由。",
    cite("强制法", "25"),
  ),
  demolitionWhen: fact(
    "强制执行不得在夜间或者法定节假日进行(情况紧急的除外),也不得对居民停水、停电、停热、停气来逼迁。",
    cite("强制法", "43"),
  ),
  marketCaseTime: fact(
    "市场监管案件:90日办不完,经负责人批准可以延长30日;还办不完的,由负责人集体讨论决定是否再延长。听证、公告、检验鉴定的时间不算。",
    cite("市监程序", "64"),
  ),
  preservationOver: fact(
    "先行登记保存要在7个工作日内作出处理决定;市场监管案件逾期没有处理的,自动解除。",
    cite("处罚法", "56"),
    cite("处罚法", "85"),
    cite("市监程序", "35"),
  ),
  heardInReview: fact(
    "能。普通程序的复议,复议机构要当面或者用电话、互联网听您的意见;重大、疑难、复杂的还要组织听证,您也可以请求听证。",
    cite("复议法", "49"),
    cite("复议法", "50"),
  ),
  unequal: fact(
    "处罚要与违法的事实、性质、情节和危害程度相当。同样情况罚得不一样,可以在陈述申辩、复议时提出,请机关说明适用了裁量基准的哪一档。",
    cite("处罚法", "5.2"),
    cite("处罚法", "34"),
  ),
  toPerson: fact(
    "罚款不能转给执法人员个人:作出罚款的机关和收款的机构分开,执法人员一般不得自行收款。还没付的不要付;已经付了的留好转账记录,可以投诉,并要求给票据。",
    cite("处罚法", "67.1"),
    cite("处罚法", "67.2"),
    cite("处罚法", "70"),
  ),
  handover: fact(
    "当场收的罚款,2个工作日内交回机关;机关2个工作日内缴到指定银行。",
    cite("处罚法", "71"),
    cite("处罚法", "85"),
  ),
  reviewPapers: fact(
    "带申请书(写不了可以口头说,由机关记录)、身份证明、决定书复印件和证据。申请书写清您是谁、对哪个机关的哪个决定不服、请求什么、事实和理由。",
    cite("复议法", "22"),
    cite("复议条例", "19"),
  ),
  noWitness: fact(
    "没有见证人的,把文书留在受送达人的住所,用拍照、录像记录送达过程,即视为送达。",
    cite("民诉法", "89"),
  ),
} as const;

interface Point {
  readonly pattern: RegExp;
  readonly facts: readonly LawFact[];
  /** Only in answers about these. */
  readonly within?: readonly Intent[];
}

const table: readonly Point[] = [
  {
    pattern: /(?:带|准备|写)(?:些|点)?(?:什么|啥)|(?:怎么|咋)写|什么材料|哪些材料/,
    facts: [points.reviewPapers],
    within: ["relief"],
  },
  { pattern: /不去|缺席|律师|替我/, facts: [relief.hearingCourse], within: ["hearingRight"] },
  { pattern: /花钱|要钱|收费/, facts: [relief.hearingTime], within: ["hearingRight"] },
  { pattern: /隔壁|人家(?:才|只)|别人(?:才|只)|同样的?事/, facts: [points.unequal], within: ["benchmark"] },
  {
    pattern:
      /(?:微信|支付宝|扫码|转账|转|扫)(?:给|到|了)?(?:钱)?(?:给)?(?:他|她|个人|私人)|(?:个人|私人)的?(?:码|账户|微信|收款)/,
    facts: [points.toPerson],
    within: ["finePayment", "onTheSpotGate"],
  },
  { pattern: /交回|上交|交到单位/, facts: [points.handover], within: ["onTheSpotGate"] },
  { pattern: /票据呢|开?什么票/, facts: [relief.fineTicket], within: ["onTheSpotGate"] },
  {
    pattern: /没(?:有)?给.{0,4}(?:单|条|手续|清单)/,
    facts: [changed.slip],
    within: ["coercionGate"],
  },
  {
    pattern: /没(?:有)?签(?:字|名|收)/,
    facts: [changed.refusal, points.decisionSeal],
    within: ["procedure", "relief", "finePayment"],
  },
  { pattern: /(?:没有?|没见|未|不)(?:盖|加盖|有)?(?:公章|盖章|印章|章)/, facts: [points.decisionSeal] },
  {
    pattern: /不(?:交|缴|给)(?:钱|罚款|的话)?[^。?!]{0,4}(?:就|要)(?:封|查封|停业|关门|扣)/,
    facts: [points.payThreat],
  },
  {
    pattern: /罚.{0,8}(?:优惠|减半|减免)|打个?折|讲讲?价|便宜(?:点|些)|少(?:交|罚)(?:点|些)/,
    facts: [points.noDiscount],
  },
  { pattern: /案底|犯罪记录|前科|政审|(?:影响|留).{0,4}(?:档案|记录)/, facts: [points.noCrime] },
  {
    pattern: /(?:决定书|处罚书|文书|罚单|单子).{0,4}(?:丢了?|弄丢|遗失|找不(?:到|着)|不见了)/,
    facts: [points.lostPaper],
  },
  {
    pattern: /强拆|(?:房|屋|棚|违建).{0,8}(?:被|要|来)?拆/,
    facts: [relief.demolitionStay, points.demolitionWhen],
    within: ["relief", "stayOfExecution"],
  },
  {
    pattern:
      /(?:拉走|扣走|扣了|扣押|拖走|收走|抬走)|(?:车|货|秤|东西|摊子?|三轮).{0,4}(?:被|给|让).{0,4}(?:拉|扣|收|拖|抬)/,
    facts: [changed.slip, points.seizure30],
    within: ["relief"],
  },
  {
    pattern:
      /不(?:想|愿意?|用)(?:交|缴)|(?:能|可以|可不可以|能不能|行不行)不(?:交|缴)|不(?:交|缴)(?:行|可以|会|咋|怎么)/,
    facts: [relief.noStay, relief.noLateFineMeanwhile],
    within: ["finePayment"],
  },
  { pattern: /当面(?:说|讲|谈)|听我(?:说|讲)|说理/, facts: [points.heardInReview], within: ["relief"] },
  { pattern: /拘留/, facts: [relief.detentionStay], within: ["relief", "stayOfExecution"] },
  {
    pattern: /(?:有(?:一|两|2|1)?个|他们?|人).{0,4}没(?:有|带)?(?:执法)?证/,
    facts: [enforcement.showCard, enforcement.twoOfficers, enforcement.noCardDiscipline],
    within: ["inspection"],
  },
  {
    pattern: /几个人|[一两]个人|[12]个人|单独/,
    facts: [enforcement.twoOfficers],
    within: ["inspection"],
  },
  {
    pattern: /撤(?:下|掉|回|销|了|$)|删(?:掉|除|了)|下架|(?:多久|几天)撤/,
    facts: [enforcement.disclosureWithdraw],
    within: ["informationDisclosure", "disclosureDuty"],
  },
  {
    pattern: /(?:查到|看到|公开|公示|公布).{0,6}我的?处罚|我的处罚/,
    facts: [enforcement.disclosureAfter, enforcement.disclosureSealed],
    within: ["informationDisclosure"],
  },
  { pattern: /登记保存.{0,12}(?:过期|到期|超期|逾期|过了)/, facts: [points.preservationOver] },
  { pattern: /过期|到期|超期|期满|不还|不退/, facts: [changed.release], within: ["coercionGate"] },
  {
    pattern: /要回|拿回|取回|(?:时候|多久|几天).{0,4}(?:还|退)/,
    facts: [points.seizure30, changed.release],
    within: ["coercionGate"],
  },
  { pattern: /(?:没有?|找不到|缺)(?:个|到)?见证人/, facts: [points.noWitness] },
];

/** About how long a case may take, not about paying. */
export const caseTime = {
  pattern: /(?:案子|案件|办案|结案|查案).{0,12}(?:延期|延长|办不完|超期|多久|几天|期限)|办不完/,
  facts: [enforcement.caseTime, points.marketCaseTime],
} as const;

/** The point a question turns on; the first one that fits. */
export function pointFor(text: string, intent: Intent): readonly LawFact[] {
  return (
    table.find(({ pattern, within }) => pattern.test(text) && (within?.includes(intent) ?? true))?.facts ?? []
  );
}
