/** Length: the first screen answers; what goes further waits behind a button. */
import type { Block } from "../../reply.ts";
import type { Answer, Ask } from "../answer.ts";
import { textsOf } from "../gates/gates.ts";

/** Characters shown before the first button: of an answer in words, and of one with something computed. */
const PLAIN = 160;
const COMPUTED = 260;
/** A deadline is shown as a date and a count that opens. */
const DEADLINE = 40;

export const MORE = "more";

const computed = (block: Block): boolean => block.kind !== "text" && block.kind !== "notice";
const sizeOf = (block: Block): number =>
  block.kind === "deadline" ? DEADLINE : textsOf(block).reduce((sum, text) => sum + text.length, 0);

/** The answer's beginning; the rest is one press away. Danger and forms are never folded. */
export function fold(ask: Ask, answer: Answer): Answer {
  const asks = answer.remember.last?.asked !== undefined;
  if (answer.outcome === "emergency" || (answer.outcome === "clarify" && !asks)) return answer;
  const budget = answer.blocks.some(computed) ? COMPUTED : PLAIN;
  const kept: Block[] = [];
  let used = 0;
  let shown = false;
  const asked = asks ? answer.blocks.at(-1) : undefined;
  for (const block of answer.blocks) {
    const size = sizeOf(block);
    const firstComputed = computed(block) && !shown;
    const goes = firstComputed || warns(block) || block === asked;
    if (kept.length > 0 && used + size > budget && !goes) continue;
    kept.push(block);
    used += size;
    shown ||= computed(block);
  }
  if (kept.length === answer.blocks.length) return answer;
  const { last } = answer.remember;
  const point = last?.point ?? ask.chosenPoint;
  const folded = { intent: answer.intent, text: ask.part.text.slice(0, 300), ...(point ? { point } : {}) };
  return {
    ...answer,
    blocks: kept,
    choices: [{ id: MORE, label: "说详细点" }, ...answer.choices],
    remember: { ...answer.remember, last: { ...last, folded } },
  };
}

/** A warning belongs to what it warns of. */
const warns = (block: Block): boolean => block.kind === "notice" && block.level !== "info";
