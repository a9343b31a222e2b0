/** 裁量基准 and 免罚: the published row for what was done, and its tiers. */

import { isCurrent } from "../../records/library.ts";
import { sayInterval, sayPenalty } from "../../records/passages.ts";
import type { DiscretionBenchmark, ExemptionItem, RecordOf } from "../../records/schema.ts";
import { penalty as words } from "../../wording/organs.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { enforcement as facts } from "../facts/enforcement.ts";
import { points } from "../facts/points.ts";
import { relief } from "../facts/relief.ts";
import { openWithFaq } from "../faq.ts";
import { actsIn, CLOSE, contentOf, type Match, matchRows, touches, worthOffering } from "../matching.ts";
import { addPlace, waiting } from "../parts.ts";
import { entityOf, organOf, placeOf } from "../place.ts";

export function benchmark(ask: Ask): Answer {
  const page = newPage(ask);
  const officer = ask.role === "officer";
  const general = /能不能调|不公|上级|市级|自己定|谁定|决定书.{0,6}写|在哪(?:看|查|里)/.test(ask.part.text);
  if (general)
    page.fact(
      facts.discretionPublish,
      facts.discretionAdjust,
      facts.discretionInDecision,
      facts.discretionShanxi,
    );
  const chosen = ask.library.all("benchmark").find((one) => one.powerIds.includes(ask.memory.powerId ?? "-"));
  const matches = inPlace(ask, "benchmark");
  const [best] = matches.filter((match) => match.score >= SURE_ACT || ask.part.followUp);
  const close = matches.filter((match) => match.score >= (best?.score ?? 1) * CLOSE);
  const named =
    best ??
    (chosen && (ask.part.followUp || contentOf(ask) === "") ? { record: chosen, score: 1 } : undefined);
  if (!named) {
    const place = placeOf(ask);
    if (!general && place.kind === "known" && !publishedHere(ask, place.area.code)) {
      page.text(words.noneHere(place.area.name), place.area);
      addPlace(page, place).fact(facts.discretionPublish);
      return waiting(page, ask).choice("do:supervision", "找谁问").done("not_published");
    }
    const faq = openWithFaq(page, ask);
    const told = contentOf(ask).length >= 2;
    if (!general && !faq && !told) page.text(words.describe).fact(points.unequal);
    if (!general && !faq && told) page.text(words.notFound);
    if (!general) addNearest(page, ask);
    if (!general) page.fact(facts.discretionPublish);
    if (!general && (faq || told)) page.text(words.describe);
    addPlace(page, place);
    return waiting(page, ask).done(general || faq ? "answered" : "not_found");
  }
  if (close.length > 1 && differ(close)) {
    page.text(words.which, ...close.slice(0, 6).map(({ record }) => record));
    for (const { record } of close.slice(0, 6)) page.choice(`power:${record.powerIds[0]}`, record.violation);
    addPlace(page, placeOf(ask));
    return waiting(page, ask).done("clarify");
  }
  addBenchmark(page, ask, named.record, officer);
  const exemptions = ask.library
    .current("exemption", ask.today)
    .filter((item) => item.violation === named.record.violation);
  for (const item of exemptions.slice(0, 1)) addExemption(page, item);
  if (officer) page.fact(facts.discretionInDecision, facts.discretionAdjust);
  else page.fact(facts.discretionPublish);
  addPlace(page, placeOf(ask));
  return page
    .remember({ powerId: powerHere(ask, named.record), pending: undefined })
    .choice("do:exemption", "第一次能不能不罚")
    .choice("do:relief", "罚重了怎么申诉")
    .done("answered");
}

/** Rows the search thinks near, as choices: the person decides, not the search. */
function addNearest(page: Page, ask: Ask): void {
  const near = ask.search
    .find(ask.part.text, { kinds: ["benchmark"], on: ask.today }, 3)
    .filter((hit) => hit.why.some(({ leg, score }) => leg === "bigrams" && score >= NEAR))
    .flatMap((hit) => {
      const record = ask.library.find(hit.passage.recordId);
      return record?.kind === "benchmark" && touches(ask, record) ? [record] : [];
    });
  if (near.length === 0) return;
  page.text(words.nearest(near.map((record) => record.violation)), ...near);
  for (const record of near) page.choice(`power:${record.powerIds[0]}`, record.violation);
}

/** Share of the question's pieces from which a row is the act itself; a fine is not told of what is only near. */
const SURE_ACT = 0.4;

/** Score of shared bigrams from which a row is worth showing; below it nearness is chance. */
const NEAR = 7;

/** Whether any organ acting in the place has published a benchmark. */
function publishedHere(ask: Ask, area: string): boolean {
  return ask.library
    .current("benchmark", ask.today)
    .some((record) => ownersOf(ask, record).some((id) => actsIn(ask, id, area)));
}

function ownersOf(ask: Ask, record: DiscretionBenchmark | ExemptionItem): readonly string[] {
  return record.powerIds.flatMap((id) => {
    const power = ask.library.find(id);
    return power?.kind === "power" ? [power.entityId] : [];
  });
}

const differ = (matches: readonly Match<{ violation: string }>[]) =>
  new Set(matches.map(({ record }) => record.violation)).size > 1;

/** Rows whose powers belong to the organ asked about, else to organs acting in the place. */
function inPlace<K extends "benchmark" | "exemption">(ask: Ask, kind: K): readonly Match<RecordOf<K>>[] {
  const organ = organOf(ask);
  const place = placeOf(ask);
  const area = place.kind === "known" ? place.area.code : undefined;
  const owners = (record: DiscretionBenchmark | ExemptionItem) => ownersOf(ask, record);
  if (organ.kind === "known" && !organ.remembered) {
    const own = matchRows(ask, kind, (record) => owners(record).includes(organ.entity.id));
    if (own.length > 0) return own;
  }
  const here = matchRows(ask, kind, (record) => owners(record).some((id) => actsIn(ask, id, area)));
  return here;
}

const powerHere = (ask: Ask, record: DiscretionBenchmark) => {
  const organ = organOf(ask);
  const own = record.powerIds.find((id) => {
    const power = ask.library.find(id);
    return organ.kind === "known" && power?.kind === "power" && power.entityId === organ.entity.id;
  });
  return own ?? record.powerIds[0];
};

function addBenchmark(page: Page, ask: Ask, record: DiscretionBenchmark, officer: boolean): void {
  const { statutory } = record;
  const range = [statutory.fine, statutory.multiple].flatMap((one) => (one ? [sayInterval(one)] : []));
  page.text(
    words.range(
      record.violation,
      [statutory.penalties.join("、"), ...range].filter(Boolean).join(",") || (statutory.other ?? ""),
    ),
    record,
  );
  page.table(
    words.tiers,
    ["档次", "情形", "处罚"],
    [...record.tiers]
      .sort((a, b) => a.order - b.order)
      .map((tier) => [tier.grade, tier.condition, sayPenalty(tier)]),
    record,
  );
  page.card(
    "出处",
    [
      row("依据", `《${record.chosenBasis.title}》${record.chosenBasis.article ?? ""}`),
      row("制定机关", record.issuer),
      row("文号", record.docNo),
    ],
    record,
  );
  if (officer) page.text(words.pickTier);
  for (const id of record.powerIds.slice(0, 1)) {
    const power = ask.library.find(id);
    if (power?.kind === "power" && power.noDiscretion && isCurrent(power, ask.today))
      page.text(words.noDiscretion(power.noDiscretion), power);
  }
}

function addExemption(page: Page, item: ExemptionItem): void {
  page.text(words.canBeExempt(item.violation, item.exemptionKind), item);
  page.card(
    words.conditions,
    [
      ...item.conditions.map((condition, index) => ({
        label: `条件${"一二三四五六七八九十"[index] ?? ""}`,
        value: condition,
      })),
      row("期限", item.window),
      row("同时要做", item.measures),
      row("制定机关", item.issuer),
    ],
    item,
  );
}

export function exemption(ask: Ask): Answer {
  const page = newPage(ask);
  const matches = inPlace(ask, "exemption").filter((match) => worthOffering(match) || ask.part.followUp);
  const [best] = matches;
  const close = matches.filter((match) => match.score >= (best?.score ?? 0) * CLOSE);
  const remembered = ask.library
    .current("exemption", ask.today)
    .find((item) => item.powerIds.includes(ask.memory.powerId ?? "-"));
  if (best && close.length > 1 && differ(close) && close.length > 3) {
    page.fact(facts.noPenaltyFirst, facts.noPenaltySlight);
    page.text(words.which, ...close.slice(0, 6).map(({ record }) => record));
    for (const { record } of close.slice(0, 6)) page.choice(`power:${record.powerIds[0]}`, record.violation);
    return waiting(page, ask).done("clarify");
  }
  const item = best?.record ?? remembered;
  if (item) {
    addExemption(page, item);
    page.remember({ powerId: item.powerIds[0], pending: undefined });
  }
  if (/未成年|孩子|小孩|学生|十四|14|十八|18/.test(ask.part.text)) page.fact(facts.noPenaltyChild);
  page.fact(
    facts.noPenaltyFirst,
    facts.noPenaltySlight,
    facts.noPenaltyNoFault,
    facts.lighter,
    facts.noPenaltyTeach,
  );
  if (!item) page.text(words.noExemption);
  if (/老人|不懂法|不知道/.test(ask.part.text)) page.fact(relief.statementRight);
  const organ = organOf(ask);
  if (organ.kind === "known") page.remember({ organ: entityOf(ask, organ.entity.id)?.id });
  return page
    .choice("do:benchmark", "会罚多少")
    .choice("do:statementDefense", "怎么陈述申辩")
    .done("answered");
}
