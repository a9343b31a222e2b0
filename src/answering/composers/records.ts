/** 看案卷和录像, 信息公开, 公示时限, 执法资格和责任: general law, the organ's rows where published. */
import { makeDay, sayDay, yearOf } from "../../law/day.ts";
import { isCurrent } from "../../records/library.ts";
import { sayInterval, sayTimeLimit } from "../../records/passages.ts";
import { organs as words } from "../../wording/organs.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { enforcement as facts } from "../facts/enforcement.ts";
import { openWithFaq } from "../faq.ts";
import { organOf } from "../place.ts";
import { addLocalRule } from "./officer.ts";

export function recordAccess(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  openWithFaq(page, ask);
  if (/我(?:能|可)?(?:不能|不可以)?.{0,4}(?:自己)?(?:录|拍)/.test(text)) page.fact(facts.filming);
  if (/没(?:有)?(?:开|录|带)|不开|关了/.test(text)) page.fact(facts.noRecordingEffect, facts.policeRecording);
  page.fact(facts.filesInCase, facts.filesOutside, facts.recordingLaw);
  if (!/录|拍/.test(text)) addLocalRule(page, ask, "第15项");
  return page
    .choice("do:relief", "申请复议时查阅")
    .choice("do:informationDisclosure", "申请信息公开")
    .done("answered");
}

export function informationDisclosure(ask: Ask): Answer {
  const page = newPage(ask);
  openWithFaq(page, ask);
  if (/拒|不予|不给|不公开/.test(ask.part.text)) page.fact(facts.disclosureRefused);
  page.fact(facts.disclosureBefore, facts.disclosureAfter, facts.disclosureApply, facts.disclosureFix);
  const organ = organOf(ask);
  if (organ.kind === "known") {
    page.remember({ organ: organ.entity.id });
    page.card(
      organ.entity.name,
      [row("网站", organ.entity.website), row("电话", organ.entity.phones.join("、"))],
      organ.entity,
    );
  }
  return page
    .choice("do:entityInfo", "查某个单位")
    .choice("do:correction", "公示的信息不对")
    .done("answered");
}

export function disclosureDuty(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  if (/年报|统计|年度(?:报告|数据|执法)|上一?年度?的?(?:数据|情况)/.test(text))
    return annualReport(page, ask);
  openWithFaq(page, ask);
  if (/撤|变更|撤销|无效/.test(text)) page.fact(facts.disclosureWithdraw);
  page.fact(facts.disclosureAfter);
  if (/治安|公安/.test(text)) page.fact(facts.disclosureSealed);
  if (/备案/.test(text)) addFilingRules(page, ask);
  page.fact(facts.disclosureBefore, facts.disclosureAnnual);
  addLocalRule(page, ask, "第3项");
  return page.choice("do:deadline", "算到哪一天").done("answered");
}

/** The date first, then the next one, then what the organ spoken of has published. */
function annualReport(page: Page, ask: Ask): Answer {
  const thisYear = yearOf(ask.today);
  const here = makeDay(thisYear, 1, 31);
  const due = here && here >= ask.today ? here : makeDay(thisYear + 1, 1, 31);
  page.fact(facts.disclosureAnnual);
  if (due) {
    const of = String(yearOf(due) - 1);
    page.use({ due, of }).text(words.annualNext(sayDay(due), of), ...facts.disclosureAnnual.basis);
  }
  const organ = organOf(ask);
  if (organ.kind === "known") {
    const { entity } = organ;
    const [latest] = ask.library
      .of("annual", entity.id)
      .filter((one) => isCurrent(one, ask.today))
      .sort((a, b) => b.year - a.year);
    if (latest)
      page.text(words.annualLatest(entity.name, String(latest.year), sayDay(latest.publishedOn)), latest);
    else page.text(words.annualNone(entity.name), entity);
    page.remember({ organ: entity.id });
  }
  return page.choice("do:supervision", "没公布找谁").done("answered", { direct: true });
}

function addFilingRules(page: Page, ask: Ask): void {
  page.fact(facts.majorFiling);
  for (const rule of ask.library
    .current("filing", ask.today)
    .filter((one) => isCurrent(one, ask.today))
    .slice(0, 2)) {
    page.card(
      rule.what,
      [
        row("公民", rule.amountPerson && sayInterval(rule.amountPerson)),
        row("单位", rule.amountUnit && sayInterval(rule.amountUnit)),
        row("报给", rule.fileTo),
        row("时限", sayTimeLimit(rule.within)),
        row("材料", rule.materials.join("、")),
      ],
      rule,
    );
  }
}

export function officerManagement(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  openWithFaq(page, ask);
  if (/责任|谁负责|担责|罚错|错案|追究|领导/.test(text)) {
    page.fact(facts.responsibility, facts.orders);
    addLocalRule(page, ask, "第14项");
  } else if (/案卷|评查|上报|(?:重大|处罚).{0,6}备案|重要/.test(text)) {
    addLocalRule(page, ask, "第15项");
    if (/备案|上报|重要/.test(text)) addFilingRules(page, ask);
  } else if (/培训|辅助|考核/.test(text)) {
    page.fact(facts.qualification, facts.auxiliary);
    addLocalRule(page, ask, "第12项");
  } else if (/裁量|基准/.test(text)) {
    page.fact(facts.discretionPublish, facts.discretionAdjust);
  } else if (/主体|公告|清理|委托/.test(text)) {
    page.fact(facts.noStanding, facts.entrusted);
    addLocalRule(page, ask, "第10项");
  } else {
    page.fact(facts.qualification, facts.noCardDiscipline, facts.reviewerExam);
    addLocalRule(page, ask, "第11项");
  }
  return page.choice("do:supervision", "谁监督").done("answered");
}
