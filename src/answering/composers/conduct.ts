/** The conduct of the talk: greeting, help, danger, and what is not answered — each with a useful next step. */
import { conduct as words } from "../../wording/law.ts";
import { type Answer, type Ask, newPage, type Page } from "../answer.ts";
import { relief } from "../facts/relief.ts";
import { supervision } from "../facts/supervision.ts";
import { tellsInjury } from "../reading/polarity.ts";
import { isForeign } from "../understand/certain.ts";
import { addHotline, hotlineOf, otherChannel } from "./supervision.ts";

function usual(page: Page): Page {
  return page
    .choice("do:relief", "不服处罚怎么办")
    .choice("do:officerCheck", "核对执法证")
    .choice("do:competence", "有没有权管")
    .choice("start:complaint", "投诉执法人员");
}

export function greeting(ask: Ask): Answer {
  return usual(newPage(ask).text(words.hello)).done("answered");
}

export function help(ask: Ask): Answer {
  const page = newPage(ask);
  if (ask.part.text.trim() === "") page.text(words.empty);
  else page.text(words.help);
  const rows = ask.role === "officer" ? words.officerRows : words.helpRows;
  page.card(
    "可以问",
    rows.map(([label = "", value = ""]) => ({ label, value })),
  );
  page.text(words.limits);
  return usual(page).done("answered");
}

export function thanks(ask: Ask): Answer {
  return newPage(ask).text(words.thanks).done("answered");
}

export function emergency(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  const selfHarm =
    /不想活|活不下去|自杀|轻生|跳楼|跳河|跳下去|喝(?:农)?药|敌敌畏|百草枯|割腕|上吊|想(?:去)?死|活着[^。]{0,4}没/.test(
      text,
    );
  const gas = /(?:煤气|燃气|天然气|液化气|氨气|氯气)/.test(text);
  const ill =
    /流血|晕|昏|伤|没(?:有|了)?(?:反应|意识|知觉|呼吸)|[叫喊][都也]?不醒|不行了|吐|中毒|心梗|发作/.test(text);
  const trapped =
    !/不让|不准|把我/.test(text) &&
    /塌|溺水|淹|困[在住]|[压埋卡]着|(?:掉|摔|滑|陷)(?:进|到|下|在)?[^,,。]{0,4}[井坑河水沟塘洞楼]/.test(text);
  const numbers = selfHarm
    ? ["120", "110"]
    : trapped
      ? ["119", "120"]
      : gas || /着火|起火|爆炸/.test(text)
        ? ["119", "110"]
        : ill
          ? ["120", "110"]
          : tellsInjury(text)
            ? ["110", "120"]
            : ["110"];
  for (const number of numbers) {
    const hotline = hotlineOf(ask, number);
    if (hotline) page.notice("urgent", words.emergencyNumber(hotline.number), hotline);
  }
  const money = /转|汇款|打钱|扫码|安全账户|非让|非要/.test(text);
  if (selfHarm) page.text(words.selfHarm);
  else if (gas) page.text(words.gas);
  else if (ill || trapped || /着火|起火/.test(text)) page.text(words.fireOrIll);
  else page.text(money ? words.keepMoney : words.emergencyNext);
  if (!selfHarm) page.text(words.emergencyAfter);
  return page
    .choice("do:officerCheck", "核对执法证")
    .choice("start:complaint", "登记投诉")
    .remember({ last: { danger: "danger" } })
    .done("emergency");
}

export function legalOpinion(ask: Ask): Answer {
  if (/建议|提个意见/.test(ask.part.text)) return otherChannel(ask);
  const page = newPage(ask).text(/写|起草|代书|模板/.test(ask.part.text) ? words.draft : words.legalOpinion);
  page.fact(relief.howToApply, relief.agent, supervision.legalAid);
  addHotline(page, ask, "12348");
  return page
    .choice("do:relief", "申请复议")
    .choice("do:litigation", "到法院起诉")
    .choice("do:hearingRight", "要求听证")
    .done("declined");
}

export function namedPerson(ask: Ask): Answer {
  return newPage(ask)
    .text(words.namedPerson)
    .choice("do:officerCheck", "按证号核对")
    .choice("do:supervision", "谁监督")
    .done("declined");
}

export function insult(ask: Ask): Answer {
  return usual(newPage(ask).text(words.insult)).done("declined");
}

export function injection(ask: Ask): Answer {
  return newPage(ask).text(words.injection).choice("do:help", "能问什么").done("declined");
}

export function outOfScope(ask: Ask): Answer {
  const page = newPage(ask);
  if (isForeign(ask.part.text)) page.text(words.otherLanguage);
  else page.text(words.outOfScope).text(words.outOfScopeNext);
  const police = hotlineOf(ask, "110");
  if (police) page.text(words.inDanger(police.number), police);
  addHotline(page, ask, "12345");
  return usual(page).done("declined");
}
