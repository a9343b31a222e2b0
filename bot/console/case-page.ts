/** One case on one page: what was filed, what happened, what is due, and exactly the moves the table permits. */
import type { FastifyReply } from "fastify";
import { matters } from "../../src/cases/matters.ts";
import {
  type FieldName,
  fields,
  type MoveName,
  type Move as MoveRule,
  moves,
  results,
  statuses,
} from "../../src/cases/states.ts";
import { lines } from "../web/blocks.ts";
import { type Html, html, trusted } from "../web/html.ts";
import { facts } from "../web/layout.ts";
import { option } from "../web/pages/shared.ts";
import { token } from "./frame.ts";
import { type CaseView, documentKinds } from "./services.ts";

export function sayMatter(matter: string): string {
  return Object.entries(matters).find(([name]) => name === matter)?.[1] ?? matter;
}

export function casePage(view: CaseView, reply: FastifyReply): Html {
  const { item } = view;
  const form = (action: string, inner: Html, name: string) =>
    html`<form method="post" action="/console/cases/${item.id}/${action}">${token(reply)}${inner}<button class="button">${name}</button></form>`;
  return html`<p class="crumbs"><a href="/console">办件</a></p><h1>${sayMatter(item.matter)} <span class="tag">${statuses[item.status]}</span>${item.late && html` <span class="tag tag-late">已超期</span>`}</h1>
<div class="case-grid"><div>
<section class="panel"><h2>反映的内容</h2><p>${lines(view.text)}</p>${facts([["编号", item.id], ["提交", item.submitted], [item.kind === "correction" ? "有关机关" : "被反映机关", item.organ ?? "未指明"], ["承办人", item.assignee ?? "未分派"], ["分办理由", view.reason], ...view.facts.map(({ label, value, href }) => [label, href ? html`<a href="${href}">${value}</a>` : value] as const)])}
${view.excluded.length > 0 && html`<p class="notice notice-warn"><strong>回避</strong><span>${view.excluded.map(({ name, why }) => `${name}(${why})`).join(";")}</span></p>`}
${view.files.length > 0 && html`<h3>证据</h3><ul>${view.files.map((file) => html`<li><a href="/console/cases/${item.id}/files/${file.id}">${file.name}</a> <span class="facts">${file.type},${Math.ceil(file.bytes / 1024)} KB</span></li>`)}</ul>`}</section>
<section class="panel"><h2>办理过程</h2><ol class="timeline">${view.events.map((event) => html`<li><strong>${event.label}</strong><span class="facts">${event.at} · ${event.actor}</span>${event.fields.map(({ label, value }) => html`<p>${label}:${lines(value)}</p>`)}</li>`)}</ol></section>
<section class="panel" id="messages"><h2>与投诉人往来</h2>${view.messages.length === 0 ? html`<p class="unpublished">还没有往来。</p>` : html`<ul class="list">${view.messages.map((message) => html`<li><strong>${message.from === "office" ? "办理机构" : "投诉人"}</strong><span class="facts">${message.at}</span>${lines(message.text)}</li>`)}</ul>`}${form("message", html`<div class="field"><label for="message">给投诉人写信</label><textarea id="message" name="text" required maxlength="4000"></textarea></div>`, "发出")}</section>
</div><div>
<section class="panel"><h2>期限</h2>${view.clocks.length === 0 ? html`<p class="unpublished">没有正在计算的期限。</p>` : html`<ul class="list">${view.clocks.map((clock) => html`<li><strong>${clock.label}</strong> ${clock.due}${clock.late && html` <span class="tag tag-late">已超期</span>`}<span class="facts">${clock.basis}</span></li>`)}</ul>`}</section>
<section class="panel"><h2>现在可以做</h2>${view.moves.length === 0 ? html`<p class="unpublished">按规则,您现在没有可以做的操作。</p>` : view.moves.map((name) => html`<details class="move" name="move"><summary>${moves[name].label}</summary>${form("move", html`<input type="hidden" name="version" value="${view.version}"><input type="hidden" name="move" value="${name}">${moves[name].needs.map((field) => moveField(view, name, field, true))}${rules(name).may?.map((field) => moveField(view, name, field, false))}`, moves[name].label)}</details>`)}</section>
${view.documents.length > 0 && html`<section class="panel"><h2>发出的文书</h2>${view.documents.map((one) => html`<details><summary>${one.title} <span class="tag ${one.answer ? "tag-good" : ""}">${one.answer ? "已答复" : "待答复"}</span></summary><p class="facts">${one.at} 发给${one.recipient}${one.due && html` · 限 ${one.due} 前答复`}</p><p>${lines(one.text)}</p>${one.answer && html`<h3>对方答复</h3><p>${lines(one.answer)}</p>`}</details>`)}</section>`}
<section class="panel"><h2>文书草稿</h2><ul>${Object.entries(documentKinds).map(([kind, name]) => html`<li><a href="/console/cases/${item.id}/documents/${kind}">${name}</a></li>`)}</ul></section>
<section class="panel"><h2>身份信息</h2>${view.identity.length === 0 ? html`<p class="unpublished">没有留下身份信息,或已按期删除。</p>` : html`<p class="hint">默认不显示。查看须写明理由并留痕。</p>${form("identity", html`<div class="field"><label for="field">查看哪一项</label><select id="field" name="field">${view.identity.map((field) => option(field, field === "name" ? "称呼" : "联系方式", undefined))}</select></div><div class="field"><label for="reason">理由</label><input id="reason" name="reason" required minlength="4" maxlength="300"></div>`, "查看")}`}</section>
<section class="panel"><h2>导出</h2><p class="hint">文本文件,每行带您的姓名和时间,身份信息不显示。</p>${form("export", html`<div class="field"><label for="export-reason">导出理由</label><input id="export-reason" name="reason" required minlength="4" maxlength="300"></div>`, "导出")}</section>
</div></div><datalist id="organs">${view.organs.map((name) => html`<option value="${name}"></option>`)}</datalist>`;
}

export const rules = (name: MoveName): MoveRule => moves[name];
const LONG = 400;

const organFields: readonly FieldName[] = ["office", "referTo", "recipient"];

function moveField(view: CaseView, move: MoveName, name: FieldName, required: boolean): Html {
  const { label, maxCharacters } = fields[name];
  const id = `${move}-${name}`;
  const need = required && trusted(" required");
  const begun = view.begin[move]?.[name];
  const offers =
    name === "result" ? results.map((result) => ({ value: result, label: result })) : view.offers[name];
  const organ = organFields.includes(name);
  const shown = organ ? label.replace(/编号$/, "(全称)") : offers ? label.replace(/账号$/, "") : label;
  const control = offers
    ? html`<select id="${id}" name="${name}"${need}>${offers.map((offer) => option(offer.value, offer.label, begun))}</select>`
    : maxCharacters > LONG
      ? html`<textarea id="${id}" name="${name}" maxlength="${maxCharacters}"${need}>${begun}</textarea>`
      : html`<input id="${id}" name="${name}" maxlength="${maxCharacters}" value="${begun ?? ""}"${organ && trusted(' list="organs" autocomplete="off"')}${need}>`;
  return html`<div class="field"><label for="${id}">${shown}${!required && "(可不填)"}</label>${control}</div>`;
}
