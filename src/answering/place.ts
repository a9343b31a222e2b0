/** Which place and which organ a question is about: said, remembered, chosen, or assumed; never guessed among several. */
import type { Area, Entity } from "../records/schema.ts";
import type { Ask } from "./answer.ts";
import { corrects } from "./reading/polarity.ts";

export type Place =
  | { readonly kind: "known"; readonly area: Area; readonly assumed: boolean }
  | { readonly kind: "choose"; readonly said: string; readonly options: readonly Area[] }
  | { readonly kind: "unlisted"; readonly said: string; readonly nearest: readonly Area[] }
  | { readonly kind: "none" };

/** The place of a question: what is said first, then what is remembered, then what the door assumes. */
export function placeOf(ask: Ask): Place {
  const areas = areasOf(ask);
  for (const mention of ask.part.mentions.areas) {
    const options = mention.codes.flatMap((code) => areas.get(code) ?? []);
    const only = options[0];
    const chosen = options.find((area) => area.code === ask.memory.area);
    if (chosen) return { kind: "known", area: chosen, assumed: false };
    if (options.length > 1) return { kind: "choose", said: mention.said, options };
    if (only) return { kind: "known", area: only, assumed: false };
    return {
      kind: "unlisted",
      said: mention.said,
      nearest: [...areas.values()].filter(isCounty).slice(0, 6),
    };
  }
  const known = areas.get(ask.memory.area ?? "");
  if (known) return { kind: "known", area: known, assumed: false };
  const assumed = areas.get(ask.area ?? "");
  return assumed ? { kind: "known", area: assumed, assumed: true } : { kind: "none" };
}

export type OrganFound =
  | { readonly kind: "known"; readonly entity: Entity; readonly remembered: boolean }
  | { readonly kind: "choose"; readonly said: string; readonly options: readonly Entity[] }
  /** Named, but no list here holds it in that place. */
  | { readonly kind: "unlisted"; readonly said: string; readonly field?: string }
  | { readonly kind: "none" };

/** Said of every case, never the organ asked about. */
const NOT_AN_ORGAN =
  /^(?:人民)?法院$|^复议机关$|^检察院$|^(?:纪委|监委|纪检).*$|^信访局?$|^政府$|^机关$|^司法$/;

/** “市政府那么远”: once the organ complained of is known, a government named is where one goes, unless it corrects. */
const isReviewer = ({ memory, part }: Ask, said: string): boolean =>
  memory.organ !== undefined && GOVERNMENT.test(said) && !corrects(part.text);
const GOVERNMENT = /政府$/;

/** The organ of a question. A shared nickname without a place gives the choice, never the first of them. */
export function organOf(ask: Ask): OrganFound {
  const mention = ask.part.mentions.organs.find(
    (one) => (one.entityIds.length > 0 || !NOT_AN_ORGAN.test(one.said)) && !isReviewer(ask, one.said),
  );
  if (!mention) {
    const before = entityOf(ask, ask.memory.organ);
    const remembered = before && (siblingIn(ask, before) ?? before);
    return remembered ? { kind: "known", entity: remembered, remembered: true } : { kind: "none" };
  }
  const options = mention.entityIds.flatMap((id) => entityOf(ask, id) ?? []);
  const only = options[0];
  if (!only) {
    return { kind: "unlisted", said: mention.said, ...(mention.field ? { field: mention.field } : {}) };
  }
  if (only.name === mention.said) return { kind: "known", entity: only, remembered: false };
  if (options.length === 1) {
    // The only one in the lists need not be the one meant, when nobody said where.
    const vague = mention.said.length <= LONGEST_NICKNAME && placeOf(ask).kind === "none";
    if (vague && only.id !== ask.memory.organ) return { kind: "choose", said: mention.said, options };
    return { kind: "known", entity: only, remembered: false };
  }
  const remembered = options.find((entity) => entity.id === ask.memory.organ);
  if (remembered) return { kind: "known", entity: remembered, remembered: true };
  const place = placeOf(ask);
  if (place.kind === "known") {
    const here = options.filter((entity) => entity.area === place.area.code);
    if (here.length === 1 && here[0]) return { kind: "known", entity: here[0], remembered: false };
    if (here.length > 1) return { kind: "choose", said: mention.said, options: here };
  }
  return { kind: "choose", said: mention.said, options };
}

/** 派出所, 市监局, 公积金: said of any such organ anywhere. */
const LONGEST_NICKNAME = 4;

/** The organ of the same name in another place that was just said: “那西演区的呢”. */
function siblingIn(ask: Ask, before: Entity): Entity | undefined {
  const place = ask.part.mentions.areas.length > 0 ? placeOf(ask) : undefined;
  const from = areaNamed(ask, before.area)?.name;
  if (place?.kind !== "known" || !from || place.area.code === before.area) return undefined;
  return ask.library.entitiesNamed(before.name.replace(from, place.area.name))[0];
}

export function entityOf(ask: Pick<Ask, "library">, id: string | undefined): Entity | undefined {
  const found = id ? ask.library.find(id) : undefined;
  return found?.kind === "entity" ? found : undefined;
}

const tables = new WeakMap<object, ReadonlyMap<string, Area>>();

/** Areas by code, read once a library. */
function areasOf(ask: Pick<Ask, "library">): ReadonlyMap<string, Area> {
  const known = tables.get(ask.library);
  if (known) return known;
  const made = new Map(ask.library.all("area").map((area) => [area.code, area]));
  tables.set(ask.library, made);
  return made;
}

export function areaNamed(ask: Pick<Ask, "library">, code: string): Area | undefined {
  return areasOf(ask).get(code);
}

const isCounty = (area: Area) => area.level === "县" || area.level === "市";

/** Whether area `inner` is `outer` or lies in it (GB/T 2260: 140802 in 140800 in 140000). */
export function liesIn(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.replace(/(?:00)+$/, ""));
}
