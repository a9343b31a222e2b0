/** One case: read, moved, written about, and its documents looked at before they leave. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type MoveFields, type MoveName, moveNames, moves } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { facts } from "../web/layout.ts";
import { casePage, previewPage, rules, type Tried } from "./case-page.ts";
import { drawAnew, isPicture } from "./evidence-picture.ts";
import { accountOf, type ConsoleParts, orAgain, showConsole } from "./frame.ts";
import type { CaseView } from "./services.ts";

const Move = z
  .object({
    version: z.coerce.number().int(),
    move: z.enum(moveNames as [MoveName, ...MoveName[]]),
    /** A document is shown first; then it is sent, or gone back to. */
    step: z.enum(["send", "edit"]).optional(),
  })
  .catchall(z.string().max(8000));
const Said = z.record(z.string(), z.string().max(8000));
const Say = z.object({ text: z.string().trim().min(1).max(4000) });
const Reveal = z.object({ field: z.enum(["name", "contact"]), reason: z.string().trim().max(300) });
const Export = z.object({ reason: z.string().trim().max(300) });

type CaseRoute = { Params: { id: string } };

export function mountCase(server: FastifyInstance, parts: ConsoleParts): void {
  const { services, now } = parts;
  const { desk } = services;
  const checked = { preValidation: server.csrfProtection };

  const open = async (request: FastifyRequest, id: string): Promise<CaseView> => {
    const view = await desk.open(accountOf(request), id, now());
    if (!view) throw new AppError("not_found", { say: "没有这个办件,或者您不在可以查看的范围内。" });
    return view;
  };
  const show = async (request: FastifyRequest, reply: FastifyReply, id: string, tried?: Tried) => {
    const view = await open(request, id);
    return showConsole(parts, request, reply, {
      title: `办件 ${view.item.id}`,
      body: casePage(view, reply, tried),
    });
  };
  /** Does what a form asks; what is wrong with it is said on the case's page, the form open and filled as it was. */
  const attempt = (
    request: FastifyRequest<CaseRoute>,
    reply: FastifyReply,
    form: Tried["form"],
    work: () => Promise<FastifyReply>,
  ) =>
    orAgain(reply, work, (refusal) =>
      show(request, reply, request.params.id, {
        ...refusal,
        form,
        values: Said.catch({}).parse(request.body),
      }),
    );

  server.get<CaseRoute>("/console/cases/:id", (request, reply) => show(request, reply, request.params.id));

  server.post<CaseRoute>("/console/cases/:id/move", checked, async (request, reply) => {
    const { version, move, step, ...given } = parseBody(Move, request.body);
    const { id } = request.params;
    const account = accountOf(request);
    const wanted = [...rules(move).needs, ...(rules(move).may ?? [])];
    const said: MoveFields = Object.fromEntries(
      wanted.flatMap((name) => (given[name]?.trim() ? [[name, given[name].trim()]] : [])),
    );
    return attempt(request, reply, move, async () => {
      if (step === "edit")
        throw new AppError("bad_input", { say: `“${moves[move].label}”还没有发出,可以继续修改。` });
      if (rules(move).issues && step !== "send") {
        const text = await desk.preview(account, id, move, said, now());
        return showConsole(parts, request, reply, {
          title: `${moves[move].label}:发出前核对`,
          body: previewPage(await open(request, id), reply, move, said, text, account.display),
        });
      }
      await desk.move(account, id, version, move, said, now());
      return reply.redirect(`/console/cases/${encodeURIComponent(id)}`, 303);
    });
  });
  server.post<CaseRoute>("/console/cases/:id/message", checked, (request, reply) =>
    attempt(request, reply, "message", async () => {
      await desk.say(accountOf(request), request.params.id, parseBody(Say, request.body).text, now());
      return reply.redirect(`/console/cases/${encodeURIComponent(request.params.id)}#messages`, 303);
    }),
  );
  server.post<CaseRoute>("/console/cases/:id/identity", checked, (request, reply) =>
    attempt(request, reply, "identity", async () => {
      const { field, reason } = parseBody(Reveal, request.body);
      const account = accountOf(request);
      const value = await desk.reveal(account, request.params.id, field, reason, now());
      return showConsole(parts, request, reply, {
        title: "身份信息",
        body: html`<h1>身份信息</h1><div class="panel watermarked" data-reader="${account.display} ${account.name}">${facts([[field === "name" ? "称呼" : "联系方式", value]])}<p class="facts">查看人:${account.display}(${account.name})。理由:${reason}。已记入审计。</p></div><p><a href="/console/cases/${request.params.id}">回到办件</a></p>`,
      });
    }),
  );
  server.post<CaseRoute>("/console/cases/:id/export", checked, (request, reply) =>
    attempt(request, reply, "export", async () => {
      const { id } = request.params;
      const text = await desk.export(accountOf(request), id, parseBody(Export, request.body).reason);
      return reply
        .type("text/plain; charset=utf-8")
        .header("content-disposition", `attachment; filename="${encodeURIComponent(id)}.txt"`)
        .send(text);
    }),
  );

  type FileRoute = { Params: { id: string; file: string }; Querystring: { small?: string } };
  const fileOf = async (request: FastifyRequest<FileRoute>) => {
    const file = await desk.file?.(accountOf(request), request.params.id, request.params.file, now());
    if (!file) throw new AppError("not_found");
    return file;
  };
  server.get<FileRoute>("/console/cases/:id/files/:file", async (request, reply) => {
    const file = await fileOf(request);
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(Buffer.from(file.bytes));
  });
  server.get<FileRoute>("/console/cases/:id/files/:file/picture", async (request, reply) => {
    const file = await fileOf(request);
    if (!isPicture(file.type)) throw new AppError("not_found", { say: "这份证据不是图片,请下载查看。" });
    const { display, name } = accountOf(request);
    const picture = await drawAnew(file.bytes, `${display} ${name}`, request.query.small === "1");
    return reply.type("image/webp").header("cache-control", "no-store").send(picture);
  });
}
