/** What stands around a table: title, date, organ, type of power. */
import { idOf, readPowerType, type Section } from "./build/context.ts";
import type { Chosen } from "./choose.ts";
import type { Column } from "./header.ts";
import { createFinder, type KnownOrgan } from "./organs.ts";
import { parseDate } from "./parse/date.ts";
import type { Gazetteer } from "./places.ts";
import type { Document } from "./table.ts";
import { keyText } from "./text/clean.ts";

export function textsAbove({ head, header }: Chosen): string[] {
  return head
    .filter((row) => row.number < header.firstRow)
    .flatMap((row) =>
      row.cells.filter((cell, i) => !cell.merged || cell.merged.column === i).map((cell) => cell.text),
    )
    .filter((text) => text !== "");
}

/** `…权责清单(2026年版)`: a name that only a list has. */
const LIST_NAME =
  /(?:清单|目录|名单|名录|名册|花名册|年报|基准|计划|公示|公告|指南|台账|渠道|程序|流程|表)(?:\([^()]*\))*$/;
/** Filled in beside a title, or where the page stands: `填报单位:…`, `当前位置:首页>…`. */
const NO_TITLE =
  /^[^:]{0,12}(?:单位|部门|机关|机构|时间|日期|人|电话|来源|索引号|文号|位置)(?:\([^()]*\))*:|>/;

/**
 * The list's name: over its header, else just before the table, else the first line of the page that may be one.
 *
 * @param captions texts just before the table, nearest last.
 */
export function titleOf(texts: {
  readonly above: readonly string[];
  readonly captions: readonly string[];
  readonly prose: readonly string[];
}): string | undefined {
  const titles = (lines: readonly string[]) =>
    lines
      .map((line) => line.replace(/^附(?:件|表)[\s\d一二三四五六七八九十]*[::.、]?\s*/, ""))
      .filter((line) => {
        const characters = line.match(/\p{Script=Han}/gu)?.length ?? 0;
        return characters >= 4 && line.length < 100 && !NO_TITLE.test(keyText(line));
      });
  const isListName = (line: string) => LIST_NAME.test(keyText(line));
  const above = titles(texts.above);
  return (
    above.find(isListName) ??
    titles(texts.captions).findLast(isListName) ??
    above[0] ??
    titles(texts.prose)[0]
  );
}

/** The first whole date written around the table that is not the day it takes effect or ends. */
export function dateIn(lines: Document["prose"]): string | undefined {
  const written =
    /(?<![\d至])(\d{4}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}))(?!\d|\s*(?:起|施行|实施|执行|至|止))/;
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

export function ownOrgan(
  name: string,
  known: readonly KnownOrgan[],
  dataset: string,
  places: Gazetteer,
): KnownOrgan {
  const { area, level } = places.split(name, dataset);
  return (
    createFinder(known, places)(name) ?? {
      id: idOf("entity", dataset, name),
      name,
      aliases: [],
      level: level ?? "县",
      ...(area ? { area } : {}),
    }
  );
}

export function powerTypeIn(title: string): Section {
  const named = title.match(/行政(许可|处罚|强制|征收|给付|检查|确认|奖励|裁决)/g) ?? [];
  const powerType = new Set(named).size === 1 ? readPowerType(named[0]!) : undefined;
  return powerType ? { powerType } : {};
}
