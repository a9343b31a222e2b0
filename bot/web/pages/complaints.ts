/** A complaint on one form, and its progress by receipt; both work without script. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { AppError } from "../../../src/error.ts";
import { ComplaintInput, need, StatusInput } from "../api.ts";
import { citationList, renderBlock, table } from "../blocks.ts";
import { type Html, html, trusted } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { facts } from "../layout.ts";
import type { ComplaintService, ComplaintStatus } from "../services.ts";
import { collectForm, filesOf } from "../uploads.ts";
import { addressOf, personOf, welcome } from "../visitor.ts";
import type { PageParts } from "./index.ts";
import { option } from "./shared.ts";

const Prefill = z.object({ organ: z.string().max(100).optional() });
const Submission = z.object({ submission: z.uuid() });
type Draft = Readonly<Record<string, string | undefined>>;

export function mountComplaints(server: FastifyInstance, parts: PageParts): void {
  const { app, services, limits, now, show } = parts;
  const limited = (max: number) => ({ rateLimit: { max, timeWindow: "1 minute" } });
  const form = (csrf: string, draft: Draft, problem?: string) => ({
    title: "投诉举报",
    description: "对行政执法行为提出投诉举报,凭回执号查进度。",
    indexed: problem === undefined,
    body: complaintForm(need(services.complaints), csrf, draft, app.library().all("area"), problem),
  });

  server.get("/complaints/new", async (request, reply) => {
    welcome(request, reply);
    return show(request, reply, form(reply.generateCsrf(), parseBody(Prefill, request.query)));
  });
  server.post(
    "/complaints/new",
    { config: limited(limits.complaints), preValidation: collectForm, preHandler: server.csrfProtection },
    async (request, reply) => {
      let filed: Awaited<ReturnType<ComplaintService["file"]>>;
      try {
        const { submission } = parseBody(Submission, request.body);
        const input = parseBody(ComplaintInput, request.body);
        filed = await need(services.complaints).file(
          { ...input, files: filesOf(request) },
          { submission: `form ${submission}`, person: personOf(request), at: now() },
        );
      } catch (thrown) {
        // What was typed is given back; a long text must not be lost to one wrong field.
        if (!(thrown instanceof AppError) || thrown.status >= 500) throw thrown;
        reply.code(thrown.status);
        return show(request, reply, form(reply.generateCsrf(), request.body as Draft, thrown.say));
      }
      return show(request, reply, {
        title: "已登记",
        body: html`<h1>已登记</h1><p class="lead">${filed.office ? `由${filed.office}办理。` : "正在由人工确定办理机构,结果会显示在进度里。"}</p>${renderBlock({ kind: "receipt", receipt: filed.receipt, acknowledgement: filed.acknowledgement, text: filed.say })}${filed.appeal && html`${filed.appeal.blocks.map(renderBlock)}${citationList(filed.appeal.citations)}`}
<div class="actions"><a class="button" href="/complaints/status">我已抄好,去查进度</a></div>`,
      });
    },
  );

  const status = (csrf: string, found?: ComplaintStatus, problem?: string) => ({
    title: "查进度",
    body: html`<h1>凭回执号查进度</h1>${problem && html`<p class="notice notice-warn" role="alert"><strong>注意</strong><span>${problem}</span></p>`}${found && progress(found)}
<form class="panel" method="post" action="/complaints/status"><input type="hidden" name="_csrf" value="${csrf}"><div class="field"><label for="receipt">回执号</label><span class="hint" id="receipt-hint">登记时显示的 17 位数字,空格可有可无。</span><input id="receipt" name="receipt" required inputmode="numeric" autocomplete="off" maxlength="40" aria-describedby="receipt-hint"></div>
${services.complaints?.add && html`<div class="field"><label for="text">补充说明(可不填)</label><textarea id="text" name="text" maxlength="4000"></textarea></div>`}<button class="button">查询</button></form>`,
  });
  server.get("/complaints/status", async (request, reply) => {
    welcome(request, reply);
    return show(request, reply, status(reply.generateCsrf()));
  });
  server.post(
    "/complaints/status",
    { config: limited(limits.receipts), preHandler: server.csrfProtection },
    async (request, reply) => {
      const { receipt, text } = parseBody(StatusInput, request.body);
      const service = need(services.complaints);
      const context = { address: addressOf(request), at: now() };
      const found =
        text && service.add
          ? await service.add(receipt, text, context)
          : await service.status(receipt, context);
      if (!found) reply.code(404);
      return show(
        request,
        reply,
        status(
          reply.generateCsrf(),
          found,
          found ? undefined : "没有这个回执号。请逐位核对 17 位数字后再试。",
        ),
      );
    },
  );
}

function progress(found: ComplaintStatus): Html {
  return html`<section class="panel" aria-live="polite"><h2>${found.status}</h2><p>${found.say}</p>${facts([
    ["登记日期", found.filedOn],
    ...(found.office ? ([["办理机构", found.office]] as const) : []),
    ...(found.due ? ([[found.due.label, `${found.due.day} 前`]] as const) : []),
  ])}
${
  found.events.length > 0 &&
  table(
    "办理过程",
    ["时间", "情况"],
    found.events.map((event) => [event.at, event.text]),
  )
}
${found.messages.length > 0 && html`<h3>往来</h3><ul class="list">${found.messages.map((message) => html`<li><strong>${message.author}</strong><span class="facts">${message.at}</span>${message.text}</li>`)}</ul>`}</section>`;
}

function complaintForm(
  service: ComplaintService,
  csrf: string,
  draft: Draft,
  areas: readonly { code: string; name: string; level: string }[],
  problem?: string,
): Html {
  const field = (id: string, label: string, hint?: string, more?: Html) =>
    html`<div class="field"><label for="${id}">${label}</label>${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}<input id="${id}" name="${id}" value="${draft[id] ?? ""}"${hint && trusted(` aria-describedby="${id}-hint"`)}${more}></div>`;
  const secrecy = (id: string, label: string, meaning: string) =>
    html`<label class="check"><input type="radio" name="secrecy" value="${id}"${(draft["secrecy"] ?? "confidential") === id && trusted(" checked")}> <strong>${label}</strong> ${meaning}</label>`;
  return html`<h1>投诉举报</h1><p class="notice"><strong>先说明</strong><span>${service.promise}</span></p>
<p class="notice notice-warn"><strong>注意</strong><span>投诉举报不会中止申请行政复议和提起诉讼的期限。收到决定书的,请先<a href="/deadlines?rule=reconsiderationApply">算好最后一天</a>。</span></p>
${problem && html`<p class="notice notice-urgent" role="alert"><strong>请改正</strong><span>${problem}(已选的文件需要重新选择)</span></p>`}
<form class="panel" method="post" action="/complaints/new" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="submission" value="${randomUUID()}">
<div class="field"><label for="matter">反映哪类问题(必填)</label><select id="matter" name="matter" required>${service.matters.map(({ id, label }) => option(id, label, draft["matter"]))}</select></div>
<div class="field"><label for="text">发生了什么(必填)</label><span class="hint" id="text-hint">什么时候、在哪里、哪个单位的人、做了什么。至少 10 个字。</span><textarea id="text" name="text" required minlength="10" maxlength="10000" aria-describedby="text-hint">${draft["text"] ?? ""}</textarea></div>
${field("organ", "被反映的单位", "不清楚可以不填。")}${field("officer", "人员姓名或执法证号")}
${field("day", "发生日期", undefined, html` type="date"`)}${field("place", "地点")}
<div class="field"><label for="area">地区</label><select id="area" name="area">${option("", "不清楚", draft["area"])}${areas.filter(({ level }) => level === "市" || level === "县").map(({ code, name }) => option(code, name, draft["area"]))}</select></div>
<div class="field"><label for="file">图片、录音、文件</label><span class="hint" id="file-hint">最多 6 个,每个不超过 20 MB;照片里的拍摄位置等信息会被去除。</span><input id="file" name="file" type="file" multiple aria-describedby="file-hint"></div>
<fieldset><legend>身份怎么处理</legend>${secrecy("confidential", "保密", "只有承办人说明理由后才能看到。")}${secrecy("named", "实名", "承办机构可以联系您。")}${secrecy("anonymous", "匿名", "不留身份,只凭回执号查进度。")}</fieldset>
${field("name", "称呼(匿名不用填)")}${field("contact", "联系方式(可不填)", "只用于办理本件。")}
<button class="button">提交</button><p class="hint">提交成功会显示一个 17 位回执号,只显示一次。</p></form>`;
}
