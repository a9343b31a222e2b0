/** Questions an officer asks before acting, each answered by its gate in `law/`: the answer, why, what is missing. */
import { findRule } from "../../law/deadline.ts";
import { factQuestions } from "../../law/gates/facts.ts";
import type { CaseFacts, GateAnswer } from "../../law/gates/gate.ts";
import { askGate } from "../../law/gates/gates.ts";
import { sayLength } from "../../law/period.ts";
import { isCurrent } from "../../records/library.ts";
import type { Entity } from "../../records/schema.ts";
import { gateParts, gates as words } from "../../wording/procedure.ts";
import { fine } from "../../wording/relief.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { caseFactsOf, keptFacts } from "../case-facts.ts";
import { changed } from "../facts/changed.ts";
import { enforcement } from "../facts/enforcement.ts";
import { relief } from "../facts/relief.ts";
import { supervision } from "../facts/supervision.ts";
import { openWithFaq } from "../faq.ts";
import { addOrganQuestion, waiting } from "../parts.ts";
import { organOf } from "../place.ts";
import { addLocalRule } from "./officer.ts";

type GateName = keyof typeof words;

/** Asks one gate and writes its answer; the facts are kept for the next question. */
function addGate(page: Page, ask: Ask, gate: GateName, facts: CaseFacts): GateAnswer {
  const answer = askGate(gate, facts);
  page.use(answer, facts);
  page.text(words[gate][answer.answer], ...answer.basis);
  // “还缺判断……的事实” says what the first line and the questions below say.
  for (const reason of answer.reasons)
    if (!/^还(?:缺|不能)判断/.test(reason)) page.text(reason, ...answer.basis);
  if (answer.on && answer.on.length > 0) {
    page.card(
      gateParts.ask,
      answer.on.slice(0, 4).map((question, index) => ({ label: "①②③④"[index] ?? "", value: question.ask })),
    );
    const [first] = answer.on;
    if (first) addFactChoices(page, first.fact);
    const twoWay = first && factQuestions[first.fact].shape === "boolean";
    waiting(page, ask, twoWay ? `fact:${first.fact}` : undefined);
  } else page.remember({ pending: undefined });
  if (answer.documents.length > 0)
    page.card(gateParts.documents, [row("文书", answer.documents.join("、"))], ...answer.basis);
  addClocks(page, answer);
  if (answer.caution) page.notice("info", answer.caution, ...answer.basis);
  page.remember({ facts: { ...ask.memory.facts, ...keptFacts(facts) } });
  return answer;
}

function addFactChoices(page: Page, fact: keyof typeof factQuestions): void {
  const { shape } = factQuestions[fact];
  if (shape === "boolean")
    page.choice(`fact:${fact}=true`, gateParts.yes).choice(`fact:${fact}=false`, gateParts.no);
  else if (fact === "party")
    page.choice("fact:party=citizen", "公民").choice("fact:party=organization", "单位");
  else if (fact === "scene") for (const [scene, label] of scenes) page.choice(`fact:scene=${scene}`, label);
}

const scenes = [
  ["inspection", "现场检查"],
  ["evidence", "调查取证"],
  ["coercion", "查封扣押"],
  ["service", "送达"],
  ["hearing", "听证"],
] as const;

/** Time limits that now run, with their length. */
function addClocks(page: Page, answer: GateAnswer): void {
  const rules = (answer.clock ?? []).map((id) => findRule(id));
  page.use(rules).card(
    gateParts.clocks,
    rules.map((rule) => ({
      label: rule.label,
      value:
        rule.kind === "counted"
          ? sayLength(rule.period.amount, rule.period.unit)
          : rule.kind === "noFixedPeriod"
            ? rule.whatToDo
            : "",
    })),
    ...rules.flatMap((rule) => rule.basis),
  );
}

/** The organ spoken of, so that its own lists and thresholds count. */
function organHere(page: Page, ask: Ask): Entity | undefined {
  const organ = organOf(ask);
  if (organ.kind === "choose") addOrganQuestion(page, ask, organ);
  if (organ.kind !== "known") return undefined;
  page.remember({ organ: organ.entity.id });
  return organ.entity;
}

export function onTheSpotGate(ask: Ask): Answer {
  const page = newPage(ask);
  const collecting = /当场(?:收|交|缴)|现金|收(?:了)?钱|票据|扫码/.test(ask.part.text);
  if (ask.role === "citizen" && WAS_FINED.test(ask.part.text)) return finedOnTheSpot(page);
  const asked = ask.role === "citizen" ? openWithFaq(page, ask) : undefined;
  const facts = caseFactsOf(ask);
  if (collecting) {
    addGate(page, ask, "onTheSpotCollection", facts);
    page.card(
      "收上来的钱",
      ["onTheSpotCollectionHandover", "collectedFineBankDeposit"].map((id) => {
        const rule = findRule(id);
        page.use(rule);
        return {
          label: rule.label,
          value: rule.kind === "counted" ? sayLength(rule.period.amount, rule.period.unit) : "",
        };
      }),
      ...findRule("onTheSpotCollectionHandover").basis,
    );
    page.fact(relief.fineOnSpot, relief.fineTicket, relief.fineNoCash);
  } else {
    if (!asked) addGate(page, ask, "onTheSpotPenalty", facts);
    page.fact(changed.onTheSpotLimits, changed.decisionOnTheSpot);
    page.fact(relief.tellFirst);
  }
  return page.choice("do:procedure", "当场处罚的步骤").choice("do:relief", "不服怎么办").done("answered");
}

/** Somebody tells what was done to them; nobody asks them whether it may be done. */
const WAS_FINED = /(?:罚|收)了?(?:我|俺|咱|他|她)|(?:没|不)(?:给|开|见)[^,。]{0,6}(?:票|收据|条|单)/;

/** What holds for a person fined on the spot: the ticket first, then the limits, then the way out. */
function finedOnTheSpot(page: Page): Answer {
  return page
    .fact(relief.fineTicket, relief.fineOnSpot, relief.fineNoCash)
    .notice("warn", fine.noPersonalCode)
    .fact(changed.onTheSpotLimits, changed.decisionOnTheSpot, relief.priorList)
    .choice("do:relief", "不服怎么办、哪天前")
    .choice("start:complaint", "投诉")
    .choice("do:certificateDuty", "他该不该出示证件")
    .done("answered");
}

export function legalReviewGate(ask: Ask): Answer {
  const page = newPage(ask);
  if (ask.role === "citizen" || ask.part.mentions.amountsYuan.length === 0) openWithFaq(page, ask);
  const entity = organHere(page, ask);
  if (ask.role === "officer") addGate(page, ask, "legalReview", caseFactsOf(ask, entity?.name));
  else page.fact(changed.reviewMust);
  page.fact(changed.reviewAfterHearing, enforcement.reviewerExam);
  addLocalRule(page, ask, "第5项");
  if (entity) {
    const items = ask.library.of("legal-review", entity.id).filter((item) => isCurrent(item, ask.today));
    if (items.length === 0) page.text(gateParts.ownUnknown(entity.name, "法制审核目录清单"), entity);
    page.table(
      gateParts.ownList,
      ["类别", "事项", "材料"],
      items.slice(0, 6).map((item) => [item.powerType, item.matter, item.materials.join("、")]),
      ...items.slice(0, 6),
    );
  }
  return page.choice("do:hearingGate", "要不要听证").choice("do:procedure", "普通程序步骤").done("answered");
}

export function hearingGate(ask: Ask): Answer {
  const page = newPage(ask);
  const entity = organHere(page, ask);
  const threshold = entity ? ask.library.organ(entity.id)?.hearingThreshold : undefined;
  if (ask.role === "citizen") openWithFaq(page, ask);
  addGate(page, ask, "hearing", {
    ...caseFactsOf(ask, entity?.name),
    ...(threshold ? { hearingThreshold: threshold } : {}),
  });
  if (entity && !threshold) page.text(gateParts.ownUnknown(entity.name, "听证“较大数额”标准"), entity);
  if (entity && threshold)
    page.card(
      "本机关公布的较大数额",
      [
        row("公民", threshold.personYuan === undefined ? undefined : `${threshold.personYuan}元`),
        row("单位", threshold.organizationYuan === undefined ? undefined : `${threshold.organizationYuan}元`),
        row("出处", threshold.source),
      ],
      entity,
    );
  page.fact(relief.hearingWhen, relief.hearingTime);
  return page
    .choice("do:legalReviewGate", "要不要法制审核")
    .choice("do:procedure", "听证的步骤")
    .done("answered");
}

export function avRecordGate(ask: Ask): Answer {
  const page = newPage(ask);
  if (ask.role === "citizen") openWithFaq(page, ask);
  const entity = organHere(page, ask);
  addGate(page, ask, "audioVideo", caseFactsOf(ask, entity?.name));
  page.fact(enforcement.recordingNational);
  addLocalRule(page, ask, "第4项");
  if (entity) {
    const items = ask.library.of("av-record", entity.id).filter((item) => isCurrent(item, ask.today));
    if (items.length === 0) page.text(gateParts.ownUnknown(entity.name, "音像记录事项清单"), entity);
    page.table(
      gateParts.ownList,
      ["事项", "环节", "内容", "全程"],
      items
        .slice(0, 8)
        .map((item) => [item.matter, item.stage, item.content, item.wholeProcess ? "全程" : "按环节"]),
      ...items.slice(0, 8),
    );
  }
  if (/保存|保管|多久|几年|期限/.test(ask.part.text)) page.text(gateParts.retention);
  page.text(gateParts.threeLayers);
  return page.choice("do:recordAccess", "当事人能看录像吗").done("answered");
}

export function deliberationGate(ask: Ask): Answer {
  const page = newPage(ask);
  addGate(page, ask, "collectiveDeliberation", caseFactsOf(ask));
  return page
    .choice("do:legalReviewGate", "要不要法制审核")
    .choice("do:procedure", "普通程序步骤")
    .done("answered");
}

export function coercionGate(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  if (ask.role === "citizen") openWithFaq(page, ask);
  // A citizen is told what holds anyway; only an officer's own organ has lists that count.
  const entity = ask.role === "officer" ? organHere(page, ask) : undefined;
  const spoken = organOf(ask);
  if (spoken.kind === "known") page.remember({ organ: spoken.entity.id });
  if (ask.role === "officer") {
    const gate = /登记保存|先行登记/.test(text) ? "evidencePreservation" : "seizure";
    addGate(page, ask, gate, caseFactsOf(ask, entity?.name));
  } else page.fact(changed.seizureRights);
  const preserving = /登记保存|先行登记/.test(text);
  const both = preserving && /查封|扣押/.test(text);
  for (const id of both
    ? ["evidencePreservation", "seizure"]
    : [preserving ? "evidencePreservation" : "seizure"]) {
    const rule = findRule(id);
    if (rule.kind !== "counted") continue;
    page.use(rule).text(`${rule.label}:${sayLength(rule.period.amount, rule.period.unit)}。`, ...rule.basis);
    if (rule.extension) {
      const { amount, unit, condition } = rule.extension;
      const most = amount && unit ? `,延长不超过${sayLength(amount, unit)}` : "";
      page.text(`${condition}的,可以延长${most}。`, ...rule.basis);
    }
  }
  if (/超期|到期|过期|期满|不还|退还|多久|要回|[0-9一二三四五六七八九十]个?(?:多)?[天月]了/.test(text))
    page.fact(changed.release);
  if (/紧急|先扣|先封|补办|补批/.test(text)) page.fact(changed.urgent24);
  page.fact(changed.slip, changed.seizureCost);
  if (ask.role === "citizen" && /厂|企业|公司|外地|异地/.test(text)) page.fact(supervision.enterprise);
  page.fact(enforcement.cardCompulsion, enforcement.auxiliaryCompulsion);
  return page
    .choice("do:procedure", "查封扣押的步骤")
    .choice("do:relief", "不服怎么办")
    .choice("start:complaint", "投诉")
    .done("answered");
}

export function transferGate(ask: Ask): Answer {
  const page = newPage(ask);
  openWithFaq(page, ask);
  addGate(page, ask, "transferToProsecution", { crimeSuspected: true, ...caseFactsOf(ask) });
  const rules = ["crimeTransferPoliceReview"].map(findRule);
  page.use(rules).card(
    "时限",
    rules.map((rule) => ({
      label: rule.label,
      value: rule.kind === "counted" ? sayLength(rule.period.amount, rule.period.unit) : "",
    })),
    ...rules.flatMap((rule) => rule.basis),
  );
  page.fact(supervision.crime);
  addLocalRule(page, ask, "第6项");
  return page.done("answered");
}
