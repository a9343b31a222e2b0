/** The little that law needs to know of an organ. Records and registers map theirs onto this. */

/**
 * What an organ is in law; it decides who answers for its acts and who reviews them.
 * - `government` 人民政府 (any level, townships included)
 * - `department` 县级以上地方政府工作部门
 * - `stateCouncilDepartment` 国务院部门
 * - `dispatchedOrgan` 政府派出机关 (街道办事处、区公所、行政公署)
 * - `dispatchedBody` 部门派出机构 (派出所、市场监管所、市局分局)
 * - `authorizedOrganization` 法律、法规、规章授权的组织
 * - `entrustedOrganization` 受委托组织
 * - `internalOrgan` 内设机构
 * - `developmentZone` 开发区管理机构, whose standing differs from place to place
 */
export const organNatures = [
  "government",
  "department",
  "stateCouncilDepartment",
  "dispatchedOrgan",
  "dispatchedBody",
  "authorizedOrganization",
  "entrustedOrganization",
  "internalOrgan",
  "developmentZone",
] as const;
export type OrganNature = (typeof organNatures)[number];

export const organLevels = ["国家", "省", "市", "县", "乡"] as const;
export type OrganLevel = (typeof organLevels)[number];

/** Systems led by their own upper level (复议法第二十七条). The list in the law is open: `其他` is stored per organ. */
export const verticalSystems = ["海关", "金融", "外汇", "税务", "国家安全", "其他"] as const;
export type VerticalSystem = (typeof verticalSystems)[number];

export interface Organ {
  readonly id: string;
  readonly name: string;
  readonly nature: OrganNature;
  readonly level: OrganLevel;
  /** 行政区划代码 of the place it governs or sits in, `140802`. */
  readonly area?: string;
  /** Organ id of 本级人民政府; for a government, of 上一级人民政府. */
  readonly parentGovernment?: string;
  /** Organ id of 上一级主管部门. */
  readonly superior?: string;
  /** Present only when the organ is vertically led. */
  readonly vertical?: VerticalSystem;
  /** It is the judicial-administration department (司法局), which also serves as 复议机构. */
  readonly isJustice?: boolean;
  /** Organ id of the government or department that set it up (派出、内设、授权组织的管理机关). */
  readonly dispatchedBy?: string;
  /** The dispatched body is set up by administrative division (按照行政区划设立). */
  readonly byDivision?: boolean;
  /** Organ id of 派出机构所在地的人民政府, when it differs from the dispatching department's government. */
  readonly localGovernment?: string;
  /** A law, regulation or rule lets it act in its own name (以自己的名义). */
  readonly ownNameAuthorized?: boolean;
  /** Organ id of the entrusting organ (委托机关). */
  readonly delegatedBy?: string;
  /** Abolished, or its powers moved; `continuedBy` is the organ id that carries them on. */
  readonly abolished?: boolean;
  readonly continuedBy?: string;
  /** Published amount of 较大数额罚款 that opens a hearing, in yuan; absent = 本机关尚未公示. */
  readonly hearingThreshold?: HearingThreshold;
}

/** The organ's own published hearing threshold. */
export interface HearingThreshold {
  /** Yuan, for a citizen (公民). */
  readonly personYuan?: number;
  /** Yuan, for a legal person or other organisation. */
  readonly organizationYuan?: number;
  /** Where it was published. */
  readonly source: string;
}

/** Finds an organ by id; undefined when the register does not hold it. */
export type OrganLookup = (id: string) => Organ | undefined;
