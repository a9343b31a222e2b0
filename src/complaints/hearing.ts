/**
 * A message to the form heard as a whole, whatever step it stands at: every piece goes into the field it fits or into the
 * story, a question is kept apart for an answer, what belongs to another door is named and not taken in. Nothing the
 * person did not say is put anywhere. Pure.
 */
import { matterOf } from "../cases/matters.ts";
import type { Heard, Input } from "../dialogue/engine.ts";
import { type Day, parseDay, sayDate } from "../law/day.ts";
import { halfWidth } from "../law/numerals.ts";
import { channelOf } from "./channels.ts";
import { correctionIn } from "./corrections.ts";
import { type FieldName, fieldFor, fields, isTime, type Known, readField } from "./fields.ts";
import { type Asked, explained } from "./form-questions.ts";
import { concernsDecision, type IntakeDraft, learn } from "./intake-draft.ts";
import { add, answeredBy, put, sayChanges } from "./putting.ts";
import { type Open, partsOf, type SaidPart } from "./said-parts.ts";
import { type TriageName, triageKinds } from "./triage-kinds.ts";

export interface Hearing extends Known, Asked {
  /** Where a story belongs; in doubt, here. */
  readonly kindOf: (text: string) => TriageName;
  /** A story parted into what belongs together and what is another affair. */
  readonly mattersOf: (text: string) => readonly string[];
}

export const LONGEST_STORY = 8000;
/** Characters of a story that stand by themselves. */
export const ENOUGH_STORY = 8;
/** Least that can be filed. */
export const LEAST_STORY = 4;

/** @returns undefined when the message tells, asks and wants nothing the form can use. */
export function heardIn(
  input: Input,
  draft: IntakeDraft,
  facts: Hearing,
  at: string,
): Heard<IntakeDraft> | undefined {
  const text = input.choice === undefined ? input.text.trim() : "";
  if (text === "") return undefined;
  if (input.thing === "location") {
    const where = placeSent(text);
    return outcome(draft, { ...draft, where, whereDone: true }, facts, {});
  }
  const corrected = correctionIn(text, draft, facts);
  // A message out of its time corrects a field or gives one its value; it is never the story's next sentence.
  if (input.stale) {
    const fits = corrected ? undefined : fieldFor(text, facts, draft);
    const changed = corrected ?? (fits && put(fits.field, fits.reading, draft));
    return changed && outcome(draft, changed.draft, facts, { refused: changed.refused });
  }
  if (!corrected) return outcomeOf(tellParts(partsOf(text), draft, facts, at, text), draft, facts, at);
  const rest = tellParts(partsOf(corrected.rest), corrected.draft, facts, "", corrected.rest);
  return outcomeOf(
    { ...rest, refused: [corrected.refused, ...rest.refused].filter(isSaid) },
    draft,
    facts,
    at,
  );
}

/** A door may say a place as a sentence. */
export const placeSent = (text: string): string => text.replace(/^我在/, "").slice(0, 200);

const isSaid = (text: string | undefined): text is string => text !== undefined;

interface Taken {
  readonly draft: IntakeDraft;
  readonly refused: readonly string[];
  /** What is asked, the whole message when it cannot be understood without. */
  readonly asks: string | undefined;
  readonly enough: boolean;
  readonly looks: boolean;
  readonly quits: boolean;
  readonly putIn: boolean;
}

function tellParts(
  parts: readonly SaidPart[],
  draft: IntakeDraft,
  facts: Hearing,
  at: string,
  message: string,
): Taken {
  let now = draft;
  const refused: string[] = [];
  const prose: string[] = [];
  const met = new Set<FieldName>();
  const tells = parts.flatMap((part) => (part.kind === "tell" ? [part.text] : []));
  const days = daysOfMonth(tells, facts.today);
  const contacts = tells.some((piece) => readField("contact", piece, facts, draft)?.kind === "value");
  if (days.said.length > 0) {
    now = { ...now, day: days.only, when: days.when, whenDone: true };
    met.add("when");
  }
  for (const part of parts) {
    if (part.kind === "open") now = leftOpen(part.field, now);
    if (part.kind === "putIn" && now.askedAside) prose.push(`${now.askedAside}\n`);
    if (part.kind !== "tell" || days.said.includes(part.text)) continue;
    const value = readPiece(part.text, now, facts, { at, alone: tells.length === 1, contacts });
    if (!value) {
      prose.push(part.whole);
      continue;
    }
    const added = add(value.field, value.reading, now, facts, met.has(value.field));
    met.add(value.field);
    now = added.draft;
    // Of several sums only one is the field's: all stay in the story.
    if (value.field === "amount") prose.push(part.whole);
    if (added.refused) refused.push(added.refused);
  }
  const story = prose
    .join("")
    .replace(/[\s,,、;;]+$/, "")
    .trim();
  if (/[\u4e00-\u9fa5]{2,}/.test(story)) {
    const told = takeStory(story, now, facts);
    now = told.draft;
    if (told.say) refused.push(told.say);
  }
  const asked = parts.flatMap((part) => (part.kind === "ask" ? [part] : []));
  return {
    draft: withinArea(now, facts),
    refused,
    asks: askedOf(
      asked.map((part) => part.text),
      message,
    ),
    enough: parts.some((part) => part.kind === "enough"),
    looks: parts.some((part) => part.kind === "look"),
    quits: parts.some((part) => part.kind === "quit"),
    putIn: parts.some((part) => part.kind === "putIn"),
  };
}

/** A question that says “这样” or nothing but “合法吗” is asked with what was told before it. */
function askedOf(questions: readonly string[], message: string): string | undefined {
  if (questions.length === 0) return undefined;
  const words = questions.join(" ");
  return words.length < 8 || /^(?:能|可以)?这样|^(?:这|那)/.test(words) ? message : words;
}

interface Place {
  readonly at: string;
  /** It is all the message tells. */
  readonly alone: boolean;
  /** A number to call stands beside it: a bare name is one's own. */
  readonly contacts: boolean;
}

function readPiece(piece: string, draft: IntakeDraft, facts: Hearing, place: Place) {
  const { at, alone, contacts } = place;
  const step = at in fields ? (at as FieldName) : undefined;
  const short = piece.length <= 14;
  const asAsked = step && (alone || short) ? readField(step, piece, facts, draft, "asked") : undefined;
  if (step && asAsked && alone) return { field: step, reading: asAsked };
  const own =
    contacts || !facts.identityAllowed ? readField("name", piece, facts, draft, "asked") : undefined;
  const bare = own ? { field: "name" as const, reading: own } : fieldFor(piece, facts, draft);
  // Squeezed together, “11 月 20 号” is a day.
  return bare ?? (step && asAsked ? { field: step, reading: asAsked } : undefined);
}

const BARE_DAY =
  /^(?:(?:第[一二三四五六七八九十\d]+[次回]|头一[次回]|最后一?[次回]|分别|都|还有|又|也)*(?:是|在)?)?(?:(这个?月|本月|当月|上个?月)的?)?(\d{1,2})[号日]$/;
const MONTH = /^(?:都|全)?(?:是|在)?(这个?月|本月|当月|上个?月)(?:的(?:事)?|里)?$/;

/** Days told by their number alone: `都是这月 第一次是2号 还有6号 11号`. Of no month said, of this one. */
function daysOfMonth(pieces: readonly string[], today: Day) {
  const found = pieces.map((piece) => BARE_DAY.exec(halfWidth(piece)));
  const months = pieces.map((piece) => MONTH.exec(piece)?.[1] ?? BARE_DAY.exec(piece)?.[1]).filter(isSaid);
  const last = months.some((month) => month.startsWith("上"));
  const days = found.flatMap((match) => {
    const day = match ? parseDay(`${monthOf(today, last)}-${(match[2] ?? "").padStart(2, "0")}`) : undefined;
    return day && day <= today ? [day] : [];
  });
  const complete = days.length === found.filter((match) => match !== null).length;
  if (days.length === 0 || !complete || (days.length === 1 && months.length === 0))
    return { said: [] as readonly string[], when: undefined, only: undefined };
  const [first, ...others] = [...days].sort();
  const when = first
    ? [sayDate(first), ...others.map((day) => `${Number(day.slice(8))}日`)].join("、").slice(0, 100)
    : undefined;
  return {
    said: pieces.filter((piece, index) => found[index] !== null || MONTH.test(piece)),
    when,
    only: others.length === 0 ? first : undefined,
  };
}

function monthOf(today: Day, last: boolean): string {
  const [year = 0, month = 0] = today.split("-").map(Number);
  if (!last) return today.slice(0, 7);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}

/** A field left open in words. Whoever leaves no number and no name is anonymous. */
function leftOpen(field: Open, draft: IntakeDraft): IntakeDraft {
  switch (field) {
    case "organ":
      return { ...draft, organDone: true };
    case "when":
      return { ...draft, whenDone: true };
    case "where":
      return { ...draft, whereDone: true };
    case "officer":
      return { ...draft, officerDone: true };
    case "files":
      return { ...draft, filesDone: true };
    case "contact":
      return draft.secrecy !== undefined || draft.name !== undefined
        ? { ...draft, contact: undefined, contactDone: true }
        : { ...draft, secrecy: "anonymous", contactDone: true };
    case "identity":
      return { ...draft, secrecy: "anonymous", name: undefined, contact: undefined };
  }
}

/** Of the organs a nickname may mean, those of the place told, whichever was told first. */
function withinArea(draft: IntakeDraft, { library }: Hearing): IntakeDraft {
  if (draft.organOptions.length < 2 || draft.area === undefined) return draft;
  const there = draft.organOptions.filter((id) => library.entity(id).area === draft.area);
  const [only, ...others] = there;
  return only && others.length === 0
    ? { ...draft, organIds: [only], organOptions: [], organDone: true }
    : draft;
}

/** The story, or more of it: nothing told before is lost; what belongs to another door is named, and a bribe not kept. */
function takeStory(
  text: string,
  draft: IntakeDraft,
  facts: Hearing,
): { readonly draft: IntakeDraft; readonly say?: string } {
  if (matterOf(text) === "discipline" || facts.kindOf(text) === "discipline") {
    if (draft.what === undefined && !draft.agreed) return { draft: { ...draft, triage: "discipline" } };
    const say = `${sayChannel("discipline", facts)}这一段没有记进来;另有执法行为要投诉,请只写执法行为本身。`;
    return { draft, say };
  }
  const [own = text, ...more] = draft.what === undefined ? facts.mattersOf(text) : [text];
  const what = (draft.what ? `${draft.what}\n${own}` : own).slice(0, LONGEST_STORY);
  const told = { ...draft, what, matter: undefined, more: [...draft.more, ...more] };
  const learnt = learn(told, own, facts.mentionsOf, facts.library, facts.today);
  const named = { ...learnt, matter: matterOf(what) };
  if (draft.agreed || (draft.what?.length ?? 0) >= ENOUGH_STORY) return { draft: named };
  const kind = facts.kindOf(what);
  return { draft: { ...named, triage: kind === "question" ? "enforcement" : kind } };
}

/** The door in one sentence, with its numbers. */
function sayChannel(kind: TriageName, facts: Hearing): string {
  const { say, numbers } = channelOf(kind, facts);
  return numbers.length > 0 ? `${say}电话:${numbers.join("、")}。` : say;
}

/** Told, and belonging here as far as can be seen. */
export const belongsElsewhere = (draft: IntakeDraft): boolean =>
  !draft.agreed && draft.triage !== undefined && !triageKinds[draft.triage].intake;

/** Where what was taken leads. */
function outcomeOf(
  taken: Taken,
  before: IntakeDraft,
  facts: Hearing,
  at: string,
): Heard<IntakeDraft> | undefined {
  const { draft, enough, looks, asks } = taken;
  const refused = taken.refused.join("") || undefined;
  if (taken.quits) return { draft: before, steps: [], to: "cancel" };
  const changed = JSON.stringify(draft) !== JSON.stringify(before);
  if (!changed && !refused && asks === undefined && !enough && !looks) {
    // What was told is in the story already.
    return taken.putIn && before.what ? { draft, steps: [], say: "已经写在经过里了。" } : undefined;
  }
  const heard = outcome(before, draft, facts, { refused, asks });
  if ((!enough && !looks) || belongsElsewhere(draft)) return heard;
  if ((draft.what?.length ?? 0) < LEAST_STORY)
    return { ...heard, to: "what", say: `${heard.say ?? ""}还差一样:发生了什么。说完就能提交。` };
  if (draft.secrecy === "named" && !draft.nameDone && facts.identityAllowed) return { ...heard, to: "name" };
  // At the review, only what was shown there is filed; a question about the form is answered on the way.
  const answered = asks === undefined || explained(asks, facts, draft) !== undefined;
  return { ...heard, to: at === "summary" && enough && !changed && answered ? "file" : "summary" };
}

/** A question in which something that was done is told: it may be meant for the story. */
const TELLS = /了|过|被|没|不(?:在|给|让|亮|通知|告诉|出示)|把/;

function outcome(
  before: IntakeDraft,
  after: IntakeDraft,
  facts: Hearing,
  { refused, asks }: { readonly refused?: string | undefined; readonly asks?: string | undefined },
): Heard<IntakeDraft> {
  const told = JSON.stringify(after) !== JSON.stringify(before);
  const aside = asks === undefined || told || !TELLS.test(asks) ? undefined : asks;
  const draft = settled(before, { ...after, askedAside: aside });
  const say = `${refused ?? ""}${sayChanges(before, draft, facts) ?? ""}`;
  return {
    draft,
    steps: answeredBy(before, draft, facts),
    ...(say !== "" && { say }),
    ...(asks !== undefined && { asks }),
  };
}

/** With a decision told of, and again with its day, the appeal's limit is told. */
export function settled(before: IntakeDraft, after: IntakeDraft): IntakeDraft {
  const concerns = concernsDecision(after) && !belongsElsewhere(after);
  const news = !concernsDecision(before) || belongsElsewhere(before) || before.day !== after.day;
  return concerns && news && !(after.appealTold && after.day === undefined)
    ? { ...after, tellAppeal: true }
    : after;
}

/** Words read as the step's own field or a field's name with its value: what a single answer is. */
export const isSingle = (text: string): boolean =>
  partsOf(text).length === 1 || isTime(text.replace(/\s/g, ""));
