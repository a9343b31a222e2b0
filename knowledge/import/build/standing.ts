/** Where an organ stands among the others, and what it has announced of itself: from optional columns of 主体公示表. */
import { verticalSystems } from "../../../src/records/schema.ts";
import type { KnownOrgan } from "../organs.ts";
import { parseDayText } from "../parse/date.ts";
import { basesOf, type Context, type DataRow, didYouMean, get, headerOf, maybe } from "./context.ts";

/** Links by column; what decides 复议机关 and 被告. */
const LINKS = [
  ["government", "所属人民政府", "governmentId"],
  ["superior", "上级主管部门", "superiorId"],
  ["dispatchedBy", "设立机关", "dispatchedById"],
  ["continuedBy", "继续行使职权的机关", "continuedById"],
] as const;
const CLAIMS = [
  ["byDivision", "byDivision"],
  ["ownName", "ownNameAuthorized"],
] as const;

/**
 * A list without these columns leaves what the library already knows of the organ.
 *
 * @param ofGovernment where the organ is a department of its area's government, so that 本级人民政府 follows.
 */
export function readStanding(
  row: DataRow,
  known: KnownOrgan | undefined,
  context: Context,
  ofGovernment?: { readonly area: string; readonly name: string },
): Record<string, unknown> {
  const standing: Record<string, unknown> = {};
  for (const [field, column, key] of LINKS) {
    const name = get(row, field);
    const organ = name === "" ? undefined : referredTo(name, row, field, column, context);
    const id = organ?.id ?? (row.headers[field] ? undefined : known?.[key]);
    if (id) standing[key] = id;
  }
  for (const [field, key] of CLAIMS) {
    const claim = row.headers[field] ? /^(?:是|√)/.test(get(row, field)) || undefined : known?.[key];
    if (claim !== undefined) standing[key] = claim;
  }
  const vertical = row.headers.vertical ? readVertical(row, context) : known?.vertical;
  if (vertical) standing.vertical = vertical;
  if (standing.governmentId === undefined && ofGovernment && !row.headers.government && !vertical) {
    const government = context.governmentOf(ofGovernment.area);
    if (government && government.name !== ofGovernment.name) {
      standing.governmentId = government.id;
      context.reportOnce("W52", "所属人民政府", { why: "没有这一列", v: "所在地区的人民政府" });
    }
  }
  return { ...standing, ...readHearing(row, context), ...readQualification(row, context) };
}

/** An organ named in a cell: published before, or standing in the same list. */
export function referredTo(
  name: string,
  row: DataRow,
  field: string,
  label: string,
  context: Context,
): KnownOrgan | undefined {
  const organ = context.find(name) ?? context.findListed(name);
  if (!organ)
    context.report("E08", row, field, {
      column: headerOf(row, field, label),
      v: name,
      suggest: didYouMean(name, context),
    });
  return organ;
}

function readVertical(row: DataRow, context: Context): string | undefined {
  const text = get(row, "vertical").replace(/系统$/, "");
  if (text === "") return undefined;
  const found = verticalSystems.find((system) => system === text);
  if (!found)
    context.report("E45", row, "vertical", {
      column: headerOf(row, "vertical", "垂直管理系统"),
      v: text.slice(0, 20),
      cure: `只能填:${verticalSystems.join("、")};不是垂直管理的留空。`,
    });
  return found;
}

/** 较大数额罚款: both amounts in 元 and the document that sets them, or nothing. */
function readHearing(row: DataRow, context: Context): Record<string, unknown> {
  const texts = ["hearingPerson", "hearingUnit", "hearingBasis"].map((field) => get(row, field));
  if (texts.every((text) => text === "")) return {};
  const [person, unit] = ["hearingPerson", "hearingUnit"].map((field) => readYuan(row, field));
  const [basis] =
    texts[2] === ""
      ? []
      : basesOf({ ...row, fields: { basis: row.fields.hearingBasis ?? [] } }, context, null);
  if (person && unit && person > 0 && unit > 0 && basis) return { hearingThreshold: { person, unit, basis } };
  context.report("W51", row, "hearingPerson", {
    column: headerOf(row, "hearingPerson", "听证标准"),
    v: texts.join("/").slice(0, 40),
    why: "公民、单位两个数额(元)和依据没有写全",
  });
  return {};
}

/** A sum in 元. The unit stands in the cell or in the heading; a bare number under a heading without one is no sum. */
function readYuan(row: DataRow, field: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(万?元)?$/.exec(get(row, field).replace(/[,\s]/g, ""));
  const unit = found?.[2] ?? /万?元/.exec(headerOf(row, field, ""))?.[0];
  return found && unit ? Number(found[1]) * (unit === "万元" ? 10_000 : 1) : undefined;
}

function readQualification(row: DataRow, context: Context): Record<string, unknown> {
  const title = get(row, "qualification");
  if (title === "") return {};
  const date = parseDayText(get(row, "qualificationDate"));
  if (!date)
    context.report("W51", row, "qualificationDate", {
      column: headerOf(row, "qualificationDate", "主体资格公告日期"),
      v: get(row, "qualificationDate").slice(0, 20),
      why: "不是一个日期",
    });
  return date
    ? { qualificationNotice: { title, ...maybe("docNo", get(row, "qualificationDocNo")), date } }
    : {};
}
