/**
 * Records as passages: the smallest texts that can be found and quoted. Articles, clauses and answers keep their text
 * as published; rows of lists are written out as one readable line. Officers are never searchable: no list, no names.
 */
import type { Passage } from "../search/passage.ts";
import type { Library } from "./library.ts";
import type { Interval, LegalBasis, TimeLimit } from "./primitives.ts";
import type { DiscretionBenchmark, PublishedRecord } from "./schema.ts";

/** Every passage of a library, in the order of its records. */
export function passagesOf(library: Library): Passage[] {
  return library.records().flatMap((record) => passagesOfRecord(record, library));
}

/** The passages of one record; none for officers and areas. */
export function passagesOfRecord(record: PublishedRecord, library: Library): Passage[] {
  if (record.kind === "officer" || record.kind === "area" || record.kind === "annual") return [];
  const common = commonOf(record, library);
  if (record.kind === "statute") {
    const short = record.title.replace(/^中华人民共和国/, "");
    return record.articles.map((article) => ({
      ...common,
      id: `${record.id}#${article.no}`,
      title: record.title,
      ...(article.heading ? { heading: article.heading } : {}),
      text: article.text,
      name: `${short}${article.no}`,
      rank: record.rank,
      ...(record.repealed ? { repealed: true } : {}),
      ...(record.docNo ? { identifiers: [record.docNo] } : {}),
    }));
  }
  if (record.kind === "policy") {
    return record.clauses.map((clause) => ({
      ...common,
      id: `${record.id}#${clause.no}`,
      title: record.title,
      heading: clause.heading,
      text: clause.text,
      rank: "规范性文件" as const,
      ...(record.docNo ? { identifiers: [record.docNo] } : {}),
      ...(record.variants ? { variants: record.variants } : {}),
    }));
  }
  const identifiers = identifiersOf(record);
  return [
    {
      ...common,
      id: record.id,
      title: record.source.title,
      ...rowText(record, library),
      ...(record.variants ? { variants: record.variants } : {}),
      ...(identifiers.length > 0 ? { identifiers } : {}),
    },
  ];
}

type Common = Pick<
  { -readonly [K in keyof Passage]: Passage[K] },
  "recordId" | "kind" | "dataset" | "area" | "effectiveFrom" | "effectiveTo" | "repealed"
>;

/** Assigned field by field: a spread of each would cost a fifth of a second at the start. */
function commonOf(record: PublishedRecord, library: Library): Common {
  const { validity } = record;
  const common: Common = { recordId: record.id, kind: record.kind, dataset: record.dataset };
  const area = areaOf(record, library);
  if (area) common.area = area;
  if (validity.effectiveFrom) common.effectiveFrom = validity.effectiveFrom;
  if (validity.effectiveTo) common.effectiveTo = validity.effectiveTo;
  if (record.status !== "published" || record.withdrawn) common.repealed = true;
  return common;
}

type Row = Exclude<PublishedRecord, { kind: "officer" | "area" | "annual" | "statute" | "policy" }>;

/** `heading` is the row's caption, `text` the row written out. */
function rowText(record: Row, library: Library): { heading: string; text: string } {
  const organ = (id: string | undefined) => (id ? organName(id, library) : undefined);
  switch (record.kind) {
    case "entity":
      return line(record.name, [
        record.aliases.join("、"),
        record.nature,
        record.duties,
        record.authorityScope,
        record.address && `地址:${record.address}`,
        record.phones.length > 0 && `电话:${record.phones.join("、")}`,
      ]);
    case "power":
      return line(record.name, [
        record.powerType,
        organ(record.entityId),
        record.target && `对象:${record.target}`,
        sayBases(record.basis),
        record.note,
      ]);
    case "procedure":
      return line(record.name, [
        record.powerType,
        ...record.steps.map((step) => `${step.name}:${step.action}`),
      ]);
    case "relief":
      return line(record.reliefKind, [
        record.body,
        record.handledBy,
        record.limit && `期限:${sayTimeLimit(record.limit)}(${record.limit.from})`,
        record.methods.join("、"),
        record.materials.join("、"),
      ]);
    case "supervision":
      return line(`${record.body}${record.channelKind}`, [
        record.phones.join("、"),
        record.address,
        record.accepts,
      ]);
    case "benchmark":
      return line(record.violation, [
        sayBases([record.chosenBasis]),
        ...record.tiers.map((tier) => `${tier.grade}:${tier.condition},${sayPenalty(tier)}`),
      ]);
    case "exemption":
      return line(record.violation, [record.exemptionKind, ...record.conditions, record.measures]);
    case "inspection":
      return line(record.name, [
        organ(record.entityId),
        record.target,
        record.content,
        record.methods.join("、"),
        `比例:${record.ratio.text}`,
        `频次:${record.frequency.text}`,
      ]);
    case "legal-review":
      return line(record.matter, [record.powerType, organ(record.entityId), "法制审核", ...record.points]);
    case "av-record":
      return line(record.matter, [
        record.powerType,
        organ(record.entityId),
        "音像记录",
        record.stage,
        record.content,
      ]);
    case "guide":
      return line(record.name, [
        organ(record.entityId),
        record.conditions,
        record.materials.map((material) => material.name).join("、"),
        record.process,
        record.fee,
      ]);
    case "filing":
      return line(record.what, ["备案", record.fileTo, sayTimeLimit(record.within)]);
    case "decision":
      return line(record.docNo, [organ(record.entityId), record.party, record.conclusion]);
    case "hotline":
      return line(`${record.name} ${record.number}`, [record.scope]);
    case "faq":
      return { heading: record.question, text: record.answer };
    case "point":
      return { heading: record.topic, text: [record.lead, ...record.more].join("") };
  }
}

const line = (heading: string, parts: readonly (string | undefined | false | "")[]) => ({
  heading,
  text: [heading, ...parts.filter((part): part is string => Boolean(part))].join("。"),
});

const sayBases = (bases: readonly LegalBasis[]) =>
  bases.map((basis) => `《${basis.title}》${basis.article ?? ""}`).join("、");

/** `15个工作日`, `60日`, `6个月`. */
export function sayTimeLimit(limit: TimeLimit): string {
  return limit.unit === "工作日" ? `${limit.amount}个工作日` : `${limit.amount}${limit.unit}`;
}

/** `1000元以上5000元以下`, with 不含 said where an end is open. */
export function sayInterval(range: Interval): string {
  const { min, max, unit } = range;
  const low = min === null ? "" : `${min}${unit}${range.minIncluded ? "以上" : "以上(不含本数)"}`;
  const high = max === null ? "" : `${max}${unit}${range.maxIncluded ? "以下" : "以下(不含本数)"}`;
  if (min !== null && min === max) return `${min}${unit}`;
  return low + high;
}

/** What a tier brings: its kinds, then the fine in 元 or as a multiple. */
export function sayPenalty(tier: DiscretionBenchmark["tiers"][number]): string {
  const amounts = [tier.fine, tier.multiple].flatMap((range) => (range ? [sayInterval(range)] : []));
  const kinds = tier.penalties.join("、");
  if (amounts.length === 0) return kinds || tier.text;
  return kinds.includes("罚款")
    ? `${kinds}(${amounts.join(",")})`
    : [kinds, ...amounts].filter(Boolean).join(",");
}

function identifiersOf(record: Row): string[] {
  switch (record.kind) {
    case "entity":
      return record.uscc ? [record.uscc] : [];
    case "power":
      return record.code ? [record.code.value] : [];
    case "benchmark":
    case "decision":
      return record.docNo ? [record.docNo] : [];
    case "hotline":
      return [record.number];
    default:
      return [];
  }
}

/** Where a record applies: its own area, else its organ's; national records everywhere. */
function areaOf(record: PublishedRecord, library: Library): string | undefined {
  if ("area" in record && record.area !== "全国") return record.area;
  return record.dataset === "national" ? undefined : ownerOf(record, library)?.area;
}

/** The organ a record belongs to, through its power when it names none itself. */
export function ownerOf(record: PublishedRecord, library: Library) {
  const id =
    "entityId" in record && record.entityId
      ? record.entityId
      : "entityIds" in record
        ? record.entityIds[0]
        : "powerIds" in record
          ? powerOwner(record.powerIds[0], library)
          : undefined;
  const found = id ? library.find(id) : undefined;
  return found?.kind === "entity" ? found : undefined;
}

function powerOwner(powerId: string | undefined, library: Library): string | undefined {
  const power = powerId ? library.find(powerId) : undefined;
  return power?.kind === "power" ? power.entityId : undefined;
}

function organName(id: string, library: Library): string | undefined {
  const found = library.find(id);
  return found?.kind === "entity" ? found.name : undefined;
}
