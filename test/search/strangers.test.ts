import { describe, expect, it } from "vitest";
import { prepareMaterial } from "../../knowledge/train/material.ts";
import { HELD_OUT_GROUPS, heldOutLaws } from "../../knowledge/train/strangers.ts";

const laws = Array.from({ length: 12 }, (_, law) => `演示条例${law}`);
const articles = laws.flatMap((law, number) => [
  { id: number * 2, name: `${law}第一条`, law, content: "占用公共道路从事经营活动的,责令改正。" },
  { id: number * 2 + 1, name: `${law}第二条`, law, content: "夜间施工产生噪声的,责令停止。" },
]);
const questions = [
  ...laws.flatMap((law, number) =>
    Array.from({ length: number === 0 ? 200 : 5 }, (_, n) => ({
      id: `${law}-${n}`,
      q: `占道经营怎么办第${n}问`,
      gold: [`${law}第一条`],
    })),
  ),
  { id: "two", q: "两部法一起问", gold: [`${laws[0]}第一条`, `${laws[1]}第二条`] },
];
const material = prepareMaterial(articles, questions);
const own = [...material.questions.keys()];
const lawsOf = (question: number) =>
  material.gold[question]!.map((article) => material.articles[article]!.law);

/** The law of each question to one law only. */
const singleLaws = (numbers: readonly number[]) =>
  numbers.map(lawsOf).flatMap((all) => (all.length === 1 ? all : []));

describe("laws kept away", () => {
  const groups = Array.from({ length: HELD_OUT_GROUPS }, (_, group) => heldOutLaws(material, own, group));

  it("are kept away whole: no question that may be learned is answered by any of them", () => {
    for (const { isHeld, examples } of groups) {
      const away = new Set(singleLaws(examples));
      const learned = own.filter((question) => !isHeld(question)).flatMap(lawsOf);
      expect(away.size).toBeGreaterThan(0);
      expect(learned.filter((law) => away.has(law))).toEqual([]);
      expect(examples.every(isHeld)).toBe(true);
    }
  });

  it("are others in each group", () => {
    const [one, two] = groups.map(({ examples }) => new Set(singleLaws(examples)));
    expect([...one!].filter((law) => two!.has(law))).toEqual([]);
  });

  it("give no more examples a law than sixty", () => {
    const all = Array.from({ length: 4 }, (_, group) => heldOutLaws(material, own, group)).flatMap(
      ({ examples }) => singleLaws(examples),
    );
    expect(all.filter((law) => law === laws[0]).length).toBeLessThanOrEqual(60);
    expect(all.filter((law) => law === laws[0]).length).toBeGreaterThan(50);
    expect(new Set(all)).toEqual(new Set(laws));
  });
});
