/** What people still believe and how it is now: said first whenever a question rests on the old belief. */
import { cite } from "../../law/cite.ts";
import { enforcement } from "./enforcement.ts";
import { fact, type LawFact } from "./fact.ts";
import { relief } from "./relief.ts";

export const changed = {
  onTheSpotLimits: fact(
    "当场处罚的上限:对公民罚200元以下、对单位罚3000元以下,或者警告;治安是500元以下,道路交通是200元以下。",
    cite("处罚法", "51"),
    cite("治安法", "119"),
    cite("道交法", "107"),
  ),
  policeStation: fact("2026年1月1日起,派出所可以决定警告和1000元以下罚款。", cite("治安法", "109")),
  policeHearing: fact("2026年1月1日起,治安罚款4000元以上等才要告知听证。", cite("治安法", "117")),
  collection100: fact("当场收缴一般只限100元以下的罚款。", cite("处罚法", "68")),
  justiceNow: fact(
    "法制办的职责机构改革后由司法行政部门(司法局)承担,执法证件和执法监督找司法局。",
    cite("省执法条例", "4", "S"),
  ),
  holidays13: fact("2025年起,全体公民放假的节日是13天,增加了除夕和5月2日。", cite("节假日办法", "2")),
  disclosureEverywhere: fact(
    "执法公示、全过程记录、法制审核已经全面推行,并写进了法律,不再只是试点。",
    cite("指导意见118号", "一"),
    cite("处罚法", "39"),
    cite("处罚法", "47"),
    cite("处罚法", "58"),
  ),
  supervisionRegulation: fact(
    "已经有全国性的《行政执法监督条例》(国务院令第825号),2026年2月1日起施行。",
    cite("监督条例", "有关规定"),
  ),
  civilProcedure85: fact("民事诉讼法2023年修正后,期间计算是第八十五条。", cite("民诉法", "85")),
  environmentCode: fact(
    "生态环境法典2026年8月15日起施行,环境保护法、大气、水、固废、噪声、土壤污染防治法等同时废止;清单和基准里引用的旧条文要更新。",
    cite("生态环境法典", "1242"),
  ),
  petition2022: fact(
    "2005年国务院的信访条例已由《信访工作条例》(2022年5月1日起施行)取代。",
    cite("信访条例", "附则"),
  ),
  publicNotice30: fact(
    "公告送达自发出公告之日起经过30日视为送达;交通违法处理另有60日的规定。",
    cite("民诉法", "95"),
    cite("道交程序", "55"),
  ),
  calendarDays: fact(
    "60日是自然日,节假日也算在内;最后一天是法定休假日的,顺延到休假日后的第一日。",
    cite("复议法", "88"),
    cite("民诉法", "85.3"),
  ),
  rollsOver: fact(
    "最后一天是法定休假日的,顺延到休假日后的第一个工作日;调休上班的周末不顺延。",
    cite("民诉法", "85.3"),
  ),
  slip: fact("查封、扣押应当当场交付决定书和清单,清单一式二份,您和机关各保存一份。", cite("强制法", "24")),
  release: fact("期限已满,或者不再需要的,应当及时解除查封、扣押并退还财物。", cite("强制法", "28")),
  reviewAfterHearing: fact(
    "经过听证的,听证之后、作出决定之前做法制审核。法律没有按金额定法制审核的标准。",
    cite("处罚法", "58.1"),
    cite("处罚法", "65"),
  ),
  reviewMust: fact(
    "涉及重大公共利益、经过听证且关系重大权益、案情疑难复杂等情形,作决定前必须先法制审核;没审或者审核没通过的,不得作出决定。",
    cite("处罚法", "58.1"),
  ),
  seizureRights: fact(
    "查封、扣押要有法律、法规授权,不得扣公民和所扶养家属的生活必需品,不得委托别的组织来做。",
    cite("强制法", "10"),
    cite("强制法", "17.1"),
    cite("强制法", "23.1"),
  ),
  seizureCost: fact("查封、扣押的保管费由行政机关承担,不能向您收。", cite("强制法", "26")),
  urgent24: fact(
    "情况紧急、需要当场采取强制措施的,应当在24小时内向负责人报告并补办批准手续。",
    cite("强制法", "19"),
  ),
  recusal: fact(
    "执法人员与案件有利害关系的应当回避;您可以申请,由行政机关负责人决定,决定前不停止调查。",
    cite("处罚法", "43"),
  ),
  service: fact(
    "决定书宣告后当场交付;当事人不在场的7个工作日内送达。可以直接、邮寄、留置、公告等方式送达。",
    cite("处罚法", "61.1"),
    cite("处罚法", "85"),
  ),
  refusal: fact(
    "当事人拒绝签收的,在文书上注明;可以请见证人到场或者拍照录像后留置送达。拒签不影响文书的效力。",
    cite("处罚法", "52"),
    cite("民诉法", "89"),
  ),
  electronic: fact("当事人同意并签订确认书的,可以用传真、电子邮件等方式电子送达。", cite("处罚法", "61.2")),
  decisionContents: fact(
    "决定书要写明当事人情况、违法事实和证据、处罚种类和依据、履行方式和期限、复议诉讼途径和期限、机关名称和日期,并盖章。",
    cite("处罚法", "59"),
  ),
  decisionOnTheSpot: fact(
    "当场处罚也要填写编有号码的决定书并当场交付;拒绝签收的在决定书上注明。",
    cite("处罚法", "52"),
  ),
  archive: fact("处罚全过程要以文字、音像等形式记录,归档保存。", cite("处罚法", "47")),
  presider: fact(
    "听证由行政机关指定的非本案调查人员主持;认为主持人有利害关系的,可以申请回避。",
    cite("处罚法", "64(4)"),
  ),
  entrustedWho: fact(
    "受委托的组织要依法成立、具有管理公共事务职能,有熟悉法律和业务并取得执法资格的人员。",
    cite("处罚法", "21"),
  ),
  pricePrior: fact(
    "价格违法处罚、纳税争议要先复议,再起诉。",
    cite("价格处罚规定", "20"),
    cite("税收征管法", "88.1"),
  ),
  petitionNoStop: relief.clockRuns,
} as const;

/** `pattern` is what shows the old belief; the facts correct it. Narrow on purpose: a stray match would interrupt. */
const beliefs: readonly (readonly [RegExp, readonly LawFact[]])[] = [
  [
    /当场.{0,8}(?:50|五十|1000|一千)(?:元|块)(?!.{0,6}(?:收|现金))|(?:50|五十)(?:元|块).{0,6}当场(?!收)/,
    [changed.onTheSpotLimits],
  ],
  [/派出所.{0,10}(?:罚|最多|权限|只能)/, [changed.policeStation]],
  [
    /治安.{0,12}(?:听证).{0,10}(?:2000|两千|二千)|(?:2000|两千|二千).{0,10}治安.{0,6}听证/,
    [changed.policeHearing],
  ],
  [/当场收.{0,10}(?:20|二十)(?:元|块)/, [changed.collection100]],
  [/法制办|法制机构/, [changed.justiceNow]],
  [/节假日.{0,8}(?:11|十一)天|放假.{0,8}(?:11|十一)天/, [changed.holidays13]],
  [/(?:公示|三项制度|全过程记录|法制审核).{0,8}(?:还)?(?:只)?是?试点/, [changed.disclosureEverywhere]],
  [/(?:没有|有没有|有).{0,8}(?:全国|国家).{0,10}(?:监督条例|执法监督)/, [changed.supervisionRegulation]],
  [/民(?:事)?诉(?:讼)?法.{0,4}(?:82|八十二)/, [changed.civilProcedure85]],
  [
    /(?:环保法|环境保护法|大气(?:污染)?|水污染|固废|噪声).{0,14}(?:还|法|用哪|修改|要不要改|处罚用)|法典/,
    [changed.environmentCode, relief.oldNewLaw],
  ],
  [/2005.{0,8}信访|国务院.{0,4}信访条例|旧信访/, [changed.petition2022]],
  [/公告送达/, [changed.publicNotice30]],
  [/(?:60|六十)(?:天|日).{0,8}工作日|工作日.{0,8}(?:60|六十)(?:天|日)/, [changed.calendarDays]],
  [
    /(?:周末|周六|周日|星期[六日天]|节假日|放假).{0,10}(?:最后一天|到期|过期|过了)|最后一天.{0,10}(?:周末|周六|周日|星期[六日天]|放假|节)/,
    [changed.rollsOver],
  ],
  [
    /(?:15|十五)(?:天|日).{0,12}复议|复议.{0,14}(?:15|十五)(?:天|日)(?!.{0,6}(?:起诉|法院))/,
    [relief.general60],
  ],
  [
    /直接.{0,6}(?:起诉|告|法院).{0,12}(?:15|十五|3个月|三个月)(?:天|日)?|起诉.{0,8}只有?(?:15|十五)/,
    [relief.general6m],
  ],
  [
    /复议.{0,14}(?:上一级|上级)(?:主管)?(?:部门|机关|局)?|(?:上一级|上级)(?:主管)?(?:部门|机关|局).{0,10}复议/,
    [relief.respondentRule],
  ],
  [/(?:复议|申辩|申诉|告).{0,8}(?:罚得?更(?:重|多)|加重|报复性)/, [relief.noWorse]],
  [
    /(?:投诉|12345|信访|反映|举报).{0,14}(?:期限|时间|复议|时效).{0,8}(?:停|暂停|延|不算|影响)/,
    [relief.clockRuns],
  ],
  [/一个(?:人|城管|交警|警察|执法|民警).{0,8}(?:罚|查|处罚|执法|来)/, [enforcement.twoOfficers]],
  [/(?:扣|封).{0,10}(?:不(?:用|给|开)|没(?:有)?(?:给|开)).{0,6}(?:单|条|手续|清单|票)/, [changed.slip]],
  [/听证.{0,6}(?:3|三)(?:天|日)/, [relief.hearingTime]],
  [
    /(?:听证|复议).{0,10}(?:收费|交钱|要钱|多少钱(?!才|以上|能|可以|就)|花钱|费用|块钱|元)/,
    [relief.howToApply, relief.hearingTime],
  ],
  [/当场.{0,10}(?:处罚|罚).{0,12}(?:直接)?(?:起诉|法院|告)/, [relief.priorList]],
];

/** The corrections a question calls for, narrow beliefs first; at most two. */
export function correctionsFor(text: string): readonly LawFact[] {
  const found = beliefs.filter(([pattern]) => pattern.test(text)).flatMap(([, facts]) => facts);
  return [...new Set(found)].slice(0, 2);
}
