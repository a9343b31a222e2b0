/** Opens the store: SQLite by default, PostgreSQL by URL. The same code runs on both. */
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import SqliteDatabase from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type Transaction as KyselyTransaction,
  Migrator,
  PostgresDialect,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
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
  // Its journals take the same mode.
  if (file !== ":memory:") chmodSync(file, 0o600);
  // First of all: two processes may open a fresh file at once.
  sqlite.pragma("busy_timeout = 5000");
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = FULL");
  sqlite.pragma("foreign_keys = ON");
  // What retention deletes is overwritten, not only unlinked.
  sqlite.pragma("secure_delete = ON");
  return new WritingDialect({ database: sqlite });
}

/**
 * Transactions take the write lock when they begin and wait for it there. One that first reads and then writes would
 * otherwise fail at once when another process wrote in between: SQLite cannot wait for what it has already read.
 */
class WritingDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver() {
    return new WritingDriver(this.#config);
  }
}

class WritingDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
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
