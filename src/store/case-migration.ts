/** The tables of complaints, cases, accounts and deliveries, as they were first laid down. */
import { type CreateTableBuilder, type Kysely, type Migration, sql } from "kysely";

type Column = readonly [name: string, type: "text" | "integer" | "bigint", nullable?: "null"];

export const complaintsAndCases: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [name, definition] of Object.entries(tables)) {
      let table: CreateTableBuilder<string, string> = db.schema.createTable(name);
      for (const [column, type, nullable] of definition.columns) {
        table = table.addColumn(column, type, (at) => (nullable ? at : at.notNull()));
      }
      await table.addPrimaryKeyConstraint(`${name}_key`, definition.key as [string]).execute();
    }
    for (const [table, columns, unique] of indexes) {
      let index = db.schema
        .createIndex(`${table}_${columns.join("_")}`)
        .on(table)
        .columns([...columns]);
      if (unique) index = index.unique();
      await index.execute();
    }
    await sql`insert into audit (no, at, actor, action, subject, reason, previous, hash)
      values (0, 0, 'system', 'begin', '', '', '', ${"0".repeat(64)})`.execute(db);
  },
};

const tables: Record<string, { readonly columns: readonly Column[]; readonly key: readonly string[] }> = {
  complaint: {
    columns: [
      ["id", "text"],
      ["kind", "text"],
      ["verifier", "text"],
      ["key_for_receipt", "text"],
      ["key_for_office", "text"],
      ["content", "text"],
      ["digest", "text"],
      ["submission", "text"],
      ["door", "text"],
      ["secrecy", "text"],
      ["filed_at", "bigint"],
    ],
    key: ["id"],
  },
  vault: {
    columns: [
      ["complaint", "text"],
      ["wrapped_key", "text"],
      ["identity", "text", "null"],
      ["address", "text", "null"],
      ["at", "bigint"],
    ],
    key: ["complaint"],
  },
  evidence: {
    columns: [
      ["id", "text"],
      ["complaint", "text", "null"],
      ["conversation", "text"],
      ["name", "text"],
      ["type", "text"],
      ["bytes", "integer"],
      ["sha256", "text"],
      ["at", "bigint"],
    ],
    key: ["id"],
  },
  case_file: {
    columns: [
      ["id", "text"],
      ["complaint", "text"],
      ["kind", "text"],
      ["status", "text"],
      ["version", "integer"],
      ["office", "text", "null"],
      ["rule", "text"],
      ["reason", "text"],
      ["organ", "text", "null"],
      ["matter", "text"],
      ["area", "text", "null"],
      ["secrecy", "text"],
      ["submitted_at", "bigint"],
      ["accepted_at", "bigint", "null"],
      ["closed_at", "bigint", "null"],
      ["due_day", "text", "null"],
      ["clocks", "text"],
      ["assignee", "text", "null"],
      ["returns", "integer"],
      ["result", "text", "null"],
      ["satisfaction", "integer", "null"],
      ["head", "text"],
      ["reminded", "text"],
    ],
    key: ["id"],
  },
  case_exclusion: {
    columns: [
      ["case_id", "text"],
      ["party", "text"],
      ["why", "text"],
    ],
    key: ["case_id", "party"],
  },
  case_event: {
    columns: [
      ["case_id", "text"],
      ["no", "integer"],
      ["at", "bigint"],
      ["kind", "text"],
      ["actor", "text"],
      ["from_status", "text"],
      ["to_status", "text"],
      ["body", "text"],
      ["previous", "text"],
      ["hash", "text"],
    ],
    key: ["case_id", "no"],
  },
  message: {
    columns: [
      ["id", "text"],
      ["case_id", "text"],
      ["no", "integer"],
      ["author", "text"],
      ["account", "text", "null"],
      ["body", "text"],
      ["at", "bigint"],
    ],
    key: ["id"],
  },
  document: {
    columns: [
      ["id", "text"],
      ["case_id", "text"],
      ["kind", "text"],
      ["status", "text"],
      ["recipient", "text"],
      ["number", "text", "null"],
      ["body", "text"],
      ["answer", "text", "null"],
      ["due_day", "text", "null"],
      ["at", "bigint"],
    ],
    key: ["id"],
  },
  outbox: {
    columns: [
      ["id", "text"],
      ["lane", "text"],
      ["no", "integer"],
      ["case_id", "text", "null"],
      ["channel", "text"],
      ["recipient", "text"],
      ["topic", "text"],
      ["payload", "text"],
      ["state", "text"],
      ["tries", "integer"],
      ["next_at", "bigint"],
      ["claimed_by", "text", "null"],
      ["lease_until", "bigint"],
      ["last_error", "text", "null"],
      ["created_at", "bigint"],
      ["sent_at", "bigint", "null"],
    ],
    key: ["id"],
  },
  alarm: {
    columns: [
      ["id", "text"],
      ["kind", "text"],
      ["subject", "text"],
      ["text", "text"],
      ["first_at", "bigint"],
      ["last_at", "bigint"],
      ["times", "integer"],
      ["acknowledged_by", "text", "null"],
      ["acknowledged_at", "bigint", "null"],
    ],
    key: ["id"],
  },
  account: {
    columns: [
      ["id", "text"],
      ["name", "text"],
      ["display", "text"],
      ["password", "text"],
      ["roles", "text"],
      ["entity", "text"],
      ["areas", "text"],
      ["officer", "text", "null"],
      ["disabled", "integer"],
      ["must_change", "integer"],
      ["signed_in_at", "bigint", "null"],
      ["created_at", "bigint"],
    ],
    key: ["id"],
  },
  session: {
    columns: [
      ["id", "text"],
      ["account", "text"],
      ["created_at", "bigint"],
      ["seen_at", "bigint"],
      ["expires_at", "bigint"],
    ],
    key: ["id"],
  },
  officer_code: {
    columns: [
      ["id", "text"],
      ["officer", "text"],
      ["issued_by", "text"],
      ["expires_at", "bigint"],
      ["used_at", "bigint", "null"],
    ],
    key: ["id"],
  },
  audit: {
    columns: [
      ["no", "integer"],
      ["at", "bigint"],
      ["actor", "text"],
      ["action", "text"],
      ["subject", "text"],
      ["reason", "text"],
      ["previous", "text"],
      ["hash", "text"],
    ],
    key: ["no"],
  },
  deletion: {
    columns: [
      ["id", "text"],
      ["at", "bigint"],
      ["what", "text"],
      ["subject", "text"],
      ["rule", "text"],
    ],
    key: ["id"],
  },
  throttle: {
    columns: [
      ["key", "text"],
      ["tokens", "bigint"],
      ["at", "bigint"],
    ],
    key: ["key"],
  },
};

const indexes: readonly (readonly [table: string, columns: readonly string[], unique?: "unique"])[] = [
  ["complaint", ["verifier"], "unique"],
  ["complaint", ["submission"], "unique"],
  ["evidence", ["complaint"]],
  ["evidence", ["conversation"]],
  ["case_file", ["complaint"], "unique"],
  ["case_file", ["office", "status"]],
  ["case_file", ["due_day"]],
  ["case_exclusion", ["party"]],
  ["message", ["case_id", "no"], "unique"],
  ["document", ["case_id"]],
  ["document", ["recipient"]],
  ["outbox", ["state", "next_at"]],
  ["outbox", ["lane", "no"], "unique"],
  ["alarm", ["kind", "subject"], "unique"],
  ["account", ["name"], "unique"],
  ["session", ["account"]],
  ["officer_code", ["officer"]],
];
