/** What the organ did, read from the person's words; it decides whether reconsideration must come first. */
import type { ActKind } from "../law/jurisdiction.ts";

const signs: readonly (readonly [ActKind, RegExp])[] = [
  [
    "informationRefusal",
    /(?:信息)?(?:不予公开|不公开|拒绝公开|不给公开)|信息公开.{0,12}(?:不给|拒绝|驳回|不服)/,
  ],
  ["cameraPenalty", /电子眼|电子警察|监控拍|摄像头|违章拍|抓拍|非现场|电子监控|拍到/],
  [
    "onTheSpotPenalty",
    /当场(?!收|交|扣|查封)|简易程序|现场(?:就)?(?:罚|开单|处罚)|开(?:了|的)?(?:罚)?单|贴(?:了|的)?(?:罚)?条/,
  ],
  ["detention", /拘留|拘了/],
  ["taxDispute", /(?:纳税|征税|补税|税款).{0,8}(?:争议|不服|异议)|(?:不服|异议).{0,8}(?:征税|补税|税款)/],
  ["pricePenalty", /价格(?:违法|处罚|欺诈)|哄抬|明码标价/],
  ["enforcement", /强拆|拆(?:了|除|我|违)|强制执行|代履行|划拨/],
  [
    "coerciveMeasure",
    /查封|扣押|扣(?:了)?(?:我)?(?:的)?(?:车|货|东西|秤|三轮)|冻结|拖(?:走|车)|(?:拉|收|搬|抬|拿)走|收(?:了)?(?:我|俺)(?:的)?(?:东西|货|秤|摊|车|家伙)/,
  ],
  ["naturalResources", /(?:林地|草原|矿|水面|滩涂|海域|承包地|土地).{0,8}(?:使用权|所有权|确权|权属)/],
  ["inaction", /不作为|不履行|不(?:管|处理|答复|理|受理|出警|查处)(?!我)|没人管|一直拖|推来推去/],
  ["license", /不予许可|许可证?(?:被)?(?:撤销|拒绝|不给|注销)|不给(?:办|批)|驳回.{0,4}申请/],
  ["penalty", /罚款|罚了|处罚|吊销|没收|停业|警告|罚我/],
];

export function actOf(text: string): ActKind | undefined {
  return signs.find(([, pattern]) => pattern.test(text))?.[0];
}
