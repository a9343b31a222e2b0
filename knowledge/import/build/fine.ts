/** Kinds of penalty and amounts in a sentence; what is not certain stays unset and says why. */
import type { Interval } from "../../../src/records/primitives.ts";
import { findIntervals, intervalText } from "../parse/interval.ts";
import { keyText } from "../text/clean.ts";

/** Kinds of penalty named in a text. */
export function penaltiesIn(text: string): string[] {
  const plain = keyText(text);
  if (/^(不予处罚|不予行政处罚|免予处罚|不处罚)/.test(plain)) return [];
  const kinds: [string, RegExp][] = [
    ["警告", /警告/],
    ["通报批评", /通报批评/],
    ["罚款", /罚款/],
    ["没收违法所得", /没收[^,。;]{0,6}违法所得/],
    ["没收非法财物", /没收[^,。;]{0,12}(非法财物|工具|产品|物品|原料)/],
    ["暂扣许可证件", /暂扣/],
    ["降低资质等级", /降低资质/],
    ["吊销许可证件", /吊销/],
    ["责令停产停业", /停产停业|停业整顿/],
    ["责令关闭", /责令关闭/],
    ["限制从业", /限制从业|不得从事/],
    ["行政拘留", /拘留/],
  ];
  return kinds.filter(([, pattern]) => pattern.test(plain)).map(([name]) => name);
}

export type FineReading = {
  readonly fine?: Interval;
  readonly multiple?: Interval;
  readonly unsure?: string;
  readonly hedged?: string;
};

/** The fine a sentence sets. Several candidates, amounts per unit, caps, or masked figures leave it unset and say so. */
export function readFine(text: string): FineReading {
  const plain = intervalText(text);
  if (/[**]|暂无/.test(plain)) return { unsure: "masked" };
  const found = findIntervals(plain);
  const near = found.filter(({ index, text: said, interval }) => {
    const before = plain.slice(0, index);
    const after = plain.slice(index + said.length);
    const unitOk = interval.unit === "元" || interval.unit === "倍" || interval.unit === "%";
    const condition =
      /(?:不足|所得|金额|货值|价值|数额|经营额|销售额|造成[^,。;]{0,10}损失)[^,。;,;处罚]{0,8}$/.test(
        before,
      ) && /^的[,,]?/.test(after);
    return unitOk && !condition;
  });
  if (near.length === 0)
    return /罚款/.test(plain) && /\d|[一二三四五六七八九十]+[万千百]/.test(plain)
      ? { unsure: "没有识别出罚款金额" }
      : {};
  if (/每(?:平方米|立方米|吨|亩|公斤|株|只|头|日|天|人|户|辆|台|件|处|吨|公里)|元\/|按日/.test(plain))
    return { unsure: "按单位数量计罚" };
  const money = near.filter(({ interval }) => interval.unit === "元");
  const times = near.filter(({ interval }) => interval.unit !== "元");
  if (money.length > 1) return { unsure: "含多个金额区间" };
  if (times.length > 1) return { unsure: "含多个倍数或比例" };
  if (/最高不超过|最低不少于|但最高|但不得超过/.test(plain)) return { unsure: "另有上限或下限" };
  const hedged = [...money, ...times].find((interval) => interval.hedged)?.text;
  return {
    ...(money[0] ? { fine: money[0].interval } : {}),
    ...(times[0] ? { multiple: times[0].interval } : {}),
    ...(hedged ? { hedged } : {}),
  };
}
