/** Whatever is typed, reading it ends soon: nothing a stranger sends may hold up the next person. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findAmounts } from "../../../src/answering/understand/amounts.ts";
import { createRouter } from "../../../src/answering/understand/router.ts";
import { understand } from "../../../src/answering/understand/understand.ts";
import { READ_CHARACTERS, readable } from "../../../src/turn.ts";
import { shippedLibrary } from "../house.ts";

const router = createRouter(
  JSON.parse(readFileSync(new URL("../../../knowledge/models/route.json", import.meta.url), "utf8")),
);
const library = shippedLibrary();
const read = (text: string) =>
  understand(text, { router, library, memory: {}, today: "2026-11-24", role: "citizen" });

const units = [
  ..."一百万1我不没第?!。,《(a😀",
  "一万零",
  "二百五十",
  "13812345678 ",
  "11010519491231002X",
  "罚我们我家他家",
  "城管罚了我2000元,",
  "2026年11月10日",
  "演示市东演区市场监督管理局",
  "zhifa ",
  "罚 款 ",
  "〔2017〕91号",
  "\u200b",
];

describe("a long message", () => {
  it("is read at its beginning and its end", () => {
    const text = `${"头".repeat(900)}${"腰".repeat(900)}${"尾".repeat(300)}`;
    const cut = readable(text);
    expect(cut).toHaveLength(READ_CHARACTERS);
    expect(cut).toMatch(/^头{600}\n/);
    expect(cut).toMatch(/尾{300}$/);
    expect(readable("短")).toBe("短");
  });

  it.each(units)("of 20 000 characters of %j is understood within 50 ms", (unit) => {
    read("城管罚了我两千元");
    const text = unit.repeat(Math.ceil(20_000 / unit.length));
    const fastest = Math.min(...[1, 2, 3].map(() => time(() => read(text))));
    expect(fastest).toBeLessThan(50);
  });
});

describe("sums in twice as long a text", () => {
  it.each(units)("of %j take about twice as long", (unit) => {
    const short = unit.repeat(Math.ceil(20_000 / unit.length));
    findAmounts(short);
    const once = Math.min(...[1, 2, 3, 4, 5].map(() => time(() => findAmounts(short))));
    const twice = Math.min(...[1, 2, 3, 4, 5].map(() => time(() => findAmounts(short + short))));
    expect(twice).toBeLessThan(once * 2.5 + 5);
  });
});

function time(run: () => unknown): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}
