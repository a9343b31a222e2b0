/** “没有”, “不知道” in the middle of a talk: taken for the answer to what was asked, never for the question again. */
import { answers } from "../wording/answers.ts";
import { type Answer, type Ask, newPage, type Page } from "./answer.ts";
import { addHotline } from "./composers/supervision.ts";
import { relief as facts } from "./facts/relief.ts";
import { type Intent, intentNames } from "./intents.ts";
import { waiting } from "./parts.ts";

const NONE =
  /^(?:我|俺|咱|这个|倒|还|都|也|真|目前|暂时|好像|就是)*(?:没有?|无|木有|没得|冇)(?:收到|拿到|签收|签字|见到|看到|给我?|发|通知|呢|啊|呀|吧|了|的|过|嘞)*$/;
const UNKNOWN =
  /^(?:我|俺|咱|这个|也|都|真|早|就|还|有点)*(?:不知道|不清楚|不晓得|知不道|不记得|忘|记不清|记不得|记不住|想不起来|说不准|说不清|没印象|看不清)(?:了|啊|呀|呢|吧|的|楚|日子|哪天|几号|是?谁|叫啥|叫什么)*$/;

const plainOf = (said: string) => said.replace(/[^\p{L}]/gu, "");

/** Nothing of the kind: `没有`, `还没收到`. */
export const saysNone = (said: string) => NONE.test(plainOf(said));

/** The answer to a bare “no” or “I do not know” of what was asked last; undefined when something else was said. */
export function declining(ask: Ask): Answer | undefined {
  const none = saysNone(ask.said);
  if (!none && !UNKNOWN.test(plainOf(ask.said))) return undefined;
  const intent = intentNames.find((name) => name === (ask.memory.pending?.intent ?? ask.memory.intent));
  if (!intent) return undefined;
  const page = newPage(ask, intent);
  switch (ask.memory.last?.asked) {
    case "day":
      return none ? notReceived(page, intent).done("answered") : page.text(answers.findDay).done("clarify");
    case "organ":
      addHotline(page.text(answers.findOrgan), ask, "12345");
      return page.choice("do:officerCheck", "核对执法证").done("clarify");
    case undefined:
    case "amount":
      return closing(page).done("answered");
    default:
      return waiting(page.text(answers.findFact), ask, ask.memory.last?.asked).done("clarify");
  }
}

/** The paper has not come: what that means for the day asked about, and what to do until it comes. */
function notReceived(page: Page, intent: Intent): Page {
  if (intent === "finePayment") page.fact(facts.fineNotStarted, facts.served);
  else if (intent === "hearingRight") page.fact(facts.hearingUntold, facts.statementSkipped);
  else if (intent === "compensation") page.fact(facts.compensationTime);
  else page.fact(facts.notServed, facts.untold, facts.served);
  return page
    .text(answers.whenItComes)
    .choice("do:relief", "不服怎么申诉")
    .choice("start:complaint", "投诉执法人员");
}

const closing = (page: Page) =>
  page
    .text(answers.closing)
    .remember({ pending: undefined })
    .choice("do:relief", "不服怎么申诉")
    .choice("do:officerCheck", "核对执法证")
    .choice("start:complaint", "投诉执法人员");
