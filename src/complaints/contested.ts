/** Which published record, and which of its fields, words like “这条不对” contest. */

import type { Memory } from "../conversation.ts";
import { sayNumeral } from "../law/cite.ts";
import { findLaw } from "../law/laws.ts";
import type { Library } from "../records/library.ts";
import { nameOf } from "../records/name.ts";
import { type PublishedRecord, recordKinds } from "../records/schema.ts";

const POINTED = "(?:这条|这个|那条|那个|上面|上一条|刚才|你给的|你说的|公示的|网上的|第.{1,3}条)";
const PLACE = "(?:的|里的|上的|里|上)?";
const FACT =
  "(?:信息|电话|号码|座机|地址|位置|办公时间|上班时间|时间|名字|名称|网址|网站|内容|依据|数据|说法)?";
const WRONG =
  "(?:(?<!对)不对|不准|有误|有错|错了|写错了?|搞错了|弄错了|过时了?|不是这个|搬走?了|搬家了|变了|换了|改了|打不通|是空号|空号|停机|没人接|打错了)";
const BARE = new RegExp(
  `^${POINTED}?${PLACE}${FACT}(?:已经|早就|早|都|是|也|根本|总|一直)?${WRONG}了?[。!!]?$`,
);
/** What the button of a record's own page begins with. */
const OF_PAGE = /^这条信息不对[::]/;

/** Whether the message says no more than that something published is wrong. */
export const contestsOnly = (text: string): boolean => {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  return (
    (BARE.test(plain) && !/^(?:时间|内容|说法)?(?:变|换|改)了/.test(plain)) || /^(?:我要)?纠错$/.test(plain)
  );
};

/** What is said of the record, without what a record's own page begins the message with. */
export const withoutPointing = (text: string): string =>
  OF_PAGE.test(text) ? text.replace(/^.*?(?:[a-z]{2,4}_[0-9a-z_]+|$)/, "").trim() : text.trim();

/** Whether the message contests something published, alone or with more said of it. */
export const contests = (text: string): boolean =>
  contestsOnly(text) ||
  OF_PAGE.test(text) ||
  /^(?:我要)?纠错/.test(text) ||
  /^(?:这条|这个|上面|信息|电话|地址)?(?!.*罚).{0,8}(?:(?<!对)不对|有误|错了|写错|过时了)[。!!]?$/.test(text);

export type Contested =
  | { readonly kind: "record"; readonly record: string }
  /** A number was said that the last answer does not have. */
  | { readonly kind: "noSuchNumber"; readonly said: number; readonly most: number }
  | { readonly kind: "none" };

/**
 * The record a typed contest is about: the one whose id stands in it, the citation of the number said, else the first
 * cited record of a published list that has the field spoken of, else the organ of the talk, else the law cited.
 */
export function findContested(text: string, memory: Memory, library: Library): Contested {
  const named = /[a-z]{2,4}_[0-9a-z_]+/.exec(text)?.[0];
  if (named && library.find(named)) return { kind: "record", record: named };
  const cited = memory.last?.cited ?? [];
  const said = numberIn(text);
  if (said !== undefined && cited.length > 0) {
    // More than were cited may be the article of a law that was.
    const record =
      cited[said - 1] ?? cited.find((id) => id.startsWith("law:") && id.includes(`:第${sayNumeral(said)}条`));
    return record ? { kind: "record", record } : { kind: "noSuchNumber", said, most: cited.length };
  }
  const listed = [...cited, memory.organ ?? ""].flatMap((id) => {
    const record = library.find(id);
    return record && record.dataset !== "national" ? [record] : [];
  });
  const field = fieldSaid(text);
  const [first] = listed;
  const record = (field && listed.find((one) => field.valueIn(one) !== undefined)) ?? first;
  const id = record?.id ?? cited[0];
  return id === undefined ? { kind: "none" } : { kind: "record", record: id };
}

const digits = "一二三四五六七八九";

/** “第2条”, “第十二条”: the number of a citation as the text doors print it. */
function numberIn(text: string): number | undefined {
  const said = /第([\d一二三四五六七八九十]{1,3})(?:条|个|项)/.exec(text.normalize("NFKC"))?.[1];
  if (said === undefined) return undefined;
  if (/^\d+$/.test(said)) return Number(said);
  const [tens, ones] = said.includes("十") ? said.split("十") : ["", said];
  const value = (digit: string | undefined, empty: number) => (digit ? digits.indexOf(digit) + 1 : empty);
  return said.includes("十") ? value(tens, 1) * 10 + value(ones, 0) : value(ones, 0);
}

interface Field {
  readonly label: string;
  readonly said: RegExp;
  /** As people read it; undefined where records of this kind have no such field. */
  readonly valueIn: (record: PublishedRecord) => string | undefined;
}

const NOT_PUBLISHED = "未公布";

/** Fields that people call by these words, most telling first. */
const fields: readonly Field[] = [
  {
    label: "电话",
    said: /电话|号码|座机|打不通|空号|停机|没人接|打错|打过去/,
    valueIn: (record) =>
      "phones" in record
        ? record.phones.join("、") || NOT_PUBLISHED
        : record.kind === "hotline"
          ? record.number
          : undefined,
  },
  {
    label: "地址",
    said: /地址|位置|搬走|搬了|搬家|搬到|门牌/,
    valueIn: (record) =>
      record.kind === "entity" || "phones" in record ? (record.address ?? NOT_PUBLISHED) : undefined,
  },
  {
    label: "办公时间",
    said: /办公时间|上班|下班|开门|几点/,
    valueIn: (record) => (record.kind === "entity" ? (record.officeHours ?? NOT_PUBLISHED) : undefined),
  },
  {
    label: "网站",
    said: /网址|网站/,
    valueIn: (record) => (record.kind === "entity" ? (record.website ?? NOT_PUBLISHED) : undefined),
  },
  {
    label: "名称",
    said: /名称|名字|改名|叫错/,
    valueIn: (record) => ("name" in record && record.kind !== "officer" ? record.name : undefined),
  },
];

const fieldSaid = (text: string): Field | undefined => fields.find((field) => field.said.test(text));

export interface SaidContested {
  /** `演示市城市管理局(执法主体)`, `行政复议法 第二十条第一款`. */
  readonly name: string;
  /** `电话:0990-0000000`: the field the words speak of, as it is published. */
  readonly field?: string;
  /** Title of the list and its row. */
  readonly source?: string;
  /** Entity id the record belongs to. */
  readonly organ?: string;
}

/**
 * A contested record as people read it.
 *
 * @param id a record's id, or a citation's `law:<key>:<article>`.
 * @param words what was said to be wrong.
 * @returns undefined when the release has no such record and no such law is known.
 */
export function sayContested(id: string, words: string, library: Library): SaidContested | undefined {
  const [mark, law = "", article = ""] = id.split(":");
  if (mark === "law") {
    const known = findLaw(law);
    return known && { name: `${known.title} ${article}` };
  }
  const record = library.find(id);
  if (!record) return undefined;
  const field = fieldSaid(words);
  const value = field?.valueIn(record);
  const row = record.source.row === undefined ? "" : ` 第 ${record.source.row} 行`;
  const organ = organOf(record);
  const owner = organ === undefined || organ === record.id ? undefined : library.find(organ);
  return {
    name: `${owner ? `${nameOf(owner)} ` : ""}${nameOf(record)}(${recordKinds[record.kind].label})`,
    ...(field && value !== undefined ? { field: `${field.label}:${value}` } : {}),
    source: `${record.source.title}${row}`,
    ...(organ === undefined ? {} : { organ }),
  };
}

function organOf(record: PublishedRecord): string | undefined {
  if (record.kind === "entity") return record.id;
  return "entityId" in record ? record.entityId : "entityIds" in record ? record.entityIds[0] : undefined;
}
