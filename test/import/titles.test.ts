/** What stands over a list: its title, what is filled in beside it, and what a browser prints round it. */
import { describe, expect, it } from "vitest";
import { blocked, csv, run, save, workbook } from "./fixtures.ts";
import { pdfOfPages, ruled } from "./pdf.ts";

const law = "《演示用水条例》第十条";
const POWER = ["序号", "职权类型", "职权名称", "实施依据"];
const ASSISTANTS = ["序号", "姓名", "工作证号", "工作单位"];
const assistant = ["1", "演甲一", "FZ0001", "演示市水务局"];

describe("what stands over a header", () => {
  it.each([
    ["a title", ["演示市水务局权责清单", "", "", ""], "A1:D1"],
    ["what one cell fills in", ["填报单位(盖章):演示市水务局 填报时间:2026年3月2日", "", "", ""], "A1:D1"],
    ["what two cells fill in", ["填报单位:演示市水务局", "", "", "填报时间:"], "A1:C1"],
    ["a title beside its month", ["演示市水务局权责清单", "", "", "2026年3月"], "A1:C1"],
  ])("is no level of it: %s merged over the columns", async (_, over, merge) => {
    const file = workbook([over, POWER, [1, "行政处罚", "对甲的处罚", law]], { merges: [merge] });
    const result = await run(file, "power");
    expect(result.headings).toEqual(POWER);
    expect(result.records).toHaveLength(1);
  });

  it("still checks what a merged title declares", async () => {
    const over = ["演示市水务局权责清单(共2项)", "", "", ""];
    const file = workbook([over, POWER, [1, "行政处罚", "对甲的处罚", law]], { merges: ["A1:D1"] });
    const { issues } = await run(file, "power");
    expect(issues.map(({ code }) => code)).toContain("W38");
  });
});

describe("the title", () => {
  it.each([
    ["alone", [["演示市水务局权责清单"]]],
    ["under 附件", [["附件2"], ["演示市水务局权责清单"]]],
    ["after 附件", [["附件2:演示市水务局权责清单"]]],
    ["before what is filled in", [["演示市水务局权责清单"], ["填报单位:演示市水务局"]]],
    ["under what is filled in", [["填报单位:演示市水务局"], ["演示市水务局权责清单"]]],
  ])("is the list's name %s", async (_, over) => {
    const result = await run(workbook([...over, POWER, [1, "行政处罚", "对甲的处罚", law]]), "power");
    expect(result.records).toMatchObject([{ source: { title: "演示市水务局权责清单" } }]);
  });

  it("is not what a browser prints over a page", async () => {
    const table = ruled(700, [ASSISTANTS.map((name) => [name]), assistant.map((text) => [text])]);
    const page = (title: string) => ({
      drawing: table.drawing,
      pieces: [
        { text: `11/24/26, 2:53 PM ${title}`, left: 20, top: 820 },
        { text: "演示市水务局执法辅助人员名单", left: 40, top: 760 },
        ...table.pieces,
        { text: "https://example.invalid/list.html 1/1", left: 20, top: 20 },
      ],
    });
    for (const title of ["", "演示市水务局人员公示"]) {
      const result = await run(save("名单.pdf", pdfOfPages([page(title)])), "officer");
      expect(result.records).toMatchObject([
        { auxiliary: true, source: { title: "演示市水务局执法辅助人员名单" } },
      ]);
    }
  });

  it("is the table's own before the page's, so that assistants are told from officers", async () => {
    const table = (rows: readonly (readonly string[])[]) =>
      `<table>${rows.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join("")}</tr>`).join("")}</table>`;
    const html = `<html><head><title>演示市水务局人员公示</title></head><body><p>当前位置:首页&gt;人员公示</p>
      <h3>执法辅助人员名单</h3>${table([ASSISTANTS, assistant])}</body></html>`;
    const result = await run(save("名单.html", html), "officer");
    expect(result.records).toMatchObject([{ auxiliary: true }]);
  });
});

describe("the day a list was published", () => {
  it.each([
    ["2026年3月2日", "2026-03-02"],
    ["本清单自2026年3月1日起施行。", undefined],
    ["有效期至2031-03-10", undefined],
    ["自2026年3月1日起施行。发布日期:2026-02-20", "2026-02-20"],
  ])("is read from “%s” as %s", async (line, day) => {
    const result = await run(workbook([[line], POWER, [1, "行政处罚", "对甲的处罚", law]]), "power");
    expect(result.records[0]?.source.publishedOn).toBe(day);
  });
});

describe("what a message names", () => {
  it("the row of planted words, and a hidden sheet once", async () => {
    const file = workbook([POWER, [1, "行政处罚", "对甲的处罚365体育投注", law]], {
      hiddenSheet: [["内部"]],
    });
    const result = await run(file, "power");
    expect(blocked(result)).toEqual(["E05@null", "E40@2"]);
    const said = (code: string) => result.issues.find((issue) => issue.code === code)?.message;
    expect(said("E05")).toMatch(/》工作表“内部”为隐藏内容/);
    expect(said("E40")).toMatch(/工作表“清单”第 2 行内容中发现/);
  });

  it("the column in which two rows are one", async () => {
    const head = ["监督渠道", "受理机构", "监督电话"];
    const file = workbook([
      head,
      ["热线", "演示市水务局办公室", "0990-8880101"],
      ["热线", "演示市水务局办公室", "0990-8880102"],
    ]);
    const { issues } = await run(file, "supervision");
    const { column, message } = issues.find(({ code }) => code === "E17") ?? {};
    expect(column).toBe("受理机构");
    expect(message).toMatch(/第 3 行与第 2 行“受理机构”同为“演示市水务局办公室”/);
  });
});

describe("a row that says nothing to go by", () => {
  it.each(["=HYPERLINK(A2)", "=Sheet2!B4", "=B2&C2", "+VLOOKUP(A2,B:C,2)"])(
    "is kept out when its name is the formula %s of a text file",
    async (formula) => {
      const body = csv([POWER, ["1", "行政处罚", formula, law], ["2", "行政处罚", "对乙的处罚", law]]);
      const result = await run(save("清单.csv", body), "power");
      expect(blocked(result)).toEqual(["E46@2"]);
      expect(result.records).toMatchObject([{ name: "对乙的处罚" }]);
    },
  );

  it("is kept out when a place to complain has neither phone nor address", async () => {
    const file = workbook([
      ["监督渠道", "受理机构", "监督电话"],
      ["热线", "演示市水务局办公室", ""],
    ]);
    expect(blocked(await run(file, "supervision"))).toEqual(["E43@2"]);
  });
});

describe("a declared number", () => {
  it.each(["(共2个)", "(共2家)", "(共2名)"])("of %s is held against the rows under it", async (count) => {
    const file = workbook([POWER, [`一、水资源${count}`, "", "", ""], [1, "行政处罚", "对甲的处罚", law]], {
      merges: ["A2:D2"],
    });
    const { issues } = await run(file, "power");
    expect(issues.filter(({ code }) => code === "W38")).toMatchObject([{ row: 2 }]);
  });
});
