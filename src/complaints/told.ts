/** What a person tells of an affair of their own while talking, kept so that a form begun later does not ask it again. */
import { matterOf } from "../cases/matters.ts";
import type { Handled, Memory, TurnContext, TurnHandler } from "../conversation.ts";
import { announcesQuestion, asksSomething } from "./form-questions.ts";

const MOST_PIECES = 4;
const LONGEST_PIECE = 600;
/** It was done, to somebody: not asked of the law, nor supposed. */
const DONE =
  /了|过|被|没(?:有)?(?:给|亮|出示|开|告知)|不(?:给|亮|出示|让|管)|把(?:我|俺)|跟我|向我|对我|骂|打/;
const SUPPOSED = /要是|如果|假如|万一|会不会|能不能|可不可以|可以[^,。]{0,8}吗|应不应该|有没有权/;
/** The question that ends a story. */
const TAIL =
  /(?:[,,。\s]*(?:这|那)?(?:该)?(?:怎么办|咋办|咋整|怎么弄|合法吗|对吗|行吗|找谁|去哪里?(?:说理|投诉)|怎么投诉|能投诉吗|算违法吗|违法吗|可以吗)[??]?)+$/;
const WISH = /^(?:我)?(?:想|要|想要|准备)?(?:投诉|举报|告)(?:他们?|它|这个人|你们)?[,,。!!\s]*/;

/** The part of a message that tells what was done; undefined when it tells nothing. */
export function storyIn(text: string): string | undefined {
  if (announcesQuestion(text)) return undefined;
  const told = text
    .trim()
    .replace(TAIL, "")
    .split(/(?<=[,,。;;!!??\n])/)
    .filter((piece) => !asksSomething(piece))
    .join("")
    .replace(WISH, "")
    .trim();
  if (told.length < 6 || SUPPOSED.test(told) || !DONE.test(told)) return undefined;
  return matterOf(told) === "other" ? undefined : told.slice(0, LONGEST_PIECE);
}

/** More of an affair already told: what they did, whatever it was. */
export function tellsOn(text: string): boolean {
  const others = /他们?|她们?|执法|队长|队员|来的人|那个人/.test(text);
  return text.length >= 8 && others && DONE.test(text) && !SUPPOSED.test(text) && !asksSomething(text);
}

/** Remembers what was told, whoever answers it. What is said to an open form goes into the form. */
export function rememberingTold(handler: TurnHandler): TurnHandler {
  return async (context) => {
    const handled = await handler(context);
    return handled && remembered(handled, context);
  };
}

function remembered(handled: Handled, context: TurnContext): Handled {
  const { said, conversation, role } = context;
  if (handled.dialogue || handled.reply.intent.startsWith("dialogue:")) return handled;
  // Sent to another door: what was told is kept already, as it was said.
  if (handled.memory?.told && handled.memory.told !== conversation.memory.told) return handled;
  const story = said.choice === undefined && role !== "officer" ? storyIn(said.text) : undefined;
  const before = conversation.memory.told ?? [];
  const told = story && !before.includes(story) ? [...before, story].slice(-MOST_PIECES) : before;
  if (told.length === 0) return handled;
  const memory: Memory = { ...(handled.memory ?? conversation.memory), told };
  return { ...handled, memory };
}
