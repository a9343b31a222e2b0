/** What an organ publishes after it acted: 执法决定, 统计年报 (表一, with 表二 beside it), and the rule of 重大处罚备案. */
import { isKnownYear, isWorkingDay } from "../../../src/law/calendar.ts";
import { addDays, parseDay, yearOf } from "../../../src/law/day.ts";
import type { KnownOrgan } from "../organs.ts";
import { parseInterval } from "../parse/interval.ts";
import { parseLimit } from "../parse/limit.ts";
import { keyText } from "../text/clean.ts";
import {
  type Builder,
  basesOf,
  type Context,
  type DataRow,
  dayOfCell,
  get,
  headerOf,
  idOf,
  listOf,
  organOf,
  orUnpublished,
  powerTypeOf,
  required,
} from "./context.ts";
import { personalNumberIn } from "./phones.ts";

/** Words a name of two to four characters has only when it is no person. */
const ORGANISATION = /[厂店社行部馆院校所局司队站坊铺摊场园吧城楼庄居轩阁苑会]$|公司|合作/;

export const buildDecision: Builder = ([row], context) => {
  const organ = organOf(row, context);
  const powerType = typeInHeading(row) ?? powerTypeOf(row, context, "执法类别");
  const docNo = required(row, "docNo", "决定书文号", context).replace(/\s/g, "");
  const published = required(row, "party", "当事人", context).replace(/\s/g, "");
  let conclusion = required(row, "conclusion", "处罚内容", context);
  let party = published;
  if (/^[\u4e00-\u9fa5]{2,4}$/.test(published) && !/某|\*/.test(published) && !ORGANISATION.test(published)) {
    party = `${published[0]}${"某".repeat(published.length > 2 ? 2 : 1)}`;
    conclusion = conclusion.replaceAll(published, party);
    context.report("W64", row, "party", { v: party });
  }
  const number = personalNumberIn(`${published}\n${conclusion}`);
  if (number)
    context.report("E22", row, "conclusion", { column: headerOf(row, "conclusion", "处罚内容"), v: number });
  const decidedOn = dayOfCell(row, "decidedOn", "决定日期", context);
  const own = row.headers.publishedOn ? dayOfCell(row, "publishedOn", "公示日期", context) : "";
  const publishedOn = own || (row.headers.publishedOn ? "" : (context.publishedOn ?? ""));
  if (!row.headers.publishedOn) {
    if (publishedOn === "") context.report("E43", row, "publishedOn", { column: "公示日期" });
    else context.reportOnce("W52", "公示日期", { why: "没有这一列,取文件上的日期", v: publishedOn });
  }
  if (decidedOn && publishedOn) checkDelay(row, decidedOn, publishedOn, powerType, context);
  const removeOn = get(row, "removeOn") === "" ? "" : dayOfCell(row, "removeOn", "公示截止期", context);
  if (!organ || !powerType) return [];
  return [
    {
      kind: "decision",
      id: idOf("decision", context.dataset, organ.name, docNo),
      entityId: organ.id,
      docNo,
      party,
      powerType,
      conclusion,
      decidedOn,
      publishedOn,
      ...(removeOn ? { removeOn } : {}),
    },
  ];
};

/** The 双公示 form has no column of types: 行政处罚决定书文号 says it. */
function typeInHeading(row: DataRow): "行政处罚" | "行政许可" | undefined {
  if (get(row, "powerType") !== "") return undefined;
  const found = /处罚|许可/.exec(headerOf(row, "docNo", ""))?.[0];
  return found === undefined ? undefined : found === "处罚" ? "行政处罚" : "行政许可";
}

/** 国办发〔2018〕118号(六): 7 working days for penalties and licences, 20 for the rest, holidays and make-up days counted. */
function checkDelay(
  row: DataRow,
  from: string,
  to: string,
  powerType: string | undefined,
  context: Context,
): void {
  const [start, end] = [parseDay(from), parseDay(to)];
  if (!start || !end) return;
  if (end < start) {
    context.report("E45", row, "publishedOn", {
      column: headerOf(row, "publishedOn", "公示日期"),
      v: to,
      cure: `早于决定日期 ${from},请核对。`,
    });
    return;
  }
  const max = powerType === "行政处罚" || powerType === "行政许可" ? 7 : 20;
  let days = 0;
  for (let day = start; day < end && days <= 400; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, context.calendar)) days++;
  }
  const known = [start, end].every((day) => isKnownYear(yearOf(day), context.calendar));
  const projected = known ? "" : "(该年放假安排不在日历中,节假日按推算)";
  if (days > max) context.report("W65", row, "publishedOn", { n: days, max, projected });
}

export const buildAnnual: Builder = ([row], context) => {
  const organ = organOf(row, context);
  const stated = get(row, "year") || context.heading || "";
  const year = Number(/(20\d{2})/.exec(stated)?.[1] ?? Number.NaN);
  if (Number.isNaN(year)) context.report("E43", row, "year", { column: "年度" });
  const total = count(get(row, "total"));
  const names = (row.headers.byKind ?? []).map((header) =>
    header
      .split("/")
      .at(-1)!
      .replace(/\((?:宗|件)\)$/, ""),
  );
  const cells = (row.fields.byKind ?? []).map((cell) => cell.text);
  const counts = cells.map((text) => count(text));
  const sum = counts.reduce<number>((before, value) => before + (value ?? 0), 0);
  const column = headerOf(row, "byKind", "处罚种类");
  cells.forEach((text, index) => {
    // A blank cell is nought only where the total proves it.
    if (counts[index] === undefined && !(isBlank(text) && sum === total))
      context.report("E45", row, "byKind", {
        column: names[index] ?? column,
        v: text,
        cure: "应为非负整数;没有的请填 0。",
      });
  });
  if (total === undefined)
    context.report("E45", row, "total", {
      column: headerOf(row, "total", "合计"),
      v: get(row, "total"),
      cure: "应为非负整数。",
    });
  else if (sum !== total) context.report("W55", row, "total", { v: total, n: sum });
  const confiscated = readAmount(row, context);
  const publishedOn = row.headers.publishedOn
    ? dayOfCell(row, "publishedOn", "公布日期", context)
    : (context.publishedOn ?? "");
  if (!row.headers.publishedOn && publishedOn.length !== 10)
    context.report("E43", row, "publishedOn", { column: "公布日期" });
  if (publishedOn && !Number.isNaN(year) && publishedOn > `${year + 1}-01-31`)
    context.report("W51", row, "publishedOn", {
      column: headerOf(row, "publishedOn", "公布日期"),
      v: publishedOn,
      why: `晚于 ${year + 1} 年 1 月 31 日`,
    });
  if (!organ || !confiscated || total === undefined) return [];
  const byKind: Record<string, number> = {};
  names.forEach((name, index) => {
    byKind[name] = counts[index] ?? 0;
  });
  return [
    {
      kind: "annual",
      id: idOf("annual", context.dataset, organ.name, String(year)),
      entityId: organ.id,
      year,
      publishedOn,
      penalty: { byKind, total, confiscated },
      ...licencesOf(organ, context),
    },
  ];
};

/** 表二 of the same organ. Without a column of organs it belongs to the organ the report is of. */
function licencesOf(organ: KnownOrgan, context: Context) {
  for (const [name, { counts }] of context.licences ?? []) {
    const meant = name === "" ? context.own : context.find(name);
    if (meant?.id === organ.id) return { licence: counts };
  }
  return {};
}

const isBlank = (text: string) => /^[/\\—–-]*$/.test(keyText(text));

function count(text: string): number | undefined {
  const plain = keyText(text).replace(/(?<=\d),(?=\d{3})/g, "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}

/** 元 or 万元 as the heading or a line above the table says; never assumed. */
function readAmount(row: DataRow, context: Context): { amount: number; unit: "元" | "万元" } | undefined {
  const field = ["amountWan", "amountYuan", "amountPlain"].find((name) => row.headers[name]);
  const text = field ? get(row, field) || (row.fields[field]?.[0]?.text ?? "") : "";
  const written = /^([\d,.]+)(万?元)?$/.exec(keyText(text));
  const above = /(?:单位|金额)[::]?[((]?(万?元)/.exec(context.above.map(keyText).join("\n"))?.[1];
  const unit = field === "amountWan" ? "万元" : field === "amountYuan" ? "元" : (written?.[2] ?? above);
  const amount = Number(written?.[1]?.replaceAll(",", "") ?? Number.NaN);
  const column = headerOf(row, field ?? "amountWan", "罚没金额");
  if (text === "") context.report("E43", row, field, { column });
  else if (Number.isNaN(amount) || (written?.[2] && unit !== written[2]))
    context.report("E45", row, field, { column, v: text, cure: "应为一个金额,单位与列名一致。" });
  else if (unit !== "元" && unit !== "万元")
    context.report("E45", row, field, { column, v: text, cure: "没有写明是元还是万元,请在列名中注明。" });
  else return { amount, unit };
  return undefined;
}

export const buildFiling: Builder = ([row], context) => {
  const what = required(row, "what", "备案事项", context);
  const fileTo = required(row, "fileTo", "备案机关", context).replace(/\n/g, "");
  const text = required(row, "within", "备案时限", context);
  const within = parseLimit(text);
  if (text !== "" && !within)
    context.report("E45", row, "within", {
      column: headerOf(row, "within", "备案时限"),
      v: text.slice(0, 40),
      cure: "请写成“15日”或“15个工作日”。",
    });
  const materials = orUnpublished(row, "materials", "备案材料", context);
  const [person, unit] = [amount("amountPerson", "公民数额标准"), amount("amountUnit", "单位数额标准")];
  const organ = row.headers.entityId ? organOf(row, context) : context.own;
  return [
    {
      kind: "filing",
      id: idOf("filing", context.dataset, organ?.name ?? "", what, fileTo),
      ...(organ ? { entityId: organ.id } : {}),
      what,
      ...(person ? { amountPerson: person } : {}),
      ...(unit ? { amountUnit: unit } : {}),
      fileTo,
      within: within ? { amount: within.amount, unit: within.unit } : undefined,
      materials: listOf(materials, 80).flatMap((part) => part.split("、")),
      basis: basesOf(row, context),
    },
  ];

  function amount(field: string, label: string) {
    const stated = get(row, field);
    const interval = stated === "" ? undefined : parseInterval(stated);
    if (stated !== "" && !interval)
      context.report("W51", row, field, {
        column: headerOf(row, field, label),
        v: stated.slice(0, 40),
        why: "未能识别金额",
      });
    if (!interval || interval.min === null || interval.min !== interval.max) return interval;
    const column = headerOf(row, field, label);
    // A threshold is never one amount: 5000元 is 以上 only where the list says so.
    if (/以上/.test(column)) return { ...interval, max: null, maxIncluded: false };
    context.report("E45", row, field, {
      column,
      v: stated.slice(0, 40),
      cure: "没有写明是以上还是超过,请写成“5000元以上”或“超过5000元”。",
    });
    return undefined;
  }
};
