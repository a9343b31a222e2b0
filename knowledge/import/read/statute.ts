/** Statutes and policy documents as text: articles, or numbered measures, with version and validity. */

import { addDays, parseDay } from "../../../src/law/day.ts";
import { parseDate, parseDayText } from "../parse/date.ts";
import { keyText } from "../text/clean.ts";

const NUM = "[一二三四五六七八九十百千零〇]+";
const ARTICLE = new RegExp(`^(第${NUM}条(?:之${NUM})?)[\\s\\u3000:]*([\\s\\S]*)$`, "u");

/** Who made it, as its heading says; a day before the name is no part of it. */
const ISSUER =
  /(?:^|[日\s(])(全国人民代表大会(?:常务委员会)?|第[一二三四五六七八九十]+届全国人民代表大会(?:常务委员会)?|中共中央、国务院|最高人民(?:法院|检察院)|(?!日)[\u4e00-\u9fa5]{2,8}人民代表大会常务委员会|(?:中华人民共和国)?国务院|(?!日)[\u4e00-\u9fa5]{2,20}(?:人民政府|部|总局|委员会|署))(?=令|发布|公布|第|通过)/;

export interface ReadStatute {
  readonly title: string;
  readonly version?: string;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  readonly repealed: boolean;
  readonly docNo?: string;
  readonly issuer?: string;
  /** The lines between title and first article. */
  readonly about: string;
  readonly articles: readonly { readonly no: string; readonly heading?: string; readonly text: string }[];
}

/** @param fileName carries 已修订 or 已废止 where the text itself cannot know it. */
export function readStatute(lines: readonly string[], fileName: string): ReadStatute {
  const articles: { no: string; heading?: string; text: string }[] = [];
  let heading: string | undefined;
  let title = "";
  const intro: string[] = [];
  const front = frontMatter(lines);
  for (const line of lines) {
    const plain = line.replace(/^\s+|\s+$/g, "");
    if (front.lines.has(line) && articles.length === 0 && !/^title:/.test(plain)) continue;
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
  const dates = [...about.matchAll(/(\d{4}年\d{1,2}月\d{1,2}日)(?=([^\n]{0,60}))/g)].map((match) => ({
    day: parseDate(match[1]!),
    before: about.slice(Math.max(0, match.index - 2), match.index),
    after: match[2]!,
  }));
  const adopted = dates
    .filter(
      ({ before, after }) => !/^\s*(?:起)?(?:施行|实施|废止|失效)/.test(after) && !/自\s*$/.test(before),
    )
    .flatMap(({ day }) => (day?.kind === "date" ? [day.text] : []));
  const last = articles
    .slice(-2)
    .map((article) => article.text)
    .join("\n")
    .normalize("NFKC");
  const starts = [
    ...about.matchAll(/自?\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*(?:起)?\s*(?:施行|实施)/g),
    ...last.matchAll(/自\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*起(?:施行|实施)/g),
  ].flatMap((match) => {
    const day = parseDate(match[1]!);
    return day?.kind === "date" && day.text.length === 10 ? [day.text] : [];
  });
  const version = [...adopted].sort().at(-1);
  const atOnce = /自(?:公布|发布|印发)之日起(?:施行|实施)/.test(last) && new Set(adopted).size === 1;
  const effectiveFrom = front.effectiveFrom ?? [...starts].sort().at(-1) ?? (atOnce ? version : undefined);
  const ended = /(?:自\s*)?(\d{4}年\d{1,2}月\d{1,2}日)\s*起?\s*(?:废止|失效)/.exec(about)?.[1];
  const endDay = ended ? parseDate(ended) : undefined;
  const effectiveTo =
    front.effectiveTo ??
    (endDay?.kind === "date" && endDay.text.length === 10 ? dayBefore(endDay.text) : undefined);
  const docNo =
    /[\u4e00-\u9fa5]{2,20}令(?:第)?\s*\d+号|[\u4e00-\u9fa5]{2,8}〔\d{4}〕\d+号|法释〔\d{4}〕\d+号/g;
  const docNos = [...about.matchAll(docNo)].map(([number]) => number.replace(/^(?:根据|由|经|日)+/, ""));
  const issuer = (/^最高人民(?:法院|检察院)/.exec(title)?.[0] ?? ISSUER.exec(about)?.[1])?.replace(
    /^第[一二三四五六七八九十]+届|^中华人民共和国(?=国务院)/,
    "",
  );
  return {
    title: keyText(title) === "" ? "" : title.replace(/\s+/g, ""),
    ...(version ? { version } : {}),
    ...(effectiveFrom ? { effectiveFrom } : {}),
    ...(effectiveTo ? { effectiveTo } : {}),
    repealed:
      /已废止|已修订|已失效|已被修订/.test(fileName) ||
      front.repealed ||
      /(?:已废止|已失效|已被修订|现已修订)/.test(about),
    ...(docNos.length > 0 ? { docNo: docNos.at(-1)! } : {}),
    ...(issuer ? { issuer } : {}),
    about,
    articles: articles
      .map((article) => ({ ...article, text: article.text.trim() }))
      .filter((article) => article.text !== ""),
  };
}

/** `status: 已修订`, `effective_to: 2023-12-31` between two lines of `---` at the top. */
function frontMatter(lines: readonly string[]): {
  readonly lines: ReadonlySet<string>;
  readonly repealed: boolean;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
} {
  const start = lines.findIndex((line) => line.trim() !== "");
  const end = lines.indexOf("---", start + 1);
  if (lines[start]?.trim() !== "---" || end < 0 || end > start + 30)
    return { lines: new Set(), repealed: false };
  const own = lines.slice(start, end + 1);
  const value = (names: RegExp) => {
    for (const line of own) {
      const match = /^([^::]+)[::]\s*["']?(.*?)["']?\s*$/.exec(line);
      if (match && names.test(match[1]!.trim())) return match[2]!;
    }
    return "";
  };
  const day = (text: string) => parseDayText(text);
  const from = day(value(/^(?:effective_?from|effective|施行日期|生效日期|实施日期)$/i));
  const to = day(value(/^(?:effective_?to|expires?|失效日期|废止日期)$/i));
  return {
    lines: new Set(own),
    repealed: /废止|已修订|失效|repealed|superseded/i.test(value(/^(?:status|状态|时效性|效力状态)$/i)),
    ...(from ? { effectiveFrom: from } : {}),
    ...(to ? { effectiveTo: to } : {}),
  };
}

function dayBefore(day: string): string {
  const parsed = parseDay(day);
  return parsed ? addDays(parsed, -1) : day;
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
  const clauses: { no: string; chapter?: string; heading: string; text: string }[] = [];
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
      // A heading may carry the number: 国办发〔2018〕118号 国务院办公厅关于….
      title = plain
        .replace(/^#+\s*/, "")
        .replace(/^[\u4e00-\u9fa5]{2,12}〔\d{4}〕\d{1,4}号/, "")
        .replace(/\s+/g, "");
    const measure = /^(\d{1,2})[.．、]\s*([^。]{2,60})。?\s*([\s\S]*)$/.exec(plain);
    const chapter = /^([一二三四五六七八九十]+)、\s*([^。]{2,60})$/.exec(plain);
    const item = /^[(\uff08]([一二三四五六七八九十]+)[)\uff09]\s*([^。]{2,60})。\s*([\s\S]*)$/.exec(plain);
    if (measure) clauses.push({ no: `第${measure[1]}项`, heading: measure[2]!, text: measure[3]! });
    else if (item) clauses.push({ no: `(${item[1]})`, chapter: part, heading: item[2]!, text: item[3]! });
    else if (chapter) {
      part = chapter[1]!;
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
    clauses: numbered(clauses.filter((clause) => clause.text !== "")),
  };
}

/** `(八)` where items run through the whole document, `二(一)` where every chapter begins anew. */
function numbered(
  clauses: readonly { no: string; chapter?: string; heading: string; text: string }[],
): ReadPolicy["clauses"] {
  const items = clauses.filter(({ chapter }) => chapter !== undefined);
  const restart = new Set(items.map(({ no }) => no)).size < items.length;
  return clauses.map(({ no, chapter, heading, text }) => ({
    no: restart && chapter ? `${chapter}${no}` : no,
    heading,
    text,
  }));
}
