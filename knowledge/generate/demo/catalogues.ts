/** 随机抽查、法制审核、音像记录 lists and 服务指南: what an organ must have ready before it acts. */
import { type List, openList } from "./list.ts";
import { domainOf } from "./matters.ts";
import { demoAddress, demoPhone } from "./organs.ts";
import { NOT_REAL, type OrganSeed, placeName } from "./places.ts";
import { enforcingOrgans, heldItems } from "./powers.ts";
import type { Random } from "./random.ts";
import { asked, invented, laws } from "./words.ts";

/** Lists not published yet: deliberate gaps for the completeness check. */
const WITHOUT = {
  inspection: new Set(["swj", "by_js_zf"]),
  review: new Set(["wlj", "by_yjj"]),
  recording: new Set(["jyj", "by_yjj"]),
};

const G118 =
  "《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》(国办发〔2018〕118号)";

export const catalogueLists = (random: Random): readonly List[] => [
  inspections(random),
  reviews(),
  recordings(),
  guides(),
];

function inspections(random: Random): List {
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
      "检查时间",
      "检查主体",
      "配合部门",
      "常见问法",
    ],
  });
  for (const organ of enforcingOrgans()) {
    if (WITHOUT.inspection.has(organ.key)) continue;
    const domain = domainOf(organ.domain ?? "");
    const held = heldItems(organ).filter((each) => each.type === "行政检查");
    // The first object of a field is also checked with other organs.
    for (const [turn, item] of [...held, ...held.slice(0, 1)].entries()) {
      const joint = turn === held.length;
      const key = random.between(1, 10) <= 3;
      const percent = key ? random.pick([10, 20, 30]) : random.pick([1, 3, 5]);
      open.add(
        open.next(),
        domain.field,
        `${item.target}${joint ? "联合专项" : ""}抽查`,
        `${domain.records}是否完整;${domain.notice}是否公示;是否有违反《${domain.regulation}》的行为。`,
        invented(domain.regulation, 12),
        item.target,
        key ? "重点" : "一般",
        "现场检查、书面检查",
        `≥${percent}%`,
        `每年${key ? 2 : 1}次`,
        "2026-03-01至2026-12-20",
        organ.name,
        joint ? "演示市消防救援支队" : "",
        asked(`抽查${item.target}都看啥`, `${item.target}一年查几次`, `${item.target}抽查比例多少`),
      );
    }
  }
  return open.list;
}

const SITUATIONS = [
  "涉及重大公共利益的",
  "直接关系当事人或者第三人重大权益的",
  "经过听证程序的",
  "案件情况疑难复杂、涉及多个法律关系的",
  "可能造成重大社会影响或者法律、法规规定应当审核的其他情形",
] as const;
const REVIEW_MATERIALS = "拟作决定及说明;证据材料目录;裁量基准适用说明;听证笔录(经过听证的)";
const REVIEW_POINTS =
  "主体和人员资格;程序是否合法;事实是否清楚、证据是否充分;依据和裁量是否适当;是否超越权限;文书是否规范;是否涉嫌犯罪需要移送";

function reviews(): List {
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
      "法律依据",
    ],
  });
  const basis = `${laws(["行政处罚法", "第五十八条"])}\n【规范性文件】${G118}`;
  for (const organ of enforcingOrgans().filter((each) => !WITHOUT.review.has(each.key))) {
    SITUATIONS.forEach((situation, index) => {
      open.add(
        open.next(),
        organ.name,
        "行政处罚",
        `行政处罚、行政许可、行政强制中${situation}${index === 1 ? thresholdOf(organ) : ""}`,
        REVIEW_MATERIALS,
        REVIEW_POINTS,
        "5个工作日",
        basis,
      );
    });
  }
  return open.list;
}

/** A fine that opens a hearing is also reviewed. */
function thresholdOf({ hearing }: OrganSeed): string {
  return hearing ? `(含对公民罚款${hearing[0]}元以上、对单位罚款${hearing[1]}元以上)` : "";
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

function recordings(): List {
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
  for (const organ of enforcingOrgans().filter((each) => !WITHOUT.recording.has(each.key))) {
    RECORDED.forEach(({ matter, stage, whole, content }, index) => {
      open.add(
        open.next(),
        organ.name,
        whole ? "行政强制" : index === 0 ? "行政检查" : "行政处罚",
        matter,
        stage,
        "执法记录仪",
        content,
        whole ? "是" : "否",
        whole ? "永久" : "同案卷",
      );
    });
  }
  return open.list;
}

const MATERIALS = "申请表原件1份;身份证明或者营业执照复印件1份;场所使用证明复印件1份";

function guides(): List {
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
      "审批结果",
      "咨询电话",
      "投诉电话",
      "办理地点",
      "办理时间",
      "常见问法",
      "特别提示",
    ],
  });
  for (const organ of enforcingOrgans().filter((each) => each.level === "市")) {
    for (const { name } of heldItems(organ).filter((each) => each.type === "行政许可")) {
      open.add(
        open.next(),
        name,
        organ.name,
        organ.name,
        organ.name,
        "在演示市范围内从事本项活动,场所、人员符合规定,材料真实有效。",
        MATERIALS,
        "申请 → 受理(材料不齐的五个工作日内一次性告知)→ 审查 → 决定 → 颁证送达",
        "20个工作日",
        "10个工作日",
        "不收费",
        "许可证件",
        demoPhone(6001),
        demoPhone(6002),
        demoAddress(placeName(organ.area), 6),
        "工作日 9:00–12:00,14:30–17:30",
        asked(`${name}怎么办`, `${name}要带什么材料`, `${name}多久能办好`, `${name}收费吗`),
        NOT_REAL,
      );
    }
  }
  return open.list;
}
