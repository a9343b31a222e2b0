/** What a release lets a question name: organs, areas, certificate numbers, item codes. Built once per library. */
import type { Library } from "../../records/library.ts";
import type { Entity } from "../../records/schema.ts";
import { type KnownNumbers, plainNumber } from "./identifiers.ts";
import { normaliseQuestion } from "./normalise.ts";
import { type OrganField, organFields } from "./organ-nicknames.ts";
import { elsewhere } from "./places.ts";

/** Names found by their first two characters, longest first. */
export class NameTable<T> {
  readonly #byName = new Map<string, T[]>();
  readonly #lengths = new Map<string, number[]>();

  add(name: string, value: T): void {
    if (name.length < 2) return;
    const values = this.#byName.get(name);
    if (values) {
      if (!values.includes(value)) values.push(value);
      return;
    }
    this.#byName.set(name, [value]);
    const key = name.slice(0, 2);
    const lengths = this.#lengths.get(key);
    if (!lengths) this.#lengths.set(key, [name.length]);
    else if (!lengths.includes(name.length)) {
      lengths.push(name.length);
      lengths.sort((a, b) => b - a);
    }
  }

  /** The longest name at each place, not overlapping, in order. */
  findIn(text: string): { at: number; said: string; values: readonly T[] }[] {
    const found: { at: number; said: string; values: readonly T[] }[] = [];
    for (let at = 0; at < text.length - 1; ) {
      let next = at + 1;
      for (const length of this.#lengths.get(text.slice(at, at + 2)) ?? []) {
        const said = text.slice(at, at + length);
        const values = said.length === length ? this.#byName.get(said) : undefined;
        if (!values) continue;
        found.push({ at, said, values });
        next = at + length;
        break;
      }
      at = next;
    }
    return found;
  }
}

export interface AreaName {
  readonly code?: string;
  readonly level?: string;
}

export interface Lexicon {
  /** Published names and aliases → entity; nicknames → field. */
  readonly organs: NameTable<Entity | OrganField>;
  readonly entitiesOf: ReadonlyMap<OrganField, readonly Entity[]>;
  readonly fieldOf: ReadonlyMap<Entity, string>;
  readonly areas: NameTable<AreaName>;
  readonly numbers: KnownNumbers;
}

const built = new WeakMap<Library, Lexicon>();

export function lexiconOf(library: Library): Lexicon {
  const known = built.get(library);
  if (known) return known;
  const lexicon = build(library);
  built.set(library, lexicon);
  return lexicon;
}

function build(library: Library): Lexicon {
  const organs = new NameTable<Entity | OrganField>();
  const entitiesOf = new Map<OrganField, Entity[]>();
  const fieldOf = new Map<Entity, string>();
  for (const field of organFields) {
    entitiesOf.set(field, []);
    for (const name of field.names) organs.add(name, field);
  }
  for (const entity of library.all("entity")) {
    if (entity.withdrawn) continue;
    for (const name of [entity.name, entity.shortName, ...entity.aliases]) {
      if (name) organs.add(asMatched(name), entity);
    }
    for (const field of organFields) {
      if (!field.entity?.test(entity.name)) continue;
      entitiesOf.get(field)?.push(entity);
      if (!fieldOf.has(entity)) fieldOf.set(entity, field.field);
    }
  }
  const areas = new NameTable<AreaName>();
  for (const area of library.all("area")) {
    const known = { code: area.code, level: area.level };
    areas.add(asMatched(area.name), known);
    for (const alias of area.aliases) {
      // 中城、东郭 without 镇 or 街道 are too often just words.
      if (area.level !== "乡" || /[镇乡街道村区]$/.test(alias)) areas.add(asMatched(alias), known);
    }
  }
  const abroad: AreaName = {};
  for (const name of elsewhere) areas.add(name, abroad);
  const certNos = new Map<string, string>();
  for (const officer of library.all("officer")) certNos.set(plainNumber(officer.certNo), officer.certNo);
  const codes = new Map<string, string>();
  for (const power of library.all("power"))
    if (power.code) codes.set(plainNumber(power.code.value), power.code.value);
  return { organs, entitiesOf, fieldOf, areas, numbers: { certNos, codes } };
}

/** Names go through the same normalisation as questions, or they would never meet. */
function asMatched(name: string): string {
  return /^[\u4e00-\u9fa5]+$/.test(name) ? name : normaliseQuestion(name);
}
