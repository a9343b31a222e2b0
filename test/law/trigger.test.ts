import { describe, expect, it } from "vitest";
import { readTrigger } from "../../src/law/trigger.ts";

/** A Tuesday. */
const TODAY = "2026-11-24";

/** said → day, event (空 = none). */
const days: readonly (readonly [string, string, string?])[] = [
  ["3月2号签收的", "2026-03-02", "signed"],
  ["\uff13月\uff12号签收的", "2026-03-02", "signed"],
  ["3月2日收到处罚决定书", "2026-03-02", "signed"],
  ["八月三号", "2026-08-03"],
  ["八月三日当场开的单子", "2026-08-03", "onTheSpot"],
  ["十月一号", "2026-10-01"],
  ["十一月二十号拿到的", "2026-11-20", "signed"],
  ["二〇二六年三月二日", "2026-03-02"],
  ["二零二六年十月十日", "2026-10-10"],
  ["2026年3月2日", "2026-03-02"],
  ["2026年03月02日", "2026-03-02"],
  ["26年3月2号", "2026-03-02"],
  ["二六年三月二号", "2026-03-02"],
  ["25年12月31号签的字", "2025-12-31", "signed"],
  ["2026.3.2", "2026-03-02"],
  ["2026-03-02", "2026-03-02"],
  ["2026/3/2", "2026-03-02"],
  ["\uff12\uff10\uff12\uff16\uff0f\uff13\uff0f\uff12", "2026-03-02"],
  ["20260302", "2026-03-02"],
  ["3/2", "2026-03-02"],
  ["3.2签收", "2026-03-02", "signed"],
  ["昨天当场罚的", "2026-11-23", "onTheSpot"],
  ["今天刚收到", "2026-11-24", "signed"],
  ["前天下午", "2026-11-22"],
  ["大前天被罚的", "2026-11-21", "decided"],
  ["昨晚现场罚了我", "2026-11-23", "onTheSpot"],
  ["上周五", "2026-11-20"],
  ["上星期一收到的", "2026-11-16", "signed"],
  ["上上周三", "2026-11-11"],
  ["这周一", "2026-11-23"],
  ["礼拜天签收", "2026-11-22", "signed"],
  ["周二", "2026-11-24"],
  ["3天前收到的", "2026-11-21", "signed"],
  ["十天前", "2026-11-14"],
  ["两天以前", "2026-11-22"],
  ["上个月5号", "2026-10-05"],
  ["这个月3号", "2026-11-03"],
  ["5号", "2026-11-05"],
  ["28号领的", "2026-10-28", "signed"],
  ["去年12月25号", "2025-12-25"],
  ["前年6月1日", "2024-06-01"],
  ["今年五月八号知道的", "2026-05-08", "learned"],
  ["正月十五", "2026-03-03"],
  ["农历八月十五", "2026-09-25"],
  ["腊月廿三", "2026-02-10"],
  ["去年腊月廿三", "2026-02-10"],
  ["大年三十", "2026-02-16"],
  ["端午那天", "2026-06-19"],
  ["国庆节当天", "2026-10-01"],
  ["元旦", "2026-01-01"],
  ["3月2号罚的,3月5号才收到", "2026-03-05", "signed"],
  ["3月2号作出,快递3月6号签收", "2026-03-06", "mailed"],
  ["复议决定书11月10号收到的", "2026-11-10", "reconsiderationDecisionReceived"],
  ["11月18日给了听证告知书", "2026-11-18", "hearingNoticed"],
  ["10月9号立案", "2026-10-09", "filed"],
  ["公告是10月20号贴的", "2026-10-20", "publicNotice"],
  ["单子9月1号贴在车上", "2026-09-01", "posted"],
  ["12月30号", "2025-12-30"],
];

describe("a person's words for a day", () => {
  it.each(days.map(([said, day, event]) => ({ said, day, event })))(
    "$said → $day",
    ({ said, day, event }) => {
      const reading = readTrigger(said, TODAY);
      expect(reading).toMatchObject({ kind: "day", day });
      expect(reading.kind === "day" && reading.event).toBe(event);
    },
  );

  it.each([
    ["没给我书", "notServed"],
    ["什么文书都没给", "notServed"],
    ["一直没收到决定书", "notServed"],
    ["没有送达文书", "notServed"],
    ["公告贴了快一个月", "approximate"],
    ["去年底", "approximate"],
    ["年初罚的", "approximate"],
    ["前几天", "approximate"],
    ["半个月前", "approximate"],
    ["一个多月了", "approximate"],
    ["两个月前收到", "approximate"],
    ["上周收到的", "approximate"],
    ["3月份", "approximate"],
    ["三月底", "approximate"],
    ["上个月", "approximate"],
    ["国庆前后", "approximate"],
    ["好几天了", "approximate"],
    ["去年夏天", "approximate"],
    ["三月初二", "ambiguous"],
    ["12月3号收到的", "ambiguous"],
    ["3月2号和4月5号都有", "ambiguous"],
    ["2月30日", "impossible"],
    ["2026年2月29日", "impossible"],
    ["2026年13月1日", "impossible"],
    ["4月31号签收", "impossible"],
    ["明天", "future"],
    ["2026年12月1日收到", "future"],
    ["下周五", "future"],
    ["罚了3000元", "none"],
    ["处罚法第五十一条", "none"],
    ["15日内要交吗", "none"],
    ["3.2元", "none"],
    ["罚款怎么交", "none"],
    ["贴了个公告", "none"],
    ["", "none"],
  ])("%s is %s", (said, kind) => expect(readTrigger(said, TODAY).kind).toBe(kind));

  it("says which year it took for a bare month and day", () => {
    expect(readTrigger("3月2号", TODAY)).toMatchObject({ assumed: expect.stringContaining("2026年3月2日") });
    expect(readTrigger("12月30号", TODAY)).toMatchObject({
      day: "2025-12-30",
      assumed: expect.stringContaining("2025年12月30日"),
    });
  });

  it("offers last year's day when this year's is close but has not come", () => {
    expect(readTrigger("12月3号收到的", TODAY)).toMatchObject({
      options: ["2025-12-03"],
      ask: expect.stringContaining("还没有到"),
    });
  });

  it("offers both readings of 三月初二", () => {
    expect(readTrigger("三月初二", TODAY)).toMatchObject({
      options: ["2026-04-18", "2026-03-02"],
      ask: expect.stringContaining("农历还是公历"),
    });
  });

  it("bounds what is vague and never turns it into a day", () => {
    const reading = readTrigger("公告贴了快一个月", TODAY);
    expect(reading).toMatchObject({ kind: "approximate", event: "publicNotice" });
    if (reading.kind === "approximate") expect((reading.earliest ?? "") < (reading.latest ?? "")).toBe(true);
  });

  it("points at the words it read", () => {
    const said = "我是3月2号在店里签收的";
    const reading = readTrigger(said, TODAY);
    expect(reading).toMatchObject({ said: "3月2号", span: [2, 6] });
  });

  it("says why a day cannot be", () => {
    expect(readTrigger("2月30日", TODAY)).toMatchObject({ why: expect.stringContaining("2月没有30日") });
  });

  it("reads 29 February only in a leap year", () => {
    expect(readTrigger("2月29号", "2024-03-10")).toMatchObject({ kind: "day", day: "2024-02-29" });
    expect(readTrigger("2月29号", TODAY).kind).toBe("impossible");
  });
});
