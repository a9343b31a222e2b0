/**
 * OpenAI's chat completions in front of the same house, for platforms that speak nothing else: `POST
 * /v1/chat/completions` (streaming too) and `GET /v1/models`. With `user` the talk is kept here under that name;
 * without it the talk is what `messages` hold, said again where this worker has not just heard it.
 * Instructions in `messages` instruct nobody: the answer comes from rows.
 */
import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App } from "../../src/app.ts";
import { AppError } from "../../src/error.ts";
import type { Reply } from "../../src/reply.ts";
import type { Role, Turn } from "../../src/turn.ts";
import { createPersonLimit } from "../limits.ts";
import { wholeText } from "../text/render.ts";
import { failureOf } from "../web/failures.ts";
import { parseBody } from "../web/inbound.ts";
import type { MountParts } from "../web/server.ts";
import { createClients } from "./clients.ts";

/** The role a talk is held in, by the name of the model asked for. */
const models: Readonly<Record<string, Role>> = { mingzhi: "citizen", "mingzhi-officer": "officer" };
/** Earlier messages said again at most; older ones no longer bear on the question. */
const MOST_REPEATED = 6;
/** Talks without `user` that are remembered; an older one is said again. */
const MOST_TALKS = 5000;

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });
const Message = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z.union([z.string().max(20_000), z.array(Part).max(50)]).nullish(),
});
const Body = z.looseObject({
  model: z.string().max(100),
  messages: z.array(Message).min(1).max(200),
  user: z.string().trim().min(1).max(200).optional(),
  n: z.int().min(1).max(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  metadata: z.looseObject({ area: z.string().max(20).optional() }).nullish(),
});
type Body = z.output<typeof Body>;

export function mountChatCompletions(app: Pick<App, "config" | "log" | "assistant">) {
  return async (server: FastifyInstance, { limits, metrics, now }: MountParts): Promise<void> => {
    const clientOf = createClients(app.config.CHAT_API_KEYS);
    const people = createPersonLimit(limits.personTurns, now);
    const talks = createTalks();
    const created = secondsOf(now());

    server.setErrorHandler((thrown, _request, reply) => {
      const { status, say, code } = failureOf(thrown);
      if (status >= 500) app.log.error({ err: thrown, path: "/v1" }, "request failed");
      return fail(reply, status, say, code);
    });
    // Before a body is read, after the limits of the address.
    server.addHook("preParsing", (request, reply, payload, done) => {
      if (clientOf(request.headers.authorization) !== undefined) done(null, payload);
      else
        fail(reply, 401, "没有这个密钥。请在 Authorization 里写 Bearer 加上分配的密钥。", "invalid_api_key");
    });
    const described = (id: string) => ({ id, object: "model", created, owned_by: "mingzhi" });
    server.get("/v1/models", async () => ({ object: "list", data: Object.keys(models).map(described) }));
    server.get<{ Params: { id: string } }>("/v1/models/:id", async (request) => {
      roleOf(request.params.id);
      return described(request.params.id);
    });
    server.post(
      "/v1/chat/completions",
      { config: { rateLimit: { max: limits.turns, timeWindow: "1 minute" } } },
      async (request, reply) => {
        const body = parseBody(Body, request.body);
        const client = clientOf(request.headers.authorization) ?? "";
        const asked = { client, role: roleOf(body.model), said: saidIn(body), at: now(), body };
        if (body.user !== undefined) {
          const allowed = people.take(`${client} ${body.user}`);
          if (!allowed.ok) {
            metrics.limited();
            throw new AppError("too_many", { say: allowed.say });
          }
        }
        const started = performance.now();
        const answer = await (body.user === undefined
          ? talks.answer(app, asked)
          : app.assistant.reply(keptTurn(asked, body.user, request)));
        metrics.answered(answer, "api", (performance.now() - started) / 1000);
        const usual = app.config.PUBLIC_URL ?? `${request.protocol}://${request.host}`;
        const text =
          body.user === undefined && opensForm(answer) ? words.needsUser(usual) : wholeText(answer);
        return body.stream ? stream(reply, asked, text, answer) : completion(asked, text, answer);
      },
    );
  };
}

const words = {
  needsUser: (site: string) =>
    `投诉登记和查进度要一步一步来,这个平台没有说明是谁在说话,不能在这里办。请打开 ${site}/complaints 办理。`,
};

interface Asked {
  readonly client: string;
  readonly role: Role;
  /** What the person said, oldest first; at least one. */
  readonly said: readonly string[];
  readonly at: Date;
  readonly body: Body;
}

/** @throws AppError `not_found` naming the models there are. */
function roleOf(model: string): Role {
  const role = Object.hasOwn(models, model) ? models[model] : undefined;
  if (role) return role;
  throw new AppError("not_found", {
    say: `没有模型“${model}”。可用的有:${Object.keys(models).join("、")}(后者按执法人员的问法回答)。`,
  });
}

/** @throws AppError `bad_input` when nothing was said by the person last. */
function saidIn({ messages }: Body): readonly string[] {
  const said = messages.filter(({ role }) => role === "user").map(({ content }) => plain(content));
  if (messages.at(-1)?.role !== "user" || !said.at(-1))
    throw new AppError("bad_input", { say: "“messages”最后一条应是 role 为 user 的文字。" });
  return said;
}

const plain = (content: z.output<typeof Message>["content"]): string =>
  typeof content === "string"
    ? content.trim()
    : (content ?? [])
        .map(({ text }) => text ?? "")
        .join("\n")
        .trim();

function turnOf(
  { role, at, body }: Asked,
  text: string,
  who: Pick<Turn, "id" | "conversation" | "person">,
): Turn {
  const area = body.metadata?.area;
  return { ...who, door: "api", role, text, files: [], ...(area ? { area } : {}), at };
}

/** A talk kept under the name the platform gives; the same `Idempotency-Key` is the same turn. */
function keptTurn(asked: Asked, user: string, request: FastifyRequest): Turn {
  const conversation = `openai:${asked.client}:${user}`;
  const key = request.headers["idempotency-key"];
  const id = typeof key === "string" ? `${conversation}:${key.slice(0, 128)}` : fresh();
  return turnOf(asked, asked.said.at(-1) ?? "", { id, conversation, person: `${asked.client} ${user}` });
}

const fresh = () => `openai:${randomUUID()}`;

/** A form needs a talk that is surely one person's. */
const opensForm = ({ intent }: Reply): boolean => intent.startsWith("dialogue:");

/** Talks told anew with each request: where the last one left off is found by what was said in it. */
function createTalks() {
  /** Conversations by what was said in them; taken out when one goes on, for two may have begun alike. */
  const open = new Map<string, string>();
  const nameOf = ({ client, role, body }: Asked, said: readonly string[]) =>
    createHash("sha256")
      .update(JSON.stringify([client, role, body.metadata?.area, said]))
      .digest("hex");

  return {
    async answer(app: Pick<App, "assistant">, asked: Asked): Promise<Reply> {
      const before = asked.said.slice(0, -1);
      const name = nameOf(asked, before);
      const known = before.length > 0 ? open.get(name) : undefined;
      if (known) open.delete(name);
      let conversation = known ?? fresh();
      const say = (text: string) =>
        app.assistant.reply(turnOf(asked, text, { id: fresh(), conversation, person: asked.client }));
      for (const text of known ? [] : before.slice(-MOST_REPEATED)) {
        if (opensForm(await say(text))) conversation = fresh();
      }
      const reply = await say(asked.said.at(-1) ?? "");
      if (!opensForm(reply)) open.set(nameOf(asked, asked.said), conversation);
      const oldest = open.size > MOST_TALKS ? open.keys().next().value : undefined;
      if (oldest !== undefined) open.delete(oldest);
      return reply;
    },
  };
}

/** Ours, beside OpenAI's fields: what the answer rests on, for platforms that show it. */
const ours = ({ outcome, intent, citations, choices, labels, release }: Reply) => ({
  mingzhi: { outcome, intent, citations, choices, labels, release },
});
const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000);
/** No model of the client's was asked. */
const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const headOf = ({ body, at }: Asked, object: string) => ({
  id: `chatcmpl-${randomUUID()}`,
  object,
  created: secondsOf(at),
  model: body.model,
});

function completion(asked: Asked, content: string, reply: Reply) {
  return {
    ...headOf(asked, "chat.completion"),
    choices: [
      {
        index: 0,
        message: { role: "assistant", content, refusal: null },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage,
    ...ours(reply),
  };
}

/** The answer is whole before the first word is sent: nothing unchecked is ever on its way. */
function stream(reply: FastifyReply, asked: Asked, content: string, answer: Reply): FastifyReply {
  const head = headOf(asked, "chat.completion.chunk");
  const chunk = (delta: object, finish: "stop" | null = null, more: object = {}) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...more,
  });
  const pieces = content.split(/(?<=\n)/);
  const chunks = [
    chunk({ role: "assistant", content: "" }),
    ...pieces.map((piece) => chunk({ content: piece })),
    chunk({}, "stop", ours(answer)),
    ...(asked.body.stream_options?.include_usage ? [{ ...head, choices: [], usage }] : []),
  ];
  const lines = [...chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`), "data: [DONE]\n\n"];
  return reply
    .type("text/event-stream; charset=utf-8")
    .header("cache-control", "no-store")
    .send(Readable.from(lines));
}

const fail = (reply: FastifyReply, status: number, message: string, code: string) =>
  reply.code(status).send({
    error: {
      message,
      type: status >= 500 ? "server_error" : status === 429 ? "rate_limit_error" : "invalid_request_error",
      param: null,
      code,
    },
  });
