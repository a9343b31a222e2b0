/**
 * Which place begins a name: 山西省运城市盐湖区水务局. The places of the whole country by GB/T 2260 (`places.tsv`), those
 * of the shipped data sets with their towns, and those a city has published; every other rule about places asks here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Area, type Entity } from "../../src/records/schema.ts";
import { keyText } from "./text/clean.ts";

export interface NamedPlace {
  readonly code: string;
  readonly name: string;
}

/** A name cut after the places that begin it. */
export interface Placed {
  /** As written, empty when no place begins the name: 运城市盐湖区. */
  readonly place: string;
  readonly rest: string;
  /** Of the narrowest place. */
  readonly level?: Entity["level"];
  /** Code of the narrowest place; undefined when it is in no table, or several places bear its name. */
  readonly area?: string;
}

export interface Gazetteer {
  /** @param within a city's code that settles names several places bear. */
  split(name: string, within?: string): Placed;
  /** Name of a code. */
  nameOf(code: string): string | undefined;
}

type Index = ReadonlyMap<string, readonly string[]>;

const data = fileURLToPath(new URL("../data", import.meta.url));
const LONGEST = 20;

let shipped: readonly NamedPlace[] | undefined;

/** Every place of `places.tsv` and of the data sets that ship. */
export function shippedPlaces(): readonly NamedPlace[] {
  shipped ??= [
    ...readFileSync(join(data, "national/places.tsv"), "utf8")
      .trim()
      .split("\n")
      .map((line) => ({ code: line.slice(0, 6), name: line.slice(7) })),
    ...readdirSync(data)
      .sort()
      .flatMap((set) => areasOf(join(data, set, "area.jsonl"))),
  ];
  return shipped;
}

function areasOf(path: string): Area[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => Area.parse(JSON.parse(line)));
}

let base: Index | undefined;

export function gazetteer(published: readonly NamedPlace[] = []): Gazetteer {
  base ??= indexOf(shippedPlaces());
  const own = indexOf(published);
  const codesOf = (name: string) => [...(own.get(name) ?? []), ...(base?.get(name) ?? [])];
  return {
    split: (name, within) => splitPlace(keyText(name), codesOf, within),
    nameOf: (code) =>
      published.find((place) => place.code === code)?.name ??
      shippedPlaces().find((place) => place.code === code)?.name,
  };
}

/** Whether a law's title begins with the place that made it; a county makes none unless it is 自治. */
export function isOfPlace(title: string): boolean {
  const { place, level } = gazetteer().split(title);
  return place !== "" && (level === "省" || level === "市" || /自治[县旗]$/.test(place));
}

function indexOf(places: readonly NamedPlace[]): Index {
  const index = new Map<string, string[]>();
  for (const { code, name } of places) {
    const codes = index.get(name);
    if (!codes) index.set(name, [code]);
    else if (!codes.includes(code)) codes.push(code);
  }
  return index;
}

function splitPlace(name: string, codesOf: (name: string) => readonly string[], within?: string): Placed {
  let at = 0;
  let codes: readonly string[] = [];
  let level: Entity["level"] | undefined;
  for (;;) {
    const parents = codes;
    const next = longest(name, at, (word) => {
      const found = codesOf(word);
      if (parents.length === 0) return at === 0 || level === undefined ? found : [];
      return found.filter((code) => parents.some((parent) => lies(code, parent)));
    });
    if (!next) break;
    at += next.length;
    codes = next.codes;
    level = levelOfCode(codes[0]!);
  }
  const known = at;
  const deeper = beyond(name, at, level);
  if (deeper) {
    at = deeper.at;
    level = deeper.level;
    codes = [];
  }
  if (codes.length > 1 && within) {
    const near = codes.filter((code) => code.startsWith(trunk(cityOf(within))));
    if (near.length === 1) codes = near;
  }
  return {
    place: name.slice(0, at),
    rest: name.slice(at),
    ...(level ? { level } : {}),
    ...(codes.length === 1 && at === known ? { area: codes[0]! } : {}),
  };
}

function longest(
  name: string,
  at: number,
  find: (word: string) => readonly string[],
): { length: number; codes: readonly string[] } | undefined {
  for (let length = Math.min(LONGEST, name.length - at); length >= 2; length--) {
    const codes = find(name.slice(at, at + length));
    if (codes.length > 0) return { length, codes };
  }
  return undefined;
}

/** A place that stands in no table, by the way such names are built; never a word that only looks like one. */
const SYLLABLE = "(?:(?![省市州县区旗镇乡局委院厅所站队处部会场办项类级各全])[\\u4e00-\\u9fa5])";
const UNKNOWN: readonly (readonly [RegExp, Entity["level"]])[] = [
  [new RegExp(`^(?:${SYLLABLE}{2,4}?省|${SYLLABLE}{2,6}?自治区)`), "省"],
  [new RegExp(`^(?!本)(?:${SYLLABLE}{2,6}?(?:市(?![场政容民])|自治州|地区))`), "市"],
  [new RegExp(`^(?!本)(?:${SYLLABLE}{1,6}?(?:县(?![级域])|区(?!域)|旗|市(?![场政容民])))`), "县"],
  [new RegExp(`^(?:${SYLLABLE}{1,6}?(?:[镇乡](?=人民政府|政府|$)|街道))`), "乡"],
];
/** 城市管理局, 保护区管理局, 园区办: no place of its own. */
const COMMON =
  /^(?:城市|都市|县|[城郊矿园景社小林牧库灾辖校片新市地]区|.{0,6}(?:开发区|保护区|园区|景区|社区|示范区|产业区|高新区|风景区))$/;
const LEVELS = ["国家", "省", "市", "县", "乡"] as const;

function beyond(
  name: string,
  from: number,
  above: Entity["level"] | undefined,
): { at: number; level: Entity["level"] } | undefined {
  let at = from;
  let level = above;
  for (const [pattern, next] of UNKNOWN) {
    if (level && LEVELS.indexOf(next) <= LEVELS.indexOf(level)) continue;
    const found = pattern.exec(name.slice(at))?.[0];
    if (!found || COMMON.test(found)) continue;
    at += found.length;
    level = next;
  }
  return at > from && level ? { at, level } : undefined;
}

/** Level a GB/T 2260 code shows: 140000, 140800, 140802, 140802001. */
export function levelOfCode(code: string): Entity["level"] {
  if (code === "100000") return "国家";
  if (/^\d{9}/.test(code)) return "乡";
  if (code.endsWith("0000")) return "省";
  return /^\d{4}00$/.test(code) ? "市" : "县";
}

/** The city an area belongs to; a 直辖市 for its districts. */
export function cityOf(area: string): string {
  return /^(?:11|12|31|50)/.test(area) ? `${area.slice(0, 2)}0000` : `${area.slice(0, 4)}00`;
}

const trunk = (code: string) => code.replace(/(?:00)+$/, "");

function lies(code: string, parent: string): boolean {
  return code !== parent && code.startsWith(trunk(parent));
}
