/** The queue and one case: what happened, what is due, and exactly the moves the table permits. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { matters } from "../../src/cases/matters.ts";
import {
  type FieldName,
  fields,
  type MoveName,
  type Move as MoveRule,
  moveNames,
  moves,
  results,
  type Status,
  statuses,
} from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { lines, table } from "../web/blocks.ts";
import { type Html, html, trusted } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { facts } from "../web/layout.ts";
import { option } from "../web/pages/shared.ts";
import { accountOf, type ConsoleParts, showConsole, token } from "./frame.ts";
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

type CaseRoute = { Params: { id: string } };

export function mountCases(server: FastifyInstance, parts: ConsoleParts): void {
  const { services, now } = parts;
  const { desk } = services;

  server.get("/console", async (request, reply) => {
    const filter = parseBody(Filter, request.query);
    const queue = await desk.queue(accountOf(request), { ...filter, late: filter.late === "1" }, now());
    const link = (view: string) => `/console?view=${view}`;
    return showConsole(parts, request, reply, {
      title: "办件",
      body: html`<h1>办件</h1><ul class="tabs">${Object.entries(views).map(([view, name]) => html`<li><a href="${link(view)}"${view === filter.view && trusted(' aria-current="true"')}>${name}</a></li>`)}</ul>
<form class="filter" method="get" action="/console"><input type="hidden" name="view" value="${filter.view}"><div class="field"><label for="status">状态</label><select id="status" name="status">${option("", "全部", filter.status)}${statusNames.map((status) => option(status, statuses[status], filter.status))}</select></div><div class="field"><label for="q">被反映机关</label><input id="q" name="q" value="${filter.q ?? ""}"></div><label class="check"><input type="checkbox" name="late" value="1"${filter.late && trusted(" checked")}>只看超期</label><button class="button">筛选</button></form>
${queue.items.length === 0 ? html`<p class="panel">没有符合条件的办件。</p>` : table("办件", ["编号", "事项", "被反映机关", "状态", "提交", "应办日", "承办人"], queue.items.map(row))}
<nav class="pages" aria-label="翻页"><span>第 ${queue.page} / ${queue.pages} 页,共 ${queue.total} 件</span>${queue.page < queue.pages && html`<a class="button button-plain" href="${link(filter.view)}&amp;page=${queue.page + 1}">下一页</a>`}</nav>`,
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

function sayMatter(matter: string): string {
  return Object.entries(matters).find(([name]) => name === matter)?.[1] ?? matter;
}

function casePage(view: CaseView, reply: FastifyReply): Html {
  const { item } = view;
  const form = (action: string, inner: Html, name: string) =>
    html`<form method="post" action="/console/cases/${item.id}/${action}">${token(reply)}${inner}<button class="button">${name}</button></form>`;
  return html`<p class="crumbs"><a href="/console">办件</a></p><h1>${sayMatter(item.matter)} <span class="tag">${statuses[item.status]}</span>${item.late && html` <span class="tag tag-late">已超期</span>`}</h1>
<div class="case-grid"><div>
<section class="panel"><h2>反映的内容</h2><p>${lines(view.text)}</p>${facts([["编号", item.id], ["提交", item.submitted], ["被反映机关", item.organ ?? "未指明"], ["承办人", item.assignee ?? "未分派"], ["分办理由", view.reason], ...view.facts.map(({ label, value }) => [label, value] as const)])}
${view.excluded.length > 0 && html`<p class="notice notice-warn"><strong>回避</strong><span>${view.excluded.map(({ name, why }) => `${name}(${why})`).join(";")}</span></p>`}
${view.files.length > 0 && html`<h3>证据</h3><ul>${view.files.map((file) => html`<li><a href="/console/cases/${item.id}/files/${file.id}">${file.name}</a> <span class="facts">${file.type},${Math.ceil(file.bytes / 1024)} KB</span></li>`)}</ul>`}</section>
<section class="panel"><h2>办理过程</h2><ol class="timeline">${view.events.map((event) => html`<li><strong>${event.label}</strong><span class="facts">${event.at} · ${event.actor}</span>${event.fields.map(({ label, value }) => html`<p>${label}:${lines(value)}</p>`)}</li>`)}</ol></section>
<section class="panel" id="messages"><h2>与投诉人往来</h2>${view.messages.length === 0 ? html`<p class="unpublished">还没有往来。</p>` : html`<ul class="list">${view.messages.map((message) => html`<li><strong>${message.from === "office" ? "办理机构" : "投诉人"}</strong><span class="facts">${message.at}</span>${lines(message.text)}</li>`)}</ul>`}${form("message", html`<div class="field"><label for="message">给投诉人写信</label><textarea id="message" name="text" required maxlength="4000"></textarea></div>`, "发出")}</section>
</div><div>
<section class="panel"><h2>期限</h2>${view.clocks.length === 0 ? html`<p class="unpublished">没有正在计算的期限。</p>` : html`<ul class="list">${view.clocks.map((clock) => html`<li><strong>${clock.label}</strong> ${clock.due}${clock.late && html` <span class="tag tag-late">已超期</span>`}<span class="facts">${clock.basis}</span></li>`)}</ul>`}</section>
<section class="panel"><h2>现在可以做</h2>${view.moves.length === 0 ? html`<p class="unpublished">按规则,您现在没有可以做的操作。</p>` : view.moves.map((name) => html`<details class="move" name="move"><summary>${moves[name].label}</summary>${form("move", html`<input type="hidden" name="version" value="${view.version}"><input type="hidden" name="move" value="${name}">${moves[name].needs.map((field) => moveField(name, field, true))}${rules(name).may?.map((field) => moveField(name, field, false))}`, moves[name].label)}</details>`)}</section>
<section class="panel"><h2>文书草稿</h2><ul>${Object.entries(documentKinds).map(([kind, name]) => html`<li><a href="/console/cases/${item.id}/documents/${kind}">${name}</a></li>`)}</ul></section>
<section class="panel"><h2>身份信息</h2>${view.identity.length === 0 ? html`<p class="unpublished">没有留下身份信息,或已按期删除。</p>` : html`<p class="hint">默认不显示。查看须写明理由并留痕。</p>${form("identity", html`<div class="field"><label for="field">查看哪一项</label><select id="field" name="field">${view.identity.map((field) => option(field, field === "name" ? "称呼" : "联系方式", undefined))}</select></div><div class="field"><label for="reason">理由</label><input id="reason" name="reason" required minlength="4" maxlength="300"></div>`, "查看")}`}</section>
</div></div>`;
}

const rules = (name: MoveName): MoveRule => moves[name];
const LONG = 400;

function moveField(move: string, name: FieldName, required: boolean): Html {
  const { label, maxCharacters } = fields[name];
  const id = `${move}-${name}`;
  const need = required && trusted(" required");
  const control =
    name === "result"
      ? html`<select id="${id}" name="${name}"${need}>${results.map((result) => option(result, result, undefined))}</select>`
      : maxCharacters > LONG
        ? html`<textarea id="${id}" name="${name}" maxlength="${maxCharacters}"${need}></textarea>`
        : html`<input id="${id}" name="${name}" maxlength="${maxCharacters}"${need}>`;
  return html`<div class="field"><label for="${id}">${label}${!required && "(可不填)"}</label>${control}</div>`;
}
