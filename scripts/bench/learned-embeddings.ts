/** The learned word vectors behind LangChain's `Embeddings`, for a peer's index over the same vectors. */
import { Embeddings } from "@langchain/core/embeddings";
import { encodeQuestion, encodeText, type StaticVectors } from "../../src/search/static-vectors.ts";
import { type Tokens, tokenise } from "../../src/search/tokens.ts";

/** The learned vectors: offline and immediate. A text without a known token is a zero vector. */
export class LearnedEmbeddings extends Embeddings {
  readonly #vectors: StaticVectors;

  constructor(vectors: StaticVectors) {
    super({});
    this.#vectors = vectors;
  }

  override async embedQuery(text: string): Promise<number[]> {
    return this.#numbers(encodeQuestion, text);
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return texts.map((text) => this.#numbers(encodeText, text));
  }

  #numbers(
    encode: (vectors: StaticVectors, tokens: Tokens) => Float32Array | undefined,
    text: string,
  ): number[] {
    return [...(encode(this.#vectors, tokenise(text)) ?? new Float32Array(this.#vectors.dimensions))];
  }
}
