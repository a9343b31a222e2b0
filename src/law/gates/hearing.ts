/** Whether the right to a hearing must be told (处罚法第六十三条, 治安法第一百一十七条). */
import { cite } from "../cite.ts";
import { type CaseFacts, type Decision, depends, has, missing, no, yes } from "./gate.ts";

export function hearing(facts: CaseFacts): Decision {
  const documents = ["行政处罚听证告知书"];
  const clock =
    facts.field === "publicSecurity" ? ["publicSecurityHearingRequest"] : ["hearingRequest", "hearingNotice"];
  if (facts.field === "publicSecurity") return publicSecurityHearing(facts, documents, clock);
  const basis = cite("处罚法", "63.1");
  if (facts.measures === undefined) return depends(["measures"], "要看拟作出哪种处罚。", [basis]);
  if (has(facts, "downgradeQualification", "revokeLicense")) {
    return yes("降低资质等级、吊销许可证件,应当告知听证权利。", [cite("处罚法", "63.1(3)")], {
      documents,
      clock,
    });
  }
  if (has(facts, "suspendBusiness", "closeBusiness", "restrictOccupation")) {
    return yes("责令停产停业、责令关闭、限制从业,应当告知听证权利。", [cite("处罚法", "63.1(4)")], {
      documents,
      clock,
    });
  }
  const amounts = (
    [
      ["fine", "fineYuan"],
      ["confiscateGains", "gainsYuan"],
      ["confiscateProperty", "propertyYuan"],
    ] as const
  ).filter(([measure]) => has(facts, measure));
  if (amounts.length === 0)
    return no("不属于应当告知听证的处罚;仍要告知陈述、申辩权。", [basis, cite("处罚法", "44")]);
  const threshold = facts.hearingThreshold;
  const unknown = missing(facts, "party", ...amounts.map(([, fact]) => fact));
  const limit = facts.party === "organization" ? threshold?.organizationYuan : threshold?.personYuan;
  if (!threshold || (facts.party && limit === undefined)) {
    return depends(
      ["hearingThreshold", ...unknown],
      "法律没有写“较大数额”是多少;本机关尚未公示标准,请查省或本部门的规定。",
      [basis],
    );
  }
  if (limit !== undefined && amounts.some(([, fact]) => (facts[fact] ?? 0) >= limit)) {
    return yes(`达到本机关公示的较大数额标准${limit}元(${threshold.source}),应当告知听证权利。`, [basis], {
      documents,
      clock,
    });
  }
  if (unknown.length > 0) return depends(unknown, "还缺与较大数额比较的事实。", [basis]);
  return no(`没有达到本机关公示的较大数额标准${limit}元(${threshold.source});仍要告知陈述、申辩权。`, [
    basis,
    cite("处罚法", "44"),
  ]);
}

function publicSecurityHearing(facts: CaseFacts, documents: string[], clock: string[]): Decision {
  const extra = { documents, clock };
  const basis = cite("治安法", "117.1");
  if (has(facts, "revokeLicense", "suspendBusiness"))
    return yes("吊销许可证件、责令停业整顿,应当告知听证权利。", [basis], extra);
  if (facts.minorDetention)
    return yes("可能执行拘留的未成年人,应当告知本人和监护人听证权利。", [cite("治安法", "117.2")], extra);
  if ((facts.fineYuan ?? 0) >= 4000) return yes("治安罚款4000元以上,应当告知听证权利。", [basis], extra);
  const unknown = missing(facts, "measures", "minorDetention");
  if (has(facts, "fine")) unknown.push(...missing(facts, "fineYuan"));
  if (unknown.length > 0)
    return depends(unknown, "治安听证看处罚种类、罚款是否达到4000元、是否涉及未成年人拘留。", [basis]);
  return no(
    "不属于必须告知听证的情形;案情复杂或有重大社会影响、当事人要求且公安机关认为必要的,也可以听证。",
    [basis, cite("治安法", "117.3")],
  );
}
