/**
 * Finds the office of a complaint by the routing table. The organ complained of, and whoever would judge itself,
 * is never the answer: every row's result passes `excludedBy` before it is given.
 */
import type { Day } from "../law/day.ts";
import { isCurrent, type Library } from "../records/library.ts";
import type { Entity } from "../records/schema.ts";
import type { Matter } from "./matters.ts";
import { type RoutingRow, routingTable } from "./routing-table.ts";

export interface RoutingFacts {
  readonly kind: "complaint" | "correction";
  readonly matter: Matter;
  /** Entity ids complained of. */
  readonly organs: readonly string[];
  readonly area?: string;
}

export interface Route {
  /** Row that decided. */
  readonly rule: string;
  readonly reason: string;
  /** Entity id; undefined lies in the human tray (`kind: "tray"`) or is not taken in (`kind: "channel"`). */
  readonly office?: string;
  readonly kind: "office" | "tray" | "channel";
  /** Superiors that are told, by entity id. */
  readonly tell: readonly string[];
  /** Who must never see it, by entity id, with why. */
  readonly excluded: readonly { readonly party: string; readonly why: string }[];
}

/**
 * @param live whether an office has somebody to receive cases today; a route to an empty office lies in the tray.
 */
export function routeCase(
  facts: RoutingFacts,
  library: Library,
  today: Day,
  live: (office: string) => boolean,
): Route {
  const organs = facts.organs.map((id) => entityOf(library, id)).filter((organ) => organ !== undefined);
  const excluded = excludedBy(organs, library);
  const tell: string[] = [];
  const row = routingTable.find((candidate) => fits(candidate, facts, organs, library));
  if (!row) return { rule: "none", reason: "没有适用的分办规则,需人工分办", kind: "tray", tell, excluded };
  const base = { rule: row.id, tell, excluded };
  if (row.to === "channel") return { ...base, reason: row.reason, kind: "channel" };
  if (row.tellSuperior) {
    for (const organ of organs) if (organ.superiorId) tell.push(organ.superiorId);
  }
  if (row.to === "tray" || row.to === "publisher") return { ...base, reason: row.reason, kind: "tray" };
  const office = officeOf(row.to, organs, library);
  if (!office) return { ...base, reason: `${row.reason};但未找到该监督机构,需人工分办`, kind: "tray" };
  if (excluded.some((one) => one.party === office.id))
    return { ...base, reason: `${row.reason};但该机构与被投诉机关有利害关系,需人工分办`, kind: "tray" };
  if (!isCurrent(office, today))
    return { ...base, reason: `${row.reason};但“${office.name}”已停用,需人工分办`, kind: "tray" };
  if (!live(office.id))
    return { ...base, reason: `${row.reason}:${office.name};该机构尚无在岗人员,暂由人工分办`, kind: "tray" };
  return { ...base, reason: `${row.reason}:${office.name}`, kind: "office", office: office.id };
}

function fits(row: RoutingRow, facts: RoutingFacts, organs: readonly Entity[], library: Library): boolean {
  const { matters, kind, organ } = row.when;
  if (matters && !matters.includes(facts.matter)) return false;
  if (kind && kind !== facts.kind) return false;
  if (!organ) return true;
  const [first] = organs;
  switch (organ) {
    case "unknown":
      return first === undefined;
    case "several":
      return new Set(organs.map((one) => one.id)).size > 1;
    case "justice":
      return first?.isJustice === true;
    case "government":
      return first?.nature === "人民政府";
    case "vertical":
      return first?.vertical !== undefined;
    case "governmentUnknown":
      return first !== undefined && governmentOf(first, library) === undefined;
    case "any":
      return first !== undefined;
  }
}

function officeOf(to: RoutingRow["to"], organs: readonly Entity[], library: Library): Entity | undefined {
  const [organ] = organs;
  if (!organ) return undefined;
  const own = governmentOf(organ, library);
  switch (to) {
    case "supervisor":
      return own && justiceOf(own, library);
    case "supervisorOfArea": {
      const government = governmentOfArea(organ.area, library) ?? own;
      return government && justiceOf(government, library);
    }
    case "higherSupervisor": {
      if (organ.isJustice) return (organ.superiorId && entityOf(library, organ.superiorId)) || own;
      const higher = organ.governmentId ? entityOf(library, organ.governmentId) : undefined;
      return higher && (justiceOf(higher, library) ?? higher);
    }
    case "commonSupervisor":
      return commonSupervisor(organs, library);
    case "channel":
    case "publisher":
    case "tray":
      return undefined;
  }
}

/** The lowest government that stands over all of them, and its justice organ. */
function commonSupervisor(organs: readonly Entity[], library: Library): Entity | undefined {
  const lines = organs.map((organ) => governmentLine(organ, library));
  const [first, ...rest] = lines;
  for (const government of first ?? []) {
    if (!rest.every((line) => line.some((one) => one.id === government.id))) continue;
    const justice = justiceOf(government, library);
    if (justice && !organs.some((organ) => organ.id === justice.id)) return justice;
  }
  return undefined;
}

/** The government an organ answers to: its own, its department's, or its entrusting organ's. */
export function governmentOf(organ: Entity, library: Library): Entity | undefined {
  for (let at: Entity | undefined = organ, hops = 0; at && hops < 6; hops += 1) {
    if (at.nature === "人民政府") return at;
    if (at.governmentId) return entityOf(library, at.governmentId);
    const parent: string | undefined = at.dispatchedById ?? at.delegatedById;
    at = parent ? entityOf(library, parent) : undefined;
  }
  return undefined;
}

function governmentLine(organ: Entity, library: Library): readonly Entity[] {
  const line: Entity[] = [];
  let at =
    organ.nature === "人民政府" && organ.governmentId
      ? entityOf(library, organ.governmentId)
      : governmentOf(organ, library);
  while (at && !line.some((one) => one.id === at?.id)) {
    line.push(at);
    at = at.governmentId ? entityOf(library, at.governmentId) : undefined;
  }
  return line;
}

/** A dispatched or vertical organ sits in an area that may be a town: the nearest government above it answers. */
function governmentOfArea(area: string, library: Library): Entity | undefined {
  const governments = library.all("entity").filter((entity) => entity.nature === "人民政府");
  return (
    governments.find((entity) => entity.area === area) ??
    governments.find((entity) => entity.area === area.slice(0, 6))
  );
}

/** The supervision body (司法行政部门) of a government; a town has none and leans on its county's. */
export function justiceOf(government: Entity, library: Library): Entity | undefined {
  const own = library
    .all("entity")
    .find((entity) => entity.isJustice && entity.governmentId === government.id);
  if (own || government.level !== "乡") return own;
  const county = government.governmentId ? entityOf(library, government.governmentId) : undefined;
  return county && justiceOf(county, library);
}

/**
 * The organs complained of, what they set up or entrusted, and the parent that acted through them.
 * Source: 信访条例第三十条第三款 (never shown to those reported), 公务员法第七十六条 (conflict of interest).
 */
export function excludedBy(organs: readonly Entity[], library: Library): Route["excluded"] {
  const out = new Map<string, string>();
  for (const organ of organs) {
    out.set(organ.id, "被投诉机关");
    for (const parent of [organ.dispatchedById, organ.delegatedById])
      if (parent) out.set(parent, "被投诉机关的设立或委托机关");
    for (const other of library.all("entity")) {
      if (other.dispatchedById === organ.id || other.delegatedById === organ.id)
        out.set(other.id, "被投诉机关设立或委托的机构");
    }
  }
  return [...out].map(([party, why]) => ({ party, why }));
}

function entityOf(library: Library, id: string): Entity | undefined {
  const record = library.find(id);
  return record?.kind === "entity" ? record : undefined;
}
