/** A city that joins: its places and governments as drafts, so that its lists can be read and 本级人民政府 be told. */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "../src/durable-file.ts";
import { AppError } from "../src/error.ts";
import { AreaCode, Level } from "../src/records/primitives.ts";
import { PublishedRecord } from "../src/records/schema.ts";
import { idOf } from "./import/build/context.ts";
import { batchId, type ImportBatch, writeDrafts } from "./import/drafts.ts";
import { cityOf, levelOfCode, shippedPlaces } from "./import/places.ts";

const Place = z.object({ code: AreaCode, name: z.string().trim().min(2).max(40), level: Level });

/** `<data>/cities/<code>/profile.json`: what is particular to a city and stands in no list. */
export const CityProfile = z.object({
  code: z.string().regex(/^\d{6}$/),
  /** Province, city, counties, widest first. */
  places: z.array(Place).min(1),
});
export type CityProfile = z.infer<typeof CityProfile>;

/**
 * A city by its code: places from the country's table, or as given where the table lacks them.
 *
 * @param given names by code; they go before the table's.
 * @throws AppError `bad_input` for what is no city's code, or a city whose name nobody knows.
 */
export function profileOf(code: string, given: Readonly<Record<string, string>> = {}): CityProfile {
  if (!/^\d{6}$/.test(code) || cityOf(code) !== code)
    throw new AppError("bad_input", {
      say: `“${code}”不是城市的区划代码,应为 6 位、以 00 结尾(直辖市以 0000 结尾)。`,
    });
  const province = `${code.slice(0, 2)}0000`;
  const trunk = code.replace(/(?:00)+$/, "");
  const names = new Map([
    ...shippedPlaces().map((place) => [place.code, place.name] as const),
    ...Object.entries(given),
  ]);
  const inside = [...names.keys()].filter(
    (one) => /^\d{6}$/.test(one) && (one === province || one === code || one.startsWith(trunk)),
  );
  if (!names.has(code))
    throw new AppError("bad_input", {
      say: `区划代码表里没有 ${code}。请用 --place ${code}=名称 写明,县(市、区)也逐个写明。`,
    });
  const places = inside.sort().map((one) => ({ code: one, name: names.get(one)!, level: levelOfCode(one) }));
  return CityProfile.parse({ code, places });
}

/** The city's areas and governments, to be published by another person like any list. */
export function recordsOf(profile: CityProfile, by: string, at: Date, sha256: string): PublishedRecord[] {
  const { code: dataset, places } = profile;
  const parentOf = (code: string) =>
    places.findLast((place) => place.code !== code && code.startsWith(place.code.replace(/(?:00)+$/, "")));
  const common = {
    dataset,
    status: "draft",
    validity: {},
    source: {
      title: "行政区划代码(GB/T 2260)和各级人民政府",
      publisher: "操作人建立",
      file: "profile.json",
      sha256,
      importedAt: at.toISOString(),
      importedBy: by,
    },
  };
  const governmentId = (name: string) => idOf("entity", dataset, `${name}人民政府`);
  return places.flatMap(({ code, name, level }) => {
    const parent = parentOf(code);
    return [
      {
        ...common,
        kind: "area",
        id: idOf("area", dataset, code),
        code,
        name,
        level,
        ...(parent ? { parentCode: parent.code } : {}),
        aliases: name.length > 2 ? [name.replace(/(?:自治[区州县旗]|[省市县区旗])$/, "")] : [],
      },
      {
        ...common,
        kind: "entity",
        id: governmentId(name),
        name: `${name}人民政府`,
        aliases: [`${name}政府`],
        nature: "人民政府",
        enforces: false,
        area: code,
        level,
        ...(parent ? { governmentId: governmentId(parent.name) } : {}),
        isJustice: false,
        basis: [],
        phones: [],
      },
    ].map((record) => PublishedRecord.parse(record));
  });
}

/** Keeps the profile and leaves its records as drafts. */
export function joinCity(dataFolder: string, profile: CityProfile, by: string, at: Date): ImportBatch[] {
  const folder = join(dataFolder, "cities", profile.code);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "profile.json");
  const body = `${JSON.stringify(profile, null, 2)}\n`;
  replaceFile(path, body);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const records = recordsOf(profile, by, at, sha256);
  return (["area", "entity"] as const).map((kind, index) => {
    const when = new Date(at.getTime() + index);
    const own = records.filter((record) => record.kind === kind);
    const counts = { rows: own.length, accepted: own.length, warned: 0, quarantined: 0 };
    const batch: ImportBatch = {
      id: batchId(when, sha256),
      file: `${profile.code} profile.json`,
      sha256,
      kind,
      sheet: "",
      mapping: {},
      dropped: [],
      counts,
      by,
      at: when.toISOString(),
    };
    writeDrafts(dataFolder, batch, own, path);
    return batch;
  });
}
