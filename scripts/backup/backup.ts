/**
 * A copy that is whole at one moment while the house goes on working. Order makes it so: evidence is on disk before its
 * row, a release before `current` names it, an original before its batch. So the database and the pointers are copied
 * first, and what they point at afterwards is there.
 *
 * Keys are never in the folder: whoever finds a backup opens nothing with it.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import SqliteDatabase from "better-sqlite3";
import { z } from "zod";
import { AppError } from "../../src/error.ts";

const DATABASE = "mingzhi.sqlite";
const MANIFEST = "manifest.json";
const PUBLIC_KEYS = "public-keys.json";
/** What is copied besides the database; pointers stand before what they point at. */
const folders = ["drafts", "releases", "originals", "calendar", "evidence"] as const;

const BackupManifest = z.object({
  v: z.literal(1),
  at: z.iso.datetime(),
  /** `sqlite` is in the backup; `postgres` is backed up by its own means. */
  database: z.enum(["sqlite", "postgres", "none"]),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string().length(64) })),
});
type BackupManifest = z.infer<typeof BackupManifest>;

export interface Copied {
  readonly at: string;
  readonly files: number;
  readonly bytes: number;
  readonly database: BackupManifest["database"];
  readonly warnings: readonly string[];
}

/**
 * Backs up into `to.folder`, which must be empty or absent, and the keys into `to.keys` when it is named.
 *
 * @throws AppError `bad_input` when a target is not empty, or one lies within the other or within the data.
 */
export async function backUp(
  from: { readonly dataFolder: string; readonly databaseUrl?: string },
  to: { readonly folder: string; readonly keys?: string },
  at: Date,
): Promise<Copied> {
  requireEmpty(to.folder);
  if (inside(to.folder, from.dataFolder))
    throw new AppError("bad_input", { say: "备份文件夹不能在数据文件夹里面。" });
  if (to.keys !== undefined) {
    requireEmpty(to.keys);
    if (inside(to.keys, to.folder) || inside(to.folder, to.keys))
      throw new AppError("bad_input", { say: "密钥必须与备份分开存放:两个文件夹不能一个在另一个里面。" });
  }
  mkdirSync(to.folder, { recursive: true, mode: 0o700 });
  const warnings: string[] = [];
  const database = await copyDatabase(from, to.folder);
  if (database === "postgres") warnings.push("数据库在 PostgreSQL 上,不在本备份内,请用 pg_dump 同时备份。");
  for (const name of folders) copyTree(join(from.dataFolder, name), join(to.folder, name));
  const keys = join(from.dataFolder, "keys");
  const published = join(keys, "acknowledgement", PUBLIC_KEYS);
  if (existsSync(published)) copyFileSync(published, join(to.folder, PUBLIC_KEYS));
  if (to.keys !== undefined) {
    copyTree(keys, to.keys);
    warnings.push(`密钥已另存到 ${to.keys}。请离线保管,不要与备份放在一处。`);
  } else {
    warnings.push(`备份不含密钥(${keys})。没有密钥,备份中的投诉无法打开;请用 --keys 另存一份并分开保管。`);
  }
  const manifest: BackupManifest = { v: 1, at: at.toISOString(), database, files: await describe(to.folder) };
  // The manifest appears last: a folder without one is not a backup.
  writeFileSync(join(to.folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return summary(manifest, warnings);
}

/**
 * Restores into a bare folder, after every digest was found right.
 *
 * @throws AppError `bad_input` when the target is not empty or the backup is incomplete or altered; nothing is written then.
 */
export async function restore(
  from: { readonly folder: string; readonly keys?: string },
  target: string,
): Promise<Copied> {
  requireEmpty(target);
  const manifest = readManifest(from.folder);
  const there = new Map((await describe(from.folder)).map((file) => [file.path, file.sha256]));
  const wrong = manifest.files.filter((file) => there.get(file.path) !== file.sha256);
  if (wrong.length > 0) {
    const names = wrong.slice(0, 5).map((file) => file.path);
    throw new AppError("bad_input", {
      say: `备份不完整或被改动,未恢复:${names.join("、")}${wrong.length > 5 ? ` 等 ${wrong.length} 个文件` : ""}。`,
    });
  }
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const warnings: string[] = [];
  for (const { path } of manifest.files) {
    if (path === PUBLIC_KEYS) continue;
    const place = join(target, path);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    copyFileSync(join(from.folder, path), place);
  }
  if (from.keys !== undefined) copyTree(from.keys, join(target, "keys"));
  else
    warnings.push(
      `没有恢复密钥。请先把密钥文件夹放到 ${join(target, "keys")} 再启动,否则会生成新密钥,原有投诉打不开。`,
    );
  if (manifest.database === "postgres") warnings.push("数据库在 PostgreSQL 上,请用 pg_restore 恢复。");
  return summary(manifest, warnings);
}

/** SQLite's own online backup: consistent while others write, and checked before it counts. */
async function copyDatabase(
  from: { readonly dataFolder: string; readonly databaseUrl?: string },
  folder: string,
): Promise<BackupManifest["database"]> {
  if (from.databaseUrl && /^postgres(ql)?:\/\//.test(from.databaseUrl)) return "postgres";
  const file = from.databaseUrl ?? join(from.dataFolder, DATABASE);
  if (!existsSync(file)) return "none";
  const copy = join(folder, DATABASE);
  const source = new SqliteDatabase(file, { readonly: true });
  try {
    await source.backup(copy);
  } finally {
    source.close();
  }
  const check = new SqliteDatabase(copy);
  try {
    // One file, without a log beside it.
    check.pragma("journal_mode = DELETE");
    if (check.pragma("integrity_check", { simple: true }) !== "ok")
      throw new AppError("internal", { say: "数据库副本未通过完整性检查,备份未完成。" });
  } finally {
    check.close();
  }
  return "sqlite";
}

/** Copies a folder; half-written files (dotted or `.part`) are not part of anything. Small pointer files go first. */
function copyTree(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const entries = readdirSync(from, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith(".") && !name.endsWith(".part"),
  );
  for (const entry of entries.filter((one) => one.isFile()))
    copyFileSync(join(from, entry.name), join(to, entry.name));
  for (const entry of entries.filter((one) => one.isDirectory()))
    copyTree(join(from, entry.name), join(to, entry.name));
}

async function describe(folder: string): Promise<BackupManifest["files"]> {
  const files: BackupManifest["files"] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const place = join(entry.parentPath, entry.name);
    const path = relative(folder, place).split(sep).join("/");
    if (path === MANIFEST) continue;
    const hash = createHash("sha256");
    let bytes = 0;
    await pipeline(createReadStream(place), async (chunks) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
      }
    });
    files.push({ path, bytes, sha256: hash.digest("hex") });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @throws AppError `bad_input` for a folder that is no backup, or names files outside itself. */
function readManifest(folder: string): BackupManifest {
  const file = join(folder, MANIFEST);
  if (!existsSync(file))
    throw new AppError("bad_input", { say: `“${folder}”不是完整的备份:缺少 ${MANIFEST}。` });
  const manifest = BackupManifest.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!manifest.success || manifest.data.files.some(({ path }) => !inside(join(folder, path), folder)))
    throw new AppError("bad_input", { say: `“${file}”无法识别。` });
  return manifest.data;
}

function summary(manifest: BackupManifest, warnings: readonly string[]): Copied {
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  return { at: manifest.at, files: manifest.files.length, bytes, database: manifest.database, warnings };
}

function requireEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new AppError("bad_input", {
      say: `文件夹“${folder}”不是空的,未写入任何内容。请另选一个空文件夹。`,
    });
}

function inside(path: string, folder: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}
