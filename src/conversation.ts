/** What is remembered of a conversation between turns, and how a handler answers within it. */
import type { Day } from "./law/day.ts";
import type { SaidEvent } from "./law/event.ts";
import type { Library } from "./records/library.ts";
import type { Block, Choice, Citation, Outcome } from "./reply.ts";
import type { Transaction } from "./store/database.ts";
import type { Role, Turn } from "./turn.ts";

/** Facts the person already gave, so that they are not asked twice. */
export interface Memory {
  /** Entity id of the organ talked about. */
  readonly organ?: string;
  readonly area?: string;
  /** What happened when, oldest first (`mergeEvents`): a day is remembered only together with what it is the day of. */
  readonly events?: readonly SaidEvent[];
  readonly amountYuan?: number;
  readonly powerId?: string;
  /** What the organ did (`ActKind` in law/), when it was said. */
  readonly act?: string;
  readonly party?: "person" | "organization";
  /** Spoke as one who enforces, without a code: is spoken to as one. */
  readonly speaker?: "officer";
  /** Facts of a case given to a gate question, by fact name. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** Intent of the last answer, for follow-ups (“那要是法院呢”). */
  readonly intent?: string;
  /** The unit told last (a point, or `service:<intent>`) and the words that asked for it: what a few words lean on. */
  readonly talk?: { readonly unit: string; readonly asked: string };
  /** The question a clarifying reply is waiting to finish. */
  readonly pending?: { readonly intent: string; readonly text: string };
  /** What the last answer asked for and named; forgotten with the next one. */
  readonly last?: LastSaid;
  /** What the person told of an affair of their own, in their words, oldest first: a form begun later starts with it. */
  readonly told?: readonly string[];
  /** The door (`TriageName`) a grievance was last sent to: “电话多少” is asked of it. */
  readonly sentTo?: string;
  /** A complaint was filed or looked up in this talk: “办到哪了” is asked of it. */
  readonly lodged?: boolean;
}

/** Lets “没有”, “电话呢” and “姓王” be taken as said of the last answer. */
export interface LastSaid {
  /** What it asked for; a fact of a case as `fact:<name>`. */
  readonly asked?: "day" | "organ" | "amount" | `fact:${string}`;
  /** Entity ids it named as those to turn to, best first. */
  readonly organs?: readonly string[];
  /** Certificate number it looked up. */
  readonly certNo?: string;
  /** What the person last said was done: “归谁管” is asked of it. */
  readonly matter?: string;
  /** What it cited, in the order shown: “第2条不对” is said of it. */
  readonly cited?: readonly string[];
  /** Danger it answered: still in force until the talk has surely turned to something else. */
  readonly danger?: string;
  /** Point it told. */
  readonly point?: string;
  /** What was folded away: asked for again in full by “说详细点”. */
  readonly folded?: { readonly intent: string; readonly text: string; readonly point?: string };
  /** Marks of what it showed, so that it is not shown twice in a row. */
  readonly marks?: readonly string[];
}

/** An open scripted conversation. `draft` belongs to the script; `version` refuses drafts of an older script. */
export interface DialogueState {
  readonly script: string;
  readonly version: number;
  readonly step: string;
  readonly draft: unknown;
  /** When the step was asked, in milliseconds: what was sent earlier is not its answer. */
  readonly askedAt?: number;
}

/** 2: days belong to events. A state of another version is not read. */
export const STATE_VERSION = 2;

export interface ConversationState {
  readonly v: typeof STATE_VERSION;
  readonly memory: Memory;
  readonly dialogue?: DialogueState;
  /** Choices of the last reply: a typed number or label is resolved against them. */
  readonly choices: readonly Choice[];
  /** Role bound by an officer's one-time code, when there is one. */
  readonly officer?: string;
}

export const emptyConversation: ConversationState = { v: STATE_VERSION, memory: {}, choices: [] };

/** What a person said, choices resolved. */
export interface Utterance {
  /** What is read for its meaning: a long message's beginning and end (`readable`). */
  readonly text: string;
  /** Every word of it, for what is kept. */
  readonly whole: string;
  readonly choice?: string;
}

export interface TurnContext {
  readonly turn: Turn;
  readonly said: Utterance;
  readonly role: Role;
  readonly conversation: ConversationState;
  readonly library: Library;
  readonly today: Day;
}

/** A reply before the assistant stamps turn, release and labels on it. */
export interface ReplyDraft {
  readonly outcome: Outcome;
  readonly intent: string;
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  readonly citations: readonly Citation[];
  readonly labels?: readonly string[];
}

export interface Handled {
  readonly reply: ReplyDraft;
  /** The memory after this turn; absent keeps it. */
  readonly memory?: Memory;
  /** The dialogue after this turn: a state opens or moves it, null closes it, absent keeps it. */
  readonly dialogue?: DialogueState | null;
  readonly officer?: string | null;
  /** Writes that must be true before anything is said; runs in the turn's own transaction. */
  readonly commit?: (transaction: Transaction) => Promise<void>;
}

/** Answers a turn, or leaves it to the next handler. */
export type TurnHandler = (context: TurnContext) => Promise<Handled | undefined>;
