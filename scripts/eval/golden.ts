/** Golden questions: what a right answer must and must not hold. One JSON object a line, files by type. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import { roles } from "../../src/turn.ts";

export const Golden = z.object({
  id: z.string(),
  type: z.string(),
  q: z.string(),
  role: z.enum(roles).optional(),
  area: z.string().optional(),
  today: z.string(),
  /** What was said before, in order. */
  conversation: z.array(z.string()).optional(),
  must: z.object({
    intent: z.string().optional(),
    outcome: z.string().optional(),
    /** Each stands in the answer. */
    contains: z.array(z.string()).optional(),
    /** Of each group at least one stands in the answer. */
    anyOf: z.array(z.array(z.string())).optional(),
    /** A last day the answer names. */
    date: z.string().optional(),
    /** Each is cited: `行政复议法第二十条`. */
    cites: z.array(z.string()).optional(),
  }),
  mustNot: z.object({ contains: z.array(z.string()).optional() }).optional(),
});
export type Golden = z.infer<typeof Golden>;

const shipped = fileURLToPath(new URL("../../knowledge/questions/golden", import.meta.url));

/** The shipped questions, or those of one file. @throws AppError `bad_input` naming file and line. */
export function readGolden(file?: string): Golden[] {
  const files = file
    ? [file]
    : readdirSync(shipped)
        .filter((name) => name.endsWith(".jsonl"))
        .sort()
        .map((name) => join(shipped, name));
  return files.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => {
        if (line.trim() === "") return [];
        try {
          return [Golden.parse(JSON.parse(line))];
        } catch (cause) {
          throw new AppError("bad_input", {
            say: `${basename(path)} 第 ${index + 1} 行不是一道题:应有 id、type、q、today、must。`,
            cause,
          });
        }
      }),
  );
}
