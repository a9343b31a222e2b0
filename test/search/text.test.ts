import { expect, it } from "vitest";
import { normalise, repairRadicals } from "../../src/search/text.ts";

it.each([
  ["ＡＢＣ１２３", "abc123"],
  ["⼾⼝", "户口"],
  ["居⺠⻚", "居民页"],
  ["行政處罰決定書", "行政处罚决定书"],
  ["罚款〔2017〕", "罚款〔2017〕"],
])("compares %s as %s", (text, plain) => {
  expect(normalise(text)).toBe(plain);
  expect(normalise(plain)).toBe(plain);
});

it("repairs radicals and leaves script and width alone", () => {
  expect(repairRadicals("居⺠處罰Ａ")).toBe("居民處罰Ａ");
});
