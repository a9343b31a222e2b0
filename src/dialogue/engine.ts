/**
 * Scripted conversations as data: a script is a table of steps, and `advance` is the only thing that walks it. Pure: what
 * a step needs to know comes in `facts`, what it learned goes into the draft, and every effect is the caller's.
 */
import type { DialogueState } from "../conversation.ts";
import type { Block, Choice } from "../reply.ts";

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
}

export interface Step<Draft, Facts> {
  /** What going back and correcting call it: `时间`. */
  readonly name: string;
  readonly ask: (draft: Draft, facts: Facts) => Prompt;
  readonly read: (input: Input, draft: Draft, facts: Facts) => Reading<Draft>;
  /** The next step, or `end`. */
  readonly next: (draft: Draft, facts: Facts) => string;
  /** Already answered, or not needed: passed over on the way forward. */
  readonly known?: (draft: Draft, facts: Facts) => boolean;
  /** May be left empty. */
  readonly skip?: (draft: Draft) => Draft;
  /** Its answer is prose: a question in it is part of the answer, not an aside. */
  readonly prose?: boolean;
  /** Whatever does not look like this is talk about something else. */
  readonly expects?: RegExp;
  /** Nothing may be gone back on or cancelled from here: it is filed. */
  readonly final?: boolean;
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
    words: /^(?:跳过|不填|没有|无|不知道|不清楚|略过|没有了|不用了)$/,
  },
  pause: {
    id: "dialogue:pause",
    label: "稍后再说",
    words: /^(?:稍后再说|暂停|等会儿?再说|回头再说|明天再说|先不说了?)$/,
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
  const control = controlOf(input);

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
  if (isAside(step, input)) return { kind: "aside", state };

  const reading = step.read(input, draft, facts);
  if (reading.kind === "again") return again(script, state, reading.draft ?? draft, facts, reading.because);
  return leave(script, reading.draft, state.step, held, facts, reading.to);
}

/** The open step's prompt, for offering the dialogue again after an aside. */
export function promptOf<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  facts: Facts,
): Prompt | undefined {
  const held = state.version === script.version ? readHeld(state.draft) : undefined;
  const draft = held && script.parse(held.data);
  const step = script.steps[state.step];
  return draft !== undefined && step ? step.ask(draft, facts) : undefined;
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
  if (held.correcting && script.review && to === undefined)
    return ask(script, draft, script.review, held.trail, facts);
  return arrive(script, draft, to ?? step?.next(draft, facts) ?? "end", [...held.trail, from], facts);
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
    prompt: withControls(step.ask(draft, facts), step, trail.length > 0),
  };
}

function again<Draft, Facts>(
  script: Script<Draft, Facts>,
  state: DialogueState,
  draft: Draft,
  facts: Facts,
  because: string,
): Advance<Draft> {
  const held = readHeld(state.draft) ?? { data: draft, trail: [] };
  const asked = ask(script, draft, state.step, held.trail, facts, held.correcting);
  if (asked.kind !== "ask") return asked;
  const blocks: Block[] = [
    { kind: "notice", level: "warn", text: because },
    ...asked.prompt.blocks.slice(-1),
  ];
  return { ...asked, prompt: { ...asked.prompt, blocks } };
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

/** A question in the middle of a form, where the form did not ask for prose. */
function isAside<Draft, Facts>(step: Step<Draft, Facts>, input: Input): boolean {
  if (step.prose || input.choice !== undefined || input.files.length > 0) return false;
  if (step.expects) return !step.expects.test(input.text.normalize("NFKC"));
  return (
    input.text.length >= 4 &&
    /[??]\s*$|^(?:请问|问一下|怎么|如何|为什么|什么是|多久|多少天)/.test(input.text.trim())
  );
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
