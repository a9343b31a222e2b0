/** What an intake knows so far: drawn from what was already said, so that only the rest is asked. */
import { z } from "zod";
import type { Mentions } from "../answering/understanding.ts";
import { matterNames, matterOf } from "../cases/matters.ts";
import type { Memory } from "../conversation.ts";
import type { Day } from "../law/day.ts";
import { sayDate } from "../law/day.ts";
import type { SaidEvent } from "../law/event.ts";
import type { Library } from "../records/library.ts";
import { DayField } from "../records/primitives.ts";
import { readable } from "../turn.ts";
import { daysIn, hourIn, MOST_OPTIONS, placeIn } from "./fields.ts";
import { secrecyLevels } from "./filing.ts";
import { triageNames } from "./triage-kinds.ts";

export const IntakeDraft = z.object({
  kind: z.enum(["complaint", "correction"]),
  /** Unguessable and the draft's own: repeating the confirmation files once. */
  submission: z.string(),
  /** Base64 key the files of the draft are sealed with. */
  key: z.string(),
  triage: z.enum(triageNames as [(typeof triageNames)[number], ...(typeof triageNames)[number][]]).optional(),
  agreed: z.boolean().default(false),
  secrecy: z.enum(secrecyLevels).optional(),
  what: z.string().optional(),
  matter: z.enum(matterNames as [(typeof matterNames)[number], ...(typeof matterNames)[number][]]).optional(),
  organIds: z.array(z.string()).default([]),
  organName: z.string().optional(),
  /** Organs a nickname may mean, waiting for a choice. */
  organOptions: z.array(z.string()).default([]),
  organDone: z.boolean().default(false),
  when: z.string().optional(),
  day: DayField.optional(),
  whenDone: z.boolean().default(false),
  where: z.string().optional(),
  area: z.string().optional(),
  whereDone: z.boolean().default(false),
  officer: z.string().optional(),
  officerIds: z.array(z.string()).default([]),
  officerDone: z.boolean().default(false),
  amountYuan: z.number().optional(),
  files: z.array(z.string()).default([]),
  filesDone: z.boolean().default(false),
  name: z.string().optional(),
  nameDone: z.boolean().default(false),
  contact: z.string().optional(),
  contactDone: z.boolean().default(false),
  /** Record contested, for a correction. */
  record: z.string().optional(),
  /** The words that contested it, when they say no more than that it is wrong. */
  claim: z.string().optional(),
  /** Further matters of the same message, each to become its own case. */
  more: z.array(z.string()).default([]),
  /** The story was just told and concerns a decision: the next message says how long an appeal stays open. */
  tellAppeal: z.boolean().default(false),
  /** That limit was told once: afterwards only the day it runs to. */
  appealTold: z.boolean().default(false),
  /** The form has just begun: who sees what is said with the first question. */
  begun: z.boolean().default(false),
  /** What came from before the form, said once with the first question. */
  carried: z.string().optional(),
  /** The way of being registered was left to the form: anonymous. */
  secrecyDone: z.boolean().default(false),
  /** What was last asked aside, in the person's words, should it be meant for the story. */
  askedAside: z.string().optional(),
  /** Messages in a row that told something, but not what was asked. */
  missed: z.number().default(0),
  /** Filed: what the typed receipt must lead to. */
  verifier: z.string().optional(),
  warned: z.boolean().default(false),
});
export type IntakeDraft = z.infer<typeof IntakeDraft>;

/** Adds what a text says to what is known; never overwrites what the person already settled. */
export function learn(
  draft: IntakeDraft,
  text: string,
  mentionsOf: (text: string) => Mentions,
  library: Library,
  today: Day,
): IntakeDraft {
  const mentions = mentionsOf(text);
  const organ = mentions.organs[0];
  const known = draft.organDone || draft.organIds.length > 0;
  const single =
    organ?.entityIds.length === 1 && !isClass(organ.said, organ.entityIds[0], library)
      ? organ.entityIds[0]
      : undefined;
  const day = dayIn(text, today);
  const where = placeIn(text);
  const certNo = mentions.certNos[0];
  const officerIds = certNo
    ? library
        .all("officer")
        .filter((officer) => officer.certNo === certNo)
        .map((officer) => officer.id)
    : [];
  const area = mentions.areas[0];
  return {
    ...draft,
    matter: draft.matter ?? matterOf(text),
    ...(!known && organ
      ? {
          organName: organ.said,
          organIds: single ? [single] : [],
          organOptions: single || organ.entityIds.length === 1 ? [] : organ.entityIds.slice(0, MOST_OPTIONS),
          organDone: single !== undefined,
        }
      : {}),
    ...(!draft.whenDone && day ? { day, when: `${sayDate(day)}${hourIn(text)}`, whenDone: true } : {}),
    ...(!draft.officerDone && certNo ? { officer: certNo, officerIds, officerDone: true } : {}),
    ...(!draft.whereDone && where ? { where, whereDone: true } : {}),
    // “一块来查我”: together, not one yuan.
    amountYuan:
      draft.amountYuan ?? mentions.amountsYuan.find((yuan) => yuan !== 1 || !/一块儿?[^钱]/.test(text)),
    area: draft.area ?? (area?.codes.length === 1 ? area.codes[0] : undefined),
  };
}

/** “派出所” is a class of organs; that only one is in the lists does not make it the one meant. */
function isClass(said: string, id: string | undefined, library: Library): boolean {
  const entity = id === undefined ? undefined : library.find(id);
  return (
    /^.{0,4}所$/.test(said) &&
    entity?.kind === "entity" &&
    entity.name !== said &&
    !entity.aliases.includes(said)
  );
}

/** The day told; with several, none: which of them is meant is asked. */
function dayIn(text: string, today: Day): Day | undefined {
  const [day, ...others] = new Set(daysIn(text, today));
  return others.length === 0 ? day : undefined;
}

/** Events that are the organ's act reaching the person: no other day is when what is complained of happened. */
const done: ReadonlySet<SaidEvent["event"]> = new Set([
  "received",
  "decisionServed",
  "onTheSpotDecision",
  "decisionLearned",
  "publicNotice",
  "measureTaken",
  "preservationTaken",
  "fineCollected",
  "executed",
]);

/** What the conversation remembers of the same affair, and how it is told to the person. */
export function learnFromMemory(draft: IntakeDraft, memory: Memory, library: Library): IntakeDraft {
  const organ = memory.organ && draft.organIds.length === 0 && !draft.organName ? memory.organ : undefined;
  const latest = memory.events?.findLast((one) => one.day !== undefined && done.has(one.event))?.day;
  const day = draft.day ? undefined : latest;
  const amount = draft.amountYuan === undefined ? memory.amountYuan : undefined;
  const entity = organ === undefined ? undefined : library.find(organ);
  const carried = [
    entity?.kind === "entity" ? `单位 ${entity.name}` : undefined,
    day && `时间 ${sayDate(day)}`,
    amount === undefined ? undefined : `金额 ${amount} 元`,
  ].filter((one) => one !== undefined);
  return {
    ...draft,
    ...(organ ? { organIds: [organ], organDone: true } : {}),
    ...(day ? { day, when: sayDate(day), whenDone: true } : {}),
    amountYuan: draft.amountYuan ?? memory.amountYuan,
    area: draft.area ?? memory.area,
    ...(carried.length > 0
      ? {
          carried: `${draft.carried ?? ""}前面说过的已经带上:${carried.join(",")}。不对请直接说,例如“时间错了,是11月3日”。`,
        }
      : {}),
  };
}

/** Whether an administrative decision seems to stand behind the complaint: then its appeal limit must be told. */
export function concernsDecision(draft: Pick<IntakeDraft, "triage" | "amountYuan" | "what">): boolean {
  return (
    draft.triage === "relief" ||
    draft.triage === "discretion" ||
    draft.amountYuan !== undefined ||
    /决定书|罚(?:了|我|款|单)|处罚|扣(?:了|走|押|我|车)|查封|吊销|暂扣|责令停|不予许可|拘留|强拆/.test(
      readable(draft.what ?? ""),
    )
  );
}
