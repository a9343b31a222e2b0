/** What each row under the header is: data, a section title, a note, a total, a repeated header, the numbers of the columns. */
import type { RecordKind } from "../../src/records/schema.ts";
import type { Section } from "./build/context.ts";
import { readPowerType } from "./build/context.ts";
import { isHeaderAgain } from "./header.ts";
import { parseNumeral } from "./parse/numeral.ts";
import { distinctTexts, type Row } from "./table.ts";
import { keyText } from "./text/clean.ts";

export type RowClass =
  | { readonly is: "data" | "blank" | "numbers" | "total" | "header" | "foreign" }
  | { readonly is: "note"; readonly phones: readonly { readonly label: string; readonly number: string }[] }
  | { readonly is: "section"; readonly section: Section; readonly count?: number };

const NOTE =
  /^(备注|注|说明|填表说明|填报人|填表人|制表人|制表|审核人|联系人|填报单位|服务电话|投诉电话|监督电话|咨询电话|投诉机构|服务地点|数据来源)[::]/;

export function classify(kind: RecordKind, row: Row, width: number): RowClass {
  const texts = distinctTexts(row);
  if (texts.length === 0) return { is: "blank" };
  const [only = ""] = texts;
  if (texts.length <= 3 && texts.some((text) => NOTE.test(keyText(text))))
    return { is: "note", phones: phonesIn(texts.join(" ")) };
  if (texts.length <= 2 && texts.some((text) => keyText(text) === "暂无")) return { is: "note", phones: [] };
  const plain = keyText(only);
  if (/^(合计|总计|小计|共计)/.test(plain) && kind !== "annual") return { is: "total" };
  if (
    texts.length >= 3 &&
    texts.every((text, index) => keyText(text) === String(index + 1) || /^[甲乙丙丁]$/.test(text))
  )
    return { is: "numbers" };
  if (width >= 3 && texts.length === 1) {
    const count =
      /[((]?共(\d+|[一二三四五六七八九十]+)(?:大?项|条|家|人|个|名|件)[))]?$/.exec(plain) ??
      /[((]?(\d+|[一二三四五六七八九十]+)(?:大?项|条|家|人)[))]?$/.exec(plain);
    const label = /^(职权类别|权力类型|执法类别|类别|部门名称|单位名称|执法主体)[::](.+?)(?:[((].*)?$/.exec(
      plain,
    );
    const numbered =
      /^(?:[一二三四五六七八九十]{1,3}[、.]|[((][一二三四五六七八九十]{1,3}[))])(.+?)(?:[((]共?.*)?$/.exec(
        plain,
      );
    const merged = row.cells.some((cell) => cell.merged?.across === true);
    if (count || label || numbered || merged) {
      const heading = (label?.[2] ?? numbered?.[1] ?? plain).replace(/[((]共?\d+.*$/, "");
      const powerType = readPowerType(heading);
      const organ = label && /部门|单位|主体/.test(label[1]!) ? heading : undefined;
      const counted = count ? parseNumeral(count[1]!) : undefined;
      return {
        is: "section",
        section: { heading, ...(powerType ? { powerType } : {}), ...(organ ? { organ } : {}) },
        ...(counted === undefined ? {} : { count: counted }),
      };
    }
  }
  const again = isHeaderAgain(kind, row);
  if (again) return { is: again === "same" ? "header" : "foreign" };
  return { is: "data" };
}

/** `服务电话:0359-2222222` in a note or service line. */
function phonesIn(text: string): { label: string; number: string }[] {
  return [
    ...keyText(text).matchAll(
      /((?:服务|投诉|监督|咨询|联系|举报|办公)(?:电话|热线))[::]((?:0\d{2,3}-?)?\d{7,8}|1\d{4}|1\d{2}(?!\d))/g,
    ),
  ].map((match) => ({ label: match[1]!, number: match[2]! }));
}
