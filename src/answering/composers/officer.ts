/** 执法人员核验, 亮证 and 两人, 辅助人员. */
import { verifyOfficer } from "../../officers/verify.ts";
import type { Officer } from "../../records/schema.ts";
import { notPublished } from "../../wording/answers.ts";
import { officerSays, officers as words } from "../../wording/officers.ts";
import { fine } from "../../wording/relief.ts";
import { type Answer, type Ask, newPage, row } from "../answer.ts";
import { enforcement as facts } from "../facts/enforcement.ts";
import { relief } from "../facts/relief.ts";
import { openWithFaq } from "../faq.ts";
import { organOf } from "../place.ts";
import { SURNAMES } from "../surnames.ts";
import { addHotline } from "./supervision.ts";

const SAID_NAME = /(?:姓名?|叫|名字是?)\s*[::]?\s*([\u4e00-\u9fa5]{1,4}?)(?:的|,|,|。|证|执法|$|\s|\d)/;
const NAME_ALONE = new RegExp(`^((?:${SURNAMES})[\\u4e00-\\u9fa5]{0,2})[。!,]?$`);

/** As much of a question as is kept until it is finished. */
const MOST_KEPT = 300;

/** A whole name or surname: said with the number, before it, or alone after it. */
function nameSaid(ask: Ask): string | undefined {
  const before = ask.memory.pending?.intent === "officerCheck" ? ask.memory.pending.text : "";
  return (SAID_NAME.exec(ask.part.text) ?? SAID_NAME.exec(before) ?? NAME_ALONE.exec(ask.said))?.[1];
}

export function officerCheck(ask: Ask): Answer {
  const page = newPage(ask);
  const organ = organOf(ask);
  const name = nameSaid(ask);
  const [said] = ask.part.mentions.certNos;
  const certNo = said ?? (name || ask.part.followUp ? ask.memory.last?.certNo : undefined);
  if (!certNo) {
    const listing = /名单|都有谁|有哪些人|多少人|所有(?:的)?执法|列(?:出|一下)/.test(ask.part.text);
    if (/查不到|没查到|不在名单|名单里没有|找不到/.test(ask.part.text)) page.text(words.notListed);
    page.text(listing ? words.noListing : words.askNumber).text(listing ? words.askNumber : words.howToLook);
    if (/转账|扫码(?!.{0,4}验)|打钱|汇款|要钱|交钱|给钱/.test(ask.part.text)) {
      page.notice("warn", fine.noPersonalCode).fact(relief.fineNoCash);
      addHotline(page, ask, "110");
    }
    page.fact(facts.showCard);
    if (organ.kind === "known") page.remember({ organ: organ.entity.id });
    // A name given before the number is kept with the question.
    page.remember({ pending: { intent: ask.part.intent, text: ask.part.text.slice(0, MOST_KEPT) } });
    return page.choice("start:complaint", "他不肯出示证件").done("clarify");
  }
  const found = verifyOfficer(ask.library, { certNo, ...(name ? { name } : {}) }, ask.today);
  const says = officerSays[found.outcome];
  const { entity } = found;
  const officer = found.officer?.record;
  const lists = officer ? [officer] : rosters(ask, organ.kind === "known" ? organ.entity.id : undefined);
  page.use({ certNo: found.certNo });
  // Nothing new was said of the certificate: “那我该咋办” asks for the next step.
  if (!said && !name && found.outcome !== "valid") {
    addHotline(page.text(says.next).remember({ last: { certNo: found.certNo } }), ask, "12345");
    return page.choice("start:complaint", "投诉").done("answered", { direct: true });
  }
  page.text(name && !officer ? words.notTogether : says.first, ...lists);
  if (officer) {
    page.card(
      words.listed,
      [
        row("核验结果", found.label),
        row("姓名", found.officer?.shownName),
        row("证号", officer.certNo),
        row("单位", entity?.name ?? notPublished),
        row("部门", officer.unit),
        row("职务", officer.post),
        row("证件", officer.certType),
        row("执法领域", officer.fields.join("、")),
        row("区域", entity ? areaName(ask, entity.area) : undefined),
        row("有效期至", officer.validUntil),
        row("名单", officer.source.title),
        row("公布单位", officer.source.publisher),
        row("名单日期", officer.source.publishedOn),
      ],
      officer,
      ...(entity ? [entity] : []),
    );
    page.remember({ organ: officer.entityId });
    if (entity && found.outcome !== "valid") {
      page.text(words.organPhone(entity.name, entity.phones.join("、") || notPublished), entity);
    }
  } else {
    page.table(
      words.lookedIn,
      ["名单", "公布单位", "日期"],
      lists.map((one) => [one.source.title, one.source.publisher, one.source.publishedOn ?? ""]),
      ...lists,
    );
  }
  page.text(says.next);
  if (found.outcome === "auxiliary") page.fact(facts.auxiliary);
  else if (found.outcome === "valid") page.fact(facts.holdingCard);
  else page.fact(facts.showCard);
  page.remember({ pending: undefined, last: { certNo: found.certNo } });
  return page
    .choice("do:competence", "他的单位有没有权管")
    .choice("start:complaint", "投诉")
    .done(found.outcome === "unlisted" ? "not_found" : "answered");
}

/** At most so many lists are named when nothing was found. */
const MOST_LISTS = 3;
const heads = new WeakMap<object, readonly Officer[]>();

/** One row of each list that was looked in: the organ's own, else the newest ones. */
function rosters(ask: Ask, entityId: string | undefined): readonly Officer[] {
  let lists = heads.get(ask.library);
  if (!lists) {
    const byTitle = new Map<string, Officer>();
    for (const officer of ask.library.current("officer", ask.today))
      byTitle.set(officer.source.title, officer);
    lists = [...byTitle.values()].sort((a, b) =>
      (b.source.publishedOn ?? "").localeCompare(a.source.publishedOn ?? ""),
    );
    heads.set(ask.library, lists);
  }
  const own = lists.filter((officer) => officer.entityId === entityId);
  return (own.length > 0 ? own : lists).slice(0, MOST_LISTS);
}

function areaName(ask: Ask, code: string): string | undefined {
  return ask.library.all("area").find((area) => area.code === code)?.name;
}

export function certificateDuty(ask: Ask): Answer {
  const page = newPage(ask);
  openWithFaq(page, ask);
  page.fact(facts.showCard, facts.twoOfficers);
  if (/一个人|一个民警|一个警|单人|独自|就他|一名|1个人|1人|民警|交警/.test(ask.part.text))
    page.fact(facts.oneOfficer);
  if (/警|派出所/.test(ask.part.text)) page.fact(facts.policeCard);
  if (/过期|年审|没证|无证/.test(ask.part.text)) page.fact(facts.noCardDiscipline);
  if (/扣|查封/.test(ask.part.text)) page.fact(facts.cardCompulsion);
  return page
    .choice("do:officerCheck", "核对执法证号")
    .choice("do:procedure", "执法要走哪些步骤")
    .choice("start:complaint", "投诉")
    .done("answered");
}

export function auxiliaryStaff(ask: Ask): Answer {
  const page = newPage(ask);
  openWithFaq(page, ask);
  if (/物业|保安|居委|村委/.test(ask.part.text)) page.fact(facts.notPublicBody);
  page.fact(facts.auxiliary, facts.auxiliaryCompulsion);
  addLocalRule(page, ask, "第12项");
  return page
    .choice("do:officerCheck", "核对执法证号")
    .choice("do:relief", "已经罚了,怎么申诉")
    .choice("start:complaint", "投诉")
    .done("answered");
}

/** A clause of the city's own document, where the place has one. */
export function addLocalRule(page: ReturnType<typeof newPage>, ask: Ask, clauseNo: string): void {
  for (const policy of ask.library.current("policy", ask.today)) {
    if (policy.area === "全国" || !policy.docNo) continue;
    const clause = policy.clauses.find((one) => one.no === clauseNo && policy.docNo === SEED);
    if (clause) {
      page.card(`${policy.docNo}(对试点单位)`, [row(clause.heading, clause.text)], {
        record: policy,
        locator: clause.no,
      });
    }
  }
}

/** 运城市's document of 2017, whose numbered items several answers add as the local layer. */
const SEED = "运政办发〔2017〕91号";
