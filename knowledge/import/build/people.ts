/** 执法人员. */
import { lastDayOf, parseDate } from "../parse/date.ts";
import { parseYesNo } from "../parse/yes-no.ts";
import { all, type Builder, get, headerOf, idOf, maybe, officeIn, organOf } from "./context.ts";

const CERT_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(?:行政)?执法监督(?:检查)?证(?:件)?$/, "行政执法监督证"],
  [/^(?:[\u4e00-\u9fa5]{2,6}省)?(?:人民政府)?(?:统一)?(?:行政)?执法证(?:件)?$/, "行政执法证"],
  [/^(?:部委(?:制发)?(?:执法)?证件?|国务院部门(?:制发)?(?:执法)?证件?)$/, "部委证件"],
];
const CERT_STATES: readonly (readonly [RegExp, string])[] = [
  [/^(?:有效|正常|在用|在职有效)$/, "有效"],
  [/^(?:暂停|暂扣|中止|暂停使用)$/, "暂停"],
  [/^(?:注销|已注销|吊销|收回|失效|作废|过期)$/, "注销"],
];

/** Who may not enforce: 辅助人员, and whoever is employed outside the establishment. 聘任制公务员 is within it. */
const NO_OFFICER =
  /(?<!非)辅助|协管员|辅警|劳务派遣|公益性岗位|编外|非在?编|合同制|临聘|外聘|临时(?:聘用|人员|工)|(?:^|\s|人员)聘用(?:制)?(?:人员)?(?=$|\s)|购买服务|见习|实习/;

/** A list of people, however it is called. */
const AUXILIARY_LIST =
  /辅助人员\s*(?:基本)?(?:信息|情况)?(?:公示|登记)?(?:名单|名录|花名册|名册|公示|一览表|表(?!彰))/;
const OFFICERS = "(?:执法(?:人员|队员|队伍)|(?:在编|正式)(?:执法)?人员)";
const AND = "(?:和|及|与|、|暨|\\s)";
/** A list of both kinds of people says nothing of a row. */
const MIXED_LIST = new RegExp(
  `${OFFICERS}[^,。]{0,6}(?:${AND}|含|包括|附)[^,。]{0,6}辅助人员|辅助人员[^,。]{0,4}${AND}[^,。]{0,6}${OFFICERS}`,
);

/** A list of 辅助人员 only, by its title: published so that people can tell who may not enforce. */
export function isAuxiliaryList(title: string): boolean {
  return AUXILIARY_LIST.test(title) && !MIXED_LIST.test(title);
}

export const buildOfficer: Builder = ([row], context) => {
  const name = get(row, "name").replace(/\s+/g, "");
  const everything = [
    ...["personKind", "post", "certType", "unit", "note"].map((field) => get(row, field)),
    row.section.heading ?? "",
  ].join(" ");
  const auxiliary = isAuxiliaryList(context.heading);
  if (!auxiliary && NO_OFFICER.test(everything)) {
    context.report("E26", row, "name");
    return [];
  }
  if (name === "") context.report("E43", row, "name", { column: headerOf(row, "name", "姓名") });
  const cells = row.fields.certNo ?? [];
  const column = headerOf(row, "certNo", "执法证号");
  const certNo = get(row, "certNo").normalize("NFKC").replace(/\s+/g, "").toUpperCase();
  if (/^\d{17}[\dX]$/.test(certNo) || /^\d{15}$/.test(certNo))
    context.report("E22", row, "certNo", { column, v: "居民身份证号" });
  else if (/^1[3-9]\d{9}$/.test(certNo)) context.report("E22", row, "certNo", { column, v: "手机号码" });
  else if (certNo === "") context.report("E43", row, "certNo", { column });
  else if (/^\d(\.\d+)?E\+?\d+$/.test(certNo)) {
    context.report("W21", row, "certNo", { column });
    context.report("E45", row, "certNo", {
      column,
      v: certNo,
      cure: "科学计数法已丢失原号码,请改为文本后重新导入。",
    });
  } else if (!/^[0-9A-Z\u4e00-\u9fa5〔〕()-]{4,24}$/.test(certNo))
    context.report("E45", row, "certNo", {
      column,
      v: certNo.slice(0, 30),
      cure: "证号应为 4 至 24 位数字、字母或汉字。",
    });
  else if (cells.some((cell) => cell.numeric !== undefined)) {
    context.report("W21", row, "certNo", { column });
    if (cells.some((cell) => cell.numeric !== undefined && !Number.isSafeInteger(cell.numeric)))
      context.report("E45", row, "certNo", {
        column,
        v: certNo,
        cure: "数字过长,末位已丢失,请改为文本后重新导入。",
      });
  }
  const organ = organOf(row, context);
  const until = get(row, "validUntil");
  const date =
    until === "" ? undefined : parseDate(until.split(/(?:至|-{1,2}|—+|~)(?=\s*\d{4})/).at(-1) ?? until);
  if (until !== "" && !date)
    context.report("W51", row, "validUntil", {
      column: headerOf(row, "validUntil", "有效期"),
      v: until.slice(0, 30),
      why: "未能识别日期",
    });
  if (date?.kind === "date" && lastDayOf(date.text) < context.today)
    context.report("W24", row, "validUntil", { date: date.text });
  const certType = readChoice("certType", "证件类型", CERT_TYPES, "行政执法证");
  const certState = readChoice("certState", "证件状态", CERT_STATES, "有效");
  if (!organ) return [];
  return [
    {
      kind: "officer",
      id: idOf("officer", context.dataset, certNo),
      name,
      certNo,
      certType,
      certState,
      auxiliary,
      ...maybe("issuer", get(row, "issuer")),
      entityId: organ.id,
      ...maybe("unit", get(row, "unit").replace(/\n/g, "") || (officeIn(row, context) ?? "")),
      ...maybe("post", get(row, "post").replace(/\n/g, "")),
      fields: all(row, "fields")
        .flatMap((text) => text.split(/[、,,;;\n]+/))
        .map((part) => part.trim())
        .filter((part) => part !== ""),
      ...(date?.kind === "date" ? { validUntil: date.text } : {}),
      ...readFiling(),
    },
  ];

  /** 部委证件 are filed with 司法行政部门; the cell says whether. */
  function readFiling(): { filedWithJustice?: boolean } {
    const text = get(row, "filed");
    if (text.trim() === "") return {};
    const filed = parseYesNo(text);
    if (filed !== undefined) return { filedWithJustice: filed };
    const column = headerOf(row, "filed", "备案情况");
    context.report("W51", row, "filed", { column, v: text.slice(0, 30), why: "没有写明已备案或者未备案" });
    return {};
  }

  function readChoice(
    field: string,
    label: string,
    choices: readonly (readonly [RegExp, string])[],
    otherwise: string,
  ): string {
    const text = get(row, field).replace(/\s/g, "");
    if (text === "") {
      if (!row.headers[field] && auxiliary) return otherwise;
      if (!row.headers[field]) context.reportOnce("W52", label, { why: "没有这一列", v: otherwise });
      else
        context.report("W51", row, field, {
          column: headerOf(row, field, label),
          v: "",
          why: `为空,暂记“${otherwise}”`,
        });
      return otherwise;
    }
    const found = choices.find(([pattern]) => pattern.test(text))?.[1];
    if (!found)
      context.report("E45", row, field, {
        column: headerOf(row, field, label),
        v: text.slice(0, 20),
        cure: `只能填:${[...new Set(choices.map(([, value]) => value))].join("、")}。`,
      });
    return found ?? otherwise;
  }
};
