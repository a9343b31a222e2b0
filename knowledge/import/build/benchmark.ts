/** 裁量基准: one violation with its tiers; a tier that is wrong takes the whole violation out. */

import { tierFaults } from "../../../src/records/integrity/powers.ts";
import type { Interval } from "../../../src/records/primitives.ts";
import { findIntervals, intervalText, parseInterval, sayInterval } from "../parse/interval.ts";
import {
  type Builder,
  basesOf,
  type Context,
  type DataRow,
  get,
  headerOf,
  idOf,
  organOf,
  required,
} from "./context.ts";
import { penaltiesIn, readFine } from "./fine.ts";
import { powersFor, sameBelow } from "./links.ts";
import { readCode } from "./power.ts";

interface Tier {
  readonly row: DataRow;
  readonly grade: string;
  readonly condition: string;
  readonly text: string;
  readonly fine?: Interval;
  readonly multiple?: Interval;
}

const GRADE =
  /^(不予处罚|减轻处罚|从轻处罚|从重处罚|一般处罚|减轻|轻微|较轻|从轻|一般|较重|从重|严重|特别严重|情节轻微|情节较轻|情节一般|情节较重|情节严重|情节特别严重|第[一二三四五六]档|[一二三四五六]档)/;

/** `…裁量基准(演裁规〔2026〕1号)`: the number of the document that sets them, at the end of its title. */
const DOC_NO = /[((]([\u4e00-\u9fa5]{1,20}〔\d{4}〕\d{1,4}号)[))]$/;

export const buildBenchmark: Builder = (rows, context) => {
  const [first] = rows;
  const organ = organOf(first, context);
  const violation = required(first, "violation", "违法行为", context).replace(/\n/g, "");
  const bases = basesOf(first, context);
  const tiers = rows.flatMap((row) => readTiers(row, context));
  const law = readStatutory(
    first,
    bases.map((basis) => basis.excerpt ?? ""),
  );
  checkTiers(tiers, law, context);
  if (!organ || bases.length === 0 || tiers.length === 0) return [];
  const code = readCode(first, context);
  const codes = new Set(rows.map((row) => get(row, "code")));
  const shared = codes.size === 1 ? code?.value : undefined;
  if (new Set(bases.map((basis) => `${basis.title}${basis.article ?? ""}`)).size > 1)
    context.report("W63", first, "basis", { n: bases.length, law: bases[0]?.title ?? "" });
  const linked = powersFor(first, context, {
    organ,
    name: violation,
    powerType: "行政处罚",
    ...(shared ? { codes: shared.split(/[、,;]/) } : {}),
  });
  const docNo = DOC_NO.exec(context.heading)?.[1];
  return [
    {
      kind: "benchmark",
      id: idOf("benchmark", context.dataset, organ.name, shared ?? violation, violation),
      powerIds:
        linked.length > 0
          ? [...linked, ...sameBelow(linked, organ, context)]
          : [idOf("power", context.dataset, organ.name, shared ?? `行政处罚${violation}`)],
      violation,
      chosenBasis: bases[0],
      statutory: {
        penalties: penaltiesIn(get(first, "statutory") || bases[0]?.excerpt || ""),
        ...(law ? { fine: law } : {}),
      },
      issuer: get(first, "issuer").slice(0, 60) || organ.name,
      issuerLevel: organ.level,
      ...(docNo ? { docNo } : {}),
      tiers: tiers.map((tier, index) => ({
        ...(codes.size > 1 && get(tier.row, "code") ? { code: get(tier.row, "code") } : {}),
        grade: tier.grade,
        order: index + 1,
        condition: tier.condition,
        penalties: penaltiesIn(tier.text),
        ...(tier.fine ? { fine: tier.fine } : {}),
        ...(tier.multiple ? { multiple: tier.multiple } : {}),
        text: tier.text,
      })),
    },
  ];
};

function readTiers(row: DataRow, context: Context): Tier[] {
  const textColumn = headerOf(row, "text", "裁量幅度");
  const text = (row.fields.text ?? []).map((cell) => cell.text).join("\n");
  let grade = get(row, "grade").replace(/\s/g, "");
  let condition = get(row, "condition") || get(row, "gradeCondition");
  const combined = GRADE.exec(condition.trim());
  if (grade === "" && combined) {
    grade = combined[0];
    condition =
      condition
        .trim()
        .slice(grade.length)
        .replace(/^[\s::,,、]+/, "") || condition;
  }
  const inCell = markedParts(text).length > 1;
  if (grade === "" && !inCell)
    context.report("E43", row, "grade", { column: headerOf(row, "grade", "裁量档次") });
  if (condition === "") {
    if (row.headers.condition || row.headers.gradeCondition)
      context.report("E43", row, "condition", { column: headerOf(row, "condition", "适用条件") });
    condition = grade;
  }
  if (text.trim() === "") {
    context.report("E43", row, "text", { column: textColumn });
    return [];
  }
  const several = readSeveral(row, grade, condition, text, context);
  if (several) return several;
  return [makeTier(row, grade, condition, text, context)];
}

function makeTier(row: DataRow, grade: string, condition: string, text: string, context: Context): Tier {
  const textColumn = headerOf(row, "text", "裁量幅度");
  const reading = readFine(text);
  if (reading.unsure === "masked") context.report("W35", row, "text", { column: textColumn });
  else if (reading.unsure)
    context.report("W51", row, "text", { column: textColumn, v: text.slice(0, 40), why: reading.unsure });
  if (reading.hedged) context.report("W53", row, "text", { v: reading.hedged });
  return {
    row,
    grade,
    condition,
    text,
    ...(reading.fine ? { fine: reading.fine } : {}),
    ...(reading.multiple ? { multiple: reading.multiple } : {}),
  };
}

const MARK = /(?:^|[\n;;。])\s*(?:[((]([一二三四五六七八九1-9])[))]|([①-⑨㈠-㈨])|([1-9])[.、.](?!\d))/g;

/** Parts of a cell numbered 1, 2, 3 from its start; one part when the numbers do not run so. */
function markedParts(text: string): string[] {
  const marks = [...text.matchAll(MARK)];
  const value = (mark: RegExpMatchArray) => {
    const sign = mark[1] ?? mark[2] ?? mark[3] ?? "";
    const circled = "①②③④⑤⑥⑦⑧⑨".indexOf(sign) + 1 || "㈠㈡㈢㈣㈤㈥㈦㈧㈨".indexOf(sign) + 1;
    return circled || "一二三四五六七八九".indexOf(sign) + 1 || Number(sign);
  };
  if (marks.length < 2 || text.slice(0, marks[0]!.index).trim() !== "") return [text];
  if (marks.some((mark, index) => value(mark) !== index + 1)) return [text];
  return marks.map((mark, index) =>
    text
      .slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length)
      .replace(/[;;\s]+$/, "")
      .trim(),
  );
}

/** Tiers written into one cell: split when amount, condition and grade are numbered alike, else an error. */
function readSeveral(
  row: DataRow,
  grade: string,
  condition: string,
  text: string,
  context: Context,
): Tier[] | undefined {
  const texts = markedParts(text);
  if (texts.length < 2) return undefined;
  const conditions = markedParts(condition);
  const grades = markedParts(get(row, "grade"));
  const certain =
    texts.every((part) => part !== "") &&
    conditions.length === texts.length &&
    (grades.length === texts.length || (grade === "" && conditions.every((part) => GRADE.test(part))));
  if (!certain) {
    context.report("E45", row, "text", {
      column: headerOf(row, "text", "裁量幅度"),
      v: text.slice(0, 30),
      cure: "一格内写了多个档次,与情节对不上,请每档一行。",
    });
    return [];
  }
  context.report("W66", row, "text", { n: texts.length });
  return texts.map((part, index) => {
    const own = grades.length === texts.length ? grades[index]! : GRADE.exec(conditions[index]!)![0];
    const rest = conditions[index]!.startsWith(own)
      ? conditions[index]!.slice(own.length).replace(/^[\s::,,、的]+/, "")
      : conditions[index]!;
    return makeTier(row, own, rest || own, part, context);
  });
}

/** The fine the chosen basis allows, when it states exactly one. */
function readStatutory(row: DataRow, excerpts: readonly string[]): Interval | undefined {
  const own = get(row, "statutory");
  const sources = own !== "" ? [own] : excerpts.filter((text) => text !== "");
  if (new Set(sources).size !== 1) return undefined;
  const plain = intervalText(sources[0]!);
  const fines = findIntervals(plain).filter(
    ({ interval, index, text }) =>
      interval.unit === "元" && /^的?罚款/.test(plain.slice(index + text.length)),
  );
  return fines.length === 1 ? fines[0]!.interval : (parseInterval(sources[0]!) ?? undefined);
}

/** The rule of publication, said at the row: what blocks a release takes the violation out here. */
function checkTiers(tiers: readonly Tier[], law: Interval | undefined, context: Context): void {
  for (const measure of ["fine", "multiple"] as const) {
    const placed = tiers.flatMap((tier) => {
      const range = tier[measure];
      return range ? [{ row: tier.row, grade: tier.grade, condition: tier.condition, range }] : [];
    });
    const statutory = measure === "fine" ? law : undefined;
    for (const { is, at, other } of tierFaults(placed, statutory)) {
      const { row, grade, range } = placed[at]!;
      if (is === "outside" || is === "swapped")
        context.report("E34", row, "text", { v: sayInterval(range), range: law ? sayInterval(law) : "" });
      const low = other === undefined ? undefined : placed[other];
      if (!low) continue;
      const later = at > other! ? row : low.row;
      const [end, start, unit] = [low.range.max ?? Infinity, range.min ?? 0, range.unit];
      const pair = { a: low.grade, b: grade };
      if (is === "overlap") {
        const y = Math.min(end, range.max ?? Infinity);
        context.report("E33", later, "text", { ...pair, x: start, y, unit });
      } else {
        const why = is === "gap" ? `有空档(${end}—${start} ${unit})` : `都包含 ${end} ${unit}`;
        context.report("W54", later, "text", { ...pair, why });
      }
    }
  }
}
