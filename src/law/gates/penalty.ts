/** Gates on the way to a penalty: procedure, officers, hearing, deliberation, leniency, transfer, collection. */
import { cite } from "../cite.ts";
import { onTheSpotCollection } from "./collection.ts";
import { type CaseFacts, type Decision, depends, type Gate, has, missing, no, yes } from "./gate.ts";
import { hearing } from "./hearing.ts";

const SUMMARY_DOCUMENTS = ["当场行政处罚决定书", "当场处罚备案表"];

/** On-the-spot limits by field: yuan for a citizen and for an organisation (处罚法第五十一条 and special laws). */
function summaryLimit(facts: CaseFacts): {
  person: number;
  organization: number;
  basis: ReturnType<typeof cite>;
} {
  switch (facts.field) {
    case "publicSecurity":
      return { person: 500, organization: 500, basis: cite("治安法", "119") };
    case "traffic":
      return { person: 200, organization: 200, basis: cite("道交法", "107") };
    case "exitEntry":
      return { person: 500, organization: 500, basis: cite("出境入境管理法", "86") };
    default:
      return { person: 200, organization: 3000, basis: cite("处罚法", "51") };
  }
}

function onTheSpotPenalty(facts: CaseFacts): Decision {
  const { person, organization, basis } = summaryLimit(facts);
  if (facts.factsClear === false) return no("违法事实不确凿,不能当场处罚。", [basis]);
  if (facts.hasStatutoryBasis === false)
    return no("没有法定依据,不能处罚。", [basis, cite("处罚法", "38.1")]);
  const other = (facts.measures ?? []).filter((measure) => measure !== "warning" && measure !== "fine");
  if (other.length > 0) return no("当场只能给警告或小额罚款;没收、吊销、通报批评等要走普通程序。", [basis]);
  const unknown = missing(facts, "measures", "factsClear", "hasStatutoryBasis");
  if (has(facts, "fine")) {
    unknown.push(...missing(facts, "fineYuan"));
    if (person !== organization && (facts.fineYuan ?? 0) > person) unknown.push(...missing(facts, "party"));
  }
  const limit = facts.party === "organization" ? organization : person;
  const tooMuch =
    (facts.fineYuan ?? 0) > Math.max(person, organization) || (facts.party && (facts.fineYuan ?? 0) > limit);
  if (tooMuch) {
    const most = facts.party ? limit : Math.max(person, organization);
    return no(`罚款超过当场处罚的上限${most}元,要走普通程序。`, [basis]);
  }
  if (unknown.length > 0) return depends(unknown, "还缺判断当场处罚的事实。", [basis]);
  return yes(
    ["事实确凿、有法定依据,且只是警告或限额以内的罚款,可以当场处罚。", "要当场告知:不服应先申请行政复议。"],
    [basis, cite("处罚法", "52"), cite("复议法", "23.2")],
    {
      documents: SUMMARY_DOCUMENTS,
      clock: [
        facts.field === "publicSecurity"
          ? "publicSecurityOnTheSpotFiling"
          : facts.field === "traffic"
            ? "trafficOnTheSpotFiling"
            : facts.field === "market"
              ? "marketOnTheSpotArchive"
              : "onTheSpotFiling",
      ],
    },
  );
}

/** Yes = one officer suffices. */
function singleOfficer(facts: CaseFacts): Decision {
  const two = cite("处罚法", "42.1");
  if (facts.field === "traffic") {
    if (facts.decidedOnTheSpot === undefined)
      return depends(["decidedOnTheSpot"], "交通警察适用简易程序可以一人。", [two]);
    return facts.decidedOnTheSpot
      ? yes("道路交通简易程序可以由一名交通警察作出。", [cite("道交程序", "44.1"), two])
      : no("一般程序不得少于两人。", [two]);
  }
  if (facts.field === "publicSecurity" && facts.scene === "interview") {
    return facts.fullRecording === undefined
      ? depends(["fullRecording"], "规范的执法办案场所内可由一人询问,但须全程录音录像。", [
          cite("治安法", "108"),
        ])
      : facts.fullRecording
        ? yes("在规范设置的执法办案场所内,可以由一名人民警察询问,并全程同步录音录像。", [
            cite("治安法", "108.2"),
            cite("治安法", "108.3"),
          ])
        : no("没有全程同步录音录像的,一人办案取得的证据不能作为处罚根据。", [cite("治安法", "108.3")]);
  }
  if (facts.field === "publicSecurity") {
    if (facts.decidedOnTheSpot === false)
      return no("治安案件调查取证不得少于两人。", [cite("治安法", "108.1")]);
    if (facts.partyObjects === true)
      return no("当事人有异议,当场处罚不得由一人作出。", [cite("治安法", "120.3")]);
    if (facts.fullRecording === false)
      return no("没有全程同步录音录像,不得由一人作出。", [cite("治安法", "120.3")]);
    const unknown = missing(facts, "decidedOnTheSpot", "partyObjects", "fullRecording");
    return unknown.length > 0
      ? depends(unknown, "一人当场处罚要同时满足:无异议、全程同步录音录像。", [cite("治安法", "120.3")])
      : yes("当事人无异议且全程同步录音录像,可以由一名人民警察当场处罚。", [cite("治安法", "120.3")]);
  }
  return no("执法人员不得少于两人,法律另有规定的除外;都要有执法资格。", [two]);
}

function collectiveDeliberation(facts: CaseFacts): Decision {
  const basis = facts.field === "publicSecurity" ? cite("治安法", "113.2") : cite("处罚法", "57.2");
  if (facts.seriousOrComplex === undefined)
    return depends(["seriousOrComplex"], "情节复杂或者重大违法行为要集体讨论。", [basis]);
  return facts.seriousOrComplex
    ? yes("情节复杂或者重大违法行为给予处罚,负责人应当集体讨论决定。", [basis], {
        documents: ["案件集体讨论记录"],
      })
    : no("不属于情节复杂或重大违法行为,由负责人审查决定。", [basis]);
}

/** Yes = must not punish; depends/no otherwise. 可以不予 is its own gate. */
function noPenalty(facts: CaseFacts): Decision {
  const educate = cite("处罚法", "33.3");
  const documents = ["不予行政处罚决定书"];
  if (facts.age !== undefined && facts.age < 14) {
    return yes("不满14周岁,不予处罚,责令监护人管教。", [cite("处罚法", "30")], { documents });
  }
  if (facts.mentalIncapacity) {
    return yes("行为时不能辨认或控制自己,不予处罚,责令监护人看管和治疗。", [cite("处罚法", "31")], {
      documents,
    });
  }
  if (facts.noFaultProved)
    return yes("有证据足以证明没有主观过错,不予处罚。", [cite("处罚法", "33.2"), educate], { documents });
  if (facts.slight && facts.corrected && facts.harm === "none") {
    return yes("轻微并及时改正、没有危害后果,不予处罚,但要教育。", [cite("处罚法", "33.1"), educate], {
      documents,
    });
  }
  const ruledOut =
    facts.slight === false ||
    facts.corrected === false ||
    (facts.harm !== undefined && facts.harm !== "none");
  const unknown = [
    ...(ruledOut ? [] : missing(facts, "slight", "corrected", "harm")),
    ...missing(facts, "age", "noFaultProved", "mentalIncapacity"),
  ];
  if (unknown.length > 0)
    return depends(unknown, "还不能判断是否应当不予处罚。", [cite("处罚法", "33.1"), cite("处罚法", "30")]);
  const lighter = facts.age !== undefined && facts.age < 18 ? ["已满14不满18周岁,应当从轻或者减轻。"] : [];
  return no(["不属于应当不予处罚的情形。", ...lighter], [cite("处罚法", "33"), cite("处罚法", "30")]);
}

function mayWaivePenalty(facts: CaseFacts): Decision {
  const basis = cite("处罚法", "33.1");
  if (facts.firstTime === false) return no("不是初次违法,不适用首违可不罚。", [basis]);
  if (facts.corrected === false) return no("没有及时改正,不适用首违可不罚。", [basis]);
  if (facts.harm === "serious") return no("危害后果不轻微,不适用首违可不罚。", [basis]);
  const unknown = missing(facts, "firstTime", "corrected", "harm");
  if (unknown.length > 0) return depends(unknown, "首违可不罚要同时满足:初次、后果轻微、及时改正。", [basis]);
  return yes(
    "初次违法、后果轻微并及时改正,可以不予处罚(可以,不是必须),但要教育。",
    [basis, cite("处罚法", "33.3")],
    {
      documents: ["不予行政处罚决定书"],
    },
  );
}

function transferToProsecution(facts: CaseFacts): Decision {
  const basis = [cite("处罚法", "27.1"), cite("处罚法", "82"), cite("移送规定", "5")];
  if (facts.crimeSuspected === undefined) return depends(["crimeSuspected"], "涉嫌犯罪的必须移送。", basis);
  return facts.crimeSuspected
    ? yes("涉嫌犯罪,必须移送公安机关,不得以罚代刑。", basis, {
        documents: ["涉嫌犯罪案件移送书", "案件调查报告", "涉案物品清单"],
        clock: ["crimeTransferDecision", "crimeTransferHandover"],
      })
    : no("没有涉嫌犯罪,不需要移送;发现线索后应重新判断。", basis);
}

export const penaltyGates: readonly Gate[] = [
  {
    id: "onTheSpotPenalty",
    title: "能不能当场处罚",
    facts: ["field", "party", "measures", "fineYuan", "factsClear", "hasStatutoryBasis"],
    decide: onTheSpotPenalty,
  },
  {
    id: "singleOfficer",
    title: "可不可以一个人执法",
    facts: ["field", "scene", "decidedOnTheSpot", "partyObjects", "fullRecording"],
    decide: singleOfficer,
  },
  {
    id: "hearing",
    title: "要不要告知听证",
    facts: [
      "field",
      "party",
      "measures",
      "fineYuan",
      "gainsYuan",
      "propertyYuan",
      "hearingThreshold",
      "minorDetention",
    ],
    decide: hearing,
  },
  {
    id: "collectiveDeliberation",
    title: "要不要集体讨论",
    facts: ["field", "seriousOrComplex"],
    decide: collectiveDeliberation,
  },
  {
    id: "noPenalty",
    title: "是否应当不予处罚",
    facts: ["age", "mentalIncapacity", "noFaultProved", "slight", "corrected", "harm"],
    decide: noPenalty,
  },
  {
    id: "mayWaivePenalty",
    title: "能不能首违不罚",
    facts: ["firstTime", "corrected", "harm"],
    decide: mayWaivePenalty,
  },
  {
    id: "transferToProsecution",
    title: "要不要移送司法",
    facts: ["crimeSuspected"],
    decide: transferToProsecution,
  },
  {
    id: "onTheSpotCollection",
    title: "能不能当场收缴罚款",
    facts: [
      "field",
      "decidedOnTheSpot",
      "fineYuan",
      "hardToEnforceLater",
      "remoteArea",
      "partyRequests",
      "partyObjects",
      "nonMotor",
    ],
    decide: onTheSpotCollection,
  },
];
