/** What an organ under supervision sees: documents addressed to it, each answered once. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { lines } from "../web/blocks.ts";
import { html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { type ConsoleParts, needRole, showConsole, token } from "./frame.ts";

const Answer = z.object({ text: z.string().trim().min(1).max(8000) });

export function mountInquiries(server: FastifyInstance, parts: ConsoleParts): void {
  const { desk } = parts.services;
  server.get("/console/inquiries", async (request, reply) => {
    const list = await desk.inquiries(needRole(request, "liaison"));
    return showConsole(parts, request, reply, {
      title: "核查通知",
      body: html`<h1>核查通知</h1><p class="lead">发给本单位的监督文书。请按期书面说明;不得打听、追查信息来源。</p>
${list.length === 0 && html`<p class="panel">没有发给本单位的文书。</p>`}${list.map(
  (one) =>
    html`<section class="panel" id="${one.id}"><h2>${one.title}${one.late && html` <span class="tag tag-late">已超期</span>`}</h2><p class="facts">${one.at} 发出${one.due && html` · 请于 ${one.due} 前答复`}</p><p>${lines(one.text)}</p>${
      one.answer === undefined
        ? html`<form method="post" action="/console/inquiries/${one.id}">${token(reply)}<div class="field"><label for="answer-${one.id}">书面答复</label><span class="hint" id="hint-${one.id}">提交后不能修改。</span><textarea id="answer-${one.id}" name="text" required maxlength="8000" aria-describedby="hint-${one.id}"></textarea></div><button class="button">提交答复</button></form>`
        : html`<h3>已答复</h3><p>${lines(one.answer)}</p>`
    }</section>`,
)}`,
    });
  });
  server.post<{ Params: { id: string } }>(
    "/console/inquiries/:id",
    { preValidation: server.csrfProtection },
    async (request, reply) => {
      const by = needRole(request, "liaison");
      await desk.answer(by, request.params.id, parseBody(Answer, request.body).text);
      return reply.redirect("/console/inquiries", 303);
    },
  );
}
