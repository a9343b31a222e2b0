/** Who is visiting, as far as limits need it: a signed random cookie, and the address. No profile is kept. */
import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

const COOKIE = "mz_visitor";
const HALF_YEAR_SECONDS = 180 * 24 * 3600;

/** The visitor's signed id, or undefined for a script without cookies. */
export function visitorOf(request: FastifyRequest): string | undefined {
  const raw = request.cookies[COOKIE];
  if (!raw) return undefined;
  const { valid, value } = request.unsignCookie(raw);
  return valid && value ? value : undefined;
}

/** Gives a new visitor an id; called when a page is opened. */
export function welcome(request: FastifyRequest, reply: FastifyReply): string {
  const known = visitorOf(request);
  if (known) return known;
  const id = randomBytes(16).toString("base64url");
  reply.setCookie(COOKIE, id, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: request.protocol === "https",
    signed: true,
    maxAge: HALF_YEAR_SECONDS,
  });
  return id;
}

/** The address limits count: a whole /64 for IPv6, since one household holds that many. */
export function addressOf(request: Pick<FastifyRequest, "ip">): string {
  const ip = request.ip.replace(/^::ffff:/, "");
  if (!ip.includes(":")) return ip;
  const [head = "", tail = ""] = ip.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const whole = ip.includes("::")
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right]
    : left;
  return `${whole.slice(0, 4).join(":")}::/64`;
}

/** The person a turn is counted against. */
export function personOf(request: FastifyRequest): string {
  return visitorOf(request) ?? `address ${addressOf(request)}`;
}
