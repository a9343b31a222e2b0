/** 随机抽查、办事指南: the published item and its row; without one, what the law says in general. */
import { isCurrent } from "../../records/library.ts";
import { sayTimeLimit } from "../../records/passages.ts";
import { notPublished } from "../../wording/answers.ts";
import { guide as guideWords, inspection as words } from "../../wording/organs.ts";
import { type Answer, type Ask, newPage, row } from "../answer.ts";
import { enforcement as facts } from "../facts/enforcement.ts";
import { openWithFaq } from "../faq.ts";
import { actsIn, matchRows, SAME_ACT, worthOffering } from "../matching.ts";
import { addPlace, waiting } from "../parts.ts";
import { entityOf, organOf, placeOf } from "../place.ts";
import { addLocalRule } from "./officer.ts";
import { addHotline } from "./supervision.ts";

export function inspection(ask: Ask): Answer {
  const page = newPage(ask);
  const organ = organOf(ask);
  const place = placeOf(ask);
  const area = place.kind === "known" ? place.area.code : undefined;
  const own = organ.kind === "known" ? organ.entity : undefined;
  const items = matchRows(ask, "inspection", (item) =>
    own && organ.kind === "known" && !organ.remembered
      ? item.entityId === own.id
      : actsIn(ask, item.entityId, area),
  );
  const [best] = items.filter(({ score }) => score > SAME_ACT || ask.part.followUp);
  const faq = best && best.score > 0.5 ? undefined : openWithFaq(page, ask);
  if (best && !faq) {
    const { record } = best;
    const entity = entityOf(ask, record.entityId);
    page.text(words.item(record.name, record.frequency.text), record);
    page.card(
      record.name,
      [
        row("检查机关", entity?.name),
        row("查谁", record.target),
        row("查什么", record.content),
        row("怎么查", record.methods.join("、")),
        row("抽查比例", record.ratio.text),
        row("频次", record.frequency.text),
        row("类别", record.category),
        row("依据", record.basis.map((basis) => `《${basis.title}》${basis.article ?? ""}`).join("、")),
        row("联合单位", record.partnerNames.join("、")),
      ],
      record,
      ...(entity ? [entity] : []),
    );
    page.remember({ organ: record.entityId });
  } else if (own) {
    page.remember({ organ: own.id });
    const listed = ask.library.of("inspection", own.id).filter((item) => isCurrent(item, ask.today));
    if (listed.length === 0) page.text(words.noList(own.name), own);
    else
      page.table(
        "公布的抽查事项",
        ["事项", "比例", "频次"],
        listed.slice(0, 10).map((item) => [item.name, item.ratio.text, item.frequency.text]),
        ...listed.slice(0, 10),
      );
  }
  if (/企业|公司|店|厂|入企|频次|几次|老查|总查|通知|提前|三回|三次/.test(ask.part.text))
    page.fact(facts.inspectionFirms);
  page.fact(
    facts.inspectionBasis,
    facts.inspectionRandom,
    facts.inspectionException,
    facts.inspectionNoHarm,
    facts.showCard,
    facts.twoOfficers,
  );
  if (ask.role === "officer") addLocalRule(page, ask, "第9项");
  addPlace(page, place);
  if (!best && !own && /店|看啥|查什么|查哪些|内容|我/.test(ask.part.text)) {
    page.text(words.which);
    waiting(page, ask);
  }
  return page
    .choice("do:certificateDuty", "要不要出示证件")
    .choice("do:procedure", "检查的步骤")
    .choice("start:complaint", "投诉乱检查")
    .done("answered");
}

export function serviceGuide(ask: Ask): Answer {
  const page = newPage(ask);
  const place = placeOf(ask);
  const organ = organOf(ask);
  const area = place.kind === "known" ? place.area.code : undefined;
  const own = organ.kind === "known" && !organ.remembered ? organ.entity.id : undefined;
  const guides = matchRows(ask, "guide", (item) =>
    own ? item.entityId === own : actsIn(ask, item.entityId, area),
  );
  const [best] = guides.filter((match) => worthOffering(match) || ask.part.followUp);
  if (!best) {
    if (!openWithFaq(page, ask)) page.text(guideWords.none).text(guideWords.ask);
    page.fact(facts.licenseOnce, facts.licenseTime, facts.licenseFree);
    addPlace(page, place);
    if (/窗口|不让|不给办|刁难|推/.test(ask.part.text)) addHotline(page, ask, "12345");
    page.choice("start:complaint", "投诉窗口");
    return waiting(page, ask).choice("do:otherChannel", "该问哪里").done("not_found");
  }
  const names = [
    ...new Set(guides.filter((one) => one.score >= best.score * 0.9).map(({ record }) => record.name)),
  ];
  if (names.length > 1) {
    page.text(guideWords.ask, ...guides.map(({ record }) => record));
    for (const { record } of guides.slice(0, 6))
      if (record.powerId) page.choice(`power:${record.powerId}`, record.name);
    const chosen = guides.find(({ record }) => record.powerId === ask.memory.powerId);
    if (!chosen) return waiting(page, ask).done("clarify");
  }
  const { record } = guides.find((one) => one.record.powerId === ask.memory.powerId) ?? best;
  page.text(guideWords.first(record.name, record.accept), record);
  page.card(
    record.name,
    [
      row("条件", record.conditions),
      row("材料", record.materials.map((one) => `${one.name}(${one.form}${one.copies}份)`).join("、")),
      row("流程", record.process),
      row("法定时限", record.statutory && sayTimeLimit(record.statutory)),
      row("承诺时限", record.promised && sayTimeLimit(record.promised)),
      row("收费", record.fee),
      row("结果", record.result),
      row("地点", record.place ?? notPublished),
      row("时间", record.hours),
      row("咨询电话", record.consultPhones.join("、") || notPublished),
      row("投诉电话", record.complaintPhones.join("、")),
    ],
    record,
  );
  page.fact(facts.licenseOnce);
  addPlace(page, place);
  return page
    .remember({ organ: record.entityId, powerId: record.powerId, pending: undefined })
    .choice("do:relief", "不批怎么办")
    .done("answered");
}
