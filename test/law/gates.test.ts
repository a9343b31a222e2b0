import { describe, expect, it } from "vitest";
import { findRule } from "../../src/law/deadline.ts";
import { type CaseFacts, parseFacts } from "../../src/law/gates/facts.ts";
import { askGate, listGates } from "../../src/law/gates/gates.ts";

const clear = { factsClear: true, hasStatutoryBasis: true } as const;
const threshold = { personYuan: 2000, organizationYuan: 50000, source: "演示数据" };
const seizable = {
  authorizedByLaw: true,
  entrusted: false,
  relatedToCase: true,
  dailyNecessity: false,
  alreadySeized: false,
} as const;

const cases: readonly (readonly [string, string, CaseFacts, "yes" | "no" | "depends"])[] = [
  [
    "onTheSpotPenalty",
    "公民罚200元",
    { ...clear, party: "citizen", measures: ["fine"], fineYuan: 200 },
    "yes",
  ],
  [
    "onTheSpotPenalty",
    "公民罚201元",
    { ...clear, party: "citizen", measures: ["fine"], fineYuan: 201 },
    "no",
  ],
  [
    "onTheSpotPenalty",
    "单位罚3000元",
    { ...clear, party: "organization", measures: ["fine"], fineYuan: 3000 },
    "yes",
  ],
  [
    "onTheSpotPenalty",
    "单位罚3001元",
    { ...clear, party: "organization", measures: ["fine"], fineYuan: 3001 },
    "no",
  ],
  ["onTheSpotPenalty", "罚1000元,不知是谁", { ...clear, measures: ["fine"], fineYuan: 1000 }, "depends"],
  [
    "onTheSpotPenalty",
    "治安罚500元",
    { ...clear, field: "publicSecurity", measures: ["fine"], fineYuan: 500 },
    "yes",
  ],
  [
    "onTheSpotPenalty",
    "治安罚501元",
    { ...clear, field: "publicSecurity", measures: ["fine"], fineYuan: 501 },
    "no",
  ],
  [
    "onTheSpotPenalty",
    "交通罚200元",
    { ...clear, field: "traffic", measures: ["fine"], fineYuan: 200 },
    "yes",
  ],
  [
    "onTheSpotPenalty",
    "交通罚单位201元",
    { ...clear, field: "traffic", party: "organization", measures: ["fine"], fineYuan: 201 },
    "no",
  ],
  ["onTheSpotPenalty", "没收", { ...clear, party: "citizen", measures: ["confiscateProperty"] }, "no"],
  ["onTheSpotPenalty", "警告", { ...clear, party: "citizen", measures: ["warning"] }, "yes"],
  ["onTheSpotPenalty", "事实不清", { factsClear: false }, "no"],
  ["onTheSpotPenalty", "什么都没说", {}, "depends"],
  ["singleOfficer", "一般案件", {}, "no"],
  ["singleOfficer", "交通简易程序", { field: "traffic", decidedOnTheSpot: true }, "yes"],
  ["singleOfficer", "交通一般程序", { field: "traffic", decidedOnTheSpot: false }, "no"],
  [
    "singleOfficer",
    "治安当场,无异议且录像",
    { field: "publicSecurity", decidedOnTheSpot: true, partyObjects: false, fullRecording: true },
    "yes",
  ],
  [
    "singleOfficer",
    "治安当场,有异议",
    { field: "publicSecurity", decidedOnTheSpot: true, partyObjects: true, fullRecording: true },
    "no",
  ],
  [
    "singleOfficer",
    "治安当场,没录像",
    { field: "publicSecurity", decidedOnTheSpot: true, partyObjects: false, fullRecording: false },
    "no",
  ],
  [
    "singleOfficer",
    "治安,不知道录没录",
    { field: "publicSecurity", decidedOnTheSpot: true, partyObjects: false },
    "depends",
  ],
  ["hearing", "吊销许可", { measures: ["revokeLicense"] }, "yes"],
  ["hearing", "责令停产停业", { measures: ["suspendBusiness"] }, "yes"],
  ["hearing", "警告", { measures: ["warning"] }, "no"],
  [
    "hearing",
    "公民罚款达到公示标准",
    { party: "citizen", measures: ["fine"], fineYuan: 2000, hearingThreshold: threshold },
    "yes",
  ],
  [
    "hearing",
    "公民罚款没到公示标准",
    { party: "citizen", measures: ["fine"], fineYuan: 1999, hearingThreshold: threshold },
    "no",
  ],
  [
    "hearing",
    "单位罚款没到公示标准",
    { party: "organization", measures: ["fine"], fineYuan: 2000, hearingThreshold: threshold },
    "no",
  ],
  [
    "hearing",
    "没收违法所得达到标准",
    { party: "organization", measures: ["confiscateGains"], gainsYuan: 50000, hearingThreshold: threshold },
    "yes",
  ],
  ["hearing", "机关没有公示标准", { party: "citizen", measures: ["fine"], fineYuan: 5000 }, "depends"],
  ["hearing", "治安罚4000元", { field: "publicSecurity", measures: ["fine"], fineYuan: 4000 }, "yes"],
  [
    "hearing",
    "治安罚3999元",
    { field: "publicSecurity", measures: ["fine"], fineYuan: 3999, minorDetention: false },
    "no",
  ],
  [
    "hearing",
    "治安未成年人拘留",
    { field: "publicSecurity", measures: ["detention"], minorDetention: true },
    "yes",
  ],
  ["collectiveDeliberation", "重大", { seriousOrComplex: true }, "yes"],
  ["collectiveDeliberation", "一般", { seriousOrComplex: false }, "no"],
  ["collectiveDeliberation", "不知道", {}, "depends"],
  ["noPenalty", "13岁", { age: 13 }, "yes"],
  ["noPenalty", "轻微、改正、无后果", { slight: true, corrected: true, harm: "none" }, "yes"],
  ["noPenalty", "没有主观过错", { noFaultProved: true }, "yes"],
  ["noPenalty", "不能辨认自己行为", { mentalIncapacity: true }, "yes"],
  [
    "noPenalty",
    "成年人、后果较重",
    { age: 30, harm: "serious", noFaultProved: false, mentalIncapacity: false },
    "no",
  ],
  ["noPenalty", "什么都没说", {}, "depends"],
  ["mayWaivePenalty", "初次、轻微、改正", { firstTime: true, corrected: true, harm: "slight" }, "yes"],
  ["mayWaivePenalty", "不是初次", { firstTime: false }, "no"],
  ["mayWaivePenalty", "后果较重", { harm: "serious" }, "no"],
  ["mayWaivePenalty", "没说改正没有", { firstTime: true, harm: "slight" }, "depends"],
  ["transferToProsecution", "涉嫌犯罪", { crimeSuspected: true }, "yes"],
  ["transferToProsecution", "不涉嫌", { crimeSuspected: false }, "no"],
  ["transferToProsecution", "不知道", {}, "depends"],
  ["onTheSpotCollection", "当场罚100元", { decidedOnTheSpot: true, fineYuan: 100 }, "yes"],
  [
    "onTheSpotCollection",
    "当场罚101元,事后能执行",
    { decidedOnTheSpot: true, fineYuan: 101, hardToEnforceLater: false, remoteArea: false },
    "no",
  ],
  [
    "onTheSpotCollection",
    "事后难执行",
    { decidedOnTheSpot: true, fineYuan: 200, hardToEnforceLater: true },
    "yes",
  ],
  [
    "onTheSpotCollection",
    "边远且当事人提出",
    { decidedOnTheSpot: false, remoteArea: true, partyRequests: true },
    "yes",
  ],
  [
    "onTheSpotCollection",
    "边远但不是当事人提出",
    { decidedOnTheSpot: false, remoteArea: true, partyRequests: false },
    "no",
  ],
  [
    "onTheSpotCollection",
    "治安200元无异议",
    { field: "publicSecurity", fineYuan: 200, partyObjects: false },
    "yes",
  ],
  [
    "onTheSpotCollection",
    "治安201元无异议",
    {
      field: "publicSecurity",
      fineYuan: 201,
      partyObjects: false,
      hardToEnforceLater: false,
      remoteArea: false,
    },
    "no",
  ],
  ["onTheSpotCollection", "交通行人无异议", { field: "traffic", nonMotor: true, partyObjects: false }, "yes"],
  ["onTheSpotCollection", "什么都没说", {}, "depends"],
  ["evidencePreservation", "可能灭失且批准", { evidenceMayBeLost: true, approved: true }, "yes"],
  ["evidencePreservation", "没有批准", { evidenceMayBeLost: true, approved: false }, "no"],
  ["evidencePreservation", "不会灭失", { evidenceMayBeLost: false, approved: true }, "no"],
  ["evidencePreservation", "不知道批没批", { evidenceMayBeLost: true }, "depends"],
  ["seizure", "齐全且批准", { ...seizable, approved: true }, "yes"],
  ["seizure", "紧急未批", { ...seizable, approved: false, urgent: true }, "yes"],
  ["seizure", "不急未批", { ...seizable, approved: false, urgent: false }, "no"],
  ["seizure", "没有法律授权", { ...seizable, authorizedByLaw: false }, "no"],
  ["seizure", "委托他人", { ...seizable, entrusted: true }, "no"],
  ["seizure", "生活必需品", { ...seizable, dailyNecessity: true }, "no"],
  ["seizure", "与案无关", { ...seizable, relatedToCase: false }, "no"],
  ["seizure", "已被查封", { ...seizable, alreadySeized: true }, "no"],
  ["seizure", "什么都没说", {}, "depends"],
  ["legalReview", "重大公共利益", { majorPublicInterest: true }, "yes"],
  ["legalReview", "经过听证且关系重大权益", { hearingHeld: true, majorRights: true }, "yes"],
  ["legalReview", "疑难复杂", { complexLaw: true }, "yes"],
  ["legalReview", "列入目录的许可", { decisionKind: "license", inReviewCatalog: true }, "yes"],
  [
    "legalReview",
    "都不是",
    { majorPublicInterest: false, complexLaw: false, inReviewCatalog: false, hearingHeld: false },
    "no",
  ],
  ["legalReview", "简易程序", { decidedOnTheSpot: true }, "no"],
  ["legalReview", "不知道", {}, "depends"],
  ["audioVideo", "治安询问", { field: "publicSecurity", scene: "interview" }, "yes"],
  ["audioVideo", "涉及重大财产的强制", { scene: "coercion", libertyLifeProperty: true }, "yes"],
  ["audioVideo", "试点单位送达", { scene: "service", pilotUnit: true }, "yes"],
  [
    "audioVideo",
    "文字足够的检查",
    { scene: "inspection", libertyLifeProperty: false, textRecordEnough: true, pilotUnit: false },
    "no",
  ],
  [
    "audioVideo",
    "易争议的送达",
    { scene: "disputedService", libertyLifeProperty: false, textRecordEnough: false, pilotUnit: false },
    "yes",
  ],
  ["audioVideo", "内部审核", { scene: "review" }, "no"],
  ["audioVideo", "不知道环节", {}, "depends"],
  ["disclosure", "处罚", { decisionKind: "penalty" }, "yes"],
  ["disclosure", "其他决定", { decisionKind: "other" }, "yes"],
  ["disclosure", "治安记录", { field: "publicSecurity", decisionKind: "penalty" }, "no"],
  ["disclosure", "市监仅警告", { field: "market", decisionKind: "penalty", measures: ["warning"] }, "no"],
  ["disclosure", "不知道", {}, "depends"],
  ["majorPenaltyFiling", "达到标准", { inFilingScope: true }, "yes"],
  ["majorPenaltyFiling", "没达到", { inFilingScope: false }, "no"],
  ["majorPenaltyFiling", "不知道", {}, "depends"],
];

describe("gates", () => {
  it.each(cases)("%s: %s", (gate, _said, facts, answer) => {
    const decided = askGate(gate, parseFacts(facts));
    expect(decided.answer).toBe(answer);
    expect(decided.reasons[0]).toBeTruthy();
    expect(decided.basis.length).toBeGreaterThan(0);
    expect((decided.on ?? []).length > 0).toBe(answer === "depends");
    for (const rule of decided.clock ?? []) expect(findRule(rule).id).toBe(rule);
  });

  it("are each shown both ways and asking back", () => {
    for (const { id } of listGates()) {
      const answers = new Set(cases.filter(([gate]) => gate === id).map(([, , , answer]) => answer));
      expect(answers.has("yes") && answers.has("no"), id).toBe(true);
    }
  });

  it("read only the facts they declare", () => {
    for (const gate of listGates()) {
      const read = new Set<string>();
      const spy = new Proxy<CaseFacts>({}, { get: (_, name) => void read.add(String(name)) });
      gate.decide(spy);
      expect(
        [...read].filter((name) => !gate.facts.some((fact) => fact === name)),
        gate.id,
      ).toEqual([]);
    }
  });

  it("says when the organ has not published its hearing threshold", () => {
    const { reasons } = askGate("hearing", { party: "citizen", measures: ["fine"], fineYuan: 5000 });
    expect(reasons.join("")).toContain("尚未公示");
  });

  it("gives 7 working days for penalties and 20 for the rest", () => {
    expect(askGate("disclosure", { decisionKind: "penalty" }).clock).toEqual(["penaltyDisclosure"]);
    expect(askGate("disclosure", { decisionKind: "other" }).clock).toEqual(["enforcementDisclosure"]);
  });

  it("names the wrong fact and what is allowed", () => {
    expect(() => parseFacts({ fine: 200 })).toThrow(/“fine”.*fineYuan/);
    expect(() => parseFacts({ party: "company" })).toThrow("citizen、organization");
    expect(() => parseFacts({ fineYuan: "200" })).toThrow("不小于0的数");
    expect(() => parseFacts([])).toThrow("对象");
    expect(() => askGate("mayFine", {})).toThrow("onTheSpotPenalty");
  });
});
