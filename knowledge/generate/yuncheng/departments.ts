/**
 * The departments a city of Shanxi and its counties usually have, as names only: what jurisdiction needs.
 * Which of them are enforcement bodies, with which powers, only their own publication can say.
 */
import type { Entity, verticalSystems } from "../../../src/records/schema.ts";

export interface Department {
  /** Id part: `ent_140800_scjg`. */
  readonly key: string;
  /** City name after the place: `市场监督管理局`; a function when the place stands elsewhere. */
  readonly city?: string | ((place: string) => string);
  readonly county?: string | ((place: string) => string);
  /** Old names and nicknames, with the place put before each; `简称` alone is added without the place. */
  readonly aliases: readonly string[];
  readonly nature?: Entity["nature"];
  readonly vertical?: (typeof verticalSystems)[number];
  /** The county body is set up by the city department (市局派出分局). */
  readonly branch?: boolean;
  /** Key of the department it belongs to (交警支队 of 公安局). */
  readonly within?: string;
  readonly ownName?: boolean;
  readonly caution?: string;
}

const VERTICAL = "按垂直领导整理;复议机关以处罚决定书写明和该机关公告为准。";

export const departments: readonly Department[] = [
  { key: "sfj", city: "司法局", county: "司法局", aliases: ["法制办", "政府法制办公室", "行政执法监督局"] },
  {
    key: "scjg",
    city: "市场监督管理局",
    county: "市场监督管理局",
    aliases: [
      "市场监管局",
      "市监局",
      "市场局",
      "工商局",
      "工商行政管理局",
      "质监局",
      "质量技术监督局",
      "食药监局",
      "食品药品监督管理局",
    ],
  },
  {
    key: "gaj",
    city: "公安局",
    county: (place) => (place === "盐湖区" ? "运城市公安局盐湖分局" : `${place}公安局`),
    aliases: ["公安"],
    caution: "名称与隶属按通常设置整理,盐湖区按市公安局分局整理,以本机关公告为准。",
  },
  {
    key: "jj",
    city: "公安局交通警察支队",
    county: (place) =>
      place === "盐湖区" ? "运城市公安局交通警察支队盐湖大队" : `${place}公安局交通警察大队`,
    aliases: ["交警支队", "交警大队", "交警队", "交警"],
    nature: "派出机构",
    within: "gaj",
    ownName: true,
    caution: "按公安机关交通管理部门依法以自己名义处罚整理,名称和隶属以本机关公告为准。",
  },
  {
    key: "cgj",
    city: "城市管理局",
    county: "城市管理局",
    aliases: ["城管局", "城管", "城管执法局", "城市管理综合行政执法局", "综合执法局", "综合行政执法局"],
  },
  {
    key: "jtj",
    city: "交通运输局",
    county: "交通运输局",
    aliases: ["交通局", "运管所", "运管", "路政", "交通运输综合行政执法队"],
  },
  {
    key: "yjj",
    city: "应急管理局",
    county: "应急管理局",
    aliases: ["应急局", "安监局", "安全生产监督管理局"],
  },
  {
    key: "sthj",
    city: "生态环境局",
    county: (place) => `运城市生态环境局${place.replace(/[区县市]$/, "")}分局`,
    aliases: ["环保局", "环境保护局", "生态环境分局", "环保分局"],
    branch: true,
    caution: "县级按市生态环境局派出分局整理(推断),以谁的名义作决定、名称是否如此,以决定书和本机关公告为准。",
  },
  {
    key: "nync",
    city: "农业农村局",
    county: "农业农村局",
    aliases: ["农业局", "农委", "农业委员会", "畜牧局", "畜牧兽医局", "农机局"],
  },
  {
    key: "wjw",
    city: "卫生健康委员会",
    county: "卫生健康局",
    aliases: ["卫健委", "卫健局", "卫计委", "卫生局"],
  },
  {
    key: "zrzy",
    city: "规划和自然资源局",
    county: "自然资源局",
    aliases: ["自然资源局", "国土局", "国土资源局", "规划局", "土地局"],
  },
  { key: "swj", city: "水务局", county: "水务局", aliases: ["水利局"] },
  {
    key: "zjj",
    city: "住房和城乡建设局",
    county: "住房和城乡建设局",
    aliases: ["住建局", "建设局", "房管局", "房产管理局"],
  },
  {
    key: "wlj",
    city: "文化和旅游局",
    county: "文化和旅游局",
    aliases: ["文旅局", "文化局", "旅游局", "文广新局"],
  },
  {
    key: "rsj",
    city: "人力资源和社会保障局",
    county: "人力资源和社会保障局",
    aliases: ["人社局", "劳动局", "社保局", "劳动监察"],
  },
  { key: "jyj", city: "教育局", county: "教育局", aliases: ["教育科技局", "教科局"] },
  { key: "mzj", city: "民政局", county: "民政局", aliases: [] },
  { key: "czj", city: "财政局", county: "财政局", aliases: [] },
  { key: "sjj", city: "审计局", county: "审计局", aliases: [] },
  { key: "tjj", city: "统计局", county: "统计局", aliases: [] },
  { key: "ybj", city: "医疗保障局", county: "医疗保障局", aliases: ["医保局"] },
  { key: "lyj", city: "林业局", county: "林业局", aliases: [] },
  { key: "nyj", city: "能源局", county: "能源局", aliases: ["煤炭局", "煤炭工业局"] },
  { key: "fgw", city: "发展和改革委员会", county: "发展和改革局", aliases: ["发改委", "发改局", "物价局"] },
  { key: "gxj", city: "工业和信息化局", county: "工业和信息化局", aliases: ["工信局", "经信局", "经委"] },
  { key: "swu", city: "商务局", aliases: [] },
  { key: "kjj", city: "科学技术局", aliases: ["科技局"] },
  { key: "tyj", city: "体育局", aliases: [] },
  { key: "wwj", city: "文物局", aliases: [] },
  {
    key: "spj",
    city: "行政审批服务管理局",
    county: "行政审批服务管理局",
    aliases: ["行政审批局", "审批局", "政务大厅", "政务服务中心"],
  },
  { key: "tyjr", city: "退役军人事务局", county: "退役军人事务局", aliases: [] },
  {
    key: "gjj",
    city: "住房公积金管理中心",
    aliases: ["公积金中心", "公积金"],
    nature: "授权组织",
    caution: "按行政法规授权的组织整理,性质和名称以本单位公告为准。",
  },
  {
    key: "xfj",
    city: "消防救援支队",
    county: "消防救援大队",
    aliases: ["消防队", "消防支队", "消防大队", "消防"],
    caution: "性质按通常设置整理;复议机关以处罚决定书写明的为准。",
  },
  {
    key: "swjj",
    city: (place) => `国家税务总局${place}税务局`,
    county: (place) => (place === "盐湖区" ? "国家税务总局运城市盐湖区税务局" : `国家税务总局${place}税务局`),
    aliases: ["税务局", "国税局", "地税局", "国税", "地税", "税务"],
    vertical: "税务",
  },
  {
    key: "ycj",
    city: "烟草专卖局",
    county: "烟草专卖局",
    aliases: ["烟草局"],
    vertical: "其他",
    caution: VERTICAL,
  },
  { key: "qxj", city: "气象局", county: "气象局", aliases: [], vertical: "其他", caution: VERTICAL },
  { key: "yzj", city: "邮政管理局", aliases: [], vertical: "其他", caution: VERTICAL },
  { key: "gaq", city: "国家安全局", aliases: ["国安局"], vertical: "国家安全", caution: VERTICAL },
  { key: "hg", city: () => "运城海关", aliases: ["海关"], vertical: "海关", caution: VERTICAL },
  {
    key: "rmyh",
    city: (place) => `中国人民银行${place}分行`,
    aliases: ["人民银行", "人行"],
    vertical: "金融",
    caution: VERTICAL,
  },
  {
    key: "jrjg",
    city: () => "国家金融监督管理总局运城监管分局",
    aliases: ["金融监管分局", "银保监分局"],
    vertical: "金融",
    caution: VERTICAL,
  },
  {
    key: "whj",
    city: (place) => `国家外汇管理局${place}分局`,
    aliases: ["外汇局"],
    vertical: "外汇",
    caution: VERTICAL,
  },
];
