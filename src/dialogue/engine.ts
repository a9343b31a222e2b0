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

/** Something said of other fields than the one asked for, put where it belongs. */
export interface Placed<Draft> {
  readonly draft: Draft;
  /** What was put where. */
  readonly say: string;
  /** Steps now answered by it. */
  readonly steps: readonly string[];
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
  /** A correction in words (单位错了 是…), wherever the form stands. */
  readonly amend?: (input: Input, draft: Draft, facts: Facts) => Placed<Draft> | undefined;
  /** A bare value that the step asked for cannot be, put into the field it fits. */
  readonly place?: (input: Input, draft: Draft, facts: Facts, at: string) => Placed<Draft> | undefined;
  /** The answer to a question about the form itself. */
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
  | { readonly kind: "done"; readonly draft: Draft; readonly from: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "paused"; readonly state: DialogueState }
  /** Not meant for the dialogue: answer it, then offer to go on. */
  | { readonly kind: "aside"; readonly state: DialogueState }
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
  const draft = held && script.parse(held.data);
  const step = script.steps[state.step];
  if (!held || draft === undefined || !step) return { kind: "stale" };
  const quits = input.choice === undefined && script.quits?.test(input.text.trim()) && !step.final;
  const control = quits ? "cancel" : controlOf(input);

  if (held.paused && control !== "resume" && control !== "cancel") return { kind: "aside", state };
  if (control === "resume") return ask(script, draft, state.step, held.trail, facts, held.correcting);
  if (control === "cancel" && !step.final) return { kind: "cancelled" };
  if (control === "pause" && !step.final)
    return { kind: "paused", state: hold(script, state.step, { ...held, paused: true }) };
  if (control === "back" && !step.final) {
    const before = held.trail.at(-1);
    if (!before) return again(script, state, draft, facts, "已经是第一步了。");
    return ask(script, draft, before, held.trail.slice(0, -1), facts);
  }
  const correction = step.final ? undefined : correctionOf(script, input);
  if (correction) return ask(script, draft, correction, held.trail, facts, true);
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
  if (choice.startsWith("start:"))
    return again(script, state, draft, facts, `${script.title}正在填写。先填完,或者发“取消”。`);
  return script.marks?.test(choice)
    ? again(script, state, draft, facts, "这个按钮是前面一步的,没有当作这一步的回答。")
    : { kind: "aside", state };
}

/** Words: a correction, a question, this step's answer, another field's value; else asked again. */
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
  if (!onlyFiles && !step.final) {
    const amended = script.amend?.(input, draft, facts);
    if (amended) return stay(script, state, held, amended, facts);
  }
  if (input.stale) {
    const placed = step.final ? undefined : script.place?.(input, draft, facts, "");
    return placed
      ? stay(script, state, held, placed, facts)
      : again(script, state, draft, facts, staleSays[input.stale]);
  }
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
  const placed = step.final ? undefined : script.place?.(input, draft, facts, state.step);
  if (placed) return stay(script, state, held, placed, facts);
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

/** What was put elsewhere is said, and the step asked again; unless it answered this very step. */
function stay<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  held: Held,
  placed: Placed<Draft>,
  facts: Facts,
): Advance<Draft> {
  const answered = placed.steps.includes(state.step);
  const next = answered
    ? leave(script, placed.draft, state.step, held, facts)
    : ask(script, placed.draft, state.step, held.trail, facts, held.correcting);
  if (next.kind !== "ask") return next;
  const note: Block = { kind: "notice", level: "info", text: placed.say };
  return {
    ...next,
    prompt: {
      ...next.prompt,
      blocks: [note, ...(answered ? next.prompt.blocks : next.prompt.blocks.slice(-1))],
    },
  };
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
  const asked = ask(script, draft, state.step, held.trail, facts, held.correcting);
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
  if (held.correcting && to === undefined) return onward(script, draft, held.trail, facts);
  return arrive(script, draft, to ?? step?.next(draft, facts) ?? "end", [...held.trail, from], facts);
}

/** After a correction: to the review, or to the first step that was not reached before. */
function onward<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  trail: readonly string[],
  facts: Facts,
): Advance<Draft> {
  let at = script.first;
  for (const _ of Object.keys(script.steps)) {
    const step = script.steps[at];
    if (!step || at === script.review || !(trail.includes(at) || step.known?.(draft, facts))) break;
    at = step.next(draft, facts);
  }
  return ask(script, draft, at, trail, facts);
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
    if (!step.known?.(draft, facts)) return ask(script, draft, at, trail, facts);
    at = step.next(draft, facts);
  }
  return { kind: "done", draft, from: trail.at(-1) ?? script.first };
}

function ask<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  at: string,
  trail: readonly string[],
  facts: Facts,
  correcting = false,
): Advance<Draft> {
  const step = script.steps[at];
  if (!step) return { kind: "done", draft, from: at };
  const state = hold(script, at, { data: draft, trail, correcting });
  return {
    kind: "ask",
    state,
    draft,
    step: at,
    prompt: numbered(
      withControls(step.ask(draft, facts), step, trail.length > 0),
      correcting ? undefined : placeIn(script, draft, at, trail, facts),
    ),
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
  const asked = ask(script, draft, state.step, held.trail, facts, held.correcting);
  if (asked.kind !== "ask") return asked;
  const blocks: Block[] = [
    ...(because === undefined ? [] : [{ kind: "notice", level, text: because } as const]),
    ...asked.prompt.blocks.slice(-1),
  ];
  return { ...asked, prompt: { ...asked.prompt, blocks } };
}

/** `第 2 步,共 6 步`, of a form that ends in a review: steps answered, and those still to be asked. */
function placeIn<Draft, Facts>(
  script: Script<Draft, Facts>,
  draft: Draft,
  at: string,
  trail: readonly string[],
  facts: Facts,
): string | undefined {
  const keys = Object.keys(script.steps).filter(
    (key) => !script.steps[key]?.final && !script.steps[key]?.beside,
  );
  const here = keys.indexOf(at);
  if (here < 0 || script.review === undefined) return undefined;
  const answered = keys.slice(0, here).filter((key) => trail.includes(key)).length;
  const ahead = keys.slice(here + 1).filter((key) => !script.steps[key]?.known?.(draft, facts)).length;
  return `第 ${answered + 1} 步,共 ${answered + 1 + ahead} 步`;
}

function numbered(prompt: Prompt, place: string | undefined): Prompt {
  const last = prompt.blocks.at(-1);
  if (place === undefined || !last) return prompt;
  const marked: Block =
    last.kind === "text"
      ? { ...last, text: `(${place})${last.text}` }
      : last.kind === "card"
        ? { ...last, title: `${last.title}(${place})` }
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
    paused: "paused" in draft && draft.paused === true,
  };
}
