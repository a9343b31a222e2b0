/** 缴纳罚款: by when, what late payment adds, paying in parts, who may not take cash. */
import { addDays, sayDay } from "../../law/day.ts";
import { type Deadline, lateFine } from "../../law/deadline.ts";
import { answers } from "../../wording/answers.ts";
import { fine as words } from "../../wording/relief.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { caseTime } from "../facts/points.ts";
import { relief as facts } from "../facts/relief.ts";
import { addDayQuestion, waiting } from "../parts.ts";
import { organOf } from "../place.ts";
import { limitOf, remembering, whenOf } from "../when.ts";
import { otherLimit } from "./deadline.ts";

export function finePayment(ask: Ask): Answer {
  const other = otherLimit(ask, ["finePayment"]);
  if (other) return other;
  const page = newPage(ask);
  const text = ask.part.text;
  const when = whenOf(ask, "finePayment");
  const due = limitOf(ask, "finePayment", when);
  const amount = ask.part.mentions.amountsYuan[0] ?? ask.memory.amountYuan;
  if (amount !== undefined) page.remember({ amountYuan: amount }).use({ amountYuan: amount });
  if (caseTime.pattern.test(text))
    return newPage(ask, "penaltyTimeLimit")
      .fact(...caseTime.facts)
      .done("answered", { direct: true });
  if (lacksTicket(text)) return withoutTicket(ask);
  if (/当场(?:收|交)|现金|扫码|收款码|转账|微信|支付宝|票据|发票|收据|个人/.test(text)) {
    page.fact(facts.fineTicket, facts.fineOnSpot, facts.fineNoCash).notice("warn", words.noPersonalCode);
  }
  if (/分期|延期|缓|困难|没钱|交不起|拿不出/.test(text)) page.fact(facts.fineInstallment);
  if (due && when.kind === "day") {
    addDue(page, ask, due);
    page.remember(remembering(when));
    if (when.assumed) page.notice("info", answers.asYouSaid(when.assumed)).use(when);
    if (amount !== undefined) addLate(page, ask, due, amount);
    else page.fact(facts.fineLate);
  } else {
    if (/晚|逾期|迟|过期|超期|加处/.test(text)) page.fact(facts.fineLate);
    page.fact(facts.fine15, facts.fineLate);
    if (amount !== undefined) addCap(page, ask, amount);
  }
  if (!/分期|延期/.test(text)) page.fact(facts.fineInstallment);
  page.fact(facts.noStay, facts.noLateFineMeanwhile);
  if (when.kind !== "day") addDayQuestion(page, ask, when, words.askDay);
  else if (amount === undefined) {
    page.text(words.howMuch);
    waiting(page, ask, "amount");
  } else page.remember({ pending: undefined });
  return page
    .choice("do:relief", "不服怎么申诉")
    .choice("do:stayOfExecution", "能不能先不交")
    .done("answered");
}

const LACKS_TICKET =
  /(?:没|不|未|拒绝?|没有|不肯|不愿|不想)(?:给|开|出具?|拿|见着?|有|要着|肯给|肯开|愿意?开)?(?:我|俺|咱|过|个|张|任何|出|什么|一张|正规|正式|财政|专用|罚款|的|啥)*(?:票据|收据|发票|收条|小票|单据|凭证|票(?!价))|(?:票据?|收据|发票|小票|凭证|条子)(?:也|都|还|啥的|什么的|呢)*(?:没|不|未)(?:给|开|有|见|出|肯)|白条|(?:没|无|不用)(?:给)?票|交(?:了)?钱.{0,4}(?:没|不)(?:给|开).{0,3}(?:东西|条)/;

/** Whether somebody says that no proper ticket was given. */
export const lacksTicket = (text: string) => LACKS_TICKET.test(text);

/** No ticket: whether to pay at all comes before how to pay. */
function withoutTicket(ask: Ask): Answer {
  const page = newPage(ask, "finePayment");
  page.fact(facts.noTicket, facts.fineOnSpot, facts.fineNoCash).notice("warn", words.noPersonalCode);
  page.text(words.paidAlready);
  const organ = organOf(ask);
  if (organ.kind === "known") page.remember({ organ: organ.entity.id });
  return page
    .choice("start:complaint", "投诉不给票据")
    .choice("do:relief", "对罚款本身不服")
    .choice("do:supervision", "找谁监督")
    .done("answered", { direct: true });
}

function addDue(page: Page, ask: Ask, due: Deadline): void {
  if (due.lastDay < ask.today) page.text(words.overdue(sayDay(due.lastDay)), ...due.basis);
  else if (due.lastDay !== due.safeDay || due.projected)
    page.text(words.dueSafe(sayDay(due.safeDay), sayDay(due.lastDay)), ...due.basis);
  else page.text(words.due(sayDay(due.lastDay)), ...due.basis);
  page.deadline(due);
}

/** What lateness has added by today, and what each further day adds. */
function addLate(page: Page, ask: Ask, due: Deadline, amount: number): void {
  const dayAfter = addDays(due.lastDay, 1);
  const owed = lateFine(amount, due.lastDay, ask.today > dayAfter ? ask.today : dayAfter);
  page.use(owed, { from: dayAfter, amountYuan: amount });
  if (ask.today > due.lastDay) {
    page.text(
      words.late(String(owed.daysLate), String(owed.additionalYuan), String(owed.totalYuan)),
      ...facts.fineLate.basis,
    );
  }
  page.card(
    "晚交会加多少",
    [
      row("罚款", `${amount}元`),
      row("从哪天起加", sayDay(dayAfter)),
      row("每天加", `${owed.perDayYuan}元`),
      row("最多加", `${amount}元`),
      row("加满那天", sayDay(owed.cappedOn)),
    ],
    ...facts.fineLate.basis,
  );
  page.fact(facts.fineLate);
}

/** Without a day: what each late day costs. */
function addCap(page: Page, ask: Ask, amount: number): void {
  const owed = lateFine(amount, ask.today, addDays(ask.today, 1));
  page.use(owed);
  page.card(
    "晚交会加多少",
    [row("罚款", `${amount}元`), row("每天加", `${owed.perDayYuan}元`), row("最多加", `${amount}元`)],
    ...facts.fineLate.basis,
  );
}
