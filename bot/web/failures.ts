/** Whatever goes wrong becomes one Chinese sentence: JSON for scripts, a page for people. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError, asAppError } from "../../src/error.ts";
import type { Log } from "../../src/log.ts";
import { html } from "./html.ts";

interface Failure {
  readonly code: string;
  readonly status: number;
  readonly say: string;
}

export type SayPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  title: string,
  body: ReturnType<typeof html>,
) => string;

export function tellFailures(server: FastifyInstance, log: Log, page: SayPage): void {
  server.setErrorHandler((thrown, request, reply) => {
    const failure = toFailure(thrown);
    if (failure.status >= 500) log.error({ err: thrown, path: request.routeOptions.url }, "request failed");
    return answer(request, reply, failure, page);
  });
  server.setNotFoundHandler((request, reply) =>
    answer(
      request,
      reply,
      { code: "not_found", status: 404, say: "没有这个页面。请从“全部服务”里选择。" },
      page,
    ),
  );
}

function answer(request: FastifyRequest, reply: FastifyReply, failure: Failure, page: SayPage) {
  reply.code(failure.status);
  if (request.url.startsWith("/api/")) {
    return reply.send({ error: { code: failure.code, say: failure.say } });
  }
  const back = html`<h1>${failure.status === 404 ? "没有找到" : "没有办成"}</h1>
    <div class="panel"><p>${failure.say}</p><p><a href="/">回到智能问答</a></p></div>`;
  return reply.type("text/html; charset=utf-8").send(page(request, reply, "没有办成", back));
}

/** The status and the sentence of whatever was thrown. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof AppError) return { code: thrown.code, status: thrown.status, say: thrown.say };
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const status = thrown instanceof Error && "statusCode" in thrown ? Number(thrown.statusCode) : 500;
  if (status === 429) return { code: "too_many", status, say: thrown instanceof Error ? thrown.message : "" };
  if (code.startsWith("FST_CSRF")) {
    return { code: "forbidden", status: 403, say: "页面已过期或不是从本站提交的。请返回刷新页面后再提交。" };
  }
  if (status === 413) return { code: "too_large", status, say: "内容太大,超过了允许的上限。" };
  if (status === 415) return { code: "bad_input", status, say: "请求的格式不对:应为 application/json。" };
  if (status === 400) return { code: "bad_input", status, say: "请求内容不是完整的 JSON。" };
  if (status >= 400 && status < 500) return { code: "bad_input", status, say: "请求有误,请核对后再试。" };
  const error = asAppError(thrown);
  return { code: error.code, status: error.status, say: error.say };
}
