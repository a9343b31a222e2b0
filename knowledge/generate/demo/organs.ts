/** Areas, and the list of enforcement bodies of the fictional city. */
import type { Area, Entity } from "../../../src/records/schema.ts";
import { common, type Draft, invented } from "./draft.ts";
import { openList } from "./list.ts";
import { domainOf } from "./matters.ts";
import { entityId, NOT_REAL, type OrganSeed, organs, placeName, places } from "./places.ts";

/** Made up so plainly that nobody dials it. */
export const demoPhone = (index: number): string => `0000-${String(index).padStart(7, "0")}`;
export const demoAddress = (place: string, index: number): string => `${place}演示路${index}号(虚构)`;

/** Organs that have not published address and phone: a deliberate gap for the completeness check. */
const SILENT = new Set(["ny_swj", "by_yjj", "xy_lz_jd"]);

export function organDraft(): Draft {
  const list = openList({
    path: "主体/演示市行政执法主体公示表.xlsx",
    format: "xlsx",
    kind: "entity",
    title: "演示市行政执法主体公示表",
    publisher: "演示市司法局",
    publishedOn: "2026-03-02",
    header: [
      "序号",
      "执法主体名称",
      "主体类别",
      "执法职责和权限",
      "执法依据",
      "办公地址",
      "联系电话",
      "备注",
    ],
  });
  const areaList = openList({
    path: "主体/演示市区划表.csv",
    format: "csv",
    kind: "area",
    title: "演示市区划表",
    publisher: "演示市民政局",
    publishedOn: "2026-01-05",
    header: ["区划代码", "名称", "级别", "上级代码"],
  });
  const areas = places.map((place): Area => {
    const source = areaList.add([place.code, place.name, place.level, place.parent ?? ""]);
    const { code, name, level, aliases } = place;
    return {
      kind: "area",
      id: `are_demo_${code.toLowerCase().replace("-", "_")}`,
      ...common(source),
      code,
      name,
      level,
      parentCode: place.parent,
      aliases: [...aliases],
    };
  });
  const entities = organs.map((seed, index) => entity(seed, index, list.add));
  return { records: [...areas, ...entities], lists: [list.list, areaList.list] };
}

function entity(seed: OrganSeed, index: number, add: ReturnType<typeof openList>["add"]): Entity {
  const domain = seed.domain === undefined ? undefined : domainOf(seed.domain);
  const silent = SILENT.has(seed.key);
  const duties =
    domain && `负责${placeName(seed.area)}${domain.field}领域的行政执法,受理相关举报,公开执法信息。`;
  const authorityScope =
    domain && `依照《${domain.regulation}》及已公示的权责清单行使职权,未列入清单的不得行使。`;
  const basis = domain ? [invented(domain.regulation, 4, `${domain.field}主管部门负责本条例的实施。`)] : [];
  const address = silent ? undefined : demoAddress(placeName(seed.area), index + 1);
  const phones = silent ? [] : [demoPhone(index + 1)];
  const source = add([
    String(index + 1),
    seed.name,
    categoryOf(seed),
    duties ?? "",
    basis.map((each) => each.raw).join(";"),
    address ?? "",
    phones.join(),
    seed.continuedBy ? "已撤销,职权由演示市市场监督管理局继续行使" : (seed.delegation?.docNo ?? ""),
  ]);
  return {
    kind: "entity",
    id: entityId(seed.key),
    ...common(source),
    caution: NOT_REAL,
    name: seed.name,
    aliases: [...seed.aliases],
    nature: seed.nature,
    enforces: domain !== undefined,
    area: seed.area,
    level: seed.level,
    governmentId: optionalId(seed.government),
    superiorId: optionalId(seed.superior),
    vertical: seed.vertical,
    isJustice: seed.domain === "sf" || seed.key === "sheng_sft",
    dispatchedById: optionalId(seed.dispatchedBy),
    byDivision: seed.byDivision,
    ownNameAuthorized: seed.ownName,
    delegatedById: optionalId(seed.delegatedBy),
    delegation: seed.delegation,
    continuedById: optionalId(seed.continuedBy),
    duties,
    authorityScope,
    basis,
    address,
    phones,
    officeHours: silent ? undefined : "工作日 9:00–12:00,14:30–17:30",
    qualificationNotice: domain && {
      title: "演示市行政执法主体资格公告(虚构)",
      docNo: "演政告〔2026〕1号",
      date: "2026-03-02",
    },
    hearingThreshold: seed.hearing && {
      person: seed.hearing[0],
      unit: seed.hearing[1],
      basis: {
        raw: `《演示市行政处罚听证标准(虚构)》第三条:对公民罚款${seed.hearing[0]}元以上、对单位罚款${seed.hearing[1]}元以上属于较大数额罚款。`,
        rank: "规范性文件",
        title: "演示市行政处罚听证标准(虚构)",
        issueNo: "演政规〔2026〕2号",
        article: "第三条",
      },
    },
  };
}

const optionalId = (key: string | undefined): string | undefined => (key ? entityId(key) : undefined);

function categoryOf(seed: OrganSeed): string {
  switch (seed.nature) {
    case "授权组织":
      return "授权组织";
    case "受委托组织":
      return "受委托组织";
    case "派出机构":
      return "派出机构";
    case "派出机关":
      return "乡镇街道";
    case "人民政府":
      return seed.level === "乡" ? "乡镇街道" : "人民政府";
    default:
      return seed.nature === "工作部门" ? "法定行政机关" : seed.nature;
  }
}
