/** Enforcement bodies: list, one page each; relief channels; how complete each organ's publication is. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { AppError } from "../../../src/error.ts";
import type { Day } from "../../../src/law/day.ts";
import type { Library } from "../../../src/records/library.ts";
import { isCurrent } from "../../../src/records/library.ts";
import type { Entity, ReliefChannel } from "../../../src/records/schema.ts";
import { phoneLinks } from "../blocks.ts";
import { type Html, html, safeUrl } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { facts } from "../layout.ts";
import { findRecords, titleOf } from "../records.ts";
import { type PageParts, todayOf } from "./index.ts";
import { areaName, basisList, demoTag, organLink, pager, sourceLine } from "./shared.ts";

export const ListQuery = z.object({
  q: z.string().max(100).optional(),
  area: z.string().max(20).optional(),
  type: z.string().max(20).optional(),
  entity: z.string().max(64).optional(),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export function mountOrgans(server: FastifyInstance, parts: PageParts): void {
  const { app, show } = parts;
  server.get("/organs", async (request, reply) => {
    const query = parseBody(ListQuery, request.query);
    const library = app.library();
    const found = findRecords(library, todayOf(parts), { ...query, kind: "entity" });
    return show(request, reply, {
      title: "执法主体",
      description: "依法公示的行政执法主体:职责、权限、地址、电话和法定依据。",
      indexed: true,
      demo: found.items.some((item) => item.dataset === "demo"),
      body: html`<h1>执法主体</h1><p class="lead">哪些单位有执法资格、管什么、在哪里。</p>
${searchForm("/organs", query.q, "单位名称,如 城管、市场监督管理局")}
<div class="panel">${
        found.total === 0
          ? html`<p>没有找到名称含“${query.q ?? ""}”的单位。可以换个叫法,或到<a href="/">智能问答</a>描述这件事。</p>`
          : html`<ul class="list">${found.items.map(
              (organ) =>
                html`<li><a href="/organs/${organ.id}">${organ.name}</a>${demoTag(organ)}<span class="facts">${organ.nature} · ${areaName(library, organ.area)}${!organ.enforces && " · 非公示执法主体"}</span></li>`,
            )}</ul>`
      }</div>${pager(found, `/organs?q=${encodeURIComponent(query.q ?? "")}`)}`,
    });
  });

  server.get<{ Params: { id: string } }>("/organs/:id", async (request, reply) => {
    const library = app.library();
    const organ = library.entity(request.params.id);
    const today = todayOf(parts);
    return show(request, reply, {
      title: organ.name,
      indexed: true,
      demo: organ.dataset === "demo",
      body: organPage(library, organ, today),
    });
  });

  server.get("/relief", async (request, reply) => {
    const library = app.library();
    const query = parseBody(ListQuery, request.query);
    const found = findRecords(library, todayOf(parts), { ...query, kind: "relief" });
    return show(request, reply, {
      title: "救济渠道",
      indexed: true,
      demo: found.items.some((item) => item.dataset === "demo"),
      body: html`<h1>救济渠道</h1><p class="lead">不服处罚、强制、许可等决定,可以申请行政复议或者提起行政诉讼。期限从知道决定之日起算,错过一般不再受理。</p>
<div class="actions"><a class="button" href="/deadlines?rule=reconsiderationApply">算我的最后一天</a><a class="button button-plain" href="/?q=${encodeURIComponent("不服处罚决定怎么申诉")}">问该找哪个机关</a></div>
<h2>已公示的渠道</h2>${found.total === 0 ? html`<div class="panel"><p>还没有机关公示救济渠道。可在<a href="/">智能问答</a>里说明是哪个机关、哪一天收到决定。</p></div>` : found.items.map((item) => reliefPanel(library, item))}${pager(found, `/relief?q=${encodeURIComponent(query.q ?? "")}`)}`,
    });
  });
}

export function searchForm(path: string, q: string | undefined, hint: string, more?: Html): Html {
  return html`<form class="filter" method="get" action="${path}" role="search"><div class="field"><label for="q">名称</label><input id="q" name="q" value="${q ?? ""}" placeholder="${hint}"></div>${more}<button class="button">查询</button></form>`;
}

function organPage(library: Library, organ: Entity, today: Day): Html {
  if (!isCurrent(organ, today)) {
    throw new AppError("not_found", { say: `“${organ.name}”目前不在有效的公示名单中。` });
  }
  const live = <T extends { id: string }>(kind: Parameters<Library["of"]>[0]) =>
    library.of(kind, organ.id).filter((record) => isCurrent(record, today)) as unknown as readonly T[];
  const powers = live<{ id: string }>("power");
  const relief = live<ReliefChannel>("relief");
  const supervision = library.of("supervision", organ.id).filter((record) => isCurrent(record, today));
  const guides = library.of("guide", organ.id).filter((record) => isCurrent(record, today));
  return html`<p class="crumbs"><a href="/organs">执法主体</a></p><h1>${organ.name}${demoTag(organ)}</h1>
<div class="panel"><h2>基本情况</h2>${facts([
    ["性质", organ.nature],
    ["地区", areaName(library, organ.area)],
    ["所属政府", organLink(library, organ.governmentId)],
    ["别称", organ.aliases.join("、")],
    ["职责", organ.duties],
    ["权限", organ.authorityScope],
    ["法定依据", basisList(organ.basis)],
    ["地址", organ.address],
    ["电话", organ.phones.length > 0 && phoneLinks(organ.phones.join("、"))],
    ["办公时间", organ.officeHours],
    [
      "网站",
      organ.website &&
        html`<a href="${safeUrl(organ.website)}" rel="noopener noreferrer">${organ.website}</a>`,
    ],
    [
      "主体资格公告",
      organ.qualificationNotice &&
        `${organ.qualificationNotice.title} ${organ.qualificationNotice.docNo ?? ""} ${organ.qualificationNotice.date}`,
    ],
  ])}${organ.delegatedById && html`<p class="notice"><strong>受委托</strong><span>以${organLink(library, organ.delegatedById)}的名义执法,由委托机关承担责任。</span></p>`}</div>
<div class="actions no-print"><a class="button" href="/powers?entity=${organ.id}">权责事项 ${powers.length} 项</a><a class="button button-plain" href="/?q=${encodeURIComponent(`不服${organ.name}的处罚怎么办`)}">不服它的决定怎么办</a><a class="button button-plain" href="/complaints/new?organ=${encodeURIComponent(organ.name)}">投诉举报</a></div>
<h2>救济渠道</h2>${relief.length === 0 ? html`<div class="panel"><em class="unpublished">本机关尚未公示</em></div>` : relief.map((item) => reliefPanel(library, item))}
<h2>监督方式</h2><div class="panel">${supervision.length === 0 ? html`<em class="unpublished">本机关尚未公示</em>` : html`<ul class="list">${supervision.map((channel) => html`<li><strong>${titleOf(channel)}</strong><span class="facts">${channel.phones.length > 0 && html`${phoneLinks(channel.phones.join("、"))} · `}${[channel.address, channel.hours].filter(Boolean).join(" · ")}</span>${channel.accepts}</li>`)}</ul>`}</div>
${guides.length > 0 && html`<h2>服务指南</h2><div class="panel"><ul class="list">${guides.map((guide) => html`<li><strong>${guide.name}</strong><span class="facts">收费:${guide.fee}</span>${guide.conditions}</li>`)}</ul></div>`}
<h2 class="visually-hidden">数据来源</h2>${sourceLine(organ)}`;
}

function reliefPanel(library: Library, item: ReliefChannel): Html {
  return html`<section class="panel"><h3>${titleOf(item)}${demoTag(item)}</h3>${facts([
    [
      "适用机关",
      item.entityIds.length > 0 &&
        html`${item.entityIds.slice(0, 12).map((id) => html`${organLink(library, id)} `)}`,
    ],
    ["期限", item.limit && `${item.limit.amount}${item.limit.unit},自${item.limit.from}起`],
    ["地址", item.address],
    ["电话", item.phones.length > 0 && phoneLinks(item.phones.join("、"))],
    ["方式", item.methods.join("、")],
    ["材料", item.materials.join("、")],
    ["依据", basisList(item.basis)],
  ])}<p class="facts">来源:${item.source.title}(${item.source.publisher}${item.source.publishedOn && `,${item.source.publishedOn}`})</p>${item.caution && html`<p class="caution">${item.caution}</p>`}</section>`;
}
