import { describe, expect, it } from "vitest";
import { type Act, actKinds, competence, type Finding } from "../../src/law/jurisdiction.ts";
import type { Organ } from "../../src/law/organ.ts";
import { priorReconsideration } from "../../src/law/prior-reconsideration.ts";

const organ = (
  id: string,
  nature: Organ["nature"],
  level: Organ["level"],
  more: Partial<Organ> = {},
): Organ => ({ id, name: id, nature, level, ...more });

/** A fictional province, city and county. */
const organs = [
  organ("国务院部门", "stateCouncilDepartment", "国家"),
  organ("省政府", "government", "省"),
  organ("省司法厅", "department", "省", { parentGovernment: "省政府", isJustice: true }),
  organ("省交通厅", "department", "省", { parentGovernment: "省政府" }),
  organ("市政府", "government", "市", { parentGovernment: "省政府", area: "990000" }),
  organ("市城管局", "department", "市", { parentGovernment: "市政府", area: "990000" }),
  organ("市生态环境局", "department", "市", { parentGovernment: "市政府" }),
  organ("市司法局", "department", "市", {
    parentGovernment: "市政府",
    superior: "省司法厅",
    isJustice: true,
  }),
  organ("市税务局", "department", "市", {
    vertical: "税务",
    superior: "省税务局",
    parentGovernment: "市政府",
  }),
  organ("省税务局", "department", "省", { vertical: "税务" }),
  organ("县政府", "government", "县", { parentGovernment: "市政府", area: "990001" }),
  organ("县市监局", "department", "县", { parentGovernment: "县政府", superior: "市市监局", area: "990001" }),
  organ("县公安局", "department", "县", { parentGovernment: "县政府" }),
  organ("县税务局", "department", "县", {
    vertical: "税务",
    superior: "市税务局",
    parentGovernment: "县政府",
  }),
  organ("海关", "department", "市", { vertical: "海关", superior: "直属海关" }),
  organ("直属海关", "department", "省", { vertical: "海关" }),
  organ("国安局", "department", "市", { vertical: "国家安全", superior: "省国安厅" }),
  organ("省国安厅", "department", "省", { vertical: "国家安全" }),
  organ("金融监管分局", "department", "市", { vertical: "金融", superior: "省金融监管局" }),
  organ("省金融监管局", "department", "省", { vertical: "金融" }),
  organ("镇政府", "government", "乡", { parentGovernment: "县政府" }),
  organ("街道办", "dispatchedOrgan", "乡", { dispatchedBy: "县政府" }),
  organ("派出所", "dispatchedBody", "乡", { dispatchedBy: "县公安局", ownNameAuthorized: true }),
  organ("市监所无授权", "dispatchedBody", "乡", { dispatchedBy: "县市监局", ownNameAuthorized: false }),
  organ("市监所未知", "dispatchedBody", "乡", { dispatchedBy: "县市监局" }),
  organ("市局分局", "dispatchedBody", "县", {
    dispatchedBy: "市生态环境局",
    byDivision: true,
    ownNameAuthorized: true,
    localGovernment: "县政府",
  }),
  organ("市局直属队", "dispatchedBody", "县", {
    dispatchedBy: "市生态环境局",
    ownNameAuthorized: true,
    localGovernment: "县政府",
  }),
  organ("内设支队", "internalOrgan", "市", { dispatchedBy: "市城管局", ownNameAuthorized: false }),
  organ("公积金中心", "authorizedOrganization", "市", { dispatchedBy: "市政府" }),
  organ("局属授权中心", "authorizedOrganization", "市", { dispatchedBy: "市城管局" }),
  organ("部属授权机构", "authorizedOrganization", "市", { dispatchedBy: "国务院部门" }),
  organ("受托大队", "entrustedOrganization", "县", { delegatedBy: "县市监局" }),
  organ("受托无主", "entrustedOrganization", "县"),
  organ("旧工商局", "department", "县", {
    abolished: true,
    continuedBy: "县市监局",
    parentGovernment: "县政府",
  }),
  organ("循环甲", "entrustedOrganization", "县", { delegatedBy: "循环乙" }),
  organ("循环乙", "entrustedOrganization", "县", { delegatedBy: "循环甲" }),
  organ("开发区", "developmentZone", "市", { parentGovernment: "市政府" }),
  organ("无政府局", "department", "县"),
];
const register = new Map(organs.map((one) => [one.id, one]));
const lookup = (id: string) => register.get(id);
const the = (id: string): Organ => {
  const found = register.get(id);
  if (!found) throw new Error(id);
  return found;
};
const names = (finding: Finding) =>
  finding.kind === "found" ? finding.options.map((option) => option.organ.name) : finding.kind;
const decide = (id: string, more: Partial<Act> = {}) => competence({ organ: the(id), ...more }, lookup);

describe("which organ reviews", () => {
  it.each([
    ["县市监局", ["县市监局"], ["县政府"], "第二十四条第一款第(一)项"],
    ["市城管局", ["市城管局"], ["市政府"], "第二十四条第一款第(一)项"],
    ["省交通厅", ["省交通厅"], ["省政府"], "第二十四条第一款第(一)项"],
    ["镇政府", ["镇政府"], ["县政府"], "第二十四条第一款第(二)项"],
    ["县政府", ["县政府"], ["市政府"], "第二十四条第一款第(二)项"],
    ["市政府", ["市政府"], ["省政府"], "第二十四条第一款第(二)项"],
    ["省政府", ["省政府"], ["省政府"], "第二十四条第二款"],
    ["国务院部门", ["国务院部门"], ["国务院部门"], "第二十五条"],
    ["街道办", ["街道办"], ["县政府"], "第二十四条第一款第(三)项"],
    ["派出所", ["派出所"], ["县政府"], "第二十四条第四款"],
    ["市局分局", ["市局分局"], ["市政府", "县政府"], "第二十四条第四款"],
    ["市局直属队", ["市局直属队"], ["市政府"], "第二十四条第四款"],
    ["公积金中心", ["公积金中心"], ["市政府"], "第二十四条第一款第(四)项"],
    ["局属授权中心", ["局属授权中心"], ["市政府"], "第二十四条第一款第(四)项"],
    ["部属授权机构", ["部属授权机构"], ["国务院部门"], "第二十五条"],
    ["县税务局", ["县税务局"], ["市税务局"], "第二十七条"],
    ["海关", ["海关"], ["直属海关"], "第二十七条"],
    ["国安局", ["国安局"], ["省国安厅"], "第二十七条"],
    ["金融监管分局", ["金融监管分局"], ["省金融监管局"], "第二十七条"],
    ["市司法局", ["市司法局"], ["市政府", "省司法厅"], "第二十八条"],
    ["受托大队", ["县市监局"], ["县政府"], "第二十四条第一款第(一)项"],
    ["内设支队", ["市城管局"], ["市政府"], "第二十四条第一款第(一)项"],
    ["市监所无授权", ["县市监局"], ["县政府"], "第二十四条第一款第(一)项"],
    ["旧工商局", ["县市监局"], ["县政府"], "第二十四条第一款第(一)项"],
  ])("%s: 被申请人 %s, 复议机关 %s (%s)", (id, respondent, reviewers, article) => {
    const found = decide(id);
    expect(names(found.respondent)).toEqual(respondent);
    expect(names(found.reconsideration)).toEqual(reviewers);
    expect(found.reconsideration.kind === "found" && found.reconsideration.options[0].basis[0]?.article).toBe(
      article,
    );
  });

  it.each(["开发区", "受托无主", "无政府局", "循环甲"])("%s goes to a person, never to a guess", (id) => {
    expect(decide(id).reconsideration.kind).toBe("human");
  });

  it("asks whose seal is on the paper when a dispatched body's standing is unknown", () => {
    expect(decide("市监所未知").respondent).toMatchObject({
      kind: "ask",
      ask: expect.stringContaining("章"),
    });
    expect(decide("市监所未知").litigation).toEqual([]);
  });

  it("names the office that handles it", () => {
    const { reconsideration } = decide("县市监局");
    expect(reconsideration.kind === "found" && reconsideration.options[0].office).toContain("司法行政部门");
  });

  it("takes all organs of a joint act as respondents, and one reviewer only when it is the same", () => {
    const same = decide("县市监局", { jointOrgans: [the("县公安局")] });
    expect(names(same.respondent)).toEqual(["县市监局", "县公安局"]);
    expect(names(same.reconsideration)).toEqual(["县政府"]);
    expect(decide("县市监局", { jointOrgans: [the("市城管局")] }).reconsideration.kind).toBe("human");
  });

  it("makes the approving organ respondent, but the signing organ defendant (复议条例第十三条、行诉解释第十九条)", () => {
    const found = decide("县市监局", { approvedBy: the("县政府"), kind: "penalty" });
    expect(names(found.respondent)).toEqual(["县政府"]);
    expect(names(found.reconsideration)).toEqual(["市政府"]);
    expect(found.litigation.find(({ situation }) => situation === "direct")?.defendants).toEqual([
      "县市监局",
    ]);
    expect(found.notes.some(({ text }) => text.includes("署名"))).toBe(true);
  });

  it("offers the State Council's final ruling only after a province or ministry reviewed itself", () => {
    const offers = (id: string) => decide(id).notes.some(({ text }) => text.includes("国务院裁决"));
    expect([offers("省政府"), offers("国务院部门")]).toEqual([true, true]);
    expect([offers("省交通厅"), offers("市政府"), offers("县市监局")]).toEqual([false, false, false]);
  });

  it("tells that a fine on the spot can be handed to the punishing organ (复议法第三十二条)", () => {
    expect(decide("县市监局", { kind: "onTheSpotPenalty" }).notes[0]?.text).toContain("作出处罚的机关");
    expect(decide("县市监局", { kind: "penalty" }).notes[0]?.text).not.toContain("作出处罚的机关");
  });
});

describe("who is sued and where", () => {
  it.each([
    ["县市监局", "基层人民法院"],
    ["镇政府", "基层人民法院"],
    ["县政府", "中级人民法院"],
    ["市政府", "中级人民法院"],
    ["国务院部门", "中级人民法院"],
    ["海关", "中级人民法院"],
    ["县税务局", "基层人民法院"],
  ])("%s directly: %s", (id, level) => {
    const direct = decide(id, { kind: "penalty" }).litigation.find(({ situation }) => situation === "direct");
    expect(direct).toMatchObject({ defendants: [id], level, place: "管辖法院以公布的通知为准" });
  });

  it("sues both after an upholding review, at the original organ's level; the reviewer alone after a change", () => {
    const { litigation } = decide("县市监局", { kind: "penalty" });
    expect(litigation.find(({ situation }) => situation === "upheld")).toMatchObject({
      defendants: ["县市监局", "县政府"],
      level: "基层人民法院",
    });
    expect(litigation.find(({ situation }) => situation === "changed")).toMatchObject({
      defendants: ["县政府"],
      level: "中级人民法院",
    });
    expect(litigation.find(({ situation }) => situation === "noDecision")?.defendants).toHaveLength(2);
  });

  it("does not send a fine on the spot straight to court", () => {
    expect(
      decide("县市监局", { kind: "onTheSpotPenalty" }).litigation.some(
        ({ situation }) => situation === "direct",
      ),
    ).toBe(false);
    expect(
      decide("县市监局", { kind: "cameraPenalty" }).litigation.some(
        ({ situation }) => situation === "direct",
      ),
    ).toBe(false);
    expect(decide("县市监局").litigation[0]?.label).toBe("不属于必须先复议的,直接起诉");
  });

  it("names a court only from a published notice", () => {
    const courts = {
      title: "关于行政案件集中管辖的公告",
      date: "2026-01-05" as const,
      courtFor: (area: string) => (area === "990001" ? "演示县人民法院" : undefined),
    };
    const place = (id: string) =>
      competence({ organ: the(id), kind: "penalty" }, lookup, courts).litigation[0]?.place;
    expect(place("县市监局")).toContain("演示县人民法院");
    expect(place("市城管局")).toBe("管辖法院以公布的通知为准");
  });

  it("cites the special places for liberty and real estate", () => {
    const articles = (more: Partial<Act>) =>
      decide("县公安局", { kind: "penalty", ...more }).litigation[0]?.basis.map(({ article }) => article);
    expect(articles({ liberty: true })).toContain("第十九条");
    expect(articles({ realEstate: true })).toContain("第二十条");
  });
});

describe("review before court", () => {
  const required = {
    onTheSpotPenalty: "yes",
    naturalResources: "yes",
    inaction: "yes",
    informationRefusal: "yes",
    taxDispute: "yes",
    customsTax: "yes",
    pricePenalty: "yes",
    antitrust: "yes",
    filmReview: "yes",
    counterEspionage: "unclear",
    cameraPenalty: "unclear",
    other: "unclear",
    penalty: "no",
    detention: "no",
    coerciveMeasure: "no",
    enforcement: "no",
    license: "no",
  } as const;
  it.each(actKinds)("%s", (kind) => {
    const prior = priorReconsideration(kind);
    expect(prior.required).toBe(required[kind]);
    expect(prior.basis.length).toBeGreaterThan(0);
    if (prior.basis.some(({ mark }) => mark !== "T")) expect(prior.caution).toBeTruthy();
  });
});
