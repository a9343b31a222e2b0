/** Titles as offices write them: whether a list is of 辅助人员 alone, so that nobody on it is taken for an officer. */
import { describe, expect, it } from "vitest";
import { isAuxiliaryList } from "../../knowledge/import/build/people.ts";

describe("a list of 辅助人员 alone", () => {
  it.each([
    "演示市行政执法辅助人员名单",
    "演示市城市管理局行政执法辅助人员名录(2026年)",
    "东演区市场监督管理局执法辅助人员公示表",
    "南演县综合行政执法队辅助人员一览表",
    "演示市交通运输局行政执法辅助人员信息公示表",
    "演示市水务局执法辅助人员基本情况表",
    "演示市应急管理局行政执法辅助人员花名册",
    "演示市教育局2026年度行政执法辅助人员公示",
    // 和, 及 and 与 of the organ's own name join no people.
    "演示市文化和旅游局行政执法辅助人员名单",
    "演示市规划和自然资源局行政执法辅助人员名单",
    "演示市人力资源和社会保障局行政执法辅助人员 名单",
    "演示市公安局交通警察支队及所属大队辅助人员名单",
    "为规范执法人员行为,现公布辅助人员名单",
  ])("is %s", (title) => expect(isAuxiliaryList(title)).toBe(true));

  it.each([
    "演示市行政执法人员名单",
    "演示市行政执法人员公示表(不含辅助人员)",
    "演示市行政执法人员及辅助人员名单",
    "演示市行政执法人员、执法辅助人员名录",
    "演示市行政执法人员(含辅助人员名单)",
    "演示市行政执法人员名单(附执法辅助人员名单)",
    "演示市行政执法人员暨辅助人员公示表",
    "演示市行政执法人员名单 辅助人员名单",
    "演示市辅助人员名单与执法人员名单",
    "演示市辅助人员名单及行政执法人员名单",
    "演示市城市管理执法队伍及辅助人员名单",
    "演示市在编人员和辅助人员名单",
    "演示市执法队员与辅助人员一览表",
    "演示市行政执法辅助人员管理办法",
    "演示市行政执法辅助人员招聘公告",
    "演示市行政执法辅助人员表彰名单",
    "",
  ])("is not %s", (title) => expect(isAuxiliaryList(title)).toBe(false));
});
