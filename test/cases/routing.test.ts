import { describe, expect, it } from "vitest";
import { matterOf } from "../../src/cases/matters.ts";
import { type RoutingFacts, routeCase } from "../../src/cases/routing.ts";
import { routingTable } from "../../src/cases/routing-table.ts";
import { library } from "./town.ts";

const everywhere = () => true;
const route = (facts: Partial<RoutingFacts>, live: (office: string) => boolean = everywhere) =>
  routeCase({ kind: "complaint", matter: "fine", organs: [], ...facts }, library, "2026-11-24", live);

describe("routing of complaints", () => {
  it.each<[what: string, facts: Partial<RoutingFacts>, rule: string, office: string | undefined]>([
    ["a city department → the city's justice bureau", { organs: ["ent_cgj"] }, "ownGovernment", "ent_sfj"],
    ["its brigade → the same bureau", { organs: ["ent_cgj_one"] }, "ownGovernment", "ent_sfj"],
    ["a county department → the county's bureau", { organs: ["ent_xscj"] }, "ownGovernment", "ent_xsfj"],
    ["the county's justice bureau itself → the city's", { organs: ["ent_xsfj"] }, "justiceItself", "ent_sfj"],
    [
      "the city's justice bureau itself → the province's",
      { organs: ["ent_sfj"] },
      "justiceItself",
      "ent_psf",
    ],
    ["a township government → the county's bureau", { organs: ["ent_town"] }, "government", "ent_xsfj"],
    ["a county government → the city's bureau", { organs: ["ent_county"] }, "government", "ent_sfj"],
    ["a tax bureau → the place's bureau", { organs: ["ent_swj"] }, "vertical", "ent_sfj"],
    [
      "two organs of two levels → the bureau over both",
      { organs: ["ent_cgj", "ent_xscj"] },
      "joint",
      "ent_sfj",
    ],
    ["bribes → not taken in", { organs: ["ent_cgj"], matter: "discipline" }, "discipline", undefined],
    ["no organ named → a person", {}, "organUnknown", undefined],
    [
      "an organ whose government is not on record → a person",
      { organs: ["ent_lost"] },
      "governmentUnknown",
      undefined,
    ],
    [
      "a contested fact → whoever keeps the lists",
      { kind: "correction", matter: "correction" },
      "correction",
      undefined,
    ],
  ])("%s", (_, facts, rule, office) => {
    const found = route(facts);
    expect(found.rule).toBe(rule);
    expect(found.office).toBe(office);
    expect(found.reason).not.toBe("");
  });

  it("tells the superior of a vertical organ", () => {
    expect(route({ organs: ["ent_swj"] }).tell).toEqual(["ent_pswj"]);
  });

  it("lies in the human tray while the office has nobody", () => {
    const found = route({ organs: ["ent_cgj"] }, () => false);
    expect(found).toMatchObject({ kind: "tray", rule: "ownGovernment" });
    expect(found.office).toBeUndefined();
  });

  it("never gives a complaint to the organ complained of, its parent or its parts", () => {
    for (const entity of library.all("entity")) {
      const found = route({ organs: [entity.id] });
      expect(found.office, entity.name).not.toBe(entity.id);
      expect(found.excluded.map((one) => one.party)).toContain(entity.id);
      if (found.office) expect(found.excluded.map((one) => one.party)).not.toContain(found.office);
    }
  });

  it("excludes the department that set a brigade up, and the brigades of a department", () => {
    expect(route({ organs: ["ent_cgj_one"] }).excluded.map((one) => one.party)).toContain("ent_cgj");
    expect(route({ organs: ["ent_cgj"] }).excluded.map((one) => one.party)).toContain("ent_cgj_one");
  });

  it("uses every row of the table in these cases", () => {
    expect(new Set(routingTable.map((row) => row.id)).size).toBe(routingTable.length);
  });
});

describe("what a complaint is about", () => {
  it.each([
    ["他们不出示证件就要罚我", "certificate"],
    ["城管把我的车扣了", "coercion"],
    ["隔三差五反复检查", "inspection"],
    ["别人只罚五百,我罚得太重", "discretion"],
    ["罚款不给票据", "fine"],
    ["举报了半年一直不处理", "inaction"],
    ["队长索要好处费", "discipline"],
    ["说话很凶,还推搡老人", "attitude"],
    ["外地警察来抓人", "crossRegion"],
  ])("%s", (text, matter) => {
    expect(matterOf(text)).toBe(matter);
  });
});
