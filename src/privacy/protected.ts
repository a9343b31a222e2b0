/**
 * Numbers that stay usable: they name a rule, a decision, an officer's certificate, an item or a sum, not a person.
 * They are recognised before any personal data, so that `执法证号 14080012345` is never taken for a telephone.
 */
import { usccChecks } from "../records/primitives.ts";

const PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新";

export const protectedPatterns: readonly RegExp[] = [
  /** 案号 */
  /[(（〔]\d{4}[)）〕]\s?[\u4e00-\u9fa5]\d{0,4}[\u4e00-\u9fa5]{1,5}\s?\d{1,7}\s?号(?:之[一二三\d]+)?/g,
  /** 文号 */
  /[\u4e00-\u9fa5A-Za-z]{0,20}\s?[〔[(（【]\s?\d{4}\s?[〕\])）】]\s?第?\s?[\d-]{1,10}\s?号/g,
  /(?:令|公告|决定)?第?\s?\d{1,10}\s?号(?:令|文|公告)/g,
  /** 执法证号, 工号, 警号: said to be one. Certificates of people (身份证号, 银行卡号) are not. */
  new RegExp(
    `(?:执法(?:监督)?证(?:件)?(?:编号|号码|号)?|(?<!身份|学生|驾驶|社保|护照|残疾|老年|军官|居住|结婚)证(?:件)?(?:编号|号码|号)|(?<!银行|卡|身份)编号|工号|警号|胸牌号)\\s?(?:是|为|写的是)?\\s?[::]?\\s?[${PROVINCES}]?[A-Za-z0-9][A-Za-z0-9\\- ]{3,22}[A-Za-z0-9]`,
    "g",
  ),
  /** 事项编码, 回执, 流水号, 票据号 */
  /(?:事项编码|职权编码|权力编码|基本编码|编码|回执号?|受理号|流水号|票据号码?|单号|立案号|批次号|许可证编号|许可证号)\s?(?:是|为)?\s?[::]?\s?[A-Za-z0-9][A-Za-z0-9\- ]{3,63}[A-Za-z0-9]/g,
  /** Sums of money */
  /(?:¥|¥|人民币)?\s?\d[\d,]*(?:\.\d+)?\s?(?:万|千|百|亿)?\s?(?:元|块|圆|万|亿)/g,
  /(?:罚款|罚金|金额|货值|违法所得|没收|缴纳|缴款|保证金|赔偿)(?:共计|合计|为|是|约|了)?\s?[::]?\s?\d[\d,]*(?:\.\d+)?/g,
  /** Dates */
  /\d{4}\s?[年\-/.]\s?\d{1,2}\s?[月\-/.]\s?\d{1,2}\s?日?/g,
];

const USCC = /(?<![0-9A-Za-z])[159][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])/gi;
const USCC_SAID = /(?:信用代码|统一代码)\s?(?:是|为)?\s?[::]?\s?[0-9A-Za-z]{18}(?![0-9A-Za-z])/g;

/** Stretches [start, end) of `text` that must stay as they are, in order, not overlapping. */
export function protectedStretches(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const pattern of [...protectedPatterns, USCC_SAID]) {
    for (const match of text.matchAll(pattern))
      found.push({ start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(USCC)) {
    if (usccChecks(match[0].toUpperCase()))
      found.push({ start: match.index, end: match.index + match[0].length });
  }
  return merge(found);
}

function merge(stretches: { start: number; end: number }[]): { start: number; end: number }[] {
  const out: { start: number; end: number }[] = [];
  for (const stretch of stretches.sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && stretch.start <= last.end) last.end = Math.max(last.end, stretch.end);
    else out.push({ ...stretch });
  }
  return out;
}
