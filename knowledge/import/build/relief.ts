/** 救济渠道 and 监督方式: what a list says of reconsideration and suit is compared with the law before it is taken. */
import { addDays, type Day } from "../../../src/law/day.ts";
import { findCountedRule } from "../../../src/law/deadline.ts";
import type { LegalBasis } from "../../../src/records/primitives.ts";
import type { KnownOrgan } from "../organs.ts";
import { parseDayText } from "../parse/date.ts";
import { parseLimit } from "../parse/limit.ts";
import { parseYesNo } from "../parse/yes-no.ts";
import {
  type Builder,
  basesOf,
  type Context,
  type DataRow,
  get,
  headerOf,
  idOf,
  lawBasis,
  listOf,
  maybe,
  organsOf,
  orUnpublished,
  required,
} from "./context.ts";
import { phonesOf } from "./phones.ts";

const KINDS = ["行政复议", "行政诉讼", "陈述申辩", "听证", "国家赔偿", "复核"] as const;
/** A court's place may change: where the list names no day, it is looked at again within a year. */
function nextReview(context: Context): string {
  const day = addDays(context.today as Day, 365);
  context.reportOnce("W52", "复核日期", { why: "没有这一列,管辖法院一年内须复核", v: day });
  return day;
}

/** Where the law gives each way, for lists without a column of bases. */
const RELIEF_LAW: Readonly<Record<(typeof KINDS)[number], readonly LegalBasis[]>> = {
  行政复议: [lawBasis("行政复议法", "第二十条")],
  行政诉讼: [lawBasis("行政诉讼法", "第四十六条")],
  陈述申辩: [lawBasis("行政处罚法", "第四十五条")],
  听证: [lawBasis("行政处罚法", "第六十三条")],
  国家赔偿: [lawBasis("国家赔偿法", "第九条")],
  复核: [],
};

const UNIT_WORDS: Readonly<Record<string, string>> = {
  calendarDay: "日",
  workingDay: "工作日",
  month: "个月",
  year: "年",
};

export const buildRelief: Builder = ([row], context) => {
  const organs = organsOf(row, context);
  const organ = organs[0];
  const stated = get(row, "reliefKind").replace(/\s|[、,]/g, "");
  const court = get(row, "court").replace(/\s/g, "");
  const body = governmentMeant(get(row, "body").replace(/\s/g, ""), organs, context);
  const wide = !row.headers.reliefKind;
  // A court hears a suit, whatever its column is called.
  const isCourt = /法院$/.test(body);
  const kinds = wide
    ? [
        ...(body && !isCourt ? ["行政复议" as const] : []),
        ...(court || isCourt || get(row, "courtLimit") ? ["行政诉讼" as const] : []),
      ]
    : KINDS.filter((kind) => stated.includes(kind) || (kind === "陈述申辩" && /陈述|申辩/.test(stated)));
  if (kinds.length !== 1 && !wide) {
    context.report("E45", row, "reliefKind", {
      column: headerOf(row, "reliefKind", "救济渠道"),
      v: stated,
      cure: `只能填一种:${KINDS.join("、")}。`,
    });
    return [];
  }
  if (kinds.length === 0) context.report("E43", row, "body", { column: headerOf(row, "body", "复议机关") });
  const byLaw = kinds.flatMap((kind) => RELIEF_LAW[kind]);
  const basis = basesOf(row, context, "E13", byLaw);
  if (!organ) return [];
  return kinds.map((kind) => {
    const limitField =
      kind === "行政诉讼" && row.headers.courtLimit && (wide || get(row, "courtLimit") !== "")
        ? "courtLimit"
        : row.headers.limit
          ? "limit"
          : "courtLimit";
    const limit = parseLimit(get(row, limitField));
    const where = kind === "行政诉讼" ? court || body : body;
    if (where === "")
      context.report("E43", row, kind === "行政诉讼" ? "court" : "body", {
        column: kind === "行政诉讼" ? "管辖法院" : "受理机关",
      });
    const otherLaw = basis.some(
      (law) => !/行政复议法|行政诉讼法/.test(law.title) && law.article !== undefined,
    );
    if (kind === "行政复议") {
      const wrong = organs.some((each) => !isRightReconsideration(where, each, context));
      if (wrong) context.report("E29", row, "body", { v: where });
      checkLimit(row, limitField, limit, kind, otherLaw, context);
    }
    const date = parseDayText(get(row, "noticeDate"));
    const notice = get(row, "notice");
    if (kind === "行政诉讼") {
      checkLimit(row, limitField, limit, kind, otherLaw, context);
      if (notice === "" || !date) context.report("E31", row, "court");
    }
    if (kind !== "行政复议" && kind !== "行政诉讼" && get(row, limitField) !== "" && !limit)
      context.report("W51", row, limitField, {
        column: headerOf(row, limitField, "期限"),
        v: get(row, limitField).slice(0, 40),
        why: "未能识别时限",
      });
    const online = get(row, "online");
    return {
      kind: "relief",
      id: idOf("relief", context.dataset, ...organs.map((each) => each.name), kind, where, limit?.from ?? ""),
      entityIds: organs.map((each) => each.id),
      reliefKind: kind,
      body: where,
      ...maybe("handledBy", kind === "行政复议" ? get(row, "handledBy") : ""),
      ...maybe("address", get(row, "address").replace(/\n/g, "")),
      phones: phonesOf(row, "phones", context),
      ...(/^https?:\/\//.test(online) ? { online } : {}),
      methods: (["当面", "邮寄", "网上", "口头"] as const).filter((method) =>
        get(row, "methods").includes(method),
      ),
      ...(limit
        ? {
            limit: {
              amount: limit.amount,
              unit: limit.unit,
              from: limit.from ?? "知道或者应当知道行政行为之日",
            },
          }
        : {}),
      basis,
      ...(kind === "行政诉讼" && !row.headers.reviewBy
        ? { validity: { reviewBy: nextReview(context) } }
        : {}),
      ...(kind === "行政诉讼" && notice && date ? { jurisdictionNotice: { title: notice, date } } : {}),
      materials: listOf(get(row, "materials"), 80),
    };
  });
};

/** 本级人民政府 by its name, where the organs it is said of have one and the same. */
function governmentMeant(body: string, organs: readonly KnownOrgan[], context: Context): string {
  if (!/^(?:同级|本级)(?:人民)?政府$/.test(body)) return body;
  const names = organs.map((organ) => {
    const government =
      context.known.find(({ id }) => id === organ.governmentId) ?? context.governmentOf(organ.area);
    const { place } = context.places.split(organ.name);
    return government?.name ?? (place === "" ? body : `${place}人民政府`);
  });
  return names[0] !== undefined && new Set(names).size === 1 ? names[0] : body;
}

/**
 * 本级人民政府 for a department; the 上一级 for vertical systems and, at choice, for 司法行政部门; for a 派出机构 also
 * the local government (行政复议法第二十四条至第二十八条). What the library knows of the organ decides first.
 */
function isRightReconsideration(body: string, organ: KnownOrgan, context: Context): boolean {
  const nameOf = (id: string | undefined) => context.known.find((each) => each.id === id)?.name;
  const vertical = organ.vertical !== undefined || /税务|海关|国家安全|人民银行|外汇/.test(organ.name);
  if (vertical)
    return !/人民政府$/.test(body) && (organ.superiorId === undefined || body === nameOf(organ.superiorId));
  const justice = organ.isJustice ?? /司法(?:局|厅)$/.test(organ.name);
  if (justice && /司法(?:局|厅|部)$/.test(body) && body !== organ.name)
    return organ.superiorId === undefined || body === nameOf(organ.superiorId);
  if (!/人民政府$/.test(body)) return false;
  const government = nameOf(organ.governmentId);
  if (government && body === government) return true;
  if (/人民政府$/.test(organ.name)) return government === undefined && body !== organ.name;
  const place = body.replace(/人民政府$/, "");
  if (organ.nature === "派出机构" && organ.area !== undefined)
    return (
      context.known.some((each) => each.name === body && each.area === organ.area?.slice(0, 6)) ||
      government === undefined
    );
  if (government !== undefined) return false;
  return isOwnGovernment(place, organ, context);
}

/** 运城市 begins 运城市盐湖区水务局 but is not its own level; 盐湖区 is. */
function isOwnGovernment(place: string, organ: KnownOrgan, { places, dataset }: Context): boolean {
  const mine = places.split(organ.name, dataset);
  const said = places.split(place, dataset);
  if (mine.area !== undefined && said.area !== undefined && said.rest === "") return mine.area === said.area;
  return place !== "" && mine.place.endsWith(place);
}

function checkLimit(
  row: DataRow,
  field: string,
  limit: ReturnType<typeof parseLimit>,
  kind: "行政复议" | "行政诉讼",
  otherLaw: boolean,
  context: Context,
): void {
  const text = get(row, field);
  const column = headerOf(row, field, kind === "行政复议" ? "复议期限" : "起诉期限");
  if (text === "") {
    context.report("E43", row, field, { column });
    return;
  }
  const after = limit?.from !== undefined && /复议决定|复议期满/.test(limit.from);
  const rule = findCountedRule(
    kind === "行政复议"
      ? "reconsiderationApply"
      : after
        ? "litigationAfterReconsideration"
        : "litigationDirect",
  );
  if (rule.kind !== "counted") return;
  const unit = UNIT_WORDS[rule.period.unit] ?? "日";
  const right = limit !== undefined && limit.amount === rule.period.amount && limit.unit === unit;
  if (!right && !otherLaw)
    context.report("E30", row, field, {
      column,
      v: text.slice(0, 40),
      rule: `${rule.label}一般为 ${rule.period.amount} ${unit}`,
    });
  else if (!right)
    context.report("W51", row, field, {
      column,
      v: text.slice(0, 40),
      why: `与一般期限 ${rule.period.amount} ${unit}不同`,
    });
}

const CHANNELS: readonly [RegExp, string][] = [
  [/电话|热线/, "热线"],
  [/信函|邮寄|来信/, "信函"],
  [/来访|现场|当面/, "来访"],
  [/邮箱|邮件/, "邮箱"],
  [/网站|网上|网络/, "网站"],
];

export const buildSupervision: Builder = ([row], context) => {
  const organs = organsOf(row, context);
  const organ = organs[0];
  const body = required(row, "body", "受理机构", context).replace(/\n/g, "");
  const stated = get(row, "channelKind");
  const accepts = orUnpublished(row, "accepts", "受理范围", context);
  if (!organ) return [];
  const days = (field: string) => {
    const limit = parseLimit(get(row, field));
    if (get(row, field) !== "" && limit?.unit !== "工作日")
      context.report("W51", row, field, {
        column: headerOf(row, field, "时限"),
        v: get(row, field).slice(0, 30),
        why: "不是以工作日计",
      });
    return limit?.unit === "工作日" ? limit.amount : undefined;
  };
  const [acceptWorkingDays, finishWorkingDays] = [days("acceptDays"), days("finishDays")];
  const anonymous = parseYesNo(get(row, "anonymous"));
  if (get(row, "anonymous") !== "" && anonymous === undefined)
    context.report("W51", row, "anonymous", {
      column: headerOf(row, "anonymous", "可否匿名"),
      v: get(row, "anonymous").slice(0, 30),
      why: "没有写明可以或者不可以",
    });
  const [email, url, postcode] = [get(row, "email"), get(row, "url"), get(row, "postcode")];
  if (["phones", "address", "email", "url"].every((field) => get(row, field) === ""))
    context.report("E43", row, "phones", { column: headerOf(row, "phones", "监督电话") });
  return [
    {
      kind: "supervision",
      id: idOf("supervision", context.dataset, ...organs.map((each) => each.name), body, stated),
      entityIds: organs.map((each) => each.id),
      channelKind:
        CHANNELS.find(([pattern]) => pattern.test(stated))?.[1] ??
        (stated === "" && get(row, "phones") ? "热线" : "监督机关"),
      body,
      phones: phonesOf(row, "phones", context),
      ...maybe("address", get(row, "address").replace(/\n/g, "")),
      ...(/^\d{6}$/.test(postcode) ? { postcode } : {}),
      ...maybe("email", email),
      ...(/^https?:\/\//.test(url) ? { url } : {}),
      ...maybe("hours", get(row, "hours")),
      accepts,
      ...maybe("rejects", get(row, "rejects")),
      ...(acceptWorkingDays ? { acceptWorkingDays } : {}),
      ...(finishWorkingDays ? { finishWorkingDays } : {}),
      ...(anonymous === undefined ? {} : { anonymousAllowed: anonymous }),
    },
  ];
};
