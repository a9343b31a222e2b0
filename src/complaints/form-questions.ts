/** Questions people ask about the form itself, and its answers: told, then the step is asked again. */
import type { Day } from "../law/day.ts";
import type { Library } from "../records/library.ts";
import { hotlinesOf } from "./channels.ts";
import type { IntakeDraft } from "./intake-draft.ts";

export interface Asked {
  readonly library: Library;
  readonly today: Day;
  readonly identityAllowed: boolean;
  /** Day by which the office decides whether to take it, and on whose promise. */
  readonly acceptBy: () => string;
}

interface FormQuestion {
  readonly about: string;
  readonly hears: RegExp;
  readonly say: (asked: Asked, draft: IntakeDraft) => string;
}

export const formQuestions: readonly FormQuestion[] = [
  {
    about: "被人知道",
    hears:
      /(?:知道|晓得|发现|查到|看到|看见|暴露|泄露|泄密|透露)[^。?]{0,8}(?:是我|我是谁|我的|身份|名字|谁)|(?:会不会|能不能|怕|不想|别)[^。?]{0,6}(?:让)?(?:他们|单位|城管|人家|别人)[^。?]{0,4}(?:知道|晓得|看到)|(?:安全|保密)(?:吗|不|么)|谁(?:能|会)?(?:看|知道)/,
    say: () =>
      "不会告诉他们。您写的内容只给有权监督的机构看,被投诉的单位和人员看不到您的身份和原文,只会收到一份不含来源的核查通知。最不放心的可以选匿名:不留身份,只凭回执查。",
  },
  {
    about: "报复",
    hears: /报复|打击|穿小鞋|找(?:我|俺)(?:的)?(?:麻烦|事|茬)|整(?:我|俺)/,
    say: () =>
      "如实反映受法律保护,禁止打击报复。被投诉的单位看不到您是谁;选匿名就不留身份。真遇到报复,凭回执补充说明,有危险马上打 110。",
  },
  {
    about: "匿名",
    hears:
      /匿名[^。]{0,8}(?:吗|不|么|\?|行|可以|咋|怎么)|(?:能|可以|可不可以|行不行|能不能)[^。]{0,4}(?:匿名|不(?:留|写|说)(?:名|姓名|名字|电话))/,
    say: ({ identityAllowed }) =>
      identityAllowed
        ? "可以匿名:不留身份,一样登记办理;只是我们没法主动找您,进度凭回执查。要选就发“匿名”,或按下面的按钮。"
        : "可以,这里就是匿名登记:不收身份信息,进度凭回执查。",
  },
  {
    about: "要不要身份信息",
    hears:
      /(?:要|需要|用|填)[^。]{0,4}(?:身份证|实名|真名|姓名|名字|电话)[^。]{0,4}(?:吗|不|么|\?)|为(?:什么|啥)[^。]{0,6}(?:姓名|名字|电话|联系)/,
    say: () => "不用身份证。选匿名什么都不用留;选保密可以只留联系方式;选实名才要姓名。",
  },
  {
    about: "电话",
    hears:
      /(?:电话|号码|热线)(?:是)?(?:多少|几号|有(?:吗|没有)|呢|给我|\?)|打(?:什么|啥|哪个|哪里)?电话|能打电话|^电话$|打(?:哪|多少)/,
    say: (asked, draft) => {
      const phones = oversightPhones(asked.library, draft);
      const [hotline] = hotlinesOf(["12345"], asked);
      const own = phones ? `执法监督机构公布的电话:${phones}。` : "执法监督机构的电话还没有公示。";
      return `${own}${hotline ? `也可以打 ${hotline.number}(${hotline.name})请它转。` : ""}打电话和在这里登记,可以都做。`;
    },
  },
  {
    about: "多久",
    hears:
      /(?:要|得)?(?:多久|多长时间|几天|什么时候|啥时候|多少天)[^。]{0,8}(?:结果|答复|回复|处理|办|受理|管|回)|(?:结果|答复|回复)[^。]{0,6}(?:多久|几天|什么时候)|^(?:要)?(?:多久|几天)(?:啊|呀|呢)?[??]?$/,
    say: ({ acceptBy }) => `今天登记的,最迟${acceptBy()}。之后的进度凭回执随时能查。`,
  },
  {
    about: "有没有用",
    hears:
      /(?:有用|管用|有啥用|有什么用|顶用|白(?:投诉|说|填))|(?:投诉|登记)(?:了)?(?:以?后|完)?[^。]{0,4}(?:会怎么样|怎么样|咋样|怎么处理)/,
    say: () =>
      "登记后交给有权监督的机构,由它决定是否受理、去核查,结果凭回执看。它能督促改正;要撤销一个处罚决定,还得申请复议或起诉。",
  },
  {
    about: "收费",
    hears: /(?:要|收|花)(?:不要)?钱(?:吗|不|么)|收费(?:吗|不)|免费/,
    say: () => "不收费。",
  },
  {
    about: "能不能改、撤",
    hears: /(?:能|可以|还能)[^。]{0,4}(?:改|撤|反悔|取消)(?:吗|不|么|\?)|写错了?(?:咋办|怎么办|能改)|填错/,
    say: () => "能。现在哪一项错了直接说,例如“单位错了,是某某局”;登记以后凭回执可以补充,也可以撤回。",
  },
  {
    about: "补材料",
    hears:
      /(?:照片|视频|录音|录像|证据|材料|记录仪)[^。?]{0,10}(?:咋|怎么|如何|往哪|在哪|能)[^。?]{0,4}(?:补|交|传|发|给)|^(?:咋|怎么|如何)(?:补|交|传|发)/,
    say: () => "照片、视频、录音、文书现在直接发到这里就行,原件自己留好;登记以后凭回执编号也能补。",
  },
  {
    about: "为什么要问",
    hears:
      /(?:为(?:什么|啥)|干(?:嘛|啥|什么))[^。]{0,6}(?:问|要|填|写)|(?:必须|一定要|非得|都得)(?:填|写|留|说)/,
    say: () => "问这些是为了找到该管的机构、核实情况。除了经过,别的不清楚都可以跳过。",
  },
  {
    about: "回执",
    hears:
      /回执(?:是|号|编号)?[^。]{0,6}(?:咋|怎么)(?:查|用)|回执(?:是|号|编号)?[^。]{0,4}(?:是什么|是啥|干啥|哪里|在哪|怎么)/,
    say: () =>
      "登记成功会显示一个 17 位回执编号,只显示一次,请抄下来。查进度、补充、撤回都凭它,丢了无法找回。",
  },
];

/** Phones of the justice department beside the organ complained of, as published. */
function oversightPhones(library: Library, draft: IntakeDraft): string {
  const organ = draft.organIds[0] ? library.find(draft.organIds[0]) : undefined;
  if (organ?.kind !== "entity") return "";
  const [office] = library
    .all("entity")
    .filter(
      (one) => one.isJustice && one.governmentId !== undefined && one.governmentId === organ.governmentId,
    );
  return office && office.phones.length > 0 ? `${office.name} ${office.phones.join("、")}` : "";
}

/** The answer to a question about the form; `text` as it was said. */
export function explained(text: string, asked: Asked, draft: IntakeDraft): string | undefined {
  if (text.length > 60) return undefined;
  return formQuestions.find(({ hears }) => hears.test(text))?.say(asked, draft);
}

const ANNOUNCED = /^(?:我)?(?:想)?(?:先|再)?(?:请问|问一?下|问问|想问|打听|咨询)/;
const ASKING =
  /[??]\s*$|怎么(?!也)|如何|咋(?:办|样|整|弄|个)|为(?:什么|啥)|多久|多少|几天|会不会|能不能|可不可以|要不要|是不是|有没有|行不行|好不好|合法不|违法不|[吗么嘛][。.!!]?$|呢[。.!!]?$|(?:是|有)(?:啥|什么)|谁(?:管|看|来|能|会)|哪(?:里|儿|个|天)(?!都|也)|最后一天|最晚/;
const NOT_ASKING = /不知道|不清楚|记不(?:清|得|住)|说不(?:清|准|好)|忘了|不记得|不认识/;

/** Whether the message asks something. “不知道叫什么路” does not. */
export function asksSomething(text: string): boolean {
  const said = text.trim();
  if (ANNOUNCED.test(said)) return true;
  return said.length >= 2 && said.length <= 80 && ASKING.test(said) && !NOT_ASKING.test(said);
}

/** Announced as a question, so that nothing in it is a story. */
export const announcesQuestion = (text: string): boolean => ANNOUNCED.test(text.trim());

/** “不知道”, “记不清叫啥路了”: nothing to say to the step. */
export const saysUnknown = (text: string): boolean => text.length <= 20 && NOT_ASKING.test(text);
