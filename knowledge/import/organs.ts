/** Which organ a published name means: only certain matches, never the nearest. */
import type { Entity } from "../../src/records/schema.ts";
import { cityOf, type Gazetteer, gazetteer, type NamedPlace, type Placed } from "./places.ts";
import { keyText } from "./text/clean.ts";

export interface KnownOrgan {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly level: Entity["level"];
  readonly area?: string;
  readonly dataset?: string;
  readonly nature?: Entity["nature"];
  readonly vertical?: Entity["vertical"];
  readonly governmentId?: string;
  readonly superiorId?: string;
  readonly isJustice?: boolean;
  readonly dispatchedById?: string;
  readonly byDivision?: boolean;
  readonly ownNameAuthorized?: boolean;
  readonly continuedById?: string;
}

/** A published power, to which benchmarks and guides are linked. */
export interface KnownPower {
  readonly id: string;
  readonly entityId: string;
  readonly powerType: string;
  readonly name: string;
  readonly code?: { readonly value: string };
}

export type OrganFinder = (name: string) => KnownOrgan | undefined;

/** Places a name may begin with: the country's, those of published areas, and those of published governments. */
export function placesOf(known: readonly KnownOrgan[], areas: readonly NamedPlace[] = []): Gazetteer {
  const governed = known.flatMap(({ name, nature, area }) =>
    nature === "人民政府" && area ? [{ code: area, name: name.replace(/人民政府$/, "") }] : [],
  );
  // A place that has both an area and a government is one place, not two of the same name.
  const codes = new Set(areas.map(({ code }) => code));
  return gazetteer([...areas, ...governed.filter(({ code }) => !codes.has(code))]);
}

/** The city a data set is of, for lists that name no place; always said when used. */
export function assumedArea(dataset: string): string {
  if (/^\d{6}$/.test(dataset)) return dataset;
  return dataset === "demo" ? "990100" : "全国";
}

/**
 * The data set that the names a list gives belong to: that of a published organ, else of the city whose place begins a
 * name. Undefined when none shows, or when they belong to different ones.
 */
export function datasetAmong(
  names: readonly string[],
  known: readonly KnownOrgan[],
  places: Gazetteer,
): string | undefined {
  const find = createFinder(known, places);
  const found = names.flatMap((name) => {
    const organ = find(name);
    if (organ?.dataset) return [organ.dataset];
    const area = /^\d{6}/.exec(name)?.[0] ?? organ?.area ?? places.split(name).area;
    return area && /^\d{6}/.test(area) ? [datasetOf(area)] : [];
  });
  return new Set(found).size === 1 ? found[0] : undefined;
}

/** The codes of the fictional city begin with 9901, its province is 990000. */
export function datasetOf(area: string): string {
  return /^990[01]/.test(area) ? "demo" : cityOf(area);
}

/**
 * Finds by exact name or alias, then by the name as people shorten it (监管 for 监督管理, no place before it).
 *
 * A shortened name is looked for in the place it names, else in that of `own`, else in `area`, where it must mean one
 * organ only; never in another place.
 */
export function createFinder(
  known: readonly KnownOrgan[],
  places: Gazetteer,
  own?: KnownOrgan,
  area = own?.area,
): OrganFinder {
  const byName = groupBy(known, (organ) => [organ.name, ...organ.aliases].map(keyText));
  const byShort = groupBy(known, (organ) => {
    const { rest } = places.split(organ.name);
    return rest.length < 3 ? [] : [shortName(rest)];
  });
  return (published) => {
    const name = keyText(published);
    if (name === "") return undefined;
    if (own && sameOrgan(name, own, places)) return own;
    const found = byName.get(name) ?? [];
    const exact = found.filter((organ) => keyText(organ.name) === name);
    if (exact.length === 1) return exact[0];
    if (found.length === 1) return found[0];
    const near = found.filter((organ) => area !== undefined && organ.area === area);
    if (near.length === 1) return near[0];
    if (found.length > 1) return undefined;
    const placed = places.split(name, area);
    const where = placed.place === "" ? area : placed.area;
    const short = shortName(withoutLevel(placed));
    const there = (byShort.get(short) ?? []).filter((organ) =>
      where === undefined
        ? placed.place !== "" && places.split(organ.name).place.endsWith(placed.place)
        : organ.area === where,
    );
    return there.length === 1 ? there[0] : undefined;
  };
}

/** Where a name stands, and what stands there. */
export type Said = readonly [where: string, text: string];

/**
 * The published organ whose list it is, by the text that begins with its name; never a government, whose lists are of
 * its departments, and none where `关于…` shows that somebody else only passes the list on.
 */
export function organIn(
  said: readonly Said[],
  find: OrganFinder,
): { readonly organ: KnownOrgan; readonly where: string } | undefined {
  for (const [where, text] of said) {
    const plain = keyText(text).replace(/^(?:附[件表]?)?[\d一二三四五六七八九十]*[.、:-]?/, "");
    const ends = [...plain.slice(0, 40).matchAll(ORGAN_END)].map((match) => match.index + match[0].length);
    for (const end of ends.reverse()) {
      const organ = find(plain.slice(0, end));
      if (!organ || /^(?:办公室|关于)/.test(plain.slice(end))) continue;
      if (organ.nature === "人民政府" && organ.level !== "乡") continue;
      return { organ, where };
    }
  }
  return undefined;
}

const ORGAN_END = /(?:[局委院厅所站队处关]|办公室|中心|政府|办事处|街道|管委会|委员会|支队|大队)/g;

/** 本级人民政府 by area: the one government whose area it is. */
export function governmentFinder(
  known: readonly KnownOrgan[],
): (area: string | undefined) => KnownOrgan | undefined {
  const byArea = new Map<string, Map<string, KnownOrgan>>();
  for (const organ of known) {
    if (organ.nature !== "人民政府" || organ.area === undefined) continue;
    const there = byArea.get(organ.area) ?? new Map<string, KnownOrgan>();
    byArea.set(organ.area, there.set(organ.id, organ));
  }
  return (area) => {
    const there = [...(byArea.get(area ?? "")?.values() ?? [])];
    return there.length === 1 ? there[0] : undefined;
  };
}

function groupBy(
  known: readonly KnownOrgan[],
  keys: (organ: KnownOrgan) => readonly string[],
): Map<string, KnownOrgan[]> {
  const groups = new Map<string, KnownOrgan[]>();
  for (const organ of known) {
    for (const key of new Set(keys(organ))) {
      const list = groups.get(key);
      if (list) list.push(organ);
      else groups.set(key, [organ]);
    }
  }
  return groups;
}

/** `县水务局` and `本县水务局` are said of the place the list is of. */
function withoutLevel({ place, rest }: Placed): string {
  return place === "" ? rest.replace(/^(?:本|我|全)?(?:省|市|县|区|旗)(?=.{3,}$)(?!域|划)/, "") : rest;
}

/** Words of names that lists write long and short. */
const SHORTENED: readonly (readonly [RegExp, string])[] = [
  [/监督管理/g, "监管"],
  [/综合行政执法|行政综合执法/g, "综合执法"],
  [/人力资源和?社会保障局/g, "人社局"],
  [/发展(?:和|与)改革/g, "发改"],
  [/住房(?:和|与)?城乡建设/g, "住建"],
  [/卫生健康/g, "卫健"],
  [/管理委员会$/g, "管委会"],
  [/委员会$/g, "委"],
  [/人民政府$/g, "政府"],
  [/街道办事处$/g, "街道"],
  [/[和与、及]/g, ""],
];

/** The form in which a long and a short name of the same organ are equal. */
export function shortName(name: string): string {
  return SHORTENED.reduce((text, [pattern, short]) => text.replace(pattern, short), keyText(name));
}

/** The operator's organ by its name, an alias, or its name without the place: `水务局`, `县水务局` for `隆德县水务局`. */
function sameOrgan(name: string, own: KnownOrgan, places: Gazetteer): boolean {
  const full = keyText(own.name);
  if (name === full || own.aliases.some((alias) => keyText(alias) === name)) return true;
  const mine = places.split(full);
  const said = places.split(name, own.area);
  if (mine.rest.length < 3 || mine.place === "") return false;
  if (shortName(withoutLevel(said)) !== shortName(mine.rest)) return false;
  if (said.place === "") return !/^[省市县区旗]/.test(name) || mine.place.endsWith(name[0]!);
  return mine.place.endsWith(said.place) || (said.area !== undefined && said.area === mine.area);
}

/**
 * The known name that shares most characters, for a suggestion only: an organ of the place the name begins with, or
 * of the list's own; never another county's.
 */
export function suggest(
  name: string,
  known: readonly KnownOrgan[],
  places: Gazetteer,
  area: string | undefined,
): string | undefined {
  const placed = places.split(name, area);
  const near = known.filter((organ) =>
    placed.place !== "" && placed.area === undefined
      ? places.split(organ.name).place.endsWith(placed.place)
      : organ.area === (placed.area ?? area),
  );
  const grams = (text: string) => new Set([...text].slice(0, -1).map((c, i) => c + text[i + 1]));
  const wanted = grams(shortName(name));
  let best: { name: string; score: number } | undefined;
  for (const organ of near) {
    const have = grams(shortName(organ.name));
    let shared = 0;
    for (const gram of wanted) if (have.has(gram)) shared++;
    const score = (2 * shared) / (wanted.size + have.size || 1);
    if (score > 0.5 && (!best || score > best.score)) best = { name: organ.name, score };
  }
  return best?.name;
}
