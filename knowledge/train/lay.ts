/** Our own lay questions to key articles: `knowledge/questions/lay/*.jsonl`, written for training, never quoted. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Question, readLines } from "./material.ts";

/** A line: articles by name, and questions that these articles together answer. */
export const LayLine = z.object({
  gold: z.array(z.string()).min(1),
  q: z.array(z.string().min(4)).min(1),
});
export type LayLine = z.infer<typeof LayLine>;

/** Every question of the folder, files by name. @throws AppError naming file and line that is not of the shape. */
export function readLay(folder: string): Question[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) =>
      readLines(join(folder, name), LayLine).flatMap(({ gold, q }, line) =>
        q.map((text, n) => ({ id: `${name}:${line + 1}.${n + 1}`, q: text, gold })),
      ),
    );
}
