import { describe, expect, it } from "vitest";
import { startClock } from "../../src/cases/clocks.ts";
import {
  type MoveFields,
  type MoveName,
  type MoverKind,
  moveNames,
  moves,
  type Status,
  statuses,
} from "../../src/cases/states.ts";
import { type CaseState, permittedMoves, transition } from "../../src/cases/transition.ts";
import type { Day } from "../../src/law/day.ts";
import { calendar } from "./town.ts";

const on: Day = "2026-11-24";

function aCase(more: Partial<CaseState> = {}): CaseState {
  return {
    status: "registered",
    kind: "complaint",
    matter: "fine",
    excluded: ["ent_cgj"],
    submitted: on,
    clocks: [startClock("accept", false, on, calendar), startClock("finish", false, on, calendar)],
    awaiting: [],
    returns: 0,
    ...more,
  };
}

function move(
  state: CaseState,
  name: string,
  fields: MoveFields = {},
  kind: readonly MoverKind[] = ["supervisor", "reviewer"],
  id = "u1",
) {
  return transition(state, name, fields, { kind, id }, on, calendar);
}

const decline = {
  reason: "不属监督范围",
  legalBasis: "某法第一条",
  direction: "向信访部门提出",
  toComplainant: "请向信访部门提出",
};
const notice = { recipient: "ent_cgj", told: "执法时未出示证件", legalBasis: "某条例第三条" };
const paper = { ...notice, demand: "改正并书面报告" };

const sent = { id: "d1", kind: "notice", title: "行政执法监督通知书 甲〔2026〕1号" } as const;

describe("moves of a case", () => {
  it.each<[from: Status, move: MoveName, fields: MoveFields, to: Status]>([
    ["registered", "accept", { note: "属本机构职责" }, "accepted"],
    ["registered", "decline", decline, "declined"],
    ["accepted", "handle", { note: "自办" }, "handling"],
    ["accepted", "refer", { referTo: "ent_x", note: "转办" }, "referred"],
    [
      "referred",
      "sendBack",
      { powerItem: "pow_x", legalBasis: "某法第二条", reason: "属另一机关职权" },
      "returned",
    ],
    ["handling", "inquire", { recipient: "ent_cgj" }, "verifying"],
    ["verifying", "record", { finding: "属实" }, "verifying"],
    ["verifying", "issueNotice", notice, "noticed"],
    ["noticed", "issueOpinion", paper, "opined"],
    ["opined", "issueDecision", paper, "decided"],
    ["referred", "chase", { reason: "逾期未报" }, "supervised"],
    ["decided", "feedBack", { finding: "属实", result: "属实", toComplainant: "已责令改正" }, "feedback"],
    ["feedback", "close", { note: "已反馈" }, "closed"],
  ])("%s —%s→", (status, name, fields, to) => {
    const result = move(aCase({ status }), name, fields);
    expect(result).toMatchObject({ kind: "moved", case: { status: to } });
  });

  it("lets every state but the last ones be left, and reaches every state", () => {
    const reached = new Set<string>(moveNames.map((name) => moves[name].to));
    for (const status of Object.keys(statuses)) {
      if (status === "registered") continue;
      expect(reached, status).toContain(status);
    }
    const left = new Set(moveNames.flatMap((name) => (moves[name].to === "same" ? [] : moves[name].from)));
    for (const status of Object.keys(statuses) as Status[]) {
      if (status === "withdrawn") continue;
      expect(left.has(status), status).toBe(true);
    }
  });

  it.each<
    [
      why: string,
      state: Partial<CaseState>,
      move: string,
      fields: MoveFields,
      kind: readonly MoverKind[],
      because: string,
    ]
  >([
    ["closing what was just filed", {}, "close", { note: "x" }, ["reviewer"], "not_now"],
    ["declining as a plain supervisor", {}, "decline", decline, ["supervisor"], "not_yours"],
    [
      "declining without a legal basis",
      {},
      "decline",
      { ...decline, legalBasis: "" },
      ["reviewer"],
      "field_missing",
    ],
    [
      "a result that is not in the list",
      { status: "decided" },
      "feedBack",
      { finding: "f", result: "好", toComplainant: "t" },
      ["reviewer"],
      "field_wrong",
    ],
    ["a field the move does not have", {}, "accept", { note: "n", told: "t" }, ["reviewer"], "field_wrong"],
    [
      "giving it to the organ complained of",
      { status: "accepted" },
      "refer",
      { referTo: "ent_cgj", note: "n" },
      ["reviewer"],
      "conflict",
    ],
    [
      "routing it to the organ complained of",
      {},
      "route",
      { office: "ent_cgj", reason: "r" },
      ["reviewer"],
      "conflict",
    ],
    [
      "issuing a notice on one's own case",
      { status: "verifying", assignee: "u1" },
      "issueNotice",
      paper,
      ["reviewer"],
      "second_person",
    ],
    [
      "closing after one's own feedback",
      { status: "feedback", decidedBy: "u1" },
      "close",
      { note: "n" },
      ["reviewer"],
      "second_person",
    ],
    [
      "closing while a document waits for its answer",
      { status: "feedback", awaiting: [sent] },
      "close",
      { note: "n" },
      ["reviewer"],
      "awaiting",
    ],
    [
      "waiving a document that was not sent",
      { status: "noticed", awaiting: [sent] },
      "waive",
      { document: "d9", reason: "已口头答复" },
      ["reviewer"],
      "field_wrong",
    ],
    [
      "routing as the administrator of accounts",
      {},
      "route",
      { office: "x", reason: "r" },
      ["admin"],
      "not_yours",
    ],
    [
      "writing a document's number oneself",
      { status: "verifying" },
      "issueNotice",
      { ...notice, number: "演监〔2026〕1号" },
      ["reviewer"],
      "field_wrong",
    ],
    [
      "referring a third time",
      { status: "returned", returns: 2 },
      "refer",
      { referTo: "ent_x", note: "n" },
      ["reviewer"],
      "no_more_returns",
    ],
    [
      "designating before two returns",
      { status: "returned", returns: 1 },
      "designate",
      { referTo: "ent_x", reason: "r" },
      ["reviewer"],
      "not_now",
    ],
    [
      "sending back what was designated",
      { status: "designated", returns: 2 },
      "sendBack",
      { powerItem: "p", legalBasis: "l", reason: "r" },
      ["reviewer"],
      "not_now",
    ],
    ["an official withdrawing for the complainant", {}, "withdraw", {}, ["reviewer"], "not_yours"],
    [
      "reopening after the window",
      { status: "closed", clocks: [{ ...startClock("reopen", false, on, calendar), due: "2026-11-23" }] },
      "reopen",
      { reason: "没解决" },
      ["complainant"],
      "window_closed",
    ],
    ["a move nobody knows", {}, "delete", {}, ["admin"], "unknown_move"],
  ])("refuses %s", (_, state, name, fields, kind, because) => {
    expect(move(aCase(state), name, fields, kind)).toMatchObject({ kind: "refused", because });
  });

  it("counts returns and then offers designation only", () => {
    const twice = aCase({ status: "returned", returns: 2 });
    const offered = permittedMoves(twice, { kind: ["reviewer"], id: "u1" }, on);
    expect(offered).toContain("designate");
    expect(offered).not.toContain("refer");
  });
});

describe("clocks of a case", () => {
  it("run in working days from submission and say 内部承诺 where no law sets them", () => {
    const [accept] = aCase().clocks;
    expect(accept).toMatchObject({ from: "2026-11-24", due: "2026-12-01", basis: "内部承诺" });
  });

  it("cite the provincial rule for a complaint about discretion (山西裁量办法第十四条)", () => {
    const clock = startClock("finish", true, on, calendar);
    expect(clock.basis).toContain("山西");
    expect(clock.rule).toBe("finishDiscretion");
  });

  it("stop when their duty is done and start with the move that causes one", () => {
    const accepted = move(aCase(), "accept", { note: "n" });
    if (accepted.kind !== "moved") throw new Error(accepted.say);
    expect(accepted.case.clocks.map((clock) => clock.name)).toEqual(["finish"]);
    const referred = move(accepted.case, "refer", { referTo: "ent_x", note: "n" });
    if (referred.kind !== "moved") throw new Error(referred.say);
    expect(referred.case.clocks.map((clock) => clock.name)).toEqual(["finish", "refer"]);
  });

  it("of a document run on through feedback, until it is answered or waived", () => {
    const noticed = aCase({
      status: "noticed",
      awaiting: [sent, { ...sent, id: "d2" }],
      clocks: [startClock("notice", false, on, calendar)],
    });
    const told = move(noticed, "feedBack", { finding: "f", result: "属实", toComplainant: "t" });
    if (told.kind !== "moved") throw new Error(told.say);
    expect(told.case.clocks.map(({ name }) => name)).toContain("notice");
    const one = move(told.case, "waive", { document: "d1", reason: "单位已撤销" });
    if (one.kind !== "moved") throw new Error(one.say);
    expect(one.case.clocks.map(({ name }) => name)).toContain("notice");
    const both = move(one.case, "answered", { document: "d2" }, ["system"], "system");
    if (both.kind !== "moved") throw new Error(both.say);
    expect(both.case.clocks.map(({ name }) => name)).not.toContain("notice");
    expect(move(both.case, "close", { note: "n" }, ["reviewer"], "u2").kind).toBe("moved");
  });
});
