/** The console under `/console`: mount it on the web door's server. */
import formbody from "@fastify/formbody";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { loadAssets } from "../web/assets.ts";
import { html } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { addressOf } from "../web/visitor.ts";
import { mountAccounts } from "./accounts.ts";
import { mountAdmin } from "./admin.ts";
import { mountCase } from "./case.ts";
import { mountData } from "./data.ts";
import { mountDeliveries } from "./deliveries.ts";
import { accountOf, type ConsoleParts, guard, SESSION, showConsole, tellRefusals, token } from "./frame.ts";
import { mountHome } from "./home.ts";
import { mountInquiries } from "./inquiries.ts";
import { mountPreview, type Previewed } from "./preview.ts";
import { mountQueue } from "./queue.ts";
import type { ConsoleServices } from "./services.ts";
import { mountStatistics } from "./statistics.ts";

export interface ConsoleOptions {
  readonly services: ConsoleServices;
  /** The public address is https: the session cookie never travels without it. */
  readonly secure: boolean;
  readonly now?: () => Date;
  /** What answers, for trying a question; without it there is no such page. */
  readonly house?: Previewed;
}

const SignIn = z.object({ name: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) });
const Password = z.object({ old: z.string().min(1).max(200), next: z.string().min(10).max(200) });

export function createConsole(options: ConsoleOptions): (server: FastifyInstance) => Promise<void> {
  return async (server) => {
    const parts: ConsoleParts = {
      ...options,
      now: options.now ?? (() => new Date()),
      css: (await loadAssets()).css.path,
    };
    await server.register(formbody);
    mountSignIn(server, parts);
    await server.register(async (inside) => {
      guard(inside, parts);
      tellRefusals(inside, parts);
      mountAccount(inside, parts);
      mountHome(inside, parts);
      mountQueue(inside, parts);
      mountCase(inside, parts);
      if (options.house) mountPreview(inside, parts, options.house);
      if (options.services.data) mountData(inside, parts, options.services.data);
      mountInquiries(inside, parts);
      mountDeliveries(inside, parts);
      mountAccounts(inside, parts);
      mountStatistics(inside, parts);
      mountAdmin(inside, parts);
    });
  };
}

function mountSignIn(server: FastifyInstance, parts: ConsoleParts): void {
  const { services, now } = parts;
  const form = (csrf: ReturnType<typeof token>, problem?: string) => ({
    title: "登录",
    body: html`<div class="sign-in panel"><h1>登录工作台</h1>${problem && html`<p class="notice notice-warn" role="alert"><strong>注意</strong><span>${problem}</span></p>`}
<form method="post" action="/console/sign-in">${csrf}<div class="field"><label for="name">账号</label><input id="name" name="name" required autocomplete="username" autocapitalize="none"></div><div class="field"><label for="password">密码</label><input id="password" name="password" type="password" required autocomplete="current-password"></div><button class="button">登录</button></form><p class="hint">只供监督机构工作人员使用,所有操作留痕。</p></div>`,
  });
  server.get("/console/sign-in", async (request, reply) =>
    showConsole(parts, request, reply, form(token(reply))),
  );
  server.post(
    "/console/sign-in",
    { config: { rateLimit: { max: 20, timeWindow: "1 minute" } }, preHandler: server.csrfProtection },
    async (request, reply) => {
      const { name, password } = parseBody(SignIn, request.body);
      const signed = await services.accounts.signIn(name, password, addressOf(request), now());
      if (!signed) {
        reply.code(401);
        return showConsole(parts, request, reply, form(token(reply), "账号或密码不对,请核对后再试。"));
      }
      reply.setCookie(SESSION, signed.token, {
        path: "/console",
        httpOnly: true,
        sameSite: "strict",
        secure: parts.secure,
      });
      return reply.redirect("/console", 303);
    },
  );
}

function mountAccount(server: FastifyInstance, parts: ConsoleParts): void {
  const { services, now } = parts;
  server.post("/console/sign-out", { preValidation: server.csrfProtection }, async (request, reply) => {
    const session = request.cookies[SESSION];
    if (session) await services.accounts.signOut(session);
    return reply.clearCookie(SESSION, { path: "/console" }).redirect("/console/sign-in", 303);
  });
  server.get("/console/password", async (request, reply) =>
    showConsole(parts, request, reply, {
      title: "改密码",
      body: html`<h1>改密码</h1>${accountOf(request).mustChange && html`<p class="notice"><strong>提示</strong><span>您用的是一次性密码。请先设置自己的密码,再使用工作台。</span></p>`}<form class="panel" method="post" action="/console/password">${token(reply)}<div class="field"><label for="old">现在的密码</label><input id="old" name="old" type="password" required autocomplete="current-password"></div><div class="field"><label for="next">新密码</label><span class="hint" id="next-hint">至少 10 个字符。</span><input id="next" name="next" type="password" required minlength="10" autocomplete="new-password" aria-describedby="next-hint"></div><button class="button">保存</button></form>`,
    }),
  );
  server.post("/console/password", { preValidation: server.csrfProtection }, async (request, reply) => {
    const { old, next } = parseBody(Password, request.body);
    await services.accounts.changePassword(accountOf(request), old, next, now());
    return reply.redirect("/console", 303);
  });
}
