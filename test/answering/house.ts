/** The answering side over the shipped records, without a store: talks are arrays of what is said. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { readServiceAsks } from "../../knowledge/service-asks.ts";
import { type AnsweringParts, createAnswering } from "../../src/answering/answering.ts";
import { readFinder } from "../../src/answering/finding/model.ts";
import { createRouter } from "../../src/answering/understand/router.ts";
import { resolveChoice } from "../../src/assistant.ts";
import { type ConversationState, emptyConversation, type Handled } from "../../src/conversation.ts";
import type { Day } from "../../src/law/day.ts";
import { createLibrary, type Library } from "../../src/records/library.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import type { Role, Turn } from "../../src/turn.ts";

const release = {
  id: "r20261124-000000-00000000",
  publishedAt: "2026-11-24T00:00:00.000Z",
  preparedBy: "甲",
  publishedBy: "乙",
  digest: "0".repeat(64),
  records: 0,
};

export const libraryOf = (records: readonly PublishedRecord[]): Library => createLibrary(release, records);

let shipped: Library | undefined;
export function shippedLibrary(): Library {
  shipped ??= libraryOf(readShipped({ demo: true }));
  return shipped;
}

const router = createRouter(
  JSON.parse(readFileSync(new URL("../../knowledge/models/route.json", import.meta.url), "utf8")),
);

const learned = readFinder(fileURLToPath(new URL("../../knowledge/models", import.meta.url)));
const asks = readServiceAsks();

export function anAnswering(more: Partial<AnsweringParts> = {}) {
  return createAnswering({
    calendar: () => loadCalendar(),
    router: () => router,
    finder: () => learned,
    serviceAsks: () => asks,
    log: pino({ level: "silent" }),
    ...more,
  });
}

export interface Manners {
  readonly role?: Role;
  readonly area?: string;
  readonly today?: Day;
  readonly library?: Library;
  readonly answering?: ReturnType<typeof createAnswering>;
}

const usual = anAnswering();

/** Says the lines in one conversation and gives back every answer. */
export async function talk(lines: readonly string[], manners: Manners = {}): Promise<readonly Handled[]> {
  const answering = manners.answering ?? usual;
  const today = manners.today ?? "2026-11-24";
  const role = manners.role ?? "citizen";
  const out: Handled[] = [];
  let conversation: ConversationState = emptyConversation;
  for (const [index, text] of lines.entries()) {
    const turn: Turn = {
      id: String(index),
      door: "api",
      conversation: "c",
      person: "p",
      role,
      text,
      files: [],
      ...(manners.area ? { area: manners.area } : {}),
      at: new Date(`${today}T12:00:00+08:00`),
    };
    const handled = await answering.handler({
      turn,
      said: resolveChoice(turn, conversation.choices),
      role,
      conversation,
      library: manners.library ?? shippedLibrary(),
      today,
    });
    if (!handled) throw new Error("the last handler always answers");
    out.push(handled);
    conversation = {
      ...emptyConversation,
      memory: handled.memory ?? conversation.memory,
      choices: handled.reply.choices,
    };
  }
  return out;
}

/** The last answer of a talk. */
export async function lastOf(lines: readonly string[], manners: Manners = {}): Promise<Handled["reply"]> {
  const answer = (await talk(lines, manners)).at(-1);
  if (!answer) throw new Error("nothing was said");
  return answer.reply;
}

/** The last days an answer names. */
export function lastDays(reply: Handled["reply"]): readonly string[] {
  return reply.blocks.flatMap((block) => (block.kind === "deadline" ? [block.deadline.lastDay] : []));
}
