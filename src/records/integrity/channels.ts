/** Relief channels against the law, and the catalogues and notices of an organ. */

import { type Calendar, isKnownYear, isWorkingDay } from "../../law/calendar.ts";
import { addDays, type Day, daysBetween, parseDay, weekdayOf, yearOf } from "../../law/day.ts";
import { competence } from "../../law/jurisdiction.ts";
import { toOrgan } from "../organ.ts";
import type { PublishedRecord } from "../schema.ts";
import { type IntegrityRule, say } from "./rule.ts";

const reconsiderationBody: IntegrityRule = {
  id: "R6",
  holds: "复议机关与行政复议法第二十四、二十七、二十八条一致",
  *check(set) {
    for (const relief of set.of("relief")) {
      if (relief.reliefKind !== "行政复议") continue;
      for (const id of relief.entityIds) {
        const entity = set.entity(id);
        if (!entity) continue;
        const lookup = (organId: string) => {
          const found = set.entity(organId);
          return found && toOrgan(found, set.byId);
        };
        const { reconsideration } = competence({ organ: toOrgan(entity, set.byId) }, lookup);
        if (reconsideration.kind !== "found") continue;
        const names = reconsideration.options.map((option) => option.organ.name);
        if (names.includes(relief.body)) continue;
        const message = `${say(relief)}把${say(entity)}的复议机关写为“${relief.body}”,依法应为“${names.join("”或“")}”,请改正或注明法律依据。`;
        yield { severity: "E", record: relief.id, message };
      }
    }
  },
};

/** Published limits the law leaves no choice about. */
const LIMITS = {
  行政复议: { amount: 60, unit: "日", text: "60日(行政复议法第二十条)" },
  行政诉讼: { amount: 6, unit: "个月", text: "直接起诉 6个月(行政诉讼法第四十六条)" },
} as const;

/** Laws whose own longer or shorter limits may be cited instead. */
const GENERAL = new Set(["行政复议法", "行政诉讼法", "中华人民共和国行政复议法", "中华人民共和国行政诉讼法"]);

const reliefLimits: IntegrityRule = {
  id: "R7",
  holds: "复议 60日、直接起诉 6个月、复议后起诉 15日,另有规定的写明法律",
  *check(set) {
    for (const relief of set.of("relief")) {
      if (relief.reliefKind !== "行政复议" && relief.reliefKind !== "行政诉讼") continue;
      const due = LIMITS[relief.reliefKind];
      const { limit } = relief;
      if (!limit || (limit.amount === due.amount && limit.unit === due.unit)) continue;
      const afterReview =
        relief.reliefKind === "行政诉讼" &&
        limit.amount === 15 &&
        limit.unit === "日" &&
        limit.from.includes("复议");
      const otherLaw = relief.basis.some((basis) => basis.rank === "法律" && !GENERAL.has(basis.title));
      if (afterReview || otherLaw) continue;
      const message = `${say(relief)}的期限写为 ${limit.amount}${limit.unit},一般应为${due.text};如另有法律规定请写明条款。`;
      yield { severity: "E", record: relief.id, message };
    }
  },
};

const courtNotice: IntegrityRule = {
  id: "R8",
  holds: "管辖法院附管辖公告和一年内的复核日期",
  *check(set) {
    for (const relief of set.of("relief")) {
      if (relief.reliefKind !== "行政诉讼" || relief.dataset === "national") continue;
      if (!relief.jurisdictionNotice) {
        const message = `${say(relief)}没有附管辖公告的名称和日期。行政案件可能集中或交叉管辖,不能按地址推定。`;
        yield { severity: "E", record: relief.id, message };
      }
      const reviewBy = relief.validity.reviewBy;
      if (!reviewBy || daysBetween(set.today, reviewBy) > 366) {
        const message = `${say(relief)}没有写一年以内的复核日期,管辖法院可能调整,请补上。`;
        yield { severity: "E", record: relief.id, message };
      }
    }
  },
};

const summaryProcedure: IntegrityRule = {
  id: "R9",
  holds: "当场处罚的程序写明先复议",
  *check(set) {
    for (const procedure of set.of("procedure")) {
      if (procedure.procedureKind !== "简易" || procedure.reconsiderationFirst) continue;
      const message = `${say(procedure)}是当场处罚程序,没有写明应先申请行政复议(行政复议法第二十三条),请补上。`;
      yield { severity: "W", record: procedure.id, message };
    }
  },
};

/** 行政处罚法第五十八条 and 国办发〔2018〕118号(十二), each with words that show it. */
const REVIEW_SITUATIONS = [
  ["涉及重大公共利益", /公共利益/],
  ["直接关系当事人或第三人重大权益", /重大权益/],
  ["经过听证程序", /听证/],
  ["案情疑难复杂、涉及多个法律关系", /疑难|复杂/],
  ["可能造成重大社会影响或法律法规规定的其他情形", /社会影响|其他|社会风险/],
] as const;

const REVIEWED = new Set(["行政处罚", "行政许可", "行政强制"]);

const reviewCatalogue: IntegrityRule = {
  id: "R12",
  holds: "有处罚、许可、强制职权的主体,法制审核目录覆盖五种情形",
  *check(set) {
    const matters = new Map<string, string[]>();
    for (const item of set.of("legal-review")) {
      matters.set(item.entityId, [...(matters.get(item.entityId) ?? []), item.matter]);
    }
    for (const id of holdersOf(set.of("power"), (power) => REVIEWED.has(power.powerType))) {
      const entity = set.entity(id);
      const listed = matters.get(id) ?? [];
      const missing = REVIEW_SITUATIONS.filter(([, words]) => !listed.some((matter) => words.test(matter)));
      if (!entity || missing.length === 0) continue;
      const message = `${say(entity)}的重大执法决定法制审核目录缺少:${missing.map(([name]) => name).join("、")},请补齐。`;
      yield { severity: "W", record: id, message };
    }
  },
};

const recordingCatalogue: IntegrityRule = {
  id: "R13",
  holds: "有查封扣押、强制拆除职权的主体,音像记录清单含全程记录事项",
  *check(set) {
    const whole = new Set(
      set
        .of("av-record")
        .filter((item) => item.wholeProcess)
        .map((item) => item.entityId),
    );
    const holders = holdersOf(
      set.of("power"),
      (power) => power.powerType === "行政强制" && /查封|扣押|拆除/.test(power.name),
    );
    for (const id of holders) {
      const entity = set.entity(id);
      if (!entity || whole.has(id)) continue;
      const message = `${say(entity)}有查封、扣押或强制拆除职权,但音像记录清单没有全程记录事项(国办发〔2018〕118号第八项),请补齐。`;
      yield { severity: "W", record: id, message };
    }
  },
};

type Power = PublishedRecord & { kind: "power" };

function holdersOf(powers: readonly Power[], held: (power: Power) => boolean): Set<string> {
  return new Set(
    powers.filter((power) => power.status === "published" && held(power)).map((power) => power.entityId),
  );
}

const decisionNotices: IntegrityRule = {
  id: "R15",
  holds: "处罚、许可决定 7个工作日内公示,其他 20个工作日内",
  *check(set) {
    for (const notice of set.of("decision")) {
      const allowed = notice.powerType === "行政处罚" || notice.powerType === "行政许可" ? 7 : 20;
      if (notice.publishedOn < notice.decidedOn) {
        const message = `${say(notice)}的公示日期 ${notice.publishedOn} 早于决定日期 ${notice.decidedOn},请核对。`;
        yield { severity: "W", record: notice.id, message };
      } else if (workingDaysAfter(notice.decidedOn, notice.publishedOn, set.options.calendar) > allowed) {
        const message = `${say(notice)}于 ${notice.decidedOn} 作出、${notice.publishedOn} 公示,超过 ${allowed} 个工作日(国办发〔2018〕118号第六项)。`;
        yield { severity: "W", record: notice.id, message };
      }
    }
  },
};

/** Working days in (from, to]. Years without a published calendar count Monday to Friday. */
function workingDaysAfter(from: Day, to: Day, calendar: Calendar | undefined): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const weekend = [0, 6].includes(weekdayOf(day));
    const working = calendar && isKnownYear(yearOf(day), calendar) ? isWorkingDay(day, calendar) : !weekend;
    if (working) count += 1;
  }
  return count;
}

const annualReports: IntegrityRule = {
  id: "R16",
  holds: "年报合计等于分项之和,次年 1月31日前公布",
  *check(set) {
    for (const report of set.of("annual")) {
      const sum = Object.values(report.penalty.byKind).reduce((total, each) => total + each, 0);
      if (sum !== report.penalty.total) {
        const message = `${say(report)}处罚合计 ${report.penalty.total} 与分项之和 ${sum} 不一致,请核对原表。`;
        yield { severity: "W", record: report.id, message };
      }
      const due = parseDay(`${report.year + 1}-01-31`);
      if (due && report.publishedOn > due) {
        const message = `${say(report)}于 ${report.publishedOn} 公布,晚于 ${due}(国办发〔2018〕118号第六项)。`;
        yield { severity: "W", record: report.id, message };
      }
    }
  },
};

const declaredCounts: IntegrityRule = {
  id: "R18",
  holds: "标题写明的项数与识别的项数一致",
  *check(set) {
    for (const { record, heading, declared, found } of set.options.declaredCounts ?? []) {
      if (declared === found) continue;
      const message = `“${heading}”写明共 ${declared} 项,实际识别 ${found} 项,请检查原表是否漏行。`;
      yield { severity: "W", record, message };
    }
  },
};

export const channelRules: readonly IntegrityRule[] = [
  reconsiderationBody,
  reliefLimits,
  courtNotice,
  summaryProcedure,
  reviewCatalogue,
  recordingCatalogue,
  decisionNotices,
  annualReports,
  declaredCounts,
];
