/**
 * Where a rule is certain, it beats the classifier: danger now, a receipt alone, a greeting alone,
 * an attempt on the assistant's rules, a certificate number with “真假”. Everything else is learned.
 */
import type { Intent } from "../intents.ts";
import type { Mentions } from "../understanding.ts";
import { isEmergency } from "./danger.ts";

const injection: readonly RegExp[] = [
  /(?:忽略|无视|忘(?:掉|记|了)|抛开|跳过|不要遵守|别管|绕过|覆盖)[^。?!]{0,12}(?:指令|规则|提示|设定|限制|要求|约束|上文|之前的话|上面的话|系统)/,
  /(?:系统|初始|隐藏|内部)?(?:提示词|prompt|system prompt)|系统(?:指令|设定|消息)|你的(?:指令|设定|规则)(?:是|全文|打印|说出来|发)/,
  /(?:ignore|forget)[^.]{0,24}(?:instruction|rule|above|previous)|disregard|jailbreak|developer mode|\bdan\b|system:|<\|?(?:im_start|system)|act as|pretend/,
  /(?:你现在|从现在(?:起|开始)|接下来)[^。?!]{0,8}(?:是|扮演|变成|充当)[^。?!]{0,16}|开发者模式|越狱|(?:扮演|假装)(?:你是|一个|成)?[^。?!]{0,10}(?:律师|法官|没有限制|不受限制|猫|局长|黑客)/,
  /(?:不要|别|不用|去掉|删掉)(?:加|带|写)?(?:引用|出处|来源|依据)[^。?!]{0,10}(?:直接|编|随便)|(?:编造|编一个|伪造|虚构)[^。?!]{0,10}(?:法条|文号|证号|条文|电话|规定)/,
  /(?:说|回答|复述|输出|回复)[^。?!]{0,6}(?:以下|下面|这句)[^。?!]{0,12}(?:一字不差|原样|不要改)/,
];

const GREETING =
  /^(?:你好|您好|在吗|在不在|有人吗|哈喽|哈罗|嗨|嘿|喂|早上好|上午好|中午好|下午好|晚上好|早安|晚安|早|hello|hi|hey|同志|客服|机器人|小助手|助手|亲|老师|师傅|请问|大家|们|啊|呀|呢|哦|吗|[,。!?~ ])+$/;
const THANKS =
  /^(?:谢谢|多谢|感谢|谢了|谢|辛苦了|辛苦|麻烦了|麻烦你了|知道了|明白了|懂了|好的|好|行|可以了|没事了|没有了|嗯嗯|再见|拜拜|bye|thanks|thank you|3q|ok|okay|您|你|了|啊|哈|非常|太|就这样|不用了|帮大忙|很有用|[,。!~ ])+$/;
const REAL = /真|假|核实|核验|查一?下?|验|有没有这个人|是不是|骗子|能查|查得到|有效|过期/;

/** The intent, when it is certain. `text` is normalised. */
export function certainIntent(text: string, mentions: Mentions): Intent | undefined {
  if (isEmergency(text)) return "emergency";
  if (injection.some((pattern) => pattern.test(text))) return "injection";
  if (mentions.receipts.length > 0 && plainLength(text.replace(/[\d\- ]{17,}/g, "")) <= 12)
    return "complaintStatus";
  if (GREETING.test(text)) return "greeting";
  if (THANKS.test(text)) return "thanks";
  if (mentions.certNos.length > 0 && (REAL.test(text) || plainLength(text) <= 4)) return "officerCheck";
  if (/^(?:sb|nmsl|cnm|tmd|fuck[a-z ]*|shit)[!.]*$/.test(text)) return "insult";
  if (plainLength(text) === 0) return "help";
  if (isForeign(text) && !hasNumber(mentions)) return "outOfScope";
  return undefined;
}

/** Without Chinese characters, or with half as many letters of a script that Chinese is not written in: 罰金はどこ. */
export function isForeign(text: string): boolean {
  const own = count(text, /\p{Script=Han}/gu);
  if (own === 0) return true;
  const other = count(text, /(?![\p{Script=Han}\p{Script=Latin}])\p{L}/gu);
  return other >= SENTENCE && other * 2 >= own;
}
/** A の or a Greek letter in a Chinese sentence is decoration. */
const SENTENCE = 3;
const count = (text: string, letters: RegExp) => text.match(letters)?.length ?? 0;

const plainLength = (text: string) => text.replace(/[^\p{L}]/gu, "").length;
const hasNumber = (mentions: Mentions) =>
  mentions.certNos.length + mentions.docNos.length + mentions.codes.length + mentions.receipts.length > 0 ||
  mentions.usccs.length + mentions.caseNos.length + mentions.amountsYuan.length > 0 ||
  mentions.trigger.kind !== "none";
