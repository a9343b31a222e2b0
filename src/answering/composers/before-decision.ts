/** Rights before a decision: statement, defence, hearing. And time limits of punishing at all. */

import { sayDay } from "../../law/day.ts";
import { hearing as words } from "../../wording/relief.ts";
import { type Answer, type Ask, newPage } from "../answer.ts";
import { changed } from "../facts/changed.ts";
import { enforcement } from "../facts/enforcement.ts";
import { relief as facts } from "../facts/relief.ts";
import { addDayQuestion, addOrganQuestion } from "../parts.ts";
import { organOf } from "../place.ts";
import { limitOf, remembering, whenOf } from "../when.ts";
import { otherLimit } from "./deadline.ts";

const POLICE = /治安|公安|派出所|警察/;
const MARKET = /市场监管|市监|工商|食药/;

export function statementDefense(ask: Ask): Answer {
  const page = newPage(ask).fact(facts.statementRight, facts.statementTime);
  const organ = organOf(ask);
  const name = organ.kind === "known" ? organ.entity.name : ask.part.text;
  if (organ.kind === "known") page.remember({ organ: organ.entity.id });
  if (MARKET.test(name)) {
    page.fact(facts.statementMarket);
    const when = whenOf(ask, "marketStatementAndDefense");
    const limit = limitOf(ask, "marketStatementAndDefense", when);
    if (limit) page.deadline(limit).remember(remembering(when));
  }
  page.fact(facts.statementSkipped);
  return page
    .choice("do:hearingRight", "能不能要求听证")
    .choice("do:relief", "已经罚了,怎么申诉")
    .done("answered");
}

export function hearingRight(ask: Ask): Answer {
  const other = otherLimit(ask, ["hearingRequest", "publicSecurityHearingRequest", "statementAndDefense"]);
  if (other) return other;
  const page = newPage(ask);
  const organ = organOf(ask);
  const police = POLICE.test(organ.kind === "known" ? organ.entity.name : ask.part.text);
  const howMuch = /多少钱(?:才|以上|能|可以|就)|多大(?:数额)?(?:才|算)|较大数额/.test(ask.part.text);
  if (howMuch && organ.kind !== "known" && !police) page.fact(facts.hearingThresholdUnknown);
  const rule = police ? "publicSecurityHearingRequest" : "hearingRequest";
  const when = whenOf(ask, rule);
  const limit = limitOf(ask, rule, when);
  if (limit) {
    page
      .text(
        limit.lastDay < ask.today ? words.passed(sayDay(limit.lastDay)) : words.limit(sayDay(limit.lastDay)),
        ...limit.basis,
      )
      .deadline(limit)
      .remember(remembering(when));
  } else page.fact(facts.hearingTime);
  page.fact(police ? facts.hearingPolice : facts.hearingWhen);
  if (organ.kind === "known") {
    const { entity } = organ;
    page.remember({ organ: entity.id });
    const threshold = entity.hearingThreshold;
    if (threshold) {
      page.text(words.local(entity.name, String(threshold.person), String(threshold.unit)), entity);
    } else if (!police)
      page.fact(facts.hearingThresholdUnknown).notice("info", words.localUnknown(entity.name), entity);
  } else if (!police && !howMuch) page.fact(facts.hearingThresholdUnknown);
  if (/主持/.test(ask.part.text)) page.fact(changed.presider);
  page.fact(facts.hearingCourse);
  if (organ.kind === "choose") addOrganQuestion(page, ask, organ);
  if (when.kind !== "day") addDayQuestion(page, ask, when, words.askDay);
  return page
    .choice("do:statementDefense", "怎么陈述申辩")
    .choice("do:relief", "已经罚了,怎么申诉")
    .done("answered");
}

export function penaltyTimeLimit(ask: Ask): Answer {
  const page = newPage(ask);
  if (POLICE.test(ask.part.text)) page.fact(facts.limitationPolice, facts.limitation);
  else page.fact(facts.limitation, facts.limitationPolice);
  if (/立案|多久|几天|多长时间|拖/.test(ask.part.text)) page.fact(enforcement.caseTime);
  page.fact(facts.oldNewLaw, facts.onceOnly);
  return page.choice("do:relief", "不服怎么申诉").done("answered");
}
