/** Gates on checking, recording and publishing a decision: legal review, recording, disclosure, filing. */
import { cite } from "../cite.ts";
import { type CaseFacts, type Decision, depends, type Gate, missing, no, yes } from "./gate.ts";

const REVIEW_DOCUMENTS = ["重大执法决定法制审核意见书"];

function legalReview(facts: CaseFacts): Decision {
  const isPenalty = (facts.decisionKind ?? "penalty") === "penalty";
  const basis =
    facts.field === "publicSecurity"
      ? cite("治安法", "114")
      : isPenalty
        ? cite("处罚法", "58.1")
        : cite("指导意见118号", "第(十二)项");
  const who = "审核人员首次从事的,应当取得国家统一法律职业资格;办案人员不得审核自己办的案件。";
  const must = (why: string) =>
    yes(
      [why, "未经法制审核或者审核未通过的,不得作出决定。", who],
      [basis, cite("处罚法", "58.2"), cite("指导意见118号", "第(十一)项")],
      {
        documents: REVIEW_DOCUMENTS,
      },
    );
  if (facts.decidedOnTheSpot && isPenalty) return no("简易程序不要求法制审核。", [cite("处罚法", "58")]);
  if (facts.majorPublicInterest) return must("涉及重大公共利益,必须先做法制审核。");
  if (facts.complexLaw) return must("案情疑难复杂、涉及多个法律关系,必须先做法制审核。");
  if (facts.inReviewCatalog) return must("列入本机关法制审核目录,必须先做法制审核。");
  if (facts.hearingHeld && (facts.majorRights || !isPenalty))
    return must("经过听证程序且关系重大权益,必须先做法制审核。");
  if (!isPenalty && facts.majorRights) return must("直接关系当事人或第三人重大权益,必须先做法制审核。");
  const unknown = missing(facts, "majorPublicInterest", "complexLaw", "inReviewCatalog");
  if (isPenalty) {
    if (facts.hearingHeld !== false && facts.majorRights !== false)
      unknown.push(...missing(facts, "hearingHeld", "majorRights"));
  } else unknown.push(...missing(facts, "hearingHeld", "majorRights"));
  return unknown.length > 0
    ? depends(unknown, "还不能判断是否必须法制审核。", [basis])
    : no("不属于必须法制审核的情形;本机关目录另有规定的从其规定。", [
        basis,
        cite("指导意见118号", "第(十二)项"),
      ]);
}

/** The national minimum, then the stricter local rule for pilot units, then special law. */
function audioVideo(facts: CaseFacts): Decision {
  const national = cite("指导意见118号", "第(八)项");
  const pilotRule =
    "2017年试点单位的要求更严:现场检查、随机抽查、调查取证、证据保全、听证、行政强制、送达要全过程音像记录。";
  const pilot = cite("试点方案14号", "三、(二)");
  const documents = ["音像记录及归档清单"];
  const archive = cite("处罚法", "47");
  if (facts.scene === undefined) return depends(["scene"], "要看是哪个环节。", [archive, national]);
  if (facts.field === "publicSecurity") {
    const articles: Partial<Record<NonNullable<CaseFacts["scene"]>, string>> = {
      interview: "97",
      onTheSpotPenalty: "120.3",
      evidence: "108",
      inspection: "103",
      coercion: "105",
    };
    const article = articles[facts.scene];
    if (article) {
      return yes(
        [
          "治安案件的这个环节,法律要求全程同步录音录像(办案场所询问、当场检查场所、当场扣押、一人办案、一人当场处罚)。",
          "一人办案没有录音录像或者损毁、丢失的,证据不能作为处罚根据。",
        ],
        [cite("治安法", article), cite("治安法", "108.3")],
        { documents },
      );
    }
  }
  if (facts.libertyLifeProperty) {
    return yes(
      ["直接涉及人身自由、生命健康、重大财产权益的现场执法和执法办案场所,要推行全程音像记录。", pilotRule],
      [national, pilot, archive],
      { documents },
    );
  }
  if (facts.pilotUnit && facts.scene !== "review" && facts.scene !== "interview")
    return yes(pilotRule, [pilot, archive], { documents });
  if (facts.scene === "coercion" && facts.libertyLifeProperty === undefined) {
    return depends(["libertyLifeProperty"], "查封扣押、强制拆除等涉及重大财产权益的,要全程音像记录。", [
      national,
    ]);
  }
  if (facts.scene === "review") return no("内部审核、审批用文字记录即可,并归档保存。", [archive]);
  const unknown = missing(facts, "libertyLifeProperty", "textRecordEnough", "pilotUnit");
  if (unknown.length > 0)
    return depends(unknown, "全国要求是根据实际情况音像记录;文字能全面有效记录的可以不音像。", [
      national,
      archive,
    ]);
  return facts.textRecordEnough
    ? no("文字能全面有效记录,可以不音像记录;仍要文字全过程记录并归档。", [national, archive])
    : yes(
        "现场执法、调查取证、听证、留置和公告送达等容易引发争议的环节,应根据实际情况音像记录。",
        [national, archive],
        { documents },
      );
}

/** Yes = must be disclosed; `clock` says in 7 or 20 working days. */
function disclosure(facts: CaseFacts): Decision {
  const basis = cite("指导意见118号", "第(六)项");
  if (facts.publicSecurityRecord || facts.field === "publicSecurity") {
    return no("违反治安管理的记录应当封存,不得提供或公开。", [cite("治安法", "136")]);
  }
  if (facts.decisionKind === undefined)
    return depends(["decisionKind"], "处罚和许可7个工作日,其他执法决定20个工作日。", [basis]);
  const redact = "公开前要处理国家秘密、商业秘密和个人隐私。";
  if (facts.decisionKind === "other") {
    return yes(["执法决定作出之日起20个工作日内公示。", redact], [basis], {
      documents: ["公示审核表"],
      clock: ["enforcementDisclosure"],
    });
  }
  if (
    facts.decisionKind === "penalty" &&
    facts.field === "market" &&
    facts.measures?.length === 1 &&
    facts.measures[0] === "warning"
  ) {
    return no("市场监管仅给予警告的处罚不公示。", [cite("市监公示", "2")]);
  }
  const law = facts.decisionKind === "penalty" ? [cite("处罚法", "48.1")] : [];
  return yes(["处罚、许可决定作出之日起7个工作日内公示。", redact], [basis, ...law], {
    documents: ["公示审核表"],
    clock: ["penaltyDisclosure"],
  });
}

function majorPenaltyFiling(facts: CaseFacts): Decision {
  const basis = cite("重大处罚备案办法", "报备范围和期限条款");
  const caution = "据运城市政府办公厅通知转述,省令原文未核;备案标准以当地公布为准";
  if (facts.inFilingScope === undefined)
    return depends(["inFilingScope"], "备案标准各地、各部门不同,请查公布的标准。", [basis], { caution });
  return facts.inFilingScope
    ? yes("属于重大行政处罚,应当在作出之日起15日内报备。", [basis], {
        documents: ["重大行政处罚决定备案报告", "行政处罚决定书副本"],
        clock: ["majorPenaltyFiling"],
        caution,
      })
    : no("没有达到备案标准,不需要备案。", [basis], { caution });
}

export const recordGates: readonly Gate[] = [
  {
    id: "legalReview",
    title: "要不要法制审核",
    facts: [
      "field",
      "decisionKind",
      "decidedOnTheSpot",
      "majorPublicInterest",
      "complexLaw",
      "inReviewCatalog",
      "hearingHeld",
      "majorRights",
    ],
    decide: legalReview,
  },
  {
    id: "audioVideo",
    title: "要不要音像记录",
    facts: ["field", "scene", "libertyLifeProperty", "pilotUnit", "textRecordEnough"],
    decide: audioVideo,
  },
  {
    id: "disclosure",
    title: "要不要公示、几天内公示",
    facts: ["field", "decisionKind", "measures", "publicSecurityRecord"],
    decide: disclosure,
  },
  {
    id: "majorPenaltyFiling",
    title: "要不要报重大处罚备案",
    facts: ["inFilingScope"],
    decide: majorPenaltyFiling,
  },
];
