/** Citing: `cite("复议法", "20.1")` is 《行政复议法》第二十条第一款. */

import { type LawAlias, laws } from "./laws.ts";
import { type Mark, type SaidRef, sayRef } from "./legal-ref.ts";

const DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"] as const;

/** 1–9999 as in statutes: 10 → 十, 15 → 十五, 105 → 一百零五, 1242 → 一千二百四十二. */
export function sayNumeral(value: number): string {
  const units = ["", "十", "百", "千"] as const;
  const digits = String(value).split("").map(Number);
  let text = "";
  let gap = false;
  digits.forEach((digit, index) => {
    const unit = units[digits.length - 1 - index] ?? "";
    if (digit === 0) gap = true;
    else {
      text += (gap ? "零" : "") + (DIGITS[digit] ?? "") + unit;
      gap = false;
    }
  });
  return text.replace(/^一十/, "十");
}

/**
 * A pinpoint. `article` is `条`, `条.款`, `条(项)` or `条.款(项)` in digits; anything else is used as it stands.
 * The mark is the instrument's own unless the fact is weaker (`I` for an inference).
 */
export function cite(alias: LawAlias, article: string, mark?: Mark, note?: string): SaidRef {
  const law = laws[alias];
  const ref = {
    law: law.key,
    article: sayArticle(article),
    mark: mark ?? law.mark,
    ...(note ? { note } : {}),
  };
  return { ...ref, text: sayRef(ref) };
}

function sayArticle(article: string): string {
  const parts = /^(\d+)(?:\.(\d+))?(?:\((\d+)\))?$/.exec(article);
  if (!parts) return article;
  const [, number, paragraph, item] = parts;
  return [
    `第${sayNumeral(Number(number))}条`,
    paragraph ? `第${sayNumeral(Number(paragraph))}款` : "",
    item ? `第(${sayNumeral(Number(item))})项` : "",
  ].join("");
}
