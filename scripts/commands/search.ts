/** `search`: hits with their reasons. `train-vectors`: rebuilds the learned model. */
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import { readModel } from "../../src/search/model.ts";
import type { Hit, Leg } from "../../src/search/passage.ts";
import type { Io } from "./io.ts";
import { MODEL_FOLDER } from "./retrieval.ts";

export { evalRetrieval, MODEL_FOLDER } from "./retrieval.ts";

/** Our own lay questions, which ship with the software. */
const LAY_FOLDER = fileURLToPath(new URL("../../knowledge/questions/lay", import.meta.url));

const legNames = {
  identifier: "编号一致",
  words: "词语",
  bigrams: "字组",
  vectors: "语义",
  memory: "相似问题",
  rerank: "重排",
} satisfies Record<Leg, string>;

export function registerSearchCommands(program: Command, io: Io): void {
  program
    .command("search <text>")
    .description("检索公开信息,并说明每条结果的得分由来")
    .option("--kind <kinds>", "只看这些种类,用逗号分开")
    .option("--top <number>", "最多几条", "10")
    .option("--area <code>", "地区代码,如 140802")
    .option("--json", "只输出一个 JSON")
    .action(async (text: string, options: { kind?: string; top: string; area?: string; json?: boolean }) => {
      const top = Number(options.top);
      if (!Number.isInteger(top) || top < 1 || top > 1000) {
        throw new AppError("bad_input", { say: `--top 应为 1 到 1000 的整数,收到“${options.top}”。` });
      }
      const library = await io.openLibrary();
      const { passagesOf } = await import("../../src/records/passages.ts");
      const index = createSearchIndex(passagesOf(library), () => readModel(MODEL_FOLDER));
      const scope = { kinds: options.kind?.split(","), area: options.area, on: dayOf(new Date()) };
      const hits = index.find(text, scope, top);
      if (options.json) io.json({ query: text, hits });
      else
        for (const line of hits.length > 0 ? hits.map(describe) : ["没有找到。换个说法再试。"])
          io.print(line);
    });

  program
    .command("train-vectors <corpus> <pairs>")
    .description("由法条、问题和自拟问题(knowledge/questions/lay)重新训练 knowledge/models(约半小时)")
    .option("--out <folder>", "写到哪个文件夹", MODEL_FOLDER)
    .action(async (corpus: string, pairs: string, options: { out: string }) => {
      const { train } = await import("../../knowledge/train/train.ts");
      io.json(train({ corpus, pairs, lay: LAY_FOLDER }, options.out, (text) => io.note(text)));
    });
}

function describe({ passage, why }: Hit, position: number): string {
  const reasons = why.map(({ leg, score, terms }) => {
    return `${legNames[leg]} ${score}${terms && terms.length > 0 ? `(${terms.join("、")})` : ""}`;
  });
  const text = passage.text.replaceAll(/\s+/g, " ").slice(0, 80);
  return `${position + 1}. ${passage.name ?? passage.title}${passage.heading ? ` ${passage.heading}` : ""}\n   ${text}\n   ${reasons.join(" · ")}`;
}
