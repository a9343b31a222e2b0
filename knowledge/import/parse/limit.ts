/** Time limits: `60日`, `二十个工作日`, `六个月`, `自受理之日起30日内`. */

import type { z } from "zod";
import type { TimeLimit } from "../../../src/records/primitives.ts";
import { NUMERAL, parseNumeral } from "./numeral.ts";

export type ParsedLimit = z.infer<typeof TimeLimit> & { readonly from?: string };

const UNITS = "个?工作日|工作天|日内|日|天|个?自然日|个月|月|年|小时";

/** The limit when the text is one; undefined when it is none, or holds more than one number. */
export function parseLimit(text: string): ParsedLimit | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[。;;]$/, "");
  const whole = new RegExp(
    `^(?:(自|从)?([^\\d]{0,40}?(?:之日|之后|后|次日|当日|时)起?))?[,、]?(?:不超过|最迟|应当?在?|为)?(${NUMERAL})(${UNITS})(?:之?内|以内)?(?:办结|作出决定|提出|申请|起诉|提起诉讼)?$`,
    "u",
  ).exec(plain);
  if (!whole) return undefined;
  const amount = parseNumeral(whole[3]!);
  if (amount === undefined || !Number.isInteger(amount) || amount <= 0) return undefined;
  const from = whole[2]
    ? `${whole[1] ?? ""}${whole[2]}`.replace(/^[自从]/, "").replace(/起$/, "")
    : undefined;
  return { amount, unit: unitOf(whole[4]!), ...(from ? { from } : {}) };
}

function unitOf(word: string): ParsedLimit["unit"] {
  if (word.includes("工作")) return "工作日";
  if (word.includes("月")) return "个月";
  if (word === "年") return "年";
  return word === "小时" ? "小时" : "日";
}
