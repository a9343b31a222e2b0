/** 权责清单: every enforcing organ holds the items of its field; code and name are the same wherever the item is. */

import type { PowerType } from "../../../src/records/primitives.ts";
import { type List, type ListFormat, openList } from "./list.ts";
import { type Domain, domainOf, type Matter } from "./matters.ts";
import { type OrganSeed, organs } from "./places.ts";
import { asked, invented, padded } from "./words.ts";

/** One item of a field before an organ holds it. */
export interface Item {
  /** Position in the field's catalogue, from 1; part of the code. */
  readonly no: number;
  readonly code: string;
  readonly type: PowerType;
  readonly name: string;
  /** The violation, for penalties. */
  readonly matter?: Matter;
  /** Penalties of one general act over several objects share a benchmark. */
  readonly group?: string;
  readonly article: number;
  readonly text: string;
  readonly target: string;
  readonly say: readonly string[];
}

const TYPE_LETTERS: Record<PowerType, string> = {
  行政许可: "XK",
  行政处罚: "CF",
  行政强制: "QZ",
  行政征收: "ZS",
  行政给付: "JF",
  行政检查: "JC",
  行政确认: "QR",
  行政奖励: "JL",
  行政裁决: "CJ",
  其他行政权力: "QT",
};

/** The general acts every field punishes; fines in yuan, both ends included. */
const generalActs = (domain: Domain) =>
  [
    { act: "拒绝、阻碍监督检查", fine: [500, 5000], say: "不让检查罚多少" },
    { act: `未按规定保存${domain.records}`, fine: [200, 2000], say: `没保存${domain.records}罚多少` },
    { act: `未按规定公示${domain.notice}`, fine: [100, 1000], say: `没公示${domain.notice}罚多少` },
    { act: "逾期不改正违法行为", fine: [1000, 10000], say: "让整改没改罚多少" },
  ] as const;

/** The catalogue of a field, in order. */
export function catalogue(domain: Domain): Item[] {
  const items: Item[] = [];
  const add = (type: PowerType, item: Omit<Item, "no" | "code" | "type">) => {
    const no = items.length + 1;
    items.push({ no, code: `${domain.letters}-${TYPE_LETTERS[type]}-${padded(no, 3)}`, type, ...item });
  };
  domain.matters.forEach((matter, index) => {
    add("行政处罚", {
      name: `对${matter.what}的处罚`,
      matter,
      article: 20 + index,
      text: matter.fine
        ? `${matter.what}的,责令改正,处${matter.fine[0]}元以上${matter.fine[1]}元以下罚款。`
        : `${matter.what}的,责令改正,给予警告。`,
      target: "公民、法人或者其他组织",
      say: matter.say,
    });
  });
  generalActs(domain).forEach(({ act, fine, say }, index) => {
    for (const object of domain.objects) {
      add("行政处罚", {
        name: `对${object}${act}的处罚`,
        matter: { what: act, fine, say: [] },
        group: act,
        article: 50 + index,
        text: `${act}的,责令改正,处${fine[0]}元以上${fine[1]}元以下罚款。`,
        target: object,
        say: [`${object}${say}`],
      });
    }
  });
  domain.objects.forEach((object) => {
    add("行政检查", {
      name: `对${object}的监督检查`,
      article: 12,
      text: `${domain.field}主管部门应当对${object}进行监督检查。`,
      target: object,
      say: [`能不能来查${object}`, `${object}检查查什么`],
    });
  });
  domain.licences.forEach((name, index) => {
    add("行政许可", {
      name,
      article: 6 + index,
      text: `从事本项活动的,应当申请${name}。`,
      target: "公民、法人或者其他组织",
      say: [`${name}怎么办`, `${name}要什么材料`, `${name}几天办好`],
    });
  });
  domain.coercions.forEach((name, index) => {
    add("行政强制", {
      name,
      article: 14 + index,
      text: `依法可以采取${name}的措施。`,
      target: "涉案当事人",
      say: [
        `可以${name.replace(/^对/, "对").slice(0, 20)}吗`,
        `有没有权${name.replace(/^对(.*)的(.*)$/, "$2$1")}`,
      ],
    });
  });
  const single = (type: PowerType, name: string | undefined, no: number, say: string) => {
    if (name === undefined) return;
    add(type, {
      name,
      article: no,
      text: `由${domain.field}主管部门负责${name}。`,
      target: "符合条件的公民、法人或者其他组织",
      say: [`${name}${say}`],
    });
  };
  single("行政征收", domain.levy, 16, "怎么收");
  single("行政给付", domain.payment, 17, "怎么领");
  single("行政确认", domain.confirmation, 18, "怎么申请");
  single("行政奖励", domain.reward, 19, "有多少钱");
  single("行政裁决", domain.ruling, 46, "找谁");
  single("其他行政权力", domain.other, 47, "怎么办");
  return items;
}

/** Organs that hold powers, in order. */
export const enforcingOrgans = (): OrganSeed[] => organs.filter((organ) => organ.domain !== undefined);

/** Towns and sub-districts hold the penalties and inspections handed down to them, not the rest. */
export function heldItems(organ: OrganSeed): Item[] {
  const items = catalogue(domainOf(organ.domain ?? ""));
  if (organ.level !== "乡") return items;
  return items.filter(
    (item) => (item.type === "行政处罚" && item.group === undefined) || item.type === "行政检查",
  );
}

const STAGES: Record<string, readonly (readonly [string, string])[]> = {
  行政处罚: [
    ["立案", "发现违法线索,符合条件的及时立案。"],
    ["调查", "两名以上执法人员出示证件,全面收集证据。"],
    ["告知", "告知拟处罚内容、事实、理由、依据和陈述申辩、听证权利。"],
    ["决定", "审核、听证(如有)后作出决定,重大的集体讨论。"],
    ["送达", "当场交付,当事人不在场的七个工作日内送达。"],
  ],
  行政许可: [
    ["受理", "材料齐全的受理,不齐的一次性告知。"],
    ["审查", "审查材料,需要的进行实地核查。"],
    ["决定", "二十个工作日内作出决定并说明理由。"],
  ],
  行政强制: [
    ["审批", "实施前报负责人批准。"],
    ["实施", "出示证件,当场告知理由、依据和权利,制作笔录。"],
    ["处理", "三十日内处理或者解除。"],
  ],
  行政检查: [
    ["准备", "按抽查计划随机确定对象和人员,经批准后通知。"],
    ["检查", "出示证件,如实记录,不妨碍正常经营。"],
    ["公开", "公开检查结果,发现违法的移交处理。"],
  ],
};
const OTHER_STAGES = [
  ["受理", "受理申请,材料不齐的一次性告知。"],
  ["办理", "审核并作出处理。"],
  ["告知", "告知结果和救济途径。"],
] as const;

/** Published as spreadsheets by the city, in other forms elsewhere, as it is in life. */
function formatOf(index: number, organ: OrganSeed): ListFormat {
  if (organ.level === "市") return "xlsx";
  const formats: readonly ListFormat[] = ["xlsx", "csv", "html", "csv-gb18030", "docx"];
  return formats[index % formats.length] ?? "xlsx";
}

const EXTENSION: Record<ListFormat, string> = {
  xlsx: "xlsx",
  csv: "csv",
  "csv-gb18030": "csv",
  html: "html",
  docx: "docx",
};

/** Headers differ from office to office on purpose. */
const HEADERS: readonly (readonly string[])[] = [
  [
    "序号",
    "职权类型",
    "职权编码",
    "职权名称",
    "实施依据",
    "实施对象",
    "责任事项",
    "追责情形",
    "法定时限",
    "收费情况",
    "承办机构",
    "常见问法",
    "备注",
  ],
  [
    "序号",
    "权力类型",
    "权力编码",
    "权力名称(主项)",
    "设定依据",
    "责任对象范围",
    "责任事项",
    "追责情形",
    "法定办结时限",
    "收费依据和标准",
    "责任科室",
    "常见问法",
    "备注",
  ],
  [
    "序号",
    "执法类别",
    "事项编码",
    "事项名称",
    "执法依据",
    "行政相对人",
    "责任事项",
    "违法责任",
    "法定期限",
    "收费情况及依据",
    "承办机构",
    "常见问法",
    "备注",
  ],
];

const ACCOUNTABILITY = "违法实施、该办不办、索取或者收受财物的,依法追究责任人员的责任。";

/** One list per organ. */
export const powerLists = (): readonly List[] => enforcingOrgans().map(organPowers);

function organPowers(organ: OrganSeed, index: number): List {
  const domain = domainOf(organ.domain ?? "");
  const format = formatOf(index, organ);
  const open = openList({
    path: `权责清单/${organ.name}权责清单.${EXTENSION[format]}`,
    format,
    kind: "power",
    title: `${organ.name}权责清单`,
    publisher: organ.name,
    publishedOn: "2026-04-15",
    entity: organ.name,
    header: HEADERS[index % HEADERS.length] ?? [],
  });
  for (const item of heldItems(organ)) {
    const warnedOnly = item.type === "行政处罚" && !item.matter?.fine;
    open.add(
      open.next(),
      item.type,
      item.code,
      item.name,
      invented(domain.regulation, item.article, item.text),
      item.target,
      (STAGES[item.type] ?? OTHER_STAGES).map(([stage, text]) => `${stage}:${text}`).join(""),
      ACCOUNTABILITY,
      limitOf(item.type),
      item.type === "行政征收" ? "收费:按标准收取" : "不收费",
      domain.office,
      asked(...item.say),
      warnedOnly ? `无裁量空间:《${domain.regulation}》对本行为只规定警告一种处罚,没有裁量幅度。` : "",
    );
  }
  return open.list;
}

function limitOf(type: PowerType): string {
  switch (type) {
    case "行政处罚":
      return "90日";
    case "行政许可":
      return "20工作日";
    case "行政强制":
      return "30日";
    default:
      return "";
  }
}
