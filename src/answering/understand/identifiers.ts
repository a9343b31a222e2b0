/**
 * Numbers told apart: 案号, 文号, receipt, identity number, 统一代码, bank card, phone, 事项编码, 执法证号.
 * Each recogniser takes its stretch out of the text, so that no later one reads part of it again.
 */
import { identityNumberChecks, luhnChecks, MOBILE, oldIdentityNumber } from "../../privacy/check-digits.ts";
import { usccChecks } from "../../records/primitives.ts";

export interface Identifiers {
  readonly certNos: readonly string[];
  readonly docNos: readonly string[];
  readonly caseNos: readonly string[];
  readonly usccs: readonly string[];
  readonly codes: readonly string[];
  readonly receipts: readonly string[];
}

/** Numbers the records know, as compared: upper case, no blanks or dashes → as published. */
export interface KnownNumbers {
  readonly certNos: ReadonlyMap<string, string>;
  readonly codes: ReadonlyMap<string, string>;
}

/** A number as it is compared. */
export const plainNumber = (number: string) =>
  number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-_.·]/g, "");

/** `text` is normalised. Upper case is restored in what is returned. */
export function findIdentifiers(text: string, known: KnownNumbers): Identifiers {
  let rest = text.toUpperCase();
  const take = <T>(pattern: RegExp, read: (match: RegExpMatchArray) => T | undefined): T[] => {
    const out: T[] = [];
    rest = rest.replace(pattern, (...groups) => {
      const match = groups.slice(0, -2) as unknown as RegExpMatchArray;
      const value = read(match);
      const whole = String(groups[0]);
      if (value === undefined) return whole;
      if (!out.includes(value)) out.push(value);
      return " ".repeat(whole.length);
    });
    return out;
  };
  const caseNos = take(CASE_NO, ([, year, court, number]) => `（${year}）${court}${number}号`);
  const docNos = [
    ...take(DOC_NO, ([, agency, year, number]) => docNo(agency, year, number)),
    ...take(DOC_NO_BARE, ([, agency, year, number]) => docNo(agency, year, number)),
  ];
  const usccs = [
    ...take(/(?<![0-9A-Z])[159][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])/g, ([code]) =>
      code !== undefined && usccChecks(code) && !identityNumberChecks(code) ? code : undefined,
    ),
    ...take(/(?<=(?:信用代码|统一代码|社会代码)[^0-9A-Z]{0,4})[0-9A-Z]{18}(?![0-9A-Z])/g, ([code]) => code),
  ];
  const receipts = take(/(?<![\dA-Z])\d(?:[ -]?\d){16}(?![\dA-Z])/g, ([number]) => {
    const digits = number?.replace(/\D/g, "") ?? "";
    return luhnChecks(digits) ? digits : undefined;
  });
  take(/(?<![\dA-Z])[1-9]\d{16}[\dX](?![\dA-Z])/g, ([number]) =>
    number !== undefined && identityNumberChecks(number) ? number : undefined,
  );
  take(/(?<=身份证(?:件)?(?:号码?)?(?:是|为|:| )*)[1-9][\dX ]{13,20}/g, ([number]) => number);
  const codes = take(/(?<![0-9A-Z])[0-9A-Z][0-9A-Z-]{7,63}(?![0-9A-Z])/g, ([code]) =>
    known.codes.get(plainNumber(code ?? "")),
  );
  const certNos = [
    ...take(/(?<![0-9A-Z])[\u4e00-\u9fa5]{0,3}[A-Z0-9][A-Z0-9\- ]{2,22}[A-Z0-9](?![0-9A-Z])/g, ([number]) =>
      knownCertificate(number ?? "", known),
    ),
    ...take(CERT_SAID, ([number]) => usable(number)),
  ];
  codes.push(
    ...take(/(?<=(?:事项|职权|权力|项目)?编码[^0-9A-Z]{0,4})[0-9A-Z][0-9A-Z-]{7,63}/g, ([code]) => code),
  );
  take(MOBILE, ([number]) => number);
  take(/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g, ([number]) => number);
  take(/(?<!\d)62\d{14,17}(?!\d)/g, ([card]) => (card !== undefined && luhnChecks(card) ? card : undefined));
  take(/(?<![\dA-Z])\d{15}(?!\d)/g, ([number]) =>
    number !== undefined && oldIdentityNumber(number) ? number : undefined,
  );
  codes.push(...take(/(?<![0-9A-Z])\d{6}[0-9A-Z-]{6,58}(?![0-9A-Z])/g, ([code]) => longCode(code)));
  if (ABOUT_CERTIFICATE.test(text) || BARE_NUMBER.test(text)) {
    certNos.push(
      ...take(
        /(?<![0-9A-Z〔])(?:[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新](?=[A-Z0-9]{6}))?[A-Z]{0,4}\d{5,15}[A-Z]?(?![0-9A-Z元块万千年月日号条])/g,
        ([number]) => usable(number),
      ),
    );
  }
  return { certNos: [...new Set(certNos)], docNos, caseNos, usccs, codes: [...new Set(codes)], receipts };
}

const CASE_NO = /[(（〔[](\d{4})[)）〕\]] ?([\u4e00-\u9fa5]\d{0,4}[\u4e00-\u9fa5]{1,5}) ?(\d{1,7}) ?号/g;
const DOC_NO = /([\u4e00-\u9fa5]{1,20}) ?[〔[(【［] ?(\d{4}) ?[〕\])】］] ?第? ?(\d{1,7}) ?号/g;
const DOC_NO_BARE = /([\u4e00-\u9fa5]{1,12}(?:发|函|字|令|罚|办|处|强|许|决)) ?(\d{4})年?第? ?(\d{1,5}) ?号/g;
/** Words in front of a 文号 that are not part of it. */
const BEFORE_AGENCY =
  /^.*(?:决定书|通知书|告知书|文件|文号|编号|根据|依据|按照|关于|就是|收到|这个|那个|什么|的|是|叫|查|看|了|把|按|和|与|在)/;

function docNo(agency: string | undefined, year: string | undefined, number: string | undefined) {
  const short = (agency ?? "").replace(BEFORE_AGENCY, "");
  if (short === "" || Number(year) < 1949) return undefined;
  return `${short}〔${year}〕${number}号`;
}

const CERT_SAID =
  /(?<=(?:证号|证件号码?|执法证(?:号码?|件号)?|证件编号|证书编号|工号|警号|编号|号码)(?:是|为|写的是|写着|显示|:|：|,| |的)*)(?:[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新](?=[A-Z0-9]{4}))?[A-Z0-9][A-Z0-9-]{3,22}(?![0-9A-Z])/g;
const ABOUT_CERTIFICATE =
  /证号|执法证|证件|工作证|真的吗|是真是假|真假|是不是真|验证|查一下.{0,4}(?:人|他)|执法人员/;
const BARE_NUMBER = /^[^0-9a-z]{0,4}(?:[\u4e00-\u9fa5])?[a-z]{0,4}[\d\- ]{6,20}[^0-9]{0,4}$/;

/** A number on a published list, whatever words were typed right before it. */
function knownCertificate(said: string, known: KnownNumbers): string | undefined {
  const plain = plainNumber(said);
  for (let from = 0; from <= 3; from++) {
    const found = known.certNos.get(plain.slice(from));
    if (found !== undefined) return found;
    if (!/[\u4e00-\u9fa5]/.test(plain[from] ?? "")) return undefined;
  }
  return undefined;
}

function usable(number: string | undefined): string | undefined {
  const plain = plainNumber(number ?? "");
  return /\d{3}/.test(plain) && plain.length >= 4 && plain.length <= 24 ? plain : undefined;
}

/** Catalogue codes begin with an area code and are longer than any certificate number. */
function longCode(code: string | undefined): string | undefined {
  return code !== undefined && plainNumber(code).length >= 17 && /^[1-6]/.test(code) ? code : undefined;
}
