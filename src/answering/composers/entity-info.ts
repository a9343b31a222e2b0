/** 执法主体: what it is, what it may do, where it is; what it has not published is said. */
import { isCurrent } from "../../records/library.ts";
import type { Entity } from "../../records/schema.ts";
import { answers, notPublished } from "../../wording/answers.ts";
import { organs as words } from "../../wording/organs.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { addOrganQuestion, addPlace, contactRows, naming, waiting } from "../parts.ts";
import { entityOf, organOf, placeOf } from "../place.ts";
import { inspection } from "./inspection.ts";
import { addHotline } from "./supervision.ts";

export function entityInfo(ask: Ask): Answer {
  if (/抽查|双随机/.test(ask.part.text)) return inspection(ask);
  const page = newPage(ask);
  const named = ask.part.mentions.organs.length > 0 ? [] : justNamed(ask);
  if (named.length > 1) return contactsOf(page, named).done("answered");
  const [one] = named;
  const organ = one ? ({ kind: "known", entity: one, remembered: true } as const) : organOf(ask);
  if (organ.kind !== "known") {
    addPlace(page, placeOf(ask));
    if (organ.kind === "none") {
      page.text(answers.askOrganShort);
      return waiting(page, ask, "organ").done("clarify");
    }
    addOrganQuestion(page, ask, organ);
    return page.done(organ.kind === "choose" ? "clarify" : "not_found");
  }
  const { entity } = organ;
  const continued = entityOf(ask, entity.continuedById);
  page.remember({ organ: entity.id, area: entity.area, pending: undefined });
  if (continued) {
    return page
      .text(words.continued(entity.name, continued.name), entity, continued)
      .card(continued.name, contactRows(continued), continued)
      .remember({ organ: continued.id })
      .done("answered");
  }
  const phone = entity.phones.join("、");
  const asked = /电话|怎么联系|联系方式|打哪/.test(ask.part.text)
    ? `电话:${phone || notPublished}`
    : /几点|上班|下班|周六|周末|办公时间|营业时间/.test(ask.part.text)
      ? `办公时间:${entity.officeHours ?? notPublished}`
      : /地址|在哪|哪里|怎么去|位置/.test(ask.part.text)
        ? `地址:${entity.address ?? notPublished}`
        : entity.enforces
          ? words.entity(entity.name, entity.nature)
          : words.notEnforcing(entity.name);
  page.text(asked.startsWith(entity.name) ? asked : `${entity.name} ${asked}`, entity);
  page.card(
    entity.name,
    [
      row("性质", entity.nature),
      row("职责", entity.duties ?? notPublished),
      row("权限", entity.authorityScope),
      row("依据", entity.basis.map((basis) => basis.raw).join(";") || notPublished),
      ...contactRows(entity),
      row("网站", entity.website),
      row("资格公告", entity.qualificationNotice?.title),
      row("统一社会信用代码", entity.uscc),
    ],
    entity,
  );
  const powers = ask.library.of("power", entity.id).filter((power) => isCurrent(power, ask.today));
  const byType = new Map<string, number>();
  for (const power of powers) byType.set(power.powerType, (byType.get(power.powerType) ?? 0) + 1);
  page.use({ counts: [...byType.values()] });
  page.table(
    "公布的职权",
    ["类别", "项数"],
    [...byType].map(([type, count]) => [type, String(count)]),
    ...powers.slice(0, 1),
  );
  if (phone === "" && /电话|联系|打哪/.test(ask.part.text)) addHotline(page, ask, "12345");
  return page
    .choice("do:competence", "它有没有权管某件事")
    .choice("do:supervision", "谁监督它")
    .choice(`start:correction:${entity.id}`, words.wrongInfo)
    .done(
      entity.address || phone || !/电话|地址|在哪|联系/.test(ask.part.text) ? "answered" : "not_published",
    );
}

/** The organs the last answer told to turn to: “电话呢” is said of them. */
function justNamed(ask: Ask): readonly Entity[] {
  return (ask.memory.last?.organs ?? []).flatMap((id) => entityOf(ask, id) ?? []);
}

/** Phone and address of several, the first one first. */
function contactsOf(page: Page, named: readonly Entity[]): Page {
  const [first] = named;
  if (first) page.text(words.phoneOf(first.name, first.phones.join("、") || notPublished), first);
  page.table(
    words.contacts,
    ["单位", "电话", "地址"],
    named.map((entity) => [
      entity.name,
      entity.phones.join("、") || notPublished,
      entity.address ?? notPublished,
    ]),
    ...named,
  );
  for (const entity of named) page.choice(`organ:${entity.id}`, entity.name);
  return naming(page, ...named.map((entity) => entity.id));
}
