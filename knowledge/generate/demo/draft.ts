/** What every part of the generator hands back, and the fields all demo records share. */
import type { PublishedRecord } from "../../../src/records/schema.ts";
import type { List, Source } from "./list.ts";

export interface Draft {
  readonly records: readonly PublishedRecord[];
  readonly lists: readonly List[];
}

export function join(...drafts: readonly Draft[]): Draft {
  return {
    records: drafts.flatMap((draft) => draft.records),
    lists: drafts.flatMap((draft) => draft.lists),
  };
}

/** Lists in force from the first of 2026 and reviewed yearly. */
export function common(source: Source) {
  return {
    dataset: "demo",
    status: "published",
    validity: { effectiveFrom: "2026-01-01", reviewBy: "2027-12-31" },
    source,
  } as const;
}

/** `1` → `0001`. */
export const padded = (index: number, width: number): string => String(index).padStart(width, "0");

/** The article of a made-up regulation: `第十二条`. */
export function article(no: number): string {
  const digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  const tens = Math.floor(no / 10);
  const ones = no % 10;
  const ten = tens === 0 ? "" : tens === 1 ? "十" : `${digits[tens]}十`;
  return `第${ten}${digits[ones]}条`;
}

/** A basis in a made-up regulation. */
export function invented(regulation: string, no: number, text: string) {
  return {
    raw: `《${regulation}》${article(no)}:${text}`,
    rank: "地方性法规",
    title: regulation,
    article: article(no),
  } as const;
}

/** A basis in a real law, named by article only; the words are ours. */
export function law(
  title: string,
  articleText: string,
  rank: "法律" | "规范性文件" = "法律",
  issueNo?: string,
) {
  return { raw: `《${title}》${articleText}`, rank, title, issueNo, article: articleText } as const;
}
