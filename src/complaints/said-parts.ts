/**
 * A message to the form, cut into what its pieces are: told, asked, left open, a wish to go on or to stop. People say
 * several of these in one breath; what a piece tells is read by `hearing.ts`. Pure.
 */
import { asksSomething } from "./form-questions.ts";
import { storyIn } from "./told.ts";

/** Fields a person may leave open in words. */
export type Open = "organ" | "when" | "where" | "officer" | "files" | "contact" | "identity";

export type SaidPart =
  /** Told: a field's value or a stretch of the story. `whole` is as it was said, its punctuation with it. */
  | { readonly kind: "tell"; readonly text: string; readonly whole: string }
  | { readonly kind: "ask"; readonly text: string; readonly whole: string }
  | { readonly kind: "open"; readonly field: Open }
  /** What was asked before is to be part of the story. */
  | { readonly kind: "putIn" }
  /** Enough said: on to the review; there, file it. */
  | { readonly kind: "enough" }
  /** To the review, to read it; never to file it. */
  | { readonly kind: "look" }
  | { readonly kind: "quit" }
  | { readonly kind: "filler" };

/** Longer than this a message is a story told in one piece. */
const MOST_TO_CUT = 300;
/** A comma within a number cuts nothing. */
const PIECE = /(?:[^\s,,。;;!!、??\n]|(?<=\d),(?=\d{3}))+[\s,,。;;!!、??\n]*/g;
const END = /[\s,,。;;!!、??\n]+$/;

const LEAD =
  /^(?:(?:对了|哎|唉|嗯+|哦+|啊|噢|那个(?!人|队|证|局|所|城|交)|还有(?:就是)?|另外|然后|而且|反正|其实|主要是|还就是|就是(?!不|没)|再就是|我忘了说|忘了说|我说|我跟你说)[,,\s]*)+(?=\S)/;
const FILLER =
  /^(?:(?:嗯|哦|啊|噢|哎|唉|对|是的?|好的?|行|可以|中|成|没错|不对|不是|没事|继续|接着(?:说|填)?|还有|另外|然后|那个|那|就是|等下|等等|等会|你好|您好|谢谢|麻烦了?|辛苦了?|知道了?|明白了?|确认|确定|好了?)[吧了呀哈呢]?)+$|^(?:我)?(?:写|说|填|搞|弄)错了?$|^(?:这|那|还)(?:像话|合理)?(?:吗|么)$|^(?:我)?(?:还)?忘(?:了|记)说$|^(?:也|给我|帮我)*(?:写|加|记|填|补)(?:上|进去?|下来?)(?:吧|啊|呗|了)?$/;
const WISH =
  /^(?:那)?(?:我|俺|咱)?(?:就|还|也|今天|现在)?(?:要|想|想要|要求|准备|得|来|是来)?(?:再)?(?:投诉|投拆|举报|检举|(?<=[我俺要想])告(?![诉知上]))(?:一?下|一个)?(?:他们?|它们?|她们?|这(?:个|些)?人|那(?:个|些)?人)?(?:的)?(?!电话|热线|中心|渠道|方式|办|进度|结果|编号|回执|要|会|能|了|过|怎|多久|有)/;
const WISH_TAIL = /(?:行不行|行吗|行不|可以吗|可不可以|能不能|成不成|中不中|好吗)[??]?$/;
const PUT_IN =
  /^(?:把)?(?:这|那|刚才说)(?:个|些|句|话|条|事|件事|的)?(?:话)?(?:也|都|给我|帮我|再)*(?:写|加|记|算|放|填|补)(?:进去|进|上去|上|进来|里)(?:去|面)?(?:吧|啊|呗|了)?$/;
const ENOUGH = new RegExp(
  [
    "^(?:那|就|好|行|可以|现在|我要?|给我|帮我|直接|赶紧|赶快|马上|麻烦)*(?:提交|交上去|报上去|递上去|登记上?)(?:了|吧|呗|啊|得了|投诉)?(?:可以)?(?:吗)?$",
    "^(?:可以|能)(?:提交|登记|交)(?:了)?(?:吗|吧)?$",
    "^(?:就)?(?:这样|这些|这么多|这么着)(?:吧|了|就行|得了)?$",
    "^(?:再|也|就)?没(?:有)?(?:别的|其他的?|啥|什么)?(?:要说|可说|补充|说)?的?了$",
    "^(?:我)?(?:都)?(?:说|讲)完了$",
    "^(?:别|不要|不用|甭)(?:再|老)?(?:一直)?问(?:我)?了$|问个没完|^(?:真|好|太)?烦(?:死(?:我|人)?)?(?:了|人)?$|(?:咋|怎么|为啥|还)(?:还|老|又|一直)问$",
  ].join("|"),
);
const LOOK = /^(?:给我|我|让我)?(?:再)?(?:看(?:一下|一遍|下|看)|核对(?:一下|一遍)?)$/;
const QUIT =
  /^(?:我|俺)?(?:算了)?(?:吧)?(?:撤(?:了|回|销|掉)?吧?(?:我的)?(?:投诉|举报|登记)?|(?:我)?不(?:想)?(?:再)?(?:投诉|举报|登记|填|告|弄|追究)了?吧?)$/;

const UNKNOWN =
  "(?:不知道|不晓得|不清楚|不认识|不认得|没看(?:清|见|到)|没(?:记|看)住|没记(?:下来?)?|没问|不记得|记不(?:清|得|住)|想不起来|忘了?|说不(?:清|准|好|上来)|没注意)";
const known = (what: string) =>
  new RegExp(`(?:${what})[^??]{0,10}${UNKNOWN}|${UNKNOWN}[^??]{0,8}(?:${what})`);
const leftOpen: readonly (readonly [Open, RegExp])[] = [
  [
    "identity",
    /不(?:想|愿意?|敢|能|用|会)?(?:留|透露|暴露|署|报)(?:我的?|下)?(?:名(?:字|姓)?|姓名|真名|身份)|(?:名字|姓名|身份)(?:先|就|也|都)?(?:不|别)(?:想)?(?:留|写|说|填|透露)|不要写我(?:的)?名/,
  ],
  [
    "contact",
    /(?:不|别)(?:想|愿意?|敢|能|用)?(?:留|给|写|填|提供)(?:我的?|下)?(?:电话|手机号?|联系方式|号码|微信|邮箱)|(?:电话|手机号?|联系方式|号码|微信)(?:号码)?(?:先|就|也|都|我)?(?:不|别|甭)(?:想)?(?:留|给|写|说|填|提供)/,
  ],
  [
    "officer",
    known("名字?|姓名|叫(?:什么|啥)|姓(?:什么|啥)|证号|警号|工号|是?谁|那人|哪个人|他们?(?:是谁|叫)"),
  ],
  ["when", known("时间|几号|哪天|日子|日期|什么时候|啥时候")],
  ["where", known("地方|哪里|哪儿|哪条街|什么路|啥路|路名|地名|位置")],
  ["organ", known("(?:哪个|什么|啥)(?:单位|部门|局)|单位|部门|哪(?:的|儿的|里的)人?")],
  [
    "files",
    /^(?:我|也|都|啥|什么)*没(?:有)?(?:啥|什么|任何)?(?:证据|照片|拍照|拍|录)(?:片|音|像|下来?)?(?:了)?$|^(?:证据|照片)(?:也|都|就)?没有?$/,
  ],
];

/** What is told sounds like a question: `也不说怎么罚的`, `凭什么罚我`. */
const TOLD_SO =
  /(?:不|没|没有)(?:跟我|给我)?(?:说|讲|告诉|解释|让|问)[^??]{0,8}(?:怎么|为(?:啥|什么)|多少|哪|什么)|凭(?:啥|什么)|(?:问|说|骂|吼|喊)(?:我|俺)?[::“"]/;
/** Anger in the form of a question asks nothing. */
const RHETORIC =
  /管不管|有没有(?:王法|天理|人(?:管|性))|(?:还)?(?:讲不讲|要不要)(?:理|脸)|算什么|是不是人|有(?:王法|天理)(?:吗|没)|欺负人|你们(?:到底)?(?:是|能)?干(?:啥|什么|嘛)(?:的|吃的)/;
const MORE_ASKING =
  /(?:受|有|是|得|用|要|带)(?:啥|什么)(?!都)|(?:啥|什么)(?:处分|后果|结果|处理|责任|时候|意思)|咋(?!就)|(?:告|找|问|归|算|是|怪)谁|(?:哪|啥|什么)$|哪个(?:有权|能|归|管)|(?:多久|几天)|算(?:数|违法)?(?:不|么)$|能[^不]{1,6}不$|(?:行|对|能|管|归|合法|违法|可以|要|有)(?:不|没)$/;
/** No question in form: what is wanted is an answer. */
const WORRY =
  /(?:怕|不想|别|不能|担心|不敢)(?:让|被|给)?[^。]{0,8}(?:知道(?:是我|我)|晓得(?:是我|我)|暴露|报复|穿小鞋)/;
const ANNOUNCED =
  /(?:我)?(?:想|先|再|要)?(?:问|打听)(?:你)?(?:个|一?下|点|一?句)?(?:别的|其他的?|另外的?|个?事|问题|别的事)/;

const asks = (text: string, piece: string): boolean =>
  !TOLD_SO.test(text) &&
  !/^(?:不知道|不清楚|我都不|也不)/.test(text) &&
  (asksSomething(text) || MORE_ASKING.test(text) || /[??]/.test(piece));

/** Whether it says that it complains, of something or of nothing yet, and asks nothing. */
export function complains(message: string): boolean {
  const wishes = (message.match(PIECE) ?? []).some((piece) =>
    WISH.test(piece.replace(END, "").replace(LEAD, "")),
  );
  return wishes && !partsOf(message).some((part) => part.kind === "ask" || part.kind === "quit");
}

/** Whether it tells something, and neither asks nor takes back. */
export function tells(message: string): boolean {
  const parts = partsOf(message);
  return (
    parts.some((part) => part.kind === "tell" || part.kind === "putIn") &&
    !parts.some((part) => part.kind === "quit" || part.kind === "ask") &&
    !/不(?:想)?(?:投诉|举报|告)/.test(message)
  );
}

/** The pieces of a message, in order. A long one is one piece told. */
export function partsOf(message: string): readonly SaidPart[] {
  const said = message.trim();
  if (said.length > MOST_TO_CUT) return [{ kind: "tell", text: said, whole: said }];
  let announced = false;
  return (said.match(PIECE) ?? []).map((piece) => {
    const part = partOf(piece, announced);
    // “等下我问个别的 他那个证要到期了 还算数吗”: a question until it is put.
    if (part.kind === "ask") announced = ANNOUNCED.test(piece) || (announced && !asks(part.text, piece));
    return part;
  });
}

const asked = (piece: string): SaidPart => ({
  kind: "ask",
  text: piece.replace(END, "").replace(LEAD, ""),
  whole: piece,
});

function partOf(piece: string, announced: boolean): SaidPart {
  const plain = piece.replace(END, "");
  if (PUT_IN.test(plain)) return { kind: "putIn" };
  if (FILLER.test(plain)) return { kind: "filler" };
  if (ENOUGH.test(plain)) return { kind: "enough" };
  if (LOOK.test(plain)) return { kind: "look" };
  if (QUIT.test(plain)) return { kind: "quit" };
  const text = plain.replace(LEAD, "");
  if (text !== plain && ENOUGH.test(text)) return { kind: "enough" };
  if (text !== plain && QUIT.test(text)) return { kind: "quit" };
  const wished = WISH.exec(text);
  if (wished) return wish(text.slice(wished[0].length).replace(WISH_TAIL, ""), piece);
  const open = /[??]|[吗么]$/.test(piece) ? undefined : leftOpen.find(([, hears]) => hears.test(text))?.[0];
  if (open) return { kind: "open", field: open };
  if (RHETORIC.test(text)) return { kind: "filler" };
  if (announced || ANNOUNCED.test(text) || WORRY.test(text)) return asked(piece);
  if (!asks(text, piece)) return { kind: "tell", text, whole: piece.replace(plain, text) };
  const story = storyIn(text);
  // “…把车扣了怎么办”: told, and the cry for help is what the form is for.
  return story === undefined || story === text
    ? asked(piece)
    : { kind: "tell", text: story, whole: `${story}${END.exec(piece)?.[0] ?? ""}` };
}

/** “那我就投诉检查次数多行不行”: what is complained of. */
function wish(rest: string, piece: string): SaidPart {
  const text = rest.replace(/^[::\s]+/, "");
  if (text.length < 2) return { kind: "filler" };
  return asks(text, "")
    ? asked(piece)
    : { kind: "tell", text, whole: `${text}${END.exec(piece)?.[0] ?? ""}` };
}
