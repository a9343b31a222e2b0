/** What is learned from: articles and questions with the articles that answer them. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import type { Passage } from "../../src/search/passage.ts";
import { type Bag, bagOf, buildVocabulary, type Vocabulary } from "./bags.ts";

export const Article = z.object({
  id: z.union([z.number(), z.string()]),
  name: z.string(),
  law: z.string(),
  content: z.string(),
  heading: z.string().nullish(),
  cat: z.string().nullish(),
});
export type Article = z.infer<typeof Article>;

export const Question = z.object({
  id: z.union([z.number(), z.string()]),
  q: z.string(),
  gold: z.array(z.string()),
  answer: z.string().nullish(),
});
export type Question = z.infer<typeof Question>;

/** Lines of JSON, plain or gzip. @throws AppError naming the file and line that is not of the shape. */
export function readLines<T>(path: string, shape: z.ZodType<T>): T[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const items: T[] = [];
  for (const [number, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = shape.safeParse(parseJson(line));
    if (!parsed.success) {
      throw new AppError("bad_input", {
        say: `${path} 第 ${number + 1} 行不是所需的 JSON:${parsed.error.issues[0]?.path.join(".")} ${parsed.error.issues[0]?.message}`,
      });
    }
    items.push(parsed.data);
  }
  return items;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function passageOf(article: Article): Passage {
  return {
    id: article.name,
    recordId: article.law,
    kind: "statute",
    title: article.law,
    heading: article.heading ?? undefined,
    text: article.content,
    name: article.name,
  };
}

export interface Material {
  readonly vocabulary: Vocabulary;
  readonly articles: readonly Article[];
  readonly questions: readonly Question[];
  readonly passages: readonly Bag[];
  readonly sentences: readonly (readonly Bag[])[];
  readonly asked: readonly Bag[];
  readonly answered: readonly Bag[];
  /** Positions in `articles` of each question's answers. */
  readonly gold: readonly (readonly number[])[];
}

/** 46 000 tokens of 256 int8 numbers make a file of 12 MB; rarer tokens are in fewer than four texts or near it. */
const MOST_TOKENS = 46_000;
const LEAST_TEXTS = 4;
/** Characters of an answer that are learned from: what follows is usually examples and advertising. */
const ANSWER_CHARACTERS = 400;

export function prepareMaterial(articles: readonly Article[], questions: readonly Question[]): Material {
  const vocabulary = buildVocabulary(
    [
      ...articles.map((article) => `${article.law}\n${article.heading ?? ""}\n${article.content}`),
      ...questions.map((question) => `${question.q}\n${question.answer ?? ""}`),
    ],
    LEAST_TEXTS,
    MOST_TOKENS,
  );
  const numbers = new Map(articles.map(({ name }, number) => [name, number]));
  const known = questions
    .map((question) => ({
      question,
      gold: question.gold.flatMap((name) => numbers.get(name) ?? []),
    }))
    .filter(({ gold }) => gold.length > 0);
  return {
    vocabulary,
    articles,
    questions: known.map(({ question }) => question),
    gold: known.map(({ gold }) => gold),
    passages: articles.map(({ law, heading, content }) =>
      bagOf(vocabulary, [
        [law, 1],
        [heading ?? "", 0.5],
        [content, 1],
      ]),
    ),
    sentences: articles.map(({ content }) =>
      content
        .split(/[。；;\n]/)
        .filter((sentence) => sentence.trim().length >= 8)
        .map((sentence) => bagOf(vocabulary, [[sentence, 1]])),
    ),
    asked: known.map(({ question }) => bagOf(vocabulary, [[question.q, 1]])),
    answered: known.map(({ question }) =>
      bagOf(vocabulary, [[(question.answer ?? "").slice(0, ANSWER_CHARACTERS), 1]]),
    ),
  };
}
