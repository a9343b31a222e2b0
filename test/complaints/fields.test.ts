/** What each field takes, in words; and what it never takes. */
import { describe, expect, it } from "vitest";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { type FieldName, fieldFor, type Known, type Manner, readField } from "../../src/complaints/fields.ts";
import { asksSomething } from "../../src/complaints/form-questions.ts";
import { IntakeDraft } from "../../src/complaints/intake-draft.ts";
import { storyIn } from "../../src/complaints/told.ts";
import { library } from "../cases/town.ts";

const today = "2026-11-24";
const known: Known = {
  library,
  today,
  identityAllowed: true,
  mentionsOf: (text) => mentionsOf(text, { library, memory: {}, today }),
};
const draft = IntakeDraft.parse({ kind: "complaint", submission: "s", key: "k" });
const read = (field: FieldName, said: string, manner: Manner) =>
  readField(field, said, known, draft, manner)?.kind;

describe("a field asked for", () => {
  it.each<[FieldName, string]>([
    ["when", "11月3日"],
    ["when", "上周五"],
    ["when", "昨天"],
    ["when", "上个月"],
    ["when", "昨天下午三点多"],
    ["when", "去年夏天"],
    ["when", "收到决定书是11月10号"],
    ["where", "解放路农贸市场"],
    ["where", "我家门口"],
    ["where", "在东关"],
    ["where", "演示路"],
    ["officer", "王建国"],
    ["officer", "姓王的队长"],
    ["officer", "两个人,一个高个子"],
    ["officer", "演A00001"],
    ["organ", "演示市城市管理局"],
    ["organ", "城管"],
    ["organ", "某某县水务局"],
    ["name", "张三"],
    ["name", "我叫逯小明"],
    ["contact", "13900001234"],
    ["contact", "我的电话是0990-1234567"],
    ["contact", "a@b.cn"],
    ["contact", "微信 zhangsan8"],
    ["secrecy", "我选匿名"],
  ])("%s takes %s", (field, said) => expect(read(field, said, "asked")).toBe("value"));

  it.each<[FieldName, string]>([
    ["when", "演示市城市管理局"],
    ["when", "好的"],
    ["when", "王建国"],
    ["where", "不是,是11月12号"],
    ["where", "演示市城市管理局"],
    ["where", "13900001234"],
    ["where", "昨天"],
    ["where", "确认"],
    ["officer", "确认"],
    ["officer", "昨天"],
    ["officer", "周五"],
    ["officer", "方便"],
    ["organ", "确认"],
    ["organ", "昨天上午"],
    ["organ", "解放路"],
    ["organ", "城管队的老王"],
    ["name", "确认"],
    ["name", "不想说"],
    ["name", "匿名"],
    ["name", "昨天"],
    ["contact", "没有"],
    ["contact", "能匿名吗"],
    ["secrecy", "能匿名吗"],
    ["secrecy", "不要匿名"],
  ])("%s does not take %s", (field, said) => expect(read(field, said, "asked")).toBeUndefined());

  it("refuses a day to come, and an identity where none may be taken", () => {
    expect(read("when", "2月30日", "asked")).toBe("refused");
    expect(readField("contact", "13900001234", { ...known, identityAllowed: false }, draft)?.kind).toBe(
      "refused",
    );
  });
});

describe("bare words", () => {
  it.each([
    ["11月12号", "when"],
    ["演示市城管局", "organ"],
    ["13900001234", "contact"],
    ["解放路口", "where"],
    ["王建国", "officer"],
    ["罚了2000元", "amount"],
    ["匿名", "secrecy"],
    ["我叫李大明", "name"],
  ])("%s is the %s", (said, field) => expect(fieldFor(said, known, draft)?.field).toBe(field));

  it.each([
    "确认",
    "好的",
    "他们把我的车拉走了",
    "队长向我索要红包,不给就罚款",
    "我在超市买到过期食品",
    "嗯",
    "城管打人",
    "我妈现在在医院",
  ])("%s is no field's value", (said) => expect(fieldFor(said, known, draft)).toBeUndefined());
});

describe("a question and a story", () => {
  it.each([
    "电话多少",
    "会不会报复我",
    "能匿名吗",
    "我先问下 罚款15天不交会咋样",
    "要多久有结果",
    "为啥要填这个",
  ])("%s asks", (said) => expect(asksSomething(said)).toBe(true));
  it.each(["解放路", "不知道叫什么路", "记不清几号了", "他们三个人来的", "王建国"])("%s does not", (said) =>
    expect(asksSomething(said)).toBe(false),
  );
  it.each([
    ["城管今天没亮证就把我三轮车扣了怎么办", "城管今天没亮证就把我三轮车扣了"],
    ["我要投诉他们昨天骂我还不给票", "昨天骂我还不给票"],
  ])("of %s the story is %s", (said, story) => expect(storyIn(said)).toBe(story));
  it.each(["要是城管把我车扣了怎么办", "罚款不交会怎样", "请问城管没亮证能扣车吗", "复议多少天"])(
    "%s tells nothing",
    (said) => expect(storyIn(said)).toBeUndefined(),
  );
});
