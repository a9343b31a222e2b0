/** The fictional city: areas and organs of every legal nature. No name here exists anywhere. */
import type { Entity, verticalSystems } from "../../../src/records/schema.ts";

/** Printed on every list that states addresses and phones. */
export const NOT_REAL = "演示数据:机关、人员、地址、电话均为虚构,请勿拨打或前往。";

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly level: Entity["level"];
  readonly parent?: string;
  readonly aliases: readonly string[];
}

export const places: readonly Place[] = [
  { code: "990000", name: "演示省", level: "省", aliases: [] },
  { code: "990100", name: "演示市", level: "市", parent: "990000", aliases: ["演示"] },
  { code: "990101", name: "东演区", level: "县", parent: "990100", aliases: ["东演"] },
  { code: "990102", name: "西演区", level: "县", parent: "990100", aliases: ["西演"] },
  { code: "990103", name: "南演县", level: "县", parent: "990100", aliases: ["南演"] },
  { code: "990104", name: "北演县", level: "县", parent: "990100", aliases: ["北演"] },
  { code: "990105", name: "中演市", level: "县", parent: "990100", aliases: ["中演"] },
  { code: "990100-GXQ", name: "演示高新区", level: "县", parent: "990100", aliases: ["演示开发区"] },
  { code: "990101001", name: "样例街道", level: "乡", parent: "990101", aliases: [] },
  { code: "990102001", name: "例证街道", level: "乡", parent: "990102", aliases: [] },
  { code: "990103100", name: "示范镇", level: "乡", parent: "990103", aliases: [] },
  { code: "990104100", name: "假设镇", level: "乡", parent: "990104", aliases: [] },
  { code: "990105100", name: "模拟镇", level: "乡", parent: "990105", aliases: [] },
];

export interface OrganSeed {
  /** Id part: `ent_demo_scjg`. */
  readonly key: string;
  readonly name: string;
  readonly area: string;
  readonly level: Entity["level"];
  readonly nature: Entity["nature"];
  /** Key of its government (for a government, of the next higher). */
  readonly government?: string;
  readonly superior?: string;
  readonly vertical?: (typeof verticalSystems)[number];
  readonly dispatchedBy?: string;
  readonly byDivision?: boolean;
  readonly ownName?: boolean;
  readonly delegatedBy?: string;
  readonly delegation?: Entity["delegation"];
  readonly continuedBy?: string;
  /** Domain of matters it enforces; absent: it is here so that jurisdiction can be found. */
  readonly domain?: string;
  readonly aliases: readonly string[];
  /** Published hearing thresholds (公民, 单位) in yuan; absent: the organ has not published any. */
  readonly hearing?: readonly [number, number];
}

const city = { area: "990100", level: "市", nature: "工作部门", government: "zf" } as const;
const county = (area: string, government: string) =>
  ({ area, level: "县", nature: "工作部门", government }) as const;
const east = county("990101", "dy_zf");
const west = county("990102", "xy_zf");
const south = county("990103", "ny_zf");
const north = county("990104", "by_zf");
const middle = county("990105", "zy_zf");

const governments: readonly OrganSeed[] = [
  {
    key: "sheng_zf",
    name: "演示省人民政府",
    area: "990000",
    level: "省",
    nature: "人民政府",
    aliases: ["演示省政府"],
  },
  {
    key: "zf",
    name: "演示市人民政府",
    area: "990100",
    level: "市",
    nature: "人民政府",
    government: "sheng_zf",
    aliases: ["演示市政府"],
  },
  {
    key: "dy_zf",
    name: "东演区人民政府",
    area: "990101",
    level: "县",
    nature: "人民政府",
    government: "zf",
    aliases: ["东演区政府"],
  },
  {
    key: "xy_zf",
    name: "西演区人民政府",
    area: "990102",
    level: "县",
    nature: "人民政府",
    government: "zf",
    aliases: ["西演区政府"],
  },
  {
    key: "ny_zf",
    name: "南演县人民政府",
    area: "990103",
    level: "县",
    nature: "人民政府",
    government: "zf",
    aliases: ["南演县政府"],
  },
  {
    key: "by_zf",
    name: "北演县人民政府",
    area: "990104",
    level: "县",
    nature: "人民政府",
    government: "zf",
    aliases: ["北演县政府"],
  },
  {
    key: "zy_zf",
    name: "中演市人民政府",
    area: "990105",
    level: "县",
    nature: "人民政府",
    government: "zf",
    aliases: ["中演市政府"],
  },
  {
    key: "ny_sf_zf",
    name: "南演县示范镇人民政府",
    area: "990103100",
    level: "乡",
    nature: "人民政府",
    government: "ny_zf",
    domain: "cg",
    aliases: ["示范镇政府", "示范镇人民政府"],
  },
  {
    key: "by_js_zf",
    name: "北演县假设镇人民政府",
    area: "990104100",
    level: "乡",
    nature: "人民政府",
    government: "by_zf",
    domain: "cg",
    aliases: ["假设镇政府", "假设镇人民政府"],
  },
  {
    key: "zy_mn_zf",
    name: "中演市模拟镇人民政府",
    area: "990105100",
    level: "乡",
    nature: "人民政府",
    government: "zy_zf",
    aliases: ["模拟镇政府", "模拟镇人民政府"],
  },
  {
    key: "dy_yl_jd",
    name: "东演区样例街道办事处",
    area: "990101001",
    level: "乡",
    nature: "派出机关",
    government: "dy_zf",
    dispatchedBy: "dy_zf",
    domain: "cg",
    aliases: ["样例街道办", "样例街道办事处", "样例街办"],
  },
  {
    key: "xy_lz_jd",
    name: "西演区例证街道办事处",
    area: "990102001",
    level: "乡",
    nature: "派出机关",
    government: "xy_zf",
    dispatchedBy: "xy_zf",
    aliases: ["例证街道办", "例证街道办事处"],
  },
];

const superiors: readonly OrganSeed[] = [
  {
    key: "guojia_zj",
    name: "国家演示总局",
    area: "100000",
    level: "国家",
    nature: "国务院部门",
    aliases: [],
  },
  {
    key: "sheng_sft",
    name: "演示省司法厅",
    area: "990000",
    level: "省",
    nature: "工作部门",
    government: "sheng_zf",
    aliases: [],
  },
  {
    key: "sheng_swj",
    name: "国家税务总局演示省税务局",
    area: "990000",
    level: "省",
    nature: "工作部门",
    vertical: "税务",
    aliases: ["演示省税务局"],
  },
  {
    key: "sheng_hg",
    name: "演示省海关",
    area: "990000",
    level: "省",
    nature: "工作部门",
    vertical: "海关",
    aliases: [],
  },
];

const cityOrgans: readonly OrganSeed[] = [
  {
    ...city,
    key: "sfj",
    name: "演示市司法局",
    superior: "sheng_sft",
    domain: "sf",
    aliases: ["演示市法制办", "演示市行政执法监督局"],
    hearing: [2000, 20000],
  },
  {
    ...city,
    key: "scjg",
    name: "演示市市场监督管理局",
    domain: "sc",
    aliases: ["演示市市监局", "演示市市场监管局", "演示市工商局", "演示市质监局"],
    hearing: [10000, 100000],
  },
  {
    ...city,
    key: "cgj",
    name: "演示市城市管理局",
    domain: "cg",
    aliases: ["演示市城管局", "演示市城管", "演示市综合执法局"],
    hearing: [2000, 20000],
  },
  { ...city, key: "gaj", name: "演示市公安局", domain: "ga", aliases: ["演示市公安"] },
  {
    ...city,
    key: "jtj",
    name: "演示市交通运输局",
    domain: "jt",
    aliases: ["演示市交通局", "演示市运管"],
    hearing: [5000, 30000],
  },
  {
    ...city,
    key: "yjj",
    name: "演示市应急管理局",
    domain: "yj",
    aliases: ["演示市应急局", "演示市安监局"],
    hearing: [10000, 50000],
  },
  {
    ...city,
    key: "sthj",
    name: "演示市生态环境局",
    domain: "hb",
    aliases: ["演示市环保局"],
    hearing: [10000, 100000],
  },
  {
    ...city,
    key: "wjw",
    name: "演示市卫生健康委员会",
    domain: "wj",
    aliases: ["演示市卫健委", "演示市卫计委"],
  },
  {
    ...city,
    key: "nync",
    name: "演示市农业农村局",
    domain: "ny",
    aliases: ["演示市农业局", "演示市畜牧局"],
    hearing: [3000, 30000],
  },
  {
    ...city,
    key: "zrzy",
    name: "演示市自然资源和规划局",
    domain: "zr",
    aliases: ["演示市国土局", "演示市规划局"],
  },
  {
    ...city,
    key: "zjj",
    name: "演示市住房和城乡建设局",
    domain: "zj",
    aliases: ["演示市住建局", "演示市房管局"],
    hearing: [5000, 50000],
  },
  {
    ...city,
    key: "wlj",
    name: "演示市文化和旅游局",
    domain: "wl",
    aliases: ["演示市文旅局"],
    hearing: [5000, 30000],
  },
  {
    ...city,
    key: "rsj",
    name: "演示市人力资源和社会保障局",
    domain: "rs",
    aliases: ["演示市人社局", "演示市劳动局"],
  },
  { ...city, key: "jyj", name: "演示市教育局", domain: "jy", aliases: [], hearing: [5000, 50000] },
  { ...city, key: "swj", name: "演示市水务局", domain: "sw", aliases: ["演示市水利局"] },
  {
    ...city,
    key: "xfj",
    name: "演示市消防救援支队",
    nature: "授权组织",
    domain: "xf",
    aliases: ["演示市消防队", "演示市消防支队"],
    hearing: [5000, 50000],
  },
  {
    ...city,
    key: "gjj",
    name: "演示市住房公积金管理中心",
    nature: "授权组织",
    dispatchedBy: "zf",
    domain: "gj",
    aliases: ["演示市公积金中心"],
  },
  {
    ...city,
    key: "swjj",
    name: "国家税务总局演示市税务局",
    vertical: "税务",
    superior: "sheng_swj",
    domain: "shui",
    aliases: ["演示市税务局"],
  },
  { ...city, key: "hg", name: "演示海关", vertical: "海关", superior: "sheng_hg", aliases: [] },
];

const countyOrgans: readonly OrganSeed[] = [
  { ...east, key: "dy_sfj", name: "东演区司法局", superior: "sfj", domain: "sf", aliases: ["东演司法局"] },
  {
    ...east,
    key: "dy_scjg",
    name: "东演区市场监督管理局",
    superior: "scjg",
    domain: "sc",
    aliases: ["东演区市监局", "东演区市场监管局", "东演区工商局"],
    hearing: [5000, 50000],
  },
  {
    ...east,
    key: "dy_cgj",
    name: "东演区城市管理局",
    superior: "cgj",
    domain: "cg",
    aliases: ["东演区城管局", "东演城管"],
    hearing: [2000, 20000],
  },
  {
    ...east,
    key: "dy_wjw",
    name: "东演区卫生健康局",
    superior: "wjw",
    domain: "wj",
    aliases: ["东演区卫健局"],
  },
  { ...west, key: "xy_sfj", name: "西演区司法局", superior: "sfj", domain: "sf", aliases: [] },
  {
    ...west,
    key: "xy_scjg",
    name: "西演区市场监督管理局",
    superior: "scjg",
    domain: "sc",
    aliases: ["西演区市监局", "西演区市场监管局"],
  },
  {
    ...west,
    key: "xy_cgj",
    name: "西演区城市管理局",
    superior: "cgj",
    domain: "cg",
    aliases: ["西演区城管局", "西演城管"],
  },
  {
    ...west,
    key: "xy_zjj",
    name: "西演区住房和城乡建设局",
    superior: "zjj",
    domain: "zj",
    aliases: ["西演区住建局"],
    hearing: [5000, 50000],
  },
  { ...south, key: "ny_sfj", name: "南演县司法局", superior: "sfj", domain: "sf", aliases: [] },
  {
    ...south,
    key: "ny_scjg",
    name: "南演县市场监督管理局",
    superior: "scjg",
    domain: "sc",
    aliases: ["南演县市监局", "南演县市场监管局"],
  },
  {
    ...south,
    key: "ny_zhzf",
    name: "南演县综合行政执法局",
    superior: "cgj",
    domain: "cg",
    aliases: ["南演县综合执法局", "南演县城管局", "南演城管"],
  },
  { ...south, key: "ny_swj", name: "南演县水务局", superior: "swj", domain: "sw", aliases: ["南演县水利局"] },
  {
    ...south,
    key: "ny_nync",
    name: "南演县农业农村局",
    superior: "nync",
    domain: "ny",
    aliases: ["南演县农业局"],
  },
  { ...north, key: "by_sfj", name: "北演县司法局", superior: "sfj", domain: "sf", aliases: [] },
  {
    ...north,
    key: "by_scjg",
    name: "北演县市场监督管理局",
    superior: "scjg",
    domain: "sc",
    aliases: ["北演县市监局", "北演县市场监管局"],
  },
  {
    ...north,
    key: "by_yjj",
    name: "北演县应急管理局",
    superior: "yjj",
    domain: "yj",
    aliases: ["北演县应急局"],
  },
  {
    ...north,
    key: "by_jtj",
    name: "北演县交通运输局",
    superior: "jtj",
    domain: "jt",
    aliases: ["北演县交通局"],
  },
  { ...middle, key: "zy_sfj", name: "中演市司法局", superior: "sfj", domain: "sf", aliases: [] },
  {
    ...middle,
    key: "zy_scjg",
    name: "中演市市场监督管理局",
    superior: "scjg",
    domain: "sc",
    aliases: ["中演市市监局", "中演市市场监管局"],
  },
  {
    ...middle,
    key: "zy_cgj",
    name: "中演市城市管理局",
    superior: "cgj",
    domain: "cg",
    aliases: ["中演市城管局", "中演城管"],
  },
  {
    ...middle,
    key: "zy_yjj",
    name: "中演市应急管理局",
    superior: "yjj",
    domain: "yj",
    aliases: ["中演市应急局"],
  },
  {
    ...middle,
    key: "zy_swjj",
    name: "国家税务总局中演市税务局",
    vertical: "税务",
    superior: "swjj",
    domain: "shui",
    aliases: ["中演市税务局"],
  },
];

const dispatched: readonly OrganSeed[] = [
  {
    ...east,
    key: "dy_sthj",
    name: "演示市生态环境局东演分局",
    nature: "派出机构",
    government: "zf",
    superior: "sthj",
    dispatchedBy: "sthj",
    byDivision: true,
    ownName: true,
    domain: "hb",
    aliases: ["东演环保局", "东演生态环境分局", "东演区环保局"],
  },
  {
    ...east,
    key: "dy_gaj",
    name: "演示市公安局东演分局",
    nature: "派出机构",
    government: "zf",
    superior: "gaj",
    dispatchedBy: "gaj",
    byDivision: true,
    ownName: true,
    domain: "ga",
    aliases: ["东演公安分局", "东演区公安局"],
  },
  {
    ...east,
    key: "dy_yl_pcs",
    name: "演示市公安局东演分局样例派出所",
    area: "990101001",
    level: "乡",
    nature: "派出机构",
    government: "zf",
    superior: "dy_gaj",
    dispatchedBy: "dy_gaj",
    ownName: true,
    aliases: ["样例派出所"],
  },
  {
    ...east,
    key: "dy_yl_scs",
    name: "东演区市场监督管理局样例所",
    area: "990101001",
    level: "乡",
    nature: "派出机构",
    government: "dy_zf",
    superior: "dy_scjg",
    dispatchedBy: "dy_scjg",
    ownName: true,
    aliases: ["样例市场监管所", "样例市场所"],
  },
  {
    ...city,
    key: "gxq",
    name: "演示高新技术产业开发区管理委员会",
    area: "990100-GXQ",
    level: "县",
    nature: "开发区管理机构",
    aliases: ["演示高新区管委会", "高新区管委会"],
  },
  {
    ...city,
    key: "cgj_jdk",
    name: "演示市城市管理局执法监督科",
    nature: "内设机构",
    dispatchedBy: "cgj",
    aliases: [],
  },
  {
    ...city,
    key: "ws",
    name: "演示市市容环境卫生服务中心",
    nature: "受委托组织",
    delegatedBy: "cgj",
    delegation: {
      docNo: "演城管委〔2026〕1号",
      scope: "市区道路乱倒垃圾、随地吐痰等市容环境卫生违法行为的警告和二百元以下罚款",
      from: "2026-01-01",
      to: "2028-12-31",
    },
    aliases: ["演示市环卫中心"],
  },
  {
    ...city,
    key: "ys",
    name: "演示市道路运输稽查服务站",
    nature: "受委托组织",
    delegatedBy: "jtj",
    delegation: {
      docNo: "演交委〔2023〕3号",
      scope: "客货运输站场的日常检查",
      from: "2023-11-01",
      to: "2026-10-31",
    },
    aliases: ["演示市运输稽查站"],
  },
  {
    ...city,
    key: "syj",
    name: "演示市食品药品监督管理局",
    continuedBy: "scjg",
    aliases: ["演示市食药监局", "演示市原食药局"],
  },
];

export const organs: readonly OrganSeed[] = [
  ...governments,
  ...superiors,
  ...cityOrgans,
  ...countyOrgans,
  ...dispatched,
];

export const entityId = (key: string): string => `ent_demo_${key}`;

/** The seed with this key. */
export function organSeed(key: string): OrganSeed {
  const seed = organs.find((organ) => organ.key === key);
  if (!seed) throw new RangeError(`no demo organ ${key}`);
  return seed;
}

/** Name of the place with this code. */
export function placeName(code: string): string {
  return places.find((place) => place.code === code)?.name ?? code;
}
