/** Reads the published holiday arrangements: the ones shipped, then the operator's own. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../src/error.ts";
import { buildCalendar, type Calendar, type CalendarYear, parseCalendarYear } from "../src/law/calendar.ts";

const SHIPPED = fileURLToPath(new URL("./data/calendar/", import.meta.url));
const loaded = new Map<string, Calendar>();

/**
 * The calendar of every `<year>.json` shipped here and in `operatorFolder`, whose files win for their year.
 * Read once per folder; `reload` reads again after a file was added.
 *
 * @throws AppError `bad_input` naming the file and the fault.
 */
export function loadCalendar(operatorFolder?: string, options: { reload?: boolean } = {}): Calendar {
  const key = operatorFolder ?? "";
  const known = loaded.get(key);
  if (known && !options.reload) return known;
  const calendar = buildCalendar([
    ...readFolder(SHIPPED),
    ...(operatorFolder && existsSync(operatorFolder) ? readFolder(operatorFolder) : []),
  ]);
  loaded.set(key, calendar);
  return calendar;
}

function readFolder(folder: string): CalendarYear[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}\.json$/.test(name))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const entry = parseCalendarYear(readJson(path), path);
      if (`${entry.year}.json` !== name) {
        throw new AppError("bad_input", {
          say: `放假安排文件 ${path} 写的是 ${entry.year} 年,与文件名不符。`,
        });
      }
      return entry;
    });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new AppError("bad_input", { say: `放假安排文件 ${path} 不是有效的 JSON。`, cause });
  }
}
