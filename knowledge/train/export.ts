/** From what was learned to what is shipped: int8 rows, one weight per token and side. */
import { createMemory, type QuestionMemory } from "../../src/search/memory.ts";
import { createStaticVectors, type StaticVectors } from "../../src/search/static-vectors.ts";
import { tokenise } from "../../src/search/tokens.ts";
import type { Encoder } from "./encoder.ts";
import type { Material } from "./material.ts";

export function exportVectors(encoder: Encoder, keys: Uint32Array): StaticVectors {
  const { dimensions, table, idf, scalars } = encoder;
  const values = new Int8Array(table.length);
  const question = new Float32Array(idf.length);
  const passage = new Float32Array(idf.length);
  for (let id = 0; id < idf.length; id++) {
    let largest = 1e-12;
    for (let d = 0; d < dimensions; d++) largest = Math.max(largest, Math.abs(table[id * dimensions + d]!));
    for (let d = 0; d < dimensions; d++) {
      values[id * dimensions + d] = Math.round((table[id * dimensions + d]! / largest) * 127);
    }
    const scale = (idf[id]! * largest) / 127;
    question[id] = scale * scalars.question[id]!;
    passage[id] = scale * scalars.passage[id]!;
  }
  return createStaticVectors({ dimensions, keys, values, question, passage });
}

export function exportMemory(
  vectors: StaticVectors,
  material: Material,
  chosen: readonly number[],
): QuestionMemory {
  return createMemory(
    vectors,
    chosen.map((number) => ({
      tokens: tokenise(material.questions[number]!.q),
      articles: material.gold[number]!.map((article) => material.articles[article]!),
    })),
  );
}
