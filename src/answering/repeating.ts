/** The same answer is not given twice in a row to other words: the person is asked what is still open instead. */
import type { Memory } from "../conversation.ts";
import type { Block } from "../reply.ts";
import { answers } from "../wording/answers.ts";
import { talk as words } from "../wording/talk.ts";
import type { Answer, Ask } from "./answer.ts";
import { contentOf } from "./matching.ts";
import { inCase, tellsOfCase } from "./talk/told.ts";

/** Whatever is asked may well be answered by what was shown. */
const ASKS = /怎么|咋|什么|啥|哪|谁|几|多|吗|不$|呢|[?]|能|要/;
/** Longest matter kept for what follows. */
const MOST_KEPT = 60;

export function notAgain(ask: Ask, answer: Answer): Answer {
  const marks = answer.blocks.map(markOf);
  const { last } = ask.memory;
  const matter = contentOf(ask).length >= 2 ? ask.part.text.slice(0, MOST_KEPT) : last?.matter;
  const remember: Partial<Memory> = {
    ...answer.remember,
    last: { ...(matter ? { matter } : {}), ...answer.remember.last, marks },
  };
  // Only of words nobody understood, which were taken for more of the talk.
  const shown = new Set(last?.marks);
  const again =
    !ASKS.test(ask.said) &&
    ask.part.followUp &&
    ask.part.confidence === 0 &&
    marks.every((mark) => shown.has(mark));
  const told = tellsOfCase(ask) && marks.every((mark) => shown.has(mark));
  if (told || (again && inCase(ask.memory))) return noted(ask, answer, remember);
  if (!again) return { ...answer, remember };
  return {
    ...answer,
    outcome: "clarify",
    blocks: [{ kind: "text", text: answers.again }],
    citations: [],
    remember,
  };
}

/** What was told changes nothing of what was said before: it is noted, and what is still missing is asked. */
function noted(ask: Ask, answer: Answer, remember: Partial<Memory>): Answer {
  const [yuan] = ask.part.mentions.amountsYuan;
  const heard = yuan === undefined ? words.heard : words.noted([`${yuan}元`]);
  const asked = remember.last?.asked === undefined ? undefined : answer.blocks.at(-1);
  const blocks: Block[] = [{ kind: "text", text: heard }, ...(asked?.kind === "text" ? [asked] : [])];
  return { ...answer, outcome: "clarify", blocks, remember };
}

/** FNV-1a of what is shown, without its citations. */
function markOf(block: Block): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify({ ...block, cites: undefined }))
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(36);
}
