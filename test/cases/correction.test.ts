/** “这条不对”, from the answer it stands on to the result its receipt shows. */
import { afterEach, beforeEach, expect, it } from "vitest";
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
