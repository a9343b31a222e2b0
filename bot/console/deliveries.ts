/** Deliveries set aside after their last try: seen, and sent again. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { table } from "../web/blocks.ts";
import { html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { type ConsoleParts, needRole, showConsole, token } from "./frame.ts";

const Retry = z.object({ id: z.string().min(1).max(100) });

export function mountDeliveries(server: FastifyInstance, parts: ConsoleParts): void {
  const { desk } = parts.services;
  server.get("/console/deliveries", async (request, reply) => {
    const stuck = await desk.stuck(needRole(request, "admin"));
    return showConsole(parts, request, reply, {
      title: "未送达",
      body: html`<h1>未送达</h1><p class="lead">多次投递不成、已搁置的通知。先排除原因,再重投。</p>${
        stuck.length === 0
          ? html`<p class="panel">没有搁置的投递。</p>`
          : table(
              "未送达",
              ["时间", "内容", "去向", "试过", "最后一次的错误", "操作"],
              stuck.map((one) => [
                one.at,
                one.topic,
                one.channel,
                `${one.tries} 次`,
                one.error || "未写明",
                html`<form method="post" action="/console/deliveries">${token(reply)}<input type="hidden" name="id" value="${one.id}"><button class="button button-plain">重投<span class="visually-hidden"> ${one.at} ${one.topic}</span></button></form>`,
              ]),
            )
      }`,
    });
  });
  server.post("/console/deliveries", { preValidation: server.csrfProtection }, async (request, reply) => {
    await desk.retry(needRole(request, "admin"), parseBody(Retry, request.body).id);
    return reply.redirect("/console/deliveries", 303);
  });
}
