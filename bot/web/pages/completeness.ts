/** How complete publication is, by organ and by area, and what is overdue: a page a supervisor would print. */
import type { FastifyInstance } from "fastify";
import {
  completenessCsv,
  completenessReport,
  csvTables,
  linesOfAll,
} from "../../../src/records/completeness-report.ts";
import { table } from "../blocks.ts";
import { type Html, html } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { type PageParts, todayOf } from "./index.ts";
import { ListQuery } from "./organs.ts";
import { option } from "./shared.ts";

const tableNames = { organs: "执法主体", areas: "地区", overdue: "逾期" } as const;

export function mountCompleteness(server: FastifyInstance, parts: PageParts): void {
  const reportOf = (query: unknown) => {
    const { area } = parseBody(ListQuery, query);
    return { area, report: completenessReport(parts.app.library(), todayOf(parts), area || undefined) };
  };

  server.get("/completeness.json", async (request) => reportOf(request.query).report);

  for (const name of csvTables) {
    server.get(`/completeness-${name}.csv`, async (request, reply) =>
      reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="completeness-${name}.csv"`)
        // The mark tells a spreadsheet that this is UTF-8.
        .send(`\uFEFF${completenessCsv(reportOf(request.query).report, name).join("\r\n")}\r\n`),
    );
  }

  server.get("/completeness", async (request, reply) => {
    const { area, report } = reportOf(request.query);
    const library = parts.app.library();
    const areas = library.all("area").filter(({ level }) => level === "市" || level === "县");
    const query = area ? `?area=${encodeURIComponent(area)}` : "";
    return parts.show(request, reply, {
      title: "公示完整度",
      indexed: true,
      demo: report.organs.some(({ entity }) => library.find(entity)?.dataset === "demo"),
      body: html`<h1>公示完整度</h1><p class="lead">按公示要求逐项核对每个执法主体已经公示了多少,最缺的排在前面。截至 ${report.today},数据版本 ${library.release.id}。</p>
<form class="filter no-print" method="get" action="/completeness"><div class="field"><label for="area">地区</label><select id="area" name="area">${option("", "全部地区", area)}${areas.map(({ code, name }) => option(code, name, area))}</select></div><button class="button">筛选</button></form>
<p class="no-print">下载:${csvTables.map((name) => html`<a href="/completeness-${name}.csv${query}">${tableNames[name]} CSV</a> `)}<a href="/completeness.json${query}">全部 JSON</a></p>
${section(
  "地区",
  ["地区", "得分", "最该补的三项"],
  report.areas.map((one) => [
    `${one.name}(${one.organs} 个执法主体)`,
    percent(one.score),
    one.worst.join("\n") || "已齐全",
  ]),
)}
${section(
  "逐项",
  ["项目", "权重", "已公示/应公示"],
  linesOfAll(report.organs).map(({ no, item, weight, met, applicable }) => [
    `${no}. ${item}`,
    String(weight),
    applicable === 0 ? "不适用" : `${met}/${applicable}`,
  ]),
)}
${section(
  "执法主体",
  ["执法主体", "得分", "最该补的三项"],
  report.organs.map((one) => [
    html`<a href="/organs/${one.entity}">${one.name}</a>`,
    `${percent(one.score)}(${one.met}/${one.applicable})`,
    one.worst.join("\n") || "已齐全",
  ]),
)}
${section(
  "逾期未公示、未复核",
  ["执法主体", "逾期未做", "应在何日前"],
  report.overdue.map(({ entity, name, what, due }) => [
    html`<a href="/organs/${entity}">${name}</a>`,
    what,
    due,
  ]),
)}`,
    });
  });
}

const percent = (score: number) => `${Math.round(score * 100)}%`;

const section = (title: string, columns: readonly string[], rows: readonly (readonly (string | Html)[])[]) =>
  html`<h2>${title}</h2>${rows.length > 0 ? table(title, columns, rows) : html`<p>没有。</p>`}`;
