/** The worked examples a lawyer can check by hand, in the 2026 calendar (and 2027, which is not published). */
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import type { Day } from "../../src/law/day.ts";
import { computeDeadline, type DeadlineOptions, findCountedRule, lateFine } from "../../src/law/deadline.ts";

const calendar = loadCalendar();

interface Example {
  readonly id: string;
  readonly said: string;
  readonly rule: string;
  readonly from: Day;
  readonly raw?: Day;
  readonly last: Day;
  readonly safe?: Day;
  readonly projected?: boolean;
  readonly options?: DeadlineOptions;
}

const examples: readonly Example[] = [
  {
    id: "W1",
    said: "签收后第60天是劳动节,顺延",
    rule: "reconsiderationApply",
    from: "2026-03-02",
    raw: "2026-05-01",
    last: "2026-05-06",
    safe: "2026-04-30",
  },
  {
    id: "W2",
    said: "第60天在国庆",
    rule: "reconsiderationApply",
    from: "2026-08-03",
    raw: "2026-10-02",
    last: "2026-10-08",
    safe: "2026-09-30",
  },
  {
    id: "W3",
    said: "当场处罚",
    rule: "reconsiderationApply",
    from: "2026-04-10",
    raw: "2026-06-09",
    last: "2026-06-09",
    safe: "2026-06-09",
  },
  {
    id: "W4",
    said: "第60天是星期日",
    rule: "reconsiderationApply",
    from: "2025-12-03",
    raw: "2026-02-01",
    last: "2026-02-02",
    safe: "2026-01-30",
  },
  {
    id: "W5",
    said: "第60天在春节",
    rule: "reconsiderationApply",
    from: "2025-12-18",
    raw: "2026-02-16",
    last: "2026-02-24",
    safe: "2026-02-14",
  },
  {
    id: "W6",
    said: "假期在中间不延长",
    rule: "reconsiderationApply",
    from: "2026-09-28",
    raw: "2026-11-27",
    last: "2026-11-27",
  },
  {
    id: "W7",
    said: "落到没有公布放假安排的2027年",
    rule: "reconsiderationApply",
    from: "2026-11-02",
    raw: "2027-01-01",
    last: "2027-01-04",
    safe: "2026-12-31",
    projected: true,
  },
  {
    id: "W8",
    said: "6个月的对应日",
    rule: "litigationDirect",
    from: "2026-03-31",
    raw: "2026-09-30",
    last: "2026-09-30",
  },
  {
    id: "W9",
    said: "对应日在国庆",
    rule: "litigationDirect",
    from: "2026-04-01",
    raw: "2026-10-01",
    last: "2026-10-08",
    safe: "2026-09-30",
  },
  {
    id: "W10",
    said: "没有对应日按月末,月末是调休上班的星期六",
    rule: "litigationDirect",
    from: "2025-08-31",
    raw: "2026-02-28",
    last: "2026-02-28",
    safe: "2026-02-28",
  },
  {
    id: "W11",
    said: "收到复议决定后15日在国庆",
    rule: "litigationAfterReconsideration",
    from: "2026-09-16",
    raw: "2026-10-01",
    last: "2026-10-08",
  },
  {
    id: "W12",
    said: "收到复议决定后15日在劳动节",
    rule: "litigationAfterReconsideration",
    from: "2026-04-20",
    raw: "2026-05-05",
    last: "2026-05-06",
  },
  { id: "W13", said: "听证5个工作日跨国庆", rule: "hearingRequest", from: "2026-09-24", last: "2026-10-09" },
  {
    id: "W14",
    said: "听证5个工作日含调休星期六",
    rule: "hearingRequest",
    from: "2026-04-29",
    last: "2026-05-09",
  },
  { id: "W15", said: "听证5个工作日跨春节", rule: "hearingRequest", from: "2026-02-12", last: "2026-02-26" },
  {
    id: "W16",
    said: "缴款第15天在端午,稳妥日在前",
    rule: "finePayment",
    from: "2026-06-05",
    raw: "2026-06-20",
    last: "2026-06-22",
    safe: "2026-06-18",
  },
  { id: "W17", said: "缴款第15天是工作日", rule: "finePayment", from: "2026-11-10", last: "2026-11-25" },
  {
    id: "W18",
    said: "先行登记保存7个工作日",
    rule: "evidencePreservation",
    from: "2026-09-29",
    last: "2026-10-14",
  },
  {
    id: "W19",
    said: "决定书7个工作日内送达",
    rule: "decisionService",
    from: "2026-04-30",
    last: "2026-05-13",
  },
  {
    id: "W20",
    said: "当场收缴2个工作日上交",
    rule: "onTheSpotCollectionHandover",
    from: "2026-04-30",
    last: "2026-05-07",
  },
  {
    id: "W20",
    said: "机关再2个工作日缴银行",
    rule: "collectedFineBankDeposit",
    from: "2026-05-07",
    last: "2026-05-09",
  },
  {
    id: "W21",
    said: "复议申请5个工作日审查",
    rule: "reconsiderationReview",
    from: "2026-09-30",
    last: "2026-10-13",
  },
  {
    id: "W22",
    said: "补正10个工作日",
    rule: "applicationCorrection",
    from: "2026-09-24",
    last: "2026-10-15",
  },
  {
    id: "W23",
    said: "扣押30日不顺延",
    rule: "seizure",
    from: "2026-05-20",
    raw: "2026-06-19",
    last: "2026-06-19",
    safe: "2026-06-18",
  },
  {
    id: "W23",
    said: "扣押延长30日",
    rule: "seizure",
    from: "2026-05-20",
    last: "2026-07-19",
    options: { extended: true },
  },
  {
    id: "W24",
    said: "立案90日决定不顺延",
    rule: "decisionAfterFiling",
    from: "2026-01-05",
    last: "2026-04-05",
    safe: "2026-04-03",
  },
  { id: "W25", said: "催告10个工作日", rule: "demandNotice", from: "2026-09-28", last: "2026-10-16" },
  {
    id: "W26",
    said: "起诉期满后3个月申请法院执行",
    rule: "courtEnforcementApplication",
    from: "2026-09-02",
    last: "2026-12-02",
  },
  { id: "W27", said: "国家赔偿2年", rule: "stateCompensationClaim", from: "2024-12-09", last: "2026-12-09" },
  {
    id: "W28",
    said: "裁量投诉30个工作日",
    rule: "discretionComplaint",
    from: "2026-09-01",
    last: "2026-10-19",
  },
  { id: "W29", said: "听证日往前数7个工作日", rule: "hearingNotice", from: "2026-10-20", last: "2026-10-10" },
  {
    id: "W30",
    said: "处罚决定7个工作日公示",
    rule: "penaltyDisclosure",
    from: "2026-09-28",
    last: "2026-10-13",
  },
];

describe("worked examples", () => {
  it.each(examples)(
    "$id $said:$rule 自 $from → $last",
    ({ rule, from, raw, last, safe, projected, options }) => {
      const deadline = computeDeadline(findCountedRule(rule), from, calendar, options);
      expect(deadline.lastDay).toBe(last);
      expect(deadline.projected).toBe(projected ?? false);
      if (raw) expect(deadline.rawLastDay).toBe(raw);
      if (safe) expect(deadline.safeDay).toBe(safe);
      expect(deadline.basis.length).toBeGreaterThan(0);
    },
  );

  it("counts W1 in a citizen's words", () => {
    expect(computeDeadline(findCountedRule("reconsiderationApply"), "2026-03-02", calendar).count).toEqual([
      "3月2日当天不算,从3月3日起算第1天。",
      "第60天是5月1日(星期五),劳动节放假。",
      "顺延到节后第一个工作日:5月6日(星期三)。",
      "邮寄的,最后一天24时前交邮就不算过期,请留好邮寄凭证。",
      "稳妥起见,请在2026年4月30日(星期四)前办好。",
    ]);
  });

  it("counts W14 in a citizen's words", () => {
    expect(computeDeadline(findCountedRule("hearingRequest"), "2026-04-29", calendar).count).toEqual([
      "4月29日当天不算,从下一个工作日起算第1个工作日。",
      "劳动节(5月1日至5月5日)放假,不算。",
      "5月9日(星期六)调休上班,算工作日。",
      "依次是4月30日、5月6日、5月7日、5月8日、5月9日;第5个工作日是5月9日(星期六)。",
    ]);
  });

  it("says that 2027 is not published and names a safe day (W7)", () => {
    const { count } = computeDeadline(findCountedRule("reconsiderationApply"), "2026-11-02", calendar);
    expect(count.join("")).toContain("2027年的放假安排还没有公布");
    expect(count.join("")).toContain("2026年12月31日(星期四)前办好");
  });

  it("adds 3% a day to an unpaid fine and stops at the fine on day 34 (W17)", () => {
    expect(lateFine(1000, "2026-11-25", "2026-11-25").additionalYuan).toBe(0);
    expect(lateFine(1000, "2026-11-25", "2026-11-26")).toMatchObject({
      daysLate: 1,
      perDayYuan: 30,
      additionalYuan: 30,
    });
    expect(lateFine(1000, "2026-11-25", "2026-12-28")).toMatchObject({
      daysLate: 33,
      additionalYuan: 990,
      capped: false,
    });
    expect(lateFine(1000, "2026-11-25", "2026-12-29")).toMatchObject({
      daysLate: 34,
      additionalYuan: 1000,
      totalYuan: 2000,
      capped: true,
      cappedOn: "2026-12-29",
    });
    expect(lateFine(1000, "2026-11-25", "2027-06-01").totalYuan).toBe(2000);
    expect(lateFine(1000, "2026-11-25", "2026-12-05", 6).additionalYuan).toBe(120);
    expect(() => lateFine(0, "2026-11-25", "2026-12-05")).toThrow("罚款数额");
  });
});
