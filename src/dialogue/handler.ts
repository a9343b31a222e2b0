/** Open dialogues, and everything that opens one: `start:<script>[:seed]`, a receipt standing in a message, plain words. */
import { isEmergency } from "../answering/understand/danger.ts";
import { findReceipt } from "../complaints/receipt.ts";
import type { Want } from "../complaints/wants.ts";
import type { Handled, TurnContext, TurnHandler } from "../conversation.ts";
import type { Block } from "../reply.ts";
import { controls } from "./engine.ts";
import { both, type Scripted } from "./scripted.ts";
import { besideWords, replyToThing } from "./things.ts";

export interface DialogueHandlerParts {
  readonly scripts: readonly Scripted[];
  /** Answers what is said aside while a dialogue is open. */
  readonly answer: TurnHandler;
  /** The script plain words ask for, or the door they belong to, when they do so beyond doubt. */
  readonly wants: (context: TurnContext) => Want | undefined;
}

const DANGER: Block = {
  kind: "notice",
  level: "urgent",
  text: "如果危险正在发生,请先拨打 110,确保自身安全。",
};

const nothingOpen: Handled = {
  reply: {
    outcome: "answered",
    intent: "help",
    blocks: [{ kind: "text", text: "现在没有正在填写的内容,不用取消。您可以接着问。" }],
    choices: [],
    citations: [],
  },
};

export function createDialogueHandler(parts: DialogueHandlerParts): TurnHandler {
  const scriptNamed = (name: string | undefined) => parts.scripts.find((script) => script.name === name);

  return async (context) => {
    const handled = await handle(context);
    return handled &&
      context.said.text !== "" &&
      isEmergency(context.said.text) &&
      handled.reply.intent.startsWith("dialogue:")
      ? { ...handled, reply: { ...handled.reply, blocks: [DANGER, ...handled.reply.blocks] } }
      : handled;
  };

  async function handle(context: TurnContext): Promise<Handled | undefined> {
    const { said, conversation } = context;
    const started = /^start:([a-z]+)(?::(.+))?$/.exec(said.choice ?? "");
    const asked = scriptNamed(started?.[1]);
    const state = conversation.dialogue;
    const current = scriptNamed(state?.script);
    if (state && !current) return { ...(await fallback(context)), dialogue: null };
    if (asked && !(state && current)) {
      const { pending } = conversation.memory;
      return asked.start(context, started?.[2], pending?.intent === asked.name ? pending.text : "");
    }
    const receipt = said.choice === undefined ? findReceipt(said.text) : undefined;
    // Within a form 17 digits may be the receipt typed back; a talk that only looks something up gives way.
    // Asked for, it is the answer to its own step.
    const awaited = current?.lapses && state?.step === "receipt";
    if (receipt && !awaited && (!current || current.lapses))
      return scriptNamed("status")?.start(context, receipt, "");
    if (state && current) return goOn(context, current);
    if (controls.cancel.words.test(said.text)) return nothingOpen;
    if (said.choice !== undefined) return undefined;
    const thing = replyToThing(context);
    if (thing) return thing;
    const want = parts.wants(context);
    if (want?.kind === "reply") return besideWords(context, want.handled);
    if (want) return begun(context, await scriptNamed(want.name)?.start(context, want.seed, said.whole));
    return context.turn.files.length > 0 ? besideWords(context, await fallback(context)) : undefined;
  }

  async function goOn(context: TurnContext, current: Scripted): Promise<Handled> {
    const state = context.conversation.dialogue;
    if (!state) return fallback(context);
    const handled = await current.turn(context, state);
    if (!("aside" in handled)) return handled;
    const { aside, notices, asks } = handled;
    const answered = await fallback(asks === undefined ? context : only(asks, context));
    if (current.lapses) return { ...answered, dialogue: null };
    const offer = await current.offer(context, aside);
    return {
      ...answered,
      dialogue: aside,
      reply: {
        ...answered.reply,
        blocks: [...notices, ...answered.reply.blocks, ...offer.blocks],
        choices: [
          ...offer.choices,
          ...answered.reply.choices.filter((choice) => !choice.id.startsWith("start:")),
        ],
      },
      commit: both(handled.commit, answered.commit),
    };
  }

  async function fallback(context: TurnContext): Promise<Handled> {
    const answered = await parts.answer(context);
    if (!answered) throw new Error("no handler answered the aside");
    return answered;
  }
}

/** What is asked aside in a form is asked of the form's affair, not of the answer before it. */
function begun({ conversation }: TurnContext, handled: Handled | undefined): Handled | undefined {
  return handled && { memory: { ...conversation.memory, intent: undefined }, ...handled };
}

/** The turn as if nothing but this part of it had been said. */
function only(part: string, context: TurnContext): TurnContext {
  return {
    ...context,
    turn: { ...context.turn, text: part, files: [] },
    said: { text: part, whole: part },
  };
}
