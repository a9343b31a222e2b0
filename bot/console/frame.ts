/** Sign-in, session and the frame of every console page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Role } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { failureOf } from "../web/failures.ts";
import { type Html, html, type Piece, trusted } from "../web/html.ts";
import type { Account, ConsoleServices } from "./services.ts";

export const SESSION = "mz_session";

export interface ConsoleParts {
  readonly services: ConsoleServices;
  readonly css: string;
  readonly now: () => Date;
  readonly secure: boolean;
}

/** What was refused of a form, and at which field it stands. */
export interface Refusal {
  readonly say: string;
  readonly field?: string;
}

/**
 * Does a form's work; what a person can put right is said on the same page with what they typed.
 *
 * @param again shows the form once more.
 */
export async function orAgain(
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
  again: (refusal: Refusal) => FastifyReply | Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.status >= 500) throw thrown;
    reply.code(thrown.status);
    const { field } = thrown.detail;
    return again({ say: thrown.say, ...(typeof field === "string" && { field }) });
  }
}

const sections: readonly {
  readonly path: string;
  readonly name: string;
  readonly roles: readonly Role[];
}[] = [
  {
    path: "/console",
    name: "今天",
    roles: ["supervisor", "reviewer", "auditor", "editor", "liaison", "admin"],
  },
  { path: "/console/cases", name: "办件", roles: ["supervisor", "reviewer", "auditor", "editor"] },
  { path: "/console/data", name: "公示数据", roles: ["editor", "reviewer"] },
  { path: "/console/preview", name: "试问", roles: ["editor", "reviewer", "supervisor"] },
  { path: "/console/inquiries", name: "核查通知", roles: ["liaison"] },
  { path: "/console/alarms", name: "告警", roles: ["supervisor", "reviewer", "auditor", "admin"] },
  { path: "/console/deliveries", name: "未送达", roles: ["admin"] },
  { path: "/console/statistics", name: "统计", roles: ["supervisor", "reviewer", "auditor", "admin"] },
  { path: "/console/officers", name: "人员绑定", roles: ["admin", "supervisor", "editor"] },
  { path: "/console/switches", name: "停用与撤回", roles: ["admin", "editor", "reviewer"] },
  { path: "/console/accounts", name: "账号", roles: ["admin"] },
  { path: "/console/audit", name: "审计", roles: ["auditor"] },
];

const sectionsOf = ({ roles, mustChange }: Account) =>
  mustChange ? [] : sections.filter((section) => section.roles.some((role) => roles.includes(role)));

const accounts = new WeakMap<FastifyRequest, Account>();

/** Everything mounted inside needs a live session; a first password must be changed before anything else. */
export function guard(server: FastifyInstance, { services, now }: ConsoleParts): void {
  // Before a body is read: nobody without a session makes us hold a file.
  server.addHook("onRequest", async (request, reply) => {
    const token = request.cookies[SESSION];
    const account = token ? await services.accounts.session(token, now()) : undefined;
    if (!account) return reply.redirect("/console/sign-in", 303);
    accounts.set(request, account);
    if (
      account.mustChange &&
      !request.url.startsWith("/console/password") &&
      request.url !== "/console/sign-out"
    ) {
      return reply.redirect("/console/password", 303);
    }
  });
}

/** What a signed-in person did wrong is said in the console's own frame; the rest is the web door's to tell and log. */
export function tellRefusals(server: FastifyInstance, parts: ConsoleParts): void {
  server.setErrorHandler((thrown, request, reply) => {
    const failure = failureOf(thrown);
    if (!accounts.has(request) || failure.status >= 500) throw thrown;
    reply.code(failure.status);
    return showConsole(parts, request, reply, {
      title: "没有办成",
      body: html`<h1>${failure.status === 404 ? "没有找到" : "没有办成"}</h1><div class="panel"><p>${failure.say}</p><p>填写的内容可以用浏览器的“后退”找回。</p><p><a href="/console">回到“今天”</a></p></div>`,
    });
  });
}

export function accountOf(request: FastifyRequest): Account {
  const account = accounts.get(request);
  if (!account) throw new AppError("forbidden");
  return account;
}

/** @throws AppError `forbidden` */
export function needRole(request: FastifyRequest, ...roles: readonly Role[]): Account {
  const account = accountOf(request);
  if (!roles.some((role) => account.roles.includes(role))) throw new AppError("forbidden");
  return account;
}

export function showConsole(
  parts: ConsoleParts,
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly title: string; readonly body: Piece; readonly said?: string },
): FastifyReply {
  const account = accounts.get(request);
  const here = request.url.split("?")[0] ?? "";
  const body = `<!doctype html>${html`<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${page.title} - 明执工作台</title><link rel="icon" href="/static/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="${parts.css}"></head><body class="console">
<a class="skip" href="#main">跳到主要内容</a>
<header class="masthead"><div class="wrap"><a class="brand" href="/console"><span class="seal" aria-hidden="true">明执</span><span>工作台<small>行政执法监督</small></span></a>${account && html`<div class="tools"><span>${account.display}</span><a href="/console/password">改密码</a><form method="post" action="/console/sign-out">${token(reply)}<button>退出</button></form></div>`}</div></header>
${account && !account.mustChange && html`<nav class="nav nav-console" aria-label="工作台"><div class="wrap"><ul>${sectionsOf(account).map(({ path, name }) => html`<li><a href="${path}"${(path === "/console" ? here === path : here.startsWith(path)) && trusted(' aria-current="page"')}>${name}</a></li>`)}</ul></div></nav>`}
<main id="main" class="wrap" tabindex="-1">${page.said && html`<p class="notice" role="status"><strong>提示</strong><span>${page.said}</span></p>`}${page.body}</main></body></html>`}`;
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(body);
}

/** The hidden field every form carries. */
export function token(reply: FastifyReply): Html {
  return html`<input type="hidden" name="_csrf" value="${reply.generateCsrf()}">`;
}
