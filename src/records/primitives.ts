/** The small types every published record is made of. Text is kept as published; normal forms go in extra fields. */
import { z } from "zod";
import { type Day, parseDay } from "../law/day.ts";
import { lawRanks } from "../law/legal-ref.ts";
import { organLevels } from "../law/organ.ts";

/** `ent_demo_scjg`, `pow_demo_0001`: kind prefix, then lower-case letters, digits and underscores. */
export const RecordId = z
  .string()
  .regex(/^[a-z]{2,4}_[0-9a-z_]{2,60}$/, "编号应为类型前缀加小写字母、数字、下划线");

export const text = (maxCharacters: number) => z.string().trim().min(1).max(maxCharacters);

export const DayField = z.custom<Day>((value) => typeof value === "string" && parseDay(value) !== undefined, {
  error: "应为真实存在的日期,格式 2026-03-02",
});

/** A date as precise as it was published: `2021`, `2021-07` or `2021-07-17`. */
export const PartialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "应为 2021、2021-07 或 2021-07-17");

/** Office phones and short service numbers; a mobile number is refused. */
export const Phone = z
  .string()
  .regex(/^((0\d{2,3}-)?\d{7,8}(-\d{1,6})?|1\d{2}|1\d{4}|400-?\d{3}-?\d{4})$/, "应为办公电话或服务短号");

export const Uscc = z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, "统一社会信用代码应为 18 位");

export const DocNo = z
  .string()
  .regex(/^[\u4e00-\u9fa5]{1,20}〔\d{4}〕\d{1,4}号$/, "文号应如 运政办发〔2017〕91号");

/** GB/T 2260 code, or one with a suffix for zones that have none: `140800-KFQ`. `100000` is the nation. */
export const AreaCode = z.string().regex(/^\d{6}(\d{3})?(-[A-Z]{2,6})?$/, "区划代码应为 6 位或 9 位数字");

export const Level = z.enum(organLevels);
export type Level = z.infer<typeof Level>;

/** The ten types of power, 9+X. */
export const powerTypes = [
  "行政许可",
  "行政处罚",
  "行政强制",
  "行政征收",
  "行政给付",
  "行政检查",
  "行政确认",
  "行政奖励",
  "行政裁决",
  "其他行政权力",
] as const;
export const PowerType = z.enum(powerTypes);
export type PowerType = z.infer<typeof PowerType>;

/** Only `published` records are ever quoted as current. */
export const statuses = ["draft", "checked", "published", "withdrawn", "superseded"] as const;
export const Status = z.enum(statuses);

/** `national`, `demo`, or a city's area code such as `140800`. */
export const Dataset = z
  .string()
  .regex(/^(national|demo|\d{6})$/, "数据集应为 national、demo 或城市区划代码");

/** Where a record was read: file, sheet and row as the spreadsheet shows them. */
export const SourceRef = z.object({
  file: text(200).optional(),
  url: z.url().optional(),
  sheet: text(60).optional(),
  row: z.number().int().positive().optional(),
  rowTo: z.number().int().positive().optional(),
  /** Title as people know it: `演示市市场监督管理局权责清单`. */
  title: text(200),
  publisher: text(60),
  publishedOn: PartialDate.optional(),
  /** Of the file that was imported; empty only before import. */
  sha256: z.string().length(64).optional(),
  importedAt: z.iso.datetime().optional(),
  importedBy: text(30).optional(),
  checkedBy: text(30).optional(),
});
export type SourceRef = z.infer<typeof SourceRef>;

export const Validity = z.object({
  effectiveFrom: DayField.optional(),
  /** Last day in force; absent means open. */
  effectiveTo: DayField.optional(),
  /** After this day the answer says it may have changed. */
  reviewBy: DayField.optional(),
});
export type Validity = z.infer<typeof Validity>;

/** What every published record has. */
export const recordBase = {
  id: RecordId,
  dataset: Dataset,
  status: Status,
  validity: Validity,
  source: SourceRef,
  /** Why a withdrawn record was taken back. */
  withdrawn: z.object({ on: DayField, reason: text(300) }).optional(),
  /** Lay ways of asking for this record, for search. */
  variants: z.array(text(200)).optional(),
  /** What is not certain about it ([S] and [I] facts), shown with every answer. */
  caution: text(300).optional(),
};

/** A legal basis as published, with its parts split out and the trust mark of whoever read it. */
export const LegalBasis = z.object({
  raw: text(4000),
  rank: z.enum([...lawRanks, "三定规定", "其他"]).optional(),
  title: text(120),
  issueNo: text(60).optional(),
  /** `第六十条`. */
  article: z
    .string()
    .regex(/^第[一二三四五六七八九十百千〇零\d]+条/)
    .optional(),
  paragraph: text(20).optional(),
  item: text(20).optional(),
  /** Statute record this points at, once linked. */
  statuteId: RecordId.optional(),
  excerpt: text(3000).optional(),
});
export type LegalBasis = z.infer<typeof LegalBasis>;

/** A range with its ends: 以上/以下 include, 不满/超过 exclude. Amounts are always 元. */
export const Interval = z.object({
  min: z.number().nullable(),
  minIncluded: z.boolean(),
  max: z.number().nullable(),
  maxIncluded: z.boolean(),
  unit: text(10),
});
export type Interval = z.infer<typeof Interval>;

export const limitUnits = ["日", "工作日", "个月", "年", "小时"] as const;
export const TimeLimit = z.object({ amount: z.number().int().positive(), unit: z.enum(limitUnits) });
export type TimeLimit = z.infer<typeof TimeLimit>;

/** GB 32100 check digit: whether an 18-character unified credit code is self-consistent. */
export function usccChecks(code: string): boolean {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  let weight = 1;
  let sum = 0;
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}
