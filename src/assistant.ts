/**
 * The front door of the house: one turn in, one reply out, on every channel alike.
 * A redelivered turn gets the reply it already got; nothing is said before it is saved; `reply` never rejects.
 */
import { createHash, hkdfSync } from "node:crypto";
import {
  type ConversationState,
  emptyConversation,
  type Handled,
  STATE_VERSION,
  type TurnHandler,
  type Utterance,
} from "./conversation.ts";
import { asAppError } from "./error.ts";
import { type Keys, seal, unseal } from "./keys.ts";
import { dayOf } from "./law/day.ts";
import type { Log } from "./log.ts";
import type { Library } from "./records/library.ts";
import type { Choice, Reply } from "./reply.ts";
import { isUniqueViolation, type Store } from "./store/database.ts";
import { readable, type Turn } from "./turn.ts";

export interface Assistant {
  reply(turn: Turn): Promise<Reply>;
}

export interface AssistantParts {
  readonly store: Store;
  readonly keys: Keys;
  readonly log: Log;
  readonly library: () => Library;
  /** Tried in order; the last one always answers. */
  readonly handlers: readonly TurnHandler[];
}

/** Another worker moved the conversation on while this turn was being answered. */
class Overtaken extends Error {}
const MAX_TRIES = 4;

export function createAssistant(parts: AssistantParts): Assistant {
  const inLine = new Map<string, Promise<unknown>>();

  async function reply(turn: Turn): Promise<Reply> {
    const before = inLine.get(turn.conversation) ?? Promise.resolve();
    const mine = before.then(() => answerSafely(parts, turn));
    inLine.set(turn.conversation, mine);
    const answer = await mine;
    if (inLine.get(turn.conversation) === mine) inLine.delete(turn.conversation);
    return answer;
  }
  return { reply };
}

/** The one catch: any failure becomes a sentence with a reference number. */
async function answerSafely(parts: AssistantParts, turn: Turn): Promise<Reply> {
  for (let tries = 1; ; tries++) {
    try {
      return await answerOnce(parts, turn);
    } catch (thrown) {
      if ((thrown instanceof Overtaken || isUniqueViolation(thrown)) && tries < MAX_TRIES) continue;
      const error = asAppError(thrown);
      const reference = createHash("sha256")
        .update(`${turn.id} ${turn.at.getTime()}`)
        .digest("hex")
        .slice(0, 8);
      parts.log.error(
        { reference, code: error.code, detail: error.detail, err: error.cause ?? error },
        "turn failed",
      );
      return {
        turn: turn.id,
        outcome: "failed",
        intent: "failed",
        blocks: [{ kind: "notice", level: "warn", text: `${error.say}(编号 ${reference})` }],
        choices: [],
        citations: [],
        labels: [],
        release: parts.library().release.id,
        reference,
      };
    }
  }
}

async function answerOnce(parts: AssistantParts, turn: Turn): Promise<Reply> {
  const { db } = parts.store;
  const turnKey = parts.keys.digest("turn", turn.id);
  const conversationKey = parts.keys.digest("conversation", turn.conversation);
  const replyKey = Buffer.from(hkdfSync("sha256", parts.keys.derive("reply"), "", turn.id, 32));
  const stateKey = parts.keys.derive("conversation-state");

  const answered = await db.selectFrom("turn").select("reply").where("id", "=", turnKey).executeTakeFirst();
  if (answered) return JSON.parse(unseal(replyKey, answered.reply, turnKey).toString()) as Reply;

  const row = await db
    .selectFrom("conversation")
    .select(["version", "state"])
    .where("id", "=", conversationKey)
    .executeTakeFirst();
  const conversation = row ? readState(unseal(stateKey, row.state, conversationKey)) : emptyConversation;
  const library = parts.library();
  const handled = await handle(parts.handlers, turn, conversation, library);
  const reply: Reply = {
    turn: turn.id,
    ...handled.reply,
    labels: labelsOf(handled, library),
    release: library.release.id,
  };
  const state = nextState(conversation, handled);

  await db.transaction().execute(async (transaction) => {
    const at = turn.at.getTime();
    const sealed = seal(stateKey, JSON.stringify(state), conversationKey);
    if (row) {
      const moved = await transaction
        .updateTable("conversation")
        .set({ version: row.version + 1, state: sealed, at })
        .where("id", "=", conversationKey)
        .where("version", "=", row.version)
        .executeTakeFirst();
      if (moved.numUpdatedRows !== 1n) throw new Overtaken();
    } else {
      await transaction
        .insertInto("conversation")
        .values({ id: conversationKey, version: 1, state: sealed, at })
        .execute();
    }
    await transaction
      .insertInto("turn")
      .values({
        id: turnKey,
        conversation: conversationKey,
        reply: seal(replyKey, JSON.stringify(reply), turnKey),
        at,
      })
      .execute();
    await handled.commit?.(transaction);
  });
  return reply;
}

async function handle(
  handlers: readonly TurnHandler[],
  turn: Turn,
  conversation: ConversationState,
  library: Library,
): Promise<Handled> {
  const said = resolveChoice(turn, conversation.choices);
  const role = conversation.officer ? "officer" : turn.role;
  for (const handler of handlers) {
    const handled = await handler({ turn, said, role, conversation, library, today: dayOf(turn.at) });
    if (handled) return stopSwitchedOff(handled, library);
  }
  throw new Error("no handler answered");
}

/** A topic the office has switched off is not answered, on any door; the person is told so and whom to ask. */
function stopSwitchedOff(handled: Handled, library: Library): Handled {
  const reason = library.topicsOff.get(handled.reply.intent);
  if (reason === undefined) return handled;
  const text = `这类问题暂停回答:${reason}。请直接向该行政机关或本级司法行政部门咨询。`;
  const reply = {
    ...handled.reply,
    outcome: "declined",
    blocks: [{ kind: "notice", level: "info", text }],
  } as const;
  return { reply: { ...reply, choices: [], citations: [] } };
}

/** A typed `2`, a label or an id all mean the same choice; doors keep no state. */
export function resolveChoice(turn: Pick<Turn, "text" | "choice">, offered: readonly Choice[]): Utterance {
  const whole = turn.text.trim();
  const text = readable(whole);
  if (turn.choice !== undefined) return { text, whole, choice: turn.choice };
  const typed = text.normalize("NFKC").replace(/[.、。)]$/, "");
  const byNumber = /^\d{1,2}$/.test(typed) ? offered[Number(typed) - 1] : undefined;
  const chosen = byNumber ?? offered.find((choice) => choice.label === text || choice.id === text);
  return chosen ? { text, whole, choice: chosen.id } : { text, whole };
}

function nextState(before: ConversationState, handled: Handled): ConversationState {
  return {
    v: STATE_VERSION,
    memory: handled.memory ?? before.memory,
    dialogue: handled.dialogue === undefined ? before.dialogue : (handled.dialogue ?? undefined),
    choices: handled.reply.choices,
    officer: handled.officer === undefined ? before.officer : (handled.officer ?? undefined),
  };
}

/** State of another version is not guessed at: the conversation starts afresh. */
function readState(bytes: Buffer): ConversationState {
  const state = JSON.parse(bytes.toString()) as ConversationState;
  return state.v === STATE_VERSION ? state : emptyConversation;
}

/** 演示数据 stands on every answer that used a record of the fictional city. */
function labelsOf(handled: Handled, library: Library): readonly string[] {
  const demo = handled.reply.citations.some((citation) => {
    const record = library.find(citation.record);
    return record !== undefined && library.isDemo(record);
  });
  return [...new Set([...(handled.reply.labels ?? []), ...(demo ? ["演示数据"] : []), "自动回答"])];
}
