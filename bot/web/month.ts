/** The months in which a period begins, is safe and ends, drawn as a small calendar, with the same facts in words. */
import { addDays, type Day, sayDay, weekdayOf } from "../../src/law/day.ts";
import type { Deadline } from "../../src/law/deadline.ts";
import { type Html, html } from "./html.ts";

const CELL = 34;
const TOP = 58;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];

type Mark = "from" | "safe" | "last";
const MARK_NAMES: Readonly<Record<Mark, string>> = { from: "起", safe: "稳妥", last: "最后" };

/** The months that hold a marked day. Marks differ by shape and word, not by colour alone. */
export function deadlineMonths(deadline: Deadline): Html {
  const marks = new Map<Day, Mark>([
    [deadline.from, "from"],
    [deadline.safeDay, "safe"],
    [deadline.lastDay, "last"],
  ]);
  const months = [...new Set([...marks.keys()].map((day) => day.slice(0, 7)))].sort();
  return html`<div class="months">${months.map((month) => monthPicture(month, marks))}</div>
    <ul class="legend">
      <li><span class="key key-from" aria-hidden="true"></span>起算事件日</li>
      ${deadline.safeDay !== deadline.lastDay && html`<li><span class="key key-safe" aria-hidden="true"></span>稳妥日</li>`}
      <li><span class="key key-last" aria-hidden="true"></span>最后一天</li>
    </ul>`;
}

/** `month` is `2026-03`. */
function monthPicture(month: string, marks: ReadonlyMap<Day, Mark>): Html {
  const first = `${month}-01` as Day;
  const days: Day[] = [];
  for (let day: Day = first; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  const offset = weekdayOf(first);
  const weeks = Math.ceil((offset + days.length) / 7);
  const said = days.flatMap((day) => {
    const mark = marks.get(day);
    return mark ? [`${MARK_NAMES[mark]}:${sayDay(day)}`] : [];
  });
  const title = `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;
  return html`<svg class="month" viewBox="0 0 ${CELL * 7} ${TOP + weeks * CELL}" role="img" aria-label="${title}日历。${said.join(";")}">
    <text class="month-title" x="${(CELL * 7) / 2}" y="20">${title}</text>
    ${WEEKDAYS.map((name, index) => html`<text class="month-week" x="${CELL * (index + 0.5)}" y="46">${name}</text>`)}
    ${days.map((day, index) => cell(day, offset + index, marks.get(day)))}
  </svg>`;
}

function cell(day: Day, place: number, mark: Mark | undefined): Html {
  const x = CELL * ((place % 7) + 0.5);
  const y = TOP + CELL * (Math.floor(place / 7) + 0.5) - 4;
  const weekend = weekdayOf(day) % 6 === 0;
  const shape =
    mark === "last"
      ? html`<rect class="mark-last" x="${x - 14}" y="${y - 14}" width="28" height="28" rx="4"/>`
      : mark === "safe"
        ? html`<circle class="mark-safe" cx="${x}" cy="${y}" r="14"/>`
        : mark === "from"
          ? html`<rect class="mark-from" x="${x - 14}" y="${y - 14}" width="28" height="28" rx="14"/>`
          : undefined;
  const name = mark ? `day day-${mark}` : weekend ? "day day-weekend" : "day";
  return html`${shape}<text class="${name}" x="${x}" y="${y + 5}">${Number(day.slice(8))}</text>`;
}
