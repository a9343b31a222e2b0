/** Headers, cookies, forgery protection and limits of every page. */
import cookie from "@fastify/cookie";
import csrf from "@fastify/csrf-protection";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import type { Keys } from "../../src/keys.ts";
import type { Metrics } from "./metrics.ts";
import { uploadLimits } from "./uploads.ts";
import { addressOf } from "./visitor.ts";

/** Requests a minute. */
export interface Limits {
  /** Any page or call, per address. Default 600: a whole service hall may share one address. */
  readonly requests: number;
  /** Turns, per address. Default 240. */
  readonly turns: number;
  /** Turns, per person. Default 30. */
  readonly personTurns: number;
  /** Officer checks, per address. Default 10. */
  readonly checks: number;
  /** Receipts, per address. Default 60: wrong ones are slowed down by the house, right ones must open. */
  readonly receipts: number;
  /** Complaint forms, per address. Default 6. */
  readonly complaints: number;
}
export const defaultLimits: Limits = {
  requests: 600,
  turns: 240,
  personTurns: 30,
  checks: 10,
  receipts: 60,
  complaints: 6,
};

export interface SecurityOptions {
  readonly keys: Keys;
  readonly limits: Limits;
  readonly metrics: Metrics;
  /** Sites that may show the chat in a frame: `https://www.example.gov.cn`. */
  readonly frameAncestors: readonly string[];
  /** Whether the public address is https. */
  readonly secure: boolean;
}

export async function secure(server: FastifyInstance, options: SecurityOptions): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'self'", ...options.frameAncestors],
        ...(options.secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // `frame-ancestors` says it, and lets the named sites in.
    frameguard: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" },
    hsts: options.secure ? { maxAge: 31_536_000 } : false,
  });
  server.addHook("onSend", async (_request, reply) => {
    reply.header("permissions-policy", "camera=(), geolocation=(), microphone=(self), payment=()");
  });
  await server.register(cookie, { secret: options.keys.derive("web-cookie").toString("hex") });
  await server.register(csrf, {
    sessionPlugin: "@fastify/cookie",
    cookieKey: "mz_form",
    cookieOpts: { path: "/", httpOnly: true, sameSite: "strict", secure: options.secure, signed: true },
  });
  await server.register(multipart, { limits: uploadLimits });
  await server.register(rateLimit, {
    max: options.limits.requests,
    timeWindow: "1 minute",
    keyGenerator: addressOf,
    onExceeded: () => options.metrics.limited(),
    errorResponseBuilder: (_request, context) =>
      Object.assign(new Error(`操作太频繁,请 ${Math.max(1, Math.ceil(context.ttl / 1000))} 秒后再试。`), {
        statusCode: 429,
      }),
  });
}
