/** A small city whose records break no rule; cases change one thing and see it named. */
import type { Day } from "../../src/law/day.ts";
import { PublishedRecord, type RecordKind, type RecordOf } from "../../src/records/schema.ts";

export const today: Day = "2026-11-24";

const common = {
  dataset: "demo",
  status: "published",
  validity: { effectiveFrom: "2026-01-01", reviewBy: "2027-06-30" },
  source: {
    title: "测试清单",
    publisher: "测试机关",
    file: "测试.xlsx",
    sha256: "0".repeat(64),
    importedBy: "甲",
    checkedBy: "乙",
  },
};
const organ = {
  ...common,
  kind: "entity",
  aliases: [],
  enforces: false,
  area: "990100",
  level: "市",
  isJustice: false,
  basis: [],
  phones: [],
};
const local = { raw: "《测试市条例》第五条", rank: "地方性法规", title: "测试市条例", article: "第五条" };
const penalties = {
  raw: "《行政处罚法》第五十四条",
  rank: "法律",
  title: "行政处罚法",
  article: "第五十四条",
};
const interval = (min: number, minIncluded: boolean, max: number, maxIncluded: boolean) => ({
  min,
  minIncluded,
  max,
  maxIncluded,
  unit: "元",
});
const tier = (grade: string, order: number, fine: ReturnType<typeof interval>) => ({
  grade,
  order,
  condition: grade,
  penalties: ["罚款"],
  fine,
  text: grade,
});
const power = {
  ...common,
  kind: "power",
  entityId: "ent_t_cg",
  coEntityIds: [],
  level: "市",
  basis: [local],
  duties: [],
  accountability: [],
};
const relief = {
  ...common,
  kind: "relief",
  entityIds: ["ent_t_cg"],
  phones: [],
  methods: ["当面"],
  materials: [],
};
const officer = {
  ...common,
  kind: "officer",
  certType: "行政执法证",
  certState: "有效",
  auxiliary: false,
  entityId: "ent_t_cg",
  fields: [],
  validUntil: "2029-12-31",
};
const reviewed = {
  ...common,
  kind: "legal-review",
  entityId: "ent_t_cg",
  powerType: "行政处罚",
  basis: [penalties],
  materials: ["材料"],
  points: ["程序"],
};

const point = { ...common, kind: "point", topic: "申请复议", aspect: "howLong", audience: "both", more: [] };

const records = [
  { ...organ, id: "ent_t_zf", name: "测试市人民政府", nature: "人民政府" },
  {
    ...organ,
    id: "ent_t_sf",
    name: "测试市司法局",
    nature: "工作部门",
    governmentId: "ent_t_zf",
    isJustice: true,
  },
  {
    ...organ,
    id: "ent_t_cg",
    name: "测试市城管局",
    nature: "工作部门",
    governmentId: "ent_t_zf",
    enforces: true,
  },
  {
    ...organ,
    id: "ent_t_wt",
    name: "测试市环卫中心",
    nature: "受委托组织",
    delegatedById: "ent_t_cg",
    delegation: { scope: "警告", from: "2026-01-01", to: "2027-12-31" },
  },
  {
    ...power,
    id: "pow_t_1",
    powerType: "行政处罚",
    name: "对占道经营的处罚",
    code: { value: "CF-1", scheme: "本地" },
    procedureIds: ["pro_t_1"],
  },
  { ...power, id: "pow_t_2", powerType: "行政检查", name: "对商铺的检查", procedureIds: [] },
  { ...power, id: "pow_t_3", powerType: "行政强制", name: "对物品的扣押", procedureIds: [] },
  {
    ...common,
    kind: "procedure",
    id: "pro_t_1",
    name: "普通程序",
    powerType: "行政处罚",
    powerIds: [],
    procedureKind: "普通",
    steps: [1, 2].map((no) => ({ no, name: "步骤", action: "做", office: "科", documents: [] })),
    basis: [penalties],
  },
  {
    ...common,
    kind: "procedure",
    id: "pro_t_2",
    name: "当场处罚",
    powerType: "行政处罚",
    powerIds: [],
    procedureKind: "简易",
    steps: [1, 2].map((no) => ({ no, name: "步骤", action: "做", office: "科", documents: [] })),
    reconsiderationFirst: true,
    basis: [penalties],
  },
  {
    ...common,
    kind: "benchmark",
    id: "ben_t_1",
    powerIds: ["pow_t_1"],
    violation: "占道经营",
    chosenBasis: local,
    statutory: { penalties: ["罚款"], fine: interval(100, true, 1000, true) },
    issuer: "测试市城管局",
    issuerLevel: "市",
    docNo: "测规〔2026〕1号",
    tiers: [
      { ...tier("不予处罚", 1, interval(0, true, 0, true)) },
      tier("较轻", 2, interval(100, true, 400, false)),
      tier("较重", 3, interval(400, true, 1000, true)),
    ],
  },
  {
    ...relief,
    id: "rel_t_1",
    reliefKind: "行政复议",
    body: "测试市人民政府",
    limit: { amount: 60, unit: "日", from: "知道之日" },
    basis: [{ raw: "《行政复议法》第二十条", rank: "法律", title: "行政复议法" }],
  },
  {
    ...relief,
    id: "rel_t_2",
    reliefKind: "行政诉讼",
    body: "测试法院",
    limit: { amount: 6, unit: "个月", from: "知道之日" },
    basis: [{ raw: "《行政诉讼法》第四十六条", rank: "法律", title: "行政诉讼法" }],
    jurisdictionNotice: { title: "管辖公告", date: "2026-03-01" },
  },
  {
    ...common,
    kind: "supervision",
    id: "sup_t_1",
    entityIds: ["ent_t_cg"],
    channelKind: "监督机关",
    body: "测试市司法局",
    phones: [],
    accepts: "投诉",
  },
  { ...officer, id: "off_t_1", name: "张例甲", certNo: "99010000001" },
  { ...officer, id: "off_t_2", name: "王例甲", certNo: "99010000002" },
  ...["重大公共利益", "重大权益", "听证", "疑难复杂", "重大社会影响"].map((matter, index) => ({
    ...reviewed,
    id: `rev_t_${index + 1}`,
    matter,
  })),
  {
    ...common,
    kind: "av-record",
    id: "av_t_1",
    entityId: "ent_t_cg",
    powerType: "行政强制",
    matter: "扣押",
    stage: "全过程",
    device: "记录仪",
    content: "全过程",
    wholeProcess: true,
    retention: { kind: "永久" },
  },
  {
    ...common,
    kind: "inspection",
    id: "ins_t_1",
    entityId: "ent_t_cg",
    name: "商铺抽查",
    basis: [local],
    target: "商铺",
    methods: [],
    ratio: { kind: "percent", min: 5, text: "5%" },
    frequency: { period: "年", text: "每年一次" },
    partnerNames: [],
    level: "市",
    joint: false,
  },
  {
    ...common,
    kind: "decision",
    id: "dec_t_1",
    entityId: "ent_t_cg",
    docNo: "测罚〔2026〕1号",
    party: "李某某",
    powerType: "行政处罚",
    conclusion: "罚款",
    decidedOn: "2026-09-28",
    publishedOn: "2026-10-13",
  },
  {
    ...common,
    kind: "annual",
    id: "ann_t_1",
    entityId: "ent_t_cg",
    year: 2025,
    publishedOn: "2026-01-31",
    penalty: { byKind: { 警告: 2, 罚款: 3 }, total: 5, confiscated: { amount: 1, unit: "万元" } },
  },
  {
    ...point,
    id: "pt_t_1",
    lead: "自知道之日起60日内申请。",
    basis: [{ law: "复议法", article: "20", numbers: [60] }],
    rule: "reconsiderationApply",
    asks: { a: ["多久内申请复议"] },
    next: ["pt_t_2"],
    nearMisses: [{ q: "向谁申请复议", point: "pt_t_2" }],
  },
  {
    ...point,
    id: "pt_t_2",
    lead: "向本级人民政府申请。",
    basis: [{ law: "复议法", article: "24", numbers: [] }],
    asks: { a: ["向谁申请复议"] },
  },
];

/** Fresh copies: a case may change them. */
export const aCity = (): PublishedRecord[] => records.map((record) => PublishedRecord.parse(record));

/** The record with this id as its kind. */
export function recordOf<K extends RecordKind>(
  set: readonly PublishedRecord[],
  kind: K,
  id: string,
): RecordOf<K> {
  const found = set.find((record): record is RecordOf<K> => record.kind === kind && record.id === id);
  if (!found) throw new RangeError(`no ${kind} ${id}`);
  return found;
}
