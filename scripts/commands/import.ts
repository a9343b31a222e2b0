/** `import <file> --kind …`: a published list into drafts, with everything that is wrong with it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { readDataset } from "../../knowledge/data.ts";
import { batchId, writeDrafts } from "../../knowledge/import/drafts.ts";
import { importFile } from "../../knowledge/import/index.ts";
import type { KnownOrgan } from "../../knowledge/import/organs.ts";
import { sayReport, writeCsvReport } from "../../knowledge/import/report.ts";
import { AppError } from "../../src/error.ts";
import type { Library } from "../../src/records/library.ts";
import { type RecordKind, recordKinds } from "../../src/records/schema.ts";
import type { Io } from "./io.ts";

interface Options {
  kind: string;
  entity?: string;
  entities?: string;
  dataset?: string;
  sheet?: string;
  headerRow?: string;
  mapping?: string;
  title?: string;
  publisher?: string;
  by?: string;
  dryRun?: boolean;
  report?: string;
  json?: boolean;
}

export function registerImportCommands(program: Command, io: Io): void {
  program
    .command("import <file>")
    .description("导入公示清单为草稿,逐行报告问题")
    .requiredOption("--kind <kind>", `清单类型:${Object.keys(recordKinds).join("、")}`)
    .option("--entity <name>", "清单所属机关(表内没有主体列时)")
    .option("--entities <folder>", "已公示主体的数据集文件夹,代替主体库")
    .option("--dataset <id>", "数据集:城市区划代码或 demo")
    .option("--sheet <name>", "工作表")
    .option("--header-row <n>", "表头所在行")
    .option("--mapping <file>", "列名到字段的对应(JSON)")
    .option("--title <text>", "清单名称")
    .option("--publisher <name>", "发布机关")
    .option("--by <name>", "导入人", "未署名")
    .option("--dry-run", "只检查,不保存")
    .option("--report <file>", "把问题写成 CSV")
    .option("--json", "输出一份 JSON")
    .action(async (file: string, options: Options) => {
      if (!(options.kind in recordKinds))
        throw new AppError("bad_input", {
          say: `没有清单类型“${options.kind}”,可以是 ${Object.keys(recordKinds).join("、")}。`,
        });
      const at = new Date();
      const result = await importFile({
        file,
        kind: options.kind as RecordKind,
        known: await knownOrgans(io, options.entities),
        at,
        ...(options.by ? { by: options.by } : {}),
        ...(options.entity ? { entity: options.entity } : {}),
        ...(options.dataset ? { dataset: options.dataset } : {}),
        ...(options.sheet ? { sheet: options.sheet } : {}),
        ...(options.title ? { title: options.title } : {}),
        ...(options.publisher ? { publisher: options.publisher } : {}),
        ...(options.headerRow ? { headerRow: Number(options.headerRow) } : {}),
        ...(options.mapping
          ? { mapping: JSON.parse(readFileSync(options.mapping, "utf8")) as Record<string, string> }
          : {}),
        progress: (rows) => io.note(`已读 ${rows} 行…`),
      });
      const { refused, dropped, sha256, ...shown } = result;
      if (!options.dryRun && !refused) {
        const batch = {
          id: batchId(at, sha256),
          file: result.file,
          sha256,
          kind: result.kind,
          sheet: result.sheet,
          mapping: result.mapping,
          dropped: [...dropped],
          counts: result.counts,
          by: options.by ?? "未署名",
          at: at.toISOString(),
        };
        writeDrafts(io.config.dataFolder, batch, result.records, file);
        io.note(`草稿已保存:${join(io.config.dataFolder, "drafts", batch.id)}`);
      }
      if (options.report) writeFileSync(options.report, writeCsvReport(result));
      if (options.json) io.json({ ...shown, records: options.dryRun ? result.records : [] });
      else io.print(sayReport(result));
      if (refused) process.exitCode = 1;
    });
}

/** Organs of the live release, or of a folder; a library that cannot be opened is no library. */
async function knownOrgans(io: Io, folder: string | undefined): Promise<readonly KnownOrgan[]> {
  if (folder) return readDataset(folder).flatMap((record) => (record.kind === "entity" ? [record] : []));
  let library: Library;
  try {
    library = await io.openLibrary();
  } catch {
    io.note("没有可用的主体库,仅按 --entity 识别机关。");
    return [];
  }
  return library.all("entity");
}
