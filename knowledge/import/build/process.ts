/** 执法程序 (steps over several rows) and 服务指南. */
import type { LegalBasis } from "../../../src/records/primitives.ts";
import { parseLimit } from "../parse/limit.ts";
import {
  type Builder,
  basesOf,
  type Context,
  type DataRow,
  get,
  headerOf,
  idOf,
  lawBasis,
  limitOf,
  maybe,
  organOf,
  orUnpublished,
  powerTypeOf,
  required,
} from "./context.ts";
import { powersFor } from "./links.ts";
import { phonesOf } from "./phones.ts";
import { plainLimit } from "./power.ts";

const KINDS: readonly [RegExp, string][] = [
  [/简易|当场处罚/, "简易"],
  [/普通|一般程序/, "普通"],
  [/听证/, "听证"],
  [/强制措施|查封|扣押|冻结/, "强制措施"],
  [/强制执行|代履行/, "强制执行"],
  [/许可/, "许可"],
  [/检查/, "检查"],
];

/** Where the law lays down each procedure, for lists without a column of bases. */
const PROCEDURE_LAW: Readonly<Record<string, readonly LegalBasis[]>> = {
  简易: [lawBasis("行政处罚法", "第五十一条")],
  普通: [lawBasis("行政处罚法", "第五十四条")],
  听证: [lawBasis("行政处罚法", "第六十四条")],
  强制措施: [lawBasis("行政强制法", "第十八条")],
  强制执行: [lawBasis("行政强制法", "第三十四条")],
  许可: [lawBasis("行政许可法", "第二十九条")],
};

/** `全市各行政执法机关`: a procedure of no one organ. */
const EVERY_ORGAN = /^(?:全|本)?[省市县区]?(?:各级?|所有|全部)(?:行政)?执法(?:机关|主体|单位|部门)$/;

export const buildProcedure: Builder = (rows, context) => {
  const [first] = rows;
  const name = required(first, "name", "程序名称", context).replace(/\n/g, "");
  const powerType = powerTypeOf(first, context, "执法类别");
  const stated = get(first, "procedureKind");
  const procedureKind = KINDS.find(([pattern]) => pattern.test(stated || name))?.[1] ?? "其他";
  if (stated !== "" && procedureKind === "其他" && !/^其他/.test(stated))
    context.report("E45", first, "procedureKind", {
      column: headerOf(first, "procedureKind", "程序类别"),
      v: stated.slice(0, 20),
      cure: "只能填:简易、普通、听证、强制措施、强制执行、许可、检查、其他。",
    });
  const steps = rows.map((row, index) => readStep(row, index + 1, context));
  if (rows.length < 2)
    context.report("E45", first, "stepName", {
      column: headerOf(first, "stepName", "环节"),
      v: get(first, "stepName").slice(0, 20),
      cure: "一项程序至少要有两个步骤,每步一行。",
    });
  const withBasis = rows.find((row) => get(row, "basis") !== "") ?? first;
  const basis = basesOf(withBasis, context, "E13", PROCEDURE_LAW[procedureKind] ?? []);
  const said = rows.map((row) => `${get(row, "action")}${get(row, "partyRights")}`).join("");
  const first23 = /先(?:申请|行)?(?:行政)?复议|复议前置/.test(said);
  if (procedureKind === "简易" && !first23)
    context.report("W51", first, "partyRights", {
      column: headerOf(first, "partyRights", "当事人权利"),
      v: "",
      why: "当场处罚没有写明先申请行政复议",
    });
  const everyone = EVERY_ORGAN.test(get(first, "entityId").replace(/\s/g, ""));
  const organ = everyone ? undefined : first.headers.entityId ? organOf(first, context) : context.own;
  if (!powerType) return [];
  return [
    {
      kind: "procedure",
      id: idOf("procedure", context.dataset, organ?.name ?? "", powerType, name),
      ...(organ ? { entityId: organ.id } : {}),
      name,
      powerType,
      powerIds: [],
      procedureKind,
      steps,
      ...(first23 ? { reconsiderationFirst: true } : {}),
      basis,
    },
  ];
};

function readStep(row: DataRow, expected: number, context: Context): Record<string, unknown> {
  const number = get(row, "stepNo").replace(/\D/g, "");
  if (number !== "" && Number(number) !== expected)
    context.report("E45", row, "stepNo", {
      column: headerOf(row, "stepNo", "步骤"),
      v: number,
      cure: `步骤应从 1 起连续,这里应为 ${expected}。`,
    });
  return {
    no: expected,
    name: required(row, "stepName", "环节", context).replace(/\n/g, ""),
    action: required(row, "action", "工作内容", context),
    office: orUnpublished(row, "office", "责任机构", context).replace(/\n/g, "、"),
    ...readLimit(row, context),
    documents: get(row, "documents")
      .split(/[、,,;;\n]+/)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
    ...maybe("partyRights", get(row, "partyRights")),
  };
}

/** `受理之日起20个工作日内`, `收到申请5工作日内`. */
function readLimit(row: DataRow, context: Context): Record<string, unknown> {
  const text = get(row, "limit");
  if (text === "") return {};
  const whole = parseLimit(text);
  const cut = whole ? undefined : /^(?:自|从)?(\D{2,40}?)(\d+\D{1,4})$/.exec(text.replace(/\s+/g, ""));
  const limit = whole ?? (cut ? parseLimit(cut[2]!) : undefined);
  const from = whole?.from ?? cut?.[1]?.replace(/(?:起|的)$/, "");
  if (!limit || !from || from.length > 40)
    context.report("W51", row, "limit", {
      column: headerOf(row, "limit", "时限"),
      v: text.slice(0, 40),
      why: limit ? "没有写明从何时起算" : "未能识别时限",
    });
  return limit
    ? { limit: { amount: limit.amount, unit: limit.unit, from: from?.slice(0, 40) || "未写明起算点" } }
    : {};
}

export const buildGuide: Builder = ([row], context) => {
  const name = required(row, "name", "事项名称", context).replace(/\n/g, "");
  const organ = organOf(row, context);
  const conditions = required(row, "conditions", "受理条件", context);
  if (!organ) return [];
  const [statutory, promised] = [limitOf(row, "statutory", context), limitOf(row, "promised", context)];
  const [power] = powersFor(row, context, { organ, name, powerType: "行政许可" });
  return [
    {
      kind: "guide",
      id: idOf("guide", context.dataset, organ.name, name),
      entityId: organ.id,
      ...(power ? { powerId: power } : {}),
      name,
      accept: orUnpublished(row, "accept", "受理机构", context).replace(/\n/g, ""),
      approve: orUnpublished(row, "approve", "审批机构", context).replace(/\n/g, ""),
      conditions,
      materials: readMaterials(row, context),
      process: orUnpublished(row, "process", "办理流程", context),
      ...(statutory ? { statutory: plainLimit(statutory) } : {}),
      ...(promised ? { promised: plainLimit(promised) } : {}),
      fee: orUnpublished(row, "fee", "收费情况", context),
      ...maybe("result", get(row, "result")),
      consultPhones: phonesOf(row, "consult", context),
      complaintPhones: phonesOf(row, "complaint", context),
      ...maybe("place", get(row, "place").replace(/\n/g, "")),
      ...maybe("hours", get(row, "hours").replace(/\n/g, "")),
    },
  ];
};

/** `身份证复印件1份`: form and number where they are written, else 原件 1 份 and said. */
function readMaterials(row: DataRow, context: Context): Record<string, unknown>[] {
  const text = get(row, "materials");
  return text
    .split(/\n|[;;。]|、(?![^((]*[))])|(?=[①-⑳])/)
    .map((part) => part.replace(/^\s*(?:\d{1,2}[..、]|[①-⑳]|[((]\d{1,2}[))])\s*/, "").trim())
    .filter((part) => part !== "")
    .map((part) => {
      const form = /电子/.test(part)
        ? "电子"
        : /复印件/.test(part)
          ? "复印件"
          : /原件/.test(part)
            ? "原件"
            : undefined;
      const copies = /(\d+|[一二两三四五六])\s*份/.exec(part)?.[1];
      if (!form || !copies)
        context.reportOnce("W52", headerOf(row, "materials", "申请材料"), {
          why: "有材料没有写明原件、复印件或份数",
          v: "原件、1 份",
        });
      const count = copies === undefined ? 1 : (CHINESE[copies] ?? Number(copies));
      return { name: part, form: form ?? "原件", copies: count };
    });
}

const CHINESE: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6 };
