/** After the receipt, in words: where it stands, more to say, no satisfaction, taking it back; and a receipt that is lost. */
import { afterEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
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

async function fileIt(): Promise<string> {
  return receiptIn(await talk(STORY, "匿名", "演示路", "跳过", "跳过", "确认"));
}

async function statusOf(receipt: string) {
  const opened = await town.app.complaints.open(receipt, "x", town.app.now());
  if (opened.kind !== "open") throw new Error(opened.say);
  return town.app.complaints.status(opened.report);
}

describe("a complaint followed in words", () => {
  it("with the receipt typed back: progress, more to say, and taking it back", async () => {
    town = await openTown();
    const receipt = await fileIt();
    await town.say(receipt);
    expect(wordsOf(await town.say("办到哪了"))).toContain("现在:登记");
    expect(wordsOf(await town.say("我想补充 他们又来了"))).toContain("已交给办理机构");
    expect((await statusOf(receipt)).messages.map((one) => one.text)).toEqual(["他们又来了"]);
    expect(wordsOf(await town.say("不满意咋办"))).toContain("还没有办结");
    expect(wordsOf(await town.say("撤了吧"))).toContain("确定撤回");
    expect(wordsOf(await town.say("确定"))).toContain("已撤回");
    expect((await statusOf(receipt)).status).toBe("withdrawn");
  });

  it("asks before handing on what was not said to be handed on", async () => {
    town = await openTown();
    const receipt = await fileIt();
    await town.say(receipt);
    expect(wordsOf(await town.say("今天又来了两个人骂我"))).toContain("要把这句话转给办理机构吗");
    await town.say("不用了");
    expect((await statusOf(receipt)).messages).toEqual([]);
    await talk("怎么还没人理,催一催", "要");
    expect((await statusOf(receipt)).messages.map((one) => one.text)).toEqual(["怎么还没人理,催一催"]);
  });

  it.each([
    ["办到哪了", "现在:登记"],
    ["撤了吧", "确定撤回"],
    ["不满意咋办", "还没有办结"],
    ["我想补充 他们又来了", "他们又来了"],
  ])("without it, %s waits for the receipt and then goes on", async (said, then) => {
    town = await openTown();
    const receipt = await fileIt();
    await talk("确认已抄好", "确认已抄好");
    expect(wordsOf(await town.say(said))).toContain("请输入 17 位回执编号");
    expect(wordsOf(await town.say(receipt))).toContain(then);
  });

  it.each(["办到哪了", "撤了吧", "我的投诉办到哪了", "我上次投诉的怎么样了"])(
    "in a fresh talk, %s asks for the receipt",
    async (said) => {
      town = await openTown();
      expect(wordsOf(await town.say(said))).toContain("请输入 17 位回执编号");
    },
  );

  it.each(["我投诉城管一个月了没人理我", "我上个月举报城管,一直没有答复"])(
    "%s opens no second complaint: the receipt is asked for",
    async (said) => {
      town = await openTown();
      const told = await town.say(said);
      expect(told.intent).not.toBe("dialogue:complaint");
      expect(wordsOf(told)).toContain("17 位回执编号");
      expect(wordsOf(told)).toContain("催办");
      expect(wordsOf(await town.choose("start:status"))).toContain("请输入 17 位回执编号");
    },
  );

  it("can be that the complaint was filed elsewhere: that silence is registered", async () => {
    town = await openTown();
    await town.say("我投诉城管一个月了没人理我");
    await town.choose("start:complaint:insist");
    const next = wordsOf(await town.say("匿名"));
    expect(next).not.toContain("发生了什么");
  });

  it.each(["回执丢了咋办", "我没记回执编号", "回执号忘了"])(
    "%s is told what can and cannot be done",
    async (said) => {
      town = await openTown();
      const told = wordsOf(await town.say(said));
      expect(told).toContain("无法找回");
      expect(told).toContain("照样在办");
      expect(told).toContain("重新登记");
    },
  );

  it("lapses with talk of something else", async () => {
    town = await openTown();
    await town.say(await fileIt());
    expect((await town.say("复议期限多少天")).intent).toBe("deadline");
    expect(wordsOf(await town.say("办到哪了"))).toContain("请输入 17 位回执编号");
  });
});
