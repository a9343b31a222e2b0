import { expect, it } from "vitest";
import { textOf } from "../../scripts/eval/score.ts";
import type { Day } from "../../src/law/day.ts";
import { FaqEntry } from "../../src/records/schema.ts";
import { lastOf, libraryOf, shippedLibrary } from "./house.ts";

const QUESTION = "夜市烧烤摊几点必须收摊不收会怎么罚";
const ANSWER = "演示市夜市摊点二十二时前收摊。";
const [national] = shippedLibrary().all("faq");
const local = FaqEntry.parse({
  ...national,
  id: "faq_test_night",
  dataset: "demo",
  question: QUESTION,
  answer: ANSWER,
  audience: "皆可",
  variants: [],
});
const library = libraryOf([...shippedLibrary().records(), local]);

it.each([
  ["in its own city", "990101", true],
  ["in another city", "140802", false],
  ["where no place is known", undefined, false],
])("a city's own answer is given %s", async (_, area, given) => {
  const reply = await lastOf([QUESTION], { library, ...(area ? { area } : {}) });
  expect(textOf(reply).includes(ANSWER)).toBe(given);
});

it("a record that comes into force later is found from that day on, by the same finder", async () => {
  const later = FaqEntry.parse({
    ...local,
    dataset: "national",
    validity: { ...local.validity, effectiveFrom: "2026-12-01" },
  });
  const coming = libraryOf([...shippedLibrary().records(), later]);
  const on = async (today: Day) => textOf(await lastOf([QUESTION], { library: coming, today }));
  expect(await on("2026-11-30")).not.toContain(ANSWER);
  expect(await on("2026-12-01")).toContain(ANSWER);
});
