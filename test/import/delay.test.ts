/** 国办发〔2018〕118号(六): days from decision to publication are working days, holidays and make-up days counted. */
import { describe, expect, it } from "vitest";
import { run, workbook } from "./fixtures.ts";

const HEAD = ["序号", "决定书文号", "当事人", "执法类别", "处罚内容", "决定日期", "公示日期"];

describe("days between a decision and its publication", () => {
  it.each<[string, string, string, string, string | undefined]>([
    [
      "over the National Day week, on the seventh working day",
      "行政处罚",
      "2026-09-28",
      "2026-10-13",
      undefined,
    ],
    [
      "over the National Day week, on the eighth",
      "行政处罚",
      "2026-09-28",
      "2026-10-14",
      "第 8 个工作日才公示",
    ],
    ["a licence on the eighth working day", "行政许可", "2026-06-01", "2026-06-11", "第 8 个工作日才公示"],
    ["another act on the twentieth", "行政强制", "2026-06-01", "2026-06-30", undefined],
    [
      "in a year whose holidays are not published",
      "行政处罚",
      "2031-09-26",
      "2031-10-20",
      "(该年放假安排不在日历中,节假日按推算)才公示",
    ],
  ])("%s", async (_, type, decided, published, said) => {
    const result = await run(
      workbook([HEAD, [1, "演水罚〔2026〕1号", "演示商店", type, "罚款500元", decided, published]]),
      "decision",
    );
    expect(result.records).toHaveLength(1);
    const found = result.issues.find(({ code }) => code === "W65");
    expect(found === undefined).toBe(said === undefined);
    if (said) expect(found).toMatchObject({ row: 2, message: expect.stringContaining(said) });
  });
});
