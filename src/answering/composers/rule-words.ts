/** The words people use for time limits; the first matching line wins over later ones. */

interface RuleWords {
  readonly pattern: RegExp;
  readonly rules: readonly string[];
}

/** Ordered from the narrow to the wide: only the first line that matches is used. */
const lines: readonly RuleWords[] = [
  {
    pattern: /没(?:有)?(?:告诉|告知|写|说).{0,12}(?:复议|申诉)/,
    rules: ["reconsiderationApplyUntold", "reconsiderationUntoldLimit"],
  },
  {
    pattern: /不(?:经|走|申请)?复议.{0,4}(?:直接|就)?.{0,2}(?:起诉|告|法院)|直接(?:起诉|去法院|到法院|告)/,
    rules: ["litigationDirect"],
  },
  { pattern: /复议决定.{0,24}(?:起诉|法院|打官司)/, rules: ["litigationAfterReconsideration"] },
  {
    pattern: /当场收.{0,16}(?:上交|交回|交到|入账|缴回|缴银行|存)/,
    rules: ["onTheSpotCollectionHandover", "collectedFineBankDeposit"],
  },
  { pattern: /听证.{0,24}通知|通知.{0,8}听证/, rules: ["hearingNotice"] },
  { pattern: /缴款|交款|罚款.{0,16}(?:缴清|交清|缴纳)/, rules: ["finePayment"] },
  {
    pattern:
      /(?:罚得?|处罚).{0,4}(?:太|过)?(?:重|不公).{0,6}投诉|投诉.{0,24}(?:办完|办结|几天|多久|答复|结果)/,
    rules: ["discretionComplaint"],
  },
  {
    pattern:
      /(?:收到|不服|拿到|对)复议(?:决定|结果).{0,12}(?:起诉|法院|告|打官司)|复议(?:决定|完|后|之后|维持).{0,10}(?:起诉|法院|打官司)/,
    rules: ["litigationAfterReconsideration"],
  },
  {
    pattern: /复议.{0,8}(?:逾期|到期|超期|不作决定|没结果|不答复).{0,12}(?:起诉|法院|怎么)/,
    rules: ["litigationAfterReconsiderationOverdue"],
  },
  { pattern: /补正|补材料|补充材料/, rules: ["applicationCorrection"] },
  { pattern: /复议.{0,24}(?:受理|审查)(?!结果)/, rules: ["reconsiderationReview"] },
  {
    pattern:
      /复议.{0,12}(?:几天|多久|多长时间|什么时候|何时).{0,6}(?:出结果|决定|结果|办完|有结果|下来)|复议(?:机关|办).{0,10}(?:作出决定|办结)|复议(?:的)?(?:审理|办理)(?:期限|时间)/,
    rules: ["reconsiderationDecision", "summaryReconsiderationDecision"],
  },
  {
    pattern: /被申请人.{0,6}答复|复议答复/,
    rules: ["reconsiderationAnswer", "summaryReconsiderationAnswer"],
  },
  { pattern: /许可.{0,6}听证/, rules: ["licenseHearingRequest"] },
  { pattern: /听证.{0,10}(?:通知|提前|之前|日前)|(?:提前|通知).{0,8}听证/, rules: ["hearingNotice"] },
  { pattern: /听证/, rules: ["hearingRequest"] },
  { pattern: /陈述|申辩/, rules: ["statementAndDefense", "marketStatementAndDefense"] },
  {
    pattern:
      /(?:缴|交|付)(?:纳|清)?.{0,4}罚款|罚款.{0,8}(?:几天|多久|哪天|什么时候|期限|最后).{0,4}(?:交|缴)?/,
    rules: ["finePayment"],
  },
  { pattern: /先行登记|登记保存/, rules: ["evidencePreservation"] },
  { pattern: /查封|扣押/, rules: ["seizure"] },
  { pattern: /冻结/, rules: ["freezing"] },
  { pattern: /代履行/, rules: ["substitutePerformanceNotice"] },
  { pattern: /催告/, rules: ["demandNotice"] },
  { pattern: /申请(?:人民)?法院(?:强制)?执行|法院强制执行/, rules: ["courtEnforcementApplication"] },
  { pattern: /代履行/, rules: ["substitutePerformanceNotice"] },
  { pattern: /(?:撤回|撤销).{0,6}公示|公示.{0,6}撤/, rules: ["disclosureWithdrawal"] },
  { pattern: /年报|统计年/, rules: ["annualReport"] },
  { pattern: /公示|公开(?:决定|处罚|结果)|上网/, rules: ["penaltyDisclosure", "enforcementDisclosure"] },
  { pattern: /重大.{0,6}(?:处罚)?.{0,4}备案/, rules: ["majorPenaltyFiling"] },
  {
    pattern: /当场处罚.{0,8}(?:备案|报)/,
    rules: ["onTheSpotFiling", "publicSecurityOnTheSpotFiling", "trafficOnTheSpotFiling"],
  },
  {
    pattern: /当场收(?:缴|的).{0,10}(?:上交|交|缴|入)/,
    rules: ["onTheSpotCollectionHandover", "collectedFineBankDeposit"],
  },
  { pattern: /(?:治安|公安|派出所).{0,14}(?:送达|送)/, rules: ["publicSecurityDecisionService"] },
  { pattern: /公告送达/, rules: ["publicNoticeService", "trafficPublicNoticeService"] },
  { pattern: /送达|送到(?:当事人)?/, rules: ["decisionService"] },
  { pattern: /(?:治安|公安|派出所).{0,12}(?:办案|办理|结案|作出)/, rules: ["publicSecurityDecision"] },
  { pattern: /(?:市场监管|市监).{0,12}(?:立案|核查)/, rules: ["marketCaseFiling"] },
  { pattern: /(?:市场监管|市监).{0,12}(?:办案|作出|结案)/, rules: ["marketDecision"] },
  {
    pattern:
      /立案.{0,14}(?:到|多久|几天|多长|决定|处罚|罚)|办案(?:期限|时限)|案子.{0,6}(?:多久|多长)|作出处罚决定/,
    rules: ["decisionAfterFiling"],
  },
  { pattern: /立案/, rules: ["caseFiling"] },
  { pattern: /移送(?:公安|司法|涉嫌)?/, rules: ["crimeTransferDecision", "crimeTransferHandover"] },
  { pattern: /(?:国家)?赔偿/, rules: ["stateCompensationClaim"] },
  { pattern: /裁量.{0,8}投诉|投诉.{0,8}裁量/, rules: ["discretionComplaint"] },
  { pattern: /监督通知书/, rules: ["supervisionNoticeReply"] },
  { pattern: /信访.{0,6}复查/, rules: ["petitionReview"] },
  { pattern: /信访.{0,6}复核/, rules: ["petitionReReview"] },
  { pattern: /信访/, rules: ["petitionNotice", "petitionDecision"] },
  { pattern: /信息公开|政府信息|依申请公开/, rules: ["disclosureReply"] },
  { pattern: /许可.{0,10}(?:几天|多久|多长|决定|办)/, rules: ["licenseDecision"] },
  {
    pattern: /扣(?:我|了)?(?:的)?车|扣留|暂扣.{0,4}(?:车|驾)/,
    rules: ["trafficSeizureHandling", "vehicleDetentionCheck"],
  },
  { pattern: /酒(?:精|驾|检).{0,8}(?:重新|复检|异议)/, rules: ["alcoholRetest"] },
  { pattern: /再审/, rules: ["retrialApplication"] },
  { pattern: /上诉/, rules: ["appealJudgment", "appealRuling"] },
  { pattern: /复议.{0,20}(?:起诉|法院)/, rules: ["reconsiderationApply", "litigationDirect"] },
  { pattern: /起诉|打官司|告(?:政府|他们|城管|他)|法院/, rules: ["litigationDirect"] },
  { pattern: /复议|申诉|不服/, rules: ["reconsiderationApply"] },
];

/** Rule ids for the limit a text asks about; empty when no line matches. */
export function rulesNamedIn(text: string): readonly string[] {
  return lines.find((line) => line.pattern.test(text))?.rules ?? [];
}
