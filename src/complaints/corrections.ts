/** Corrections in words, wherever the form stands: `单位错了,是…`, `时间改成11月12日`, `不是A,是B`. Pure. */
import { type FieldName, type FieldReading, fieldFor, fields, type Known, readField } from "./fields.ts";
import type { IntakeDraft } from "./intake-draft.ts";
import { put, shownOf } from "./putting.ts";

/** A correction made, or why it cannot be; `rest` is what else was said. */
export interface Corrected {
  readonly draft: IntakeDraft;
  readonly refused?: string;
  readonly rest: string;
}

/** Longer than this it is the story, not a correction. */
const MOST = 60;
const END = /[。!!.~\s]+$/;
const IS = "(?:应该是|应当是|应该为|应为|改成|改为|换成|更正为|更正成|写成|是|为|[::])";
const WRONG = "(?:写错了?|说错了?|填错了?|搞错了?|弄错了?|错了?|不对|有误|记错了?)";

/** `单位错了 是X`, `单位应该是X`, `把单位改成X`, `改单位 X`. */
const NAMED = [
  new RegExp(
    `^(?:我的)?(?:把|那个|上面的?)?(.{1,6}?)(?:我|是|刚才)?${WRONG}[,,。;;\\s]*(?:了)?(?:应该|应当)?${IS}?(.{2,})$`,
  ),
  new RegExp(`^(?:我的)?(?:把|那个|上面的?)?(.{1,6}?)${IS}(.{2,})$`),
  /^(?:改|修改|更正|改一下)(.{2,4}?)[,,::\s]+(?:为|成|是)?(.{2,})$/,
  new RegExp(`^(?:把|那个)?(.{2,4}?)(?:要|得)?改(?:一)?下[,,::\\s]*${IS}?(.{2,})$`),
];
/** `不是,是X`, `说错了 X`, `应该是X`, `改成X`. */
const BARE = [
  new RegExp(
    `^(?:不是|不对|${WRONG}|更正|纠正)(?:的|了|啊|哦)?[,,。;;\\s]*(?:[^,,]{0,20}[,,\\s])?${IS}(.{2,})$`,
  ),
  /^(?:不对|说错了|写错了|填错了|搞错了|弄错了|错了|记错了|更正)(?:的|啊|哦)?[,,。;;:\s]+(.{2,})$/,
  /^(?:应该是|应当是|改成|改为|换成|更正为)(.{2,})$/,
];
/** `不是A(,)是B` and `是B(,)不是A`, with what stands before and after. */
const STOP = "[^\\s,,。;;!!]";
const INSTEAD = [
  new RegExp(
    `^(?<before>.*?)(?<![是要])不是(?<wrong>${STOP}{1,20}?)(?:的)?[,,。;;\\s]*而?是(?<right>${STOP}{2,30})(?<after>.*)$`,
  ),
  new RegExp(
    `^(?<before>.*?)(?:应该是|改成|改为|换成|是)(?<right>${STOP}{2,30}?)[,,。;;\\s]*(?:而)?不是(?<wrong>${STOP}{1,20})(?<after>.*)$`,
  ),
];
/** All that may stand before it: that it is a correction, and of which field. */
const BEFORE = new RegExp(
  `^(?:(?:哎|哦|对了|等等|等下|我|刚才|刚刚|那个|上面)*(?:${WRONG}|更正|纠正|改(?:一)?下|修改)?(?:了|的|啊|哦)*[,,。;;:\\s]*)*(?:把)?(?<field>[^,,。;;\\s]{2,5}?)?(?:要|得)?(?:${WRONG}|改(?:一)?下)?[,,。;;:\\s]*$`,
);

/** What a correction changes; undefined when the message is none that can be read. */
export function correctionIn(said: string, draft: IntakeDraft, known: Known): Corrected | undefined {
  const text = said.trim().replace(END, "");
  if (text.length < 3 || text.length > MOST) return undefined;
  const instead = insteadIn(text, draft, known);
  if (instead) return instead;
  for (const pattern of NAMED) {
    const [, name = "", value = ""] = pattern.exec(text) ?? [];
    const field = fieldCalled(name.trim());
    const found = field && firstRead(value, (words) => readField(field, words, known, draft, "named"));
    if (field && found) return made(field, found.reading, found.rest, draft);
  }
  for (const pattern of BARE) {
    const value = pattern.exec(text)?.[1]?.trim();
    const found =
      value === undefined ? undefined : firstRead(value, (words) => fieldFor(words, known, draft));
    if (found) return made(found.reading.field, found.reading.reading, found.rest, draft);
  }
  return undefined;
}

/** Read whole, else up to the first break; the rest is said of something else. */
function firstRead<T>(
  words: string,
  read: (words: string) => T | undefined,
): { readonly reading: T; readonly rest: string } | undefined {
  const whole = read(words);
  if (whole) return { reading: whole, rest: "" };
  const [, first = "", rest = ""] = /^([^\s,,。;;]{2,})[\s,,。;;]+(.+)$/.exec(words) ?? [];
  const reading = first === "" ? undefined : read(first);
  return reading && { reading, rest };
}

function made(field: FieldName, reading: FieldReading, rest: string, draft: IntakeDraft): Corrected {
  return { ...put(field, reading, draft), rest };
}

/** One thing said to be another: put right where the wrong one stands. */
function insteadIn(text: string, draft: IntakeDraft, known: Known): Corrected | undefined {
  for (const pattern of INSTEAD) {
    const { before = "", wrong = "", right = "", after = "" } = pattern.exec(text)?.groups ?? {};
    const lead = right === "" ? undefined : BEFORE.exec(before);
    if (!lead) continue;
    const named = fieldCalled(lead.groups?.["field"] ?? "");
    if (lead.groups?.["field"] !== undefined && !named) continue;
    const rest = after.replace(/^[\s,,。;;]+/, "");
    const found = named ? [named] : holding(wrong, draft, known);
    const changed = found.reduce<IntakeDraft>(
      (now, field) => putRight(field, wrong, right, now, known),
      draft,
    );
    const organ =
      found.length > 0 && !found.includes("organ") && !named
        ? readField("organ", right, known, changed)
        : undefined;
    if (changed !== draft)
      return { draft: organ?.kind === "value" ? { ...changed, ...organ.change } : changed, rest };
    const fits = fieldFor(right, known, draft);
    if (fits) return made(fits.field, fits.reading, rest, draft);
  }
  return undefined;
}

/** Fields in whose value the wrong words stand. */
const holding = (wrong: string, draft: IntakeDraft, known: Known): readonly FieldName[] =>
  (["where", "organ", "officer", "when", "amount"] as const).filter((field) => {
    const shown =
      field === "organ" ? `${shownOf(field, draft, known)} ${draft.organName}` : shownOf(field, draft, known);
    return shown?.includes(wrong) === true;
  });

/** The field with the right words in the wrong ones' stead; of a place, only the part that was wrong. */
function putRight(
  field: FieldName,
  wrong: string,
  right: string,
  draft: IntakeDraft,
  known: Known,
): IntakeDraft {
  const read = (words: string) => {
    const reading = readField(field, words, known, draft, "named");
    return reading?.kind === "value" ? reading.change : undefined;
  };
  if (field === "where" && draft.where?.includes(wrong)) {
    // Right may name the organ there: of it, the place is only the area.
    const area = known.mentionsOf(right).areas[0];
    const place = readField("where", right, known, draft, "bare") ? right.replace(/的$/, "") : area?.said;
    if (place === undefined) return draft;
    const codes = area?.codes.length === 1 ? { area: area.codes[0] } : {};
    return { ...draft, where: draft.where.replace(wrong, place), whereDone: true, ...codes };
  }
  if (field === "organ") {
    // “不是永济 是盐湖区的”: the same organ of another place.
    const area = known.mentionsOf(right).areas[0];
    const areaOnly = area !== undefined && right.replace(/的$/, "") === area.said;
    const name = shownOf("organ", draft, known) ?? "";
    const there = areaOnly ? { ...draft, area: area.codes.length === 1 ? area.codes[0] : draft.area } : draft;
    const spoken =
      draft.organName?.replace(new RegExp(`${wrong}[市县区]?的?`), "") ||
      name.replace(new RegExp(`${wrong}[市县区]?`), "");
    const words = areaOnly ? `${area.said}${spoken}` : right;
    const reading = readField("organ", words, known, there, "named");
    return reading?.kind === "value" ? { ...there, ...reading.change } : draft;
  }
  return { ...draft, ...read(right) };
}

function fieldCalled(name: string): FieldName | undefined {
  return (Object.keys(fields) as FieldName[]).find((field) => fields[field].called.test(name));
}
