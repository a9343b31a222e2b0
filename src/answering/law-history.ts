/** Whether an older text of a law is asked for, and which texts of a law the library holds. */
import type { Day } from "../law/day.ts";
import { isCurrent, plainName } from "../records/library.ts";
import type { Statute } from "../records/schema.ts";
import type { Ask } from "./answer.ts";
import { findLaws, type LawMention } from "./understand/laws.ts";

/** What was said of time: `words` ask for an older text outright, a year only where it is not the current text's. */
export interface HistoryAsked {
  readonly words: boolean;
  readonly year?: number;
}

/** The texts under one title; newest first. Drafts and texts taken back are none of them. */
export interface Versions {
  readonly current?: Statute;
  readonly past: readonly Statute[];
  readonly coming: readonly Statute[];
}

/** The laws named, also by a title that only the library knows; a longer title goes before one inside it. */
export function lawsNamed(ask: Ask): readonly LawMention[] {
  const { text, mentions } = ask.part;
  const titles = new Set(ask.library.all("statute").map((one) => bareTitle(one.title).toLowerCase()));
  const said = [...titles].filter((title) => title.length > 2 && text.includes(title));
  if (said.length === 0) return mentions.laws;
  const named = findLaws(said.sort((a, b) => b.length - a.length).reduce(bracketed, text));
  return named.length > 0 ? named : mentions.laws;
}

/** Puts 《》 around a title that does not stand inside one. */
function bracketed(text: string, title: string): string {
  return text
    .split(/(《[^》]*》)/)
    .map((piece) => (piece.startsWith("《") ? piece : piece.replace(title, `《${title}》`)))
    .join("");
}

export const bareTitle = (title: string) => plainName(title.replace(/[《》()()]/g, "")).replace(NATION, "");
const NATION = /^中华人民共和国/;

const NAME = "◆";
const ARTICLE = "(?:的?第?[零〇一二三四五六七八九十百千\\d]+条(?:之[一二三])?(?:第.{1,3}[款项])*)?";
const BEFORE = "原来|原先|以前|从前|过去";
const CHANGED = "(?:修订|修正|修改|废止)(?:之|以)?前";
const DEAD = "(?:废止|废除|失效|作废|过时)了?的";
const YEAR = "(?<!\\d)((?:19|20)\\d\\d|\\d\\d(?=年))";
const EDITION = "(?:版|文本|修订|修正|修改|公布|施行)";

/** Words that stand at a law's name or article, so that “老百姓” and “失效的许可” ask for no old law. */
const ASKED: readonly RegExp[] = [
  `(?:旧|老|原)(?:的|版的?|那部|那个)?${NAME}`,
  `(?:(?:${BEFORE}|先前|早先)(?:的|那部|那个|那版)|上一?个?版的?|${CHANGED}的?|${DEAD})(?:那部|那个|那版)?${NAME}`,
  `(?:^|[,。?!;:查看问下说道想])(?:${BEFORE})${NAME}`,
  `${NAME}的?(?:旧|老|原)(?:的|版|文本|条文|第)`,
  `${NAME}的?(?:(?:${BEFORE})的?|${CHANGED}的?)第`,
  `${NAME}${ARTICLE},?的?(?:${BEFORE}|当时|旧的|老的|${CHANGED})(?:的|是|怎|咋|都|规定|写|说|讲|定|呢|[?。!]|$)`,
  "旧法|老法|旧版(?=的|本|法|条|里|第|◆|[,。?]|$)|(?:旧|老)的?(?:规定|条例|文本|条文|法条|办法)|原条文",
  "历史(?:版本|文本|条文|沿革)",
  `(?:${BEFORE})的(?:那[个部条]|那一条|第|规定|法|版本|条文|文本|条例|办法)`,
  `${CHANGED}的?(?:第|条|规定|版本|文本|法|是?怎么)`,
  `${DEAD}(?:法|条例|规定|办法|文件|条文|文本|那|第)`,
  `(?:${BEFORE}|当时)(?:是|都|的)*(?:怎么|咋|如何|什么|啥)样?(?:规定|写|说|讲|定)`,
  `[和跟与比同](?:${BEFORE}|旧|老|修订前|修改前)的?(?:${NAME}|规定|法|版|文本|条文|比|有|不|一|$)`,
  "新旧(?:对比|对照|版|法|条文|文本)|(?:看|要|查)旧的|旧的(?:呢|那[条个]|第)",
].map((pattern) => new RegExp(pattern));
const YEARS: readonly RegExp[] = [
  `${YEAR} ?年?(?:的|那[个部版])?${EDITION}?(?:的|那[个部版])?${NAME}`,
  `${NAME}[(的]?${YEAR}(?:年?(?:的|${EDITION})|年?[)]|年?(?=第|的|$))`,
].map((pattern) => new RegExp(pattern));

/** @param laws as `lawsNamed` gives them */
export function historyAsked(text: string, laws: readonly LawMention[]): HistoryAsked {
  const marked = laws.reduce((rest, { said }) => {
    const [name = said] = /^.*(?:法典|法|条例|规定|办法|解释|意见|细则|规则|》|〉)/.exec(said) ?? [];
    const bare = name.replace(/[《》〈〉]/g, "");
    return rest.replace(rest.includes(name) ? name : bare, NAME).replace(`《${NAME}》`, NAME);
  }, text);
  const year = YEARS.map((pattern) => pattern.exec(marked)?.[1]).find((one) => one !== undefined);
  return {
    words: ASKED.some((pattern) => pattern.test(marked)),
    ...(year ? { year: fullYear(Number(year)) } : {}),
  };
}

/** 05年 is 2005, 96年 is 1996. */
const fullYear = (year: number) => (year >= 100 ? year : year + (year >= 49 ? 1900 : 2000));

export function versionsOf(ask: Ask, title: string): Versions {
  const bare = bareTitle(title).toLowerCase();
  const all = ask.library
    .all("statute")
    .filter(
      (one) =>
        bareTitle(one.title).toLowerCase() === bare &&
        one.status === "published" &&
        one.withdrawn === undefined,
    )
    .sort((a, b) => b.version.localeCompare(a.version));
  const current = all.find((one) => isCurrent(one, ask.today));
  const coming = all.filter((one) => isComing(one, ask.today));
  const past = all.filter((one) => !isCurrent(one, ask.today) && !coming.includes(one));
  return { past, coming, ...(current ? { current } : {}) };
}

const isComing = (one: Statute, today: Day) =>
  !one.repealed && one.validity.effectiveFrom !== undefined && one.validity.effectiveFrom > today;

/**
 * Whether an older text is asked for: outright, or by a year before the current text's; and of which year.
 * @param current version of the text in force
 */
export function wantsOld({ words, year }: HistoryAsked, current: string | undefined) {
  const older = year !== undefined && (current === undefined || year < Number(current.slice(0, 4)));
  return { old: words || older, ...(older ? { year } : {}) };
}

/** The past texts of a year: made in it, else in force in it; all of them when no year was said. */
export function ofYear(past: readonly Statute[], year: number | undefined): readonly Statute[] {
  if (year === undefined) return past;
  const made = past.filter((one) => one.version.startsWith(String(year)));
  if (made.length > 0) return made;
  return past.filter(({ version, validity: { effectiveFrom, effectiveTo } }) => {
    const from = Number((effectiveFrom ?? version).slice(0, 4));
    return from <= year && effectiveTo !== undefined && year <= Number(effectiveTo.slice(0, 4));
  });
}

/** What stands in a text's place, as far as the library knows: the end of its chain, else the current text. */
export function successorOf(ask: Ask, statute: Statute, versions: Versions): Statute | undefined {
  let next: Statute | undefined;
  const seen = new Set<string>();
  for (let id = statute.supersededById; id !== undefined && !seen.has(id); id = next?.supersededById) {
    seen.add(id);
    const found = ask.library.find(id);
    if (found?.kind !== "statute") break;
    next = found;
  }
  return versions.current ?? (next && isCurrent(next, ask.today) ? next : undefined);
}
