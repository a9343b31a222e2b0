/** Statutes and policy documents as text: articles, or numbered measures, with version and validity. */

import { parseDate } from "../parse/date.ts";
import { keyText } from "../text/clean.ts";

const NUM = "[一二三四五六七八九十百千零〇]+";
const ARTICLE = new RegExp(`^(第${NUM}条(?:之${NUM})?)[\\s\\u3000:]*([\\s\\S]*)$`, "u");

export interface ReadStatute {
  readonly title: string;
  readonly version?: string;
  readonly effectiveFrom?: string;
  readonly repealed: boolean;
  readonly docNo?: string;
  readonly articles: readonly { readonly no: string; readonly heading?: string; readonly text: string }[];
}

/** @param fileName carries 已修订 or 已废止 where the text itself cannot know it. */
export function readStatute(lines: readonly string[], fileName: string): ReadStatute {
  const articles: { no: string; heading?: string; text: string }[] = [];
  let heading: string | undefined;
  let title = "";
  const intro: string[] = [];
  for (const line of lines) {
    const plain = line.replace(/^\s+|\s+$/g, "");
    if (plain === "" || plain === "---" || plain.startsWith("<!--")) continue;
    const name = /^(?:#\s+|title:\s*)["']?(.+?)["']?$/.exec(plain);
    if (name && title === "") {
      title = name[1]!.trim();
      continue;
    }
    const text = plain.replace(/^#+\s*/, "").replaceAll("**", "");
    if (/^第[一二三四五六七八九十百]+(编|章|节)/.test(text)) {
      heading = text;
      continue;
    }
    const article = ARTICLE.exec(text);
    if (article) articles.push({ no: article[1]!, ...(heading ? { heading } : {}), text: article[2]! });
    else if (plain.startsWith("#")) heading = text;
    else if (articles.length > 0)
      articles.at(-1)!.text += `${articles.at(-1)!.text === "" ? "" : "\n"}${text}`;
    else intro.push(text);
  }
  const about = intro.join("\n").normalize("NFKC");
  const dates = [...about.matchAll(/(\d{4}年\d{1,2}月\d{1,2}日)([^\n]{0,60})/g)].map((match) => ({
    day: parseDate(match[1]!),
    after: match[2]!,
  }));
  const adopted = dates
    .filter(({ after }) => !/^\s*(起)?施行/.test(after))
    .flatMap(({ day }) => (day?.kind === "date" ? [day.text] : []));
  const last = articles.at(-1)?.text ?? "";
  const from = /自\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*起(?:施行|实施)/.exec(
    `${about}\n${last}`.normalize("NFKC"),
  )?.[1];
  const start = from ? parseDate(from) : undefined;
  const version = [...adopted].sort().at(-1);
  const docNo = /[\u4e00-\u9fa5]{2,20}令第?\s*\d+号|[\u4e00-\u9fa5]{2,8}〔\d{4}〕\d+号/.exec(about)?.[0];
  return {
    title: keyText(title) === "" ? "" : title.replace(/\s+/g, ""),
    ...(version ? { version } : {}),
    ...(start?.kind === "date" && start.text.length === 10 ? { effectiveFrom: start.text } : {}),
    repealed: /已废止|已修订|失效/.test(fileName),
    ...(docNo ? { docNo } : {}),
    articles: articles
      .map((article) => ({ ...article, text: article.text.trim() }))
      .filter((article) => article.text !== ""),
  };
}

/** Article numbers in order without a gap, so that a lost or doubled article is seen. */
export function brokenSequence(
  articles: ReadStatute["articles"],
  parse: (text: string) => number | undefined,
): string | undefined {
  let before = 0;
  for (const { no } of articles) {
    if (/条之/.test(no)) continue;
    const number = parse(no.replace(/^第|条$/g, ""));
    if (number !== before + 1) return `第${before}条之后是${no}`;
    before = number;
  }
  return undefined;
}

export interface ReadPolicy {
  readonly title: string;
  readonly docNo?: string;
  readonly issuedOn?: string;
  readonly clauses: readonly { readonly no: string; readonly heading: string; readonly text: string }[];
}

/** Numbered measures (`3.做好…试点工作。` and what follows) as clauses; page furniture before the title is left out. */
export function readPolicy(lines: readonly string[]): ReadPolicy {
  const clauses: { no: string; heading: string; text: string }[] = [];
  let part = "";
  let title = "";
  const joined = lines.join("\n");
  for (const line of lines) {
    const plain = line.trim();
    if (plain === "") continue;
    if (
      title === "" &&
      /(意见|通知|办法|方案|规定|决定)$/.test(plain) &&
      !/[::]/.test(plain) &&
      plain.length < 100
    )
      title = plain.replace(/^#+\s*/, "");
    const measure = /^(\d{1,2})[.．、]\s*([^。]{2,60})。?\s*([\s\S]*)$/.exec(plain);
    const chapter = /^([一二三四五六七八九十]+)、\s*([^。]{2,60})$/.exec(plain);
    if (measure) clauses.push({ no: `${part}${measure[1]}`, heading: measure[2]!, text: measure[3]! });
    else if (chapter) {
      part = "";
      clauses.push({ no: chapter[1]!, heading: chapter[2]!, text: "" });
    } else if (clauses.length > 0 && !/^(附件|相关链接|打印|分享|主办|承办|网站|版权)/.test(plain)) {
      const last = clauses.at(-1)!;
      last.text += `${last.text === "" ? "" : "\n"}${plain}`;
    }
  }
  const docNo = /[\u4e00-\u9fa5]{2,12}〔\d{4}〕\d{1,4}号/.exec(joined)?.[0];
  const dated = /(?:发布日期|发表时间|成文日期)[\s::]*(\d{4}[年-]\d{1,2}[月-]\d{1,2}日?)/.exec(joined)?.[1];
  const day = dated ? parseDate(dated) : undefined;
  return {
    title,
    ...(docNo ? { docNo } : {}),
    ...(day?.kind === "date" ? { issuedOn: day.text } : {}),
    clauses: clauses.filter((clause) => clause.text !== ""),
  };
}
