/** 救济渠道 and 监督方式, right by the law of reconsideration; courts by a made-up notice of jurisdiction. */
import { type List, openList } from "./list.ts";
import { demoAddress, demoPhone } from "./organs.ts";
import { NOT_REAL, type OrganSeed, organSeed, organs, placeName } from "./places.ts";
import { asked, laws } from "./words.ts";

/** Review within a year of the import: courts and offices move. */
const REVIEWED = "2027-08-31";
const COURT_NOTICE = "演示市行政案件管辖公告(虚构)(演法告〔2026〕1号)";
const COURT_NOTICE_DATE = "2026-03-01";
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

export const channelLists = (): readonly List[] => [reliefList(), supervisionList()];

interface Relief {
  readonly organs: readonly OrganSeed[];
  readonly kind: string;
  readonly body: string;
  readonly basis: string;
  readonly methods: string;
  readonly materials: string;
  readonly handledBy?: string;
  readonly limit?: string;
  readonly address?: string;
  readonly phone?: string;
}

function reliefList(): List {
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
      "申请材料",
      "法律依据",
      "地址",
      "电话",
      "管辖公告",
      "公告日期",
      "复核日期",
      "特别提示",
    ],
  });
  const add = (relief: Relief) => {
    const atCourt = relief.kind === "行政诉讼";
    open.add(
      open.next(),
      relief.organs.map((organ) => organ.name).join("、"),
      relief.kind,
      relief.body,
      relief.handledBy ?? "",
      relief.limit ?? "",
      relief.methods,
      relief.materials,
      relief.basis,
      relief.address ?? "",
      relief.phone ?? "",
      atCourt ? COURT_NOTICE : "",
      atCourt ? COURT_NOTICE_DATE : "",
      REVIEWED,
      NOT_REAL,
    );
  };
  for (const [body, group] of grouped(reviewersOf)) {
    add({
      organs: group,
      kind: "行政复议",
      body,
      handledBy: body.endsWith("人民政府") ? officeOf(body) : "",
      limit: "知道或者应当知道行政行为之日起60日",
      methods: "当面、邮寄、网上、口头",
      materials: "行政复议申请书;身份证明;行政决定书复印件;有关证据",
      basis: laws(["行政复议法", "第二十条"], ["行政复议法", "第二十四条"]),
      address: demoAddress(body, 8),
      phone: demoPhone(8000 + Number(open.next())),
    });
  }
  const suits = (body: string, group: readonly OrganSeed[], article: string) =>
    add({
      organs: group,
      kind: "行政诉讼",
      body,
      limit: "知道或者应当知道作出行政行为之日起6个月",
      methods: "当面、邮寄、网上",
      materials: "起诉状;身份证明;行政决定书复印件;有关证据",
      basis: laws(["行政诉讼法", "第四十六条"], ["行政诉讼法", article]),
      address: demoAddress("演示市", 9),
      phone: demoPhone(9001),
    });
  const high = contestable.filter((organ) => organ.nature === "人民政府" && organ.level !== "乡");
  const customs = contestable.filter((organ) => organ.vertical === "海关");
  suits("演示市中级人民法院(虚构)", [...high, ...customs], "第十五条");
  suits(
    COURT,
    contestable.filter((organ) => !high.includes(organ) && !customs.includes(organ)),
    "第十四条",
  );
  const enforcing = contestable.filter((organ) => organ.domain);
  const before = { organs: enforcing, body: "作出告知的执法机关", methods: "当面、邮寄、口头" } as const;
  add({
    ...before,
    kind: "陈述申辩",
    basis: laws(["行政处罚法", "第四十五条"]),
    materials: "陈述申辩意见;有关证据",
  });
  add({
    ...before,
    kind: "听证",
    limit: "行政机关告知听证权利后起5工作日",
    basis: laws(["行政处罚法", "第六十三条"], ["行政处罚法", "第六十四条"]),
    materials: "听证申请",
  });
  return open.list;
}

function grouped(namesOf: (organ: OrganSeed) => readonly string[]): Map<string, OrganSeed[]> {
  const groups = new Map<string, OrganSeed[]>();
  for (const organ of contestable)
    for (const name of namesOf(organ)) groups.set(name, [...(groups.get(name) ?? []), organ]);
  return groups;
}

/** 复议机构 of a government: its own judicial-administration department. */
const officeOf = (government: string): string =>
  government === "演示省人民政府" ? "演示省司法厅" : government.replace("人民政府", "司法局");

function supervisionList(): List {
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
      "监督方式",
      "受理部门",
      "监督电话",
      "地址",
      "邮编",
      "受理范围",
      "不受理",
      "受理时限",
      "办理时限",
      "可否匿名",
      "复核日期",
      "常见问法",
      "特别提示",
    ],
  });
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
    const where = placeName(body.area);
    open.add(
      open.next(),
      [...new Set([...watched, ...subordinate])].map((organ) => organ.name).join("、"),
      "监督机关",
      body.name,
      demoPhone(7001 + index),
      demoAddress(where, 7),
      "000000",
      "对行政执法机关和执法人员的投诉举报:不出示证件、单人执法、乱罚款、乱检查、程序违法、态度粗暴等。",
      "不服具体处罚决定的请申请行政复议或者起诉;消费纠纷请找 12315。",
      "5个工作日",
      "30个工作日",
      "可以",
      REVIEWED,
      asked(`${where}投诉执法人员找谁`, `${where}执法监督电话`, `举报${where}城管乱罚款`),
      NOT_REAL,
    );
  });
  return open.list;
}
