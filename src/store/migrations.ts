/** The schema's history, in order. A migration that has shipped is never edited. */
import type { Kysely, Migration } from "kysely";
import { complaintsAndCases } from "./case-migration.ts";

export const migrations: Record<string, Migration> = {
  "0001 conversations": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("conversation")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("turn")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("conversation", "text", (column) => column.notNull())
        .addColumn("reply", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("turn_at").on("turn").column("at").execute();
    },
  },
  "0002 complaints and cases": complaintsAndCases,
  "0003 releases shared by machines": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("release_file")
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
    },
  },
};
