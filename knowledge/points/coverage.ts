/** Which articles of which laws people can ask about: with points, left out for a reason, or missing. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type LawAlias, lawAliases, laws } from "../../src/law/laws.ts";
import type { Point } from "../../src/records/point.ts";
import { type Articles, articleOf, digestOf } from "./texts.ts";

const declared = fileURLToPath(new URL("./coverage.jsonl", import.meta.url));

/** A law whose every article is declared: it has a point, or a reason why nobody asks. */
const Declared = z.object({
  law: z.custom<LawAlias>((value) => typeof value === "string" && lawAliases.has(value)),
  articles: z.array(z.string()).min(1),
  waived: z.array(z.object({ article: z.string(), why: z.string().min(2) })),
});
type Declared = z.infer<typeof Declared>;

export interface LawCoverage {
  readonly law: string;
  readonly version: string;
  readonly articles: number;
  readonly withPoints: number;
  readonly waived: readonly { readonly article: string; readonly why: string }[];
  readonly missing: readonly string[];
}

export const readDeclared = (): readonly Declared[] =>
  readFileSync(declared, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => Declared.parse(JSON.parse(line)));

/** Laws in the order declared, then those that have points but no declaration, articles counted by their points. */
export function coverageOf(points: readonly Point[], wanted?: LawAlias): readonly LawCoverage[] {
  const held = new Map<LawAlias, Set<string>>();
  for (const { basis } of points) {
    for (const { law, article } of basis) {
      const articles = held.get(law) ?? new Set();
      articles.add(articleOf(article));
      held.set(law, articles);
    }
  }
  const known = readDeclared();
  const told = known.map(({ law, articles, waived }) => ({ law, articles, waived }));
  const others = [...held.keys()]
    .filter((law) => !known.some((one) => one.law === law))
    .map((law) => ({ law, articles: [...(held.get(law) ?? [])], waived: [] as Declared["waived"] }));
  return [...told, ...others]
    .filter(({ law }) => wanted === undefined || law === wanted)
    .map(({ law, articles, waived }) => {
      const own = held.get(law) ?? new Set();
      const excused = new Set(waived.map(({ article }) => article));
      return {
        law: laws[law].key,
        version: laws[law].version,
        articles: articles.length,
        withPoints: articles.filter((article) => own.has(article)).length,
        waived,
        missing: articles.filter((article) => !own.has(article) && !excused.has(article)),
      };
    });
}

/** Points whose article reads otherwise now than when they were held against it, or does not stand in the text. */
export function changedSince(points: readonly Point[], texts: ReadonlyMap<LawAlias, Articles>) {
  return points.flatMap((point) =>
    point.basis.flatMap(({ law, article, digest }) => {
      const articles = texts.get(law);
      const no = articleOf(article);
      if (!articles || !/^\d|\(/.test(no)) return [];
      const text = articles.get(no);
      if (text === undefined) return [{ point: point.id, law, article, why: "现行文本没有这一条" }];
      return digest !== undefined && digest !== digestOf(text)
        ? [{ point: point.id, law, article, why: "条文与核对时不同" }]
        : [];
    }),
  );
}
