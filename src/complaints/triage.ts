/**
 * Where a grievance belongs. The kinds and their legal basis are a table (`triage-kinds.ts`); which one a text is
 * comes from words that settle it (`triage-signs.ts`), else from a classifier trained on labelled examples; danger overrules both. Nothing is redirected without the
 * person's agreement, and a low confidence goes to a human: no complaint is refused by machine (个保法第二十四条第三款).
 */
import { createClassifier } from "../answering/understand/classifier.ts";
import { isEmergency } from "../answering/understand/danger.ts";
import { featuresOf } from "../answering/understand/features.ts";
import { normaliseQuestion } from "../answering/understand/normalise.ts";
import { signsOf } from "../answering/understand/router.ts";
import type { Mentions } from "../answering/understanding.ts";
import { READ_CHARACTERS } from "../turn.ts";
import { type TriageName, triageNames } from "./triage-kinds.ts";
import { signedKind, triageSigns } from "./triage-signs.ts";

export { type TriageKind, type TriageName, triageKinds, triageNames } from "./triage-kinds.ts";

/** Below it a person decides. */
export const TRIAGE_THRESHOLD = 0.45;
/** Confidence of words that settle the kind. */
const SIGNED = 0.98;
/** A second kind this likely, said in a sentence of its own, is a matter of its own. */
const SECOND_MATTER = 0.6;

export interface Triage {
  readonly kind: TriageName;
  /** Calibrated, 0–1. */
  readonly confidence: number;
  readonly alternatives: readonly { readonly kind: TriageName; readonly confidence: number }[];
  /** The message cut into matters of different kinds, in the person's words; one when it is all of a kind. */
  readonly matters: readonly string[];
}

export type Triager = (text: string, mentions: Mentions) => Triage;

/** @param model `knowledge/models/triage.json`, parsed. @throws AppError `release_broken` */
export function createTriage(model: unknown): Triager {
  const classifier = createClassifier(model, triageNames);
  return (raw, mentions) => {
    const text = normaliseQuestion(raw);
    const rank = (said: string) => classifier.rank(triageFeatures(said, mentions));
    const ranked = rank(text).map(({ name, confidence }) => ({ kind: name, confidence }));
    const best = ranked[0] ?? { kind: "question" as const, confidence: 0 };
    const matters = mattersOf(raw, rank);
    if (isEmergency(text)) {
      return {
        kind: "emergency",
        confidence: 1,
        alternatives: ranked.filter(notEmergency).slice(0, 3),
        matters,
      };
    }
    const signed = signedKind(text);
    if (signed) {
      const others = ranked.filter((one) => one.kind !== signed).slice(0, 3);
      return { kind: signed, confidence: SIGNED, alternatives: others, matters };
    }
    return { ...best, alternatives: ranked.slice(1, 4), matters };
  };
}

const notEmergency = (one: { kind: TriageName }) => one.kind !== "emergency";

/** The role says nothing about a grievance; everything mentioned does. `text` is normalised. */
export function triageFeatures(text: string, mentions: Mentions) {
  return featuresOf(
    text,
    signsOf(mentions, "citizen").concat(
      mentions.organs.flatMap((organ) => (organ.field ? [`field:${organ.field}`] : [])),
      // Beside a sign that its exception silences, or among other words, it is still evidence.
      triageSigns.flatMap(({ kind, hears }) => (hears.test(text) ? [`sign:${kind}`] : [])),
    ),
  );
}

/** Sentences of a different kind, each surely so, stand apart; the rest stays with what it follows. */
function mattersOf(
  raw: string,
  rank: (text: string) => readonly { name: TriageName; confidence: number }[],
): string[] {
  if (raw.length > READ_CHARACTERS) return [raw.trim()];
  const sentences = raw.split(/(?<=[。!?!?;;\n])/).filter((sentence) => sentence.trim().length > 0);
  const matters: { kind: TriageName | undefined; text: string }[] = [];
  for (const sentence of sentences) {
    const best = rank(normaliseQuestion(sentence))[0];
    const sure =
      best && best.confidence >= SECOND_MATTER && sentence.trim().length >= 8 ? best.name : undefined;
    const last = matters.at(-1);
    if (!last) matters.push({ kind: sure, text: sentence });
    else if (sure === undefined || last.kind === undefined || last.kind === sure) {
      last.text += sentence;
      last.kind ??= sure;
    } else matters.push({ kind: sure, text: sentence });
  }
  return matters.map(({ text }) => text.trim());
}
