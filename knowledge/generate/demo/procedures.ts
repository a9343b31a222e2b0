/** 执法程序: one shared by the whole city for each type of power, and the special ones of penalty. */
import type { PowerType, TimeLimit } from "../../../src/records/primitives.ts";
import { type List, openList } from "./list.ts";
import { asked, laws } from "./words.ts";

interface StepSeed {
  readonly name: string;
  readonly action: string;
  readonly limit?: { amount: number; unit: (typeof TimeLimit)["_output"]["unit"]; from: string };
  readonly documents?: readonly string[];
  readonly rights?: string;
}
interface ProcedureSeed {
  readonly name: string;
  readonly type: PowerType;
  readonly basis: string;
  readonly steps: readonly StepSeed[];
}

const seeds: readonly ProcedureSeed[] = [
  {
    name: "行政处罚普通程序",
    type: "行政处罚",
    basis: laws(["行政处罚法", "第五十四条"], ["行政处罚法", "第六十条"]),
    steps: [
      { name: "立案", action: "发现违法线索并符合立案标准的,及时立案。", documents: ["立案审批表"] },
      {
        name: "调查取证",
        action: "不少于两名执法人员主动出示证件,询问、检查、收集证据并全程记录。",
        documents: ["询问笔录", "现场笔录"],
        rights: "执法人员不出示证件的,可以拒绝接受调查。",
      },
      {
        name: "法制审核",
        action: "属于重大决定的,由法制审核人员审核;未审核或者审核不通过不得作出决定。",
        documents: ["法制审核意见书"],
      },
      {
        name: "告知",
        action: "告知拟作出的处罚内容及事实、理由、依据和陈述、申辩、听证权利。",
        documents: ["行政处罚告知书"],
        rights: "可以陈述、申辩,不会因此加重处罚。",
      },
      {
        name: "听证",
        action: "符合听证条件且当事人要求的,组织听证。",
        limit: { amount: 5, unit: "工作日", from: "告知后当事人提出" },
        documents: ["听证通知书", "听证笔录"],
      },
      {
        name: "决定",
        action: "由负责人决定,情节复杂或者重大的集体讨论。",
        limit: { amount: 90, unit: "日", from: "立案之日" },
        documents: ["行政处罚决定书"],
      },
      {
        name: "送达",
        action: "当场交付;当事人不在场的依法送达。",
        limit: { amount: 7, unit: "工作日", from: "作出决定之日" },
        documents: ["送达回证"],
        rights: "可以申请行政复议或者提起行政诉讼。",
      },
    ],
  },
  {
    name: "当场处罚(简易程序)",
    type: "行政处罚",
    basis: laws(["行政处罚法", "第五十一条"], ["行政处罚法", "第五十二条"], ["行政复议法", "第二十三条"]),
    steps: [
      { name: "出示证件", action: "两名执法人员出示执法证件。" },
      {
        name: "当场告知",
        action: "告知处罚内容、事实、理由、依据,听取陈述申辩。",
        rights: "可以当场陈述、申辩。",
      },
      {
        name: "填写决定书",
        action: "填写编有号码的决定书,写明先申请行政复议的途径和期限。",
        documents: ["当场行政处罚决定书"],
      },
      { name: "交付", action: "决定书当场交付当事人。", rights: "不服的先申请行政复议。" },
      { name: "备案", action: "报所属机关备案。", documents: ["备案表"] },
    ],
  },
  {
    name: "行政处罚听证程序",
    type: "行政处罚",
    basis: laws(["行政处罚法", "第六十三条"], ["行政处罚法", "第六十四条"]),
    steps: [
      {
        name: "告知听证权",
        action: "书面告知可以要求听证。",
        documents: ["听证告知书"],
        rights: "要求听证不用交费。",
      },
      {
        name: "提出申请",
        action: "当事人提出听证要求。",
        limit: { amount: 5, unit: "工作日", from: "告知后" },
      },
      {
        name: "通知",
        action: "通知时间、地点。",
        limit: { amount: 7, unit: "工作日", from: "举行听证前" },
        documents: ["听证通知书"],
      },
      { name: "举行听证", action: "由非本案调查人员主持,双方举证、申辩、质证。", documents: ["听证笔录"] },
      { name: "根据笔录决定", action: "根据听证笔录提出意见并决定。", documents: ["听证报告"] },
    ],
  },
  {
    name: "查封、扣押程序",
    type: "行政强制",
    basis: laws(["行政强制法", "第十八条"], ["行政强制法", "第二十五条"]),
    steps: [
      { name: "报批", action: "实施前报行政机关负责人批准。", documents: ["审批表"] },
      {
        name: "现场实施",
        action: "两名以上执法人员出示证件,通知当事人到场,当场告知理由、依据、权利和救济途径,听取陈述申辩。",
        documents: ["现场笔录"],
        rights: "可以陈述、申辩。",
      },
      {
        name: "交付决定书和清单",
        action: "当场交付查封(扣押)决定书和清单。",
        documents: ["查封(扣押)决定书", "清单"],
      },
      {
        name: "处理或解除",
        action: "查清事实,作出处理决定或者解除。",
        limit: { amount: 30, unit: "日", from: "实施之日" },
        documents: ["解除决定书"],
      },
    ],
  },
  {
    name: "行政许可程序",
    type: "行政许可",
    basis: laws(["行政许可法", "第三十二条"], ["行政许可法", "第四十二条"]),
    steps: [
      {
        name: "申请与受理",
        action: "材料齐全的受理;不齐的一次性告知。",
        limit: { amount: 5, unit: "工作日", from: "收到申请" },
        documents: ["受理通知书"],
      },
      { name: "审查", action: "审查材料,需要核实的派两名以上人员核查。" },
      {
        name: "决定",
        action: "作出准予或者不予许可的决定;不予的说明理由。",
        limit: { amount: 20, unit: "工作日", from: "受理之日" },
        documents: ["行政许可决定书"],
        rights: "不予许可的,可以申请复议或者起诉。",
      },
      {
        name: "颁证",
        action: "颁发、送达许可证件。",
        limit: { amount: 10, unit: "工作日", from: "作出决定之日" },
        documents: ["许可证件"],
      },
    ],
  },
  {
    name: "行政检查程序",
    type: "行政检查",
    basis: `${laws(["行政处罚法", "第五十五条"])}
【规范性文件】《国务院办公厅关于推广随机抽查规范事中事后监管的通知》(国办发〔2015〕58号)二、(一)`,
    steps: [
      { name: "计划与抽取", action: "依抽查事项清单和年度计划,随机抽取对象、随机选派人员。" },
      {
        name: "入场检查",
        action: "两名以上执法人员出示证件,依清单内容检查。",
        documents: ["现场检查笔录"],
        rights: "不出示证件的,可以拒绝。",
      },
      { name: "结果公开", action: "公开检查结果;发现违法的移交立案。" },
    ],
  },
  ...(["行政征收", "行政给付", "行政确认", "行政奖励", "行政裁决", "其他行政权力"] as const).map(
    (type): ProcedureSeed => ({
      name: `${type}办理程序`,
      type,
      basis: "《演示市行政执法程序规定(虚构)》(演政规〔2026〕3号)第二十条",
      steps: [
        { name: "受理", action: "收到申请或者依职权启动,材料不齐的一次性告知。" },
        { name: "审核", action: "核实事实和条件,需要的实地查看或者听取意见。" },
        {
          name: "决定与告知",
          action: "作出决定,告知结果和救济途径。",
          documents: [`${type}决定书`],
          rights: "不服的可以申请行政复议或者起诉。",
        },
      ],
    }),
  ),
];

/** Published once by 司法局 for every organ of the city. */
const EVERYONE = "全市各行政执法机关";

export function procedureLists(): readonly List[] {
  const open = openList({
    path: "程序/演示市行政执法程序.docx",
    format: "docx",
    kind: "procedure",
    title: "演示市行政执法程序",
    publisher: "演示市司法局",
    publishedOn: "2026-03-20",
    header: [
      "程序名称",
      "执法类别",
      "执法主体",
      "步骤",
      "环节",
      "内容",
      "责任机构",
      "时限",
      "文书",
      "当事人权利",
      "依据",
      "常见问法",
    ],
  });
  for (const seed of seeds) {
    open.addGroup(
      seed.steps.map((step, index) => [
        seed.name,
        seed.type,
        EVERYONE,
        String(index + 1),
        step.name,
        step.action,
        "承办机构",
        step.limit ? `${step.limit.from}${step.limit.amount}${step.limit.unit}内` : "",
        (step.documents ?? []).join("、"),
        step.rights ?? "",
        seed.basis,
        asked(`${seed.name}要走几步`, `${seed.type}流程是什么`, `${seed.name}要哪些文书`),
      ]),
      2,
    );
  }
  return [open.list];
}
