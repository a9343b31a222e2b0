import { describe, expect, it } from "vitest";
import { normaliseQuestion } from "../../../src/answering/understand/normalise.ts";
import { readNumeral } from "../../../src/answering/understand/numbers.ts";
import { mentions } from "./readings.ts";

describe("a question in its comparable form", () => {
  it.each([
    ["罰款不服怎麼複議", "罚款不服怎么复议"],
    ["陈管发款我不服怎么付议", "城管罚款我不服怎么复议"],
    ["chengguan fa kuan le", "城管罚款了"],
    ["俺不服这罚款咋整", "我不服这罚款怎么办"],
    ["复 议 期 限 几 天", "复议期限几天"],
    ["复议期限\u200b几\u202e天", "复议期限几天"],
    ["罚款!!!!去哪交????😀😀", "罚款!去哪交?"],
    ["嗯 那啥 就是说城管罚我", "城管罚我"],
    ["ＡＢＣ１２３", "abc123"],
    ["", ""],
  ])("%s → %s", (said, meant) => {
    expect(normaliseQuestion(said)).toBe(meant);
  });
});

describe("numerals", () => {
  it.each([
    ["两千", 2000],
    ["两千五", 2500],
    ["三万五", 35_000],
    ["一百二", 120],
    ["一百零二", 102],
    ["壹仟", 1000],
    ["十五", 15],
    ["二十", 20],
    ["一万二千三百", 12_300],
    ["五十一", 51],
    ["一千二百四十二", 1242],
    ["二〇一七", 2017],
    ["城", undefined],
  ])("%s is %s", (said, value) => {
    expect(readNumeral(said)).toBe(value);
  });
});

describe("sums of money", () => {
  it.each([
    ["城管罚我两千块钱", [2000]],
    ["罚了2k", [2000]],
    ["交了200块", [200]],
    ["罚款三万五", [35_000]],
    ["罚款1.2万元", [12_000]],
    ["罚款3.5万能不能少点", [35_000]],
    ["壹仟元整的罚款", [1000]],
    ["罚200", [200]],
    ["罚公司六万", [60_000]],
    ["罚这家饭店两万八", [28_000]],
    ["罚了我们公司5万", [50_000]],
    ["罚单位3000", [3000]],
    ["罚我五百合理吗", [500]],
    ["同样的事人家罚二百我罚两千", [200, 2000]],
    ["罚款12,000元", [12_000]],
    ["罚款60天没交", []],
    ["处罚法51条", []],
    ["扣12分", []],
    ["3月2号罚的", []],
    ["罚款15天内交", []],
  ])("%s → %j", (text, yuan) => {
    expect(mentions(text).amountsYuan).toEqual(yuan);
  });
});

describe("laws and articles", () => {
  it.each([
    ["行政处罚法51条是什么", "行政处罚法", "第五十一条"],
    ["处罚法第五十一条", "行政处罚法", "第五十一条"],
    ["《中华人民共和国行政处罚法》五十一", "行政处罚法", "第五十一条"],
    ["行政复议法第20条第1款", "行政复议法", "第二十条第一款"],
    ["复议法二十三条第一款第(一)项", "行政复议法", "第二十三条第一款第(一)项"],
    ["治安管理处罚法119条", "治安管理处罚法", "第一百一十九条"],
    ["信访工作条例第三十四条", "信访工作条例", "第三十四条"],
    ["国办发〔2018〕118号说的什么", expect.stringContaining("全面推行行政执法公示制度"), undefined],
    ["《某某暂行规定》还有效吗", "某某暂行规定", undefined],
  ])("%s", (text, law, article) => {
    const [first] = mentions(text).laws;
    expect(first?.law).toEqual(law);
    expect(first?.article?.replace("第一项", "第(一)项")).toBe(article);
  });

  it("does not take the day of the month for a document", () => {
    expect(mentions("14号签收的决定书复议到哪天").laws).toEqual([]);
  });
});

describe("numbers told apart", () => {
  it.each([
    ["执法证号 14080012345 是真的吗", { certNos: ["14080012345"] }],
    ["罚款200000元合法吗", { amountsYuan: [200_000], certNos: [] }],
    ["处罚决定书 晋运市监罚〔2025〕1234567号", { docNos: ["晋运市监罚〔2025〕1234567号"], certNos: [] }],
    ["运政办发(2017)91号是啥文件", { docNos: ["运政办发〔2017〕91号"] }],
    ["(2026)晋08行初1号", { caseNos: ["（2026）晋08行初1号"], docNos: [] }],
    ["身份证142701199001011234", { certNos: [], codes: [] }],
    ["我电话13812345678", { certNos: [] }],
    ["统一社会信用代码91140800MA0K123456", { usccs: ["91140800MA0K123456"] }],
    ["99010000001", { certNos: ["99010000001"] }],
    ["９９０１００００００１是真的吗", { certNos: ["99010000001"] }],
    ["演辅00011这个人能执法吗", { certNos: ["演辅00011"] }],
    ["YB-000017这个证备案了吗", { certNos: ["YB-000017"] }],
    ["查一下CG-CF-001", { codes: ["CG-CF-001"] }],
  ])("%s", (text, expected) => {
    expect(mentions(text)).toMatchObject(expected);
  });

  it("reads a receipt typed in groups when its check digit is right, and no other", () => {
    expect(mentions("1234 5678 9012 3452 8").receipts).toEqual(["12345678901234528"]);
    expect(mentions("回执号 12345678901234528 查进度").receipts).toEqual(["12345678901234528"]);
    expect(mentions("1234 5678 9012 3452 7").receipts).toEqual([]);
  });
});

describe("organs and places", () => {
  it.each([
    ["盐湖区城管局罚我", undefined, ["ent_140802_cgj"]],
    ["盐湖区的城管罚我", undefined, ["ent_140802_cgj"]],
    ["城管罚我五百", "140802", ["ent_140802_cgj"]],
    ["城管罚我五百", "990101", ["ent_demo_dy_cgj"]],
    ["工商局查我店", "140821", ["ent_140821_scjg"]],
    ["市城管局罚我", "140800", ["ent_140800_cgj"]],
    ["环保局来查", "990101", ["ent_demo_dy_sthj"]],
    ["永济市应急局", undefined, ["ent_140881_yjj"]],
    ["路政拦车", "140802", ["ent_140802_jtj"]],
    ["房管局", "140802", ["ent_140802_zjj"]],
    ["交警扣我车", "140802", ["ent_140802_jj"]],
    ["样例派出所", undefined, ["ent_demo_dy_yl_pcs"]],
  ])("%s in %s", (text, area, ids) => {
    expect(mentions(text, { area }).organs[0]?.entityIds).toEqual(ids);
  });

  it("returns every organ a nickname may mean when the place is not known", () => {
    const [organ] = mentions("城管罚我五百").organs;
    expect(organ?.field).toBe("城市管理");
    expect(organ?.entityIds.length).toBeGreaterThan(10);
  });

  it("takes the organ the conversation is about", () => {
    const memory = { organ: "ent_140822_cgj" };
    expect(mentions("城管还会来吗", { memory }).organs[0]?.entityIds).toEqual(["ent_140822_cgj"]);
  });

  it("names the field of those that are no organs", () => {
    expect(mentions("物业能罚款吗").organs[0]).toEqual({ said: "物业", entityIds: [], field: "物业" });
  });

  it.each([
    ["盐湖区在哪", ["140802"]],
    ["演示市", ["990100"]],
    ["太原市城管罚我", []],
  ])("knows the place in %s", (text, codes) => {
    expect(mentions(text).areas[0]?.codes).toEqual(codes);
  });
});

describe("the day and the party", () => {
  it("reads the day against today", () => {
    expect(mentions("3月2号签收的处罚决定书,复议最晚哪天", { today: "2026-03-10" }).trigger).toMatchObject({
      kind: "day",
      day: "2026-03-02",
    });
  });
  it.each([
    ["我们公司被罚了", "organization"],
    ["我是个摆摊的", "person"],
    ["个体工商户罚两百", undefined],
  ])("%s is a %s", (text, party) => {
    expect(mentions(text).party).toBe(party);
  });
});
