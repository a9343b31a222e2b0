/** Law and article in all their spellings: 处罚法51条, 《中华人民共和国行政处罚法》第五十一条第二款, 复议法二十. */
import { sayNumeral } from "../../law/cite.ts";
import { findLaw } from "../../law/laws.ts";
import { NUMERAL, readNumeral } from "./numbers.ts";

export interface LawMention {
  readonly said: string;
  readonly law: string;
  readonly article?: string;
}

const NUMBER = `\\d{1,4}|[${NUMERAL}]{1,7}`;
/** Which text is meant, said between name and article: 治安管理处罚法2012年版第十条, 处罚法原来的第十条. */
const VERSION = `(?:的?(?:旧|老|原|(?:19|20)\\d\\d年?)的?(?:版本?|文本|修订版?|修正版?)?|原来|原先|以前|从前|过去|(?:修订|修正|修改|废止)(?:之|以)?前)的?(?=第? ?(?:${NUMBER}) ?条)`;
const ARTICLE = new RegExp(
  `^[》〉]?(?:里|中|的|规定|上)?(?:[（(]\\d{4}[^)）]{0,8}[)）])?(?:${VERSION})?,? ?(?:第 ?(${NUMBER}) ?条|(${NUMBER}) ?条|第?(${NUMBER})(?![天日月年元块万号%\\d人个级倍次]))(?:之[一二三])?(?:[的,]?第?(${NUMBER})款)?(?:[的,]?第?[(（]?(${NUMBER})[)）]?项)?`,
);
const TITLE_END = /法典|法|条例|规定|办法|解释|意见|规则/g;
const LONGEST_NAME = 40;

/** Instruments named in `text` (normalised), with the article said right after. Unknown titles count only in 《》. */
export function findLaws(text: string): LawMention[] {
  const found: (LawMention & { at: number; end: number })[] = [];
  const add = (at: number, end: number, law: string) => {
    const known = found.find((one) => at < one.end && end > one.at);
    if (known) return;
    const match = ARTICLE.exec(text.slice(end, end + 40));
    const article = match ? sayArticle(match) : undefined;
    const said = text.slice(at, end + (article && match ? match[0].length : 0));
    found.push({ at, end, said, law, ...(article ? { article } : {}) });
  };
  for (const match of text.matchAll(/[《〈]([^》〉《]{2,60})[》〉]/g)) {
    const title = match[1] ?? "";
    add(match.index, match.index + match[0].length, findLaw(title)?.key ?? title);
  }
  for (const match of text.matchAll(TITLE_END)) {
    const end = match.index + match[0].length;
    for (let at = Math.max(0, end - LONGEST_NAME); at <= end - 3; at++) {
      const law = findLaw(text.slice(at, end));
      if (!law) continue;
      add(at, end, law.key);
      break;
    }
  }
  for (const match of text.matchAll(/国办发[〔[(]?(\d{4})[〕\])]?(\d{1,4})号|(\d{2,3})号(?:文|令)/g)) {
    const name = match[3] ? `${match[3]}号` : `国办发〔${match[1]}〕${match[2]}号`;
    const law = findLaw(name) ?? findLaw(`省令${name}`);
    if (law) add(match.index, match.index + match[0].length, law.key);
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, end: __, ...mention }) => mention);
}

function sayArticle(match: RegExpExecArray): string | undefined {
  const number = toNumber(match[1] ?? match[2] ?? match[3]);
  if (number === undefined || number < 1 || number > 1400) return undefined;
  const paragraph = toNumber(match[4]);
  const item = toNumber(match[5]);
  return `第${sayNumeral(number)}条${paragraph ? `第${sayNumeral(paragraph)}款` : ""}${item ? `第${sayNumeral(item)}项` : ""}`;
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : readNumeral(text);
}
