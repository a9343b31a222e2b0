/** The queue and one case: what happened, what is due, and exactly the moves the table permits. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { moveNames, type Status, statuses } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { lines, table } from "../web/blocks.ts";
import { type Html, html, trusted } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { facts } from "../web/layout.ts";
import { option } from "../web/pages/shared.ts";
import { casePage, rules, sayMatter } from "./case-page.ts";
import { accountOf, type ConsoleParts, homeOf, showConsole } from "./frame.ts";
import { type CaseView, type DocumentKind, documentKinds, type QueueItem } from "./services.ts";

const statusNames = Object.keys(statuses) as [Status, ...Status[]];
const empty = (value: unknown) => (value === "" ? undefined : value);
const Filter = z.object({
  view: z.enum(["all", "mine", "tray", "corrections"]).catch("all"),
  status: z.preprocess(empty, z.enum(statusNames).optional()),
  late: z.literal("1").optional(),
  q: z.string().max(100).optional(),
  page: z.coerce.number().int().min(1).catch(1),
});
const views = { all: "全部", mine: "我承办的", tray: "人工分办", corrections: "纠错" } as const;
const Move = z
  .object({
    version: z.coerce.number().int(),
    move: z.enum(moveNames as [(typeof moveNames)[number], ...(typeof moveNames)[number][]]),
  })
  .catchall(z.string().max(8000));
const Say = z.object({ text: z.string().trim().min(1).max(4000) });
const Reveal = z.object({ field: z.enum(["name", "contact"]), reason: z.string().trim().min(4).max(300) });
const Export = z.object({ reason: z.string().trim().min(4).max(300) });

type CaseRoute = { Params: { id: string } };

export function mountCases(server: FastifyInstance, parts: ConsoleParts): void {
  const { services, now } = parts;
  const { desk } = services;

  server.get("/console", async (request, reply) => {
    const home = homeOf(accountOf(request));
    if (home !== "/console") return reply.redirect(home, 303);
    const filter = parseBody(Filter, request.query);
    const queue = await desk.queue(accountOf(request), { ...filter, late: filter.late === "1" }, now());
    const link = (view: string) => `/console?view=${view}`;
    const turn = (by: number) => {
      const { view, status = "", late = "", q = "" } = filter;
      return `/console?${new URLSearchParams({ view, status, q, ...(late && { late }), page: String(queue.page + by) })}`;
    };
    return showConsole(parts, request, reply, {
      title: "办件",
      body: html`<h1>办件</h1><ul class="tabs">${Object.entries(views).map(([view, name]) => html`<li><a href="${link(view)}"${view === filter.view && trusted(' aria-current="true"')}>${name}</a></li>`)}</ul>
<form class="filter" method="get" action="/console"><input type="hidden" name="view" value="${filter.view}"><div class="field"><label for="status">状态</label><select id="status" name="status">${option("", "全部", filter.status)}${statusNames.map((status) => option(status, statuses[status], filter.status))}</select></div><div class="field"><label for="q">被反映机关</label><input id="q" name="q" value="${filter.q ?? ""}"></div><label class="check"><input type="checkbox" name="late" value="1"${filter.late && trusted(" checked")}>只看超期</label><button class="button">筛选</button></form>
${queue.items.length === 0 ? html`<p class="panel">没有符合条件的办件。</p>` : table("办件", ["编号", "事项", "被反映机关", "状态", "提交", "应办日", "承办人"], queue.items.map(row))}
<nav class="pages" aria-label="翻页"><span>第 ${queue.page} / ${queue.pages} 页,共 ${queue.total} 件</span>${queue.page > 1 && html`<a class="button button-plain" href="${turn(-1)}">上一页</a>`}${queue.page < queue.pages && html`<a class="button button-plain" href="${turn(1)}">下一页</a>`}</nav>`,
    });
  });

  const open = async (request: Parameters<typeof accountOf>[0], id: string): Promise<CaseView> => {
    const view = await desk.open(accountOf(request), id, now());
    if (!view) throw new AppError("not_found", { say: "没有这个办件,或者您不在可以查看的范围内。" });
    return view;
  };

  server.get<CaseRoute>("/console/cases/:id", async (request, reply) => {
    const view = await open(request, request.params.id);
    return showConsole(parts, request, reply, { title: `办件 ${view.item.id}`, body: casePage(view, reply) });
  });

  server.post<CaseRoute>(
    "/console/cases/:id/move",
    { preValidation: server.csrfProtection },
    async (request, reply) => {
      const { version, move, ...given } = parseBody(Move, request.body);
      const wanted = [...rules(move).needs, ...(rules(move).may ?? [])];
      const said = Object.fromEntries(
        wanted.flatMap((name) => (given[name]?.trim() ? [[name, given[name].trim()]] : [])),
      );
      await desk.move(accountOf(request), request.params.id, version, move, said, now());
      return reply.redirect(`/console/cases/${encodeURIComponent(request.params.id)}`, 303);
    },
  );
  server.post<CaseRoute>(
    "/console/cases/:id/message",
    { preValidation: server.csrfProtection },
    async (request, reply) => {
      await desk.say(accountOf(request), request.params.id, parseBody(Say, request.body).text, now());
      return reply.redirect(`/console/cases/${encodeURIComponent(request.params.id)}#messages`, 303);
    },
  );
  server.post<CaseRoute>(
    "/console/cases/:id/identity",
    { preValidation: server.csrfProtection },
    async (request, reply) => {
      const { field, reason } = parseBody(Reveal, request.body);
      const account = accountOf(request);
      const value = await desk.reveal(account, request.params.id, field, reason, now());
      return showConsole(parts, request, reply, {
        title: "身份信息",
        body: html`<h1>身份信息</h1><div class="panel watermarked" data-reader="${account.display} ${account.name}">${facts([[field === "name" ? "称呼" : "联系方式", value]])}<p class="facts">查看人:${account.display}(${account.name})。理由:${reason}。已记入审计。</p></div><p><a href="/console/cases/${request.params.id}">回到办件</a></p>`,
      });
    },
  );
  server.get<{ Params: { id: string; kind: string } }>(
    "/console/cases/:id/documents/:kind",
    async (request, reply) => {
      const { id, kind } = request.params;
      if (!Object.hasOwn(documentKinds, kind)) {
        throw new AppError("unknown_value", {
          say: `文书种类应为 ${Object.keys(documentKinds).join("、")}。`,
        });
      }
      const account = accountOf(request);
      const draft = await desk.draft(account, id, kind as DocumentKind, now());
      return showConsole(parts, request, reply, {
        title: draft.title,
        body: html`<article class="panel watermarked document" data-reader="${account.display} ${account.name} 草稿"><h1>${draft.title}</h1><div>${lines(draft.text)}</div></article><p class="no-print"><a href="/console/cases/${id}">回到办件</a> 用浏览器的打印功能打印,每页带查看人水印。</p>`,
      });
    },
  );
  server.post<CaseRoute>(
    "/console/cases/:id/export",
    { preValidation: server.csrfProtection },
    async (request, reply) => {
      const { id } = request.params;
      const text = await desk.export(accountOf(request), id, parseBody(Export, request.body).reason);
      return reply
        .type("text/plain; charset=utf-8")
        .header("content-disposition", `attachment; filename="${encodeURIComponent(id)}.txt"`)
        .send(text);
    },
  );
  server.get<{ Params: { id: string; file: string } }>(
    "/console/cases/:id/files/:file",
    async (request, reply) => {
      const file = await desk.file?.(accountOf(request), request.params.id, request.params.file, now());
      if (!file) throw new AppError("not_found");
      return reply
        .type("application/octet-stream")
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .send(Buffer.from(file.bytes));
    },
  );
}

function row(item: QueueItem): readonly (string | Html)[] {
  return [
    html`<a href="/console/cases/${item.id}">${item.id}</a>`,
    sayMatter(item.matter),
    item.organ ?? "未指明",
    statuses[item.status],
    item.submitted,
    item.dueDay ? html`${item.dueDay}${item.late && html` <span class="tag tag-late">已超期</span>`}` : "—",
    item.assignee ?? "未分派",
  ];
}
