/** Checking one officer by exact number; there is no list to browse. */
import type { FastifyInstance } from "fastify";
import { need, OfficerInput } from "../api.ts";
import { type Html, html } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { facts } from "../layout.ts";
import type { OfficerVerdict } from "../services.ts";
import { addressOf, personOf, welcome } from "../visitor.ts";
import type { PageParts } from "./index.ts";

export function mountOfficers(server: FastifyInstance, parts: PageParts): void {
  const { services, limits, now, show } = parts;
  const page = (csrf: string, asked: { certNo?: string; name?: string }, verdict?: OfficerVerdict) => ({
    title: "执法人员核验",
    description: "凭执法证号核验执法人员资格。",
    indexed: verdict === undefined,
    demo: verdict?.demo ?? false,
    body: html`<h1>执法人员核验</h1><p class="lead">请对方出示证件,把证上的号码一字不差地填在这里。</p>
${verdict && result(verdict)}
<form class="panel" method="post" action="/officers/check"><input type="hidden" name="_csrf" value="${csrf}">
<div class="field"><label for="certNo">执法证号(必填)</label><span class="hint" id="certNo-hint">证件正面的号码,不是警号或工号。</span><input id="certNo" name="certNo" required minlength="4" maxlength="40" autocomplete="off" aria-describedby="certNo-hint" value="${asked.certNo ?? ""}"></div>
<div class="field"><label for="name">姓氏或姓名</label><span class="hint" id="name-hint">填了可以核对号码与人是否一致。</span><input id="name" name="name" maxlength="20" autocomplete="off" aria-describedby="name-hint" value="${asked.name ?? ""}"></div>
<button class="button">核验</button></form>
<div class="panel"><h2>现场要点</h2><ul><li>行政处罚和强制由两名以上有资格的执法人员实施,并主动出示执法证件。</li><li>不出示证件的,可以要求其出示;拒不出示的,记下时间、地点、单位,向该单位或司法行政部门反映。</li><li>有人冒充、索要现金、威胁人身安全,请先拨打 110。</li></ul></div>`,
  });
  server.get("/officers/check", async (request, reply) => {
    welcome(request, reply);
    return show(request, reply, page(reply.generateCsrf(), {}));
  });
  server.post(
    "/officers/check",
    {
      config: { rateLimit: { max: limits.checks, timeWindow: "1 minute" } },
      preHandler: server.csrfProtection,
    },
    async (request, reply) => {
      const asked = parseBody(OfficerInput, request.body);
      const verdict = await need(services.officers).check({
        certNo: asked.certNo,
        ...(asked.name ? { name: asked.name } : {}),
        person: personOf(request),
        address: addressOf(request),
        at: now(),
      });
      return show(request, reply, page(reply.generateCsrf(), asked, verdict));
    },
  );
}

function result(verdict: OfficerVerdict): Html {
  const good = verdict.outcome === "有效";
  return html`<section class="panel" aria-live="polite"><h2>核验结果:<span class="tag ${good ? "tag-good" : ""}">${verdict.outcome}</span></h2><p>${verdict.say}</p>
${verdict.rows.length > 0 && facts(verdict.rows.map((row) => [row.label, row.value] as const))}
<p class="notice"><strong>下一步</strong><span>${verdict.next}</span></p>
<p class="facts">${verdict.source && `依据:${verdict.source}`}${verdict.asOf && ` · 数据截至 ${verdict.asOf}`}</p></section>`;
}
