/** 执法主体. */
import { usccChecks } from "../../../src/records/primitives.ts";
import { assumedArea } from "../organs.ts";
import { parseAreaCode } from "../parse/area.ts";
import { parseDateRange } from "../parse/date.ts";
import { type Builder, basesOf, type Context, get, headerOf, idOf, maybe } from "./context.ts";
import { phonesOf } from "./phones.ts";
import { readLevel } from "./power.ts";
import { readStanding, referredTo } from "./standing.ts";

const NATURES: readonly [RegExp, string][] = [
  [/^(法定行政机关|行政机关|法定机关|政府工作部门|工作部门|法定执法主体)$/, "工作部门"],
  [
    /^(授权组织|法律、?法规授权(的)?组织|法律、法规授权的具有管理公共事务职能的组织|法律法规规章授权组织|授权执法组织|法定授权组织)$/,
    "授权组织",
  ],
  [/^(受委托组织|委托组织|依法委托(的)?组织|受委托执法组织|委托执法组织)$/, "受委托组织"],
  [/^派出机构$/, "派出机构"],
  [/^人民政府$/, "人民政府"],
  [/^国务院部门$/, "国务院部门"],
  [/^内设机构$/, "内设机构"],
  [/^开发区管理机构$/, "开发区管理机构"],
  [/^(乡镇街道|乡镇、?街道|乡镇人民政府|街道办事处)$/, "乡镇街道"],
];

/** Natures whose 本级人民政府 is that of their area. */
const DEPARTMENTS: readonly string[] = ["工作部门", "授权组织", "派出机构"];

/** What `parseAreaCode` reads, in words. */
const AREA_CODES = "6 位行政区划代码、9 位乡镇街道代码或开发区代码(如 140802、140802001、140800-KFQ)";

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
  const placed = context.places.split(name, context.dataset);
  const areaCell = get(row, "area");
  const statedArea = parseAreaCode(areaCell);
  const area = statedArea ?? known?.area ?? placed.area ?? areaInUscc(uscc, context) ?? context.own?.area;
  const assumed = assumedArea(context.dataset);
  if (!area || (areaCell !== "" && !statedArea))
    context.report("W51", row, "area", {
      column: headerOf(row, "area", "行政区划"),
      v: areaCell.slice(0, 40),
      why: `${areaCell === "" ? "没有写明" : `应为 ${AREA_CODES}`},暂记 ${area ?? assumed}`,
    });
  const stated = readLevel(get(row, "level")) ?? known?.level ?? placed.level;
  if (!stated)
    context.report("W51", row, "level", {
      column: headerOf(row, "level", "层级"),
      v: "",
      why: `无法从名称判断,暂记“${context.own?.level ?? "县"}”`,
    });
  // A body listed with neither duties nor basis is there to be found, not to enforce.
  const silent = row.headers.basis !== undefined && get(row, "basis") === "" && get(row, "duties") === "";
  if (silent)
    context.report("W51", row, "basis", {
      column: headerOf(row, "basis", "执法依据"),
      v: "",
      why: "职责和依据都没有写,按不对外执法登记",
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
      enforces: !silent && row.headers.basis !== undefined,
      ...(uscc ? { uscc } : {}),
      area: area ?? assumed,
      level: stated ?? context.own?.level ?? "县",
      isJustice: /司法(局|厅|部)$/.test(name),
      ...readStanding(
        row,
        known,
        context,
        DEPARTMENTS.includes(nature) && area !== undefined ? { area, name } : undefined,
      ),
      ...delegation,
      ...maybe("legalRepresentative", get(row, "legalRepresentative").replace(/\s/g, "")),
      ...maybe("duties", get(row, "duties")),
      ...maybe("authorityScope", get(row, "authorityScope")),
      basis: silent ? [] : basesOf(row, context, row.headers.basis ? "E13" : null),
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
    const principal = referredTo(by, row, "delegatedBy", "委托机关", context);
    if (term.to < context.today) context.report("E11", row, "delegationTerm", { date: term.to });
    return {
      ...(principal ? { delegatedById: principal.id } : {}),
      delegation: { ...maybe("docNo", get(row, "delegationDocNo")), scope, from: term.from, to: term.to },
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

/** The registration district within the code (GB 32100, digits 3 to 8), when it is a place. */
function areaInUscc(uscc: string, context: Context): string | undefined {
  const area = uscc.slice(2, 8);
  return uscc !== "" && usccChecks(uscc) && context.places.nameOf(area) !== undefined ? area : undefined;
}
