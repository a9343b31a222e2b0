/** How complete each organ's publication is: a page a supervisor would print. */
import type { FastifyInstance } from "fastify";
import { need } from "../api.ts";
import { table } from "../blocks.ts";
import { html } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { type PageParts, todayOf } from "./index.ts";
import { ListQuery } from "./organs.ts";
import { option } from "./shared.ts";

export function mountCompleteness(server: FastifyInstance, parts: PageParts): void {
  server.get("/completeness", async (request, reply) => {
    const { area } = parseBody(ListQuery, request.query);
    const library = parts.app.library();
    const today = todayOf(parts);
    const all = need(parts.services.completeness)(library, today, area || undefined);
    const areas = library.all("area").filter(({ level }) => level === "市" || level === "县");
    return parts.show(request, reply, {
      title: "公示完整度",
      indexed: true,
      demo: all.some(({ entity }) => library.find(entity)?.dataset === "demo"),
      body: html`<h1>公示完整度</h1><p class="lead">按公示要求逐项核对每个执法主体已经公示了多少,最缺的排在前面。截至 ${today},数据版本 ${library.release.id}。</p>
<form class="filter no-print" method="get" action="/completeness"><div class="field"><label for="area">地区</label><select id="area" name="area">${option("", "全部地区", area)}${areas.map(({ code, name }) => option(code, name, area))}</select></div><button class="button">筛选</button></form>
${table(
  "公示完整度",
  ["执法主体", "得分", "最该补的三项"],
  all.map((one) => [
    html`<a href="/organs/${one.entity}">${one.name}</a>`,
    `${Math.round(one.score * 100)}%(${one.met}/${one.applicable})`,
    one.worst.join("\n") || "已齐全",
  ]),
)}`,
    });
  });
}
