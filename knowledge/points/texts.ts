/** Texts of law as an operator downloads them (Markdown), split into articles: what points are held against. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LawAlias, laws } from "../../src/law/laws.ts";
import { parseNumeral } from "../../src/law/numerals.ts";
import type { PointBasis } from "../../src/records/point.ts";
import { numbersIn } from "../../src/records/point-numbers.ts";

/** Articles of one law by number (`68`, `12-1`, `二(四)`), in order. */
export type Articles = ReadonlyMap<string, string>;

const ARTICLE = /^\**第([一二三四五六七八九十百千零〇两]+)条(之[一二三])?\**\s*(.*)$/;
const CHAPTER = /^[#*\s]*([一二三四五六七八九十]+)、(.*)$/;
const SECTION = /^[#*\s]*[(\uff08]([一二三四五六七八九十]+)[)\uff09](.*)$/;

/** @param text a law with 第…条, or a document with 一、(一). */
export function articlesOf(text: string): Articles {
  const articles = new Map<string, string>();
  const lines = text.split("\n").map((line) => line.replaceAll("\u3000", " ").trim());
  const numbered = lines.some((line) => ARTICLE.test(line));
  let at: string | undefined;
  let chapter = "";
  for (const line of lines) {
    const article = numbered ? ARTICLE.exec(line) : undefined;
    const section = numbered ? undefined : (SECTION.exec(line) ?? undefined);
    const head = numbered ? undefined : (CHAPTER.exec(line) ?? undefined);
    if (article) {
      const [, no = "", more, rest = ""] = article;
      const key = `${parseNumeral(no)}${more ? `-${parseNumeral(more.slice(1))}` : ""}`;
      at = articles.has(key) ? undefined : key;
      if (at) articles.set(at, rest);
    } else if (head) {
      chapter = head[1] ?? "";
      at = chapter;
      articles.set(at, head[2] ?? "");
    } else if (section) {
      at = `${chapter}(${section[1]})`;
      articles.set(at, section[2] ?? "");
    } else if (at && line !== "" && !line.startsWith("#") && !line.startsWith("<!")) {
      articles.set(at, `${articles.get(at)}\n${line}`);
    }
  }
  return articles;
}

/** File names of current texts by law: `行政处罚法-2021.md`. A text marked 已修订 or 已废止 is not current. */
export function readTexts(folder: string): ReadonlyMap<LawAlias, Articles> {
  const found = new Map<LawAlias, Articles>();
  if (!existsSync(folder)) return found;
  const byName = new Map(
    (Object.keys(laws) as LawAlias[]).flatMap((alias) => [
      [laws[alias].key, alias] as const,
      ...(laws[alias].docNo ? [[laws[alias].docNo, alias] as const] : []),
    ]),
  );
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".md") || /已修订|已废止|README/.test(file)) continue;
    const name = file.replace(/(?:-\d{4})?\.md$/, "");
    const alias = byName.get(name) ?? byName.get(nickname[name] ?? "");
    if (alias) found.set(alias, articlesOf(readFileSync(join(folder, file), "utf8")));
  }
  return found;
}

/** File names shorter than the law's own. */
const nickname: Readonly<Record<string, string>> = {
  行政诉讼法解释: "最高人民法院关于适用〈行政诉讼法〉的解释",
};

/** The article a pinpoint lies in: `68.1(2)` lies in `68`. */
export const articleOf = (pinpoint: string): string =>
  /^\d/.test(pinpoint) ? (/^\d+(?:-\d)?/.exec(pinpoint)?.[0] ?? pinpoint) : pinpoint;

export const digestOf = (text: string): string =>
  createHash("sha256").update(text.replace(/\s+/g, "")).digest("hex").slice(0, 16);

/** The basis with the digest and the numbers of its article; as it is where the text is not at hand. */
export function sealed(basis: PointBasis, texts: ReadonlyMap<LawAlias, Articles>): PointBasis {
  const text = texts.get(basis.law)?.get(articleOf(basis.article));
  return text === undefined ? basis : { ...basis, digest: digestOf(text), numbers: [...numbersIn(text)] };
}
