/**
 * Conduct beside the topic: what a message shows of danger, wrongdoing, other people's data or claimed power, each with
 * its own reply. Law is said with its article; numbers come from the published hotlines.
 */
import { cite } from "../../law/cite.ts";
import type { SaidRef } from "../../law/legal-ref.ts";
import type { Outcome } from "../../reply.ts";
import type { Intent } from "../intents.ts";

export interface ConductSign {
  /** What is said first; after the numbers where somebody is in danger. */
  readonly say: string;
  /** The lawful way, or what to do meanwhile. */
  readonly more?: string;
  readonly basis?: readonly SaidRef[];
  /** Said once help has come or the moment has passed: what to keep, and that the affair goes on. */
  readonly over?: string;
  /** Published hotlines to call, by number, the first one first. */
  readonly call?: readonly string[];
  readonly outcome: Outcome;
  /** The lawful question beside it is answered too. */
  readonly goesOn: boolean;
  /** The route it counts as. */
  readonly route: Intent;
  /** Confidence, 0–1, from which it is acted on. */
  readonly from: number;
}

const SURE = 0.6;
/** Help asked for to do wrong: refused sooner, since a refusal names the lawful way too. */
const SURE_OF_WRONG = 0.45;
/** A danger is heard sooner: a false alarm costs a sentence, a missed one more. */
const SURE_OF_DANGER = 0.45;

const danger = (
  call: readonly string[],
  say: string,
  more: string | undefined,
  over: string,
): ConductSign => ({
  say,
  ...(more ? { more } : {}),
  over,
  call,
  outcome: "emergency",
  goesOn: false,
  route: "emergency",
  from: SURE_OF_DANGER,
});
const refusal = (say: string, more: string, ...basis: readonly SaidRef[]): ConductSign => ({
  say,
  more,
  ...(basis.length > 0 ? { basis } : {}),
  outcome: "declined",
  goesOn: false,
  route: "legalOpinion",
  from: SURE_OF_WRONG,
});
/** Said before the answer to the question beside it. */
const remark = (outcome: Outcome, say: string, route: Intent = "legalOpinion"): ConductSign => ({
  say,
  outcome,
  goesOn: true,
  route,
  from: SURE,
});

const HURT =
  "人要紧,先把人照看好。病历、诊断证明、伤处照片、现场视频都留着;报警的跟警察做笔录,要伤情鉴定听警方安排。之后要投诉、要复议,把单位和日期告诉我。";

export const conductSigns = {
  ill: danger(
    ["120"],
    "身体出状况先叫急救,我不能告诉您用什么药。",
    "说清地址和症状,按接线员说的做;身边有人的让他来帮忙。",
    HURT,
  ),
  harmDone: danger(
    ["120", "110"],
    "先救人、先报警,留在现场不要跑。这已经可能是犯罪,不是罚款的事。",
    "照实说,不要动现场;尽快请律师。主动投案、救助伤者,法律会考虑。",
    "接下来照实配合警察调查,救治的票据留好,尽快请律师;经济困难的可以申请法律援助。",
  ),
  fire: danger(
    ["119", "110"],
    "人先撤到安全的地方,不要回去拿东西。",
    "闻到煤气味:开窗、关阀,别开灯、别在屋里打电话。",
    "人安全就好。现场别急着清理,拍照留证,配合消防救援机构查原因。",
  ),
  traffic: danger(
    ["122", "120"],
    "有人受伤先叫急救,开双闪、摆警示牌,人到路外。",
    "保护现场,记下对方车牌;不要私自移动伤者。",
    "配合交警做笔录,留好现场照片、行车记录、医院票据;事故认定书下来再看责任和赔偿。",
  ),
  selfHarm: danger(
    ["120", "110"],
    "您现在这样,一定很难受。先别一个人扛,请马上打电话,或者喊身边的人过来陪您。",
    "罚款、处罚都有办法可走,复议、起诉、分期都可以,等您缓过来我一步步帮您看。",
    "听您说这些,我很挂念。今晚请让家里人或者朋友陪着您,睡不着就跟他们说说话;再有不好的念头,马上打120或者110。罚款的事不用一个人扛,能申请分期、能申请复议,您愿意的话把单位和日期告诉我,我一步步帮您看。",
  ),
  /** Money, not life: 让我微信转给他 is asked of real officers too. */
  fraud: {
    ...danger(
      ["110"],
      "先别转钱、别点链接、别给验证码;已经转了的马上报警,请警方和银行止付。",
      "公安、法院、交警、市场监管都不会用电话或短信要您转账;罚款只按决定书上写明的渠道缴。",
      "去派出所带上身份证、手机、聊天和通话记录、转账凭证,照实说经过;聊天别删,也别再跟对方联系。银行和支付平台那边接着问止付结果。",
    ),
    from: SURE,
  },
  violence: danger(
    ["110"],
    "到安全的地方去,不要和对方动手。",
    "记下时间、地点、对方样子和车牌。安全以后再来核对证号或者投诉。",
    HURT,
  ),
  forge: refusal(
    "不能这么做,也不帮这个忙。伪造、倒签、补造文书和证据是违法的。",
    "处罚全过程要如实记录、归档保存。晚了、漏了的,如实写明原因,按规定补正、延长或者重新告知;对方造假的,可以在申辩、复议、诉讼中提出。",
    cite("处罚法", "47"),
    cite("处罚法", "46.3"),
  ),
  destroy: refusal(
    "不能删、不能藏。执法记录和证据要归档保存,先行登记保存的东西也不得销毁、转移。",
    "记录里有不当言行的,如实报告;觉得证据不对的,可以在申辩、复议中说明。",
    cite("处罚法", "47"),
    cite("处罚法", "56"),
  ),
  evade: refusal(
    "不帮着躲检查、做假账或者换标签,那样处罚只会更重。",
    "主动改正、减轻后果的,应当从轻或者减轻处罚;轻微、及时改正、没有危害后果的不予处罚。哪里不会改,可以问我。",
    cite("处罚法", "32"),
    cite("处罚法", "33.1"),
  ),
  bribe: refusal(
    "不能送钱送礼,送的人也可能要负法律责任。",
    "觉得罚重了,可以申辩、要求听证、申请复议。对方开口要钱要物的,可以打12388向纪检监察机关举报。",
  ),
  impersonate: refusal(
    "不帮这个忙。冒充执法人员、伪造证件公章是违法的,要受治安处罚,严重的构成犯罪。",
    "和邻居、同行有纠纷,可以找调解、投诉或者起诉;要核对别人的执法证,把证号发给我。",
    cite("治安法", "63"),
    cite("治安法", "62"),
  ),
  retaliate: refusal(
    "不能报复、威胁举报人,也不能阻拦执法或者编造事实告人,那样您要承担法律责任。",
    "不服处罚,走申辩、听证、复议、起诉;对执法人员有意见,可以如实投诉。",
    cite("治安法", "61"),
  ),
  takeBlame: refusal(
    "不能找人顶替,也不能买分卖分。顶替的人和让人顶替的人都要负责任。",
    "对记分、罚款有异议,可以申请复议;车借给别人开的,如实提供驾驶人。",
  ),
  thirdPerson: {
    ...refusal(
      "别人的处罚记录、案底、住址电话和投诉内容,我不提供,也查不了。",
      "治安违法记录依法封存,不向单位和个人提供;投诉只凭本人的回执查看。要核对执法人员,请把执法证号发给我。",
      cite("治安法", "136"),
      cite("个保法", "10"),
    ),
    route: "namedPerson",
  },
  credentials: remark(
    "declined",
    "不要把身份证号、密码、验证码、银行卡号发到这里,我也不能替您登录、提交或者缴款。已经发了的密码请马上改。",
  ),
  authority: {
    ...refusal(
      "不管您是哪个单位、什么身份,我都看不到也给不出投诉内容、举报人和后台数据。",
      "办案需要的,由有权机关凭手续向承办的行政执法监督机构依法调取。",
    ),
    route: "namedPerson",
  },
  otherPlace: remark(
    "answered",
    "我只收录了本地公布的清单。外地的机关和电话请看文书上的公章,或者问当地12345。下面按全国通用的规定说:",
  ),
  verdict: remark(
    "answered",
    "谁对谁错、能不能赢,我不能替机关和法院下结论。可以对照法律怎么规定、您还有哪些办法:",
  ),
  abuse: refusal(
    "不写骂人、威胁或者搞臭谁的东西。",
    "把时间、地点、谁做了什么如实说给我,我可以帮您登记投诉,或者告诉您向哪里反映。",
  ),
  /** Danger of a kind not told apart: the emergency composer reads which numbers. */
  danger: danger(["110"], "到安全的地方去,不要和对方动手。", undefined, HURT),
  insult: remark("declined", "听得出您很着急。说说发生了什么事,我帮您看能找谁、怎么办。", "insult"),
  injection: remark("declined", "规则和角色我改不了。我只按公布的清单和法律回答,并写明出处。", "injection"),
  encoded: {
    ...refusal("编码、加密的内容我不解,也不照着做。", "有什么事请直接用中文说。"),
    route: "injection",
  },
} as const satisfies Readonly<Record<string, ConductSign>>;

export type ConductName = keyof typeof conductSigns;
export const conductNames = Object.keys(conductSigns) as ConductName[];
/** The class of everything that shows no sign. */
export const NO_SIGN = "none";
