/** 热线, 常见问答 and 行政区划. */
import { addDays, parseDay } from "../../../src/law/day.ts";
import { Phone } from "../../../src/records/primitives.ts";
import { assumedArea } from "../organs.ts";
import { parseDayText } from "../parse/date.ts";
import { type Builder, basesOf, dayOfCell, get, headerOf, idOf, maybe, required } from "./context.ts";
import { isRetiredNumber, personalNumberIn } from "./phones.ts";
import { readLevel } from "./power.ts";

export const buildHotline: Builder = ([row], context) => {
  const number = required(row, "number", "热线号码", context).normalize("NFKC").replace(/\s/g, "");
  const name = required(row, "name", "热线名称", context).replace(/\n/g, "");
  const scope = required(row, "scope", "受理范围", context);
  if (number !== "" && !Phone.safeParse(number).success)
    context.report("E45", row, "number", {
      column: headerOf(row, "number", "热线号码"),
      v: /^1[3-9]\d{9}$/.test(number) ? `${number.slice(0, 3)}********` : number.slice(0, 20),
      cure: "应为办公电话或服务短号。",
    });
  const said = `${scope}${get(row, "note")}`;
  const into = /(?:并入|归并到|改打|整合至)(?:\D{0,12})(\d{5})/.exec(said)?.[1];
  const retired = isRetiredNumber(number) || into !== undefined;
  if (retired) context.report("W39", row, "number", { v: number });
  const national = context.dataset === "national";
  const known = national ? "全国" : context.own?.area;
  const area = known ?? assumedArea(context.dataset);
  if (!known) context.reportOnce("W52", "适用地区", { why: "没有写明", v: area });
  return [
    {
      kind: "hotline",
      id: idOf("hotline", context.dataset, number, name),
      number,
      name,
      scope,
      area,
      retired,
      ...(into ? { replacedBy: into } : {}),
    },
  ];
};

/** Who the answer is for, in the words lists use. */
const AUDIENCES: readonly [RegExp, string][] = [
  [/^(市民|群众|公众|当事人|企业|行政相对人)/, "市民"],
  [/^(执法人员|工作人员|内部)/, "执法人员"],
];

export const buildFaq: Builder = ([row], context) => {
  const question = required(row, "question", "问题", context);
  const answer = required(row, "answer", "答复", context);
  const basis = basesOf(row, context);
  const answeredOn = dayOfCell(row, "answeredOn", "答复日期", context);
  const answeredBy = get(row, "answeredBy").replace(/\n/g, "") || context.own?.name || "";
  if (answeredBy === "") context.report("E43", row, "answeredBy", { column: "答复单位" });
  for (const field of ["question", "answer"] as const) {
    const number = personalNumberIn(get(row, field));
    if (number) context.report("E22", row, field, { column: headerOf(row, field, "问题"), v: number });
  }
  const stated = parseDayText(get(row, "reviewBy"));
  const answered = parseDay(answeredOn);
  const reviewBy = stated ?? (answered ? addDays(answered, 365) : undefined);
  if (!stated) context.reportOnce("W52", "复核日期", { why: "没有写明", v: "答复后一年" });
  if (reviewBy && reviewBy < context.today) context.report("W42", row, "answeredOn", { date: reviewBy });
  return [
    {
      kind: "faq",
      id: idOf("faq", context.dataset, answeredBy, question),
      question,
      answer,
      audience: AUDIENCES.find(([pattern]) => pattern.test(get(row, "audience")))?.[1] ?? "皆可",
      basis,
      citedIds: [],
      answeredBy,
      answeredOn,
      validity: reviewBy ? { reviewBy } : {},
    },
  ];
};

export const buildArea: Builder = ([row], context) => {
  const code = required(row, "code", "区划代码", context).replace(/\s/g, "");
  const name = required(row, "name", "名称", context).replace(/\s/g, "");
  const level = readLevel(get(row, "areaLevel"));
  if (!level)
    context.report("E45", row, "areaLevel", {
      column: headerOf(row, "areaLevel", "级别"),
      v: get(row, "areaLevel"),
      cure: "只能填:国家、省、市、县、乡。",
    });
  return [
    {
      kind: "area",
      id: idOf("area", context.dataset, code),
      code,
      name,
      level,
      ...maybe("parentCode", get(row, "parentCode").replace(/\s/g, "")),
      aliases: get(row, "aliases")
        .split(/[、,,;;\s]+/)
        .filter((alias) => alias !== ""),
    },
  ];
};
