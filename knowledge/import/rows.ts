/** What each row under the header is: data, a section title, a note, a total, a repeated header. */
import type { RecordKind } from "../../src/records/schema.ts";
import type { Section } from "./build/context.ts";
import { readPowerType } from "./build/context.ts";
import { isHeaderAgain } from "./header.ts";
import { distinctTexts, type Row } from "./table.ts";
import { keyText } from "./text/clean.ts";

export type RowClass =
  | { readonly is: "data" | "blank" | "note" | "total" | "header" | "foreign" }
  | { readonly is: "section"; readonly section: Section; readonly count?: number };

const NOTE =
  /^(备注|注|说明|填表说明|填报人|填表人|制表人|制表|审核人|联系人|填报单位|服务电话|投诉电话|监督电话|咨询电话|投诉机构|服务地点|数据来源)[::]/;

export function classify(kind: RecordKind, row: Row, width: number): RowClass {
  const texts = distinctTexts(row);
  if (texts.length === 0) return { is: "blank" };
  const [only = ""] = texts;
  if (texts.length <= 3 && texts.some((text) => NOTE.test(keyText(text)))) return { is: "note" };
  const plain = keyText(only);
  if (/^(合计|总计|小计|共计)/.test(plain) && kind !== "annual") return { is: "total" };
  if (
    texts.length >= 3 &&
    texts.every((text, index) => keyText(text) === String(index + 1) || /^[甲乙丙丁]$/.test(text))
  )
    return { is: "header" };
  if (width >= 3 && texts.length === 1) {
    const count = /[((]?共?\s*(\d+|[一二三四五六七八九十]+)\s*(?:大?项|条|家|人)[))]?$/.exec(plain);
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
      const counted = count && /^\d+$/.test(count[1]!) ? Number(count[1]) : undefined;
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
