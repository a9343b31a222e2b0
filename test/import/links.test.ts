/** Which organs a benchmark set above them binds: of a lower level, inside the issuer's area, with the same power. */
import { describe, expect, it } from "vitest";
import { sameBelow } from "../../knowledge/import/build/links.ts";
import type { KnownOrgan, KnownPower } from "../../knowledge/import/organs.ts";

type Level = KnownOrgan["level"];

const organ = (id: string, level: Level, area: string | undefined): KnownOrgan => ({
  id,
  name: id,
  aliases: [],
  level,
  ...(area ? { area } : {}),
});
const power = (entityId: string, other: Partial<KnownPower> = {}): KnownPower => ({
  id: `pow of ${entityId}`,
  entityId,
  powerType: "行政处罚",
  name: "对甲的处罚",
  code: { value: "A-1" },
  ...other,
});

/** What a benchmark of `issuer` binds of the power of one other organ. */
function bound(issuer: KnownOrgan, other: KnownOrgan, theirs: Partial<KnownPower> = {}): number {
  const mine = power(issuer.id);
  return sameBelow([mine.id], issuer, { known: [issuer, other], powers: [mine, power(other.id, theirs)] })
    .length;
}

describe("organs bound by a benchmark set above them", () => {
  it.each<[string, Level, string | undefined, Level, string | undefined, boolean]>([
    ["a county below its city", "市", "990100", "县", "990101", true],
    ["a town below its city", "市", "990100", "乡", "990101001", true],
    ["a zone below its city", "市", "990100", "县", "990100-KFQ", true],
    ["a city below its province", "省", "990000", "市", "990100", true],
    ["a county below the whole country's", "国家", "990000", "县", "990101", true],
    ["another organ of the same city", "市", "990100", "市", "990100", false],
    ["an organ of the city that stands in a county", "市", "990100", "市", "990101", false],
    ["the province above", "市", "990100", "省", "990000", false],
    ["a county of another city", "市", "990100", "县", "990201", false],
    ["a county of nowhere", "市", "990100", "县", undefined, false],
    ["anybody, for an issuer of nowhere", "市", undefined, "县", "990101", false],
    ["a county with a number that ends in nought", "市", "990100", "县", "990110", true],
    ["a town below its county", "县", "990101", "乡", "990101001", true],
    ["a town of the next county", "县", "990101", "乡", "990102001", false],
    ["the next county", "县", "990101", "县", "990102", false],
    ["the city above", "县", "990101", "市", "990100", false],
    ["an office below its zone", "县", "990100-KF", "乡", "990100-KF", true],
    ["an office of a zone whose code goes on alike", "县", "990100-KF", "乡", "990100-KFQ", false],
    ["a county beside the zone", "县", "990100-KFQ", "县", "990101", false],
    ["a town beside the zone", "县", "990100-KFQ", "乡", "990101001", false],
    ["another organ of the same town", "乡", "990101001", "乡", "990101001", false],
  ])("%s", (_, level, area, otherLevel, otherArea, isBound) => {
    expect(bound(organ("甲", level, area), organ("乙", otherLevel, otherArea))).toBe(isBound ? 1 : 0);
  });

  it.each<[string, Partial<KnownPower>, boolean]>([
    ["the same code, name and type", {}, true],
    ["another code", { code: { value: "A-2" } }, false],
    ["another name", { name: "对乙的处罚" }, false],
    ["another type", { powerType: "行政强制" }, false],
  ])("only by all of it: %s", (_, theirs, isBound) => {
    expect(bound(organ("甲", "市", "990100"), organ("乙", "县", "990101"), theirs)).toBe(isBound ? 1 : 0);
  });

  it("never by a name alone, where neither power has a code", () => {
    const [city, county] = [organ("甲", "市", "990100"), organ("乙", "县", "990101")];
    const { code: _, ...mine } = power(city.id);
    const { code: __, ...theirs } = power(county.id);
    expect(sameBelow([mine.id], city, { known: [city, county], powers: [mine, theirs] })).toEqual([]);
  });
});
