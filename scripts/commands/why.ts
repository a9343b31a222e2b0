/** `why`: one question's way: what was read, what was found with scores, what was decided. */
import { styleText } from "node:util";
import type { Command } from "commander";
import { AppError } from "../../src/error.ts";
import { explainQuestion, sayDecision } from "../../src/explaining.ts";
import { roles } from "../../src/turn.ts";
import { openForQuestions } from "./ask.ts";
import type { Io } from "./io.ts";

export function registerWhyCommand(program: Command, io: Io): void {
  program
    .command("why <question>")
    .description("看一个问题是怎么被理解和回答的:读出了什么、找到了哪些要点、怎么定的")
    .option("--role <role>", "citizen 或 officer", "citizen")
    .option("--json", "输出 JSON")
    .action(async (question: string, options: { role: string; json?: boolean }) => {
      const role = roles.find((one) => one === options.role);
      if (!role) throw new AppError("bad_input", { say: `--role 应为 ${roles.join(" 或 ")}。` });
      const app = await openForQuestions(io);
      try {
        const { found, decision, ...read } = explainQuestion(app, question, role);
        if (options.json) {
          const candidates = found.map(({ unit, score, features }) => ({ id: unit.id, score, features }));
          io.json({ ...read, role, candidates, decision: sayDecision(decision) });
          return;
        }
        const line = (label: string, value: string) => io.print(`${styleText("cyan", label)} ${value}`);
        line("读作", read.text);
        line("案情", JSON.stringify(read.slots));
        const share = ([name, chance]: readonly [string, number]) => `${name} ${(100 * chance).toFixed(0)}%`;
        line("像是", Object.values(read.likely).flat().map(share).join(" · "));
        if (read.conduct) line("言行", read.conduct);
        for (const { unit, score, features } of found) {
          const near = `近 ${features.askNear.toFixed(2)} 同 ${features.sameTokens.toFixed(2)}`;
          io.print(
            `${score.toFixed(2).padStart(6)} ${styleText("green", unit.id)} ${near} ${unit.text.slice(0, 40)}`,
          );
        }
        line("定为", `${sayDecision(decision)}(把握 ${(100 * decision.sure).toFixed(0)}%)`);
      } finally {
        await app.close();
      }
    });
}
