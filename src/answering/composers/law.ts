/** 查法条和文件, 旧规定还管不管用: exact words with rank and validity; dead texts only as history. */
import { type Day, sayDate } from "../../law/day.ts";
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
import {
  bareTitle,
  type HistoryAsked,
  historyAsked,
  lawsNamed,
  ofYear,
  successorOf,
  type Versions,
  versionsOf,
  wantsOld,
} from "../law-history.ts";
import { addPlace, waiting } from "../parts.ts";
import { placeOf } from "../place.ts";
import type { LawMention } from "../understand/laws.ts";

const MOST_CHARACTERS = 1200;
const MOST_VERSIONS = 3;

export function lawLookup(ask: Ask): Answer {
  const page = newPage(ask);
  const laws = lawsNamed(ask);
  const asked = historyAsked(ask.part.text, laws);
  for (const mention of laws) {
    const done = addArticle(page, ask, mention, asked);
    if (done)
      return (done.gone ? waiting(page, ask) : page)
        .choice("do:relief", "不服怎么申诉")
        .done("answered", { history: done.history });
  }
  for (const docNo of ask.part.mentions.docNos) {
    const done = addNumbered(page, ask, docNo, asked);
    if (done) return (done.gone ? waiting(page, ask) : page).done("answered", { history: done.history });
  }
  const unknown = unknownArticle(ask, laws);
  if (unknown) {
    page.text(words.noLaw(`《${bareTitle(unknown.law)}》`, unknown.article));
    return waiting(page, ask).choice("do:help", "能问什么").done("not_found");
  }
  return addFound(page, ask, asked.words);
}

/** An article of a law that is neither known nor published here: no other text stands in for it. */
function unknownArticle(
  ask: Ask,
  [mention]: readonly LawMention[],
): { readonly law: string; readonly article: string } | undefined {
  if (mention?.article) return { law: mention.law, article: mention.article };
  if (mention) return undefined;
  const said =
    /(?:请问|帮我|查一?下|查查?|看看|我?想看|念念)*(\p{Script=Han}{2,16}(?:法|条例))的?第?([零一二三四五六七八九十百\d]+)条/u.exec(
      ask.part.text,
    );
  const [, law = "", no = ""] = said ?? [];
  return law && !findLaw(law) ? { law, article: `第${no}条` } : undefined;
}

/** How a named law was answered; undefined when nothing is known of it. */
interface Done {
  /** Texts out of force are quoted, and the answer says so. */
  readonly history: boolean;
  /** Only that the law is out of force was said; its old text was offered. */
  readonly gone?: boolean;
}

/** Quotes an article when its text is stored; else says what rests on it. Old texts stand only where they are asked for. */
function addArticle(page: Page, ask: Ask, mention: LawMention, asked: HistoryAsked): Done | undefined {
  const law = findLaw(mention.law);
  const versions = versionsOf(ask, law?.title ?? mention.law);
  const { current, past, coming } = versions;
  const { old, year } = wantsOld(asked, current?.version ?? law?.version);
  if (old && past.length > 0) return addOld(page, ask, mention, versions, year);
  if (old && current)
    page.notice("info", words.noOlder(`《${current.title}》`), { record: current, locator: current.version });
  if (current && mention.article) {
    addQuote(page, current, mention.article);
    addValidity(page, current, articleOnly(mention.article));
    return { history: false };
  }
  if (!current && !law && past.length > 0) return addGone(page, ask, versions);
  const [next] = coming;
  if (!current && !law && next?.validity.effectiveFrom) {
    page
      .use({ title: next.title, from: next.validity.effectiveFrom })
      .text(words.notYet(`《${next.title}》`, sayDate(next.validity.effectiveFrom)));
    return { history: false };
  }
  if (current) {
    const hits = hitsIn(ask, [current]);
    for (const hit of hits) addPassage(page, ask, hit.passage);
    if (hits.length > 0) {
      addValidity(page, current, "");
      return { history: false };
    }
  }
  return law && addKnown(page, ask, law, mention.article) ? { history: false } : undefined;
}

/** What rests on a law whose text is not stored. */
function addKnown(page: Page, ask: Ask, law: Law, article: string | undefined): boolean {
  const facts = factsOn(law, article);
  if (facts.length > 0 && article) {
    for (const fact of facts.slice(0, 4)) page.fact(fact);
    page.notice("info", words.noText);
    addLawCard(page, law, article);
    return true;
  }
  const faq = openWithFaq(page, ask);
  if (facts.length > 0 && !faq)
    for (const fact of nearestFirst(facts, ask.part.text).slice(0, 3)) page.fact(fact);
  if (!faq && facts.length === 0) page.notice("info", words.noText);
  addLawCard(page, law, article);
  return true;
}

/** The older texts asked for, each with its days, and what holds now beside them. */
function addOld(page: Page, ask: Ask, mention: LawMention, versions: Versions, year?: number): Done {
  const { current, past } = versions;
  const fitting = ofYear(past, year);
  const [newest] = past;
  if (year !== undefined && newest && fitting.length === 0)
    page.use({ title: newest.title, year }).text(words.noVersion(`《${newest.title}》`, `${year}年`));
  const shown = (fitting.length > 0 ? fitting : past).slice(0, MOST_VERSIONS);
  for (const statute of shown) {
    addRepealed(page, ask, statute, versions);
    if (mention.article) addQuote(page, statute, mention.article, sayVersion(statute));
    else {
      const hits = hitsIn(ask, [statute]);
      for (const hit of hits) addPassage(page, ask, hit.passage, sayVersion(statute));
      if (hits.length === 0) page.text(words.whichArticle(`《${statute.title}》`), statute);
    }
  }
  if (current) {
    page.text(
      words.holdsNow(`《${current.title}》`, sayVersion(current), day(current.validity.effectiveFrom)),
      current,
    );
    if (mention.article) addQuote(page, current, mention.article);
    else for (const hit of hitsIn(ask, [current]).slice(0, 1)) addPassage(page, ask, hit.passage);
    page.notice("info", words.renumbered);
    addValidity(page, current, mention.article ? articleOnly(mention.article) : "");
  } else {
    const law = findLaw(mention.law);
    if (law) addLawCard(page, law, mention.article);
  }
  return { history: true };
}

/** A law out of force, asked for as if it held: only that, until when, and what holds instead. None of its text. */
function addGone(page: Page, ask: Ask, versions: Versions): Done | undefined {
  const [last] = versions.past;
  if (!last) return undefined;
  const { effectiveTo } = last.validity;
  page
    .use({ title: last.title, effectiveTo })
    .notice("warn", words.gone(`《${last.title}》`, day(effectiveTo)));
  const next = successorOf(ask, last, versions);
  if (next) {
    const since = day(next.validity.effectiveFrom);
    page.text(words.supersededBy(`《${next.title}》`, since), next);
  }
  const dead = findSuperseded(last.title);
  for (const known of dead.slice(0, 1)) page.use(known).text(known.now, ...known.basis);
  if (!next && dead.length === 0) page.text(words.noSuccessor);
  page.use({ title: last.title }).text(words.offerOld(`《${last.title}》`));
  return { history: false, gone: true };
}

function addQuote(page: Page, statute: Statute, article: string, version = ""): void {
  const name = `《${statute.title}》${version}`;
  const found = statute.articles.find((one) => one.no === articleOnly(article));
  if (found) page.text(words.quote(`${name}${found.no}`, found.text), { record: statute, locator: found.no });
  else page.text(words.noArticle(name, article), { record: statute, locator: article });
}

/** The passages of these texts nearest to the question. */
const hitsIn = (ask: Ask, statutes: readonly Statute[]) =>
  ask.search
    .find(ask.part.text, { kinds: ["statute"], includeRepealed: true }, 40)
    .filter((hit) => statutes.some((one) => one.id === hit.passage.recordId))
    .slice(0, 3);

const articleOnly = (article: string) =>
  /^第[^条]+条(?:之[一二三四五六七八九十]+)?/.exec(article)?.[0] ?? article;

/** `(2012年10月26日文本)`, tells the texts of one title apart. */
const sayVersion = ({ version }: Statute) => `(${sayPartial(version)}文本)`;

function sayPartial(version: string): string {
  const [year, month, dayOfMonth] = version.split("-").map(Number);
  return `${year}年${month ? `${month}月` : ""}${dayOfMonth ? `${dayOfMonth}日` : ""}`;
}

const day = (one: Day | undefined) => (one ? sayDate(one) : undefined);

function addRepealed(page: Page, ask: Ask, statute: Statute, versions: Versions): void {
  const { effectiveFrom, effectiveTo } = statute.validity;
  const name = `《${statute.title}》${sayVersion(statute)}`;
  page.notice("warn", words.repealed(name, day(effectiveFrom), day(effectiveTo)), {
    record: statute,
    locator: statute.version,
  });
  const next = successorOf(ask, statute, versions);
  if (next && next !== versions.current)
    page.text(words.supersededBy(`《${next.title}》`, day(next.validity.effectiveFrom)), next);
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

/** A document by its number: in force it is shown; out of force it is shown as history, or only said to be so. */
function addNumbered(page: Page, ask: Ask, docNo: string, asked: HistoryAsked): Done | undefined {
  const all = [...ask.library.all("policy"), ...ask.library.all("statute")].filter(
    (one) => one.docNo === docNo && one.status === "published" && one.withdrawn === undefined,
  );
  const current = all.find((one) => isCurrent(one, ask.today));
  if (current) {
    addDocument(page, ask, current);
    return { history: false };
  }
  const [past] = all.filter((one) => !(one.validity.effectiveFrom && one.validity.effectiveFrom > ask.today));
  if (past?.kind === "statute") {
    const mention = { said: past.title, law: past.title };
    const versions = versionsOf(ask, past.title);
    return asked.words
      ? addOld(page, ask, mention, { ...versions, past: [past] })
      : addGone(page, ask, { ...versions, past: [past] });
  }
  if (!past) return undefined;
  const { effectiveFrom, effectiveTo } = past.validity;
  if (!asked.words) {
    page
      .use({ title: past.title, effectiveTo })
      .notice("warn", words.gone(`《${past.title}》`, day(effectiveTo)))
      .text(words.noSuccessor)
      .text(words.offerOldFile);
    return { history: false, gone: true };
  }
  page.notice("warn", words.repealed(`《${past.title}》`, day(effectiveFrom), day(effectiveTo)), past);
  addDocument(page, ask, past);
  return { history: true };
}

/** A document by its number: the clauses asked about, else its table of clauses. */
function addDocument(page: Page, ask: Ask, document: PolicyDocument | Statute): void {
  page.text(`《${document.title}》`, document);
  if (document.kind === "statute") return;
  const hits = ask.search
    .find(ask.part.text, { kinds: ["policy"], includeRepealed: true }, 20)
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

function addPassage(page: Page, ask: Ask, passage: Passage, version = ""): void {
  const record = ask.library.find(passage.recordId);
  if (!record) return;
  const locator = passage.id.split("#")[1] ?? passage.heading ?? "";
  const text = passage.text.slice(0, MOST_CHARACTERS);
  const name = passage.name ?? [passage.title, locator, passage.heading].filter(Boolean).join(" ");
  page.text(words.quote(`${name}${version}`, text), { record, locator });
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
  const dead = new Set<string>();
  for (const { passage } of hits.slice(0, faq ? 1 : 3)) {
    const record = ask.library.find(passage.recordId);
    if (record && isCurrent(record, ask.today)) addPassage(page, ask, passage);
    else if (record?.kind === "statute" && record.status === "published" && !record.withdrawn) {
      if (!dead.has(record.id)) addRepealed(page, ask, record, versionsOf(ask, record.title));
      dead.add(record.id);
      addPassage(page, ask, passage, sayVersion(record));
    }
  }
  addPlace(page, place);
  return page.done("answered", { history: dead.size > 0 });
}

export function outdatedLaw(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  const held = addHeld(page, ask);
  if (held) return held;
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

/** An article of an older text, asked for by its number, or a law the library only holds as out of force. */
function addHeld(page: Page, ask: Ask): Answer | undefined {
  const laws = lawsNamed(ask);
  const asked = historyAsked(ask.part.text, laws);
  for (const mention of laws) {
    const law = findLaw(mention.law);
    const versions = versionsOf(ask, law?.title ?? mention.law);
    if (versions.past.length === 0) continue;
    const { old, year } = wantsOld(asked, versions.current?.version ?? law?.version);
    if (old && (mention.article || !law)) {
      addOld(page, ask, mention, versions, year);
      return page
        .fact(relief.oldNewLaw)
        .choice("do:relief", "不服怎么申诉")
        .done("answered", { history: true, direct: true });
    }
    if (!law && !versions.current && addGone(page, ask, versions))
      return waiting(page, ask).fact(relief.oldNewLaw).done("answered", { direct: true });
  }
  return undefined;
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
