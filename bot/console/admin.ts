/** Alarms, officers' codes, switches and the audit log. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { need } from "../web/api.ts";
import { table } from "../web/blocks.ts";
import { html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { option } from "../web/pages/shared.ts";
import { accountOf, type ConsoleParts, needRole, showConsole, token } from "./frame.ts";

const Id = z.object({ id: z.string().min(1).max(100) });
const Cert = z.object({ certNo: z.string().trim().min(4).max(40) });
const Topic = z.object({ topic: z.string().min(1).max(60), reason: z.string().trim().max(300).optional() });
const Withdraw = z.object({
  record: z.string().trim().min(4).max(64),
  reason: z.string().trim().min(4).max(300),
});

export function mountAdmin(server: FastifyInstance, parts: ConsoleParts): void {
  const { bindings, desk, switches } = parts.services;
  const { now } = parts;
  const checked = { preValidation: server.csrfProtection };

  server.get("/console/alarms", async (request, reply) => {
    const alarms = await desk.alarms(accountOf(request));
    return showConsole(parts, request, reply, {
      title: "告警",
      body: html`<h1>告警</h1>${
        alarms.length === 0
          ? html`<p class="panel">没有未处理的告警。</p>`
          : table(
              "告警",
              ["时间", "内容", "操作"],
              alarms.map((alarm) => [
                alarm.at,
                alarm.text,
                html`<form method="post" action="/console/alarms">${token(reply)}<input type="hidden" name="id" value="${alarm.id}"><button class="button button-plain">已知悉</button></form>`,
              ]),
            )
      }`,
    });
  });
  server.post("/console/alarms", checked, async (request, reply) => {
    await desk.acknowledge(accountOf(request), parseBody(Id, request.body).id, now());
    return reply.redirect("/console/alarms", 303);
  });

  const codePage = (csrf: ReturnType<typeof token>, code?: { code: string; until: string }) => ({
    title: "人员绑定",
    body: html`<h1>人员绑定</h1>${code && html`<section class="receipt" aria-live="polite"><h2>一次性绑定码(只显示这一次)</h2><p class="receipt-number">${code.code}</p><p>${code.until} 前有效。请执法人员在聊天中发送“绑定 ${code.code}”。</p></section>`}<form class="panel" method="post" action="/console/officers">${csrf}<div class="field"><label for="certNo">执法证号</label><input id="certNo" name="certNo" required minlength="4" maxlength="40" autocomplete="off"></div><button class="button">生成绑定码</button></form>`,
  });
  server.get("/console/officers", async (request, reply) => {
    needRole(request, "admin", "supervisor", "editor");
    return showConsole(parts, request, reply, codePage(token(reply)));
  });
  server.post("/console/officers", checked, async (request, reply) => {
    const by = needRole(request, "admin", "supervisor", "editor");
    const code = await need(bindings).code(by, parseBody(Cert, request.body).certNo, now());
    return showConsole(parts, request, reply, codePage(token(reply), code));
  });

  if (switches) {
    server.get("/console/switches", async (request, reply) => {
      needRole(request, "admin", "editor", "reviewer");
      const { topics, withdrawn } = await switches.list();
      return showConsole(parts, request, reply, {
        title: "停用与撤回",
        body: html`<h1>停用与撤回</h1><p class="lead">几秒内对所有渠道生效,理由会告知提问的人。</p>
<form class="panel" method="post" action="/console/switches/topic">${token(reply)}<h2>停用一类问题</h2><div class="field"><label for="topic">问题类别</label><select id="topic" name="topic">${topics.map((topic) => option(topic.id, topic.label + (topic.off ? "(已停用)" : ""), undefined))}</select></div><div class="field"><label for="topic-reason">理由(留空即恢复)</label><input id="topic-reason" name="reason" maxlength="300"></div><button class="button">保存</button></form>
<form class="panel" method="post" action="/console/switches/record">${token(reply)}<h2>撤回一条记录</h2><div class="field"><label for="record">记录编号</label><input id="record" name="record" required></div><div class="field"><label for="record-reason">理由</label><input id="record-reason" name="reason" required minlength="4"></div><button class="button">撤回</button></form>
${
  withdrawn.length > 0 &&
  table(
    "已撤回",
    ["记录", "理由"],
    withdrawn.map((record) => [`${record.title}(${record.id})`, record.reason]),
  )
}`,
      });
    });
    server.post("/console/switches/topic", checked, async (request, reply) => {
      const by = needRole(request, "admin", "editor", "reviewer");
      const { topic, reason } = parseBody(Topic, request.body);
      await switches.setTopic(by, topic, reason || undefined, now());
      return reply.redirect("/console/switches", 303);
    });
    server.post("/console/switches/record", checked, async (request, reply) => {
      const by = needRole(request, "admin", "editor", "reviewer");
      const { record, reason } = parseBody(Withdraw, request.body);
      await switches.withdraw(by, record, reason, now());
      return reply.redirect("/console/switches", 303);
    });
  }

  server.get<{ Querystring: { page?: string } }>("/console/audit", async (request, reply) => {
    const by = needRole(request, "auditor");
    const page = Math.max(1, Number.parseInt(request.query.page ?? "1", 10) || 1);
    const log = await desk.audit(by, page);
    return showConsole(parts, request, reply, {
      title: "审计",
      body: html`<h1>审计</h1><p><span class="tag ${log.intact ? "tag-good" : "tag-late"}">${log.intact ? "记录链完整" : "记录链已被破坏"}</span></p>${table(
        "审计",
        ["时间", "谁", "做了什么", "对象", "理由"],
        log.items.map((entry) => [entry.at, entry.who, entry.what, entry.about, entry.reason]),
      )}<nav class="pages" aria-label="翻页"><span>第 ${log.page} 页</span>${log.more && html`<a class="button button-plain" href="/console/audit?page=${log.page + 1}">下一页</a>`}</nav>`,
    });
  });
}
