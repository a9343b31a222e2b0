/** Opens the store: SQLite by default, PostgreSQL by URL. The same code runs on both. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import SqliteDatabase from "better-sqlite3";
import {
  Kysely,
  type Transaction as KyselyTransaction,
  Migrator,
  PostgresDialect,
  SqliteDialect,
} from "kysely";
import pg from "pg";
import { migrations } from "./migrations.ts";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
export type Transaction = KyselyTransaction<Tables>;

export interface Store {
  readonly db: Database;
  readonly kind: "sqlite" | "postgres";
  close(): Promise<void>;
}

/** Opens and migrates. `place` is a `postgres://` URL, a file path, or `:memory:`. */
export async function openStore(place: string): Promise<Store> {
  const postgres = /^postgres(ql)?:\/\//.test(place);
  const db = new Kysely<Tables>({ dialect: postgres ? postgresDialect(place) : sqliteDialect(place) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw error;
  }
  return { db, kind: postgres ? "postgres" : "sqlite", close: () => db.destroy() };
}

/** Durable against power loss: every commit is on disk before it is acknowledged (WAL, synchronous=FULL). */
function sqliteDialect(file: string): SqliteDialect {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new SqliteDatabase(file);
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = FULL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma("busy_timeout = 5000");
  // What retention deletes is overwritten, not only unlinked.
  sqlite.pragma("secure_delete = ON");
  return new SqliteDialect({ database: sqlite });
}

/** int8 columns hold milliseconds and counts: all below 2^53, read as numbers. */
function postgresDialect(url: string): PostgresDialect {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 10 }) });
}

/** Whether `thrown` says that a unique key already exists, on either engine. */
export function isUniqueViolation(thrown: unknown): boolean {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return code === "23505" || code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY";
}
