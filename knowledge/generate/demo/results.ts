/** What an organ publishes after it acted: 执法决定公示, 统计年报, 重大处罚备案. */
import { addDays, type Day, weekdayOf } from "../../../src/law/day.ts";
import type { DecisionNotice, FilingRule, StatAnnual } from "../../../src/records/schema.ts";
import { common, type Draft, join, padded } from "./draft.ts";
import { openList } from "./list.ts";
import { entityId } from "./places.ts";
import { enforcingOrgans, heldItems } from "./powers.ts";
import type { Random } from "./random.ts";

const DECISIONS = 80;
/** Published late on purpose, so that a supervisor has something to find. */
const LATE = 17;

export function resultDraft(random: Random): Draft {
  return join(decisions(random), annualReports(random), filing());
}

function decisions(random: Random): Draft {
  const open = openList({
    path: "结果/演示市行政处罚决定公示表.xlsx",
    format: "xlsx",
    kind: "decision",
    title: "演示市行政处罚决定公示表",
    publisher: "演示市司法局",
    publishedOn: "2026-08-20",
    header: ["序号", "执法机关", "决定书文号", "当事人", "执法类别", "执法结论", "决定日期", "公示日期"],
  });
  const holders = enforcingOrgans();
  const records = Array.from({ length: DECISIONS }, (_, index): DecisionNotice => {
    const organ = holders[index % holders.length];
    if (!organ) throw new RangeError("no enforcing organ");
    const penalties = heldItems(organ).filter((item) => item.matter?.fine && item.group === undefined);
    const matter = random.pick(penalties).matter;
    const [min, max] = matter?.fine ?? [0, 0];
    const amount = Math.round((min + ((max - min) * random.between(0, 100)) / 100) / 10) * 10;
    const decidedOn = workingDay(addDays("2026-06-01", random.between(0, 60)));
    const publishedOn = workingDay(addDays(decidedOn, index === LATE ? 21 : random.between(1, 6)));
    const party = index % 3 === 0 ? "李某某" : `演示第${index + 1}商行(虚构)`;
    const docNo = `演示罚〔2026〕${index + 1}号`;
    const conclusion = `当事人${matter?.what ?? ""},责令改正,处罚款${Math.max(amount, min)}元。`;
    const source = open.add([
      String(index + 1),
      organ.name,
      docNo,
      party,
      "行政处罚",
      conclusion,
      decidedOn,
      publishedOn,
    ]);
    return {
      kind: "decision",
      id: `dec_demo_${padded(index + 1, 3)}`,
      ...common(source),
      entityId: entityId(organ.key),
      docNo,
      party,
      powerType: "行政处罚",
      conclusion,
      decidedOn,
      publishedOn,
      removeOn: addDays(publishedOn, 365),
    };
  });
  return { records, lists: [open.list] };
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

/** Two years of two organs each; the other organs have published none. */
function annualReports(random: Random): Draft {
  const reports = [
    ["scjg", 2024],
    ["scjg", 2025],
    ["cgj", 2024],
    ["cgj", 2025],
  ] as const;
  const parts = reports.map(([key, year]): Draft => {
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
      entityId: entityId(key),
      header: ["执法主体", "年度", ...KINDS, "合计(宗)", "罚没金额(万元)"],
    });
    const counts = KINDS.map((kind) =>
      kind === "行政拘留" ? 0 : random.between(0, kind === "罚款" ? 900 : 60),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    const amount = random.between(40, 400);
    const source = open.add([organ.name, String(year), ...counts.map(String), String(total), String(amount)]);
    const record: StatAnnual = {
      kind: "annual",
      id: `ann_demo_${key}_${year}`,
      ...common(source),
      variants: [`${organ.name}${year}年罚了多少`, `${organ.name}${year}年执法统计年报`],
      entityId: entityId(key),
      year,
      publishedOn,
      penalty: {
        byKind: Object.fromEntries(KINDS.map((kind, index) => [kind, counts[index] ?? 0])),
        total,
        confiscated: { amount, unit: "万元" },
      },
      licence: { applied: 320, accepted: 310, granted: 300, refused: 8, revoked: 2 },
      officers: { total: 42, certified: 40 },
    };
    return { records: [record], lists: [open.list] };
  });
  return join(...parts);
}

function filing(): Draft {
  const open = openList({
    path: "结果/演示市重大行政处罚备案规定.csv",
    format: "csv",
    kind: "filing",
    title: "演示市重大行政处罚决定备案规定(虚构)",
    publisher: "演示市司法局",
    publishedOn: "2026-01-15",
    header: ["备案事项", "公民金额", "单位金额", "报送机关", "期限", "材料", "依据"],
  });
  const basis = [
    {
      raw: "《演示市重大行政处罚决定备案规定(虚构)》第三条",
      rank: "规范性文件",
      title: "演示市重大行政处罚决定备案规定(虚构)",
      issueNo: "演政规〔2026〕4号",
      article: "第三条",
    },
  ] as const;
  const what = "较大数额罚款、责令停产停业、吊销许可证件的行政处罚决定";
  const materials = ["备案报告", "处罚决定书副本", "法制审核意见"];
  const source = open.add([
    what,
    "5000元以上",
    "50000元以上",
    "本级人民政府",
    "15日",
    materials.join("、"),
    basis[0].raw,
  ]);
  const from = (min: number) => ({ min, minIncluded: true, max: null, maxIncluded: false, unit: "元" });
  const record: FilingRule = {
    kind: "filing",
    id: "fil_demo_001",
    ...common(source),
    variants: ["演示市重大处罚几天内备案", "演示市多大的罚款要备案"],
    what,
    amountPerson: from(5000),
    amountUnit: from(50000),
    fileTo: "本级人民政府",
    within: { amount: 15, unit: "日" },
    materials,
    basis: [...basis],
  };
  return { records: [record], lists: [open.list] };
}
