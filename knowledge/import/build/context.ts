/** What a builder gets: the rows of one matter, and a place to report what is wrong with them. */
import { createHash } from "node:crypto";
import type { Calendar } from "../../../src/law/calendar.ts";
import { type LegalBasis, type PowerType, powerTypes } from "../../../src/records/primitives.ts";
import { type RecordKind, recordKinds } from "../../../src/records/schema.ts";
import type { Laws } from "../laws.ts";
import type { ReadLicences } from "../licences.ts";
import type { Code } from "../messages.ts";
import { type KnownOrgan, type KnownPower, type OrganFinder, suggest } from "../organs.ts";
import { sayBasis, splitBasis } from "../parse/basis.ts";
import { parseDayText } from "../parse/date.ts";
import { parseLimit } from "../parse/limit.ts";
import type { Gazetteer } from "../places.ts";
import type { Cell } from "../table.ts";
import { isNothing, keyText, oneLine } from "../text/clean.ts";

/** One data row by field name; several columns of a `many` field come in order. */
export interface DataRow {
  readonly number: number;
  readonly fields: Readonly<Record<string, readonly Cell[]>>;
  /** Published column names by field. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly section: Section;
}

export interface Section {
  readonly powerType?: PowerType;
  readonly organ?: string;
  readonly heading?: string;
}

export interface Context {
  readonly kind: RecordKind;
  readonly dataset: string;
  readonly today: string;
  readonly own?: KnownOrgan;
  readonly known: readonly KnownOrgan[];
  readonly places: Gazetteer;
  readonly find: OrganFinder;
  /** Organs that stand in the list being read. */
  readonly findListed: OrganFinder;
  /** The one people's government of an area, among those published and those in the list. */
  governmentOf(area: string | undefined): KnownOrgan | undefined;
  /** Published powers; undefined without a library. */
  readonly powers?: readonly KnownPower[];
  readonly laws: Laws;
  /** Working days, holidays taken out. */
  readonly calendar: Calendar;
  /** 表二 of an annual report by organ as it names them; `""` when it has no column of organs. */
  readonly licences?: ReadLicences["byOrgan"];
  readonly heading: string;
  /** Who published the list, empty when it does not say. */
  readonly publisher: string;
  readonly publishedOn?: string;
  /** Sentences above the list: units, years. */
  readonly above: readonly string[];
  /** Reports against a row; E codes take the whole matter out. */
  report(
    code: Code,
    row: DataRow,
    field: string | undefined,
    facts?: Readonly<Record<string, string | number>>,
  ): void;
  /** Once per file. */
  reportOnce(code: Code, column: string, facts: Readonly<Record<string, string | number>>): void;
}

export type Builder = (
  rows: readonly [DataRow, ...DataRow[]],
  context: Context,
) => readonly Record<string, unknown>[];

/** The cell's text, or empty when blank or "nothing". */
export function get(row: DataRow, field: string): string {
  const text = (row.fields[field] ?? [])
    .map((cell) => cell.text)
    .filter((part) => part !== "")
    .join("\n");
  return isNothing(text) ? "" : text;
}

export function all(row: DataRow, field: string): string[] {
  return (row.fields[field] ?? []).map((cell) => cell.text).filter((text) => text !== "" && !isNothing(text));
}

export function headerOf(row: DataRow, field: string, otherwise: string): string {
  return row.headers[field]?.[0] ?? otherwise;
}

/** Same organ, same matter, same id, whatever the file. */
export function idOf(kind: RecordKind, ...parts: readonly string[]): string {
  const digest = createHash("sha256").update(parts.map(keyText).join("\u0000")).digest("hex").slice(0, 16);
  return `${recordKinds[kind].prefix}_${digest}`;
}

/** The text, cut nowhere: too long is an error of the row. */
export function maybe<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  return text === "" ? {} : ({ [key]: text } as Record<K, string>);
}

export function required(row: DataRow, field: string, label: string, context: Context): string {
  const text = get(row, field);
  if (text === "") context.report("E43", row, field, { column: headerOf(row, field, label) });
  return text;
}

/** A text the schema needs but the list does not publish: said plainly and flagged once. */
export function orUnpublished(row: DataRow, field: string, label: string, context: Context): string {
  const text = get(row, field);
  if (text !== "") return text;
  const column = headerOf(row, field, label);
  if (row.headers[field])
    context.report("W51", row, field, { column, v: "", why: "为空,记为“本机关尚未公示”" });
  else context.reportOnce("W52", column, { why: "没有这一列", v: "本机关尚未公示" });
  return "本机关尚未公示";
}

/** The organ of a row: its own column, the section's, then the operator's. */
export function organOf(row: DataRow, context: Context): KnownOrgan | undefined {
  const found = organMeant(row, context);
  const office = officeIn(row, context);
  if (found && office !== undefined && /(?:大队|中队|支队|分局|所|站|队|中心)$/.test(office)) {
    const column = headerOf(row, "entityId", "实施主体");
    context.report("W87", row, "entityId", { column, v: office, own: found.name });
  }
  if (found) return found;
  const plain = organNamed(row);
  if (plain === "" && !row.headers.entityId) {
    const title = context.heading === "" ? "" : `,标题“${context.heading.slice(0, 30)}”里也没有已公示的机关`;
    context.report("E82", row, undefined, { column: "实施主体", v: title });
    return undefined;
  }
  if (plain === "") {
    context.report("E43", row, "entityId", { column: headerOf(row, "entityId", "实施主体") });
    return undefined;
  }
  context.report("E08", row, "entityId", {
    column: headerOf(row, "entityId", "行使主体"),
    v: plain,
    suggest: didYouMean(plain, context),
  });
  return undefined;
}

/** As `organOf`, without a word of what is wrong. */
export function organMeant(row: DataRow, context: Context): KnownOrgan | undefined {
  const name = organNamed(row);
  if (name === "") return context.own;
  return context.find(name) ?? (officeIn(row, context) === undefined ? undefined : context.own);
}

function organNamed(row: DataRow): string {
  return oneLine(get(row, "entityId") || (row.section.organ ?? ""));
}

/** Every organ a cell names (`甲局、乙局`); the operator's when the list has no such column. */
export function organsOf(row: DataRow, context: Context): KnownOrgan[] {
  const names = get(row, "entityId")
    .split(/[、,,;;\n]+/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length <= 1) {
    const organ = organOf(row, context);
    return organ ? [organ] : [];
  }
  return names.flatMap((name) => {
    const organ = context.find(name);
    if (organ) return [organ];
    context.report("E08", row, "entityId", {
      column: headerOf(row, "entityId", "行使主体"),
      v: name,
      suggest: didYouMean(name, context),
    });
    return [];
  });
}

/** One day the cell must state. */
export function dayOfCell(row: DataRow, field: string, label: string, context: Context): string {
  const text = required(row, field, label, context);
  const day = parseDayText(text);
  if (text !== "" && !day)
    context.report("E45", row, field, {
      column: headerOf(row, field, label),
      v: text.slice(0, 30),
      cure: "请写明年月日,如 2026-03-02。",
    });
  return day ?? "";
}

/** 承办机构 written where the organ belongs: an office inside the list's own organ, which no organ of its place is called. */
export function officeIn(row: DataRow, context: Context): string | undefined {
  const name = organNamed(row);
  const { own, places } = context;
  if (!own || name === "" || name.length > 16 || context.find(name)) return undefined;
  const mine = places.split(own.name);
  const bare = name.startsWith(own.name) ? name.slice(own.name.length) : name;
  if (bare === "" || (mine.place !== "" && bare.startsWith(mine.place))) return undefined;
  return /(?:大队|中队|支队|分局|所|站|队|中心|科|股|处|室|窗口|办公室)$/.test(bare) ? bare : undefined;
}

/** `是否为“…”?` for a name that is nearly a known one, else nothing. */
export function didYouMean(name: string, context: Context): string {
  const near = suggest(
    name,
    context.own ? [context.own, ...context.known] : context.known,
    context.places,
    context.own?.area,
  );
  return near ? `是否为“${near}”?` : "";
}

const TYPE_WORDS: Readonly<Record<string, PowerType>> = {
  许可: "行政许可",
  处罚: "行政处罚",
  强制: "行政强制",
  征收: "行政征收",
  给付: "行政给付",
  检查: "行政检查",
  确认: "行政确认",
  奖励: "行政奖励",
  裁决: "行政裁决",
  其他: "其他行政权力",
  其他权力: "其他行政权力",
  其他类: "其他行政权力",
  其他职权: "其他行政权力",
  其他行政职权: "其他行政权力",
  行政强制措施: "行政强制",
  行政强制执行: "行政强制",
  监督检查: "行政检查",
  行政监督检查: "行政检查",
};

export function readPowerType(text: string): PowerType | undefined {
  const plain = keyText(text).replace(/[类]$/, "");
  return powerTypes.find((type) => type === plain) ?? TYPE_WORDS[plain];
}

/** The type of power of a row; blank falls back to the section only. */
export function powerTypeOf(row: DataRow, context: Context, column = "职权类型"): PowerType | undefined {
  const text = get(row, "powerType");
  const type = text === "" ? row.section.powerType : readPowerType(text);
  if (type && text === "" && row.headers.powerType)
    context.report("W51", row, "powerType", {
      column: headerOf(row, "powerType", column),
      v: "",
      why: `为空,按标题记“${type}”`,
    });
  if (!type) context.report("E12", row, "powerType", { column: headerOf(row, "powerType", column), v: text });
  return type;
}

/** A national law by its short name. */
export function lawBasis(title: string, article: string): LegalBasis {
  return {
    raw: `《中华人民共和国${title}》${article}`,
    title: `中华人民共和国${title}`,
    rank: "法律",
    article,
  };
}

/** Why a list of this kind needs its bases. */
function needOf(kind: RecordKind): string {
  if (kind === "power") return "没有法律、法规、规章依据的职权不得公示";
  return kind === "faq" ? "没有依据的答复不能用来回答" : "这类清单的每一项都须写明依据";
}

/** Legal bases of a cell; `missing` says which code an absent one has. */
export function basesOf(
  row: DataRow,
  context: Context,
  missing: "E13" | "E37" | null = "E13",
  /** What the law itself says of the matter, for lists that have no such column. */
  otherwise: readonly LegalBasis[] = [],
): LegalBasis[] {
  const column = headerOf(row, "basis", "实施依据");
  const text = all(row, "basis").join("\n");
  if (text === "" && otherwise.length > 0 && !row.headers.basis) {
    const v = otherwise.map(sayBasis).join("、");
    context.reportOnce("W52", column, { why: "没有这一列,取法律规定的依据", v });
    return otherwise.map((basis) => linked(basis, row, column, context));
  }
  if (text === "") {
    if (missing) context.report(missing, row, "basis", { column, v: "为空", rule: needOf(context.kind) });
    return [];
  }
  const split = splitBasis(text);
  if (split.bases.length === 0) {
    if (missing)
      context.report(missing, row, "basis", {
        column,
        v: `写作“${text.slice(0, 30)}”,没有写明法律、法规、规章的名称`,
        rule: needOf(context.kind),
      });
    return [];
  }
  for (const law of new Set(split.withoutArticle)) context.report("W14", row, "basis", { column, law });
  for (const wrong of split.mislabelled)
    context.report("W15", row, "basis", { tag: wrong.tag, no: wrong.number, really: wrong.isReally });
  return split.bases.map((basis) => linked(basis, row, column, context));
}

/** The basis with the statute it means; a law that reads otherwise by now, or lacks the article, is said instead. */
function linked(basis: LegalBasis, row: DataRow, column: string, context: Context): LegalBasis {
  const { current, changedOn, lostArticle } = context.laws(basis, context.publishedOn);
  if (changedOn !== undefined)
    context.report("W16", row, "basis", { law: basis.title, date: changedOn ?? "库中未载明的日期" });
  if (lostArticle && current)
    context.report("W68", row, "basis", {
      column,
      law: basis.title,
      article: lostArticle,
      n: current.articles.length,
    });
  return current && changedOn === undefined && !lostArticle ? { ...basis, statuteId: current.id } : basis;
}

/** A limit the cell states exactly; anything else is kept out and said. */
export function limitOf(
  row: DataRow,
  field: string,
  context: Context,
): { amount: number; unit: string; from?: string } | undefined {
  const text = get(row, field);
  if (text === "") return undefined;
  const limit = parseLimit(text);
  if (!limit)
    context.report("W51", row, field, {
      column: headerOf(row, field, "时限"),
      v: text.slice(0, 40),
      why: "未能识别时限",
    });
  return limit;
}

/** Numbered or line-separated points of a cell. */
export function listOf(text: string, max: number): string[] {
  return text
    .split(/\n|(?<=[;;。])\s*(?=\S)|(?=(?:^|\s)\d{1,2}[..、])|(?=[①-⑳])/)
    .map((part) =>
      part.replace(/^[\s;;,,、]+|[;;\s]+$/g, "").replace(/^(?:\d{1,2}[..、]|[①-⑳]|[((]\d{1,2}[))])\s*/, ""),
    )
    .filter((part) => part !== "" && part.length <= max);
}
