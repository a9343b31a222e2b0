/**
 * Dead texts people still cite, and living texts whose clause no longer holds.
 * Asked about one, say what replaced it; never answer from it.
 */
import { cite } from "./cite.ts";
import type { Day } from "./day.ts";
import type { SaidRef } from "./legal-ref.ts";

export interface SupersededLaw {
  /** 《行政处罚法》(2017年修正). */
  readonly title: string;
  /** Names people use for it; matched as substrings of a question. */
  readonly names: readonly string[];
  /** Last day in force, when known. */
  readonly effectiveTo?: Day;
  /** Only a clause is dead, not the whole text. */
  readonly clause?: string;
  /** One sentence for a citizen: what holds now. */
  readonly now: string;
  readonly basis: readonly SaidRef[];
}

const RECONSIDER_60 = [cite("复议法", "20.1"), cite("复议法", "24.1(1)"), cite("行诉法", "46.1")] as const;

/** A regulation that still prints "15 days to the next higher organ": a law alone may depart from 60 days. */
const stale15 = (name: string, article: number): SupersededLaw => ({
  title: `《${name}》`,
  names: [name],
  clause: `第${article}条“15日内申请复议/起诉”`,
  now: "这条里的15日不再适用:申请复议是60日,一般向本级人民政府申请;直接起诉是6个月。",
  basis: [...RECONSIDER_60.slice(0, 2), cite("行诉法", "46.1", "I")],
});

const environment = [
  "环境保护法",
  "大气污染防治法",
  "水污染防治法",
  "固体废物污染环境防治法",
  "噪声污染防治法",
  "土壤污染防治法",
  "环境影响评价法",
].map(
  (name): SupersededLaw => ({
    title: `《${name}》`,
    names: [name],
    effectiveTo: "2026-08-14",
    now: "这部法已随《生态环境法典》2026年8月15日施行而废止;行为发生在此之前的,按从旧兼从轻处理。",
    basis: [cite("生态环境法典", "1242"), cite("处罚法", "37")],
  }),
);

export const supersededLaws: readonly SupersededLaw[] = [
  {
    title: "《行政处罚法》(1996年、2009年、2017年文本)",
    names: ["行政处罚法2017", "2017年行政处罚法", "旧行政处罚法", "1996年行政处罚法", "老处罚法"],
    effectiveTo: "2021-07-14",
    now: "现行文本2021年7月15日起施行:当场罚款公民200元以下、单位3000元以下,听证须在5个工作日内提出。",
    basis: [cite("处罚法", "51"), cite("处罚法", "64(1)"), cite("处罚法", "85")],
  },
  {
    title: "《行政复议法》(1999年、2009年、2017年文本)",
    names: ["行政复议法2017", "2017年行政复议法", "旧复议法", "1999年行政复议法", "老复议法"],
    effectiveTo: "2023-12-31",
    now: "现行文本2024年1月1日起施行:一般只向本级人民政府申请,当场处罚等要先复议才能起诉。",
    basis: [cite("复议法", "23.1"), cite("复议法", "24")],
  },
  {
    title: "《治安管理处罚法》(2005年、2012年文本)",
    names: ["治安管理处罚法2012", "2012年治安管理处罚法", "旧治安处罚法", "老治安法", "治安管理处罚条例"],
    effectiveTo: "2025-12-31",
    now: "现行文本2026年1月1日起施行:当场罚款500元以下,听证4000元以上,派出所可罚1000元以下。",
    basis: [cite("治安法", "109"), cite("治安法", "117"), cite("治安法", "119")],
  },
  {
    title: "《市场监督管理投诉举报处理暂行办法》(总局令第20号)",
    names: ["投诉举报处理暂行办法", "投诉举报暂行办法", "总局令20号", "总局令第20号"],
    effectiveTo: "2026-04-14",
    now: "已于2026年4月15日被《市场监督管理投诉举报处理办法》(总局令第121号)取代,旧办法的天数不再适用。",
    basis: [cite("投诉举报办法121号", "附则")],
  },
  {
    title: "《信访条例》(国务院2005年)",
    names: ["国务院信访条例", "2005年信访条例", "信访条例2005"],
    effectiveTo: "2022-04-30",
    now: "已由《信访工作条例》取代:15日内告知,60日办结,可延长30日;复查、复核各30日。",
    basis: [cite("信访条例", "22"), cite("信访条例", "34"), cite("信访条例", "35"), cite("信访条例", "36")],
  },
  {
    title: "《行政复议法实施条例》第二十四条(垂直管理部门可选择)",
    names: ["复议法实施条例第二十四条", "实施条例24条"],
    clause: "省以下垂直领导部门可选择上一级主管部门",
    now: "与2023年修订的《行政复议法》不一致,以法律为准:一般向本级人民政府申请。",
    basis: [cite("复议法", "24", "I")],
  },
  {
    title: "《罚款决定与罚款收缴分离实施办法》第九条第二款",
    names: ["罚缴分离实施办法", "罚款收缴分离实施办法"],
    clause: "对加收罚款有异议先缴款再向作出处罚的机关复议",
    now: "这一条与现行法律冲突,请转人工;复议、诉讼期间加处罚款不计算。",
    basis: [cite("复议法", "24", "I"), cite("处罚法", "73.3")],
  },
  stale15("城市市容和环境卫生管理条例", 40),
  stale15("城市绿化条例", 31),
  stale15("河道管理条例", 46),
  stale15("植物检疫条例", 20),
  ...environment,
];

/** The dead texts a sentence names. */
export function findSuperseded(text: string): readonly SupersededLaw[] {
  // A different law whose name ends like a dead one.
  const named = text.replaceAll("海洋环境保护法", "");
  return supersededLaws.filter((old) => old.names.some((name) => named.includes(name)));
}
