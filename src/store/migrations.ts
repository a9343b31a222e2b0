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
  "0004 inbox": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("inbox")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("door", "text", (column) => column.notNull())
        .addColumn("line", "text", (column) => column.notNull())
        .addColumn("no", "bigint", (column) => column.notNull())
        .addColumn("source", "text")
        .addColumn("mark", "text")
        .addColumn("album", "text")
        .addColumn("body", "text")
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("tries", "integer", (column) => column.notNull())
        .addColumn("due_at", "bigint", (column) => column.notNull())
        .addColumn("receiver", "text", (column) => column.notNull())
        .addColumn("free_at", "bigint", (column) => column.notNull())
        .addColumn("claimed_by", "text")
        .addColumn("lease_until", "bigint", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      const index = (name: string, columns: string[]) =>
        db.schema.createIndex(`inbox_${name}`).on("inbox").columns(columns).execute();
      await index("due", ["state", "door", "due_at"]);
      await index("line", ["line", "state", "no"]);
      await index("source", ["source"]);
      await index("at", ["at"]);
      await db.schema
        .createTable("kept_page")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("conversation", "text", (column) => column.notNull())
        .addColumn("no", "bigint", (column) => column.notNull())
        .addColumn("page", "text", (column) => column.notNull())
        .addColumn("given_to", "text")
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex("kept_page_conversation")
        .on("kept_page")
        .columns(["conversation", "no"])
        .execute();
      await db.schema
        .createTable("seen_once")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("content", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("lease")
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("holder", "text", (column) => column.notNull())
        .addColumn("until", "bigint", (column) => column.notNull())
        .execute();
    },
  },
  "0005 evidence and key fingerprint": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("evidence_chunk")
        .addColumn("evidence", "text", (column) => column.notNull())
        .addColumn("no", "integer", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("evidence_chunk_key", ["evidence", "no"])
        .execute();
      await db.schema.createIndex("evidence_chunk_at").on("evidence_chunk").columns(["no", "at"]).execute();
      await db.schema
        .createTable("setting")
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("value", "text", (column) => column.notNull())
        .execute();
    },
  },
  "0006 document numbers": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("numbering")
        .addColumn("series", "text", (column) => column.primaryKey())
        .addColumn("last", "integer", (column) => column.notNull())
        .execute();
    },
  },
};
