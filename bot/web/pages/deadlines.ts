/** The calculator of statutory time limits, with its count and calendar. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { AppError, asAppError } from "../../../src/error.ts";
import { computeDeadline, type Deadline, findCountedRule, listRules } from "../../../src/law/deadline.ts";
import { DeadlineInput } from "../api.ts";
import { deadlineBody } from "../blocks.ts";
import { html, type Piece, trusted } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { type PageParts, todayOf } from "./index.ts";

const Query = z.object({ rule: z.string().max(60).optional(), from: z.string().max(20).optional() });

export function mountDeadlines(server: FastifyInstance, parts: PageParts): void {
  server.get("/deadlines", async (request, reply) => {
    const query = parseBody(Query, request.query);
    let result: Piece;
    if (query.rule && query.from) {
      try {
        const { rule, from } = parseBody(DeadlineInput, query);
        const counted = findCountedRule(rule);
        const deadline: Deadline = computeDeadline(counted, from, parts.app.materials.calendar);
        result = html`<section class="panel deadline" aria-live="polite"><h2>${deadline.label}</h2>${deadline.lastDay < todayOf(parts) && html`<p class="notice notice-warn"><strong>注意</strong><span>这个日期已经过去。${counted.ifMissed ?? "有不可抗力等正当理由的,请尽快向受理机关说明。"}</span></p>`}${deadlineBody(deadline)}${counted.advice && html`<p>${counted.advice}</p>`}</section>`;
      } catch (thrown) {
        const error = asAppError(thrown);
        if (!(thrown instanceof AppError)) throw thrown;
        result = html`<p class="notice notice-warn" role="alert"><strong>注意</strong><span>${error.say}</span></p>`;
      }
    }
    const rules = listRules().filter((rule) => rule.kind !== "noFixedPeriod");
    const mine = rules.filter((rule) => rule.actor === "party");
    const theirs = rules.filter((rule) => rule.actor !== "party");
    const options = (list: typeof rules) =>
      list.map(
        (rule) =>
          html`<option value="${rule.id}"${rule.id === query.rule && trusted(" selected")}>${rule.label}(从${rule.event}起)</option>`,
      );
    return parts.show(request, reply, {
      title: "期限计算",
      description: "行政复议、诉讼、听证、缴纳罚款等法定期限,按工作日和节假日安排逐日推算。",
      indexed: query.rule === undefined,
      body: html`<h1>期限计算</h1><p class="lead">按法律规定和国务院放假安排推算最后一天,并列出每一步。</p>${result}
<form class="panel" method="get" action="/deadlines"><div class="field"><label for="rule">算哪个期限</label><select id="rule" name="rule" required><optgroup label="您要办的事">${options(mine)}</optgroup><optgroup label="机关要遵守的期限">${options(theirs)}</optgroup></select></div>
<div class="field"><label for="from">事情发生在哪一天</label><span class="hint" id="from-hint">例如签收决定书的日子;这一天本身不计算在内。</span><input id="from" name="from" type="date" required aria-describedby="from-hint" value="${query.from ?? ""}"></div>
<button class="button">计算</button></form>`,
    });
  });
}
