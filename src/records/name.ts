/** What people call a record, in lists, citations and messages. */
import type { PublishedRecord } from "./schema.ts";

/** What a reader calls the record. An officer is named by certificate, not by name. */
export function nameOf(record: PublishedRecord): string {
  switch (record.kind) {
    case "entity":
    case "power":
    case "procedure":
    case "inspection":
    case "guide":
    case "hotline":
    case "area":
      return record.name;
    case "officer":
      return record.certNo;
    case "relief":
      return `${record.reliefKind}(${record.body})`;
    case "supervision":
      return `${record.channelKind}(${record.body})`;
    case "benchmark":
    case "exemption":
      return record.violation;
    case "legal-review":
    case "av-record":
      return record.matter;
    case "filing":
      return record.what;
    case "decision":
      return record.docNo;
    case "annual":
      return `${record.year}年`;
    case "policy":
    case "statute":
      return record.title;
    case "faq":
      return record.question;
    case "point":
      return record.lead;
  }
}
