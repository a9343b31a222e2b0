/** An entity record as the law sees it. */
import type { Organ, OrganNature } from "../law/organ.ts";
import type { Entity, PublishedRecord } from "./schema.ts";

const natures = {
  人民政府: "government",
  工作部门: "department",
  国务院部门: "stateCouncilDepartment",
  派出机关: "dispatchedOrgan",
  派出机构: "dispatchedBody",
  授权组织: "authorizedOrganization",
  受委托组织: "entrustedOrganization",
  内设机构: "internalOrgan",
  开发区管理机构: "developmentZone",
} as const satisfies Record<Entity["nature"], OrganNature>;

export function toOrgan(entity: Entity, records: ReadonlyMap<string, PublishedRecord>): Organ {
  return {
    id: entity.id,
    name: entity.name,
    nature: natures[entity.nature],
    level: entity.level,
    area: entity.area,
    parentGovernment: entity.governmentId,
    superior: entity.superiorId,
    vertical: entity.vertical,
    isJustice: entity.isJustice,
    dispatchedBy: entity.dispatchedById,
    byDivision: entity.byDivision,
    localGovernment: entity.byDivision ? localGovernment(entity, records) : undefined,
    ownNameAuthorized: entity.ownNameAuthorized,
    delegatedBy: entity.delegatedById,
    abolished: entity.continuedById !== undefined,
    continuedBy: entity.continuedById,
    hearingThreshold: entity.hearingThreshold && {
      personYuan: entity.hearingThreshold.person,
      organizationYuan: entity.hearingThreshold.unit,
      source: entity.hearingThreshold.basis.raw,
    },
  };
}

/** The county-level government of the place a dispatched body sits in. */
function localGovernment(entity: Entity, records: ReadonlyMap<string, PublishedRecord>): string | undefined {
  for (const record of records.values()) {
    if (record.kind === "entity" && record.nature === "人民政府" && record.area === entity.area)
      return record.id;
  }
  return undefined;
}
