/** Words that look like a place and are none. */
import { expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import { splitBasis } from "../../knowledge/import/parse/basis.ts";
import { blocked, workbook } from "./fixtures.ts";

const RELIEF = ["序号", "救济渠道", "受理机关", "期限", "法律依据"];
const basis = "《行政复议法》第二十条";

it.each([
  ["云川县城市管理综合行政执法局", "云川县人民政府", []],
  ["云川县市场监督管理局", "云川县人民政府", []],
  ["运城市盐湖区城市管理局", "运城市人民政府", ["E29@2"]],
])("for %s, %s as the government gives %j", async (entity, body, faults) => {
  const file = workbook([RELIEF, [1, "行政复议", body, "60日", basis]]);
  const at = new Date("2026-11-24T00:00:00Z");
  expect(blocked(await importFile({ file, kind: "relief", entity, dataset: "990199", at }))).toEqual(faults);
});

it.each([
  ["城市市容和环境卫生管理条例", undefined],
  ["城市供水条例", undefined],
  ["运城市城市管理条例", "地方性法规"],
  ["山西省水资源管理条例", "地方性法规"],
])("《%s》 is ranked %s by its title", (title, rank) => {
  expect(splitBasis(`《${title}》第十条`).bases[0]?.rank).toBe(rank);
});
