/** Going to court, whether reconsideration must come first, stopping a decision, state compensation. */

import { sayDay } from "../../law/day.ts";
import { type Deadline, findCountedRule } from "../../law/deadline.ts";
import type { Competence } from "../../law/jurisdiction.ts";
import { sayLength } from "../../law/period.ts";
import { priorReconsideration as priorFor } from "../../law/prior-reconsideration.ts";
import { isCurrent } from "../../records/library.ts";
import type { ReliefChannel } from "../../records/schema.ts";
import { answers, notPublished } from "../../wording/answers.ts";
import { court as words } from "../../wording/relief.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { relief as facts } from "../facts/relief.ts";
import { addDayQuestion, addOrganQuestion } from "../parts.ts";
import { organOf } from "../place.ts";
import { limitOf, remembering, type When, whenOf } from "../when.ts";
import { otherLimit } from "./deadline.ts";
import { actIn, competenceOf, reviewersIn } from "./relief.ts";

/** Limits told here; another one asked for is answered by its own rule. */
const OWN_LIMITS = ["litigationDirect", "litigationAfterReconsideration"];

export function litigation(ask: Ask): Answer {
  const other = otherLimit(ask, OWN_LIMITS);
  if (other) return other;
  const page = newPage(ask);
  const organ = organOf(ask);
  const act = actIn(ask);
  // Another decision than the one reviewed is talked about since.
  const told = ask.memory.facts?.["afterReview"] === false ? [] : (ask.memory.events ?? []);
  const events = [...told, ...ask.part.mentions.trigger.events];
  const afterReview =
    /复议(?:决定|结果|维持|被?驳回|输了|没赢|下来|完了|书|之后|以后|后)|不服复议/.test(ask.part.text) ||
    events.some((one) => one.event === "reviewDecisionServed") ||
    (ask.part.followUp && ask.memory.facts?.["afterReview"] === true);
  // “还能告不”: fifteen days stay fifteen days in what follows.
  page.remember({ facts: { ...ask.memory.facts, afterReview } });
  const rule = afterReview ? "litigationAfterReconsideration" : "litigationDirect";
  const when = whenOf(ask, rule);
  page.remember({ ...(act ? { act } : {}), ...remembering(when) });
  const found = organ.kind === "known" ? competenceOf(ask, organ.entity, act) : undefined;
  const mustFirst = !afterReview && found?.priorReconsideration.required === "yes";
  const limit = limitOf(ask, rule, when);
  if (mustFirst && found) {
    page
      .use(found)
      .text(
        `${found.priorReconsideration.why}${found.priorReconsideration.meaning}`,
        ...found.priorReconsideration.basis,
      );
    addReviewer(page, found);
    page.choice("do:relief", "怎么申请复议");
  } else {
    if (!found && /哪级|中级|县政府|市政府|省政府/.test(ask.part.text)) page.fact(facts.courtLevel);
    addSuit(page, ask, found, limit, when, afterReview);
  }
  if (act === "cameraPenalty" && !afterReview) page.fact(facts.cameraGrey);
  if (!mustFirst && !afterReview) page.fact(facts.priorList);
  if (afterReview) addWays(page, found, afterReview);
  else if (!found) page.fact(facts.courtHigher);
  if (organ.kind === "known") {
    page.remember({ organ: organ.entity.id });
    addCourt(page, channelOf(ask, organ.entity.id));
  }
  page.fact(facts.courtPlace, facts.courtFee, facts.clockRuns);
  if (organ.kind !== "known" && organ.kind !== "none") addOrganQuestion(page, ask, organ);
  if (when.kind !== "day" && !mustFirst)
    addDayQuestion(page, ask, when, afterReview ? words.askReviewDay : answers.askDay);
  if (organ.kind === "none") page.text(words.askOrgan);
  if (!afterReview) page.choice("do:relief", "先申请复议");
  return page.choice("do:stayOfExecution", "能不能先停下来").done("answered", { direct: true });
}

/** Reconsideration comes first: with whom. */
function addReviewer(page: Page, found: Competence): void {
  const { reconsideration } = found;
  if (reconsideration.kind !== "found") return;
  const rule = findCountedRule("reconsiderationApply");
  const period = rule.kind === "counted" ? sayLength(rule.period.amount, rule.period.unit) : "";
  const { bodies, basis } = reviewersIn(reconsideration.options);
  page.use(rule).text(answers.toBody(bodies, period), ...basis, ...rule.basis);
}

/** Whom to sue, in which court, by which day, with which papers: the first things a plaintiff needs. */
function addSuit(
  page: Page,
  ask: Ask,
  found: Competence | undefined,
  limit: Deadline | undefined,
  when: When,
  afterReview: boolean,
): void {
  const over = limit !== undefined && limit.lastDay < ask.today;
  const way = found?.litigation.find((one) => (one.situation === "direct") !== afterReview);
  const named = way && !afterReview ? way : undefined;
  const respondent = found?.respondent.kind === "found" ? found.respondent.options[0].organ.id : undefined;
  const court = (respondent && channelOf(ask, respondent)?.body) ?? (named && words.court(named.level));
  if (over) page.text(words.passed(sayDay(limit.lastDay)), ...limit.basis);
  else if (named && court) {
    const whom = named.defendants.join("、");
    const basis = [...named.basis, ...(limit?.basis ?? facts.general6m.basis)];
    page
      .use(named, findCountedRule("litigationDirect"))
      .text(words.suit(whom, court, byDay(limit)), ...basis);
  } else if (limit) page.text(words.suitBy(byDay(limit)), ...limit.basis);
  if (limit) page.deadline(limit);
  if (over) page.fact(facts.lateCourt, facts.untoldCourt);
  if (!named) page.fact(afterReview ? facts.suitAfterReview : facts.suit);
  if (when.kind === "day" && when.assumed) page.notice("info", answers.asYouSaid(when.assumed)).use(when);
  page.facts(words.papers, [["要交的", facts.suitPapers]]);
}

function byDay(limit: Deadline | undefined): string {
  if (limit?.projected) return words.bySafe(sayDay(limit.safeDay), sayDay(limit.lastDay));
  if (limit) return words.by(sayDay(limit.lastDay));
  const rule = findCountedRule("litigationDirect");
  return words.within(rule.kind === "counted" ? sayLength(rule.period.amount, rule.period.unit) : "");
}

function addWays(page: Page, found: Competence | undefined, afterReview: boolean): void {
  const ways = (found?.litigation ?? []).filter((way) => (way.situation === "direct") !== afterReview);
  if (ways.length === 0) {
    if (!afterReview) page.fact(facts.defendant, facts.defendantUpheld);
    page.fact(facts.courtLevel);
    return;
  }
  page.use(ways).table(
    "告谁,去哪级法院",
    ["情形", "被告", "法院", "地点"],
    ways.map((way) => [way.label, way.defendants.join("、"), way.level, way.place]),
    ...ways.flatMap((way) => way.basis),
  );
}

/** A court is named only from the organ's published channel. */
const channelOf = (ask: Ask, entityId: string) =>
  ask.library
    .of("relief", entityId)
    .find((one): one is ReliefChannel => one.reliefKind === "行政诉讼" && isCurrent(one, ask.today));

function addCourt(page: Page, channel: ReliefChannel | undefined): void {
  if (!channel) return;
  page.card(
    "公布的管辖法院",
    [
      row("法院", channel.body),
      row("地址", channel.address ?? notPublished),
      row("电话", channel.phones.join("、") || notPublished),
      row("管辖通知", channel.jurisdictionNotice?.title),
      row(answers.materials, channel.materials.join("、")),
    ],
    channel,
  );
}

export function priorReconsideration(ask: Ask): Answer {
  const page = newPage(ask);
  const act = actIn(ask);
  page.remember(act ? { act } : {});
  const organ = organOf(ask);
  if (organ.kind === "known") page.remember({ organ: organ.entity.id });
  const found = act ? priorFor(act) : undefined;
  if (found) {
    page.use(found).text(`${found.why}${found.meaning}`, ...found.basis);
    if (act === "cameraPenalty") page.fact(facts.cameraGrey);
    if (found.required !== "yes") page.fact(facts.priorList);
  } else page.fact(facts.priorList, facts.free);
  page.fact(facts.tellFirst);
  if (!act) page.choice("act:onTheSpotPenalty", "是当场开的处罚").choice("act:cameraPenalty", "是电子眼拍的");
  return page.choice("do:relief", "怎么申请复议").choice("do:litigation", "怎么起诉").done("answered");
}

export function stayOfExecution(ask: Ask): Answer {
  const page = newPage(ask).fact(facts.noStay);
  if (/拘留/.test(ask.part.text) || ask.memory.act === "detention") page.fact(facts.detentionStay);
  if (/拆/.test(ask.part.text)) page.fact(facts.demolitionStay);
  page.fact(facts.noLateFineMeanwhile);
  return page.choice("do:relief", "怎么申请复议").choice("do:finePayment", "罚款怎么交").done("answered");
}

export function compensation(ask: Ask): Answer {
  const page = newPage(ask);
  const when = whenOf(ask, "stateCompensationClaim");
  const limit = limitOf(ask, "stateCompensationClaim", when);
  if (limit) {
    page
      .text(
        limit.lastDay < ask.today
          ? words.claimPassed(sayDay(limit.lastDay))
          : words.claim(sayDay(limit.lastDay)),
        ...limit.basis,
      )
      .deadline(limit)
      .remember(remembering(when));
  } else if (/谁|找哪|去哪|哪里|怎么/.test(ask.part.text)) {
    page.fact(facts.compensationWho, facts.compensationTime);
  } else page.fact(facts.compensationTime);
  page.fact(facts.compensationWho, facts.compensationWhat, facts.compensationNext);
  if (when.kind !== "day") addDayQuestion(page, ask, when, words.askHarmDay);
  return page.choice("do:relief", "复议时一并提出").done("answered");
}
