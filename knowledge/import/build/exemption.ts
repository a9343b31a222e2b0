/** 免罚、减轻清单. */
import { parseNumeral } from "../parse/numeral.ts";
import { type Builder, basesOf, get, headerOf, idOf, listOf, maybe, organOf, required } from "./context.ts";
import { powersFor } from "./links.ts";
import { readCode } from "./power.ts";

const EXEMPTIONS: readonly [RegExp, "轻微不罚" | "首违不罚" | "无主观过错" | "减轻"][] = [
  [/首违|首次|初次/, "首违不罚"],
  [/主观过错|无过错/, "无主观过错"],
  [/减轻/, "减轻"],
  [/轻微|不予(?:行政)?处罚|免罚|不罚/, "轻微不罚"],
];

/** 免罚清单: the kind from its column, the section or the title; never from the conditions. */
export const buildExemption: Builder = ([row], context) => {
  const violation = required(row, "violation", "违法行为", context).replace(/\n/g, "");
  const conditions = required(row, "conditions", "适用条件", context);
  const basis = basesOf(row, context);
  const stated = get(row, "exemptionKind");
  const kindText = stated || row.section.heading || context.heading;
  const exemptionKind = EXEMPTIONS.find(([pattern]) => pattern.test(kindText))?.[1];
  const column = headerOf(row, "exemptionKind", "不予处罚类型");
  if (!exemptionKind)
    context.report("E45", row, "exemptionKind", {
      column,
      v: kindText.slice(0, 20),
      cure: "只能填:轻微不罚、首违不罚、无主观过错、减轻。",
    });
  else if (stated === "")
    context.report("W51", row, "exemptionKind", { column, v: "", why: `为空,按标题记“${exemptionKind}”` });
  const own = row.headers.entityId ? organOf(row, context) : context.own;
  const code = readCode(row, context);
  const found = powersFor(row, context, {
    ...(own && row.headers.entityId ? { organ: own } : {}),
    name: violation,
    powerType: "行政处罚",
    ...(code ? { codes: [code.value] } : {}),
  });
  const issuer = own?.name ?? (context.publisher === "" ? "" : context.publisher);
  if (issuer === "") context.report("E43", row, "entityId", { column: "制定机关(请用 --entity 指定)" });
  return [
    {
      kind: "exemption",
      id: idOf("exemption", context.dataset, issuer, violation, exemptionKind ?? ""),
      powerIds: found,
      violation,
      exemptionKind,
      conditions: conditionsOf(conditions),
      ...maybe("window", get(row, "window") || windowIn(conditions)),
      ...maybe("measures", get(row, "measures")),
      issuer,
      basis,
    },
  ];
};

function conditionsOf(text: string): string[] {
  const parts = listOf(text, 400);
  return parts
    .flatMap((part) => (parts.length === 1 ? part.split(/[;;]/) : [part]))
    .filter((part) => part !== "");
}

/** 首违 within a stated time: `12个月内初次`, `十二个月内初次`. */
function windowIn(text: string): string {
  const stated = /([\d一二三四五六七八九十]+)(个月|年)(?:之?内)[^,。;;]{0,6}(?:初次|首次)/.exec(text);
  const amount = stated ? parseNumeral(stated[1]!) : undefined;
  return amount === undefined ? "" : `${amount}${stated![2]}`;
}
