/**
 * `POST /mcp`: MCP over streamable HTTP. No session is kept: any worker answers any call, and nothing is pushed, so
 * every answer is one JSON document. The data are public; what is counted is counted as on the web page.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../../src/error.ts";
import { createPersonLimit } from "../limits.ts";
import { failureOf } from "../web/failures.ts";
import { conversationKey } from "../web/inbound.ts";
import type { MountParts } from "../web/server.ts";
import { addressOf, personOf } from "../web/visitor.ts";
import type { McpHouse } from "./mcp.ts";

/** Calls in one request; older clients send several together. */
const MOST_CALLS = 10;

export function mountMcp(app: McpHouse) {
  return async (server: FastifyInstance, { limits, metrics, now }: MountParts): Promise<void> => {
    const turns = createPersonLimit(limits.personTurns, now);
    const checks = createPersonLimit(limits.checks, now);
    const within = (limit: typeof turns, who: string) => {
      const allowed = limit.take(who);
      if (allowed.ok) return;
      metrics.limited();
      throw new AppError("too_many", { say: allowed.say });
    };

    server.setErrorHandler((thrown, _request, reply) => {
      const { status, say } = failureOf(thrown);
      if (status >= 500) app.log.error({ err: thrown, path: "/mcp" }, "request failed");
      return reply.code(status).send({ jsonrpc: "2.0", error: { code: -32_000, message: say }, id: null });
    });
    server.post(
      "/mcp",
      { config: { rateLimit: { max: limits.turns, timeWindow: "1 minute" } } },
      async (request, reply) => {
        refuseForeignPage(request, app.config.PUBLIC_URL);
        if (Array.isArray(request.body) && request.body.length > MOST_CALLS)
          throw new AppError("too_large", { say: `一次最多 ${MOST_CALLS} 个调用。` });
        const person = personOf(request);
        const address = addressOf(request);
        const { createMcpServer, Transport } = await protocol();
        const mcp = createMcpServer(app, {
          person,
          address,
          now,
          conversation: (id) => conversationKey(request, id),
          beforeCheck: () => within(checks, address),
          async answer(turn) {
            within(turns, person);
            const started = performance.now();
            const answer = await app.assistant.reply(turn);
            metrics.answered(answer, turn.door, (performance.now() - started) / 1000);
            return answer;
          },
        });
        const transport = new Transport({ enableJsonResponse: true });
        await mcp.connect(transport);
        try {
          const answer = await transport.handleRequest(asked(request), { parsedBody: request.body });
          reply.code(answer.status);
          const type = answer.headers.get("content-type");
          if (type) reply.type(type);
          return await reply.send(await answer.text());
        } finally {
          await mcp.close();
        }
      },
    );
    // Nothing is pushed and no session is kept: there is nothing to listen to or to end.
    server.route({
      method: ["GET", "DELETE"],
      url: "/mcp",
      handler: async (_request, reply) =>
        reply
          .code(405)
          .header("allow", "POST")
          .send({ jsonrpc: "2.0", error: { code: -32_000, message: "只接受 POST。" }, id: null }),
    });
  };
}

/** A quarter of a second to load: not before somebody speaks it. */
async function protocol() {
  const [{ createMcpServer }, { WebStandardStreamableHTTPServerTransport: Transport }] = await Promise.all([
    import("./mcp.ts"),
    import("@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"),
  ]);
  return { createMcpServer, Transport };
}

function asked(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === "string") headers.set(name, value);
  return new Request(`http://localhost${request.url}`, { method: "POST", headers });
}

/** A page of another site may not call in its visitor's name. @throws AppError `forbidden` */
function refuseForeignPage(request: FastifyRequest, publicUrl: string | undefined): void {
  const { origin, host } = request.headers;
  if (origin === undefined) return;
  const own = publicUrl === undefined ? host : new URL(publicUrl).host;
  if (!URL.canParse(origin) || new URL(origin).host !== own)
    throw new AppError("forbidden", { say: "不接受从其他网站页面发来的请求。" });
}
