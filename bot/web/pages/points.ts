/** Points of law: found by words people use, and one page each with its articles and what people ask next. */
import type { FastifyInstance } from "fastify";
import { refsOf } from "../../../src/answering/telling/point.ts";
import { AppError } from "../../../src/error.ts";
import { laws } from "../../../src/law/laws.ts";
import { isCurrent, type Library } from "../../../src/records/library.ts";
import { asksOf, conditions, type Point } from "../../../src/records/point.ts";
import { type Html, html } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { facts } from "../layout.ts";
import { findRecords } from "../records.ts";
import { type PageParts, todayOf } from "./index.ts";
import { ListQuery, searchForm } from "./organs.ts";
import { pager, sourceLine } from "./shared.ts";

const audiences = { citizen: "市民", officer: "执法人员", both: "皆可" } as const;
const MOST_ASKS = 8;

export function mountPoints(server: FastifyInstance, parts: PageParts): void {
  const { app, show } = parts;
  server.get("/points", async (request, reply) => {
    const query = parseBody(ListQuery, request.query);
    const found = findRecords(app.library(), todayOf(parts), { ...query, kind: "point" });
    const items = found.items.map(
      (point) =>
        html`<li><a href="/points/${point.id}">${point.lead}</a><span class="facts">${point.topic}</span></li>`,
    );
    return show(request, reply, {
      title: "法律要点",
      indexed: true,
      body: html`<h1>法律要点</h1>${searchForm("/points", query.q, "词语,如 复议 期限")}
<div class="panel">${items.length === 0 ? html`<p class="unpublished">没有找到。</p>` : html`<ul class="list">${items}</ul>`}</div>${pager(found, `/points?q=${encodeURIComponent(query.q ?? "")}`)}`,
    });
  });

  server.get<{ Params: { id: string } }>("/points/:id", async (request, reply) => {
    const library = app.library();
    const point = library.find(request.params.id);
    if (point?.kind !== "point" || !isCurrent(point, todayOf(parts))) {
      throw new AppError("not_found", { say: "没有这条法律要点,或者已不再适用。" });
    }
    return show(request, reply, {
      title: point.lead,
      indexed: true,
      body: html`<p class="crumbs"><a href="/points">法律要点</a></p><h1>${point.lead}</h1>
${point.more.map((sentence) => html`<p>${sentence}</p>`)}
<div class="panel">${facts([
        ["适用", conditionsOf(point)],
        ["对象", audiences[point.audience]],
        ["核对", point.checked],
      ])}<h2>依据</h2>${articlesOf(point, library)}</div>
<div class="panel"><h2>大家这样问</h2><ul class="list">${asksOf(point)
        .slice(0, MOST_ASKS)
        .map((ask) => html`<li><a href="/?q=${encodeURIComponent(ask)}">${ask}</a></li>`)}</ul></div>
${nextOf(point, library)}${sourceLine(point)}`,
    });
  });
}

/** 行政复议中 · 罚款: under what alone it holds. */
function conditionsOf({ when }: Point): string | undefined {
  const said = Object.entries(when ?? {}).flatMap(([name, values]) =>
    values.map((value) => {
      const labels: Readonly<Record<string, string>> = conditions[name as keyof typeof conditions];
      return labels[value] ?? value;
    }),
  );
  return said.length > 0 ? said.join(" · ") : undefined;
}

/** Each article it rests on; word for word where the operator has imported the text. */
function articlesOf(point: Point, library: Library): Html {
  const refs = refsOf(point);
  return html`<ul>${point.basis.map((on, at) => {
    const ref = refs[at];
    const statute = library
      .all("statute")
      .find(
        (one) => !one.repealed && one.title === laws[on.law].title && one.version === laws[on.law].version,
      );
    const article = statute?.articles.find(({ no }) => ref?.article.startsWith(no));
    return html`<li>${ref?.text}(${laws[on.law].version})${article ? html`<blockquote>${article.text}</blockquote>` : false}</li>`;
  })}</ul>`;
}

function nextOf(point: Point, library: Library): Html | false {
  const next = (point.next ?? []).flatMap((id) => {
    const found = library.find(id);
    return found?.kind === "point" ? [found] : [];
  });
  return (
    next.length > 0 &&
    html`<div class="panel"><h2>接着看</h2><ul class="list">${next.map((one) => html`<li><a href="/points/${one.id}">${one.lead}</a></li>`)}</ul></div>`
  );
}
