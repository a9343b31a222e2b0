/** A script with its effects, as the handler runs it: what a finished step means is the script's own business. */
import type { DialogueState, Handled, TurnContext } from "../conversation.ts";
import type { Block, Choice, Citation, Outcome } from "../reply.ts";
import type { Transaction } from "../store/database.ts";
import {
  type Advance,
  advance,
  controls,
  type Input,
  isPaused,
  open,
  promptOf,
  type Script,
} from "./engine.ts";

/** What the end of a script says and does. `state` keeps the dialogue open at another step. */
export interface Finished {
  readonly outcome: Outcome;
  readonly blocks: readonly Block[];
  readonly choices?: readonly Choice[];
  readonly citations?: readonly Citation[];
  readonly state?: DialogueState | null;
  /** A complaint was filed or looked at: the talk remembers that there is one, never which. */
  readonly lodged?: boolean;
  readonly commit?: (transaction: Transaction) => Promise<void>;
}

export interface Scripted {
  readonly name: string;
  readonly title: string;
  /** Talk about something else ends it: nothing in it is waiting to be filed. */
  readonly lapses: boolean;
  /** @param seed what followed the script's name in `start:<script>:<seed>`. @param said what the person wrote. */
  start(context: TurnContext, seed: string | undefined, said: string): Promise<Handled>;
  turn(context: TurnContext, state: DialogueState): Promise<Handled | Aside>;
  /** What to show when the dialogue is offered again after an aside. */
  offer(context: TurnContext, state: DialogueState): Promise<Offer>;
}

/** The message, or a part of it, is not for the dialogue: the house answers that, and the dialogue goes on from `state`. */
export interface Aside {
  readonly aside: DialogueState;
  /** What the rest of the message came to. */
  readonly notices: readonly Block[];
  /** The part that asks; absent, the whole message. */
  readonly asks?: string;
  readonly commit?: (transaction: Transaction) => Promise<void>;
}

export interface Offer {
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
}

export type Beginning<Draft> = { readonly draft: Draft } | { readonly finished: Finished };

export interface Parts<Draft, Facts> {
  readonly script: Script<Draft, Facts>;
  readonly lapses?: boolean;
  readonly facts: (context: TurnContext, state?: DialogueState) => Promise<Facts>;
  /** The draft to begin with, or a reply when it cannot begin. */
  readonly begin: (
    context: TurnContext,
    seed: string | undefined,
    said: string,
    facts: Facts,
  ) => Promise<Beginning<Draft>>;
  /** Keeps what came as files and what else needs the world, before the step reads the message. */
  readonly receive?: (context: TurnContext, state: DialogueState) => Promise<Received>;
  readonly finish: (draft: Draft, from: string, context: TurnContext, facts: Facts) => Promise<Finished>;
  /** Blocks' sources, by the law they cite. */
  readonly citations: (draft: Draft, step: string, facts: Facts) => readonly Citation[];
}

export interface Received {
  readonly files: readonly string[];
  readonly state: DialogueState;
  readonly notices: readonly Block[];
  readonly commit?: (transaction: Transaction) => Promise<void>;
}

export function createScripted<Draft, Facts>(parts: Parts<Draft, Facts>): Scripted {
  const { script } = parts;
  const intent = `dialogue:${script.name}`;

  async function toHandled(
    result: Advance<Draft>,
    context: TurnContext,
    facts: Facts,
    received?: Received,
  ): Promise<Handled | Aside> {
    const notices = received?.notices ?? [];
    const commit = received?.commit;
    const reply = (
      outcome: Outcome,
      blocks: readonly Block[],
      choices: readonly Choice[] = [],
      citations: readonly Citation[] = [],
    ) => ({
      outcome,
      intent,
      blocks: [...notices, ...blocks],
      choices,
      citations,
    });
    switch (result.kind) {
      case "aside":
        return {
          aside: result.asks === undefined ? result.state : askedNow(result.state, context),
          notices: [...notices, ...(result.say ? [notice(result.say)] : [])],
          ...(result.asks !== undefined && { asks: result.asks }),
          commit,
        };
      case "ask":
        return {
          reply: reply(
            "clarify",
            result.prompt.blocks,
            result.prompt.choices ?? [],
            parts.citations(result.draft, result.step, facts),
          ),
          dialogue: askedNow(result.state, context),
          commit,
        };
      case "cancelled":
        return {
          reply: reply("answered", [
            say(
              parts.lapses
                ? `好的,${script.title}结束。`
                : `已取消${script.title},填写的内容已清除,没有登记。`,
            ),
          ]),
          dialogue: null,
          commit,
        };
      case "paused":
        return {
          reply: reply(
            "answered",
            [say(`好的,${script.title}先放一放,已填的内容为您保留 7 天,尚未登记。想接着填时,发“继续”。`)],
            [choiceOf("resume"), choiceOf("cancel")],
          ),
          dialogue: result.state,
          commit,
        };
      case "stale":
        return {
          reply: reply(
            "clarify",
            [say(`${script.title}的流程已更新,之前没填完的内容无法沿用,请重新开始。`)],
            [{ id: `start:${script.name}`, label: `重新开始${script.title}` }],
          ),
          dialogue: null,
          commit,
        };
      case "done": {
        const finished = await parts.finish(result.draft, result.from, context, facts);
        return {
          reply: reply(
            finished.outcome,
            [...(result.say ? [notice(result.say)] : []), ...finished.blocks],
            finished.choices,
            finished.citations,
          ),
          dialogue: finished.state ?? null,
          ...lodged(finished, context),
          commit: both(commit, finished.commit),
        };
      }
    }
  }

  return {
    name: script.name,
    title: script.title,
    lapses: parts.lapses ?? false,
    async start(context, seed, said) {
      const facts = await parts.facts(context);
      const beginning = await parts.begin(context, seed, said, facts);
      if ("finished" in beginning) {
        const { finished } = beginning;
        return {
          reply: {
            outcome: finished.outcome,
            intent,
            blocks: finished.blocks,
            choices: finished.choices ?? [],
            citations: finished.citations ?? [],
          },
          dialogue: finished.state ?? null,
          ...lodged(finished, context),
          commit: finished.commit,
        };
      }
      const handled = await toHandled(open(script, beginning.draft, facts), context, facts);
      if ("aside" in handled) throw new Error("a script cannot open with an aside");
      return handled;
    },
    async turn(context, state) {
      const received = await parts.receive?.(context, state);
      const facts = await parts.facts(context, state);
      const { said } = context;
      const stale = staleness(context, state);
      const input: Input = {
        ...said,
        text: said.whole,
        files: received?.files ?? [],
        ...(context.turn.thing && { thing: context.turn.thing }),
        ...(stale && { stale }),
      };
      return toHandled(advance(script, received?.state ?? state, input, facts), context, facts, received);
    },
    async offer(context, state) {
      if (isPaused(state))
        return {
          blocks: [notice(`${script.title}还没有登记,内容为您保留着。发“继续”接着填。`)],
          choices: [choiceOf("resume"), choiceOf("cancel")],
        };
      const prompt = promptOf(script, state, await parts.facts(context, state));
      return {
        blocks: [notice(`接着${script.title}:`), ...(prompt?.blocks.slice(-1) ?? [])],
        choices: prompt?.choices ?? [],
      };
    },
  };
}

/** Once filed, what was told before belongs to that complaint and to no later one. */
function lodged(finished: Finished, context: TurnContext): Pick<Handled, "memory"> {
  if (!finished.lodged) return {};
  return { memory: { ...context.conversation.memory, told: [], lodged: true } };
}

const askedNow = (state: DialogueState, { turn }: TurnContext): DialogueState => ({
  ...state,
  askedAt: turn.at.getTime(),
});

/** Doors tell the time of sending in whole seconds. */
const SENT_WITHIN_MS = 1000;

/** Whether what was said can be an answer to the step asked: words that were changed, or sent before it, cannot. */
function staleness(context: TurnContext, state: DialogueState): Input["stale"] {
  const { turn, said } = context;
  if (said.choice !== undefined) return undefined;
  if (turn.edited) return "edited";
  const { askedAt } = state;
  return turn.sentAt !== undefined &&
    askedAt !== undefined &&
    turn.sentAt.getTime() + SENT_WITHIN_MS <= askedAt
    ? "late"
    : undefined;
}

function notice(text: string): Block {
  return { kind: "notice", level: "info", text };
}

export function say(text: string): Block {
  return { kind: "text", text };
}

function choiceOf(control: keyof typeof controls): Choice {
  return { id: controls[control].id, label: controls[control].label };
}

export function both(first: Finished["commit"], second: Finished["commit"]): Finished["commit"] {
  if (!first || !second) return first ?? second;
  return async (transaction) => {
    await first(transaction);
    await second(transaction);
  };
}
