import { describe, expect, it } from "vitest";
import { readPdf } from "../../knowledge/import/read/pdf.ts";
import { LEFT, type Page, pdfOfPages, ruled, stroke } from "./pdf.ts";

const HEAD = [["序号"], ["类别"], ["名称"], ["依据"]];
const LAW = ["《中华人民共和国水法》第", "六十五条。"];
/** Twelve characters of nine points: the whole of a cell, so that the next line goes on with it. */
const whole = (text: string) => text.padEnd(12, "物");

async function textsOf(...pages: readonly Page[]) {
  const read = await readPdf(pdfOfPages(pages));
  if ("code" in read) return read;
  return read.tables.map(({ rows }) =>
    [...(rows as Iterable<{ cells: { text: string }[] }>)].map(({ cells }) =>
      cells.map(({ text }) => text).join("|"),
    ),
  );
}

describe("ruled tables of a PDF", () => {
  it("have one cell for what is ruled round, however its text is broken", async () => {
    const name = whole("对未经批准擅自");
    expect(
      await textsOf(
        ruled(700, [
          HEAD,
          [["1"], ["行政处罚"], [name, "的处罚"], LAW],
          [["2"], ["行政处罚"], ["对乙的处罚"], LAW],
        ]),
      ),
    ).toEqual([
      [
        "序号|类别|名称|依据",
        `1|行政处罚|${name}的处罚|《中华人民共和国水法》第六十五条。`,
        "2|行政处罚|对乙的处罚|《中华人民共和国水法》第六十五条。",
      ],
    ]);
  });

  it("keep a break that a writer made", async () => {
    expect(await textsOf(ruled(700, [HEAD, [["1"], ["行政处罚"], ["一、甲", "二、乙"], ["无"]]]))).toEqual([
      ["序号|类别|名称|依据", "1|行政处罚|一、甲\n二、乙|无"],
    ]);
  });

  it("say a cell merged over rows in each of them, and say where it stands", async () => {
    const read = await readPdf(
      pdfOfPages([ruled(700, [HEAD, [["1"], ["行政处罚"], ["甲"], ["无"]], [["2"], null, ["乙"], ["无"]]])]),
    );
    expect(read).toMatchObject({
      tables: [
        {
          rows: [
            {},
            {
              cells: [
                { text: "1" },
                { text: "行政处罚", merged: { row: 2, column: 1, across: false } },
                {},
                {},
              ],
            },
            {
              cells: [
                { text: "2" },
                { text: "行政处罚", merged: { row: 2, column: 1, across: false } },
                {},
                {},
              ],
            },
          ],
        },
      ],
    });
  });

  it("go on over the page, the repeated header left out", async () => {
    const first = ruled(100, [HEAD, [["1"], ["行政处罚"], ["甲"], ["无"]]]);
    const second = ruled(800, [HEAD, [["2"], ["行政强制"], ["乙"], ["无"]]]);
    expect(await textsOf(first, second)).toEqual([
      ["序号|类别|名称|依据", "1|行政处罚|甲|无", "2|行政强制|乙|无"],
    ]);
  });

  it("say a merged cell again on the next page", async () => {
    const first = ruled(100, [HEAD, [["1"], ["行政处罚"], ["甲"], ["无"]], [["2"], null, ["乙"], ["无"]]]);
    const second = ruled(800, [
      [["3"], [], ["丙"], ["无"]],
      [["4"], ["行政强制"], ["丁"], ["无"]],
    ]);
    expect(await textsOf(first, second)).toEqual([
      ["序号|类别|名称|依据", "1|行政处罚|甲|无", "2|行政处罚|乙|无", "3|行政处罚|丙|无", "4|行政强制|丁|无"],
    ]);
  });

  it("read lines drawn as thin filled rectangles under a changed scale", async () => {
    const { pieces, drawing } = ruled(700, [HEAD, [["1"], ["行政处罚"], ["甲"], ["无"]]]);
    const filled = drawing.replace(/(\S+) (\S+) m (\S+) (\S+) l S/g, (_, x1, y1, x2, y2) =>
      x1 === x2
        ? `${x1 * 10 - 2} ${y2 * 10} 4 ${(y1 - y2) * 10} re f`
        : `${x1 * 10} ${y1 * 10 - 2} ${(x2 - x1) * 10} 4 re f`,
    );
    expect(await textsOf({ pieces, drawing: `q 0.1 0 0 0.1 0 0 cm\n${filled}\nQ` })).toEqual([
      ["序号|类别|名称|依据", "1|行政处罚|甲|无"],
    ]);
  });

  it("keep the lines over a table as its context, and all sentences as prose", async () => {
    const table = ruled(700, [HEAD, [["1"], ["行政处罚"], ["甲"], ["无"]]]);
    const pieces = [
      { text: "演示市水务局权责清单", left: 100, top: 740 },
      ...table.pieces,
      { text: "注:自公布之日起施行。", left: LEFT, top: table.bottom - 30 },
    ];
    expect(await readPdf(pdfOfPages([{ ...table, pieces }]))).toMatchObject({
      tables: [{ context: ["演示市水务局权责清单"] }],
      prose: ["演示市水务局权责清单", "注:自公布之日起施行。"],
    });
  });
});

describe("ruled tables of a PDF that cannot be relied on", () => {
  const body = ruled(700, [
    HEAD,
    [["1"], ["行政处罚"], ["甲"], ["无"]],
    [["2"], ["行政处罚"], ["乙"], ["无"]],
  ]);
  const beside = (top: number) => [LEFT, 160, 280].map((left) => ({ text: "丙", left, top }));
  const pages: readonly (readonly [string, readonly Page[], string])[] = [
    [
      "a text that crosses a line",
      [{ ...body, pieces: [...body.pieces, { text: whole("对丙的处罚"), left: LEFT + 90, top: 690 }] }],
      "第 1 页的表格里有文字压在格线上",
    ],
    [
      "a table without lines beside it",
      [{ ...body, pieces: [...body.pieces, ...beside(300), ...beside(280)] }],
      "第 1 页有表格内容不在格线内",
    ],
    [
      "a row broken at the page end",
      [body, ruled(800, [[[], ["行政处罚"], ["的处罚"], ["无"]]])],
      "第 2 页开头的一行是从上一页断开的",
    ],
    [
      "a cell that is no rectangle",
      [
        {
          pieces: [{ text: "甲", left: 50, top: 50 }],
          drawing: [
            stroke(40, 40, 240, 40),
            stroke(40, 140, 240, 140),
            stroke(40, 40, 40, 140),
            stroke(240, 40, 240, 140),
            stroke(140, 40, 140, 90),
            stroke(140, 90, 240, 90),
          ].join("\n"),
        },
      ],
      "格线不完整",
    ],
  ];
  it.each(pages)("are refused: %s", async (_, given, why) => {
    expect(await readPdf(pdfOfPages(given))).toEqual({ code: "E03", why: expect.stringContaining(why) });
  });
});
