import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** What each folder may import besides itself; the first matching row counts. */
const allowed: readonly (readonly [folder: string, mayImport: readonly string[]])[] = [
  ["src/law", ["src/error.ts"]],
  ["src/records", ["src/law", "src/error.ts", "src/search/passage.ts"]],
  ["src/search", ["src/law", "src/error.ts", "src/config.ts"]],
  ["src", ["src"]],
  ["bot", ["bot", "src"]],
  ["knowledge", ["knowledge", "src"]],
  ["scripts", ["scripts", "bot", "src", "knowledge"]],
];
/** Reads no clock, network, database, file or environment. */
const pure = [
  "src/law",
  "src/answering/understand",
  "src/cases/transition.ts",
  "src/cases/states.ts",
  "src/dialogue/engine.ts",
  "src/records/integrity",
];

const files = ["src", "bot", "knowledge", "scripts"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);

function importsOf(file: string): readonly string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

describe("the import direction", () => {
  it.each(files)("%s imports only what its folder may", (file) => {
    const row = allowed.find(([folder]) => file.startsWith(`${folder}/`));
    const mine = row?.[0] ?? "";
    const wrong = importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(".", resolve(dirname(file), name)))
      .filter((target) => !target.startsWith(`${mine}/`))
      .filter((target) => !row?.[1].some((folder) => target === folder || target.startsWith(`${folder}/`)));
    expect(wrong).toEqual([]);
  });

  it.each(files.filter((file) => pure.some((folder) => file.startsWith(folder))))("%s is pure", (file) => {
    const edges = importsOf(file).filter((name) =>
      /^node:(fs|net|http|https|child_process|os)|^(kysely|fastify|pg)$/.test(name),
    );
    const source = readFileSync(file, "utf8");
    expect({
      edges,
      clock: /Date\.now\(|new Date\(\)/.test(source),
      environment: source.includes("process.env"),
    }).toEqual({
      edges: [],
      clock: false,
      environment: false,
    });
  });
});
