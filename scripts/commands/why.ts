/** `why`: one question's way: what was read, what was found with scores, what was decided. */
import { styleText } from "node:util";
import type { Command } from "commander";
import { conductOf } from "../../src/answering/conduct/conduct.ts";
import { decide } from "../../src/answering/deciding.ts";
import { ngramsOf } from "../../src/answering/finding/ngrams.ts";
import { soughtOf } from "../../src/answering/finding/sought.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { roles } from "../../src/turn.ts";
import { openForQuestions } from "./ask.ts";
import type { Io } from "./io.ts";

const SHOWN = 8;

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
        const library = app.library();
        const today = dayOf(app.now());
        const finding = app.answering.findingOf(library);
        if (!finding) throw new AppError("not_found", { say: "没有训练好的检索模型,先运行 train-finder。" });
        const text = normaliseQuestion(question);
        const area = app.config.DEFAULT_AREA;
        const mentions = mentionsOf(text, { library, memory: {}, today, ...(area ? { area } : {}) });
        const sought = soughtOf(text, mentions, role, finding.router, finding.learned);
        const found = finding.finder.find(sought, SHOWN);
        const decision = decide(found, finding.learned.calibration);
        const conduct = conductOf(ngramsOf(text), finding.learned.conduct);
        const top = (odds: ReadonlyMap<string, number>) => [...odds].slice(0, 3);
        if (options.json) {
          const candidates = found.map(({ unit, score, features }) => ({ id: unit.id, score, features }));
          const { slots, places, odds } = sought;
          const likely = { topic: top(odds.topic), aspect: top(odds.aspect), law: top(odds.law) };
          io.json({
            text,
            role,
            slots,
            places,
            likely,
            conduct,
            candidates,
            decision: sayDecision(decision),
          });
          return;
        }
        const line = (label: string, value: string) => io.print(`${styleText("cyan", label)} ${value}`);
        line("读作", text);
        line("案情", JSON.stringify(sought.slots));
        const share = ([name, chance]: readonly [string, number]) => `${name} ${(100 * chance).toFixed(0)}%`;
        line(
          "像是",
          [...top(sought.odds.topic), ...top(sought.odds.aspect), ...top(sought.odds.law)]
            .map(share)
            .join(" · "),
        );
        if (conduct) line("言行", conduct);
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

function sayDecision(decision: ReturnType<typeof decide>): string {
  switch (decision.kind) {
    case "answer":
      return `回答 ${[decision.unit, ...decision.beside].map(({ id }) => id).join("、")}`;
    case "offer":
      return `请对方选 ${decision.units.map(({ id }) => id).join("、")}`;
    case "nothing":
      return "没有可答的";
  }
}
