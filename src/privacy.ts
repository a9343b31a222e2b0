/**
 * Personal data found and masked, before logs and models. Numbers that name rules, decisions, certificates and sums
 * are recognised first and stay. What has a check digit is believed only when it checks.
 */
import { identityNumberChecks, luhnChecks, MOBILE, oldIdentityNumber } from "./privacy/check-digits.ts";
import { namePattern } from "./privacy/names.ts";
import { protectedStretches } from "./privacy/protected.ts";

export const personalKinds = {
  identity: "身份证号",
  bankCard: "银行卡号",
  mobile: "手机号",
  landline: "固定电话",
  email: "邮箱",
  plate: "车牌号",
  passport: "护照号",
  wechat: "微信或QQ号",
  address: "详细住址",
  name: "姓名",
} as const;
export type PersonalKind = keyof typeof personalKinds;

export interface Masked {
  readonly text: string;
  readonly found: readonly { readonly kind: PersonalKind; readonly count: number }[];
}

interface Recogniser {
  readonly kind: PersonalKind;
  readonly pattern: RegExp;
  readonly checks?: (said: string) => boolean;
  /** Which capture is masked; the whole match when absent. */
  readonly group?: number;
  /** Masks even inside a protected stretch (身份证 in “编号…”). */
  readonly strong?: boolean;
}

const digitsOf = (said: string) => said.replace(/[^\dXx]/g, "");

const recognisers: readonly Recogniser[] = [
  {
    kind: "identity",
    pattern: /(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g,
    checks: (said) => identityNumberChecks(digitsOf(said)),
    strong: true,
  },
  {
    kind: "identity",
    pattern: /(?<=身份证(?:件)?(?:号码?|号是)?(?:是|为|:|:|\s)*)[1-9][\d ]{13,19}[\dXx](?![\d])/g,
    strong: true,
  },
  { kind: "identity", pattern: /(?<![\dA-Za-z])[1-8]\d{14}(?![\dA-Za-z])/g, checks: oldIdentityNumber },
  {
    kind: "bankCard",
    pattern:
      /(?<=(?:卡号|银行卡|账号|账户|储蓄卡|信用卡|工行|农行|建行|中行)[^\d]{0,6})\d(?:[ -]?\d){14,18}(?![\d])/g,
    strong: true,
  },
  {
    kind: "bankCard",
    pattern: /(?<![\dA-Za-z])[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\dA-Za-z])/g,
    checks: (said) => luhnChecks(digitsOf(said)),
  },
  { kind: "mobile", pattern: MOBILE },
  {
    kind: "landline",
    pattern: /(?<![\d-])(?:[(（]0\d{2,3}[)）]|0\d{2,3}[- ]?)[2-9]\d{6,7}(?:-\d{1,6})?(?!\d)/g,
  },
  {
    kind: "email",
    pattern: /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g,
    strong: true,
  },
  {
    kind: "plate",
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Za-hj-np-z][·• ]?(?:[A-HJ-NP-Za-hj-np-z0-9]{5}[挂学警港澳]?|[DFdf][A-HJ-NP-Za-hj-np-z0-9]\d{4}|\d{5}[DFdf])(?![A-Za-z0-9])/g,
    checks: (said) => /\d/.test(said.slice(2)),
  },
  { kind: "passport", pattern: /(?<=护照(?:号码?)?(?:是|为|:|:|\s)*)[A-Za-z]{1,2}\d{7,8}/g, strong: true },
  {
    kind: "wechat",
    pattern:
      /(?<=(?:微信(?:号)?|wx|vx|qq(?:号)?|QQ(?:号)?|抖音号)(?:是|为|:|:|\s)*)[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9])/g,
  },
  {
    kind: "address",
    pattern:
      /(?:[\u4e00-\u9fa5]{2,10}(?:小区|花园|家园|公寓|新村|苑|大厦|社区|路|街|巷|村|庄|屯|胡同|坊))(?:[\u4e00-\u9fa5]{0,6})?\d{1,5}(?:号(?!令|文)|幢|栋|座|排|组)(?:楼|院)?(?:\s?[\dA-Za-z一二三四五六七八九十]{1,4}(?:单元|号楼|栋|幢|门|楼|层))*(?:\s?\d{1,5}(?:室|号|户)?)?/g,
  },
  {
    kind: "address",
    pattern:
      /[一-龥\dA-Za-z]{1,8}(?:号楼|栋|幢|座)\s?[\dA-Za-z一二三四五六七八九十]{1,3}\s?单元\s?\d{2,4}(?:室|号|户)?/g,
  },
  { kind: "name", pattern: namePattern, group: 1 },
];

/** Each piece of personal data becomes `【手机号】`; the rest of the text is untouched. Idempotent; never throws. */
export function mask(text: string): Masked {
  const kept = protectedStretches(text);
  const taken: { start: number; end: number; kind: PersonalKind }[] = [];
  const free = (start: number, end: number, strong: boolean) =>
    !taken.some((one) => start < one.end && end > one.start) &&
    (strong || !kept.some((one) => start < one.end && end > one.start));
  for (const { kind, pattern, checks, group, strong } of recognisers) {
    for (const match of text.matchAll(pattern)) {
      const said = match[group ?? 0];
      if (said === undefined || (checks && !checks(said))) continue;
      const start = match.index + match[0].indexOf(said);
      if (free(start, start + said.length, strong ?? false))
        taken.push({ start, end: start + said.length, kind });
    }
  }
  taken.sort((a, b) => a.start - b.start);
  let out = "";
  let at = 0;
  const counts = new Map<PersonalKind, number>();
  for (const { start, end, kind } of taken) {
    out += `${text.slice(at, start)}【${personalKinds[kind]}】`;
    at = end;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return { text: out + text.slice(at), found: [...counts].map(([kind, count]) => ({ kind, count })) };
}
