import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isHoliday as theirHoliday, isWorkday as theirWorkday } from "chinese-days";
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import {
  buildCalendar,
  holidayName,
  isHoliday,
  isKnownYear,
  isWorkingDay,
  parseCalendarYear,
} from "../../src/law/calendar.ts";
import { addDays, type Day } from "../../src/law/day.ts";
import { fromLunar, statutoryHolidays, toLunar } from "../../src/law/lunar.ts";

const calendar = loadCalendar();
const daysOf = (year: number) =>
  Array.from({ length: 366 }, (_, i) => addDays(`${year}-01-01` as Day, i)).filter((day) =>
    day.startsWith(String(year)),
  );

describe("the calendar", () => {
  it.each(Array.from({ length: 14 }, (_, i) => 2013 + i))(
    "agrees with another public data set on every day of %i",
    (year) => {
      const differ = daysOf(year).filter((day) => isWorkingDay(day, calendar) !== theirWorkday(day));
      // In 2015 the other set lacks the Saturday of the victory-day break; it rests either way.
      expect(differ).toEqual([]);
      expect(daysOf(year).some((day) => isHoliday(day, calendar) && theirHoliday(day))).toBe(true);
    },
  );

  it("names a notice for every year, with its caution when the notice was not read", () => {
    for (const { year, notices } of calendar.years) {
      expect(notices[0]?.title).toContain(String(year));
      for (const notice of notices) if (notice.mark !== "T") expect(notice.caution).toBeTruthy();
    }
    expect(calendar.years.find(({ year }) => year === 2026)?.notices[0]).toMatchObject({
      mark: "T",
      date: "2025-11-04",
    });
  });

  it("knows 2013 to 2026 and no other year", () => {
    expect(calendar.years.map(({ year }) => year)).toEqual(Array.from({ length: 14 }, (_, i) => 2013 + i));
    expect(isKnownYear(2027, calendar)).toBe(false);
    expect(isKnownYear(2012, calendar)).toBe(false);
  });

  it("works on a make-up Saturday and rests on a bridged Friday", () => {
    expect(isWorkingDay("2026-02-14", calendar)).toBe(true);
    expect(isWorkingDay("2026-10-10", calendar)).toBe(true);
    expect(isWorkingDay("2026-02-20", calendar)).toBe(false);
    expect(holidayName("2026-09-25", calendar)).toBe("中秋节");
    expect(isHoliday("2026-11-28", calendar)).toBe(false);
  });

  it("projects an unknown year from weekends and the fixed holidays", () => {
    expect(isWorkingDay("2027-01-01", calendar)).toBe(false);
    expect(isWorkingDay("2027-01-04", calendar)).toBe(true);
    expect(holidayName("2027-02-06", calendar)).toBe("春节");
  });

  it("has thirteen fixed holidays a year since 2025, all days off in the notices of 2025 and 2026", () => {
    for (const year of [2025, 2026]) {
      const fixed = [...statutoryHolidays(year).keys()];
      expect(fixed).toHaveLength(13);
      for (const day of fixed) expect(isHoliday(day, calendar)).toBe(true);
    }
  });

  it.each([
    ["2013-02-10", 2013],
    ["2014-01-31", 2014],
    ["2015-02-19", 2015],
    ["2016-02-08", 2016],
    ["2017-01-28", 2017],
    ["2018-02-16", 2018],
    ["2019-02-05", 2019],
    ["2020-01-25", 2020],
    ["2021-02-12", 2021],
    ["2022-02-01", 2022],
    ["2023-01-22", 2023],
    ["2024-02-10", 2024],
    ["2025-01-29", 2025],
    ["2026-02-17", 2026],
    ["2027-02-07", 2027],
    ["2028-01-26", 2028],
  ] as const)("places 春节 on %s", (day, year) => {
    expect(fromLunar(year, 1, 1)).toBe(day);
    expect(toLunar(day)).toMatchObject({ month: 1, day: 1, leap: false });
  });

  it("finds leap months", () => {
    expect(fromLunar(2025, 6, 1, true)).toBe("2025-07-25");
    expect(fromLunar(2026, 6, 1, true)).toBeUndefined();
  });

  it("takes an operator's file for a new year, and refuses a wrong one by name", () => {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-calendar-"));
    const year2027 = {
      year: 2027,
      notices: [{ title: "国务院办公厅关于2027年部分节假日安排的通知", mark: "T" }],
      rest: [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }],
      work: ["2027-01-09"],
    };
    writeFileSync(join(folder, "2027.json"), JSON.stringify(year2027));
    const extended = loadCalendar(folder);
    expect(isKnownYear(2027, extended)).toBe(true);
    expect(isWorkingDay("2027-01-09", extended)).toBe(true);
    writeFileSync(join(folder, "2027.json"), JSON.stringify({ ...year2027, work: ["2027-01-08"] }));
    expect(() => loadCalendar(folder, { reload: true })).toThrow(/2027\.json.*2027-01-08 应是周六或周日/);
    rmSync(folder, { recursive: true });
  });

  it.each([
    [{ rest: [{ name: "元旦", from: "2027-02-30", to: "2027-03-01" }] }, "不是真实的日期"],
    [{ rest: [{ name: "元旦", from: "2027-01-03", to: "2027-01-01" }] }, "早于开始日"],
    [{ work: ["2027-01-02"] }, "既放假又上班"],
    [{ notices: [] }, "notices"],
  ])("refuses a year file that makes no sense: %j", (change, why) => {
    const good = {
      year: 2027,
      notices: [{ title: "通知", mark: "T" }],
      rest: [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }],
      work: [],
    };
    expect(() => parseCalendarYear({ ...good, ...change }, "2027.json")).toThrow(why);
  });

  it("answers from an empty calendar by projection alone", () => {
    const empty = buildCalendar([]);
    expect(isWorkingDay("2026-10-01", empty)).toBe(false);
    expect(isWorkingDay("2026-10-09", empty)).toBe(true);
  });
});
