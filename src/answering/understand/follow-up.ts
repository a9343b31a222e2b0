/** Whether a short message only makes sense with the conversation so far, and what it then asks. */
import type { Memory } from "../../conversation.ts";
import { type Intent, intentNames } from "../intents.ts";
import type { Mentions } from "../understanding.ts";

const LONGEST = 22;
const LEANS =
  /^(?:那|那么|就是|那要是|要是|如果|假如|万一|还有|然后|所以|可是|但是|去哪|在哪|怎么交|怎么去|多少|几天|几年|几个月|几日|几家|几次|多久|谁|哪里|哪个|它|他们|这个|这样|为什么|凭什么|电话|地址|要多|能|可以|需要|有|是|换成|改成|不是)|呢[?。]?$|的话[?。]?$/;
/** What is left when the mention itself is taken away: an answer to the question the assistant asked. */
const SHELL =
  /那么?|要是|如果|假如|换成|改成|是|呢|吧|吗|的话|在|我|们|这里|这边|了|的|收到|签收|拿到|就|应该|大概|好像|罚款?|个|元|块|钱|企业|公司|单位|个人|区|县|市|[^\p{L}]/gu;

/** A word that turns a short follow-up to another subject (“那要是法院呢”). */
const turns: readonly (readonly [RegExp, Intent])[] = [
  [/法院|起诉|打官司/, "litigation"],
  [/最晚|截止|哪天|几号前/, "deadline"],
  [/(?:去哪|在哪|怎么|哪里)(?:交|缴)(?!材料)|晚交|逾期|分期/, "finePayment"],
  [/电话|地址|几点/, "entityInfo"],
  [/停.{0,2}执行/, "stayOfExecution"],
  [/赔偿/, "compensation"],
  [/第一次|首次/, "exemption"],
  [/投诉|举报/, "complaint"],
];

export function turnTo(text: string): Intent | undefined {
  return turns.find(([word]) => word.test(text))?.[1];
}

/** The conversation's intent when there is one and the message leans on it. */
export function leansOn(text: string, memory: Memory): boolean {
  return knownIntent(memory) !== undefined && text.length <= LONGEST && LEANS.test(text);
}

/** A bare day, organ, place, amount or party: the value asked for, not a new question. */
export function bareMention(text: string, mentions: Mentions): boolean {
  if (text.length > LONGEST || text === "") return false;
  let rest = text;
  for (const said of [
    ...mentions.organs.map((organ) => organ.said),
    ...mentions.areas.map((area) => area.said),
    ...("said" in mentions.trigger ? [mentions.trigger.said] : []),
  ]) {
    rest = rest.replace(said, "");
  }
  const something =
    mentions.organs.length + mentions.areas.length + mentions.amountsYuan.length > 0 ||
    mentions.trigger.kind !== "none" ||
    mentions.party !== undefined;
  return something && rest.replace(/[零一二两三四五六七八九十百千万\d.]+/g, "").replace(SHELL, "") === "";
}

/** What the person was asked about, else what was last answered. */
export function knownIntent(memory: Memory): Intent | undefined {
  return (
    intentNames.find((name) => name === memory.pending?.intent) ??
    intentNames.find((name) => name === memory.intent)
  );
}
