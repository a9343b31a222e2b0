/** `completeness`: what each organ has not published, as a table, JSON or CSV. */
import type { Command } from "commander";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { type Completeness, completeness, completenessOfAll } from "../../src/records/completeness.ts";
import type { Io } from "./io.ts";

export function registerCompletenessCommand(program: Command, io: Io): void {
  program
    .command("completeness")
    .description("每个执法主体应公示而未公示的内容")
    .option("--entity <name>", "只看一个执法主体(名称或编号)")
    .option("--area <code>", "只看一个地区,如 140802")
    .option("--json", "输出一份 JSON")
    .option("--csv", "输出 CSV,供司法行政部门汇总")
    .action(async (options: { entity?: string; area?: string; json?: boolean; csv?: boolean }) => {
      const library = await io.openLibrary();
      const today = dayOf(new Date());
      const results = options.entity
        ? named(options.entity)
        : completenessOfAll(library, today, options.area);
      if (options.json) io.json({ today, organs: results });
      else if (options.csv) for (const line of csv(results)) io.print(line);
      else for (const one of results) io.print(say(one));

      function named(name: string): readonly Completeness[] {
        const record = library.find(name);
        const entities = record?.kind === "entity" ? [record] : library.entitiesNamed(name);
        if (entities.length === 0)
          throw new AppError("not_found", { say: `没有名为“${name}”的执法主体。请用公示的全称。` });
        return entities.map((entity) => completeness(library, entity, today));
      }
    });
}

function say({ name, score, met, applicable, worst }: Completeness): string {
  return `${Math.round(score * 100)}%  ${name}(${met}/${applicable})${worst.length > 0 ? `  最缺:${worst.join(";")}` : ""}`;
}

function csv(results: readonly Completeness[]): readonly string[] {
  const items = results[0]?.lines.map((line) => line.item) ?? [];
  const rows = results.map((one) => [
    one.area,
    one.name,
    one.score.toFixed(3),
    ...one.lines.map((line) =>
      line.met === undefined ? "不适用" : line.met ? "已公示" : `缺${line.missing}`,
    ),
    one.worst.join(";"),
  ]);
  return [["地区", "执法主体", "得分", ...items, "最缺的三项"], ...rows].map((row) =>
    row.map(cell).join(","),
  );
}

/** A cell that a spreadsheet will not run as a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
