/** “这条不对”, from the answer it stands on to the result its receipt shows. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { openTown, receiptIn, type Town, wordsOf } from "./town.ts";

const WRONG = "公示的办公电话打过去是一家饭店,请改成现在的";
let town: Town;
beforeEach(async () => {
  town = await openTown();
  await town.account({ name: "keeper", entity: "*", roles: ["admin"] });
});
afterEach(() => town.close());

async function contested(): Promise<string> {
  await town.choose("start:correction:ent_cgj");
  await town.say(WRONG);
  await town.say("跳过");
  const receipt = receiptIn(await town.choose("confirm"));
  expect(wordsOf(await town.say(receipt))).toContain("登记完成");
  return receipt;
}

it("reaches the editor, not a supervisor's complaints, and comes back with what was corrected", async () => {
  const editor = await town.account({ name: "bian", entity: "*", roles: ["editor"] });
  const receipt = await contested();
  const { cases } = await town.app.desk.list(editor);
  expect(cases.map(({ kind }) => kind)).toEqual(["correction"]);
  const id = cases[0]?.id ?? "";
  const seen = JSON.stringify(await town.app.desk.load(editor, id));
  expect(seen).toContain(WRONG);
  expect(seen).toContain("ent_cgj");

  await expect(town.app.desk.act(editor, id, "settle", { result: "属实" })).rejects.toMatchObject({
    code: "bad_input",
  });
  await town.app.desk.act(editor, id, "settle", {
    result: "已自行纠正",
    toComplainant: "电话已更正,下一版公布。谢谢您。",
  });
  const status = wordsOf(await town.say(receipt, { conversation: "another phone" }));
  expect(status).toContain("电话已更正");
  expect(status).not.toContain(WRONG);
});

it("is not for an editor to work as a complaint, nor for an editor to see complaints", async () => {
  const editor = await town.account({ name: "bian", entity: "*", roles: ["editor"] });
  await contested();
  const [one] = (await town.app.desk.list(editor)).cases;
  await expect(
    town.app.desk.act(editor, one?.id ?? "", "feedback", {
      finding: "x",
      result: "属实",
      toComplainant: "x",
    }),
  ).rejects.toMatchObject({ say: expect.stringMatching(/纠错|答复并办结|没有/) });
  await town.app.complaints.file(
    {
      id: `complaint-${"x".repeat(24)}`,
      kind: "complaint",
      door: "web",
      secrecy: "anonymous",
      filing: {
        v: 1,
        what: "演示市城管局的人不亮证件",
        matter: "other",
        organIds: ["ent_cgj"],
        officerIds: [],
      },
    },
    town.app.now(),
  );
  expect((await town.app.desk.list(editor)).cases.map(({ kind }) => kind)).toEqual(["correction"]);
});

const cardOf = (reply: Reply) =>
  Object.fromEntries(
    reply.blocks.flatMap((block) =>
      block.kind === "card" ? block.rows.map((row) => [row.label, row.value]) : [],
    ),
  );
const cited = (reply: Reply, id: string) => reply.citations.findIndex(({ record }) => record === id) + 1;

describe("typed after an answer", () => {
  const doors = ["web", "api", "terminal", "wechat", "telegram"] as const;
  it.each(doors)(
    "on %s, carries the record the answer stands on into the summary and the case",
    async (door) => {
      const editor = await town.account({ name: "bian", entity: "*", roles: ["editor"] });
      const via = { door };
      await town.say("演示市城市管理局电话多少", via);
      expect(wordsOf(await town.say("这个电话打不通", via))).toMatch(
        /您说的是:演示市城市管理局[^"]*电话:0990-1234567/,
      );
      let shown = await town.say("应当是0990-7654321", via);
      if (cardOf(shown)["针对"] === undefined) shown = await town.say("跳过", via);
      expect(cardOf(shown)).toMatchObject({
        针对: "演示市城市管理局(执法主体)",
        现在公布的: "电话:0990-1234567",
        出自: "演示清单",
        哪里不对: "这个电话打不通。应当是0990-7654321",
      });
      const receipt = receiptIn(await town.choose("confirm", via));
      expect(receipt).toMatch(/^\d{17}$/);
      const [one] = (await town.app.desk.list(editor)).cases;
      expect(one).toMatchObject({ kind: "correction", organName: "演示市城市管理局" });
      expect((await town.app.desk.load(editor, one?.id ?? "")).filing).toMatchObject({
        record: "ent_cgj",
        field: "电话:0990-1234567",
      });
    },
  );

  it.each([
    ["这条不对", "演示市城市管理局(执法主体)", undefined],
    ["地址搬了", "演示市城市管理局(执法主体)", "地址:演示路1号"],
    ["上面的地址不对", "演示市城市管理局(执法主体)", "地址:演示路1号"],
    ["这条信息不对:演示清单 ent_xscj", "演示县市场监督管理局(执法主体)", undefined],
  ])("%s contests %s, %s", async (said, name, field) => {
    await town.say("演示市城市管理局电话多少");
    await town.say(said);
    await town.say("和门口挂的牌子不一样");
    const card = cardOf(await town.say("跳过"));
    expect(card["针对"]).toBe(name);
    expect(card["现在公布的"]).toBe(field);
  });

  it("takes the number of the citation said, also of a law, and says which numbers there are", async () => {
    const answer = await town.say("演示市城市管理局电话多少,谁监督它");
    const justice = cited(answer, "ent_sfj");
    const law = answer.citations.findIndex(({ record }) => record.startsWith("law:"));
    expect([justice > 1, law >= 0]).toEqual([true, true]);
    const beyond = await town.say("第39条不对");
    expect(wordsOf(beyond)).toContain(`列了 ${answer.citations.length} 条依据,没有第 39 条`);
    expect(wordsOf(await town.say(`第${justice}条不对`))).toContain("您说的是:演示市司法局");
    await town.say("取消");
    const { title, locator } = answer.citations[law] ?? {};
    expect(wordsOf(await town.say(`第${law + 1}条写错了`))).toContain(`您说的是:${title} ${locator}`);
    await town.say("取消");
    const seventyFive = answer.citations.find((one) => one.locator?.startsWith("第七十五条"));
    expect(wordsOf(await town.say("第75条不对"))).toContain(`您说的是:${seventyFive?.title} 第七十五条`);
  });

  it("falls back on the organ of the talk, and names nothing it does not know", async () => {
    await town.say("演示市城市管理局电话多少");
    await town.say("谢谢");
    expect(wordsOf(await town.say("这条不对"))).toContain("您说的是:演示市城市管理局");
    expect(wordsOf(await town.say("这条不对", { conversation: "fresh" }))).not.toContain("您说的是");
  });

  it("may be all there is to say", async () => {
    await town.say("演示市城市管理局电话多少");
    await town.say("这个电话打不通");
    await town.say("不知道");
    const card = cardOf(await town.say("跳过"));
    expect(card["哪里不对"]).toBe("这个电话打不通");
    receiptIn(await town.choose("confirm"));
  });

  it.each(["情况变了怎么办", "他们态度不对吧", "我地址换了要重新送达吗", "第二条规定是什么", "罚款金额不对"])(
    "%s is no contest",
    async (said) => {
      await town.say("演示市城市管理局电话多少");
      expect((await town.say(said)).intent).not.toBe("dialogue:correction");
    },
  );
});
