import { afterEach, describe, expect, it } from "vitest";
import { openTown, receiptIn, type Town, wordsOf } from "../cases/town.ts";

let town: Town;
afterEach(() => town.close());

const STORY = "演示市城管局的人昨天没有出示执法证,就把我的三轮车扣走了,也没给任何单据";

/** Goes through the whole form; the last reply is the filed one. */
async function fileIt(story = STORY) {
  await town.say(story);
  await town.say("保密");
  await town.say("演示路农贸市场门口");
  await town.say("跳过");
  await town.say("跳过");
  await town.say("13900001234");
  return town.choose("confirm");
}

describe("filing a complaint in chat", () => {
  it("says who sees what before the first question, and the appeal limit with a decision", async () => {
    town = await openTown();
    const first = await town.say(STORY);
    expect(first.intent).toBe("dialogue:complaint");
    expect(wordsOf(first)).toContain("看不到您的原文和身份");
    expect(wordsOf(first)).toContain("60 日内申请行政复议");
    expect(first.citations.map((one) => one.locator)).toContain("第二十条第一款");
  });

  it("asks only for what was not said", async () => {
    town = await openTown();
    await town.say(STORY);
    const next = await town.say("匿名");
    expect(wordsOf(next)).toContain("什么地方");
  });

  it.each([
    ["before choosing how to be registered", [STORY, "匿名"]],
    ["in one breath with the choice", [`匿名。${STORY}`]],
    ["after it", ["匿名", STORY]],
  ])("keeps a story told %s", async (_, told) => {
    town = await openTown();
    let reply = await town.say("我要投诉");
    for (const said of told) {
      reply = await town.say(said);
      expect(wordsOf(reply)).toMatch(/记下了|登记方式/);
    }
    expect(wordsOf(reply)).toContain("什么地方");
    for (const answer of ["演示路", "跳过", "跳过"]) reply = await town.say(answer);
    expect(JSON.stringify(reply.blocks)).toContain("把我的三轮车扣走了");
  });

  it("does not take a worry about being known for the story", async () => {
    town = await openTown();
    await town.say("我要投诉");
    const told = wordsOf(await town.say("我不想让他们知道是我投诉的"));
    expect(told).toContain("不会告诉他们");
    expect(told).toContain("发生了什么");
  });

  it("files once the summary is confirmed, and the receipt opens it", async () => {
    town = await openTown();
    await town.account({ name: "li" });
    await town.account({ name: "keeper", entity: "*", roles: ["admin"] });
    const filed = await fileIt();
    expect(filed.outcome).toBe("filed");
    const opened = await town.app.complaints.open(receiptIn(filed), "x", town.app.now());
    expect(opened.kind).toBe("open");
    const [row] = await town.app.store.db.selectFrom("case_file").selectAll().execute();
    expect(row).toMatchObject({
      office: "ent_sfj",
      organ: "ent_cgj",
      rule: "ownGovernment",
      status: "registered",
    });
  });

  it("lets the person out only when the receipt was typed back or the warning answered in words", async () => {
    town = await openTown();
    const receipt = receiptIn(await fileIt());
    expect(wordsOf(await town.say("12345678901234567"))).toContain("对照");
    const warned = await town.say("我抄好了");
    expect(wordsOf(warned)).toContain("确认已抄好");
    expect(warned.choices).toEqual([]);
    expect(wordsOf(await town.say(receipt))).toContain("登记完成");
  });

  it("does not show the receipt a second time", async () => {
    town = await openTown();
    const receipt = receiptIn(await fileIt());
    expect(wordsOf(await town.say("继续"))).not.toContain(receipt);
  });

  it("files once when the confirmation is pressed twice at the same moment", async () => {
    town = await openTown();
    await town.say(STORY);
    await town.say("匿名");
    for (const answer of ["演示路", "跳过", "跳过"]) await town.say(answer);
    await Promise.all([town.choose("confirm"), town.choose("confirm")]);
    const rows = await town.app.store.db.selectFrom("complaint").select("id").execute();
    expect(rows).toHaveLength(1);
  });

  it("gives a redelivered confirmation the same receipt", async () => {
    town = await openTown();
    await town.say(STORY);
    await town.say("匿名");
    for (const answer of ["演示路", "跳过", "跳过"]) await town.say(answer);
    const once = await town.choose("confirm", { id: "again" });
    const twice = await town.choose("confirm", { id: "again" });
    expect(receiptIn(twice)).toBe(receiptIn(once));
  });

  it("goes on where it stopped after a restart", async () => {
    town = await openTown();
    await town.say(STORY);
    await town.say("保密");
    await town.restart();
    expect(wordsOf(await town.say("演示路农贸市场"))).toContain("执法人员的姓名");
  });

  it("goes back, corrects by name, and keeps the rest", async () => {
    town = await openTown();
    await town.say(STORY);
    await town.say("匿名");
    await town.say("演示路");
    expect(wordsOf(await town.say("上一步"))).toContain("什么地方");
    for (const answer of ["演示街", "跳过", "跳过"]) await town.say(answer);
    expect(wordsOf(await town.say("改时间"))).toContain("哪一天");
    const summary = wordsOf(await town.say("11月20日"));
    expect(summary).toContain("2026年11月20日");
    expect(summary).toContain("演示街");
  });

  it("pauses, answers something else meanwhile, and resumes the next day", async () => {
    town = await openTown();
    await town.say(STORY);
    await town.say("匿名");
    expect(wordsOf(await town.say("稍后再说"))).toContain("尚未登记");
    town.at(new Date("2026-11-25T02:00:00Z"));
    expect(wordsOf(await town.say("继续"))).toContain("什么地方");
  });

  it("forgets the draft when cancelled and files nothing", async () => {
    town = await openTown();
    await town.say(STORY);
    expect(wordsOf(await town.say("取消"))).toContain("没有登记");
    expect(await town.app.store.db.selectFrom("complaint").select("id").execute()).toEqual([]);
  });

  it("does not take in a story about bribes and names the right door", async () => {
    town = await openTown();
    await town.choose("start:complaint");
    await town.say("匿名");
    const reply = wordsOf(await town.say("演示市城管局的队长向我索要红包,不给就罚款"));
    expect(reply).toContain("纪委监委");
  });

  it("asks for agreement before sending anybody elsewhere, and files nothing then", async () => {
    town = await openTown();
    await town.choose("start:complaint");
    await town.say("匿名");
    const asked = await town.say("我在超市买到过期食品,商家不肯退钱还骂人,请管管这个商家");
    expect(asked.choices.map((choice) => choice.id)).toEqual(
      expect.arrayContaining(["agree:go", "agree:stay"]),
    );
    expect(wordsOf(asked)).toContain("12315");
    const left = await town.choose("agree:go");
    expect(left.outcome).toBe("redirected");
    expect(wordsOf(left)).toContain("没有登记");
  });

  it("goes on with the complaint when the person insists", async () => {
    town = await openTown();
    await town.choose("start:complaint");
    await town.say("匿名");
    await town.say("我在超市买到过期食品,商家不肯退钱还骂人,请管管这个商家");
    expect(wordsOf(await town.choose("agree:stay"))).toContain("哪个单位");
  });

  it("makes two affairs of one message two, and sends the second where it belongs", async () => {
    town = await openTown();
    await town.choose("start:complaint");
    await town.say("匿名");
    await town.say("昨天演示市城管局的人没亮证就把我的车扣走了。另外我在超市买的牛奶过期了,商家不肯退钱。");
    for (const answer of ["演示路", "跳过", "跳过"]) await town.say(answer);
    const filed = await town.choose("confirm");
    const asked = await town.say(receiptIn(filed));
    expect(wordsOf(asked)).toContain("牛奶");
    expect(wordsOf(await town.choose("more:yes"))).toContain("12315");
    expect((await town.choose("agree:go")).outcome).toBe("redirected");
    const rows = await town.app.store.db.selectFrom("complaint").select("id").execute();
    expect(rows).toHaveLength(1);
  });

  it("keeps what concerns one organ together, whatever the person asks of it", async () => {
    town = await openTown();
    await town.choose("start:complaint");
    await town.say("匿名");
    await town.say("昨天演示市城管局的人没亮证就罚了我五百元。我不服这个处罚决定,要求撤销。");
    expect(wordsOf(await town.choose("agree:stay"))).toContain("60 日内申请行政复议");
    for (const answer of ["演示路", "跳过"]) await town.say(answer);
    expect(wordsOf(await town.say("跳过"))).toContain("要求撤销");
  });

  it("keeps files sent on the way, refuses what is no evidence, and files them with the complaint", async () => {
    town = await openTown();
    await town.say(STORY);
    await town.say("匿名");
    for (const answer of ["演示路", "跳过"]) await town.say(answer);
    const text = { name: "经过.txt", claimedType: "text/plain", bytes: Buffer.from("当天的经过") };
    const program = { name: "照片.jpg", claimedType: "image/jpeg", bytes: Buffer.from("MZ\x90\0\x03\0\0\0") };
    const reply = await town.send([text, program]);
    expect(wordsOf(reply)).toContain("已保存:文本");
    expect(wordsOf(reply)).toContain("类型不能接收");
    await town.choose("files:done");
    await town.choose("confirm");
    const rows = await town.app.store.db.selectFrom("evidence").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.complaint).not.toBeNull();
  });

  it("takes no identity on Telegram", async () => {
    town = await openTown();
    const tg = { door: "telegram", conversation: "t" } as const;
    const first = await town.say(STORY, tg);
    expect(wordsOf(first)).toContain("不收姓名");
    expect(wordsOf(await town.say("我叫张三 13900001234", tg))).toContain("没有记下");
    await town.say("演示路", tg);
    await town.say("跳过", tg);
    const summary = await town.say("跳过", tg);
    expect(wordsOf(summary)).toContain("匿名");
    await town.choose("confirm", tg);
    expect(await town.app.store.db.selectFrom("vault").select("complaint").execute()).toEqual([]);
  });
});

describe("following it by receipt", () => {
  it("shows progress, takes messages and withdraws, from another door", async () => {
    town = await openTown();
    const receipt = receiptIn(await fileIt());
    const other = { door: "wechat", conversation: "w", person: "openid" } as const;
    const status = await town.say(receipt, other);
    expect(wordsOf(status)).toContain("现在:登记");
    await town.choose("status:add", other);
    await town.say("补充:当时旁边有监控", other);
    const seen = await town.say(receipt, other);
    expect(wordsOf(seen)).toContain("当时旁边有监控");
    await town.choose("status:withdraw", other);
    expect(wordsOf(await town.choose("withdraw:yes", other))).toContain("已撤回");
    expect(wordsOf(await town.say(receipt, other))).toContain("现在:撤回");
  });

  const WRONG = "00000000000000000";
  const timed = async (work: Promise<unknown>) => {
    const start = performance.now();
    await work;
    return performance.now() - start;
  };

  it("slows wrong receipts down and always opens a right one, from the same address too", {
    timeout: 60_000,
  }, async () => {
    town = await openTown();
    const receipt = receiptIn(await fileIt());
    const { complaints } = town.app;
    const open = (given: string, address: string) => complaints.open(given, address, town.app.now());
    for (let n = 0; n < 5; n += 1) expect((await open(WRONG, "thief")).kind).toBe("unknown");
    for (let n = 0; n < 3; n += 1) await open(WRONG, "thief");
    expect(await timed(open(WRONG, "thief"))).toBeGreaterThan(1_900);
    const flood = Array.from({ length: 8 }, () => open(WRONG, "thief"));
    const right = open(receipt, "thief");
    expect(await timed(right)).toBeLessThan(3_000);
    expect((await right).kind).toBe("open");
    expect(await timed(open(receipt, "holder"))).toBeLessThan(3_000);
    await Promise.all(flood);
  });

  it("takes as long over a known receipt as over an unknown and a malformed one", {
    timeout: 60_000,
  }, async () => {
    town = await openTown();
    const receipt = receiptIn(await fileIt());
    const took: Record<string, number[]> = {};
    for (let round = 0; round < 3; round += 1) {
      for (const [name, given] of [
        ["known", receipt],
        ["unknown", WRONG],
        ["malformed", "12345"],
      ] as const) {
        const ms = await timed(town.app.complaints.open(given, `${name} ${round}`, town.app.now()));
        took[name] = [...(took[name] ?? []), ms];
      }
    }
    const least = Object.values(took).map((times) => Math.min(...times));
    expect(Math.max(...least) / Math.min(...least)).toBeLessThan(1.25);
  });
});

describe("contesting a published fact", () => {
  it.each([
    ["上面的电话不对", true],
    ["地址写错了", true],
    ["你说我这个罚得对不对", false],
    ["他们罚得不对", false],
  ])("%s contests a published fact: %s", async (said, contests) => {
    town = await openTown();
    expect(wordsOf(await town.say(said)).includes("哪里不对")).toBe(contests);
  });

  it("becomes a correction item with a receipt, in the human tray", async () => {
    town = await openTown();
    await town.choose("start:correction:ent_cgj");
    await town.say("办公电话已经换了,应当更新");
    await town.say("跳过");
    const filed = await town.choose("confirm");
    expect(filed.outcome).toBe("filed");
    const [row] = await town.app.store.db.selectFrom("case_file").selectAll().execute();
    expect(row).toMatchObject({ kind: "correction", office: null, rule: "correction" });
  });
});
