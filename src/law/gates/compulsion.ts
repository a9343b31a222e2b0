/** Gates on holding things: evidence preservation and seizure. */
import { cite } from "../cite.ts";
import { type CaseFacts, type Decision, depends, type Gate, missing, no, yes } from "./gate.ts";

function evidencePreservation(facts: CaseFacts): Decision {
  const basis = cite("处罚法", "56");
  if (facts.evidenceMayBeLost === false)
    return no("证据没有灭失或以后难以取得的可能,不能先行登记保存。", [basis]);
  if (facts.approved === false) return no("没有经行政机关负责人批准,不能先行登记保存。", [basis]);
  const unknown = missing(facts, "evidenceMayBeLost", "approved");
  if (unknown.length > 0)
    return depends(unknown, "先行登记保存要同时满足:证据可能灭失或难以取得、负责人批准。", [basis]);
  return yes(["可以先行登记保存。", "7个工作日内必须作出处理决定。"], [basis, cite("处罚法", "85")], {
    documents: ["先行登记保存证据通知书", "先行登记保存物品清单", "先行登记保存证据处理决定书"],
    clock: ["evidencePreservation"],
  });
}

function seizure(facts: CaseFacts): Decision {
  if (facts.authorizedByLaw === false)
    return no("没有法律、法规授权,不能查封、扣押;规章和文件不能设定。", [
      cite("强制法", "10.4"),
      cite("强制法", "22"),
    ]);
  if (facts.entrusted)
    return no("查封、扣押不得委托,辅助人员也不得实施。", [cite("强制法", "17.1"), cite("强制法", "17.3")]);
  if (facts.relatedToCase === false)
    return no("与违法行为无关的场所、设施、财物不得查封、扣押。", [cite("强制法", "23.1")]);
  if (facts.dailyNecessity)
    return no("公民个人及其扶养家属的生活必需品不得查封、扣押。", [cite("强制法", "23.1")]);
  if (facts.alreadySeized) return no("已被其他国家机关查封的,不得重复查封。", [cite("强制法", "23.2")]);
  const reasons = ["可以查封、扣押,期限30日;情况复杂经负责人批准可延长30日。", "决定书和清单当场交付。"];
  const documents = ["查封(扣押)审批表", "查封(扣押)决定书", "查封(扣押)清单", "现场笔录"];
  const basis = [cite("强制法", "18"), cite("强制法", "24"), cite("强制法", "25.1")];
  if (facts.approved === false && !facts.urgent) {
    return facts.urgent === false
      ? no("实施前须经行政机关负责人批准。", [cite("强制法", "18")])
      : depends(["urgent"], "没有批准的,只有情况紧急才可先实施,24小时内补办。", [
          cite("强制法", "18"),
          cite("强制法", "19"),
        ]);
  }
  const unknown = missing(
    facts,
    "authorizedByLaw",
    "entrusted",
    "relatedToCase",
    "dailyNecessity",
    "alreadySeized",
  );
  if (!facts.urgent) unknown.push(...missing(facts, "approved"));
  if (unknown.length > 0)
    return depends(unknown, "还不能判断能否查封、扣押。", [cite("强制法", "18"), cite("强制法", "23")]);
  if (facts.urgent && !facts.approved) {
    return yes(
      [...reasons, "情况紧急当场实施的,24小时内报告并补办批准。"],
      [...basis, cite("强制法", "19")],
      {
        documents,
        clock: ["urgentCompulsionReport", "seizure"],
      },
    );
  }
  return yes([...reasons, "情节显著轻微的,可以不采取强制措施。"], [...basis, cite("强制法", "16.2")], {
    documents,
    clock: ["seizure"],
  });
}

export const compulsionGates: readonly Gate[] = [
  {
    id: "evidencePreservation",
    title: "能不能先行登记保存",
    facts: ["evidenceMayBeLost", "approved"],
    decide: evidencePreservation,
  },
  {
    id: "seizure",
    title: "能不能查封、扣押",
    facts: [
      "authorizedByLaw",
      "entrusted",
      "relatedToCase",
      "dailyNecessity",
      "alreadySeized",
      "approved",
      "urgent",
    ],
    decide: seizure,
  },
];
