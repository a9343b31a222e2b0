/** Monthly figures: bars drawn on the server with the same numbers in a table, a page to print and a CSV. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dayOf } from "../../src/law/day.ts";
import { table } from "../web/blocks.ts";
import { type Html, html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { facts } from "../web/layout.ts";
import { csv } from "./csv.ts";
import { accountOf, type ConsoleParts, showConsole } from "./frame.ts";
import type { Statistics } from "./services.ts";

const Month = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "月份应写成 2026-11")
    .optional(),
});

export function mountStatistics(server: FastifyInstance, parts: ConsoleParts): void {
  const { desk } = parts.services;
  const monthOf = (query: unknown) => parseBody(Month, query).month ?? dayOf(parts.now()).slice(0, 7);
  server.get("/console/statistics", async (request, reply) => {
    const month = monthOf(request.query);
    const figures = await desk.statistics(accountOf(request), month);
    return showConsole(parts, request, reply, {
      title: `${month} 月报`,
      body: html`<h1>${month} 行政执法监督月报</h1><form class="filter no-print" method="get" action="/console/statistics"><div class="field"><label for="month">月份</label><input id="month" name="month" type="month" value="${month}"></div><button class="button">查看</button><a class="button button-plain" href="/console/statistics.csv?month=${month}">下载 CSV</a></form>
<div class="panel">${facts([
        ["收件", `${figures.total} 件`],
        ["在办", `${figures.open} 件`],
        ["超期", `${figures.late} 件`],
        ["受理用时(中位数)", sayDays(figures.daysToAccept)],
        ["办结用时(中位数)", sayDays(figures.daysToClose)],
      ])}</div>
${figures.by.map(
  (group) =>
    html`<section class="panel"><h2>${group.title}</h2>${
      group.rows.length === 0
        ? html`<p class="unpublished">本月没有。</p>`
        : html`${bars(group.title, group.rows)}${table(
            group.title,
            ["名称", "件数"],
            group.rows.map((row) => [row.name, String(row.count)]),
          )}`
    }</section>`,
)}`,
    });
  });
  server.get("/console/statistics.csv", async (request, reply) => {
    const month = monthOf(request.query);
    const figures = await desk.statistics(accountOf(request), month);
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${month}.csv"`)
      .send(toCsv(month, figures));
  });
}

function sayDays(days: number | undefined): string {
  return days === undefined ? "本月没有" : `${days.toFixed(1)} 天`;
}

const BAR = { width: 640, height: 26, gap: 8, label: 220 };

/** The table beside it says the same, so the picture is described in one sentence. */
function bars(title: string, rows: Statistics["by"][number]["rows"]): Html {
  const top = Math.max(1, ...rows.map((row) => row.count));
  return html`<svg class="bars" viewBox="0 0 ${BAR.width} ${rows.length * (BAR.height + BAR.gap)}" role="img" aria-label="${title}条形图,数字见下表">${rows.map(
    (row, index) => {
      const y = index * (BAR.height + BAR.gap);
      const width = Math.max(2, (row.count / top) * (BAR.width - BAR.label - 50));
      return html`<text x="0" y="${y + 18}">${row.name.slice(0, 14)}</text><rect x="${BAR.label}" y="${y}" width="${width.toFixed(1)}" height="${BAR.height}" rx="3"/><text x="${(BAR.label + width + 8).toFixed(1)}" y="${y + 18}">${row.count}</text>`;
    },
  )}</svg>`;
}

function toCsv(month: string, figures: Statistics): string {
  return csv([
    ["月份", "分组", "名称", "件数"],
    [month, "合计", "收件", figures.total],
    [month, "合计", "在办", figures.open],
    [month, "合计", "超期", figures.late],
    [month, "合计", "受理用时中位数(天)", figures.daysToAccept],
    [month, "合计", "办结用时中位数(天)", figures.daysToClose],
    ...figures.by.flatMap((group) => group.rows.map((row) => [month, group.title, row.name, row.count])),
  ]);
}
