/** 有没有权管、归谁管: from the published lists of powers; not found never means “no power”. */
import { sayDay } from "../../law/day.ts";
import { isCurrent } from "../../records/library.ts";
import type { Entity, PowerItem } from "../../records/schema.ts";
import { answers } from "../../wording/answers.ts";
import { organs as words } from "../../wording/organs.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { caseFactsOf, keptFacts } from "../case-facts.ts";
import { changed } from "../facts/changed.ts";
import { enforcement as facts } from "../facts/enforcement.ts";
import { openWithFaq } from "../faq.ts";
import { actsIn, CLOSE, contentOf, matchRows, SAME_ACT, worthOffering } from "../matching.ts";
import { addOrganQuestion, addPlace, naming, waiting } from "../parts.ts";
import { entityOf, liesIn, organOf, placeOf } from "../place.ts";
import { otherChannel } from "./supervision.ts";

const PRIVATE =
  /居委会|村委会|居民委员会|村民委员会|物业|保安|业委会|小区管理|学校|医院|商场|景区|停车场|公司能/;
const OTHER_DOORS = /民警|警察打|派出所打|法官|红包|受贿|索贿|退货|退款|欠薪|拖欠工资|假药|假货/;
const HELPERS = /协管|辅警|辅助人员|临时工|联防|网格员|志愿者/;

export function competence(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  const found = organOf(ask);
  const general = /受委托|委托书|居委|村委|物业|集中|综合执法/.test(text);
  const organ = found.kind === "known" && found.remembered && general ? { kind: "none" as const } : found;
  if (PRIVATE.test(text) && organ.kind !== "known") {
    return page
      .fact(facts.notPublicBody, facts.noStanding)
      .choice("start:complaint", "我要投诉")
      .done("answered");
  }
  if (
    /设定|规章|红头文件|规范性文件/.test(text) &&
    /设定|能不能|可不可以|可以|能/.test(text) &&
    organ.kind !== "known"
  ) {
    page.fact(
      /查封|扣押|冻结|强制|扣/.test(text) ? facts.settingCompulsion : facts.settingPenalty,
      facts.noStanding,
    );
    return page.choice("do:lawLookup", "查法条原文").done("answered", { direct: true });
  }
  if (HELPERS.test(text)) {
    page.fact(facts.auxiliary, facts.auxiliaryCompulsion);
    if (organ.kind !== "known")
      return page
        .choice("do:officerCheck", "核对执法证号")
        .choice("do:relief", "已经罚了,怎么申诉")
        .choice("start:complaint", "投诉")
        .done("answered", { direct: true });
  }
  if (organ.kind !== "known") {
    if (organ.kind === "none" && ask.part.mentions.areas.length + contentOf(ask).length === 0) {
      if (ask.role === "officer" && ask.part.mentions.amountsYuan.length > 0) return sumOnly(page, ask);
      page.text(words.askAbout);
      return waiting(page, ask).done("clarify");
    }
    if (asksOfTowns(text)) addTowns(page, ask);
    else addGeneral(page, text);
    if (organ.kind !== "none") {
      addOrganQuestion(page, ask, organ);
      return page.done("clarify", { direct: asksOfTowns(text) });
    }
    const holders = holdersOf(ask);
    addHolders(page, ask, holders);
    if (!holders.same) {
      page.text(words.askAbout);
      waiting(page, ask);
    }
    return page.done(holders.same ? "answered" : "clarify");
  }
  const { entity } = organ;
  page.remember({ organ: entity.id, area: entity.area });
  if (entity.continuedById) return addContinued(page, ask, entity).done("answered");
  const acting = principalOf(page, ask, entity);
  if (!acting) return page.fact(facts.entrusted).choice("start:complaint", words.complain).done("answered");
  const own = matchRows(ask, "power", (power) => power.entityId === acting.id, 4).filter(worthOffering);
  const [best] = own;
  if (best && best.score <= SAME_ACT && !ask.part.followUp) {
    page.text(words.nearPower(acting.name, best.record.name), best.record, acting);
    for (const { record } of own.slice(0, 2)) addPower(page, record);
    addChecker(page, ask, acting);
    return waiting(page, ask).choice("do:supervision", "找谁核实").done("clarify");
  }
  if (best) {
    page.text(words.hasPower(acting.name, best.record.name), best.record);
    for (const { record } of own.slice(0, 3)) addPower(page, record);
    page.remember({ powerId: best.record.id });
    addGeneral(page, text);
    return page.choice("do:benchmark", "会罚多少").choice("do:relief", "不服怎么办").done("answered");
  }
  const list = ask.library.of("power", acting.id).filter((power) => isCurrent(power, ask.today));
  const published = list.length > 0;
  if (published && contentOf(ask).length < 2) {
    addKinds(page, acting, list, text);
    if (acting.level === "乡") page.fact(facts.townFines);
    return waiting(page, ask).choice("do:relief", "不服怎么办").done("answered", { direct: true });
  }
  if (acting.level === "乡") page.fact(facts.townFines);
  page.text(published ? words.noPower(acting.name) : words.noList(acting.name), acting);
  addHolders(page, ask, holdersOf(ask, acting.area));
  addGeneral(page, text, acting.level === "乡");
  addChecker(page, ask, acting);
  return page
    .choice("do:supervision", "找谁核实")
    .choice("start:complaint", words.complain)
    .done(published ? "not_found" : "not_published");
}

/** An officer says only whom and how much: the questions that hang on it. */
function sumOnly(page: Page, ask: Ask): Answer {
  const facts = caseFactsOf(ask);
  page.remember({ facts: { ...ask.memory.facts, ...keptFacts(facts) }, pending: undefined });
  return page
    .text(words.sumOnly)
    .choice("do:hearingGate", "要不要告知听证")
    .choice("do:legalReviewGate", "要不要法制审核")
    .choice("do:deliberationGate", "要不要集体讨论")
    .choice("do:onTheSpotGate", "能不能当场处罚")
    .choice("do:benchmark", "裁量基准怎么定")
    .done("clarify");
}

/** 街道办, 乡镇 in general: not one of their names with more behind it. */
const asksOfTowns = (text: string) => /街道|乡镇|镇政府|乡政府|镇上|乡里|村镇/.test(text);

/** What the law gives towns and streets, then which of them have published powers of their own here. */
function addTowns(page: Page, ask: Ask): void {
  page.fact(facts.townFines);
  const area = areaOf(ask);
  const byOrgan = new Map<string, number>();
  for (const power of ask.library.current("power", ask.today)) {
    const entity = entityOf(ask, power.entityId);
    if (power.powerType !== "行政处罚" || entity?.level !== "乡") continue;
    if (area !== undefined && !liesIn(entity.area, area)) continue;
    byOrgan.set(entity.id, (byOrgan.get(entity.id) ?? 0) + 1);
  }
  const rows = [...byOrgan].flatMap(([id, count]) => {
    const entity = entityOf(ask, id);
    return entity ? [{ entity, count }] : [];
  });
  if (rows.length === 0) page.text(words.noTownLists);
  page.use({ counts: rows.map(({ count }) => count) }).table(
    words.townLists,
    ["单位", "公布的处罚事项"],
    rows.slice(0, MOST_TOWNS).map(({ entity, count }) => [entity.name, `${count}项`]),
    ...rows.slice(0, MOST_TOWNS).map(({ entity }) => entity),
  );
}

const MOST_TOWNS = 6;

/** “它能不能罚款”, no matter named: how many powers of each kind it has published. */
function addKinds(page: Page, entity: Entity, list: readonly PowerItem[], text: string): void {
  const kinds = new Map<string, PowerItem[]>();
  for (const power of list) kinds.set(power.powerType, [...(kinds.get(power.powerType) ?? []), power]);
  const kind = /查封|扣|拆|强制/.test(text) ? "行政强制" : /检查|查/.test(text) ? "行政检查" : "行政处罚";
  const asked = kinds.get(kind) ?? [];
  page.use({ counts: [...kinds.values()].map((powers) => powers.length) });
  page.text(words.powersOfKind(entity.name, kind, asked.length), entity, ...asked.slice(0, 1));
  page.table(
    words.someOf,
    ["事项"],
    asked.slice(0, MOST_TOWNS).map((power) => [power.name]),
    ...asked.slice(0, MOST_TOWNS),
  );
}

/** The organ in whose name it acts; undefined when its delegation has ended. */
function principalOf(page: Page, ask: Ask, entity: Entity): Entity | undefined {
  if (entity.nature !== "受委托组织") return entity;
  const principal = entityOf(ask, entity.delegatedById);
  const until = entity.delegation?.to;
  if (until && until < ask.today) {
    page.text(words.delegationOver(entity.name, sayDay(until)), entity).use({ until });
    return undefined;
  }
  if (!principal) return entity;
  page.text(words.principal(entity.name, principal.name), entity, principal);
  page.card(
    "委托",
    [
      row("事项", entity.delegation?.scope),
      row("期限", entity.delegation && `${sayDay(entity.delegation.from)}至${sayDay(entity.delegation.to)}`),
      row("文号", entity.delegation?.docNo),
    ],
    entity,
  );
  page.use(entity.delegation);
  page.fact(facts.entrusted);
  return principal;
}

function addContinued(page: Page, ask: Ask, entity: Entity): Page {
  const by = entityOf(ask, entity.continuedById);
  if (!by) return page;
  return page
    .text(words.continued(entity.name, by.name), entity, by)
    .remember({ organ: by.id })
    .choice(`organ:${by.id}`, by.name);
}

function addPower(page: Page, power: PowerItem): void {
  page.card(
    power.name,
    [
      row("类别", power.powerType),
      row("依据", power.basis.map((basis) => `《${basis.title}》${basis.article ?? ""}`).join("、")),
      row("承办", power.handlingOffice),
      row("对象", power.target),
      row("备注", power.note),
    ],
    power,
  );
}

interface Holders {
  readonly powers: readonly PowerItem[];
  /** False when the powers are only near what was asked. */
  readonly same: boolean;
}

/** Powers that match, one for each organ that holds them, in the place; strangers are left out. */
function holdersOf(ask: Ask, area = areaOf(ask)): Holders {
  const matches = matchRows(ask, "power", (power) => actsIn(ask, power.entityId, area), 40).filter(
    worthOffering,
  );
  const best = matches[0]?.score ?? 0;
  const byOrgan = new Map<string, PowerItem>();
  for (const { record, score } of matches) {
    if (score >= best * CLOSE && !byOrgan.has(record.entityId)) byOrgan.set(record.entityId, record);
  }
  return { powers: [...byOrgan.values()].slice(0, 6), same: best > SAME_ACT };
}

function areaOf(ask: Ask): string | undefined {
  const place = placeOf(ask);
  return place.kind === "known" ? place.area.code : undefined;
}

function addHolders(page: Page, ask: Ask, { powers, same }: Holders): void {
  if (powers.length === 0) return;
  const rows = powers.flatMap((power) => {
    const entity = entityOf(ask, power.entityId);
    return entity ? [[entity.name, power.name, power.powerType]] : [];
  });
  page.table(same ? words.othersHave : words.nearHave, ["单位", "事项", "类别"], rows, ...powers);
  naming(page, ...powers.map((power) => power.entityId));
}

/** Law on the kinds of organ the question names. */
function addGeneral(page: Page, text: string, saidOfTowns = false): void {
  if (/集中|综合执法|城管|划转/.test(text)) page.fact(facts.concentrated);
  if (/集中.{0,10}(?:查封|扣押)|综合执法.{0,10}(?:查封|扣押)/.test(text))
    page.fact(facts.concentratedCoercion);
  if (asksOfTowns(text) && !saidOfTowns) page.fact(facts.townPower);
  if (/委托/.test(text)) page.fact(changed.entrustedWho, facts.entrusted);
  if (/资格|主体|无效|管委会/.test(text)) page.fact(facts.noStanding);
}

function addChecker(page: Page, ask: Ask, entity: Entity): void {
  const justice = justiceOf(ask, entity);
  if (justice) page.text(words.askWhom(justice.name), justice);
}

/** The judicial-administration department of an organ's own government. */
export function justiceOf(ask: Ask, entity: Entity): Entity | undefined {
  const government = entity.nature === "人民政府" ? entity.id : entity.governmentId;
  if (!government) return undefined;
  const own = justices(ask).find((one) => one.governmentId === government);
  if (own) return own;
  const above = entityOf(ask, government)?.governmentId;
  return above ? justices(ask).find((one) => one.governmentId === above) : undefined;
}

const cached = new WeakMap<object, readonly Entity[]>();
function justices(ask: Ask): readonly Entity[] {
  const known = cached.get(ask.library);
  if (known) return known;
  const made = ask.library.all("entity").filter((one) => one.isJustice);
  cached.set(ask.library, made);
  return made;
}

export function whoHandles(ask: Ask): Answer {
  const page = newPage(ask);
  const place = placeOf(ask);
  if (/先立案|都有管辖|争议|协商|指定|推诿|踢皮球|互相推/.test(ask.part.text))
    page.fact(facts.jurisdictionFirst, facts.jurisdictionPlace);
  if (OTHER_DOORS.test(ask.part.text)) return otherChannel(ask);
  if (/合并|联合|一起查|几个部门/.test(ask.part.text)) page.fact(facts.inspectionRandom);
  if (place.kind === "choose" || place.kind === "unlisted") {
    openWithFaq(page, ask);
    addPlace(page, place);
    return waiting(page, ask).done("clarify");
  }
  const { powers, same } = holdersOf(ask);
  const [first] = powers;
  // A list that names the organ says more than a general answer.
  const faq = first && same ? undefined : openWithFaq(page, ask);
  const holder = first ? entityOf(ask, first.entityId) : undefined;
  if (first && holder && powers.length === 1 && same) {
    page.text(words.handledBy(holder.name, first.name), first, holder);
    naming(page.remember({ organ: holder.id, powerId: first.id }), holder.id);
    page.card(holder.name, [row("地址", holder.address), row("电话", holder.phones.join("、"))], holder);
  } else if (first) {
    page.text(same ? words.handledBySeveral : words.nearHandlers, ...powers);
    page.table(
      "单位和事项",
      ["单位", "事项"],
      powers.map((power) => [entityOf(ask, power.entityId)?.name ?? "", power.name]),
      ...powers,
    );
    for (const power of powers) {
      const entity = entityOf(ask, power.entityId);
      if (entity) page.choice(`organ:${entity.id}`, entity.name);
    }
    page.remember({ powerId: first.id });
    naming(waiting(page, ask), ...powers.map((power) => power.entityId));
  } else {
    if (!faq) page.text(words.handlerUnknown);
    const organ = organOf(ask);
    if (organ.kind === "known")
      page.card(
        organ.entity.name,
        [row("职责", organ.entity.duties), row("电话", organ.entity.phones.join("、"))],
        organ.entity,
      );
    page.fact(facts.jurisdictionPlace, facts.jurisdictionFirst);
    if (!faq) {
      page.text(place.kind === "known" ? answers.notFoundMeans : words.askMatter);
      waiting(page, ask);
    }
  }
  if (/以前归|原来归|工商|划转|集中|综合执法|城管/.test(ask.part.text)) page.fact(facts.concentrated);
  if (/乡|镇|街道/.test(ask.part.text)) page.fact(facts.townPower);
  addPlace(page, place);
  return page
    .choice("do:otherChannel", "该打哪个电话")
    .done((first && same) || faq ? "answered" : first ? "clarify" : "not_found");
}
