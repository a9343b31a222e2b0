/** The list of cases: narrowed, searched, sorted, given out many at once, taken along as a table. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { matterNames, matters } from "../../src/cases/matters.ts";
import { type QueuePart, queueParts } from "../../src/cases/queue.ts";
import { type Status, statuses } from "../../src/cases/states.ts";
import { table } from "../web/blocks.ts";
import { type Html, html, trusted } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { option } from "../web/pages/shared.ts";
import { sayMatter } from "./case-page.ts";
import { csv } from "./csv.ts";
import { type ConsoleParts, needRole, showConsole, token } from "./frame.ts";
import { dueMark } from "./marks.ts";
import type { QueueFilter, QueueItem } from "./services.ts";

const statusNames = Object.keys(statuses) as [Status, ...Status[]];
const partNames = Object.keys(queueParts) as [QueuePart, ...QueuePart[]];
const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const Filter = z.object({
  only: lenient(z.enum(partNames)),
  kind: lenient(z.enum(["complaint", "correction"])),
  status: lenient(z.enum(statusNames)),
  matter: lenient(z.enum(matterNames as [string, ...string[]])),
  assignee: lenient(z.string().min(1).max(60)),
  words: lenient(z.string().trim().min(1).max(100)),
  sort: lenient(z.enum(["due", "newest"])),
  page: z.coerce.number().int().min(1).catch(1),
  /** Of the last giving out. */
  given: lenient(z.string().max(400)),
});
const many = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const GiveOut = z.object({
  ids: z.preprocess(many, z.array(z.string().max(100)).max(100)),
  assignee: z.string().max(60),
  back: z.string().max(600),
});

const tabs: readonly { readonly name: string; readonly filter: QueueFilter }[] = [
  { name: "在办", filter: { only: "open" } },
  { name: "我承办的", filter: { only: "open", assignee: "me" } },
  { name: "已超期", filter: { only: "late" } },
  { name: "未分派", filter: { only: "unassigned" } },
  { name: "人工分办", filter: { only: "tray" } },
  { name: "纠错", filter: { kind: "correction" } },
  { name: "全部", filter: {} },
];

/** Where a filtered list stands. */
export function queuePath(filter: QueueFilter, path = "/console/cases"): string {
  const said = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined || (name === "page" && value === 1) ? [] : [[name, String(value)]],
  );
  return said.length > 0 ? `${path}?${new URLSearchParams(said)}` : path;
}

export function mountQueue(server: FastifyInstance, parts: ConsoleParts): void {
  const { desk } = parts.services;
  const reader = (request: FastifyRequest) =>
    needRole(request, "supervisor", "reviewer", "auditor", "editor");

  server.get("/console/cases", async (request, reply) => {
    const by = reader(request);
    const { given, ...filter } = parseBody(Filter, request.query);
    const queue = await desk.queue(by, filter, parts.now());
    const { page: _, ...here } = filter;
    const gives = by.roles.some((role) => role === "supervisor" || role === "reviewer");
    const people = await desk.assignees(by);
    const turn = (step: number) => queuePath({ ...here, page: queue.page + step });
    const list = html`${table(
      "办件",
      [...(gives ? ["选"] : []), "编号", "事项", "被反映机关", "状态", "期限", "提交", "承办人"],
      queue.items.map((item) => [
        ...(gives
          ? [
              html`<input type="checkbox" name="ids" value="${item.id}" form="give" aria-label="选 ${item.id}">`,
            ]
          : []),
        ...row(item),
      ]),
    )}`;
    return showConsole(parts, request, reply, {
      title: "办件",
      ...(given && { said: given }),
      body: html`<h1>办件</h1><ul class="tabs">${tabs.map(({ name, filter: tab }) => html`<li><a href="${queuePath(tab)}"${sameFilter(tab, here) && trusted(' aria-current="true"')}>${name}</a></li>`)}</ul>
${filterForm(filter, people)}
${queue.items.length === 0 ? html`<p class="panel">没有符合条件的办件。</p>` : list}
<nav class="pages" aria-label="翻页"><span>第 ${queue.page} / ${queue.pages} 页,共 ${queue.total} 件</span>${queue.page > 1 && html`<a class="button button-plain" href="${turn(-1)}">上一页</a>`}${queue.page < queue.pages && html`<a class="button button-plain" href="${turn(1)}">下一页</a>`}${gives && html`<a class="button button-plain" href="${queuePath(here, "/console/cases.csv")}">导出 CSV</a>`}</nav>
${
  gives &&
  queue.items.length > 0 &&
  html`<form class="panel give" id="give" method="post" action="/console/cases/assign">${token(reply)}<input type="hidden" name="back" value="${queuePath(filter)}"><div class="field"><label for="give-to">把选中的办件分派给</label><select id="give-to" name="assignee">${people.map(({ value, label }) => option(value, label, undefined))}</select></div><button class="button">分派</button></form>`
}`,
    });
  });

  server.post("/console/cases/assign", { preValidation: server.csrfProtection }, async (request, reply) => {
    const by = needRole(request, "supervisor", "reviewer");
    const { ids, assignee, back } = parseBody(GiveOut, request.body);
    const { done, failed } =
      ids.length > 0 ? await desk.assignAll(by, ids, assignee, parts.now()) : { done: 0, failed: [] };
    const said =
      ids.length === 0
        ? "没有选中办件。请在第一列勾选后再分派。"
        : `已分派 ${done} 件。${failed.map(({ id, say }) => `${id}:${say}`).join("")}`;
    const [, query] = back.split("?");
    const again = new URLSearchParams(query);
    again.set("given", said.slice(0, 400));
    return reply.redirect(`/console/cases?${again}`, 303);
  });

  server.get("/console/cases.csv", async (request, reply) => {
    const by = needRole(request, "supervisor", "reviewer", "auditor");
    const { given: _, page: __, ...filter } = parseBody(Filter, request.query);
    const items = await desk.exportList(by, filter);
    const rows = items.map((item) => [
      item.id,
      sayMatter(item.matter),
      item.organ,
      item.area,
      statuses[item.status],
      item.submitted,
      item.dueDay,
      item.daysLeft,
      item.assignee,
    ]);
    const head = ["编号", "事项", "被反映机关", "地区", "状态", "提交", "应办日", "剩余天数", "承办人"];
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="cases.csv"`)
      .send(csv([head, ...rows]));
  });
}

function filterForm(
  filter: QueueFilter,
  people: readonly { readonly value: string; readonly label: string }[],
): Html {
  const select = (name: "only" | "status" | "matter" | "assignee" | "sort", label: string, options: Html) =>
    html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options}</select></div>`;
  const from = (known: Readonly<Record<string, string>>, chosen: string | undefined) =>
    html`${option("", "全部", chosen)}${Object.entries(known).map(([value, label]) => option(value, label, chosen))}`;
  return html`<form class="filter panel" method="get" action="/console/cases">${filter.kind && html`<input type="hidden" name="kind" value="${filter.kind}">`}
<div class="field field-wide"><label for="words">查找</label><input id="words" name="words" type="search" value="${filter.words ?? ""}" placeholder="编号、机关、地区、事项、承办人或内容里的字词"></div>
${select("only", "在等什么", from(queueParts, filter.only))}${select("status", "状态", from(statuses, filter.status))}${select("matter", "事项", from(matters, filter.matter))}${select(
  "assignee",
  "承办人",
  html`${option("", "全部", filter.assignee)}${option("me", "我", filter.assignee)}${option("none", "未分派", filter.assignee)}${people.map(({ value, label }) => option(value, label, filter.assignee))}`,
)}${select("sort", "排序", html`${option("due", "期限近的在前", filter.sort)}${option("newest", "新提交的在前", filter.sort)}`)}<button class="button">筛选</button></form>`;
}

function sameFilter(tab: QueueFilter, here: QueueFilter): boolean {
  const said = (filter: QueueFilter) =>
    JSON.stringify([filter.only, filter.kind, filter.assignee, filter.status, filter.matter, filter.words]);
  return said(tab) === said(here);
}

/** The cells of a case in a list. */
export function row(item: QueueItem): readonly (string | Html)[] {
  return [
    html`<a href="/console/cases/${item.id}">${item.id}</a>`,
    sayMatter(item.matter),
    html`${item.organ ?? "未指明"}${item.area && html`<span class="facts">${item.area}</span>`}`,
    statuses[item.status],
    item.dueDay ? html`${dueMark(item)}<span class="facts">${item.dueDay}</span>` : "—",
    item.submitted,
    item.assignee ?? "未分派",
  ];
}
