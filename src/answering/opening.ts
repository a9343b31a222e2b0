/** What stands before a composer's own answer: the correction of an old belief, or an office's published answer. */
import type { Block, Citation } from "../reply.ts";
import type { Answer, Ask } from "./answer.ts";
import { citationOfLaw, citationOfRecord } from "./citing.ts";
import { correctionsFor } from "./facts/changed.ts";
import type { LawFact } from "./facts/fact.ts";
import { pointFor } from "./facts/points.ts";
import { findFaq } from "./faq.ts";
import type { Intent } from "./intents.ts";

/** Intents of the talk itself: nothing is put before them. */
const plain: ReadonlySet<Intent> = new Set([
  "help",
  "greeting",
  "thanks",
  "emergency",
  "insult",
  "injection",
  "namedPerson",
  "outOfScope",
  "legalOpinion",
  "complaintStatus",
  "correction",
  "lawLookup",
]);

export function openFirst(ask: Ask, answer: Answer): Answer {
  const { trigger } = ask.part.mentions;
  const unusable = trigger.kind === "impossible" || trigger.kind === "future" ? trigger.why : undefined;
  const at = answer.blocks.findIndex((block) => block.kind === "text" && block.text === unusable);
  const [said] = answer.blocks.slice(at, at + 1);
  // A day that cannot be is said before anything is said about days.
  if (at >= 0 && said)
    return { ...answer, blocks: [said, ...answer.blocks.filter((block) => block !== said)] };
  const point = plain.has(answer.intent) ? [] : pointFor(ask.part.text, answer.intent);
  if (point.length > 0) {
    const outcome = answer.outcome === "not_found" ? "answered" : answer.outcome;
    // Asking which procedure is meant would only put off what has been said.
    if (answer.intent === "procedure" && answer.outcome === "clarify")
      return point.reduceRight(putFact, {
        ...answer,
        outcome: "answered",
        blocks: [],
        choices: [],
        citations: [],
      });
    return { ...point.reduceRight(putFact, { ...answer, direct: false }), outcome };
  }
  const corrections = answer.intent === "outOfScope" ? [] : correctionsFor(ask.part.text);
  const corrected = corrections.reduceRight(putFact, answer);
  if (corrections.length > 0)
    return { ...corrected, outcome: answer.outcome === "not_found" ? "answered" : answer.outcome };
  if (answer.intent === "officerCheck" && ask.part.mentions.certNos.length > 0) return corrected;
  if (plain.has(answer.intent) || answer.direct || specific(ask, answer)) return corrected;
  const faq = findFaq(ask);
  if (!faq || answer.citations.some((citation) => citation.record === faq.id)) return corrected;
  const rest = { ...corrected, blocks: corrected.blocks.flatMap((block) => withoutSaid(block, faq.answer)) };
  return put(rest, { kind: "text", text: faq.answer }, [citationOfRecord(faq, ask)]);
}

/** Share of a sentence's pieces found in what stands before it, from which it says nothing new. */
const REPEATED = 0.8;

/** A text without the sentences the opening has already said. */
function withoutSaid(block: Block, opening: string): readonly Block[] {
  if (block.kind !== "text") return [block];
  const sentences = block.text.split(/(?<=。)/);
  const fresh = sentences.filter((sentence) => shareIn(sentence, opening) < REPEATED);
  if (fresh.length === sentences.length) return [block];
  return fresh.length === 0 ? [] : [{ ...block, text: fresh.join("") }];
}

function shareIn(sentence: string, opening: string): number {
  const plain = sentence.replace(/[^\p{L}\p{N}]/gu, "");
  const said = opening.replace(/[^\p{L}\p{N}]/gu, "");
  if (plain.length < 4) return 0;
  let shared = 0;
  for (let at = 0; at + 2 <= plain.length; at += 1) if (said.includes(plain.slice(at, at + 2))) shared += 1;
  return shared / (plain.length - 1);
}

/** An answer about this organ and this day says more than a general one. */
const specific = (ask: Ask, answer: Answer) =>
  answer.blocks.some((block) => block.kind === "deadline") ||
  (answer.intent === "whoHandles" && answer.outcome === "answered") ||
  (ask.part.mentions.organs.some((organ) => organ.entityIds.length > 0) && answer.outcome !== "not_found");

function putFact(answer: Answer, fact: LawFact): Answer {
  if (answer.blocks.some((block) => block.kind === "text" && block.text === fact.say)) {
    const at = answer.blocks.findIndex((block) => block.kind === "text" && block.text === fact.say);
    const [found] = answer.blocks.slice(at, at + 1);
    return found && !answer.direct
      ? { ...answer, blocks: [found, ...answer.blocks.filter((block) => block !== found)] }
      : answer;
  }
  const put1 = put(answer, { kind: "text", text: fact.say }, fact.basis.map(citationOfLaw));
  return { ...put1, evidence: [...put1.evidence, fact] };
}

/** Puts a block first, with its citations added to the answer's. */
function put(answer: Answer, block: Block, on: readonly Citation[]): Answer {
  const citations = [...answer.citations];
  const cites = on.map((citation) => {
    const at = citations.findIndex(
      (known) => known.record === citation.record && known.locator === citation.locator,
    );
    return at >= 0 ? at : citations.push(citation) - 1;
  });
  return { ...answer, blocks: [{ ...block, cites } as Block, ...answer.blocks], citations };
}
