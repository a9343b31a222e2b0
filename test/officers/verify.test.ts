import { describe, expect, it } from "vitest";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { CHECKS_AN_HOUR, CHECKS_PER_PERSON_A_DAY, createCheckLimits } from "../../src/officers/limits.ts";
import { verificationOutcomes, verifyOfficer } from "../../src/officers/verify.ts";
import { createLibrary } from "../../src/records/library.ts";

const today = "2026-11-24";
const release = { id: "r", publishedAt: "", preparedBy: "甲", publishedBy: "乙", digest: "", records: 0 };
const library = createLibrary(release, readShipped({ demo: true }));
const officers = library.all("officer");
const valid = officers.find((officer) => verifyOfficer(library, officer, today).outcome === "valid");
if (!valid) throw new Error("the demonstration has valid officers");

describe("verifying an officer", () => {
  it("reaches every outcome in the demonstration", () => {
    const seen = new Set(
      officers.map((officer) => verifyOfficer(library, { certNo: officer.certNo }, today).label),
    );
    seen.add(verifyOfficer(library, { certNo: "0000" }, today).label);
    expect([...seen].sort()).toEqual(Object.values(verificationOutcomes).sort());
  });

  it("never says that anybody is false", () => {
    for (const certNo of [...officers.map((officer) => officer.certNo), "0000", "'; drop"]) {
      const { say, next } = verifyOfficer(library, { certNo }, today);
      expect(`${say}${next}`).not.toMatch(/假/);
    }
  });

  it.each([
    [
      "full-width digits and spaces",
      (no: string) =>
        no
          .replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
          .split("")
          .join(" "),
    ],
    ["lower case", (no: string) => no.toLowerCase()],
  ])("reads a number written with %s", (_how, write) => {
    expect(verifyOfficer(library, { certNo: write(valid.certNo) }, today).outcome).toBe("valid");
  });

  it("shows the whole name only to someone who knows the surname", () => {
    expect(verifyOfficer(library, { certNo: valid.certNo }, today).officer?.shownName).toMatch(/^.\*+$/);
    expect(
      verifyOfficer(library, { certNo: valid.certNo, name: valid.name[0] }, today).officer?.shownName,
    ).toBe(valid.name);
  });

  it("treats a wrong name like a wrong number", () => {
    const wrong = verifyOfficer(library, { certNo: valid.certNo, name: "欧阳" }, today);
    expect(wrong).toMatchObject({ outcome: "unlisted" });
    expect(wrong.officer).toBeUndefined();
  });

  it("calls a certificate expired from the day after its last month", () => {
    expect(verifyOfficer(library, { certNo: valid.certNo }, "2099-01-01").outcome).toBe("expired");
  });
});

describe("limits on verifying", () => {
  const at = new Date("2026-11-24T04:00:00Z");
  it("stops one person after a day's allowance and forgives the next day", () => {
    const limits = createCheckLimits();
    for (let n = 0; n < CHECKS_PER_PERSON_A_DAY; n += 1)
      expect(limits.refuse({ person: "a" }, at)).toBeUndefined();
    expect(limits.refuse({ person: "a" }, at)).toMatch(/明天/);
    expect(limits.refuse({ person: "b" }, at)).toBeUndefined();
    expect(limits.refuse({ person: "a" }, new Date(at.getTime() + 86_400_001))).toBeUndefined();
  });

  it("lets an attack from a hundred addresses with ever new names see no more than an hour's total", () => {
    const limits = createCheckLimits();
    let seen = 0;
    for (let n = 0; n < 10_000; n += 1) {
      if (limits.refuse({ person: `p${n}`, address: `10.0.0.${n % 100}` }, at) === undefined) seen += 1;
    }
    expect(seen).toBeLessThanOrEqual(CHECKS_AN_HOUR);
    const hits = officers.length / 1e8;
    expect(seen * hits).toBeLessThan(1);
  });
});
