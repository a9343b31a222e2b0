/** What a message was understood to say: typed mentions first, then intents with their confidence. */
import type { TriggerReading } from "../law/trigger.ts";
import type { Intent } from "./intents.ts";

/** One message, its matters in the order they were said. */
export interface Understanding {
  /** The message, normalised for matching (NFKC, simplified, control and bidi characters removed). */
  readonly text: string;
  /** At least one. Several intents in one message are answered in order. */
  readonly parts: readonly Part[];
}

export interface Part {
  readonly text: string;
  readonly intent: Intent;
  /** Calibrated, 0–1. Below the router's threshold the answer asks back or searches. */
  readonly confidence: number;
  /** Next best intents, best first. */
  readonly alternatives: readonly { readonly intent: Intent; readonly confidence: number }[];
  readonly mentions: Mentions;
  /** True when the part only makes sense with the conversation so far (“那要是法院呢”). */
  readonly followUp: boolean;
}

export interface OrganMention {
  /** As it was said: `城管`. */
  readonly said: string;
  /** Entity ids it may mean, best first; several when a nickname is shared or the area is missing. */
  readonly entityIds: readonly string[];
  /** What kind of organ was named when no entity matches: `城市管理`, `公安交通`. */
  readonly field?: string;
}

export interface Mentions {
  readonly organs: readonly OrganMention[];
  /** Area codes. */
  readonly areas: readonly { readonly said: string; readonly codes: readonly string[] }[];
  readonly trigger: TriggerReading;
  /** Fines and amounts, yuan. */
  readonly amountsYuan: readonly number[];
  readonly certNos: readonly string[];
  /** 文号, normal form `运政办发〔2017〕91号`. */
  readonly docNos: readonly string[];
  /** 案号 `（2026）晋08行初1号`. */
  readonly caseNos: readonly string[];
  readonly usccs: readonly string[];
  /** 事项编码. */
  readonly codes: readonly string[];
  /** Receipt numbers whose check digit is right, 17 digits. */
  readonly receipts: readonly string[];
  /** Law key or title as resolvable by `findLaw`, with article when said. */
  readonly laws: readonly { readonly said: string; readonly law: string; readonly article?: string }[];
  /** Whether the party is a citizen or an organisation, when said. */
  readonly party?: "person" | "organization";
}
