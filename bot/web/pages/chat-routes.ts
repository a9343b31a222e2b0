/** Addresses of the chat page, the elder switch, and the acknowledgement's file and QR code. */
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { acknowledgementFile, acknowledgementQr } from "../../../src/complaints/acknowledgement.ts";
import { answerTurn } from "../api.ts";
import { parseBody, TurnForm, toTurn } from "../inbound.ts";
import { welcome } from "../visitor.ts";
import { type ChatState, chatPage } from "./chat.ts";
import { type PageParts, todayOf } from "./index.ts";

const AckQuery = z.object({
  ack: z
    .string()
    .max(2000)
    .regex(/^MZACK1\.[\w-]+\.[\w-]+$/, "应为以 MZACK1 开头的受理凭证"),
});
const ElderQuery = z.object({ on: z.enum(["0", "1"]), back: z.string().max(500).optional() });

export function mountChat(server: FastifyInstance, parts: PageParts): void {
  const { app, limits, now, show } = parts;
  const page = (state: ChatState) =>
    ({
      title: "智能问答",
      body: chatPage(state),
      kind: state.embedded ? "embedded" : "chat",
      indexed: true,
    }) as const;
  const embedded = (request: FastifyRequest) => /[?&]embed=1(&|$)/.test(request.url);

  server.get("/", async (request, reply) => {
    welcome(request, reply);
    const { q } = request.query as { q?: unknown };
    return show(request, reply, {
      ...page({
        conversation: randomBytes(18).toString("base64url"),
        csrf: reply.generateCsrf(),
        role: "citizen",
        library: app.library(),
        today: todayOf(parts),
        embedded: embedded(request),
        ...(typeof q === "string" && { draft: q.slice(0, 2000) }),
      }),
    });
  });

  server.post(
    "/",
    {
      config: { rateLimit: { max: limits.turns, timeWindow: "1 minute" } },
      preHandler: server.csrfProtection,
    },
    async (request, reply) => {
      const form = parseBody(TurnForm, request.body);
      const { example } = request.body as { example?: unknown };
      const said = typeof example === "string" && example !== "" ? example.slice(0, 2000) : (form.q ?? "");
      const conversation = form.conversation ?? randomBytes(18).toString("base64url");
      const { choice, role = "citizen", area } = form;
      const turn = toTurn(
        request,
        { conversation, role, area, ...(choice ? { choice } : { text: said }) },
        now(),
      );
      const answer = await answerTurn(parts, turn);
      return show(request, reply, {
        ...page({
          conversation,
          csrf: reply.generateCsrf(),
          role,
          ...(area !== undefined && { area }),
          library: app.library(),
          today: todayOf(parts),
          embedded: embedded(request),
          said: choice ? "" : said,
          reply: answer,
        }),
        indexed: false,
        demo: answer.labels.includes("演示数据"),
      });
    },
  );

  server.get("/elder", async (request, reply) => {
    const { on, back = "/" } = parseBody(ElderQuery, request.query);
    reply.setCookie("mz_elder", on, { path: "/", sameSite: "lax", maxAge: 31_536_000 });
    return reply.redirect(/^\/(?![/\\])/.test(back) ? back : "/", 303);
  });

  server.get("/qr.svg", async (request, reply) => {
    const { ack } = parseBody(AckQuery, request.query);
    return reply.type("image/svg+xml").send(await acknowledgementQr(ack));
  });
  server.get("/acknowledgement.txt", async (request, reply) => {
    const { ack } = parseBody(AckQuery, request.query);
    return reply
      .type("text/plain; charset=utf-8")
      .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent("受理凭证.txt")}`)
      .send(acknowledgementFile(ack));
  });
}
