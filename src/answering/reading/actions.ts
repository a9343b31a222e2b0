/**
 * Which time limit a text asks about. The action asked decides (申请复议, 起诉, 缴纳, 解除, 作决定 ……); what has
 * happened only says which limit of that action is meant. The stretches that tell what happened on a day
 * (`withoutEvents`) are not read for actions: “签收的罚款决定书,复议最后一天” asks about 复议.
 */
import type { Day } from "../../law/day.ts";
import { listRules } from "../../law/deadline.ts";
import { type EventKind, isOpen, openKinds, type SaidEvent } from "../../law/event.ts";
import { withoutEvents } from "../../law/trigger.ts";

export interface LimitContext {
  readonly today: Day;
  /** What this message tells, then what the talk told before. */
  readonly said: readonly SaidEvent[];
  readonly told: readonly SaidEvent[];
  /** The traffic police acted: 扣车 has a limit of its own there. */
  readonly traffic: boolean;
  /** The limit the talk is about, when a question names none. */
  readonly before?: string;
}

interface Action {
  readonly words: RegExp;
  /** The limit of this action after such an event; the first that fits. */
  readonly after?: readonly After[];
  /** The limit when nothing is known to have happened; absent: the action alone names none. */
  readonly rules?: readonly string[];
}

/** [events, limits, and events beside which the row does not hold]. */
type After = readonly [readonly EventKind[], readonly string[], (readonly EventKind[])?];

/** Phrases that name one limit by themselves, from the narrow to the wide. */
const phrases: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /复议(?:和|跟|与|、|及|还有|,)(?:行政)?(?:起诉|诉讼|打官司)/,
    ["reconsiderationApply", "litigationDirect"],
  ],
  [
    /没(?:有)?(?:告诉|告知|写|说).{0,12}(?:复议|申诉)/,
    ["reconsiderationApplyUntold", "reconsiderationUntoldLimit"],
  ],
  [
    /不(?:经|走|申请)?复议.{0,4}(?:直接|就)?.{0,2}(?:起诉|告|法院)|直接(?:起诉|去法院|到法院|上法院|告)/,
    ["litigationDirect"],
  ],
  [
    /当场收.{0,16}(?:上交|交回|交到|入账|缴回|缴银行|存)|交回单位|交回(?:机关|大队|局里)/,
    ["onTheSpotCollectionHandover", "collectedFineBankDeposit"],
  ],
  [/复议听证.{0,8}通知/, ["reconsiderationHearingNotice"]],
  [/许可.{0,6}听证/, ["licenseHearingRequest"]],
  [/听证.{0,24}(?:通知|提前|之前|日前)|(?:提前|通知).{0,8}听证/, ["hearingNotice"]],
  [
    /(?:罚得?|处罚).{0,4}(?:太|过)?(?:重|不公).{0,6}投诉|投诉.{0,24}(?:办完|办结|几天|多久|答复|结果)|裁量.{0,8}投诉|投诉.{0,8}裁量/,
    ["discretionComplaint"],
  ],
  [
    /(?:收到|不服|拿到|对)复议(?:决定|结果).{0,12}(?:起诉|法院|告|打官司)|复议(?:决定|完|后|之后|维持).{0,10}(?:起诉|法院|打官司)/,
    ["litigationAfterReconsideration"],
  ],
  [
    /复议.{0,8}(?:逾期|到期|超期|不作决定|没结果|没动静|不答复).{0,12}(?:起诉|法院|告)/,
    ["litigationAfterReconsiderationOverdue"],
  ],
  [/补正|补材料|补充材料/, ["applicationCorrection"]],
  [/复议.{0,24}(?:受理|审查)(?!结果)/, ["reconsiderationReview"]],
  [
    /复议.{0,12}(?:几天|多久|多长时间|什么时候|啥时候|何时|哪天|最晚).{0,8}(?:出结果|决定|结果|办完|下来)|复议(?:机关|办).{0,10}(?:作出决定|办结)|复议(?:的)?(?:审理|办理)(?:期限|时间)/,
    ["reconsiderationDecision", "summaryReconsiderationDecision"],
  ],
  [/被申请人.{0,6}答复|复议答复/, ["reconsiderationAnswer", "summaryReconsiderationAnswer"]],
  [/罚款.{0,16}(?:缴清|交清|缴纳)|加处罚款.{0,6}封顶/, ["finePayment"]],
  [/国家赔偿|赔偿/, ["stateCompensationClaim"]],
  [/(?:加处|滞纳金).{0,6}(?:封顶|最多|上限)/, ["additionalFineCap"]],
  [/冻结/, ["freezing"]],
  [/代履行/, ["substitutePerformanceNotice"]],
  [/(?:撤回|撤销).{0,6}公示|公示.{0,6}撤/, ["disclosureWithdrawal"]],
  [/年报|统计年/, ["annualReport"]],
  [/重大.{0,6}(?:处罚)?.{0,4}备案/, ["majorPenaltyFiling"]],
  [
    /当场处罚.{0,8}(?:备案|报)/,
    ["onTheSpotFiling", "publicSecurityOnTheSpotFiling", "trafficOnTheSpotFiling"],
  ],
  [/(?:治安|公安|派出所).{0,14}(?:送达|送)/, ["publicSecurityDecisionService"]],
  [
    /公告送达|公告.{0,6}(?:几天|多久|哪天).{0,4}(?:算)?送达/,
    ["publicNoticeService", "trafficPublicNoticeService"],
  ],
  [/(?:治安|公安|派出所).{0,12}(?:办案|办理|结案|作出)/, ["publicSecurityDecision"]],
  [/(?:市场监管|市监).{0,12}(?:立案|核查)/, ["marketCaseFiling"]],
  [/(?:市场监管|市监).{0,12}(?:办案|作出|结案)/, ["marketDecision"]],
  [
    /立案.{0,14}(?:到|多久|几天|多长|决定|处罚|罚)|办案(?:期限|时限)|案子.{0,6}(?:多久|多长)/,
    ["decisionAfterFiling"],
  ],
  [/移送(?:公安|司法|涉嫌)?/, ["crimeTransferDecision", "crimeTransferHandover"]],
  [/监督通知书/, ["supervisionNoticeReply"]],
  [/信访.{0,6}复查/, ["petitionReview"]],
  [/信访.{0,6}复核/, ["petitionReReview"]],
  [/信访/, ["petitionNotice", "petitionDecision"]],
  [/信息公开|政府信息|依申请公开/, ["disclosureReply"]],
  [/许可.{0,10}(?:几天|多久|多长|决定|办)/, ["licenseDecision"]],
  [/酒(?:精|驾|检).{0,8}(?:重新|复检|异议)/, ["alcoholRetest"]],
  [/再审/, ["retrialApplication"]],
];

const DECIDED: readonly EventKind[] = [
  "decisionServed",
  "onTheSpotDecision",
  "decisionLearned",
  "publicNotice",
];
const REVIEW_UNDER_WAY: readonly EventKind[] = ["reviewFiled", "reviewAccepted", "reviewExpired"];

/** One action a line; which of several is asked is told by its place beside the asking words. */
const actions: readonly Action[] = [
  {
    words: /复议|申诉|(?<!收到)不服(?!务)/,
    after: [
      [["appealRightsLearned"], ["reconsiderationApplyUntold", "reconsiderationUntoldLimit"]],
      [["reportMade", "dutyExpired"], ["inactionReconsideration"], DECIDED],
    ],
    rules: ["reconsiderationApply"],
  },
  {
    words: /起诉|打官司|告(?:政府|他们|城管|他|官|法院|不|吗|到|上|去|$)|(?:上|去|到|向)法院(?!执行)|诉讼/,
    after: [
      [["reviewDecisionServed", "reviewDecisionMade"], ["litigationAfterReconsideration"]],
      [["reviewRejectionServed"], ["litigationAfterRejection"]],
      [REVIEW_UNDER_WAY, ["litigationAfterReconsiderationOverdue"]],
      [["reportMade", "dutyExpired"], ["inactionLitigation", "inactionReconsideration"], DECIDED],
      [["compensationClaimed", "compensationDecided", "compensationExpired"], ["compensationLitigation"]],
    ],
    rules: ["litigationDirect"],
  },
  {
    words: /听证/,
    after: [
      [["hearingHeld"], ["hearingNotice"]],
      [["licenceHearingNoticed"], ["licenseHearingRequest"]],
    ],
    rules: ["hearingRequest"],
  },
  {
    words: /通知(?:当事人|他|对方)?/,
    after: [
      [["hearingHeld"], ["hearingNotice"]],
      [["reviewHearingHeld"], ["reconsiderationHearingNotice"]],
    ],
  },
  { words: /陈述|申辩/, rules: ["statementAndDefense", "marketStatementAndDefense"] },
  {
    words:
      /(?:过|晚|迟|拖)(?:了)?(?:一|几|两)?天[^,。]{0,2}加|加(?:多少|几块|收多少)|手头紧|缴(?!获)|(?<![提递上移转成外])交(?!警|通|管|材料|申请|复议|上去|给法院|易|代|回|到单位|接)|付(?:清|罚款|钱)|汇款/,
    after: [
      [["demandServed"], ["demandNotice"]],
      [["fineCollected"], ["onTheSpotCollectionHandover", "collectedFineBankDeposit"]],
    ],
    rules: ["finePayment"],
  },
  {
    words:
      /解封|解除|解扣|返还|退还|(?<!偿)还(?:我|给|车|东西|回来|$)|拿回|要回|取回|(?:封|扣)(?:到|多久|几天|多长|最多|押?期)|能?(?:封|扣)(?:押|着|我|多少天)|查封|扣押|封条|扣(?:我|了)?(?:的)?(?:车|东西|货)|扣留|暂扣/,
    after: [
      [["preservationTaken"], ["evidencePreservation"]],
      [["frozen"], ["freezing"]],
    ],
    rules: ["seizure"],
  },
  { words: /先行登记|登记保存|保存(?:到|多久|几天|期)|先保存|证据保存/, rules: ["evidencePreservation"] },
  {
    words: /处理/,
    after: [
      [["preservationTaken"], ["evidencePreservation"]],
      [["measureTaken"], ["seizure"]],
    ],
  },
  {
    words:
      /(?:作|做|下|出)(?:出)?(?:处罚|行政|复议)?(?:决定|结果)|决定(?!书)|结案|办结|办完|下处罚|答复|(?<![没无])结果/,
    after: [
      [["reviewCopyServed"], ["reconsiderationAnswer", "summaryReconsiderationAnswer"]],
      [["complaintAccepted"], ["discretionComplaint"]],
      [["petitionAccepted"], ["petitionDecision"]],
      [["licenceAccepted"], ["licenseDecision"]],
      [["informationRequested"], ["disclosureReply"]],
      [["compensationClaimed"], ["compensationDecision"]],
      [["suitFiled"], ["courtFiling"]],
      [["courtAccepted"], ["courtFirstInstance"]],
      [["preservationTaken"], ["evidencePreservation"]],
      [["caseFiled"], ["decisionAfterFiling"]],
      [
        ["reviewFiled", "reviewAccepted"],
        ["reconsiderationDecision", "summaryReconsiderationDecision"],
      ],
      [["noticeServed", "hearingNoticed", "hearingHeld"], ["decisionAfterFiling"]],
    ],
  },
  { words: /审查完?|审完|受理/, after: [[["reviewFiled"], ["reconsiderationReview"]]] },
  { words: /送达|送到(?:当事人)?|送给当事人/, rules: ["decisionService"] },
  { words: /公示|公开(?:决定|处罚|结果)|上网/, rules: ["penaltyDisclosure", "enforcementDisclosure"] },
  {
    words: /(?:申请)?(?:人民)?法院(?:强制)?执行|强制执行|强执/,
    after: [
      [["reliefExpired", "decisionServed"], ["courtEnforcementApplication"]],
      [["demandServed"], ["demandNotice"]],
      [["executionApplied"], ["courtEnforcementAcceptance"]],
      [["executionAccepted"], ["courtEnforcementRuling"]],
    ],
    rules: ["courtEnforcementApplication"],
  },
  { words: /催告/, rules: ["demandNotice"] },
  { words: /上诉/, after: [[["rulingServed"], ["appealRuling"]]], rules: ["appealJudgment", "appealRuling"] },
  { words: /(?<!作出|处罚)立案/, rules: ["caseFiling"] },
  { words: /备案/, after: [[["decisionMade"], ["majorPenaltyFiling"]]] },
  { words: /复查/, after: [[["petitionAnswered"], ["petitionReview"]]] },
  { words: /复核/, after: [[["petitionReviewAnswered"], ["petitionReReview"]]] },
  {
    words: /罚款(?=[^,。]{0,8}(?:几|多久|哪|什么|期限|最|截止|到))|(?<=[哪几最][^,。]{0,8})罚款/,
    rules: ["finePayment"],
  },
];

const searched = actions.map((action) => ({ action, everywhere: new RegExp(action.words, "g") }));

/** What is asked of a day when no action is named: the limit that matters next after what happened. */
const nextAfter: Partial<Record<EventKind, readonly string[]>> = {
  reviewDecisionServed: ["litigationAfterReconsideration"],
  reviewRejectionServed: ["litigationAfterRejection"],
  correctionNoticeServed: ["applicationCorrection"],
  reviewExpired: ["litigationAfterReconsiderationOverdue"],
  reviewAccepted: ["litigationAfterReconsiderationOverdue", "reconsiderationDecision"],
  reviewFiled: ["litigationAfterReconsiderationOverdue", "reconsiderationDecision"],
  reviewCopyServed: ["reconsiderationAnswer", "summaryReconsiderationAnswer"],
  reportMade: ["inactionReconsideration"],
  dutyExpired: ["inactionReconsideration"],
  hearingNoticed: ["hearingRequest"],
  noticeServed: ["hearingRequest", "statementAndDefense"],
  hearingHeld: ["hearingNotice"],
  licenceHearingNoticed: ["licenseHearingRequest"],
  measureTaken: ["seizure"],
  preservationTaken: ["evidencePreservation"],
  frozen: ["freezing"],
  demandServed: ["demandNotice"],
  judgmentServed: ["appealJudgment"],
  rulingServed: ["appealRuling"],
  judgmentEffective: ["retrialApplication"],
  caseFiled: ["decisionAfterFiling"],
  fineCollected: ["onTheSpotCollectionHandover", "collectedFineBankDeposit"],
  petitionAnswered: ["petitionReview"],
  petitionReviewAnswered: ["petitionReReview"],
  informationRequested: ["disclosureReply"],
  complaintAccepted: ["discretionComplaint"],
  supervisionNoticeServed: ["supervisionNoticeReply"],
  testResultServed: ["alcoholRetest"],
  compensationClaimed: ["compensationDecision"],
  damageKnown: ["stateCompensationClaim"],
  decisionServed: ["reconsiderationApply"],
  onTheSpotDecision: ["reconsiderationApply"],
  decisionLearned: ["reconsiderationApply"],
  publicNotice: ["reconsiderationApply"],
  trafficPublicNotice: ["reconsiderationApply"],
};

const ASKS_DAY =
  /最[晚迟后]|到?哪一?天|哪日|几[号日](?!楼)|截止|到期|来得及|什么时候[^,。]{0,4}前|啥时候[^,。]{0,4}前|期限(?=[^,。]{0,4}(?:到|是|哪|多|几|还|最|截|$))|还剩|(?:啥|什么)时候(?:必须|能|得|该)?/;
const ASKS = new RegExp(
  `${ASKS_DAY.source}|多久|多长|多少[天日]|几(?:天|日|个?月|年|个工作日)|何时|(?:啥|什么)时候`,
  "g",
);

/** A last day is asked for, not only how long something takes. */
export const asksLastDay = (text: string): boolean => ASKS_DAY.test(text);

/** Whether it is too late is asked. */
export const asksWhetherLate = (text: string): boolean =>
  /晚了[吗么没不]|晚不晚|来得及|来不来得及|(?:过期|超期|过时效)[^,。]{0,2}[吗么没不]/.test(text);

export const isTraffic = (text: string): boolean => /交警|交管|交通警察/.test(text);

export const asksLength = (text: string): boolean => text.search(ASKS) >= 0;

/** Rule ids for the limit a text asks about, best first; empty when neither its words nor the talk name one. */
export function rulesAsked(text: string, context: LimitContext): readonly string[] {
  const asking = withoutEvents(text, context.today);
  const found =
    byPhrase(asking, context) ?? byAction(asking, context) ?? byLength(asking, context) ?? byLabel(asking);
  const rules =
    found ?? byEvent(context.said) ?? byTalk(context) ?? byEvent(context.told) ?? byOpen(text, context.said);
  return (rules ?? []).map((rule) =>
    rule === "seizure" && context.traffic ? "trafficSeizureHandling" : rule,
  );
}

function byPhrase(asking: string, context: LimitContext): readonly string[] | undefined {
  const rules = phrases.find(([pattern]) => pattern.test(asking))?.[1];
  // “补正”, “复议审查” and the like may also be asked of what already happened.
  return rules?.[0] === "stateCompensationClaim" && kinds(context.said).includes("compensationClaimed")
    ? undefined
    : rules;
}

/** The action nearest to an asking word; one that leads nowhere after what happened is passed over. */
function byAction(asking: string, context: LimitContext): readonly string[] | undefined {
  const questions = [...asking.matchAll(ASKS)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  let best: { readonly rules: readonly string[]; readonly far: number } | undefined;
  for (const { action, everywhere } of searched) {
    for (const match of asking.matchAll(everywhere)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const rules = limitOf(action, context);
      if (!rules) continue;
      const far = Math.min(...questions.map(([from, to]) => distance(asking, start, end, from, to)), 99);
      if (!best || far < best.far) best = { rules, far };
    }
  }
  return best?.rules;
}

/** Characters between; a break between clauses weighs more. */
function distance(text: string, start: number, end: number, from: number, to: number): number {
  const between = end <= from ? text.slice(end, from) : start >= to ? text.slice(to, start) : "";
  return between.length + 12 * (between.match(/[,。;!?]/g)?.length ?? 0);
}

function limitOf(action: Action, context: LimitContext): readonly string[] | undefined {
  for (const events of [kinds(context.said), kinds(context.told)]) {
    const rules = action.after?.find(
      ([after, , unless]) =>
        after.some((kind) => events.includes(kind)) && !unless?.some((kind) => events.includes(kind)),
    )?.[1];
    if (rules) return rules;
    // What this message tells outweighs what was told before.
    if (events.some((kind) => action.rules?.some((rule) => belongs(rule, kind)))) return action.rules;
  }
  return action.rules;
}

const ruleById = new Map(listRules().map((rule) => [rule.id, rule]));
const belongs = (id: string, kind: EventKind): boolean => {
  const rule = ruleById.get(id);
  return rule?.starts.includes(kind) === true || rule?.derived?.some((one) => one.from === kind) === true;
};

/** “90天到哪天”: the limit of that length among those that run from what happened. */
function byLength(asking: string, context: LimitContext): readonly string[] | undefined {
  const amount = Number(/(\d{1,3})(?:个工作日|[天日](?!前))/.exec(asking)?.[1] ?? Number.NaN);
  const events = [...kinds(context.said), ...kinds(context.told)];
  const found = listRules().find(
    (rule) =>
      rule.kind === "counted" &&
      rule.period.amount === amount &&
      rule.starts.some((kind) => events.includes(kind)),
  );
  return found ? [found.id] : undefined;
}

function byLabel(asking: string): readonly string[] | undefined {
  const found = listRules().filter((rule) => asking.includes(rule.label));
  return found.length > 0 ? found.map((rule) => rule.id) : undefined;
}

/** The limit the talk is about, by what has happened meanwhile. */
function byTalk(context: LimitContext): readonly string[] | undefined {
  const { before } = context;
  if (before === undefined) return undefined;
  const action = actions.find((one) => one.rules?.[0] === before);
  return (action && limitOf(action, context)) ?? [before];
}

/** “3月2号罚的,还来得及吗”: somebody was fined; what is left is reconsideration. */
function byOpen(text: string, said: readonly SaidEvent[]): readonly string[] | undefined {
  const fined = said.some((one) => one.event === "penalised");
  const late = said.some((one) => one.day) && /来得及|还能|晚不晚|不服/.test(text);
  return fined || late ? ["reconsiderationApply"] : undefined;
}

function byEvent(events: readonly SaidEvent[]): readonly string[] | undefined {
  for (const kind of kinds(events).reverse()) {
    const rules = nextAfter[kind];
    if (rules) return rules;
  }
  return undefined;
}

const kinds = (events: readonly SaidEvent[]): EventKind[] =>
  events.flatMap((one) => (isOpen(one.event) ? [] : [one.event]));

/** The limits to choose from when none is named: those that run from what the talk told, else the usual ones. */
export function rulesToOffer(events: readonly SaidEvent[]): readonly string[] {
  const told = kinds(events)
    .reverse()
    .flatMap((kind) => [
      ...(nextAfter[kind] ?? []),
      ...listRules().flatMap((rule) =>
        rule.kind === "counted" && rule.starts.includes(kind) && rule.actor === "party" ? [rule.id] : [],
      ),
    ]);
  const open = events.flatMap((one) =>
    isOpen(one.event) && one.event !== "unsaid" ? [...openKinds[one.event]] : [],
  );
  const possible = open.flatMap((kind) => nextAfter[kind] ?? []);
  const offered = [...new Set([...told, ...possible])].slice(0, MOST_OFFERED);
  return offered.length > 0 ? offered : USUAL;
}
const MOST_OFFERED = 5;
const USUAL = [
  "reconsiderationApply",
  "litigationDirect",
  "hearingRequest",
  "finePayment",
  "seizure",
  "evidencePreservation",
] as const;
