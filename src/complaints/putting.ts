/** A field's value put into the draft, what is told twice joined, and what has changed said in a few words. Pure. */
import { sayDate } from "../law/day.ts";
import { type FieldName, type FieldReading, fields, hourIn, type Known } from "./fields.ts";
import type { IntakeDraft } from "./intake-draft.ts";
import { secrecyLabels } from "./intake-words.ts";

export interface Put {
  readonly draft: IntakeDraft;
  /** Why it was not taken. */
  readonly refused?: string;
}

/** The value in the field's stead, whatever stood there. */
export function put(field: FieldName, reading: FieldReading, draft: IntakeDraft): Put {
  if (reading.kind === "refused") return { draft, refused: reading.why };
  if (draft.secrecy === "anonymous" && (field === "name" || field === "contact"))
    return {
      draft,
      refused: `您选的是匿名,${fields[field].label}没有记下。要留的话发“保密”或“实名”改过来。`,
    };
  return { draft: { ...draft, ...reading.change } };
}

/** The value beside what was told before: a place and its area, several people, a day and its hour are one. */
export function add(
  field: FieldName,
  reading: FieldReading,
  draft: IntakeDraft,
  known: Known,
  sameMessage: boolean,
): Put {
  if (reading.kind === "refused") return put(field, reading, draft);
  const { change } = reading;
  switch (field) {
    case "where": {
      const where = joinedPlace(draft.where, change.where ?? "", known, sameMessage);
      return { draft: { ...draft, ...change, where: where.slice(0, 200), area: change.area ?? draft.area } };
    }
    case "officer": {
      const officer = joined(draft.officer, change.officer ?? "", "、").slice(0, 60);
      const officerIds = [...new Set([...draft.officerIds, ...(change.officerIds ?? [])])].slice(0, 5);
      return { draft: { ...draft, ...change, officer, officerIds } };
    }
    case "when":
      return { draft: { ...draft, ...joinedTime(draft, change), whenDone: true } };
    default:
      return put(field, reading, draft);
  }
}

function joined(before: string | undefined, now: string, between: string): string {
  if (before === undefined || now.includes(before)) return now;
  return before.includes(now) ? before : `${before}${between}${now}`;
}

/** `芮城` and `209那段路上` are one place, whichever was told first; two streets in two messages are not. */
function joinedPlace(before: string | undefined, now: string, known: Known, sameMessage: boolean): string {
  if (before === undefined) return now;
  if (isArea(now, known) && !isArea(before, known)) return joined(now, before, " ");
  const street = /[路街巷道]$/;
  const another = street.test(before) && street.test(now);
  return sameMessage || !another ? joined(before, now, " ") : now;
}

function isArea(place: string, known: Known): boolean {
  const [area] = known.mentionsOf(place).areas;
  return area !== undefined && place.replace(/[省市县区的]+$/, "") === area.said.replace(/[省市县区]+$/, "");
}

/** An hour is of the day told before or after it; two days in two messages are the later one's. */
function joinedTime(draft: IntakeDraft, change: Partial<IntakeDraft>): Pick<IntakeDraft, "day" | "when"> {
  const [before = "", now = ""] = [draft.when, change.when];
  const onlyHour = change.day === undefined && hourIn(now) === now;
  if (onlyHour && draft.day) return { day: draft.day, when: `${sayDate(draft.day)}${now}` };
  if (change.day && draft.day === undefined && before !== "" && hourIn(before) === before)
    return { day: change.day, when: `${now}${hourIn(now) === "" ? before : ""}` };
  if (change.day && change.day === draft.day && hourIn(now) === "") return { day: draft.day, when: before };
  return { day: change.day, when: now };
}

/** A field's value as it is shown. */
export function shownOf(
  field: FieldName,
  draft: IntakeDraft,
  known: Pick<Known, "library">,
): string | undefined {
  switch (field) {
    case "organ":
      return draft.organIds.map((id) => known.library.entity(id).name).join("、") || draft.organName;
    case "when":
    case "where":
    case "officer":
    case "contact":
    case "name":
      return draft[field];
    case "amount":
      return draft.amountYuan === undefined ? undefined : `${draft.amountYuan} 元`;
    case "secrecy":
      return draft.secrecy && secrecyLabels[draft.secrecy];
    case "what":
      return draft.what;
  }
}

const told: readonly FieldName[] = ["organ", "when", "where", "officer", "amount", "name", "contact"];
const left = [
  ["organ", "organDone"],
  ["when", "whenDone"],
  ["where", "whereDone"],
  ["officer", "officerDone"],
  ["files", "filesDone"],
] as const;

/** What one message changed, by name: `记下了:单位 盐湖区城管;时间 11月24日下午。` Undefined when nothing did. */
export function sayChanges(before: IntakeDraft, after: IntakeDraft, known: Known): string | undefined {
  const fresh: string[] = [];
  const changed: string[] = [];
  for (const field of told) {
    const [was, is] = [shownOf(field, before, known), shownOf(field, after, known)];
    if (is === undefined || is === was) continue;
    const { label } = fields[field];
    // A nickname that may mean several is told, not chosen.
    const pending = field === "organ" && before.organIds.length === 0 && before.organOptions.length > 0;
    if (was === undefined || pending || is.includes(was)) fresh.push(`${label} ${short(is, known)}`);
    else changed.push(`${label}已改为:${is}(原来是:${was})。`);
  }
  if (after.what !== undefined && after.what !== before.what)
    fresh.push(before.what === undefined ? "经过" : "补充的经过");
  const open = left.filter(
    ([field, done]) =>
      after[done] &&
      !before[done] &&
      (field === "files" ? after.files.length === 0 : !shownOf(field, after, known)),
  );
  const names = open.map(([field]) => (field === "files" ? "证据" : fields[field].label));
  const says = [
    ...changed,
    ...(fresh.length > 0 ? [`记下了:${fresh.join(";")}。`] : []),
    ...(names.length > 0 ? [`${names.join("、")}先空着,想起来随时说。`] : []),
    ...(after.contactDone && !before.contactDone && after.contact === undefined ? ["联系方式不留。"] : []),
    ...(after.secrecy !== before.secrecy && after.secrecy
      ? [`登记方式:${secrecyLabels[after.secrecy]}。`]
      : []),
  ];
  return says.length > 0 ? says.join("") : undefined;
}

/** This year goes without saying. */
const short = (said: string, { today }: Known): string => said.replace(`${today.slice(0, 4)}年`, "");

/** The steps of the form that one message answered. */
export function answeredBy(before: IntakeDraft, after: IntakeDraft, known: Known): readonly string[] {
  const fieldSteps = (
    ["organ", "when", "where", "officer", "name", "contact", "secrecy", "what"] as const
  ).filter((field) => shownOf(field, after, known) !== shownOf(field, before, known));
  const doneSteps = [
    ...left.filter(([, done]) => after[done] && !before[done]).map(([field]) => field),
    ...(after.contactDone && !before.contactDone ? ["contact"] : []),
    ...(after.nameDone && !before.nameDone ? ["name"] : []),
  ];
  return [...new Set<string>([...fieldSteps, ...doneSteps])].filter(
    (step) => step !== "organ" || after.organDone,
  );
}
