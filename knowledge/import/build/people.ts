/** 执法主体 and 执法人员. */
import { usccChecks } from "../../../src/records/primitives.ts";
import { areaOfName, levelOfName } from "../organs.ts";
import { lastDayOf, parseDate, parseDateRange } from "../parse/date.ts";
import { all, type Builder, basesOf, get, headerOf, idOf, maybe, organOf, phonesOf } from "./context.ts";
import { readLevel } from "./power.ts";

const NATURES: readonly [RegExp, string][] = [
  [/^(法定行政机关|行政机关|法定机关|政府工作部门|工作部门|法定执法主体)$/, "工作部门"],
  [
    /^(授权组织|法律、?法规授权(的)?组织|法律、法规授权的具有管理公共事务职能的组织|法律法规规章授权组织|授权执法组织|法定授权组织)$/,
    "授权组织",
  ],
  [/^(受委托组织|委托组织|依法委托(的)?组织|受委托执法组织|委托执法组织)$/, "受委托组织"],
  [/^派出机构$/, "派出机构"],
  [/^(乡镇街道|乡镇、?街道|乡镇人民政府|街道办事处)$/, "乡镇街道"],
];

export const buildEntity: Builder = ([row], context) => {
  const published = get(row, "name").replace(/\s+/g, "");
  if (published === "") {
    context.report("E07", row, "name");
    return [];
  }
  const entrustedIn = /[((]受(.{2,30}?)委托[))]/.exec(published);
  const name = entrustedIn ? published.replace(entrustedIn[0], "") : published;
  const category = get(row, "nature").replace(/\s/g, "") || (row.section.heading ?? "");
  const nature =
    NATURES.find(([pattern]) => pattern.test(category))?.[1] ??
    (row.headers.nature ? undefined : natureOfHeading(category));
  if (!nature) {
    context.report("E09", row, "nature", { v: get(row, "nature") });
    return [];
  }
  const uscc = get(row, "uscc").normalize("NFKC").replace(/\s/g, "").toUpperCase();
  if ((row.fields.uscc ?? []).some((cell) => cell.numeric !== undefined))
    context.report("W21", row, "uscc", { column: headerOf(row, "uscc", "统一社会信用代码") });
  if (uscc !== "" && !/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(uscc)) context.report("E20", row, "uscc", { v: uscc });
  else if (uscc !== "" && !usccChecks(uscc)) context.report("W19", row, "uscc", { v: uscc });
  const known = context.find(name);
  const area =
    get(row, "area").match(/\d{6}(?:-[A-Z]{2,6})?/)?.[0] ??
    known?.area ??
    areaOfName(name) ??
    context.own?.area ??
    (uscc && usccChecks(uscc) && /^\d{6}$/.test(uscc.slice(2, 8)) ? uscc.slice(2, 8) : undefined);
  if (!area)
    context.reportOnce("W52", "行政区划", {
      why: "没有写明",
      v: context.dataset === "demo" ? "140800" : context.dataset,
    });
  const delegation = readDelegation();
  const website = get(row, "website");
  const url = /^https?:\/\//.test(website)
    ? website
    : /^[\w.-]+\.\w+/.test(website)
      ? `http://${website}`
      : "";
  const postcode = get(row, "postcode").replace(/\s/g, "");
  return [
    {
      kind: "entity",
      id: known?.id ?? idOf("entity", context.dataset, name),
      name,
      aliases: get(row, "aliases")
        .split(/[、,,;;\s]+/)
        .filter((alias) => alias !== ""),
      nature:
        nature === "乡镇街道"
          ? /街道/.test(name)
            ? "派出机关"
            : "人民政府"
          : nature === "工作部门" && /人民政府$/.test(name)
            ? "人民政府"
            : nature,
      enforces: true,
      ...(uscc ? { uscc } : {}),
      area:
        area ?? (context.dataset === "demo" || context.dataset === "national" ? "140800" : context.dataset),
      level: readLevel(get(row, "level")) ?? known?.level ?? levelOfName(name) ?? context.own?.level ?? "县",
      isJustice: /司法(局|厅|部)$/.test(name),
      ...delegation,
      ...maybe("legalRepresentative", get(row, "legalRepresentative").replace(/\s/g, "")),
      ...maybe("duties", get(row, "duties")),
      ...maybe("authorityScope", get(row, "authorityScope")),
      basis: basesOf(row, context, row.headers.basis ? "E13" : undefined),
      ...maybe("address", get(row, "address").replace(/\n/g, "")),
      phones: phonesOf(row, "phones", context),
      ...maybe("officeHours", get(row, "officeHours")),
      ...(/^\d{6}$/.test(postcode) ? { postcode } : {}),
      ...maybe("website", url),
    },
  ];

  function readDelegation(): Record<string, unknown> {
    if (nature !== "受委托组织") return {};
    const by = get(row, "delegatedBy") || entrustedIn?.[1] || "";
    const scope = get(row, "delegationScope");
    const term = parseDateRange(get(row, "delegationTerm"));
    if (by === "" || scope === "" || !term) {
      context.report("E10", row, "name", { v: name });
      return {};
    }
    const principal = context.find(by);
    if (!principal)
      context.report("E08", row, "delegatedBy", {
        column: headerOf(row, "delegatedBy", "委托机关"),
        v: by,
        suggest: "",
      });
    if (term.to < context.today) context.report("W11", row, "delegationTerm", { date: term.to });
    return {
      ...(principal ? { delegatedById: principal.id } : {}),
      delegation: { scope, from: term.from, to: term.to },
    };
  }
};

function natureOfHeading(heading: string): string | undefined {
  if (/委托/.test(heading)) return "受委托组织";
  if (/授权/.test(heading)) return "授权组织";
  if (/派出机构/.test(heading)) return "派出机构";
  if (/乡镇|街道/.test(heading)) return "乡镇街道";
  return /行政机关/.test(heading) ? "工作部门" : undefined;
}

export const buildOfficer: Builder = ([row], context) => {
  const name = get(row, "name").replace(/\s+/g, "");
  const everything = [
    ...["personKind", "post", "certType", "unit", "note"].map((field) => get(row, field)),
    row.section.heading ?? "",
  ].join(" ");
  if (/(?<!非)辅助|协管员|辅警|劳务派遣|公益性岗位/.test(everything)) context.report("E26", row, "name");
  if (name === "") context.report("E43", row, "name", { column: headerOf(row, "name", "姓名") });
  const cells = row.fields.certNo ?? [];
  const column = headerOf(row, "certNo", "执法证号");
  const certNo = get(row, "certNo").normalize("NFKC").replace(/\s+/g, "").toUpperCase();
  if (/^\d{17}[\dX]$/.test(certNo) || /^\d{15}$/.test(certNo))
    context.report("E22", row, "certNo", { column, v: "居民身份证号" });
  else if (/^1[3-9]\d{9}$/.test(certNo)) context.report("E22", row, "certNo", { column, v: "手机号码" });
  else if (certNo === "") context.report("E43", row, "certNo", { column });
  else if (/^\d(\.\d+)?E\+?\d+$/.test(certNo)) {
    context.report("W21", row, "certNo", { column });
    context.report("E45", row, "certNo", {
      column,
      v: certNo,
      cure: "科学计数法已丢失原号码,请改为文本后重新导入。",
    });
  } else if (!/^[0-9A-Z\u4e00-\u9fa5〔〕()-]{4,24}$/.test(certNo))
    context.report("E45", row, "certNo", {
      column,
      v: certNo.slice(0, 30),
      cure: "证号应为 4 至 24 位数字、字母或汉字。",
    });
  else if (cells.some((cell) => cell.numeric !== undefined)) {
    context.report("W21", row, "certNo", { column });
    if (cells.some((cell) => cell.numeric !== undefined && !Number.isSafeInteger(cell.numeric)))
      context.report("E45", row, "certNo", {
        column,
        v: certNo,
        cure: "数字过长,末位已丢失,请改为文本后重新导入。",
      });
  }
  const organ = organOf(row, context);
  const until = get(row, "validUntil");
  const date =
    until === "" ? undefined : parseDate(until.split(/(?:至|-{1,2}|—+|~)(?=\s*\d{4})/).at(-1) ?? until);
  if (until !== "" && !date)
    context.report("W51", row, "validUntil", {
      column: headerOf(row, "validUntil", "有效期"),
      v: until.slice(0, 30),
      why: "未能识别日期",
    });
  if (date?.kind === "date" && lastDayOf(date.text) < context.today)
    context.report("W24", row, "validUntil", { date: date.text });
  const type = get(row, "certType");
  if (!organ) return [];
  const state = get(row, "certState");
  return [
    {
      kind: "officer",
      id: idOf("officer", context.dataset, certNo),
      name,
      certNo,
      certType: /监督/.test(type)
        ? "行政执法监督证"
        : type === "" || /^(行政)?执法证(件)?$/.test(type) || /省.*执法证/.test(type)
          ? "行政执法证"
          : "部委证件",
      certState: state === "" || /有效|正常/.test(state) ? "有效" : /暂停|暂扣/.test(state) ? "暂停" : "注销",
      auxiliary: false,
      ...maybe("issuer", get(row, "issuer")),
      entityId: organ.id,
      ...maybe("unit", get(row, "unit").replace(/\n/g, "")),
      ...maybe("post", get(row, "post").replace(/\n/g, "")),
      fields: all(row, "fields")
        .flatMap((text) => text.split(/[、,,;;\n]+/))
        .map((part) => part.trim())
        .filter((part) => part !== ""),
      ...(date?.kind === "date" ? { validUntil: date.text } : {}),
    },
  ];
};
