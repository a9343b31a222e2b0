import { describe, expect, it } from "vitest";
import { findRule } from "../../src/law/deadline.ts";
import { findGate } from "../../src/law/gates/gates.ts";
import { laws } from "../../src/law/laws.ts";
import { findProcedure, listProcedures, missingFor, nextStep } from "../../src/law/procedures/procedures.ts";
import { findSuperseded, supersededLaws } from "../../src/law/superseded.ts";

const keys = new Set(Object.values(laws).map(({ key }) => key));

describe("procedures", () => {
  it("are the nine an officer walks", () => {
    expect(
      listProcedures()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(
      [
        "courtEnforcement",
        "demandNotice",
        "hearing",
        "inspection",
        "onTheSpotCollection",
        "ordinary",
        "seizure",
        "substitutePerformance",
        "summary",
      ].sort(),
    );
  });

  it.each(listProcedures())(
    "$title: every step has who, what, papers and a basis that was read",
    (procedure) => {
      const ids = procedure.steps.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const gate of procedure.gates) expect(findGate(gate).id).toBe(gate);
      for (const step of procedure.steps) {
        expect(step.actor && step.mustDo[0] && step.documents[0], step.id).toBeTruthy();
        expect(step.basis.length).toBeGreaterThan(0);
        for (const ref of step.basis) expect(keys.has(ref.law)).toBe(true);
        if (step.limit?.rule) expect(findRule(step.limit.rule).id).toBe(step.limit.rule);
        if (step.basis.some(({ mark }) => mark !== "T")) expect(procedure.caution).toBeTruthy();
      }
    },
  );

  it("are walked step by step to the end", () => {
    const procedure = findProcedure("ordinary");
    const done: string[] = [];
    for (let step = nextStep(procedure, done); step; step = nextStep(procedure, done)) done.push(step.id);
    expect(done).toEqual(procedure.steps.map(({ id }) => id));
    expect(nextStep(procedure, ["filing"])?.id).toBe("investigate");
  });

  it("tell which papers are missing", () => {
    expect(missingFor(findProcedure("seizure"), "deliver", ["查封(扣押)决定书"])).toEqual(["查封(扣押)清单"]);
    expect(missingFor(findProcedure("seizure"), "deliver", ["查封(扣押)决定书", "查封(扣押) 清单"])).toEqual(
      [],
    );
  });

  it("list the known ones when asked for another", () => {
    expect(() => findProcedure("fine")).toThrow("ordinary(普通程序)");
    expect(() => nextStep(findProcedure("summary"), ["sign"])).toThrow("writeDecision");
  });
});

describe("dead law", () => {
  it.each([
    ["城市绿化条例说15日内申请复议", "60日"],
    ["按大气污染防治法罚的", "生态环境法典"],
    ["投诉举报处理暂行办法7个工作日", "121号"],
    ["2012年治安管理处罚法当场罚200", "500元"],
  ])("%s", (said, now) =>
    expect(
      findSuperseded(said)
        .map((old) => old.now)
        .join(""),
    ).toContain(now),
  );

  it("leaves living law alone", () => {
    expect(findSuperseded("行政处罚法第五十一条")).toEqual([]);
    expect(findSuperseded("海洋环境保护法")).toEqual([]);
    for (const old of supersededLaws) expect(old.basis.length).toBeGreaterThan(0);
  });
});
