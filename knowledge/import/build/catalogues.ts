/** 法制审核目录 and 音像记录事项. */
import { findIntervals, intervalText } from "../parse/interval.ts";
import {
  type Builder,
  basesOf,
  get,
  headerOf,
  idOf,
  limitOf,
  listOf,
  maybe,
  organOf,
  orUnpublished,
  powerTypeOf,
  required,
} from "./context.ts";

export const buildLegalReview: Builder = ([row], context) => {
  const organ = organOf(row, context);
  const powerType = powerTypeOf(row, context, "执法类别");
  const matter = required(row, "matter", "审核事项", context);
  const points = required(row, "points", "审核重点", context);
  const materials = orUnpublished(row, "materials", "应提交的材料", context);
  const threshold = readThreshold(matter);
  if (!threshold && /\d[\d,.]*万?元/.test(intervalText(matter)))
    context.report("W51", row, "matter", {
      column: headerOf(row, "matter", "审核事项"),
      v: matter.slice(0, 40),
      why: "未能分清公民与单位的数额",
    });
  const days = limitOf(row, "workingDays", context);
  if (days && days.unit !== "工作日")
    context.report("W51", row, "workingDays", {
      column: headerOf(row, "workingDays", "审核时限"),
      v: get(row, "workingDays").slice(0, 30),
      why: "不是以工作日计",
    });
  if (!organ || !powerType) return [];
  return [
    {
      kind: "legal-review",
      id: idOf("legal-review", context.dataset, organ.name, powerType, matter),
      entityId: organ.id,
      powerType,
      matter,
      ...(threshold ? { threshold } : {}),
      ...maybe("origin", get(row, "origin")),
      basis: basesOf(row, context, null),
      materials: pointsOf(materials, 120),
      points: pointsOf(points, 200),
      ...(days?.unit === "工作日" ? { workingDays: days.amount } : {}),
    },
  ];
};

/** Numbered or broken points; a plain enumeration is cut at 、 outside brackets. */
function pointsOf(text: string, max: number): string[] {
  const points = listOf(text, max);
  if (points.length !== 1) return points;
  return points[0]!.split(/、(?![^((]*[))])/).filter((point) => point !== "");
}

/** One amount for citizens, one for organisations; anything less clear is left unset. */
function readThreshold(text: string): Record<string, unknown> | undefined {
  const plain = intervalText(text);
  const found = findIntervals(plain).filter(({ interval }) => interval.unit === "元");
  const sideOf = (index: number) => {
    const before = plain.slice(0, index);
    const person = Math.max(
      before.lastIndexOf("公民"),
      before.lastIndexOf("个人"),
      before.lastIndexOf("自然人"),
    );
    const unit = Math.max(
      before.lastIndexOf("法人"),
      before.lastIndexOf("单位"),
      before.lastIndexOf("组织"),
      before.lastIndexOf("企业"),
    );
    return person < 0 && unit < 0 ? undefined : person > unit ? "person" : "unit";
  };
  const persons = found.filter(({ index }) => sideOf(index) === "person");
  const units = found.filter(({ index }) => sideOf(index) === "unit");
  if (
    persons.length > 1 ||
    units.length > 1 ||
    persons.length + units.length === 0 ||
    persons.length + units.length < found.length
  )
    return undefined;
  if ([...persons, ...units].some(({ interval }) => interval.min === interval.max)) return undefined;
  return {
    ...(persons[0] ? { person: persons[0].interval } : {}),
    ...(units[0] ? { unit: units[0].interval } : {}),
  };
}

export const buildAvRecord: Builder = ([row], context) => {
  const organ = organOf(row, context);
  const powerType = powerTypeOf(row, context, "执法类别");
  const stage = required(row, "stage", "记录环节", context).replace(/\n/g, "");
  const device = orUnpublished(row, "device", "记录方式", context).replace(/\n/g, "、");
  const content = orUnpublished(row, "content", "记录内容", context);
  const matter = get(row, "matter").replace(/\n/g, "") || `${powerType ?? ""}·${stage}`;
  const kept = get(row, "retention").normalize("NFKC").replace(/\s/g, "");
  const whole = get(row, "wholeProcess");
  const years = /^(?:不少于|至少)?(\d{1,3})年$/.exec(kept)?.[1];
  const retention = /^永久/.test(kept)
    ? { kind: "永久" }
    : /案卷/.test(kept)
      ? { kind: "同案卷" }
      : years
        ? { kind: "年限", years: Number(years) }
        : { kind: "未写明" };
  if (kept !== "" && retention.kind === "未写明")
    context.report("W51", row, "retention", {
      column: headerOf(row, "retention", "保管期限"),
      v: kept,
      why: "未能识别期限",
    });
  if (!organ || !powerType) return [];
  return [
    {
      kind: "av-record",
      id: idOf("av-record", context.dataset, organ.name, powerType, matter, stage),
      entityId: organ.id,
      powerType,
      matter,
      stage,
      ...maybe("place", get(row, "place").replace(/\n/g, "")),
      device,
      ...maybe("startAt", get(row, "startAt")),
      ...maybe("endAt", get(row, "endAt")),
      content,
      ...maybe("recorder", get(row, "recorder")),
      wholeProcess:
        whole === ""
          ? /全程|全过程/.test(`${content}${device}${get(row, "note")}`)
          : /^(是|√|全程)/.test(whole),
      retention,
    },
  ];
};
