/** Sums of money in a question: 两千, 2k, 200块, 三万五, 1.2万元, 壹仟元整. */
import { NUMERAL, readNumeral } from "./numbers.ts";

const MONEY = "元|块钱|块|圆|人民币|rmb|大洋";
const PAY_VERB = "罚款|罚了|罚我|罚他|罚|交了|交|缴了|缴|收了|收我|收|要我|掏了|掏|赔了|赔|花了|标价";
/** Who is made to pay, between the verb and the sum: 罚公司六万. */
const PAYER =
  "我们家|我们|他们|我家|他家|我|俺|咱|他|她|了|款|金额|的是|是|这?家?(?:公司|单位|企业|厂子?|店里?|饭店|酒店|超市|工地|老板|当事人|个体户|商户|司机|车主|个人)";
const FACTOR: Readonly<Record<string, number>> = { 百: 100, 千: 1000, k: 1000, 万: 10_000, w: 10_000 };
const PLAIN = "\\d[\\d,]{0,14}(?:\\.\\d{1,4})?(?!\\d)";
const ALONE = "(?<![\\d,.])";

/** With a unit of money, or large (万, k), or right after a verb of paying. Never days, articles, points, people. */
const patterns = [
  new RegExp(`${ALONE}(${PLAIN}) ?(百|千|万|k|w)?(?:多|来|余|几)? ?(?:${MONEY})`, "g"),
  new RegExp(`${ALONE}(${PLAIN}) ?(千|万|k|w)(?!人|户|家|平|亩|吨|公里|字|次|[a-z0-9])`, "g"),
  new RegExp(
    `(?:${PAY_VERB})(?:${PAYER}){0,2}[:,]? ?(${PLAIN})(?![\\d.]*(?:万|千|百|w|k|天|日|月|年|号|条|分|次|人|个|家|户|%|倍|点|小时|工作|-|/))`,
    "g",
  ),
] as const;
/** Longest run of numerals that can be a sum; a longer one is noise. */
const LONGEST_NUMERAL = 20;
const NUMERALS = new RegExp(`[${NUMERAL}]+`, "g");
/** How far before a numeral its verb and payer can begin. */
const VERB_REACH = 24;
const MONEY_AFTER = new RegExp(`^(?:多|来|余)?(?:${MONEY})`);
const PAID_BEFORE = new RegExp(`(?:${PAY_VERB})(?:${PAYER}){0,2}$`);
const COUNTED_AFTER = /^(?:天|日|月|年|号|条|分|次|人|个|家|户|倍|点|小时)/;
const FINE_AFTER = /^(?:的?罚款|的?罚单|罚金)/;

/** A numeral is a sum before a unit of money, after a verb of paying when it is a round one, or before “罚款”. */
function isSum(numeral: string, before: string, after: string): boolean {
  if (numeral.length > LONGEST_NUMERAL) return false;
  if (MONEY_AFTER.test(after)) return true;
  if (/[千万仟萬]/.test(numeral) && FINE_AFTER.test(after)) return true;
  return /[百千万仟佰萬]/.test(numeral) && !COUNTED_AFTER.test(after) && PAID_BEFORE.test(before);
}

/** Yuan, in the order said, each once. `text` is normalised. */
export function findAmounts(text: string): number[] {
  const found: { at: number; value: number }[] = [];
  const take = (at: number, value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value) || value <= 0 || value > 1e12) return;
    if (!found.some((known) => known.value === value)) found.push({ at, value });
  };
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const number = Number(match[1]?.replaceAll(",", ""));
      const factor = FACTOR[match[2] ?? ""] ?? 1;
      take(match.index, Math.round(number * factor * 100) / 100);
    }
  }
  for (const { 0: numeral, index } of text.matchAll(NUMERALS)) {
    const before = text.slice(Math.max(0, index - VERB_REACH), index);
    const after = text.slice(index + numeral.length, index + numeral.length + 4);
    if (isSum(numeral, before, after)) take(index, readNumeral(numeral));
  }
  // A bare "2" inside "2万元" is not a second amount.
  return found.sort((a, b) => a.at - b.at).map((known) => known.value);
}
