/** What people say of a complaint they have filed: asked for in words what the buttons offer. */
import { asksSomething } from "./form-questions.ts";
import { storyIn } from "./told.ts";

export interface Wish {
  readonly action: "look" | "add" | "withdraw" | "rate" | "reopen" | "unhappy" | "done";
  /** What is to be handed on to the office. */
  readonly text?: string;
  /** Said to be handed on, in so many words; otherwise it is asked first. */
  readonly sure?: boolean;
}

const ADD =
  /^(?:我)?(?:还)?(?:想|要|得|再|需要)*(?:补充|追加|留言|转告(?:他们|办理机构)?)(?:一下|一点|几句|说明|材料|证据|说明或留言)?[,,::。\s]*(?<rest>[\s\S]*)$/;

/** Most telling first. */
const wishes: readonly (readonly [Wish["action"], RegExp])[] = [
  ["done", /^(?:看完了|结束|没有了|没了|好了|不用了)[。!!]?$/],
  ["reopen", /重开|重新(?:办|处理|调查|查)|再查(?:一)?遍/],
  ["rate", /^(?:我)?(?:想|要)?(?:评价|打分)|(?:打|给)(?:个)?(?:[1-5] ?分|好评|差评)|^[1-5] ?分$/],
  ["withdraw", /撤(?:了|回|销|掉|诉)|不(?:想)?(?:投诉|举报|告|追究)了/],
  ["unhappy", /不满意|不服(?:气)?|没(?:有)?解决|糊弄|敷衍|打发|结果不(?:对|行|公)|不公(?:平|正)/],
  [
    "look",
    /办(?:到|得)?(?:哪|怎么样|咋样|好|完)|到哪(?:一步|儿|里)?了|进度|进展|(?:有|出)(?:消息|结果|回复|答复|回音)|(?:结果|答复|回复)(?:呢|出来|怎么样)|怎么样了|咋样了|受理(?:了)?(?:没|吗)|处理(?:了)?(?:没|吗|得|好)|^(?:再)?查(?:询|一下|看)?[。]?$|谁(?:在)?(?:办|处理)|什么时候(?:有|给|能)/,
  ],
];
/** Impatience is handed on to the office, once agreed. */
const URGES = /催|督办|没(?:有)?(?:人)?(?:理|管|动静|下文|回音)|太慢|超期|逾期|拖/;

/** @returns undefined when the words are of something else. */
export function wishIn(said: string): Wish | undefined {
  const text = said.trim().replace(/[。!!]$/, "");
  if (text.length > 4000) return undefined;
  const rest = ADD.exec(text)?.groups?.["rest"]?.trim();
  if (rest !== undefined)
    return rest.length < 2 ? { action: "add" } : { action: "add", text: rest, sure: true };
  if (text.length <= 40) {
    const found = wishes.find(([, hears]) => hears.test(text));
    if (found) return { action: found[0] };
    if (URGES.test(text)) return { action: "add", text };
  }
  return storyIn(text) === undefined && !tells(text) ? undefined : { action: "add", text };
}

/** Something more of the affair, said to whoever handles it. */
const tells = (text: string): boolean =>
  text.length >= 8 && /我|俺|他们|又/.test(text) && !asksSomething(text);

/** One's own complaint, by name. */
const OF_COMPLAINT =
  /我的(?:那个)?(?:投诉|举报|案子)|(?:我|俺)(?:们)?(?:上次|之前|在这里?|前几天|昨天|上周|上个?月)?(?:投诉|举报|登记)(?:的|过|了)|(?:投诉|举报)(?:的)?进度|回执/;
/** Said by itself it can be of nothing else. */
const BARE =
  /^(?:我)?(?:想|要|帮我)?(?:撤(?:了|回|销|掉)(?:吧|它|投诉|举报)?|(?:现在)?办到哪(?:一步|儿|里)?了?(?:啊|呀)?)[。!!??]?$/;
/** “我投诉城管一个月了没人理我”: filed before, unanswered. */
const UNANSWERED =
  /(?:投诉|举报|反映|登记)(?:过|了)?[^?]{0,24}(?:没(?:有)?(?:人)?(?:理|管|回(?:复|音|信)?|答复|结果|下文|动静|消息)|不(?:理|管|回|答复)|石沉大海|没信)/;

export const losesReceipt = (text: string): boolean =>
  /(?:回执|编号|那个?号|号码?)[^。]{0,8}(?:丢|没(?:有)?(?:记|抄|存|了)|忘|找不(?:到|着)|不见|删|弄没|不记得)|(?:丢|忘|没记|没抄|找不到)[^。]{0,6}回执|没有回执/.test(
    text,
  );

/** A wish about one's own complaint, said outside of it: by name, or where one was filed in this talk. */
export function statusWish(text: string, lodged: boolean): Wish | undefined {
  const wish = wishIn(text);
  if (!wish || text.length > 60) return undefined;
  if (wish.action === "done") return undefined;
  if (wish.action === "add") return lodged && (ADD.test(text.trim()) || URGES.test(text)) ? wish : undefined;
  return lodged || OF_COMPLAINT.test(text) || BARE.test(text.trim()) ? wish : undefined;
}

/** Whether the person complained before and nobody answers. */
export const unanswered = (text: string): boolean =>
  UNANSWERED.test(text) && /我|俺|投诉过|举报过/.test(text);

export const LOST =
  "回执编号丢了无法找回:系统不保存它,任何人(包括我们)都查不到,没有它就不能在这里查进度、补充或撤回。投诉本身照样在办,不会因此停下。能做的:翻一翻截图、聊天记录和抄写的纸;登记时留过联系方式的,办理机构可以联系您;记得“登记编号”的,可以带上它到办理机构当面问;实在找不到,可以重新登记,并在经过里写明之前登记过、哪天登记的。";
