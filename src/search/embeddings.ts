/** Texts as vectors from the operator's own endpoint, behind LangChain's `Embeddings`. */
import type { Embeddings } from "@langchain/core/embeddings";
import type { Config } from "../config.ts";

/** An OpenAI-compatible endpoint. Loaded when first used. */
export interface EmbeddingEndpoint {
  readonly baseUrl: string;
  readonly model: string;
  /** Local servers often want none. */
  readonly apiKey?: string;
}

/** The endpoint the operator has named; undefined unless both address and model are set. */
export function endpointOf(config: Config): EmbeddingEndpoint | undefined {
  const { EMBEDDING_BASE_URL: baseUrl, EMBEDDING_MODEL: model, EMBEDDING_API_KEY: apiKey } = config;
  return baseUrl && model ? { baseUrl, model, apiKey } : undefined;
}

/** Texts sent in one request: what small local servers still take. */
const BATCH = 32;
/** Longest wait for one batch of passages, ms. Questions have a budget of their own in `semantic.ts`. */
const BATCH_TIMEOUT = 60_000;

export async function openEndpoint(endpoint: EmbeddingEndpoint): Promise<Embeddings> {
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  return new OpenAIEmbeddings({
    model: endpoint.model,
    apiKey: endpoint.apiKey ?? "none",
    configuration: { baseURL: endpoint.baseUrl },
    encodingFormat: "float",
    batchSize: BATCH,
    timeout: BATCH_TIMEOUT,
    maxRetries: 2,
    stripNewLines: false,
  });
}
