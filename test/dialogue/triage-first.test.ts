/** A grievance is sent to the right door before any form and any answer, with the number to call. */
import { afterEach, describe, expect, it } from "vitest";
import { openTown, type Town, wordsOf } from "../cases/town.ts";

let town: Town;
afterEach(() => town.close());

describe("a grievance told at first", () => {
  it.each([
    ["市场监管所的人问我要2条烟 说给了就不罚", "12388"],
    ["他说给点好处就不罚了", "12388"],
    ["让我给他两条烟", "12388"],
    ["收了500说私了", "12388"],
    ["民警打了我一顿 我要投诉", "12337"],
    ["超市卖我过期奶 还乱涨价 我要投诉", "12315"],
    ["老板拖欠我三个月工资 我要举报", "12333"],
    ["出租车绕路多收我钱 投诉", "12328"],
    ["物业乱收费 我要举报", "12345"],
    ["我举报隔壁饭店油烟 三个月了环保局不管", "申请行政复议"],
    ["能告镇上不作为吗", "申请行政复议"],
  ])("%s → %s", async (said, told) => {
    town = await openTown();
    const reply = await town.say(said);
    expect(reply.outcome).toBe("redirected");
    expect(wordsOf(reply)).toContain(told);
    expect(reply.citations.length).toBeGreaterThan(0);
    // No form is open: the next message is talk.
    expect((await town.say("复议期限多少天")).intent).toBe("deadline");
  });

  it("repeats the number when it is asked for", async () => {
    town = await openTown();
    await town.say("出租车绕路多收我钱 投诉");
    expect(wordsOf(await town.say("电话多少"))).toContain("12328");
  });

  it("goes into the form when the person complains here all the same, with what was told", async () => {
    town = await openTown();
    await town.say("我举报隔壁饭店油烟 三个月了环保局不管");
    await town.choose("start:complaint:insist");
    expect(wordsOf(await town.say("匿名"))).not.toContain("发生了什么");
    let reply = await town.say("跳过");
    while (!wordsOf(reply).includes("请核对投诉内容")) reply = await town.say("跳过");
    expect(wordsOf(reply)).toContain("三个月了环保局不管");
  });

  it("keeps nothing of a bribe in the form", async () => {
    town = await openTown();
    await town.say("市场监管所的人问我要2条烟 说给了就不罚");
    await town.choose("start:complaint:insist");
    expect(wordsOf(await town.say("匿名"))).toContain("发生了什么");
  });

  it("of a decision tells the appeal's last day", async () => {
    town = await openTown();
    const reply = await town.say("我要投诉 11月10日收到演示市城管局的处罚决定书 罚了5000 我不服要求撤销");
    expect(wordsOf(reply)).toContain("2027-01-11");
  });

  it.each(["索贿怎么处罚", "出租车要什么证", "物业公司归谁管"])(
    "%s is a question and no grievance",
    async (said) => {
      town = await openTown();
      expect(wordsOf(await town.say(said))).not.toContain("打这个电话");
    },
  );
});

describe("what is not words, with no form open", () => {
  it.each([
    ["photo", "图里的字我读不了"],
    ["voice", "听不了"],
    ["video", "看不了"],
    ["document", "读不了"],
    ["location", "县(市、区)"],
    ["contact", "不打听个人"],
    ["sticker", "打字"],
    ["other", "打不开"],
  ] as const)("a %s is told what can be done now", async (thing, told) => {
    town = await openTown();
    const reply = await town.say("", { thing });
    expect(wordsOf(reply)).toContain(told);
    expect(wordsOf(reply)).not.toContain("可以问");
  });

  it("a file by itself is told apart by its type", async () => {
    town = await openTown();
    const reply = await town.send([{ name: "x.jpg", claimedType: "image/jpeg", bytes: Buffer.from("x") }]);
    expect(wordsOf(reply)).toContain("没有保存");
  });

  it("with a question beside it, the question is answered and the file named", async () => {
    town = await openTown();
    const files = [{ name: "x.jpg", claimedType: "image/jpeg", bytes: Buffer.from("x") }];
    const reply = await town.say("复议期限多少天", { files, thing: "photo" });
    expect(reply.intent).toBe("deadline");
    expect(wordsOf(reply)).toContain("没有保存");
  });

  it("in the form a location is the place, and a voice message is kept without being taken for the story", async () => {
    town = await openTown();
    await town.say("我要投诉");
    await town.say("匿名");
    const voice = { name: "v.txt", claimedType: "text/plain", bytes: Buffer.from("录音的说明") };
    const kept = wordsOf(await town.say("", { files: [voice], thing: "voice" }));
    expect(kept).toContain("已保存");
    expect(kept).toContain("经过请打字说");
    expect(kept).toContain("发生了什么");
    await town.say("演示市城管局的人昨天没有出示执法证,就把我的三轮车扣走了");
    const next = await town.say("位置 35.02000,110.99000", { thing: "location" });
    expect(wordsOf(next)).toContain("执法人员的姓名");
  });
});
