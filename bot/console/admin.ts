/** Alarms, officers' codes, switches and the audit log. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import { need } from "../web/api.ts";
import { table } from "../web/blocks.ts";
import { html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { option } from "../web/pages/shared.ts";
import { type Deed, deedNames, deeds } from "./audit-words.ts";
import { csv } from "./csv.ts";
import { accountOf, type ConsoleParts, needRole, showConsole, token } from "./frame.ts";

const Id = z.object({ id: z.string().min(1).max(100) });
const Cert = z.object({ certNo: z.string().trim().min(4).max(40) });
const Topic = z.object({
  topic: z.string().min(1).max(60),
  reason: z.string().trim().max(300).optional(),
  on: z.literal("1").optional(),
});
const Withdraw = z.object({
  record: z.string().trim().min(4).max(64),
  reason: z.string().trim().min(4).max(300),
});

const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const AuditQuery = z.object({
  deed: lenient(z.enum(deedNames as [Deed, ...Deed[]])),
  who: lenient(z.string().trim().min(1).max(60)),
  about: lenient(z.string().trim().min(1).max(60)),
  page: z.coerce.number().int().min(1).catch(1),
});
/** Pages of the log in one file. */
const EXPORTED_PAGES = 50;

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
    server.get<{ Querystring: { record?: string } }>("/console/switches", async (request, reply) => {
      needRole(request, "admin", "editor", "reviewer");
      const { topics, withdrawn } = await switches.list();
      return showConsole(parts, request, reply, {
        title: "停用与撤回",
        body: html`<h1>停用与撤回</h1><p class="lead">几秒内对所有渠道生效,理由会告知提问的人。</p>
<section class="panel"><h2>停用一类问题</h2>${table(
          "问题类别",
          ["类别", "现在", "操作"],
          [...topics]
            .sort((a, b) => Number(b.off !== undefined) - Number(a.off !== undefined))
            .map((topic) => [
              topic.label,
              topic.off === undefined ? "回答" : html`<span class="tag tag-late">已停用</span> ${topic.off}`,
              topic.off === undefined
                ? html`<details class="off"><summary>停用</summary><form method="post" action="/console/switches/topic">${token(reply)}<input type="hidden" name="topic" value="${topic.id}"><div class="field"><label for="off-${topic.id}">停用“${topic.label}”的理由(告知提问的人)</label><input id="off-${topic.id}" name="reason" required minlength="4" maxlength="300"></div><button class="button">停用</button></form></details>`
                : html`<form method="post" action="/console/switches/topic">${token(reply)}<input type="hidden" name="topic" value="${topic.id}"><input type="hidden" name="on" value="1"><button class="button button-plain">恢复回答<span class="visually-hidden">“${topic.label}”</span></button></form>`,
            ]),
        )}</section>
<form class="panel" method="post" action="/console/switches/record">${token(reply)}<h2>撤回一条记录</h2><div class="field"><label for="record">记录编号</label><input id="record" name="record" required value="${request.query.record ?? ""}"></div><div class="field"><label for="record-reason">理由</label><input id="record-reason" name="reason" required minlength="4"></div><button class="button">撤回</button></form>
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
      const { topic, reason, on } = parseBody(Topic, request.body);
      if (!on && (reason ?? "").length < 4)
        throw new AppError("bad_input", { say: "停用须写明理由(至少 4 个字),它会告知提问的人。" });
      await switches.setTopic(by, topic, on ? undefined : reason, now());
      return reply.redirect("/console/switches", 303);
    });
    server.post("/console/switches/record", checked, async (request, reply) => {
      const by = needRole(request, "admin", "editor", "reviewer");
      const { record, reason } = parseBody(Withdraw, request.body);
      await switches.withdraw(by, record, reason, now());
      return reply.redirect("/console/switches", 303);
    });
  }

  const auditOf = (request: FastifyRequest) => {
    const { page, ...filter } = parseBody(AuditQuery, request.query);
    return { by: needRole(request, "auditor"), page, filter };
  };
  server.get("/console/audit", async (request, reply) => {
    const { by, page, filter } = auditOf(request);
    const log = await desk.audit(by, page, filter);
    const said = new URLSearchParams(
      Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    const field = (name: "who" | "about", label: string, hint: string) =>
      html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${filter[name] ?? ""}" placeholder="${hint}"></div>`;
    return showConsole(parts, request, reply, {
      title: "审计",
      body: html`<h1>审计 <span class="tag ${log.intact ? "tag-good" : "tag-late"}">${log.intact ? "记录链完整" : "记录链已被破坏"}</span></h1>
<form class="filter panel" method="get" action="/console/audit"><div class="field"><label for="deed">做了什么</label><select id="deed" name="deed">${option("", "全部", filter.deed)}${deedNames.map((name) => option(name, deeds[name].label, filter.deed))}</select></div>${field("who", "谁", "账号或姓名")}${field("about", "对象", "办件编号等")}<button class="button">筛选</button></form>
${
  log.items.length === 0
    ? html`<p class="panel">没有符合条件的记录。</p>`
    : table(
        "审计",
        ["时间", "谁", "做了什么", "对象", "理由"],
        log.items.map((entry) => [
          entry.at,
          entry.who,
          entry.what,
          /^(TS|JC)\d/.test(entry.about)
            ? html`<a href="/console/cases/${entry.about.split(" ")[0] ?? ""}">${entry.about}</a>`
            : entry.about,
          entry.reason,
        ]),
      )
}<nav class="pages" aria-label="翻页"><span>第 ${log.page} 页</span>${log.more && html`<a class="button button-plain" href="/console/audit?${said.toString()}&amp;page=${log.page + 1}">下一页</a>`}<a class="button button-plain" href="/console/audit.csv?${said.toString()}">导出这一页起的 CSV</a></nav>`,
    });
  });
  server.get("/console/audit.csv", async (request, reply) => {
    const { by, page, filter } = auditOf(request);
    const rows: string[][] = [];
    for (let at = page; at < page + EXPORTED_PAGES; at += 1) {
      const log = await desk.audit(by, at, filter);
      rows.push(...log.items.map((entry) => [entry.at, entry.who, entry.what, entry.about, entry.reason]));
      if (!log.more) break;
    }
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="audit.csv"')
      .send(csv([["时间", "谁", "做了什么", "对象", "理由"], ...rows]));
  });
}
