/** Legal bases in one cell, split into law + article + paragraph + item, the published text kept. */
import type { LegalBasis } from "../../../src/records/primitives.ts";
import { isOfPlace } from "../places.ts";

export interface SplitBasis {
  readonly bases: readonly LegalBasis[];
  /** Laws named without an article. */
  readonly withoutArticle: readonly string[];
  /** Tag says 规章, the number says 国务院令, and the like. */
  readonly mislabelled: readonly {
    readonly tag: string;
    readonly number: string;
    readonly isReally: string;
  }[];
}

type Rank = NonNullable<LegalBasis["rank"]>;

const NUM = "[一二三四五六七八九十百千〇零\\d]+";
const ARTICLE = `第${NUM}条(?:之[一二三四五六七八九十])?(?:[至到-]第?${NUM}条)?`;
const PARAGRAPH = `第${NUM}(?:[、,]第?${NUM})*款`;
const ITEM = `(?:第[((]?${NUM}[))]?(?:[、,]第?[((]?${NUM}[))]?)*项|[((]${NUM}[))]项)`;
const PLACE = new RegExp(`(${ARTICLE})\\s*(${PARAGRAPH})?\\s*(${ITEM})?`, "u");
const PLACES = new RegExp(`^\\s*(?:的|之)?\\s*${ARTICLE}\\s*(?:${PARAGRAPH})?\\s*(?:${ITEM})?`, "u");
const NUMBER =
  /(?:[\u4e00-\u9fa5]{2,30}令(?:[((]?\d{4}年[))]?)?第?\d+号|[\u4e00-\u9fa5]{1,20}[〔[(]\d{4}[〕\])]第?\d{1,4}号)/u;
const TAG =
  /[【[](法律|行政法规|地方性法规|部门规章|地方政府规章|政府规章|规章|规范性文件|司法解释|三定规定)[】\]]/u;
/** A law named without book-title marks, at the start of a piece. */
const BARE = new RegExp(
  `^((?:中华人民共和国)?[\\u4e00-\\u9fa5]{2,40}?(?:法|条例|办法|规定|规则|细则|决定|解释|意见|通知))(?=${ARTICLE})`,
  "u",
);
const START =
  /^(?:\s|\d{1,2}[、..)):]|[((][一二三四五六七八九十\d]+[))]|[①-⑳㈠-㈩]|[一二三四五六七八九十]{1,3}[、.]|[;;。])*/u;

export function splitBasis(text: string): SplitBasis {
  const semiStructured = /法律法规名称[:\uff1a]/.test(text);
  return semiStructured ? splitFields(text) : splitProse(text);
}

function splitProse(text: string): SplitBasis {
  const bases: LegalBasis[] = [];
  const withoutArticle: string[] = [];
  const mislabelled: SplitBasis["mislabelled"][number][] = [];
  let tag: string | undefined;
  for (const piece of pieces(text)) {
    const tagged = TAG.exec(piece.head);
    tag = tagged?.[1] ?? (piece.tagBreak ? undefined : tag);
    const number = NUMBER.exec(piece.head.slice(piece.head.indexOf("》") + 1))?.[0];
    const rank = rankOf(piece.title, tag, number);
    const really = contradicted(tag, piece.title, number);
    if (really)
      mislabelled.push({ tag: tag ?? "", number: number ?? `《${piece.title}》`, isReally: really });
    const shared = {
      raw: limit(piece.raw, 4000),
      ...(rank ? { rank } : {}),
      title: limit(piece.title, 120),
      ...(number ? { issueNo: limit(number, 60) } : {}),
    };
    const excerpt = piece.excerpt ? { excerpt: limit(piece.excerpt, 3000) } : {};
    if (piece.places.length === 0) {
      if (rank !== "三定规定" && rank !== "规范性文件") withoutArticle.push(piece.title);
      bases.push({ ...shared, ...excerpt });
    }
    for (const place of piece.places) bases.push({ ...shared, ...readPlace(place), ...excerpt });
  }
  return { bases, withoutArticle, mislabelled };
}

interface Piece {
  readonly raw: string;
  readonly head: string;
  readonly title: string;
  readonly places: readonly string[];
  readonly excerpt?: string;
  readonly tagBreak: boolean;
}

/**
 * Cuts at law names that begin a statement: at the start, on a new line, after a tag or numbering, or directly
 * after another citation. Names inside an excerpt (依照《…》…) stay in the excerpt.
 */
function pieces(published: string): Piece[] {
  const text = halfWidth(published);
  const heads: {
    at: number;
    end: number;
    title: string;
    places: string[];
    head: string;
    tagBreak: boolean;
  }[] = [];
  let position = 0;
  let inExcerpt = false;
  while (position < text.length) {
    const rest = text.slice(position);
    const lineStart = position === 0 || text[position - 1] === "\n";
    const lead: number =
      lineStart || !inExcerpt || /[;。]/.test(text[position - 1] ?? "") ? START.exec(rest)![0].length : 0;
    const afterLead = rest.slice(lead);
    const tagMatch = new RegExp(`^${TAG.source}\\s*(?:${START.source.slice(1)})`, "u").exec(afterLead);
    const tagLength = tagMatch ? tagMatch[0].length : 0;
    const body = afterLead.slice(tagLength);
    const named = /^《([^《》]{2,120}(?:〈[^〉]*〉[^《》]{0,60})?)》/u.exec(body);
    const bare = named ? undefined : BARE.exec(body);
    const mayStart =
      lineStart ||
      !inExcerpt ||
      tagLength > 0 ||
      /[;;。]\s*(?:\d{1,2}[、..])?\s*$/u.test(text.slice(0, position));
    if ((named || bare) && mayStart) {
      const matched = (named ?? bare)!;
      let end: number = position + lead + tagLength + matched[0].length;
      const bracket =
        /^\s*[((【[〔][^()()】\]]{1,60}[))】\]〕](?:\d{1,4}号)?|^[\s,,]*(?:[\u4e00-\u9fa5]{2,20}令)第?\d+号/u.exec(
          text.slice(end),
        );
      if (bracket && !new RegExp(`^\\s*[((]${NUM}[))]项`, "u").test(bracket[0])) end += bracket[0].length;
      const places: string[] = [];
      for (;;) {
        const place = PLACES.exec(text.slice(end));
        if (!place) break;
        places.push(place[0]);
        end += place[0].length;
        const more = /^\s*(?:[、,,和及与]|以及)\s*/u.exec(text.slice(end));
        if (!more || !PLACES.test(text.slice(end + more[0].length))) break;
        end += more[0].length;
      }
      const at = position + lead;
      heads.push({
        at,
        end,
        title: matched[1]!.replace(/\s+/g, ""),
        places,
        head: text.slice(at, end),
        tagBreak: lineStart && tagLength > 0,
      });
      const link = /^\s*(?:[、,,;;。和及与]|以及|\n)+\s*(?=[《【[\d((①-⑳]|$)/u.exec(text.slice(end));
      // `《甲》第十条《乙》第三条`: a name straight after an article is the next citation.
      const touching: boolean = places.length > 0 && /^\s*[《【]/u.test(text.slice(end));
      inExcerpt = !link && !touching;
      position = end + (link?.[0].length ?? 0);
      if (position === end) position = Math.max(end, at + 1);
      continue;
    }
    inExcerpt = true;
    const nextBreak = text.slice(position + 1).search(/[\n;;。【]/u);
    position =
      nextBreak < 0
        ? text.length
        : position + 1 + nextBreak + (text[position + 1 + nextBreak] === "【" ? 0 : 1);
  }
  return heads.map((head, index) => {
    const raw = published.slice(index === 0 ? 0 : head.at, heads[index + 1]?.at ?? text.length).trim();
    const excerpt = published
      .slice(head.end, heads[index + 1]?.at ?? text.length)
      .replace(/^[\s:\uff1a,\uff0c、;\uff1b。]+/u, "")
      .trim();
    return {
      raw,
      head: head.head,
      title: head.title,
      places: head.places,
      tagBreak: head.tagBreak,
      ...(excerpt ? { excerpt } : {}),
    };
  });
}

/** `1、法律法规名称:《…》;;依据文号:…;条款号:…;条款内容:…`. */
function splitFields(published: string): SplitBasis {
  const text = halfWidth(published);
  const bases: LegalBasis[] = [];
  const withoutArticle: string[] = [];
  for (const part of text.split(/(?=(?:\d{1,2}[、..]\s*)?法律法规名称[::])/u)) {
    const field = (name: string) =>
      new RegExp(
        `${name}[::]\\s*([\\s\\S]*?)(?=[;;]+\\s*(?:法律法规名称|依据文号|条款号|条款内容|颁布机关|实施日期)[::]|$)`,
        "u",
      )
        .exec(part)?.[1]
        ?.replace(/[;;\s]+$/u, "");
    const title = field("法律法规名称")?.replace(/[《》\s]/g, "");
    if (!title) continue;
    const place = PLACE.exec(field("条款号") ?? "");
    const number = field("依据文号");
    const excerpt = field("条款内容");
    const rank = rankOf(title, undefined, number);
    if (!place) withoutArticle.push(title);
    bases.push({
      raw: limit(part.trim(), 4000),
      ...(rank ? { rank } : {}),
      title: limit(title, 120),
      ...(number ? { issueNo: limit(number, 60) } : {}),
      ...(place ? readPlace(place[0]) : {}),
      ...(excerpt ? { excerpt: limit(excerpt, 3000) } : {}),
    });
  }
  return { bases, withoutArticle, mislabelled: [] };
}

function readPlace(text: string): Pick<LegalBasis, "article" | "paragraph" | "item"> {
  const match = PLACE.exec(text);
  const plain = (part: string | undefined) => part?.replace(/\s+/g, "");
  const [article, paragraph, item] = [plain(match?.[1]), plain(match?.[2]), plain(match?.[3])];
  return {
    ...(article ? { article } : {}),
    ...(paragraph ? { paragraph: limit(paragraph, 20) } : {}),
    ...(item ? { item: limit(item, 20) } : {}),
  };
}

/** Rank from the tag, the number, or a title that leaves no doubt. */
function rankOf(title: string, tag: string | undefined, number: string | undefined): Rank | undefined {
  const sure = sureRank(title, number);
  if (sure) return sure;
  switch (tag) {
    case "法律":
    case "行政法规":
    case "地方性法规":
    case "部门规章":
    case "规范性文件":
    case "司法解释":
    case "三定规定":
      return tag;
    case "地方政府规章":
    case "政府规章":
      return "政府规章";
    default:
      return /三定|职能配置/.test(title) ? "三定规定" : undefined;
  }
}

function sureRank(title: string, number: string | undefined): Rank | undefined {
  if (number && /^(?:中华人民共和国)?国务院令/.test(number)) return "行政法规";
  if (number && /(?:省|市|自治区)(?:人民)?政府令/.test(number)) return "政府规章";
  if (number && /(?:部|总局|委员会|署|局)令/.test(number)) return "部门规章";
  if (/^中华人民共和国[\u4e00-\u9fa5]+法$/.test(title)) return "法律";
  if (/^中华人民共和国[\u4e00-\u9fa5]+条例$/.test(title)) return "行政法规";
  if (/条例$/.test(title) && isOfPlace(title)) return "地方性法规";
  return undefined;
}

function contradicted(
  tag: string | undefined,
  title: string,
  number: string | undefined,
): string | undefined {
  const sure = sureRank(title, number);
  if (!tag || !sure) return undefined;
  const allowed: readonly string[] =
    tag === "规章" ? ["部门规章", "政府规章"] : tag === "地方政府规章" ? ["政府规章"] : [tag];
  return allowed.includes(sure) ? undefined : sure;
}

/** `《水法》第六十九条第一款`: reads back as the same basis. */
export function sayBasis(basis: Pick<LegalBasis, "title" | "article" | "paragraph" | "item">): string {
  return `《${basis.title}》${basis.article ?? ""}${basis.paragraph ?? ""}${basis.item ?? ""}`;
}

/** Full-width punctuation and digits as half width; every position stays the same. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function limit(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max);
}
