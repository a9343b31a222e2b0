/** Which organ a published name means: only certain matches, never the nearest. */
import type { Entity } from "../../src/records/schema.ts";
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

/** County-level cities of Shanxi: their organs are 县级 although the name ends in 市. */
const COUNTY_CITIES =
  /^(?:山西省)?(?:[\u4e00-\u9fa5]{2,3}市)?(古交|高平|介休|永济|河津|原平|侯马|霍州|汾阳|孝义|怀仁)市/;
/** GB/T 2260 codes of 运城市. */
export const AREAS: Readonly<Record<string, string>> = {
  盐湖区: "140802",
  临猗县: "140821",
  万荣县: "140822",
  闻喜县: "140823",
  稷山县: "140824",
  新绛县: "140825",
  绛县: "140826",
  垣曲县: "140827",
  夏县: "140828",
  平陆县: "140829",
  芮城县: "140830",
  永济市: "140881",
  河津市: "140882",
  运城市: "140800",
};

/** Administrative level a full name shows, undefined when it shows none. */
export function levelOfName(name: string): Entity["level"] | undefined {
  if (COUNTY_CITIES.test(name)) return /[镇乡]|街道/.test(name) ? "乡" : "县";
  if (/(街道办事处|街道|[\u4e00-\u9fa5]{2,}[镇乡](人民政府|政府)?$)/.test(name)) return "乡";
  if (
    /^[\u4e00-\u9fa5]{1,8}?(县|自治县|旗)/.test(name) ||
    /市[\u4e00-\u9fa5]{1,6}区/.test(name) ||
    /^[\u4e00-\u9fa5]{1,4}区/.test(name)
  )
    return "县";
  if (/^[\u4e00-\u9fa5]{2,8}(市|州|地区)/.test(name)) return "市";
  if (/^[\u4e00-\u9fa5]{2,8}(省|自治区)/.test(name)) return "省";
  return undefined;
}

export function areaOfName(name: string): string | undefined {
  return Object.entries(AREAS).find(
    ([place]) => name.startsWith(place) || name.startsWith(`运城市${place}`),
  )?.[1];
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
export function datasetAmong(names: readonly string[], known: readonly KnownOrgan[]): string | undefined {
  const find = createFinder(known);
  const found = names.flatMap((name) => {
    if (/^演示[省市区县]/.test(name)) return ["demo"];
    const organ = find(name);
    if (organ?.dataset) return [organ.dataset];
    const code = /^\d{6}/.exec(name)?.[0];
    const area = code ?? organ?.area ?? areaAmong(name, known);
    return area && /^\d{6}/.test(area) ? [area.startsWith("9901") ? "demo" : `${area.slice(0, 4)}00`] : [];
  });
  const sets = new Set(found);
  return sets.size === 1 ? found[0] : undefined;
}

/** Area of an organ from the longest place that begins its name, among those published. */
export function areaAmong(name: string, known: readonly KnownOrgan[]): string | undefined {
  const own = areaOfName(name);
  if (own) return own;
  let best: { place: string; area: string } | undefined;
  for (const organ of known) {
    if (organ.nature !== "人民政府" || !organ.area) continue;
    const place = organ.name.replace(/人民政府$/, "");
    if (name.startsWith(place) && place.length > (best?.place.length ?? 1))
      best = { place, area: organ.area };
  }
  return best?.area;
}

/** Finds by exact name or alias; a nickname several organs share is settled by the area of `near`, else not at all. */
export function createFinder(known: readonly KnownOrgan[], own?: KnownOrgan): OrganFinder {
  const byName = new Map<string, KnownOrgan[]>();
  for (const organ of known) {
    for (const name of new Set([organ.name, ...organ.aliases].map(keyText))) {
      const list = byName.get(name);
      if (list) list.push(organ);
      else byName.set(name, [organ]);
    }
  }
  return (published) => {
    const name = keyText(published);
    if (own && sameOrgan(name, own)) return own;
    const found = byName.get(name) ?? [];
    const exact = found.filter((organ) => keyText(organ.name) === name);
    if (exact.length === 1) return exact[0];
    if (found.length === 1) return found[0];
    const near = found.filter((organ) => own?.area !== undefined && organ.area === own.area);
    return near.length === 1 ? near[0] : undefined;
  };
}

/** The operator's organ by its name, an alias, or its name without the place: `水务局`, `县水务局` for `隆德县水务局`. */
function sameOrgan(name: string, own: KnownOrgan): boolean {
  const full = keyText(own.name);
  if (name === full || own.aliases.some((alias) => keyText(alias) === name)) return true;
  const place =
    /^(?:[\u4e00-\u9fa5]{1,7}?(?:省|自治区))?(?:[\u4e00-\u9fa5]{1,6}?市)?(?:[\u4e00-\u9fa5]{1,6}?(?:县|区|旗|市))?/.exec(
      full,
    )?.[0] ?? "";
  const bare = full.slice(place.length);
  if (bare.length < 3 || place === "") return false;
  const lastPlace = place.slice(-1);
  return name === bare || name === `${lastPlace}${bare}`;
}

/** The known name that shares most characters, for a suggestion only. */
export function suggest(name: string, known: readonly KnownOrgan[]): string | undefined {
  const grams = (text: string) => new Set([...text].slice(0, -1).map((c, i) => c + text[i + 1]));
  const wanted = grams(keyText(name));
  let best: { name: string; score: number } | undefined;
  for (const organ of known) {
    const have = grams(organ.name);
    let shared = 0;
    for (const gram of wanted) if (have.has(gram)) shared++;
    const score = (2 * shared) / (wanted.size + have.size || 1);
    if (score > 0.5 && (!best || score > best.score)) best = { name: organ.name, score };
  }
  return best?.name;
}
