/** Whether a fine may be collected on the spot (处罚法第六十八、六十九条, 治安法第一百二十三条, 道交法第一百零八条). */
import { cite } from "../cite.ts";
import { type CaseFacts, type Decision, depends, missing, no, yes } from "./gate.ts";

export function onTheSpotCollection(facts: CaseFacts): Decision {
  const extra = {
    documents: ["财政部门统一制发的专用票据"],
    clock:
      facts.field === "publicSecurity" ? [] : ["onTheSpotCollectionHandover", "collectedFineBankDeposit"],
  };
  const ticket = cite(
    facts.field === "publicSecurity" ? "治安法" : "处罚法",
    facts.field === "publicSecurity" ? "125" : "70",
  );
  const remote = facts.remoteArea && facts.partyRequests;
  if (facts.field === "publicSecurity") {
    const basis = cite("治安法", "123");
    if ((facts.fineYuan ?? 201) <= 200 && facts.partyObjects === false)
      return yes("200元以下且被处罚人无异议,可以当场收缴。", [basis, ticket], extra);
    if (remote) return yes("边远等地区缴款确有困难,且由被处罚人提出,可以当场收缴。", [basis, ticket], extra);
    if (facts.hardToEnforceLater)
      return yes("当地没有固定住所、事后难以执行,可以当场收缴。", [basis, ticket], extra);
    return rest(facts, ["fineYuan", "partyObjects", "hardToEnforceLater", "remoteArea"], basis);
  }
  if (facts.field === "traffic") {
    const basis = cite("道交法", "108.2");
    if (facts.nonMotor && facts.partyObjects === false)
      return yes("对行人、乘车人、非机动车驾驶人罚款,当事人无异议,可以当场收缴。", [basis, ticket], extra);
    if (remote)
      return yes(
        "边远等地区缴款确有困难,且由当事人提出,可以当场收缴。",
        [cite("处罚法", "69"), ticket],
        extra,
      );
    return rest(facts, ["nonMotor", "partyObjects", "remoteArea"], basis);
  }
  if (remote)
    return yes(
      "边远、水上、交通不便地区缴款确有困难,且由当事人提出,可以当场收缴。",
      [cite("处罚法", "69"), ticket],
      extra,
    );
  const basis = cite("处罚法", "68");
  if (facts.decidedOnTheSpot && facts.fineYuan !== undefined && facts.fineYuan <= 100)
    return yes("当场处罚且罚款100元以下,可以当场收缴。", [basis, ticket], extra);
  if (facts.decidedOnTheSpot && facts.hardToEnforceLater)
    return yes("当场处罚且事后难以执行,可以当场收缴。", [basis, ticket], extra);
  return rest(
    facts,
    facts.decidedOnTheSpot === false
      ? ["remoteArea"]
      : ["decidedOnTheSpot", "fineYuan", "hardToEnforceLater", "remoteArea"],
    basis,
  );
}

function rest(
  facts: CaseFacts,
  wanted: Parameters<typeof missing>[1][],
  basis: ReturnType<typeof cite>,
): Decision {
  const unknown = missing(facts, ...wanted);
  if (facts.remoteArea) unknown.push(...missing(facts, "partyRequests"));
  return unknown.length > 0
    ? depends(unknown, "还不能判断是否可以当场收缴。", [basis])
    : no("不能当场收缴;应由当事人15日内到银行或电子支付缴纳。执法人员个人收款违法。", [
        basis,
        cite("处罚法", "67.2"),
        cite("处罚法", "78"),
      ]);
}
