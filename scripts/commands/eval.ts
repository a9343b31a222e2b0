/** `eval`: golden questions through the front door, scored; or retrieval alone. `train-routes`: the question router. */
import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { FoundFigures } from "../../knowledge/train/found-figures.ts";
import type { App } from "../../src/app.ts";
import { AppError } from "../../src/error.ts";
import { parseDay } from "../../src/law/day.ts";
import { readGolden } from "../eval/golden.ts";
import { htmlReport } from "../eval/html.ts";
import { report, sayReport, sayStrangers } from "../eval/report.ts";
import { type Mark, score } from "../eval/score.ts";
import { askOnce, openForQuestions } from "./ask.ts";
import type { Io } from "./io.ts";

interface EvalOptions {
  readonly set?: string;
  readonly html?: string;
  readonly json?: boolean;
  readonly retrieval?: boolean;
  readonly triage?: boolean;
  readonly corpus?: string;
  readonly queries?: string;
}

export function registerEvalCommands(program: Command, io: Io): void {
  program
    .command("eval")
    .description("用标准问题给回答打分;没有达到要求时以 1 退出")
    .option("--set <file>", "只用这个文件里的问题")
    .option("--html <file>", "另写一份网页报告")
    .option("--json", "只输出一个 JSON")
    .option("--retrieval", "只测检索,需要 --corpus 和 --queries")
    .option("--triage", "只测投诉分流:每一类在没训练过的例句上的得分")
    .option("--corpus <file>", "法条,每行一条")
    .option("--queries <file>", "问题和正确的法条,每行一题")
    .action(async (options: EvalOptions) => {
      if (options.retrieval) return evaluateRetrieval(io, options);
      if (options.triage) return evaluateTriage(io, options);
      const { strangers, ...result } = await evaluate(io, options.set);
      if (options.html) writeFileSync(options.html, htmlReport(result, strangers));
      if (options.json) io.json({ ...result, ...(strangers ? { strangers } : {}) });
      else {
        io.print(sayReport(result));
        if (strangers) io.print(sayStrangers(strangers));
      }
      if (!result.passed) process.exitCode = 1;
    });

  program
    .command("train-routes")
    .description("由 knowledge/questions 重新训练问题分类和投诉分流")
    .action(async () => {
      const { trainRoutes } = await import("../../knowledge/train/route.ts");
      const { trainTriage } = await import("../../knowledge/train/route-triage.ts");
      io.json({ routes: trainRoutes(), triage: trainTriage() });
    });

  program
    .command("train-finder")
    .description("由要点的问法、服务的问法和言行例句重新训练检索;--hand 指定不学、只用来排序和校准的写手")
    .option("--hand <name>", "写手", "b")
    .option("--refresh", "排序不变,只按现有问法重学其余部分")
    .option("--talk", "只按接话和言行例句重学,其余不变")
    .action(async (options: { hand: string; refresh?: boolean; talk?: boolean }) => {
      const { refreshFinder, refreshTalk, trainFinder } = await import("../../knowledge/train/finder.ts");
      const { readShipped } = await import("../../knowledge/release/shipped.ts");
      const { libraryOf } = await import("../../knowledge/train/route.ts");
      const { loadMaterials } = await import("../../knowledge/materials.ts");
      const { createRouter } = await import("../../src/answering/understand/router.ts");
      const library = libraryOf(readShipped({ demo: false }));
      const router = createRouter(loadMaterials(io.config.dataFolder).routes);
      io.json(
        options.talk
          ? refreshTalk(library, router, io.note)
          : options.refresh
            ? refreshFinder(library, router, io.note)
            : trainFinder(library, router, options.hand, io.note),
      );
    });
}

/** Questions by strangers, seen by now, through the finder: how often a right point comes first, and is promised so. */
async function askStrangers(app: App): Promise<FoundFigures | undefined> {
  const { measureStrangers, strangerFigures } = await import("../../knowledge/train/strangers-asked.ts");
  const library = app.library();
  const finding = app.answering.findingOf(library);
  if (!finding) return undefined;
  const { finder, learned, router } = finding;
  return strangerFigures(measureStrangers(library, router, learned, finder), learned);
}

/** How well each kind of grievance is told from the others, on examples held out of training. */
async function evaluateTriage(io: Io, options: EvalOptions): Promise<void> {
  const { triageScores } = await import("../../knowledge/train/route-triage.ts");
  const { triageKinds } = await import("../../src/complaints/triage-kinds.ts");
  const scores = triageScores();
  if (options.json) return io.json(scores);
  for (const { name, examples, recall, precision } of scores.perClass) {
    const label = triageKinds[name as keyof typeof triageKinds].label;
    io.print(`${label}  例句 ${examples}  找全 ${recall}  找准 ${precision}`);
  }
  io.print(`合计 ${scores.examples} 句,准确率 ${scores.accuracy}`);
}

export async function evaluate(io: Io, file?: string) {
  const app = await openForQuestions(io);
  const marks: Mark[] = [];
  const times: number[] = [];
  try {
    for (const golden of readGolden(file)) {
      const manners = {
        role: golden.role ?? ("citizen" as const),
        today: parseDay(golden.today),
        conversation: `eval ${golden.id}`,
        ...(golden.area ? { area: golden.area } : {}),
      };
      for (const before of golden.conversation ?? []) await askOnce(app, before, manners);
      const began = performance.now();
      const reply = await askOnce(app, golden.q, manners);
      times.push(performance.now() - began);
      marks.push(score(golden, reply));
    }
    const strangers = file ? undefined : await askStrangers(app);
    return { ...report(marks, times, { ...app.answering.heldBack }), ...(strangers ? { strangers } : {}) };
  } finally {
    await app.close();
  }
}

async function evaluateRetrieval(io: Io, options: EvalOptions): Promise<void> {
  if (!options.corpus || !options.queries) {
    throw new AppError("bad_input", { say: "测检索要用 --corpus 指定法条文件、--queries 指定问题文件。" });
  }
  const { evalRetrieval } = await import("./retrieval.ts");
  io.json(await evalRetrieval(options.corpus, options.queries));
}
