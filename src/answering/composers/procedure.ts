/** 执法程序: the whole walk, or the next step and what is missing for it. */

import type { Procedure, ProcedureStep } from "../../law/procedures/procedure.ts";
import { findProcedure, listProcedures, missingFor, nextStep } from "../../law/procedures/procedures.ts";
import { isCurrent } from "../../records/library.ts";
import { sayTimeLimit } from "../../records/passages.ts";
import type { Step } from "../../reply.ts";
import { procedures as words } from "../../wording/procedure.ts";
import { type Answer, type Ask, newPage, type Page } from "../answer.ts";
import { changed } from "../facts/changed.ts";
import type { LawFact } from "../facts/fact.ts";
import { relief } from "../facts/relief.ts";
import { openWithFaq } from "../faq.ts";
import { waiting } from "../parts.ts";
import { organOf } from "../place.ts";
import { addLocalRule } from "./officer.ts";

const names: readonly (readonly [string, RegExp])[] = [
  ["onTheSpotCollection", /当场收缴|当场收(?:罚)?款/],
  ["summary", /当场处罚|简易程序|当场罚/],
  ["hearing", /听证/],
  ["seizure", /查封|扣押|扣(?:车|货|东西|物)/],
  ["courtEnforcement", /申请(?:人民)?法院/],
  ["substitutePerformance", /代履行/],
  ["demandNotice", /强制执行|催告|强拆/],
  ["inspection", /检查|抽查|双随机/],
  ["ordinary", /普通程序|一般程序|立案|处罚(?!还)|罚款|罚|办案/],
];

export function procedure(ask: Ask): Answer {
  const page = newPage(ask);
  const topics = topicsOf(ask.part.text);
  page.fact(...topics);
  const chosen = procedureOf(ask);
  // A point of any procedure: the whole walk would bury it.
  if (topics.length > 0 && !/步骤|流程|程序/.test(ask.part.text))
    return page.done("answered", { direct: true });
  if (!chosen) {
    const about = stepsAbout(ask);
    for (const { procedure: one, step } of about)
      page.use(one).steps(one.title, [stepOf(step)], ...step.basis);
    if (topics.length > 0 || about.length > 0 || openWithFaq(page, ask)) return page.done("answered");
    page.text(words.which);
    for (const one of listProcedures()) page.choice(`fact:procedure=${one.id}`, one.title);
    return waiting(page, ask).done("clarify");
  }
  page.use(chosen).remember({ facts: { ...ask.memory.facts, procedure: chosen.id }, pending: undefined });
  if (MISSING.test(ask.part.text)) return addMissing(page, ask, chosen).done("answered");
  const walked = stepSaid(ask, chosen);
  if (walked) {
    const next = nextAfter(chosen, walked);
    if (next) addNext(page, chosen, next);
    else page.text(words.finished(chosen.title), ...walked.basis);
    return page.choice(`fact:procedure=${chosen.id}`, "看全部步骤").done("answered");
  }
  const basis = chosen.steps.flatMap((step) => step.basis);
  page.use({ steps: chosen.steps.length });
  page.text(
    ask.role === "officer" ? words.overview(chosen.title, chosen.steps.length) : words.citizen(chosen.title),
    ...basis.slice(0, 2),
  );
  page.text(`适用:${chosen.appliesWhen}`, ...basis.slice(0, 1));
  page.steps(chosen.title, chosen.steps.map(stepOf), ...basis);
  if (chosen.caution) page.notice("info", chosen.caution);
  addOwn(page, ask, chosen);
  if (ask.role === "citizen") page.fact(relief.statementSkipped);
  addLocalRule(page, ask, "第6项");
  const [first] = chosen.steps;
  if (ask.role === "officer") page.choice(`fact:done=${first.id}`, `“${first.title}”做完了,下一步`);
  return page
    .choice("do:legalReviewGate", "要不要法制审核")
    .choice("do:avRecordGate", "要不要录像")
    .choice("do:relief", "不服怎么申诉")
    .done("answered");
}

/** Questions about one point of a procedure, whichever it is. */
const topics: readonly (readonly [RegExp, readonly LawFact[]])[] = [
  [/回避/, [changed.recusal]],
  [/电子送达/, [changed.electronic]],
  [/拒(?:签|收|绝签)|不签字|不肯签/, [changed.refusal]],
  [
    /(?:找不到|联系不上|跑了|失踪).{0,12}送|送.{0,12}(?:找不到|联系不上)/,
    [changed.publicNotice30, changed.service],
  ],
  [/送达|怎么送|送不/, [changed.service, changed.refusal]],
  [/决定书.{0,10}(?:写|载明|内容|包括)/, [changed.decisionContents]],
  [/归档|案卷/, [changed.archive]],
  [/紧急|先扣/, [changed.urgent24]],
];

const topicsOf = (text: string) => topics.find(([pattern]) => pattern.test(text))?.[1] ?? [];

/** Steps whose words the question holds, when it names no procedure. */
function stepsAbout(ask: Ask): readonly { readonly procedure: Procedure; readonly step: ProcedureStep }[] {
  const text = ask.part.text;
  return listProcedures()
    .flatMap((one) => one.steps.map((step) => ({ procedure: one, step })))
    .filter(
      ({ step }) => text.includes(step.title) || step.documents.some((document) => text.includes(document)),
    )
    .slice(0, 2);
}

function procedureOf(ask: Ask): Procedure | undefined {
  const known = listProcedures();
  const remembered = known.find((one) => one.id === ask.memory.facts?.["procedure"]);
  if ((MISSING.test(ask.part.text) || /下一步|然后|接下来/.test(ask.part.text)) && remembered)
    return remembered;
  const named = names.find(
    ([id, pattern]) => pattern.test(ask.part.text) && known.some((one) => one.id === id),
  );
  if (named) return findProcedure(named[0]);
  return remembered;
}

/** The step that was said to be done: by button, or by its title with 下一步. */
function stepSaid(ask: Ask, chosen: Procedure): ProcedureStep | undefined {
  const done = ask.memory.facts?.["done"];
  const byButton = chosen.steps.find((step) => step.id === done && ask.part.followUp);
  if (byButton) return byButton;
  if (!/下一步|然后|接下来|做完|已经|之后/.test(ask.part.text)) return undefined;
  return chosen.steps.find((step) => ask.part.text.includes(step.title));
}

const MISSING = /缺什么|缺哪|还缺|还差|少什么/;

/** The documents of the step the officer stands at that were not said to be at hand. */
function addMissing(page: Page, ask: Ask, chosen: Procedure): Page {
  const { text } = ask.part;
  const done = chosen.steps.find((one) => one.id === ask.memory.facts?.["done"]);
  const named = chosen.steps.find((one) => text.includes(one.title));
  const step = named ?? (done && nextAfter(chosen, done)) ?? chosen.steps[0];
  const missing = missingFor(
    chosen,
    step.id,
    step.documents.filter((document) => text.includes(document)),
  );
  page.text(
    missing.length > 0 ? words.missing(step.title, missing.join("、")) : words.complete(step.title),
    ...step.basis,
  );
  return page.choice(`fact:done=${step.id}`, words.done).choice(`fact:procedure=${chosen.id}`, "看全部步骤");
}

function nextAfter(chosen: Procedure, step: ProcedureStep): ProcedureStep | undefined {
  const at = chosen.steps.indexOf(step);
  return nextStep(
    chosen,
    chosen.steps.slice(0, at + 1).map((one) => one.id),
  );
}

function addNext(page: Page, chosen: Procedure, step: ProcedureStep): void {
  page.text(words.next(step.title), ...step.basis);
  page.steps(chosen.title, [stepOf(step)], ...step.basis);
  if (step.documents.length > 0) page.text(words.documents(step.documents.join("、")), ...step.basis);
  page.choice(`fact:done=${step.id}`, words.done);
}

const stepOf = (step: ProcedureStep): Step => ({
  title: step.onlyIf ? `${step.title}(${step.onlyIf})` : step.title,
  text: step.mustDo.join(";"),
  actor: step.actor,
  ...(step.limit ? { limit: step.limit.text } : {}),
  documents: step.documents,
  basis: step.basis.map((ref) => ref.text).join("、"),
});

const kindOf: Readonly<Record<string, string>> = {
  summary: "简易",
  ordinary: "普通",
  hearing: "听证",
  seizure: "强制措施",
  demandNotice: "强制执行",
  inspection: "检查",
};

/** The flow the place or organ has published itself. */
function addOwn(page: Page, ask: Ask, chosen: Procedure): void {
  const organ = organOf(ask);
  if (organ.kind !== "known") return;
  const own = ask.library
    .all("procedure")
    .find(
      (one) =>
        isCurrent(one, ask.today) &&
        one.procedureKind === kindOf[chosen.id] &&
        one.dataset === organ.entity.dataset &&
        (one.entityId === undefined || one.entityId === organ.entity.id),
    );
  if (!own) return;
  page.steps(
    words.own,
    own.steps.map((step) => ({
      title: step.name,
      text: step.action,
      actor: step.office,
      ...(step.limit ? { limit: sayTimeLimit(step.limit) } : {}),
      documents: step.documents,
    })),
    own,
  );
}
