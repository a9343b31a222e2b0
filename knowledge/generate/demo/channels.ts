/** 救济渠道 and 监督方式, right by the law of reconsideration; courts by a made-up notice of jurisdiction. */
import type { Hotline, ReliefChannel, SupervisionChannel } from "../../../src/records/schema.ts";
import { common, type Draft, law } from "./draft.ts";
import { openList } from "./list.ts";
import { demoAddress, demoPhone } from "./organs.ts";
import { entityId, NOT_REAL, type OrganSeed, organSeed, organs, placeName } from "./places.ts";

/** Review within a year of publication: courts and offices move. */
const REVIEWED = { effectiveFrom: "2026-01-01", reviewBy: "2027-10-31" } as const;
const COURT_NOTICE = {
  title: "演示市行政案件管辖公告(虚构)",
  docNo: "演法告〔2026〕1号",
  date: "2026-03-01",
} as const;
const COURT = "演示市第一人民法院(虚构)";

/** Organs whose acts can be contested, and where: towns and dispatched bodies included. */
const contestable = organs.filter(
  (organ) =>
    organ.area !== "990000" &&
    organ.area !== "100000" &&
    !organ.continuedBy &&
    !["受委托组织", "内设机构", "开发区管理机构"].includes(organ.nature),
);

/** Names of the reconsideration organs (复议法第二十四、二十七、二十八条). */
function reviewersOf(organ: OrganSeed): string[] {
  if (organ.vertical) return organ.superior ? [organSeed(organ.superior).name] : [];
  const government = organ.government ? [organSeed(organ.government).name] : [];
  if (organ.domain === "sf" && organ.superior) return [...government, organSeed(organ.superior).name];
  if (organ.byDivision) return [...government, `${placeName(organ.area)}人民政府`];
  return government;
}

export function channelDraft(): Draft {
  const open = openList({
    path: "渠道/演示市行政执法救济渠道.xlsx",
    format: "xlsx",
    kind: "relief",
    title: "演示市行政执法救济渠道",
    publisher: "演示市司法局",
    publishedOn: "2026-04-01",
    header: [
      "序号",
      "适用机关",
      "救济方式",
      "受理机关",
      "办理机构",
      "期限",
      "方式",
      "法律依据",
      "地址",
      "电话",
    ],
  });
  const records: ReliefChannel[] = [];
  const add = (facts: Omit<ReliefChannel, keyof ReturnType<typeof common> | "kind" | "id" | "caution">) => {
    const source = open.add([
      String(records.length + 1),
      facts.entityIds.map((id) => organSeed(id.replace("ent_demo_", "")).name).join("、"),
      facts.reliefKind,
      facts.body,
      facts.handledBy ?? "",
      facts.limit ? `${facts.limit.from}起${facts.limit.amount}${facts.limit.unit}` : "按告知书写明的期限",
      facts.methods.join("、"),
      facts.basis.map((basis) => basis.raw).join(";"),
      facts.address ?? "",
      facts.phones.join("、"),
    ]);
    const id = `rel_demo_${String(records.length + 1).padStart(3, "0")}`;
    records.push({ kind: "relief", id, ...common(source), validity: REVIEWED, caution: NOT_REAL, ...facts });
  };
  for (const [body, ids] of grouped((organ) => reviewersOf(organ))) {
    add({
      entityIds: ids,
      reliefKind: "行政复议",
      body,
      handledBy: body.endsWith("人民政府") ? officeOf(body) : undefined,
      address: demoAddress(body, 8),
      phones: [demoPhone(8001 + records.length)],
      methods: ["当面", "邮寄", "网上", "口头"],
      limit: { amount: 60, unit: "日", from: "知道或者应当知道行政行为之日" },
      basis: [law("行政复议法", "第二十条"), law("行政复议法", "第二十四条")],
      materials: ["行政复议申请书", "身份证明", "行政决定书复印件", "有关证据"],
    });
  }
  const suits = (body: string, ids: readonly string[], level: string) => {
    add({
      entityIds: [...ids],
      reliefKind: "行政诉讼",
      body,
      address: demoAddress("演示市", 9),
      phones: [demoPhone(9001)],
      methods: ["当面", "邮寄", "网上"],
      limit: { amount: 6, unit: "个月", from: "知道或者应当知道作出行政行为之日" },
      precondition: "选择",
      basis: [law("行政诉讼法", "第四十六条"), law("行政诉讼法", level)],
      jurisdictionNotice: COURT_NOTICE,
      materials: ["起诉状", "身份证明", "行政决定书复印件", "有关证据"],
    });
  };
  const high = contestable.filter((organ) => organ.nature === "人民政府" && organ.level !== "乡");
  const customs = contestable.filter((organ) => organ.vertical === "海关");
  const lower = contestable.filter((organ) => !high.includes(organ) && !customs.includes(organ));
  suits(
    "演示市中级人民法院(虚构)",
    [...high, ...customs].map((organ) => entityId(organ.key)),
    "第十五条",
  );
  suits(
    COURT,
    lower.map((organ) => entityId(organ.key)),
    "第十四条",
  );
  const enforcing = contestable.filter((organ) => organ.domain).map((organ) => entityId(organ.key));
  add({
    entityIds: enforcing,
    reliefKind: "陈述申辩",
    body: "作出告知的执法机关",
    phones: [],
    methods: ["当面", "邮寄", "口头"],
    basis: [law("行政处罚法", "第四十五条")],
    materials: ["陈述申辩意见", "有关证据"],
  });
  add({
    entityIds: enforcing,
    reliefKind: "听证",
    body: "作出告知的执法机关",
    phones: [],
    methods: ["当面", "邮寄", "口头"],
    limit: { amount: 5, unit: "工作日", from: "行政机关告知听证权利后" },
    basis: [law("行政处罚法", "第六十三条"), law("行政处罚法", "第六十四条")],
    materials: ["听证申请"],
  });
  const supervision = supervisionDraft();
  return {
    records: [...records, ...supervision.records],
    lists: [open.list, ...supervision.lists],
  };
}

function grouped(namesOf: (organ: OrganSeed) => readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const organ of contestable) {
    for (const name of namesOf(organ)) groups.set(name, [...(groups.get(name) ?? []), entityId(organ.key)]);
  }
  return groups;
}

/** 复议机构 of a government: its own judicial-administration department. */
const officeOf = (government: string): string =>
  government === "演示省人民政府" ? "演示省司法厅" : government.replace("人民政府", "司法局");

function supervisionDraft(): Draft {
  const open = openList({
    path: "渠道/演示市行政执法监督方式.html",
    format: "html",
    kind: "supervision",
    title: "演示市行政执法监督方式",
    publisher: "演示市司法局",
    publishedOn: "2026-04-01",
    header: [
      "序号",
      "监督范围",
      "受理部门",
      "监督电话",
      "地址",
      "邮编",
      "受理范围",
      "不受理",
      "受理时限",
      "办理时限",
    ],
  });
  const records: (SupervisionChannel | Hotline)[] = [];
  const bodies = organs.filter((organ) => organ.domain === "sf" || organ.key === "sheng_sft");
  bodies.forEach((body, index) => {
    const place = body.key === "sheng_sft" ? undefined : body.government;
    const watched = organs.filter((organ) =>
      place === undefined
        ? organ.key === "zf" || organ.key === "sfj"
        : organ.key !== body.key && organ.government === place && organ.domain !== "sf",
    );
    // 司法局 itself is watched by the one above it, never by itself.
    const subordinate = bodies.filter((organ) => organ.superior === body.key);
    const entityIds = [...new Set([...watched, ...subordinate].map((organ) => entityId(organ.key)))];
    const facts = {
      channelKind: "监督机关",
      body: body.name,
      phones: [demoPhone(7001 + index)],
      address: demoAddress(placeName(body.area), 7),
      postcode: "000000",
      accepts:
        "对行政执法机关和执法人员的投诉举报:不出示证件、单人执法、乱罚款、乱检查、程序违法、态度粗暴等。",
      rejects: "不服具体处罚决定的请申请行政复议或者起诉;消费纠纷请找 12315。",
      acceptWorkingDays: 5,
      finishWorkingDays: 30,
      anonymousAllowed: true,
    } as const;
    const source = open.add([
      String(index + 1),
      watched.map((organ) => organ.name).join("、"),
      facts.body,
      facts.phones.join(),
      facts.address,
      facts.postcode,
      facts.accepts,
      facts.rejects,
      `${facts.acceptWorkingDays}个工作日`,
      `${facts.finishWorkingDays}个工作日`,
    ]);
    records.push({
      kind: "supervision",
      id: `sup_demo_${body.key}`,
      ...common(source),
      validity: REVIEWED,
      variants: [
        `${placeName(body.area)}投诉执法人员找谁`,
        `${placeName(body.area)}执法监督电话`,
        `举报${placeName(body.area)}城管乱罚款`,
      ],
      caution: NOT_REAL,
      entityIds,
      ...facts,
      phones: [...facts.phones],
    });
  });
  return { records, lists: [open.list] };
}
