/** One case on one page: what was filed, what happened, what is due, and exactly the moves the table permits. */
import type { FastifyReply } from "fastify";
import { matters } from "../../src/cases/matters.ts";
import {
  type FieldName,
  fields,
  type MoveFields,
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
import { isPicture } from "./evidence-picture.ts";
import { type Refusal, token } from "./frame.ts";
import { dueMark } from "./marks.ts";
import type { CaseView } from "./services.ts";

/** A form that was refused: shown again, open, with what was typed and what was wrong. */
export interface Tried extends Refusal {
  readonly form: MoveName | "message" | "identity" | "export";
  readonly values: Readonly<Record<string, string>>;
}

export function sayMatter(matter: string): string {
  return Object.entries(matters).find(([name]) => name === matter)?.[1] ?? matter;
}

export function casePage(view: CaseView, reply: FastifyReply, tried?: Tried): Html {
  const { item, may } = view;
  const form = (action: string, name: Tried["form"], inner: Html, label: string) =>
    html`<form method="post" action="/console/cases/${item.id}/${action}">${token(reply)}${tried?.form === name && (tried.field === undefined || !(tried.field in fields)) && problem(tried)}${inner}<button class="button">${label}</button></form>`;
  const typed = (name: Tried["form"], field: string) =>
    tried?.form === name ? tried.values[field] : undefined;
  return html`<p class="crumbs"><a href="/console/cases">办件</a></p><h1>${sayMatter(item.matter)} <span class="tag">${statuses[item.status]}</span> ${dueMark(item)}</h1>
<div class="case-grid"><div>
<section class="panel"><h2>反映的内容</h2><p>${lines(view.text)}</p>${facts([["编号", item.id], ["提交", item.submitted], [item.kind === "correction" ? "有关机关" : "被反映机关", item.organ ?? "未指明"], ["承办人", item.assignee ?? "未分派"], ["分办理由", view.reason], ...view.facts.map(({ label, value, href }) => [label, href ? html`<a href="${href}">${value}</a>` : value] as const)])}
${view.excluded.length > 0 && html`<p class="notice notice-warn"><strong>回避</strong><span>${view.excluded.map(({ name, why }) => `${name}(${why})`).join(";")}</span></p>`}
${view.files.length > 0 && html`<h3>证据</h3><ul class="evidence">${view.files.map((file, index) => evidence(item.id, file, index + 1))}</ul>`}</section>
<section class="panel"><h2>办理过程</h2><ol class="timeline">${view.events.map((event) => html`<li><strong>${event.label}</strong><span class="facts">${event.at} · ${event.actor}</span>${event.fields.map(({ label, value }) => html`<p>${label}:${lines(value)}</p>`)}</li>`)}</ol></section>
<section class="panel" id="messages"><h2>与投诉人往来</h2>${view.messages.length === 0 ? html`<p class="unpublished">还没有往来。</p>` : html`<ul class="list">${view.messages.map((message) => html`<li><strong>${message.from === "office" ? "办理机构" : "投诉人"}</strong><span class="facts">${message.at}</span>${lines(message.text)}</li>`)}</ul>`}${
    may.write &&
    form(
      "message",
      "message",
      html`<div class="field"><label for="message">给投诉人写信</label><textarea id="message" name="text" required maxlength="4000">${typed("message", "text")}</textarea></div>`,
      "发出",
    )
  }</section>
</div><div>
<section class="panel"><h2>期限</h2>${view.clocks.length === 0 ? html`<p class="unpublished">没有正在计算的期限。</p>` : html`<ul class="list">${view.clocks.map((clock) => html`<li><strong>${clock.label}</strong> ${clock.due}${clock.late && html` <span class="tag tag-late">已超期</span>`}<span class="facts">${clock.basis}</span></li>`)}</ul>`}</section>
<section class="panel" id="moves"><h2>现在可以做</h2>${
    view.moves.length === 0
      ? html`<p class="unpublished">按规则,您现在没有可以做的操作。</p>`
      : view.moves.map(
          (name) =>
            html`<details class="move" name="move"${tried?.form === name && trusted(" open")}><summary>${moves[name].label}</summary>${form(
              "move",
              name,
              html`<input type="hidden" name="version" value="${view.version}"><input type="hidden" name="move" value="${name}">${rules(name).needs.map((field) => moveField(view, name, field, true, tried))}${rules(name).may?.map((field) => moveField(view, name, field, false, tried))}`,
              rules(name).issues ? "预览文书" : moves[name].label,
            )}</details>`,
        )
  }</section>
${view.documents.length > 0 && html`<section class="panel"><h2>发出的文书</h2>${view.documents.map(document)}</section>`}
${
  may.reveal &&
  html`<section class="panel"><h2>身份信息</h2>${
    view.identity.length === 0
      ? html`<p class="unpublished">没有留下身份信息,或已按期删除。</p>`
      : html`<p class="hint">默认不显示。查看须写明理由并留痕。</p>${form(
          "identity",
          "identity",
          html`<div class="field"><label for="field">查看哪一项</label><select id="field" name="field">${view.identity.map((field) => option(field, field === "name" ? "称呼" : "联系方式", typed("identity", "field")))}</select></div><div class="field"><label for="reason">理由</label><input id="reason" name="reason" required minlength="4" maxlength="300" value="${typed("identity", "reason") ?? ""}"></div>`,
          "查看",
        )}`
  }</section>`
}
${
  may.export &&
  html`<section class="panel"><h2>导出</h2><p class="hint">文本文件,每行带您的姓名和时间,身份信息不显示。</p>${form(
    "export",
    "export",
    html`<div class="field"><label for="export-reason">导出理由</label><input id="export-reason" name="reason" required minlength="4" maxlength="300" value="${typed("export", "reason") ?? ""}"></div>`,
    "导出",
  )}</section>`
}
</div></div><datalist id="organs">${view.organs.map((name) => html`<option value="${name}"></option>`)}</datalist>`;
}

/** What would leave, word for word, before it leaves: sent from here, or back to be changed. */
export function previewPage(
  view: CaseView,
  reply: FastifyReply,
  name: MoveName,
  values: MoveFields,
  text: string,
  reader: string,
): Html {
  const hidden = Object.entries({ version: String(view.version), move: name, ...values }).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
  );
  return html`<p class="crumbs"><a href="/console/cases/${view.item.id}">办件 ${view.item.id}</a></p><h1>${moves[name].label}:发出前核对</h1>
<p class="lead">发给${values.recipient}的全文如下,文号由系统在发出时编。发出后不能修改。</p>
<article class="panel watermarked document" data-reader="${reader} 未发出">${lines(text)}</article>
<form class="actions no-print" method="post" action="/console/cases/${view.item.id}/move">${token(reply)}${hidden}<button class="button" name="step" value="send">发出</button><button class="button button-plain" name="step" value="edit">返回修改</button></form>`;
}

export const rules = (name: MoveName): MoveRule => moves[name];
const LONG = 400;

const organFields: readonly FieldName[] = ["office", "referTo", "recipient"];
const hints: Partial<Record<FieldName, string>> = {
  told: "对方读到的只有这些。只写核查查明的事实,不写投诉人说的话、姓名、联系方式和办件编号;系统会逐字核对。",
  demand: "例如改正什么、报送哪些材料。",
  toComplainant: "投诉人凭回执看到的原文。",
};

function problem({ say }: Refusal): Html {
  return html`<p class="notice notice-warn" role="alert" id="problem"><strong>没有办成</strong><span>${say}</span></p>`;
}

function evidence(caseId: string, file: CaseView["files"][number], no: number): Html {
  const path = `/console/cases/${caseId}/files/${file.id}`;
  const about = html`<span class="facts">${file.type},${Math.ceil(file.bytes / 1024)} KB</span>`;
  return isPicture(file.type)
    ? html`<li><a href="${path}/picture"><img src="${path}/picture?small=1" alt="证据 ${no} 的缩略图" width="160" height="120" loading="lazy"></a>${about}</li>`
    : html`<li><a href="${path}">下载证据 ${no}</a> ${about}</li>`;
}

const documentStates = { issued: "待答复", answered: "已答复", waived: "不再等待" } as const;

function document(one: CaseView["documents"][number]): Html {
  return html`<details><summary>${one.title} <span class="tag ${one.state === "answered" ? "tag-good" : ""}">${documentStates[one.state]}</span></summary><p class="facts">${one.at} 发给${one.recipient}${one.due && html` · 限 ${one.due} 前答复`}</p><p>${lines(one.text)}</p>${one.answer && html`<h3>对方答复</h3><p>${lines(one.answer)}</p>`}</details>`;
}

function moveField(
  view: CaseView,
  move: MoveName,
  name: FieldName,
  required: boolean,
  tried: Tried | undefined,
): Html {
  const { label, maxCharacters } = fields[name];
  const id = `${move}-${name}`;
  const need = required && trusted(" required");
  const here = tried?.form === move ? tried : undefined;
  const begun = here ? here.values[name] : view.begin[move]?.[name];
  const wrong = here?.field === name;
  const hint = hints[name];
  const told = [...(hint ? [`${id}-hint`] : []), ...(wrong ? [`${id}-problem`] : [])].join(" ");
  const aria = html`${told && html` aria-describedby="${told}"`}${wrong && trusted(' aria-invalid="true"')}`;
  const offers =
    name === "result" ? results.map((result) => ({ value: result, label: result })) : view.offers[name];
  const organ = organFields.includes(name);
  const shown = organ ? label.replace(/编号$/, "(全称)") : offers ? label.replace(/账号$/, "") : label;
  const control = offers
    ? html`<select id="${id}" name="${name}"${need}${aria}>${offers.map((offer) => option(offer.value, offer.label, begun))}</select>`
    : maxCharacters > LONG
      ? html`<textarea id="${id}" name="${name}" maxlength="${maxCharacters}"${need}${aria}>${begun}</textarea>`
      : html`<input id="${id}" name="${name}" maxlength="${maxCharacters}" value="${begun ?? ""}"${organ && trusted(' list="organs" autocomplete="off"')}${need}${aria}>`;
  return html`<div class="field"><label for="${id}">${shown}${!required && "(可不填)"}</label>${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}${wrong && html`<span class="error" id="${id}-problem" role="alert">${here?.say}</span>`}${control}</div>`;
}
