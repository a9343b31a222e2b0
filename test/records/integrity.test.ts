import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { checkIntegrity, type IntegrityOptions, integrityRules } from "../../src/records/integrity.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { aCity, recordOf, today } from "./a-city.ts";

interface Case {
  rule: string;
  name: string;
  severity: "E" | "W";
  /** Record the issue must name. */
  record: string;
  says: string;
  change: (set: PublishedRecord[]) => PublishedRecord[] | undefined;
  options?: IntegrityOptions;
}

const without =
  (id: string) =>
  (set: PublishedRecord[]): PublishedRecord[] =>
    set.filter((record) => record.id !== id);

const cases: readonly Case[] = [
  {
    rule: "R1",
    name: "an officer of an organ nobody published",
    severity: "E",
    record: "off_t_1",
    says: "不存在",
    change: (set) => {
      recordOf(set, "officer", "off_t_1").entityId = "ent_t_nobody";
    },
  },
  {
    rule: "R1",
    name: "a missing organ with a like-named one beside it",
    severity: "E",
    record: "off_t_1",
    says: "是否为“测试市城管局”",
    change: (set) => {
      recordOf(set, "officer", "off_t_1").entityId = "ent_x_cg";
    },
  },
  {
    rule: "R1",
    name: "a power of a withdrawn organ",
    severity: "E",
    record: "pow_t_1",
    says: "已撤回",
    change: (set) => {
      recordOf(set, "entity", "ent_t_cg").status = "withdrawn";
    },
  },
  {
    rule: "R1",
    name: "a benchmark of a power that is not there",
    severity: "W",
    record: "ben_t_1",
    says: "pow_t_9",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").powerIds.push("pow_t_9");
    },
  },
  {
    rule: "R2",
    name: "an entrusted organisation without terms",
    severity: "E",
    record: "ent_t_wt",
    says: "委托期限",
    change: (set) => {
      recordOf(set, "entity", "ent_t_wt").delegation = undefined;
    },
  },
  {
    rule: "R2",
    name: "an entrustment that has run out",
    severity: "W",
    record: "ent_t_wt",
    says: "届满",
    change: (set) => {
      recordOf(set, "entity", "ent_t_wt").delegation = {
        scope: "警告",
        from: "2024-01-01",
        to: "2026-11-23",
      };
    },
  },
  {
    rule: "R3",
    name: "a penalty without a procedure",
    severity: "E",
    record: "pow_t_1",
    says: "执法程序",
    change: (set) => {
      recordOf(set, "power", "pow_t_1").procedureIds = [];
      return set.filter((record) => record.kind !== "procedure");
    },
  },
  {
    rule: "R3",
    name: "penalties without a reconsideration channel",
    severity: "E",
    record: "ent_t_cg",
    says: "行政复议",
    change: without("rel_t_1"),
  },
  {
    rule: "R3",
    name: "penalties without a supervision channel",
    severity: "E",
    record: "ent_t_cg",
    says: "监督方式",
    change: without("sup_t_1"),
  },
  {
    rule: "R3",
    name: "a penalty without a benchmark",
    severity: "W",
    record: "pow_t_1",
    says: "裁量基准",
    change: without("ben_t_1"),
  },
  {
    rule: "R4",
    name: "tiers that overlap",
    severity: "E",
    record: "ben_t_1",
    says: "重叠",
    change: (set) => {
      const [, lower, higher] = recordOf(set, "benchmark", "ben_t_1").tiers;
      lower!.fine!.max = higher!.fine!.min! + 1;
    },
  },
  {
    rule: "R4",
    name: "tiers that both hold their common end, as 以上…以下 does",
    severity: "W",
    record: "ben_t_1",
    says: "都包含",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").tiers[1]!.fine!.maxIncluded = true;
    },
  },
  {
    rule: "R4",
    name: "a tier that leaves its upper end to the law",
    severity: "W",
    record: "ben_t_1",
    says: "没有写明",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").tiers[2]!.fine!.max = null;
    },
  },
  {
    rule: "R4",
    name: "tiers with a gap",
    severity: "W",
    record: "ben_t_1",
    says: "空档",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").tiers[2]!.fine!.min = 500;
    },
  },
  {
    rule: "R4",
    name: "a tier above the statutory maximum",
    severity: "E",
    record: "ben_t_1",
    says: "超出",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").tiers[2]!.fine!.max = 2000;
    },
  },
  {
    rule: "R4",
    name: "a tier whose ends are swapped",
    severity: "E",
    record: "ben_t_1",
    says: "高于上限",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").tiers[2]!.fine!.min = 1200;
    },
  },
  {
    rule: "R5",
    name: "a city benchmark for a national law",
    severity: "W",
    record: "ben_t_1",
    says: "第七条",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").chosenBasis.rank = "法律";
    },
  },
  {
    rule: "R5",
    name: "a benchmark without a document number",
    severity: "W",
    record: "ben_t_1",
    says: "文号",
    change: (set) => {
      recordOf(set, "benchmark", "ben_t_1").docNo = undefined;
    },
  },
  {
    rule: "R6",
    name: "the old superior as reconsideration organ",
    severity: "E",
    record: "rel_t_1",
    says: "测试市人民政府",
    change: (set) => {
      recordOf(set, "relief", "rel_t_1").body = "测试省城管厅";
    },
  },
  {
    rule: "R7",
    name: "reconsideration within fifteen days",
    severity: "E",
    record: "rel_t_1",
    says: "60日",
    change: (set) => {
      recordOf(set, "relief", "rel_t_1").limit = { amount: 15, unit: "日", from: "知道之日" };
    },
  },
  {
    rule: "R7",
    name: "a suit within three months",
    severity: "E",
    record: "rel_t_2",
    says: "6个月",
    change: (set) => {
      recordOf(set, "relief", "rel_t_2").limit = { amount: 3, unit: "个月", from: "知道之日" };
    },
  },
  {
    rule: "R8",
    name: "a court without a notice of jurisdiction",
    severity: "E",
    record: "rel_t_2",
    says: "管辖公告",
    change: (set) => {
      recordOf(set, "relief", "rel_t_2").jurisdictionNotice = undefined;
    },
  },
  {
    rule: "R8",
    name: "a court not reviewed within a year",
    severity: "E",
    record: "rel_t_2",
    says: "复核日期",
    change: (set) => {
      recordOf(set, "relief", "rel_t_2").validity = { reviewBy: "2028-06-30" };
    },
  },
  {
    rule: "R9",
    name: "an on-the-spot procedure silent on reconsideration",
    severity: "W",
    record: "pro_t_2",
    says: "先申请行政复议",
    change: (set) => {
      recordOf(set, "procedure", "pro_t_2").reconsiderationFirst = undefined;
    },
  },
  {
    rule: "R10",
    name: "one code with two names",
    severity: "W",
    record: "pow_t_9",
    says: "不一致",
    change: (set) => {
      set.push({
        ...recordOf(set, "power", "pow_t_1"),
        id: "pow_t_9",
        entityId: "ent_t_sf",
        name: "对摆摊的处罚",
      });
    },
  },
  {
    rule: "R11",
    name: "inspection powers without a list",
    severity: "W",
    record: "ent_t_cg",
    says: "随机抽查",
    change: without("ins_t_1"),
  },
  {
    rule: "R12",
    name: "a review catalogue that misses a situation",
    severity: "W",
    record: "ent_t_cg",
    says: "听证",
    change: without("rev_t_3"),
  },
  {
    rule: "R13",
    name: "seizure without whole recording",
    severity: "W",
    record: "ent_t_cg",
    says: "全程记录",
    change: without("av_t_1"),
  },
  {
    rule: "R14",
    name: "one certificate of two people",
    severity: "E",
    record: "off_t_2",
    says: "99010000001",
    change: (set) => {
      recordOf(set, "officer", "off_t_2").certNo = "99010000001";
    },
  },
  {
    rule: "R14",
    name: "a certificate that has expired",
    severity: "W",
    record: "off_t_1",
    says: "已过期",
    change: (set) => {
      recordOf(set, "officer", "off_t_1").validUntil = "2026-11-23";
    },
  },
  {
    rule: "R14",
    name: "an organ with one valid officer",
    severity: "W",
    record: "ent_t_cg",
    says: "至少需要两名",
    change: without("off_t_2"),
  },
  {
    rule: "R15",
    name: "a decision published on the eighth working day",
    severity: "W",
    record: "dec_t_1",
    says: "7 个工作日",
    change: (set) => {
      recordOf(set, "decision", "dec_t_1").publishedOn = "2026-10-14";
    },
  },
  {
    rule: "R15",
    name: "a decision published before it was made",
    severity: "W",
    record: "dec_t_1",
    says: "早于",
    change: (set) => {
      recordOf(set, "decision", "dec_t_1").publishedOn = "2026-09-27";
    },
  },
  {
    rule: "R16",
    name: "a total that is not the sum",
    severity: "W",
    record: "ann_t_1",
    says: "分项之和 5",
    change: (set) => {
      recordOf(set, "annual", "ann_t_1").penalty.total = 6;
    },
  },
  {
    rule: "R16",
    name: "an annual report of February",
    severity: "W",
    record: "ann_t_1",
    says: "晚于",
    change: (set) => {
      recordOf(set, "annual", "ann_t_1").publishedOn = "2026-02-01";
    },
  },
  {
    rule: "R17",
    name: "a basis in a repealed law",
    severity: "W",
    record: "pow_t_1",
    says: "废止",
    change: () => undefined,
    options: { repealed: (title) => (title === "测试市条例" ? "已废止。" : undefined) },
  },
  {
    rule: "R18",
    name: "fewer rows than the heading says",
    severity: "W",
    record: "pow_t_1",
    says: "共 21 项",
    change: () => undefined,
    options: { declaredCounts: [{ record: "pow_t_1", heading: "一、处罚", declared: 21, found: 20 }] },
  },
  {
    rule: "R19",
    name: "an id that comes twice",
    severity: "E",
    record: "off_t_1",
    says: "出现两次",
    change: (set) => {
      set.push(recordOf(set, "officer", "off_t_1"));
    },
  },
  {
    rule: "R19",
    name: "one organ's code twice",
    severity: "E",
    record: "pow_t_9",
    says: "CF-1",
    change: (set) => {
      set.push({ ...recordOf(set, "power", "pow_t_1"), id: "pow_t_9" });
    },
  },
  {
    rule: "R20",
    name: "one person who imported and checked",
    severity: "E",
    record: "off_t_1",
    says: "两名不同的人",
    change: (set) => {
      recordOf(set, "officer", "off_t_1").source.checkedBy = "甲";
    },
  },
  {
    rule: "R20",
    name: "an imported record without a digest",
    severity: "E",
    record: "off_t_1",
    says: "摘要",
    change: (set) => {
      recordOf(set, "officer", "off_t_1").source.sha256 = undefined;
    },
  },
  {
    rule: "R21",
    name: "a number that is in no article cited",
    severity: "E",
    record: "pt_t_1",
    says: "15",
    change: (set) => {
      recordOf(set, "point", "pt_t_1").more = ["特殊情况15日。"];
    },
  },
  {
    rule: "R22",
    name: "a way of asking that two points claim",
    severity: "E",
    record: "pt_t_2",
    says: "多久内申请复议",
    change: (set) => {
      recordOf(set, "point", "pt_t_2").asks.b = ["多久内申请复议"];
    },
  },
  {
    rule: "R23",
    name: "a next point that is not there",
    severity: "E",
    record: "pt_t_1",
    says: "pt_t_9",
    change: (set) => {
      recordOf(set, "point", "pt_t_1").next = ["pt_t_9"];
    },
  },
  {
    rule: "R23",
    name: "a near miss that is no point",
    severity: "E",
    record: "pt_t_1",
    says: "rel_t_1",
    change: (set) => {
      recordOf(set, "point", "pt_t_1").nearMisses = [{ q: "去哪里申请", point: "rel_t_1" }];
    },
  },
  {
    rule: "R23",
    name: "a rule of law that does not exist",
    severity: "E",
    record: "pt_t_1",
    says: "noSuchRule",
    change: (set) => {
      recordOf(set, "point", "pt_t_1").rule = "noSuchRule";
    },
  },
  {
    rule: "R23",
    name: "a period that is not the rule's",
    severity: "E",
    record: "pt_t_1",
    says: "60",
    change: (set) => {
      const point = recordOf(set, "point", "pt_t_1");
      point.lead = "自知道之日起90日内申请。";
      point.basis = [{ law: "复议法", article: "20", numbers: [90] }];
    },
  },
];

const calendar = loadCalendar();

describe("integrity of a whole set", () => {
  it("finds nothing wrong with a city that publishes what it must", () => {
    expect(checkIntegrity(aCity(), today, { calendar })).toEqual([]);
  });

  it.each(cases)("$rule names $name", ({ rule, severity, record, says, change, options }) => {
    const set = aCity();
    const issues = checkIntegrity(change(set) ?? set, today, { calendar, ...options });
    const named = issues.filter((issue) => issue.rule === rule && issue.record === record);
    expect(named.map((issue) => issue.severity)).toContain(severity);
    expect(named.map((issue) => issue.message).join("\n")).toContain(says);
  });

  it("has twenty-three rules, each with a case that breaks it", () => {
    const expected = Array.from({ length: 23 }, (_, index) => `R${index + 1}`);
    expect(integrityRules.map((rule) => rule.id)).toEqual(expected);
    expect([...new Set(cases.map((each) => each.rule))]).toEqual(expect.arrayContaining(expected));
  });

  it("lets another law's own limit stand when it is cited", () => {
    const set = aCity();
    const relief = recordOf(set, "relief", "rel_t_1");
    relief.limit = { amount: 90, unit: "日", from: "知道之日" };
    relief.basis.push({ raw: "《某法》第一条", rank: "法律", title: "某法" });
    expect(checkIntegrity(set, today, { calendar })).toEqual([]);
  });

  it("lets no-penalty and mitigated tiers lie below the statutory range", () => {
    const set = aCity();
    const tier = recordOf(set, "benchmark", "ben_t_1").tiers[0]!;
    tier.grade = "减轻";
    tier.fine = { min: 50, minIncluded: true, max: 100, maxIncluded: false, unit: "元" };
    expect(checkIntegrity(set, today, { calendar })).toEqual([]);
  });

  it("passes over withdrawn records", () => {
    const set = aCity();
    recordOf(set, "benchmark", "ben_t_1").tiers[2]!.fine!.max = 2000;
    recordOf(set, "benchmark", "ben_t_1").status = "withdrawn";
    expect(checkIntegrity(set, today, { calendar }).filter((issue) => issue.severity === "E")).toEqual([]);
  });
});
