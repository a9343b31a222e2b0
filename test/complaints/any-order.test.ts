/** A complaint told in any split and any order is the same complaint; nothing the person did not say is in it. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Filing } from "../../src/complaints/filing.ts";
import type { Reply } from "../../src/reply.ts";
import { openTown, receiptIn, type Town, wordsOf } from "../cases/town.ts";

/** What one person has to say, each as a piece of talk. */
const FACTS = [
  "演示市城管局",
  "11月20号",
  "演示路农贸市场门口",
  "姓王的队长",
  "把我的三轮车扣走了",
  "没给我任何单据",
  "匿名",
] as const;
const STORY = ["把我的三轮车扣走了", "没给我任何单据"];

let town: Town;
let talks = 0;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** The pieces as messages: which of them begin a new one. */
async function file(order: readonly string[], breaks: readonly boolean[], between: string): Promise<Filing> {
  talks += 1;
  const conversation = `talk ${talks}`;
  const say = (text: string) => town.say(text, { conversation });
  const messages: string[] = [];
  for (const [index, piece] of order.entries()) {
    if (messages.length === 0 || breaks[index]) messages.push(piece);
    else messages.push(`${messages.pop()}${between}${piece}`);
  }
  await say("我要投诉");
  for (const message of messages) await say(message);
  let reply: Reply = await say("提交");
  expect(reply.outcome).toBe("clarify");
  expect(wordsOf(reply)).toContain("请核对投诉内容");
  reply = await say("提交");
  expect(reply.outcome).toBe("filed");
  const opened = await town.app.complaints.open(receiptIn(reply), "x", town.app.now());
  if (opened.kind !== "open") throw new Error(opened.say);
  return Filing.parse((await town.app.complaints.status(opened.report)).filing);
}

describe("a complaint told piece by piece", () => {
  it("is the same in any order and any split", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...FACTS], { minLength: FACTS.length }),
        fc.array(fc.boolean(), { minLength: FACTS.length, maxLength: FACTS.length }),
        fc.constantFrom(" ", ",", "。", "\n"),
        async (order, breaks, between) => {
          const filing = await file(order, breaks, between);
          expect(filing).toMatchObject({
            organIds: ["ent_cgj"],
            day: "2026-11-20",
            when: "2026年11月20日",
            where: "演示路农贸市场门口",
            officer: "姓王的队长",
          });
          expect(filing.amountYuan).toBeUndefined();
          expect(
            filing.what
              .split(/[\s,。]+/)
              .filter(Boolean)
              .sort(),
          ).toEqual([...STORY].sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it("holds nothing of what was not told", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(["演示市城管局", "11月20号", "演示路农贸市场门口", "姓王的队长"]),
        fc.constantFrom(" ", ","),
        async (told, between) => {
          const filing = await file(["把我的三轮车扣走了", ...told], [], between);
          expect(filing.organIds.length > 0).toBe(told.includes("演示市城管局"));
          expect(filing.day !== undefined).toBe(told.includes("11月20号"));
          expect(filing.where !== undefined).toBe(told.includes("演示路农贸市场门口"));
          expect(filing.officer !== undefined).toBe(told.includes("姓王的队长"));
        },
      ),
      { numRuns: 12 },
    );
  });
});
