/**
 * What people call organs, and what kind of organ they mean. Old names count: after the reforms the successor is meant.
 * `names` are matched in a question; `entity` against the published names of organs.
 */
export interface OrganField {
  readonly field: string;
  readonly names: readonly string[];
  /** Recognises organs of the field by their published name. Absent: no organ can be meant (物业). */
  readonly entity?: RegExp;
}

export const organFields: readonly OrganField[] = [
  {
    field: "城市管理",
    names: [
      "城管执法局",
      "城管执法队",
      "城管大队",
      "城管中队",
      "城管队",
      "城管局",
      "城管",
      "执法局",
      "综合执法局",
      "综合执法大队",
      "综合执法队",
      "综合行政执法局",
      "综合执法",
      "市容",
      "市容局",
    ],
    entity: /城市管理|城管|综合行政执法局/,
  },
  {
    field: "公安交通",
    names: ["交警支队", "交警大队", "交警中队", "交警队", "交警", "交管所", "交管局", "交管", "车管所"],
    entity: /交通警察|交警/,
  },
  {
    field: "市场监管",
    names: [
      "市场监督管理局",
      "市场监管局",
      "市场监管所",
      "市场监管",
      "市场监督局",
      "市监局",
      "市监所",
      "市场局",
      "工商局",
      "工商所",
      "工商",
      "质监局",
      "质监",
      "食药监局",
      "食药监",
      "药监局",
      "物价局",
      "物价所",
      "知识产权局",
      "质量监督局",
    ],
    entity: /市场监督管理(?!所)/,
  },
  {
    field: "生态环境",
    names: ["生态环境局", "环保局", "环保分局", "环境局", "环保", "环境监察", "环境执法"],
    entity: /生态环境/,
  },
  {
    field: "交通运输",
    names: [
      "交通运输局",
      "交通局",
      "路政",
      "路政大队",
      "运管所",
      "运管处",
      "运管",
      "治超站",
      "治超办",
      "治超",
      "公路局",
      "公路段",
      "交通执法",
      "交通综合执法",
    ],
    entity: /交通运输局|交通运输综合/,
  },
  {
    field: "住房建设",
    names: ["住建局", "住房和城乡建设局", "建设局", "房管局", "房产局", "房管", "房管所", "建委"],
    entity: /住房和城乡建设|房产/,
  },
  {
    field: "自然资源",
    names: [
      "自然资源局",
      "规划和自然资源局",
      "国土局",
      "国土资源局",
      "国土所",
      "国土",
      "土地局",
      "规划局",
      "规划",
    ],
    entity: /自然资源局/,
  },
  { field: "应急管理", names: ["应急管理局", "应急局", "安监局", "安监", "安监站"], entity: /应急管理/ },
  {
    field: "卫生健康",
    names: [
      "卫生健康委员会",
      "卫生健康局",
      "卫健委",
      "卫健局",
      "卫生局",
      "卫监所",
      "卫生监督所",
      "卫监",
      "疾控局",
      "卫计委",
    ],
    entity: /卫生健康|疾病预防/,
  },
  {
    field: "文化旅游",
    names: ["文化和旅游局", "文旅局", "文化局", "旅游局", "文化执法", "文化市场执法", "文广新局"],
    entity: /文化和旅游|文化市场综合/,
  },
  {
    field: "公安",
    names: ["公安局", "公安分局", "公安", "派出所", "警察", "民警", "治安大队", "特警"],
    entity: /公安局(?!.*交通警察)|派出所/,
  },
  {
    field: "税务",
    names: ["税务局", "税务所", "国税局", "地税局", "国税", "地税", "税务"],
    entity: /税务局/,
  },
  {
    field: "消防",
    names: ["消防救援支队", "消防救援大队", "消防支队", "消防大队", "消防队", "消防"],
    entity: /消防救援/,
  },
  { field: "司法行政", names: ["司法局", "司法厅", "司法所", "法制办"], entity: /司法[局厅]/ },
  {
    field: "农业农村",
    names: ["农业农村局", "农业局", "农委", "畜牧局", "动检站", "农机局", "渔政", "农业执法"],
    entity: /农业农村/,
  },
  { field: "水务", names: ["水务局", "水利局", "水政监察", "水政", "河道站"], entity: /水务局|水利局/ },
  { field: "林业", names: ["林业局", "林草局", "森林公安", "林业站"], entity: /林业/ },
  {
    field: "人力社保",
    names: ["人力资源和社会保障局", "人社局", "劳动局", "劳动监察大队", "劳动监察", "社保局"],
    entity: /人力资源和社会保障/,
  },
  { field: "教育", names: ["教育局", "教科局", "教体局"], entity: /教育.{0,2}局/ },
  { field: "民政", names: ["民政局"], entity: /民政局/ },
  { field: "医疗保障", names: ["医保局", "医疗保障局"], entity: /医疗保障/ },
  {
    field: "行政审批",
    names: ["行政审批服务管理局", "行政审批局", "审批局", "政务大厅", "政务服务中心", "办事大厅"],
    entity: /行政审批/,
  },
  { field: "烟草", names: ["烟草专卖局", "烟草局", "烟草稽查", "烟草"], entity: /烟草专卖/ },
  { field: "海关", names: ["海关"], entity: /海关/ },
  { field: "能源", names: ["能源局", "煤炭局"], entity: /能源局/ },
  { field: "公积金", names: ["公积金中心", "公积金管理中心"], entity: /公积金/ },
  {
    field: "人民政府",
    names: ["县政府", "区政府", "市政府", "省政府", "镇政府", "乡政府", "人民政府"],
    entity: /人民政府$/,
  },
  { field: "街道", names: ["街道办事处", "街道办", "街办", "办事处"], entity: /街道办事处/ },
  { field: "开发区", names: ["开发区管委会", "管委会", "经开区管委会"], entity: /管理委员会|管委会/ },
  { field: "村社", names: ["村委会", "村委", "居委会", "社区", "村干部", "村里"] },
  { field: "物业", names: ["物业公司", "物业", "小区保安", "停车管理公司"] },
  { field: "法院", names: ["法院"] },
];

/** Governments by the level the nickname says. */
export const governmentLevels: Readonly<Record<string, string>> = {
  省政府: "省",
  市政府: "市",
  县政府: "县",
  区政府: "县",
  镇政府: "乡",
  乡政府: "乡",
};
