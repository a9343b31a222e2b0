import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Document } from "@langchain/core/documents";
import { Embeddings } from "@langchain/core/embeddings";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../knowledge/train/encoder.ts";
import type { Passage } from "../../src/search/passage.ts";
import { loadVectors, openVectors, saveVectors } from "../../src/search/vector-folder.ts";
import { documentOf, PassageVectorStore } from "../../src/search/vector-store.ts";

/** Each character of a fixed alphabet is a direction: texts sharing characters are near. */
class CharacterEmbeddings extends Embeddings {
  constructor() {
    super({});
  }
  override async embedQuery(text: string): Promise<number[]> {
    return [..."罚款复议听证许可城管摊"].map((character) => text.split(character).length - 1);
  }
  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}
const embeddings = new CharacterEmbeddings();

function someVectors(count: number, dimensions: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, () => random() - 0.5));
}
const numbered = (count: number): Document[] =>
  Array.from({ length: count }, (_, i) => new Document({ id: `d${i}`, pageContent: `第${i}条` }));

async function aStore(
  vectors: readonly number[][],
  exactBelow = Number.POSITIVE_INFINITY,
): Promise<PassageVectorStore> {
  const store = new PassageVectorStore(embeddings, { exactBelow });
  await store.addVectors([...vectors], numbered(vectors.length));
  return store;
}
const idsOf = (found: [Document, number][]): string[] => found.map(([{ id }]) => id!);
const aFolder = (): string => join(mkdtempSync(join(tmpdir(), "vectors-")), "kept");

describe.each([
  ["exact", Number.POSITIVE_INFINITY],
  ["hnsw", 10],
] as const)("a vector store that searches by %s", (engine, exactBelow) => {
  it("gives the cosine similarity, best first, down to the opposite", async () => {
    const store = new PassageVectorStore(embeddings, { exactBelow });
    const turned = Array.from({ length: 16 }, (_, i) => [
      Math.cos((i * Math.PI) / 15),
      Math.sin((i * Math.PI) / 15),
    ]);
    await store.addVectors(turned, numbered(16));
    const found = await store.similaritySearchVectorWithScore([3, 0], 16);
    expect(store.engine).toBe(engine);
    expect(idsOf(found)).toEqual(numbered(16).map(({ id }) => id));
    expect(found[0]![1]).toBeCloseTo(1, 2);
    expect(found[15]![1]).toBeCloseTo(-1, 2);
  });

  it("forgets what is deleted and uses its room again", async () => {
    const vectors = someVectors(60, 16, 5);
    const store = await aStore(vectors, exactBelow);
    await store.delete({ ids: ["d7", "d8", "unknown"] });
    expect(idsOf(await store.similaritySearchVectorWithScore(vectors[7]!, 60))).not.toContain("d7");
    expect(store.size).toBe(58);
    for (let round = 0; round < 40; round++) {
      await store.addVectors([vectors[7]!, vectors[8]!], numbered(9).slice(7));
      expect(idsOf(await store.similaritySearchVectorWithScore(vectors[8]!, 1))).toEqual(["d8"]);
      await store.delete({ ids: ["d7", "d8"] });
    }
    expect(store.contents().entries.length).toBe(60);
    expect((await store.similaritySearchVectorWithScore(vectors[0]!, 100)).length).toBe(58);
  });

  it("replaces a document that is added again", async () => {
    const store = await aStore(someVectors(30, 8, 2), exactBelow);
    const opposite = Array.from({ length: 8 }, () => 1);
    await store.addVectors(
      [opposite],
      [new Document({ id: "d3", pageContent: "新文本", metadata: { title: "甲" } })],
    );
    const [[document] = []] = await store.similaritySearchVectorWithScore(opposite, 1);
    expect(document).toMatchObject({ id: "d3", pageContent: "新文本", metadata: { title: "甲" } });
    expect(store.size).toBe(30);
  });

  it.each([
    ["another length", [1, 2, 3]],
    ["a number that is not finite", [1, Number.NaN, 0, 0, 0, 0, 0, 0]],
  ])("refuses a vector of %s and stores nothing of the batch", async (_, bad) => {
    const store = await aStore(someVectors(20, 8, 9), exactBelow);
    const two = [new Document({ id: "x", pageContent: "" }), new Document({ id: "y", pageContent: "" })];
    await expect(store.addVectors([someVectors(1, 8, 1)[0]!, bad], two)).rejects.toThrow("向量");
    expect(store.size).toBe(20);
    expect(await store.similaritySearchVectorWithScore(someVectors(1, 8, 1)[0]!, 3)).toHaveLength(3);
  });

  it("is whole again after saving and loading, and can go on", async () => {
    const vectors = someVectors(50, 24, 3);
    const store = await aStore(vectors, exactBelow);
    await store.delete({ ids: ["d1"] });
    const folder = aFolder();
    saveVectors(store, folder, "release-1");
    const loaded = loadVectors(folder, "release-1", embeddings, { exactBelow })!;
    expect(loaded.engine).toBe(engine);
    for (const asked of someVectors(10, 24, 4)) {
      expect(await loaded.similaritySearchVectorWithScore(asked, 5)).toEqual(
        await store.similaritySearchVectorWithScore(asked, 5),
      );
    }
    await loaded.addVectors([vectors[1]!], [numbered(2)[1]!]);
    expect(idsOf(await loaded.similaritySearchVectorWithScore(vectors[1]!, 1))).toEqual(["d1"]);
  });
});

it("finds by the graph at least 95 in 100 of what comparing all finds", async () => {
  const vectors = someVectors(2000, 32, 11);
  const exact = await aStore(vectors);
  const graph = await aStore(vectors, 100);
  let same = 0;
  for (const asked of someVectors(50, 32, 12)) {
    const right = new Set(idsOf(await exact.similaritySearchVectorWithScore(asked, 10)));
    for (const id of idsOf(await graph.similaritySearchVectorWithScore(asked, 10)))
      same += right.has(id) ? 1 : 0;
  }
  expect(graph.engine).toBe("hnsw");
  expect(same / 500).toBeGreaterThanOrEqual(0.95);
});

it("finds only passages in scope, however few there are", async () => {
  const store = new PassageVectorStore(embeddings, { exactBelow: 10 });
  const passages = Array.from({ length: 40 }, (_, i): Passage => {
    return {
      id: `p${i}`,
      recordId: "r",
      kind: i === 17 ? "faq" : "statute",
      title: "法",
      text: "罚款",
      repealed: i === 18,
    };
  });
  await store.addDocuments(passages.map(documentOf));
  const found = await store.similaritySearch("罚款", 40, { kinds: ["faq"] });
  expect(found.map(({ id }) => id)).toEqual(["p17"]);
  expect(await store.similaritySearch("罚款", 100, {})).toHaveLength(39);
});

describe("a kept folder", () => {
  const kept = async (exactBelow?: number): Promise<string> => {
    const folder = aFolder();
    saveVectors(await aStore(someVectors(40, 8, 6), exactBelow), folder, "one");
    return folder;
  };

  it.each(["vectors.bin", "documents.jsonl", "graph.bin", "stamp.json"])(
    "is refused when %s is cut or garbage",
    async (name) => {
      for (const harm of [
        (path: string) => truncateSync(path, 20),
        (path: string) => writeFileSync(path, "乱码".repeat(50)),
        (path: string) => writeFileSync(path, ""),
      ]) {
        const folder = await kept(10);
        expect(loadVectors(folder, "one", embeddings)?.size).toBe(40);
        harm(join(folder, name));
        expect(loadVectors(folder, "one", embeddings)).toBeUndefined();
      }
    },
  );

  it("is made again when its stamp differs, and then kept", async () => {
    const folder = await kept();
    let built = 0;
    const build = (): Promise<PassageVectorStore> => {
      built++;
      return aStore(someVectors(5, 8, 1));
    };
    expect((await openVectors(folder, "two", embeddings, build)).size).toBe(5);
    expect((await openVectors(folder, "two", embeddings, build)).size).toBe(5);
    expect(built).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, "stamp.json"), "utf8")).stamp).toBe("two");
    expect(readdirSync(join(folder, ".."))).toEqual(["kept"]);
  });
});
