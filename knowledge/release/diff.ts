/** What a new set of records changes against an old one, matched by (dataset, kind, organ, code or name), never by id alone. */
import type { Day } from "../../src/law/day.ts";
import { addDays } from "../../src/law/day.ts";
import { nameOf } from "../../src/records/name.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";

export interface Change {
  readonly id: string;
  readonly kind: PublishedRecord["kind"];
  readonly name: string;
  /** Field names that differ; empty for added and removed. */
  readonly fields: readonly string[];
}

export interface Difference {
  readonly added: readonly Change[];
  readonly changed: readonly Change[];
  readonly removed: readonly Change[];
  /** In the new set, in force today, and ending within `EXPIRING_DAYS`. */
  readonly expiring: readonly Change[];
}

const EXPIRING_DAYS = 30;
/** Where and when a record was read may change without the record changing. */
const ASIDE = new Set(["id", "source", "status"]);

export function diffRecords(
  before: readonly PublishedRecord[],
  after: readonly PublishedRecord[],
  today: Day,
): Difference {
  const old = new Map(before.map((record) => [keyOf(record), record]));
  const added: Change[] = [];
  const changed: Change[] = [];
  const expiring: Change[] = [];
  for (const record of after) {
    const key = keyOf(record);
    const previous = old.get(key);
    old.delete(key);
    if (!previous) added.push(change(record, []));
    else {
      const fields = differingFields(previous, record);
      if (fields.length > 0) changed.push(change(record, fields));
    }
    const { effectiveTo } = record.validity;
    if (effectiveTo && effectiveTo >= today && effectiveTo <= addDays(today, EXPIRING_DAYS)) {
      expiring.push(change(record, []));
    }
  }
  return { added, changed, removed: [...old.values()].map((record) => change(record, [])), expiring };
}

/** The same published thing across imports: the organ's code for it, else its name. */
export function keyOf(record: PublishedRecord): string {
  const owner =
    "entityId" in record ? record.entityId : "entityIds" in record ? record.entityIds.join("+") : "";
  const code = "code" in record && typeof record.code === "object" ? record.code.value : undefined;
  return [record.dataset, record.kind, owner ?? "", code ?? distinctName(record)].join("\t");
}

/** A name that tells apart what one organ publishes side by side; elsewhere the name people know. */
export function distinctName(record: PublishedRecord): string {
  switch (record.kind) {
    case "area":
      return `${record.code} ${record.name}`;
    case "relief":
      return `${record.reliefKind} ${record.body}`;
    case "supervision":
      return `${record.channelKind} ${record.body}`;
    case "benchmark":
      return `${record.violation} ${record.chosenBasis.raw}`;
    case "exemption":
      return `${record.exemptionKind} ${record.violation}`;
    case "av-record":
      return `${record.matter} ${record.stage}`;
    case "annual":
      return `${record.year} 年报`;
    case "hotline":
      return record.number;
    case "policy":
      return record.docNo ?? record.title;
    case "statute":
      return `${record.title} ${record.version}`;
    case "point":
      return record.id;
    default:
      return nameOf(record);
  }
}

function differingFields(before: PublishedRecord, after: PublishedRecord): readonly string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const fields = new Set([...old.keys(), ...Object.keys(after)]);
  const now = new Map<string, unknown>(Object.entries(after));
  return [...fields].filter(
    (field) => !ASIDE.has(field) && JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)),
  );
}

function change(record: PublishedRecord, fields: readonly string[]): Change {
  return { id: record.id, kind: record.kind, name: distinctName(record), fields };
}
