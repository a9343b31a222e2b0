/** Citations: where a reader can check what was said. */
import type { Day } from "../law/day.ts";
import { findLaw } from "../law/laws.ts";
import type { SaidRef } from "../law/legal-ref.ts";
import type { Library } from "../records/library.ts";
import { nameOf } from "../records/name.ts";
import { type PublishedRecord, recordKinds } from "../records/schema.ts";
import type { Citation } from "../reply.ts";

const INFERRED = "推断,待法律人员确认";

/** `law:<key>:<article>`, with the version that was read. */
export function citationOfLaw(ref: SaidRef): Citation {
  const law = findLaw(ref.law);
  const caution =
    ref.mark === "I" ? INFERRED : ref.mark === "S" ? (law?.caution ?? "据二手资料,原文未核") : undefined;
  return {
    record: `law:${ref.law}:${ref.article}`,
    title: law?.title ?? ref.law,
    locator: ref.article,
    ...(law
      ? {
          ...(law.docNo ? { docNo: law.docNo } : {}),
          issuer: law.issuer,
          effectiveFrom: law.effectiveFrom,
          ...(law.effectiveTo ? { effectiveTo: law.effectiveTo } : {}),
          asOf: law.version,
        }
      : {}),
    ...(caution ? { caution } : {}),
  };
}

/** The list, file and row a record was read from. `locator` names an article or clause inside it. */
export function citationOfRecord(
  record: PublishedRecord,
  at: { readonly library: Library; readonly today: Day },
  locator?: string,
): Citation {
  const { source, validity } = record;
  const cautions = [
    record.caution,
    validity.reviewBy && validity.reviewBy < at.today ? "已过复核日期,可能已变化" : undefined,
  ].filter((caution) => caution !== undefined);
  const docNo = "docNo" in record && typeof record.docNo === "string" ? record.docNo : undefined;
  return {
    record: record.id,
    title: titleOf(record),
    ...(docNo ? { docNo } : {}),
    locator: locator ?? rowOf(record),
    issuer: issuerOf(record),
    ...(validity.effectiveFrom ? { effectiveFrom: validity.effectiveFrom } : {}),
    ...(validity.effectiveTo ? { effectiveTo: validity.effectiveTo } : {}),
    ...(source.publishedOn ? { asOf: source.publishedOn } : {}),
    ...(source.url ? { url: source.url } : {}),
    ...(cautions.length > 0 ? { caution: cautions.join(";") } : {}),
  };
}

function titleOf(record: PublishedRecord): string {
  return record.kind === "statute" || record.kind === "policy" ? record.title : record.source.title;
}

function issuerOf(record: PublishedRecord): string {
  if ((record.kind === "statute" || record.kind === "policy" || record.kind === "benchmark") && record.issuer)
    return record.issuer;
  return record.source.publisher;
}

/** `权责清单.xlsx 第 12 行`, or the record's own name where it has no row. */
function rowOf(record: PublishedRecord): string {
  const { file, sheet, row } = record.source;
  const place = [file, sheet ? `工作表“${sheet}”` : undefined, row ? `第 ${row} 行` : undefined].filter(
    Boolean,
  );
  return place.length > 0 ? place.join(" ") : `${recordKinds[record.kind].label}:${nameOf(record)}`;
}
