/** 随机抽查、法制审核、音像记录 lists and 服务指南: what an organ must have ready before it acts. */
import type {
  AvRecordItem,
  InspectionItem,
  LegalReviewItem,
  ServiceGuide,
} from "../../../src/records/schema.ts";
import { common, type Draft, invented, join, law, padded } from "./draft.ts";
import { openList } from "./list.ts";
import { domainOf } from "./matters.ts";
import { demoAddress, demoPhone } from "./organs.ts";
import { entityId, NOT_REAL, type OrganSeed, placeName } from "./places.ts";
import { enforcingOrgans, heldItems, powerId } from "./powers.ts";
import type { Random } from "./random.ts";

/** Lists not published yet: deliberate gaps for the completeness check. */
const WITHOUT = {
  inspection: new Set(["swj", "by_js_zf"]),
  review: new Set(["wlj", "by_yjj"]),
  recording: new Set(["jyj", "by_yjj"]),
};

const G118 = {
  raw: "《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》(国办发〔2018〕118号)",
  rank: "规范性文件",
  title: "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
  issueNo: "国办发〔2018〕118号",
} as const;

export function catalogueDraft(random: Random): Draft {
  return join(inspections(random), reviews(), recordings(), guides());
}

function inspections(random: Random): Draft {
  const open = openList({
    path: "清单/演示市随机抽查事项清单.xlsx",
    format: "xlsx",
    kind: "inspection",
    title: "演示市2026年度随机抽查事项清单",
    publisher: "演示市市场监督管理局",
    publishedOn: "2026-02-20",
    header: [
      "序号",
      "抽查领域",
      "抽查事项",
      "抽查内容",
      "检查依据",
      "检查对象",
      "事项类别",
      "检查方式",
      "抽查比例",
      "抽查频次",
      "检查主体",
      "配合部门",
    ],
  });
  const records: InspectionItem[] = [];
  for (const organ of enforcingOrgans()) {
    if (WITHOUT.inspection.has(organ.key)) continue;
    const domain = domainOf(organ.domain ?? "");
    const held = heldItems(organ).filter((each) => each.type === "行政检查");
    // The first object of a field is also checked with other organs.
    for (const [turn, item] of [...held, ...held.slice(0, 1)].entries()) {
      const joint = turn === held.length;
      const name = `${item.target}${joint ? "联合专项" : ""}抽查`;
      const key = random.between(1, 10) <= 3;
      const percent = key ? random.pick([10, 20, 30]) : random.pick([1, 3, 5]);
      const ratio = { kind: "percent", min: percent, text: `≥${percent}%` } as const;
      const times = key ? 2 : 1;
      const content = `${domain.records}是否完整;${domain.notice}是否公示;是否有违反《${domain.regulation}》的行为。`;
      const source = open.add([
        String(records.length + 1),
        domain.field,
        name,
        content,
        `《${domain.regulation}》第十二条`,
        item.target,
        key ? "重点" : "一般",
        "现场检查、书面检查",
        ratio.text,
        `每年${times}次`,
        organ.name,
        joint ? "演示市消防救援支队" : "",
      ]);
      records.push({
        kind: "inspection",
        id: `ins_demo_${organ.key}_${padded(item.no, 3)}${joint ? "_lh" : ""}`,
        ...common(source),
        variants: [`抽查${item.target}都看啥`, `${item.target}一年查几次`, `${item.target}抽查比例多少`],
        entityId: entityId(organ.key),
        domain: domain.field,
        name,
        content,
        basis: [invented(domain.regulation, 12, item.text)],
        target: item.target,
        category: key ? "重点" : "一般",
        methods: ["现场检查", "书面检查"],
        ratio,
        frequency: { times, period: "年", text: `每年${times}次` },
        dateFrom: "2026-03-01",
        dateTo: "2026-12-20",
        partnerNames: joint ? ["演示市消防救援支队"] : [],
        level: organ.level,
        joint,
        capPerEnterprise: times,
      });
    }
  }
  return { records, lists: [open.list] };
}

const SITUATIONS = [
  "涉及重大公共利益的",
  "直接关系当事人或者第三人重大权益的",
  "经过听证程序的",
  "案件情况疑难复杂、涉及多个法律关系的",
  "可能造成重大社会影响或者法律、法规规定应当审核的其他情形",
] as const;
const REVIEW_MATERIALS = ["拟作决定及说明", "证据材料目录", "裁量基准适用说明", "听证笔录(经过听证的)"];
const REVIEW_POINTS = [
  "主体和人员资格",
  "程序是否合法",
  "事实是否清楚、证据是否充分",
  "依据和裁量是否适当",
  "是否超越权限",
  "文书是否规范",
  "是否涉嫌犯罪需要移送",
];

function reviews(): Draft {
  const open = openList({
    path: "清单/演示市重大执法决定法制审核目录清单.html",
    format: "html",
    kind: "legal-review",
    title: "演示市重大执法决定法制审核目录清单",
    publisher: "演示市司法局",
    publishedOn: "2026-03-10",
    header: [
      "序号",
      "执法主体",
      "执法项目类别",
      "审核的具体执法决定项目",
      "应提交的审核资料",
      "审核重点",
      "审核时限",
    ],
  });
  const records: LegalReviewItem[] = [];
  for (const organ of enforcingOrgans().filter((each) => !WITHOUT.review.has(each.key))) {
    SITUATIONS.forEach((situation, index) => {
      const matter = `行政处罚、行政许可、行政强制中${situation}`;
      const threshold = index === 1 ? thresholdOf(organ) : undefined;
      const source = open.add([
        String(records.length + 1),
        organ.name,
        "行政处罚",
        matter,
        REVIEW_MATERIALS.join("、"),
        REVIEW_POINTS.join("、"),
        "5个工作日",
      ]);
      records.push({
        kind: "legal-review",
        id: `rev_demo_${organ.key}_${index + 1}`,
        ...common(source),
        entityId: entityId(organ.key),
        powerType: "行政处罚",
        matter,
        threshold,
        basis: [law("行政处罚法", "第五十八条"), G118],
        materials: [...REVIEW_MATERIALS],
        points: [...REVIEW_POINTS],
        workingDays: 5,
      });
    });
  }
  return { records, lists: [open.list] };
}

/** A fine that opens a hearing is also reviewed. */
function thresholdOf(organ: OrganSeed): LegalReviewItem["threshold"] {
  if (!organ.hearing) return undefined;
  const from = (min: number) => ({ min, minIncluded: true, max: null, maxIncluded: false, unit: "元" });
  return { person: from(organ.hearing[0]), unit: from(organ.hearing[1]) };
}

const RECORDED = [
  {
    matter: "现场检查和调查取证",
    stage: "检查、询问、取证",
    whole: false,
    content: "出示证件、告知、检查过程和当事人意见",
  },
  { matter: "听证", stage: "听证全过程", whole: false, content: "主持、举证、质证、陈述和笔录核对" },
  { matter: "留置送达、公告送达", stage: "送达", whole: false, content: "送达地点、文书内容和见证情况" },
  {
    matter: "查封、扣押、强制拆除等直接涉及重大财产权益的现场执法",
    stage: "实施全过程",
    whole: true,
    content: "从到场告知到清点交付或者拆除完毕",
  },
] as const;

function recordings(): Draft {
  const open = openList({
    path: "清单/演示市音像记录事项清单.csv",
    format: "csv-gb18030",
    kind: "av-record",
    title: "演示市音像记录事项清单",
    publisher: "演示市司法局",
    publishedOn: "2026-03-10",
    header: [
      "序号",
      "执法主体",
      "执法类别",
      "执法事项",
      "记录环节",
      "记录方式",
      "记录内容",
      "是否全程",
      "存储期限",
    ],
  });
  const records: AvRecordItem[] = [];
  for (const organ of enforcingOrgans().filter((each) => !WITHOUT.recording.has(each.key))) {
    RECORDED.forEach(({ matter, stage, whole, content }, index) => {
      const powerType = whole ? "行政强制" : index === 0 ? "行政检查" : "行政处罚";
      const retention = whole ? ({ kind: "永久" } as const) : ({ kind: "同案卷" } as const);
      const source = open.add([
        String(records.length + 1),
        organ.name,
        powerType,
        matter,
        stage,
        "执法记录仪",
        content,
        whole ? "是" : "否",
        retention.kind,
      ]);
      records.push({
        kind: "av-record",
        id: `av_demo_${organ.key}_${index + 1}`,
        ...common(source),
        entityId: entityId(organ.key),
        powerType,
        matter,
        stage,
        device: "执法记录仪",
        content,
        wholeProcess: whole,
        retention,
      });
    });
  }
  return { records, lists: [open.list] };
}

const MATERIALS = [
  { name: "申请表", form: "原件", copies: 1 },
  { name: "身份证明或者营业执照", form: "复印件", copies: 1 },
  { name: "场所使用证明", form: "复印件", copies: 1 },
] as const;

function guides(): Draft {
  const open = openList({
    path: "清单/演示市办事指南.xlsx",
    format: "xlsx",
    kind: "guide",
    title: "演示市办事指南汇编",
    publisher: "演示市行政审批服务窗口(虚构)",
    publishedOn: "2026-04-20",
    header: [
      "序号",
      "事项名称",
      "实施主体",
      "受理机构",
      "审批机构",
      "受理条件",
      "申请材料",
      "办理流程",
      "法定办结时限",
      "承诺办结时限",
      "收费情况",
      "咨询电话",
      "投诉电话",
      "办理地点",
      "办理时间",
    ],
  });
  const records: ServiceGuide[] = [];
  for (const organ of enforcingOrgans().filter((each) => each.level === "市")) {
    for (const item of heldItems(organ).filter((each) => each.type === "行政许可")) {
      const facts = {
        name: item.name,
        accept: organ.name,
        approve: organ.name,
        conditions: "在演示市范围内从事本项活动,场所、人员符合规定,材料真实有效。",
        process: "申请 → 受理(材料不齐的五个工作日内一次性告知)→ 审查 → 决定 → 颁证送达",
        fee: "不收费",
        result: "许可证件",
        place: demoAddress(placeName(organ.area), 6),
        hours: "工作日 9:00–12:00,14:30–17:30",
      };
      const consult = demoPhone(6001);
      const complaint = demoPhone(6002);
      const source = open.add([
        String(records.length + 1),
        facts.name,
        organ.name,
        facts.accept,
        facts.approve,
        facts.conditions,
        MATERIALS.map((material) => material.name).join("、"),
        facts.process,
        "20个工作日",
        "10个工作日",
        facts.fee,
        consult,
        complaint,
        facts.place,
        facts.hours,
      ]);
      records.push({
        kind: "guide",
        id: `gui_demo_${organ.key}_${padded(item.no, 3)}`,
        ...common(source),
        variants: [
          `${item.name}怎么办`,
          `${item.name}要带什么材料`,
          `${item.name}多久能办好`,
          `${item.name}收费吗`,
        ],
        caution: NOT_REAL,
        entityId: entityId(organ.key),
        powerId: powerId(organ.key, item),
        ...facts,
        materials: MATERIALS.map((material) => ({ ...material })),
        statutory: { amount: 20, unit: "工作日" },
        promised: { amount: 10, unit: "工作日" },
        consultPhones: [consult],
        complaintPhones: [complaint],
      });
    }
  }
  return { records, lists: [open.list] };
}
