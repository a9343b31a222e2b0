/**
 * What an organ must publish and whether it has: 27 weighted lines.
 * Yardstick: 运政办发〔2017〕91号第三项, 国办发〔2018〕118号(四)(五)(六)(八)(十二), 行政处罚法第三十四、三十九、四十八条.
 */
import { addDays, type Day, yearOf } from "../law/day.ts";
import { isCurrent, type Library } from "./library.ts";
import type { PowerType } from "./primitives.ts";
import type { Entity, PowerItem } from "./schema.ts";

export interface Line {
  readonly no: number;
  readonly item: string;
  /** 2 where a citizen cannot act without it, else 1. */
  readonly weight: 1 | 2;
  /** Undefined: the line does not apply to this organ. */
  readonly met: boolean | undefined;
  /** What is missing, in words; empty when met. */
  readonly missing: string;
}

export interface Completeness {
  readonly entity: string;
  readonly name: string;
  readonly area: string;
  /** Weight met over weight applicable, 0–1. */
  readonly score: number;
  readonly met: number;
  readonly applicable: number;
  readonly lines: readonly Line[];
  /** The three heaviest lines that are not met. */
  readonly worst: readonly string[];
}

interface Facts {
  readonly library: Library;
  readonly entity: Entity;
  readonly today: Day;
  readonly powers: readonly PowerItem[];
  readonly types: ReadonlySet<PowerType>;
}

interface Check {
  readonly item: string;
  readonly weight: 1 | 2;
  /** What is missing; empty string = met; undefined = does not apply. */
  readonly missing: (facts: Facts) => string | undefined;
}

/** 普通程序执法人员不少于两人 (行政处罚法第四十二条). */
const MIN_OFFICERS = 2;

/** In the order of the yardstick; a line number is its place here plus one. */
const checks: readonly Check[] = [
  {
    item: "执法主体",
    weight: 2,
    missing: ({ entity }) =>
      lacking({
        法定依据: entity.basis.length > 0,
        办公地址: entity.address,
        联系电话: entity.phones.length > 0,
      }),
  },
  {
    item: "主体资格公告",
    weight: 1,
    missing: ({ entity }) => lacking({ 主体资格公告: entity.qualificationNotice }),
  },
  { item: "委托信息", weight: 1, missing: delegationGaps },
  { item: "执法人员", weight: 2, missing: officerGaps },
  { item: "职责", weight: 1, missing: ({ entity }) => lacking({ 职责: entity.duties }) },
  {
    item: "权限",
    weight: 2,
    missing: ({ entity, powers }) =>
      lacking({ 权责事项: powers.length > 0, 权限说明: entity.authorityScope }),
  },
  {
    item: "权责清单",
    weight: 1,
    missing: ({ powers }) =>
      some(
        powers,
        (power) => power.duties.length > 0 && power.accountability.length > 0,
        "责任事项或追责情形",
      ),
  },
  {
    item: "执法依据",
    weight: 2,
    missing: ({ powers }) =>
      some(powers, (power) => power.basis.every((basis) => basis.article), "具体到条的依据"),
  },
  { item: "执法程序", weight: 2, missing: procedureGaps },
  { item: "流程图", weight: 1, missing: chartGaps },
  { item: "服务指南", weight: 1, missing: guideGaps },
  {
    item: "随机抽查事项清单",
    weight: 1,
    missing: (facts) =>
      only("行政检查", facts, () => lacking({ 抽查事项清单: own("inspection", facts).length > 0 })),
  },
  {
    item: "年度抽查计划",
    weight: 1,
    missing: (facts) =>
      only("行政检查", facts, () =>
        lacking({
          [`${yearOf(facts.today)} 年抽查计划`]: own("inspection", facts).some(
            (item) => item.dateTo !== undefined && yearOf(item.dateTo) >= yearOf(facts.today),
          ),
        }),
      ),
  },
  { item: "裁量基准", weight: 1, missing: benchmarkGaps },
  { item: "救济渠道", weight: 2, missing: reliefGaps },
  { item: "监督方式", weight: 2, missing: supervisionGaps },
  {
    item: "咨询方式",
    weight: 1,
    missing: ({ entity }) => lacking({ 咨询电话: entity.phones.length > 0, 办公时间: entity.officeHours }),
  },
  {
    item: "重大执法决定法制审核目录清单",
    weight: 1,
    missing: (facts) =>
      perMajorType(
        facts,
        own("legal-review", facts).map((item) => item.powerType),
        "法制审核目录",
      ),
  },
  { item: "音像记录事项清单", weight: 1, missing: recordingGaps },
  {
    item: "执法决定公示",
    weight: 1,
    missing: (facts) =>
      only("行政处罚", facts, () =>
        lacking({
          近一年的执法决定: own("decision", facts).some(
            (notice) => notice.publishedOn >= addDays(facts.today, -365),
          ),
        }),
      ),
  },
  { item: "撤回更新机制", weight: 1, missing: withdrawalGaps },
  { item: "统计年报", weight: 1, missing: annualGaps },
  {
    item: "窗口岗位信息",
    weight: 1,
    missing: (facts) =>
      only("行政许可", facts, () =>
        lacking({ 窗口地址和时间: own("guide", facts).some((guide) => guide.place && guide.hours) }),
      ),
  },
  { item: "动态更新", weight: 1, missing: updateGaps },
  {
    item: "审核记录",
    weight: 1,
    missing: ({ powers }) =>
      some(
        powers,
        ({ source }) =>
          source.importedBy !== undefined &&
          source.checkedBy !== undefined &&
          source.importedBy !== source.checkedBy,
        "两人审核记录",
      ),
  },
  {
    item: "重大处罚备案规则",
    weight: 1,
    missing: (facts) =>
      only("行政处罚", facts, () => lacking({ 重大处罚备案标准: own("filing", facts).length > 0 })),
  },
  {
    item: "免罚清单",
    weight: 1,
    missing: (facts) => only("行政处罚", facts, () => lacking({ 免罚清单: exemptions(facts) > 0 })),
  },
];

/** One organ's score on `today`. Drafts count for nothing: only what is published does. */
export function completeness(library: Library, entity: Entity, today: Day): Completeness {
  const powers = own("power", { library, entity, today });
  const facts: Facts = {
    library,
    entity,
    today,
    powers,
    types: new Set(powers.map((power) => power.powerType)),
  };
  const lines = checks.map(({ item, weight, missing }, index): Line => {
    const lacks = missing(facts);
    return {
      no: index + 1,
      item,
      weight,
      met: lacks === undefined ? undefined : lacks === "",
      missing: lacks ?? "",
    };
  });
  const weigh = (some: readonly Line[]) => some.reduce((sum, line) => sum + line.weight, 0);
  const met = weigh(lines.filter((line) => line.met === true));
  const applicable = weigh(lines.filter((line) => line.met !== undefined));
  const gaps = lines.filter((line) => line.met === false).sort((a, b) => b.weight - a.weight || a.no - b.no);
  return {
    entity: entity.id,
    name: entity.name,
    area: entity.area,
    score: applicable === 0 ? 0 : met / applicable,
    met,
    applicable,
    lines,
    worst: gaps.slice(0, 3).map((line) => `${line.item}(缺${line.missing})`),
  };
}

/** What the code of every area inside begins with: `140800` is a city, its counties begin with `1408`. */
export const within = (area: string): string => (/^\d{4}00$/.test(area) ? area.slice(0, 4) : area);

/** Every enforcing organ, worst first. */
export function completenessOfAll(library: Library, today: Day, area?: string): readonly Completeness[] {
  return library
    .current("entity", today)
    .filter((entity) => entity.enforces && (area === undefined || entity.area.startsWith(within(area))))
    .map((entity) => completeness(library, entity, today))
    .sort((a, b) => a.score - b.score || a.name.localeCompare(b.name, "zh"));
}

function own<
  K extends
    | "power"
    | "officer"
    | "inspection"
    | "legal-review"
    | "av-record"
    | "guide"
    | "decision"
    | "annual"
    | "relief"
    | "supervision"
    | "procedure"
    | "filing",
>(kind: K, { library, entity, today }: Pick<Facts, "library" | "entity" | "today">) {
  return library.of(kind, entity.id).filter((record) => isCurrent(record, today));
}

/** The names of whatever is absent, joined; empty when nothing is. */
function lacking(wanted: Readonly<Record<string, unknown>>): string {
  return Object.entries(wanted)
    .filter(([, value]) => value === undefined || value === false || value === "")
    .map(([name]) => name)
    .join("、");
}

/** A line that only an organ with powers of this type must meet. */
function only(type: PowerType, facts: Facts, missing: () => string): string | undefined {
  return facts.types.has(type) ? missing() : undefined;
}

function some(
  powers: readonly PowerItem[],
  holds: (power: PowerItem) => boolean,
  what: string,
): string | undefined {
  if (powers.length === 0) return undefined;
  const without = powers.filter((power) => !holds(power)).length;
  return without === 0 ? "" : `${without} 项${what}`;
}

function delegationGaps({ library, entity, today }: Facts): string | undefined {
  const delegated = library.current("entity", today).filter((other) => other.delegatedById === entity.id);
  if (delegated.length === 0) return undefined;
  const bare = delegated.filter((other) => other.delegation === undefined).map((other) => other.name);
  return bare.length === 0 ? "" : `${bare.join("、")}的委托书信息`;
}

function officerGaps(facts: Facts): string {
  const complete = own("officer", facts).filter(
    (officer) =>
      !officer.auxiliary &&
      officer.certState === "有效" &&
      (officer.validUntil === undefined ||
        officer.validUntil >= facts.today.slice(0, officer.validUntil.length)),
  );
  return complete.length >= MIN_OFFICERS ? "" : `至少 ${MIN_OFFICERS} 名有效执法人员`;
}

/** The organ's own, and those published once for every organ of the city. */
function procedures(facts: Facts) {
  const { library, entity, today } = facts;
  const shared = library
    .current("procedure", today)
    .filter((procedure) => procedure.entityId === undefined && procedure.dataset === entity.dataset);
  return [...own("procedure", facts), ...shared];
}

function procedureGaps(facts: Facts): string | undefined {
  const published = new Set(procedures(facts).map((procedure) => procedure.powerType));
  const missing = [...facts.types].filter((type) => !published.has(type) && type !== "其他行政权力");
  return facts.types.size === 0 ? undefined : missing.length === 0 ? "" : `${missing.join("、")}的程序`;
}

function chartGaps(facts: Facts): string | undefined {
  if (facts.types.size === 0) return undefined;
  return procedures(facts).some((procedure) => procedure.flowchart !== undefined) ? "" : "流程图";
}

function guideGaps(facts: Facts): string | undefined {
  return only("行政许可", facts, () => {
    const guided = new Set(own("guide", facts).map((guide) => guide.powerId));
    const bare = facts.powers.filter(
      (power) => power.powerType === "行政许可" && !guided.has(power.id),
    ).length;
    return bare === 0 ? "" : `${bare} 项许可的服务指南`;
  });
}

function benchmarkGaps(facts: Facts): string | undefined {
  return only("行政处罚", facts, () => {
    const bare = facts.powers.filter(
      (power) =>
        power.powerType === "行政处罚" &&
        power.noDiscretion === undefined &&
        facts.library.of("benchmark", power.id).length === 0,
    ).length;
    return bare === 0 ? "" : `${bare} 项处罚的裁量基准`;
  });
}

function reliefGaps(facts: Facts): string {
  const kinds = new Set(own("relief", facts).map((channel) => channel.reliefKind));
  return lacking({
    行政复议渠道: kinds.has("行政复议"),
    行政诉讼渠道: kinds.has("行政诉讼"),
    陈述申辩或听证渠道: kinds.has("陈述申辩") || kinds.has("听证"),
  });
}

function supervisionGaps(facts: Facts): string {
  const channels = own("supervision", facts);
  return lacking({
    "电话、地址或邮箱": channels.some(
      (channel) => channel.phones.length > 0 || channel.address || channel.email,
    ),
    受理和办结时限: channels.some((channel) => channel.acceptWorkingDays && channel.finishWorkingDays),
  });
}

/** 许可、处罚、强制 each need an entry. */
function perMajorType(facts: Facts, listed: readonly PowerType[], what: string): string | undefined {
  const major = (["行政许可", "行政处罚", "行政强制"] as const).filter((type) => facts.types.has(type));
  if (major.length === 0) return undefined;
  const missing = major.filter((type) => !listed.includes(type));
  return missing.length === 0 ? "" : `${missing.join("、")}的${what}`;
}

function recordingGaps(facts: Facts): string | undefined {
  const items = own("av-record", facts);
  if (facts.types.size === 0) return undefined;
  return lacking({
    音像记录事项: items.length > 0,
    全过程记录事项: !facts.types.has("行政强制") || items.some((item) => item.wholeProcess),
    保存期限: items.every((item) => item.retention.kind !== "未写明"),
  });
}

function withdrawalGaps({ library, entity, today }: Facts): string | undefined {
  const withdrawn = library.of("decision", entity.id).filter((notice) => notice.withdrawn !== undefined);
  if (withdrawn.length === 0) return undefined;
  return withdrawn.some((notice) => isCurrent(notice, today)) ? "撤下已撤销的决定" : "";
}

/** Last year's report is due on 31 January (118号(六)). */
function annualGaps(facts: Facts): string | undefined {
  const due = facts.today.slice(5) > "01-31" ? yearOf(facts.today) - 1 : yearOf(facts.today) - 2;
  const report = own("annual", facts).find((annual) => annual.year === due);
  if (facts.types.size === 0) return undefined;
  if (!report) return `${due} 年度统计年报`;
  return report.publishedOn <= `${due + 1}-01-31` ? "" : `按期公布的 ${due} 年度统计年报`;
}

function updateGaps(facts: Facts): string | undefined {
  const { library, entity, today, powers } = facts;
  const overdue = [entity, ...powers, ...library.of("relief", entity.id)].filter(
    (record) => record.validity.reviewBy !== undefined && record.validity.reviewBy < today,
  ).length;
  return overdue === 0 ? "" : `${overdue} 条已过复核日期的记录的更新`;
}

function exemptions({ library, powers }: Facts): number {
  return powers.reduce((sum, power) => sum + library.of("exemption", power.id).length, 0);
}
