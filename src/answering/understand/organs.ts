/** Organs and areas named in a question; nicknames resolved to the organs they may mean in the place talked of. */
import type { Library } from "../../records/library.ts";
import type { Entity } from "../../records/schema.ts";
import type { OrganMention } from "../understanding.ts";
import { type Lexicon, lexiconOf } from "./lexicon.ts";
import { governmentLevels, type OrganField } from "./organ-nicknames.ts";

export interface AreaMention {
  readonly said: string;
  readonly codes: readonly string[];
}

/** At most so many candidates are worth asking about. */
const MAX_CANDIDATES = 24;

/** `text` is normalised. A place that is part of an organ's name is not reported apart unless it stands alone too. */
export function findAreas(text: string, library: Library): AreaMention[] {
  const found = new Map<string, AreaMention>();
  for (const { said, values, at } of lexiconOf(library).areas.findIn(text)) {
    if (values.every((value) => value.code === undefined) && /^[路街大]/.test(text.slice(at + said.length)))
      continue;
    const codes = values.flatMap((value) => (value.code === undefined ? [] : [value.code]));
    if (!found.has(said)) found.set(said, { said, codes });
  }
  return [...found.values()];
}

/** @param area the place known without being said: chosen, or remembered. */
export function findOrgans(
  text: string,
  library: Library,
  areas: readonly AreaMention[],
  area: string | undefined,
  remembered: string | undefined,
): OrganMention[] {
  const lexicon = lexiconOf(library);
  const said = areas.flatMap((mention) => mention.codes);
  const places = said.length > 0 ? said : area !== undefined ? [area] : [];
  const found = new Map<string, OrganMention>();
  for (const hit of lexicon.organs.findIn(text)) {
    if (found.has(hit.said)) continue;
    const fields = hit.values.filter(isField);
    const named = hit.values.filter(isEntity);
    const field = fields[0];
    if (named.length > 0 && !field) {
      // A full name is that organ wherever the person is; only shared names are narrowed by place.
      const ids = named.length === 1 ? named : narrow(named, places, remembered);
      found.set(hit.said, { said: hit.said, entityIds: idsOf(ids), ...fieldOf(lexicon, ids[0]) });
      continue;
    }
    if (!field) continue;
    const candidates = [...new Set([...named, ...candidatesOf(lexicon, field, hit.said)])];
    const ids = idsOf(narrow(candidates, places, remembered));
    found.set(hit.said, { said: hit.said, entityIds: ids, field: field.field });
  }
  return [...found.values()];
}

function candidatesOf(lexicon: Lexicon, field: OrganField, said: string): readonly Entity[] {
  const all = lexicon.entitiesOf.get(field) ?? [];
  const level = governmentLevels[said];
  if (level) return all.filter((entity) => entity.level === level);
  if (/派出所|监管所|市监所|工商所/.test(said)) {
    const stations = all.filter((entity) => /所$/.test(entity.name));
    return stations.length > 0 ? stations : all;
  }
  return all;
}

/**
 * Those in the place; else those of the place above (a city organ acts in its districts); else those within it.
 * An organ already talked about comes first. Without a place: the higher level first.
 */
function narrow(
  candidates: readonly Entity[],
  places: readonly string[],
  remembered?: string,
): readonly Entity[] {
  const known = candidates.find((entity) => entity.id === remembered);
  if (places.length === 0) {
    if (known) return [known];
    return [...candidates].sort((a, b) => rank(a) - rank(b));
  }
  for (const fits of [
    (entity: Entity) => places.includes(entity.area),
    (entity: Entity) => places.some((place) => place.length > 6 && entity.area === place.slice(0, 6)),
    (entity: Entity) => places.some((place) => within(place, entity.area)),
    (entity: Entity) => places.some((place) => within(entity.area, place)),
  ]) {
    const fitting = candidates.filter(fits);
    if (fitting.length > 0) return [...fitting].sort((a, b) => Number(b === known) - Number(a === known));
  }
  return [];
}

/** Whether area `inner` lies in `outer` (GB/T 2260: 140802 in 140800 in 140000). */
function within(inner: string, outer: string): boolean {
  const stem = outer.replace(/(?:00)+$/, "");
  return inner !== outer && inner.startsWith(stem);
}

const rank = (entity: Entity) => ["市", "县", "乡", "省"].indexOf(entity.level);
const idsOf = (entities: readonly Entity[]) => entities.slice(0, MAX_CANDIDATES).map((entity) => entity.id);
const isField = (value: Entity | OrganField): value is OrganField => !("id" in value);
const isEntity = (value: Entity | OrganField): value is Entity => "id" in value;

function fieldOf(lexicon: Lexicon, entity: Entity | undefined): { field?: string } {
  const field = entity && lexicon.fieldOf.get(entity);
  return field === undefined ? {} : { field };
}
