/**
 * Releases shared through the database, for several machines on one PostgreSQL: a machine that publishes pushes its
 * folder, every other pulls. The folder stays what is read; the database is how it travels.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { replaceFile } from "../durable-file.ts";
import type { Database } from "./database.ts";

/** Small files that change; the rest of the folder never does. */
const POINTERS = ["switches.json", "current"] as const;
const PARTS = ["records.jsonl", "manifest.json"] as const;

/** Sends what the database lacks, then the pointers: `current` last, so that nobody follows it to a missing release. */
export async function pushReleases(db: Database, folder: string, at: Date): Promise<void> {
  const known = new Set(
    (await db.selectFrom("release_file").select("name").execute()).map((row) => row.name),
  );
  for (const id of releasesIn(folder)) {
    for (const part of PARTS) {
      const name = `${id}/${part}`;
      if (!known.has(name)) await put(db, name, readFileSync(join(folder, name)), at);
    }
  }
  for (const name of POINTERS) {
    if (existsSync(join(folder, name))) await put(db, name, readFileSync(join(folder, name)), at);
  }
}

/** Brings the live release and the switches here. Returns whether anything changed. */
export async function pullReleases(db: Database, folder: string): Promise<boolean> {
  const pointers = await db
    .selectFrom("release_file")
    .select(["name", "body"])
    .where("name", "in", [...POINTERS])
    .execute();
  let changed = false;
  for (const name of POINTERS) {
    const row = pointers.find((pointer) => pointer.name === name);
    if (!row) continue;
    const body = unpack(row.body);
    if (existsSync(join(folder, name)) && readFileSync(join(folder, name)).equals(body)) continue;
    if (name === "current") await pullRelease(db, folder, body.toString().trim());
    replaceFile(join(folder, name), body);
    changed = true;
  }
  return changed;
}

async function pullRelease(db: Database, folder: string, id: string): Promise<void> {
  if (existsSync(join(folder, id, "manifest.json"))) return;
  const rows = await db
    .selectFrom("release_file")
    .select(["name", "body"])
    .where(
      "name",
      "in",
      PARTS.map((part) => `${id}/${part}`),
    )
    .execute();
  const temporary = join(folder, `.${id}-${randomBytes(4).toString("hex")}`);
  mkdirSync(temporary, { recursive: true });
  for (const row of rows) writeFileSync(join(temporary, row.name.slice(id.length + 1)), unpack(row.body));
  if (!existsSync(join(folder, id))) renameSync(temporary, join(folder, id));
}

function releasesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter(
    (name) => !name.startsWith(".") && existsSync(join(folder, name, "manifest.json")),
  );
}

async function put(db: Database, name: string, body: Buffer, at: Date): Promise<void> {
  const row = { name, body: gzipSync(body).toString("base64"), at: at.getTime() };
  await db
    .insertInto("release_file")
    .values(row)
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ body: row.body, at: row.at }))
    .execute();
}

function unpack(body: string): Buffer {
  return gunzipSync(Buffer.from(body, "base64"));
}
