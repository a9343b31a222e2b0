/** `import <file> --kind …`: a published list into drafts, with everything that is wrong with it. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { readDataset } from "../../knowledge/data.ts";
import { keepList, kindNamed, readList } from "../../knowledge/desk/read-list.ts";
import { confirmMapping, listMappings, readMapping } from "../../knowledge/import/mappings.ts";
import { sayMapping, sayReport, writeCsvReport, writeHtmlReport } from "../../knowledge/import/report.ts";
import { isSigned, signatureOf, UNSIGNED } from "../../knowledge/signature.ts";
import { AppError } from "../../src/error.ts";
import { type Day, parseDay } from "../../src/law/day.ts";
import { type PublishedRecord, recordKinds } from "../../src/records/schema.ts";
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
  publishedOn?: string;
  by?: string;
  dryRun?: boolean;
  supersedes?: string;
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
    .option("--published-on <day>", "公布日期(表内没有写明时),如 2026-03-02")
    .option("--by <name>", "导入人;没有署名的清单不能发布", UNSIGNED)
    .option("--dry-run", "只检查,不保存")
    .option("--supersedes <id>", "法规新版:被替代的旧版编号")
    .option("--report <file>", "把问题写成 CSV;文件名以 .html 结尾时写成网页")
    .option("--json", "输出一份 JSON")
    .action(async (file: string, options: Options) => {
      const kind = kindNamed(options.kind);
      for (const path of [file, options.mapping]) if (path !== undefined) checkFile(path);
      const at = new Date();
      const by = signatureOf(options.by);
      const { dataFolder } = io.config;
      const published = await publishedRecords(io, options.entities);
      const read = await readList(dataFolder, file, published, {
        kind,
        at,
        by,
        ...(options.supersedes ? { supersedes: options.supersedes } : {}),
        ...(options.entity ? { entity: options.entity } : {}),
        ...(options.dataset ? { dataset: options.dataset } : {}),
        ...(options.sheet ? { sheet: options.sheet } : {}),
        ...(options.title ? { title: options.title } : {}),
        ...(options.publisher ? { publisher: options.publisher } : {}),
        ...(options.publishedOn ? { publishedOn: dayGiven(options.publishedOn) } : {}),
        ...(options.headerRow ? { headerRow: rowNumber(options.headerRow) } : {}),
        ...(options.mapping ? { mapping: readMapping(kind, readFileSync(options.mapping, "utf8")) } : {}),
        progress: (rows) => io.note(`已读 ${rows} 行…`),
      });
      const { result, lacking } = read;
      // Nothing is kept of a dry run, so there is nothing yet to confirm.
      const mapped = read.mapped.filter(({ code }) => !(options.dryRun && code === "W70"));
      const issues = [...result.issues, ...mapped];
      const { refused, dropped: _, sha256: __, headings: ___, ...told } = { ...result, issues };
      if (!options.dryRun && !refused) {
        const batch = keepList(dataFolder, file, read, { by, at });
        io.note(`草稿已保存:${join(dataFolder, "drafts", batch.id)}`);
        if (!isSigned(by)) io.note("导入人没有署名,这份草稿不能发布。请署名(--by)重新导入。");
      }
      const full = { ...result, issues: [...issues, ...lacking] };
      if (options.report)
        writeFileSync(
          options.report,
          options.report.endsWith(".html") ? writeHtmlReport(full) : writeCsvReport(full),
        );
      if (options.json) io.json({ ...told, lacking, records: options.dryRun ? result.records : [] });
      else io.print(sayReport(full));
      if (refused) process.exitCode = 1;
    });
  registerMappingCommands(program, io);
}

/** `mapping …`: who proposed and who confirmed which columns mean what. */
function registerMappingCommands(program: Command, io: Io): void {
  const { dataFolder } = io.config;
  const mapping = program.command("mapping").description("导入时列名的对应:查看、由另一人确认");
  mapping
    .command("list")
    .option("--json", "输出一份 JSON")
    .action((options: { json?: boolean }) => {
      const saved = listMappings(dataFolder);
      if (options.json) return io.json(saved);
      for (const one of saved) {
        const state = one.confirmed
          ? `${one.confirmed.by} 于 ${one.confirmed.at.slice(0, 10)} 确认`
          : "待另一人确认";
        io.print(`${one.id}  ${one.kind}  ${one.source}  ${one.proposed.by} 提出,${state}`);
        for (const line of sayMapping(one.kind, one.mapping, one.matches)) io.print(line);
      }
    });
  mapping
    .command("confirm <id>")
    .description("核对后确认一份对应")
    .requiredOption("--by <name>", "确认人,不能是提出人")
    .option("--json", "输出一份 JSON")
    .action((id: string, options: { by: string; json?: boolean }) => {
      const confirmed = confirmMapping(dataFolder, id, { by: options.by, at: new Date() });
      if (options.json) io.json(confirmed);
      else {
        io.print(`已确认:${confirmed.kind} ${confirmed.source},共 ${confirmed.headers.length} 列。`);
        for (const line of sayMapping(confirmed.kind, confirmed.mapping, confirmed.matches)) io.print(line);
      }
    });
}

/** Records of the live release, or of a folder; a library that cannot be opened is no library. */
async function publishedRecords(
  io: Io,
  folder: string | undefined,
): Promise<readonly PublishedRecord[] | undefined> {
  if (folder) return readDataset(folder);
  try {
    return (await io.openLibrary()).records();
  } catch {
    io.note("没有可用的主体库,仅按 --entity 识别机关。");
    return undefined;
  }
}

/** @throws AppError `bad_input` for a path that names no file. */
function checkFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  throw new AppError("bad_input", { say: `没有文件“${path}”。请核对路径和文件名。` });
}

function rowNumber(text: string): number {
  const row = Number(text);
  if (Number.isInteger(row) && row > 0) return row;
  throw new AppError("bad_input", { say: `表头行“${text}”应为从 1 起的整数。` });
}

function dayGiven(text: string): Day {
  const day = parseDay(text);
  if (day) return day;
  throw new AppError("bad_input", { say: `公布日期“${text}”应为真实存在的日期,如 2026-03-02。` });
}
