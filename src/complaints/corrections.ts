/** Corrections in words, wherever the form stands: `单位错了,是…`, `时间改成11月12日`, `不是,是…`. Pure. */
import type { Input, Placed } from "../dialogue/engine.ts";
import { type FieldName, type FieldReading, fieldFor, fields, type Known, readField } from "./fields.ts";
import type { IntakeDraft } from "./intake-draft.ts";

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
];
/** `不是,是X`, `说错了 X`, `应该是X`, `改成X`, `不是A,是B`. */
const BARE = [
  new RegExp(
    `^(?:不是|不对|${WRONG}|更正|纠正)(?:的|了|啊|哦)?[,,。;;\\s]*(?:[^,,]{0,20}[,,\\s])?${IS}(.{2,})$`,
  ),
  /^(?:不对|说错了|写错了|填错了|搞错了|弄错了|错了|记错了|更正)(?:的|啊|哦)?[,,。;;:\s]+(.{2,})$/,
  /^不是.{1,30}?[,,;;\s]*(?:而)?是(.{2,})$/,
  /^(?:应该是|应当是|改成|改为|换成|更正为)(.{2,})$/,
];

/** What a correction changes; undefined when the message is none that can be read. */
export function correctionIn(
  input: Input,
  draft: IntakeDraft,
  known: Known,
): Placed<IntakeDraft> | undefined {
  const text = input.text.trim().replace(END, "");
  if (text.length < 3 || text.length > MOST) return undefined;
  for (const pattern of NAMED) {
    const [, name = "", said = ""] = pattern.exec(text) ?? [];
    const field = fieldCalled(name.trim());
    const reading = field && readField(field, said, known, draft, "named");
    if (field && reading) return placed(field, reading, draft, known);
  }
  for (const pattern of BARE) {
    const said = pattern.exec(text)?.[1]?.trim();
    const found = said === undefined ? undefined : fieldFor(said, known, draft);
    if (found) return placed(found.field, found.reading, draft, known);
  }
  return undefined;
}

/** Bare words that the step asked for cannot be: every piece of them must be some field's value. */
export function valuesIn(
  input: Input,
  draft: IntakeDraft,
  known: Known,
  at: string,
): Placed<IntakeDraft> | undefined {
  const text = input.text.trim();
  if (input.thing === "location" && text !== "") {
    const where = placeSent(text);
    return placed("where", { kind: "value", change: { where, whereDone: true }, said: where }, draft, known);
  }
  const whole = fieldFor(text, known, draft, asField(at));
  if (whole) return placed(whole.field, whole.reading, draft, known);
  const pieces = text.split(/[\s,,、;;。]+/).filter(Boolean);
  if (pieces.length < 2 || pieces.length > 5) return undefined;
  let now = draft;
  const says: string[] = [];
  const steps: string[] = [];
  for (const piece of pieces) {
    const name = readField("name", piece, known, now, "asked");
    const hasContact = pieces.some((one) => readField("contact", one, known, now)?.kind === "value");
    const found =
      name && (hasContact || !known.identityAllowed)
        ? ({ field: "name", reading: name } as const)
        : fieldFor(piece, known, now);
    if (!found) return undefined;
    const one = placed(found.field, found.reading, now, known);
    now = one.draft;
    says.push(one.say);
    steps.push(...one.steps);
  }
  return { draft: now, say: says.join(""), steps };
}

/** A door may say a place as a sentence. */
export const placeSent = (text: string): string => text.replace(/^我在/, "").slice(0, 200);

function asField(at: string): FieldName | undefined {
  return at in fields ? (at as FieldName) : undefined;
}

function fieldCalled(name: string): FieldName | undefined {
  return (Object.keys(fields) as FieldName[]).find((field) => fields[field].called.test(name));
}

/** The change made, and what it replaced. */
function placed(
  field: FieldName,
  reading: FieldReading,
  draft: IntakeDraft,
  known: Known,
): Placed<IntakeDraft> {
  if (reading.kind === "refused") return { draft, say: reading.why, steps: [] };
  const { label } = fields[field];
  if (draft.secrecy === "anonymous" && (field === "name" || field === "contact"))
    return {
      draft,
      say: `您选的是匿名,${label}没有记下。要留的话发“保密”或“实名”改过来。`,
      steps: [],
    };
  const before = shownOf(field, draft, known);
  const same = before === reading.said;
  const say =
    before === undefined || same
      ? `已记下${label}:${reading.said}。`
      : `${label}已改为:${reading.said}(原来是:${before})。`;
  const changed = { ...draft, ...reading.change };
  const open = field === "organ" && !changed.organDone;
  return { draft: changed, say, steps: open ? [] : [field] };
}

function shownOf(field: FieldName, draft: IntakeDraft, known: Known): string | undefined {
  switch (field) {
    case "organ":
      return draft.organIds.map((id) => known.library.entity(id).name).join("、") || draft.organName;
    case "when":
      return draft.when;
    case "where":
      return draft.where;
    case "officer":
      return draft.officer;
    case "contact":
      return draft.contact;
    case "name":
      return draft.name;
    case "amount":
      return draft.amountYuan === undefined ? undefined : `${draft.amountYuan} 元`;
    case "secrecy":
    case "what":
      return undefined;
  }
}
