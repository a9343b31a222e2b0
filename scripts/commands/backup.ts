/**
 * `backup` and `restore`: database, evidence and releases in one folder with a manifest of digests. The keys are not in
 * it unless asked for by name: a stolen copy opens nothing, and a copy without its keys is lost, so keep both, apart.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import SqliteDatabase from "better-sqlite3";
import type { Command } from "commander";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import type { Io } from "./io.ts";

const Manifest = z.object({
  v: z.literal(1),
  at: z.iso.datetime(),
  files: z.record(z.string(), z.string().length(64)),
});

const DATABASE = "mingzhi.sqlite";
const folders = ["evidence", "releases", "imports", "originals", "calendar"];

export function registerBackupCommands(program: Command, io: Io): void {
  program
    .command("backup <folder>")
    .description("把数据库、证据和发布版复制到一个新文件夹(不含密钥)")
    .option("--keys <folder>", "密钥另存到这个文件夹;与备份分开保管")
    .option("--json", "输出一份 JSON")
    .action(async (folder: string, options: { keys?: string; json?: boolean }) => {
      const made = await backUp(io.config.dataFolder, io.config.DATABASE_URL, folder, options.keys);
      if (options.json) io.json(made);
      else
        io.print(
          `已备份 ${made.files} 个文件到 ${folder}。${options.keys ? `密钥在 ${options.keys},请分开保管。` : "密钥未复制:没有 keys 文件夹,备份无法解密。"}`,
        );
    });

  program
    .command("restore <folder>")
    .description("从备份恢复到空的数据文件夹")
    .option("--keys <folder>", "备份时另存的密钥")
    .option("--json", "输出一份 JSON")
    .action((folder: string, options: { keys?: string; json?: boolean }) => {
      const restored = restore(folder, io.config.dataFolder, options.keys);
      if (options.json) io.json(restored);
      else io.print(`已恢复 ${restored.files} 个文件到 ${io.config.dataFolder},全部与登记的摘要一致。`);
    });
}

/** @throws AppError `bad_input` when the target exists or the store is PostgreSQL (use its own tools for that part). */
export async function backUp(
  data: string,
  databaseUrl: string | undefined,
  target: string,
  keys?: string,
): Promise<{ at: string; files: number }> {
  if (databaseUrl)
    throw new AppError("bad_input", {
      say: "数据在 PostgreSQL 中,请用 pg_dump 备份数据库,并复制 data 文件夹。",
    });
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new AppError("bad_input", { say: `文件夹 ${target} 不是空的。` });
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const source = new SqliteDatabase(join(data, DATABASE), { fileMustExist: true });
  // Consistent while the service runs: the engine's own copy. It comes before the evidence, so every row has its file.
  await source.backup(join(target, DATABASE));
  source.close();
  for (const folder of folders) {
    if (existsSync(join(data, folder))) cpSync(join(data, folder), join(target, folder), { recursive: true });
  }
  const files = Object.fromEntries(filesOf(target).map((path) => [relative(target, path), sha256(path)]));
  const at = new Date().toISOString();
  writeFileSync(join(target, "manifest.json"), `${JSON.stringify({ v: 1, at, files }, null, 2)}\n`);
  if (keys) {
    if (existsSync(keys) && readdirSync(keys).length > 0)
      throw new AppError("bad_input", { say: `文件夹 ${keys} 不是空的。` });
    cpSync(join(data, "keys"), keys, { recursive: true });
  }
  return { at, files: Object.keys(files).length };
}

/** @throws AppError `bad_input` when a file differs from the manifest, or the data folder holds a database already. */
export function restore(source: string, data: string, keys?: string): { at: string; files: number } {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(source, "manifest.json"), "utf8")));
  if (existsSync(join(data, DATABASE)))
    throw new AppError("bad_input", { say: `${data} 已有数据库,恢复只能到空的数据文件夹。` });
  for (const [path, digest] of Object.entries(manifest.files)) {
    const from = join(source, path);
    if (!existsSync(from) || sha256(from) !== digest)
      throw new AppError("bad_input", { say: `备份中的 ${path} 缺失或已改动,没有恢复。` });
  }
  for (const path of Object.keys(manifest.files)) {
    mkdirSync(dirname(join(data, path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(source, path), join(data, path));
  }
  if (keys) cpSync(keys, join(data, "keys"), { recursive: true });
  return { at: manifest.at, files: Object.keys(manifest.files).length };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
