/**
 * Every instrument the rules rest on, in the version that was read, and the dead ones people still cite.
 * The short name on the left is how the code cites it (`cite.ts`); people's other names are in `aliases`.
 */
import type { Day } from "./day.ts";
import type { Law, LawRank, Mark } from "./legal-ref.ts";

interface Entry extends Omit<Law, "mark" | "caution" | "issuer"> {
  readonly issuer?: string;
  readonly mark?: Mark;
  readonly caution?: string;
  readonly aliases?: readonly string[];
}

const NPC = "全国人民代表大会常务委员会";
const STATE_COUNCIL = "国务院";
const COURT = "最高人民法院";
const OFFICE = "国务院办公厅";

const law = (key: string, version: Day, effectiveFrom: Day, more: Partial<Entry> = {}): Entry => ({
  key,
  title: `中华人民共和国${key}`,
  rank: "法律",
  issuer: NPC,
  version,
  effectiveFrom,
  ...more,
});

const instrument = (
  rank: LawRank,
  issuer: string,
  key: string,
  version: Day,
  effectiveFrom: Day,
  more: Partial<Entry> = {},
): Entry => ({ key, title: key, rank, issuer, version, effectiveFrom, ...more });

/** Read only in excerpts or reprints: usable with the caution, never as a verbatim quotation. */
const secondHand = (caution: string) => ({ mark: "S" as const, caution });

const table = {
  处罚法: law("行政处罚法", "2021-01-22", "2021-07-15", { aliases: ["行政处罚法"] }),
  复议法: law("行政复议法", "2023-09-01", "2024-01-01"),
  强制法: law("行政强制法", "2011-06-30", "2012-01-01"),
  许可法: law("行政许可法", "2019-04-23", "2019-04-23"),
  行诉法: law("行政诉讼法", "2017-06-27", "2017-07-01"),
  行诉解释: instrument(
    "司法解释",
    COURT,
    "最高人民法院关于适用〈行政诉讼法〉的解释",
    "2018-02-06",
    "2018-02-08",
    { docNo: "法释〔2018〕1号", aliases: ["行政诉讼法解释", "行政诉讼法司法解释", "行诉法解释", "适用解释"] },
  ),
  国赔法: law("国家赔偿法", "2012-10-26", "2013-01-01", { aliases: ["赔偿法"] }),
  行政赔偿规定: instrument(
    "司法解释",
    COURT,
    "最高人民法院关于审理行政赔偿案件若干问题的规定",
    "2022-03-20",
    "2022-05-01",
    { docNo: "法释〔2022〕10号" },
  ),
  被告资格规定: instrument(
    "司法解释",
    COURT,
    "最高人民法院关于正确确定县级以上地方人民政府行政诉讼被告资格若干问题的规定",
    "2021-03-25",
    "2021-04-01",
    { docNo: "法释〔2021〕5号" },
  ),
  治安法: law("治安管理处罚法", "2025-06-27", "2026-01-01", { aliases: ["治安处罚法", "治安管理法"] }),
  道交法: law("道路交通安全法", "2021-04-29", "2021-04-29", { aliases: ["交通安全法", "道路交通法"] }),
  道交程序: instrument("部门规章", "公安部", "道路交通安全违法行为处理程序规定", "2020-04-07", "2020-05-01", {
    aliases: ["交通违法处理程序规定"],
  }),
  复议条例: instrument("行政法规", STATE_COUNCIL, "行政复议法实施条例", "2007-05-29", "2007-08-01", {
    title: "中华人民共和国行政复议法实施条例",
    docNo: "国务院令第499号",
    aliases: ["复议法实施条例"],
  }),
  民诉法: law("民事诉讼法", "2023-09-01", "2024-01-01"),
  民法典: law("民法典", "2020-05-28", "2021-01-01", { issuer: "全国人民代表大会" }),
  信访条例: instrument("党内法规", "中共中央、国务院", "信访工作条例", "2022-02-25", "2022-05-01", {
    aliases: ["信访条例"],
  }),
  公开条例: instrument("行政法规", STATE_COUNCIL, "政府信息公开条例", "2019-04-03", "2019-05-15", {
    title: "中华人民共和国政府信息公开条例",
    docNo: "国务院令第711号",
    aliases: ["信息公开条例"],
  }),
  个保法: law("个人信息保护法", "2021-08-20", "2021-11-01", { aliases: ["个人信息法"] }),
  监察法: law("监察法", "2024-12-25", "2025-06-01", { issuer: NPC }),
  政务处分法: law("公职人员政务处分法", "2020-06-20", "2020-07-01", { aliases: ["政务处分法"] }),
  公务员法: law("公务员法", "2018-12-29", "2019-06-01"),
  民营经济促进法: law("民营经济促进法", "2025-04-30", "2025-05-20", { aliases: ["民企促进法"] }),
  移送规定: instrument(
    "行政法规",
    STATE_COUNCIL,
    "行政执法机关移送涉嫌犯罪案件的规定",
    "2020-08-07",
    "2020-08-07",
    { docNo: "国务院令第310号", aliases: ["两法衔接规定"] },
  ),
  罚缴分离办法: instrument(
    "行政法规",
    STATE_COUNCIL,
    "罚款决定与罚款收缴分离实施办法",
    "1997-11-17",
    "1998-01-01",
    { docNo: "国务院令第235号" },
  ),
  节假日办法: instrument("行政法规", STATE_COUNCIL, "全国年节及纪念日放假办法", "2024-11-10", "2025-01-01", {
    aliases: ["放假办法"],
  }),
  诉讼费办法: instrument("行政法规", STATE_COUNCIL, "诉讼费用交纳办法", "2006-12-19", "2007-04-01", {
    docNo: "国务院令第481号",
  }),
  指导意见118号: instrument(
    "规范性文件",
    OFFICE,
    "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "2018-12-05",
    "2018-12-05",
    { docNo: "国办发〔2018〕118号", aliases: ["118号", "三项制度指导意见", "三项制度"] },
  ),
  试点方案14号: instrument(
    "规范性文件",
    OFFICE,
    "国务院办公厅关于印发推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度试点工作方案的通知",
    "2017-01-19",
    "2017-01-19",
    { docNo: "国办发〔2017〕14号", aliases: ["14号", "三项制度试点方案"] },
  ),
  裁量意见27号: instrument(
    "规范性文件",
    OFFICE,
    "国务院办公厅关于进一步规范行政裁量权基准制定和管理工作的意见",
    "2022-07-29",
    "2022-07-29",
    { docNo: "国办发〔2022〕27号", aliases: ["27号", "裁量权基准意见"] },
  ),
  双随机58号: instrument(
    "规范性文件",
    OFFICE,
    "国务院办公厅关于推广随机抽查规范事中事后监管的通知",
    "2015-07-29",
    "2015-07-29",
    { docNo: "国办发〔2015〕58号", aliases: ["58号", "双随机通知"] },
  ),
  营商条例: instrument("行政法规", STATE_COUNCIL, "优化营商环境条例", "2019-10-22", "2020-01-01", {
    docNo: "国务院令第722号",
    aliases: ["营商环境条例"],
  }),
  山西裁量办法: instrument(
    "政府规章",
    "山西省人民政府",
    "山西省规范行政执法裁量权办法",
    "2021-03-30",
    "2021-05-01",
    { docNo: "山西省人民政府令第286号", aliases: ["山西省裁量权办法", "省裁量权办法"] },
  ),
  市监程序: instrument(
    "部门规章",
    "国家市场监督管理总局",
    "市场监督管理行政处罚程序规定",
    "2022-09-29",
    "2022-11-01",
    { docNo: "国家市场监督管理总局令第2号(2022年修正)", aliases: ["市场监管处罚程序规定"] },
  ),
  市监公示: instrument(
    "部门规章",
    "国家市场监督管理总局",
    "市场监督管理行政处罚信息公示规定",
    "2021-07-30",
    "2021-09-01",
    { docNo: "国家市场监督管理总局令第45号" },
  ),
  法律援助法: law("法律援助法", "2021-08-20", "2022-01-01"),
  出境入境管理法: law("出境入境管理法", "2012-06-30", "2013-07-01", { aliases: ["出入境管理法"] }),
  税收征管法: law("税收征收管理法", "2015-04-24", "2015-04-24", { aliases: ["税收征管法", "征管法"] }),
  关税法: law("关税法", "2024-04-26", "2024-12-01"),
  反垄断法: law("反垄断法", "2022-06-24", "2022-08-01"),
  电影法: law("电影产业促进法", "2016-11-07", "2017-03-01"),
  反间谍法: law("反间谍法", "2023-04-26", "2023-07-01"),
  价格处罚规定: instrument(
    "行政法规",
    STATE_COUNCIL,
    "价格违法行为行政处罚规定",
    "2010-12-04",
    "2010-12-04",
    {
      docNo: "国务院令第585号",
      aliases: ["价格处罚规定"],
    },
  ),
  生态环境法典: law("生态环境法典", "2026-08-15", "2026-08-15", {
    issuer: "全国人民代表大会",
    ...secondHand("通过日期未核,此处以施行日期标注;条文请以公布文本为准"),
    aliases: ["环境法典"],
  }),
  监督条例: instrument("行政法规", STATE_COUNCIL, "行政执法监督条例", "2025-12-17", "2026-02-01", {
    docNo: "国务院令第825号",
    ...secondHand("只读到部分条文和新闻摘要,办理期限未见全文"),
  }),
  投诉举报办法121号: instrument(
    "部门规章",
    "国家市场监督管理总局",
    "市场监督管理投诉举报处理办法",
    "2025-12-30",
    "2026-04-15",
    {
      docNo: "国家市场监督管理总局令第121号",
      ...secondHand("只读到开头几条,办理期限未见全文"),
      aliases: ["市监投诉举报办法"],
    },
  ),
  涉企检查54号: instrument(
    "规范性文件",
    OFFICE,
    "国务院办公厅关于严格规范涉企行政检查的意见",
    "2025-01-03",
    "2025-01-03",
    {
      docNo: "国办发〔2024〕54号",
      ...secondHand("原文未读,据官方摘要;版本日期为公布日期"),
      aliases: ["54号", "涉企检查意见"],
    },
  ),
  检查文书格式: instrument(
    "规范性文件",
    "司法部",
    "行政检查文书基本格式文本(试行)",
    "2025-05-08",
    "2025-05-08",
    secondHand("据司法部网站介绍,格式文本原件未逐份核对"),
  ),
  省执法条例: instrument(
    "地方性法规",
    "山西省人民代表大会常务委员会",
    "山西省行政执法条例",
    "2019-07-31",
    "2019-07-31",
    secondHand("只读到第一条至第六条;施行日期未核,此处为修订日期"),
  ),
  重大处罚备案办法: instrument(
    "政府规章",
    "山西省人民政府",
    "山西省重大行政处罚决定备案办法",
    "2007-01-01",
    "2007-01-01",
    {
      docNo: "山西省人民政府令第206号",
      ...secondHand("原文未读,据运城市政府办公厅通知转述;月日未核"),
      aliases: ["省令206号"],
    },
  ),
  食品安全法: law("食品安全法", "2021-04-29", "2021-04-29", {
    ...secondHand("读的是2021年文本;2025年另有修正,条文以公布文本为准"),
  }),
  药品管理法: law("药品管理法", "2019-08-26", "2019-12-01"),
  产品质量法: law("产品质量法", "2018-12-29", "2018-12-29"),
  消保法: law("消费者权益保护法", "2013-10-25", "2014-03-15", { aliases: ["消法", "消费者法"] }),
  广告法: law("广告法", "2021-04-29", "2021-04-29"),
  反不正当竞争法: law("反不正当竞争法", "2019-04-23", "2019-04-23", {
    ...secondHand("读的是2019年文本;2025年已修订,条号和金额以新文本为准"),
  }),
  电子商务法: law("电子商务法", "2018-08-31", "2019-01-01"),
  市场主体条例: instrument("行政法规", STATE_COUNCIL, "市场主体登记管理条例", "2021-07-27", "2022-03-01", {
    title: "中华人民共和国市场主体登记管理条例",
    docNo: "国务院令第746号",
  }),
  无照办法: instrument("行政法规", STATE_COUNCIL, "无证无照经营查处办法", "2017-08-06", "2017-10-01", {
    docNo: "国务院令第684号",
  }),
  安全生产法: law("安全生产法", "2021-06-10", "2021-09-01"),
  消防法: law("消防法", "2021-04-29", "2021-04-29"),
  道路运输条例: instrument("行政法规", STATE_COUNCIL, "道路运输条例", "2023-07-20", "2023-07-20", {
    title: "中华人民共和国道路运输条例",
  }),
  公路法: law("公路法", "2017-11-04", "2017-11-05"),
  城乡规划法: law("城乡规划法", "2019-04-23", "2019-04-23", { aliases: ["规划法"] }),
  土地管理法: law("土地管理法", "2019-08-26", "2020-01-01", { aliases: ["土地法"] }),
  市容条例: instrument("行政法规", STATE_COUNCIL, "城市市容和环境卫生管理条例", "2017-03-01", "2017-03-01", {
    aliases: ["市容和环境卫生管理条例"],
  }),
  劳动监察条例: instrument("行政法规", STATE_COUNCIL, "劳动保障监察条例", "2004-11-01", "2004-12-01", {
    docNo: "国务院令第423号",
  }),
  劳动合同法: law("劳动合同法", "2012-12-28", "2013-07-01"),
  娱乐场所条例: instrument("行政法规", STATE_COUNCIL, "娱乐场所管理条例", "2020-11-29", "2020-11-29"),
  旅游法: law("旅游法", "2018-10-26", "2018-10-26"),
  建筑法: law("建筑法", "2019-04-23", "2019-04-23"),
  工程质量条例: instrument("行政法规", STATE_COUNCIL, "建设工程质量管理条例", "2019-04-23", "2019-04-23"),
  物业条例: instrument("行政法规", STATE_COUNCIL, "物业管理条例", "2018-03-19", "2018-03-19"),
  房屋征收条例: instrument(
    "行政法规",
    STATE_COUNCIL,
    "国有土地上房屋征收与补偿条例",
    "2011-01-21",
    "2011-01-21",
    { docNo: "国务院令第590号", aliases: ["征收条例", "房屋征收补偿条例"] },
  ),
  农产品质量法: law("农产品质量安全法", "2022-09-02", "2023-01-01"),
  动物防疫法: law("动物防疫法", "2021-01-22", "2021-05-01"),
  烟花爆竹条例: instrument("行政法规", STATE_COUNCIL, "烟花爆竹安全管理条例", "2016-02-06", "2016-02-06"),
  检举控告规则: instrument(
    "党内法规",
    "中共中央办公厅",
    "纪检监察机关处理检举控告工作规则",
    "2020-01-21",
    "2020-01-21",
    secondHand("据二手资料,原文未核"),
  ),
} satisfies Record<string, Entry>;

/** The short names code cites by. */
export type LawAlias = keyof typeof table;

/** The short names, for checking what data cites. */
export const lawAliases: ReadonlySet<string> = new Set(Object.keys(table));

const toLaw = ({ aliases: _, ...entry }: Entry): Law => ({ mark: "T", issuer: STATE_COUNCIL, ...entry });

/** Every instrument read, by short name. */
export const laws = Object.fromEntries(
  Object.entries(table).map(([alias, entry]) => [alias, toLaw(entry)]),
) as Readonly<Record<LawAlias, Law>>;

const bare = (name: string) => name.replace(/[《》〈〉()\uff08\uff09\s]/g, "").replace(/^中华人民共和国/, "");

const byName = new Map<string, Law>();
for (const [alias, entry] of Object.entries<Entry>(table)) {
  const found = laws[alias as LawAlias];
  for (const name of [alias, entry.key, entry.title, entry.docNo, ...(entry.aliases ?? [])]) {
    if (name) byName.set(bare(name), found);
  }
}

/** The instrument people mean by a key, short name, full title or 文号; undefined when none was read. */
export function findLaw(name: string): Law | undefined {
  return byName.get(bare(name));
}
