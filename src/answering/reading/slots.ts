/** What a question says of the case: kind of organ, act, stage and party, each by the words people use for it. */
import type { ConditionName } from "../../records/point.ts";

export type Slots = Readonly<Record<ConditionName, readonly string[]>>;

/** Each value with the words that say it. Several may hold at once: 交警扣了车 says traffic and seizure. */
const words: Readonly<Record<ConditionName, readonly (readonly [string, RegExp])[]>> = {
  organ: [
    ["traffic", /交警|交管|车管所|交通警察|交通民警|电子眼/],
    ["police", /公安|派出所|民警|警察(?!.{0,2}交)|治安(?:大队|支队)|辅警/],
    ["tax", /税务|税局|国税|地税/],
    ["customs", /海关/],
    ["justice", /司法(?:局|厅|所|行政)/],
    ["market", /市场监管|市监|工商|质监|食药|药监/],
    ["cityManagement", /城管|综合执法|行政执法局/],
    ["town", /镇政府|乡政府|乡镇|镇里|镇上|乡里/],
    ["street", /街道办?/],
    ["government", /(?:省|市|县|区|人民)政府/],
    ["entrusted", /委托/],
    ["dispatched", /派出机构|分局|派出机关/],
    ["court", /法院|法官|法庭/],
  ],
  act: [
    ["onTheSpot", /当场|简易程序|现场(?:罚|开)|当面(?:罚|开)/],
    ["camera", /电子眼|监控|抓拍|摄像头|非现场|拍到|被拍/],
    ["detention", /拘留|拘了|被拘|抓进去|关(?:了|我)?(?:几|\d+)天/],
    ["seizure", /查封|扣押|封条|贴封|被封|封了|扣(?:了|走|车|我|东西|货)|拉走|拖走|收走|抬走/],
    ["preservation", /先行登记|登记保存|证据保存/],
    ["demolition", /拆(?:了|除|我|房|违|迁|掉)|强拆|违建/],
    ["confiscation", /没收/],
    ["suspension", /停业|停产|关门整顿|责令停/],
    ["licence", /吊销|执照|许可证?|资质/],
    ["inaction", /不作为|不管|不处理|不答复|不受理|没人管|不履行|推来推去|踢皮球/],
    ["disclosure", /信息公开|申请公开|公开申请/],
    ["expropriation", /征收|征地|征用|拆迁/],
    ["inspection", /检查|来查|抽查|巡查/],
    ["fine", /罚款|罚了|罚我|罚钱|罚单|被罚|罚金/],
    ["warning", /警告/],
  ],
  stage: [
    ["reviewed", /复议(?:决定|结果|完|下来|维持|之后|后)|维持了/],
    ["reviewing", /复议(?:中|期间|的时候|还没|没(?:出|下))|正在复议|申请了复议/],
    ["suing", /诉讼(?:中|期间)|起诉(?:了|后|期间)|开庭|庭审|法院受理/],
    ["overdue", /过(?:了)?期|超(?:了)?期|逾期|错过|晚了|过了.{0,8}(?:天|月|年|期限)|来不及/],
    ["enforcing", /强制执行|催告|划拨|冻结|拍卖/],
    ["noticed", /告知书|预先告知|拟处罚|事先告知/],
    ["investigating", /调查|立案|询问|还没(?:下|出|给).{0,3}(?:决定|结果)|笔录/],
    ["decided", /决定书|罚单|罚款单|处罚决定|判罚|罚(?:了|我)/],
  ],
  party: [
    ["minor", /未成年|孩子|小孩|学生|不满.{0,3}(?:14|16|18|十四|十六|十八)/],
    ["elder", /老人|七十|70岁|七旬|老头|老太/],
    ["foreigner", /外国人|老外|外籍/],
    ["organization", /公司|企业|单位|厂|合作社|法人|饭店|酒店|超市/],
    ["person", /个人|自然人|老百姓|村民|居民/],
  ],
};

/** `text` is normalised. */
export function slotsOf(text: string): Slots {
  const said = (name: ConditionName) =>
    words[name].flatMap(([value, pattern]) => (pattern.test(text) ? [value] : []));
  return { organ: said("organ"), act: said("act"), stage: said("stage"), party: said("party") };
}
