/** `completeness`: what organs, counties and the city have not published, and what is overdue; a table, JSON or CSV. */
import type { Command } from "commander";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { type Completeness, completeness } from "../../src/records/completeness.ts";
import {
  type CompletenessReport,
  completenessCsv,
  completenessReport,
  csvTables,
} from "../../src/records/completeness-report.ts";
import type { Io } from "./io.ts";

export function registerCompletenessCommand(program: Command, io: Io): void {
  program
    .command("completeness")
    .description("应公示而未公示的内容:按执法主体、县(市、区)和市,连同逾期的年报和复核")
    .option("--entity <name>", "只看一个执法主体(名称或编号)")
    .option("--area <code>", "只看一个地区,如 140802")
    .option("--json", "输出一份 JSON")
    .option("--csv [table]", "输出 CSV:organs(执法主体)、areas(地区)或 overdue(逾期)")
    .action(async (options: { entity?: string; area?: string; json?: boolean; csv?: true | string }) => {
      const library = await io.openLibrary();
      const today = dayOf(new Date());
      const report = options.entity
        ? narrowed(completenessReport(library, today), named(options.entity))
        : completenessReport(library, today, options.area);
      if (options.json) io.json(report);
      else if (options.csv) for (const line of csv(report, options.csv)) io.print(line);
      else for (const line of say(report)) io.print(line);

      function named(name: string): readonly Completeness[] {
        const record = library.find(name);
        const entities = record?.kind === "entity" ? [record] : library.entitiesNamed(name);
        if (entities.length === 0)
          throw new AppError("not_found", { say: `没有名为“${name}”的执法主体。请用公示的全称。` });
        return entities.map((entity) => completeness(library, entity, today));
      }
    });
}

function narrowed(report: CompletenessReport, organs: readonly Completeness[]): CompletenessReport {
  const ids = new Set(organs.map(({ entity }) => entity));
  return { ...report, organs, areas: [], overdue: report.overdue.filter(({ entity }) => ids.has(entity)) };
}

function csv(report: CompletenessReport, wanted: true | string): readonly string[] {
  const table = wanted === true ? "organs" : csvTables.find((known) => known === wanted);
  if (!table) {
    throw new AppError("bad_input", { say: `--csv 可用 ${csvTables.join("、")},收到“${wanted}”。` });
  }
  return completenessCsv(report, table);
}

function say({ organs, areas, overdue }: CompletenessReport): string[] {
  const percent = (score: number) => `${Math.round(score * 100)}%`;
  const gaps = (worst: readonly string[]) => (worst.length > 0 ? `  最缺:${worst.join(";")}` : "");
  return [
    ...areas.map((one) => `${percent(one.score)}  ${one.name}(${one.organs} 个执法主体)${gaps(one.worst)}`),
    ...organs.map(
      (one) => `${percent(one.score)}  ${one.name}(${one.met}/${one.applicable})${gaps(one.worst)}`,
    ),
    ...overdue.map(({ name, what, due }) => `逾期  ${name}  ${what},应在 ${due} 前`),
  ];
}
