/**
 * What each field of the form can be, as it is told, and how words are read as one. A value is stored only when it was
 * read as that field: bare words must look like it; after its name (`单位是…`) more is believed. Pure.
 */

import { SURNAMES } from "../answering/surnames.ts";
import type { Mentions } from "../answering/understanding.ts";
import { type Day, sayDate } from "../law/day.ts";
import { halfWidth } from "../law/numerals.ts";
import { findSaidDays } from "../law/trigger-days.ts";
import type { Library } from "../records/library.ts";
import type { Secrecy } from "./filing.ts";
import type { IntakeDraft } from "./intake-draft.ts";
import { secrecyLabels } from "./intake-words.ts";

export interface Known {
  readonly library: Library;
  readonly today: Day;
  /** False where no name or contact may be taken. */
  readonly identityAllowed: boolean;
  readonly mentionsOf: (text: string) => Mentions;
}

export type FieldName =
  | "secrecy"
  | "organ"
  | "when"
  | "where"
  | "officer"
  | "name"
  | "contact"
  | "amount"
  | "what";

/** What was read: what changes in the draft and how it is said, or why it cannot be taken. */
/** How the words came: by themselves, as the answer to that field's own question, or after its name. */
export type Manner = "bare" | "asked" | "named";

export type FieldReading =
  | { readonly kind: "value"; readonly change: Partial<IntakeDraft>; readonly said: string }
  | { readonly kind: "refused"; readonly why: string };

interface Field {
  /** What people call it. */
  readonly label: string;
  readonly called: RegExp;
  readonly takes: string;
  readonly read: (text: string, known: Known, manner: Manner, draft: IntakeDraft) => FieldReading | undefined;
}

const value = (change: Partial<IntakeDraft>, said: string): FieldReading => ({ kind: "value", change, said });

/** The mark of talk, not of a value. */
const TALK =
  /[??]|确认|取消|跳过|继续|上一步|好的|谢谢|等会|稍后|帮我|告诉|你们?(?!好)|为什么|怎么|什么|哪里|[吗呢]$/;
const WHOLE_TALK =
  /^(?:确认.*|取消|跳过|好的?|行|可以|对|是的?|不是|不对|没有|无|嗯+|哦+|谢谢|知道了?|不知道|随便|都行|[aA-zZ])$/;

const TIME_WORD =
  "(?:大概|大约|好像|应该|可能|就|是|在|的|那|这|今年|去年|前年|本月|上个?月|这个?月|上上个?月|上?个?(?:周|星期|礼拜)[一二三四五六日天末]?|今[天早晚]|昨[天早晚日]|前[天晚]|大前天|当天|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨|前几[天日]|前阵子|最近|年初|年底|月初|月中|月底|春节|国庆|元旦|中秋|端午|五一|过年|夏天|冬天|春天|秋天|前后|左右|期间|以前|之前|前|多|来|几|半|[\\d一二两三四五六七八九十零〇]+|[年月日号点时分秒天周::./\\-到至~、和]|钟|个|(?:的)?时候|(?:的)?事|\\s)";
const WHOLE_TIME = new RegExp(`^${TIME_WORD}+[。.]?$`);
const HAS_TIME = /[年月日号天周点早晚]|星期|礼拜|上午|下午|最近|前阵|春节|国庆|过年|[春夏秋冬]天/;

/** The days that stand in a text, in order. */
export function daysIn(text: string, today: Day): readonly Day[] {
  return findSaidDays(halfWidth(text), today).flatMap(({ reading }) =>
    reading.kind === "day" && reading.day <= today ? [reading.day] : [],
  );
}

/** The time of day told beside a day: `下午三点`; empty when none is. */
export const hourIn = (text: string): string =>
  /(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)?(?:[\d一二两三四五六七八九十]{1,3}点(?:半|多|钟|[\d一二三四五六七八九十]{1,3}分?)?)|凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜/.exec(
    text,
  )?.[0] ?? "";

export const isTime = (text: string): boolean => WHOLE_TIME.test(text) && HAS_TIME.test(text);

const CONTACT =
  /1[3-9]\d{9}|\d{3,4}[- ]?\d{7,8}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:微信号?|QQ号?)[:: ]?[\w-]{5,}/i;
const PERSON = new RegExp(`^(?:${SURNAMES})(?:[\\u4e00-\\u9fa5]{1,2}|·[\\u4e00-\\u9fa5]{1,6})$`);
/** Begins like a surname, is none. */
const NO_NAME =
  /^(?:方便|马上|周[一二三四五六日天末]|高速|白天|金额|石头|任何|任务|万元|常常|应该|现在|时间|地点|单位|经过|段时间|于是|程序|许多|江边|河边|路[口边上]|黄[河色]|钱[款财]?|何时|何处|何必|雷同|龙头|余款|白色|安全|孟[县州]|陈述|向[上西东南北我他]|解[决释]|卫[生健].*|顾[客虑]|严[重格].*|武[装警].*|史无|毛病|毛重|贺[信卡]|戴[着上]|单[子位据]|水[果费])/;
const OFFICERLIKE =
  /(?:姓.|[老小][王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐韩曹许邓冯程蔡袁薛闫贾](?![路街村])|[\u4e00-\u9fa5]?(?:队长|科长|所长|局长|股长|主任|组长|队员|协管员?|辅警|民警|警官|稽查|执法员|同志))|(?:警号|工号|编号|证号|胸牌)|[男女]的|(?:胖|瘦|矮|高)(?:子|个)|(?:高|矮|胖|瘦|戴眼镜|光头|平头)(?:个子?|的)|(?:[一二两三四五几\d])个(?:人|男|女)/;

const PLACE_WORD =
  /[省市区县镇乡村路街巷弄桥厂店铺]|大道|胡同|小区|社区|广场|市场|超市|商场|学校|[中小]学|医院|车站|公园|路口|门口|门前|门面|店里|家里?$|我家|摊[上位前]|工地|[东南西北]边|对面|旁边?|附近|楼[上下前后]|[0-9一二三四五六七八九十]号楼|单元|高速|国道|省道|收费站|加油站|服务区|大厅|办公室|仓库|院[里内子]|[0-9]+号|河[边滩]|城[东西南北里]/;
const ORGAN_END =
  /(?:局|厅|委员会|管委会|人民政府|镇政府|乡政府|区政府|县政府|市政府|街道办(?:事处)?|执法(?:大|支|中|总)?队|大队|支队|监察(?:大队)?|派出所|(?:监管|税务|司法|土地|国土|工商|市监|管理)所|城管|卫健委|发改委|住建委|中队|交警|运管|市监|(?<![厕场住诊会究务])所)(?:的人?)?$/;
const NOT_ORGAN = /门口|附近|对面|旁边?|院里|大厅|楼[上下]/;

/** Said where a name was asked, none of these is one. */
const NO_PERSON = [
  TALK,
  NO_NAME,
  HAS_TIME,
  PLACE_WORD,
  ORGAN_END,
  OFFICERLIKE,
  /[不没别了的]|匿名|保密|实名/,
];

/** A sentence, not a place. */
const ACTS =
  /[,,。;!!]|[买卖退骂打收罚扣封拆管投诉举报]|不[让给肯管]|没[有给亮]|把|被|[我俺](?!们?的?(?:家|[\u4e00-\u9fa5]{0,3}[店铺摊厂村馆]|单位))|[他她妈爸]|现在/;
/** Tells what was done, though a place stands in it. */
const DONE_TO = /[,,。;;!!]|把|被|[不没][给让亮]|骂|打了|砸|抢|推/;
/** Told of an organ, not its name. */
const OF_ORGAN = /[打骂我俺他她了不没把被]|罚款|扣车|收费|[,,。;!!]/;

/** Organs a nickname may mean, kept for a place said later; how many are shown is the step's business. */
export const MOST_OPTIONS = 40;

const LEAD_IN = /^(?:应该|好像|大概|可能|就)?(?:是|在|叫|为)?(?:那个|这个)?/;
const bare = (text: string) =>
  text
    .trim()
    .replace(/^[,,。、::;;\s]+|[,,。!!.;;~\s]+$/g, "")
    .replace(LEAD_IN, "");

/** Tried in this order when the field was not named. */
export const fields: Readonly<Record<FieldName, Field>> = {
  secrecy: {
    label: "保密方式",
    called: /^(?:保密方式|保密|身份|登记方式|方式)$/,
    takes: "选匿名、保密或实名",
    read: (text) => {
      const chosen =
        /^(?:(?:我|那|就|还是|想|要|选|改|换|用|愿意|成|为|请|给我))*(匿名|保密|实名)(?:吧|登记|提交|举报|投诉|就行|就好|好了|的|方式|了)*$/.exec(
          text,
        )?.[1];
      const level = (Object.keys(secrecyLabels) as Secrecy[]).find((one) => secrecyLabels[one] === chosen);
      return level && value({ secrecy: level }, secrecyLabels[level]);
    },
  },
  contact: {
    label: "联系方式",
    called: /^(?:我的)?(?:联系方式|联系电话|电话(?:号码?)?|手机号?|邮箱|微信号?)$/,
    takes: "一个电话、邮箱或微信号",
    read: (text, known) => {
      const found = CONTACT.exec(halfWidth(text));
      const rest = text
        .replace(found?.[0] ?? "", "")
        .replace(/我的|联系|电话|手机|号码?|邮箱|是|打|[::,,\s]/g, "");
      if (!found || rest.length > 6 || PERSON.test(rest)) return undefined;
      if (!known.identityAllowed) return { kind: "refused", why: "这里不收姓名、电话等身份信息,没有记下。" };
      return value({ contact: found[0], contactDone: true }, found[0]);
    },
  },
  when: {
    label: "时间",
    called: /^(?:时间|日期|日子|哪天|发生时间|那天)$/,
    takes: "一个日期,例如“11月3日”“上周五”,记不准也可以写“去年夏天”",
    read: (text, known) => {
      const { trigger } = known.mentionsOf(text);
      const [day] = daysIn(text, known.today);
      const whole = isTime(text);
      if (!whole && text.length > 24) return undefined;
      if (trigger.kind === "future" || trigger.kind === "impossible")
        return { kind: "refused", why: trigger.why };
      const rest = text.replace(
        /收到|签收|拿到|决定书?|罚单|告知书?|发生|被?罚|扣|开|给|我|他们?|来|了|在/g,
        "",
      );
      if (!whole && !(day && isTime(rest))) return undefined;
      const said = day ? `${sayDate(day)}${hourIn(text)}` : text.slice(0, 100);
      return value({ day, when: said, whenDone: true }, said);
    },
  },
  officer: {
    label: "人员",
    called: /^(?:人员|执法人员|执法证号?|证号|警号|工号|队长|那个人|他的名字|对方)$/,
    takes: "执法人员的姓名、称呼(例如“姓王的队长”)或执法证号",
    read: (text, known, manner, draft) => {
      const certs = known.mentionsOf(text).certNos;
      const said = halfWidth(text).slice(0, 60);
      const person = PERSON.test(text) && !NO_NAME.test(text);
      const fits =
        certs.length > 0 ||
        (text.length <= (manner === "bare" ? 14 : 30) &&
          (manner !== "bare" || !/[,,。;!!罚扣查封打骂要给]/.test(text)) &&
          (person || OFFICERLIKE.test(text) || /^[A-Za-z\u4e00-\u9fa5]?[A-Za-z]?\d{5,12}$/.test(text)));
      if (!fits && !(manner === "named" && text.length <= 30)) return undefined;
      const officerIds = known.library
        .all("officer")
        .filter(
          (one) => said.includes(one.certNo) || (one.name === said && draft.organIds.includes(one.entityId)),
        )
        .map((one) => one.id)
        .slice(0, 5);
      return value({ officer: said, officerIds, officerDone: true }, said);
    },
  },
  organ: {
    label: "单位",
    called: /^(?:单位|机关|部门|哪个单位|单位名称?|局|被投诉单位)$/,
    takes: "一个单位的名称,例如“盐湖区市场监督管理局”“城管”",
    read: (text, known, manner, draft) => {
      const plain = text
        .replace(/^(?:投诉的?|举报的?)?(?:就?(?:只)?知道)?(?:是)?/, "")
        .replace(/的(?:人|工作人员|执法人员)?$/, "")
        .replace(/(?<=[市县区])的(?=.)/, "");
      if (plain.length < 2 || plain.length > 40) return undefined;
      if (manner !== "named" && OF_ORGAN.test(plain)) return undefined;
      const exact = known.library.entitiesNamed(plain).map((one) => one.id);
      const [mentioned] = known.mentionsOf(plain).organs;
      const meant = exact.length > 0 ? exact : (mentioned?.entityIds ?? []);
      const whole =
        exact.length > 0 || (mentioned !== undefined && mentioned.said.length * 2 >= plain.length);
      const looks = (whole || ORGAN_END.test(plain)) && !NOT_ORGAN.test(plain) && !OFFICERLIKE.test(plain);
      if (!looks && !(manner === "named" && !isTime(plain))) return undefined;
      const there =
        draft.area === undefined ? [] : meant.filter((id) => known.library.entity(id).area === draft.area);
      const [only] = there.length === 1 ? there : meant;
      return (meant.length === 1 || there.length === 1) && only
        ? value(
            { organName: plain, organIds: [only], organOptions: [], organDone: true },
            known.library.entity(only).name,
          )
        : value(
            {
              organName: plain,
              organIds: [],
              organOptions: meant.slice(0, MOST_OPTIONS),
              organDone: meant.length === 0,
            },
            plain,
          );
    },
  },
  amount: {
    label: "金额",
    called: /^(?:金额|罚款|钱数?|数额|多少钱|罚款金额)$/,
    takes: "一个金额",
    read: (text, known) => {
      const [yuan] = known.mentionsOf(text).amountsYuan;
      const whole =
        /^(?:罚(?:了|款)?|收(?:了)?)?(?:我)?[\d.,一二两三四五六七八九十百千万]+(?:多)?(?:块钱?|元钱?|万元?|千元?|百元?)$/;
      return yuan !== undefined && whole.test(text.replace(/\s/g, ""))
        ? value({ amountYuan: yuan }, `${yuan} 元`)
        : undefined;
    },
  },
  where: {
    label: "地点",
    called: /^(?:地点|地方|位置|地址|发生地点?|哪里)$/,
    takes: "一个地点,例如“解放路农贸市场门口”;不好说的写“在……”",
    read: (text, known, manner) => {
      const place = text.replace(/^在(?=.{2})/, "").replace(/(?<=.{2})的$/, "");
      const told = manner === "named" || /^在.{2,}/.test(text);
      const codes = known.mentionsOf(text).areas[0]?.codes ?? [];
      const looks = PLACE_WORD.test(text) || codes.length > 0;
      if (
        text.length < 2 ||
        text.length > 60 ||
        isTime(text) ||
        CONTACT.test(text) ||
        daysIn(text, known.today).length > 0
      )
        return undefined;
      if (manner === "bare" && (text.length > 24 || ACTS.test(text))) return undefined;
      if (manner === "asked" && text.length > 8 && DONE_TO.test(text)) return undefined;
      if (!told && (!looks || TALK.test(text) || /[了过](?:我|他|$)|罚|扣/.test(text))) return undefined;
      if (ORGAN_END.test(text) && !NOT_ORGAN.test(text) && manner !== "named") return undefined;
      return value(
        { where: place, whereDone: true, ...(codes.length === 1 ? { area: codes[0] } : {}) },
        place,
      );
    },
  },
  name: {
    label: "您的姓名",
    called: /^(?:我的)?(?:姓名|名字)$|^我叫?$/,
    takes: "您的姓名,例如“我叫张三”",
    read: (text, known, manner) => {
      const said = /^(?:我叫|我是|我的名字(?:是|叫)|名字(?:是|叫)|姓名)[:: ]?(.{2,20})$/.exec(text)?.[1];
      const plain = said ?? text;
      // Any name might be the officer's: one's own says so, or answers the question.
      if (manner === "bare" && said === undefined) return undefined;
      const looks = PERSON.test(plain) && !NO_NAME.test(plain);
      const no = NO_PERSON.filter((one) => said === undefined || one !== OFFICERLIKE);
      const asTold = /^[\u4e00-\u9fa5·]{2,12}$/.test(plain) && !no.some((one) => one.test(plain));
      if (!looks && !asTold) return undefined;
      if (!known.identityAllowed) return { kind: "refused", why: "这里不收姓名、电话等身份信息,没有记下。" };
      return value({ name: plain, nameDone: true }, plain);
    },
  },
  what: {
    label: "经过",
    called: /^(?:经过|内容|说明|事情)$/,
    takes: "事情的经过",
    read: () => undefined,
  },
};

/** Words read as one field. `named`: the field's name was said with it. */
export function readField(
  field: FieldName,
  said: string,
  known: Known,
  draft: IntakeDraft,
  manner: Manner = "bare",
): FieldReading | undefined {
  const whole = said.trim();
  if (whole === "" || WHOLE_TALK.test(whole)) return undefined;
  // “在…” and “我叫…” are the sign of their field.
  const text = field === "where" || field === "name" ? whole.replace(/[。!!.;;\s]+$/, "") : bare(whole);
  return text === "" ? undefined : fields[field].read(text, known, manner, draft);
}

/** Read bare, the order in which a value finds its field; a name never stands for more than itself. */
const bareOrder: readonly FieldName[] = [
  "secrecy",
  "name",
  "contact",
  "when",
  "amount",
  "organ",
  "where",
  "officer",
];

/** The field bare words surely are, other than `not`. */
export function fieldFor(
  said: string,
  known: Known,
  draft: IntakeDraft,
  not?: FieldName,
): { readonly field: FieldName; readonly reading: FieldReading } | undefined {
  if (said.length > 60) return undefined;
  for (const field of bareOrder) {
    if (field === not) continue;
    const reading = readField(field, said, known, draft);
    if (!reading) continue;
    // The officer is named already: a bare name is one's own, where that is still to be given.
    const asked = field === "officer" && draft.officerDone && draft.secrecy === "named" && !draft.nameDone;
    const own = asked ? readField("name", said, known, draft, "asked") : undefined;
    return own ? { field: "name", reading: own } : { field, reading };
  }
  return undefined;
}

/** A place told of within a story: `在解放路农贸市场门口`. Taken as it was said. */
export function placeIn(story: string): string | undefined {
  const found =
    /(?:在|到|来)([\u4e00-\u9fa5A-Za-z0-9]{2,24}?(?:路口|门口|门前|市场|超市|广场|小区|学校|医院|车站|路|街|巷|村)(?:门口|对面|旁边|附近|路口|上)?)(?=[,,。;;!!\s摆卖把被罚扣查没不,]|$)/.exec(
      story,
    )?.[1];
  return found && !/^(?:我|他|这|那|了)/.test(found) ? found : undefined;
}
