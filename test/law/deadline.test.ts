import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { buildCalendar, isWorkingDay } from "../../src/law/calendar.ts";
import { type Day, fromEpochDay, toEpochDay } from "../../src/law/day.ts";
import { computeDeadline, findCountedRule, findRule, listRules } from "../../src/law/deadline.ts";
import { findLaw, laws } from "../../src/law/laws.ts";

const calendar = loadCalendar();
const counted = listRules().filter((rule) => rule.kind === "counted");
const forward = counted.filter(({ period }) => period.direction === "forward");
const anyDay = fc.integer({ min: toEpochDay("2013-01-01"), max: toEpochDay("2028-06-30") }).map(fromEpochDay);
const last = (id: string, from: Day, options = {}) =>
  computeDeadline(findCountedRule(id), from, calendar, options).lastDay;

describe("every rule", () => {
  it("has its own id, a label, an event and a basis in a law that was read", () => {
    const ids = listRules().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = new Set(Object.values(laws).map(({ key }) => key));
    for (const rule of listRules()) {
      expect(rule.label && rule.event && rule.row, rule.id).toBeTruthy();
      expect(rule.basis.length, rule.id).toBeGreaterThan(0);
      for (const ref of [...rule.basis, ...(rule.commonlyBelieved ?? []).map(({ basis }) => basis)]) {
        expect(keys.has(ref.law), `${rule.id} ${ref.law}`).toBe(true);
        expect(ref.text).toContain(ref.article);
      }
    }
  });

  it("says a caution wherever a basis was inferred or read second-hand", () => {
    const bare = listRules().filter((rule) => rule.basis.some(({ mark }) => mark !== "T") && !rule.caution);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it("covers every row of parties' and organs' limits that may be shipped", () => {
    const rows = new Set(listRules().map(({ row }) => row));
    const wanted = [
      ...Array.from({ length: 35 }, (_, i) => `A${String(i + 1).padStart(2, "0")}`),
      ...Array.from({ length: 46 }, (_, i) => `B${String(i + 1).padStart(2, "0")}`).filter(
        (row) => row !== "B41",
      ),
    ];
    expect(wanted.filter((row) => !rows.has(row))).toEqual([]);
    expect(rows.has("B41") || rows.has("B47")).toBe(false);
  });

  it("lists the known rules when asked for an unknown one", () => {
    expect(() => findRule("appeal")).toThrow(/没有期限规则“appeal”.*reconsiderationApply/);
  });

  it("says what to do where the law sets no number of days", () => {
    expect(() => findCountedRule("fineInstallment")).toThrow(/没有规定天数.*书面申请/);
  });
});

describe("counting", () => {
  it("never ends earlier for a later start", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...forward),
        anyDay,
        fc.integer({ min: 1, max: 40 }),
        (rule, day, later) => {
          const next = fromEpochDay(toEpochDay(day) + later);
          const [a, b] = [computeDeadline(rule, day, calendar), computeDeadline(rule, next, calendar)];
          return a.lastDay <= b.lastDay && a.rawLastDay <= b.rawLastDay;
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("never ends on a rest day where the law rolls, and the safe day never passes the unmoved end", () => {
    fc.assert(
      fc.property(fc.constantFrom(...forward), anyDay, (rule, day) => {
        const deadline = computeDeadline(rule, day, calendar);
        expect(deadline.safeDay <= deadline.rawLastDay).toBe(true);
        expect(deadline.rawLastDay <= deadline.lastDay).toBe(true);
        if (rule.period.onRestDay === "roll") expect(isWorkingDay(deadline.lastDay, calendar)).toBe(true);
        else expect(deadline.lastDay).toBe(deadline.rawLastDay);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is projected exactly when the count needs an unpublished year", () => {
    expect(computeDeadline(findCountedRule("finePayment"), "2026-12-16", calendar)).toMatchObject({
      lastDay: "2026-12-31",
      projected: false,
    });
    expect(computeDeadline(findCountedRule("finePayment"), "2026-12-17", calendar)).toMatchObject({
      lastDay: "2027-01-04",
      projected: true,
    });
    expect(computeDeadline(findCountedRule("hearingRequest"), "2026-12-24", calendar)).toMatchObject({
      lastDay: "2026-12-31",
      projected: false,
    });
    expect(computeDeadline(findCountedRule("hearingRequest"), "2026-12-25", calendar).projected).toBe(true);
  });

  it("moves exactly the affected deadlines when a holiday is added", () => {
    const added: Day = "2026-07-15";
    const changed = buildCalendar(
      calendar.years.map((entry) =>
        entry.year === 2026
          ? { ...entry, rest: [...entry.rest, { name: "新增假日", from: added, to: added }] }
          : entry,
      ),
    );
    const starts = Array.from({ length: 150 }, (_, i) => fromEpochDay(toEpochDay("2026-04-01") + i));
    for (const rule of forward.filter(({ period }) => period.unit === "calendarDay" && period.amount <= 60)) {
      for (const from of starts) {
        const [before, after] = [computeDeadline(rule, from, calendar), computeDeadline(rule, from, changed)];
        const expected =
          before.lastDay === added && rule.period.onRestDay === "roll" ? "2026-07-16" : before.lastDay;
        expect(after.lastDay, `${rule.id} ${from}`).toBe(expected);
      }
    }
    for (const from of starts) {
      const rule = findCountedRule("hearingRequest");
      const [before, after] = [
        computeDeadline(rule, from, calendar).lastDay,
        computeDeadline(rule, from, changed).lastDay,
      ];
      expect(before !== after, from).toBe(from < added && added <= before);
    }
  });
});

describe("obstacles", () => {
  it("lets the rest of the 60 days run after a flood (复议法第二十条第二款)", () => {
    const suspensions = [{ from: "2026-07-01" as Day, removedOn: "2026-07-11" as Day }];
    const flooded = computeDeadline(findCountedRule("reconsiderationApply"), "2026-06-01", calendar, {
      suspensions,
    });
    expect(flooded.rawLastDay).toBe("2026-08-10");
    expect(flooded.count.join("")).toContain("7月1日至7月10日因不可抗力等事由耽误,这10天不算");
  });

  it("does not help when the obstacle began after the end", () => {
    const suspensions = [{ from: "2026-08-15" as Day, removedOn: "2026-09-01" as Day }];
    expect(last("reconsiderationApply", "2026-06-01", { suspensions })).toBe(
      last("reconsiderationApply", "2026-06-01"),
    );
  });

  it("counts overlapping obstacles once", () => {
    const one = { suspensions: [{ from: "2026-07-01", removedOn: "2026-07-11" }] };
    const two = {
      suspensions: [
        { from: "2026-07-01", removedOn: "2026-07-08" },
        { from: "2026-07-05", removedOn: "2026-07-11" },
      ],
    };
    expect(last("litigationDirect", "2026-02-03", two)).toBe(last("litigationDirect", "2026-02-03", one));
  });

  it("stops the two years of state compensation only within their last six months (国赔法第三十九条第二款)", () => {
    const early = { suspensions: [{ from: "2025-03-01", removedOn: "2025-04-01" }] };
    const late = { suspensions: [{ from: "2026-09-01", removedOn: "2026-09-11" }] };
    expect(last("stateCompensationClaim", "2024-12-09", early)).toBe("2026-12-09");
    expect(last("stateCompensationClaim", "2024-12-09", late)).toBe("2026-12-21");
  });

  it("gives no effect where the law gives none, and refuses an obstacle that ends before it begins", () => {
    const suspensions = [{ from: "2026-06-10" as Day, removedOn: "2026-06-20" as Day }];
    expect(last("finePayment", "2026-06-08", { suspensions })).toBe(last("finePayment", "2026-06-08"));
    const wrong = { suspensions: [{ from: "2026-06-20" as Day, removedOn: "2026-06-10" as Day }] };
    expect(() => last("reconsiderationApply", "2026-06-01", wrong)).toThrow("应晚于");
  });

  it("adds an extension only where the law has one", () => {
    expect(last("disclosureReply", "2026-11-02", { extended: true })).toBe("2026-12-28");
    expect(() => last("finePayment", "2026-11-02", { extended: true })).toThrow("没有可以相加的延长期限");
  });
});

describe("hours, fixed dates and short limits", () => {
  it("ends 24 hours later whatever the day (治安法第一百二十条第四款)", () => {
    expect(
      computeDeadline(findCountedRule("publicSecurityOnTheSpotFiling"), "2026-10-01", calendar).lastDay,
    ).toBe("2026-10-02");
  });
  it("keeps the yearly report due on 31 January", () => {
    expect(computeDeadline(findCountedRule("annualReport"), "2025-12-31", calendar).lastDay).toBe(
      "2026-01-31",
    );
  });
});

describe("finding a law", () => {
  it.each([
    ["处罚法", "行政处罚法"],
    ["中华人民共和国行政复议法", "行政复议法"],
    ["《行政诉讼法》", "行政诉讼法"],
    ["行诉法", "行政诉讼法"],
    ["118号", "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见"],
    ["国务院令第825号", "行政执法监督条例"],
    ["信息公开条例", "政府信息公开条例"],
    ["治安处罚法", "治安管理处罚法"],
    [
      "国办发〔2018〕118号",
      "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    ],
  ])("%s is %s", (name, key) => expect(findLaw(name)?.key).toBe(key));

  it("does not know a law it never read, and cautions about those read second-hand", () => {
    expect(findLaw("烟草专卖法")).toBeUndefined();
    for (const law of Object.values(laws)) if (law.mark !== "T") expect(law.caution, law.key).toBeTruthy();
  });
});
