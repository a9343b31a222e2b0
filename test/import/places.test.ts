/** Words that look like a place and are none. */
import { describe, expect, it } from "vitest";
import { importFile } from "../../knowledge/import/index.ts";
import { createFinder, type KnownOrgan, placesOf, suggest } from "../../knowledge/import/organs.ts";
import { splitBasis } from "../../knowledge/import/parse/basis.ts";
import { gazetteer } from "../../knowledge/import/places.ts";
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

const own = [
  { code: "990300", name: "云岭市" },
  { code: "990321", name: "云川县" },
];

it.each([
  ["山西省运城市盐湖区水务局", "山西省运城市盐湖区", "140802", "县"],
  ["永济市公安局", "永济市", "140881", "县"],
  ["北京市朝阳区城市管理委员会", "北京市朝阳区", "110105", "县"],
  ["云岭市云川县城市管理局", "云岭市云川县", "990321", "县"],
  ["临沂市林南县水务局", "临沂市林南县", undefined, "县"],
  ["北演县假设镇人民政府", "北演县假设镇", "990104100", "乡"],
  ["运城市公路局闻喜县公路段", "运城市", "140800", "市"],
  ["运城市文化市场综合行政执法队", "运城市", "140800", "市"],
  ["城市管理局", "", undefined, undefined],
  ["自然保护区管理局", "", undefined, undefined],
  ["各县(市、区)人民政府", "", undefined, undefined],
  ["本县水务局", "", undefined, undefined],
])("%s begins with %j (%s, %s)", (name, place, area, level) => {
  const found = gazetteer(own).split(name);
  expect([found.place, found.area, found.level]).toEqual([place, area, level]);
});

it("takes a name that several places bear for the one of the city at hand, else for none", () => {
  expect(gazetteer().split("朝阳区水务局").area).toBeUndefined();
  expect(gazetteer().split("朝阳区水务局", "110000").area).toBe("110105");
  expect(gazetteer().split("朝阳区水务局", "220100").area).toBe("220104");
});

describe("a shortened name", () => {
  const organ = (name: string, area: string): KnownOrgan => ({
    id: `ent_${area}_${name.length}`,
    name,
    aliases: [],
    level: "县",
    area,
  });
  const known = [
    organ("云川县市场监督管理局", "990321"),
    organ("云川县住房和城乡建设局", "990321"),
    organ("绛县市场监督管理局", "140826"),
    organ("绛县交通运输局", "140826"),
  ];
  const places = placesOf(known, own);
  const find = createFinder(known, places, undefined, "990321");

  it.each([
    ["云川县市场监管局", "云川县市场监督管理局"],
    ["县市场监管局", "云川县市场监督管理局"],
    ["县住建局", "云川县住房和城乡建设局"],
    ["绛县市场监管局", "绛县市场监督管理局"],
    ["交通运输局", undefined],
    ["林南县市场监管局", undefined],
    ["市场", undefined],
  ])("%s means %s", (said, meant) => {
    expect(find(said)?.name).toBe(meant);
  });

  it("is never answered with another county's organ", () => {
    expect(suggest("云川县交通运输局", known, places, "990321")).toBeUndefined();
    expect(suggest("云川县市场监督管理句", known, places, "990321")).toBe("云川县市场监督管理局");
  });
});
