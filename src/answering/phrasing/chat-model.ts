/**
 * An OpenAI-compatible model behind a hard budget: streamed so that silence is noticed, read by schema, one retry at
 * most, switched off for a while after repeated failures. Every failure is `undefined`: the rows are sent without it.
 */
import type { z } from "zod";
import type { Log } from "../../log.ts";

export interface ModelSettings {
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly model: string;
  /** Whole budget of one question's calls together, ms. */
  readonly timeoutMs: number;
  /** Longest silence between two chunks, ms. Default 1500. */
  readonly idleMs?: number;
}

/** Counters since start; tokens as the endpoint reports them. */
export interface ModelStats {
  calls: number;
  failures: number;
  retries: number;
  /** Calls not made because the circuit was open. */
  skipped: number;
  promptTokens: number;
  completionTokens: number;
}

interface Messages {
  readonly system: string;
  readonly user: string;
}

/** What one call asks for: its name, the shape to parse by, and the same shape for the endpoint. */
export interface Wanted<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Model {
  /** Structured output, or undefined when there is none in time. `deadline` is `performance.now()` ms. */
  ask<T>(wanted: Wanted<T>, messages: Messages, deadline: number): Promise<T | undefined>;
  readonly stats: Readonly<ModelStats>;
  readonly settings: ModelSettings;
}

/** So many failures in a row open the circuit … */
const FAILURES_TO_OPEN = 3;
/** … for so long. */
const OPEN_MS = 60_000;
const USUAL_IDLE_MS = 1500;
const MOST_CHARACTERS = 8000;
/** A retry needs at least so much budget left to be worth starting. */
const WORTH_RETRYING_MS = 300;

export function createModel(settings: ModelSettings, log: Log, now = () => performance.now()): Model {
  const stats: ModelStats = {
    calls: 0,
    failures: 0,
    retries: 0,
    skipped: 0,
    promptTokens: 0,
    completionTokens: 0,
  };
  const idleMs = settings.idleMs ?? USUAL_IDLE_MS;
  let failuresInARow = 0;
  let openUntil = 0;

  async function once(wanted: Wanted<unknown>, messages: Messages, deadline: number): Promise<string> {
    // Loaded only where a model is configured: it costs a second and sixty megabytes.
    const { ChatOpenAI } = await import("@langchain/openai");
    const chat = new ChatOpenAI({
      model: settings.model,
      apiKey: settings.apiKey ?? "none",
      configuration: { baseURL: settings.baseUrl },
      temperature: 0,
      maxRetries: 0,
      streamUsage: true,
      useResponsesApi: false,
    });
    const stop = new AbortController();
    // The first words may take the whole budget; silence counts only once it has begun to speak.
    let timer = setTimeout(() => stop.abort(), Math.max(0, deadline - now()));
    try {
      const stream = await chat
        .withConfig({
          response_format: {
            type: "json_schema",
            json_schema: { name: wanted.name, schema: wanted.json, strict: true },
          },
        })
        .stream(
          [
            ["system", messages.system],
            ["human", messages.user],
          ],
          { signal: stop.signal },
        );
      let text = "";
      for await (const chunk of stream) {
        clearTimeout(timer);
        const left = deadline - now();
        if (left <= 0) throw new Error("model used up its budget");
        timer = setTimeout(() => stop.abort(), Math.min(idleMs, left));
        if (typeof chunk.content === "string") text += chunk.content;
        if (text.length > MOST_CHARACTERS) throw new Error("model wrote too much");
        stats.promptTokens += chunk.usage_metadata?.input_tokens ?? 0;
        stats.completionTokens += chunk.usage_metadata?.output_tokens ?? 0;
      }
      // An aborted stream ends without an error of its own.
      if (stop.signal.aborted) throw new Error("model fell silent");
      return text;
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }

  return {
    stats,
    settings,
    async ask(wanted, messages, deadline) {
      if (now() < openUntil) {
        stats.skipped += 1;
        return undefined;
      }
      for (let tries = 0; tries < 2; tries += 1) {
        if (tries > 0) stats.retries += 1;
        stats.calls += 1;
        try {
          const parsed = wanted.schema.parse(JSON.parse(await once(wanted, messages, deadline)));
          failuresInARow = 0;
          return parsed;
        } catch (thrown) {
          stats.failures += 1;
          failuresInARow += 1;
          log.warn(
            { model: settings.model, call: wanted.name, reason: reasonOf(thrown) },
            "model call failed",
          );
          if (failuresInARow >= FAILURES_TO_OPEN) openUntil = now() + OPEN_MS;
          const open = now() < openUntil;
          if (open || deadline - now() < WORTH_RETRYING_MS || !worthRetrying(thrown)) return undefined;
        }
      }
      return undefined;
    },
  };
}

/** A busy or broken server may do better at once; a wrong answer or a slow one will not. */
function worthRetrying(thrown: unknown): boolean {
  if (typeof thrown !== "object" || thrown === null) return false;
  const status = "status" in thrown && typeof thrown.status === "number" ? thrown.status : undefined;
  if (status !== undefined) return status === 429 || status >= 500;
  return thrown instanceof TypeError; // a stream cut on the way
}

/** Never the message of an endpoint: it may quote what was sent. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof SyntaxError) return "not JSON";
  if (thrown instanceof Error) return thrown.name === "Error" ? thrown.message.slice(0, 60) : thrown.name;
  return "unknown";
}
