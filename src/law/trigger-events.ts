/** Finds what each said day is the day of: `9月14号交的复议申请`, `11.20 告知 10.9立案`. Part of `trigger.ts`. */
import { type Day, parseDay } from "./day.ts";
import type { EventKind, OpenKind, SaidEvent, SaidKind } from "./event.ts";
import type { SaidDay } from "./trigger-days.ts";
import type { DayReading } from "./trigger-readings.ts";

/** An event with the stretch of text, [start, end), that tells of it. */
export interface ToldEvent extends SaidEvent {
  readonly span: readonly [number, number];
}

/** Where the day stands among the words around it. */
const DAY = "▮";
const R =
  "(?:签收|签(?:了|的|过)?(?:个)?字|签(?:了|的|过)|收(?:到|的|了|着)|拿(?:到|了|的)|领(?:到|的|取|了)|取(?:到|回)|接(?:到|的)|送(?:到|来|达)|寄(?:到|来)|给(?:了)?(?:我|俺|咱)|发(?:给|来|的|了)|下(?:来|达|的|发)|到手|贴|留置|邮寄|快递)";
const DECISION =
  "(?:(?:处罚|罚款|行政|强制|拘留|认定)*决定书?|罚款?单|罚款?通知|处罚书|处罚(?!事先|预先|听证|告知|催告|前)|裁决书|(?:责令|限期|停业|停产|整改|拆除|缴款|行政)[^,。]{0,6}(?:书|通知)|通知书?|单子|条子|文书|罚款)";
const around = (doc: string, verb: string) => `${doc}[^,。]{0,10}${verb}|${verb}[^,。]{0,12}?${doc}`;

/**
 * The words of each event, from the narrow to the wide. Of several that fit, the one nearest the day is meant;
 * among equals the first. A document alone never makes an event where a verb is needed.
 */
const exactWords: readonly (readonly [EventKind, string])[] = [
  [
    "reviewRejectionServed",
    "复议[^,。]{0,8}(?:不予受理|驳回)|(?:不予受理|驳回)[^,。]{0,8}复议|不予受理(?:决定|通知)",
  ],
  ["reviewCopyServed", "申请书副本|复议[^,。]{0,4}副本"],
  ["correctionNoticeServed", "补正[^,。]{0,4}(?:通知|告知)"],
  ["reviewOpinionServed", "复议意见书"],
  ["reviewExpired", "复议[^,。]{0,4}期限?[^,。]{0,3}(?:届满|到期|满了)"],
  [
    "reviewDecisionMade",
    `复议(?:机关|局|办)?(?:的)?(?:决定书?|结果)?[^,。]{0,4}(?:作出|做出)|(?:作出|做出)(?:的|了)?复议决定`,
  ],
  [
    "reviewDecisionServed",
    `复议(?:机关|局|办|委)?(?:的|了)?(?:决定书?|结果|结论|答复|通知书|书(?!面))|复议[^,。]{0,3}(?:维持|下来|出来)|(?:维持|驳回)(?:了|的)?(?:原)?(?:处罚)?决定|${R}[^,。]{0,4}复议(?:的|书)`,
  ],
  ["reviewAccepted", "复议[^,。]{0,8}受理|受理[^,。]{0,4}复议|(?<!法院|信访|投诉|许可)受理通知"],
  [
    "reviewFiled",
    `复议申请|(?:申请|提(?:起|出|交|了|的)?|递|寄|办|打|报|写|弄|搞)(?:交|了|的|过|上去)*(?:行政)?复议|交(?:了|的|上去)?(?:行政)?复议|复议[^,。]{0,5}(?:交|递|提|寄|申请(?:了|的|过)|报上去)`,
  ],
  ["reviewHearingHeld", "复议[^,。]{0,4}听证会?[^,。]{0,6}(?:定在|开|举行)"],
  ["licenceHearingNoticed", "许可[^,。]{0,8}听证"],
  [
    "hearingHeld",
    `^听证会?(?!告知|通知|权|申请|要求)|听证会?[^,。]{0,4}(?:定在|定于|安排|放(?:在|到)?|排(?:在|到)|${DAY}?开|举行|召开)|(?:开|举行|召开|组织)(?:的|了|过)?听证`,
  ],
  [
    "hearingNoticed",
    "听证(?:权利?)?(?:的)?(?:告知|通知)|(?:告知|通知|告诉|说)(?:了)?[^,。]{0,8}听证|听证(?:权利?)?[^,。]{0,2}(?:告知|通知)",
  ],
  ["noticeServed", "(?:行政)?(?:处罚)?(?:事先|预先)?告知书?|拟(?:处罚|罚)|预先处罚|事先通知"],
  ["demandServed", "催告"],
  ["judgmentEffective", "(?:判决|裁定|调解)书?[^,。]{0,6}生效"],
  ["appealFiled", "上诉(?:状|的|了)|(?:交|递|提)[^,。]{0,4}上诉"],
  ["judgmentServed", "判决书?"],
  ["rulingServed", "裁定书?"],
  ["courtAccepted", "法院[^,。]{0,6}(?:立案|受理)"],
  ["suitFiled", "(?:交|递|提)(?:的|了|交)?[^,。]{0,4}(?:起诉状|诉状|诉讼)|起诉(?:了|的|到)|(?:法院|去)告的"],
  ["accusationMade", "检举控告"],
  ["transferApproved", "批准(?:的|了)?移送"],
  ["transferReported", "移送报告"],
  ["transferReceived", "公安[^,。]{0,4}接(?:受|到|收)[^,。]{0,4}移送|接受移送"],
  ["compensationDecided", "赔偿决定"],
  ["compensationClaimed", "(?:申请|提|交|要求)[^,。]{0,4}赔偿|赔偿申请"],
  ["informationCorrectionServed", "公开[^,。]{0,4}补正"],
  ["informationRequested", "(?:申请|提|交|寄)[^,。]{0,6}(?:信息)?公开|公开申请"],
  ["licenceAccepted", "许可[^,。]{0,6}受理|受理[^,。]{0,4}许可"],
  ["licenceGranted", "准予许可|许可证?[^,。]{0,2}批(?:了|下来|的)"],
  ["licenceApplied", "许可证?申请|申请[^,。]{0,6}(?:许可|办证)"],
  ["petitionReviewAnswered", "复查[^,。]{0,4}(?:意见|答复|结果)"],
  ["petitionAnswered", "信访[^,。]{0,8}(?:答复|意见|回复)"],
  ["petitionAccepted", "信访[^,。]{0,6}受理|受理[^,。]{0,4}信访"],
  ["petitionMade", "(?:提|交|写|寄|去)?(?:了|的)?信访"],
  ["complaintAccepted", "投诉[^,。]{0,4}受理|受理[^,。]{0,4}投诉"],
  ["supervisionNoticeServed", "监督通知书"],
  ["testResultServed", "(?:检验|检测|鉴定|化验)(?:结果|报告)"],
  ["fineCollected", "当场收(?:缴|的|了)*[^,。]{0,4}(?:罚款|钱|款)"],
  ["preservationTaken", "登记保存|先行?保存|证据保(?:存|全)|保存(?:的|了|我|起来)"],
  ["freezingDecided", "(?:作出|做出)[^,。]{0,4}冻结决定"],
  ["frozen", "冻结|冻(?:的|了)"],
  [
    "measureTaken",
    "贴(?:的|了|上)?封条|查封|扣押|封条|贴封|封(?:了|的|我|俺|店|门|铺|住|上)|扣(?:了|的|走|我|俺|车|下|留|东西|货|住)|被[^,。]{0,6}(?:扣|封)|暂扣|拖(?:走|的|车)|(?:拉|收|抬|搬)走|强制措施",
  ],
  ["executed", "强拆|拆(?:的|掉|除|了|我)|划(?:拨|走)|强制执行"],
  ["trafficPublicNotice", "(?:交警|交管|交通违法)[^,。]{0,10}公告|公告[^,。]{0,10}(?:交警|交通违法)"],
  ["publicNotice", "公告|登报"],
  ["paymentExpired", "(?:缴款|交款|缴费)(?:期限?)?[^,。]{0,3}(?:届满|到期|截止)"],
  ["reliefExpired", "(?:起诉|复议|诉讼)[^,。]{0,6}期限?[^,。]{0,3}(?:届满|到期|满了|过了)"],
  ["performanceDay", "代履行"],
  [
    "onTheSpotDecision",
    "当场|现场(?:就)?(?:罚|开|处罚|决定)|当面(?:罚|开)|(?:路|街|摊)[边上](?:被|就|给)?罚|简易程序",
  ],
  ["caseFiled", "立(?:的|了)?案"],
  ["cameraRecorded", "电子眼|抓拍|被拍|拍(?:到|的|下|了)|监控"],
  [
    "conductDay",
    "违停|(?:乱|违规?)?停(?:了|的)?车|违章|违法(?!决定)|闯红灯|超速|酒驾|占道|摆摊|打架|打(?:的|了)人|卖(?:的|了)|发生|干的|开工",
  ],
  [
    "decisionMade",
    `(?:作出|做出|(?<!我|俺|咱)下)(?:的|了)?(?:行政)?(?:处罚)?决定|决定书?[^,。]{0,6}(?:作出|做出|落款)|落款|${DAY}?(?:作出|做出)|宣告`,
  ],
  [
    "reportMade",
    "举报|投诉|反映|报案|报(?:了|的|过)警|12345|(?:申请|要求)[^,。]{0,6}(?:履职|履行|查处|处理)",
  ],
  ["appealRightsLearned", "知道[^,。]{0,4}(?:可以|能|有权)[^,。]{0,4}(?:复议|起诉|申诉|告)"],
  ["damageKnown", "(?:权利?|权益|合法权益)[^,。]{0,4}(?:侵|损)|损害|受(?:的)?伤|侵权"],
  ["obstacleRemoved", "出院|解除隔离"],
  ["finePaid", "(?:交|缴|付)(?:了|的|过|清)+[^,。]{0,2}(?:罚款|钱|款)|罚款[^,。]{0,3}(?:交|缴)(?:了|的|清)"],
  ["decisionServed", `${around(DECISION, R)}|送达日期`],
  [
    "decisionLearned",
    `(?:才?知道|得知|听说|发现|查到)[^,。]{0,6}(?:被罚|罚了|${DECISION})|${DECISION}[^,。]{0,8}(?:才?知道|得知|听说|发现|查到)`,
  ],
];
const openWords: readonly (readonly [OpenKind, string])[] = [
  ["received", `${R}|EMS|ems|挂号信|塞门`],
  ["learned", "知道|得知|发现|听说|查到"],
  ["accepted", "受理"],
  ["penalised", "罚|决定|开(?:的|了)?单|拘"],
  ["handedIn", "(?<![转移上成])交(?!警|通|管|易)|递|提(?:的|了|交)|申请(?:的|了)"],
];
const exact = exactWords.map(([kind, words]) => [kind, new RegExp(words)] as const);
const open = openWords.map(([kind, words]) => [kind, new RegExp(words)] as const);

/** Words from which a sentence asks or wishes, and no longer tells. */
const ASKS =
  /最[晚迟后多长]|哪一?天|哪日|几[号日天月]|什么时候|啥时候|何时|截止|期限|到期|多久|多长|还能|能不能|能否|可以|怎么|咋|想|要(?!求)|不服|现在|如何|准备|打算|来得及|还有|剩/;
const HARD = /[,,。;;!!??\n]/;

/**
 * Each day with its event. The words after a day, up to the next day or the end of the clause, are read first; then
 * the words around it. Where a sentence puts the event before each day (“立案10.9 告知11.20”), those are read.
 */
export function readEvents(plain: string, found: readonly SaidDay[]): readonly ToldEvent[] {
  const before = eventsComeFirst(plain, found);
  return found.flatMap((one, index): ToldEvent[] => {
    const { reading } = one;
    if (reading.kind === "impossible") return [];
    const from = found[index - 1]?.end ?? 0;
    const until = found[index + 1]?.start ?? plain.length;
    const lead = clauseBefore(plain.slice(from, one.start));
    const trail = before ? "" : clauseAfter(plain.slice(one.end, until));
    // A space often stands for a comma: what comes after it is read only when nothing was told before it.
    const soft = eventIn(lead, /^\s*\S*/.exec(trail)?.[0] ?? "");
    const event = soft.kind === "unsaid" ? eventIn(lead, trail) : soft;
    const day =
      reading.kind === "day" || reading.kind === "future" ? reading.day : toCome(event.kind, reading);
    // “今天还来得及不”: the day of asking, of which nothing is told.
    if (
      event.kind === "unsaid" &&
      (day === undefined || /^(?:今|刚|现|明|后)/.test(plain.slice(one.start, one.end)))
    ) {
      const alone = plain.length - (one.end - one.start) <= 3;
      if (day === undefined || !alone) return [];
    }
    return [
      {
        event: event.kind,
        ...(day === undefined ? {} : { day }),
        said: plain.slice(one.start, one.end),
        ...("assumed" in reading && reading.assumed ? { assumed: reading.assumed } : {}),
        span: [one.start - event.lead, one.end + event.trail],
      },
    ];
  });
}

/** What may well lie ahead: “12月1日听证” a week before it is this year's, not last year's. */
const mayLieAhead: ReadonlySet<SaidKind> = new Set(["hearingHeld", "reviewHearingHeld", "performanceDay"]);

function toCome(kind: SaidKind, reading: DayReading): Day | undefined {
  if (reading.kind !== "ambiguous" || !mayLieAhead.has(kind)) return undefined;
  const [lastYears, ...others] = reading.options;
  if (!lastYears || others.length > 0) return undefined;
  return parseDay(`${Number(lastYears.slice(0, 4)) + 1}${lastYears.slice(4)}`);
}

interface Found {
  readonly kind: SaidKind;
  /** Characters before and after the day that tell of the event. */
  readonly lead: number;
  readonly trail: number;
}

function eventIn(lead: string, trail: string): Found {
  const joined = lead + DAY + trail;
  const at = lead.length + 1;
  const after = nearest(exact, trail, 0);
  if (after) return { kind: after.kind, lead: 0, trail: after.end };
  const around = nearest(exact, joined, lead.length);
  const vague = nearest(open, trail, 0);
  const end = Math.max(around ? around.end - at : 0, vague?.end ?? 0);
  if (around) return { kind: around.kind, lead: Math.max(0, lead.length - around.start), trail: end };
  const kind = vague?.kind ?? nearest(open, joined, lead.length)?.kind ?? "unsaid";
  return { kind, lead: 0, trail: end };
}

/** Of the words that fit, those nearest the day; of what overlaps with them, the narrowest. */
function nearest<K extends SaidKind>(table: readonly (readonly [K, RegExp])[], text: string, at: number) {
  const matches = table.flatMap(([kind, pattern]) => {
    const match = pattern.exec(text);
    if (!match) return [];
    const [start, end] = [match.index, match.index + match[0].length];
    return [{ kind, start, end, far: start > at ? start - at : end < at ? at - end : 0 }];
  });
  const least = Math.min(...matches.map((one) => one.far));
  const close = matches.find((one) => one.far === least);
  return close && matches.find((one) => one.start < close.end && close.start < one.end);
}

/** What follows a day in its clause, up to where the sentence begins to ask. */
function clauseAfter(text: string): string {
  const hard = text.search(HARD);
  const clause = hard < 0 ? text : text.slice(0, hard);
  const asks = clause.search(ASKS);
  return (asks < 0 ? clause : clause.slice(0, asks)).slice(0, 24).trimEnd();
}

function clauseBefore(text: string): string {
  return (text.split(HARD).at(-1) ?? "").slice(-16);
}

/** “立案10.9 告知11.20”: something happened before the first day, and nothing is told after the last. */
function eventsComeFirst(plain: string, found: readonly SaidDay[]): boolean {
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last || found.length < 2) return false;
  const tells = (text: string) => exact.some(([, pattern]) => pattern.test(text));
  return tells(clauseBefore(plain.slice(0, first.start))) && !tells(clauseAfter(plain.slice(last.end)));
}

/** Events told without any day: `复议交上去一直没动静`. Only those a later question may be about. */
const toldWithout: readonly (readonly [EventKind, RegExp])[] = [
  [
    "reviewDecisionServed",
    /(?:收到|拿到)(?:了)?复议(?:的)?(?:决定|结果)|复议(?:决定|结果)?(?:下来|出来)了|复议(?:被)?(?:维持|驳回)了?/,
  ],
  [
    "reviewFiled",
    /复议(?:申请)?(?:书)?(?:早就|已经|都)?(?:交|递|提|寄)(?:上去|了|过)|(?:交|递|申请|提)(?:了|过)(?:行政)?复议/,
  ],
  [
    "reportMade",
    /(?:举报|投诉|反映)[^。]{0,20}(?:没人|没(?:有)?(?:答复|回音|结果|动静|回信)|不管|不理|不处理|不答复)/,
  ],
  ["preservationTaken", /登记保存了|(?:说|被|给)先(?:行)?(?:登记)?保存/],
  ["measureTaken", /(?:扣|封|查封|扣押)了(?:我|俺)|(?:我|俺)[^,。]{0,8}被[^,。]{0,6}(?:扣|封)/],
];

export function undatedEvents(plain: string, dated: readonly ToldEvent[]): readonly SaidEvent[] {
  return toldWithout.flatMap(([event, pattern]) =>
    pattern.test(plain) && !dated.some((one) => one.event === event) ? [{ event, said: "" }] : [],
  );
}
