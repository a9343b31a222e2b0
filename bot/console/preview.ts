/** 试问: any question as a person would be answered, with the evidence: what was read, what was found, what was decided. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type Explaining, explainQuestion, sayDecision } from "../../src/explaining.ts";
import type { Reply } from "../../src/reply.ts";
import { type Role, roles, type Turn } from "../../src/turn.ts";
import { replyBody, table } from "../web/blocks.ts";
import { type Html, html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { facts } from "../web/layout.ts";
import { option } from "../web/pages/shared.ts";
import { type ConsoleParts, needRole, showConsole } from "./frame.ts";

/** What this page needs of a house. */
export interface Previewed extends Explaining {
  readonly assistant: { reply(turn: Turn): Promise<Reply> };
}

const Query = z.object({
  q: z.string().trim().max(500).catch(""),
  role: z.enum(roles).catch("citizen"),
});
const roleNames = { citizen: "群众", officer: "执法人员" } as const satisfies Record<Role, string>;
const likelyNames = { topic: "主题", aspect: "问法", law: "法律" } as const;

export function mountPreview(server: FastifyInstance, parts: ConsoleParts, house: Previewed): void {
  server.get("/console/preview", async (request, reply) => {
    const by = needRole(request, "editor", "reviewer", "supervisor");
    const { q, role } = parseBody(Query, request.query);
    const id = randomUUID();
    const turn: Turn = {
      id: `preview:${id}`,
      door: "web",
      conversation: `preview:${id}`,
      person: `console:${by.id}`,
      role,
      text: q,
      files: [],
      at: parts.now(),
    };
    const shown = q && answer(await house.assistant.reply(turn), explainQuestion(house, q, role));
    return showConsole(parts, request, reply, {
      title: "试问",
      body: html`<h1>试问</h1><p class="lead">看一个问题现在会怎么答,以及为什么。不登记投诉,不计入提问。</p>
<form class="filter panel" method="get" action="/console/preview"><div class="field field-wide"><label for="q">问题</label><input id="q" name="q" required maxlength="500" value="${q}"></div><div class="field"><label for="role">提问的人</label><select id="role" name="role">${roles.map((one) => option(one, roleNames[one], role))}</select></div><button class="button">看怎么答</button></form>
${shown}`,
    });
  });
}

function answer(reply: Reply, way: ReturnType<typeof explainQuestion>): Html {
  const share = ([name, chance]: readonly [string, number]) => `${name} ${(100 * chance).toFixed(0)}%`;
  const slots = Object.entries(way.slots).flatMap(([name, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0)
      ? []
      : [`${name} = ${Array.isArray(value) ? value.join("、") : JSON.stringify(value)}`],
  );
  return html`<div class="case-grid"><section class="panel"><h2>会这样答</h2>${replyBody(reply)}${reply.choices.length > 0 && html`<p class="facts">可选:${reply.choices.map(({ label }) => label).join("、")}</p>`}</section>
<div><section class="panel"><h2>为什么</h2>${facts([
    ["读作", way.text],
    ["案情", slots.length > 0 ? slots.join(";") : "没有读出"],
    ...Object.entries(likelyNames).map(
      ([name, label]) =>
        [label, way.likely[name as keyof typeof likelyNames].map(share).join(" · ")] as const,
    ),
    ["言行", way.conduct ?? "没有"],
    ["定为", `${sayDecision(way.decision)}(把握 ${(100 * way.decision.sure).toFixed(0)}%)`],
  ])}</section></div></div>
<section class="panel"><h2>找到的</h2>${table(
    "找到的",
    ["得分", "编号", "说的是", "与问法相近", "同样的词"],
    way.found.map(({ unit, score, features }) => [
      score.toFixed(2),
      unit.kind === "point" ? html`<a href="/points/${unit.id}">${unit.id}</a>` : unit.id,
      unit.text.slice(0, 80) || "由规则计算",
      features.askNear.toFixed(2),
      features.sameTokens.toFixed(2),
    ]),
  )}</section>`;
}
