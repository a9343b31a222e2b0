/**
 * Scripted conversations as data: a script is a table of steps, and `advance` is the only thing that walks it. Pure: what
 * a step needs to know comes in `facts`, what it learned goes into the draft, and every effect is the caller's.
 */
import type { DialogueState } from "../conversation.ts";
import type { Block, Choice } from "../reply.ts";
import type { Thing } from "../turn.ts";

/** What a step shows. */
export interface Prompt {
  readonly blocks: readonly Block[];
  readonly choices?: readonly Choice[];
}

/** What a step made of the answer. */
export type Reading<Draft> =
  /** Understood; `to` overrides where the step leads. */
  | { readonly kind: "take"; readonly draft: Draft; readonly to?: string }
  /** Not usable: said why and what is allowed; the step stays. */
  | { readonly kind: "again"; readonly because: string; readonly draft?: Draft };

export interface Input {
  readonly text: string;
  readonly choice?: string;
  /** Files already kept with this message. */
  readonly files: readonly string[];
  readonly thing?: Thing;
  /** An older message changed, or one sent before this step was asked: never this step's answer. */
  readonly stale?: "edited" | "late";
}

/** What a whole message came to: all it tells put where it belongs, and the part of it that asks. */
export interface Heard<Draft> {
  readonly draft: Draft;
  /** What was put where, in a few words. */
  readonly say?: string;
  /** Steps answered by it. */
  readonly steps: readonly string[];
  /** The part that asks, in the person's words: answered by the form, else by the house; then the form goes on. */
  readonly asks?: string;
  /** Where the person wants to be: a step, `cancel`, or past the last step; absent goes on to what is still missing. */
  readonly to?: string;
}

export interface Step<Draft, Facts> {
  /** What going back and correcting call it: `时间`. */
  readonly name: string;
  readonly ask: (draft: Draft, facts: Facts) => Prompt;
  /** Undefined: this is none of what the step takes. Nothing unread is ever stored. */
  readonly read: (input: Input, draft: Draft, facts: Facts) => Reading<Draft> | undefined;
  /** What it takes, as it is told to whoever wrote something else: `一个日期,如“11月3日”`. */
  readonly takes: string;
  /** The next step, or `end`. */
  readonly next: (draft: Draft, facts: Facts) => string;
  /** Already answered, or not needed: passed over on the way forward. */
  readonly known?: (draft: Draft, facts: Facts) => boolean;
  /** May be left empty. */
  readonly skip?: (draft: Draft) => Draft;
  /** Its answer is prose, which may hold a question: whether this message only asks. Elsewhere any question is one. */
  readonly prose?: (input: Input, draft: Draft, facts: Facts) => boolean;
  /** Whatever does not look like this is talk about something else. */
  readonly expects?: RegExp;
  /** Nothing may be gone back on or cancelled from here: it is filed. */
  readonly final?: boolean;
  /** Stands beside the way through the form: not counted as a step of it. */
  readonly beside?: boolean;
}

export interface Script<Draft, Facts> {
  readonly name: string;
  /** 投诉登记. */
  readonly title: string;
  /** A draft of another version is not guessed at: the person is told and starts over. */
  readonly version: number;
  readonly first: string;
  readonly steps: Readonly<Record<string, Step<Draft, Facts>>>;
  /** The step corrections return to. */
  readonly review?: string;
  /** Words that end it before it is filed, beside those of every script. */
  readonly quits?: RegExp;
  /** Choices of its own steps: pressed late, they are not this step's answer. */
  readonly marks?: RegExp;
  /**
   * Reads a message as a whole, whatever step is asked: what it tells of any field, corrects, asks and wants. Undefined:
   * none of that; then the step itself is tried.
   */
  readonly hear?: (input: Input, draft: Draft, facts: Facts, at: string) => Heard<Draft> | undefined;
  /** The draft once its question was shown: what is said only once with a question is said. */
  readonly shown?: (draft: Draft) => Draft;
  /** The answer to a question about the form itself, in words or by a button. */
  readonly explain?: (input: Input, draft: Draft, facts: Facts) => string | undefined;
  /** Whether the message asks something instead of answering. */
  readonly asks?: (text: string) => boolean;
  readonly parse: (draft: unknown) => Draft | undefined;
}

/** The draft as it lies in the conversation: the script's own, and the way back. */
interface Held {
  readonly data: unknown;
  /** Steps answered, oldest first. */
  readonly trail: readonly string[];
  /** A correction under way: then straight back to the review. */
  readonly correcting?: boolean;
  /** The review was shown: corrections return to it, whatever was left open. */
  readonly reviewed?: boolean;
  readonly paused?: boolean;
}

export type Advance<Draft> =
  | {
      readonly kind: "ask";
      readonly state: DialogueState;
      readonly prompt: Prompt;
      readonly draft: Draft;
      readonly step: string;
    }
  | { readonly kind: "done"; readonly draft: Draft; readonly from: string; readonly say?: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "paused"; readonly state: DialogueState }
  /** Not meant for the dialogue, or a part of it is not: answer that, then offer to go on. */
  | {
      readonly kind: "aside";
      readonly state: DialogueState;
      readonly say?: string;
      readonly asks?: string;
    }
  | { readonly kind: "stale" };

export const controls = {
  back: { id: "dialogue:back", label: "上一步", words: /^(?:上一步|返回|退回|回到上一步)$/ },
  skip: {
    id: "dialogue:skip",
    label: "跳过",
    words: /^(?:跳过|不填|没有?|无|不知道|不清楚|略过|没有了|不用了)$/,
  },
  pause: {
    id: "dialogue:pause",
    label: "稍后再说",
    words:
      /^(?:稍后再说|暂停|(?:等会儿?|回头|明天|改天|一会儿?)再(?:说|填|弄)吧?|(?:算了[,,\s]*)?先不(?:说|填|弄|登记|投诉)了?吧?)$/,
  },
  cancel: { id: "dialogue:cancel", label: "取消", words: /^(?:取消|算了|不投诉了|不登记了|退出)$/ },
  resume: { id: "dialogue:resume", label: "继续填写", words: /^(?:继续|继续填写|接着(?:填|说)|继续登记)$/ },
} as const;
export type Control = keyof typeof controls;

/** Opens a script at its first step that still needs asking. */
export function open<Draft, Facts>(script: Script<Draft, Facts>, draft: Draft, facts: Facts): Advance<Draft> {
  return arrive(script, draft, script.first, [], facts);
}

/** One message into an open dialogue. */
export function advance<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  input: Input,
  facts: Facts,
): Advance<Draft> {
  const held = state.version === script.version ? readHeld(state.draft) : undefined;
  const parsed = held && script.parse(held.data);
  const step = script.steps[state.step];
  if (!held || parsed === undefined || !step) return { kind: "stale" };
  const draft = script.shown?.(parsed) ?? parsed;
  const quits = input.choice === undefined && script.quits?.test(input.text.trim()) && !step.final;
  const control = quits ? "cancel" : controlOf(input);

  if (held.paused && control !== "resume" && control !== "cancel") return { kind: "aside", state };
  if (control === "resume") return ask(script, draft, state.step, held, facts);
  if (control === "cancel" && !step.final) return { kind: "cancelled" };
  if (control === "pause" && !step.final)
    return { kind: "paused", state: hold(script, state.step, { ...held, paused: true }) };
  if (control === "back" && !step.final) {
    const before = held.trail.at(-1);
    if (!before) return again(script, state, draft, facts, "已经是第一步了。");
    return ask(script, draft, before, { ...held, trail: held.trail.slice(0, -1), correcting: false }, facts);
  }
  const correction = step.final ? undefined : correctionOf(script, input);
  if (correction) return ask(script, draft, correction, { ...held, correcting: true }, facts);
  if (control === "skip" && step.skip) return leave(script, step.skip(draft), state.step, held, facts);
  if (input.choice !== undefined) return pressed(script, state, held, draft, input, facts);
  return said(script, state, held, draft, input, facts);
}

/** A button: this step's own, an older step's, or one of an answer given aside. */
function pressed<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  held: Held,
  draft: Draft,
  input: Input,
  facts: Facts,
): Advance<Draft> {
  const choice = input.choice ?? "";
  const reading = script.steps[state.step]?.read(input, draft, facts);
  if (reading) return take(script, state, held, draft, reading, facts);
  const told = script.explain?.(input, draft, facts);
  if (told) return again(script, state, draft, facts, told, "info");
  if (choice.startsWith("start:"))
    return again(script, state, draft, facts, `${script.title}正在填写。先填完,或者发“取消”。`);
  return script.marks?.test(choice)
    ? again(script, state, draft, facts, "这个按钮是前面一步的,没有当作这一步的回答。")
    : { kind: "aside", state };
}

/** Words: heard as a whole; else a question, or this step's answer; else asked again. */
function said<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  held: Held,
  draft: Draft,
  input: Input,
  facts: Facts,
): Advance<Draft> {
  const step = script.steps[state.step];
  if (!step) return { kind: "stale" };
  const onlyFiles = input.text.trim() === "" && input.files.length > 0;
  const heard = onlyFiles || step.final ? undefined : script.hear?.(input, draft, facts, state.step);
  if (heard) return follow(script, state, held, heard, input, facts);
  if (input.stale) return again(script, state, draft, facts, staleSays[input.stale]);
  if (!onlyFiles && isAside(script, step, input, draft, facts)) {
    const told = script.explain?.(input, draft, facts);
    return told ? again(script, state, draft, facts, told, "info") : { kind: "aside", state };
  }
  const reading = step.read(input, draft, facts);
  if (reading) return take(script, state, held, draft, reading, facts);
  if (onlyFiles) return again(script, state, draft, facts, undefined);
  if (input.text.trim() === "")
    return again(script, state, draft, facts, `这种消息这里收不了。这一步要${step.takes}。`);
  const told = script.explain?.(input, draft, facts);
  if (told) return again(script, state, draft, facts, told, "info");
  const way = step.skip ? ",也可以发“跳过”" : "";
  return again(script, state, draft, facts, `这一步要${step.takes}${way}。刚才的话没有记进去。`);
}

const staleSays = {
  edited:
    "看到您改了前面的一条消息,没有当作这一步的回答。要改哪一项请直接说,例如“单位错了,是某某局”“改时间”。",
  late: "这条消息是在问这一步之前发出的,没有当作这一步的回答。是回答的话,请再发一次。",
} as const;

function take<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  held: Held,
  draft: Draft,
  reading: Reading<Draft>,
  facts: Facts,
): Advance<Draft> {
  if (reading.kind === "again") return again(script, state, reading.draft ?? draft, facts, reading.because);
  return leave(script, reading.draft, state.step, held, facts, reading.to);
}

/** What was heard is said in a few words, its question answered or handed on, and what is still missing asked next. */
function follow<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  held: Held,
  heard: Heard<Draft>,
  input: Input,
  facts: Facts,
): Advance<Draft> {
  if (heard.to === "cancel") return { kind: "cancelled" };
  const told =
    heard.asks === undefined
      ? undefined
      : script.explain?.({ ...input, text: heard.asks }, heard.draft, facts);
  const next = onTo(script, state, held, heard, facts);
  const says = [heard.say, told].filter((one) => one !== undefined);
  if (next.kind === "done") return says.length > 0 ? { ...next, say: says.join("") } : next;
  if (next.kind !== "ask") return next;
  if (heard.asks !== undefined && told === undefined)
    return { kind: "aside", state: next.state, asks: heard.asks, ...(heard.say && { say: heard.say }) };
  const notes = says.map((text): Block => ({ kind: "notice", level: "info", text }));
  const same = next.step === state.step && next.step === script.review;
  const blocks = same ? next.prompt.blocks.slice(-1) : next.prompt.blocks;
  return { ...next, prompt: { ...next.prompt, blocks: [...notes, ...blocks] } };
}

function onTo<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  held: Held,
  heard: Heard<Draft>,
  facts: Facts,
): Advance<Draft> {
  const answered = heard.steps.includes(state.step);
  const trail = answered || heard.to ? [...held.trail, state.step] : held.trail;
  if (heard.to !== undefined)
    return script.steps[heard.to]
      ? ask(script, heard.draft, heard.to, { ...held, trail, correcting: false }, facts)
      : { kind: "done", draft: heard.draft, from: state.step };
  if (held.correcting && !answered) return ask(script, heard.draft, state.step, held, facts);
  if (held.correcting) return onward(script, heard.draft, held, facts);
  if (held.reviewed && script.review) return ask(script, heard.draft, script.review, held, facts);
  return arrive(script, heard.draft, script.first, trail, facts);
}

/** The open step's prompt, for offering the dialogue again after an aside. */
export function promptOf<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  facts: Facts,
): Prompt | undefined {
  const held = state.version === script.version ? readHeld(state.draft) : undefined;
  const draft = held && script.parse(held.data);
  if (held === undefined || draft === undefined) return undefined;
  const asked = ask(script, draft, state.step, held, facts);
  return asked.kind === "ask" ? asked.prompt : undefined;
}

/** Whether the person has put the dialogue off. */
export function isPaused(state: DialogueState): boolean {
  return readHeld(state.draft)?.paused === true;
}

/** The same dialogue with another draft, for what happened outside the script (a file kept, a report filed). */
export function withDraft<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  change: (draft: Draft) => Draft,
): DialogueState {
  const held = readHeld(state.draft);
  const draft = held && script.parse(held.data);
  return held && draft !== undefined ? { ...state, draft: { ...held, data: change(draft) } } : state;
}

function leave<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  from: string,
  held: Held,
  facts: Facts,
  to?: string,
): Advance<Draft> {
  const step = script.steps[from];
  if (held.correcting && to === undefined) return onward(script, draft, held, facts);
  if (held.reviewed && script.review && from !== script.review && to === undefined)
    return ask(script, draft, script.review, { ...held, trail: [...held.trail, from] }, facts);
  return arrive(script, draft, to ?? step?.next(draft, facts) ?? "end", [...held.trail, from], facts);
}

/** After a correction: to the review, or to the first step that was not reached before. */
function onward<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  held: Held,
  facts: Facts,
): Advance<Draft> {
  const back = { ...held, correcting: false };
  if (held.reviewed && script.review) return ask(script, draft, script.review, back, facts);
  let at = script.first;
  for (const _ of Object.keys(script.steps)) {
    const step = script.steps[at];
    if (!step || at === script.review || !(held.trail.includes(at) || step.known?.(draft, facts))) break;
    at = step.next(draft, facts);
  }
  return ask(script, draft, at, back, facts);
}

/** Goes forward to the first step that is not known yet. */
function arrive<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  to: string,
  trail: readonly string[],
  facts: Facts,
): Advance<Draft> {
  let at = to;
  for (let hops = 0; hops <= Object.keys(script.steps).length; hops += 1) {
    const step = script.steps[at];
    if (!step) break;
    if (!step.known?.(draft, facts)) return ask(script, draft, at, { trail }, facts);
    at = step.next(draft, facts);
  }
  return { kind: "done", draft, from: trail.at(-1) ?? script.first };
}

function ask<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  at: string,
  held: Pick<Held, "trail" | "correcting" | "reviewed">,
  facts: Facts,
): Advance<Draft> {
  const step = script.steps[at];
  if (!step) return { kind: "done", draft, from: at };
  const { trail, correcting = false } = held;
  const reviewed = held.reviewed === true || at === script.review;
  const left = correcting || reviewed ? undefined : leftIn(script, draft, at, facts);
  return {
    kind: "ask",
    state: hold(script, at, { data: draft, trail, correcting, reviewed }),
    draft,
    step: at,
    prompt: numbered(withControls(step.ask(draft, facts), step, trail.length > 0), left),
  };
}

function again<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  draft: Draft,
  facts: Facts,
  because: string | undefined,
  level: "warn" | "info" = "warn",
): Advance<Draft> {
  const held = readHeld(state.draft) ?? { data: draft, trail: [] };
  const asked = ask(script, draft, state.step, held, facts);
  if (asked.kind !== "ask") return asked;
  const blocks: Block[] = [
    ...(because === undefined ? [] : [{ kind: "notice", level, text: because } as const]),
    ...asked.prompt.blocks.slice(-1),
  ];
  return { ...asked, prompt: { ...asked.prompt, blocks } };
}

/** How much of a form that ends in a review is still to be asked, this step with it. */
function leftIn<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  at: string,
  facts: Facts,
): string | undefined {
  const keys = Object.keys(script.steps).filter(
    (key) => !script.steps[key]?.final && !script.steps[key]?.beside && key !== script.review,
  );
  const here = keys.indexOf(at);
  if (here < 0 || script.review === undefined) return undefined;
  const ahead = keys.slice(here + 1).filter((key) => !script.steps[key]?.known?.(draft, facts)).length;
  return ahead === 0 ? "最后一项" : `还剩 ${ahead + 1} 项`;
}

function numbered(prompt: Prompt, left: string | undefined): Prompt {
  const last = prompt.blocks.at(-1);
  if (left === undefined || !last) return prompt;
  const marked: Block =
    last.kind === "text"
      ? { ...last, text: `(${left})${last.text}` }
      : last.kind === "card"
        ? { ...last, title: `${last.title}(${left})` }
        : last;
  return { ...prompt, blocks: [...prompt.blocks.slice(0, -1), marked] };
}

function withControls<Draft, Facts>(prompt: Prompt, step: Step<Draft, Facts>, canGoBack: boolean): Prompt {
  if (step.final) return prompt;
  const extra: Choice[] = [];
  const offer = (control: Control) =>
    extra.push({ id: controls[control].id, label: controls[control].label });
  if (step.skip) offer("skip");
  if (canGoBack) offer("back");
  offer("pause");
  offer("cancel");
  return { blocks: prompt.blocks, choices: [...(prompt.choices ?? []), ...extra] };
}

function controlOf(input: Input): Control | undefined {
  if (input.choice !== undefined) {
    return (Object.keys(controls) as Control[]).find((name) => controls[name].id === input.choice);
  }
  const said = input.text.trim().replace(/[。.!!]$/, "");
  return (Object.keys(controls) as Control[]).find((name) => controls[name].words.test(said));
}

/** `改时间`, `修改地点`, `时间错了`: the step of that name. */
function correctionOf<Draft, Facts>(script: Script<Draft, Facts>, input: Input): string | undefined {
  if (input.choice?.startsWith("fix:"))
    return script.steps[input.choice.slice(4)] ? input.choice.slice(4) : undefined;
  const said =
    /^(?:改|修改|更正|改一下)(.{2,8}?)[。.]?$/.exec(input.text.trim())?.[1] ??
    /^(.{2,8}?)(?:错了|不对|写错了|填错了)[。.]?$/.exec(input.text.trim())?.[1];
  return (
    said && Object.keys(script.steps).find((key) => script.steps[key]?.name === said.replace(/^一下/, ""))
  );
}

/** A question in the middle of a form, or talk a step expects nothing like. */
function isAside<Draft, Facts>(
  script: Script<Draft, Facts>,
  step: Step<Draft, Facts>,
  input: Input,
  draft: Draft,
  facts: Facts,
): boolean {
  if (input.files.length > 0) return false;
  if (step.prose) return step.prose(input, draft, facts);
  if (step.expects) return !step.expects.test(input.text.normalize("NFKC"));
  return script.asks?.(input.text) ?? false;
}

function hold<Draft, Facts>(script: Script<Draft, Facts>, step: string, held: Held): DialogueState {
  return { script: script.name, version: script.version, step, draft: held };
}

function readHeld(draft: unknown): Held | undefined {
  if (typeof draft !== "object" || draft === null || !("data" in draft) || !("trail" in draft))
    return undefined;
  const { data, trail } = draft;
  if (!Array.isArray(trail) || !trail.every((step) => typeof step === "string")) return undefined;
  return {
    data,
    trail,
    correcting: "correcting" in draft && draft.correcting === true,
    reviewed: "reviewed" in draft && draft.reviewed === true,
    paused: "paused" in draft && draft.paused === true,
  };
}
