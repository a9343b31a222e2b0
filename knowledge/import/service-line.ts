/** `服务电话:… 投诉电话:…` under a list, given to its records that name no phone of their own. */
import { Phone } from "../../src/records/primitives.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { type Context, type DataRow, get, idOf, organMeant } from "./build/context.ts";

export interface ServicePhone {
  readonly label: string;
  readonly number: string;
  readonly row: number;
}

export interface Served {
  readonly records: readonly PublishedRecord[];
  /** Which phone went to how many records, as what. */
  readonly used: readonly { readonly phone: ServicePhone; readonly as: string; readonly count: number }[];
}

/**
 * Only where the whole list is one organ's: a line under lists of several organs may be any of theirs.
 *
 * @param refused owners of the rows that were not taken; undefined where a row shows none.
 */
export function withServicePhones(
  records: readonly PublishedRecord[],
  phones: readonly ServicePhone[],
  refused: ReadonlySet<string | undefined>,
): Served {
  const owners = new Set([...records.map(ownerOf), ...refused]);
  const good = phones.filter(({ number }) => Phone.safeParse(number).success);
  if (good.length === 0 || owners.size !== 1 || owners.has(undefined)) return { records, used: [] };
  const complaint = good.find(({ label }) => /投诉|监督|举报/.test(label));
  const consult = good.find((phone) => phone !== complaint && /服务|咨询|联系|办公/.test(phone.label));
  const used = new Map<string, { phone: ServicePhone; as: string; count: number }>();
  const take = (phone: ServicePhone | undefined, as: string, own: readonly string[]): string[] => {
    if (!phone || own.length > 0) return [...own];
    const before = used.get(as);
    used.set(as, { phone, as, count: (before?.count ?? 0) + 1 });
    return [phone.number];
  };
  const served = records.map((record): PublishedRecord => {
    switch (record.kind) {
      case "guide":
        return {
          ...record,
          consultPhones: take(consult, "咨询电话", record.consultPhones),
          complaintPhones: take(complaint, "投诉电话", record.complaintPhones),
        };
      case "entity":
        return { ...record, phones: take(consult, "联系电话", record.phones) };
      case "supervision":
        return { ...record, phones: take(complaint, "监督电话", record.phones) };
      default:
        return record;
    }
  });
  return { records: served, used: [...used.values()] };
}

function ownerOf(record: PublishedRecord): string | undefined {
  if (record.kind === "entity") return record.id;
  if (record.kind === "guide") return record.entityId;
  return record.kind === "supervision" && record.entityIds.length === 1 ? record.entityIds[0] : undefined;
}

/** Whose row it is, as far as it shows, whatever else is wrong with it. */
export function ownerOfRow(row: DataRow, context: Context): string | undefined {
  if (context.kind !== "entity") return organMeant(row, context)?.id;
  const name = get(row, "name").replace(/\s+/g, "");
  return context.find(name)?.id ?? (name === "" ? undefined : idOf("entity", context.dataset, name));
}
