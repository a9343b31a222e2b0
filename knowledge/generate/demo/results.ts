/** What an organ publishes after it acted: 执法决定公示, 统计年报, 重大处罚备案. */
import { addDays, type Day, weekdayOf } from "../../../src/law/day.ts";
import { type List, openList } from "./list.ts";
import { enforcingOrgans, heldItems } from "./powers.ts";
import type { Random } from "./random.ts";
import { asked } from "./words.ts";

const DECISIONS = 80;
/** Published late on purpose, so that a supervisor has something to find. */
const LATE = 17;

export const resultLists = (random: Random): readonly List[] => [
  decisions(random),
  ...annualReports(random),
  filing(),
];

function decisions(random: Random): List {
  const open = openList({
    path: "结果/演示市行政处罚决定公示表.xlsx",
    format: "xlsx",
    kind: "decision",
    title: "演示市行政处罚决定公示表",
    publisher: "演示市司法局",
    publishedOn: "2026-08-20",
    header: [
      "序号",
      "执法机关",
      "决定书文号",
      "当事人",
      "执法类别",
      "执法结论",
      "决定日期",
      "公示日期",
      "公示截止期",
    ],
  });
  const holders = enforcingOrgans();
  for (let index = 0; index < DECISIONS; index += 1) {
    const organ = holders[index % holders.length];
    if (!organ) throw new RangeError("no enforcing organ");
    const penalties = heldItems(organ).filter((item) => item.matter?.fine && item.group === undefined);
    const matter = random.pick(penalties).matter;
    const [min, max] = matter?.fine ?? [0, 0];
    const amount = Math.round((min + ((max - min) * random.between(0, 100)) / 100) / 10) * 10;
    const decidedOn = workingDay(addDays("2026-06-01", random.between(0, 60)));
    const publishedOn = workingDay(addDays(decidedOn, index === LATE ? 21 : random.between(1, 6)));
    open.add(
      open.next(),
      organ.name,
      `演示罚〔2026〕${index + 1}号`,
      index % 3 === 0 ? "李某某" : `演示第${index + 1}商行(虚构)`,
      "行政处罚",
      `当事人${matter?.what ?? ""},责令改正,处罚款${Math.max(amount, min)}元。`,
      decidedOn,
      publishedOn,
      addDays(publishedOn, 365),
    );
  }
  return open.list;
}

/** The day itself, or the Monday after a weekend. */
function workingDay(day: Day): Day {
  const weekday = weekdayOf(day);
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day;
}

const KINDS = [
  "警告、通报批评",
  "罚款",
  "没收违法所得、没收非法财物",
  "暂扣许可证、执照,降低资质等级",
  "吊销许可证、执照",
  "限制开展生产经营活动",
  "责令停产停业、责令关闭、限制从业",
  "行政拘留",
  "其他",
] as const;

/** Two years of two organs each, 行政处罚 and 行政许可 on a sheet each; the other organs have published none. */
function annualReports(random: Random): readonly List[] {
  const reports = [
    ["scjg", 2024, ["320", "310", "300", "8", "2"]],
    ["scjg", 2025, ["352", "341", "329", "9", "1"]],
    ["cgj", 2024, ["148", "140", "131", "7", "1"]],
    ["cgj", 2025, ["163", "158", "150", "6", "0"]],
  ] as const;
  return reports.map(([key, year, licences]): List => {
    const organ = enforcingOrgans().find((each) => each.key === key);
    if (!organ) throw new RangeError(`no organ ${key}`);
    const publishedOn = `${year + 1}-01-20` as Day;
    const open = openList({
      path: `结果/${organ.name}${year}年行政执法统计年报.xlsx`,
      format: "xlsx",
      kind: "annual",
      title: `${organ.name}${year}年行政执法统计年报`,
      publisher: organ.name,
      publishedOn,
      entity: organ.name,
      header: ["执法主体", "年度", ...KINDS, "合计(宗)", "罚没金额(万元)", "常见问法"],
      second: {
        title: `表二 ${year}年度行政许可实施情况统计表`,
        header: ["单位名称", "申请数量", "受理数量", "予以许可数量", "不予许可数量", "撤销许可数量"],
        rows: [[organ.name, ...licences]],
      },
    });
    const counts = KINDS.map((kind) =>
      kind === "行政拘留" ? 0 : random.between(0, kind === "罚款" ? 900 : 60),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    const amount = random.between(40, 400);
    open.add(
      organ.name,
      String(year),
      ...counts.map(String),
      String(total),
      String(amount),
      asked(`${organ.name}${year}年罚了多少`, `${organ.name}${year}年执法统计年报`),
    );
    return open.list;
  });
}

function filing(): List {
  const open = openList({
    path: "结果/演示市重大行政处罚备案规定.csv",
    format: "csv",
    kind: "filing",
    title: "演示市重大行政处罚决定备案规定(虚构)",
    publisher: "演示市司法局",
    publishedOn: "2026-01-15",
    header: ["备案事项", "公民金额", "单位金额", "报送机关", "期限", "材料", "依据", "常见问法"],
  });
  open.add(
    "较大数额罚款、责令停产停业、吊销许可证件的行政处罚决定",
    "5000元以上",
    "50000元以上",
    "本级人民政府",
    "15日",
    "备案报告、处罚决定书副本、法制审核意见",
    "《演示市重大行政处罚决定备案规定(虚构)》(演政规〔2026〕4号)第三条",
    asked("演示市重大处罚几天内备案", "演示市多大的罚款要备案"),
  );
  return open.list;
}
