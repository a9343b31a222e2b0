import { describe, expect, it } from "vitest";
import { textOf } from "../../scripts/eval/score.ts";
import { PublishedRecord } from "../../src/records/schema.ts";
import { lastOf, libraryOf, talk } from "./house.ts";

const statute = (id: string, title: string, version: string, more: Record<string, unknown>) =>
  PublishedRecord.parse({
    kind: "statute",
    id,
    dataset: "national",
    status: "published",
    source: { title, publisher: "测试机关" },
    title,
    rank: "法律",
    version,
    repealed: false,
    validity: {},
    ...more,
  });

const OLD = "旧文本规定的处罚种类甲乙丙。";
const NEW = "新文本规定的处罚种类丁戊己。";
const DEAD = "在演示街道摆放花盆应当报备。";
const TAKEN = "录错的花盆条文。";
const law = "中华人民共和国治安管理处罚法";
const library = libraryOf([
  statute("sta_old_1", law, "2012-10-26", {
    repealed: true,
    supersededById: "sta_new_1",
    validity: { effectiveFrom: "2013-01-01", effectiveTo: "2025-12-31" },
    articles: [
      { no: "第十条", text: OLD },
      { no: "第十五条", text: "旧文本的第十五条。" },
    ],
  }),
  statute("sta_new_1", law, "2025-06-27", {
    validity: { effectiveFrom: "2026-01-01" },
    articles: [
      { no: "第十条", text: NEW },
      { no: "第十五条", text: "新文本的第十五条。" },
    ],
  }),
  statute("sta_dead_1", "演示市街道花盆管理办法", "2001-05-06", {
    rank: "政府规章",
    docNo: "演政发〔2001〕7号",
    repealed: true,
    supersededById: "sta_next_1",
    validity: { effectiveFrom: "2001-07-01", effectiveTo: "2024-06-30" },
    articles: [{ no: "第三条", text: DEAD }],
  }),
  statute("sta_next_1", "演示市街道绿植管理办法", "2024-05-01", {
    rank: "政府规章",
    validity: { effectiveFrom: "2024-07-01" },
    articles: [{ no: "第三条", text: "摆放绿植不用报备。" }],
  }),
  statute("sta_lone_1", "演示市三轮车停放规定", "1999-03-04", {
    rank: "政府规章",
    repealed: true,
    validity: { effectiveTo: "2020-02-29" },
    articles: [{ no: "第二条", text: "三轮车停放应当靠右。" }],
  }),
  statute("sta_taken_1", law, "2006-01-01", {
    status: "withdrawn",
    withdrawn: { on: "2026-01-02", by: "甲", reason: "录错" },
    repealed: true,
    articles: [{ no: "第十条", text: TAKEN }],
  }),
]);
const asked = async (...lines: string[]) => textOf(await lastOf(lines, { library }));

describe("an older text that is asked for", () => {
  it.each([
    "2012年版治安管理处罚法第十条",
    "2012年的治安管理处罚法第十条怎么规定的",
    "12年版的治安管理处罚法第十条",
    "治安管理处罚法2012年版第十条",
    "治安管理处罚法(2012年修正)第十条",
    "旧的治安管理处罚法第十条",
    "老治安管理处罚法第十条是什么",
    "旧版《治安管理处罚法》第十条",
    "旧法治安管理处罚法第十条",
    "治安管理处罚法第十条原来是怎么规定的",
    "原来的治安管理处罚法第十条",
    "治安管理处罚法以前的第十条",
    "治安管理处罚法修订前第十条怎么写的",
    "修订前的治安管理处罚法第十条",
    "修正前治安管理处罚法第10条",
    "已经废止的治安管理处罚法第十条",
    "治安管理处罚法第十条和以前有什么不一样",
  ])("%s", async (question) => {
    const text = await asked(question);
    expect(text).toContain(OLD);
    expect(text).toMatch(/2012年10月26日文本.*2013年1月1日起施行.*2025年12月31日后失效/);
    expect(text).toContain(NEW);
    expect(text.indexOf(OLD)).toBeLessThan(text.indexOf(NEW));
    expect(text).not.toContain(TAKEN);
  });

  it("is named by what is held when the year asked for is not", async () => {
    const text = await asked("1996年版治安管理处罚法第十条");
    expect(text).toMatch(/没有收录.*1996年的文本[\s\S]*2012年10月26日文本/);
  });

  it.each([
    "已经废止的演示市街道花盆管理办法第三条",
    "已经废止的《演示市街道花盆管理办法》第三条",
    "旧的演示市街道花盆管理办法第三条怎么规定",
    "演示市街道花盆管理办法第三条原来怎么规定的",
  ])("%s", async (question) => {
    const text = await asked(question);
    expect(text).toContain(DEAD);
    expect(text).toMatch(/2024年6月30日后失效[\s\S]*《演示市街道绿植管理办法》/);
  });
});

describe("without history asked", () => {
  it.each([
    "治安管理处罚法第十条",
    "2025年版治安管理处罚法第十条",
    "老百姓按治安管理处罚法第十条会怎么罚",
    "2012年打的架,按治安管理处罚法第十条怎么处罚",
    "我原来是保安,治安管理处罚法第十条讲什么",
    "治安管理处罚法第十条原文",
  ])("%s: the current text alone", async (question) => {
    const text = await asked(question);
    expect(text).toContain(NEW);
    expect(text).not.toContain(OLD);
    expect(text).not.toContain("失效,只供");
  });

  it.each([
    "演示市街道花盆管理办法第三条",
    "《演示市街道花盆管理办法》第三条怎么规定的",
    "演示市街道花盆管理办法还有效吗",
    "演政发〔2001〕7号是什么文件",
  ])("%s: that it is out of force, until when, what replaced it", async (question) => {
    const reply = await lastOf([question], { library });
    const text = textOf(reply);
    expect(text).toMatch(/《演示市街道花盆管理办法》已经废止,2024年6月30日是最后一天有效/);
    expect(text).toMatch(/现行的是《演示市街道绿植管理办法》,自2024年7月1日起施行/);
    expect(text).toContain("要看请说");
    expect(text).not.toContain(DEAD);
    expect(reply.citations.map((one) => one.record)).not.toContain("sta_dead_1");
  });

  it("says so when nothing is known to have replaced it", async () => {
    const text = await asked("演示市三轮车停放规定第二条");
    expect(text).toMatch(/已经废止,2020年2月29日是最后一天有效[\s\S]*没有收录/);
    expect(text).not.toContain("靠右");
  });

  it("shows the old text when the offer is taken", async () => {
    const lines = ["演示市街道花盆管理办法第三条", "已经废止的《演示市街道花盆管理办法》第三条"];
    const [first, second] = await talk(lines, { library });
    expect(textOf(first!.reply)).not.toContain(DEAD);
    expect(textOf(second!.reply)).toContain(DEAD);
  });
});
