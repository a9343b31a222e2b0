/** 区划表 and 执法主体公示表 of the fictional city. */

import { type List, openList } from "./list.ts";
import { domainOf } from "./matters.ts";
import { NOT_REAL, type OrganSeed, organSeed, organs, placeName, places } from "./places.ts";
import { invented } from "./words.ts";

/** Made up so plainly that nobody dials it. */
export const demoPhone = (index: number): string => `0000-${String(index).padStart(7, "0")}`;
export const demoAddress = (place: string, index: number): string => `${place}演示路${index}号(虚构)`;

/** Organs that have not published address and phone: a deliberate gap for the completeness check. */
const SILENT = new Set(["ny_swj", "by_yjj", "xy_lz_jd"]);

export function organLists(): readonly List[] {
  const areas = openList({
    path: "主体/演示市区划表.csv",
    format: "csv",
    kind: "area",
    title: "演示市区划表",
    publisher: "演示市民政局",
    publishedOn: "2026-01-05",
    header: ["区划代码", "名称", "级别", "上级代码", "别名"],
  });
  for (const place of places)
    areas.add(place.code, place.name, place.level, place.parent ?? "", place.aliases.join("、"));
  return [areas.list, bodies()];
}

/** Column by column, what 主体公示表 says of an organ. */
const COLUMNS: readonly (readonly [header: string, cell: (organ: OrganSeed, index: number) => string])[] = [
  ["序号", (_, index) => String(index + 1)],
  ["执法主体名称", (organ) => organ.name],
  ["简称", (organ) => organ.aliases.join("、")],
  ["主体类别", categoryOf],
  ["行政区划代码", (organ) => organ.area],
  ["行政层级", (organ) => organ.level],
  ["所属人民政府", (organ) => nameOf(organ.government)],
  ["上级主管部门", (organ) => nameOf(organ.superior)],
  ["垂直管理系统", (organ) => organ.vertical ?? ""],
  ["设立机关", (organ) => nameOf(organ.dispatchedBy)],
  ["是否按行政区划设立", (organ) => (organ.byDivision ? "是" : "")],
  ["是否以自己名义执法", (organ) => (organ.ownName ? "是" : "")],
  ["委托机关", (organ) => nameOf(organ.delegatedBy)],
  ["委托事项", (organ) => organ.delegation?.scope ?? ""],
  ["委托期限", ({ delegation }) => (delegation ? `${delegation.from}至${delegation.to}` : "")],
  ["委托书文号", (organ) => organ.delegation?.docNo ?? ""],
  ["继续行使职权的机关", (organ) => nameOf(organ.continuedBy)],
  [
    "执法职责",
    (organ) =>
      ifEnforcing(
        organ,
        ({ field }) => `负责${placeName(organ.area)}${field}领域的行政执法,受理相关举报,公开执法信息。`,
      ),
  ],
  [
    "执法权限",
    (organ) =>
      ifEnforcing(
        organ,
        ({ regulation }) => `依照《${regulation}》及已公示的权责清单行使职权,未列入清单的不得行使。`,
      ),
  ],
  [
    "执法依据",
    (organ) =>
      ifEnforcing(organ, ({ regulation, field }) =>
        invented(regulation, 4, `${field}主管部门负责本条例的实施。`),
      ),
  ],
  ["主体资格公告", (organ) => ifEnforcing(organ, () => "演示市行政执法主体资格公告(虚构)")],
  ["主体资格公告文号", (organ) => ifEnforcing(organ, () => "演政告〔2026〕1号")],
  ["主体资格公告日期", (organ) => ifEnforcing(organ, () => "2026-03-02")],
  ["听证标准(公民)(元)", ({ hearing }) => (hearing ? String(hearing[0]) : "")],
  ["听证标准(单位)(元)", ({ hearing }) => (hearing ? String(hearing[1]) : "")],
  [
    "听证标准依据",
    ({ hearing }) =>
      hearing
        ? `《演示市行政处罚听证标准(虚构)》(演政规〔2026〕2号)第三条:对公民罚款${hearing[0]}元以上、对单位罚款${hearing[1]}元以上属于较大数额罚款。`
        : "",
  ],
  ["办公地址", (organ, index) => unlessSilent(organ, demoAddress(placeName(organ.area), index + 1))],
  ["联系电话", (organ, index) => unlessSilent(organ, demoPhone(index + 1))],
  ["办公时间", (organ) => unlessSilent(organ, "工作日 9:00–12:00,14:30–17:30")],
  ["特别提示", () => NOT_REAL],
];

function bodies(): List {
  const open = openList({
    path: "主体/演示市行政执法主体公示表.xlsx",
    format: "xlsx",
    kind: "entity",
    title: "演示市行政执法主体公示表",
    publisher: "演示市司法局",
    publishedOn: "2026-03-02",
    header: COLUMNS.map(([header]) => header),
  });
  organs.forEach((organ, index) => {
    open.add(...COLUMNS.map(([, cell]) => cell(organ, index)));
  });
  return open.list;
}

const nameOf = (key: string | undefined): string => (key ? organSeed(key).name : "");
const unlessSilent = (organ: OrganSeed, text: string): string => (SILENT.has(organ.key) ? "" : text);

/** An organ without a field is listed so that jurisdiction can be found: it says no duties and no basis. */
function ifEnforcing(organ: OrganSeed, say: (domain: ReturnType<typeof domainOf>) => string): string {
  return organ.domain === undefined ? "" : say(domainOf(organ.domain));
}

function categoryOf(seed: OrganSeed): string {
  switch (seed.nature) {
    case "派出机关":
      return "乡镇街道";
    case "人民政府":
      return seed.level === "乡" ? "乡镇街道" : "人民政府";
    case "工作部门":
      return "法定行政机关";
    default:
      return seed.nature;
  }
}
