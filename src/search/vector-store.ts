/**
 * Vectors of passages behind LangChain's `VectorStore`, so that any other engine of that family can take its place.
 *
 * Scores are cosine similarities (higher is better), never distances. Up to `exactBelow` vectors, and whenever a
 * scope is given, every vector is compared (int8, exact order); above that hnswlib's graph proposes. The graph costs
 * about half a millisecond a vector to build and is a cache: `vector-folder.ts` keeps it on disk.
 */
import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { VectorStore } from "@langchain/core/vectorstores";
import hnswlib from "hnswlib-node";
import { nanoid } from "nanoid";
import { AppError } from "../error.ts";
import type { Passage, Scope } from "./passage.ts";
import { createRows, type Rows, setRow } from "./scan.ts";
import { inScope } from "./scope.ts";
import { normaliseLength } from "./static-vectors.ts";
import { topOf } from "./top.ts";

/** Passages compared one by one up to here: building a graph would take longer than it saves. */
const EXACT_BELOW = 20_000;
/** Graph settings: neighbours a vector, and how many are considered when building and when asking. */
const LINKS = 16;
const BUILD_WIDTH = 200;
const ASK_WIDTH = 100;

export interface VectorStoreOptions {
  /** Most vectors that are searched without a graph. Default 20 000. */
  readonly exactBelow?: number;
}

/** One stored document. The label is the graph's own number and is never used twice. */
export interface Entry {
  readonly id: string;
  readonly label: number;
  readonly document: Document;
}

/** Everything there is to write down; `entries[i]` owns row `i`, undefined when it was deleted. */
export interface Contents {
  readonly dimensions: number;
  readonly entries: readonly (Entry | undefined)[];
  readonly rows: Rows;
  readonly graph: hnswlib.HierarchicalNSW | undefined;
}

export class PassageVectorStore extends VectorStore {
  declare FilterType: Scope;
  readonly #exactBelow: number;
  #dimensions = 0;
  #rows: Rows = createRows(0, 8);
  #entries: (Entry | undefined)[] = [];
  readonly #slots = new Map<string, number>(); // document id → row
  #labels = new Map<number, number>(); // graph label → row
  #free: number[] = [];
  #graph: hnswlib.HierarchicalNSW | undefined;
  #nextLabel = 0;

  constructor(embeddings: EmbeddingsInterface, options: VectorStoreOptions = {}) {
    super(embeddings, {});
    this.#exactBelow = options.exactBelow ?? EXACT_BELOW;
  }

  _vectorstoreType(): string {
    return "mingzhi";
  }

  /** How many documents can be found. */
  get size(): number {
    return this.#slots.size;
  }

  /** Length of its vectors; 0 while it is empty. */
  get dimensions(): number {
    return this.#dimensions;
  }

  /** How it searches without a scope. */
  get engine(): "exact" | "hnsw" {
    return this.#graph ? "hnsw" : "exact";
  }

  override async addDocuments(
    documents: DocumentInterface[],
    options?: { ids?: string[] },
  ): Promise<string[]> {
    const vectors = await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent));
    return this.addVectors(vectors, documents, options);
  }

  /**
   * Stores `vectors[i]` for `documents[i]`; an id already stored is replaced.
   * @returns the documents' ids, made up where none is given
   * @throws AppError when a vector has another length or a number that is not finite: then nothing is stored
   */
  override async addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options: { ids?: string[] } = {},
  ): Promise<string[]> {
    const dimensions = this.#dimensions || (vectors[0]?.length ?? 0);
    const bad = vectors.findIndex((one) => one.length !== dimensions || !one.every(Number.isFinite));
    if (vectors.length !== documents.length || bad >= 0) {
      throw new AppError("bad_input", {
        say: "向量与文档不符:每个文档要有一个长度相同、全为有限数的向量。",
        detail: { expected: dimensions, vectors: vectors.length, documents: documents.length, bad },
      });
    }
    if (vectors.length === 0) return [];
    this.#dimensions = dimensions;
    const ids = documents.map((document, i) => options.ids?.[i] ?? document.id ?? nanoid());
    for (const [i, document] of documents.entries()) {
      const { pageContent, metadata } = document;
      this.#put(ids[i]!, unit(vectors[i]!), new Document({ id: ids[i]!, pageContent, metadata }));
    }
    if (!this.#graph && this.size > this.#exactBelow) this.#buildGraph();
    return ids;
  }

  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: Scope,
  ): Promise<[Document, number][]> {
    return this.nearest(query, k, filter);
  }

  /** Best `k` by cosine similarity; with `scope` only documents whose passage lies inside it. */
  nearest(query: readonly number[], k: number, scope?: Scope): [Document, number][] {
    if (this.size === 0 || k < 1) return [];
    if (query.length !== this.#dimensions) {
      throw new AppError("bad_input", {
        say: "查询向量与已存向量长度不同。",
        detail: { expected: this.#dimensions, received: query.length },
      });
    }
    const asked = unit(query);
    if (!this.#graph || scope) return this.#scan(asked, k, scope);
    this.#graph.setEf(Math.max(ASK_WIDTH, 2 * k));
    const { neighbors, distances } = this.#graph.searchKnn([...asked], Math.min(k, this.size));
    return neighbors.map((label, i) => [
      this.#entries[this.#labels.get(label)!]!.document,
      1 - distances[i]!,
    ]);
  }

  /** Forgets documents; unknown ids are passed over. Their room is used again. */
  override async delete({ ids }: { ids: readonly string[] }): Promise<void> {
    for (const id of ids) this.#remove(id);
  }

  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    options: VectorStoreOptions = {},
  ): Promise<PassageVectorStore> {
    const store = new PassageVectorStore(embeddings, options);
    await store.addDocuments(documents);
    return store;
  }

  /** For writing to disk. */
  contents(): Contents {
    return {
      dimensions: this.#dimensions,
      entries: this.#entries,
      rows: this.#rows,
      graph: this.#graph,
    };
  }

  /** What `contents` gave, in use again. */
  static restore(
    embeddings: EmbeddingsInterface,
    contents: Contents,
    options: VectorStoreOptions = {},
  ): PassageVectorStore {
    const store = new PassageVectorStore(embeddings, options);
    store.#dimensions = contents.dimensions;
    store.#rows = contents.rows;
    store.#entries = [...contents.entries];
    for (const [slot, entry] of contents.entries.entries()) {
      if (!entry) {
        store.#free.push(slot);
        continue;
      }
      store.#slots.set(entry.id, slot);
      store.#labels.set(entry.label, slot);
      store.#nextLabel = Math.max(store.#nextLabel, entry.label + 1);
    }
    if (contents.graph) {
      store.#graph = contents.graph;
      for (const label of contents.graph.getIdsList())
        store.#nextLabel = Math.max(store.#nextLabel, label + 1);
    } else if (store.size > store.#exactBelow) store.#buildGraph();
    return store;
  }

  #put(id: string, vector: Float32Array, document: Document): void {
    this.#remove(id);
    const slot = this.#free.pop() ?? this.#entries.length;
    if (slot >= this.#rows.count) this.#grow();
    const label = this.#nextLabel++;
    this.#entries[slot] = { id, label, document };
    this.#slots.set(id, slot);
    this.#labels.set(label, slot);
    setRow(this.#rows, slot, padded(vector, this.#rows.dimensions));
    if (this.#graph) addPoint(this.#graph, vector, label);
  }

  #remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    const { label } = this.#entries[slot]!;
    this.#graph?.markDelete(label);
    this.#labels.delete(label);
    this.#slots.delete(id);
    this.#entries[slot] = undefined;
    this.#free.push(slot);
  }

  #grow(): void {
    const width = Math.ceil(this.#dimensions / 8) * 8;
    const larger = createRows(Math.max(64, this.#rows.count * 2), width);
    if (this.#rows.count > 0) {
      larger.values.set(this.#rows.values);
      larger.scales.set(this.#rows.scales);
    }
    this.#rows = larger;
  }

  #buildGraph(): void {
    const graph = new hnswlib.HierarchicalNSW("ip", this.#dimensions);
    graph.initIndex({
      maxElements: Math.max(64, 2 * this.size),
      m: LINKS,
      efConstruction: BUILD_WIDTH,
      randomSeed: 100,
      allowReplaceDeleted: true,
    });
    for (const [slot, entry] of this.#entries.entries()) {
      if (entry) addPoint(graph, this.#rowOf(slot), entry.label);
    }
    this.#graph = graph;
  }

  #rowOf(slot: number): Float32Array {
    const { values, scales, dimensions } = this.#rows;
    return Float32Array.from({ length: this.#dimensions }, (_, d) => {
      return values[slot * dimensions + d]! * scales[slot]!;
    });
  }

  #scan(asked: Float32Array, k: number, scope: Scope | undefined): [Document, number][] {
    const scores = this.#rows.scan(padded(asked, this.#rows.dimensions));
    // `topOf` passes over what is not positive; similarities reach down to −1.
    for (let i = 0; i < scores.length; i++) scores[i]! += 2;
    const accepted = (slot: number): boolean => {
      const entry = this.#entries[slot];
      return entry !== undefined && (!scope || inScope(passageOfDocument(entry.document), scope));
    };
    return topOf(scores, k, accepted).map((slot) => [this.#entries[slot]!.document, scores[slot]! - 2]);
  }
}

/** A passage as LangChain's document: its text is the content, all else the metadata. */
export function documentOf({ id, text, ...metadata }: Passage): Document {
  return new Document({ id, pageContent: text, metadata });
}

/** The passage of a document made by `documentOf`. Documents from elsewhere have no kind, area or dates. */
export function passageOfDocument({ id = "", pageContent, metadata }: Document): Passage {
  return { recordId: id, kind: "document", title: "", ...metadata, id, text: pageContent };
}

function unit(vector: readonly number[]): Float32Array {
  const own = Float32Array.from(vector);
  normaliseLength(own, 0, own.length);
  return own;
}

function padded(vector: Float32Array, width: number): Float32Array {
  if (vector.length === width) return vector;
  const wide = new Float32Array(width);
  wide.set(vector);
  return wide;
}

function addPoint(graph: hnswlib.HierarchicalNSW, vector: Float32Array, label: number): void {
  if (graph.getCurrentCount() >= graph.getMaxElements()) graph.resizeIndex(2 * graph.getMaxElements());
  graph.addPoint([...vector], label, true);
}
