/** 查法条和文件, 旧规定还管不管用: exact words with rank and validity; dead texts only as history. */
import { sayDate } from "../../law/day.ts";
import { listRules } from "../../law/deadline.ts";
import { findLaw } from "../../law/laws.ts";
import { type Law, type SaidRef, sayRef } from "../../law/legal-ref.ts";
import { sayLength } from "../../law/period.ts";
import { findSuperseded } from "../../law/superseded.ts";
import { isCurrent } from "../../records/library.ts";
import type { PolicyDocument, Statute } from "../../records/schema.ts";
import type { Passage } from "../../search/passage.ts";
import { law as words } from "../../wording/law.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { changed, correctionsFor } from "../facts/changed.ts";
import { enforcement } from "../facts/enforcement.ts";
import type { LawFact } from "../facts/fact.ts";
import { relief } from "../facts/relief.ts";
import { supervision } from "../facts/supervision.ts";
import { findFaq, openWithFaq } from "../faq.ts";
import { addPlace, waiting } from "../parts.ts";
import { placeOf } from "../place.ts";

const HISTORY = /旧(?:法|版|规定|条例)|以前的|原来的|废止|失效|历史|修订前|\d{4}年(?:版|修订|的)/;
const MOST_CHARACTERS = 1200;

export function lawLookup(ask: Ask): Answer {
  const page = newPage(ask);
  const history = HISTORY.test(ask.part.text);
  for (const { law: name, article } of ask.part.mentions.laws) {
    const done = addArticle(page, ask, findLaw(name), name, article, history);
    if (done) return page.choice("do:relief", "不服怎么申诉").done("answered", { history });
  }
  for (const docNo of ask.part.mentions.docNos) {
    const documents = documentsNumbered(ask, docNo, history);
    if (documents.length > 0) {
      for (const document of documents.slice(0, 1)) addDocument(page, ask, document);
      return page.done("answered", { history });
    }
  }
  const unknown = unknownArticle(ask);
  if (unknown) {
    page.text(words.noLaw(`《${bareTitle(unknown.law)}》`, unknown.article));
    return waiting(page, ask).choice("do:help", "能问什么").done("not_found");
  }
  return addFound(page, ask, history);
}

/** An article of a law that is neither known nor published here: no other text stands in for it. */
function unknownArticle(ask: Ask): { readonly law: string; readonly article: string } | undefined {
  const [mention] = ask.part.mentions.laws;
  if (mention?.article) return { law: mention.law, article: mention.article };
  if (mention) return undefined;
  const said =
    /(?:请问|帮我|查一?下|查查?|看看|我?想看|念念)*(\p{Script=Han}{2,16}(?:法|条例))的?第?([零一二三四五六七八九十百\d]+)条/u.exec(
      ask.part.text,
    );
  const [, law = "", no = ""] = said ?? [];
  return law && !findLaw(law) && statutesTitled(ask, law, true).length === 0
    ? { law, article: `第${no}条` }
    : undefined;
}

/** Quotes an article when its text is stored; else says what rests on it. False when nothing is known of it. */
function addArticle(
  page: Page,
  ask: Ask,
  law: Law | undefined,
  name: string,
  article: string | undefined,
  history: boolean,
): boolean {
  const statutes = statutesTitled(ask, law?.title ?? name, history);
  const [statute] = statutes;
  if (statute && article) {
    const found = statute.articles.find((one) => one.no === articleOnly(article));
    if (found) {
      if (!isCurrent(statute, ask.today)) addRepealed(page, ask, statute);
      page.text(words.quote(`《${statute.title}》${found.no}`, found.text), {
        record: statute,
        locator: found.no,
      });
      addValidity(page, statute, found.no);
      return true;
    }
    page.text(words.noArticle(`《${statute.title}》`, article), { record: statute, locator: article });
    return true;
  }
  const facts = factsOn(law, article);
  if (law && facts.length > 0 && article) {
    for (const fact of facts.slice(0, 4)) page.fact(fact);
    page.notice("info", words.noText);
    addLawCard(page, law, article);
    return true;
  }
  if (statute) {
    const hits = ask.search
      .find(
        ask.part.text,
        { kinds: ["statute"], ...(history ? { includeRepealed: true } : { on: ask.today }) },
        20,
      )
      .filter((hit) => hit.passage.recordId === statute.id)
      .slice(0, 3);
    for (const hit of hits) addPassage(page, ask, hit.passage);
    if (hits.length > 0) addValidity(page, statute, "");
    return hits.length > 0;
  }
  if (law) {
    const faq = openWithFaq(page, ask);
    if (facts.length > 0 && !faq)
      for (const fact of nearestFirst(facts, ask.part.text).slice(0, 3)) page.fact(fact);
    if (!faq && facts.length === 0) page.notice("info", words.noText);
    addLawCard(page, law, article);
    return true;
  }
  return false;
}

const articleOnly = (article: string) =>
  /^第[^条]+条(?:之[一二三四五六七八九十]+)?/.exec(article)?.[0] ?? article;

function statutesTitled(ask: Ask, title: string, history: boolean): readonly Statute[] {
  const bare = bareTitle(title);
  return ask.library
    .all("statute")
    .filter((one) => bareTitle(one.title) === bare && (history || isCurrent(one, ask.today)))
    .sort(
      (a, b) =>
        Number(isCurrent(b, ask.today)) - Number(isCurrent(a, ask.today)) ||
        b.version.localeCompare(a.version),
    );
}

const bareTitle = (title: string) => title.replace(/[《》\s()()]/g, "").replace(/^中华人民共和国/, "");

function addRepealed(page: Page, ask: Ask, statute: Statute): void {
  const until = statute.validity.effectiveTo;
  page.notice(
    "warn",
    until
      ? words.repealedDay(`《${statute.title}》`, sayDate(until))
      : words.repealed(`《${statute.title}》`),
    {
      record: statute,
      locator: statute.version,
    },
  );
  const next = statute.supersededById ? ask.library.find(statute.supersededById) : undefined;
  if (next?.kind === "statute") page.text(words.supersededBy(`《${next.title}》`), next);
}

function addValidity(page: Page, statute: Statute, article: string): void {
  page.card(
    "这部法",
    [
      row("名称", statute.title),
      row(words.rank, statute.rank),
      row("制定机关", statute.issuer),
      row("文号", statute.docNo),
      row("版本", statute.version),
      row("施行", statute.validity.effectiveFrom),
    ],
    { record: statute, locator: article || statute.version },
  );
}

function addLawCard(page: Page, law: Law, article: string | undefined): void {
  const ref: SaidRef = { law: law.key, article: article ?? "", mark: law.mark, text: "" };
  page
    .use(law)
    .card(
      "这部法",
      [
        row("名称", law.title),
        row(words.rank, law.rank),
        row("制定机关", law.issuer),
        row("文号", law.docNo),
        row("版本", law.version),
        row("施行", law.effectiveFrom),
        row("提示", law.caution),
      ],
      { ...ref, text: sayRef(ref) },
    );
}

/** Facts and time limits that rest on an article (on the law, when no article was said). */
function factsOn(law: Law | undefined, article: string | undefined): readonly LawFact[] {
  if (!law) return [];
  const fits = (ref: SaidRef) =>
    ref.law === law.key && (!article || articleOnly(ref.article) === articleOnly(article));
  const own = [
    ...Object.values<LawFact>(relief),
    ...Object.values<LawFact>(enforcement),
    ...Object.values<LawFact>(supervision),
  ].filter((fact) => fact.basis.some(fits));
  const limits = listRules().flatMap((rule): LawFact[] => {
    const [first, ...rest] = rule.basis.filter(fits);
    if (!first || rule.kind !== "counted") return [];
    return [
      {
        say: `${rule.label}:${sayLength(rule.period.amount, rule.period.unit)},从${rule.event}起算。`,
        basis: [first, ...rest],
      },
    ];
  });
  return [...own, ...limits];
}

/** Facts by how much of the question they speak of; equals stay as they were. */
function nearestFirst(facts: readonly LawFact[], text: string): readonly LawFact[] {
  const shared = ({ say }: LawFact) =>
    Array.from(text, (_, at) => text.slice(at, at + 2)).filter((two) => two.length === 2 && say.includes(two))
      .length;
  return [...facts].sort((a, b) => shared(b) - shared(a));
}

function documentsNumbered(ask: Ask, docNo: string, history: boolean): readonly (PolicyDocument | Statute)[] {
  return [...ask.library.all("policy"), ...ask.library.all("statute")].filter(
    (one) => one.docNo === docNo && (history || isCurrent(one, ask.today)),
  );
}

/** A document by its number: the clauses asked about, else its table of clauses. */
function addDocument(page: Page, ask: Ask, document: PolicyDocument | Statute): void {
  page.text(`《${document.title}》`, document);
  if (document.kind === "statute") return;
  const hits = ask.search
    .find(ask.part.text, { kinds: ["policy"], on: ask.today }, 20)
    .filter((hit) => hit.passage.recordId === document.id)
    .slice(0, 2);
  const item = /第(\d+|[一二三四五六七八九十]+)(?:项|条|点)/.exec(ask.part.text)?.[1];
  const clause = item
    ? document.clauses.find((one) => one.no === `第${toDigits(item)}项` || one.no === `第${item}条`)
    : undefined;
  if (clause)
    page.text(words.quote(`${clause.no} ${clause.heading}`, clause.text), {
      record: document,
      locator: clause.no,
    });
  else if (contentless(ask)) {
    page.table(
      "各项",
      ["项", "内容"],
      document.clauses.map((one) => [one.no, one.heading]),
      document,
    );
  } else for (const hit of hits) addPassage(page, ask, hit.passage);
  page.card(
    "这个文件",
    [row("文号", document.docNo), row("制定机关", document.issuer), row("日期", document.issuedOn)],
    document,
  );
}

const contentless = (ask: Ask) => ask.part.text.replace(/[\p{L}]*〔\d{4}〕\d+号?/u, "").length < 8;

function toDigits(text: string): string {
  const digits = "零一二三四五六七八九";
  if (/^\d+$/.test(text)) return text;
  const [tens, ones] = text.includes("十") ? text.split("十") : ["", text];
  const high = text.includes("十") ? (tens ? digits.indexOf(tens) : 1) * 10 : 0;
  return String(high + (ones ? digits.indexOf(ones) : 0));
}

function addPassage(page: Page, ask: Ask, passage: Passage): void {
  const record = ask.library.find(passage.recordId);
  if (!record) return;
  const locator = passage.id.split("#")[1] ?? passage.heading ?? "";
  const text = passage.text.slice(0, MOST_CHARACTERS);
  const name = passage.name ?? [passage.title, locator, passage.heading].filter(Boolean).join(" ");
  page.text(words.quote(name, text), { record, locator });
}

function addFound(page: Page, ask: Ask, history: boolean): Answer {
  const place = placeOf(ask);
  const faq = findFaq(ask);
  if (faq) page.text(faq.answer, faq);
  const scope = {
    kinds: ["statute", "policy"],
    ...(place.kind === "known" ? { area: place.area.code } : {}),
    ...(history ? { includeRepealed: true } : { on: ask.today }),
  };
  const hits = ask.search.find(ask.part.text, scope, 3);
  if (hits.length === 0 && !faq) {
    page.text(words.none);
    return waiting(page, ask).choice("do:help", "能问什么").done("not_found");
  }
  if (!faq) page.text(words.found);
  for (const hit of hits.slice(0, faq ? 1 : 3)) addPassage(page, ask, hit.passage);
  addPlace(page, place);
  return page.done("answered", { history });
}

export function outdatedLaw(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  if (/拒(?:签|绝签)|不签字/.test(text)) page.fact(changed.refusal);
  const dead = findSuperseded(text);
  for (const old of dead.slice(0, 2)) {
    page.use(old).text(`${old.title}${old.clause ?? ""}:${old.now}`, ...old.basis);
  }
  const rules = listRules().filter((rule) =>
    (rule.commonlyBelieved ?? []).some((stale) => said(text, stale.said)),
  );
  for (const rule of dead.length > 0 ? [] : rules.slice(0, 2)) {
    for (const stale of (rule.commonlyBelieved ?? []).filter((one) => said(text, one.said))) {
      page.use(rule).text(`${stale.now}。`, stale.basis, ...rule.basis);
    }
  }
  const faq = dead.length === 0 ? openWithFaq(page, ask, 0.4) : undefined;
  if (/复议/.test(text) && /15|十五|上级|上一级|主管部门/.test(text))
    page.fact(relief.general60, relief.respondentRule, relief.general6m);
  if (dead.length + rules.length === 0 && !faq) {
    for (const { law: name } of ask.part.mentions.laws) {
      const known = findLaw(name);
      if (!known) continue;
      const old = speaksOfOld(text, known.effectiveFrom);
      const inForce = old ? words.replaced : words.stillInForce;
      const say = known.effectiveFrom > ask.today ? words.notYet : inForce;
      page.use(known).text(say(`《${known.title}》`, sayDate(known.effectiveFrom)), {
        law: known.key,
        article: "",
        mark: known.mark,
        text: known.title,
      });
    }
    const known = correctionsFor(text).length > 0 || /拒|不签|施行前|发生在/.test(text);
    if (ask.part.mentions.laws.length === 0 && !/复议/.test(text) && !known) {
      page.text(words.askWhich);
      return waiting(page, ask).choice("do:lawLookup", "查法条").done("clarify");
    }
  }
  page.fact(relief.oldNewLaw);
  return page.choice("do:relief", "不服怎么申诉").done("answered");
}

/** “老处罚法”, “2017年那个复议法”: a text before the one in force. */
function speaksOfOld(text: string, effectiveFrom: string): boolean {
  const year = /((?:19|20)\d{2})年?/.exec(text)?.[1];
  return /老|旧|以前|原来|过去/.test(text) || (year !== undefined && year < effectiveFrom.slice(0, 4));
}

/** The old belief's number and one of its key words were said. */
function said(text: string, stale: string): boolean {
  const number = /\d+/.exec(stale)?.[0];
  const keyword = /复议|起诉|听证|罚款|上一级|主管部门|公告|当场|信访/.exec(stale)?.[0];
  return (number === undefined || text.includes(number)) && keyword !== undefined && text.includes(keyword);
}
