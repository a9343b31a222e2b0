import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readLay } from "../../knowledge/train/lay.ts";

const lay = readLay(fileURLToPath(new URL("../../knowledge/questions/lay", import.meta.url)));

it("has several thousand lay questions, each about a named article, none twice", () => {
  expect(lay.length).toBeGreaterThan(10_000);
  expect(
    lay.filter(({ gold }) => gold.some((name) => !/第[一二三四五六七八九十百千零]+条/.test(name))),
  ).toEqual([]);
  const seen = lay.map(({ q, gold }) => `${q} ${gold.join(" ")}`);
  expect(seen.filter((one, at) => seen.indexOf(one) !== at)).toEqual([]);
});

it("names nobody's number in them", () => {
  expect(lay.filter(({ q }) => /\d{7,}|[\w.]+@[\w.]+/.test(q))).toEqual([]);
});
