/** Statutes and policy documents: list, and one page each with every article at its own anchor. */
import type { FastifyInstance } from "fastify";
import { AppError } from "../../../src/error.ts";
import { lines } from "../blocks.ts";
import { type Html, html } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { facts } from "../layout.ts";
import { findRecords } from "../records.ts";
import { type PageParts, todayOf } from "./index.ts";
import { ListQuery, searchForm } from "./organs.ts";
import { demoTag, pager, sourceLine } from "./shared.ts";

export function mountLaws(server: FastifyInstance, parts: PageParts): void {
  const { app, show } = parts;
  server.get("/laws", async (request, reply) => {
    const query = parseBody(ListQuery, request.query);
    const today = todayOf(parts);
    const statutes = findRecords(app.library(), today, { ...query, kind: "statute" });
    const policies = findRecords(app.library(), today, { ...query, kind: "policy" });
    const list = (items: readonly { id: string; title: string; docNo?: string; dataset: string }[]): Html =>
      items.length === 0
        ? html`<p class="unpublished">没有找到。</p>`
        : html`<ul class="list">${items.map((item) => html`<li><a href="/laws/${item.id}">${item.title}</a><span class="facts">${item.docNo}</span></li>`)}</ul>`;
    return show(request, reply, {
      title: "法规政策",
      indexed: true,
      body: html`<h1>法规政策</h1>${searchForm("/laws", query.q, "名称,如 行政处罚法")}
<h2>法律、法规、规章</h2><div class="panel">${list(statutes.items)}</div>${pager(statutes, `/laws?q=${encodeURIComponent(query.q ?? "")}`)}
<h2>规范性文件</h2><div class="panel">${list(policies.items)}</div>`,
    });
  });

  server.get<{ Params: { id: string } }>("/laws/:id", async (request, reply) => {
    const record = app.library().find(request.params.id);
    if ((record?.kind !== "statute" && record?.kind !== "policy") || record.withdrawn) {
      throw new AppError("not_found", { say: "没有这部法规或文件。" });
    }
    const articles =
      record.kind === "statute"
        ? record.articles
        : record.clauses.map((clause) => ({ no: clause.no, heading: clause.heading, text: clause.text }));
    return show(request, reply, {
      title: record.title,
      indexed: true,
      demo: record.dataset === "demo",
      body: html`<p class="crumbs"><a href="/laws">法规政策</a></p><h1>${record.title}${demoTag(record)}</h1>
${record.kind === "statute" && record.repealed && html`<p class="notice notice-urgent"><strong>已失效</strong><span>这一版本不再适用。</span></p>`}
<div class="panel">${facts([
        ["制定机关", record.issuer],
        ["文号", record.docNo],
        ["版本", record.kind === "statute" ? record.version : record.issuedOn],
        ["施行", record.validity.effectiveFrom],
      ])}</div>
<div class="panel">${articles.map((article) => html`<section id="${article.no}"><h2>${article.no}${article.heading && ` ${article.heading}`}</h2><p>${lines(article.text)}</p></section>`)}</div>${sourceLine(record)}`,
    });
  });
}
