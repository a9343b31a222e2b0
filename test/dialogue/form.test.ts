/** The form through the front door: it reads before it stores. Talks as people have them; nothing unsaid is ever filed. */
import { afterEach, describe, expect, it } from "vitest";
import { Filing } from "../../src/complaints/filing.ts";
import type { Reply } from "../../src/reply.ts";
import type { Turn } from "../../src/turn.ts";
import { openTown, receiptIn, type Town, wordsOf } from "../cases/town.ts";

let town: Town;
afterEach(() => town.close());

const STORY = "演示市城管局的人昨天没有出示执法证,就把我的三轮车扣走了,也没给任何单据";

async function talk(...lines: readonly string[]): Promise<Reply> {
  let reply: Reply | undefined;
  for (const line of lines) reply = await town.say(line);
  if (!reply) throw new Error("nothing said");
  return reply;
}

/** What lies in the case, as filed. */
async function filed(reply: Reply): Promise<Filing> {
  const opened = await town.app.complaints.open(receiptIn(reply), "x", town.app.now());
  if (opened.kind !== "open") throw new Error(opened.say);
  return Filing.parse((await town.app.complaints.status(opened.report)).filing);
}

describe("questions put to the form", () => {
  it.each([
    ["电话多少", "12345"],
    ["会不会让他们知道是我", "不会告诉他们"],
    ["会不会报复我", "禁止打击报复"],
    ["能匿名吗", "可以匿名"],
    ["多久有结果", "决定是否受理"],
    ["要身份证吗", "不用身份证"],
    ["写错了能改吗", "哪一项错了直接说"],
  ])("%s is answered at every step, and the step asked again", async (question, answer) => {
    town = await openTown();
    const steps: readonly [string, string][] = [
      ["我要投诉", "发生了什么"],
      ["城管把我的车扣走了,没给单子", "是哪一个"],
      ["演示市城管局", "哪一天"],
      ["11月20日", "什么地方"],
      ["演示路", "执法人员的姓名"],
      ["跳过", "照片"],
      ["跳过", "您希望怎样登记"],
      ["保密", "联系方式"],
    ];
    for (const [said, asked] of steps) {
      expect(wordsOf(await town.say(said))).toContain(asked);
      const told = wordsOf(await town.say(question));
      expect(told).toContain(answer);
      expect(told).toContain(asked);
    }
    const summary = wordsOf(await town.say("跳过"));
    expect(summary).not.toContain(question);
  });

  it("about the law goes to the house, and the step follows at once", async () => {
    town = await openTown();
    await talk("我要投诉", "匿名");
    const told = await town.say("我先问下 罚款15天不交会咋样");
    expect(told.intent).toBe("finePayment");
    expect(wordsOf(told)).toContain("发生了什么");
    expect(told.choices.map((choice) => choice.id)).toContain("dialogue:cancel");
    expect(wordsOf(await town.say(STORY))).toContain("什么地方");
  });
});

describe("corrections", () => {
  it("of the day, told where the place is asked, change the day", async () => {
    town = await openTown();
    await talk("我要投诉演示市城管局 11月10号罚我2000没亮证", "匿名");
    const told = wordsOf(await town.say("不是,是11月12号"));
    expect(told).toContain("2026年11月12日(原来是:2026年11月10日)");
    expect(told).toContain("什么地方");
    const filing = await filed(await talk("演示路", "跳过", "跳过", "确认"));
    expect(filing).toMatchObject({ day: "2026-11-12", where: "演示路", organIds: ["ent_cgj"] });
  });

  it.each([
    ["单位错了 是演示市税务局", { organIds: ["ent_swj"] }],
    ["单位应该是演示市税务局", { organIds: ["ent_swj"] }],
    ["把单位改成演示市税务局", { organIds: ["ent_swj"] }],
    ["不是演示市城管局,是演示市税务局", { organIds: ["ent_swj"] }],
    ["时间错了,是11月20号", { day: "2026-11-20" }],
    ["说错了 11月20号", { day: "2026-11-20" }],
    ["地点改成演示街", { where: "演示街" }],
    ["人员是王演示", { officer: "王演示", officerIds: ["off_wang"] }],
    ["金额应该是300元", { amountYuan: 300 }],
  ])("at the review are one message: %s", async (said, expected) => {
    town = await openTown();
    const summary = await talk(STORY, "匿名", "演示路", "跳过", "跳过", said);
    expect(wordsOf(summary)).toContain("请核对投诉内容");
    const filing = await filed(await town.say("确认"));
    expect(filing).toMatchObject({
      organIds: ["ent_cgj"],
      day: "2026-11-23",
      where: "演示路",
      ...expected,
    });
  });

  it("lead on when they answer the step asked", async () => {
    town = await openTown();
    await talk(STORY, "匿名");
    expect(wordsOf(await town.say("地点是演示街"))).toContain("执法人员的姓名");
  });

  it("change how one is registered, too", async () => {
    town = await openTown();
    await talk(STORY, "实名", "演示路", "跳过", "跳过");
    expect(wordsOf(await town.say("改成匿名"))).toContain("匿名");
    const summary = wordsOf(await town.say("看一下"));
    expect(summary).not.toContain('姓名"');
    expect(summary).toContain("请核对投诉内容");
  });
});

describe("what the step asked for cannot be", () => {
  it("goes into the field it fits", async () => {
    town = await openTown();
    await talk("我要投诉", "保密", "城管把我的车扣走了,没给单子", "跳过");
    const placed = wordsOf(await town.say("演示市城市管理局"));
    expect(placed).toContain("单位 演示市城市管理局");
    expect(placed).toContain("哪一天");
    await talk("11月20日");
    expect(wordsOf(await town.say("13900001234"))).toContain("联系方式 13900001234");
    const filing = await filed(await talk("演示路", "跳过", "跳过", "确认"));
    expect(filing).toMatchObject({ organIds: ["ent_cgj"], day: "2026-11-20", where: "演示路" });
    expect(filing.officer).toBeUndefined();
  });

  it.each(["昨天", "确认", "好的", "嗯"])("and fits nowhere new is never stored: %s", async (said) => {
    town = await openTown();
    await talk(STORY, "匿名", "演示路");
    expect(wordsOf(await town.say(said))).toContain("执法人员的姓名");
    const filing = await filed(await talk("跳过", "跳过", "确认"));
    expect(filing.officer).toBeUndefined();
    expect(filing.where).toBe("演示路");
  });

  it("takes a bare name for one's own once the officer is named", async () => {
    town = await openTown();
    await talk(STORY, "实名", "演示路", "姓王的队长");
    expect(wordsOf(await town.say("张伟"))).toContain("您的姓名 张伟");
    expect(wordsOf(await talk("跳过", "跳过"))).toContain("姓王的队长");
  });

  it.each(["撤了吧", "不想投诉了", "算了吧"])("ends it before anything is filed: %s", async (said) => {
    town = await openTown();
    await talk(STORY, "匿名");
    expect(wordsOf(await town.say(said))).toContain("没有登记");
  });

  it("is no story: a name and a number", async () => {
    town = await openTown();
    await talk("我要投诉", "实名");
    const told = wordsOf(await town.say("张三 13900001234"));
    expect(told).toContain("您的姓名 张三");
    expect(told).toContain("联系方式 13900001234");
    expect(told).toContain("发生了什么");
    const summary = wordsOf(await talk(STORY, "演示路", "跳过", "跳过"));
    expect(summary).toContain("张三");
  });

  it("keeps no identity of whoever chose to be anonymous", async () => {
    town = await openTown();
    await talk("我要投诉", "匿名");
    expect(wordsOf(await town.say("13900001234"))).toContain("没有记下");
    await filed(await talk(STORY, "演示路", "跳过", "跳过", "确认"));
    expect(await town.app.store.db.selectFrom("vault").select("complaint").execute()).toEqual([]);
  });

  it("takes 不知道叫什么路 for nothing to say, not for a question", async () => {
    town = await openTown();
    await talk(STORY, "匿名");
    expect(wordsOf(await town.say("不知道叫什么路"))).toContain("执法人员的姓名");
  });

  it("adds more of the story to the story", async () => {
    town = await openTown();
    await talk(STORY, "匿名");
    expect(wordsOf(await town.say("他们还骂我妈,推了我一把"))).toContain("补充的经过");
    expect(wordsOf(await town.say("对了 还有 他们抢了我手机"))).toContain("补充的经过");
    const filing = await filed(await talk("演示路", "跳过", "跳过", "确认"));
    expect(filing.what).toContain("推了我一把");
    expect(filing.where).toBe("演示路");
  });
});

describe("what was told before the form", () => {
  it("is in it: the story, told while asking", async () => {
    town = await openTown();
    await town.say("演示市城管局今天没亮证就把我三轮车扣了怎么办");
    const opened = wordsOf(await town.say("我要投诉他们"));
    expect(opened).toContain("已经写进经过");
    const filing = await filed(await talk("匿名", "演示路", "跳过", "跳过", "确认"));
    expect(filing.what).toContain("没亮证就把我三轮车扣了");
    expect(filing).toMatchObject({ organIds: ["ent_cgj"], day: "2026-11-24" });
  });

  it("is not asked again: day, amount, organ and place told at once", async () => {
    town = await openTown();
    await talk("我要投诉", "匿名");
    const next = await town.say(
      "演示市城管局11月18号上午在演示路农贸市场门口 收了我100块现金 没给票也没给决定书",
    );
    expect(wordsOf(next)).toContain("执法人员的姓名");
    const filing = await filed(await talk("跳过", "跳过", "确认"));
    expect(filing).toMatchObject({
      day: "2026-11-18",
      amountYuan: 100,
      organIds: ["ent_cgj"],
      where: "演示路农贸市场门口",
    });
  });

  it("takes along the day a decision came, and no other event's", async () => {
    town = await openTown();
    await talk("演示市城管局罚我不服", "11月10号收到的决定书");
    expect(wordsOf(await town.say("我要投诉演示市城管局"))).toContain("时间 2026年11月10日");
    await town.say("取消");
    await town.say("复议申请11月20号交的", { conversation: "other" });
    const fresh = await town.say("我要投诉演示市城管局", { conversation: "other" });
    expect(wordsOf(fresh)).not.toContain("11月20日");
  });

  it("is no story when it was only supposed", async () => {
    town = await openTown();
    await town.say("要是城管把我车扣了怎么办");
    expect(wordsOf(await talk("我要投诉", "匿名"))).toContain("发生了什么");
  });

  it("belongs to the complaint filed, and to no later one", async () => {
    town = await openTown();
    await town.say("演示市城管局今天没亮证就把我三轮车扣了怎么办");
    const receipt = receiptIn(await talk("我要投诉他们", "匿名", "演示路", "跳过", "跳过", "确认"));
    await talk(receipt, "看完了");
    expect(wordsOf(await talk("我要投诉", "匿名"))).toContain("发生了什么");
  });
});

describe("how far the form is", () => {
  it("is said with each step", async () => {
    town = await openTown();
    expect(wordsOf(await town.say(STORY))).toContain("还剩 4 项");
    expect(wordsOf(await town.say("匿名"))).toContain("还剩 3 项");
    expect(wordsOf(await town.say("演示路"))).toContain("还剩 2 项");
    expect(wordsOf(await town.say("跳过"))).toContain("最后一项");
    expect(wordsOf(await town.say("跳过"))).not.toMatch(/还剩|最后一项/);
  });

  it("offers three ways of being registered, each with what it means", async () => {
    town = await openTown();
    const { blocks } = await talk(STORY, "演示路", "跳过", "没有");
    const card = blocks.find((block) => block.kind === "card");
    expect(card?.kind === "card" && card.rows.map((row) => row.label).sort()).toEqual(
      ["保密", "匿名", "实名"].sort(),
    );
  });
});

describe("the appeal of a decision complained of", () => {
  it.each([
    [
      "with the day told",
      "演示市城管局11月10日给我送了处罚决定书罚了5000还骂我",
      "最晚到 2027年1月11日",
      "2027-01-11",
    ],
    ["with the period, no day being known", "演示市城管局罚了我5000还骂我", "60 日内", "60 日内"],
  ])("is told %s, first, at the review and when it is filed", async (_, story, told, toldAtLast) => {
    town = await openTown();
    await talk("我要投诉", "匿名");
    let reply = await town.say(story);
    if (reply.choices.some((choice) => choice.id === "agree:stay")) reply = await town.choose("agree:stay");
    expect(wordsOf(reply)).toContain(told);
    while (!wordsOf(reply).includes("请核对投诉内容")) reply = await town.say("跳过");
    expect(wordsOf(reply)).toContain("申请复议");
    const done = await town.say("确认");
    expect(wordsOf(done)).toContain(toldAtLast);
    expect(done.citations.map((one) => one.locator)).toContain("第二十条第一款");
  });
});

describe("messages out of their time", () => {
  const edited: Partial<Turn> = { edited: true };
  const late: Partial<Turn> = { sentAt: new Date("2026-11-24T01:50:00Z") };

  it("an edited message is no answer to the step asked", async () => {
    town = await openTown();
    await talk("我要投诉", "匿名");
    const told = wordsOf(await town.say("城管把我的车扣走了,还没给单子", edited));
    expect(told).toContain("改了前面的一条消息");
    expect(told).toContain("发生了什么");
  });

  it("an edited message that is surely another field's changes that field", async () => {
    town = await openTown();
    await talk(STORY, "匿名", "演示路");
    expect(wordsOf(await town.say("演示街", edited))).toContain("演示街(原来是:演示路)");
    const filing = await filed(await talk("跳过", "跳过", "确认"));
    expect(filing).toMatchObject({ where: "演示街" });
    expect(filing.officer).toBeUndefined();
  });

  it("what was sent before the step was asked is not its answer", async () => {
    town = await openTown();
    await talk("我要投诉", "匿名");
    expect(wordsOf(await town.say("你好呀在不在呢我说", late))).toContain("问这一步之前发出");
    await talk(STORY, "演示路", "跳过", "跳过");
    const sent = await town.say("确认", late);
    expect(sent.outcome).not.toBe("filed");
    expect((await town.say("确认")).outcome).toBe("filed");
  });

  it("a button of an earlier step is not this step's answer", async () => {
    town = await openTown();
    await talk(STORY, "匿名");
    expect(wordsOf(await town.choose("secrecy:named"))).toContain("前面一步");
    expect(wordsOf(await town.choose("confirm"))).toContain("什么地方");
  });
});
