/** `import <file> --kind …`: a published list into drafts, with everything that is wrong with it. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { readDataset } from "../../knowledge/data.ts";
import { keepList, kindNamed, statuteOf, waitingIn } from "../../knowledge/desk/read-list.ts";
import { type BatchList, checkPath, importBatch } from "../../knowledge/import/batch.ts";
import {
  confirmMapping,
  listMappings,
  type MappingSource,
  mappingFindings,
  mappingSource,
  readMapping,
  recallMapping,
} from "../../knowledge/import/mappings.ts";
import { datasetOf } from "../../knowledge/import/organs.ts";
import { gazetteer, type NamedPlace } from "../../knowledge/import/places.ts";
import { sayMapping, sayReports, writeCsvReport, writeHtmlReport } from "../../knowledge/import/report.ts";
import { checkWhole } from "../../knowledge/import/whole.ts";
import { assembleDraft } from "../../knowledge/release/draft.ts";
import { isSigned, signatureOf, UNSIGNED } from "../../knowledge/signature.ts";
import { AppError } from "../../src/error.ts";
import { type Day, dayOf, parseDay } from "../../src/law/day.ts";
import { type PublishedRecord, type RecordKind, recordKinds } from "../../src/records/schema.ts";
import type { Io } from "./io.ts";

interface Options {
  kind?: string;
  city?: string;
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
    .command("import <path>")
    .description("导入公示清单(一个文件或整个文件夹)为草稿,逐行报告问题")
    .option("--kind <kind>", `清单类型,不写时按列名和标题辨认:${Object.keys(recordKinds).join("、")}`)
    .option("--city <name>", "清单属于哪个城市:名称或区划代码")
    .option("--entity <name>", "清单所属机关(表内没有主体列,标题也没有写明时)")
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
    .action(async (path: string, options: Options) => importPath(io, path, options));
  registerMappingCommands(program, io);
}

async function importPath(io: Io, path: string, options: Options): Promise<void> {
  const kind = options.kind === undefined ? undefined : kindNamed(options.kind);
  const files = checkPath(path);
  if (options.mapping !== undefined) checkFile(options.mapping);
  if (options.mapping !== undefined && options.kind === undefined)
    throw new AppError("bad_input", { say: "列名对应(--mapping)只能与清单类型(--kind)一起给出。" });
  const at = new Date();
  const by = signatureOf(options.by);
  const { dataFolder } = io.config;
  const published = await publishedRecords(io, options.entities);
  const waiting = waitingIn(dataFolder);
  // Organs and powers of lists that wait for the same release are known to the next list.
  const known = published && assembleDraft(published, [], waiting).records;
  const areas = (known ?? []).flatMap((record) => (record.kind === "area" ? [record] : []));
  const dataset = options.dataset ?? (options.city ? datasetOfCity(options.city, areas) : undefined);
  const older = options.supersedes ? statuteOf(published ?? [], options.supersedes) : undefined;
  const calendar = loadCalendar(join(dataFolder, "calendar"));
  const sourceOf = (of: RecordKind, file: string) => mappingSource(of, options.entity, basename(file));
  const lists = await importBatch(
    files,
    {
      calendar,
      known: (known ?? []).flatMap((record) => (record.kind === "entity" ? [record] : [])),
      areas,
      ...(known ? { powers: known.flatMap((record) => (record.kind === "power" ? [record] : [])) } : {}),
      statutes: (known ?? []).flatMap((record) => (record.kind === "statute" ? [record] : [])),
      ...(older ? { supersedes: older } : {}),
      at,
      by,
      ...(kind ? { kind } : {}),
      ...(options.entity ? { entity: options.entity } : {}),
      ...(dataset ? { dataset } : {}),
      ...(options.sheet ? { sheet: options.sheet } : {}),
      ...(options.title ? { title: options.title } : {}),
      ...(options.publisher ? { publisher: options.publisher } : {}),
      ...(options.publishedOn ? { publishedOn: dayGiven(options.publishedOn) } : {}),
      ...(options.headerRow ? { headerRow: rowNumber(options.headerRow) } : {}),
      mapping: options.mapping
        ? readMapping(kind!, readFileSync(options.mapping, "utf8"))
        : (of, file) => (headings) => recallMapping(dataFolder, sourceOf(of, file), headings)?.mapping,
      progress: (rows) => io.note(`已读 ${rows} 行…`),
    },
    (file) => (files.length > 1 ? io.note(`正在导入 ${file}`) : undefined),
  );
  // Nothing is kept of a dry run, so there is nothing yet to confirm.
  const withMapping = lists.map(({ result, ...list }) => {
    const mapped = mappingFindings(dataFolder, sourceOf(result.kind, result.file), result);
    const issues = [...result.issues, ...mapped.filter(({ code }) => !(options.dryRun && code === "W70"))];
    return { ...list, result: { ...result, issues } };
  });
  const results = withMapping.map(({ result }) => result);
  const lacking = published
    ? checkWhole(results, { published, waiting, today: dayOf(at), options: { calendar } })
    : results.map(() => []);
  if (!options.dryRun) saveDrafts(io, withMapping, { by, at, sourceOf });
  const full = results.map((result, index) => ({
    ...result,
    issues: [...result.issues, ...lacking[index]!],
  }));
  if (options.report)
    writeFileSync(
      options.report,
      options.report.endsWith(".html") ? writeHtmlReport(full) : writeCsvReport(full),
    );
  const shown = results.map(({ refused, dropped, sha256, headings, records, ...read }, index) => ({
    ...read,
    lacking: lacking[index]!,
    records: options.dryRun ? records : [],
  }));
  if (options.json) io.json(shown.length === 1 ? shown[0] : { lists: shown });
  else
    for (const line of sayReports(
      full,
      withMapping.map(({ guessed }) => guessed),
    ))
      io.print(line);
  if (results.some(({ refused }) => refused)) process.exitCode = 1;
}

/** One draft a list, so that each can be published, held back or discarded by itself. */
function saveDrafts(
  io: Io,
  lists: readonly BatchList[],
  {
    by,
    at: started,
    sourceOf,
  }: { by: string; at: Date; sourceOf: (of: RecordKind, file: string) => MappingSource },
): void {
  const { dataFolder } = io.config;
  const taken = lists.filter(({ result }) => !result.refused);
  const ids = taken.map(({ path, result }, index) => {
    const at = new Date(started.getTime() + index);
    const read = { result, source: sourceOf(result.kind, result.file) };
    return keepList(dataFolder, path, read, { by, at }).id;
  });
  if (ids.length === 0) return;
  io.note(`草稿已保存:${ids.map((id) => join(dataFolder, "drafts", id)).join("、")}`);
  if (!isSigned(by)) io.note("导入人没有署名,这份草稿不能发布。请署名(--by)重新导入。");
}

/** @throws AppError `bad_input` for a name no city bears, or several do. */
function datasetOfCity(city: string, areas: readonly NamedPlace[]): string {
  if (/^\d{6}$/.test(city)) return datasetOf(city);
  const { area, rest } = gazetteer(areas).split(city);
  if (area && rest === "") return datasetOf(area);
  throw new AppError("bad_input", {
    say: `没有城市“${city}”,或有几个地方同名。请写全名或 6 位区划代码;新的城市先用 city new 建立。`,
  });
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
    .command("confirm <ids...>")
    .description("核对后确认一份对应")
    .requiredOption("--by <name>", "确认人,不能是提出人")
    .option("--json", "输出一份 JSON")
    .action((ids: readonly string[], options: { by: string; json?: boolean }) => {
      const all = ids.map((id) => confirmMapping(dataFolder, id, { by: options.by, at: new Date() }));
      if (options.json) return io.json(all.length === 1 ? all[0] : all);
      for (const confirmed of all) {
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
