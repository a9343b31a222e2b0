/** Whether a cited law still reads as it did when the list was published, from the statutes in the library. */
import { addDays, parseDay } from "../../src/law/day.ts";
import type { LegalBasis } from "../../src/records/primitives.ts";
import type { Statute } from "../../src/records/schema.ts";
import { parseNumeral } from "./parse/numeral.ts";
import { keyText } from "./text/clean.ts";

export interface LawFindings {
  /** The version in force on the day of the import, when the library holds it. */
  readonly current?: Statute;
  /** First day on which the law read otherwise, or was dead; `null` when the library does not say which day. */
  readonly changedOn?: string | null;
  /** The cited article is none of the version in force. */
  readonly lostArticle?: string;
}

export type Laws = (basis: Pick<LegalBasis, "title" | "article">, publishedOn?: string) => LawFindings;

/** Laws whose articles moved, for a library that does not hold them. */
const CHANGED: readonly { title: string; on: string; repealed?: boolean }[] = [
  { title: "行政处罚法", on: "2021-07-15" },
  { title: "行政复议法", on: "2024-01-01" },
  { title: "治安管理处罚法", on: "2026-01-01" },
  { title: "市场监督管理投诉举报处理暂行办法", on: "2026-04-15", repealed: true },
];

/**
 * @param statutes every version the library holds, dead ones too.
 * @param today decides which version is in force.
 */
export function knownLaws(statutes: readonly Statute[], today: string): Laws {
  const versions = new Map<string, Statute[]>();
  for (const statute of statutes) {
    if (statute.status === "withdrawn") continue;
    const title = lawTitle(statute.title);
    versions.set(title, [...(versions.get(title) ?? []), statute]);
  }
  const held = new Map<string, ReturnType<typeof readVersions>>();
  return (basis, publishedOn) => {
    const title = lawTitle(basis.title);
    const law = held.get(title) ?? readVersions(versions.get(title) ?? [], title, today);
    held.set(title, law);
    const { current, since, deadFrom } = law;
    const dead = deadFrom !== undefined;
    const moved = !dead && since !== undefined && publishedOn !== undefined && publishedOn < since;
    const lost = basis.article && law.numbers && missingArticle(basis.article, law.numbers);
    return {
      ...(current ? { current } : {}),
      ...(dead ? { changedOn: deadFrom } : moved ? { changedOn: since } : {}),
      ...(lost ? { lostArticle: lost } : {}),
    };
  };
}

/** One law: its version in force, since when it reads so, and the articles it has; or since when it is dead. */
function readVersions(
  versions: readonly Statute[],
  title: string,
  today: string,
): { current?: Statute; since?: string; deadFrom?: string | null; numbers?: ReadonlySet<string> } {
  const listed = CHANGED.find((law) => law.title === title && law.on <= today);
  const newest = [...versions].sort((a, b) => startOf(a).localeCompare(startOf(b)));
  const current = newest.findLast(
    (statute) =>
      !statute.repealed &&
      (statute.validity.effectiveFrom ?? "") <= today &&
      today <= (statute.validity.effectiveTo ?? "9999"),
  );
  if (current) {
    // A library that was not kept up does not know that the law was amended.
    if (listed && startOf(current) < listed.on.slice(0, startOf(current).length)) return { since: listed.on };
    const numbers = articleNumbers(current);
    return { current, since: startOf(current), ...(numbers ? { numbers } : {}) };
  }
  const last = newest.findLast((statute) => (statute.validity.effectiveFrom ?? "") <= today);
  if (last) return { deadFrom: dayAfter(last.validity.effectiveTo) ?? listed?.on ?? null };
  if (listed) return listed.repealed ? { deadFrom: listed.on } : { since: listed.on };
  return {};
}

/** `中华人民共和国行政处罚法(2021年修订)` and `《行政处罚法》` are one law. */
export function lawTitle(title: string): string {
  return keyText(title)
    .replace(/[《》〈〉]/g, "")
    .replace(/^中华人民共和国/, "")
    .replace(/\((?:\d{4}年?)?(?:修[订正]|修改|本|版)[^()]*\)$/, "");
}

const startOf = (statute: Statute) => statute.validity.effectiveFrom ?? statute.version;

function dayAfter(day: string | undefined): string | undefined {
  const parsed = day === undefined ? undefined : parseDay(day);
  return parsed && addDays(parsed, 1);
}

/** The numbers a version has; undefined when it holds only some of its articles. */
function articleNumbers(statute: Statute): ReadonlySet<string> | undefined {
  const numbers = new Set(statute.articles.flatMap(({ no }) => numbersIn(no)));
  const whole = [...numbers].filter((number) => !number.includes("之")).length;
  for (let number = 1; number <= whole; number++) if (!numbers.has(String(number))) return undefined;
  return numbers;
}

/** `第十条至第十二条`: both ends. */
function missingArticle(article: string, numbers: ReadonlySet<string>): string | undefined {
  return numbersIn(article).some((number) => !numbers.has(number)) ? article : undefined;
}

function numbersIn(article: string): string[] {
  return [
    ...keyText(article).matchAll(/([一二三四五六七八九十百千〇零\d]+)条(?:之([一二三四五六七八九十]+))?/g),
  ].flatMap(([, main, sub]) => {
    const number = parseNumeral(main!);
    return number === undefined ? [] : [`${number}${sub ? `之${parseNumeral(sub)}` : ""}`];
  });
}
