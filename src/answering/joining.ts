/** Several answers as one reply: matters in order, citations counted once, nothing said twice. */
import type { Handled } from "../conversation.ts";
import type { Block, Choice, Citation } from "../reply.ts";
import { conduct } from "../wording/law.ts";
import type { Answer } from "./answer.ts";
import { intents } from "./intents.ts";

const MOST_CHOICES = 8;

/** Several answers as one reply, in the order the matters were said. */
export function join(all: readonly Answer[], cut: boolean): Handled["reply"] {
  const answers = withoutDoubts(all);
  const blocks: Block[] = [];
  const citations: Citation[] = [];
  const choices: Choice[] = [];
  answers.forEach((answer, index) => {
    if (index > 0 && !answer.direct)
      blocks.push({ kind: "text", text: conduct.moreParts(intents[answer.intent]) });
    const places = answer.citations.map((citation) => {
      const at = citations.findIndex(
        (one) => one.record === citation.record && one.locator === citation.locator,
      );
      return at >= 0 ? at : citations.push(citation) - 1;
    });
    for (const block of answer.blocks) blocks.push(moveCites(block, places));
    for (const choice of answer.choices) {
      if (!choices.some((one) => one.id === choice.id)) choices.push(choice);
    }
  });
  if (cut) blocks.push({ kind: "notice", level: "info", text: conduct.tooLong });
  const [first] = answers;
  const labels = [...new Set(answers.flatMap((answer) => answer.labels ?? []))];
  return {
    outcome: first?.outcome ?? "failed",
    intent: first?.intent ?? "help",
    blocks: dropRepeats(blocks),
    choices: choices.slice(0, MOST_CHOICES),
    citations,
    ...(labels.length > 0 ? { labels } : {}),
  };
}

/** What could not be placed is left out where another matter of the message was answered. */
function withoutDoubts(answers: readonly Answer[]): readonly Answer[] {
  const told = answers.filter(({ outcome }) => outcome !== "clarify" && outcome !== "not_found");
  return told.length > 0 ? told : answers.slice(0, 1);
}

function moveCites(block: Block, places: readonly number[]): Block {
  if (!("cites" in block) || !block.cites) return block;
  return { ...block, cites: block.cites.flatMap((index) => places[index] ?? []) };
}

/** The same sentence is said once. */
function dropRepeats(blocks: readonly Block[]): readonly Block[] {
  const said = new Set<string>();
  return blocks.filter((block) => {
    const key = JSON.stringify({ ...block, cites: undefined });
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
}
