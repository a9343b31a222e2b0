/** `GET` and `POST /wechat`: what WeChat's servers call. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { AppError } from "../../../src/error.ts";
import type { Envelope } from "./crypto.ts";
import type { Signature } from "./desk.ts";
import { type OfficialMessage, readCallback, readSealed, writeAnswer } from "./message.ts";
import type { Passive } from "./passive.ts";
import { isSigned } from "./signature.ts";

const text = z.string().max(2_000).default("");
const Query = z.object({ signature: text, timestamp: text, nonce: text, msg_signature: text, echostr: text });
/** A text message is at most a few kilobytes. */
const BODY_LIMIT = 64 * 1024;

export interface CallbackParts {
  readonly token: string;
  /** Present in safe mode; plain messages are then refused. */
  readonly envelope?: Envelope;
  readonly now: () => Date;
  /** Undefined while the door is closed: WeChat delivers again. */
  receive(message: OfficialMessage, signature: Signature | undefined): Promise<Passive> | undefined;
}

export async function mountCallback(server: FastifyInstance, parts: CallbackParts): Promise<void> {
  const { token, envelope, now } = parts;
  const config = { rateLimit: false };
  await server.register(async (scope) => {
    scope.addContentTypeParser(
      ["text/xml", "application/xml"],
      { parseAs: "string" },
      (_request, body, done) => done(null, body),
    );

    scope.get("/wechat", { config }, async (request, reply) => {
      const query = Query.safeParse(request.query).data;
      if (!query || !isSigned(token, query, now())) return reply.code(403).send("bad signature");
      return reply.type("text/plain; charset=utf-8").send(query.echostr);
    });

    scope.post("/wechat", { config, bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const query = Query.safeParse(request.query).data;
      if (!query || !isSigned(token, query, now())) return reply.code(403).send("bad signature");
      const body = typeof request.body === "string" ? request.body : "";
      let xml: string | undefined = body;
      if (envelope) {
        const sealed = readSealed(body);
        xml =
          sealed === undefined
            ? undefined
            : envelope.open(sealed, { ...query, signature: query.msg_signature });
        if (xml === undefined) return reply.code(403).send("bad envelope");
      }
      const message = readCallback(xml);
      if (!message) return reply.code(400).send("bad message");
      // In plain mode the signature does not cover the body.
      const signature = envelope
        ? undefined
        : { text: `${query.timestamp} ${query.nonce} ${query.signature}`, body };
      const answer = parts.receive(message, signature);
      if (!answer) return reply.code(503).send("closed");
      let passive: Passive;
      try {
        passive = await answer;
      } catch (error) {
        // Not saved: WeChat delivers it again.
        const used = error instanceof AppError && error.code === "forbidden";
        return used ? reply.code(403).send("signature used before") : reply.code(503).send("not saved");
      }
      // Also when WeChat has hung up: later pages must not wait for ever.
      reply.raw.once("close", passive.sent);
      if (passive.text === undefined) return reply.type("text/plain").send("success");
      const written = writeAnswer(message, passive.text, now());
      return reply.type("text/xml; charset=utf-8").send(envelope ? envelope.seal(written, now()) : written);
    });
  });
}
