/** 申请行政复议: to whom, by which day, how; and what is left when the day has passed. */

import { sayDay } from "../../law/day.ts";
import type { Deadline } from "../../law/deadline.ts";
import { findCountedRule } from "../../law/deadline.ts";
import { mayBe } from "../../law/event.ts";
import { type Competence, competence, type OrganOption } from "../../law/jurisdiction.ts";
import { sayLength } from "../../law/period.ts";
import { type ActKind, actKinds } from "../../law/prior-reconsideration.ts";
import { isCurrent } from "../../records/library.ts";
import type { Entity, ReliefChannel } from "../../records/schema.ts";
import { answers, notPublished } from "../../wording/answers.ts";
import { actOf } from "../act.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { relief as facts } from "../facts/relief.ts";
import { addDayQuestion, addOrganQuestion, addPlace, naming, waiting } from "../parts.ts";
import { organOf, placeOf } from "../place.ts";
import { limitOf, remembering, type When, whenOf } from "../when.ts";
import { litigation } from "./court.ts";
import { otherLimit } from "./deadline.ts";
import { finePayment, lacksTicket } from "./fine.ts";
import { justiceOf } from "./powers.ts";
import { procedure } from "./procedure.ts";

/** The act spoken of now, or earlier in the conversation. */
export function actIn(ask: Ask): ActKind | undefined {
  return actOf(ask.part.text) ?? actKinds.find((kind) => kind === ask.memory.act);
}

/** Limits told here; another one asked for is answered by its own rule. */
const OWN_LIMITS = ["reconsiderationApply", "inactionReconsideration"];

export function relief(ask: Ask): Answer {
  if (/复议(?:以后|之后|完了?|维持|被?驳回|不予?受理|输了|没赢|决定(?:下来|出来))/.test(ask.part.text))
    return litigation({ ...ask, part: { ...ask.part, intent: "litigation" } });
  if (ask.role === "officer" && /送达|怎么送|送不[到出了]|没法送|找不到人/.test(ask.part.text))
    return procedure(ask);
  const other = otherLimit(ask, OWN_LIMITS);
  if (other) return other;
  const page = newPage(ask);
  if (/不会写|写不了|不识字|不认(?:得|识)?字|文盲/.test(ask.part.text)) page.fact(facts.howToApply);
  if (ask.part.followUp && /(?:爸|妈|爹|娘|老伴|媳妇|老公|儿子|女儿|爷爷|奶奶)/.test(ask.part.text))
    page.fact(facts.agent);
  const organ = organOf(ask);
  const act = actIn(ask);
  const when = whenOf(ask, reliefRule(ask, act));
  page.remember({ ...(act ? { act } : {}), ...remembering(when) });
  // Another decision than the one already reviewed.
  if (ask.memory.facts?.["afterReview"] === true)
    page.remember({ facts: { ...ask.memory.facts, afterReview: false } });
  if (/(?:没|不)(?:有)?(?:回信|回音|答复|受理|消息)|算(?:不算)?受理/.test(ask.part.text))
    page.fact(facts.deemed);
  const limit = limitOf(ask, reliefRule(ask, act), when);
  const ticket = lacksTicket(ask.part.text);
  if (ticket && !NAMES_RELIEF.test(ask.part.text)) return finePayment(ask);
  if (ticket) page.fact(facts.noTicket);
  if (organ.kind !== "known") return withoutOrgan(page, ask, when, limit, act);

  page.remember({ organ: organ.entity.id });
  const found = competenceOf(ask, organ.entity, act);
  page.use(found);
  addBody(page, ask, found, limit);
  if (limit) addLimit(page, ask, limit, act);
  else if (when.kind === "notServed") page.fact(facts.notServed, facts.untold);
  if (when.kind === "day" && when.assumed) page.notice("info", answers.asYouSaid(when.assumed)).use(when);
  addPrior(page, ask, found, act, when);
  addWhere(page, ask, found, organ.entity);
  if (act === undefined) page.fact(facts.priorList);
  page.fact(facts.clockRuns);
  if (when.kind === "day") page.remember({ pending: undefined });
  else addDayQuestion(page, ask, when, answers.askDay);
  return withNext(page, act).done(outcomeOf(found, when));
}

/** Wants the decision itself undone, whatever else is told. */
const NAMES_RELIEF = /复议|申诉|不服|不认|起诉|告他|撤销/;

const outcomeOf = (found: Competence, when: When) =>
  found.reconsideration.kind === "ask" || when.kind === "unclear"
    ? ("clarify" as const)
    : ("answered" as const);

export function competenceOf(ask: Ask, entity: Entity, act: ActKind | undefined): Competence {
  const organ = ask.library.organ(entity.id);
  if (!organ) throw new Error(`organ ${entity.id} is not in the register`);
  const seal = ask.memory.facts?.["seal"];
  const known = organ.ownNameAuthorized !== undefined || seal === undefined;
  const signing = known ? organ : { ...organ, ownNameAuthorized: seal === "own" };
  return competence({ organ: signing, ...(act ? { kind: act } : {}) }, (id) => ask.library.organ(id));
}

/** Against a decision, or against an organ that did nothing after a report. */
export function reliefRule(ask: Ask, act: ActKind | undefined): string {
  const events = [...(ask.memory.events ?? []), ...ask.part.mentions.trigger.events];
  const decided = events.some(
    (one) => mayBe(one.event, "decisionServed") || one.event === "onTheSpotDecision",
  );
  const reported = events.some((one) => one.event === "reportMade");
  return act === "inaction" || (reported && !decided) ? "inactionReconsideration" : "reconsiderationApply";
}

/** Who may hear it, in one breath, with what makes them so. */
export const reviewersIn = (options: readonly OrganOption[]) => ({
  bodies: options.map(({ organ }) => organ.name).join(answers.eitherBody),
  basis: options.flatMap(({ basis }) => basis),
});

/** First line: to whom and by when. */
function addBody(page: Page, ask: Ask, found: Competence, limit: Deadline | undefined): void {
  const { reconsideration } = found;
  if (reconsideration.kind !== "found") {
    const first =
      reconsideration.kind === "ask" ? reconsideration.ask : `${answers.humanBody}${reconsideration.why}`;
    page.text(first, ...reconsideration.basis).fact(facts.respondentRule);
    if (reconsideration.kind === "ask") {
      page.choice("fact:seal=own", "是它自己的章").choice("fact:seal=parent", "是所属部门的章");
      waiting(page, ask);
    }
    return;
  }
  const { bodies, basis } = reviewersIn(reconsideration.options);
  if (!limit) {
    const rule = findCountedRule("reconsiderationApply");
    const period = rule.kind === "counted" ? sayLength(rule.period.amount, rule.period.unit) : "";
    page.use(rule).text(answers.toBody(bodies, period), ...basis, ...rule.basis);
  } else if (limit.lastDay < ask.today) {
    page.text(answers.passed(sayDay(limit.lastDay)), ...limit.basis);
  } else if (limit.projected) {
    page.text(answers.withSafe(bodies, sayDay(limit.safeDay), sayDay(limit.lastDay)), ...basis);
  } else {
    page.text(answers.withLimit(bodies, sayDay(limit.lastDay)), ...basis);
  }
}

/** The count; when the day has passed, what is left. */
function addLimit(page: Page, ask: Ask, limit: Deadline, act: ActKind | undefined): void {
  page.deadline(limit);
  if (limit.lastDay >= ask.today) return;
  page.fact(facts.excused, facts.untold, facts.notServed);
  if (act !== "onTheSpotPenalty" && act !== "inaction" && act !== "informationRefusal") {
    const court = limitOf(ask, "litigationDirect");
    if (court && court.lastDay >= ask.today) page.deadline(court);
    else if (court) page.fact(facts.lateCourt);
  }
}

function addPrior(page: Page, ask: Ask, found: Competence, act: ActKind | undefined, when: When): void {
  const prior = found.priorReconsideration;
  if (prior.required !== "no" || act !== undefined) {
    page.notice(prior.required === "no" ? "info" : "warn", `${prior.why}${prior.meaning}`, ...prior.basis);
  }
  if (prior.required === "no" && when.kind === "day") {
    const court = limitOf(ask, "litigationDirect");
    if (court && court.lastDay >= ask.today) page.deadline(court, "也可以直接起诉");
  }
  if (act === undefined) page.choice("act:onTheSpotPenalty", "是当场开的处罚");
}

/** Who handles it, how to hand it in, with what. */
function addWhere(page: Page, ask: Ask, found: Competence, respondent: Entity): void {
  if (found.reconsideration.kind !== "found") return;
  for (const option of found.reconsideration.options) {
    const channel = channelFor(ask, respondent, option);
    const office = officeOf(ask, channel, option) ?? justiceHere(ask, option);
    naming(page, office?.id, respondent.id);
    page.card(
      option.organ.name,
      [
        row("被申请人", respondentName(found) ?? respondent.name),
        row("为什么是它", option.why),
        option.organ.isJustice || office?.id === respondent.id
          ? undefined
          : row("办理机构", channel?.handledBy ?? office?.name ?? option.office ?? notPublished),
        row("地址", channel?.address ?? office?.address ?? notPublished),
        row("电话", (channel?.phones ?? office?.phones ?? []).join("、") || notPublished),
        row("网上", channel?.online),
        row("怎么交", channel?.methods.join("、")),
        row(answers.materials, channel?.materials.join("、") || answers.defaultMaterials),
      ],
      ...option.basis,
      ...(channel ? [channel] : []),
      ...(office ? [office] : []),
    );
  }
  page.fact(facts.howToApply, facts.posting);
  // How to hand it in, and that it costs nothing, has just been said.
  for (const note of found.notes) if (!/不收费/.test(note.text)) page.text(note.text, ...note.basis);
}

const respondentName = (found: Competence) =>
  found.respondent.kind === "found"
    ? found.respondent.options.map((option) => option.organ.name).join("、")
    : undefined;

/** The organ's own published channel, when it names the organ the law names. */
function channelFor(ask: Ask, respondent: Entity, option: OrganOption): ReliefChannel | undefined {
  return ask.library
    .of("relief", respondent.id)
    .find(
      (channel) =>
        channel.reliefKind === "行政复议" &&
        channel.body === option.organ.name &&
        isCurrent(channel, ask.today),
    );
}

/** 司法局 of the reviewing government: it serves as 复议机构. */
function justiceHere(ask: Ask, option: OrganOption): Entity | undefined {
  const body = ask.library.find(option.organ.id);
  return body?.kind === "entity" && body.nature === "人民政府" ? justiceOf(ask, body) : undefined;
}

function officeOf(ask: Ask, channel: ReliefChannel | undefined, option: OrganOption): Entity | undefined {
  const name = channel?.handledBy ?? option.office;
  return name ? ask.library.entitiesNamed(name).find((entity) => isCurrent(entity, ask.today)) : undefined;
}

/** Without the organ: the day if it is known, the general rule, and the question. */
function withoutOrgan(
  page: Page,
  ask: Ask,
  when: When,
  limit: Deadline | undefined,
  act: ActKind | undefined,
): Answer {
  const organ = organOf(ask);
  if (limit && limit.lastDay < ask.today) {
    page.text(answers.passed(sayDay(limit.lastDay)), ...limit.basis);
    addLimit(page, ask, limit, act);
  } else if (limit) {
    page.text(
      limit.projected
        ? `请最迟在${sayDay(limit.safeDay)}前申请行政复议(推算的最后一天是${sayDay(limit.lastDay)},以届时放假通知为准)。`
        : `申请行政复议的最后一天是${sayDay(limit.lastDay)}。`,
      ...limit.basis,
    );
    page.deadline(limit);
  } else page.fact(facts.general60);
  if (when.kind === "day" && when.assumed) page.notice("info", answers.asYouSaid(when.assumed)).use(when);
  if (when.kind === "notServed") page.fact(facts.notServed, facts.untold);
  page.fact(facts.respondentRule);
  if (act === "onTheSpotPenalty" || act === "inaction" || act === "informationRefusal")
    page.fact(facts.priorList);
  else if (act === "cameraPenalty") page.fact(facts.cameraGrey);
  page.fact(facts.howToApply, facts.clockRuns);
  const place = placeOf(ask);
  if (organ.kind === "none") {
    addPlace(page, place);
    page.text(when.kind === "day" ? answers.askOrgan : answers.askOrganAndDay);
    waiting(page, ask, when.kind === "day" ? "organ" : "day");
  } else addOrganQuestion(page, ask, organ);
  if (when.kind === "unclear") addDayQuestion(page, ask, when, answers.askDay);
  return withNext(page, act).done("clarify");
}

function withNext(page: Page, act: ActKind | undefined): Page {
  page.choice("do:litigation", "到法院起诉怎么办");
  if (act === "penalty" || act === "onTheSpotPenalty" || act === "cameraPenalty" || act === undefined)
    page.choice("do:finePayment", "罚款要不要先交");
  return page.choice("do:stayOfExecution", "能不能先停下来").choice("start:complaint", "投诉执法人员");
}
