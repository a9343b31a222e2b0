/** What stands around a table: title, date, organ, type of power. */
import { idOf, readPowerType, type Section } from "./build/context.ts";
import type { Chosen } from "./choose.ts";
import type { Column } from "./header.ts";
import { areaAmong, createFinder, type KnownOrgan, levelOfName } from "./organs.ts";
import { parseDate } from "./parse/date.ts";
import type { Document } from "./table.ts";

export function textsAbove({ head, header }: Chosen): string[] {
  return head
    .filter((row) => row.number < header.firstRow)
    .flatMap((row) =>
      row.cells.filter((cell, i) => !cell.merged || cell.merged.column === i).map((cell) => cell.text),
    )
    .filter((text) => text !== "");
}

/** The first whole date written around the table. */
export function dateIn(lines: Document["prose"]): string | undefined {
  const written = /(?<!\d)(\d{4}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}))(?!\d)/;
  const dated = lines.map((line) => written.exec(line)?.[1]).find((text) => text !== undefined);
  const parsed = dated ? parseDate(dated) : undefined;
  return parsed?.kind === "date" ? parsed.text : undefined;
}

export function headersOf(columns: readonly Column[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const { field, header } of columns) {
    const list = headers[field!];
    if (list) list.push(header);
    else headers[field!] = [header];
  }
  return headers;
}

export function ownOrgan(name: string, known: readonly KnownOrgan[], dataset: string): KnownOrgan {
  const area = areaAmong(name, known);
  return (
    createFinder(known)(name) ?? {
      id: idOf("entity", dataset, name),
      name,
      aliases: [],
      level: levelOfName(name) ?? "县",
      ...(area ? { area } : {}),
    }
  );
}

export function powerTypeIn(title: string): Section {
  const named = title.match(/行政(许可|处罚|强制|征收|给付|检查|确认|奖励|裁决)/g) ?? [];
  const powerType = new Set(named).size === 1 ? readPowerType(named[0]!) : undefined;
  return powerType ? { powerType } : {};
}
