/** Who a record speaks of must exist; ids, codes and certificates are unique; two people stand behind an import. */
import type { PublishedRecord } from "../schema.ts";
import { type IntegrityRule, inUse, type RecordSet, say } from "./rule.ts";

/** Organs a record belongs to or names. */
function entityIdsOf(record: PublishedRecord): readonly string[] {
  switch (record.kind) {
    case "power":
      return [record.entityId, ...record.coEntityIds];
    case "officer":
    case "inspection":
    case "legal-review":
    case "av-record":
    case "decision":
    case "annual":
    case "guide":
      return [record.entityId];
    case "relief":
    case "supervision":
      return record.entityIds;
    case "procedure":
    case "filing":
      return record.entityId ? [record.entityId] : [];
    case "entity":
      return [
        record.governmentId,
        record.superiorId,
        record.dispatchedById,
        record.delegatedById,
        record.continuedById,
      ].filter((id) => id !== undefined);
    default:
      return [];
  }
}

/** Other records a record points at. */
function recordIdsOf(record: PublishedRecord): readonly string[] {
  switch (record.kind) {
    case "power":
      return record.procedureIds;
    case "procedure":
    case "benchmark":
    case "exemption":
      return record.powerIds;
    case "guide":
      return record.powerId ? [record.powerId] : [];
    case "faq":
      return record.citedIds;
    default:
      return [];
  }
}

/** Tiers and exemptions are linked by the id their power will have: it may be published later, by another office. */
const awaitsPower = ({ kind }: PublishedRecord) => kind === "benchmark" || kind === "exemption";

/** The published name nearest to a missing id's last part, for "did you mean". */
function suggest(set: RecordSet, id: string): string {
  const tail = id.split("_").at(-1) ?? "";
  const near = set.of("entity").find((entity) => tail !== "" && entity.id.endsWith(`_${tail}`));
  return near ? `是否为“${near.name}”(${near.id})?` : "请先公示该主体或改正编号。";
}

const uniqueIds: IntegrityRule = {
  id: "R19",
  holds: "编号唯一,同一主体的职权编码唯一",
  *check({ records }) {
    const ids = new Set<string>();
    const codes = new Map<string, PublishedRecord>();
    for (const record of records) {
      if (ids.has(record.id)) {
        yield { severity: "E", record: record.id, message: `编号 ${record.id} 出现两次,请改正其中一条。` };
      }
      ids.add(record.id);
      if (record.kind !== "power" || !record.code || !inUse(record)) continue;
      const key = `${record.entityId} ${record.code.value}`;
      const other = codes.get(key);
      if (other) {
        const message = `${say(record)}与${say(other)}的职权编码同为“${record.code.value}”,请改正其中一项。`;
        yield { severity: "E", record: record.id, message };
      }
      codes.set(key, record);
    }
  },
};

const knownReferences: IntegrityRule = {
  id: "R1",
  holds: "每条记录所属的执法主体和引用的记录存在且未撤回",
  *check(set) {
    for (const record of set.records) {
      if (!inUse(record)) continue;
      for (const id of entityIdsOf(record)) {
        const entity = set.entity(id);
        if (!entity) {
          const message = `${say(record)}所指的主体 ${id} 在主体库中不存在。${suggest(set, id)}`;
          yield { severity: "E", record: record.id, message };
        } else if (!inUse(entity)) {
          const message = `${say(record)}所指的主体“${entity.name}”已撤回,请改为现行主体或一并撤回。`;
          yield { severity: "E", record: record.id, message };
        }
      }
      for (const id of recordIdsOf(record)) {
        if (set.byId.has(id)) continue;
        if (awaitsPower(record)) {
          const message = `${say(record)}对应的职权 ${id} 尚未公示,查询该职权时不会带出;请公示该职权或核对编码。`;
          yield { severity: "W", record: record.id, message };
          continue;
        }
        yield {
          severity: "E",
          record: record.id,
          message: `${say(record)}引用的记录 ${id} 不存在,请改正或删去该引用。`,
        };
      }
    }
  },
};

const delegation: IntegrityRule = {
  id: "R2",
  holds: "受委托组织写明委托机关、事项和期限,过期的不再对外提供职权",
  *check(set) {
    for (const entity of set.of("entity")) {
      if (entity.nature !== "受委托组织") continue;
      if (!entity.delegatedById || !entity.delegation) {
        const message = `${say(entity)}是受委托组织,但没有写明委托机关、委托事项和委托期限,请补齐。`;
        yield { severity: "E", record: entity.id, message };
      } else if (entity.delegation.to < set.today) {
        const powers = set.of("power").filter((power) => power.entityId === entity.id);
        const message = `${say(entity)}的委托期限已于 ${entity.delegation.to} 届满,其名下 ${powers.length} 项职权不再对外提供;请续签公示或撤回。`;
        yield { severity: powers.length > 0 ? "E" : "W", record: entity.id, message };
      }
    }
  },
};

const certificates: IntegrityRule = {
  id: "R14",
  holds: "一证一人,证件在有效期内,每个执法主体至少两名有效执法人员",
  *check(set) {
    const holders = new Map<string, string>();
    const valid = new Map<string, number>();
    const staffed = new Set<string>();
    for (const officer of set.of("officer")) {
      staffed.add(officer.entityId);
      const other = holders.get(officer.certNo);
      if (other !== undefined && other !== officer.name) {
        const message = `执法证号 ${officer.certNo} 同时登记在“${other}”和“${officer.name}”名下,请核对原件。`;
        yield { severity: "E", record: officer.id, message };
      }
      holders.set(officer.certNo, officer.name);
      const until = officer.validUntil;
      const expired = until !== undefined && until < set.today.slice(0, until.length);
      if (expired && officer.certState === "有效" && !officer.auxiliary) {
        const message = `${say(officer)}的执法证件有效期至 ${until},已过期,查询时按过期答复;请换证或注销。`;
        yield { severity: "W", record: officer.id, message };
      }
      if (!expired && officer.certState === "有效" && !officer.auxiliary) {
        valid.set(officer.entityId, (valid.get(officer.entityId) ?? 0) + 1);
      }
    }
    for (const id of staffed) {
      const entity = set.entity(id);
      if (!entity?.enforces || (valid.get(id) ?? 0) >= 2) continue;
      const message = `${say(entity)}只有 ${valid.get(id) ?? 0} 名有效执法人员,普通程序至少需要两名(行政处罚法第四十二条)。`;
      yield { severity: "W", record: id, message };
    }
  },
};

const provenance: IntegrityRule = {
  id: "R20",
  holds: "导入的记录有文件摘要,录入人和复核人是不同的两个人",
  *check(set) {
    for (const record of set.records) {
      const { file, sha256, importedBy, checkedBy } = record.source;
      if (record.status !== "published" || file === undefined) continue;
      if (!sha256) {
        const message = `${say(record)}来自文件“${file}”但没有文件摘要,请从原始文件重新导入。`;
        yield { severity: "E", record: record.id, message };
      }
      if (!importedBy || !checkedBy || importedBy === checkedBy) {
        const message = `${say(record)}需要两名不同的人分别录入和复核,现为“${importedBy ?? "未写"}”和“${checkedBy ?? "未写"}”。`;
        yield { severity: "E", record: record.id, message };
      }
    }
  },
};

export const referenceRules: readonly IntegrityRule[] = [
  uniqueIds,
  knownReferences,
  delegation,
  certificates,
  provenance,
];
